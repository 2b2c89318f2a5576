"""The parts of a parsed Argdown text: paragraphs with their lines, before titles are resolved.

    [A]: a claim            Said("A", content)
      - <B>                   └ Tie("ATTACKED_BY", Said("B", argument=True, reference=True))

Nesting is data here, never recursion: a text may nest as deeply as it is long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lark import Token

NAME = "argdown"
"""Key under `extra` for what Argdown says and a map has no field for."""
OWN = "argmap"
"""Key in Argdown's metadata for what a map says and Argdown has no sign for."""
UNTITLED = re.compile(r"Untitled \d+")
"""Titles that Argdown gives to statements and arguments without one."""
LINE_END = "\n\r\u2028\u2029"
SPACE = "\t\n\x0b\x0c\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""Argdown's blanks, as the inside of a character class."""
BLANKS = re.compile("[ \t\r\n\x0b\x0c]+")

# The signs that Argdown knows by name, written `.name.` or `:name:`: logic first, then what people add to a debate.
_TABLE = """
A ∀ E ∃ O 𝗢 P 𝗣 -> → <-> ↔ ~ ¬ ^ ∧ v ∨ v_ ⊻ <> ◇ [] ◻
happy 😀 smile ☺ smiley ☺ laugh 😆 lol 😆 rofl 🤣 joy 😂 heart ❤ ? ❓ question ❓ love 😍 wink 😉 shush 🤫 meh 😐 eye-roll 🙄
sad 😢 disappointed 😞 scream 😱 +1 👍 up 👍 -1 👎 down 👎 think 🤔 star ⭐ y ✔ agree ✔ n ❌ disagree ❌
"""
_WORDS = _TABLE.split()

SHORTCODES = {
    f"{quote}{name}{quote}": sign for name, sign in zip(_WORDS[::2], _WORDS[1::2], strict=True) for quote in ".:"
}
"""Each written form and its sign."""
SHORTCODES[":smile:"] += "\ufe0f"


class Syntax(Exception):  # noqa: N818 - a place where the text is not Argdown; it becomes a finding
    """A place where a text is not Argdown: the problem, its offset, and the way out."""

    def __init__(self, message: str, at: int, hint: str | None = None) -> None:
        super().__init__(message)
        self.message, self.at, self.hint = message, at, hint


@dataclass(slots=True)
class Said:
    """A statement or argument where it stands: defined, or referred to by its title."""

    at: int
    title: str | None = None
    argument: bool = False
    reference: bool = False
    content: list[Token] = field(default_factory=list)
    """Its words and the marks in them; for a reference only its tags."""
    data: Token | None = None
    ties: list[Tie] = field(default_factory=list)


@dataclass(slots=True)
class Tie:
    """A relation line below a statement, an argument or an inference; `type` is the type of its token."""

    type: str
    said: Said
    at: int


@dataclass(slots=True)
class Inference:
    """The dashes between premises and conclusion."""

    at: int
    rules: list[str] = field(default_factory=list)
    data: Token | None = None
    ties: list[Tie] = field(default_factory=list)


@dataclass(slots=True)
class Reconstruction:
    """A premise–conclusion structure: numbered statements, an inference before each conclusion."""

    lines: list[Said | Inference]
    at: int


@dataclass(slots=True)
class Listed:
    """An ordered or unordered list."""

    items: list[Said]


@dataclass(slots=True)
class Heading:
    """A heading; what follows stands in its section."""

    at: int
    level: int
    content: list[Token]
    data: Token | None = None


Block = Said | Reconstruction | Listed | Heading


def sketch_id(argument: str, kind: str, target: str) -> str:
    """Name what an argument told in a sentence does to a target, so that it can be undercut."""
    return f"{argument}.{target}" if kind == "support" else f"{argument}.{kind}.{target}"
