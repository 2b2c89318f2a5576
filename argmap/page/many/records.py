"""Records of the pages, for the index, and the file that keeps them from one run to the next.

A record is a line of JSON. It names all files that the page was made from, with their hashes: as long as they are the same,
so is the page. The words of the claims are in the line too and stay in the file until the search index is built, so that
memory grows with the number of texts and not with their length.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from argmap.findings import ArgmapError
from argmap.version import __version__

JOURNAL = ".argmap-report.jsonl"
LAYOUT = 1
"""Number of the layout of records and pages; another number makes all pages anew."""


@dataclass(frozen=True, slots=True)
class Question:
    """An issue as one map has it."""

    key: str
    words: str
    scale: Mapping[str, str]
    """Label of each position, in the order of the scale."""

    @property
    def identity(self) -> tuple[str, str, tuple[str, ...]]:
        """The same for the same issue in other maps; another codebook may use its key for another question."""
        return self.key, self.words, tuple(self.scale)


@dataclass(frozen=True, slots=True)
class Text:
    """A text with a page of its own."""

    path: str
    """In the folder of the report; names the text."""
    page: str
    """Address of its page in the report."""
    files: Mapping[str, str]
    """SHA-256 of each file that the page was made from, by path."""
    made: str
    """Hash of all else that the page depends on."""
    id: str
    title: str | None
    author: str | None
    date: str | None
    theses: tuple[tuple[str, str], ...]
    """The statement of each, and its condition."""
    claims: int
    relations: int
    accounted: float | None
    """Share of sentences that are quoted or set aside, in [0, 1]; `None` without a text."""
    failed: int
    """Quotes that are not in the text."""
    book: str | None
    """Title of the codebook."""
    questions: tuple[Question, ...] = ()
    stands: Mapping[str, Mapping[str, tuple[tuple[str, str, str], ...]]] = field(default_factory=dict)
    """By issue and mode: each position that the text takes, with the claim that counts and the condition of that."""
    others: Mapping[str, str] = field(default_factory=dict)
    """By issue, the first of its claims, where none takes a position."""
    findings: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[bool, str, str]:
        """By date, texts without a date last."""
        return self.date is None, self.date or "", self.path

    @property
    def name(self) -> str:
        """Its title, else its id."""
        return self.title or self.id


@dataclass(frozen=True, slots=True)
class Pair:
    """A comparison with a page of its own."""

    path: str
    page: str
    files: Mapping[str, str]
    made: str
    ends: tuple[str | None, str | None]
    """Paths of the two maps in the folder; `None` for a map elsewhere."""
    names: tuple[str, str]
    dates: tuple[str | None, str | None]
    tally: tuple[tuple[str, int], ...]
    """Change words with their numbers."""


@dataclass(frozen=True, slots=True)
class Left:
    """A file without a page, and why."""

    path: str
    reason: str
    unread: bool
    """True for a map that could not be read, False for what is not a map."""


Record = Text | Pair
Said = list[Any]
"""A claim for the search: id, statement, quotes (each with its status, unless it was found), speaker, use, condition, whether that is apart."""


def hashes(paths: set[Path]) -> dict[str, str]:
    """Hash files; of one that cannot be read, the hash is empty."""
    return {str(path): _hash(path) for path in sorted(paths)}


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def made(*parts: str) -> str:
    """Hash what a page depends on besides its files: this version, and the pages that it links to."""
    return hashlib.sha256("\0".join([__version__, str(LAYOUT), *parts]).encode("utf-8", "replace")).hexdigest()


class Journal:
    """The records of a report in its folder, with the words of the claims."""

    def __init__(self, out: Path) -> None:
        self.path = out / JOURNAL
        self.records: dict[str, Record] = {}
        """By the path of the map or alignment."""
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0
        self._is_cut = False
        try:
            with self.path.open("rb") as file:
                for line in file:
                    self._keep(line)
        except OSError:
            return

    def _keep(self, line: bytes) -> None:
        place = self._end, len(line)
        self._end += len(line)
        self._is_cut = not line.endswith(b"\n")
        try:
            said = json.loads(line)
            record = _record(said) if line.endswith(b"\n") else None
        except (ValueError, KeyError, TypeError):
            return  # cut off, or of another version
        if record is not None:
            self.records[record.path] = record
            self._places[record.path] = place

    def add(self, record: Record, claims: list[Said]) -> None:
        """Write a record with the claims of its text, as the search shows them."""
        said = {"kind": type(record).__name__, **asdict(record), "said": claims}
        line = json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
        try:
            with self.path.open("ab") as file:
                if self._is_cut:
                    self._end += file.write(b"\n")
                    self._is_cut = False
                file.write(line)
        except OSError as error:
            raise _unwritten(self.path, error) from None
        self.records[record.path] = record
        self._places[record.path] = self._end, len(line)
        self._end += len(line)

    def keep(self, paths: set[str]) -> list[Record]:
        """Forget all records but some, and return those that are forgotten; write the file anew where half of it is old."""
        gone = [record for path, record in self.records.items() if path not in paths]
        for record in gone:
            del self.records[record.path], self._places[record.path]
        if 2 * sum(size for _, size in self._places.values()) < self._end:
            self._compact()
        return gone

    def _compact(self) -> None:
        new = self.path.with_name(f"{JOURNAL}.new")
        places = dict[str, tuple[int, int]]()
        try:
            with new.open("wb") as file:
                for path in self.records:
                    line = self._line(path)
                    places[path] = file.tell(), len(line)
                    file.write(line)
            new.replace(self.path)
        except OSError as error:
            new.unlink(missing_ok=True)
            raise _unwritten(self.path, error) from None
        self._places, self._end = places, self.path.stat().st_size

    def texts(self) -> list[Text]:
        """All texts, by date."""
        return sorted((each for each in self.records.values() if isinstance(each, Text)), key=lambda text: text.order)

    def pairs(self) -> list[Pair]:
        """All comparisons, by the dates of their texts."""
        found = (each for each in self.records.values() if isinstance(each, Pair))
        return sorted(found, key=lambda pair: (*(date or "" for date in pair.dates), pair.path))

    def claims(self, texts: list[Text]) -> Iterator[list[Said]]:
        """Yield the claims of each text."""
        for text in texts:
            yield json.loads(self._line(text.path))["said"]

    def _line(self, path: str) -> bytes:
        start, size = self._places[path]
        with self.path.open("rb") as file:
            file.seek(start)
            return file.read(size)


def _unwritten(path: Path, error: OSError) -> ArgmapError:
    return ArgmapError(f"{path}: {(error.strerror or str(error)).lower()}; run it again to go on")


def _record(said: dict[str, Any]) -> Record:
    said = {key: _fixed(value) for key, value in said.items() if key != "said"}
    kind = said.pop("kind")
    if kind == "Pair":
        return Pair(**said)
    questions = tuple(Question(**each) for each in said.pop("questions"))
    return Text(**said, questions=questions)


def _fixed(value: Any) -> Any:
    """Turn lists into tuples, at any depth."""
    if isinstance(value, list):
        return tuple(map(_fixed, value))
    return {key: _fixed(item) for key, item in value.items()} if isinstance(value, dict) else value
