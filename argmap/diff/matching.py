"""Which claims of one map answer to which of another.

Ids change, order changes, wording changes; sometimes all at once. So the obvious goes first, and each later
step sees only what the earlier ones left:

    pinned          what a person accepted; what a person rejected is never proposed
    same id         and the same content
    same text       under another id
    same words      of the source: quotes that overlap, where both maps read one text
    alike           wording and neighbourhood together, one assignment over all that is left

Every match says what it rests on. Ties are broken by the order of the maps, so that equal input gives equal output.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from argmap import wording
from argmap.diff.readings import Reading
from argmap.diff.result import Basis, Question
from argmap.finding import ArgmapError, Finding, Place
from argmap.model import Alignment, ChangeWord, Correspondence, Map, Status


@dataclass(frozen=True, slots=True)
class Match:
    """Claims before and claims after that speak of the same thing; one side is empty where nothing answers."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    basis: Basis
    status: Status = "accepted"
    confidence: float = 1.0
    evidence: tuple[str, ...] = ()
    word: ChangeWord | None = None
    """The analyst's word for the change, where there is one."""
    because: str | None = None


def question_of(before: Map, after: Map) -> Question:
    """What two maps are to each other: one id makes revisions, a shared text annotators, else positions."""
    if before.id == after.id:
        return "revisions"
    digests = {digest for source in before.sources.values() if (digest := source.digest or source.sha256)}
    shared = any((source.digest or source.sha256) in digests for source in after.sources.values())
    return "annotators" if shared else "positions"


@dataclass
class Table:
    """The work of matching: what is settled, and what is still free on either side."""

    before: Reading
    after: Reading
    question: Question
    matches: list[Match] = field(default_factory=list)
    forbidden: set[tuple[str, str]] = field(default_factory=set)
    free_before: dict[str, None] = field(init=False)
    free_after: dict[str, None] = field(init=False)

    def __post_init__(self) -> None:
        self.free_before = dict.fromkeys(self.before.map.claims)
        self.free_after = dict.fromkeys(self.after.map.claims)

    def settle(self, match: Match) -> None:
        """Take a match in, and its claims out of what is free."""
        self.matches.append(match)
        for id in match.before:
            self.free_before.pop(id, None)
        for id in match.after:
            self.free_after.pop(id, None)

    def pair(self, before: str, after: str, basis: Basis, status: Status, confidence: float, *evidence: str) -> None:
        """Settle one claim with one claim, unless a person said no."""
        if (before, after) not in self.forbidden:
            self.settle(Match((before,), (after,), basis, status, confidence, evidence))

    def in_order(self) -> list[Match]:
        """All matches in the order of `before`, then what has no match: dropped in its place, new at the end."""
        unmatched = [Match((id,), (), "unmatched") for id in self.free_before]
        unmatched += [Match((), (id,), "unmatched") for id in self.free_after]
        last = len(self.before.order)

        def place(match: Match) -> tuple[int, int]:
            left = min((self.before.order[id] for id in match.before), default=last)
            right = min((self.after.order[id] for id in match.after), default=-1)
            return left, right

        return sorted([*self.matches, *unmatched], key=place)


def match(before: Reading, after: Reading, question: Question, alignment: Alignment | None) -> list[Match]:
    """All matches between two maps, and every claim that has none.

    Parameters
    ----------
    before, after
        The two maps.
    question
        What they are to each other; between two texts, a shared id says nothing.
    alignment
        What a person has decided already.
    """
    table = Table(before, after, question)
    if alignment is not None:
        pin(table, alignment)
    if question != "positions":
        by_id(table)
    by_text(table)
    return table.in_order()


def pin(table: Table, alignment: Alignment) -> None:
    """Take over what the alignment says: accepted and suggested pairs stand, rejected ones never come back."""
    refuse_bad(alignment, table.before.map, table.after.map)
    for given in alignment.correspondences:
        if given.status == "rejected":
            table.forbidden.update((b, a) for b in given.before for a in given.after)
            continue
        accepted = given.status == "accepted"
        table.settle(
            Match(
                given.before,
                given.after,
                basis="analyst" if accepted else "wording",
                status=given.status,
                confidence=1.0 if given.confidence is None else given.confidence,
                evidence=given.evidence,
                word=given.change,
                because=given.because,
            )
        )


def by_id(table: Table) -> None:
    """Same id, same content: nothing else need be asked."""
    for id in list(table.free_before):
        if id in table.free_after and same_content(table, id, id):
            table.pair(id, id, "id", "accepted", 1.0, "same id, same text")


def same_content(table: Table, before: str, after: str) -> bool:
    """Whether two claims say the same, letter case and spaces aside."""
    left, right = table.before.map.claims[before], table.after.map.claims[after]
    return wording.normalise(left.text) == wording.normalise(right.text)


def by_text(table: Table) -> None:
    """Same text under another id; of several, the one with the same place among its equals."""
    right = grouped(table.free_after, lambda claim: wording.normalise(table.after.map.claims[claim].text))
    left = grouped(table.free_before, lambda claim: wording.normalise(table.before.map.claims[claim].text))
    for text, ids in left.items():
        for before, after in zip(ids, right.get(text, ()), strict=False):
            table.pair(before, after, "wording", "accepted", 1.0, "same text")


def grouped(ids: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    """Ids by a key, in order."""
    groups: dict[str, list[str]] = defaultdict(list)
    for id in ids:
        groups[key(id)].append(id)
    return groups


def refuse_bad(alignment: Alignment, before: Map, after: Map) -> None:
    """Refuse an alignment that names unknown claims, is meant for other maps, or decides one pair both ways.

    Raises
    ------
    ArgmapError
        With a finding for each problem.
    """
    findings = [*unknown_claims(alignment, before, after), *contradictions(alignment)]
    if findings:
        raise ArgmapError(findings)


def unknown_claims(alignment: Alignment, before: Map, after: Map) -> list[Finding]:
    """A finding for each claim that an alignment names and its map does not have."""
    findings = []
    for n, given in enumerate(alignment.correspondences):
        for key, ids, here, there in (
            ("before", given.before, before, after),
            ("after", given.after, after, before),
        ):
            for id in ids:
                if id not in here.claims:
                    swapped = f"; it is in {there.id}: are the two maps swapped?" if id in there.claims else ""
                    findings.append(
                        Finding(
                            "unknown-claim",
                            "error",
                            f"map {here.id!r} ({key}) has no claim {id!r}{swapped}",
                            Place(at=("correspondences", n, key)),
                            "name one of its claims, or give the maps that the alignment was made for.",
                        )
                    )
    return findings


def contradictions(alignment: Alignment) -> list[Finding]:
    """A finding for each pair that is accepted in one place and rejected in another."""
    decided: dict[tuple[str, str], tuple[int, Correspondence]] = {}
    findings = []
    for n, given in enumerate(alignment.correspondences):
        if given.status == "suggested":
            continue
        for pair in ((b, a) for b in given.before for a in given.after):
            first, other = decided.setdefault(pair, (n, given))
            if other.status != given.status:
                findings.append(
                    Finding(
                        "contradictory-decision",
                        "error",
                        f"{pair[0]} – {pair[1]} is {given.status} here and {other.status} in entry {first + 1}",
                        Place(at=("correspondences", n)),
                        "keep one of the two.",
                    )
                )
    return findings
