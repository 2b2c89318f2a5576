"""Read Kialo's text export: a discussion as a numbered outline. Described in kialo.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from argmap.findings import ArgmapError, Finding, Place, brief
from argmap.formats.common.format import Content, Reading
from argmap.formats.common.reader_support import Ids, Irregular, drop_empty, lines_of, map_id, validated

NAME = "kialo"
_TITLE = re.compile(r"Discussion (?:Title|Name):\s*(.*)")
_NUMBER = r"\d{1,6}(?:\.\d{1,6})*"
_STANCE = r"(?P<marks>[*_]{0,3})(?P<stance>pros?|cons?|[ck]ontra)(?:(?P=marks)\s*[:：]|\s*[:：](?P=marks))"
_ITEM = re.compile(
    rf"\s*(?P<number>{_NUMBER})(?P<dot>\.?)(?P<blank>\s*)(?P<said>{_STANCE})?(?P<words>.*)", re.IGNORECASE
)
_LISTED = re.compile(r"\s*(\d{1,6})[.)]\s")
_SEE = re.compile(rf"(?:->|→)\s*see\s+({_NUMBER})\.?\s*(?P<more>.*)", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(r"\\.|\[((?:[^\[\]\\]|\\.)*)\]\(([^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)")
# A star or underscore with a backslash, inside a word or inside an address is not emphasis.
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
    sees: str = ""
    """The number after `See`; empty for a claim."""
    id: str = ""
    """The id of its claim; empty for a `See`."""

    @property
    def raw(self) -> str:
        return "\n".join(self.lines).strip()

    @property
    def above(self) -> str:
        """The number of the entry that it answers; empty for a first line."""
        return self.number.rpartition(".")[0]


def read(content: Content) -> Reading:
    """Read the map of an exported discussion."""
    irregular = Irregular(content.name)
    title, items = _items(lines_of(content), irregular)
    if not items:
        message = "no numbered claims: not a Kialo export."
        raise ArgmapError(Finding("unreadable", "error", message, Place(content.name)))
    _name(items, irregular)
    by_number = {item.number: item for item in reversed(items)}

    def meant(item: _Item | None) -> _Item | None:
        """Return the entry of the claim that an entry stands for; it sees no further than to one."""
        seen = by_number.get(item.sees) if item and item.sees else item
        return seen if seen and seen.id else None

    answers: dict[str, set[str | None]] = {}
    for item in items:
        answers.setdefault(item.above, set()).add(item.stance)
    issues = {}
    claims: dict[str, dict[str, Any]] = {}
    for item in items:
        if not item.id:
            continue
        text, links = _plain(item.raw)
        if not text:
            _note(item, irregular, "says nothing.", "missing-text")
        if not item.above and answers.get(item.number) == {None} and by_number[item.number] is item:
            issues[item.id] = {"question": text}
        else:
            kept = drop_empty({"links": links, "number": item.number if item.id != item.number else ""})
            claims[item.id] = {"text": text, **({"extra": {NAME: kept}} if kept else {})}
    relations = []
    for item in items:
        claim, above = meant(item), meant(by_number.get(item.above))
        if claim is None or (item.sees and claim.id in issues):
            _note(item, irregular, f"sees {brief(item.sees)}., which is not a claim of the file: left out.")
            continue
        if above is None and item.above:
            _note(item, irregular, f"answers to {brief(item.above)}., which is not a claim of the file.")
        if item.stance:
            if not item.above:
                _note(item, irregular, f"is {item.stance}, and stands under no claim.")
            relations.append({_TYPES[item.stance]: above.id if above else None, "by": [claim.id]})
        elif above and above.id not in issues:
            _note(item, irregular, "is neither Pro nor Con: kept as a claim without relation.")
        elif above and claims[claim.id].setdefault("issue", above.id) != above.id:
            _note(item, irregular, "answers to another question already: read as an answer to that.", "several-issues")
    theses = [item.id for item in items if not item.above and item.id in claims and item.id not in issues]
    if len(theses) > 1 and title:
        question = Ids(item.id for item in items).new("question")
        issues[question] = {"question": title}
        for key in theses:
            claims[key].setdefault("issue", question)
    thesis = theses[0] if len(theses) == 1 and theses[0] == items[0].id else None
    data = {"id": map_id(content.name, (".txt",)), "title": title, "thesis": thesis}
    parts = {"claims": claims, "relations": relations, "issues": issues}
    return Reading(validated({**data, **parts}, content.name), irregular.findings)


def _items(lines: list[str], irregular: Irregular) -> tuple[str | None, list[_Item]]:
    title = None
    items: list[_Item] = []
    seen: set[str] = set()
    last: dict[str, int] = {}
    for n, line in enumerate(lines, 1):
        if not items and title is None and (match := _TITLE.fullmatch(line.strip())):
            title = _plain(match[1].strip())[0] or None
        elif (match := _ITEM.fullmatch(line)) and _begins(match, items, seen, last):
            number, stance, column = match["number"], match["stance"], match.start("number") + 1
            if number in seen:
                irregular.add("duplicate-id", f"{brief(number)}. occurs twice.", (number,), line=n, column=column)
            seen.add(number)
            above, _, end = number.rpartition(".")
            last[above] = max(last.get(above, 0), int(end))
            stance = stance and ("Pro" if stance[0] in "Pp" else "Con")
            items.append(_Item(number, stance, n, column, [match["words"].lstrip()]))
        elif items:
            items[-1].lines.append(line)
            if match and match["said"] and "." in match["number"]:
                message = f"looks like an entry, and its number does not go on from the last: read as text of {brief(items[-1].number)}."
                irregular.add("unknown-line", message, line=n, column=match.start("number") + 1)
            if match := _LISTED.match(line):
                items[-1].listed = int(match[1])
        elif line.strip():
            irregular.add("unknown-line", "a line before the first numbered claim is left out.", line=n, column=1)
    return title, items


def _begins(match: re.Match[str], items: list[_Item], seen: set[str], last: dict[str, int]) -> bool:
    """Tell whether a numbered line is an entry, and not a number or a list inside the text of the entry before it."""
    above, _, end = match["number"].rpartition(".")
    regular, told = match["dot"] and match["blank"], match["said"] and above
    if regular and (told or not items or match["said"] in ("Pro:", "Con:")):
        return True
    if not (regular or told) or not items or int(end) != last.get(above, 0) + 1:
        return False
    return above in seen if above else items[-1].listed + 1 != int(end)


def _name(items: list[_Item], irregular: Irregular) -> None:
    """Tell claims from entries that see one, and give each claim its id."""
    ids = Ids()
    for item in items:
        see = _SEE.fullmatch(item.raw)
        if see and not see["more"]:
            item.sees = see[1]
            continue
        if see:
            says = f"sees {brief(see[1])}. and says more: read as a claim of these words."
            _note(item, irregular, says, "unknown-line")
        item.id = ids.new(item.number)


def _note(item: _Item, irregular: Irregular, says: str, rule: str = "dangling-reference") -> None:
    irregular.add(rule, f"{brief(item.number)}. {says}", (item.number,), line=item.line, column=item.column)


def _plain(text: str) -> tuple[str, list[dict[str, str]]]:
    r"""Return a text without its Markdown, and the links that were in it.

    >>> _plain(r"It rusts \(says [the report](https://example.org)\).")
    ('It rusts (says the report).', [{'text': 'the report', 'url': 'https://example.org'}])
    >>> _plain(r"It **must** *go*, 2 * 3 = 6 \*. [1](https://example.org/a_b_c)")[0]
    'It must go, 2 * 3 = 6 *. [1]'
    """
    links = [
        {"text": _ESCAPED.sub(r"\1", link[1]), "url": link[2]} for link in _LINK.finditer(text) if link[0][0] == "["
    ]
    text = _LINK.sub(_words_of_link, text)
    for _ in range(2):  # bold with something slanted in it
        text = _EMPHASIS.sub(lambda match: match["words"] or match["said"], text)
    return _ESCAPED.sub(r"\1", text), links


def _words_of_link(link: re.Match[str]) -> str:
    """Return the words of a link; an escaped character stays as it is."""
    if link[0][0] == "\\":
        return link[0]
    return f"[{link[1]}]" if link[1].strip().isdecimal() else link[1]
