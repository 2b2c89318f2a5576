"""Find out in which units a file counts the places of its text.

Offsets are meant to count characters, and often count something else: UTF-16 units (tools in JavaScript and Java), bytes,
a byte order mark, or line ends of another system. A count is taken for the file's if every place has the words that the
file gives for it:

    "😂 No tax."    characters 2–8    UTF-16 units 3–9    bytes of UTF-8 5–11    all are "No tax"
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

Places = Sequence[tuple[int, int]]
BOM = "\ufeff"
_WIDTHS: dict[str, Callable[[str], int]] = {
    "characters": lambda _: 1,
    "UTF-16 units": lambda character: 1 + (character > "\uffff"),
    "bytes of UTF-8": lambda character: len(character.encode("utf-8", "surrogatepass")),
}
_MARKS = {True: " without the byte order mark", False: " and a byte order mark"}
MOST_COUNTED = 5_000_000
"""Length of the longest text that is counted in other units."""
_LINE_ENDS = "Save the text with the line ends that it was annotated with; in git, set `*.txt -text`."


@dataclass(frozen=True, slots=True)
class Count:
    """A way to count the places of a text."""

    text: str
    unit: str = "characters"
    line_end: str = ""
    """The line end as it is counted, if not as it stands in the text."""
    _starts: tuple[int, ...] = ()
    """The offset of each character and of the end; empty if offsets are those of the text."""

    @property
    def findings(self) -> Iterator[tuple[str, str, str | None]]:
        """Yield the rule, message and hint of each thing that is counted unlike the text."""
        if self.line_end:
            counted = f"the annotations count the end of a line as {self.line_end}"
            yield "changed-source", f"{counted}, unlike the text: read as they count.", _LINE_ENDS
        if self.unit != "characters":
            counted = f"the annotations count {self.unit}, not the characters of the text"
            yield "odd-offset", f"{counted}: read as they count.", None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return a place in characters; (-1, -1) if it begins or ends inside one, or outside the text."""
        if not self._starts:
            return start, end
        found = [bisect_left(self._starts, offset) for offset in (start, end)]
        fits = [
            n < len(self._starts) and self._starts[n] == offset for n, offset in zip(found, (start, end), strict=True)
        ]
        return (found[0], found[1]) if all(fits) else (-1, -1)

    def start(self, offset: object) -> int | None:
        """Return where a place begins, in characters; None for an offset that is no number."""
        return self.place(offset, offset)[0] if type(offset) is int else None

    def has(self, places: Places, words: str) -> bool:
        """Return whether the text has some words at these places, apart from spaces."""
        # A place far longer than its words need not be compared.
        if sum(end - start for start, end in places) > 8 * len(words) + 1000:
            return False
        pieces = [self.text[max(start, 0) : max(end, 0)] for start, end in (self.place(*each) for each in places)]
        return "".join("".join(pieces).split()) == "".join(words.split())


def settled(text: str, given: Sequence[tuple[Places, str]]) -> Count:
    """Return the way in which a file counts the places of a text, from the places that it gives, each with its words.

    It counts characters, unless another way fits every place; the `findings` say so.
    """
    plain = Count(text)
    worded = [each for each in given if each[1].strip()]
    fitting = sum(plain.has(*each) for each in worded)
    if fitting == len(worded):
        return plain
    best, most = plain, fitting
    for count in _counts(text):
        fits = sum(count.has(*each) for each in worded)
        # Other line ends are so common that they are taken for what they are even if some words were edited.
        if fits > most and (fits == len(worded) or count.unit == plain.unit):
            best, most = count, fits
    return best


def _counts(text: str) -> Iterator[Count]:
    """Yield the other ways to count, those that change least first."""
    if len(text) > MOST_COUNTED:
        return
    has_mark, line_ends = text.startswith(BOM), dict[str, dict[str, int]]({"": {}})
    if "\r\n" in text:
        line_ends["one character"] = {"\r": 0}
    elif "\n" in text:
        line_ends["two characters"] = {"\n": 2}
    for lines, other in line_ends.items():
        for mark in ("", _MARKS[has_mark]):
            for unit, width in _WIDTHS.items():
                if not (lines or mark) and unit == "characters":
                    continue
                widths = [other[character] if character in other else width(character) for character in text]
                if unit == "characters" or sum(map(width, text)) != len(text):
                    shift = 0 if not mark else -width(BOM) if has_mark else width(BOM)
                    yield Count(text, unit + mark, lines, tuple(accumulate(widths, initial=shift)))
