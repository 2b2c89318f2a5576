"""Match claims that were read from the same words.

Where both maps read one text, the spans of their quotes say more than their wording: two analysts may put one sentence of
the text quite differently. Where the text itself was edited, quotes are looked up in the edited one.

    text      …… we ought to close the square to cars, and soon ……
    before         └──────── close-square ────────┘
    after              └── ban-cars ──────────────────┘        overlap: 2 · shared / (left + right)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from argmap import anchor, sentences
from argmap.diff.map_index import MapIndex
from argmap.diff.match.assignment import assign
from argmap.diff.match.match_state import Table
from argmap.grouping import merge_places
from argmap.model import Source, Span
from argmap.text_tools import even

Place = tuple[str, int, int]
"""A text, and where a stretch of it starts and ends."""

SAME = 0.5
"""Overlap from which two claims are read from the same words."""
INSIDE = 0.8
"""Share of a claim's words inside another's from which it may be a part of it."""
GAIN = 0.1
"""Least gain in overlap that a part must bring."""
CROWD = 50
"""Claims read from one place beyond which no more are looked at."""


def overlapping(table: Table) -> None:
    """Match claims read from the same words, the closest overlap first; wording tells apart what overlaps alike."""
    left, right = places(table)
    found = overlaps(
        {claim_id: left[claim_id] for claim_id in table.free_before if claim_id in left},
        {claim_id: right[claim_id] for claim_id in table.free_after if claim_id in right},
    )
    pairs = []
    for (b, a), shared in found.items():
        overlap = 2 * shared / (_length(left[b]) + _length(right[a]))
        if overlap >= SAME and (b, a) not in table.forbidden:
            pairs.append((b, a, overlap))
    if not pairs:
        return
    alike = sentences.chances([(table.before.map.claims[b].text, table.after.map.claims[a].text) for b, a, _ in pairs])
    scored = [
        (b, a, round(0.75 * overlap + 0.25 * likely, 4)) for (b, a, overlap), likely in zip(pairs, alike, strict=True)
    ]
    order = table.before.order, table.after.order
    for n in assign([(order[0][b], order[1][a], score) for b, a, score in scored]):
        b, a, overlap = pairs[n]
        table.pair(b, a, "span", "accepted", round(overlap, 3), f"quotes overlap by {overlap:.0%}")


def parts(table: Table) -> None:
    """Join remaining claims to a match if their words are a part of that match's words on the other side."""
    left, right = places(table)
    for whole_before in (True, False):
        wholes, bits = (left, right) if whole_before else (right, left)
        free = table.free_after if whole_before else table.free_before
        owner = {
            claim_id: n
            for n, match in enumerate(table.matches)
            for claim_id in (match.before if whole_before else match.after)
            if match.status == "accepted" and match.basis != "analyst"
        }
        inside: dict[str, list[str]] = defaultdict(list)
        common = overlaps(
            {claim_id: wholes[claim_id] for claim_id in owner if claim_id in wholes},
            {claim_id: bits[claim_id] for claim_id in free if claim_id in bits},
        )
        for (whole, bit), shared in common.items():
            if shared >= INSIDE * _length(bits[bit]):
                inside[whole].append(bit)
        for whole, fitting in inside.items():
            for bit in fitting:
                match = table.matches[owner[whole]]
                mates = match.after if whole_before else match.before
                pair = (whole, bit) if whole_before else (bit, whole)
                if bit not in free or pair in table.forbidden:
                    continue
                alone = _overlap(wholes[whole], [p for mate in mates for p in bits.get(mate, ())])
                joined = _overlap(wholes[whole], [p for mate in (*mates, bit) for p in bits.get(mate, ())])
                if joined >= alone + GAIN:
                    table.join(owner[whole], bit, f"{bit} is read from a part of the same words", after=whole_before)


def places(table: Table) -> tuple[Mapping[str, list[Place]], Mapping[str, list[Place]]]:
    """Locate the claims of both sides in the texts that both read."""
    before, after = table.before, table.after
    texts = {source.fingerprint for source in after.map.sources.values() if source.text}
    left: dict[str, list[Place]] = {}
    for claim_id, claim in before.map.claims.items():
        for n, quote in enumerate(claim.quotes):
            found = before.map.source_of(quote)
            if not found or not found[1].text:
                continue
            name, source = found
            if source.fingerprint in texts:
                span = before.spans[claim_id][n]
            elif table.question == "revisions" and claim_id in table.free_before and name in after.map.sources:
                source = after.map.sources[name]
                where = anchor.locate(source, quote)
                span = where.span if isinstance(where, anchor.Anchored) else None
            else:
                continue
            left.setdefault(claim_id, []).extend(_place(source, span))
    return {claim_id: where for claim_id, where in left.items() if where}, own_places(after)


def own_places(reading: MapIndex) -> dict[str, list[Place]]:
    """Locate the claims of a map in its texts, as all copies of a text count its characters."""
    found: dict[str, list[Place]] = {}
    for claim_id, claim in reading.map.claims.items():
        for n, quote in enumerate(claim.quotes):
            source = reading.map.source_of(quote)
            if source and (where := _place(source[1], reading.spans[claim_id][n])):
                found.setdefault(claim_id, []).extend(where)
    return found


def _place(source: Source, span: Span | None) -> list[Place]:
    if span is None or not source.text or source.fingerprint is None:
        return []
    text = even(source.text)
    start, end = text.at(span.start), text.at(span.end)
    return [(source.fingerprint, start, end)] if start < end else []


def overlaps(left: Mapping[str, list[Place]], right: Mapping[str, list[Place]]) -> dict[tuple[str, str], int]:
    """Characters that two claims share, for each two that share any: one sweep along each text."""
    events = sorted(
        (*place, side, claim_id)
        for side, claims in enumerate((left, right))
        for claim_id, places_ in claims.items()
        for place in merge_places(places_)
    )
    shared: dict[tuple[str, str], int] = defaultdict(int)
    open_: tuple[list[tuple[int, int, str]], ...] = ([], [])
    text = None
    for source, start, end, side, claim_id in events:
        if source != text:
            text, open_ = source, ([], [])
        for other in open_:
            other[:] = [stretch for stretch in other if stretch[1] > start]
        for _, other_end, mate in open_[1 - side][-CROWD:]:
            pair = (claim_id, mate) if side == 0 else (mate, claim_id)
            shared[pair] += min(end, other_end) - start
        open_[side].append((start, end, claim_id))
    return dict(shared)


def _length(places_: Iterable[Place]) -> int:
    return sum(end - start for _, start, end in merge_places(places_))


def _overlap(left: list[Place], right: list[Place]) -> float:
    """Twice the shared characters over all characters: 1 for the same words, 0 for none in common."""
    if not left or not right:
        return 0.0
    return 2 * overlaps({"left": left}, {"right": right}).get(("left", "right"), 0) / (_length(left) + _length(right))
