"""The values of a diff: changes, shifts, and where texts stand. They are frozen, and are the JSON that argmap prints.

Diff ─┬─ before, after: End   the two texts, with all their claims and relations
      ├─ changes: Change      what happened to one claim (or a few that belong together)
      ├─ shifts:  Shift       what the changes on one issue mean together, mode by mode
      ├─ relations            what happened to the relations
      ├─ sensitivity: Coding  single codings that the headline hangs on
      └─ patch:   Patch       between revisions, what turns `before` into `after`

Timeline ── rows: Row         issue × text: where each text stands
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, JsonValue

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
    Shown,
    Status,
    Tabled,
    Value,
)
from argmap.text_tools import QuoteStatus, as_quoted, counted

Facet = Literal[
    "reworded",
    "promoted",
    "demoted",
    "re-grounded",
    "turned",
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
"""The relation of two maps: versions of one map, two maps of one text, or maps of two texts."""


class QuoteAt(Value):
    """A claim's words and their place, in Unicode code points; no `start` when they were not found."""

    source: Id | None
    exact: str
    start: int | None = None
    end: int | None = None
    status: QuoteStatus = "checked"
    """The result of the search for the words; `unchecked` if there is no text to search."""

    @property
    def shown(self) -> str:
        """The quote in quotation marks; with a word if its words were not found."""
        return as_quoted(self.exact, self.status)


class ConditionAt(QuoteAt):
    """The words that a claim hangs on."""

    apart: bool = False
    """They stand in another sentence than the claim's quote."""


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
    mode: Mode | None = None
    """`is`, `plan`, `will` or `ought`, from the kind."""
    condition: ConditionAt | None = None
    """The words that it hangs on."""
    distance: int | None = None
    """Steps to the thesis; `None` where it does not lead there."""
    next: Id | None = None
    """The next claim on the shortest way to the thesis."""
    quotes: tuple[QuoteAt, ...] = ()


class Nearest(Value):
    """The sentence of the other text that is nearest to a claim."""

    source: Id
    exact: str
    start: int
    end: int
    score: float
    """Likeness in [0, 1]; comparable within one diff only."""
    mapped: bool
    """True if a claim quotes words of it."""


class Counterpart(Value):
    """The result of the search in the other text for a claim without a match.

    `passed-over`: argmap searched every sentence and found nothing near, or a language model that read the text found nothing, or a
    person confirmed it.
    `elsewhere`: a claim under another issue says nearly the same. `not-mapped`: no match, and no clear answer.
    """

    state: Literal["passed-over", "elsewhere", "not-mapped"]
    nearest: Nearest | None = None
    """`None` where there is no text to search."""
    claim: Id | None = None
    """The claim of the other text that says nearly the same, for `elsewhere`."""
    confirmed: bool = False
    """A person confirmed that the other text passes it over."""
    read_by: str | None = None
    """The language model that looked for the claim, where its answer decides; `nearest` is then the sentence that it found."""

    @property
    def reader(self) -> str | None:
        """The name of the model that looked for the claim, without that of the package that asked it."""
        return self.read_by and self.read_by.partition(", by ")[0]


class SubstanceSummary(Value):
    """The judgement of the rules on whether two sides say the same, with the words that decide."""

    verdict: Literal["same", "differs", "unclear"]
    signals: tuple[str, ...] = ()
    """Each difference with its words, such as `number 40 → 60` or `negation added: not`."""


class Change(Value):
    """A change of one claim: a main word, facets, and the reason for the word."""

    change: ChangeWord
    facets: tuple[Facet, ...] = ()
    issue: Id | None = None
    steps: int | None = None
    """Steps on the issue's scale, after less before; `None` where either has no position, or the modes differ."""
    rule: str
    """The row of the table that gave the word; `analyst` if a person did."""
    basis: Basis
    """The ground of the match."""
    status: Status = "accepted"
    confidence: float = 1.0
    because: str | None = None
    evidence: tuple[str, ...] = ()
    substance: SubstanceSummary | None = None
    """The comparison of the texts of both sides; `None` if one side is empty."""
    fields: tuple[str, ...] = ()
    """Fields of the claim that differ, if one claim matches one and both are of one text."""
    before: tuple[Side, ...] = ()
    after: tuple[Side, ...] = ()
    counterpart: Counterpart | None = None
    """For a claim without a match: what the search in the other text gave."""

    @property
    def untouched(self) -> bool:
        """Tell whether nothing happened at all: kept, no facet, no field changed."""
        return self.change == "kept" and not self.facets and not self.fields

    @property
    def coming(self) -> Literal["planned", "foreseen", "called for"] | None:
        """Tell how the after side speaks, if it says neither that it is so nor speaks in the mode of the before side."""
        was, now = ({side.mode for side in sides if side.mode} for sides in (self.before, self.after))
        if not was or not now or "is" in now or was & now:
            return None
        return "planned" if "plan" in now else "foreseen" if "will" in now else "called for"

    @property
    def worded(self) -> str:
        """The main word, for a shift how far, how the after side speaks where it speaks in another mode, and whether no rule could tell.

        >>> Change(change="shifted", steps=2, rule="", basis="id").worded
        'shifted +2'
        """
        if self.change == "kept" and self.rule != "analyst" and self.substance and self.substance.verdict == "unclear":
            return "unclear"
        word = f"shifted {self.steps:+d}" if self.change == "shifted" and self.steps else self.change
        return f"{word}, {self.coming}" if self.coming and self.change in ("shifted", "reframed") else word


class Stand(Value):
    """The positions of a text on an issue's scale, by mode: is, is planned, will be, ought to be."""

    state: Literal["none", "no-position", "position"] = "none"
    """`none`: no claim on the issue. `no-position`: claims, and none that takes a position. `position`: at least one does."""
    silent: bool = False
    """No claim on the issue, and the search of the text found nothing near what the other text says on it."""

    is_: tuple[Id, ...] = Field(default=(), alias="is")
    plan: tuple[Id, ...] = ()
    will: tuple[Id, ...] = ()
    ought: tuple[Id, ...] = ()

    def of(self, mode: Mode) -> tuple[Id, ...]:
        """The positions in one mode."""
        return {"is": self.is_, "plan": self.plan, "will": self.will, "ought": self.ought}[mode]


class Move(Value):
    """The positions of two texts in one mode."""

    mode: Mode
    from_: Id | None = Field(default=None, alias="from")
    """The position that counts before; `None` where that text takes none in this mode."""
    to: Id | None = None
    """The position that counts after."""
    steps: int | None = None
    """Steps from the one to the other; `None` where one is missing or the scales disagree."""
    condition: str | None = None
    """The words that it hangs on: those of `to`, or of `from` where there is no `to`."""
    apart: bool = False
    """The condition stands in another sentence than the claim's quote."""
    before: Id | None = None
    """The claim that counts before."""
    after: Id | None = None
    """The claim that counts after."""


class Shift(Value):
    """The changes on one issue, taken together."""

    issue: Id
    question: str
    label: str | None = None
    scale: Annotated[dict[Id, Position], AfterValidator(FrozenDict)] = FrozenDict()
    sentence: str | None = None
    """The codebook's pattern of a sentence about a position, if it has one."""
    moves: tuple[Move, ...] = ()
    """One move for each mode in which a text takes a position."""
    noise: int | None = None
    """Steps between two readers of one text on this issue, where they have been measured (`argmap.diff.with_noise`)."""
    before: Stand
    after: Stand
    changes: tuple[int, ...] = ()
    """Places in the diff of the changes behind it."""

    def move(self, mode: Mode) -> Move | None:
        """The move in a mode."""
        return next((move for move in self.moves if move.mode == mode), None)

    @property
    def steps(self) -> int | None:
        """Steps in the first mode in which both texts take a position; `None` where there is none."""
        return next((move.steps for move in self.moves if move.from_ and move.to), None)


class Tie(Value):
    """A relation that only one side has, in words of that side."""

    id: str
    type: RelationType
    sources: tuple[Id, ...]
    target: Id | None
    scheme: str | None = None


class RelationAt(Tie):
    """A relation of one text."""

    bears_on: Id | None = None
    """The claim that it finally bears on, where its target is a relation."""


class Ties(Value):
    """Relations between matched claims that are kept, dropped or new."""

    kept: int = 0
    dropped: tuple[Tie, ...] = ()
    new: tuple[Tie, ...] = ()


class Patch(Value):
    """The edits that turn `before` into `after`, exactly; `argmap.apply` follows them.

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
    """One of the compared texts. In a timeline it has no claims and relations of its own."""

    id: Id
    title: str | None = None
    date: str | None = None
    name: str | None = None
    """Its name in sentences, such as "the 1996 essay"."""
    thesis: tuple[Id, ...] = ()
    """The claims that the map names as its thesis."""
    speakers: Annotated[dict[Id, str], AfterValidator(FrozenDict)] = FrozenDict()
    """Names of the speakers, by id."""
    claims: tuple[Side, ...] = ()
    """Every claim, in the map's order."""
    relations: tuple[RelationAt, ...] = ()
    """Every relation, in the map's order."""


def _analysts_words(matched: int, by_analyst: int) -> str | None:
    if not matched:
        return None
    verb = "are" if by_analyst > 1 else "is"
    return f"Of the change words of {counted(matched, 'match')}, {by_analyst or 'none'} {verb} the analyst's."


class Coding(Value):
    """A single coding of the analyst's whose change would change the headline."""

    map: Id
    """The map that has it; for a change word the map after."""
    claim: Id
    field: Literal["position", "kind", "commitment", "change"]
    value: str | None
    """`None` for a claim without a position."""
    instead: tuple[str | None, ...]
    """Other values that would give another headline."""


class Diff(Shown, Tabled, Value):
    """The differences between `before` and `after`."""

    format: Literal["argmap-diff/2"] = "argmap-diff/2"
    question: Question = "positions"
    before: End
    after: End
    changes: tuple[Change, ...] = ()
    """Between revisions, claims to which nothing happened are counted in `summary` and left out here."""
    shifts: tuple[Shift, ...] = ()
    relations: Ties = Ties.model_construct()
    summary: Annotated[dict[str, int], AfterValidator(FrozenDict)] = FrozenDict()
    """Number of changes of each word; `suggested` counts the suggested ones, `analyst` the words that the analyst chose."""
    sensitivity: tuple[Coding, ...] = ()
    """Single codings that the headline hangs on."""
    notes: tuple[str, ...] = ()
    """Parts that could not be compared, and why."""
    patch: Patch | None = None
    """Between revisions only."""

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        yield "before", self.before.id
        yield "after", self.after.id
        yield "question", self.question
        yield "changes", len(self.changes)
        yield "shifts", len(self.shifts)

    @property
    def analysts_words(self) -> str | None:
        """Say how many change words are the analyst's; `None` where none could be."""
        matched = sum(bool(change.before and change.after) and change.status == "accepted" for change in self.changes)
        by_analyst = self.summary.get("analyst", 0)
        return _analysts_words(matched, by_analyst) if by_analyst or self.question == "positions" else None

    @property
    def empty(self) -> bool:
        """Tell whether nothing differs but, perhaps, ids and order."""
        ties = self.relations
        same_map = self.patch is None or not self.patch.fields
        return all(change.untouched for change in self.changes) and not (ties.dropped or ties.new) and same_map


class Standing(Value):
    """The stand of one text on one issue, and the claims behind it, nearest the thesis first."""

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
    """The first text with a position on it."""
    last_seen: Id | None = None
    moves: tuple[str | None, ...] = ()
    """The change from each text to the next, in a word or two: `shifted +1`, `realised`; `None` when nothing is known."""


class Timeline(Shown, Value):
    """Issue × text: where each text stands, headline issue first."""

    format: Literal["argmap-timeline/1"] = "argmap-timeline/1"
    texts: tuple[End, ...]
    rows: tuple[Row, ...] = ()
    matched: int = 0
    """Number of accepted matches between neighbours."""
    analyst: int = 0
    """Number of their change words that the analyst chose."""

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        yield "texts", tuple(text.id for text in self.texts)
        yield "rows", len(self.rows)

    @property
    def analysts_words(self) -> str | None:
        """Say how many change words are the analyst's; `None` where none could be."""
        return _analysts_words(self.matched, self.analyst)
