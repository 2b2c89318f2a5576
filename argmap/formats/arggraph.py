"""arggraph XML, as the argumentative microtext corpus writes it.

The text is cut into elementary units (`edu`); `seg` edges join one or more of them, directly or through a `joint`,
into an argumentative unit (`adu`) of the proponent or the opponent. Edges between these argue:

    <arggraph id="bridge" stance="pro">
      <edu id="e1">Close the bridge.</edu>            <edu id="e2">It rusts.</edu>
      <adu id="a1" type="pro"/>                       <adu id="a2" type="pro"/>
      <edge id="s1" src="e1" trg="a1" type="seg"/>    <edge id="s2" src="e2" trg="a2" type="seg"/>
      <edge id="c1" src="a2" trg="a1" type="sup"/>
    </arggraph>

    sup, exa → Support (exa: by the scheme "example")     reb → Attack on a claim
    add      → one more source of the relation it leads to     und → Attack on a relation

Which side a unit is on follows from the edges; where a file says otherwise, that is kept, as is how the text is
cut, the topic and the stance. The format has no place for: rephrases, schemes other than "example", quotes and
sources, speakers, kinds and what else a claim can be, title, thesis, issues, notes. Ids begin with a letter in
XML, so that others get an underscore before them.

Source: Peldszus & Stede 2013, From argument diagrams to argumentation mining in texts; the corpus's arggraph.dtd.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from argmap.finding import ArgmapError
from argmap.formats.format import Reading
from argmap.formats.kit import Ids, Irregular, drop_empty, map_id, validated
from argmap.formats.markup import SPACE, attribute, elements, escape, own, unreadable
from argmap.graph import ties
from argmap.model import Attack, Map, Support

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.formats.format import Content
    from argmap.formats.markup import Element

NAME = "arggraph"
EXAMPLE = "example"
_ARGUES = {"sup": "support", "exa": "support", "reb": "attack", "und": "attack"}
_MADE_UP = re.compile(r"_r\d+")
_ATTRIBUTE = re.compile(r"[A-Za-z_][\w.\-]*")
_KEPT = ("edus", "joints", "edges")


@dataclass(slots=True)
class _Units:
    """How a text is cut: units with their words, joints of them, and the units or joints of each claim."""

    edus: dict[str, str] = field(default_factory=dict)
    joints: dict[str, list[str]] = field(default_factory=dict)
    of: dict[str, list[str]] = field(default_factory=dict)

    places: dict[str, int] = field(default_factory=dict, compare=False)
    """Where each unit stands in the text."""

    def put(self, edu: str, words: str) -> None:
        """A further unit, after all others."""
        self.edus[edu] = words
        self.places.setdefault(edu, len(self.places))

    def words(self, units: list[str]) -> str:
        """The words of some units and joints, in the order of the text."""
        edus = (edu for unit in units for edu in self.joints.get(unit, [unit]))
        return " ".join(self.edus[edu] for edu in sorted(edus, key=self.places.__getitem__))


def read(content: Content) -> Reading:
    """The map of an arggraph."""
    root, *parts = elements(content)
    if root.tag != NAME:
        raise ArgmapError(unreadable(f"not an arggraph: its outermost element is {root.tag}", content.name, root.line))
    return _Reader(content.name, root, parts).reading()


class _Reader:
    """One file on its way to a map."""

    def __init__(self, name: str, root: Element, parts: list[Element]) -> None:
        self.name = name
        self.root = root
        self.irregular = Irregular(name)
        self.ids = Ids()
        self.units = _Units()
        self.sides: dict[str, str] = {}
        self.claim_of: dict[str, str] = {}
        """Claims by the name of their adu, and of its units."""
        self.relation_of: dict[str, dict[str, Any]] = {}
        """Relations by the name of their edge."""
        self.relations: list[dict[str, Any]] = []
        self.claims: dict[str, dict[str, Any]] = {}
        self.unknown: list[dict[str, str]] = []
        self.of_tag: dict[str, list[Element]] = {"edu": [], "joint": [], "adu": [], "edge": []}
        for part in parts:
            if part.tag in self.of_tag and part.depth == 1:
                self.of_tag[part.tag].append(part)
            else:
                self.note(part, "unknown-element", f"an arggraph has no element {part.tag}: left out.")

    def note(self, part: Element, rule: str, message: str) -> None:
        id = part.attributes.get("id", part.tag)
        self.irregular.add(rule, message, (id,), line=part.line, column=part.column)

    def reading(self) -> Reading:
        self.nodes()
        by_type: dict[str, list[Element]] = {}
        for edge in self.of_tag["edge"]:
            by_type.setdefault(edge.attributes.get("type", ""), []).append(edge)
        self.segment(by_type.pop("seg", []))
        adding = by_type.pop("add", [])
        self.argue([edge for edge in self.of_tag["edge"] if edge.attributes.get("type") in _ARGUES])
        self.add(adding)
        for type_, edges in by_type.items():
            for edge in edges if type_ not in _ARGUES else ():
                self.note(edge, "unknown-type", f"no edge type {type_!r} is known: kept, and not read.")
                self.unknown.append(dict(edge.attributes))
        return Reading(self.map(), self.irregular.findings)

    def nodes(self) -> None:
        """Units, joints and claims, each by a name of its own."""
        taken: set[str] = set()
        for part in (*self.of_tag["edu"], *self.of_tag["joint"], *self.of_tag["adu"]):
            id = part.attributes.get("id", "")
            if not id or id in taken:
                self.note(part, "duplicate-id", f"{part.tag} {id!r} needs an id of its own.")
                n = 2
                while (id := f"{part.attributes.get('id', part.tag)}-{n}") in taken:
                    n += 1
            taken.add(id)
            if part.tag == "edu":
                spaced = part.attributes.get(SPACE) == "preserve"
                self.units.put(id, part.text if spaced else " ".join(part.text.split()))
            elif part.tag == "joint":
                self.units.joints[id] = []
            else:
                claim = self.claim_of[id] = self.ids.word(_plain(id))
                self.sides[claim] = part.attributes.get("type", "")
                self.units.of[claim] = []
                self.claims[claim] = {"extra": {NAME: {"id": id}}} if claim != _plain(id) else {}

    def segment(self, edges: list[Element]) -> None:
        """Units into joints and claims."""
        edus, joints = self.units.edus, self.units.joints
        order = {id: n for n, id in enumerate((*joints, *edus))}
        # Units into joints first, so that a joint knows its words.
        for edge in sorted(edges, key=lambda edge: edge.attributes.get("trg") not in joints):
            source, target = edge.attributes.get("src", ""), edge.attributes.get("trg", "")
            if source in edus and target in joints:
                joints[target].append(source)
            elif source in order and target in self.claim_of:
                self.units.of[self.claim_of[target]].append(source)
                self.claim_of.setdefault(source, self.claim_of[target])
            else:
                self.note(edge, "dangling-reference", f"seg joins {source!r} to {target!r}, of which one is missing.")
        for adu in self.of_tag["adu"]:
            if not self.units.of.get(self.claim_of.get(adu.attributes.get("id", ""), ""), True):
                self.note(adu, "missing-text", "no unit of the text belongs to this adu.")
        for claim, units in self.units.of.items():
            self.claims[claim]["text"] = self.units.words(units)

    def argue(self, edges: list[Element]) -> None:
        """A relation an edge."""
        pointed = {edge.attributes.get(end) for edge in edges for end in ("src", "trg")}
        for edge in edges:
            id = edge.attributes.get("id", "")
            relation: dict[str, Any] = {"type": edge.attributes["type"], "edge": edge}
            if id in self.relation_of or id in self.claim_of:
                self.note(edge, "duplicate-id", f"edge {id!r} needs an id of its own.")
            elif id:
                self.relation_of[id] = relation
                if id in pointed or not _MADE_UP.fullmatch(id):
                    relation["id"] = self.ids.word(_plain(id))
            self.relations.append(relation)
        for relation in self.relations:
            edge = relation["edge"]
            source, target = self.end(edge, "src"), self.end(edge, "trg")
            relation["by"] = [] if source is None else [source]
            relation["target"] = target

    def end(self, edge: Element, which: str) -> str | None:
        """What an edge comes from or leads to: a claim or a relation."""
        name = edge.attributes.get(which, "")
        found = self.claim_of.get(name) or self.relation_of.get(name, {}).get("id")
        if found is None:
            way = "comes from" if which == "src" else "leads to"
            self.note(edge, "dangling-reference", f"{edge.attributes.get('type')} {way} {name!r}, which is not there.")
        return found

    def add(self, edges: list[Element]) -> None:
        """Further sources into the relation that they lead to, or that their target is the first source of."""
        first = {relation["by"][0]: relation for relation in reversed(self.relations) if relation["by"]}
        added = {edge.attributes.get("id", ""): edge.attributes.get("trg", "") for edge in edges}
        for edge in edges:
            source, target = self.end(edge, "src"), edge.attributes.get("trg", "")
            # An addition to an addition is one to what that adds to; a way gone once is kept short.
            way = []
            while target in added and target not in self.relation_of:
                way.append(target)
                target = added.pop(target)
            added.update(dict.fromkeys(way, target))
            relation = self.relation_of.get(target) or first.get(self.claim_of.get(target, ""))
            if relation is None:
                self.note(edge, "dangling-reference", f"add leads to {target!r}, which is no relation.")
            elif source is not None:
                relation["by"].append(source)

    def map(self) -> Map:
        """The map; what the format says beyond it under `extra`."""
        id = self.root.attributes.get("id", "")
        kept = {key: value for key, value in self.root.attributes.items() if key != "id" and key not in _KEPT}
        data: dict[str, Any] = {
            "id": Ids().word(_plain(id)) if id else map_id(self.name, (".xml",)),
            "claims": self.claims,
            "relations": [
                {
                    _ARGUES[relation["type"]]: relation["target"],
                    "by": relation["by"],
                    "id": relation.get("id"),
                    **({"scheme": EXAMPLE} if relation["type"] == "exa" else {}),
                }
                for relation in self.relations
            ],
            "extra": {NAME: kept} if kept else {},
        }
        plain = validated(data, self.name)
        for claim, side in _sides(plain).items():
            if self.sides[claim] not in ("", side):
                self._keep(self.claims[claim], type=self.sides[claim])
        if _units(plain) != self.units:
            self._keep(data, edus=[list(edu) for edu in self.units.edus.items()], joints=self.units.joints)
            for claim, units in self.units.of.items():
                self._keep(self.claims[claim], edus=units)
        self._keep(data, edges=self.unknown)
        return validated(data, self.name)

    @staticmethod
    def _keep(data: dict[str, Any], **values: Any) -> None:
        if values := drop_empty(values):
            extra = data.setdefault("extra", {})
            extra[NAME] = {**extra.get(NAME, {}), **values}


def carried(m: Map, _whole: Map) -> Map:
    """Of the schemes, only the example has an edge type."""

    def plain(relation: Any) -> Any:
        return relation if relation.scheme in (None, EXAMPLE) else relation.model_copy(update={"scheme": None})

    return m.model_copy(update={"relations": tuple(map(plain, m.relations))})


def write(m: Map) -> str:
    """The map as an arggraph."""
    lines = ["<?xml version='1.0' encoding='UTF-8'?>", f"<arggraph{_attributes({'id': _name(m.id), **_topic(m)})}>"]
    lines += (f"  {element}" for element in _elements(m))
    return "\n".join([*lines, "</arggraph>", ""])


def _topic(m: Map) -> dict[str, str]:
    """The attributes of the whole that were read: topic, stance."""
    return {
        key: value
        for key, value in own(m.extra, NAME).items()
        if isinstance(value, str) and key != "id" and _ATTRIBUTE.fullmatch(key)
    }


def _elements(m: Map) -> Iterator[str]:
    names = {id: _original(claim.extra, _name(id)) for id, claim in m.claims.items()}
    units, sides = _units(m), _sides(m)
    for id, text in units.edus.items():
        spaced = {} if " ".join(text.split()) == text else {"xml:space": "preserve"}
        yield f"<edu{_attributes({'id': id, **spaced})}>{escape(text)}</edu>"
    for id in units.joints:
        yield f"<joint{_attributes({'id': id})}/>"
    for id, claim in m.claims.items():
        side = own(claim.extra, NAME).get("type")
        yield f"<adu{_attributes({'id': names[id], 'type': side if isinstance(side, str) else sides[id]})}/>"
    segments = [(edu, joint) for joint, edus in units.joints.items() for edu in edus]
    segments += [(unit, names[id]) for id, of in units.of.items() for unit in of]
    for n, (source, target) in enumerate(segments, 1):
        yield _edge(f"_s{n}", source, target, "seg")
    names |= {r.id: _name(r.id) for r in m.relations if r.id and r.id not in m.claims}
    numbers = count(1)
    for n, relation in enumerate(m.relations, 1):
        edge = _name(relation.id) if relation.id else f"_r{n}"
        if isinstance(relation, Support):
            type_ = "exa" if relation.scheme == EXAMPLE else "sup"
        else:
            type_ = "reb" if relation.target in m.claims else "und"
        first, *others = relation.by
        yield _edge(edge, names[first], names[relation.target or ""], type_)
        for source in others:
            yield _edge(f"_a{next(numbers)}", names[source], edge, "add")
    unknown = own(m.extra, NAME).get("edges", [])
    for fields in unknown if isinstance(unknown, list) else ():
        if isinstance(fields, dict):
            yield f"<edge{_attributes({k: str(v) for k, v in fields.items() if _ATTRIBUTE.fullmatch(k)})}/>"


def _edge(id: str, source: str, target: str, type_: str) -> str:
    return f"<edge{_attributes({'id': id, 'src': source, 'trg': target, 'type': type_})}/>"


def _attributes(values: dict[str, str]) -> str:
    return "".join(f' {name}="{attribute(value)}"' for name, value in values.items())


def _name(id: str) -> str:
    """An id as XML allows one: an underscore before what begins with none of the letters; `_plain` takes it away.

    >>> [_name(id) for id in ("near-equals", "2005", "_x")]
    ['near-equals', '_2005', '__x']
    """
    return id if id[0].isalpha() else f"_{id}"


def _plain(name: str) -> str:
    """The id that `_name` made a name of.

    >>> [_plain(name) for name in ("near-equals", "_2005", "__x", "_x")]
    ['near-equals', '2005', '_x', '_x']
    """
    return name[1:] if name.startswith("_") and len(name) > 1 and not name[1].isalpha() else name


def _original(extra: Any, name: str) -> str:
    """The name that a file gave, where it cannot be an id here."""
    kept = own(extra, NAME).get("id")
    return kept if isinstance(kept, str) else name


def _units(m: Map) -> _Units:
    """How to cut the text of `m`: as it was read, where that still spells the claims, else a unit a claim."""
    kept = own(m.extra, NAME)
    units = _Units()
    try:
        for edu, text in kept.get("edus", []):
            units.put(str(edu), str(text))
        units.joints = {
            str(id): [edu for edu in edus if edu in units.edus] for id, edus in kept.get("joints", {}).items()
        }
    except (TypeError, ValueError, AttributeError):
        units = _Units()
    ids = Ids([*units.edus, *units.joints, *map(_name, m.claims), *(_name(r.id) for r in m.relations if r.id)])
    for n, (id, claim) in enumerate(m.claims.items(), 1):
        of = own(claim.extra, NAME).get("edus")
        known = isinstance(of, list) and all(unit in units.edus or unit in units.joints for unit in of)
        if isinstance(of, list) and known and units.words(of) == claim.text:
            units.of[id] = of
        else:
            edu = ids.new(f"e{n}")
            units.put(edu, claim.text)
            units.of[id] = [edu]
    return units


def _sides(m: Map) -> dict[str, str]:
    """Whose each claim is, proponent's or opponent's: attacks change sides. What nothing follows from is the proponent's."""
    tied = ties(m)
    leading = {end for relation in m.relations for end in relation.by}
    ours: dict[str, bool] = {}
    for root in (*(id for id in m.claims if id not in leading), *m.claims):
        if root in ours:
            continue
        ours[root] = True
        queue = deque([root])
        while queue:
            node = queue.popleft()
            for relation in tied.into.get(node, ()):
                # An attack on a relation opposes whoever drew it.
                for below in (*relation.by, relation.key):
                    if below not in ours:
                        ours[below] = ours[node] != isinstance(relation, Attack)
                        queue.append(below)
    return {id: "pro" if ours[id] else "opp" for id in m.claims}
