"""Mutated files against every reader, for as long as you like: each gives a map or an ArgmapError, soon, in little memory.

    python -m tests.fuzz.formats --seconds 60          mutations of good files, by chance
    python -m tests.fuzz.formats --seconds 60 --seed 7 the same again

With atheris installed (https://github.com/google/atheris), the same harness is guided by what the readers execute. A
file that breaks a promise is kept in the temporary folder as `broken-FORMAT`, and its traceback is shown.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argmap.formats import Format

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
LENGTHS = (0, 1, 1, 2, 5, 20, 100, 500)
SLOW = 10.0
"""Seconds of processor time that no mutated sample may take."""
MEMORY = 2 * 1024**3
"""Bytes of address space beyond which the process is stopped."""


Number = Callable[[int, int], int]
"""A number from the first to the second, both included: by chance, or as a fuzzer wishes."""


def harness() -> ModuleType:
    """The tests' own samples and check, with every format loaded; imported late, so that atheris can be there before."""
    tests = import_module("test_formats_fuzz")
    for format in tests.READ:
        format.load()
    return tests


def mutated(text: str, odd_pieces: Sequence[str], number: Number) -> str:
    """`text` with one to six pieces cut out, doubled, turned, swapped for odd ones or repeated many times."""
    for _ in range(number(1, 6)):
        start = number(0, len(text))
        end = min(len(text), start + LENGTHS[number(0, len(LENGTHS) - 1)])
        piece = text[start:end]
        odd = odd_pieces[number(0, len(odd_pieces) - 1)]
        other = number(0, len(text))
        changes = [
            "",
            piece * 2,
            piece[::-1],
            odd,
            odd * 2,
            odd * 1000,
            piece * 3,
            piece * 100,
            chr(number(0, 0xD7FF)),
            text[other:][:50],
        ]
        text = text[:start] + changes[number(0, len(changes) - 1)] + text[end:]
    return text


def checked(tests: ModuleType, text: str, format: Format) -> None:
    """Read the file, as the tests do, and stop the clock.

    Raises
    ------
    TimeoutError
        When it took too long; whatever else the reader raised, which it must not.
    """
    start = time.process_time()
    tests.read_and_write(text, format)
    if (taken := time.process_time() - start) > SLOW:
        raise TimeoutError(f"{taken:.1f} s for {len(text):,} characters")


def broken(text: str, format: Format) -> None:
    """Keep a file that broke a promise, and show how."""
    path = Path(tempfile.gettempdir(), f"broken-{format.name}")
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    traceback.print_exc()
    print(f"{format.name}: kept as {path}", file=sys.stderr)


def by_chance(seconds: float, seed: int) -> int:
    """Mutate samples in turn until the time is over; the number of broken promises."""
    tests = harness()
    rnd = random.Random(seed)  # noqa: S311 - nothing secret
    tried: Counter[str] = Counter()
    failed: set[str] = set()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        format = rnd.choice(tests.READ)
        text = mutated(tests.sample(format.name), tests.ODD_PIECES, rnd.randint)
        tried[format.name] += 1
        try:
            checked(tests, text, format)
        except Exception:  # noqa: BLE001 - whatever comes here is what is looked for
            if format.name not in failed:
                broken(text, format)
            failed.add(format.name)
    print(f"{tried.total():,} files in {len(tried)} formats, {len(failed)} formats broken (seed {seed})")
    return len(failed)


def guided(seconds: float) -> None:
    """Let atheris choose; it ends the process at the first broken promise."""
    import atheris  # type: ignore[import-not-found]

    with atheris.instrument_imports(include=["argmap"]):
        tests = harness()

    def one(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        format = tests.READ[provider.ConsumeIntInRange(0, len(tests.READ) - 1)]
        text = mutated(tests.sample(format.name), tests.ODD_PIECES, provider.ConsumeIntInRange)
        try:
            checked(tests, text, format)
        except Exception:
            broken(text, format)
            raise

    atheris.Setup([sys.argv[0], f"-max_total_time={int(seconds)}", "-max_len=200"], one)
    atheris.Fuzz()


def main() -> None:
    """Fuzz as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if find_spec("atheris"):
        guided(arguments.seconds)
    else:
        sys.exit(1 if by_chance(arguments.seconds, arguments.seed) else 0)


if __name__ == "__main__":
    main()
