"""Values that the templates show.

View ─┬─ headline   from → to
├─ texts      paragraphs, claims, outline of each map
├─ rows       where each text stands on each issue
└─ pairs      changes by issue, for each two compared texts
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from argmap.anchor import Coverage
from argmap.diff.model import Change, Diff, Row
from argmap.model import Claim, Issue, Map, Mode, Position, Source
from argmap.page.outline import Outline
from argmap.page.passages import Paragraph
from argmap.semantics import Sentence
from argmap.text_tools import QuoteStatus


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote and the number of its paragraph."""

    exact: str
    source: str | None
    paragraph: int | None
    status: QuoteStatus = "checked"
    """Checked if the words were found in the text; unchecked without a text."""


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with its quotes, speaker, issue and position."""

    ref: str
    """`map/claim`."""
    series: int
    """Number of its text, from 0; it decides the colour."""
    claim: Claim
    role: str
    doing: str
    """The use that the author makes of it: conceded, reported …; empty if it is plainly asserted."""
    speaker: str
    quotes: tuple[QuoteView, ...]
    issue: Issue | None
    position: Position | None
    apart: bool = False
    """Its condition stands in another sentence than its quote."""

    @property
    def about(self) -> tuple[str, ...]:
        """`suggested` until a person accepts it, kind, and force unless it is plain."""
        status = self.claim.status if self.claim.status != "accepted" else None
        force = self.claim.force if self.claim.force != "plain" else None
        return tuple(filter(None, (status, self.claim.kind, force)))

    @property
    def speaker_key(self) -> str:
        """`map/speaker`; `map` for its author; `map/` for an unstated premise, which nobody speaks."""
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
    """A map and its source texts."""

    map: Map
    series: int
    claims: dict[str, ClaimView]
    """By claim id."""
    sources: tuple[SourceView, ...]
    outline: Outline
    carries: tuple[Sentence, ...] = ()
    """Sentences on what carries its thesis."""

    @property
    def id(self) -> str:
        """The map's id, which names it on the page."""
        return self.map.id

    @property
    def title(self) -> str | None:
        """Title of the map or of its first source that has one."""
        return self.map.title or next((s.source.title for s in self.sources if s.source.title), None)

    @property
    def byline(self) -> str:
        """Author and date of the first source."""
        return self.sources[0].byline if self.sources else ""

    @property
    def speakers(self) -> list[tuple[str, str, int]]:
        """Key, name and number of claims of each speaker, the author first."""
        count = Counter(view.speaker_key for view in self.claims.values())
        names = {f"{self.id}/{speaker_id}": speaker.name for speaker_id, speaker in self.map.speakers.items()}
        has_author = any(source.author for source in self.map.sources.values())
        names |= {self.id: "the author" if has_author else "nobody named", f"{self.id}/": "nobody: unstated premises"}
        author_first = sorted(count, key=lambda key: ("/" in key, key.endswith("/")))
        return [(key, names.get(key, key.partition("/")[2]), count[key]) for key in author_first]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change with the claims on its two sides."""

    number: int
    """Its place among all changes of the page."""
    change: Change
    word: str
    before: tuple[ClaimView, ...]
    after: tuple[ClaimView, ...]
    looked: str | None = None
    """For a claim without a match: what the search in the other text gave."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The positions of an issue, and which texts stand on each."""

    steps: tuple[tuple[Position, tuple[tuple[int, str, Mode], ...]], ...]
    """Each position with its marks: series, map, mode."""

    @property
    def placed(self) -> bool:
        """True if any text stands on the scale."""
        return any(marks for _, marks in self.steps)


@dataclass(frozen=True, slots=True)
class IssueView:
    """The changes on one issue between two texts."""

    id: str
    """Unique on the page."""
    key: str
    question: str
    scale: Scale | None
    moved: str | None
    best: tuple[ClaimView | None, ClaimView | None]
    """The two claims of its row: those that say most."""
    changes: tuple[ChangeView, ...]
    same: tuple[ChangeView, ...]
    """Unchanged matches, folded where most are unchanged."""
    dropped: tuple[ChangeView, ...]
    new: tuple[ChangeView, ...]

    @property
    def matched(self) -> int:
        """Number of matches."""
        return len(self.changes) + len(self.same)

    @property
    def word(self) -> str:
        """Word for the issue: its move, else the word of the row's match."""
        if self.moved:
            return self.moved
        return next((view.word for view in self.changes if self.best[0] in view.before), "")

    @property
    def all(self) -> tuple[ChangeView, ...]:
        """Every change on the issue."""
        return (*self.changes, *self.same, *self.dropped, *self.new)


@dataclass(frozen=True, slots=True)
class Way:
    """A row of the picture of how it moved."""

    issue: str
    before: ClaimView
    after: ClaimView
    word: str


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
    how: tuple[Way, ...]
    first: int
    """Number of its first change on the page."""
    id: str
    """Prefix of its element ids; empty on a page with one pair."""
    arguments: tuple[str, ...] = ()
    """Sentences on what carried the thesis before, and what became of it."""

    @property
    def names(self) -> dict[str, str]:
        """Names of the two texts, for explanations."""
        return {"before": self.before.id, "after": self.after.id}

    @property
    def changes(self) -> list[ChangeView]:
        """Every change of the pair, issue by issue."""
        return [view for issue in self.issues for view in issue.all]


@dataclass(frozen=True, slots=True)
class End:
    """One end of the headline: a position, and the claim that takes it."""

    text: TextView
    mode: Mode
    position: Position
    says: tuple[tuple[Mode, tuple[Position, ...]], ...]
    """All its positions on the issue, by mode."""
    claim: ClaimView | None


@dataclass(frozen=True, slots=True)
class Headline:
    """From → to, on the first issue on which both texts take a position."""

    question: str
    before: End
    after: End
    moved: str | None

    @property
    def done(self) -> bool:
        """True if the later text says that it is so, not only that it will or should be."""
        return self.after.mode == "is"


@dataclass(frozen=True, slots=True)
class View:
    """The whole page."""

    title: str
    texts: tuple[TextView, ...]
    pairs: tuple[PairView, ...] = ()
    rows: tuple[tuple[Row, Scale], ...] = ()
    caution: str = ""
    """The limits of an evaluation."""
    headline: Headline | None = None
    words: tuple[tuple[str, str], ...] = ()
    """Change words on the page, and their meanings."""

    @property
    def carries(self) -> bool:
        """True if anything carries a thesis of a text."""
        return any(text.carries for text in self.texts)
