"""A map → AIF nodes and edges; shared by AIF JSON and xAIF.

Each claim and relation becomes its plain node, changed by what the file it came from kept about it; nodes and
edges that were kept whole come back as long as what they lead to is still there. Where the map was changed since, it
is right and what was kept is not: a scheme or text that was edited is written as it is now, and a claim whose speaker
changed gets new L- and YA-nodes in place of the YA-node that says otherwise. A relation without an id is
called by its ends (`reason+reason>conclusion`), by which reading knows that it has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from argmap.formats.aif import dialogue
from argmap.formats.aif.graph_reader import AifGraph
from argmap.formats.aif.s_nodes import is_dialogue
from argmap.formats.aif.vocabulary import (
    BOOKKEEPING,
    TYPE_OF,
    Json,
    Style,
    claim_node,
    kept_of,
    key_of,
    objects,
    relation_node,
    scheme_of,
    speech_nodes,
    text_of,
)
from argmap.formats.common.reader_support import Irregular, as_list, as_word, own
from argmap.ids import FreeNames
from argmap.model import AnyRelation, Map


class AifWriter:
    """The nodes, edges and locutions of a map.

    Parameters
    ----------
    m
        The map, as AIF can hold it.
    style
        How a plain file of the format looks.
    names
        Names of people by `personID`, where the file keeps a list of them.
    """

    def __init__(self, m: Map, style: Style, names: Mapping[str, str] | None = None) -> None:
        self.m = m
        self.style = style
        self.kept = kept_of(m, style.namespace)
        edge = self.kept.get("edge")
        self.edge = edge if isinstance(edge, dict) else dict(style.edge)
        self.nodes: list[Json] = []
        self.edges: list[Json] = []
        self.locutions = objects(self.kept, "locutions")
        self.node_ids: dict[str, Any] = {}
        """Id in the file of each claim and each relation that has an id."""
        self.spoken: dict[str, Any] = {}
        """Id of the L-node that utters a claim, by the claim."""
        self.uttering: set[str] = set()
        """Ids of all L-nodes that were kept and utter claims."""
        self._names = names or {}
        self._aside = objects(self.kept, "nodes")
        self._ids = FreeNames(key for node in self._aside if (key := key_of(node.get("nodeID"))))
        self._tied = {end for r in m.relations for end in (*r.by, r.target)}
        self._edge_ids = own(self.kept, "edge_ids")
        self._times = {
            word: time
            for time, words in own(self.kept, "timestamps").items()
            for word in (words.split() if isinstance(words, str) else ())
        }
        self._n = 0
        self._unnumbered: list[Json] = []
        self._claims()
        self._relations()
        self._bring_back()
        self._number_edges()
        self._speech()

    def _claims(self) -> None:
        for id, claim in self.m.claims.items():
            kept = kept_of(claim, self.style.namespace)
            if kept and self.style.decoded(text_of(kept)) != claim.text:
                kept = _without(kept, "text")
            node = self._changed(claim_node(id, self.style.encoded(claim.text)), kept)
            if key_of(node.get("nodeID")) is not None or id in self._tied or claim.speaker or claim.quotes:
                node["nodeID"] = self.node_ids[id] = self._name(kept.get("nodeID", id), id)
            self.nodes.append(node)

    def _changed(self, plain: Json, kept: Json) -> Json:
        """A plain node with what was kept of the real one."""
        gone = as_list(kept.get("without"))
        node = {key: value for key, value in plain.items() if key not in gone}
        if plain["nodeID"] in self._times:
            node["timestamp"] = self._times[plain["nodeID"]]
        node.update({key: value for key, value in kept.items() if key not in BOOKKEEPING and key != "type"})
        return node

    def _name(self, wish: Any, id: str) -> Any:
        """The id that a node bears in the file: the one it had, unless that is taken and edges have to find it."""
        key = key_of(wish)
        if key is None or (key in self._ids and id in self._tied):
            return self._new(id)
        self._ids.take(key)
        return wish

    def _new(self, wish: str) -> str:
        """An id that no node bears yet."""
        return self._ids.name(as_word(wish), "-")

    def _relations(self) -> None:
        groups = self._groups()
        for first, *_ in groups:
            kept = kept_of(first, self.style.namespace)
            name = kept.get("nodeID", first.id) if first.id else self._ids.name(first.key)
            if first.id and first.id in self.m.claims:
                name = self._name(None, first.id)
            elif first.id:
                name = self._name(name, first.id)
            plain = relation_node(first.id or str(name), first.type, first.scheme, self.style)
            node = self._changed(plain, kept)
            if kept and (
                scheme_of(node, self.style) != first.scheme or TYPE_OF.get(text_of(node), first.type) != first.type
            ):
                node = self._changed(plain, _without(kept, "text", "scheme", "schemeID"))
            node["nodeID"] = name
            self.nodes.append(node)
            self._call(first, name)
        names = [node["nodeID"] for node in self.nodes[len(self.m.claims) :]]
        for group, name in zip(groups, names, strict=True):
            for relation in group[1:]:
                self._call(relation, name)
        for group, name in zip(groups, names, strict=True):
            self._edges_of(group, name)

    def _call(self, relation: AnyRelation, name: Any) -> None:
        if relation.id:
            self.node_ids.setdefault(relation.id, name)

    def _groups(self) -> list[list[AnyRelation]]:
        """Relations that share a node, together."""
        groups: dict[object, list[AnyRelation]] = {}
        for n, relation in enumerate(self.m.relations):
            shares = kept_of(relation, self.style.namespace).get("shares")
            shared = groups.get(shares) if isinstance(shares, str) else None
            if shared and shared[0].type == relation.type:
                shared.append(relation)
            else:
                key = relation.id if relation.id and relation.id not in groups else n
                groups[key] = [relation]
        return list(groups.values())

    def _edges_of(self, group: Sequence[AnyRelation], name: Any) -> None:
        edge_ids = self._edge_ids
        premises: dict[str, None] = {}
        targets: dict[str, None] = {}
        for relation in group:
            by = [end for end in relation.by if end not in premises]
            premises.update(dict.fromkeys(by))
            target = [relation.target] if relation.target is not None and relation.target not in targets else []
            targets.update(dict.fromkeys(target))
            notes = edge_ids.get(relation.id or name)
            notes = notes.split() if isinstance(notes, str) else notes
            known = notes if isinstance(notes, list) and len(notes) == len(by) + len(target) else [None] * (len(by) + 1)
            ends = [*((self.node_ids[end], name) for end in by), *((name, self.node_ids[end]) for end in target)]
            for (start, end), note in zip(ends, known, strict=False):
                self._add_edge(start, end, note)

    def _add_edge(self, start: Any, end: Any, note: Any = None) -> None:
        """An edge; `note` is what was kept of it. It is numbered later, when all kept ids are known."""
        edge: Json = {"edgeID": None, "fromID": start, "toID": end}
        if isinstance(note, dict):
            # The ends stand in it where they were written otherwise than in the nodes.
            ends = {name: edge[name] for name in ("fromID", "toID") if key_of(note.get(name)) != key_of(edge[name])}
            edge = {**edge, **note, **ends}
            if "edgeID" not in note:
                del edge["edgeID"]
        else:
            edge.update(self.edge)
            edge["edgeID"] = note
            if note is None:
                self._unnumbered.append(edge)
        self.edges.append(edge)

    def _bring_back(self) -> None:
        """Nodes and edges that were kept whole."""
        self.nodes.extend(self._aside)
        here = {key_of(node["nodeID"]) for node in self.nodes if "nodeID" in node}
        asides = {key_of(node.get("nodeID")) for node in self._aside}
        emptied, filled = set[str | None](), set[str | None]()
        for edge in objects(self.kept, "edges"):
            start, end = _ends(edge)
            # An edge that led nowhere in the file still does; one that lost its claim since goes with it.
            if {start, end} <= here or not {start, end} & asides:
                self.edges.append(edge)
                filled.add(start)
            else:
                emptied.add(start)
        self._drop_illocutions(emptied - filled)

    def _drop_illocutions(self, keys: set[str | None]) -> None:
        """Take out those of these nodes that are YA-nodes: what is done by saying nothing is nothing."""
        gone = {key for node in self._aside if node.get("type") == "YA" and (key := key_of(node.get("nodeID"))) in keys}
        if gone:
            self._aside = [node for node in self._aside if key_of(node.get("nodeID")) not in gone]
            self.nodes = [node for node in self.nodes if key_of(node.get("nodeID")) not in gone]
            self.edges = [e for e in self.edges if gone.isdisjoint(_ends(e))]

    def _number_edges(self) -> None:
        used = {str(edge.get("edgeID")) for edge in self.edges}
        for edge in self._unnumbered:
            edge["edgeID"] = self._next_edge(used)
        self._used = used

    def _next_edge(self, used: set[str]) -> str | int:
        self._n += 1
        while str(self._n) in used:
            self._n += 1
        return self.style.edge_id(self._n)

    def _speech(self) -> None:
        """L- and YA-nodes for the claims whose speaker is not said by nodes that were kept."""
        known = self._spoken_already()
        for id, claim in self.m.claims.items():
            speaker = self.m.speakers.get(claim.speaker) if claim.speaker else None
            if speaker is None or id in known:
                continue
            asked = claim.commitment == "asked"
            locution, illocution = speech_nodes(
                self._new(f"{id}-said"),
                self._new(f"{id}-{'asked' if asked else 'asserted'}"),
                self.style.encoded(f"{speaker.name} : {claim.text}"),
                asked=asked,
                style=self.style,
            )
            self.nodes += [locution, illocution]
            self.spoken[id] = locution["nodeID"]
            self.locutions.append({"nodeID": locution["nodeID"], "personID": claim.speaker})
            for start, end in ((locution["nodeID"], illocution["nodeID"]), (illocution["nodeID"], self.node_ids[id])):
                self._add_edge(start, end, self._next_edge(self._used))

    def _spoken_already(self) -> set[str]:
        """Claims whose speaker, or that they have none, is what L- and YA-nodes say that were kept; others lose those."""
        if not any(map(is_dialogue, self._aside)):
            return set()
        data = {"nodes": self.nodes, "edges": self.edges, "locutions": self.locutions}
        graph = AifGraph(data, self.style, Irregular(""))
        people = dialogue.speakers(graph, self._names)
        ids = {key_of(node_id): id for id, node_id in self.node_ids.items() if id in self.m.claims}
        words = {word: ids[key] for key, word in graph.words.items() if key in ids}
        known, denied = set[str](), set[tuple[str | None, str | None]]()
        for word, said in dialogue.utterances(graph).items():
            self.uttering.update(each.locution for each in said)
            if (id := words.get(word)) is None:
                continue
            if self._says(graph.claims[word], people) == self._says_now(id):
                known.add(id)
                self.spoken[id] = dialogue.first(said).locution
            else:
                denied.update((each.illocution, key_of(self.node_ids[id])) for each in said)
        if denied:
            self.edges = [edge for edge in self.edges if _ends(edge) not in denied]
            self._drop_illocutions({start for start, _ in denied} - {_ends(edge)[0] for edge in self.edges})
        return known

    def _says(self, claim: Json, people: Mapping[str, Json]) -> tuple[str | None, bool]:
        name = people[claim["speaker"]]["name"] if "speaker" in claim else None
        return name, claim.get("commitment") == "asked"

    def _says_now(self, id: str) -> tuple[str | None, bool]:
        claim = self.m.claims[id]
        speaker = self.m.speakers.get(claim.speaker) if claim.speaker else None
        return (speaker.name, claim.commitment == "asked") if speaker else (None, False)


def _ends(edge: Json) -> tuple[str | None, str | None]:
    """The ids at both ends of an edge, as text."""
    return key_of(edge.get("fromID")), key_of(edge.get("toID"))


def _without(kept: Json, *keys: str) -> Json:
    """What was kept of a node, without what it says about some keys."""
    left = {key: value for key, value in kept.items() if key not in keys}
    if isinstance(missing := kept.get("without"), list):
        left["without"] = [key for key in missing if key not in keys]
    return left
