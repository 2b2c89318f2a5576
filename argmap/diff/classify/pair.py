"""One match of claims, with what the rules for change words and facets ask of it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

from argmap.diff.classify.relations import Common, Term
from argmap.diff.classify.scales import Scales
from argmap.diff.map_index import MapIndex, places
from argmap.diff.model import Question
from argmap.model import ChangeWord, Claim, Mode
from argmap.sentences import Substance, compare_substance
from argmap.sentences.substance import Effect

_MODE_ORDER: dict[Mode | None, int] = {"is": 0, "plan": 1, "will": 2, "ought": 3, None: 4}
"""Order in which claims that are matched together count."""


@dataclass(frozen=True)
class Pair:
    """The claims of a match, and the maps that they are from."""

    before: tuple[Claim, ...]
    after: tuple[Claim, ...]
    common: Common
    scales: Scales
    question: Question
    passed_over: bool = False
    """The other text was searched, or a person looked, and nothing answers."""
    opposed: Set[Term] = frozenset()
    """Claims, in common terms, of which after says the opposite of before."""

    @cached_property
    def substance(self) -> Substance | None:
        """Compare the substance of both sides; `None` if one side is empty."""
        if not self.before or not self.after:
            return None
        languages = {self.common.before.language, self.common.after.language}
        before, after = ([claim.text for claim in claims] for claims in (self.before, self.after))
        return compare_substance(before, after, languages.pop() if len(languages) == 1 else None)

    @cached_property
    def effect(self) -> Effect:
        """The effect of the difference in substance on the claim."""
        return self.substance.effect if self.substance else "none"

    @cached_property
    def first(self) -> tuple[Claim, Claim]:
        """The claim on each side that counts: the one that says how things are, nearest the thesis."""
        return _lead(self.common.before, self.before), _lead(self.common.after, self.after)

    @cached_property
    def steps(self) -> int | None:
        """Steps on the scale from before to after, like with like; `None` where either side places nothing."""
        if not self.before or not self.after:
            return None
        b, a = self.first
        return self.apart if b.mode == a.mode else None

    @cached_property
    def apart(self) -> int | None:
        """Steps on the scale between the positions that the two name, whatever their modes."""
        b, a = self.first
        if b.issue != a.issue or not (places(b) and places(a)):
            return None
        return self.scales.steps(b.issue, b.position, a.position)

    @property
    def same_place(self) -> bool:
        """Tell whether the two may be about one matter and one position; an unknown one is no difference."""
        b, a = self.first
        return agree(b.issue, a.issue) and agree(b.position, a.position)

    @property
    def same_mode(self) -> bool:
        """Tell whether both speak in one mode; an unknown kind is no difference."""
        b, a = self.first
        return agree(b.mode, a.mode)

    @cached_property
    def terms(self) -> Set[Term]:
        """The claims of both sides in common terms."""
        before, after = ([claim.id for claim in claims] for claims in (self.before, self.after))
        return self.common.terms_before(before) | self.common.terms_after(after)

    def opposes(self, word: ChangeWord) -> bool:
        """Tell whether the two say the opposite, as the change word or the two ends of a scale have it."""
        last = self.scales.length(self.first[0].issue) - 1 if self.before and self.after else 0
        return word == "reversed" or (last > 0 and self.steps in (last, -last))

    def reaches(self, issue: str | None, start: str | None, call: str | None, now: str | None) -> bool:
        """Tell whether `now` is what was called for, or lies beyond it in the direction from `start`."""
        missing = self.scales.steps(issue, call, now)
        if missing is None:
            return False
        called = self.scales.steps(issue, start, call)
        if called == 0:
            return False  # it was so already: nothing was left to be realised
        return missing == 0 or (called is not None and missing * called > 0)

    def says_is(self, side: MapIndex, issue: str | None) -> str | None:
        """Find the position at which a text says that things are on an issue."""
        return next(iter(side.stand(issue).is_), None) if issue else None


def agree(left: str | None, right: str | None) -> bool:
    """Tell whether two values may be the same; an unknown one is no difference."""
    return left is None or right is None or left == right


def _lead(side: MapIndex, claims: tuple[Claim, ...]) -> Claim:
    def order(claim: Claim) -> tuple[bool, int, tuple[bool, int, int]]:
        return not places(claim), _MODE_ORDER[claim.mode], side.rank(claim)

    return min(claims, key=order)
