"""Paragraphs → document: what titles, indentation and order mean.

A statement is wherever its title is; one without a title is a new one each time, numbered as Argdown
numbers them. A relation line relates to the line it is indented under, an undercut of a conclusion to its
inference, and a premise–conclusion structure belongs to the argument in the paragraph before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lark import Token

from argmap.formats.argdown import metadata
from argmap.formats.argdown.document import Document, End, Inferred, Line, Member, Node, Relation, RelationKind, Section
from argmap.formats.argdown.inline import worded
from argmap.formats.argdown.syntax import Block, Heading, Inference, Listed, Reconstruction, Said, Syntax, Tie

# For each relation sign its kind, and whether the line above is the source.
_TIES: dict[str, tuple[RelationKind, bool]] = {
    "SUPPORTED_BY": ("support", False),
    "ATTACKED_BY": ("attack", False),
    "UNDERCUT_BY": ("undercut", False),
    "SUPPORTS": ("support", True),
    "ATTACKS": ("attack", True),
    "UNDERCUTS": ("undercut", True),
    "CONTRADICTS": ("contradictory", True),
}


def interpret(blocks: Iterable[Block | Token | Syntax]) -> tuple[Document, list[Syntax]]:
    """Make the document of some paragraphs; return it, and the faults in them."""
    interpreter = _Interpreter()
    for block in blocks:
        try:
            interpreter.block(block)
        except Syntax as fault:
            interpreter.faults.append(fault)
    interpreter.document.settle()
    return interpreter.document, interpreter.faults


def _merge(old: dict[str, Any], new: dict[str, Any]) -> None:
    """Add to the data of a title what another place says; the later word counts."""
    todo = [(old, new)]
    while todo:
        into, other = todo.pop()
        for key, value in other.items():
            if isinstance(value, dict) and isinstance(into.get(key), dict):
                todo.append((into[key], value))
            else:
                into[key] = value


class _Interpreter:
    """One document in the making."""

    def __init__(self) -> None:
        self.document = Document()
        self.faults: list[Syntax] = []
        self.section: int | None = None
        self.untitled = 0
        self.argument_before: Node | None = None
        """The argument in the paragraph before; a premise–conclusion structure belongs to it."""
        self.tags_in_text = True

    def block(self, block: Block | Token | Syntax) -> None:
        before, self.argument_before = self.argument_before, None
        match block:
            case Token():
                self._front_matter(block)
            case Syntax():
                self.faults.append(block)
            case Heading():
                self._heading(block)
            case Listed():
                for item in block.items:
                    self._said(item)
            case Reconstruction():
                self._reconstruction(block, before)
            case Said():
                node = self._said(block)
                self.argument_before = node if block.argument else None

    def _front_matter(self, token: Token) -> None:
        at = token.start_pos or 0
        inner = token.strip("=")
        value = metadata.load(inner, at + (len(token) - len(token.lstrip("="))))
        if value is not None and not isinstance(value, dict):
            raise Syntax("front matter has keys with values.", at, "Write `key: value`, each on its own line.")
        self.document.front_matter = value or {}
        model = self.document.front_matter.get("model")
        if isinstance(model, dict):
            self.document.strict = model.get("mode") == "strict"
            self.tags_in_text = model.get("removeTagsFromText") is not True

    def _heading(self, heading: Heading) -> None:
        data = self._data(heading.data)
        self.document.sections.append(Section(worded(heading.content), heading.level, data))
        self.section = len(self.document.sections)

    def _data(self, token: Token | None) -> dict[str, Any]:
        return metadata.data(str(token), token.start_pos or 0) if token is not None else {}

    def _title(self, said: Said) -> str:
        if said.title is None:
            self.untitled += 1
            said.title = f"Untitled {self.untitled}"
        return said.title

    def _said(self, said: Said, above: tuple[Tie, End] | None = None, inference: End | None = None) -> Node:
        """Take up a statement or argument and those below it; `inference` is that of a conclusion."""
        todo: list[tuple[Said, tuple[Tie, End] | None, bool]] = [(said, above, False)]
        while todo:
            here, tie, done = todo.pop()
            end = End("argument" if here.argument else "statement", self._title(here))
            node = self.document.node(here.argument, end.title)
            if not done:
                node.order = node.order or (here.at, 0)
                todo.append((here, tie, True))
                for below in reversed(here.ties):
                    undercut = below.type == "UNDERCUT_BY" and here is said and inference is not None
                    todo.append((below.said, (below, inference if undercut and inference else end), False))
                continue
            self._member(here, node)
            if tie is not None:
                self._relate(tie[0], tie[1], end)
        return node

    def _member(self, said: Said, node: Node) -> None:
        wording = worded(said.content, tags_in_text=self.tags_in_text)
        data = self._data(said.data)
        node.members.append(Member(wording, said.reference, data, self.section))
        node.tags += [tag for tag in wording.tags if tag not in node.tags]
        _merge(node.data, data)
        if data.get("isInGroup") is True or (not said.reference and node.section is None):
            node.section = self.section

    def _relate(self, tie: Tie, above: End, below: End) -> None:
        kind, outgoing = _TIES[tie.type]
        source, target = (above, below) if outgoing else (below, above)
        self.document.relations.append(Relation(kind, source, target, tie.at))

    def _reconstruction(self, block: Reconstruction, argument: Node | None) -> None:
        if argument is None:
            self.untitled += 1
            argument = self.document.node(True, f"Untitled {self.untitled}")
            argument.order = (block.at, 0)
        elif argument.lines:
            hint = "Give one of them another title."
            message = f"<{argument.title}> is taken apart twice; an argument has one such structure."
            raise Syntax(message, block.at, hint)
        inference: Inferred | None = None
        within: End | None = None
        for line in block.lines:
            if isinstance(line, Inference):
                inference = Inferred(line.rules, self._data(line.data), line.at)
                within = End("inference", argument.title, len(argument.lines))
                for tie in line.ties:
                    self._said(tie.said, (tie, within))
            else:
                node = self._said(line, None, within)
                argument.lines.append(Line(node.title, inference, node.members[-1].data, self.section))
                inference = None
