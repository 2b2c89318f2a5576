"""Write a map as AIF nodes and edges; shared by AIF JSON, xAIF, SADFace and arguebuf.

Each claim and relation becomes its plain node, with what was kept of the real one; nodes and edges that were kept whole
come back as long as their ends are still there. Where the map was changed since, the map wins. A relation without an id is
named by its ends (`reason+reason>conclusion`), by which reading knows that it has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from argmap.formats.aif import speakers
from argmap.formats.aif.graph_reader import AifGraph
from argmap.formats.aif.vocabulary import (
    NODE_OF,
    TYPE_OF,
    Json,
    Style,
    is_dialogue,
    kept_of,
    key_of,
    objects,
    scheme_of,
    scheme_words,
    text_of,
)
from argmap.formats.common.reader_support import Irregular, as_dict, as_word, own
from argmap.ids import FreeNames
from argmap.model import AnyRelation, Map

_ACTS = {"Asserting": "74", "Pure Questioning": "91"}
"""AIFdb's numbers of acts that are known here."""
_ILLOCUTING = "Default Illocuting"
_NOT_OF_NODES = ("nodeID", "type", "shares", "edges", "said")
"""Keys under `extra` that do not go into a node."""
_OF_SCHEMES = ("text", "scheme", "schemeID")


class AifWriter:
    """The nodes, edges and locutions of a map; `names` of people by `personID`, where the file keeps a list of them."""

    def __init__(self, map_: Map, style: Style, names: Mapping[str, str] | None = None) -> None:
        self.map = map_
        self.style = style
        self.kept = kept_of(map_, style.namespace)
        self.nodes: list[Json] = []
        self.edges: list[Json] = []
        self.locutions = objects(self.kept, "locutions")
        self.node_ids: dict[str, Any] = {}
        """Id in the file of each claim and each relation that has an id."""
        self.spoken: dict[str, Any] = {}
        """Id of the L-node that utters a claim, by the claim."""
        self.uttering: set[str] = set()
        """Ids of all L-nodes that were kept and utter claims."""
        self._answers: list[tuple[AnyRelation, Any]] = []
        """Answers, with the ids of their nodes."""
        self._aside = objects(self.kept, "nodes")
        self._ids = FreeNames(key for node in self._aside if (key := key_of(node.get("nodeID"))))
        times = ((time, words) for time, words in own(self.kept, "timestamps").items() if isinstance(words, str))
        self._times = {word: time for time, words in times for word in words.split()}
        self._add_claims()
        self._add_relations()
        self._bring_back()
        self._add_speech(names or {})
        self._add_answers()
        for n, edge in enumerate(self.edges, 1):
            edge["edgeID"] = n if style.numbers else str(n)

    def _add_claims(self) -> None:
        for claim_id, claim in self.map.claims.items():
            kept = kept_of(claim, self.style.namespace)
            if "text" in kept and self.style.decoded(text_of(kept)) != claim.text:
                kept = {key: value for key, value in kept.items() if key != "text"}
            name = self.node_ids[claim_id] = self._free_id(kept.get("nodeID", claim_id), claim_id)
            self._add_node(name, claim_id, {"text": self.style.encoded(claim.text), "type": "I"}, kept)

    def _free_id(self, wish: Any, word: str) -> Any:
        """Return the id that a node had, or a new one where that is taken."""
        key = key_of(wish)
        if key is None or key in self._ids:
            return self._ids.name(as_word(word), "-")
        self._ids.take(key)
        return wish

    def _add_node(self, node_id: Any, word: str, plain: Json, kept: Json) -> None:
        """Add a plain node with its time, and with what was kept of the real one."""
        time = {"timestamp": self._times[word]} if word in self._times else {}
        more = {key: value for key, value in kept.items() if key not in _NOT_OF_NODES}
        self.nodes.append({"nodeID": node_id, **plain, **time, **more})

    def _add_relations(self) -> None:
        named = [(self._add_relation(group[0]), group) for group in self._groups()]
        for name, group in named:
            for relation in group:
                if relation.id:
                    self.node_ids.setdefault(relation.id, name)
        for name, group in named:
            more = own(kept_of(group[0], self.style.namespace), "edges")
            for end in dict.fromkeys(end for relation in group for end in relation.by):
                self._add_edge(self.node_ids[end], name, more.get(end))
            for end in dict.fromkeys(relation.target for relation in group if relation.target is not None):
                self._add_edge(name, self.node_ids[end], more.get(end))

    def _add_relation(self, relation: AnyRelation) -> Any:
        """Add the node of a relation and return its id; a scheme that changed since is written as it is now."""
        kept = kept_of(relation, self.style.namespace)
        words = scheme_words(relation.type, None if relation.is_answer else relation.scheme, self.style)
        if any(key in kept for key in _OF_SCHEMES):
            type_ = TYPE_OF.get(text_of(kept), relation.type)
            if type_ == relation.type and (relation.is_answer or scheme_of(kept, self.style) == relation.scheme):
                words = {}
            else:
                kept = {k: v for k, v in kept.items() if k not in _OF_SCHEMES or isinstance(v, dict)}
        id_ = relation.id
        name = self._ids.name(relation.key) if id_ is None else self._free_id(kept.get("nodeID", id_), id_)
        if relation.is_answer:
            self._answers.append((relation, name))
        self._add_node(name, relation.id or "", {"type": NODE_OF[relation.type], **words}, kept)
        return name

    def _add_answers(self) -> None:
        """Tell answers from rephrases, where no node that was kept does so: by a YA-node, or without a question by the MA-node itself."""
        acts = {key_of(node.get("nodeID")) for node in self._aside if text_of(node) == _ILLOCUTING}
        told = {_ends(edge)[1] for edge in self.edges if _ends(edge)[0] in acts}
        nodes = {key_of(node.get("nodeID")): node for node in self.nodes}
        for relation, name in self._answers:
            ends = [end for end in (*relation.by, relation.target) if end in self.map.claims]
            if key_of(name) in told:
                continue
            if any(speakers.rank_of(text) == speakers.ASKS for end in ends for _, text in self._acts_of(end)):
                act = self._ids.name(as_word(f"{name}-answered"), "-")
                scheme = {"scheme": _ILLOCUTING} if self.style.scheme_names else {}
                self.nodes.append({"nodeID": act, "text": _ILLOCUTING, "type": "YA", **scheme})
                self._add_edge(act, name)
            else:
                node = nodes[key_of(name)]
                node.update({key: _ILLOCUTING for key in ("text", "scheme") if key in node})
                node.pop("schemeID", None)

    def _groups(self) -> list[list[AnyRelation]]:
        """Group the relations that share a node."""
        groups: dict[object, list[AnyRelation]] = {}
        for n, relation in enumerate(self.map.relations):
            shares = kept_of(relation, self.style.namespace).get("shares")
            shared = groups.get(shares) if isinstance(shares, str) else None
            if shared and shared[0].type == relation.type:
                shared.append(relation)
            else:
                groups[relation.id if relation.id and relation.id not in groups else n] = [relation]
        return list(groups.values())

    def _add_edge(self, start: Any, end: Any, more: Any = None) -> None:
        """Add an edge, with what was kept of it; it is numbered at the end."""
        self.edges.append({"edgeID": None, "fromID": start, "toID": end, **self.style.edge, **as_dict(more)})

    def _bring_back(self) -> None:
        """Add the nodes and edges that were kept whole."""
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
        """Take out those of these nodes that are YA-nodes: nothing is done by saying nothing."""
        gone = {key for node in self._aside if node.get("type") == "YA" and (key := key_of(node.get("nodeID"))) in keys}
        if gone:
            self._aside = [node for node in self._aside if key_of(node.get("nodeID")) not in gone]
            self.nodes = [node for node in self.nodes if key_of(node.get("nodeID")) not in gone]
            self.edges = [edge for edge in self.edges if gone.isdisjoint(_ends(edge))]

    def _add_speech(self, names: Mapping[str, str]) -> None:
        """Add L- and YA-nodes for the claims whose speaker the nodes that were kept do not say."""
        known = self._heard(names)
        for claim_id, claim in self.map.claims.items():
            for speaker, text in self._acts_of(claim_id) if claim_id not in known else ():
                act_word = {"Asserting": "asserted", "Pure Questioning": "asked"}.get(text, as_word(text.casefold()))
                said = self._ids.name(as_word(f"{claim_id}-said"), "-")
                act = self._ids.name(as_word(f"{claim_id}-{act_word}"), "-")
                scheme: Json = {"scheme": text} if self.style.scheme_names else {}
                scheme |= {"schemeID": _ACTS[text]} if text in _ACTS else {}
                who = f"{self.map.speakers[speaker].name} : " if speaker else ""
                self.nodes += [
                    {"nodeID": said, "text": self.style.encoded(f"{who}{claim.text}"), "type": "L"},
                    {"nodeID": act, "text": text, "type": "YA", **scheme},
                ]
                self.spoken.setdefault(claim_id, said)
                if speaker:
                    self.locutions.append({"nodeID": said, "personID": speaker})
                self._add_edge(said, act)
                self._add_edge(act, self.node_ids[claim_id])

    def _acts_of(self, claim_id: str) -> list[tuple[str | None, str]]:
        """List what speakers do with a claim: as it was read, unless its speaker or commitment changed since."""
        claim = self.map.claims[claim_id]
        name, is_asked = self._speech_of(claim_id)
        own = (claim.speaker if name else None, speakers.PLAIN[speakers.ASKS if is_asked else speakers.SAYS])
        acts: dict[tuple[str | None, str], None] = {}
        for each in objects(kept_of(claim, self.style.namespace), "said"):
            who, text = each.get("speaker"), each.get("act")
            if isinstance(text, str) and (who is None or who in self.map.speakers):
                acts[who, text] = None
        ranks = ((speakers.rank_of(text), who) for who, text in acts if who is not None)
        counts = [(rank, who) for rank, who in ranks if rank is not None]
        rank = min((rank for rank, _ in counts), default=None)
        firsts = {who for each, who in counts if each == rank and rank != speakers.DENIES}
        if name and (own[0] not in firsts or is_asked != (rank == speakers.ASKS)):
            return [own, *((who, text) for who, text in acts if who != own[0])]
        if name is None and firsts:  # the speaker was taken out
            return [act for act in acts if act[0] not in firsts]
        return list(acts)

    def _speech_of(self, claim_id: str) -> tuple[str | None, bool]:
        """Return the name of a claim's speaker, and whether they ask it."""
        claim = self.map.claims[claim_id]
        speaker = self.map.speakers.get(claim.speaker) if claim.speaker else None
        return (speaker.name, claim.commitment == "asked") if speaker else (None, False)

    def _heard(self, names: Mapping[str, str]) -> set[str]:
        """Return the claims whose speaker is the one that kept L- and YA-nodes say; drop the YA-nodes that say otherwise."""
        if not any(map(is_dialogue, self._aside)):
            return set()
        data = {"nodes": self.nodes, "edges": self.edges, "locutions": self.locutions}
        graph = AifGraph(data, self.style, Irregular(""))
        people = speakers.read_speakers(graph, names)
        claim_ids = {key_of(self.node_ids[claim_id]): claim_id for claim_id in self.map.claims}
        claim_of = {word: claim_ids[key] for key, word in graph.words.items() if key in claim_ids}
        known, denied = set[str](), set[tuple[str | None, str | None]]()
        for word, said in speakers.utterances(graph).items():
            self.uttering.update(each.locution for each in said if each.is_direct)
            if (claim_id := claim_of.get(word)) is None:
                continue
            fields = graph.claims[word]
            name = people[fields["speaker"]]["name"] if "speaker" in fields else None
            if (name, fields.get("commitment") == "asked") == self._speech_of(claim_id):
                known.add(claim_id)
                if direct := [each for each in said if each.is_direct]:
                    self.spoken[claim_id] = speakers.first(direct).locution
            else:
                denied.update((each.illocution, key_of(self.node_ids[claim_id])) for each in said)
        if denied:
            self.edges = [edge for edge in self.edges if _ends(edge) not in denied]
            self._drop_illocutions({start for start, _ in denied} - {_ends(edge)[0] for edge in self.edges})
        return known


def _ends(edge: Json) -> tuple[str | None, str | None]:
    """Return the ids at both ends of an edge, as text."""
    return key_of(edge.get("fromID")), key_of(edge.get("toID"))
