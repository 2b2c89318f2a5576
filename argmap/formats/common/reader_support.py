"""Tools of every reader: words for foreign ids, and a list of what is irregular in the file.

Ids of other formats may be numbers, URLs or titles; they may be missing, or there twice. Our ids are words, unique in a
map. `Ids` gives each foreign id one word, and readers keep the original under `extra` where it differs:

    >>> ids = Ids()
    >>> ids.word("near equals?"), ids.word("near equals!"), ids.word(7), ids.word("7")
    ('near-equals', 'near-equals-2', '7', '7-2')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from argmap.findings import ArgmapError, Finding, Place, Severity
from argmap.formats.common.format import Content
from argmap.ids import FreeNames
from argmap.model import Map

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,199}")
_LONGEST = 160
MOST_FINDINGS = 1000
"""Findings on one file; more would tell nobody anything new."""
MOST_PARTS = 1_000_000
"""Lines, elements or annotations of one file; a larger file is not a map, and would fill the memory."""


def is_id(text: object) -> bool:
    """Tell whether `text` can be an id as it stands."""
    return isinstance(text, str) and (_PLAIN.fullmatch(text) is not None or (text != "" and as_word(text) == text))


def as_word(text: str, otherwise: str = "x") -> str:
    """Change `text` so that it can be an id: letters, digits, `_`, `.`, `-`, beginning with a letter, digit or `_`.

    >>> as_word("Who’s next? (draft)"), as_word("– ")
    ('Who-s-next-draft', 'x')
    """
    if _PLAIN.fullmatch(text):
        return text
    kept = "".join(
        char if char in "_.-" or unicodedata.category(char)[0] in "LM" or unicodedata.category(char) == "Nd" else " "
        for char in text[: 2 * _LONGEST]
    )
    word = "-".join(kept.split())[:_LONGEST].strip("-.")
    while word and unicodedata.category(word[0])[0] == "M":
        word = word[1:].lstrip("-.")
    return word or otherwise


class Ids:
    """Gives each foreign id a word, always the same one, and no word to two ids."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._names = FreeNames(taken)
        self._words: dict[tuple[type, Any], str] = {}

    def word(self, original: str | float, otherwise: str = "x") -> str:
        """Return the word for a foreign id; it is made at its first use."""
        key = (type(original), original)
        if key not in self._words:
            self._words[key] = self.new(str(original), otherwise)
        return self._words[key]

    def new(self, wish: str, otherwise: str = "x") -> str:
        """Return a new word, as near to `wish` as possible."""
        return self._names.name(as_word(wish, otherwise), "-")


class Irregular:
    """Collects what is irregular in one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._findings: list[Finding] = []
        self._more = 0

    def add(
        self,
        rule: str,
        message: str,
        at: Iterable[str | int] = (),
        *,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
        severity: Severity = "warning",
    ) -> None:
        """Note one problem. `at` is its path in the document and ends in the node's id; `line` and `column` count from 1.

        The message says `left out` of what is lost (`Finding.is_loss`), and `kept` of what is not read but written back.
        """
        if len(self._findings) >= MOST_FINDINGS:
            self._more += 1
            return
        place = Place(self.file, line, column, tuple(at))
        self._findings.append(Finding(rule, severity, message, place, hint))

    def take(self, findings: Iterable[Finding]) -> None:
        """Add findings on another file, such as on the encoding of the text beside this one."""
        self._findings += findings

    def add_each(self, problems: Iterable[tuple[str, str, str | None]], at: Iterable[str | int] = ()) -> None:
        """Note problems as rule, message and hint."""
        for rule, message, hint in problems:
            self.add(rule, message, at, hint=hint)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The problems noted, and how many more there were."""
        if not self._more:
            return tuple(self._findings)
        more = Finding("more", "note", f"{self._more} more findings are left out.", Place(self.file))
        return (*self._findings, more)


def map_id(name: str, suffixes: Iterable[str] = ()) -> str:
    """Make an id for a map of a format that has none: the name of the file without the format's suffix.

    >>> map_id("corpus/node set 7.aif.json", (".json", ".aif.json"))
    'node-set-7'
    """
    if name.startswith("<"):
        return "map"
    file = Path(name).name
    ending = max((s for s in suffixes if file.lower().endswith(s)), key=len, default=Path(file).suffix)
    return as_word(file[: len(file) - len(ending)], "map")


def too_many(name: str, what: str, most: int = MOST_PARTS) -> ArgmapError:
    """Make the error for a file with more lines, elements or other parts than any map has."""
    return ArgmapError(Finding("unreadable", "error", f"more than {most:,} {what}, too many for a map.", Place(name)))


def lines_of(content: Content) -> list[str]:
    """Split a file into lines, with either line ending; raise ArgmapError if there are more than `MOST_PARTS`."""
    if content.text.count("\n") > MOST_PARTS:
        raise too_many(content.name, "lines")
    return [line.removesuffix("\r") for line in content.text.split("\n")]


def text_beside(content: Content, ending: str, irregular: Irregular, without: str) -> str | None:
    """Return the text in the `.txt` of the file's own name, from its own folder; `None`, with a finding, without one.

    `ending` is that of the annotations, and `without` says what it means that the text is missing.
    """
    beside = content.beside(ending, ".txt")
    if beside is None:
        hint = "Put the text beside its annotations, with the same name."
        irregular.add("missing-text", f"the text is not beside it: {without}.", hint=hint)
        return None
    irregular.take(beside.findings)
    return beside.text


def validated(data: dict[str, Any], name: str) -> Map:
    """Make a map of plain data with the keys of a map file; raise ArgmapError with a finding for each misfit."""
    return checked(lambda: Map.model_validate(data), name)


def checked(make: Callable[[], Map], name: str) -> Map:
    """Make a map; raise ArgmapError with a finding for each thing that does not fit the model."""
    try:
        return make()
    except ValidationError as error:
        problems = error.errors(include_url=False)[:MOST_FINDINGS]
        ways = [tuple(step for step in problem["loc"] if step != "[key]") for problem in problems]
        said = [(f"{problem['msg']}.", at) for problem, at in zip(problems, ways, strict=True)]
    except RecursionError:
        said = [("nested too deeply to be a map.", ())]
    raise ArgmapError(Finding("invalid", "error", message, Place(name, at=at)) for message, at in said)


def as_dict(value: Any) -> dict[str, Any]:
    """Return an object as it stands; an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """Return a list as it stands; an empty one in place of anything else."""
    return value if isinstance(value, list) else []


def own(extra: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the object that stands under `extra` for one format; an empty one where there is none."""
    return as_dict(extra.get(name))


def drop_empty(value: dict[str, Any]) -> dict[str, Any]:
    """Drop entries that say nothing: `None`, and an empty text, list or object; `False` and 0 stay."""
    return {key: item for key, item in value.items() if item is not None and item != "" and item != [] and item != {}}
