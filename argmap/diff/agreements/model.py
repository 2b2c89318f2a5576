"""The values of a measurement of agreement. They are frozen, and are the JSON that argmap prints."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from argmap.diff.model import End, Stand
from argmap.model import FrozenDict, Id, Value

Rule = Literal["exact", "half", "argmap"]
RULES: dict[Rule, str] = {
    "exact": "the same characters of the text",
    "half": "at least half of the characters of each claim are in the other",
    "argmap": "the shared characters, counted twice, are at least half of the characters of both claims (Dice ≥ 0.5); wording decides between several",
}
"""The rules by which two claims of one text may match. A claim that has no place in the text matches one of the same wording."""


class Reads(Value):
    """The positions that two analysts give one text on one issue."""

    issue: Id
    before: Stand
    after: Stand
    steps: int | None = None
    """Steps between them; `None` if one of them gives no position."""


class Figure(Value):
    """One figure of agreement."""

    value: float | None = None
    """At most 1, which is full agreement; `None` where it has no meaning for the maps."""
    says: str
    """Its name, what it counts, and its source."""
    n: int = 0
    """Number of things that it is computed from."""
    of: str = "claims"
    """The sort of these things."""
    observed: float | None = None
    """For a coefficient of codes, the share of items coded alike."""
    low: float | None = None
    high: float | None = None
    """Ends of a 95 % interval, where one was computed."""
    counts: Annotated[dict[str, int], AfterValidator(FrozenDict)] = FrozenDict()
    """For codes and relations, the number of items with each pair of codes: `support/none`."""


Figures = Annotated[dict[str, Figure], AfterValidator(FrozenDict)]


class Agreement(Value):
    """The agreement of two maps of one text."""

    format: Literal["argmap-agreement/2"] = "argmap-agreement/2"
    before: End
    after: End
    rule: Rule = "argmap"
    """The rule by which claims are matched, one to one, for the figures on relations and codes."""
    rule_says: str = RULES["argmap"]
    only: tuple[str, ...] = ()
    """Labels of the claims that are counted; all when empty."""
    shared: int
    """Claims that both have."""
    only_before: int
    only_after: int
    figures: Figures = FrozenDict()
    notes: tuple[str, ...] = ()
    """Things that the figures leave out for these maps."""
    reads: tuple[Reads, ...] = ()

    def value(self, name: str) -> float | None:
        """Return the value of one figure; `None` also where the maps have no such figure."""
        return self.figures[name].value if name in self.figures else None


class Document(Value):
    """One text of a corpus, read by two of the coders."""

    name: str
    coders: tuple[str, str]
    agreement: Agreement


class CorpusAgreement(Value):
    """The agreement of two or more coders over many texts."""

    format: Literal["argmap-agreements/1"] = "argmap-agreements/1"
    coders: tuple[str, ...]
    rule: Rule = "argmap"
    rule_says: str = RULES["argmap"]
    only: tuple[str, ...] = ()
    documents: int
    """Texts that at least two coders read."""
    pooled: Figures = FrozenDict()
    """Each figure from the counts of all texts and pairs of coders; its interval by bootstrap over texts."""
    each: tuple[Document, ...] = ()
    missing: Annotated[dict[str, tuple[str, ...]], AfterValidator(FrozenDict)] = FrozenDict()
    """By text that not all coders read, the coders who did not."""
    draws: int = 0
    """Samples of the bootstrap."""
