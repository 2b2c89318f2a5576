"""From maps, diffs and a timeline to what the page shows of them.

Nothing here knows HTML, and nothing says what the maps and the diffs do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from argmap import anchor, graph
from argmap.diff.model import Diff, Row, Shift, Stand, Standing, Timeline
from argmap.model import Issue, Map, Position
from argmap.page import phrases
from argmap.page.model import (
    ChangeView,
    ClaimView,
    End,
    Headline,
    IssueView,
    PairView,
    QuoteView,
    Scale,
    SourceView,
    TextView,
    View,
)
from argmap.page.outline import outline_of
from argmap.page.passages import paragraph_at, paragraphs


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
    positions = all(diff.question == "positions" for diff in diffs)
    return View(
        title=title or _title(texts),
        texts=texts,
        pairs=tuple(pairs),
        timeline=timeline,
        rows=rows,
        headline=_headline(timeline, by_id) if timeline and positions else None,
        words=_meanings(diffs),
        by_id=by_id,
    )


MOST_NAMED = 4
"""Texts that a page is named after."""


def _title(texts: Sequence[TextView]) -> str:
    names = [text.title or text.id for text in texts] if len(texts) == 1 else [text.id for text in texts]
    return " → ".join(names) if len(names) <= MOST_NAMED else f"{names[0]} and {len(names) - 1} more"


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
            change.worded,
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
    # Between two texts it is news that something was kept; between two maps of one text it is the rule.
    told = [view for view in matched if diff.question == "positions" or not view.change.untouched]
    return IssueView(
        id=f"{prefix}issue:{key}" if key else f"{prefix}no-issue",
        key=key or "",
        question=question,
        label=shift.label if shift else issue.label if issue else None,
        shift=shift,
        scale=scale,
        moved=_moved(row, diff) if row else None,
        changes=tuple(sorted(told, key=lambda view: (not view.change.steps, view.change.status != "accepted"))),
        same=tuple(view for view in matched if view not in told),
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


def _headline(timeline: Timeline, texts: dict[str, TextView]) -> Headline | None:
    """The first issue on which the first and the last text both stand on a scale."""
    for row in timeline.rows:
        first, last = row.standings[0], row.standings[-1]
        before = _end(row, first, texts, Stand())
        after = _end(row, last, texts, first.at)
        if before and after:
            return Headline(row.question, before, after, row.moves[0] if len(row.moves) == 1 else None)
    return None


def _end(row: Row, standing: Standing, texts: dict[str, TextView], other: Stand) -> End | None:
    """Where a text stands: as it says things are, unless only what it says will or ought to be is its own."""
    says = [(mode, tuple(id for id in ids if id in row.scale)) for mode, ids in phrases.stands(standing.at)]
    says = [(mode, ids) for mode, ids in says if ids]
    if not says:
        return None
    mode, ids = next(((mode, ids) for mode, ids in says if ids[0] not in other.of(mode)), says[0])
    text = texts[standing.map]
    sides = [text.claims[side.id] for side in standing.claims if side.id in text.claims]
    claim = next((view for view in sides if view.claim.position in ids and view.claim.mode in (mode, None)), None)
    told = tuple((mode, tuple(row.scale[id] for id in ids)) for mode, ids in says)
    return End(text, mode, row.scale[ids[0]], told, claim)


def summary_of(diff: Diff) -> tuple[str, ...]:
    """The diff in plain words, a paragraph each."""
    from argmap.diff.render.prose import summary

    return tuple(part for part in summary(diff).split("\n\n") if part.strip())


def _meanings(diffs: Sequence[Diff]) -> tuple[tuple[str, str], ...]:
    from argmap.diff.classify.change_words import RULES

    said = {change.change for diff in diffs for change in diff.changes}
    meaning: dict[str, str] = {}
    for rule in RULES:
        if rule.word in said:
            meaning.setdefault(rule.word, rule.condition)
    return tuple(meaning.items())
