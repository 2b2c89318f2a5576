"""Match the claims of one map with those of another.

Ids change, order changes, wording changes; sometimes all at once. So the obvious goes first, and each later
step sees only what the earlier ones left:

    pinned        what a person accepted; what a person rejected is never proposed
    same id       and the same content
    same text     under another id
    same words    of the source: quotes that overlap, where both maps read one text (`spans`)
    alike         wording and neighbourhood together, one assignment over all that is left (`likeness`)
    parts         what is left joins a match that it is a part of: split, merged

Every match names its basis. Ties are broken by the order of the maps, so that equal input gives equal output. Between
two texts an id means nothing, and likeness only suggests; between revisions it only suggests where two claims share less than half.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from argmap import sentences
from argmap.diff.map_index import MapIndex
from argmap.diff.match import likelihood, spans
from argmap.diff.match.apply_alignment import pin
from argmap.diff.match.match_state import Match, Table
from argmap.diff.model import Basis, Question
from argmap.model import Alignment, Map, Status

ENOUGH = 0.5
"""Chance from which two claims are matched by likeness."""
CROWD = 10_000
"""Pairs of claims with one text among which no difference is looked for."""


def question_of(before: Map, after: Map) -> Question:
    """Tell how two maps are related: one id makes revisions, a shared text annotators, else positions."""
    if before.id == after.id:
        return "revisions"
    return "annotators" if _texts(before) & _texts(after) else "positions"


def _texts(map_: Map) -> set[str | None]:
    """Hashes of the texts of a map; where copies of a text differ in line ends only, one of them is the same."""
    texts = map_.sources.values()
    return {each for text in texts for each in (text.fingerprint, text.digest or text.sha256)} - {None}


def match(
    before: MapIndex,
    after: MapIndex,
    question: Question,
    alignment: Alignment | None = None,
    *,
    suggest: bool = True,
    embed: sentences.Embed | None = None,
) -> list[Match]:
    """All matches between two maps, and every claim that has none.

    Between two texts, a shared id means nothing. What a person has decided already, the `alignment`, stays. `suggest`
    also matches by likeness alone, and `embed` compares meanings as well as words.
    """
    table = Table(before, after, question, embed)
    if alignment is not None:
        pin(table, alignment)
    if question != "positions":
        same_id(table)
    if question != "positions" or suggest:
        same_text(table)
    if question != "positions":
        spans.overlapping(table)
    if suggest:
        alike(table)
    if question != "positions":
        spans.parts(table)
        likelihood.parts(table)
    return table.in_order()


def same_id(table: Table) -> None:
    """Match claims with the same id and the same content."""
    for claim_id in list(table.free_before):
        if claim_id in table.free_after and table.same_content(claim_id, claim_id):
            table.pair(claim_id, claim_id, "id", "accepted", 1.0, "same id, same text")


def same_text(table: Table) -> None:
    """Same text under another id. If several have one text, those with the same neighbours and fields match."""
    left = _grouped(table.free_before, lambda claim: sentences.normalise(table.before.map.claims[claim].text))
    right = _grouped(table.free_after, lambda claim: sentences.normalise(table.after.map.claims[claim].text))
    doubled: list[tuple[list[str], list[str]]] = []
    for text, ids in left.items():
        others = right.get(text, [])
        if len(ids) == len(others) == 1:
            table.pair(ids[0], others[0], "wording", "accepted", 1.0, "same text")
        elif others:
            doubled.append((ids, others))
    # The clearest group first: what it settles may tell the others apart.
    for ids, others in sorted(doubled, key=lambda group: -_clearness(table, *group)):
        _tell_apart(table, ids, others)


def alike(table: Table) -> None:
    """Wording and neighbourhood together: the best assignment of all that is left."""
    revisions = table.question == "revisions"
    passes: tuple[tuple[Status, bool], ...] = (("accepted", True), ("suggested", False))
    for status, edited in passes if revisions else passes[1:]:
        for found in likelihood.best(table, ENOUGH, edited=edited):
            basis: Basis = "id" if found.same_id else "wording"
            table.pair(found.before, found.after, basis, status, round(found.chance, 3), *found.evidence)


def _tell_apart(table: Table, before: Sequence[str], after: Sequence[str]) -> None:
    """Pair claims of one text: those that have more in common first, then in the order of the maps."""
    if len(before) * len(after) > CROWD:
        pairs = list(zip(before, after, strict=False))
    else:
        pairs = [(b, a) for b in before for a in after]
        pairs.sort(key=lambda pair: -table.common_ground(*pair))
    for b, a in pairs:
        if b in table.free_before and a in table.free_after:
            table.pair(b, a, "wording", "accepted", 1.0, "same text")


def _clearness(table: Table, before: Sequence[str], after: Sequence[str]) -> float:
    """Score what the best pair of a group has in common; a large group is not scored."""
    if len(before) * len(after) > CROWD:
        return -1
    return max(table.common_ground(b, a) for b in before for a in after)


def _grouped(ids: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for claim_id in ids:
        groups[key(claim_id)].append(claim_id)
    return groups
