"""Read XML from strangers: a flat list of elements with their places.

A hostile file expands entities, names files for the parser to fetch, or nests until the stack overflows. So entities and
outside files are refused (by defusedxml), nesting is bounded, and no tree is built:

    <a><b x="1">text</b></a>   →   [Element("a", …, depth=0), Element("b", {"x": "1"}, "text", depth=1)]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.common.format import Content
from argmap.formats.common.reader_support import MOST_PARTS, too_many

MAX_DEPTH = 200
"""Depth of nesting; no format here needs more than a dozen."""

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Element:
    """An element: its tag without namespace, its attributes, the text directly inside it, and its place."""

    tag: str
    attributes: dict[str, str]
    line: int
    column: int
    depth: int
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text directly inside it."""
        return "".join(self.pieces)


class _Flat:
    """Receives the events of the parser, and keeps the elements with their places."""

    def __init__(self, name: str, tags: tuple[str, ...]) -> None:
        self.name = name
        self.tags = tags
        self.seen = 0
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.where: Any = None
        self.skipped = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        line, column = self.where.CurrentLineNumber + self.skipped, self.where.CurrentColumnNumber + 1
        if len(self.open) >= MAX_DEPTH:
            raise ArgmapError(unreadable("nested too deeply to be a map", self.name, line, column))
        self.seen += 1
        element = Element(tag.rpartition("}")[2], attributes, line, column, len(self.open))
        if not self.open or not self.tags or element.tag in self.tags:
            self.elements.append(element)
        # What is not kept costs time alone, and a graph has several elements a node.
        if len(self.elements) > MOST_PARTS or self.seen > 4 * MOST_PARTS:
            raise too_many(self.name, "elements", min(self.seen - 1, 4 * MOST_PARTS))
        self.open.append(element)

    def end(self, _tag: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        if self.open:
            self.open[-1].pieces.append(text)

    def close(self) -> list[Element]:
        return self.elements


def elements(content: Content, *tags: str) -> list[Element]:
    """Return the root and the elements with some `tags`, or all, in order; raise ArgmapError if the file is hostile or not XML."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    if not content.text.strip():
        raise ArgmapError(unreadable("is empty", content.name))
    target = _Flat(content.name, tags)
    parser = DefusedXMLParser(target=target, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    target.where = parser.parser
    text = content.text.lstrip()
    target.skipped = content.text.count("\n", 0, len(content.text) - len(text))
    try:
        parser.feed(text)
        found: list[Element] = parser.close()
    except DefusedXmlException as error:
        what = "entities" if "Entit" in type(error).__name__ else "something outside the file"
        raise ArgmapError(unreadable(f"declares {what}, which is not read", content.name)) from None
    except ParseError as error:
        line, column = error.position
        message = str(error).partition(":")[0]
        raise ArgmapError(unreadable(f"not XML: {message}", content.name, line + target.skipped, column + 1)) from None
    except (ValueError, LookupError) as error:
        raise ArgmapError(unreadable(f"not XML: {error}", content.name)) from None
    return found


def unreadable(message: str, name: str, line: int | None = None, column: int | None = None) -> Finding:
    """Make the finding for a file that cannot be read as XML."""
    return Finding("unreadable", "error", f"{message}.", Place(name, line, column))


def escape(text: str) -> str:
    r"""Escape `text` for a place between tags or in double quotes.

    Most control characters are left out, since no XML file can hold them.

    >>> escape('a < "b" & c\r\x00')
    'a &lt; &quot;b&quot; &amp; c&#13;'
    """
    text = _UNHOLDABLE.sub("", text)
    for char, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot"), ("\r", "#13")):
        text = text.replace(char, f"&{name};")
    return text


def attribute(text: str) -> str:
    r"""Escape `text` for an attribute, in which a parser takes line breaks and tabs for spaces.

    >>> attribute("a\nb")
    'a&#10;b'
    """
    return escape(text).replace("\n", "&#10;").replace("\t", "&#9;")
