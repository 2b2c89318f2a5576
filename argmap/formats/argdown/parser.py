"""Argdown text → paragraphs, by the grammar in `grammar.lark`; a paragraph that is not Argdown becomes a `Syntax`.

    text ─ lexer ─▶ tokens ─ at each empty line ─▶ paragraphs ─ LALR(1) ─▶ Said, Reconstruction, Listed, Heading

The tree is built while parsing, from the leaves up, so that no depth of nesting needs a stack of calls.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import dropwhile
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput
from lark.lexer import Lexer as LarkLexer

from argmap.formats.argdown import lexer
from argmap.formats.argdown.syntax import Block, Heading, Inference, Listed, Reconstruction, Said, Syntax, Tie
from argmap.formats.argdown.syntax_errors import explain


def parse(text: str, comments: list[int] | None = None) -> Iterator[Block | Token | Syntax]:
    """Yield the front matter of a text as its token, then its paragraphs, or a `Syntax` for one that is not Argdown."""
    paragraphs = _paragraphs(text, comments)
    try:
        opening = _after_newlines(next(paragraphs, []))
        if opening and opening[0].type == "FRONT_MATTER":
            yield opening[0]
            opening = _after_newlines(opening[1:])
            if opening:
                at = opening[0].start_pos or 0
                yield Syntax("the front matter goes on after its end.", at, "Leave a line empty there.")
        elif opening:
            yield from _blocks(opening)
        for paragraph in paragraphs:
            yield from _blocks(paragraph)
    except Syntax as fault:
        yield fault


def _after_newlines(tokens: list[Token]) -> list[Token]:
    return list(dropwhile(lambda token: token.type == "NEWLINE", tokens))


def _paragraphs(text: str, comments: list[int] | None) -> Iterator[list[Token]]:
    paragraph: list[Token] = []
    for token in lexer.tokens(text, comments):
        if token.type != "EMPTY_LINE":
            paragraph.append(token)
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _blocks(tokens: Sequence[Token]) -> Iterator[Block | Syntax]:
    """Yield a paragraph, or each fault in it: behind a title in the middle of a text, the rest may have faults of its own."""
    places: set[int] = set()
    while True:
        block, bad = _block(tokens)
        at = block.at if isinstance(block, Syntax) else None
        if places and (at is None or at in places):  # what follows from a fault is no other fault
            return
        yield block
        if at is None or bad is None or not bad.type.endswith("REFERENCE") or len(places) == _MOST_FAULTS - 1:
            return
        places.add(at)
        tokens = [Token.new_borrow_pos("TEXT", token, token) if token is bad else token for token in tokens]
        tokens = [token for n, token in enumerate(tokens) if not (n and token.type == tokens[n - 1].type == "TEXT")]


_MOST_FAULTS = 20


def _block(tokens: Sequence[Token]) -> tuple[Block | Syntax, Token | None]:
    parser = _parser().parse_interactive()
    token = tokens[0]
    try:
        for token in tokens:
            parser.feed_token(token)
        token = Token.new_borrow_pos("$END", "", tokens[-1])
        block: Block = parser.feed_token(token)
    except UnexpectedInput:
        seen = [value for value in parser.parser_state.value_stack if isinstance(value, Token)]
        choices: set[str] = set(parser.choices())  # type: ignore[no-untyped-call]
        return explain(token, tokens, seen, choices), token
    return block, None


@cache
def _parser() -> Lark:
    return Lark.open(
        "grammar.lark",
        rel_to=__file__,
        start="block",
        parser="lalr",
        lexer=_Given,
        transformer=_Build(),
        propagate_positions=False,
    )


class _Given(LarkLexer):
    """Tokens are fed one by one; Lark asks for a lexer all the same."""

    def __init__(self, _conf: Any) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Token]:  # noqa: ARG002 - Lark's signature
        """Return nothing: tokens are fed."""
        return iter(())


class _Build(Transformer[Token, Block]):
    """Make the parts of a paragraph from the rules of the grammar."""

    def content(self, tokens: list[Token]) -> list[Token]:
        return tokens

    def relations(self, parts: list[Any]) -> list[Tie]:
        return parts[1:-1]

    undercuts = relations

    def relation(self, parts: list[Any]) -> Tie:
        sign, said = parts
        return Tie(sign.type, said, sign.start_pos)

    def item(self, parts: list[Any]) -> Said:
        said: Said = parts[1]
        return said

    def listed(self, parts: list[Any]) -> Listed:
        return Listed(parts[1:-1])

    def heading(self, parts: list[Any]) -> Heading:
        data = next((part for part in parts[2:] if part.type == "DATA"), None)
        return Heading(parts[0].start_pos, len(parts[0]), parts[1], data)

    def untitled(self, parts: list[Any]) -> Said:
        return _below(Said(parts[0][0].start_pos, content=parts[0]), parts[1:])

    def definition(self, parts: list[Any]) -> Said:
        title, content, *below = parts
        return _below(Said(title.start_pos, str(title), title.type[0] == "A", content=content), below)

    def reference(self, parts: list[Any]) -> Said:
        title, *below = parts
        return _below(Said(title.start_pos, str(title), title.type[0] == "A", reference=True), below)

    premise = item

    def reconstruction(self, lines: list[Any]) -> Reconstruction:
        return Reconstruction(lines, lines[0].at)

    def inference(self, parts: list[Any]) -> Inference:
        inference = Inference(parts[0].start_pos)
        for part in parts:
            if isinstance(part, list):
                inference.ties = part
            elif part.type == "TEXT":
                inference.rules.append(part.strip())
            elif part.type == "DATA":
                inference.data = part
        return inference


def _below(said: Said, parts: list[Any]) -> Said:
    for part in parts:
        if isinstance(part, list):
            said.ties = part
        elif part.type == "TAG":
            said.content.append(part)
        elif part.type == "DATA":
            said.data = part
    return said
