"""Argdown JSON: what Argdown's own `json` export says of a document, with or without its `map`.

    {"statements": {"A": {"members": [{"text": "a claim", "ranges": […]}], "tags": […], "section": "s1"}},
     "arguments": {"B": {"members": […], "pcs": [{"title": "P"}, {"title": "A", "inference": {"inferenceRules": […]}}]}},
     "relations": [{"relationType": "support", "from": "B", "fromType": "argument", "to": "A", "toType": "equivalence-class"}],
     "sections": […], "map": {"nodes": […], "edges": […]}}

It becomes the same document as the text, and so the same map. `map` says nothing that the rest does not, and is passed over.
Read only: Argdown itself reads the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.argdown import metadata
from argmap.formats.argdown.document import (
    RELATION_KINDS,
    Document,
    End,
    Inferred,
    Line,
    Member,
    Node,
    Relation,
    RelationKind,
    Section,
)
from argmap.formats.argdown.inline import Range, Wording, tidy
from argmap.formats.common.format import Reading
from argmap.formats.common.reader_support import Irregular, as_dict, as_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.formats.common.format import Content

_RANGES = {
    "bold": "bold",
    "italic": "italic",
    "link": "link",
    "tag": "tag",
    "statement-mention": "mention",
    "argument-mention": "mention",
}
_ENDS = {"equivalence-class": "statement", "statement": "statement", "argument": "argument", "inference": "inference"}
_MAX_LEVEL = 20


def read(content: Content) -> Reading:
    """The map of an export.

    Raises
    ------
    ArgmapError
        When it is not JSON, or holds neither statements nor arguments.
    """
    from argmap.formats.argdown.to_map import to_map

    data = content.json()
    if not isinstance(data, dict) or not any(isinstance(data.get(key), dict) for key in ("statements", "arguments")):
        message = "an Argdown export holds `statements` and `arguments` by their titles."
        raise ArgmapError(Finding("invalid", "error", message, Place(content.name)))
    irregular = Irregular(content.name)
    document = document_of(data, irregular)
    if not document.statements and not document.arguments:
        irregular.add("empty", "says nothing.")
    return Reading(to_map(document, content.name, irregular), irregular.findings)


def document_of(data: dict[str, Any], irregular: Irregular) -> Document:
    """The document that an export tells of; what is irregular in it is left out and noted."""
    return _Reader(data, irregular).document()


class _Reader:
    """One export on its way to a document."""

    def __init__(self, data: dict[str, Any], irregular: Irregular) -> None:
        self.data = data
        self.irregular = irregular
        self.sections: dict[str, int] = {}
        self.made = Document()

    def document(self) -> Document:
        """The document."""
        for section in self._walk(self.data.get("sections")):
            self.made.sections.append(_section(section))
            if isinstance(section.get("id"), str):
                self.sections[section["id"]] = len(self.made.sections)
        for key, argument in (("statements", False), ("arguments", True)):
            for title, value in as_dict(self.data.get(key)).items():
                if isinstance(value, dict) and title:
                    self._node(argument, title, value)
                else:
                    self.irregular.add("no-statement", "is no statement or argument: left out.", (key, title))
        for title, value in as_dict(self.data.get("arguments")).items():
            if isinstance(value, dict) and title:
                self._lines(self.made.arguments[title], value)
        for n, value in enumerate(self._all_relations()):
            self._relation(n, as_dict(value))
        if any(relation.kind in ("entails", "contrary") for relation in self.made.relations):
            # The export has no front matter, but it shows in what mode it was made.
            self.made.strict = True
            self.made.front_matter = {"model": {"mode": "strict"}}
        self.made.settle()
        return self.made

    def _walk(self, sections: Any) -> Iterator[dict[str, Any]]:
        """Sections in the order of the text, those inside others after them."""
        todo = list(reversed(as_list(sections)))
        while todo:
            section = as_dict(todo.pop())
            if section:
                yield section
                todo += reversed(as_list(section.get("children")))

    def _node(self, argument: bool, title: str, value: dict[str, Any]) -> None:
        node = self.made.node(argument, title)
        for member in map(as_dict, as_list(value.get("members"))):
            if node.order is None and isinstance(member.get("startLine"), int):
                column = member.get("startColumn")
                node.order = (member["startLine"], column if isinstance(column, int) else 0)
            reference = member.get("isReference") is True
            wording = Wording() if reference else _wording(member)
            node.members.append(Member(wording, reference, _data(member.get("data")), self._section_of(member)))
        node.tags = [tag for tag in as_list(value.get("tags")) if isinstance(tag, str)]
        node.data = _data(value.get("data"))
        node.section = self._section_of(value)

    def _section_of(self, value: dict[str, Any]) -> int | None:
        section = value.get("section")
        section = section.get("id") if isinstance(section, dict) else section
        return self.sections.get(section) if isinstance(section, str) else None

    def _lines(self, argument: Node, value: dict[str, Any]) -> None:
        for number, line in enumerate(map(as_dict, as_list(value.get("pcs"))), 1):
            title = line.get("title")
            if not isinstance(title, str) or not title:
                self.irregular.add(
                    "no-statement",
                    "is no premise or conclusion: left out.",
                    ("arguments", argument.title, "pcs", number),
                )
                continue
            if title not in self.made.statements:
                self.made.node(False, title).members.append(Member(_wording(line)))
            inference = line.get("inference")
            inferred = None
            if isinstance(inference, dict) or str(line.get("role")).endswith("conclusion"):
                rules = as_list(as_dict(inference).get("inferenceRules"))
                inferred = Inferred([r for r in rules if isinstance(r, str)], _data(as_dict(inference).get("data")))
            argument.lines.append(Line(title, inferred, _data(line.get("data")), self._section_of(line)))
        while argument.lines and argument.lines[-1].inference is None:
            self.irregular.add(
                "no-conclusion", "premises without a conclusion: left out.", ("arguments", argument.title)
            )
            argument.lines.pop()

    def _all_relations(self) -> list[Any]:
        """The relations, from the list of all or from where they are embedded."""
        if isinstance(self.data.get("relations"), list):
            return list(self.data["relations"])
        found = []
        for key in ("statements", "arguments"):
            for value in as_dict(self.data.get(key)).values():
                found += as_list(as_dict(value).get("relations"))
        return found

    def _relation(self, n: int, value: dict[str, Any]) -> None:
        kind = value.get("relationType")
        source = self._end(value.get("fromType"), value.get("from"), None)
        target = self._end(value.get("toType"), value.get("to"), value.get("conclusionIndex"))
        if kind not in RELATION_KINDS or source is None or target is None or source.kind == "inference":
            missing = "an unknown kind" if kind not in RELATION_KINDS else "an end that is not in the file"
            self.irregular.add("loose-relation", f"a relation with {missing}: left out.", ("relations", n))
            return
        known: RelationKind = kind
        self.made.relations.append(Relation(known, source, target))

    def _end(self, type_: Any, title: Any, line: Any) -> End | None:
        kind = _ENDS.get(type_) if isinstance(type_, str) else None
        if not isinstance(title, str):
            return None
        if kind == "statement" and title in self.made.statements:
            return End("statement", title)
        if kind == "argument" and title in self.made.arguments:
            return End("argument", title)
        if kind == "inference" and title in self.made.arguments:
            lines = self.made.arguments[title].lines
            at = line if isinstance(line, int) else len(lines) - 1
            if 0 <= at < len(lines) and lines[at].inference is not None:
                return End("inference", title, at)
        return None


def _section(value: dict[str, Any]) -> Section:
    level = value.get("level")
    title = value.get("title")
    wording = _wording({"text": title if isinstance(title, str) else "", "ranges": value.get("ranges")})
    tags = [tag for tag in as_list(value.get("tags")) if isinstance(tag, str)]
    wording.tags = list(dict.fromkeys([*wording.tags, *tags]))
    return Section(
        wording, level if isinstance(level, int) and 1 <= level <= _MAX_LEVEL else 1, _data(value.get("data"))
    )


def _wording(member: dict[str, Any]) -> Wording:
    text = member.get("text")
    text = text if isinstance(text, str) else ""
    # Argdown counts in UTF-16, where characters beyond the first 65,536 are two.
    points = _points(text) if any(char > "\uffff" for char in text) else None
    ranges = []
    for value in map(as_dict, as_list(member.get("ranges"))):
        type_ = _RANGES.get(str(value.get("type")))
        start, stop = value.get("start"), value.get("stop")
        if type_ is None or not isinstance(start, int) or not isinstance(stop, int) or not 0 <= start <= stop:
            continue
        if points is not None:
            start, stop = points[min(start, len(points) - 1)], points[min(stop, len(points) - 1)]
        end = stop + 1
        if type_ in ("tag", "mention"):
            end = start + len(text[start:end].rstrip(" \t"))
        said = value.get("tag") or value.get("url") or value.get("title")
        ranges.append(Range(type_, start, end, said if isinstance(said, str) else ""))
    return tidy(text, ranges, [r.value for r in ranges if r.type == "tag"])


def _points(text: str) -> list[int]:
    """For each offset in UTF-16 units the one in code points."""
    points: list[int] = []
    for n, char in enumerate(text):
        points += [n] * (2 if char > "\uffff" else 1)
    return [*points, len(text)]


def _data(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) and metadata.fits(value) else {}
