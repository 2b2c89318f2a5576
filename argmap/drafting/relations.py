"""Propose the thesis and the relations, by connectives and position.

    thesis       a title, "I believe" in the opening, "therefore" at the end, a demand
    paragraph    its first sentence heads it, or its last if that says "therefore"; the head supports the thesis
    but …        attacks the claim before it
    because …    supports the claim that it explains
    critics …    attack the thesis

Long lists of concessions, words of elaboration and shared words were tried and earned nothing, so they are not here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from argmap.drafting.cues import Cues, even
from argmap.drafting.readings import Reading
from argmap.drafting.units import Unit
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


_WORD = re.compile(r"(?!(?:the|an?)\b)\b\w+")
FLAT = 8
"""Most claims of a text in which paragraphs have no heads of their own."""
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
    score = 4.0 if item.is_title else 0.0
    score += 2.5 if cues.finds("thesis", words) and (early or late) else 0
    score += 2 if n == count - 1 and _concludes(words, cues) else 0
    score += {"policy": 1.5, "value": 0.9}.get(reading.kind, 0)
    score += 0.8 if n == 0 else 0.6 if n == count - 1 else 0.4 if late or early else 0
    score -= {"asserted": 0, "asked": 2, "reported": 2.5, "conceded": 2.5, "rejected": 2.5}[reading.commitment]
    score -= 1.5 if cues.opens("because", words) or (item.unit.cut and cues.opens("for-clause", words)) else 0
    score -= 1 if item.unit.cut and (cues.opens("but", words) or cues.opens("unless", words)) else 0
    return score


def _concludes(words: str, cues: Cues) -> bool:
    """Tell if a sentence draws a conclusion: "Therefore …", or "… is therefore wrong", but no "so", and no "As a result"."""
    if cues.opens("result", words):
        return False
    cue = cues.finds("therefore", words)
    return bool(cues.opens("therefore", words)) or bool(cue and (len(cue[0]) > 4 or not cues.spaced))


def links_of(items: Sequence[Item], thesis: int, cues: Cues) -> list[Link]:
    """Propose one relation for every item but the thesis, none in a circle."""
    is_flat = len(items) <= FLAT or len({item.unit.paragraph for item in items}) <= 2
    heads = [thesis] * len(items) if is_flat else _heads(items, thesis, cues)
    found: dict[int, Link] = {}
    for n in range(len(items)):
        if n != thesis:
            found[n] = _link(n, items, thesis, heads, found, cues)
    links = [_or_rephrase(link, items) for link in _without_circles(found, thesis)]
    if any(link.target == thesis and link.type == "support" for link in links):
        return links
    # Where nothing else speaks for the thesis, what answers an objection to it does.
    objections = {link.source for link in links if link.target == thesis and link.type == "attack"}
    answers = (link.source for link in links if link.type == "attack" and link.target in objections)
    return [*links, *(Link(n, thesis, "support") for n in answers)]


def _or_rephrase(link: Link, items: Sequence[Item]) -> Link:
    """Make a support by the same words, in whatever order, a rephrase."""
    source, target = (sorted(_WORD.findall(items[n].words.casefold())) for n in (link.source, link.target))
    return replace(link, type="rephrase", cue=None) if link.type == "support" and source == target else link


def _heads(items: Sequence[Item], thesis: int, cues: Cues) -> list[int]:
    """Return the head of each item's paragraph; that of a head, and of all in the paragraph of the thesis, is the thesis."""
    heads = [thesis] * len(items)
    for _, group in groupby(range(len(items)), key=lambda n: items[n].unit.paragraph):
        members = list(group)
        if thesis in members:
            continue
        last = members[-1]
        free = [n for n in members if items[n].reading.commitment == "asserted" and not items[n].unit.cut]
        head = next(iter(free), members[0])
        announced = next((n for n in free if cues.finds("thesis", even(items[n].words))), None)
        if announced is not None:
            head = announced
        elif len(members) > 1 and _concludes(even(items[last].words), cues):
            head = last
        elif head + 1 in members and _turns(items[head + 1], cues):
            head += 1  # what comes after "but" is the point of the paragraph
        for n in members:
            heads[n] = thesis if n == head else head
    return heads


def _turns(item: Item, cues: Cues) -> re.Match[str] | None:
    """Find the "but" with which a unit turns against what was said before."""
    words = even(item.words)
    if item.reading.commitment == "asked":
        return None
    early = cues.finds("but", words) if cues.spaced else None
    is_early = early and 0 < early.start() < 25 and words[: early.start()].rstrip().endswith(",")
    return cues.opens("but", words) or (early if is_early else None)


def _link(n: int, items: Sequence[Item], thesis: int, heads: Sequence[int], found: dict[int, Link], cues: Cues) -> Link:
    item, head = items[n], heads[n]
    words, reading = even(item.words), item.reading
    before = n - 1
    reason = cues.opens("because", words) or (cues.opens("for-clause", words) if item.unit.cut else None)
    if n and item.unit.cut:
        if reason:
            return _to(n, before, "support", reason, item)
        if cue := cues.opens("although", words) or cues.opens("unless", words):
            return _to(n, before, "attack", cue, item)
        if cues.opens("join", words) and before in found and not cues.opens("but", words):
            return Link(n, found[before].target, found[before].type)
    following = items[n + 1] if n + 1 < len(items) else None
    if following and following.unit.sentence == item.unit.sentence and (cue := cues.opens("although", words)):
        return _to(n, n + 1, "attack", cue, item)
    if following and following.unit.cut and (cue := cues.opens("therefore", even(following.words))):
        return _to(n, n + 1, "support", cue, following) if n + 1 != thesis else Link(n, thesis, "support")
    if n and (cue := _turns(item, cues)):
        # After a reason that goes on with others, "but" turns against what they are for.
        target, seen = before, {n}
        while (
            target not in seen and target in found and found[target].type == "support" and _goes_on(items[target], cues)
        ):
            seen.add(target)
            target = found[target].target
        return _to(n, before if target in seen else target, "attack", cue, item)
    turned = cues.opens("turn", words) and not (n and cues.opens("also", even(items[before].words)))
    answered = n < head and _turns(items[head], cues) is not None
    is_objection = reading.commitment == "reported" and (reading.opposed or answered)
    if reading.commitment == "conceded" or is_objection or turned:
        # An objection that the point of its paragraph answers later is one to the thesis.
        return Link(n, thesis if n < head else head, "attack")
    if n and (cue := reason or cues.opens("example", words)):
        return _to(n, before, "support", cue, item)
    if following and _turns(following, cues) and not item.unit.cut and not _goes_on(item, cues):
        return Link(n, thesis if head == n + 1 else head, "attack")  # said to be answered
    if before in found and found[before] == Link(before, head, "attack") and cues.opens("also", words):
        return Link(n, head, "attack")
    return Link(n, head, "support")


def _goes_on(item: Item, cues: Cues) -> bool:
    """Tell if a unit goes on with the reasons before it."""
    words = even(item.words)
    return any(cues.opens(section, words) for section in ("also", "because", "example")) or (
        item.unit.cut and cues.opens("for-clause", words) is not None
    )


def _to(n: int, target: int, type_: RelationType, cue: re.Match[str], item: Item) -> Link:
    start, end = cue.span("cue" if "cue" in cue.re.groupindex else 0)
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
