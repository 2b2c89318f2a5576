"""Read BIO columns: a word a line, its tag in the last column. Described in bio.md."""

from __future__ import annotations

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.common.format import Content, Reading
from argmap.formats.common.reader_support import Irregular, lines_of
from argmap.formats.spans import FORMATS, TAG
from argmap.formats.spans.texts import Text, reading


def read(content: Content) -> Reading:
    """Read the map of the columns; words are joined by spaces, and an empty line is a line end."""
    irregular = Irregular(content.name)
    pieces: list[str] = []
    spans: list[tuple[int, int, str | None]] = []
    at, is_open = 0, False
    for n, line in enumerate(lines_of(content), 1):
        row = line.split("\t") if "\t" in line else line.split()
        if not "".join(row).strip() or row[0].startswith("-DOCSTART-"):
            if pieces and pieces[-1] != "\n":
                pieces[-1:] = ["\n"]
            is_open = False
            continue
        tag = TAG.fullmatch(row[-1].strip())
        if tag is None or len(row) < 2:
            raise ArgmapError(
                Finding("unreadable", "error", "not BIO: no tag in the last column.", Place(content.name, n))
            )
        word, letter, label = _word(row), tag[0][0], tag[1]
        if letter == "O":
            is_open = False
        elif is_open and letter in "IE" + "L" and label == spans[-1][2]:
            spans[-1] = (spans[-1][0], at + len(word), label)
            is_open = letter == "I"
        else:
            if letter in "IEL":
                irregular.add(
                    "odd-tag",
                    f"{tag[0]} follows no span of its label: read as the start of one.",
                    line=n,
                    severity="note",
                )
            spans.append((at, at + len(word), label))
            is_open = letter in "BI"
        pieces += [word, " "]
        at += len(word) + 1
    text = Text("".join(pieces).rstrip(), 1)
    text.spans = {((start, end), label): None for start, end, label in spans}
    return reading([text], "bio", FORMATS[1].suffixes, irregular)


def _word(row: list[str]) -> str:
    """Return the word: the first column that is not a number of the line, or of a word in the sentence."""
    return row[1] if len(row) > 2 and row[0].isdigit() and not row[1].isdigit() else row[0]
