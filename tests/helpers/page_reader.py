"""Reads a report as a browser would see it, without one: elements, ids, links, words."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All that stands in the element."""
        return "".join(self.pieces)


@dataclass
class Reader(HTMLParser):
    elements: list[Element] = field(default_factory=list)
    policy: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in ("meta", "link", "br", "input"):
            self._open.append(element)
        if element.attributes.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = element.attributes["content"]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.pieces.append(data)

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """Elements of a tag; `class_` asks for a word among the classes, other names for the whole value."""
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        kind = wanted.pop("class", None)
        return [
            e
            for e in self.elements
            if tag in ("", e.tag)
            and (kind is None or kind in e.attributes.get("class", "").split())
            and all(e.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str = "", **attributes: str) -> Element:
        """The only such element."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} elements <{tag}> with {attributes}"
        return found[0]

    @property
    def data(self) -> Any:
        """What the script is given."""
        return json.loads(self.one("script", id="data").words)

    @property
    def hashes(self) -> list[str]:
        """Of every script and style that stands in the page, as its policy must name them."""
        inline = [
            e for e in self.elements if e.tag in ("script", "style") and e.attributes.get("type") != "application/json"
        ]
        return [f"'sha256-{base64.b64encode(hashlib.sha256(e.words.encode()).digest()).decode()}'" for e in inline]


def read(html: str) -> Reader:
    """Take a page apart."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def words(text: str) -> str:
    """Words with single spaces between them."""
    return re.sub(r"\s+", " ", text).strip()
