"""Tell trends in words, and as a table.

A position is told by its label, never by a count of steps. A condition stays with its position. A result says how many texts it
rests on and how often chance gives as much.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from argmap.corpus.over_time.model import ChangePoint, Move, Period, Point, Series, Trends
from argmap.findings import brief
from argmap.model import Mode
from argmap.text_tools import as_quoted, counted

SAYS: dict[Mode, str] = {"is": "is", "plan": "is planned", "will": "will be", "ought": "ought to be"}
"""Words for what the texts of a series say."""
MOST_MAPS = 5
MOST_STEPS = 3
"""Positions of one person that are told; of more, the first and the last."""
QUOTE = 100
"""Length of a quote in a table on a terminal."""
COLUMNS = (
    *("date", "map", "voice", "mode", "position", "label", "step", "period", "condition", "claim", "text", "kind"),
    *("commitment", "force", "quote", "quote_status", "source", "start", "end", "also", "state", "point"),
)


def lines(found: Trends) -> list[str]:
    """Tell the result in lines: the texts, each series, who moved, and what was left out."""
    told = [
        found.question,
        f"{found.issue}: {' < '.join(map(found.label_of, found.scale))} (an order, not a measure)",
        texts_in_words(found),
    ]
    for series in found.series:
        told += ["", *series_lines(found, series)]
    moved = [move for move in found.movers if move.moved]
    if found.movers:
        told += [
            "",
            f"Moved: {len(moved)} of {counted(len({m.voice for m in found.movers}), found.by)} with two or more texts in one mode",
        ]
        for move in moved:
            told += [f"  {in_words(found, move)}", *(f"    {line}" for line in evidence(found, move))]
    for n, note in enumerate(found.notes):
        maps = f": {', '.join(note.maps[:MOST_MAPS])}{' …' if len(note.maps) > MOST_MAPS else ''}" if note.maps else ""
        told += [*([] if n else [""]), f"note: {note.message}{maps}"]
    return told


def texts_in_words(found: Trends) -> str:
    """Tell how many texts there are, of whom, from when to when, and how many take a position."""
    if not found.texts:
        return "no text with a date"
    states = [text.state for text in found.texts]
    named = [text.author for text in found.texts] if found.by == "author" else [point.voice for point in found.points]
    voices = len(set(filter(None, named)))
    position, no_position, none = (states.count(state) for state in ("position", "no-position", "none"))
    if found.by == "author":
        parts = [f"{position} {'takes' if position == 1 else 'take'} a position"]
        silent = "speaks of it and takes none" if no_position == 1 else "speak of it and take none"
    else:
        parts = [f"{position} {'gives' if position == 1 else 'give'} the position of a speaker"]
        silent = "speaks of it and gives none" if no_position == 1 else "speak of it and give none"
    parts += [f"{no_position} {silent}"] if no_position else []
    parts += [f"{none} {'has' if none == 1 else 'have'} no claim on it"] if none else []
    first, last = found.texts[0].date, found.texts[-1].date
    who = found.by if all(named) else f"named {found.by}"
    of = f" of {counted(voices, who)}" if voices else ""
    return f"{counted(len(found.texts), 'text')}{of}, {first} to {last}: {', '.join(parts)}"


def series_lines(found: Trends, series: Series) -> Iterator[str]:
    """Tell the result of the search in one mode."""
    yield f"{heading(series)}: {verdict(found, series)}"
    if len(series.periods) > 1 or series.verdict == "none":
        for period in series.periods:
            yield f"  {period_in_words(found, period)}"
    for change in series.change_points:
        yield f"  between {change.last_before} and {change.first_after}: {sureness(found, change)}"
        both = len(change.moves) + len(change.stayed)
        if both:
            yield f"    {len(change.moves)} of {counted(both, found.by)} with texts on both sides moved:"
        for move in change.moves:
            yield f"    {in_words(found, move)}"
            yield from (f"      {line}" for line in evidence(found, move))
        if rest := others(change):
            yield f"    {rest}"


def heading(series: Series) -> str:
    """Name a series with its number of texts."""
    return f"{SAYS[series.mode]} ({counted(series.texts, 'text')})"


def verdict(found: Trends, series: Series) -> str:
    """Tell in a sentence whether the positions of one mode change."""
    method = found.method
    chance = _chance(found, series.p) if series.p is not None else ""
    where = _listed([f"between {each.last_before} and {each.first_after}" for each in series.change_points])
    bic = f"BIC {series.bic_steps} against {series.bic_line}"
    doubt = "" if all(_together(found, each) for each in series.change_points) else f"; {_doubt(found)}"
    match series.verdict:
        case "too few":
            return f"too few texts to look for a change; it takes {method.least_texts}"
        case "too coarse":
            return f"the dates do not divide the texts into two parts of {method.least_side} or more, so no change was looked for"
        case "one position":
            return f"all say “{found.label_of(series.periods[0].median[0])}”"
        case "none":
            return f"no change beyond chance: {chance}. That does not show that nothing changed"
        case "drift":
            ends = [_middle(found, series.periods[n]) for n in (0, -1)]
            return f"a drift from {ends[0]} to {ends[1]}, and no break: {_sureness(found, series.p, series.p_within)}; a line over the dates fits better than steps (BIC {series.bic_line} against {series.bic_steps})"
        case "break":
            return f"a break {where}: steps fit better than a line over the dates ({bic}){doubt}"
        case _:
            return f"a change, divided best {where}; the texts do not tell a break from a drift (steps and line: {bic}){doubt}"


def short_verdict(found: Trends, series: Series) -> str:
    """Tell the result of one mode in a few words, for a plot."""
    p = f"p = {series.p:.3g}" if series.p is not None else ""
    match series.verdict:
        case "none":
            return f"no change beyond chance ({p})"
        case "drift":
            return f"a drift, no break ({p})"
        case "break" | "break or drift":
            what = "break" if series.verdict == "break" else "change, a break or a drift"
            return "; ".join(
                f"{what} between {each.last_before} and {each.first_after} (p = {each.p:.3g})"
                + ("" if _together(found, each) else f"; {_doubt(found)}")
                for each in series.change_points
            )
        case _:
            return verdict(found, series)


def _chance(found: Trends, p: float) -> str:
    good = round(p * (found.method.shuffles + 1)) - 1
    return f"{good or 'none'} of {found.method.shuffles} shuffled orders of the texts {'have' if good > 1 else 'has'} as good a division (p = {p:.3g})"


def sureness(found: Trends, change: ChangePoint) -> str:
    """Tell how often chance gives as good a division, and whether persons moved or others wrote."""
    return _sureness(found, change.p, change.p_within)


def _sureness(found: Trends, p: float | None, p_within: float | None) -> str:
    told = _chance(found, p or 0.0)
    if p_within is None:
        return f"{told}; nobody is known to have texts on both sides, so {_doubt(found)}"
    doubt = f", so {_doubt(found)}" if p_within > found.method.level else ""
    return f"{told}; with each {found.by}'s positions turned round in time p = {p_within:.3g}{doubt}"


def _together(found: Trends, change: ChangePoint) -> bool:
    return change.p_within is not None and change.p_within <= found.method.level


def _doubt(found: Trends) -> str:
    return f"the change may lie in who {'writes' if found.by == 'author' else 'speaks'}, or in one {found.by}"


def method(found: Trends) -> str:
    """Tell how change points were looked for."""
    by = found.method
    return (
        f"Change points: in each mode with {by.least_texts} texts or more, the best division by ranks (ruptures), with {by.least_side} texts or "
        f"more on each side; it counts if at most {by.level:.0%} of {by.shuffles} shuffled orders of the texts have as good a one."
    )


def period_in_words(found: Trends, period: Period) -> str:
    """Tell where the texts of a period stand."""
    counts = ", ".join(f"{found.label_of(position)} {n}" for position, n in period.positions.items())
    dates = period.first if period.first == period.last else f"{period.first} to {period.last}"
    hanging = f"; {period.conditional} on a condition" if period.conditional else ""
    return f"{dates}, {counted(period.texts, 'text')}: {counts}; median {_middle(found, period)}{hanging}"


def _middle(found: Trends, period: Period) -> str:
    return " or ".join(f"“{found.label_of(position)}”" for position in period.median)


def others(change: ChangePoint) -> str:
    """Name those who did not move, and those who have texts on one side only."""
    parts = [("stayed", change.stayed), ("only before", change.only_before), ("only after", change.only_after)]
    return "; ".join(f"{words}: {_some(names)}" for words, names in parts if names)


def _some(names: Sequence[str]) -> str:
    return f"{', '.join(names[:MOST_MAPS])}{f' and {len(names) - MOST_MAPS} more' if len(names) > MOST_MAPS else ''}"


def in_words(found: Trends, move: Move) -> str:
    """Tell who moved: `Ann Reed: from a pledge (2003) to a law (2011), ought`."""
    stands = [found.points[n] for n in shown(move)]
    first, *later = (f"{found.label_of(point.position)} ({point.date}){_hanging(point)}" for point in stands)
    told = f"from {first} to {' to '.join(later)}" if later else first
    between = len(move.path) - len(stands)
    more = f"; {counted(between, 'other position')} between" if between else ""
    unknown = "" if move.ordered else "; the dates do not tell the order"
    return f"{move.voice}: {told}, {move.mode}{more}{unknown}"


def shown(move: Move) -> tuple[int, ...]:
    """Return the places of the points of a move that are told: all, or the ends of a long way."""
    return move.path if len(move.path) <= MOST_STEPS else (move.path[0], move.path[-1])


def evidence(found: Trends, move: Move) -> Iterator[str]:
    """Quote the texts of a move."""
    for n in shown(move):
        point = found.points[n]
        yield f"{point.date}  {words_of(point)} ({point.map} {point.claim})"


def words_of(point: Point) -> str:
    """Return the first quote of a point, or its claim if it has none."""
    return point.quotes[0].shown if point.quotes else f"{point.text} (no quote)"


def _hanging(point: Point) -> str:
    return f", on the condition “{point.condition}”" if point.condition else ""


def table(found: Trends) -> list[dict[str, Any]]:
    """Return a row for each point, with its place in `points`, and one for each text without a position, in the order of the dates."""
    numbers = periods_of(found)
    rows: list[dict[str, Any]] = []
    by_map: dict[str, list[int]] = {}
    for n, point in enumerate(found.points):
        by_map.setdefault(point.map, []).append(n)
    for text in found.texts:
        base: dict[str, Any] = {**dict.fromkeys(COLUMNS), "date": text.date, "map": text.map, "state": text.state}
        if text.map not in by_map:
            rows.append({**base, "voice": text.author if found.by == "author" else None})
        for n in by_map.get(text.map, ()):
            point = found.points[n]
            own = {key: getattr(point, key) for key in COLUMNS if hasattr(point, key)}
            quote = point.quotes[0] if point.quotes else None
            at = (
                {
                    "source": quote.source,
                    "start": quote.start,
                    "end": quote.end,
                    "quote": quote.exact,
                    "quote_status": quote.status,
                }
                if quote
                else {}
            )
            rows.append(
                {
                    **base,
                    **own,
                    **at,
                    "label": found.label_of(point.position),
                    "period": numbers[n],
                    "point": n,
                    "also": ", ".join(point.also),
                }
            )
    return rows


def periods_of(found: Trends) -> list[int]:
    """Number the period of each point in its mode, from 1."""
    left = {series.mode: [period.texts for period in series.periods] for series in found.series}
    at = dict.fromkeys(left, 0)
    numbers = []
    for point in found.points:
        while not left[point.mode][at[point.mode]]:
            at[point.mode] += 1
        left[point.mode][at[point.mode]] -= 1
        numbers.append(at[point.mode] + 1)
    return numbers


def short_table(found: Trends) -> tuple[list[str], list[list[str]]]:
    """Return the columns and rows of a table for a terminal."""
    rows = []
    for row in table(found):
        words = {"none": "(no claim)", "no-position": "(no position)"}.get(row["state"], "")
        position = row["label"] or words
        if row["condition"]:
            position += f", if: “{row['condition']}”"
        said = as_quoted(row["quote"], row["quote_status"]) if row["quote"] else row["text"] or ""
        rows.append([row["date"], row["map"], row["voice"] or "", row["mode"] or "", position, brief(said, QUOTE)])
    return ["date", "map", found.by, "mode", "position", "words"], rows


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
