"""Argdown text → tokens, each with its offset.

Argdown is a line language with inline marks, and its lexer knows more than a regular one can: a `-` is an attack
only where a line begins, its indentation says what it attacks, and `_` ends italics only where some began:

    [A]: a claim _put_ so.          STATEMENT_DEFINITION TEXT ITALIC_START TEXT ITALIC_END TEXT NEWLINE
      - [B]                         INDENT ATTACKED_BY STATEMENT_REFERENCE DEDENT

If several tokens fit at one place, Argdown takes the first in its own order, and the methods below try them in that order.
What would be searched anew from each bracket is found once (`_Next`), so that time grows with the text.

Source of the rules: the behaviour of Argdown 1.7; the tests compare with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lark import Token

from argmap.formats.argdown.syntax import LINE_END, SHORTCODES, SPACE, Syntax

MAX_NESTING = 10
"""Levels of bold in italics in bold …"""

INLINE_ENDS = {"**": "BOLD_END", "__": "BOLD_END", "*": "ITALIC_END", "_": "ITALIC_END"}
INLINE_STARTS = {mark: name.replace("END", "START") for mark, name in INLINE_ENDS.items()}

_EMPTY_LINE = re.compile(r"(?:[ \t]*(?:\r\n|\n)){2,}")
_ESCAPED = re.compile(rf"\\([^{LINE_END}] *)")
_SPECIAL = re.compile(rf"(\.[^{SPACE}]+?\.|:[^{SPACE}]+?:)([ \t]?)")
_TAG = re.compile(r"#(?:\(([^)]+)\)|([a-zA-z0-9\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]+))[ \t]?")
_MARK_END = {mark: re.compile(re.escape(mark) + r"(?:[ \t]|(?=[\n\r)}_.,!?;:\-*])|\Z)") for mark in INLINE_ENDS}
_MARK_START = re.compile(rf"(\*\*|__|\*|_)(?![{SPACE}])")
_LINE_START = re.compile(
    rf"(?P<blanks>[' \t]*)(?:(?P<INFERENCE_START>--)|(?P<SUPPORTS>\+>)|(?P<ATTACKS>->)|(?P<SUPPORTED_BY><?\+)"
    rf"|(?P<ATTACKED_BY><?-)|(?P<CONTRADICTS>><)|(?P<UNDERCUTS>_>)|(?P<UNDERCUT_BY><_|_(?=[{SPACE}]))"
    rf"|(?P<STATEMENT_NUMBER>\(\d+\))|(?P<ORDERED_ITEM>\d+\.(?=[{SPACE}]))|(?P<UNORDERED_ITEM>\*(?=[{SPACE}])))",
    re.ASCII,
)
_HEADING = re.compile(r"(#+) ")
_DASHES = re.compile(r"-{2,}")
_EQUALS = re.compile(r"={3,}")
_AFTER_COMMENT_IN_GAP = re.compile(r"(?:[ \t]*\r\n|\n|\r)*")
_AFTER_COMMENT_LINE = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r)(?![ \t]*[\r\n]))?")
_DATA_STOP = re.compile(rf"}}(?=[{SPACE}][^,}}])|[\r\u2028\u2029]")
_DATA_GOES_ON = re.compile(rf"[{SPACE}]*[,}}]")
_END_OF_LINE = re.compile(f"[{LINE_END}]|\\Z")

Handler = Callable[["Lexer"], bool]


class _Next:
    """The place where something next stands. Asked with growing offsets, it looks at each character once."""

    def __init__(self, find: Callable[[int], int]) -> None:
        self._find, self._since, self._found = find, 0, -2

    def __call__(self, offset: int) -> int:
        if offset < self._since or (self._found < offset and self._found != -1):
            self._since, self._found = offset, self._find(offset)
        return self._found


def tokens(text: str, comments: list[int] | None = None) -> Iterator[Token]:
    """Yield the tokens of a text with line feeds, without comments, whose offsets `comments` takes up; may raise `Syntax`."""
    return Lexer(text, [] if comments is None else comments).run()


class Lexer:
    """One pass over a text."""

    def __init__(self, text: str, comments: list[int]) -> None:
        self.text = text
        self.comments = comments
        self.at = 0
        self.out: list[Token] = []
        self.last: str | None = None
        """Type of the last token, for tokens that may only follow some others."""
        self.indents = [0]
        self.marks: list[str] = []
        self.in_inference = False
        self.words: list[str] = []
        self.words_at = 0
        self.data_end: tuple[int, int] = (-1, -1)
        ends = ("]:", ">:", "]", ">", ")", "-->", "*/", "===")
        self.next = {end: _Next(lambda offset, end=end: text.find(end, offset)) for end in ends}  # type: ignore[misc]
        self.next["address"] = _Next(lambda offset: text.find(")", offset))
        self.next["line"] = _Next(lambda offset: m.start() if (m := _END_OF_LINE.search(text, offset)) else -1)

    def run(self) -> Iterator[Token]:
        """Yield the tokens, one paragraph's at a time."""
        text, size = self.text, len(self.text)
        while self.at < size:
            handlers = _IN_INFERENCE if self.in_inference else _IN_TEXT
            for handler in handlers.get(text[self.at], handlers[""]):
                if handler(self):
                    break
            if self.last == "EMPTY_LINE" and len(self.out) > 1:
                yield from self.out[:-1]
                del self.out[:-1]
        self._flush()
        if self.out and self.last == "EMPTY_LINE":
            self.out.pop()
        self._dedent_all()
        yield from self.out

    def _flush(self) -> None:
        if self.words:
            self.out.append(Token("TEXT", "".join(self.words), self.words_at))
            self.words = []

    def add(self, type_: str, value: str, end: int, at: int | None = None) -> bool:
        """Add a token; go on at `end`."""
        self._flush()
        self.out.append(Token(type_, value, self.at if at is None else at))
        self.last, self.at = type_, end
        return True

    def say(self, words: str, end: int) -> bool:
        """Add words; go on at `end`."""
        if not self.words:
            self.words_at = self.at
        self.words.append(words)
        self.last, self.at = "TEXT", end
        return True

    def skip(self, end: int) -> bool:
        """Go on at `end`."""
        self.at = end
        return True

    def _indent(self, width: int) -> None:
        self._flush()
        if width > self.indents[-1]:
            self.indents.append(width)
            self.out.append(Token("INDENT", "", self.at))
        while len(self.indents) > 1 and width < self.indents[-1]:
            self.indents.pop()
            self.out.append(Token("DEDENT", "", self.at))

    def _dedent_all(self) -> None:
        self._flush()
        self.out += [Token("DEDENT", "", self.at) for _ in self.indents[1:]]
        del self.indents[1:]

    def comment(self) -> bool:
        """`// …`, `/* … */`, `<!-- … -->`; on a line of its own it takes the line break along."""
        text, at = self.text, self.at
        if text.startswith("<!--", at):
            end = found + 3 if (found := self.next["-->"](at + 4)) >= 0 else 0
        elif text.startswith("/*", at):
            end = found + 2 if (found := self.next["*/"](at + 2)) >= 0 else 0
        else:
            end = self.next["line"](at + 2) if text.startswith("//", at) else 0
            if text[end : end + 1] not in ("\n", "\r"):
                return False
        if end < at + 2:
            return False
        self.comments.append(at)
        if self.last == "EMPTY_LINE":
            end = _AFTER_COMMENT_IN_GAP.match(text, end).end()  # type: ignore[union-attr]
        elif self.last == "NEWLINE":
            end = _AFTER_COMMENT_LINE.match(text, end).end()  # type: ignore[union-attr]
        return self.skip(end)

    def front_matter(self) -> bool:
        """`=== … ===`."""
        opening = _EQUALS.match(self.text, self.at)
        if opening is None:
            return False
        closing = self.next["==="](opening.end())
        # Six signs or more in a row open and close.
        end = opening.end() if closing < 0 else _EQUALS.match(self.text, closing).end()  # type: ignore[union-attr]
        if closing < 0 and len(opening[0]) < 6:
            return False
        return self.add("FRONT_MATTER", self.text[self.at : end], end)

    def data(self) -> bool:
        """`{…}`, YAML. It ends at a `}` that neither `,` nor another `}` follows."""
        text, at = self.text, self.at
        stop, end = self.data_end
        if stop <= at:
            found = _DATA_STOP.search(text, at + 1)
            stop = found.start() if found else len(text)
            end = stop if found and text[stop] == "}" else text.rfind("}", at, stop)
            while end > at and _DATA_GOES_ON.match(text, end + 1):
                end = text.rfind("}", at, end)
            self.data_end = (stop, end)
        return end > at and self.add("DATA", text[at : end + 1], end + 1)

    def escaped(self) -> bool:
        """A backslash and what it makes plain, with the blanks after it."""
        found = _ESCAPED.match(self.text, self.at)
        if found is None:
            hint = "Double it to have one, or leave it out."
            raise Syntax("a backslash at the end of a line escapes nothing.", self.at, hint)
        return self.say(found[1], found.end())

    def special(self) -> bool:
        """`.name.` or `:name:`, a sign by its name; as it stands when no sign is called that."""
        found = _SPECIAL.match(self.text, self.at)
        if found is None:
            return False
        sign = SHORTCODES.get(found[1])
        blank = found[2] if sign is None or found[2] == " " else ""
        return self.say((sign or found[1]) + blank, found.end())

    def empty_line(self) -> bool:
        """The end of a paragraph."""
        if self.last == "EMPTY_LINE" or (found := _EMPTY_LINE.match(self.text, self.at)) is None:
            return False
        self._dedent_all()
        return self.add("EMPTY_LINE", "", found.end())

    def line_start(self) -> bool:
        """A relation, an inference, the number of a premise, a list item or a heading."""
        if self.last not in _LINE_BREAKS:
            return False
        found = _LINE_START.match(self.text, self.at)
        if found is None:
            heading = _HEADING.match(self.text, self.at)
            return heading is not None and self.add("HEADING_START", heading[1], heading.end())
        type_, end, blanks = found.lastgroup or "", found.end(), len(found["blanks"])
        sign = self.at + blanks
        if type_ == "INFERENCE_START" and self.last == "EMPTY_LINE":
            type_, end = "ATTACKED_BY", end - 1
        if type_ in ("INFERENCE_START", "STATEMENT_NUMBER"):
            self._dedent_all()
            self.in_inference = type_ == "INFERENCE_START"
        else:
            self._indent(blanks + 1 if type_.endswith("ITEM") else blanks)
        return self.add(type_, self.text[sign:end], end, sign)

    def mark(self) -> bool:
        """The beginning or the end of bold or italics."""
        found = _MARK_END[self.marks[-1]].match(self.text, self.at) if self.marks else None
        if found is not None:
            return self.add(INLINE_ENDS[self.marks.pop()], " " if found[0].endswith(" ") else "", found.end())
        found = _MARK_START.match(self.text, self.at)
        if found is None:
            return False
        if len(self.marks) >= MAX_NESTING:
            hint = "Escape marks that are none: `\\_`, `\\*`."
            raise Syntax("bold and italics are nested too deeply.", self.at, hint)
        self.marks.append(found[1])
        return self.add(INLINE_STARTS[found[1]], found[1], found.end())

    def tag(self) -> bool:
        """`#tag` or `#(several words)`."""
        if self.text.startswith("(", self.at + 1) and self.next[")"](self.at + 2) < 0:
            return False
        found = _TAG.match(self.text, self.at)
        return found is not None and self.add("TAG", found[0], found.end())

    def link(self) -> bool:
        """`[words](address)`."""
        text = self.text
        words = self.next["]"](self.at + 1)
        if words <= self.at + 1 or not text.startswith("(", words + 1):
            return False
        end = self.next["address"](words + 2) + 1
        return end > words + 3 and self.add("LINK", text[self.at : self._blank(end)], self._blank(end))

    def title(self) -> bool:
        """`[title]:`, `[title]`, `<title>:` or `<title>`."""
        at = self.at
        type_, closing = ("STATEMENT", "]") if self.text[at] == "[" else ("ARGUMENT", ">")
        line_end = self.next["line"](at + 1)
        end = self.next[f"{closing}:"](at + 2)
        if at + 2 <= end < line_end:
            return self.add(f"{type_}_DEFINITION", self.text[at + 1 : end], end + 2)
        end = self.next[closing](at + 2)
        if at + 2 <= end < line_end and self.text[at + 1] != "-":
            return self.add(f"{type_}_REFERENCE", self.text[at + 1 : end], end + 1)
        return False

    def mention(self) -> bool:
        """`@[title]` or `@<title>`."""
        at = self.at
        next_end = {"[": self.next["]"], "<": self.next[">"]}.get(self.text[at + 1 : at + 2])
        end = next_end(at + 3) if next_end else -1
        if not at + 3 <= end < self.next["line"](at + 2):
            return False
        return self.add("MENTION", self.text[at : self._blank(end + 1)], self._blank(end + 1))

    def _blank(self, end: int) -> int:
        return end + (self.text[end : end + 1] in (" ", "\t"))

    def inference_end(self) -> bool:
        """The dashes that close it."""
        found = _DASHES.match(self.text, self.at)
        if found is None:
            return False
        self.in_inference = False
        return self.add("INFERENCE_END", "", found.end())


_LINE_BREAKS = frozenset({None, "NEWLINE", "EMPTY_LINE"})


def _on(pattern: str, act: Callable[[Lexer, re.Match[str]], bool]) -> Handler:
    """Make a handler of a pattern and what to do with a match."""
    compiled = re.compile(pattern)

    def handler(lexer: Lexer) -> bool:
        found = compiled.match(lexer.text, lexer.at)
        return found is not None and act(lexer, found)

    return handler


_L = Lexer
_WORDS = _on(r"[^\\@#*_\[\],.:;</>\-\r\n(){}]+", lambda lexer, found: lexer.say(found[0], found.end()))
_CONTROL = _on(r"[@#*_\[\],.:;</>\-(){}][ \t]?", lambda lexer, found: lexer.say(found[0], found.end()))
_BLANKS = _on(r"[ \t]+", lambda lexer, found: lexer.skip(found.end()))
_NEWLINE = _on(r"[ \t]*(?:\r\n|\n|\r)", lambda lexer, found: lexer.add("NEWLINE", "", found.end()))
_COMMA = _on(",", lambda lexer, found: lexer.add("COMMA", "", found.end()))
_SENTENCE: tuple[Handler, ...] = (_WORDS, _CONTROL)
_IN_TEXT: dict[str, tuple[Handler, ...]] = {
    "": (_L.line_start, *_SENTENCE),
    " ": (_L.empty_line, _NEWLINE, _L.line_start, _BLANKS),
    "\t": (_L.empty_line, _NEWLINE, _L.line_start, _BLANKS),
    "\r": (_L.empty_line, _NEWLINE),
    "\n": (_L.empty_line, _NEWLINE),
    "/": (_L.comment, _CONTROL),
    "<": (_L.comment, _L.line_start, _L.title, _CONTROL),
    "=": (_L.front_matter, *_SENTENCE),
    "{": (_L.data, _CONTROL),
    "\\": (_L.escaped,),
    ".": (_L.special, _CONTROL),
    ":": (_L.special, _CONTROL),
    "#": (_L.line_start, _L.tag, _CONTROL),
    "*": (_L.line_start, _L.mark, _CONTROL),
    "_": (_L.line_start, _L.mark, _CONTROL),
    "[": (_L.link, _L.title, _CONTROL),
    "@": (_L.mention, _CONTROL),
}
_IN_INFERENCE: dict[str, tuple[Handler, ...]] = {
    "": _SENTENCE,
    " ": (_NEWLINE, _BLANKS),
    "\t": (_NEWLINE, _BLANKS),
    "\r": (_NEWLINE,),
    "\n": (_NEWLINE,),
    "/": (_L.comment, _CONTROL),
    "<": (_L.comment, _CONTROL),
    "{": (_L.data, _CONTROL),
    "\\": (_L.escaped,),
    ".": (_L.special, _CONTROL),
    ":": (_L.special, _CONTROL),
    "-": (_L.inference_end, _CONTROL),
    ",": (_COMMA,),
}
