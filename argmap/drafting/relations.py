"""Propose the thesis and the relations, by connectives and position.

    thesis       a title, "I believe" in the opening, "therefore" at the end, a demand
    paragraph    its first sentence heads it, or its last if that says "therefore"; the head supports the thesis
    but …        attacks the claim before it
    because …    supports the claim that it explains
    critics …    attack the thesis

Long lists of concessions, words of elaboration and shared words were tried and earned nothing, so they are not here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from argmap.drafting.cues import Cues, even
from argmap.drafting.readings import Reading
from argmap.drafting.units import SHORT, Unit
from argmap.model import RelationType


@dataclass(frozen=True, slots=True)
class Item:
    """A unit with its reading and its words."""

    unit: Unit
    reading: Reading
    words: str
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A proposed relation between two items, by their numbers."""

    source: int
    target: int
    type: RelationType
    cue: str | None = None


OPENING = 0.25
"""Share of a text that is its opening; as much is its end."""


def thesis_of(items: Sequence[Item], cues: Cues) -> int | None:
    """Choose the thesis; `None` for no items."""
    if not items:
        return None
    scores = [_thesis_score(n, items, cues) for n in range(len(items))]
    return max(range(len(items)), key=lambda n: (scores[n], -n))


def _thesis_score(n: int, items: Sequence[Item], cues: Cues) -> float:
    item, count = items[n], len(items)
    words, reading = even(item.words), item.reading
    place = n / max(count - 1, 1)
    early, late = place <= OPENING, place >= 1 - OPENING
    score = 0.0
    score += 4 if item.is_title else 0
    score += 2.5 if cues.finds("thesis", words) and (early or late) else 0
    score += 2 if cues.opens("therefore", words) and n == count - 1 else 0
    score += {"policy": 1.5, "value": 0.5}.get(reading.kind, 0)
    score += 1 if n == 0 else 0.6 if n == count - 1 else 0.4 if late or early else 0
    score -= {"asserted": 0, "asked": 2, "reported": 2.5, "conceded": 2.5, "rejected": 2.5}[reading.commitment]
    score -= 1.5 if cues.opens("because", words) or cues.opens("for-clause", words) else 0
    score -= 1 if item.unit.cut and cues.opens("but", words) else 0
    return score


def links_of(items: Sequence[Item], thesis: int, cues: Cues) -> list[Link]:
    """Propose one relation for every item but the thesis, none in a circle."""
    heads = _heads(items, thesis, cues)
    found: dict[int, Link] = {}
    short = len(items) <= SHORT + 4
    for n, item in enumerate(items):
        if n != thesis:
            head = thesis if short else heads[n]
            found[n] = _link(n, item, items, thesis, head, found, cues)
    return _without_circles(found, thesis)


def _heads(items: Sequence[Item], thesis: int, cues: Cues) -> list[int]:
    """Return the head of each item's paragraph; that of a head, and of all in the paragraph of the thesis, is the thesis."""
    heads = [thesis] * len(items)
    for _, group in groupby(range(len(items)), key=lambda n: items[n].unit.paragraph):
        members = list(group)
        if thesis in members:
            continue
        last = members[-1]
        concludes = len(members) > 1 and cues.opens("therefore", even(items[last].words))
        free = [n for n in members if items[n].reading.commitment == "asserted" and not items[n].unit.cut]
        head = last if concludes else next(iter(free), members[0])
        for n in members:
            heads[n] = thesis if n == head else head
    return heads


def _link(
    n: int, item: Item, items: Sequence[Item], thesis: int, head: int, found: dict[int, Link], cues: Cues
) -> Link:
    words, reading = even(item.words), item.reading
    before = n - 1 if n > 0 else None
    but = cues.opens("but", words) or _early_but(words, cues)
    if item.unit.cut and before is not None:
        if cue := cues.opens("because", words) or cues.opens("for-clause", words):
            return _to(n, before, "support", cue, item)
        if cue := cues.opens("although", words):
            return _to(n, before, "attack", cue, item)
    if n + 1 == thesis and cues.opens("but", even(items[thesis].words)):
        return Link(n, thesis, "attack", None)
    if but and before is not None and reading.commitment != "asked":
        return _to(n, before, "attack", but, item)
    follower = items[n + 1] if n + 1 < len(items) else None
    if follower and follower.unit.sentence == item.unit.sentence and cues.opens("although", words):
        return _to(n, n + 1, "attack", cues.opens("although", words), item)
    if reading.commitment == "conceded" or (reading.commitment == "reported" and reading.opposed):
        return Link(n, head, "attack")
    if before is not None and (cue := cues.opens("because", words) or cues.opens("example", words)):
        return _to(n, before, "support", cue, item)
    if before is not None and before in found and found[before].type == "attack" and cues.opens("also", words):
        return Link(n, found[before].target, "attack")
    return Link(n, head, "support")


def _early_but(words: str, cues: Cues) -> object:
    """Find "however" among the first words: "This, however, is wrong"."""
    cue = cues.finds("but", words) if cues.spaced else None
    return cue if cue and 0 < cue.start() < 25 and words[: cue.start()].rstrip().endswith(",") else None


def _to(n: int, target: int, type_: RelationType, cue: object, item: Item) -> Link:
    start, end = cue.span("cue") if "cue" in getattr(cue, "re").groupindex else cue.span()  # type: ignore[attr-defined]  # noqa: B009
    return Link(n, target, type_, item.words[start:end])


def _without_circles(found: dict[int, Link], thesis: int) -> list[Link]:
    """Turn links that lead in a circle to the thesis. Each item has one link, so a walk finds every circle."""
    safe = {thesis}
    for n in list(found):
        path: list[int] = []
        on_path: set[int] = set()
        at = n
        while at not in safe and at not in on_path:
            path.append(at)
            on_path.add(at)
            at = found[at].target
        if at in on_path:
            link = found[path[-1]]
            found[path[-1]] = Link(link.source, thesis, link.type)
        safe.update(path)
    return [found[n] for n in sorted(found)]
