"""What a diff answers with: changes, shifts, and where texts stand. Plain frozen values, JSON as they are.

Diff ─┬─ changes: Change   what happened to one claim (or a few that belong together)
      ├─ shifts:  Shift    what the changes on one issue mean together
      ├─ relations         what happened to the ties
      └─ patch:   Patch    between revisions, what turns `before` into `after`

Timeline ── rows: Row      issue × text: where each text stands
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, JsonValue

from argmap.graph import Role
from argmap.model import (
    MODE_OF_KIND,
    ChangeWord,
    Commitment,
    Force,
    FrozenDict,
    Id,
    Kind,
    Mode,
    Position,
    RelationType,
    Shown,
    Status,
    Value,
)

Facet = Literal[
    "reworded",
    "promoted",
    "demoted",
    "re-grounded",
    "scheme-changed",
    "made-explicit",
    "left-implicit",
    "speaker-changed",
    "moved",
    "split",
    "merged",
]
Basis = Literal["analyst", "id", "span", "wording", "unmatched"]
Question = Literal["revisions", "annotators", "positions"]
"""What two maps are to each other: versions of one map, two maps of one text, maps of two texts."""


class QuoteAt(Value):
    """A claim's words and where they stand, in Unicode code points; no `start` when they were not found."""

    source: Id | None
    exact: str
    start: int | None = None
    end: int | None = None


class Side(Value):
    """A claim as one side of a change sees it."""

    id: Id
    text: str
    role: Role
    kind: Kind | None = None
    commitment: Commitment = "asserted"
    force: Force = "plain"
    speaker: Id | None = None
    implicit: bool = False
    issue: Id | None = None
    position: Id | None = None
    quotes: tuple[QuoteAt, ...] = ()


class SubstanceSummary(Value):
    """Whether the two sides say the same, as far as rules can judge, and the words that tell."""

    verdict: Literal["same", "differs", "unclear"]
    signals: tuple[str, ...] = ()
    """Each difference with its words, such as `number 40 → 60` or `negation added: not`."""


class Change(Value):
    """What happened to one claim: a main word, facets, and why it is so called."""

    change: ChangeWord
    facets: tuple[Facet, ...] = ()
    issue: Id | None = None
    steps: int | None = None
    """Steps on the issue's scale, after less before; `None` where either has no position."""
    rule: str
    """Which rule of the table gave the word; `analyst` when a person did."""
    basis: Basis
    """What the match rests on."""
    status: Status = "accepted"
    confidence: float = 1.0
    because: str | None = None
    evidence: tuple[str, ...] = ()
    substance: SubstanceSummary | None = None
    """How the texts of both sides compare; `None` where one side is empty."""
    fields: tuple[str, ...] = ()
    """Which fields of the claim differ, where one answers to one and both are of one text."""
    before: tuple[Side, ...] = ()
    after: tuple[Side, ...] = ()

    @property
    def untouched(self) -> bool:
        """Whether nothing happened at all: kept, no facet, no field changed."""
        return self.change == "kept" and not self.facets and not self.fields

    @property
    def coming(self) -> Literal["foreseen", "called for"] | None:
        """How the steps are meant where none is taken yet: what `before` says is, `after` says only will or ought to be."""
        was, now = ({MODE_OF_KIND.get(side.kind) for side in sides if side.kind} for sides in (self.before, self.after))
        if "is" not in was or not now or "is" in now:
            return None
        return "foreseen" if "will" in now else "called for"

    @property
    def worded(self) -> str:
        """The main word, and of a shift how far, and whether that is still to come.

        >>> Change(change="shifted", steps=2, rule="", basis="id").worded
        'shifted +2'
        """
        if self.change != "shifted" or not self.steps:
            return self.change
        return f"shifted {self.steps:+d}" + (f", {self.coming}" if self.coming else "")


class Stand(Value):
    """Where a text puts things on an issue's scale: positions that it says are, will be, ought to be."""

    is_: tuple[Id, ...] = Field(default=(), alias="is")
    plan: tuple[Id, ...] = ()
    will: tuple[Id, ...] = ()
    ought: tuple[Id, ...] = ()

    def of(self, mode: Mode) -> tuple[Id, ...]:
        """The positions in one mode."""
        return {"is": self.is_, "plan": self.plan, "will": self.will, "ought": self.ought}[mode]


class Shift(Value):
    """What the changes on one issue mean together."""

    issue: Id
    question: str
    label: str | None = None
    scale: Annotated[dict[Id, Position], AfterValidator(FrozenDict)] = FrozenDict()
    steps: int | None = None
    """From where `before` says things are (else will be, else ought to be) to where `after` does."""
    foreseen: int | None = None
    """Where nothing has moved yet: steps from where both say things are to where only `after` says they will be."""
    noise: int | None = None
    """Steps between two readers of one text on this issue, where they have been measured (`argmap.diff.with_noise`)."""
    before: Stand
    after: Stand
    changes: tuple[int, ...] = ()
    """Which changes carry it, by their place in the diff."""


class Tie(Value):
    """A relation that only one side has, in words of that side."""

    id: str
    type: RelationType
    sources: tuple[Id, ...]
    target: Id | None
    scheme: str | None = None


class Ties(Value):
    """What happened to the relations between matched claims."""

    kept: int = 0
    dropped: tuple[Tie, ...] = ()
    new: tuple[Tie, ...] = ()


class Patch(Value):
    """What turns `before` into `after`, exactly; `argmap.apply` follows it.

    `claims` and `relations` tell the new list from start to end: `[3, 7]` copies what stood at places 3 to 6 of
    the old one (under the new names of `renamed`), and a mapping is a claim or relation written out whole.
    """

    of: str
    """SHA-256 over all that `before` holds, so that it is not applied to another version."""
    fields: Annotated[dict[str, JsonValue], AfterValidator(FrozenDict)] = FrozenDict()
    """Other fields of the map that differ, as they are after; `null` for one that is gone."""
    renamed: Annotated[dict[Id, Id], AfterValidator(FrozenDict)] = FrozenDict()
    """New ids of claims, by old ones."""
    claims: tuple[tuple[int, int] | dict[str, Any], ...] = ()
    relations: tuple[tuple[int, int] | dict[str, Any], ...] = ()


class End(Value):
    """One of the compared texts."""

    id: Id
    title: str | None = None
    date: str | None = None


class Diff(Shown, Value):
    """What moved from `before` to `after`."""

    format: Literal["argmap-diff/1"] = "argmap-diff/1"
    question: Question = "positions"
    before: End
    after: End
    changes: tuple[Change, ...] = ()
    """Between revisions, claims to which nothing happened are counted in `summary` and left out here."""
    shifts: tuple[Shift, ...] = ()
    relations: Ties = Ties()
    summary: Annotated[dict[str, int], AfterValidator(FrozenDict)] = FrozenDict()
    """How many changes of each word; suggested ones apart, as `suggested`; how many of the words are the analyst's, as `analyst`."""
    notes: tuple[str, ...] = ()
    """What could not be compared, and why."""
    patch: Patch | None = None
    """Between revisions only."""

    @property
    def empty(self) -> bool:
        """Whether nothing differs but, perhaps, ids and order."""
        ties = self.relations
        same_map = self.patch is None or not self.patch.fields
        return all(change.untouched for change in self.changes) and not (ties.dropped or ties.new) and same_map


class Standing(Value):
    """Where one text stands on one issue, and the claims that put it there, nearest the thesis first."""

    map: Id
    at: Stand
    claims: tuple[Side, ...] = ()


class Row(Value):
    """One issue of a timeline."""

    issue: Id
    question: str
    label: str | None = None
    scale: Annotated[dict[Id, Position], AfterValidator(FrozenDict)] = FrozenDict()
    standings: tuple[Standing, ...]
    """One a text, in the order of the texts."""
    first_seen: Id | None = None
    """The first text that stands anywhere on it."""
    last_seen: Id | None = None
    moves: tuple[str | None, ...] = ()
    """What happened from each text to the next, in a word or two: `shifted +1`, `realised`; `None` when nothing is known."""


class Timeline(Shown, Value):
    """Issue × text: where each text stands, headline issue first."""

    format: Literal["argmap-timeline/1"] = "argmap-timeline/1"
    texts: tuple[End, ...]
    rows: tuple[Row, ...] = ()
