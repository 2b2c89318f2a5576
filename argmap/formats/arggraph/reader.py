"""arggraph XML, as the argumentative microtext corpora write it.

The text is cut into elementary units (`edu`); `seg` edges join one or more of them, directly or through a `joint`,
into an argumentative unit (`adu`) of the proponent or the opponent. Edges between these argue:

    <arggraph id="bridge" stance="pro">
      <edu id="e1">Close the bridge.</edu>            <edu id="e2" implicit="true">It rusts.</edu>
      <adu id="a1" type="pro"/>                       <adu id="a2" type="pro"/>
      <edge id="s1" src="e1" trg="a1" type="seg"/>    <edge id="s2" src="e2" trg="a2" type="seg"/>
      <edge id="c1" src="a2" trg="a1" type="sup"/>
    </arggraph>

    sup, exa → Support (exa: by the scheme "example")     reb → Attack on a claim
    add      → one more source of the relation it leads to     und → Attack on a relation

Which side a unit is on follows from the edges; where a file says otherwise, that is kept, as is how the text is
cut, the topic, the stance, and every id and attribute. A text beside the file, of the same name, is the source
from which its units are quoted; a unit that it says otherwise is not, which is a finding, and a text that says none is
left out. The format has no place for: rephrases, schemes other than "example", quotes and sources, speakers, kinds and
what else a claim can be but implicit, title, thesis, issues, notes. Ids begin with a letter in XML, so that others get an
underscore before them.

Source: Peldszus & Stede 2013, From argument diagrams to argumentation mining in texts; the corpus's arggraph.dtd;
for implicit units Skeppstedt, Peldszus & Stede 2018, More or less controlled elicitation of argumentative text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from argmap.findings import ArgmapError, brief
from argmap.formats.arggraph.units import EXAMPLE, IMPLICIT, NAME, RESERVED, Units, plain, sides_of, units_of
from argmap.formats.arggraph.writer import carried, write
from argmap.formats.common.format import Reading
from argmap.formats.common.offsets import Quoter
from argmap.formats.common.reader_support import Ids, Irregular, drop_empty, map_id, validated
from argmap.formats.common.xml_reader import SPACE, elements, unreadable
from argmap.ids import FreeNames
from argmap.model import Map

if TYPE_CHECKING:
    from argmap.formats.common.format import Content
    from argmap.formats.common.xml_reader import Element

__all__ = ["carried", "read", "write"]

SOURCE = "text"
"""What the text beside the file is called."""
_ARGUES = {"sup": "support", "exa": "support", "reb": "attack", "und": "attack"}
_MADE_UP = re.compile(r"_r\d+")
_KNOWN = {"id", "xml:space", "type", "src", "trg"}
_TRUE = ("true", "1", "yes")
MOST_MISSED = 100
"""Units not found after which a text beside is not looked through any further: it is another one."""
MOST_ALIKE = 12
"""Characters that are shown, and the rest of their word, before the place where a unit and the text part."""
_XML = "{http://www.w3.org/XML/1998/namespace}"


def read(content: Content) -> Reading:
    """The map of an arggraph."""
    root, *parts = elements(content)
    if root.tag != NAME:
        raise ArgmapError(unreadable(f"not an arggraph: its outermost element is {root.tag}", content.name, root.line))
    reader = _Reader(content.name, root, parts)
    try:
        if content.path and (beside := content.beside(content.path.suffix, ".txt")):
            reader.text = beside.text
            reader.irregular.take(beside.findings)
    except ArgmapError as error:
        reader.irregular.add("unreadable-text", f"the text beside it is left out: {error}")
    return reader.reading()


class _Reader:
    """One file on its way to a map."""

    def __init__(self, name: str, root: Element, parts: list[Element]) -> None:
        self.name = name
        self.root = root
        self.text: str | None = None
        """The text that the units are cut from, where it is known."""
        self.irregular = Irregular(name)
        self.ids = Ids()
        self.units = Units()
        self.edus: dict[str, Element] = {}
        self.sides: dict[str, str] = {}
        self.claim_of: dict[str, str] = {}
        """Claims by the name of their adu, and of its units."""
        self.adus: dict[str, str] = {}
        """Names of the adus, by their claims."""
        self.relation_of: dict[str, dict[str, Any]] = {}
        """Relations by the name of their edge."""
        self.relations: list[dict[str, Any]] = []
        self.claims: dict[str, dict[str, Any]] = {}
        self.attributes: dict[str, dict[str, str]] = {}
        """What an element says beyond what is known here, by its name."""
        self.implicit: set[str] = set()
        """Units that do not stand in the text."""
        self.segments: dict[tuple[str, str], str] = {}
        """Names of the edges that join units, by their ends."""
        self.adding: dict[str, str] = {}
        """Where the edges lead that add a source to a relation, by their names."""
        self.unknown: list[dict[str, str]] = []
        self.of_tag: dict[str, list[Element]] = {"edu": [], "joint": [], "adu": [], "edge": []}
        for part in parts:
            if part.tag in self.of_tag and part.depth == 1:
                self.of_tag[part.tag].append(part)
            else:
                self.note(part, "unknown-element", f"an arggraph has no element {part.tag}: left out.")

    def note(self, part: Element, rule: str, message: str, hint: str | None = None) -> None:
        id = part.attributes.get("id", part.tag)
        self.irregular.add(rule, message, (id,), line=part.line, column=part.column, hint=hint)

    def reading(self) -> Reading:
        self.nodes()
        by_type: dict[str, list[Element]] = {}
        for edge in self.of_tag["edge"]:
            by_type.setdefault(edge.attributes.get("type", ""), []).append(edge)
        self.segment(by_type.pop("seg", []))
        adding = by_type.pop("add", [])
        self.adding = {edge.attributes.get("id", ""): edge.attributes.get("trg", "") for edge in adding}
        self.argue([edge for edge in self.of_tag["edge"] if edge.attributes.get("type") in _ARGUES])
        self.add(adding)
        for type_, edges in by_type.items():
            for edge in edges if type_ not in _ARGUES else ():
                self.note(edge, "unknown-type", f"no edge type {type_!r} is known: kept, and not read.")
                self.unknown.append(dict(edge.attributes))
        return Reading(self.map(), self.irregular.findings)

    def nodes(self) -> None:
        """Units, joints and claims, each by a name of its own."""
        names = FreeNames()
        for part in (*self.of_tag["edu"], *self.of_tag["joint"], *self.of_tag["adu"]):
            id = part.attributes.get("id", "")
            if not id or id in names:
                self.note(part, "duplicate-id", f"{part.tag} {id!r} needs an id of its own.")
            id = names.name(id or part.tag, "-")
            self.attributes[id] = _others(part)
            if part.tag == "edu":
                if part.attributes.get(IMPLICIT, "").strip().lower() in _TRUE:
                    self.implicit.add(id)
                self.edus[id] = part
                spaced = part.attributes.get(SPACE) == "preserve"
                self.units.put(id, part.text if spaced else " ".join(part.text.split()))
            elif part.tag == "joint":
                self.units.joints[id] = []
            else:
                claim = self.claim_of[id] = self.ids.word(plain(id))
                self.adus[claim] = id
                self.sides[claim] = part.attributes.get("type", "")
                self.units.of[claim] = []
                self.claims[claim] = {"extra": {NAME: {"id": id}}} if claim != plain(id) else {}

    def segment(self, edges: list[Element]) -> None:
        """Units into joints and claims."""
        edus, joints = self.units.edus, self.units.joints
        order = {id: n for n, id in enumerate((*joints, *edus))}
        # Units into joints first, so that a joint knows its words.
        for edge in sorted(edges, key=lambda edge: edge.attributes.get("trg") not in joints):
            source, target = edge.attributes.get("src", ""), edge.attributes.get("trg", "")
            self.segments.setdefault((source, target), edge.attributes.get("id", ""))
            self.attributes.setdefault(edge.attributes.get("id", ""), _others(edge))
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
            if units and self.implicit.issuperset(self.units.inside(claim)):
                self.claims[claim]["implicit"] = True

    def argue(self, edges: list[Element]) -> None:
        """A relation an edge."""
        ids = {edge.attributes.get("id") for edge in edges}
        # What leads to an addition means the relation that is added to.
        for id in ids & self.adding.keys():
            del self.adding[id or ""]
        pointed = {self.meant(edge.attributes.get(end, "")) for edge in edges for end in ("src", "trg")}
        for edge in edges:
            id = edge.attributes.get("id", "")
            relation: dict[str, Any] = {"type": edge.attributes["type"], "edge": edge, "added": []}
            self.attributes.setdefault(id, _others(edge))
            if id in self.relation_of or id in self.claim_of:
                self.note(edge, "duplicate-id", f"edge {id!r} needs an id of its own.")
            elif id:
                self.relation_of[id] = relation
                if id in pointed or not _MADE_UP.fullmatch(id):
                    relation["id"] = self.ids.word(plain(id))
            self.relations.append(relation)
        for relation in self.relations:
            edge = relation["edge"]
            source, target = self.end(edge, "src"), self.end(edge, "trg")
            relation["by"] = [] if source is None else [source]
            relation["target"] = target

    def end(self, edge: Element, which: str) -> str | None:
        """What an edge comes from or leads to: a claim or a relation."""
        name = self.meant(edge.attributes.get(which, ""))
        found = self.claim_of.get(name) or self.relation_of.get(name, {}).get("id")
        if found is None:
            way = "comes from" if which == "src" else "leads to"
            self.note(edge, "dangling-reference", f"{edge.attributes.get('type')} {way} {name!r}, which is not there.")
        return found

    def meant(self, name: str) -> str:
        """What an end names: of an addition, and an addition to that, what is added to in the end."""
        # A way gone once is kept short, and one in a circle ends where it began.
        way = []
        while name in self.adding:
            way.append(name)
            name = self.adding.pop(name)
        self.adding.update(dict.fromkeys(way, name))
        return name

    def add(self, edges: list[Element]) -> None:
        """Further sources into the relation that they lead to, or that their target is the first source of."""
        first = {relation["by"][0]: relation for relation in reversed(self.relations) if relation["by"]}
        for edge in edges:
            id = edge.attributes.get("id", "")
            source, target = self.end(edge, "src"), self.meant(edge.attributes.get("trg", ""))
            relation = self.relation_of.get(target) or first.get(self.claim_of.get(target, ""))
            self.attributes.setdefault(id, _others(edge))
            if relation is None:
                self.note(edge, "dangling-reference", f"add leads to {target!r}, which is no relation.")
            elif source is not None:
                relation["by"].append(source)
                relation["added"].append(id)

    def map(self) -> Map:
        """The map; what the format says beyond it under `extra`."""
        id = self.root.attributes.get("id", "")
        kept = {key: value for key, value in _plain_names(self.root).items() if key not in RESERVED}
        data: dict[str, Any] = {
            "id": Ids().word(plain(id)) if id else map_id(self.name, (".xml",)),
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
        whole = validated(data, self.name)
        for claim, side in sides_of(whole).items():
            if self.sides[claim] not in ("", side):
                self._keep(self.claims[claim], type=self.sides[claim])
        if units_of(whole) != self.units:
            self._keep(data, edus=[list(edu) for edu in self.units.edus.items()], joints=self.units.joints)
            for claim, units in self.units.of.items():
                self._keep(self.claims[claim], edus=units)
        self._keep(data, edges=self.unknown, ids=self.edge_ids(), attributes=self.further_attributes())
        self.quote(data)
        return validated(data, self.name)

    def edge_ids(self) -> str:
        """Names of the edges that are no relations, in the order in which they are written; none where writing makes them up."""
        segments = [self.segments[segment] for segment in self.units.segments(self.adus)]
        added = [id for relation in self.relations for id in relation["added"]]
        ids = [*segments, *added]
        made_up = [*(f"_s{n + 1}" for n in range(len(segments))), *(f"_a{n + 1}" for n in range(len(added)))]
        return "" if ids == made_up or any(id.split() != [id] for id in ids) else " ".join(ids)

    def further_attributes(self) -> dict[str, dict[str, str]]:
        """What elements say beyond what is read of them, by their names."""
        for claim, fields in self.claims.items():
            for edu in self.units.inside(claim) if "implicit" in fields else ():
                self.attributes[edu].pop(IMPLICIT, None)
        return {id: others for id, others in self.attributes.items() if others}

    def quote(self, data: dict[str, Any]) -> None:
        """Quote the claims from the text beside the file."""
        said = {id: words for id, words in self.units.edus.items() if id not in self.implicit and words.strip()}
        if self.text is None or not said:
            return
        places = _places(self.text, said)
        if not places:
            message = "the text beside it says nothing that stands here: it is another one, and is left out."
            hint = "Put the text that was annotated beside it, with the same name."
            self.irregular.add("changed-source", message, hint=hint)
            return
        self.note_changed(said, places)
        quoter = Quoter(self.text)
        for claim, fields in self.claims.items():
            spans = _touching(self.text, [places[edu] for edu in self.units.inside(claim) if edu in places])
            quotes = (quoter.trimmed(start, end) for start, end in spans)
            fields["quote"] = [quote.model_dump(exclude_defaults=True) for quote in quotes if quote]
        data["sources"] = {SOURCE: {"text": self.text}}

    def note_changed(self, said: dict[str, str], places: dict[str, tuple[int, int]]) -> None:
        """Note the units that the text says otherwise, with what it has between those around them."""
        text = self.text or ""
        nexts, start = dict[str, int](), len(text)
        for id in reversed(said):
            nexts[id] = start
            start = places.get(id, (start,))[0]
        hint = "Was the text edited after it was annotated? Annotate the words again, or bring the old text back."
        end = missed = 0
        for id, words in said.items():
            if id in places:
                end = places[id][1]
                continue
            missed += 1
            if missed <= MOST_MISSED:
                here, there = map(brief, _parting(words, text[end : min(nexts[id], end + 2 * len(words) + 100)]))
                found = f"but the text there is {there!r}" if there else "which the text does not say there"
                self.note(self.edus[id], "changed-source", f"{brief(id)} says {here!r}, {found}: not quoted.", hint)
        if missed > MOST_MISSED:
            message = f"{missed - MOST_MISSED} more units are not looked for in the text: too much of it is different."
            self.irregular.add("changed-source", message, hint=hint)

    @staticmethod
    def _keep(data: dict[str, Any], **values: Any) -> None:
        if values := drop_empty(values):
            extra = data.setdefault("extra", {})
            extra[NAME] = {**extra.get(NAME, {}), **values}


def _plain_names(part: Element) -> dict[str, str]:
    """The attributes of an element, those of XML itself by the names that a file has for them."""
    return {key.replace(_XML, "xml:"): value for key, value in part.attributes.items()}


def _others(part: Element) -> dict[str, str]:
    """The attributes of an element that are not read."""
    return {key: value for key, value in _plain_names(part).items() if key not in _KNOWN}


def _places(text: str, edus: dict[str, str]) -> dict[str, tuple[int, int]]:
    r"""Where units stand in a text, one after the other, however its lines are broken.

    >>> _places("It  rusts.\nClose it.", {"e1": "It rusts.", "e2": "Nowhere.", "e3": "Close it."})
    {'e1': (0, 10), 'e3': (11, 20)}
    """
    words = [(match.start(), match.end()) for match in re.finditer(r"\S+", text)]
    folded = " ".join(text[start:end] for start, end in words)
    starts, at = [], 0
    for start, end in words:
        starts.append(at)
        at += end - start + 1
    places: dict[str, tuple[int, int]] = {}
    at = missed = 0
    for id, unit in edus.items():
        said = " ".join(unit.split())
        found = folded.find(said, at) if said and missed < MOST_MISSED else -1
        if found < 0:
            missed += 1
            continue
        at = found + len(said)
        first, last = bisect_right(starts, found) - 1, bisect_right(starts, at - 1) - 1
        places[id] = (words[first][0] + found - starts[first], words[last][0] + at - starts[last])
    return places


def _parting(words: str, others: str) -> tuple[str, str]:
    """Two stretches of words, without the most of what they begin with alike.

    >>> _parting("As long as it is unclear how this works, wait.", "As long as it is unclear how this works wait.")
    ('… how this works, wait.', '… how this works wait.')
    """
    words, others = " ".join(words.split()), " ".join(others.split())
    both = zip(words, others, strict=False)
    alike = next((n for n, (one, other) in enumerate(both) if one != other), min(len(words), len(others)))
    start = words.rfind(" ", 0, max(alike - MOST_ALIKE, 0))
    return (words, others) if start < 0 else (f"…{words[start:]}", f"…{others[start:]}")


def _touching(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same spans, those with nothing but space between them as one."""
    whole: list[tuple[int, int]] = []
    for start, end in spans:
        if whole and not text[whole[-1][1] : start].strip():
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole
