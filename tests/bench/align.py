"""How many of the hand-made correspondences of the two essays `argmap align` proposes by itself (recall@3).

For each claim of 1996 that the alignment ties to something, a hit is when one of the first three candidates is what it is tied to.
Beside it the same with the answers of a language model that read both essays (`essays_read.json`), by wording alone, and what `argmap diff` without the alignment suggests and how much of that a person had drawn.

    python tests/bench/align.py
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from argmap import sentences, store
from argmap.diff import LEAST, align, compare
from argmap.diff.silence.reading import read_answer
from argmap.model import Alignment

MAPS = Path(__file__).resolve().parents[2] / "maps"
ANSWER = Path(__file__).with_name("essays_read.json")
FIRST = 3


def main() -> None:
    """Print the three figures."""
    before, after = store.load(MAPS / "1996.yaml"), store.load(MAPS / "2005.yaml")
    drawn: dict[str, set[str]] = defaultdict(set)
    for given in store.load_alignment(MAPS / "1996-2005.yaml").correspondences:
        if given.status == "accepted":
            for claim_id in given.before:
                drawn[claim_id].update(given.after)
    tied = {claim_id: ends for claim_id, ends in drawn.items() if ends}
    nothing = Alignment(before="1996.yaml", after="2005.yaml")
    read = read_answer(before, after, nothing, ANSWER.read_text("utf-8"), "a model").alignment
    for name, given in (("by itself", nothing), ("with a model's answers", read)):
        for least in (LEAST, 0.0):
            proposed: dict[str, list[str]] = defaultdict(list)
            proposals = align(before, after, given, least=least).correspondences
            for each in proposals:
                proposed[each.before[0]].append(each.after[0])
            hits = sum(bool(ends & set(proposed[claim_id][:FIRST])) for claim_id, ends in tied.items())
            print(f"recall@{FIRST} {name}, from {least}: {hits} of {len(tied)}, in {len(proposals)} proposals")

    ids = list(after.claims)
    scores = sentences.similarity(
        [before.claims[claim_id].text for claim_id in tied], [after.claims[claim_id].text for claim_id in ids]
    )
    plain = sum(
        bool(ends & {ids[n] for n in row.argsort()[::-1][:FIRST]})
        for ends, row in zip(tied.values(), scores, strict=True)
    )
    print(f"by wording alone: {plain} of {len(tied)} ({plain / len(tied):.0%})")

    suggested = [change for change in compare(before, after).changes if change.status == "suggested"]
    right = sum(bool(drawn[change.before[0].id] & {side.id for side in change.after}) for change in suggested)
    print(f"diff without the alignment: {len(suggested)} suggestions, {right} of them drawn by hand")


if __name__ == "__main__":
    main()
