"""Reading Argdown text beside Argdown's own command line, for 1,000 and 10,000 statements."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from time import perf_counter

from argmap import formats
from tests.helpers.node_tools import argdown_found

LIMIT = 120
"""Seconds after which the other is given up."""


def document(statements: int) -> str:
    """Debates of ten statements each: a thesis, and reasons two deep for and against it."""
    parts = []
    for n in range(0, statements, 10):
        parts.append(f"[Thesis {n}]: The bridge number {n} should be closed.")
        for m in range(1, 4):
            sign = "-" if m == 2 else "+"
            parts.append(f"  {sign} [Reason {n}.{m}]: Reason {m} speaks of bridge {n}.")
            parts += [f"    + [Ground {n}.{m}.{k}]: Ground {k} is given for reason {m} of bridge {n}." for k in (1, 2)]
        parts.append("")
    return "\n".join(parts)


def main() -> None:
    """Read both ways, and print seconds and ratio."""
    command = argdown_found()
    for statements in (1_000, 10_000):
        text = document(statements)
        start = perf_counter()
        m = formats.loads(text, "argdown")
        ours = perf_counter() - start
        said = f"{statements:6,} statements: argmap {ours:.2f} s for {len(m.claims):,} claims"
        if command is None:
            print(f"{said}; Argdown's own command line is not installed")
            continue
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "map.argdown").write_text(text, "utf-8")
            start = perf_counter()
            try:
                subprocess.run(
                    [*command, "json", "map.argdown", "out"],
                    cwd=folder,
                    capture_output=True,
                    timeout=LIMIT,
                    check=False,
                )
                theirs = f"{perf_counter() - start:.2f} s, {(perf_counter() - start) / ours:.1f} times as long"
            except subprocess.TimeoutExpired:
                theirs = f"not done after {LIMIT} s"
        print(f"{said}; Argdown's own command line to JSON {theirs}")


if __name__ == "__main__":
    main()
