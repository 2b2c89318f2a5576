"""AIF of 1,000, 10,000 and 100,000 nodes to a map, beside the arguebuf package: time, memory, and whether both grow in line.

    python tests/bench/formats.py

Every reading runs in a process of its own; processor time is taken around reading alone, memory is the peak of the
process. arguebuf is installed into a virtual environment of its own in the temporary folder, so that argmap is
measured without it; where it cannot be installed, argmap is measured alone.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

SIZES = (1_000, 10_000, 100_000)
TIMES = 3
"""Each is read so many times; the fastest counts."""
PEER = Path(tempfile.gettempdir()) / "argmap-peers" / "arguebuf"
WORDS = [
    "the",
    "a",
    "of",
    "rain",
    "river",
    "flood",
    "dam",
    "mayor",
    "city",
    "people",
    "policy",
    "should",
    "never",
    "always",
    "must",
    "because",
    "therefore",
    "war",
    "peace",
    "cost",
]
NAMES = {"RA": ("Default Inference", "72"), "CA": ("Default Conflict", "71"), "MA": ("Default Rephrase", "144")}

OURS = """
import sys, time
from argmap import formats
formats.named("aif").load()
start = time.process_time()
formats.read(sys.argv[1], "aif")
used = time.process_time() - start
print(used, next(int(line.split()[1]) / 1024 for line in open('/proc/self/status') if line.startswith('VmHWM')))
"""
THEIRS = """
import sys, time
import arguebuf
start = time.process_time()
arguebuf.load.file(sys.argv[1])
used = time.process_time() - start
print(used, next(int(line.split()[1]) / 1024 for line in open('/proc/self/status') if line.startswith('VmHWM')))
"""


def nodeset(size: int) -> str:
    """AIF as AIFdb writes it: a tree of supports, attacks and rephrases of one or two premises, in all `size` nodes."""
    rnd = random.Random(size)  # noqa: S311 - the same nodes each time, nothing secret
    nodes: list[dict[str, str]] = []
    edges: list[dict[str, str | None]] = []
    claims: list[str] = []

    def add(**fields: str) -> str:
        claim_id = str(100_000 + len(nodes))
        nodes.append(
            {
                "nodeID": claim_id,
                **fields,
                "timestamp": f"2016-05-03 12:{len(nodes) // 60 % 60:02}:{len(nodes) % 60:02}",
            }
        )
        return claim_id

    def claim() -> str:
        claims.append(add(text=" ".join(rnd.choices(WORDS, k=12)), type="I"))
        return claims[-1]

    def tie(start: str, end: str) -> None:
        edges.append({"edgeID": str(500_000 + len(edges)), "fromID": start, "toID": end, "formEdgeID": None})

    claim()
    while len(nodes) < size:
        target, premises = rnd.choice(claims), [claim() for _ in range(rnd.choice([1, 1, 2]))]
        type_ = rnd.choice(["RA", "RA", "RA", "CA", "MA"])
        name, number = NAMES[type_]
        relation = add(text=name, type=type_, scheme=name, schemeID=number)
        for premise in premises:
            tie(premise, relation)
        tie(relation, target)
    return json.dumps({"nodes": nodes, "edges": edges, "locutions": []})


def peer() -> str | None:
    """The interpreter that has arguebuf, installed now if need be; `None` when it cannot be had."""
    python = PEER / "bin" / "python"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", PEER], check=True, capture_output=True)
        if subprocess.run([python, "-c", "import arguebuf"], capture_output=True, check=False).returncode:
            subprocess.run([python, "-m", "pip", "install", "--quiet", "arguebuf"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return str(python)


def measured(python: str, code: str, path: Path) -> tuple[float, float]:
    """Seconds of processor time, the least of several, and peak memory in MB."""
    runs = []
    for _ in range(TIMES):
        done = subprocess.run([python, "-c", code, str(path)], check=True, capture_output=True, text=True)
        runs.append(tuple(map(float, done.stdout.split())))
    seconds, memory = min(runs)
    return seconds, memory


def main() -> None:
    """Print a line a size."""
    other = peer()
    if other is None:
        print("arguebuf could not be installed: argmap alone")
    print(f"{'nodes':>8} {'argmap':>16} {'arguebuf':>16} {'faster':>8} {'memory':>8} {'µs a node':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder, f"{size}.json")
            path.write_text(nodeset(size))
            seconds, memory = measured(sys.executable, OURS, path)
            line = f"{size:>8,} {seconds:>8.3f} s {memory:>4.0f} MB"
            if other:
                their_seconds, their_memory = measured(other, THEIRS, path)
                line += f" {their_seconds:>8.3f} s {their_memory:>4.0f} MB"
                line += f" {their_seconds / seconds:>7.1f}× {memory / their_memory:>7.0%}"
            print(f"{line} {seconds / size * 1e6:>10.1f}", flush=True)


if __name__ == "__main__":
    main()
