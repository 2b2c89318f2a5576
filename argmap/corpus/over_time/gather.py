"""Read from a corpus where each text stands on an issue.

A text has one point in each mode: the author's own claim (asserted or conceded) that stands nearest to the thesis, or else the
earliest in the map; `argmap diff` chooses in the same way. What the author reports, rejects or asks is no position of the author's.
With `by="speaker"` a point is the position of a speaker whom the text reports, one for each text, mode and speaker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from argmap.corpus.over_time.dates import Days, days_of
from argmap.corpus.over_time.model import By, Note, Point, Text
from argmap.corpus.query import Corpus
from argmap.diff.map_index import FAR
from argmap.diff.model import QuoteAt
from argmap.findings import ArgmapError
from argmap.model import MODES, Id, Position
from argmap.text_tools import counted, did_you_mean

OWN = ("asserted", "conceded")
MOST_LISTED = 8

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scale:
    """An issue with its ordered positions, as most maps of the corpus have it."""

    issue: Id
    question: str
    label: str | None
    positions: dict[Id, Position]


@dataclass(slots=True)
class Gathered:
    """The texts of a corpus in the order of their dates, and where they stand."""

    scale: Scale
    texts: list[Text]
    points: list[Point]
    days: dict[str, Days]
    """Date of each map."""
    notes: list[Note]


def gather(corpus: Corpus, issue: str, by: By, suggested: bool) -> Gathered:
    """Read the texts, the points and what was left out; raise ArgmapError if no map has a scale for the issue."""
    notes: list[Note] = []
    scale, maps = _scale(corpus, issue, notes)
    rows = _rows(corpus, "select map, title, date, author from maps order by map")
    without = [row["map"] for row in rows if row["map"] not in maps]
    if without:
        _note(
            notes,
            "no-issue",
            f"{{}} {_have(without)} no issue “{issue}” with this scale, and {_are(without)} left out",
            without,
        )
    days: dict[str, Days] = {}
    kept: list[Row] = []
    undated: list[str] = []
    unread: list[str] = []
    for row in rows:
        if row["map"] not in maps:
            continue
        read = days_of(row["date"]) if row["date"] else None
        if read is None:
            (unread if row["date"] else undated).append(row["map"])
            continue
        days[row["map"]] = read
        kept.append(row)
    _note(notes, "no-date", f"{{}} {_have(undated)} no date, and {_are(undated)} left out", undated)
    _note(
        notes,
        "unreadable-date",
        f"{{}} {_have(unread)} a date that is none of 2005, 2005-03 and 2005-03-14, and {_are(unread)} left out",
        unread,
    )
    kept.sort(key=lambda row: (days[row["map"]].first, -days[row["map"]].last.toordinal(), row["map"]))
    _warn(corpus, days, notes)
    if by == "author":
        nameless = [row["map"] for row in kept if not row["author"]]
        _note(notes, "no-author", f"{{}} {_have(nameless)} no author; nobody can be followed there", nameless)
    points, spoken = _points(corpus, scale, kept, by, suggested, notes)
    order = {row["map"]: n for n, row in enumerate(kept)}
    points.sort(key=lambda point: (order[point.map], MODES.index(point.mode), point.voice or ""))
    standing = {point.map for point in points}
    texts = [
        Text(
            map=row["map"],
            title=row["title"],
            date=row["date"],
            author=row["author"],
            state="position" if row["map"] in standing else "no-position" if row["map"] in spoken else "none",
        )
        for row in kept
    ]
    return Gathered(scale, texts, points, days, notes)


def _scale(corpus: Corpus, issue: str, notes: list[Note]) -> tuple[Scale, set[str]]:
    """Find the scale that most maps have for an issue, and the maps that have it."""
    if not corpus.rows("select 1 from maps limit 1")[1]:
        raise ArgmapError(f"{corpus.path}: has no maps")
    found = _rows(
        corpus,
        "select scale, any_value(question) as question, any_value(label) as label, any_value(labels) as labels, list(map) as maps "
        "from (select * from issues where issue = ? order by map) group by scale order by count(*) desc, scale",
        issue,
    )
    if not found:
        known = [name for (name,) in corpus.rows("select distinct issue from issues order by issue")[1]]
        listed = f"Its issues: {', '.join(known[:MOST_LISTED])}{' …' if len(known) > MOST_LISTED else ''}."
        hint = did_you_mean(issue, known, listed, "`") if known else "Its maps have no codebook with issues."
        raise ArgmapError(f"{corpus.path}: no map has an issue `{issue}`. {hint}")
    best = next((row for row in found if len(row["scale"]) > 1), None)
    if best is None:
        scaled = [n for (n,) in corpus.rows("select distinct issue from issues where len(scale) > 1 order by issue")[1]]
        listed = f"{', '.join(scaled[:MOST_LISTED]) or 'none'}{' …' if len(scaled) > MOST_LISTED else ''}"
        raise ArgmapError(
            f"{corpus.path}: the issue `{issue}` has no scale of two positions or more. Issues with one: {listed}."
        )
    others = [name for row in found if row is not best for name in row["maps"]]
    if others:
        _note(
            notes,
            "other-scale",
            f"{{}} {_have(others)} another scale for this issue, and {_are(others)} left out",
            others,
        )
    positions = {name: Position(label=label) for name, label in zip(best["scale"], best["labels"], strict=True)}
    return Scale(issue, best["question"], best["label"], positions), set(best["maps"])


def _points(
    corpus: Corpus, scale: Scale, kept: Sequence[Row], by: By, suggested: bool, notes: list[Note]
) -> tuple[list[Point], set[str]]:
    """Return the points, and the maps that have any claim of their own on the issue."""
    dated = {row["map"]: row for row in kept}
    rows = [
        row
        for row in _rows(
            corpus, "select * from claims where issue = ? and not implicit order by map, place", scale.issue
        )
        if row["map"] in dated
    ]
    spoken = {row["map"] for row in rows}
    placing = [row for row in rows if row["position"] is not None and _counts(row, by)]
    drafted = [row for row in placing if _is_suggested(row)]
    if drafted and not suggested:
        placing = [row for row in placing if not _is_suggested(row)]
        _claims(
            notes, "suggested", "wait for a person's review and are left out; --suggested counts them, too", drafted
        )
    elif drafted:
        _claims(notes, "suggested", "count although they wait for a person's review", drafted)
    off = [row for row in placing if row["position"] not in scale.positions]
    _claims(notes, "no-such-position", "take a position that is not on the scale and are left out", off)
    modeless = [row for row in placing if row["mode"] is None and row not in off]
    _claims(
        notes,
        "no-kind",
        "take a position and are left out: without a kind, they do not say whether it is, will be or ought to be so",
        modeless,
    )
    groups: dict[tuple[str, str, str | None], list[Row]] = {}
    for row in placing:
        if row["position"] in scale.positions and row["mode"]:
            voice = dated[row["map"]]["author"] if by == "author" else row["speaker"]
            groups.setdefault((row["map"], row["mode"], voice), []).append(row)
    quotes = _quotes(corpus, scale.issue)
    order = list(scale.positions)
    points = []
    for (name, mode, voice), claims in groups.items():
        claims.sort(key=lambda row: (FAR if row["distance"] is None else row["distance"], row["place"]))
        lead = claims[0]
        points.append(
            Point(
                map=name,
                date=dated[name]["date"],
                voice=voice,
                mode=mode,
                position=lead["position"],
                step=order.index(lead["position"]),
                quotes=tuple(quotes.get((name, lead["claim"]), ())),
                also=tuple(dict.fromkeys(row["position"] for row in claims if row["position"] != lead["position"])),
                **{key: lead[key] for key in ("claim", "text", "kind", "commitment", "force", "condition")},
            )
        )
    return points, spoken


def _counts(row: Row, by: By) -> bool:
    """Tell whether a claim is a position of the author, or of a speaker."""
    return row["commitment"] in OWN if by == "author" else row["speaker"] is not None and row["commitment"] != "asked"


def _is_suggested(row: Row) -> bool:
    return row["status"] == "suggested" or bool(
        {"issue", "position", "kind", "commitment"} & {*(row["suggested"] or ())}
    )


def _quotes(corpus: Corpus, issue: str) -> dict[tuple[str, str], list[QuoteAt]]:
    query = (
        'select q.map, q.claim, q.source, q.exact, q.start, q."end", q.status from quotes q '
        "join claims c on c.map = q.map and c.claim = q.claim where c.issue = ? order by q.map, q.claim, q.start"
    )
    found: dict[tuple[str, str], list[QuoteAt]] = {}
    for row in _rows(corpus, query, issue):
        words = {key: row[key] for key in ("source", "exact", "start", "end", "status")}
        found.setdefault((row["map"], row["claim"]), []).append(QuoteAt(**words))
    return found


def _warn(corpus: Corpus, days: dict[str, Days], notes: list[Note]) -> None:
    """Name texts that count twice, and maps with several dates."""
    twice: dict[str, list[str]] = {}
    dates: dict[str, set[str]] = {}
    for row in _rows(corpus, "select map, sha256, published from sources order by map, source"):
        if row["map"] in days and row["sha256"]:
            twice.setdefault(row["sha256"], []).append(row["map"])
        if row["map"] in days and row["published"]:
            dates.setdefault(row["map"], set()).add(row["published"])
    double = sorted({name for names in twice.values() if len(set(names)) > 1 for name in names})
    _note(
        notes,
        "same-text",
        f"{{}} {_are(double)} of a text of which the corpus has another map; each counts as a text",
        double,
    )
    several = [name for name, found in dates.items() if len(found) > 1]
    _note(notes, "several-dates", f"{{}} {_have(several)} texts of several dates; that of the first counts", several)


def _claims(notes: list[Note], rule: str, words: str, rows: Sequence[Row]) -> None:
    if rows:
        maps = tuple(dict.fromkeys(row["map"] for row in rows))
        notes.append(Note(rule=rule, message=f"{counted(len(rows), 'claim')} {words}", maps=maps))


def _note(notes: list[Note], rule: str, words: str, maps: Sequence[str]) -> None:
    if maps:
        notes.append(Note(rule=rule, message=words.format(counted(len(maps), "map")), maps=tuple(maps)))


def _have(names: Sequence[str]) -> str:
    return "has" if len(names) == 1 else "have"


def _are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _rows(corpus: Corpus, query: str, *values: str) -> list[Row]:
    columns, rows = corpus.rows(query, values)
    return [dict(zip(columns, row, strict=True)) for row in rows]
