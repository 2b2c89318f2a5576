"""A map → AIF nodes and edges; shared by AIF JSON and xAIF.

Each claim and relation becomes its plain node, changed by what the file it came from kept about it; nodes and
edges that were kept whole come back as long as what they lead to is still there. A relation without an id is
called by its ends (`reason+reason>conclusion`), by which reading knows that it has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from argmap.formats.aif_read import AifGraph
from argmap.formats.aif_terms import (
    BOOKKEEPING,
    Json,
    Style,
    claim_node,
    kept_of,
    objects,
    relation_node,
    speech_nodes,
)
from argmap.formats.kit import Ids, Irregular
from argmap.model import AnyRelation, Map


class AifWriter:
    """The nodes, edges and locutions of a map.

    Parameters
    ----------
    m
        The map, as AIF can hold it.
    style
        How a plain file of the format looks.
    """

    def __init__(self, m: Map, style: Style) -> None:
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
        self._aside = objects(self.kept, "nodes")
        self._taken = {str(node.get("nodeID")) for node in self._aside}
        self._tied = {end for r in m.relations for end in (*r.by, r.target)}
        self._edge_ids = _kept_table(self.kept, "edge_ids")
        self._times = {
            word: time
            for time, words in _kept_table(self.kept, "timestamps").items()
            for word in (words.split() if isinstance(words, str) else ())
        }
        self._fresh = Ids()
        self._n = 0
        self._claims()
        self._relations()
        self._bring_back()
        self._number_edges()
        self._speech()

    def _claims(self) -> None:
        for id, claim in self.m.claims.items():
            kept = kept_of(claim, self.style.namespace)
            node = self._changed(claim_node(id, claim.text), kept)
            if "nodeID" in node or id in self._tied or claim.speaker or claim.quotes:
                node["nodeID"] = self.node_ids[id] = self._name(kept.get("nodeID", id), id)
            self.nodes.append(node)

    def _changed(self, plain: Json, kept: Json) -> Json:
        """A plain node with what was kept of the real one."""
        missing = kept.get("without")
        gone = missing if isinstance(missing, list) else ()
        node = {key: value for key, value in plain.items() if key not in gone}
        if plain["nodeID"] in self._times:
            node["timestamp"] = self._times[plain["nodeID"]]
        node.update({key: value for key, value in kept.items() if key not in BOOKKEEPING and key != "type"})
        return node

    def _name(self, wish: Any, id: str) -> Any:
        """The id that a node bears in the file: the one it had, unless that is taken and edges have to find it."""
        if not isinstance(wish, str | int) or (str(wish) in self._taken and id in self._tied):
            return self._new(id)
        self._taken.add(str(wish))
        return wish

    def _new(self, wish: str) -> str:
        """An id that no node bears yet."""
        while (id := self._fresh.new(wish)) in self._taken:
            pass
        self._taken.add(id)
        return id

    def _relations(self) -> None:
        groups = self._groups()
        for first, *_ in groups:
            kept = kept_of(first, self.style.namespace)
            name = kept.get("nodeID", first.id) if first.id else self._by_ends(first)
            if first.id and first.id in self.m.claims:
                name = self._name(None, first.id)
            elif first.id:
                name = self._name(name, first.id)
            node = self._changed(relation_node(first.id or str(name), first.type, first.scheme, self.style), kept)
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

    def _by_ends(self, relation: AnyRelation) -> str:
        name, n = relation.key, 1
        while name in self._taken:
            n += 1
            name = f"{relation.key}~{n}"
        self._taken.add(name)
        return name

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
            edge.update({key: value for key, value in note.items() if key not in ("fromID", "toID")})
        else:
            edge.update(self.edge)
            edge["edgeID"] = note
        self.edges.append(edge)

    def _bring_back(self) -> None:
        """Nodes and edges that were kept whole."""
        self.nodes.extend(self._aside)
        here = {str(node["nodeID"]) for node in self.nodes if "nodeID" in node}
        asides = {str(node.get("nodeID")) for node in self._aside}
        for edge in objects(self.kept, "edges"):
            ends = {str(edge.get("fromID")), str(edge.get("toID"))}
            # An edge that led nowhere in the file still does; one that lost its claim since goes with it.
            if ends <= here or not ends & asides:
                self.edges.append(edge)

    def _number_edges(self) -> None:
        used = {str(edge.get("edgeID")) for edge in self.edges}
        for edge in self.edges:
            if edge.get("edgeID") is None and "edgeID" in edge:
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
                f"{speaker.name} : {claim.text}",
                asked=asked,
                style=self.style,
            )
            self.nodes += [locution, illocution]
            self.spoken[id] = locution["nodeID"]
            self.locutions.append({"nodeID": locution["nodeID"], "personID": claim.speaker})
            for start, end in ((locution["nodeID"], illocution["nodeID"]), (illocution["nodeID"], self.node_ids[id])):
                self._add_edge(start, end, self._next_edge(self._used))

    def _spoken_already(self) -> set[str]:
        """Claims that kept L- and YA-nodes give the speaker they still have."""
        if not self._aside:
            return set()
        data = {"nodes": self.nodes, "edges": self.edges, "locutions": self.locutions}
        graph = AifGraph(data, self.style, Irregular(""))
        ids = {str(node_id): id for id, node_id in self.node_ids.items()}
        claims = {word: ids[key] for key, word in graph.words.items() if key in ids}
        said = {claims[word]: locution for word, (locution, _) in graph.said().items() if word in claims}
        self.spoken.update(said)
        return set(said)


def _kept_table(kept: Json, key: str) -> Json:
    value = kept.get(key)
    return value if isinstance(value, dict) else {}
