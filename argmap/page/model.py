"""What the template shows: values that are ready to be laid out.

View ─┬─ headline   from → to
├─ texts      paragraphs, claims, outline of each map
├─ rows       where each text stands on each issue
└─ pairs      changes by issue, of each two compared texts
"""

from __future__ import annotations

from dataclasses import dataclass, field

from argmap.anchor import Coverage
from argmap.diff.model import Change, Diff, Row, Shift, Standing, Timeline
from argmap.model import Claim, Issue, Map, Mode, Position, Source
from argmap.page.outline import Outline
from argmap.page.passages import Paragraph


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A claim's words, and the paragraph in which they stand."""

    exact: str
    source: str | None
    paragraph: int | None


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim, with what a reader asks of it."""

    ref: str
    series: int
    claim: Claim
    role: str
    doing: str
    """What the author does with it, where it is not plainly asserted."""
    speaker: str
    quotes: tuple[QuoteView, ...]
    issue: Issue | None
    position: Position | None

    @property
    def about(self) -> tuple[str, ...]:
        """Kind, and force where it is out of the common."""
        return tuple(filter(None, (self.claim.kind, self.claim.force if self.claim.force != "plain" else None)))

    @property
    def speaker_key(self) -> str:
        """Map and speaker, or the map alone for its author; nobody speaks an unstated premise."""
        map_id = self.ref.partition("/")[0]
        if self.claim.implicit:
            return f"{map_id}/"
        return f"{map_id}/{self.claim.speaker}" if self.claim.speaker else map_id


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source text as paragraphs."""

    id: str
    source: Source
    byline: str
    paragraphs: tuple[Paragraph, ...]
    coverage: Coverage | None


@dataclass(frozen=True, slots=True)
class TextView:
    """One map, and the text or texts that it reads."""

    map: Map
    series: int
    claims: dict[str, ClaimView]
    """By claim id."""
    sources: tuple[SourceView, ...]
    outline: Outline

    @property
    def id(self) -> str:
        """The map's id, which is also its name on the page."""
        return self.map.id

    @property
    def title(self) -> str | None:
        """The title, where the text has one."""
        return self.map.title or next((s.source.title for s in self.sources if s.source.title), None)

    @property
    def byline(self) -> str:
        """Author and date of its first source."""
        return self.sources[0].byline if self.sources else ""

    @property
    def speakers(self) -> list[tuple[str, str, int]]:
        """Who speaks: key, name and number of claims, the author first."""
        count: dict[str, int] = {}
        for view in self.claims.values():
            count[view.speaker_key] = count.get(view.speaker_key, 0) + 1
        names = {f"{self.id}/{id}": speaker.name for id, speaker in self.map.speakers.items()}
        names |= {self.id: "the author", f"{self.id}/": "nobody: unstated premises"}
        return [(key, names.get(key, key.partition("/")[2]), count[key]) for key in sorted(count, key=_author_first)]


def _author_first(key: str) -> tuple[bool, bool]:
    return "/" in key, key.endswith("/")


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change, with the claims on its two sides."""

    number: int
    """Its place among all changes of the page."""
    change: Change
    word: str
    before: tuple[ClaimView, ...]
    after: tuple[ClaimView, ...]

    @property
    def claims(self) -> str:
        """All its claims, as the page's elements name them."""
        return " ".join(view.ref for view in (*self.before, *self.after))

    @property
    def speakers(self) -> str:
        """Everyone who speaks in it."""
        return " ".join(dict.fromkeys(view.speaker_key for view in (*self.before, *self.after)))


@dataclass(frozen=True, slots=True)
class Scale:
    """An issue's steps, and which texts stand on each, in which mode."""

    steps: tuple[tuple[Position, tuple[tuple[int, str, Mode], ...]], ...]
    """A step, and the marks on it: series, map, mode."""
    standings: tuple[Standing, ...]

    @property
    def placed(self) -> bool:
        """Whether any text stands anywhere."""
        return any(marks for _, marks in self.steps)


@dataclass(frozen=True, slots=True)
class IssueView:
    """What happened on one issue between two texts."""

    id: str
    """Unique on the page."""
    key: str
    question: str
    label: str | None
    shift: Shift | None
    scale: Scale | None
    moved: str | None
    changes: tuple[ChangeView, ...]
    same: tuple[ChangeView, ...]
    """Matches to which nothing happened, where that is not worth showing at once."""
    dropped: tuple[ChangeView, ...]
    new: tuple[ChangeView, ...]

    @property
    def all(self) -> tuple[ChangeView, ...]:
        """Every change on it."""
        return (*self.changes, *self.same, *self.dropped, *self.new)


@dataclass(frozen=True, slots=True)
class PairView:
    """Two compared texts."""

    diff: Diff
    before: TextView
    after: TextView
    issues: tuple[IssueView, ...]
    tally: tuple[tuple[str, int], ...]
    suggested: int
    title: str
    summary: tuple[str, ...]
    """Paragraphs."""
    first: int
    """The number of its first change on the page."""
    id: str
    """Prefix of its ids: empty on a page with one pair."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of the headline: a position, and the words that put the text there."""

    text: TextView
    mode: Mode
    position: Position
    says: tuple[tuple[Mode, tuple[Position, ...]], ...]
    """All that it says on the issue, by mode."""
    claim: ClaimView | None


@dataclass(frozen=True, slots=True)
class Headline:
    """From → to, on the first issue on which both texts stand."""

    question: str
    before: End
    after: End
    moved: str | None

    @property
    def done(self) -> bool:
        """Whether the later text says that it is so, and not only that it will or ought to be."""
        return self.after.mode == "is"


@dataclass(frozen=True, slots=True)
class View:
    """The whole page."""

    title: str
    texts: tuple[TextView, ...]
    pairs: tuple[PairView, ...] = ()
    timeline: Timeline | None = None
    rows: tuple[tuple[Row, Scale], ...] = ()
    headline: Headline | None = None
    words: tuple[tuple[str, str], ...] = ()
    """Change words that occur, and what they mean."""
    by_id: dict[str, TextView] = field(default_factory=dict)
