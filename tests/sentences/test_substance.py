"""The judge of substance: a table of sentence pairs in six languages, with precision and recall for each kind and language."""

from collections import Counter
from pathlib import Path

import pytest

from argmap.sentences.substance import compare_substance

FOLDER = Path(__file__).parent
HARD = ("negation", "antonym", "number", "agents")
"""Signals that must hardly ever be wrong on a rewording."""


def pairs():
    """The pairs of the table: language, kind, expected verdict or effect, before, after."""
    found = []
    for path in sorted(FOLDER.glob("substance_pairs*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                language, kind, expected, before, after = line.split("\t")
                found.append((language, kind, expected, before, after))
    return found


def is_right(expected, found):
    if expected in ("same", "differs"):
        return found.verdict == expected
    return found.effect == expected


def report(rows):
    """Print how many of each kind and language are right; give the shares that the floors are about."""
    right, total = Counter(), Counter()
    for language, kind, expected, found in rows:
        for name in (kind, language):
            total[name] += 1
            right[name] += is_right(expected, found)
    for name in total:
        print(f"{name:16} {right[name]:3} of {total[name]:3}")
    substance = [row for row in rows if row[2] != "same"]
    wording = [row for row in rows if row[2] == "same"]
    differs = [row for row in rows if row[3].verdict == "differs"]
    shares = {
        "recall": sum(row[3].verdict == "differs" for row in substance) / len(substance),
        "precision": sum(row[2] != "same" for row in differs) / len(differs),
        "word": sum(is_right(row[2], row[3]) for row in substance) / len(substance),
        "unclear": sum(row[3].verdict == "unclear" for row in wording) / len(wording),
        "hard": sum(any(s.kind in HARD for s in row[3].signals) for row in wording) / len(wording),
    }
    print({name: round(share, 3) for name, share in shares.items()})
    return shares
