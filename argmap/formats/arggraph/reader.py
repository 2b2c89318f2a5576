"""Read arggraph XML: units of a text, joined into claims, and edges between them. Described in arggraph.md."""

from __future__ import annotations

import re
from typing import Any

from argmap.anchor.fold import fold
from argmap.anchor.fold import plain as plain_words
from argmap.anchor.quoter import Quoter
from argmap.findings import ArgmapError, brief
from argmap.formats.arggraph.units import EXAMPLE, IMPLICIT, NAME, Units, plain, sides_of, units_of
from argmap.formats.arggraph.writer import RESERVED, carried, write
from argmap.formats.common.format import Content, Reading
from argmap.formats.common.reader_support import Ids, Irregular, as_dict, drop_empty, map_id, validated
from argmap.formats.common.xml_reader import SPACE, Element, elements, unreadable
from argmap.grouping import merge_spans
from argmap.ids import FreeNames
from argmap.model import Map

__all__ = ["carried", "read", "write"]

SOURCE = "text"
"""Id of the source that stands beside the file."""
_ARGUES = {"sup": "support", "exa": "support", "reb": "attack", "und": "attack"}
_MADE_UP, _SPACE = re.compile(r"_r\d+"), re.compile(r"\s*")
_KNOWN = {"edu": {IMPLICIT, SPACE}, "joint": set[str](), "adu": {"type"}, "edge": {"type", "src", "trg"}}
"""The attributes of each element, beside its id."""
_TRUE = ("true", "1", "yes")
MOST_MISSED = 100
"""After so many units that are not found, a text beside is not searched any further: it is another one."""


def read(content: Content) -> Reading:
    """Read a map from an arggraph, with the text beside it."""
    root, *parts = elements(content)
    if root.tag != NAME:
        raise ArgmapError(unreadable(f"not an arggraph: its outermost element is {root.tag}", content.name, root.line))
    irregular = Irregular(content.name)
    text = None
    try:
        if content.path and (beside := content.beside(content.path.suffix, ".txt")):
            text = beside.text
            irregular.take(beside.findings)
    except ArgmapError as error:
        irregular.add("unreadable-text", f"the text beside it is left out: {error}")
    return Reading(_ArggraphReader(root, parts, irregular).map(text), irregular.findings)


class _ArggraphReader:
    """Reads the elements of one file."""

    def __init__(self, root: Element, parts: list[Element], irregular: Irregular) -> None:
        self.root = root
        self.irregular = irregular
        self.ids = Ids()
        self.units = Units()
        self.edus: dict[str, Element] = {}
        self.implicit: set[str] = set()
        """Units that do not stand in the text."""
        self.claims: dict[str, dict[str, Any]] = {}
        self.sides: dict[str, str] = {}
        self.claim_of: dict[str, str] = {}
        """Claims by the name of their adu, and of its units."""
        self.relations: list[dict[str, Any]] = []
        self.relation_of: dict[str, dict[str, Any]] = {}
        """Relations by the name of their edge."""
        self.adding: dict[str, str] = {}
        """Targets of `add` edges by their names."""
        self.of_tag: dict[str, list[Element]] = {tag: [] for tag in _KNOWN}
        for part in parts:
            if part.tag not in _KNOWN or part.depth != 1:
                self._note(part, "unknown-element", f"an arggraph has no element {part.tag}: left out.")
                continue
            self.of_tag[part.tag].append(part)
            is_read = part.tag != "edge" or part.attributes.get("type") in (*_ARGUES, "seg", "add")
            others = part.attributes.keys() - _KNOWN[part.tag] - {"id"}
            if others and is_read:
                names = ", ".join(brief(key.rpartition("}")[2]) for key in sorted(others))
                self._note(part, "unknown-attribute", f"an arggraph has no attribute {names}: left out.")

    def _note(self, part: Element, rule: str, message: str, hint: str | None = None) -> None:
        name = part.attributes.get("id", part.tag)
        self.irregular.add(rule, message, (name,), line=part.line, column=part.column, hint=hint)

    def map(self, text: str | None) -> Map:
        """Return the map; what the format says beyond it stands under `extra`."""
        edges = [(edge.attributes.get("type", ""), edge) for edge in self.of_tag["edge"]]
        adding = [edge for type_, edge in edges if type_ == "add"]
        self._read_nodes()
        self._join_units([edge for type_, edge in edges if type_ == "seg"])
        self.adding = {edge.attributes.get("id", ""): edge.attributes.get("trg", "") for edge in adding}
        self._read_relations([edge for type_, edge in edges if type_ in _ARGUES])
        self._add_sources(adding)
        unknown = [(type_, edge) for type_, edge in edges if type_ not in (*_ARGUES, "seg", "add")]
        for type_, edge in unknown:
            self._note(edge, "unknown-type", f"edge type {type_!r} is not known: kept, and not read.")
        name = self.root.attributes.get("id", "")
        kept: dict[str, Any] = {key: value for key, value in self.root.attributes.items() if key not in RESERVED}
        data: dict[str, Any] = {
            "id": Ids().word(plain(name)) if name else map_id(self.irregular.file, (".xml",)),
            "claims": self.claims,
            "relations": self.relations,
        }
        whole = validated(data, self.irregular.file)
        for claim_id, side in sides_of(whole).items():
            if self.sides[claim_id] not in ("", side):
                self._keep(claim_id, type=self.sides[claim_id])
        if units_of(whole) != self.units:
            kept |= {"edus": [list(edu) for edu in self.units.edus.items()], "joints": self.units.joints}
            for claim_id, parts in self.units.of.items():
                self._keep(claim_id, edus=parts)
        whole_claims = (parts for claim_id, parts in self.units.of.items() if "implicit" in self.claims[claim_id])
        partly = self.implicit.difference(*map(self.units.inside, whole_claims))
        kept |= {"edges": [dict(edge.attributes) for _, edge in unknown], IMPLICIT: sorted(partly)}
        if kept := drop_empty(kept):
            data["extra"] = {NAME: kept}
        if text is not None:
            self._quote(text, data)
        return validated(data, self.irregular.file)

    def _keep(self, claim_id: str, **values: Any) -> None:
        extra = self.claims[claim_id].setdefault("extra", {})
        extra[NAME] = {**as_dict(extra.get(NAME)), **values}

    def _read_nodes(self) -> None:
        """Read units, joints and claims, each by a name of its own."""
        names = FreeNames()
        for part in (*self.of_tag["edu"], *self.of_tag["joint"], *self.of_tag["adu"]):
            name = part.attributes.get("id", "")
            if not name or name in names:
                self._note(part, "duplicate-id", f"{part.tag} {name!r} needs its own id.")
            name = names.name(name or part.tag, "-")
            if part.tag == "edu":
                if part.attributes.get(IMPLICIT, "").strip().lower() in _TRUE:
                    self.implicit.add(name)
                self.edus[name] = part
                is_spaced = part.attributes.get(SPACE) == "preserve"
                self.units.edus[name] = part.text if is_spaced else " ".join(part.text.split())
            elif part.tag == "joint":
                self.units.joints[name] = []
            else:
                claim_id = self.claim_of[name] = self.ids.word(plain(name))
                self.sides[claim_id] = part.attributes.get("type", "")
                self.units.of[claim_id] = []
                self.claims[claim_id] = {"extra": {NAME: {"id": name}}} if claim_id != plain(name) else {}

    def _join_units(self, edges: list[Element]) -> None:
        """Join units into joints and claims."""
        edus, joints = self.units.edus, self.units.joints
        # Units into joints first, so that a joint knows its words.
        for edge in sorted(edges, key=lambda edge: edge.attributes.get("trg") not in joints):
            source, target = edge.attributes.get("src", ""), edge.attributes.get("trg", "")
            if source in edus and target in joints:
                joints[target].append(source)
            elif (source in edus or source in joints) and target in self.claim_of:
                self.units.of[self.claim_of[target]].append(source)
                self.claim_of.setdefault(source, self.claim_of[target])
            else:
                self._note(edge, "dangling-reference", f"seg joins {source!r} to {target!r}, of which one is missing.")
        for adu in self.of_tag["adu"]:
            if not self.units.of.get(self.claim_of.get(adu.attributes.get("id", ""), ""), True):
                self._note(adu, "missing-text", "no unit of the text belongs to this adu.")
        for claim_id, parts in self.units.of.items():
            self.claims[claim_id]["text"] = self.units.words(parts)
            if parts and self.implicit.issuperset(self.units.inside(parts)):
                self.claims[claim_id]["implicit"] = True

    def _read_relations(self, edges: list[Element]) -> None:
        """Read an edge as a relation."""
        # An end that names an addition means the relation that is added to, unless a relation has that name.
        for edge in edges:
            self.adding.pop(edge.attributes.get("id", ""), None)
        pointed = {self._meant(edge.attributes.get(end, "")) for edge in edges for end in ("src", "trg")}
        for edge in edges:
            name = edge.attributes.get("id", "")
            relation: dict[str, Any] = {"scheme": EXAMPLE} if edge.attributes["type"] == "exa" else {}
            if name in self.relation_of or name in self.claim_of:
                self._note(edge, "duplicate-id", f"edge {name!r} needs its own id.")
            elif name:
                self.relation_of[name] = relation
                if name in pointed or not _MADE_UP.fullmatch(name):
                    relation["id"] = self.ids.word(plain(name))
            self.relations.append(relation)
        for edge, relation in zip(edges, self.relations, strict=True):
            relation["by"] = [source] if (source := self._end(edge, "src")) else []
            relation[_ARGUES[edge.attributes["type"]]] = self._end(edge, "trg")

    def _end(self, edge: Element, which: str) -> str | None:
        """Return the claim or relation that an edge comes from or leads to."""
        name = self._meant(edge.attributes.get(which, ""))
        found = self.claim_of.get(name) or self.relation_of.get(name, {}).get("id")
        if found is None:
            way = "comes from" if which == "src" else "leads to"
            self._note(edge, "dangling-reference", f"{edge.attributes.get('type')} {way} {name!r}, which is not there.")
        return found

    def _meant(self, name: str) -> str:
        """Follow additions to additions to the relation or claim at the end."""
        # The way is shortened for the next time, and one in a circle ends where it began.
        way = []
        while name in self.adding:
            way.append(name)
            name = self.adding.pop(name)
        self.adding.update(dict.fromkeys(way, name))
        return name

    def _add_sources(self, edges: list[Element]) -> None:
        """Add further sources to the relation that an edge leads to, or whose first source it leads to."""
        first = {relation["by"][0]: relation for relation in reversed(self.relations) if relation["by"]}
        for edge in edges:
            source, target = self._end(edge, "src"), self._meant(edge.attributes.get("trg", ""))
            relation = self.relation_of.get(target) or first.get(self.claim_of.get(target, ""))
            if relation is None:
                self._note(edge, "dangling-reference", f"add leads to {target!r}, which is not a relation.")
            elif source is not None:
                relation["by"].append(source)

    def _quote(self, text: str, data: dict[str, Any]) -> None:
        """Quote the claims from the text beside the file."""
        said = {edu: words for edu, words in self.units.edus.items() if edu not in self.implicit and words.strip()}
        places = _places(text, said)
        if not said:
            return
        if not places:
            message = "the text beside it has none of these words: it is another text, and is left out."
            hint = "Put the text that was annotated beside it, with the same name."
            self.irregular.add("changed-source", message, hint=hint)
            return
        missed = [edu for edu in said if edu not in places]
        hint = "Was the text edited after it was annotated? Annotate the words again, or bring the old text back."
        for edu in missed[:MOST_MISSED]:
            says = f"{brief(edu)} says {brief(said[edu])!r}"
            message = f"{says}, which the text beside it does not say there: not quoted."
            self._note(self.edus[edu], "changed-source", message, hint)
        if more := len(missed[MOST_MISSED:]):
            message = f"{more} more units are not looked for in the text: too much of it is different."
            self.irregular.add("changed-source", message)
        quoter = Quoter(text)
        for claim_id, parts in self.units.of.items():
            found = (places[edu] for edu in self.units.inside(parts) if edu in places)
            # Units that only space parts are one quote.
            spans = merge_spans((start, _SPACE.search(text, end).end()) for start, end in found)  # type: ignore[union-attr]
            quotes = (quoter.trimmed(start, end) for start, end in spans)
            self.claims[claim_id]["quote"] = [quote.model_dump(exclude_defaults=True) for quote in quotes if quote]
        data["sources"] = {SOURCE: {"text": text}}


def _places(text: str, edus: dict[str, str]) -> dict[str, tuple[int, int]]:
    r"""Find units in a text, one after the other, however its lines are broken.

    >>> _places("It  rusts.\nClose it.", {"e1": "It rusts.", "e2": "Nowhere.", "e3": "Close it."})
    {'e1': (0, 10), 'e3': (11, 20)}
    """
    folded, at, missed = fold(text), 0, 0
    places: dict[str, tuple[int, int]] = {}
    for edu, unit in edus.items():
        said = plain_words(unit)
        found = folded.text.find(said, at) if said and missed < MOST_MISSED else -1
        if found < 0:
            missed += 1
            continue
        at = found + len(said)
        span = folded.span(found, at)
        places[edu] = (span.start, span.end)
    return places
