"""Read the JSON that Argdown exports, as the map of the text. Described in argdown-json.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.argdown.document import (
    RELATION_KINDS,
    Document,
    End,
    Inferred,
    Line,
    Member,
    Node,
    Relation,
    Section,
)
from argmap.formats.argdown.inline import Range, Wording, tidy
from argmap.formats.argdown.spelling import fits
from argmap.formats.argdown.to_map import to_map
from argmap.formats.common.format import Content, Reading
from argmap.formats.common.reader_support import Irregular, as_dict, as_list

_MARKS = ("bold", "italic", "link", "tag")
_ENDS = {"equivalence-class": "statement", "statement": "statement", "argument": "argument", "inference": "inference"}
_MAX_LEVEL = 20


def read(content: Content) -> Reading:
    """Read the map of an export; raise ArgmapError if it holds neither statements nor arguments."""
    data = content.json()
    if not isinstance(data, dict) or not any(isinstance(data.get(key), dict) for key in ("statements", "arguments")):
        message = "an Argdown export holds `statements` and `arguments` by their titles."
        raise ArgmapError(Finding("invalid", "error", message, Place(content.name)))
    irregular = Irregular(content.name)
    document = document_of(data, irregular)
    if not document.statements and not document.arguments:
        irregular.add("empty", "the file has no statements and no arguments.")
    return Reading(to_map(document, content.name, irregular), irregular.findings)


def document_of(data: dict[str, Any], irregular: Irregular) -> Document:
    """Read an export as a document; leave out what is irregular, with a finding."""
    return _Reader(data, irregular).document()


class _Reader:
    """One export on its way to a document."""

    def __init__(self, data: dict[str, Any], irregular: Irregular) -> None:
        self.data = data
        self.irregular = irregular
        self.sections: dict[str, int] = {}
        self.made = Document()

    def document(self) -> Document:
        for section in self._walk(self.data.get("sections")):
            self.made.sections.append(_section(section))
            if isinstance(section.get("id"), str):
                self.sections[section["id"]] = len(self.made.sections)
        for key, argument in (("statements", False), ("arguments", True)):
            for title, value in as_dict(self.data.get(key)).items():
                if isinstance(value, dict) and title:
                    self._node(argument, title, value)
                else:
                    self.irregular.add("no-statement", "not a statement or argument: left out.", (key, title))
        for title, value in as_dict(self.data.get("arguments")).items():
            if isinstance(value, dict) and title:
                self._lines(self.made.arguments[title], value)
        if not isinstance(self.data.get("relations"), list):
            self.irregular.add("loose-relation", "no list of `relations` is there; those inside others are left out.")
        for n, value in enumerate(as_list(self.data.get("relations"))):
            self._relation(n, as_dict(value))
        if any(relation.kind in ("entails", "contrary") for relation in self.made.relations):
            # The export has no front matter, but it shows in what mode it was made.
            self.made.strict = True
            self.made.front_matter = {"model": {"mode": "strict"}}
        self.made.settle()
        return self.made

    def _walk(self, sections: Any) -> Iterator[dict[str, Any]]:
        """Yield sections in the order of the text, those inside others after them."""
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
            node.members.append(Member(wording, reference, _data(member), self._section_of(member)))
        node.tags = _texts(value.get("tags"))
        node.data = _data(value)
        node.section = self._section_of(value)

    def _section_of(self, value: dict[str, Any]) -> int | None:
        section = value.get("section")
        section = section.get("id") if isinstance(section, dict) else section
        return self.sections.get(section) if isinstance(section, str) else None

    def _lines(self, argument: Node, value: dict[str, Any]) -> None:
        for number, line in enumerate(map(as_dict, as_list(value.get("pcs"))), 1):
            title = line.get("title")
            if not isinstance(title, str) or not title:
                at = ("arguments", argument.title, "pcs", number)
                self.irregular.add("no-statement", "not a premise or conclusion: left out.", at)
                continue
            if title not in self.made.statements:
                self.made.node(False, title).members.append(Member(_wording(line)))
            inference = as_dict(line.get("inference"))
            inferred = None
            if isinstance(line.get("inference"), dict) or str(line.get("role")).endswith("conclusion"):
                inferred = Inferred(_texts(inference.get("inferenceRules")), _data(inference))
            argument.lines.append(Line(title, inferred, _data(line), self._section_of(line)))
        while argument.lines and argument.lines[-1].inference is None:
            way = ("arguments", argument.title)
            self.irregular.add("no-conclusion", "premises without a conclusion: left out.", way)
            argument.lines.pop()

    def _relation(self, n: int, value: dict[str, Any]) -> None:
        kind = next((kind for kind in RELATION_KINDS if kind == value.get("relationType")), None)
        source = self._end(value.get("fromType"), value.get("from"), None)
        target = self._end(value.get("toType"), value.get("to"), value.get("conclusionIndex"))
        if kind is None or source is None or target is None or source.kind == "inference":
            missing = "an unknown kind" if kind is None else "an end that is not in the file"
            self.irregular.add("loose-relation", f"a relation with {missing}: left out.", ("relations", n))
            return
        self.made.relations.append(Relation(kind, source, target))

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
    level, title = value.get("level"), value.get("title")
    wording = _wording({"text": title, "ranges": value.get("ranges")})
    wording.tags = list(dict.fromkeys([*wording.tags, *_texts(value.get("tags"))]))
    return Section(wording, level if isinstance(level, int) and 1 <= level <= _MAX_LEVEL else 1, _data(value))


def _wording(member: dict[str, Any]) -> Wording:
    text = member.get("text")
    text = text if isinstance(text, str) else ""
    # Argdown counts in UTF-16, where characters beyond the first 65,536 are two.
    points = [n for n, char in enumerate(text) for _ in range(1 + (char > "\uffff"))]
    points.append(len(text))
    ranges, tags = [], []
    for value in map(as_dict, as_list(member.get("ranges"))):
        type_, start, stop = value.get("type"), value.get("start"), value.get("stop")
        if type_ not in _MARKS or not isinstance(start, int) or not isinstance(stop, int) or not 0 <= start <= stop:
            continue
        start, end = (points[min(at, len(points) - 1)] for at in (start, stop))
        end += 1
        if type_ == "tag":
            end = start + len(text[start:end].rstrip(" \t"))
            tags += _texts([value.get("tag")])
        ranges.append(Range(type_, start, end, *_texts([value.get("url")])))
    return tidy(text, ranges, tags)


def _texts(value: Any) -> list[str]:
    return [item for item in as_list(value) if isinstance(item, str)]


def _data(value: dict[str, Any]) -> dict[str, Any]:
    data = value.get("data")
    return data if isinstance(data, dict) and fits(data) else {}
