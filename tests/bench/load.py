"""Loading a map of 10,000 claims beside PyYAML's C loader and pydantic, what checking and saving it cost, and checking one of 100,000.

    python -m tests.bench load

The file has a quote, a kind and an issue to each claim and as many relations as claims; its text is a megabyte.
Both sides read the same file in turn, in one process. Processor time is taken; the ratio of each pair counts, and
of these the median.
"""

from __future__ import annotations

import gc
import hashlib
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

import yaml

from argmap import anchor, store
from argmap.model import Map, replace
from argmap.rules import check

CLAIMS = 10_000
RUNS = 5
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WORDS = [
    "river",
    "flood",
    "dam",
    "mayor",
    "city",
    "people",
    "policy",
    "war",
    "peace",
    "cost",
    "water",
    "bridge",
    "council",
    "vote",
    "train",
    "night",
    "school",
    "tax",
    "law",
]


CHECK = """
import sys, time
from argmap.rules import check
check(sys.argv[1])
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(f"{time.process_time():.1f} s, {peak / 1024:.0f} MB")
"""


def folder_of_a_big_map(folder: Path, size: int = CLAIMS) -> Path:
    """Write the map and its text, and give the map's path."""
    rnd = random.Random(1)  # noqa: S311  # the same map each time, nothing secret
    lines = [f"In {1000 + n} the {' '.join(rnd.choices(WORDS, k=14))} of town {n * n} changed." for n in range(size)]
    text = "\n".join(lines)
    (folder / "text.txt").write_text(text, "utf-8")
    claims = {
        f"claim-{n}": {"text": f"Town {n * n} changed.", "quote": line, "kind": "fact", "issue": f"issue-{n % 20}"}
        for n, line in enumerate(lines)
    }
    relations = [{"support": f"claim-{n // 3}", "by": [f"claim-{n}"], "scheme": "sign"} for n in range(1, size)]
    source = {"text.txt": {"path": "text.txt", "sha256": hashlib.sha256(text.encode()).hexdigest()}}
    issues = {f"issue-{n}": {"question": f"What of {n}?"} for n in range(20)}
    path = folder / "map.yaml"
    m = {
        "id": "big",
        "thesis": "claim-0",
        "sources": source,
        "claims": claims,
        "relations": relations,
        "issues": issues,
    }
    store.save(Map.model_validate(m), path)
    return path


def seconds(call: Callable[[], object]) -> float:
    """Processor time of one call, after what the last one left is cleared away."""
    gc.collect()
    start = process_time()
    call()
    return process_time() - start


def main() -> None:
    """Print the ratio, and the times of what comes after loading."""
    with tempfile.TemporaryDirectory() as name:
        path = folder_of_a_big_map(Path(name))
        text = path.read_text("utf-8")

        def bare() -> Map:
            return Map.model_validate(yaml.load(path.read_text("utf-8"), Loader=LOADER))  # noqa: S506  # it is safe

        pairs = [(seconds(lambda: store.load(path)), seconds(bare)) for _ in range(RUNS)]
        ours, theirs = median(a for a, _ in pairs), median(b for _, b in pairs)
        ratio = median(a / b for a, b in pairs)
        print(
            f"load {CLAIMS:,} claims ({len(text) / 1e6:.1f} MB): {ours:.2f} s, PyYAML's C loader and pydantic {theirs:.2f} s"
        )
        print(f"  {ratio:.2f} × (target ≤ 1.3)")
        m = store.load(path)
        print(f"anchor its quotes: {seconds(lambda: anchor.spans(m)):.2f} s")
        print(f"check the file:    {seconds(lambda: check(path)):.2f} s")
        first = m.claims["claim-0"]
        changed = replace(m, claims={**m.claims, "claim-0": replace(first, text="The town changed.")})
        print(f"save one change:   {seconds(lambda: store.save(changed, path)):.2f} s")
        large = folder_of_a_big_map(Path(name), 100_000)
        print("check one of 100,000 claims:", end=" ", flush=True)
        subprocess.run([sys.executable, "-c", CHECK, large], check=True)


if __name__ == "__main__":
    main()
