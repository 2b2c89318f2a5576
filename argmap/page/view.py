"""What the template shows, worked out beforehand, so that the template only lays out.

    maps, diffs, timeline  ─▶  View ─┬─ headline   from → to
                                     ├─ texts      paragraphs, claims, outline of each map
                                     └─ pairs      changes by issue, of each two compared texts

Nothing here knows HTML, and nothing says what the maps and the diff do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from argmap import anchor, graph
from argmap.anchor import Coverage
from argmap.diff.result import Change, Diff, Row, Shift, Standing, Timeline
from argmap.model import Claim, Issue, Map, Mode, Position, Source
from argmap.page import phrases
from argmap.page.outline import Outline, outline_of
from argmap.page.passages import Paragraph, paragraph_at, paragraphs


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
    dropped: tuple[ChangeView, ...]
    new: tuple[ChangeView, ...]


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
    positions: tuple[Position, ...]
    also: tuple[tuple[Mode, tuple[Position, ...]], ...]
    """What else it says, in other modes."""
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


def view_of(maps: Sequence[Map], diffs: Sequence[Diff], timeline: Timeline | None, title: str | None = None) -> View:
    """Work out the page.

    Parameters
    ----------
    maps
        In the order of their dates; every diff is of two of them.
    diffs
        One each two compared maps.
    timeline
        Where all of them stand; none for a single map.
    title
        What the page is about; made of the maps' names when left out.
    """
    texts = tuple(_text(m, series) for series, m in enumerate(maps))
    by_id = {text.id: text for text in texts}
    pairs, first = [], 0
    for n, diff in enumerate(diffs):
        prefix = f"pair-{n + 1}-" if len(diffs) > 1 else ""
        pairs.append(_pair(diff, by_id, first, prefix, timeline))
        first += len(diff.changes)
    rows = tuple((row, _scale(row.scale, row.standings, by_id)) for row in timeline.rows) if timeline else ()
    return View(
        title=title or _title(texts),
        texts=texts,
        pairs=tuple(pairs),
        timeline=timeline,
        rows=rows,
        headline=_headline(timeline, by_id),
        words=_meanings(diffs),
        by_id=by_id,
    )


def _title(texts: Sequence[TextView]) -> str:
    names = [text.title or text.id for text in texts] if len(texts) == 1 else [text.id for text in texts]
    return " → ".join(names)


def _text(m: Map, series: int) -> TextView:
    found = anchor.spans(m)
    roles = graph.roles(m)
    sources = tuple(
        SourceView(
            id,
            source,
            phrases.byline(source),
            paragraphs(m, id, found),
            anchor.coverage(m, id) if source.text is not None else None,
        )
        for id, source in m.sources.items()
    )
    shown = {source.id: source.paragraphs for source in sources}
    claims = {}
    for id, claim in m.claims.items():
        doing, speaker = phrases.whose(m, claim)
        issue = m.issues.get(claim.issue) if claim.issue else None
        quotes = []
        for quote, span in zip(claim.quotes, found[id], strict=True):
            of = m.source_of(quote)
            place = paragraph_at(shown[of[0]], span.start) if of and span else None
            quotes.append(QuoteView(quote.exact, of[0] if of else None, place))
        claims[id] = ClaimView(
            f"{m.id}/{id}",
            series,
            claim,
            roles[id],
            doing,
            speaker,
            tuple(quotes),
            issue,
            issue.scale.get(claim.position) if issue and claim.position else None,
        )
    return TextView(m, series, claims, sources, outline_of(m))


def _pair(diff: Diff, texts: dict[str, TextView], first: int, prefix: str, timeline: Timeline | None) -> PairView:
    before, after = texts[diff.before.id], texts[diff.after.id]
    views = [
        ChangeView(
            first + n,
            change,
            phrases.badge(change),
            tuple(before.claims[side.id] for side in change.before),
            tuple(after.claims[side.id] for side in change.after),
        )
        for n, change in enumerate(diff.changes)
    ]
    by_issue: dict[str | None, list[ChangeView]] = {shift.issue: [] for shift in diff.shifts}
    for view in views:
        by_issue.setdefault(view.change.issue, []).append(view)
    shifts = {shift.issue: shift for shift in diff.shifts}
    known = {**after.map.issues, **before.map.issues}
    issues = tuple(
        _issue(key, shifts.get(key or ""), known.get(key or ""), changes, texts, diff, prefix, timeline)
        for key, changes in by_issue.items()
        if changes or shifts.get(key or "")
    )
    return PairView(
        diff,
        before,
        after,
        issues,
        tuple(phrases.tally(diff)),
        sum(view.change.status == "suggested" for view in views),
        phrases.TITLES[diff.question],
        summary_of(diff),
        first,
        prefix,
    )


def _issue(
    key: str | None,
    shift: Shift | None,
    issue: Issue | None,
    changes: Sequence[ChangeView],
    texts: dict[str, TextView],
    diff: Diff,
    prefix: str,
    timeline: Timeline | None,
) -> IssueView:
    question = shift.question if shift else issue.question if issue else key or "On no issue of the codebook"
    row = next((row for row in timeline.rows if row.issue == key), None) if timeline else None
    standings = tuple(s for s in row.standings if s.map in (diff.before.id, diff.after.id)) if row else ()
    scale = _scale(row.scale, standings, texts) if row and len(standings) == 2 and row.scale else None
    matched = [view for view in changes if view.before and view.after]
    return IssueView(
        id=f"{prefix}issue-{key}" if key else f"{prefix}no-issue",
        key=key or "",
        question=question,
        label=shift.label if shift else issue.label if issue else None,
        shift=shift,
        scale=scale,
        moved=_moved(row, diff) if row else None,
        changes=tuple(sorted(matched, key=lambda view: (not view.change.steps, view.change.status != "accepted"))),
        dropped=tuple(view for view in changes if not view.after),
        new=tuple(view for view in changes if not view.before),
    )


def _moved(row: Row, diff: Diff) -> str | None:
    """The row's word for the step between these two texts, when they are neighbours."""
    order = [standing.map for standing in row.standings]
    place = order.index(diff.before.id)
    return row.moves[place] if place < len(row.moves) and order[place + 1] == diff.after.id else None


def _scale(positions: dict[str, Position], standings: Iterable[Standing], texts: dict[str, TextView]) -> Scale:
    standings = tuple(standings)
    return Scale(
        tuple(
            (
                position,
                tuple(
                    (texts[standing.map].series, standing.map, mode)
                    for standing in standings
                    for mode, ids in phrases.stands(standing.at)
                    if id in ids
                ),
            )
            for id, position in positions.items()
        ),
        standings,
    )


def _headline(timeline: Timeline | None, texts: dict[str, TextView]) -> Headline | None:
    """The first issue on which the first and the last text both stand on a scale."""
    for row in timeline.rows if timeline else ():
        before = _end(row, row.standings[0], texts)
        after = _end(row, row.standings[-1], texts, before.positions if before else ())
        if before and after and len(row.standings) > 1:
            moved = row.moves[0] if len(row.moves) == 1 else None
            return Headline(row.question, before, after, moved)
    return None


def _end(row: Row, standing: Standing, texts: dict[str, TextView], start: tuple[Position, ...] = ()) -> End | None:
    """Where a text stands: as it says things are, or, when they are as at the `start`, as it says they will or ought to be."""
    placed = [(mode, tuple(id for id in ids if id in row.scale)) for mode, ids in phrases.stands(standing.at)]
    placed = [(mode, ids) for mode, ids in placed if ids]
    if not placed:
        return None
    mode, ids = next((p for p in placed if row.scale[p[1][0]] not in start), placed[0])
    text = texts[standing.map]
    sides = [text.claims[side.id] for side in standing.claims if side.id in text.claims]
    claim = next((view for view in sides if view.claim.position in ids and view.claim.mode in (mode, None)), None)
    also = tuple((other, tuple(row.scale[id] for id in there)) for other, there in placed if other != mode)
    return End(text, mode, tuple(row.scale[id] for id in ids), also, claim)


def summary_of(diff: Diff) -> tuple[str, ...]:
    """The diff in plain words, a paragraph each."""
    from argmap.diff.prose import summary

    return tuple(part for part in summary(diff).split("\n\n") if part.strip())


def _meanings(diffs: Sequence[Diff]) -> tuple[tuple[str, str], ...]:
    from argmap.diff.changes import RULES

    said = {change.change for diff in diffs for change in diff.changes}
    meaning: dict[str, str] = {}
    for rule in RULES:
        if rule.word in said:
            meaning.setdefault(rule.word, rule.condition)
    return tuple(meaning.items())
