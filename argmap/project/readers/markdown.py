"""Read Markdown as plain text: its words without marks; front matter and the first heading say title, author and date."""

from __future__ import annotations

import re
from pathlib import Path

from argmap import text_file
from argmap.project.readers.plain import with_head
from argmap.project.text import FrozenText, iso_date, tidy

_FRONT = re.compile(r"\A---[ \t]*\n(?P<data>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(?P<key>[A-Za-z_-]+):[ \t]*(?P<value>.+)$", re.MULTILINE)
_MARKS: tuple[tuple[str, str], ...] = (
    (r"<!--(?:(?!<!--|-->).)*-->", ""),
    (r"(?m)^[ \t]*(?:```|~~~).*$", ""),
    (r"!\[[^\]\[\n]{0,500}\]\([^)\n]{0,2000}\)", ""),
    (r"\[([^\]\[]{1,500})\]\([^)\s]{0,2000}(?:\s+\"[^\"\n]{0,500}\")?\)", r"\1"),
    (r"\[([^\]\[]{1,500})\]\[[^\]\[]{0,200}\]", r"\1"),
    (r"(?m)^\[[^\]^]+\]:\s+\S+.*$", ""),
    (r"\[\^[^\]]+\](?!:)", ""),
    (r"(?m)^#{1,6}[ \t]+(.*?)[ \t]*#*$", r"\1"),
    (r"(?m)^(?:=+|-+|\*[ *]+|_[ _]+)[ \t]*$", ""),
    (r"(?m)^(?:[ \t]*>)+[ \t]?", ""),
    (r"(?<![\w*])(\*\*\*|\*\*|\*)(?=\S)([^\n]{1,500}?)(?<=\S)\1(?![\w*])", r"\2"),
    (r"(?<![\w_])(__|_)(?=\S)([^\n]{1,500}?)(?<=\S)\1(?![\w_])", r"\2"),
    (r"~~(?=\S)([^\n~]{1,500})~~", r"\1"),
    (r"`([^`\n]+)`", r"\1"),
    (r"</?[a-zA-Z][^<>\n]{0,500}>", ""),
    (r"<(https?://[^>\s]+)>", r"\1"),
    (r"\\([\\`*_{}\[\]()#+.!>~|-])", r"\1"),
)
"""Marks of Markdown and what is left of them, in order; list marks stay."""


def read(path: Path) -> FrozenText:
    """Read a Markdown file."""
    text = text_file.read(path).text.removeprefix("\ufeff").replace("\r\n", "\n")
    front = _FRONT.match(text)
    said = {m["key"].casefold(): _unquoted(m["value"]) for m in _FIELD.finditer(front["data"])} if front else {}
    body = text[front.end() :] if front else text
    heading = re.search(r"\A\s*#\s+(.+?)\s*#*\s*$", body, re.MULTILINE) or re.match(
        r"\s*(\S.*)\n=+\s*$", body, re.MULTILINE
    )
    for mark, left in _MARKS:
        body = re.sub(mark, left, body, flags=re.DOTALL if mark.startswith("<!--") else 0)
    title = said.get("title") or (heading[1].strip("*_` ") if heading else None)
    date = iso_date(said.get("date") or said.get("published"))
    return with_head(
        FrozenText(tidy(body), title=title, author=said.get("author"), published=date, url=said.get("url"))
    )


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
