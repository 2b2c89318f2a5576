"""Keep what a person decided on pairs of claims, in a file that a spreadsheet can edit."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from argmap import text_file
from argmap.findings import ArgmapError

DECISIONS = "decisions.csv"
_COLUMNS = ("map_a", "claim_a", "map_b", "claim_b", "decision", "note")

Key = tuple[str, str]
"""A map and the id of a claim in it."""


def decisions(corpus: Path) -> dict[tuple[Key, Key], str]:
    """Read the decisions of a person by pair: `accepted` or `rejected`; raise ArgmapError if a line has neither."""
    return {pair: decision for pair, (decision, _) in _decided(corpus).items() if decision}


def decide(corpus: Path, pairs: Iterable[tuple[Key, Key]], decision: str, note: str = "") -> None:
    """Keep a decision on pairs of claims, for every later `match`.

    Parameters
    ----------
    corpus
        The folder of the corpus.
    pairs
        Pairs of claims, each a map and an id.
    decision
        `accepted` or `rejected`.
    note
        The reason.
    """
    if decision not in ("accepted", "rejected"):
        raise ArgmapError(f"{decision!r} is no decision; choose accepted or rejected")
    known = _decided(corpus)
    for a, b in pairs:
        known.pop((b, a), None)
        known[a, b] = decision, note
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    writer.writerows((*a, *b, *said) for (a, b), said in sorted(known.items()))
    text_file.write(corpus / DECISIONS, out.getvalue(), update=True)


def _decided(corpus: Path) -> dict[tuple[Key, Key], tuple[str, str]]:
    """Read decisions and notes."""
    path = corpus / DECISIONS
    if not path.is_file():
        return {}
    reader = csv.DictReader(io.StringIO(text_file.read_text(path)))
    if missing := [name for name in _COLUMNS[:5] if name not in (reader.fieldnames or ())]:
        raise ArgmapError(f"{path}: has no column {missing[0]}; it needs {', '.join(_COLUMNS[:5])}")
    found = {}
    for row in reader:
        word = (row["decision"] or "").strip()
        if word not in ("accepted", "rejected", ""):
            raise ArgmapError(f"{path}:{reader.line_num}: {word!r} is no decision; write accepted or rejected")
        found[(row["map_a"], row["claim_a"]), (row["map_b"], row["claim_b"])] = word, row.get("note") or ""
    return found
