"""The tables of a corpus: their columns, and the rows of one file.

    a file ─ read ─▶ map ─▶ maps 1 · claims n · relations n · quotes n · sources n · findings n
    a file that cannot be read ─▶ findings 1

A map is named by its path in the corpus, a claim by its map and its id. Columns that a file says nothing of are null.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from argmap import anchor, folders, formats, graph, limits
from argmap.findings import ArgmapError, Finding
from argmap.formats.common.format import content_of
from argmap.model import Map

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
Rows = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    type: str
    """Arrow's name of its type."""
    means: str


def _columns(*lines: str) -> tuple[Column, ...]:
    return tuple(Column(*(part.strip() for part in line.split("|"))) for line in lines)


TABLES: Mapping[str, tuple[Column, ...]] = {
    "maps": _columns(
        "map | string | path of the file in the corpus; names the map in every table",
        "id | string | the map's own id",
        "title | string | title of the map",
        "format | string | name of the file's format",
        "date | string | date of the text, ISO 8601, as precise as it is known",
        "author | string | author of the first source that names one",
        "codebook | string | the codebook that the map names",
        "thesis | list<string> | ids of the claims that it argues for",
        "claims | int32 | number of claims",
        "relations | int32 | number of relations",
        "sources | int32 | number of texts",
        "sha256 | string | hash of the file, in hexadecimal",
    ),
    "claims": _columns(
        "map | string | the map",
        "claim | string | id of the claim in its map",
        "place | int32 | its place in the map, from 0",
        "text | string | the statement",
        "role | string | thesis, claim (has supports) or supporting point",
        "distance | int32 | relations on the shortest way to the thesis; null if it does not lead there",
        "kind | string | fact, cause, definition, value, policy, prediction, plan",
        "mode | string | is, plan, will or ought, from the kind",
        "issue | string | the question that it answers",
        "position | string | its position on the issue's scale",
        "step | int32 | place of the position on the scale, from 0",
        "speaker | string | name of the speaker; null for the author",
        "commitment | string | asserted, reported, conceded, rejected or asked",
        "force | string | hedged, plain or emphatic",
        "condition | string | words that it hangs on",
        "implicit | bool | an unstated premise, supplied by the analyst",
        "status | string | accepted or suggested",
        "suggested | list<string> | fields of an accepted claim that are only suggested, such as position",
        "weight | float64 | base score in [0, 1]",
        "note | string | the analyst's remark",
    ),
    "issues": _columns(
        "map | string | the map",
        "issue | string | id of a question of the map's codebook",
        "place | int32 | its place in the codebook, from 0; the first is the headline",
        "question | string | the question",
        "label | string | a short name",
        "scale | list<string> | the positions in their order; empty if it has no scale",
        "labels | list<string> | the analyst's words for the positions",
    ),
    "relations": _columns(
        "map | string | the map",
        "relation | int32 | place of the relation in its map, from 0; several rows where it has several sources",
        "id | string | its id, where it has one",
        "type | string | support, attack or rephrase",
        "source | string | id of a premise or attacker",
        "sources | int32 | number of its sources; more than 1 for linked premises",
        "target | string | id of the claim or relation that it bears on",
        "on_relation | bool | the target is a relation",
        "scheme | string | argumentation scheme",
        "cue | string | the connective in the text",
        "status | string | accepted or suggested",
    ),
    "quotes": _columns(
        "map | string | the map",
        "claim | string | id of the claim",
        "source | string | id of the text",
        "exact | string | the quoted words",
        "start | int32 | first character in the text, in Unicode code points, from 0; null if not found",
        "end | int32 | character after the last",
        "status | string | checked, failed (not in the text) or unchecked (no text at hand)",
    ),
    "sources": _columns(
        "map | string | the map",
        "source | string | id of the text",
        "title | string | its title",
        "author | string | its author",
        "published | string | date, ISO 8601, as precise as it is known",
        "language | string | BCP 47 code; null for English",
        "url | string | address",
        "sha256 | string | hash of the text's file, as the map has it",
        "characters | int32 | length of the text; null if it is not at hand",
    ),
    "findings": _columns(
        "map | string | path of the file in the corpus",
        "rule | string | name of the rule",
        "severity | string | error, warning or note; a file with an error of rule `unreadable` has no map",
        "message | string | what is wrong",
        "line | int32 | line in the file, from 1",
        "column | int32 | column, from 1",
    ),
}


def schema(table: str) -> pa.Schema:
    """Return the Arrow schema of a table, with the meaning of each column as its metadata."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "int32": pa.int32(),
        "float64": pa.float64(),
        "bool": pa.bool_(),
        "list<string>": pa.list_(pa.string()),
    }
    return pa.schema([pa.field(each.name, types[each.type], metadata={"means": each.means}) for each in TABLES[table]])


@dataclass(frozen=True, slots=True)
class File:
    """A file of a corpus."""

    name: str
    """Its path in the corpus."""
    path: Path
    sha256: str
    """Hash of the file and of those that are read along with it."""


@dataclass(frozen=True, slots=True)
class Tabled:
    """The rows of a file, by table."""

    rows: Rows
    given_up: bool = False
    """It may be read on another day: what ended the reading lies outside of the file."""


def rows_of(file: File, seconds: float | None = None, memory: int | None = None) -> Tabled:
    """Read a file into rows, within a time and a memory. Raises nothing: what goes wrong is a row of `findings`."""
    rows: Rows = {table: [] for table in TABLES}
    try:
        with limits.time(seconds), limits.memory(memory):
            content = content_of(file.path)
            chosen = folders.meant(content)
            if chosen is None:
                return Tabled({})
            reading = formats.examine_content(content, chosen.name, {})
            for table, row in _of_map(reading.map, file, chosen.name):
                rows[table].append(row)
            rows["findings"] += [_finding(file, finding) for finding in reading.findings]
    except ArgmapError as error:
        failed = error.findings or (Finding("unreadable", "error", str(error).partition("\n")[0]),)
        return Tabled({"findings": [{**_finding(file, finding), "rule": "unreadable"} for finding in failed]})
    except limits.OutOfTimeError:
        return unreadable(file, f"reading took longer than {seconds:g} second{'s' * (seconds != 1)}", given_up=True)
    except MemoryError:
        rows.clear()
        return unreadable(file, f"reading took more memory than {(memory or 0) / 1e6:,.0f} MB", given_up=True)
    except Exception as error:  # noqa: BLE001 - one file's trouble is no reason to give up on thousands
        return unreadable(file, f"{type(error).__name__}: {error}")
    return Tabled(rows)


def unreadable(file: File, message: str, *, given_up: bool = False) -> Tabled:
    """Return the row of a file that could not be read."""
    return Tabled({"findings": [_finding(file, Finding("unreadable", "error", message))]}, given_up)


def _finding(file: File, finding: Finding) -> Row:
    place = finding.place
    return {
        "map": file.name,
        "rule": finding.rule,
        "severity": finding.severity,
        # a message may name files, which stand elsewhere tomorrow
        "message": finding.message.replace(str(file.path.parent), PurePosixPath(file.name).parent.as_posix()),
        "line": place.line,
        "column": place.column,
    }


def _of_map(map_: Map, file: File, format_name: str) -> Iterator[tuple[str, Row]]:
    author = next((source.author for source in map_.sources.values() if source.author), None)
    counts = {"claims": len(map_.claims), "relations": len(map_.relations), "sources": len(map_.sources)}
    yield (
        "maps",
        {
            "map": file.name,
            **{key: getattr(map_, key) for key in ("id", "title", "date", "codebook")},
            "format": format_name,
            "author": author,
            "thesis": list(map_.theses),
            **counts,
            "sha256": file.sha256,
        },
    )
    for source_id, source in map_.sources.items():
        plain = ("title", "author", "published", "language", "url", "sha256")
        row = {"map": file.name, "source": source_id, **{key: getattr(source, key) for key in plain}}
        yield "sources", {**row, "characters": None if source.text is None else len(source.text)}
    yield from _claims(map_, file.name)
    for n, (issue_id, issue) in enumerate(map_.issues.items()):
        row = {"map": file.name, "issue": issue_id, "place": n, "question": issue.question, "label": issue.label}
        yield "issues", {**row, "scale": [*issue.scale], "labels": [each.label for each in issue.scale.values()]}
    for n, relation in enumerate(map_.relations):
        row = {
            "map": file.name,
            "relation": n,
            **{key: getattr(relation, key) for key in ("id", "type", "target", "scheme", "cue", "status")},
            "sources": len(relation.by),
            "on_relation": relation.target is not None and relation.target not in map_.claims,
        }
        for premise in relation.by or (None,):
            yield "relations", {**row, "source": premise}


def _claims(map_: Map, name: str) -> Iterator[tuple[str, Row]]:
    roles, depths, spans = graph.roles(map_), graph.depths(map_), anchor.spans(map_)
    scales = {key: list(issue.scale) for key, issue in map_.issues.items()}
    for n, (claim_id, claim) in enumerate(map_.claims.items()):
        plain = (
            "text",
            "kind",
            "mode",
            "issue",
            "position",
            "commitment",
            "force",
            "implicit",
            "status",
            "weight",
            "note",
        )
        scale = scales.get(claim.issue or "", [])
        speaker = map_.speakers.get(claim.speaker or "")
        row: Row = {
            "map": name,
            "claim": claim_id,
            "place": n,
            "role": roles[claim_id],
            "distance": depths.get(claim_id),
            "suggested": [*claim.suggested],
            **{key: getattr(claim, key) for key in plain},
            "step": scale.index(claim.position) if claim.position in scale else None,
            "speaker": speaker.name if speaker else claim.speaker,
            "condition": claim.condition.exact if claim.condition else None,
        }
        yield "claims", row
        for quote, span in zip(claim.quotes, spans[claim_id], strict=True):
            found = map_.source_of(quote)
            searched = found is not None and found[1].text is not None
            words: Row = {
                "map": name,
                "claim": claim_id,
                "source": found[0] if found else quote.source,
                "exact": quote.exact,
            }
            words |= {"start": span.start if span else None, "end": span.end if span else None}
            yield "quotes", {**words, "status": "checked" if span else "failed" if searched else "unchecked"}
