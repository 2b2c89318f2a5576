"""What Argdown says and a map has no word for: kept under `extra["argdown"]` of a claim, a relation or the map.

    claim      title: Legalisation of Soft Drugs      its title, where that is not its id
               tags: [pro]   data: {…}   section: 2   what stands behind it, and under which heading
    relation   argument: No harm, no ban              the argument whose inference it is

A map comes from anywhere and `extra` may hold anything, so each fact is taken only when it is of its kind and could be
written; `kept` of what was taken is what a writer writes and a reader reads again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from argmap.formats.argdown import inline, metadata
from argmap.formats.argdown.syntax import LINE_END
from argmap.formats.common.reader_support import own

NAME = "argdown"
UNTITLED = re.compile(r"Untitled \d+")
"""The titles that Argdown gives to what has none."""
NOT_HEARD = frozenset(
    {"constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf"}
    | {"__proto__", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__"}
)
"""Words that every object of JavaScript knows already: as titles they bring Argdown to a halt."""
RELATION_KINDS = ("attack", "contradictory", "contrary", "undercut")


def writable_title(title: object, *, argument: bool) -> bool:
    """Whether `[title]` or `<title>` can be written."""
    if not isinstance(title, str) or not title or title[0] == "-" or title.startswith("!--"):
        return False
    if UNTITLED.fullmatch(title) or title in NOT_HEARD:
        return False
    closing = ">" if argument else "]"
    return closing not in title and not any(char in title for char in "\n\r\u2028\u2029")


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or not metadata.fits(value):
        return {}
    return {key: item for key, item in value.items() if key != metadata.OWN}


def _words(value: Any) -> list[str]:
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []


def _tags(value: Any, inside: Iterable[str] = ()) -> list[str]:
    """Tags that can be written and do not stand in the text already."""
    return [word for word in dict.fromkeys(_words(value)) if inline.tag(word) and word not in inside]


def _markup(value: Any) -> str | None:
    """A marked text in the one spelling; `None` for what is none."""
    seen = inline.rendered(value) if isinstance(value, str) and value else None
    return inline.markup(inline.Wording(*seen)) if seen and seen[0] else None


def _markups(value: Any) -> list[str]:
    """Marked texts, each once; of equal ones the last counts."""
    found = [marked for word in _words(value) if (marked := _markup(word))]
    return list(dict.fromkeys(reversed(found)))[::-1]


def _inside(markups: Iterable[str]) -> set[str]:
    """The tags that stand in some texts."""
    seen = (inline.rendered(markup) for markup in markups)
    return {r.value for some in seen if some for r in some[1] if r.type == "tag"}


def _section(value: Any, sections: int) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= sections else None


@dataclass(slots=True)
class ClaimFacts:
    """Facts of a claim."""

    title: str | None = None
    untitled: bool = False
    """A statement without a title, which stands in one place only."""
    argument: bool = False
    """An argument told in a sentence, not taken apart."""
    undefined: bool = False
    """Referred to, but never given a text."""
    markup: str | None = None
    """The text with the marks, tags and mentions in it."""
    others: list[str] = field(default_factory=list)
    """Its other wordings, marked."""
    tags: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    section: int | None = None

    @classmethod
    def of(cls, extra: Mapping[str, Any], id: str, text: str, sections: int) -> ClaimFacts:
        """The facts that hold of a claim of that id and text, in a map of so many sections."""
        value = own(extra, NAME)
        if not value:
            return cls()
        argument = value.get("kind") == "argument"
        title = value.get("title")
        markup = _markup(value.get("markup"))
        seen = inline.rendered(markup) if markup else None
        visible = inline.visible(text)
        if seen is None or not seen[1] or seen[0] != visible:
            markup = None
        others = _markups(value.get("others")) if visible else []
        if others:
            shown = markup or inline.escape(visible)
            others = [other for other in others if other != shown]
        tags = _tags(value.get("tags"), _inside(others if markup is None else [*others, markup]))
        undefined = value.get("undefined") is True and text == (title or id) and markup is None
        return cls(
            title=title if title != id and writable_title(title, argument=argument) else None,
            untitled=value.get("untitled") is True and not argument and bool(visible),
            argument=argument,
            undefined=undefined,
            markup=markup,
            others=others,
            tags=tags,
            data=_mapping(value.get("data")),
            section=None if undefined or not (visible or tags) else _section(value.get("section"), sections),
        ).settled()

    def settled(self) -> ClaimFacts:
        """Without what contradicts the rest."""
        if self.untitled:
            self.title, self.undefined, self.others = None, False, []
        if self.undefined:
            self.others = []
        return self

    def kept(self) -> dict[str, Any]:
        """As it stands under `extra`."""
        return _non_empty(
            title=self.title,
            untitled=self.untitled,
            kind="argument" if self.argument else None,
            undefined=self.undefined,
            markup=self.markup,
            others=self.others,
            tags=self.tags,
            data=self.data,
            section=self.section,
        )


@dataclass(slots=True)
class RelationFacts:
    """Facts of a relation; for a support also of the argument whose inference it is."""

    kind: str | None = None
    """`attack` on an argument as a whole (not on its inference), half of a `contradictory` or `contrary` pair, `undercut` of an argument."""
    argument: str | int | None = None
    """Title of its argument, where that is not its id; a number where steps of one without a title belong together."""
    step: int | None = None
    """Which step towards the main conclusion; none for the last."""
    apart: bool = False
    """Written as premise and conclusion, where a line would do."""
    untitled: bool = False
    """Its argument has no title, though the support has an id."""
    premises: list[list[str]] | None = None
    """Ids of the premises before each inference, where they do not follow from the steps."""
    wordings: list[str] = field(default_factory=list)
    """What is said of the argument, marked; the last is its description."""
    tags: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    section: int | None = None
    rules: list[str] = field(default_factory=list)
    """The rules of inference, where they are not just the scheme."""
    inference: dict[str, Any] = field(default_factory=dict)
    """The inference's own data."""

    @classmethod
    def of(cls, extra: Mapping[str, Any], sections: int) -> RelationFacts:
        """The facts of a relation, in a map of so many sections."""
        value = own(extra, NAME)
        if not value:
            return cls()
        argument, step, kind, premises = (value.get(key) for key in ("argument", "step", "kind", "premises"))
        titled = isinstance(argument, str) and writable_title(argument, argument=True)
        numbered = isinstance(argument, int) and not isinstance(argument, bool)
        is_step = isinstance(step, int) and not isinstance(step, bool) and step > 0 and argument is not None
        listed = isinstance(premises, list) and all(isinstance(item, list) for item in premises)
        wordings = _markups(value.get("wordings"))
        return cls(
            kind=kind if kind in RELATION_KINDS else None,
            argument=argument if titled or numbered else None,
            step=step if is_step else None,
            apart=value.get("apart") is True,
            untitled=value.get("untitled") is True,
            premises=[_words(item) for item in premises] if listed and premises is not None else None,
            wordings=wordings,
            tags=_tags(value.get("tags"), _inside(wordings)),
            data=_mapping(value.get("data")),
            section=_section(value.get("section"), sections),
            rules=[rule for rule in _words(value.get("rules")) if writable_rule(rule)],
            inference={k: v for k, v in _mapping(value.get("inference")).items() if k not in ("uses", "from")},
        )

    def kept(self) -> dict[str, Any]:
        """As it stands under `extra`."""
        return _non_empty(
            kind=self.kind,
            argument=self.argument,
            step=self.step,
            apart=self.apart,
            untitled=self.untitled,
            premises=self.premises,
            wordings=self.wordings,
            tags=self.tags,
            data=self.data,
            section=self.section,
            rules=self.rules,
            inference=self.inference,
        )


@dataclass(slots=True)
class KeptHeading:
    """A heading: its words, marked, its level from 1, tags and data."""

    title: str
    level: int = 1
    tags: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class MapFacts:
    """Facts of a map: what the front matter holds, and the headings."""

    front_matter: dict[str, Any] = field(default_factory=dict)
    sections: list[KeptHeading] = field(default_factory=list)

    @classmethod
    def of(cls, extra: Mapping[str, Any]) -> MapFacts:
        """The facts of a map."""
        value = own(extra, NAME)
        front = {key: item for key, item in _mapping(value.get("front_matter")).items() if key != "title"}
        sections = value.get("sections")
        return cls(front, [_heading(s) for s in sections] if isinstance(sections, list) else [])

    @property
    def strict(self) -> bool:
        """Whether relations between statements are logical."""
        model = self.front_matter.get("model")
        return isinstance(model, dict) and model.get("mode") == "strict"

    def be_loose(self) -> None:
        """Leave strict mode."""
        model = {key: value for key, value in self.front_matter["model"].items() if key != "mode"}
        rest = {key: value for key, value in self.front_matter.items() if key != "model"}
        self.front_matter = {**rest, "model": model} if model else rest

    def kept(self) -> dict[str, Any]:
        """As it stands under `extra`."""
        sections = [{"title": s.title, "level": s.level, **_non_empty(tags=s.tags, data=s.data)} for s in self.sections]
        return _non_empty(front_matter=self.front_matter, sections=sections)


def _heading(value: Any) -> KeptHeading:
    """A heading of any value: sections are counted, so none may be left out."""
    given = value if isinstance(value, dict) else {}
    title, level = _markup(given.get("title")), given.get("level")
    tags = _tags(given.get("tags"), _inside([title] if title else []))
    return KeptHeading(
        title or ("" if tags else "…"),
        level if isinstance(level, int) and 1 <= level <= 20 else 1,
        tags,
        _mapping(given.get("data")),
    )


def writable_rule(rule: str) -> bool:
    """Whether a rule of inference can be written between dashes and read back."""
    return bool(rule) and rule == inline.visible(rule) and not any(char in rule for char in LINE_END)


def _non_empty(**facts: Any) -> dict[str, Any]:
    return {
        key: value
        for key, value in facts.items()
        if value is not None and value is not False and value not in ("", [], {})
    }
