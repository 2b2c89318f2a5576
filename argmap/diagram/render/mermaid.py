r"""Write a diagram as a Mermaid flowchart, for pages that draw Mermaid (GitHub, GitLab, Obsidian).

    flowchart BT
      n0["The US and Japan must forge a true military alliance."]:::thesis
      n1["The arrangement is archaic."]:::claim
      n1 -->|sign| n0

Mermaid has its own layout, so places are left out, and with them what only a place shows: the scale and steps of a
row of dumbbells. Labels may hold HTML and Markdown and end at a quotation mark, so every special character is written as an entity
(`#60;` for `<`).

Source: the flowchart grammar of Mermaid 11.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from argmap.diagram.layout.text import drawable
from argmap.diagram.model import Arrow, ArrowRole, Box, Diagram
from argmap.diagram.outlines import words_of
from argmap.diagram.theme import Look, Theme

# Mermaid's direction is that of its arrows; a diagram's direction leads from the thesis to its reasons.
_DIRECTION = {"down": "BT", "up": "TB", "right": "RL", "left": "LR"}
_WORDS_ONLY = ("text", "rule", "step", "silence")

_LINK: Mapping[ArrowRole, str] = {
    "support": "-->",
    "attack": "-.-x",
    "rephrase": "-.->",
    "answer": "-->",
    "joint support": "---",
    "joint attack": "-.-",
    "joint rephrase": "-.-",
    "folded": "-.-",
    "move": "-->",
    "coming": "-.->",
    "joint move": "---",
    "suggested": "-.->",
    "joint suggested": "-.-",
}


def quote(text: str) -> str:
    r"""Write any words as a Mermaid label.

    >>> print(quote('she said "no"'))
    "she said #34;no#34;"
    >>> print(quote("<b>a</b> & #1; `c` *d* [e] {f} (g) | h"))
    "#60;b#62;a#60;/b#62; #38; #35;1; #96;c#96; #42;d#42; #91;e#93; #123;f#125; (g) #124; h"
    >>> print(quote("1. no list"))
    "1#46; no list"
    >>> print(quote(""))
    " "
    """
    text = re.sub(r"[\"#&<>`*_\[\]{}|\\~$^]", lambda char: f"#{ord(char[0])};", drawable(text))
    text = re.sub(r"^(\d+)\.(?=\s)", r"\1#46;", text)
    text = re.sub(r"^([-+])(?=\s)", lambda char: f"#{ord(char[0])};", text)
    return f'"{text or " "}"'


def mermaid_of(diagram: Diagram, theme: Theme) -> str:
    """Write a diagram as a Mermaid flowchart."""
    boxes = [box for box in diagram.boxes if box.role not in _WORDS_ONLY]
    names = {box.id: f"n{n}" for n, box in enumerate(boxes)}
    lines = ["---", f"title: {_yaml(diagram.title)}", "---"]
    lines.append(f"flowchart {_DIRECTION[diagram.direction] if not diagram.is_placed else 'LR'}")
    grouped = {box_id for group in diagram.groups for box_id in group.boxes}
    for n, group in enumerate(diagram.groups):
        members = [box for box in boxes if box.id in group.boxes]
        if members:
            lines += [
                f"  subgraph g{n} [{quote(group.title)}]",
                *(f"  {_node(box, names)}" for box in members),
                "  end",
            ]
    lines += [_node(box, names) for box in boxes if box.id not in grouped]
    lines += [_edge(arrow, names) for arrow in diagram.arrows if arrow.source in names]
    lines += _classes(boxes, theme)
    return "\n".join(lines) + "\n"


def _yaml(title: str) -> str:
    """Write a title as a YAML string."""
    return '"' + drawable(title).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _node(box: Box, names: Mapping[str, str]) -> str:
    name, words = names[box.id], quote(words_of(box))
    if box.role == "junction":
        return f'  {name}((" ")):::{_class(box)}'
    shape = {"badge": "([{}])", "suggestion": "([{}])", "folded": "([{}])", "again": "({})", "claim": "({})"}
    return f"  {name}{shape.get(box.role, '[{}]').format(words)}:::{_class(box)}"


def _edge(arrow: Arrow, names: Mapping[str, str]) -> str:
    word = f"|{quote(arrow.label)}|" if arrow.label else ""
    link = _LINK[arrow.role].replace("---", "-.-").replace("-->", "-.->") if arrow.suggested else _LINK[arrow.role]
    return f"  {names[arrow.source]} {link}{word} {names[arrow.target]}"


def _class(box: Box) -> str:
    mark = next((mark for mark in box.marks if mark.startswith("junction") or mark == "focus"), None)
    return re.sub(r"\W", "_", mark or box.role) + ("_suggested" if "suggested" in box.marks else "")


def _classes(boxes: list[Box], theme: Theme) -> Iterator[str]:
    """Define the look of each class."""
    looks: dict[str, Look] = {_class(box): theme.of_box(box) for box in boxes}
    for name, look in looks.items():
        dash = {"dashed": ",stroke-dasharray:6 3", "dotted": ",stroke-dasharray:2 3"}.get(look.style, "")
        fill = look.fill.split(";")[0]
        yield f"  classDef {name} fill:{fill},stroke:{look.line},stroke-width:{look.width:g}px,color:{theme.ink}{dash}"
