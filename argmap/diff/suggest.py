"""Suggest correspondences of two maps.

A proposal has `status: suggested`, a chance and evidence until a person accepts or rejects it, in a review (`argmap.diff.questions`) or
by editing the file. When `align` runs again, it keeps each decision and each suggestion with a word or a reason from a
person; it never proposes a rejected pair again.
"""

from __future__ import annotations

from collections.abc import Collection

from argmap import sentences
from argmap.diff.map_index import MapIndex
from argmap.diff.match.apply_alignment import pin
from argmap.diff.match.likelihood import ranked
from argmap.diff.match.match_state import Table
from argmap.diff.match.steps import match, question_of
from argmap.model import Alignment, Correspondence, Map, replace

MOST = 3
LEAST = 0.3
"""Chance below which a pair is not proposed unless asked for."""


Sides = tuple[tuple[str, ...], tuple[str, ...]]


def align(
    before: Map,
    after: Map,
    alignment: Alignment | None = None,
    *,
    most: int = MOST,
    least: float = LEAST,
    embed: sentences.Embed | None = None,
) -> Alignment:
    """List what was decided so far, and candidates for the rest.

    Parameters
    ----------
    before, after
        The two maps.
    alignment
        Decisions so far. They stay first, in their order, as do suggestions to which a person wrote a word or a reason.
        Other suggestions are made anew; first come pairs that a language model found, as `read:` has them.
    most
        Candidates of a claim, the likeliest first.
    least
        Chance below which a pair is not proposed, in [0, 1].
    embed
        Compares meanings as well as words; `argmap.diff.embedder` makes one of a sentence model.

    Returns
    -------
    Alignment
        Its `before` and `after` are the given alignment's, or else the maps' ids with `.yaml`.

    Raises
    ------
    ArgmapError
        When the alignment names unknown claims, or decides one pair both ways.
    """
    question = question_of(before, after)
    decided = tuple(given for given in alignment.correspondences if _decided(given)) if alignment else ()
    base = alignment or Alignment(before=f"{before.id}.yaml", after=f"{after.id}.yaml")
    kept = replace(base, correspondences=decided)
    table = Table(MapIndex(before), MapIndex(after), question, embed)
    pin(table, kept)
    found = [] if question == "positions" else match(table.before, table.after, question, kept, embed=embed)
    matched = [
        _suggestion(each.before, each.after, each.confidence, each.evidence)
        for each in found
        if each.basis not in ("analyst", "unmatched") and not _known(each.before, each.after, decided)
    ]
    covered = {(given.before, given.after) for given in matched}
    likely = [pair for pair in ranked(table, most, least) if ((pair.before,), (pair.after,)) not in covered]
    read = _read(table, base, covered)
    suggested = [
        *(Correspondence(before=b, after=a, status="suggested", evidence=why) for (b, a), why in read.items()),
        *(
            _suggestion((pair.before,), (pair.after,), pair.chance, pair.evidence)
            for pair in likely
            if ((pair.before,), (pair.after,)) not in read
        ),
    ]
    return replace(kept, correspondences=(*decided, *matched, *suggested))


def _read(table: Table, given: Alignment, covered: Collection[Sides]) -> dict[Sides, tuple[str, ...]]:
    """Suggest a claim and each claim that quotes the words in which a language model found it taken up."""
    if given.read is None:
        return {}
    from argmap.diff.silence.reading import claims_at

    found: dict[Sides, tuple[str, ...]] = {}
    for side, free, there in (("before", table.free_before, table.after), ("after", table.free_after, table.before)):
        for claim_id, words in getattr(given.read, side).items():
            for other in claims_at(there, words) if words and claim_id in free else ():
                pair = (claim_id, other) if side == "before" else (other, claim_id)
                if pair not in table.forbidden and ((pair[0],), (pair[1],)) not in covered:
                    found[(pair[0],), (pair[1],)] = (f"{given.read.by} found it in “{words}”",)
    return found


def _decided(given: Correspondence) -> bool:
    return given.status != "suggested" or given.change is not None or given.because is not None


def _known(before: tuple[str, ...], after: tuple[str, ...], decided: tuple[Correspondence, ...]) -> bool:
    return any(given.before == before and given.after == after for given in decided)


def _suggestion(
    before: tuple[str, ...], after: tuple[str, ...], chance: float, evidence: tuple[str, ...]
) -> Correspondence:
    return Correspondence(
        before=before, after=after, status="suggested", confidence=round(min(chance, 1.0), 2), evidence=evidence
    )
