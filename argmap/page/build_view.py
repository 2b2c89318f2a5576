"""Turn maps, diffs and a timeline into the values that the page shows.

Nothing here knows HTML, and nothing is added that the maps and diffs do not say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from argmap import anchor, graph, semantics
from argmap.diff.arguments import UNMATCHED, compare_arguments
from argmap.diff.model import Diff, Row, Shift, Stand, Standing, Timeline
from argmap.diff.render.prose import closeness, counterpart_in_words
from argmap.model import Issue, Map, Mode, Position
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
    Way,
)
from argmap.page.outline import outline_of
from argmap.page.passages import paragraph_at, paragraphs

EXPECTED: dict[str, Mode] = {"planned": "plan", "foreseen": "will", "called for": "ought"}
"""Modes of moves to what is not yet so."""
MOST_NAMED = 4
"""The page's title names up to this many texts."""


def view_of(maps: Sequence[Map], diffs: Sequence[Diff], timeline: Timeline | None, title: str | None = None) -> View:
    """Build the view of a page; parameters are those of `document.build`."""
    texts = tuple(_text(map_, series) for series, map_ in enumerate(maps))
    by_id = {text.id: text for text in texts}
    pairs, first = [], 0
    for n, diff in enumerate(diffs):
        prefix = f"pair-{n + 1}-" if len(diffs) > 1 else ""
        pairs.append(_pair(diff, by_id, first, prefix, timeline))
        first += len(diff.changes)
    positions = all(diff.question == "positions" for diff in diffs)
    return View(
        title=title or _title(texts),
        texts=texts,
        pairs=tuple(pairs),
        rows=tuple((row, _scale(row.scale, row.standings, by_id)) for row in timeline.rows) if timeline else (),
        caution=semantics.CAUTION,
        headline=_headline(timeline, by_id) if timeline and positions else None,
        words=_meanings(pairs),
    )


def _title(texts: Sequence[TextView]) -> str:
    names = [text.title or text.id for text in texts] if len(texts) == 1 else [text.id for text in texts]
    return " → ".join(names) if len(names) <= MOST_NAMED else f"{names[0]} and {len(names) - 1} more"


def _text(map_: Map, series: int) -> TextView:
    places, roles = anchor.anchors(map_), graph.roles(map_)
    spans = {claim_id: tuple(getattr(at, "span", None) for at in of) for claim_id, of in places.items()}
    apart = anchor.conditions_apart(map_)
    sources = {
        source_id: SourceView(
            source_id,
            source,
            phrases.byline(source),
            paragraphs(map_, source_id, spans),
            anchor.coverage(map_, source_id) if source.text is not None else None,
        )
        for source_id, source in map_.sources.items()
    }
    claims = {}
    for claim_id, claim in map_.claims.items():
        doing, speaker = phrases.speaker_of(map_, claim)
        issue = map_.issues.get(claim.issue) if claim.issue else None
        quotes = []
        for quote, at in zip(claim.quotes, places[claim_id], strict=True):
            found = map_.source_of(quote)
            span = getattr(at, "span", None)
            place = paragraph_at(sources[found[0]].paragraphs, span.start) if found and span else None
            status = anchor.status(map_, quote, at)
            quotes.append(QuoteView(quote.exact, found[0] if found else None, place, status))
        claims[claim_id] = ClaimView(
            f"{map_.id}/{claim_id}",
            series,
            claim,
            roles[claim_id],
            doing,
            speaker,
            tuple(quotes),
            issue,
            issue.scale.get(claim.position) if issue and claim.position else None,
            claim_id in apart,
        )
    return TextView(map_, series, claims, tuple(sources.values()), outline_of(map_), _carries(map_))


def _carries(map_: Map) -> tuple[semantics.Sentence, ...]:
    """Say what carries the thesis, without the caution; nothing for a map without a thesis or a relation."""
    if not (map_.theses and map_.relations):
        return ()
    return tuple(semantics.sentences(semantics.evaluate(map_), map_, options=False)[:-1])


def _pair(diff: Diff, texts: dict[str, TextView], first: int, prefix: str, timeline: Timeline | None) -> PairView:
    from argmap.diff.render.prose import summary

    before, after = texts[diff.before.id], texts[diff.after.id]
    shifts = {shift.issue: shift for shift in diff.shifts}
    by_issue: dict[str | None, list[ChangeView]] = {issue: [] for issue in shifts}
    for n, change in enumerate(diff.changes, first):
        left = tuple(before.claims[side.id] for side in change.before)
        right = tuple(after.claims[side.id] for side in change.after)
        looked = counterpart_in_words(change, before.id if change.after else after.id)
        by_issue.setdefault(change.issue, []).append(ChangeView(n, change, change.worded, left, right, looked))
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
        sum(change.status == "suggested" for change in diff.changes),
        phrases.TITLES[diff.question],
        tuple(part for part in summary(diff).split("\n\n") if part.strip()),
        _how(diff, before, after),
        first,
        prefix,
        _arguments(diff, before, after),
    )


def _arguments(diff: Diff, before: TextView, after: TextView) -> tuple[str, ...]:
    if diff.question != "positions" or not (before.carries and after.carries):
        return ()
    return (*compare_arguments(before.map, after.map, diff).words, UNMATCHED)


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
    ranked = sorted(changes, key=lambda view: closeness(view.change))
    matched = [view for view in changes if view.before and view.after]
    # Between two texts, a claim that was kept is news; between two maps of one text, most are kept.
    told = [view for view in matched if diff.question == "positions" or not view.change.untouched]
    return IssueView(
        id=f"{prefix}issue:{key}" if key else f"{prefix}no-issue",
        key=key or "",
        question=question,
        scale=scale,
        moved=_moved(row, diff) if row else None,
        best=_best(matched, ranked, (_moved(row, diff) if row else None) or ""),
        changes=tuple(sorted(told, key=lambda view: (not view.change.steps, view.change.status != "accepted"))),
        same=tuple(view for view in matched if view not in told),
        dropped=tuple(view for view in ranked if not view.after),
        new=tuple(view for view in ranked if not view.before),
    )


def _best(
    matched: Sequence[ChangeView], ranked: Sequence[ChangeView], moved: str
) -> tuple[ClaimView | None, ClaimView | None]:
    """Choose the pair that says most: confirmed, positioned, in the mode of the move; else the nearest claim of either text."""
    pairs = [(view.change, b, a) for view in matched for b in view.before for a in view.after]
    mode = next((mode for word, mode in EXPECTED.items() if moved.startswith(word)), "is")
    if pairs:
        _, before, after = min(
            pairs,
            key=lambda pair: (
                pair[0].status != "accepted",
                pair[2].position is None,
                pair[1].position is None,
                pair[2].claim.mode != mode,
                pair[1].claim.mode != "is",
            ),
        )
        return before, after
    return (
        next((claim for view in ranked for claim in view.before), None),
        next((claim for view in ranked for claim in view.after), None),
    )


def _how(diff: Diff, before: TextView, after: TextView) -> tuple[Way, ...]:
    """Rows of the picture of how it moved; none where the two maps are not of two texts."""
    from argmap.diagram.pictures.how import rows

    if diff.question != "positions":
        return ()
    selection = rows.select(diff, before.map, after.map)
    return tuple(
        Way(
            selection.label(row.issue),
            before.claims[row.before],
            after.claims[row.after],
            rows.word_of(row),
        )
        for row in selection.rows
    )


def _moved(row: Row, diff: Diff) -> str | None:
    """Word of the row for the step between these two texts, if they are neighbours."""
    order = [standing.map for standing in row.standings]
    place = order.index(diff.before.id)
    return row.moves[place] if place < len(row.moves) and order[place + 1] == diff.after.id else None


def _scale(positions: dict[str, Position], standings: Iterable[Standing], texts: dict[str, TextView]) -> Scale:
    marks = [
        (taken, (texts[standing.map].series, standing.map, mode))
        for standing in standings
        for mode, taken in phrases.stands(standing.at)
    ]
    return Scale(
        tuple((position, tuple(mark for taken, mark in marks if key in taken)) for key, position in positions.items())
    )


def _headline(timeline: Timeline, texts: dict[str, TextView]) -> Headline | None:
    """Find the first issue on which the first and the last text both take a position."""
    for row in timeline.rows:
        first, last = row.standings[0], row.standings[-1]
        before = _end(row, first, texts, Stand())
        after = _end(row, last, texts, first.at)
        if before and after:
            return Headline(row.question, before, after, row.moves[0] if len(row.moves) == 1 else None)
    return None


def _end(row: Row, standing: Standing, texts: dict[str, TextView], other: Stand) -> End | None:
    """Choose the position that the headline names: what the text says *is*, unless only another mode is new in it."""
    says = [(mode, tuple(key for key in taken if key in row.scale)) for mode, taken in phrases.stands(standing.at)]
    says = [(mode, taken) for mode, taken in says if taken]
    if not says:
        return None
    mode, taken = next(((mode, taken) for mode, taken in says if taken[0] not in other.of(mode)), says[0])
    text = texts[standing.map]
    views = [text.claims[side.id] for side in standing.claims if side.id in text.claims]
    claim = next((view for view in views if view.claim.position in taken and view.claim.mode in (mode, None)), None)
    told = tuple((mode, tuple(row.scale[key] for key in taken)) for mode, taken in says)
    return End(text, mode, row.scale[taken[0]], told, claim)


def _meanings(pairs: Sequence[PairView]) -> tuple[tuple[str, str], ...]:
    """Explain every word and facet on the page, in the names of the texts if there are only two."""
    names = pairs[0].names if len(pairs) == 1 else {"before": "the earlier text", "after": "the later text"}
    used: set[str] = {
        word for pair in pairs for view in pair.changes for word in (view.change.change, view.word, *view.change.facets)
    }
    used |= {way.word for pair in pairs for way in pair.how}
    return tuple((word, phrases.means(word, names)) for word in phrases.MEANINGS if word in used)
