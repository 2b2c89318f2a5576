"""Read the tables of coders: a row for each statement, with who says it, on what, and where they stand.

    time        person   organization  concept                    agreement   text
    2009-03-12  Jackson  EPA           CO2 should be regulated    yes         We will act.
    2012-06-20  Inhofe   Senate        CO2 should be regulated    no          It is a hoax.

A row is a claim; its concept is an issue, its agreement a position on it. `map` names the column that cuts the table into maps, one a
document. DNA's statements, the Manifesto Project's files and MAXQDA's coded segments are known by their headings; for others,
`columns` names the heading of each field, or `[columns]` in the argmap.toml of the project. Columns that are not read are told.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from argmap import text_file
from argmap.findings import ArgmapError, Finding, Place, brief
from argmap.ids import FreeNames
from argmap.model import Commitment, Force, Kind, Map
from argmap.text_tools import counted, did_you_mean

FIELDS = (
    "map",
    "text",
    "speaker",
    "organisation",
    "issue",
    "position",
    "date",
    "kind",
    "commitment",
    "force",
    "note",
    "id",
)
PRESETS: Mapping[str, Mapping[str, str]] = {
    # Discourse Network Analyzer 3, the event list of its exporter
    "DNA": {
        "map": "docTitle",
        "text": "text",
        "date": "time",
        "speaker": "person",
        "organisation": "organization",
        "issue": "concept",
        "position": "agreement",
    },
    # Manifesto Project, one file a programme
    "Manifesto": {"text": "text", "issue": "cmp_code"},
    # MAXQDA, the list of coded segments
    "MAXQDA": {"map": "Document name", "issue": "Code", "text": "Segment", "note": "Comment"},
}
"""Exports that are known by their headings; all of these must be there."""
_OPTIONAL = {"Comment", "text"}
_NOT_CODED = {"", "h", "na", "nan", "none", "000", "0.0"}
"""Codes of the Manifesto Project and of tables for headings and for text without a category."""
_HEADING = {"h"}
_AGAINST = {"no", "0", "false", "disagree", "con", "contra", "against", "-1", "nein", "non"}
_FOR = {"yes", "1", "true", "agree", "pro", "for", "+1", "ja", "oui"}
_VALUES = {"kind": get_args(Kind), "commitment": get_args(Commitment), "force": get_args(Force)}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_MANIFESTO_FILE = re.compile(r"(\d{5})_(\d{4})(\d{2})$")


def configured(path: Path) -> dict[str, str]:
    """Return the columns that the project's settings name, in `[columns]` of the nearest argmap.toml above a table."""
    file = next(
        (above / text_file.SETTINGS for above in path.resolve().parents if (above / text_file.SETTINGS).is_file()), None
    )
    if file is None:
        return {}
    try:
        said = tomllib.loads(text_file.read_text(file)).get("columns", {})
    except tomllib.TOMLDecodeError as error:
        raise ArgmapError(f"{file}: not TOML: {error}") from None
    if not isinstance(said, dict) or not all(isinstance(heading, str) for heading in said.values()):
        raise ArgmapError(f'{file}: [columns] holds a heading for each field, such as speaker = "person"')
    return said


@dataclass(frozen=True)
class Table:
    """The maps of a table, and what was odd in it."""

    maps: tuple[Map, ...]
    findings: tuple[Finding, ...]


def read(path: Path, columns: Mapping[str, str]) -> Table:
    """Read the maps of a table of coders.

    Parameters
    ----------
    path
        A CSV file, with commas, semicolons or tabs.
    columns
        Headings by field; they come before those of an export that is known.

    Raises
    ------
    ArgmapError
        When the file cannot be read, a heading is not there, or a field is not one of `FIELDS`.
    """
    if unknown := next((field for field in columns if field not in FIELDS), None):
        raise ArgmapError(f"a coders' table has no field {unknown}: one of {', '.join(FIELDS)}")
    text = text_file.read_text(path).removeprefix("\ufeff")
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(map(str.strip, row))]
    if len(rows) < 2:
        raise ArgmapError(Finding("unreadable", "error", "no rows below the headings.", Place(str(path), 1)))
    headings = [heading.strip() for heading in rows[0]]
    named = {**_preset(headings), **columns}
    for field, heading in named.items():
        if heading not in headings:
            hint = did_you_mean(heading, headings, f"The headings are {', '.join(headings[:20])}.")
            raise ArgmapError(
                Finding("unknown-column", "error", f"no column {heading!r} for {field}.", Place(str(path), 1), hint)
            )
    if "text" not in named and "issue" not in named:
        hint = "Name them: --column text=… --column issue=…"
        raise ArgmapError(
            Finding("unknown-column", "error", "no column of texts or issues is known.", Place(str(path), 1), hint)
        )
    places = {field: headings.index(heading) for field, heading in named.items()}
    return _Reader(path, places, [h for h in headings if h and h not in named.values()]).table(rows[1:])


def _preset(headings: Sequence[str]) -> Mapping[str, str]:
    for fields in PRESETS.values():
        if all(heading in headings or heading in _OPTIONAL for heading in fields.values()):
            return {field: heading for field, heading in fields.items() if heading in headings}
    return {}


class _Reader:
    """Reads the rows of one table."""

    def __init__(self, path: Path, places: Mapping[str, int], unread: Sequence[str]) -> None:
        self.path, self.places, self.unread = path, places, unread
        self.odd: dict[str, list[int]] = {}
        self.issues: dict[str, str] = {}
        self.words = FreeNames()

    def table(self, rows: Sequence[Sequence[str]]) -> Table:
        cells = [{field: (row[n].strip() if n < len(row) else "") for field, n in self.places.items()} for row in rows]
        documents: dict[str, list[tuple[int, dict[str, str]]]] = {}
        for n, row in enumerate(cells, 2):
            if row.get("issue", "-").casefold() in _HEADING:
                self._note("a heading, and no claim: left out", n)
            elif not (row.get("text") or row.get("issue")):
                self._note("neither text nor issue: left out", n)
            else:
                documents.setdefault(row.get("map", ""), []).append((n, row))
        scales = self._scales([row for each in documents.values() for _, row in each])
        names = FreeNames()
        maps = tuple(
            self._map(names.name(_word(name or self.path.stem), "-"), name, each, scales)
            for name, each in documents.items()
        )
        found = [
            Finding(
                "table",
                "note" if "heading" in said else "warning",
                f"{counted(len(at), 'row')}: {said}.",
                Place(str(self.path), at[0]),
            )
            for said, at in self.odd.items()
        ]
        if self.unread:
            message = f"columns left out: {', '.join(map(brief, self.unread[:30]))}."
            hint = f"Name what they hold with --column, one of {', '.join(FIELDS)}."
            found.append(Finding("unread-column", "warning", message, Place(str(self.path), 1), hint))
        return Table(maps, tuple(found))

    def _note(self, said: str, line: int) -> None:
        self.odd.setdefault(said, []).append(line)

    def _issue(self, row: Mapping[str, str]) -> str | None:
        said = row.get("issue", "")
        if said.casefold() in _NOT_CODED:
            return None
        if said not in self.issues:
            self.issues[said] = self.words.name(_word(said), "-")
        return self.issues[said]

    def _scales(self, rows: Sequence[Mapping[str, str]]) -> dict[str, dict[str, Any]]:
        """The issues of the table, each with its positions in their order."""
        positions: dict[str, dict[str, None]] = {}
        for row in rows:
            if issue := self._issue(row):
                positions.setdefault(issue, {})
                if said := row.get("position"):
                    positions[issue][said] = None
        questions = {issue: said for said, issue in self.issues.items()}
        return {
            issue: {"question": questions[issue], "scale": {_word(said): said for said in sorted(found, key=_order)}}
            for issue, found in positions.items()
        }

    def _map(
        self, map_id: str, title: str, rows: Sequence[tuple[int, dict[str, str]]], issues: Mapping[str, Any]
    ) -> Map:
        dates = {n: date for n, row in rows if (date := self._date(row.get("date", ""), n))}
        named = _MANIFESTO_FILE.search(self.path.stem)
        published = min(dates.values(), default=f"{named[2]}-{named[3]}" if named else None)
        speakers: dict[str, dict[str, Any]] = {}
        ids, claims = FreeNames(), {}
        for n, row in rows:
            claim_id = ids.name(_word(row.get("id") or f"row-{n}"), "-")
            claims[claim_id] = self._claim(n, row, speakers, dates.get(n))
        used = {claim["issue"] for claim in claims.values() if claim["issue"]}
        data = {
            "id": map_id,
            "title": title or None,
            "sources": {"text": {"title": title or self.path.name, "published": published}},
            "speakers": speakers,
            "claims": claims,
            "issues": {issue: about for issue, about in issues.items() if issue in used},
        }
        return Map.model_validate(data)

    def _claim(
        self, n: int, row: Mapping[str, str], speakers: dict[str, dict[str, Any]], date: str | None
    ) -> dict[str, Any]:
        issue = self._issue(row)
        speaker = row.get("speaker") or row.get("organisation") or ""
        speaker_id = None
        if speaker:
            organisation = row.get("organisation") or None
            # One person may speak for several organisations: each is a speaker of that name.
            speaker_id = _word(f"{speaker}-{organisation}" if organisation and organisation != speaker else speaker)
            speakers.setdefault(speaker_id, {"name": speaker, "role": organisation})
        position = row.get("position", "")
        stated = row.get("text") or f"{row.get('issue', '')}{f': {position}' if position else ''}"
        claim: dict[str, Any] = {
            "text": " ".join(stated.split()),
            "issue": issue,
            "position": _word(position) if issue and position else None,
            "speaker": speaker_id,
            "kind": "value" if issue and position else None,
            "note": row.get("note") or None,
            "extra": {"table": {"date": date}} if date else {},
        }
        for field, values in _VALUES.items():
            said = row.get(field, "").casefold()
            if said in values:
                claim[field] = said
            elif said:
                self._note(f"{field} {brief(said)!r} is none of {', '.join(values)}: left out", n)
        return claim

    def _date(self, said: str, line: int) -> str | None:
        if match := _GERMAN_DATE.match(said):
            return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
        if match := _DATE.match(said):
            return "-".join(filter(None, match.groups()))
        if said:
            self._note(f"{brief(said)!r} is no date such as 2009-03-12: left out", line)
        return None


def _order(position: str) -> tuple[int, float, str]:
    """Put positions into their order: numbers by size, no before yes, others by the alphabet."""
    plain = position.casefold()
    if plain in _AGAINST | _FOR:
        return (0, float(plain in _FOR), plain)
    try:
        return (0, float(position.replace(",", ".")), plain)
    except ValueError:
        return (1, 0.0, plain)


def _word(said: str) -> str:
    """Make an id."""
    word = re.sub(r"[^\w.\-+]+", "-", said.replace("+", "plus-")).strip("-.")[:150]
    word = f"minus-{word}" if said.startswith(("-", "−")) else word
    return word or "x"
