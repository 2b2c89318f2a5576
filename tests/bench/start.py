"""How long `argmap --version` takes beside a bare interpreter."""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

RUNS = 15


def seconds(*command: str) -> float:
    """Wall time of one process."""
    start = perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return perf_counter() - start


def main() -> None:
    """Run both in turn, and print the median ratio."""
    bare = [sys.executable, "-c", "pass"]
    version = [sys.executable, "-m", "argmap", "--version"]
    pairs = [(seconds(*version), seconds(*bare)) for _ in range(RUNS)]
    ratio = median(ours / theirs for ours, theirs in pairs)
    print(f"argmap --version: {median(a for a, _ in pairs) * 1000:.0f} ms, {ratio:.2f} × bare python (target ≤ 3)")


if __name__ == "__main__":
    main()
