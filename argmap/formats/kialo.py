r"""Kialo's text export: one discussion as a numbered outline.

    Discussion Title: Should the bridge be closed?

    1. The bridge should be closed.
    1.1. Pro: It rusts, says [the report](https://example.org/report).
    1.1.1. Con: Some of the rust \(most of it\) is only paint.
    1.2. Con: -> See 1.1.1.

Pro is a support, Con an attack on the claim whose number is one shorter. `-> See` puts a claim that stands
elsewhere, before or after, to a second use. A text runs on over lines without a number, and over those of a list in
it. Links are taken out of the text and kept beside it, emphasis is dropped. A discussion of several theses is a
question with answers: either its first line is one, followed by answers that have neither Pro nor Con, or its title
is, where there are several first lines. Then the question becomes an issue, and the answers claims on it.

Source: exports of the site itself; there is no specification. Read only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from argmap.finding import ArgmapError, Finding, Place
from argmap.formats.format import Reading
from argmap.formats.kit import Ids, Irregular, lines_of, map_id, validated

if TYPE_CHECKING:
    from argmap.formats.format import Content

NAME = "kialo"
_TITLE = re.compile(r"Discussion (?:Title|Name):\s*(.*)")
# Numbers are as long as a discussion is deep; without a bound, a hostile one would fill the memory.
_ITEM = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6}){0,199})\.\s+(?:(Pro|Con):\s*)?(.*)")
_LISTED = re.compile(r"\s*(\d{1,6})[.)]\s")
_SEE = re.compile(r"(?:->|→)\s*See\s+(\d{1,6}(?:\.\d{1,6}){0,199})\.?\s*")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(([^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)")
# A star or underscore with a backslash, inside a word or inside an address is none.
_EMPHASIS = re.compile(
    r"(?<![\w\\*])(?P<mark>\*{1,3})(?=[^\s*])(?P<words>[^*\n]{1,2000}?)(?<![\s\\])(?P=mark)(?![\w*])"
    r"|(?<![\w\\/])(?P<line>_{1,3})(?=[^\s_])(?P<said>[^_\n]{1,2000}?)(?<![\s\\])(?P=line)(?!\w)"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_TYPES = {"Pro": "support", "Con": "attack"}


@dataclass(slots=True)
class _Item:
    """One numbered entry."""

    number: str
    stance: str | None
    line: int
    column: int
    lines: list[str]
    listed: int = 0
    """The last number of a list in its text."""
    id: str = ""
    seen: str | None = None
    """For a `See`, the claim it means, once that is known; empty where there is none."""
    children: list[_Item] = field(default_factory=list)

    @property
    def raw(self) -> str:
        return "\n".join(self.lines).strip()

    @property
    def above(self) -> str:
        """The number of what it answers to; empty for a first line."""
        return self.number.rpartition(".")[0]


def read(content: Content) -> Reading:
    """The map of an exported discussion."""
    irregular = Irregular(content.name)
    title, items = _items(lines_of(content), irregular)
    if not items:
        raise ArgmapError(
            Finding("unreadable", "error", "no numbered claims: not a Kialo export.", Place(content.name))
        )
    by_number = {item.number: item for item in reversed(items)}
    ids = Ids()
    claims: dict[str, dict[str, Any]] = {}
    issues: dict[str, dict[str, Any]] = {}
    for item in items:
        if item.above in by_number and item.above:
            by_number[item.above].children.append(item)
    for item in items:
        if _SEE.fullmatch(item.raw):
            continue
        item.id = ids.new(item.number)
        text, links = _plain(item.raw)
        if not text:
            irregular.add(
                "missing-text", f"{item.number}. says nothing.", (item.number,), line=item.line, column=item.column
            )
        stances = {child.stance for child in item.children}
        if not item.above and None in stances:
            issues[item.id] = {"question": text}
        if item.above or stances <= {"Pro", "Con"} or stances & {"Pro", "Con"}:
            claims[item.id] = {"text": text, **({"extra": {NAME: {"links": links}}} if links else {})}
        if item.stance is None and item.above and (above := by_number.get(item.above)) and not above.above:
            claims[item.id]["issue"] = above.id
    relations = [relation for item in items for relation in _relations(item, by_number, irregular)]
    theses = [item.id for item in items if not item.above and item.id in claims and item.id not in issues]
    if len(theses) > 1 and title:
        question = ids.new("question")
        issues[question] = {"question": title}
        for id in theses:
            claims[id]["issue"] = question
    data = {
        "id": map_id(content.name, (".txt",)),
        "title": title,
        "thesis": theses[0] if len(theses) == 1 and theses[0] == items[0].id else None,
        "claims": claims,
        "relations": relations,
        "issues": issues,
    }
    return Reading(validated(data, content.name), irregular.findings)


def _items(lines: list[str], irregular: Irregular) -> tuple[str | None, list[_Item]]:
    """The title and the entries, each with the lines that it runs on over."""
    title = None
    items: list[_Item] = []
    seen: set[str] = set()
    last: dict[str, int] = {}
    for n, line in enumerate(lines, 1):
        if not items and title is None and (match := _TITLE.fullmatch(line.strip())):
            title = _plain(match[1].strip())[0] or None
        elif (match := _ITEM.fullmatch(line)) and _begins(match, items, seen, last):
            number, stance, words = match.groups()
            if number in seen:
                irregular.add(
                    "duplicate-id", f"{number}. is there twice.", (number,), line=n, column=match.start(1) + 1
                )
            seen.add(number)
            above, _, end = number.rpartition(".")
            last[above] = max(last.get(above, 0), int(end))
            items.append(_Item(number, stance, n, match.start(1) + 1, [words]))
        elif items:
            items[-1].lines.append(line)
            if match := _LISTED.match(line):
                items[-1].listed = int(match[1])
        elif line.strip():
            irregular.add("unknown-line", "a line before the first numbered claim is left out.", line=n, column=1)
    return title, items


def _begins(match: re.Match[str], items: list[_Item], seen: set[str], last: dict[str, int]) -> bool:
    """Whether a numbered line is an entry, and not a number or a numbered list inside the text of the entry before it."""
    number, stance, _ = match.groups()
    if stance is not None or not items:
        return True
    above, _, end = number.rpartition(".")
    if int(end) != last.get(above, 0) + 1:
        return False
    return above in seen if above else items[-1].listed + 1 != int(end)


def _relations(item: _Item, by_number: dict[str, _Item], irregular: Irregular) -> list[dict[str, Any]]:
    """The relation that an entry draws to the one above it; none for a first line or an answer."""

    def note(message: str) -> None:
        irregular.add("dangling-reference", message, (item.number,), line=item.line, column=item.column)

    source = _meant(item, by_number)
    if source is None:
        note(f"{item.number}. sees {item.raw.partition('See')[2].strip()} which is not there.")
        return []
    if item.stance is None:
        if item.above.count("."):
            note(f"{item.number}. is neither Pro nor Con.")
        return []
    target = _meant(by_number[item.above], by_number) if item.above in by_number else None
    if target is None:
        note(f"{item.number}. answers to {item.above or '?'}., which is not there.")
    return [{_TYPES[item.stance]: target, "by": [source]}]


def _meant(item: _Item, by_number: dict[str, _Item]) -> str | None:
    """The claim that an entry is, over any number of `See`; `None` where that leads nowhere or in a circle."""
    way = []
    while not item.id and item.seen is None:
        item.seen = ""  # until it is known; a circle ends here
        way.append(item)
        match = _SEE.fullmatch(item.raw)
        item = by_number.get(match[1], item) if match else item
    for passed in way:
        passed.seen = item.id or item.seen
    return item.id or item.seen or None


def _plain(text: str) -> tuple[str, list[dict[str, str]]]:
    r"""A text without its Markdown, and the links that were in it.

    >>> _plain(r"It rusts \(says [the report](https://example.org)\).")
    ('It rusts (says the report).', [{'text': 'the report', 'url': 'https://example.org'}])
    >>> _plain(r"It **must** *go*, 2 * 3 = 6 \*. [1](https://example.org/a_b_c)")[0]
    'It must go, 2 * 3 = 6 *. [1]'
    """
    links = [{"text": _ESCAPED.sub(r"\1", words), "url": url} for words, url in _LINK.findall(text)]
    text = _LINK.sub(lambda link: f"[{link[1]}]" if link[1].strip().isdecimal() else link[1], text)
    for _ in range(2):  # bold with something slanted in it
        text = _EMPHASIS.sub(lambda match: match["words"] or match["said"], text)
    return _ESCAPED.sub(r"\1", text), links
