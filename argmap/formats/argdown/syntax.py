"""What an Argdown text is made of, as parsed: paragraphs with their lines, before anyone asks what titles mean.

    [A]: a claim            Said("A", content)
      - <B>                   └ Tie("ATTACKED_BY", Said("B", argument=True, reference=True))

Nesting is data here, never recursion: a text may nest as deeply as it is long.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lark import Token

LINE_END = "\n\r\u2028\u2029"
SPACE = "\t\n\x0b\x0c\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What Argdown takes for a blank, as the inside of a character class."""


class Syntax(Exception):  # noqa: N818 - a place where the language is left, which becomes a finding
    """Where a text is not Argdown: what is wrong, at which offset, and the way out."""

    def __init__(self, message: str, at: int, hint: str | None = None) -> None:
        super().__init__(message)
        self.message, self.at, self.hint = message, at, hint


@dataclass(slots=True)
class Said:
    """A statement or an argument where it stands: defined, or referred to by its title."""

    at: int
    title: str | None = None
    argument: bool = False
    reference: bool = False
    content: list[Token] = field(default_factory=list)
    """Its words with the marks in them; for a reference only its tags."""
    data: Token | None = None
    ties: list[Tie] = field(default_factory=list)


@dataclass(slots=True)
class Tie:
    """A relation line below a statement, an argument or an inference; `type` is its token's."""

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
