"""Keep the state of matching: the matches so far, the free claims, and what two claims have in common."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Literal

from argmap import sentences
from argmap.diff.map_index import MapIndex, Tied
from argmap.diff.model import Basis, Question
from argmap.model import ChangeWord, Claim, Status


@dataclass(frozen=True, slots=True)
class Match:
    """Claims before and claims after that say the same; one side is empty for a claim without a match."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    basis: Basis
    status: Status = "accepted"
    confidence: float = 1.0
    evidence: tuple[str, ...] = ()
    word: ChangeWord | None = None
    """The analyst's word for the change, where there is one."""
    because: str | None = None
    facets: tuple[Literal["turned"], ...] = ()
    """Facets that the analyst names."""


@dataclass
class Table:
    """The matches so far, and the free claims of either side in the order of the maps."""

    before: MapIndex
    after: MapIndex
    question: Question
    embed: sentences.Embed | None = None
    """Judges wording by meaning as well, where a person asks for it."""
    matches: list[Match] = field(default_factory=list)
    forbidden: set[tuple[str, str]] = field(default_factory=set)
    """Pairs that a person rejected."""
    free_before: dict[str, None] = field(init=False)
    free_after: dict[str, None] = field(init=False)
    partners: dict[str, set[str]] = field(init=False)
    """Matched claims of `after`, by the claims of `before`."""

    def __post_init__(self) -> None:
        self.free_before = dict.fromkeys(self.before.map.claims)
        self.free_after = dict.fromkeys(self.after.map.claims)
        self.partners = defaultdict(set)

    def settle(self, match: Match) -> None:
        """Add a match; its claims are no longer free."""
        self.matches.append(match)
        for claim_id in match.before:
            self.free_before.pop(claim_id, None)
            self.partners[claim_id].update(match.after)
        for claim_id in match.after:
            self.free_after.pop(claim_id, None)

    def pair(self, before: str, after: str, basis: Basis, status: Status, confidence: float, *evidence: str) -> None:
        """Match one claim with one claim, unless a person rejected the pair."""
        if (before, after) not in self.forbidden:
            self.settle(Match((before,), (after,), basis, status, confidence, evidence))

    def join(self, n: int, claim_id: str, why: str, *, after: bool) -> None:
        """Add a free claim of one side to the match at place `n`."""
        old = self.matches.pop(n)
        evidence = (*old.evidence, why)
        if after:
            ids = tuple(sorted((*old.after, claim_id), key=self.after.order.__getitem__))
            self.settle(replace(old, after=ids, evidence=evidence))
        else:
            ids = tuple(sorted((*old.before, claim_id), key=self.before.order.__getitem__))
            self.settle(replace(old, before=ids, evidence=evidence))
        self.matches.insert(n, self.matches.pop())

    def claims(self, before: str, after: str) -> tuple[Claim, Claim]:
        """The two claims of a pair."""
        return self.before.map.claims[before], self.after.map.claims[after]

    def same_content(self, before: str, after: str) -> bool:
        """Tell whether two claims say the same, letter case and spaces aside."""
        left, right = self.claims(before, after)
        return sentences.normalise(left.text) == sentences.normalise(right.text)

    def neighbours(self, before: str, after: str) -> tuple[float, list[tuple[Tied, Tied]]]:
        """The share of two claims' ties that lead to claims already matched, in [0, 1], and those ties."""
        left, right = self.before.tied(before), self.after.tied(after)
        if not left or not right or not self.partners:
            return 0.0, []
        shared = [
            ((how, near), (how, far))
            for how, near in left
            for far in self.partners.get(near, ())
            if (how, far) in right
        ]
        return len({near for near, _ in shared}) / max(len(left), len(right)), shared

    def common_ground(self, before: str, after: str) -> float:
        """Score what two claims with the same words have in common beside them: neighbours first, then fields, then the id."""
        left, right = self.claims(before, after)
        fields = ("quotes", "kind", "issue", "position", "commitment", "force", "speaker", "implicit")
        same: float = sum(getattr(left, name) == getattr(right, name) for name in fields) / len(fields)
        share, _ = self.neighbours(before, after)
        bonus = 0.25 if before == after else 0.0
        return share + same / 2 + bonus

    def in_order(self) -> list[Match]:
        """Return all matches in the order of `before`, then the claims that only `after` has."""
        unmatched = [Match((claim_id,), (), "unmatched") for claim_id in self.free_before]
        unmatched += [Match((), (claim_id,), "unmatched") for claim_id in self.free_after]
        last = len(self.before.order)

        def place(match: Match) -> tuple[int, int]:
            left = min((self.before.order[claim_id] for claim_id in match.before), default=last)
            right = min((self.after.order[claim_id] for claim_id in match.after), default=-1)
            return left, right

        return sorted([*self.matches, *unmatched], key=place)
