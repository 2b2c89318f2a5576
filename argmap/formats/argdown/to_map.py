"""Document → map: a statement is a claim, an argument is what it does.

    [A]: text                          claim A
      + <B>: gist                      claim B (an argument told in a sentence), support of A by B
    <C>  (1) P  (2) Q  ----  (3) A     support C of A by P and Q, linked; a support for each inference, if several

An argument that is taken apart *is* its inferences; one that is not says no more than its gist, which is a reason like
any other. So:

- what undercuts an argument attacks its support by its id (told in a sentence: each relation that it has);
- what supports or attacks an argument as a whole has its support as the target too, marked `kind: attack` if it attacks;
- a contradiction is two attacks, marked so that they are one again when written;
- headings are not issues, for nobody asked them. They stay under `extra`, like tags, marks and data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from argmap.findings import ArgmapError, Finding, Place, Severity
from argmap.formats.argdown.document import SYMMETRIC, Document, End, Inferred, Node, Relation
from argmap.formats.argdown.inline import Wording
from argmap.formats.argdown.spelling import is_title, visible
from argmap.formats.argdown.syntax import NAME, OWN, UNTITLED, sketch_id
from argmap.formats.common.reader_support import Ids, Irregular, as_dict, as_word, drop_empty, is_id, map_id, validated
from argmap.model import Claim, Map
from argmap.schemes import canonical

_WORDS_IN_ID = 8
_OF_CLAIM = {*Claim.model_fields, "quote"} - {"id", "text", "extra"}
_OF_MAP = {*Map.model_fields} - {"argmap", "title", "sources", "claims", "relations", "extra"}


def to_map(document: Document, name: str, irregular: Irregular, place: Callable[[int], Place] | None = None) -> Map:
    """Make the map of a settled document; raise ArgmapError if argmap's own metadata does not fit the model."""
    mapper = _Mapper(document, name, irregular, place)
    try:
        return mapper.map()
    except ArgmapError as error:
        raise ArgmapError(map(mapper.placed, error.findings)) from None


def _own(data: dict[str, Any]) -> dict[str, Any]:
    return as_dict(data.get(OWN))


def _extra(**facts: Any) -> dict[str, Any]:
    kept = drop_empty(facts)
    return {NAME: kept} if kept else {}


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
        self.relations: list[dict[str, Any]] = []
        self.tied: set[tuple[str, str, str, str | None]] = set()
        self.groups = 0

    def map(self) -> Map:
        self._name_claims()
        self._name_supports()
        claims = {claim_id: self._claim(self._node(end), claim_id) for end, claim_id in self.ids.items()}
        for relation in self.document.misplaced:
            message = f"[{relation.target.title}] is undercut, but is not an inference: read as an attack."
            hint = "Undercut an argument (`<title>`), or an inference in the line below its dashes."
            self._note("undercut-of-statement", message, relation.at, hint)
        for argument, relation in self.document.circular:
            if relation.kind != "support":
                message = f"<{argument}> is against [{relation.target.title}], which is its own conclusion: left out."
                hint = "An argument leads to its last line; let it conclude what speaks against that statement."
                self._note("circular", message, relation.at, hint)
        sketched = []
        for relation in self.document.relations:
            if relation.kind == "undercut" and relation.target.kind == "argument":
                sketched.append(relation)
            else:
                self._relation(relation)
        for node in self.document.arguments.values():
            self._inferences(node)
        self._undercut_sketches(sketched, claims)
        front = dict(self.document.front_matter)
        title, own = front.pop("title", None), as_dict(front.pop(OWN, None))
        sections = [
            drop_empty({"title": s.wording.text, "level": s.level, "tags": s.wording.tags, "data": s.data})
            for s in self.document.sections
        ]
        data = {
            "id": map_id(self.name, (".argdown", ".ad", ".json")),
            **{key: item for key, item in own.items() if key in _OF_MAP},
            "title": str(title) if isinstance(title, str | int | float) else None,
            "claims": claims,
            "relations": self.relations,
            "extra": _extra(front_matter=front, sections=sections),
        }
        return validated(data, self.name)

    def _note(
        self, rule: str, message: str, offset: int | None, hint: str | None = None, severity: Severity = "warning"
    ) -> None:
        place = self.place(offset) if self.place is not None and offset is not None else Place()
        self.irregular.add(rule, message, line=place.line, column=place.column, hint=hint, severity=severity)

    def placed(self, finding: Finding) -> Finding:
        """Place a finding on a claim where that claim first stands in the text."""
        kind, claim_id, *_ = (*finding.place.at, "", "")
        end = next((end for end, named in self.ids.items() if named == claim_id and kind == "claims"), None)
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
        for own in (True, False):
            for end, node in nodes:
                wish = _own(node.data).get("id") if own else "" if " " in end.title else end.title
                if end not in self.ids and is_id(wish) and wish not in taken:
                    taken.add(str(wish))
                    self.ids[end] = str(wish)
        new = Ids(taken).new
        for end, node in nodes:
            if end not in self.ids:
                shown = node.wordings[-1:] if UNTITLED.fullmatch(end.title) else []
                words = [word.strip(".-") for wording in shown for word in wording.text.split()[:_WORDS_IN_ID]]
                self.ids[end] = new(" ".join(words) if shown else end.title, "untitled")
        self.ids = {end: self.ids[end] for end, _ in nodes}

    def _name_supports(self) -> None:
        targets = {r.target for r in self.document.relations}
        wanted: list[tuple[End, str]] = []
        taken: set[str] = set()
        for title, argument in self.document.arguments.items():
            untitled = UNTITLED.fullmatch(title)
            for n, line in enumerate(argument.lines):
                if line.inference is None:
                    continue
                end, is_main = End("inference", title, n), n == len(argument.lines) - 1
                own = _own(line.inference.data).get("id")
                if is_id(own) and own not in taken:
                    taken.add(str(own))
                    self.supports[end] = str(own)
                elif is_main and not untitled:
                    wanted.append((end, title))
                elif end in targets or (is_main and End("argument", title) in targets):
                    base = f"{self.ids[End('statement', line.statement)]}.because"
                    wanted.append((end, base if untitled else f"{as_word(title)}.{n + 1}"))
        new = Ids(taken | set(self.ids.values())).new
        for end, wish in wanted:
            self.supports[end] = new(wish)

    # Claims.

    def _claim(self, node: Node, claim_id: str) -> dict[str, Any]:
        own = _own(node.data)
        title = None if UNTITLED.fullmatch(node.title) else node.title
        text, others = _texts(node)
        if isinstance(own.get("text"), str) and visible(own["text"]) == text:
            text = own["text"]
        elif not node.wordings:
            text = title or node.title
            message = f"{_written(node)} is referred to, but never given a text."
            self._note("undefined", message, (node.order or (0, 0))[0], severity="note")
        extra = _extra(
            title=title if title != claim_id and is_title(title, argument=node.argument) else None,
            kind="argument" if node.argument else None,
            others=others,
            **_kept(node),
        )
        return {"text": text, **{key: own[key] for key in own if key in _OF_CLAIM}, "extra": extra}

    # Relations.

    def _relation(self, relation: Relation) -> None:
        source, target, kind = relation.source, relation.target, relation.kind
        by, to = self.ids[source], self._target(target)
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
        if (type_, target, by, kind) not in self.tied:
            self.tied.add((type_, target, by, kind))
            self.relations.append({type_: target, "by": [by], "extra": _extra(kind=kind)})

    def _undercut_sketches(self, undercuts: list[Relation], claims: dict[str, Any]) -> None:
        """Undercut what an argument told in a sentence does to others, for it has no inference of its own."""
        done: dict[str, list[dict[str, Any]]] = {}
        for relation in self.relations:
            if len(relation["by"]) == 1:
                done.setdefault(relation["by"][0], []).append(relation)
        new = Ids({r["id"] for r in self.relations if r.get("id")} | claims.keys()).new
        for undercut in undercuts:
            argument, by = self.ids[undercut.target], self.ids[undercut.source]
            for relation in done.get(argument, ()):
                if not relation.get("id"):
                    type_, target = next(iter(relation.items()))
                    usual = type_ if type_ == "support" or target in claims else "undercut"
                    kind = relation["extra"].get(NAME, {}).get("kind") or usual
                    relation["id"] = new(sketch_id(argument, kind, target))
                self._tie("attack", relation["id"], by)
            if argument not in done:
                self._tie("attack", argument, by, "undercut")

    # Arguments that are taken apart.

    def _inferences(self, argument: Node) -> None:
        lines = argument.lines
        if not lines:
            return
        claims = [self.ids[End("statement", line.statement)] for line in lines]
        untitled = UNTITLED.fullmatch(argument.title) is not None
        main_id = self.supports.get(End("inference", argument.title, len(lines) - 1))
        title = argument.title if is_title(argument.title, argument=True) else main_id
        several = sum(line.inference is not None for line in lines) > 1
        group: str | int | None = title if several or title != main_id else None
        if untitled:
            self.groups += several
            group = self.groups if several else None
        before: list[str] = []
        premises: list[str] = []
        for n, (line, claim) in enumerate(zip(lines, claims, strict=True)):
            if line.inference is None:
                premises.append(claim)
                continue
            by = self._used(argument, line.inference, line.data, claims) or [*before, *premises]
            self._support(argument, n, claim, by, group)
            before, premises = [claim], []

    def _used(self, argument: Node, inferred: Inferred, data: dict[str, Any], claims: list[str]) -> list[str]:
        """Find the claims of the lines that an inference says it uses; empty if it says nothing of use."""
        said = (some.get(key) for key in ("uses", "from") for some in (inferred.data, data))
        uses = next((value for value in said if isinstance(value, list)), [])
        for n in uses:
            if not isinstance(n, int) or isinstance(n, bool) or not 1 <= n <= len(claims):
                message = f"{_written(argument)} has an inference that uses line {n!r}, which it does not have."
                self._note("unknown-line", message, inferred.at, f"Its lines are 1 to {len(claims)}.")
                return []
        return [claims[n - 1] for n in uses]

    def _support(self, argument: Node, at: int, claim: str, by: list[str], group: str | int | None) -> None:
        inferred = argument.lines[at].inference or Inferred()
        own, rules = _own(inferred.data), [rule for rule in inferred.rules if rule]
        is_main = at == len(argument.lines) - 1
        relation = {
            "id": self.supports.get(End("inference", argument.title, at)),
            "scheme": own.get("scheme", canonical(rules[0]) if rules else None),
            "cue": own.get("cue"),
            "note": own.get("note"),
        }
        relation = {key: value for key, value in relation.items() if value is not None}
        gist, others = _texts(argument) if is_main else ("", [])
        facts = drop_empty(
            {
                "argument": group,
                "step": None if is_main else sum(line.inference is not None for line in argument.lines[: at + 1]),
                "rules": [] if rules == [relation.get("scheme")] else rules,
                "inference": {k: v for k, v in inferred.data.items() if k not in (OWN, "uses", "from")},
                "gist": gist,
                "others": others,
                **(_kept(argument) if is_main else {}),
            }
        )
        # A structure where a line would do.
        apart = len(by) == 1 and not relation and group is None
        self.relations.append({"support": claim, "by": by, **relation, "extra": _extra(**facts, apart=apart or None)})


def _texts(node: Node) -> tuple[str, list[str]]:
    """Return the text of a statement or argument, and its other wordings."""
    texts = list(dict.fromkeys(w.text for w in reversed(node.wordings) if w.text))[::-1]
    shown = next((w.text for w in reversed(node.wordings) if w.text or w.tags), "")
    return shown, [text for text in texts if text != shown]


def _kept(node: Node) -> dict[str, Any]:
    """Return what Argdown says of a statement or argument and a map has no field for."""
    shown = next((w for w in reversed(node.wordings) if w.text or w.tags), Wording())
    return {
        "marks": shown.marks,
        "tags": node.tags,
        "data": {key: value for key, value in node.data.items() if key != OWN},
        "section": node.section,
    }


def _written(node: Node) -> str:
    return f"<{node.title}>" if node.argument else f"[{node.title}]"
