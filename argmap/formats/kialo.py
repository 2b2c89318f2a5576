r"""Kialo's text export: one discussion as a numbered outline.

    Discussion Title: Should the bridge be closed?

    1. The bridge should be closed.
    1.1. Pro: It rusts, says [the report](https://example.org/report).
    1.1.1. Con: Some of the rust \(most of it\) is only paint.
    1.2. Con: -> See 1.1.1.

Pro is a support, Con an attack on the claim whose number is one shorter. `-> See` puts a claim that stands elsewhere,
before or after, to a second use; what stands under it answers to that claim. A text runs on over lines without a
number, and over those of a list in it. Links are taken out of the text and kept beside it, emphasis is dropped. A
discussion of several theses is a question with answers: either its first line is one, followed by answers that have
neither Pro nor Con, or its title is, where there are several first lines. Then the question becomes an issue, and the
answers claims on it; a question that is argued about, or used as a reason itself, is a claim as well.

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
    from collections.abc import Iterator

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
    """Empty for a `See`."""
    means: _Item | None = None
    """Itself or, over any number of `See`, the entry that it stands for; `None` where that leads nowhere."""
    passed: bool = False
    """Whether that was looked for."""
    answers: _Item | None = None
    """What it answers to; `None` for a first line, and where that leads nowhere."""
    stances: set[str | None] = field(default_factory=set)
    """Those of all that answers to it."""

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
    _tie(items)
    claims: dict[str, dict[str, Any]] = {}
    issues: dict[str, dict[str, Any]] = {}
    used = {item.means.id for item in items if item.means and (item.stance or (item.above and not item.id))}
    for item in items:
        if not item.id:
            continue
        text, links = _plain(item.raw)
        if not text:
            _note(item, irregular, "says nothing.", "missing-text")
        if not item.above and None in item.stances:
            issues[item.id] = {"question": text}
        if item.above or item.stances != {None} or item.id in used:
            claims[item.id] = {"text": text, **({"extra": {NAME: {"links": links}}} if links else {})}
    relations = [relation for item in items for relation in _relations(item, irregular)]
    for item in items:
        if item.stance is None and item.means and item.answers and item.answers.id in issues:
            issue = claims[item.means.id].setdefault("issue", item.answers.id)
            if issue != item.answers.id:
                _note(item, irregular, f"answers to {issue}. already: read as an answer to that.", "several-issues")
    theses = [item.id for item in items if not item.above and item.id in claims and item.id not in issues]
    if len(theses) > 1 and title:
        question = Ids(item.id for item in items).new("question")
        issues[question] = {"question": title}
        for id in theses:
            claims[id].setdefault("issue", question)
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


def _tie(items: list[_Item]) -> None:
    """Find what each entry means and answers to, and how it is answered."""
    by_number = {item.number: item for item in reversed(items)}
    ids = Ids()
    for item in items:
        if not _SEE.fullmatch(item.raw):
            item.id = ids.new(item.number)
            item.means = item
    for item in items:
        item.means = _meant(item, by_number)
    for item in items:
        item.answers = by_number[item.above].means if item.above in by_number else None
        if item.answers:
            item.answers.stances.add(item.stance)


def _meant(item: _Item, by_number: dict[str, _Item]) -> _Item | None:
    """The entry that an entry stands for, over any number of `See`; `None` where that leads nowhere or in a circle."""
    way = []
    while not item.means and not item.passed:
        item.passed = True  # until it is known; a circle ends here
        way.append(item)
        match = _SEE.fullmatch(item.raw)
        item = by_number.get(match[1], item) if match else item
    for see in way:
        see.means = item.means
    return item.means


def _relations(item: _Item, irregular: Irregular) -> Iterator[dict[str, Any]]:
    """The relation that an entry draws to the one above it; none for a first line or an answer."""
    if item.means is None:
        _note(item, irregular, f"sees {item.raw.partition('See')[2].strip(' .')}., which is no claim that is there.")
        return
    if item.answers is None and item.above:
        _note(item, irregular, f"answers to {item.above}., which is no claim that is there.")
    if item.stance is None:
        if item.answers and item.answers.above:
            _note(item, irregular, "is neither Pro nor Con.")
        return
    if not item.above:
        _note(item, irregular, f"is {item.stance}, and stands under no claim.")
    yield {_TYPES[item.stance]: item.answers.id if item.answers else None, "by": [item.means.id]}


def _note(item: _Item, irregular: Irregular, says: str, rule: str = "dangling-reference") -> None:
    irregular.add(rule, f"{item.number}. {says}", (item.number,), line=item.line, column=item.column)


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
