"""An Argdown document as Argdown itself understands it: statements and arguments by title, and the relations between them.

    [A]: one wording        statements["A"]: two members, the last of which is its text
    [A]: another            arguments["B"]:  described by members, taken apart into lines (premises, inferences, conclusions)
      - <B>: because        relations:       attack from argument B to statement A

Text and JSON both become a document; `to_map` makes a map of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from argmap.formats.argdown.inline import Wording

RelationKind = Literal["support", "attack", "entails", "contrary", "contradictory", "undercut"]
RELATION_KINDS: tuple[RelationKind, ...] = ("support", "attack", "entails", "contrary", "contradictory", "undercut")
SYMMETRIC: frozenset[str] = frozenset({"contrary", "contradictory"})
_STRICT: dict[RelationKind, RelationKind] = {"support": "entails", "attack": "contrary"}


class End(NamedTuple):
    """An end of a relation: a statement, an argument, or the inference in an argument's n-th line."""

    kind: Literal["statement", "argument", "inference"]
    title: str
    line: int = -1


@dataclass(slots=True)
class Member:
    """One place where a statement or argument stands: a wording of it, or a mere reference."""

    wording: Wording
    reference: bool = False
    data: dict[str, Any] = field(default_factory=dict)
    section: int | None = None


@dataclass(slots=True)
class Node:
    """A statement (Argdown: an equivalence class) or an argument."""

    title: str
    argument: bool = False
    members: list[Member] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    section: int | None = None
    """Number of its section, from 1."""
    lines: list[Line] = field(default_factory=list)
    """The premises and conclusions of an argument that is taken apart."""
    order: tuple[int, int] | None = None
    """Its first place: its offset in the text; in an export its line and column."""

    @property
    def wordings(self) -> list[Wording]:
        """Its wordings; the one to show last: the one that the author marked so, else the last."""
        shown = [m for m in self.members if not m.reference]
        marked = [n for n, m in enumerate(shown) if m.data.get("isCanonical")]
        if marked:
            shown.append(shown.pop(marked[-1]))
        return [m.wording for m in shown]


@dataclass(slots=True)
class Inferred:
    """The inference of a conclusion: its rules, its data, and its offset in the text."""

    rules: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    at: int | None = None


@dataclass(slots=True)
class Line:
    """A numbered line: a premise, or a conclusion with its inference; `data` is that of the statement in this line."""

    statement: str
    inference: Inferred | None = None
    data: dict[str, Any] = field(default_factory=dict)
    section: int | None = None


@dataclass(slots=True)
class Relation:
    """A relation between two ends, and its offset in the text."""

    kind: RelationKind
    source: End
    target: End
    at: int | None = None


@dataclass(slots=True)
class Section:
    """A heading."""

    wording: Wording
    level: int = 1
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Document:
    """A whole document."""

    statements: dict[str, Node] = field(default_factory=dict)
    arguments: dict[str, Node] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    front_matter: dict[str, Any] = field(default_factory=dict)
    strict: bool = False
    """Relations between statements are then logical: entailment, contrariety."""
    misplaced: list[Relation] = field(default_factory=list)
    """Undercuts of statements, which infer nothing: attacks, once settled."""
    circular: list[tuple[str, Relation]] = field(default_factory=list)
    """Relations of an argument to its own conclusion, with its title: its inference says it all, once settled."""

    def node(self, argument: bool, title: str) -> Node:
        """Return the statement or argument of a title; make it at first need."""
        nodes = self.arguments if argument else self.statements
        if title not in nodes:
            nodes[title] = Node(title, argument)
        return nodes[title]

    def settle(self) -> None:
        """Give each relation the ends and the kind that Argdown means, once everything is known.

        A relation of an argument that is taken apart is one of its conclusion, except to itself; what undercuts the
        argument undercuts its last inference. In strict mode relations between statements are logical. An attack on an
        argument that is also one on a premise of it counts once. A statement that is only referred to stands in the
        section where it is first, and an argument where it is taken apart.
        """
        for node in (*self.statements.values(), *self.arguments.values()):
            if node.section is None and node.members:
                node.section = node.members[0].section
            if node.lines:
                node.section = node.lines[0].section
        settled: dict[tuple[str, End, End], Relation] = {}
        for relation in self.relations:
            said, target = relation.source, relation.target
            relation.source = self._conclusion(said)
            if relation.source != said and relation.source == target:
                self.circular.append((said.title, relation))
                continue
            if relation.kind == "undercut" and target.kind == "argument" and self.arguments[target.title].lines:
                relation.target = End("inference", target.title, len(self.arguments[target.title].lines) - 1)
            if relation.kind == "undercut" and target.kind == "statement":
                relation.kind = "attack"
                self.misplaced.append(relation)
            if self.strict and relation.source.kind == relation.target.kind == "statement":
                relation.kind = _STRICT.get(relation.kind, relation.kind)
            mirrored = (relation.kind, relation.target, relation.source)
            if relation.kind not in SYMMETRIC or mirrored not in settled:
                settled.setdefault((relation.kind, relation.source, relation.target), relation)
        self.relations = self._once(list(settled.values()))

    def _conclusion(self, end: End) -> End:
        lines = self.arguments[end.title].lines if end.kind == "argument" else []
        return End("statement", lines[-1].statement) if lines else end

    def _once(self, relations: list[Relation]) -> list[Relation]:
        against: dict[str, set[str]] = {}
        for r in relations:
            if r.source.kind == r.target.kind == "statement" and (r.kind == "attack" or r.kind in SYMMETRIC):
                against.setdefault(r.source.title, set()).add(r.target.title)
                if r.kind in SYMMETRIC:
                    against.setdefault(r.target.title, set()).add(r.source.title)
        premises = {
            title: {line.statement for line in argument.lines if line.inference is None}
            for title, argument in self.arguments.items()
        }

        def is_on_premise(r: Relation) -> bool:
            attack = (r.kind, r.source.kind, r.target.kind) == ("attack", "statement", "argument")
            return attack and not against.get(r.source.title, set()).isdisjoint(premises[r.target.title])

        return [r for r in relations if not is_on_premise(r)]
