"""Text with highlighted spans, as OVA keeps it in xAIF.

    He said <span id="node7" class="highlighted">no</span>.       as OVA marks it
    He said <span class="highlighted" id="7">no</span>.           as argument mining marks it

Spans that overlap are written in pieces, nested, and pieces that touch are read as one.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable

Span = tuple[str, int, int]
"""A node's id, and where its words start and end in the text without markup."""

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>|<!--[^<>]*-->|<[!?][A-Za-z][^<>]*>")
_ID = re.compile(r"""(?<![\w-])id\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_BLOCKS = {"p", "div", "li", "tr", "blockquote"}


def strip(markup: str) -> tuple[str, list[Span]]:
    """Return the text without markup, and its spans in the order in which they start."""
    pieces: list[str] = []
    length = at = 0
    opened: list[tuple[str | None, int]] = []
    found: dict[str, list[list[int]]] = {}

    def add(text: str) -> None:
        nonlocal length
        pieces.extend(filter(None, (text,)))
        length += len(text)

    def close() -> None:
        node, start = opened.pop()
        if node is None or start == length:
            return
        stretches = found.setdefault(node, [])
        if stretches and stretches[-1][0] <= start <= stretches[-1][1]:
            stretches[-1][1] = length
        else:
            stretches.append([start, length])

    for tag in _TAG.finditer(markup):
        add(html.unescape(markup[at : tag.start()]))
        at = tag.end()
        closing, name = bool(tag[1]), (tag[2] or "").lower()
        if name == "span" and not closing:
            opened.append((_node(tag[3]), length))
        elif name == "span" and opened:
            close()
        elif name == "br" or (name in _BLOCKS and (closing or (pieces and not pieces[-1].endswith("\n")))):
            add("\n")
    add(html.unescape(markup[at:]))
    while opened:
        close()
    spans = [(node, start, end) for node, stretches in found.items() for start, end in stretches]
    return "".join(pieces), sorted(spans, key=lambda span: (span[1], span[2], span[0]))


def _node(attributes: str) -> str | None:
    match = _ID.search(attributes)
    element_id = html.unescape(next((group for group in match.groups() if group is not None), "")) if match else ""
    is_node = element_id.startswith("node") or "highlighted" in attributes
    return element_id.removeprefix("node") or None if is_node else None


def trimmed(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return the spans without the spaces at their ends, and without those that hold nothing else."""
    within = ((node, at, words) for node, at, end in spans if (words := text[at:end]).strip())
    return [(node, at + len(words) - len(words.lstrip()), at + len(words.rstrip())) for node, at, words in within]


def mark(text: str, spans: Iterable[Span]) -> str:
    """Return the text with its spans marked; everything else in it is escaped."""
    waiting = sorted((span for span in spans if span[1] < span[2]), key=lambda span: (-span[1], span[2], span[0]))
    ending = Counter(end for _, _, end in waiting)
    cuts = sorted({0, len(text), *ending, *(start for _, start, _ in waiting)})
    opened: list[Span] = []
    pieces = []
    for at, cut in enumerate(cuts):
        left, closed = ending[cut], list[Span]()
        while left:
            pieces.append("</span>")
            closed.append(opened.pop())
            left -= closed[-1][2] <= cut
        reopened = [span for span in reversed(closed) if span[2] > cut]
        while waiting and waiting[-1][1] == cut:
            reopened.append(waiting.pop())
        pieces += (f'<span id="node{html.escape(node)}" class="highlighted">' for node, _, _ in reopened)
        opened += reopened
        pieces.append(html.escape(text[cut : cuts[at + 1] if at + 1 < len(cuts) else None], quote=False))
    return "".join(pieces)
