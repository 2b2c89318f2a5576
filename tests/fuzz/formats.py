"""Damaged files against every reader, for as long as you like: each gives a map or an ArgmapError, soon, in little memory.

    python -m tests.fuzz.formats --seconds 60                 damaged by chance, other files each time
    python -m tests.fuzz.formats --seed 7 --format brat       the same again, of one format

With atheris installed (https://github.com/google/atheris), the same damage is guided by what the readers execute,
unless a seed is given. What is damaged: what each format writes of a map with one of each thing, small files written
by hand, and the sample corpora where they are; the files beside a file as well. A file that breaks a promise is kept in
the temporary folder as `broken-FORMAT`, and its traceback is shown.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argmap.formats import Format

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
LARGEST = 60_000
"""Larger samples make each try slow, and try nothing new."""
LENGTHS = (0, 1, 1, 2, 5, 20, 100, 500)
SLOW, SLOW_PER_CHARACTER = 3.0, 0.0002
"""Seconds of processor time that no damaged file may take: so many, and more by its length."""
MEMORY = 2 * 1024**3
"""Bytes of address space beyond which the process is stopped."""
NASTY = (
    "99999999999999999999",
    "1e999",
    "NaN",
    "{}",
    "\u202e",
    "\r",
    "<!DOCTYPE x [<!ENTITY y 'z'>]>",
    "<![CDATA[",
    "=1+1",
)

Number = Callable[[int, int], int]
"""A number from the first to the second, both included: by chance, or as a fuzzer wishes."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A good file, and the files beside it by suffix."""

    text: str
    beside: dict[str, str] = field(default_factory=dict)


class Hang(BaseException):
    """A reader took too long; no `except Exception` in it may catch this."""


def harness() -> ModuleType:
    """The tests' own samples and oddities, with every format loaded; imported late, so that atheris can be there before."""
    tests = import_module("tests.formats.test_fuzz")
    for format_name in tests.READ:
        format_name.load()
    return tests


def samples(tests: ModuleType) -> dict[str, list[Sample]]:
    """Good files by format."""
    from argmap import formats
    from argmap.findings import ArgmapError

    found = {format_name.name: [Sample(tests.sample(format_name.name))] for format_name in tests.READ}
    for format_name in tests.READ:
        if format_name.beside and format_name.writes:
            written = formats.encode(tests.DEBATE, format_name)
            found[format_name.name] = [Sample(written.text, dict(written.beside))]
    for path in sorted(CORPORA.rglob("*")):
        if path.is_file() and path.stat().st_size <= LARGEST:
            try:
                content = formats.Content(path.read_text(encoding="utf-8"), path.name)
                found[formats.detect(content).name].append(Sample(content.text))
            except ArgmapError:
                continue  # of no format
    return found


def damaged(text: str, odd_pieces: Sequence[str], number: Number) -> str:
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


def damaged_json(text: str, odd_values: Sequence[Any], number: Number) -> str:
    """JSON with one to four of its values replaced, left out, renamed, moved or wrapped; other text as it is."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    for _ in range(number(1, 4)):
        spots: list[tuple[Any, Any]] = []
        queue = [value]
        for item in queue:
            keys = list(item) if isinstance(item, dict) else range(len(item)) if isinstance(item, list) else ()
            spots += [(item, key) for key in keys]
            queue += [item[key] for key in keys]
        if not spots:
            break
        (inside, key), (other, place) = (spots[number(0, len(spots) - 1)] for _ in range(2))
        match number(0, 4):
            case 0:
                del inside[key]
            case 1 if isinstance(inside, dict):
                inside[place if isinstance(other, dict) else "id"] = inside.pop(key)
            case 2:
                # A copy: a value put inside itself would have no end.
                inside[key] = deepcopy(other[place])
            case 3:
                inside[key] = [inside[key]]
            case _:
                inside[key] = deepcopy(odd_values[number(0, len(odd_values) - 1)])
    return json.dumps(value)


def strange_json(text: str, number: Number) -> str:
    """JSON as no program writes it: keys doubled, values nested deeply, halves of characters, types confused; else as it is."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    keys = sorted(set(re.findall(r'"([^"\\]{1,40})":', text)))
    if not keys:
        return text
    out = json.dumps(value)
    for _ in range(number(1, 4)):
        key = json.dumps(keys[number(0, len(keys) - 1)])
        spot = out.find(f"{key}:")
        if spot < 0:
            continue
        depth = (3, 50, 120, 2000)[number(0, 3)]
        strange = (
            f"{key}: {number(-1, 9)}, ",
            f'{key}: "\\ud83d", ',
            f"{key}: {'[' * depth}{']' * depth}, ",
            f"{key}: {'{' + key + ':'}" * 1 + '{"a":' * depth + "1" + "}" * depth + "}, ",
            f"{key}: {json.dumps(keys)}, ",
            f'{key}: {{"{keys[0]}": null, "{keys[0]}": 1}}, ',
            f"{key}: 1e400, ",
            f"{key}: {'9' * 400}, ",
            "".join(f"{key}: {n}, " for n in range(300)),
        )[number(0, 8)]
        out = out[:spot] + strange + out[spot:]
    return out


def chosen(good: dict[str, list[Sample]], tests: ModuleType, format_name: Format, number: Number) -> Sample:
    """One of the good files, damaged."""
    of = good[format_name.name]
    sample = of[number(0, len(of) - 1)]
    text = damaged_json(sample.text, tests.ODD_VALUES, number) if number(0, 1) else sample.text
    text = strange_json(text, number) if not number(0, 2) else text
    pieces = (*tests.ODD_PIECES, *NASTY)
    if number(0, 2):
        text = damaged(text, pieces, number)
    beside = {suffix: damaged(t, pieces, number) if number(0, 1) else t for suffix, t in sample.beside.items()}
    return Sample(text, beside)


@contextmanager
def bounded(length: int) -> Iterator[None]:
    """A limit on the processor time of what is inside, by the length of its text."""
    limit = SLOW + SLOW_PER_CHARACTER * length

    def late(*_: object) -> None:
        raise Hang(f"more than {limit:.1f} seconds for {length} characters")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def saved(sample: Sample, format_name: Format, folder: Path, name: str) -> Path:
    """The file of a sample, and those beside it, in a folder."""
    for suffix, text in {**sample.beside, format_name.suffixes[0]: sample.text}.items():
        path = folder / f"{name}{suffix}"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


def keeps_its_promise(tests: ModuleType, sample: Sample, format_name: Format, folder: Path) -> bool:
    """Whether the file is read or refused as it should be; kept, with what went wrong, when not."""
    from argmap import formats
    from argmap.findings import ArgmapError

    try:
        with bounded(len(sample.text) + sum(map(len, sample.beside.values()))):
            if sample.beside:
                try:
                    formats.encode(
                        formats.read(saved(sample, format_name, folder, "fuzz"), format_name.name), format_name
                    )
                except ArgmapError:
                    return True
            else:
                tests.read_and_write(sample.text, format_name)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - whatever comes here is what is looked for
        path = saved(sample, format_name, Path(tempfile.gettempdir()), f"broken-{format_name.name}")
        traceback.print_exc()
        print(f"{format_name.name}: kept as {path}", file=sys.stderr)
        return False
    return True


def by_chance(names: list[str], seconds: float, seed: int) -> int:
    """Damage samples in turn until the time is over; the number of formats that broke a promise."""
    tests = harness()
    good = samples(tests)
    wanted = [format_name for format_name in tests.READ if not names or format_name.name in names]
    rnd = random.Random(seed)  # noqa: S311 - nothing secret
    tried: Counter[str] = Counter()
    failed: set[str] = set()
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end and len(failed) < len(wanted):
            format_name = rnd.choice(wanted)
            sample = chosen(good, tests, format_name, rnd.randint)
            tried[format_name.name] += 1
            if format_name.name not in failed and not keeps_its_promise(tests, sample, format_name, Path(folder)):
                failed.add(format_name.name)
    print(f"{tried.total():,} files in {len(tried)} formats, {len(failed)} formats broken (seed {seed})")
    return len(failed)


def guided(names: list[str], seconds: float) -> None:
    """Let atheris choose; it ends the process at the first broken promise."""
    import atheris  # type: ignore[import-not-found, unused-ignore]

    with atheris.instrument_imports(include=["argmap"]):
        tests = harness()
    good = samples(tests)
    wanted = [format_name for format_name in tests.READ if not names or format_name.name in names]
    folder = Path(tempfile.mkdtemp())

    def one(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        format_name = wanted[provider.ConsumeIntInRange(0, len(wanted) - 1)]
        sample = chosen(good, tests, format_name, provider.ConsumeIntInRange)
        if not keeps_its_promise(tests, sample, format_name, folder):
            raise AssertionError(f"{format_name.name}: see above")

    atheris.Setup([sys.argv[0], f"-max_total_time={int(seconds)}", "-max_len=200"], one)
    atheris.Fuzz()


def main() -> None:
    """Fuzz as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, help="damage by this chance, without atheris")
    parser.add_argument("--format", action="append", default=[], help="only these formats; all when left out")
    arguments = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if arguments.seed is None and find_spec("atheris"):
        guided(arguments.format, arguments.seconds)
    else:
        seed = int(time.time()) if arguments.seed is None else arguments.seed
        sys.exit(1 if by_chance(arguments.format, arguments.seconds, seed) else 0)


if __name__ == "__main__":
    main()
