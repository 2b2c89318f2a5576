"""What every reader needs: words for foreign ids, and a place to put what is irregular.

Ids of other formats may be numbers, URLs, titles, missing, or there twice; ours are words, unique in a
map. `Ids` gives each foreign id its word, always the same one, and readers keep the original under
`extra` where it differs:

    >>> ids = Ids()
    >>> ids.word("near equals?"), ids.word("near equals!"), ids.word(7), ids.word("7")
    ('near-equals', 'near-equals-2', '7', '7-2')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from argmap.findings import ArgmapError, Finding, Place, Severity
from argmap.ids import FreeNames
from argmap.model import Map

if TYPE_CHECKING:
    from argmap.formats.common.format import Content

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,199}")
_LONGEST = 160
MOST_FINDINGS = 1000
"""More findings than that on one file tell nobody anything new."""
MOST_PARTS = 1_000_000
"""Lines, elements or annotations of one file: beyond that it is no map, and would fill the memory."""


def is_id(text: object) -> bool:
    """Whether `text` can be an id as it stands."""
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
    """Words for a format's ids, each id always the same word, no two ids one word."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._names = FreeNames(taken)
        self._words: dict[tuple[type, Any], str] = {}

    def word(self, original: str | float, otherwise: str = "x") -> str:
        """The word for a foreign id, made at its first use."""
        key = (type(original), original)
        if key not in self._words:
            self._words[key] = self.new(str(original), otherwise)
        return self._words[key]

    def new(self, wish: str, otherwise: str = "x") -> str:
        """A word as near to `wish` as can be, not given before."""
        return self._names.name(as_word(wish, otherwise), "-")


class Irregular:
    """What a reader found irregular in one file, in the order of finding."""

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
        """Note one problem. `at` leads to it inside the document, its last step being the node's id; `line`, `column` from 1.

        Of what is lost the message says `left out` (`Finding.is_loss`), of what is not in the map and yet written back `kept`.
        """
        if len(self._findings) >= MOST_FINDINGS:
            self._more += 1
            return
        place = Place(self.file, line, column, tuple(at))
        self._findings.append(Finding(rule, severity, message, place, hint))

    def take(self, findings: Iterable[Finding]) -> None:
        """Add what was found elsewhere, such as on how a file beside this one is encoded."""
        self._findings += findings

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was noted, and how many more there were."""
        if not self._more:
            return tuple(self._findings)
        more = Finding("more", "note", f"{self._more} more findings are left out.", Place(self.file))
        return (*self._findings, more)


def map_id(name: str, suffixes: Iterable[str] = ()) -> str:
    """An id for a map of a format that has none: the file's name without the format's suffix.

    >>> map_id("corpus/node set 7.aif.json", (".json", ".aif.json"))
    'node-set-7'
    """
    if name.startswith("<"):
        return "map"
    file = Path(name).name
    ending = max((s for s in suffixes if file.lower().endswith(s)), key=len, default=Path(file).suffix)
    return as_word(file[: len(file) - len(ending)], "map")


def too_many(name: str, what: str, most: int = MOST_PARTS) -> ArgmapError:
    """The error for a file of more lines, elements or whatever it is made of than a map has."""
    return ArgmapError(Finding("unreadable", "error", f"more than {most:,} {what}, too many for a map.", Place(name)))


def lines_of(content: Content) -> list[str]:
    """The lines of a file of one thing a line, whichever way they end.

    Raises
    ------
    ArgmapError
        When there are more than `MOST_PARTS`.
    """
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
    """The map of plain data in the file format's own terms (`Map.model_validate`).

    Raises
    ------
    ArgmapError
        With a finding for each thing that does not fit, placed by its way inside the data.
    """
    try:
        return Map.model_validate(data)
    except ValidationError as error:
        raise invalid(error, name) from None
    except RecursionError:
        raise ArgmapError(Finding("invalid", "error", "nested too deeply to be a map.", Place(name))) from None


def invalid(error: ValidationError, name: str) -> ArgmapError:
    """The error for a reader's user: a finding for each thing that does not fit."""
    return ArgmapError(
        Finding("invalid", "error", f"{problem['msg']}.", Place(name, at=_way(problem["loc"])))
        for problem in error.errors(include_url=False)[:MOST_FINDINGS]
    )


def _way(loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    return tuple(step for step in loc if step != "[key]")


def as_dict(value: Any) -> dict[str, Any]:
    """An object as it stands; an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """A list as it stands; an empty one in place of anything else."""
    return value if isinstance(value, list) else []


def own(extra: Mapping[str, Any], name: str) -> dict[str, Any]:
    """What stands under `extra` for one format; nothing where a person left something else there."""
    return as_dict(extra.get(name))


def drop_empty(value: dict[str, Any]) -> dict[str, Any]:
    """The entries that say something: not `None`, not an empty text, list or dict; `False` and 0 stay."""
    return {key: item for key, item in value.items() if item is not None and item != "" and item != [] and item != {}}
