"""Estimate how likely two claims match when no id, text or span shows it.

Wording comes first. Other evidence in the maps changes the chance, each kind by a fixed amount of log-odds:

    chance = wording ⊕ ties to claims already matched ⊕ the same issue ⊕ the same id (between revisions)

Ties work both ways: two claims match more likely when their conclusions and reasons match, and they are themselves
conclusions or reasons of their neighbours. So the assignment is made twice: the first matches count as neighbours in the second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log

from argmap import sentences
from argmap.diff.map_index import Tied
from argmap.diff.match.assignment import assign
from argmap.diff.match.match_state import Table

NEIGHBOURS = 1.5
"""Log-odds of all ties in common; alone they must not match two unlike sentences."""
SAME_ISSUE = 2.0
OTHER_ISSUE = -2.0
SAME_ID = 2.5
EDITED = 4.0
"""Log-odds between revisions where each sentence says all that the other says; none where they share half."""
PLACE = 1.25
"""Log-odds between revisions of two claims that share few words: taken off where they stand elsewhere, added where they stand
between the same matched claims."""
ROUNDS = 3
NEVER_SURE = 0.99
"""Most that two sentences reach that are not equal."""
REVERSED = 0.6
"""Share of a pair's chance that remains when one says the opposite of the other; it may still answer it."""
LESS_SURE = 0.8
"""Factor on a pair's chance when the two do not say the same; they may still match."""
FAMILY = 20
"""Claims tied alike to one claim, beyond which being one of them says nothing."""
HALF = 0.5
"""Share of weight that a reworded claim keeps, both ways, where neither id nor quotes say that it is the same."""
PART = 0.7
"""Share of a claim's weight that a whole must hold for the claim to be a part of it."""
GAIN = 0.1
"""Share of the whole's weight that a part must add; it must also be half of what was unsaid."""


Places = tuple[str, str]
"""Nearest matched claims on either side; empty at an end of the map."""


@dataclass(frozen=True, slots=True)
class Found:
    """A pair that may match, and why."""

    before: str
    after: str
    chance: float
    evidence: tuple[str, ...]
    same_id: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair worth a look, before its neighbours are considered."""

    before: str
    after: str
    odds: float
    """Log-odds of all that does not depend on other matches, the id left out."""
    same_id: bool
    vouched: bool
    """True if there is evidence besides the id: an id may have been reused for another claim."""
    surely: bool = False
    """True if the two have one id and are as near as any other pair of theirs."""


def best(table: Table, enough: float, *, edited: bool) -> list[Found]:
    """The one-to-one assignment of all free claims with the highest chances, each at least `enough`.

    With `edited`, two claims with different ids must be an edit of each other: share half of what each says.
    """
    plain = _without_rivals(_by_wording(table, edited=edited))
    order = table.before.order, table.after.order
    chosen: list[tuple[str, str, float]] = []
    settled = {claim_id: set(mates) for claim_id, mates in table.partners.items()}
    for _ in range(ROUNDS):
        before = [pair[:2] for pair in chosen]
        places = None if edited or table.question != "revisions" else _surroundings(table)
        scored = [(each.before, each.after, _chance(table, each, places)) for each in plain]
        likely = [pair for pair in scored if pair[2] >= enough]
        chosen = [likely[n] for n in assign([(order[0][b], order[1][a], chance) for b, a, chance in likely])]
        if [pair[:2] for pair in chosen] == before:
            break
        table.partners = defaultdict(set, {claim_id: set(mates) for claim_id, mates in settled.items()})
        for b, a, _ in chosen:
            table.partners[b].add(a)
    found = [_found(table, b, a, chance) for b, a, chance in chosen]
    table.partners = defaultdict(set, settled)
    return found


def ranked(table: Table, most: int, least: float) -> list[Found]:
    """Return for each free claim of `before`, in its order, up to `most` candidates of at least `least`.

    Candidates on the claim's own issue come first, whatever the wording: a person looks there before anywhere else.
    """
    scored = [
        (each.before, each.after, _chance(table, each))
        for each in _by_wording(table, edited=table.question == "revisions")
    ]
    by_claim: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
    for pair in scored:
        if pair[2] >= least:
            by_claim[pair[0]].append(pair)

    def order(pair: tuple[str, str, float]) -> tuple[bool, float, int]:
        left, right = table.claims(pair[0], pair[1])
        return left.issue is None or left.issue != right.issue, -pair[2], table.after.order[pair[1]]

    return [
        _found(table, *pair) for claim_id in table.free_before for pair in sorted(by_claim[claim_id], key=order)[:most]
    ]


def parts(table: Table) -> None:
    """Join remaining claims to a match if they are a part of the other side's sentence that no other claim of it has said yet."""
    for whole_before in (True, False):
        near, far = (table.before, table.after) if whole_before else (table.after, table.before)
        free = table.free_after if whole_before else table.free_before
        wholes = _reworded(table, whole_before)
        texts = [near.map.claims[claim_id].text for _, claim_id in wholes]
        # Few sentences hold another; only those are worth comparing as a whole.
        holding = {bit: sentences.covered_by(far.map.claims[bit].text, texts, PART) for bit in free}
        bits = [bit for bit in free if holding[bit]]
        held = sorted({place for places in holding.values() for place in places})
        wholes, texts = [wholes[place] for place in held], [texts[place] for place in held]
        likely = sentences.likely(texts, [far.map.claims[claim_id].text for claim_id in bits], most=5)
        for whole, bit, _ in sorted(likely, key=lambda pair: -pair[2]):
            (n, claim_id), said = wholes[whole], far.map.claims[bits[bit]].text
            mates = table.matches[n].after if whole_before else table.matches[n].before
            told = [far.map.claims[mate].text for mate in mates]
            unsaid = 1 - sentences.cover(texts[whole], told)
            gain = sentences.cover(texts[whole], [*told, said]) - (1 - unsaid)
            pair = (claim_id, bits[bit]) if whole_before else (bits[bit], claim_id)
            if gain < max(GAIN, unsaid / 2) or sentences.cover(said, [texts[whole]]) < PART or bits[bit] not in free:
                continue
            if pair not in table.forbidden:
                table.join(n, bits[bit], f"{bits[bit]} says {gain:.0%} of {claim_id}", after=whole_before)


def _reworded(table: Table, whole_before: bool) -> list[tuple[int, str]]:
    """Return claims that a rewording may match only in part, with the place of the match."""
    return [
        (n, (match.before if whole_before else match.after)[0])
        for n, match in enumerate(table.matches)
        if match.basis != "analyst"
        and match.status == "accepted"
        and len(match.before if whole_before else match.after) == 1
        and not (len(match.before) == len(match.after) == 1 and table.same_content(match.before[0], match.after[0]))
    ]


def _by_wording(table: Table, *, edited: bool) -> list[Candidate]:
    """Return pairs of free claims worth a look."""
    left, right = list(table.free_before), list(table.free_after)
    before, after = table.before.map.claims, table.after.map.claims
    place = {claim_id: n for n, claim_id in enumerate(right)}
    wanted = {
        (n, place[claim_id]) for n, claim_id in enumerate(left) if table.question == "revisions" and claim_id in place
    }
    wanted |= {(n, place[mate]) for n, mate in _kin(table, left) if mate in place}
    wanted |= _on_one_issue(
        [before[claim_id].issue for claim_id in left], [after[claim_id].issue for claim_id in right]
    )
    texts = [before[claim_id].text for claim_id in left], [after[claim_id].text for claim_id in right]
    pairs = []
    for n, m, chance in sentences.likely(*texts, wanted=wanted, embed=table.embed):
        b, a = left[n], right[m]
        if (b, a) in table.forbidden or (edited and b != a and not _edited(texts[0][n], texts[1][m])):
            continue
        issues = before[b].issue, after[a].issue
        odds = _odds(chance)
        if edited:
            odds += EDITED * (
                sentences.cover(texts[0][n], [texts[1][m]]) + sentences.cover(texts[1][m], [texts[0][n]]) - 1
            )
        if None not in issues:
            odds += SAME_ISSUE if issues[0] == issues[1] else OTHER_ISSUE
        same_id = table.question == "revisions" and b == a
        quotes = bool(before[b].quotes) and before[b].quotes == after[a].quotes
        vouched = same_id and (quotes or bool(sentences.shared_words(texts[0][n], texts[1][m])))
        pairs.append(Candidate(b, a, odds, same_id, vouched))
    if table.question != "revisions":
        return pairs
    near = _as_near_as_any({(pair.before, pair.after): pair.odds for pair in pairs})
    near |= _as_near_as_any(
        {(pair.before, pair.after): _holds(before[pair.before].text, after[pair.after].text) for pair in pairs}
    )
    return [replace(pair, surely=pair.vouched and (pair.before, pair.after) in near) for pair in pairs]


def _without_rivals(pairs: Sequence[Candidate]) -> list[Candidate]:
    """Leave out what competes with a pair of one id that is as near as any other pair of the two."""
    sure = {pair.before for pair in pairs if pair.surely}
    return [pair for pair in pairs if pair.surely or not sure & {pair.before, pair.after}]


def _as_near_as_any(nearness: Mapping[tuple[str, str], float]) -> set[tuple[str, str]]:
    """Find the pairs that no other pair of the same before or after exceeds."""
    most: dict[tuple[int, str], float] = {}
    for pair, amount in nearness.items():
        for end in enumerate(pair):
            most[end] = max(most.get(end, amount), amount)
    return {pair for pair, amount in nearness.items() if all(amount >= most[end] for end in enumerate(pair))}


def _holds(left: str, right: str) -> float:
    """Compute how far one of two sentences holds the other."""
    return max(sentences.cover(left, [right]), sentences.cover(right, [left]))


def _edited(left: str, right: str) -> bool:
    """Tell whether one sentence can be the other after an edit: half of what either says is said by the other."""
    return sentences.cover(left, [right]) + sentences.cover(right, [left]) >= 2 * HALF


def _kin(table: Table, free: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Places of free claims, each with claims of `after` that are tied to a match of a neighbour as it is tied to the neighbour."""
    families: dict[Tied, list[str]] = {}
    for n, claim_id in enumerate(free):
        for how, near in table.before.tied(claim_id):
            back = _BACK.get(how, "")
            for far in sorted(table.partners.get(near, ())):
                if (far, back) not in families:
                    families[far, back] = [other for there, other in table.after.tied(far) if there == back]
                if len(families[far, back]) <= FAMILY:
                    yield from ((n, mate) for mate in families[far, back])


def _on_one_issue(left: Sequence[str | None], right: Sequence[str | None]) -> set[tuple[int, int]]:
    """Places of claims on one issue, where those are few enough to say something."""
    there: dict[str, list[int]] = defaultdict(list)
    for m, issue in enumerate(right):
        if issue:
            there[issue].append(m)
    few = {issue: places for issue, places in there.items() if len(places) <= FAMILY}
    return {(n, m) for n, issue in enumerate(left) if issue for m in few.get(issue, ())}


_BACK = {f"{word} of": f"{word} by" for word in ("support", "attack", "rephrase")}
_BACK |= {back: how for how, back in _BACK.items()}


def _surroundings(table: Table) -> tuple[dict[str, Places], dict[str, Places]]:
    """The nearest matched claims before and after each claim, as the order of its map has them; named by the claim of `before`."""
    mates: dict[str, str] = {}
    for b in table.before.order:
        for a in table.partners.get(b, ()):
            mates.setdefault(a, b)
    own = {b: b for b in table.before.order if table.partners.get(b)}
    return _nearest(list(table.before.order), own), _nearest(list(table.after.order), mates)


def _nearest(order: Sequence[str], name: Mapping[str, str]) -> dict[str, Places]:
    sides: list[dict[str, str]] = []
    for way in (order, order[::-1]):
        last, seen = "", {}
        for claim_id in way:
            seen[claim_id] = last
            last = name.get(claim_id, last)
        sides.append(seen)
    return {claim_id: (sides[0][claim_id], sides[1][claim_id]) for claim_id in order}


def _chance(table: Table, pair: Candidate, places: tuple[dict[str, Places], dict[str, Places]] | None = None) -> float:
    share, _ = table.neighbours(pair.before, pair.after)
    around = NEIGHBOURS * share
    if places:
        here, there = places[0][pair.before], places[1][pair.after]
        # Ties mostly lead to claims that stand nearby: one thing is not counted twice.
        around += PLACE * min(sum(x == y for x, y in zip(here, there, strict=True)) - 1, 0 if share else 1)
    odds = pair.odds + around
    if pair.same_id and (pair.vouched or share):
        odds += SAME_ID
    return round(1 / (1 + exp(-odds)), 4)


def _odds(chance: float) -> float:
    bounded = min(max(chance, 1e-4), 1 - 1e-4)
    return log(bounded / (1 - bounded))


def _found(table: Table, before: str, after: str, chance: float) -> Found:
    """Give a pair its evidence: shared words, issue, neighbours, id, and what differs in substance."""
    left, right = table.claims(before, after)
    evidence = []
    words = sentences.shared_words(left.text, right.text)
    if words:
        evidence.append(f"words: {', '.join(words)}")
    if left.issue and left.issue == right.issue:
        evidence.append(f"same issue: {left.issue}")
    _, ties = table.neighbours(before, after)
    evidence += [f"both {how} {near if near == far else f'{near} – {far}'}" for (how, near), (_, far) in ties[:3]]
    same_id = table.question == "revisions" and before == after
    if same_id:
        evidence.append("same id")
    languages = {table.before.language, table.after.language}
    substance = sentences.compare_substance(left.text, right.text, languages.pop() if len(languages) == 1 else None)
    if substance.verdict == "differs":
        chance = round(chance * (REVERSED if substance.effect == "reversed" else LESS_SURE), 4)
        evidence += [signal.text for signal in substance.signals if signal.effect != "none"]
    if not table.same_content(before, after):
        chance = min(chance, NEVER_SURE)
    return Found(before, after, chance, tuple(evidence), same_id)
