"""Document → map: a statement is a claim, an argument is what it does.

    [A]: text                          claim A
      + <B>: gist                      claim B (an argument told in a sentence), support of A by B
    <C>  (1) P  (2) Q  ----  (3) A     support C of A by P and Q, linked; a support for each inference, if several

Why so: an argument that is taken apart *is* its inferences, and what Argdown draws as its box is only their name; one that is
not taken apart says no more than its gist, which is a reason like any other. So:

- what undercuts an argument attacks the support by its id (of one told in a sentence: each relation that it has);
- what supports or attacks an argument as a whole, without saying which premise, has the support as its target too,
  marked `kind: attack` where it would else be an undercut;
- a contradiction is two attacks, marked so that they are one again when written;
- headings are no issues: nobody asked them as a question. They stay under `extra`, like tags and data.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.argdown import metadata
from argmap.formats.argdown.document import SYMMETRIC, Document, End, Inferred, Node, Relation
from argmap.formats.argdown.extra import (
    NAME,
    UNTITLED,
    ClaimFacts,
    KeptHeading,
    MapFacts,
    RelationFacts,
    writable_rule,
    writable_title,
)
from argmap.formats.argdown.inline import Wording, escape, inner_tags, markup, visible
from argmap.formats.argdown.layout import derived_premises, steps_of
from argmap.formats.common.reader_support import Ids, Irregular, as_dict, as_word, is_id, map_id, validated
from argmap.schemes import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from argmap.findings import Severity
    from argmap.model import Map

_WORDS_IN_ID = 8
_OWN_OF_CLAIM = ("kind", "issue", "position", "speaker", "commitment", "force", "implicit", "note", "quotes")
_OWN_OF_MAP = ("thesis", "codebook", "speakers", "issues", "note")


def to_map(document: Document, name: str, irregular: Irregular, place: Callable[[int], Place] | None = None) -> Map:
    """The map of a document.

    Parameters
    ----------
    document
        The document, settled.
    name
        The file's name, for the map's id and for findings.
    irregular
        Takes up what is irregular in the document.
    place
        The line and column of an offset, where there is a text.

    Raises
    ------
    ArgmapError
        When what argmap itself keeps in the metadata does not fit the model.
    """
    mapper = _Mapper(document, name, irregular, place)
    try:
        return mapper.map()
    except ArgmapError as error:
        raise ArgmapError(map(mapper.placed, error.findings)) from None


def marked(wording: Wording) -> str:
    """A wording with its marks, or without them where Argdown cannot mark it so."""
    return (markup(wording) if wording.ranges else None) or escape(wording.text)


def words_of(text: str) -> str:
    """The wish for the id of something without a title: its first words."""
    return " ".join(word.strip(".-") for word in text.split()[:_WORDS_IN_ID])


class _Mapper:
    """One document on its way to a map."""

    def __init__(
        self, document: Document, name: str, irregular: Irregular, place: Callable[[int], Place] | None
    ) -> None:
        self.document = document
        self.name = name
        self.irregular = irregular
        self.place = place
        self.ids: dict[End, str] = {}
        """Ids of claims, by statement or argument."""
        self.supports: dict[End, str] = {}
        """Ids of the supports that need one, by inference."""
        self.claims: dict[str, dict[str, Any]] = {}
        self.relations: list[dict[str, Any]] = []
        self.tied: set[tuple[str, str, str, str | None]] = set()
        self.groups = 0

    def map(self) -> Map:
        """The map."""
        self._name_claims()
        self._name_supports()
        for end, id in self.ids.items():
            self.claims[id] = self._claim(self._node(end), id)
        for relation in self.document.misplaced:
            self._note(
                "undercut-of-statement",
                f"[{relation.target.title}] is undercut, but is no inference: read as an attack.",
                relation.at,
                "Undercut an argument (`<title>`), or an inference in the line below its dashes.",
            )
        for argument, relation in self.document.circular:
            if relation.kind != "support":
                self._note(
                    "circular",
                    f"<{argument}> is against [{relation.target.title}], which is its own conclusion: left out.",
                    relation.at,
                    "An argument leads to its last line; let it conclude what speaks against that statement.",
                )
        sketched = []
        for relation in self.document.relations:
            if relation.kind == "undercut" and relation.target.kind == "argument":
                sketched.append(relation)
            else:
                self._relation(relation)
        for node in self.document.arguments.values():
            self._inferences(node)
        self._undercut_sketches(sketched)
        return validated(self._whole(), self.name)

    def _whole(self) -> dict[str, Any]:
        front = dict(self.document.front_matter)
        title = front.pop("title", None)
        given = front.pop(metadata.OWN, None)
        given = as_dict(given)
        sections = [
            KeptHeading(marked(s.wording), s.level, _outside([s.wording], s.wording.tags), s.data)
            for s in self.document.sections
        ]
        extra = MapFacts(front, sections).kept()
        return {
            "id": given.get("id", map_id(self.name, (".argdown", ".ad", ".json"))),
            **{key: given[key] for key in _OWN_OF_MAP if key in given},
            "title": str(title) if isinstance(title, str | int | float) else None,
            "claims": self.claims,
            "relations": self.relations,
            "extra": {NAME: extra} if extra else {},
        }

    def _note(
        self, rule: str, message: str, offset: int | None, hint: str | None = None, severity: Severity = "warning"
    ) -> None:
        place = self.place(offset) if self.place is not None and offset is not None else Place()
        self.irregular.add(rule, message, line=place.line, column=place.column, hint=hint, severity=severity)

    def placed(self, finding: Finding) -> Finding:
        """A finding on a claim, placed where that first stands in the text."""
        kind, id, *_ = (*finding.place.at, "", "")
        end = next((end for end, claim in self.ids.items() if claim == id and kind == "claims"), None)
        order = self._node(end).order if end is not None else None
        if self.place is None or order is None:
            return finding
        place, way = self.place(order[0]), "/".join(map(str, finding.place.at[2:]))
        place = replace(finding.place, line=place.line, column=place.column)
        return replace(finding, message=f"{way}: {finding.message}", place=place)

    def _node(self, end: End) -> Node:
        return self.document.node(end.kind == "argument", end.title)

    # Ids: those that argmap wrote first, then titles that are words, then the rest in the order of the text.

    def _name_claims(self) -> None:
        nodes = [
            *((End("statement", title), node) for title, node in self.document.statements.items()),
            *((End("argument", title), node) for title, node in self.document.arguments.items() if not node.lines),
        ]
        nodes.sort(key=lambda item: item[1].order or (0, 0))
        taken: set[str] = set()
        for end, node in nodes:
            wish = self._own(node.data).get("id")
            if is_id(wish) and wish not in taken:
                taken.add(str(wish))
                self.ids[end] = str(wish)
        for end, _ in nodes:
            if end not in self.ids and " " not in end.title and is_id(end.title) and end.title not in taken:
                taken.add(end.title)
                self.ids[end] = end.title
        new = Ids(taken).new
        for end, node in nodes:
            if end not in self.ids:
                untitled = UNTITLED.fullmatch(end.title)
                shown = node.wordings[-1:]
                self.ids[end] = new(words_of(shown[0].text) if untitled and shown else end.title, "untitled")
        self.ids = {end: self.ids[end] for end, _ in nodes}

    def _name_supports(self) -> None:
        targets = {r.target for r in self.document.relations}
        wanted: list[tuple[End, str]] = []
        taken: set[str] = set()
        for title, argument in self.document.arguments.items():
            main = len(argument.lines) - 1
            untitled = UNTITLED.fullmatch(title)
            for n, line in enumerate(argument.lines):
                end = End("inference", title, n)
                own = self._own(line.inference.data) if line.inference else {}
                aimed = end in targets or (n == main and End("argument", title) in targets)
                if line.inference is None:
                    continue
                if is_id(own.get("id")) and own["id"] not in taken:
                    taken.add(own["id"])
                    self.supports[end] = own["id"]
                elif n == main and not untitled:
                    wanted.append((end, title))
                elif aimed:
                    base = f"{self.ids[End('statement', line.statement)]}.because"
                    wanted.append((end, base if untitled else f"{as_word(title)}.{n + 1}"))
        new = Ids(taken | set(self.ids.values())).new
        for end, wish in wanted:
            self.supports[end] = new(wish)

    def _own(self, data: dict[str, Any]) -> dict[str, Any]:
        return as_dict(data.get(metadata.OWN))

    # Claims.

    def _claim(self, node: Node, id: str) -> dict[str, Any]:
        own = self._own(node.data)
        given = node.wordings
        wordings = [w for w in given if w.text or w.tags]
        title = None if UNTITLED.fullmatch(node.title) else node.title
        shown = wordings[-1] if wordings else Wording()
        text, undefined = shown.text, False
        if isinstance(own.get("text"), str) and visible(own["text"]) == text:
            text = own["text"]
        elif not given:
            text, undefined = title or node.title, True
            message = f"{_written(node)} is referred to, but never given a text."
            self._note("undefined", message, (node.order or (0, 0))[0], severity="note")
        marks = markup(shown) if shown.ranges else None
        facts = (
            ClaimFacts(
                title=title if title != id and writable_title(title, argument=node.argument) else None,
                untitled=title is None and not node.argument and bool(shown.text),
                argument=node.argument,
                undefined=undefined,
                markup=marks,
                others=_distinct(marked(w) for w in wordings if w.text)[:-1] if shown.text and wordings[1:] else [],
                tags=_outside(wordings, node.tags),
                data={key: value for key, value in node.data.items() if key != metadata.OWN},
                section=node.section if wordings else None,
            )
            .settled()
            .kept()
        )
        fields = {key: own[key] for key in _OWN_OF_CLAIM if key in own}
        return {"text": text, **fields, "extra": {NAME: facts} if facts else {}}

    # Relations.

    def _relation(self, relation: Relation) -> None:
        source, target = relation.source, relation.target
        by, to = self.ids[source], self._target(target)
        kind = relation.kind
        if kind in ("support", "entails"):
            self._tie("support", to, by)
        elif kind in SYMMETRIC:
            pair = target in self.ids and source != target
            self._tie("attack", to, by, kind if pair else None)
            if pair:
                self._tie("attack", by, to, kind)
        else:
            self._tie("attack", to, by, "attack" if kind == "attack" and target not in self.ids else None)

    def _target(self, end: End) -> str:
        if end.kind == "argument" and end not in self.ids:
            end = End("inference", end.title, len(self.document.arguments[end.title].lines) - 1)
        return self.ids.get(end) or self.supports[end]

    def _tie(self, type_: str, target: str, by: str, kind: str | None = None) -> None:
        if (type_, target, by, kind) in self.tied:
            return
        self.tied.add((type_, target, by, kind))
        extra = {NAME: RelationFacts(kind=kind).kept()} if kind else {}
        self.relations.append({type_: target, "by": [by], "extra": extra})

    def _undercut_sketches(self, undercuts: list[Relation]) -> None:
        """An argument told in a sentence has no inference of its own: what it does to others is what is undercut."""
        done: dict[str, list[dict[str, Any]]] = {}
        for relation in self.relations:
            if len(relation["by"]) == 1:
                done.setdefault(relation["by"][0], []).append(relation)
        taken = {r["id"] for r in self.relations if r.get("id")}
        new = Ids(taken | self.claims.keys()).new
        for undercut in undercuts:
            argument, by = self.ids[undercut.target], self.ids[undercut.source]
            # Of two relations between the same ends each has its id, in whatever order they stand.
            for relation in sorted(done.get(argument, ()), key=lambda r: (sorted(r), repr(r["extra"]))):
                if not relation.get("id"):
                    relation["id"] = new(sketch_id(argument, relation.get("support") or relation.get("attack") or ""))
                self._tie("attack", relation["id"], by)
            if argument not in done:
                self._tie("attack", argument, by, "undercut")

    # Arguments that are taken apart.

    def _inferences(self, argument: Node) -> None:
        lines = argument.lines
        if not lines:
            return
        claims = [self.ids[End("statement", line.statement)] for line in lines]
        steps, premises, in_vain = steps_of(lines, claims)
        for inferred, number in in_vain:
            message = f"{_written(argument)} has an inference that uses line {number!r}, which it does not have."
            self._note("unknown-line", message, inferred.at, f"Its lines are 1 to {len(lines)}.")
        untitled = UNTITLED.fullmatch(argument.title) is not None
        main_id = self.supports.get(End("inference", argument.title, len(lines) - 1))
        title = argument.title if writable_title(argument.title, argument=True) else main_id
        group: str | int | None = title if len(steps) > 1 or title != main_id else None
        if untitled:
            self.groups += len(steps) > 1
            group = self.groups if len(steps) > 1 else None
        wordings = [w for w in argument.wordings if w.text or w.tags]
        ends = [n for n, line in enumerate(lines) if line.inference is not None]
        for n, (step, end) in enumerate(zip(steps, ends, strict=True), 1):
            inferred = lines[end].inference or Inferred()
            own = self._own(inferred.data)
            rules = [rule for rule in inferred.rules if rule]
            scheme = own.get("scheme", canonical(rules[0]) if rules else None)
            id = self.supports.get(End("inference", argument.title, end))
            main = n == len(steps)
            facts = RelationFacts(
                argument=group,
                step=None if main else n,
                untitled=main and untitled and id is not None,
                rules=[] if rules == ([scheme] if scheme else []) else [rule for rule in rules if writable_rule(rule)],
                inference={k: v for k, v in inferred.data.items() if k not in (metadata.OWN, "uses", "from")},
            )
            if main:
                facts.premises = premises if premises != derived_premises(steps) else None
                facts.wordings = _distinct(marked(w) for w in wordings if w.text)
                facts.tags = _outside(wordings, argument.tags)
                facts.data = {key: value for key, value in argument.data.items() if key != metadata.OWN}
                facts.section = argument.section
            relation = {
                "support": step.conclusion,
                "by": list(step.by),
                "id": id,
                "scheme": scheme,
                "cue": own.get("cue"),
                "note": own.get("note"),
            }
            relation = {key: value for key, value in relation.items() if value is not None}
            facts.apart = relation.keys() == {"support", "by"} and len(step.by) == 1 and not facts.kept()
            kept = facts.kept()
            self.relations.append({**relation, "extra": {NAME: kept} if kept else {}})


def sketch_id(argument: str, target: str) -> str:
    """The id of what an argument told in a sentence does to a target, where something undercuts it."""
    return f"{argument}.{target}"


def _distinct(texts: Iterable[str]) -> list[str]:
    """Each text once; of equal ones the last counts."""
    return list(dict.fromkeys(reversed(list(texts))))[::-1]


def _outside(wordings: Iterable[Wording], tags: list[str]) -> list[str]:
    """The tags that do not stand in one of the texts."""
    if not tags:
        return []
    inside = {tag for w in wordings if markup(w) is not None for tag in inner_tags(w)}
    return [tag for tag in tags if tag not in inside]


def _written(node: Node) -> str:
    return f"<{node.title}>" if node.argument else f"[{node.title}]"
