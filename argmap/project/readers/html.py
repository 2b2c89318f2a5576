"""Read a web page: all of its text is frozen, and what trafilatura takes for page furniture is listed as that.

    <nav>Home</nav><article><p>The pool …</p></article>   →   Home (excluded: page furniture) · The pool …

So nothing of the page is lost, and a person can see what was taken out of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from argmap.findings import ArgmapError
from argmap.project.readers.plain import with_head
from argmap.project.text import FrozenText, iso_date, tidy

_UNSEEN = {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "button", "canvas"}
_INLINE = {
    *(
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
    ),
    *("q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
}
FURNITURE = "page furniture"


def read(path: Path) -> FrozenText:
    """Read a file of HTML."""
    try:
        from trafilatura import bare_extraction
        from trafilatura.utils import load_html
    except ImportError:
        raise ArgmapError(f"{path}: reading HTML needs trafilatura; run `pip install 'argmap[texts]'`") from None
    markup = path.read_bytes()  # the page itself may say how it is encoded
    tree = load_html(markup)
    if tree is None:
        raise ArgmapError(f"{path}: this cannot be read as HTML")
    lines = [line for line in (" ".join(line.split()) for line in _lines(tree)) if line]
    found: Any = bare_extraction(markup, with_metadata=True, favor_recall=True, include_comments=False)
    kept = re.sub(r"\W+", "", found.text or "") if found else ""
    text, furniture = "", list[tuple[int, int, str]]()
    for line in lines:
        line = tidy(line).strip("\n")
        words = re.sub(r"\W+", "", line)
        start = len(text)
        text += f"{line}\n\n"
        # Where trafilatura finds no text at all, nothing is taken out.
        if kept and (not words or words not in kept):
            furniture.append((start, start + len(line), FURNITURE))
    told: dict[str, Any] = (
        {key: getattr(found, key) or None for key in ("title", "author", "date", "url")} if found else {}
    )
    return with_head(
        FrozenText(
            text.strip("\n") + "\n" if text else "",
            title=told.get("title"),
            author=told.get("author"),
            published=iso_date(told.get("date")),
            url=told.get("url"),
            furniture=tuple(_merged(furniture)),
        )
    )


def _lines(tree: Any) -> Iterator[str]:
    """Yield the text of a page, a line for each block."""
    line: list[str] = []
    for event, element in _walk(tree):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "text":
            line.append(element.text or "")
            continue
        if event == "tail":
            line.append(element.tail or "")
            continue
        if name not in _INLINE:
            yield "".join(line)
            line = []
    yield "".join(line)


def _walk(tree: Any) -> Iterator[tuple[str, Any]]:
    """Walk over a page without recursion, so that deep pages are read too; leave out what no reader sees."""
    stack: list[tuple[str, Any]] = [("open", tree)]
    while stack:
        event, element = stack.pop()
        yield event, element
        if event != "open":
            continue
        hidden = not isinstance(element.tag, str) or element.tag in _UNSEEN or element.get("hidden") is not None
        stack.append(("tail", element))
        if not hidden:
            stack.append(("close", element))
            stack += [("open", child) for child in reversed(element)]
            stack.append(("text", element))


def _merged(parts: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Join neighbouring parts, which have only blank lines between them."""
    start: int | None = None
    end = 0
    for first, last, _ in parts:
        if start is not None and first - end <= 2:
            end = last
            continue
        if start is not None:
            yield start, end, FURNITURE
        start, end = first, last
    if start is not None:
        yield start, end, FURNITURE
