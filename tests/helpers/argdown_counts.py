"""What Argdown counts in a document: its statements and relations, and the nodes and edges of the map that it would draw.

The map is worked out here from what was read, by Argdown's default rules (a statement is drawn when it is tied to something
and has a title, or ties of its own): it can only come out right if nothing that matters was lost on reading.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from argmap.formats.argdown.document import SYMMETRIC, Document, End, Node, Relation
from argmap.formats.argdown.syntax import UNTITLED

GROUP_DEPTH = 2


def counts(document: Document) -> dict[str, Any]:
    """The counts, under the names that Argdown's own were taken by."""
    statements, arguments = document.statements.values(), document.arguments.values()
    nodes, edges = _map(document)
    tags = {tag for node in (*statements, *arguments) for tag in node.tags} | {
        tag for section in document.sections for tag in section.wording.tags
    }
    return {
        "equivalence_classes": len(document.statements),
        "titled": sum(UNTITLED.fullmatch(node.title) is None for node in statements),
        "statement_members": sum(len(node.members) for node in statements),
        "nonref_members": sum(not member.reference for node in statements for member in node.members),
        "arguments": len(document.arguments),
        "with_pcs": sum(bool(node.lines) for node in arguments),
        "pcs_statements": sum(len(node.lines) for node in arguments),
        "inferences": sum(line.inference is not None for node in arguments for line in node.lines),
        "relations": len(document.relations),
        "rel_types": dict(Counter(relation.kind for relation in document.relations)),
        "map_statement_nodes": sum(end.kind == "statement" for end in nodes),
        "map_argument_nodes": sum(end.kind == "argument" for end in nodes),
        "map_group_nodes": _groups(document, nodes),
        "map_edges": edges,
        "tags": len(tags),
        "sections": len(document.sections),
    }


def _roles(document: Document) -> dict[str, list[tuple[str, str]]]:
    """For each statement the arguments that it is the main conclusion or a premise of."""
    roles: dict[str, list[tuple[str, str]]] = {}
    for title, argument in document.arguments.items():
        for n, line in enumerate(argument.lines, 1):
            role = "premise" if line.inference is None else "conclusion" if n == len(argument.lines) else ""
            roles.setdefault(line.statement, []).append((role, title))
    return roles


def _map(document: Document) -> tuple[set[End], int]:
    roles = _roles(document)
    arguments = {End("argument", title) for title in document.arguments}
    everything = {End("statement", title) for title in document.statements} | arguments
    ties: dict[End, list[Relation]] = {}
    for relation in document.relations:
        for end in {relation.source, relation.target}:
            ties.setdefault(end, []).append(relation)

    def drawn_as_statement(end: End) -> bool:
        used = any(role for role, _ in roles.get(end.title, ()))
        tied = bool(ties.get(end))
        titled = UNTITLED.fullmatch(end.title) is None
        return (used or tied) and ((not used and tied) or titled)

    nodes = {end for end in everything - arguments if drawn_as_statement(end)}
    nodes |= {end for end in arguments if ties.get(end) or document.arguments[end.title].lines}

    def sources(relation: Relation, *, mirrored: bool) -> list[End]:
        if relation.source.kind == "argument" and not mirrored:
            return [relation.source]
        if relation.source in nodes:
            return [relation.source]
        return [End("argument", title) for role, title in roles.get(relation.source.title, ()) if role == "conclusion"]

    def targets(relation: Relation, *, mirrored: bool) -> list[End]:
        if relation.target.kind != "statement":
            return [] if mirrored else [End("argument", relation.target.title)]
        if relation.target in nodes:
            return [] if mirrored else [relation.target]
        return [End("argument", title) for role, title in roles.get(relation.target.title, ()) if role == "premise"]

    edges = 0
    for relation in document.relations:
        edges += len(sources(relation, mirrored=False)) * len(targets(relation, mirrored=False))
        if relation.kind in SYMMETRIC:
            back = Relation(relation.kind, relation.target, relation.source)
            edges += len(sources(back, mirrored=True)) * len(targets(back, mirrored=True))
    for statement, uses in roles.items():
        concluding = {title for role, title in uses if role == "conclusion"}
        resting = {title for role, title in uses if role == "premise"}
        # Through a statement that is drawn, or from argument to argument.
        drawn = End("statement", statement) in nodes
        edges += len(concluding) + len(resting) if drawn else len(concluding) * len(resting)
    return nodes, edges


def _groups(document: Document, nodes: set[End]) -> int:
    """How many groups the map has: sections of the lowest levels that hold nodes, and those around them."""
    least = max((section.level for section in document.sections), default=0) - GROUP_DEPTH + 1
    above: dict[int, int | None] = {}
    open_: list[tuple[int, int]] = []
    for n, section in enumerate(document.sections, 1):
        while open_ and open_[-1][1] >= section.level:
            open_.pop()
        above[n] = open_[-1][0] if open_ else None
        open_.append((n, section.level))

    def is_group(n: int) -> bool:
        section = document.sections[n - 1]
        return bool(section.data.get("isGroup", section.level >= least))

    def group_of(n: int | None) -> int | None:
        while n is not None and not is_group(n):
            n = above[n]
        return n

    def node(end: End) -> Node:
        return document.node(end.kind == "argument", end.title)

    groups = set()
    for end in nodes:
        n = group_of(node(end).section)
        while n is not None:
            groups.add(n)
            n = group_of(above[n])
    return len(groups)
