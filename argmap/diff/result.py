"""What a diff answers with: changes, shifts, and where texts stand. Plain frozen values, JSON as they are.

Diff ─┬─ changes: Change   what happened to one claim (or a few that belong together)
      ├─ shifts:  Shift    what the changes on one issue mean together
      └─ relations         what happened to the ties

Timeline ── rows: Row      issue × text: where each text stands
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from argmap.graph import Role
from argmap.model import (
    ChangeWord,
    Commitment,
    Force,
    FrozenDict,
    Id,
    Kind,
    Mode,
    Position,
    RelationType,
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
    before: tuple[Side, ...] = ()
    after: tuple[Side, ...] = ()


class Stand(Value):
    """Where a text puts things on an issue's scale: positions that it says are, will be, ought to be."""

    is_: tuple[Id, ...] = Field(default=(), alias="is")
    will: tuple[Id, ...] = ()
    ought: tuple[Id, ...] = ()

    def of(self, mode: Mode) -> tuple[Id, ...]:
        """The positions in one mode."""
        return self.is_ if mode == "is" else self.will if mode == "will" else self.ought


class Shift(Value):
    """What the changes on one issue mean together."""

    issue: Id
    question: str
    steps: int | None = None
    """From where `before` says things are (else will be, else ought to be) to where `after` does."""
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


class End(Value):
    """One of the compared texts."""

    id: Id
    title: str | None = None
    date: str | None = None


class Diff(Value):
    """What moved from `before` to `after`."""

    format: Literal["argmap-diff/1"] = "argmap-diff/1"
    before: End
    after: End
    changes: tuple[Change, ...] = ()
    shifts: tuple[Shift, ...] = ()
    relations: Ties = Ties()
    summary: Annotated[dict[str, int], AfterValidator(FrozenDict)] = FrozenDict()
    """How many changes of each word; suggested ones apart, as `suggested`."""


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
    moves: tuple[str | None, ...] = ()
    """What happened from each text to the next, in a word or two: `shifted +1`, `realised`; `None` when nothing is known."""


class Timeline(Value):
    """Issue × text: where each text stands, headline issue first."""

    format: Literal["argmap-timeline/1"] = "argmap-timeline/1"
    texts: tuple[End, ...]
    rows: tuple[Row, ...] = ()
