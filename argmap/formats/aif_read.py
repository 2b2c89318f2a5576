"""AIF nodes and edges → the plain data of a map; shared by AIF JSON, xAIF and OVA.

Nodes come first, sorted into claims, relations and the rest; then edges give the relations their ends. An S-node
with two targets becomes two relations that share the node; one without target or premises becomes a relation
that lacks them. L- and YA-nodes say who says a claim, and are kept only when asked for; whatever else does not
fit is kept as it is, with a finding. Everything is one pass, linear in nodes and edges.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from argmap.finding import ArgmapError, Finding, Place
from argmap.formats.aif_terms import (
    DIALOGUE,
    TYPE_OF,
    Json,
    Style,
    asks,
    claim_node,
    difference,
    relation_node,
    scheme_of,
)
from argmap.formats.kit import Ids, Irregular, as_word, is_id
from argmap.model import RelationType

_ENDS = ("edgeID", "fromID", "toID")
_OWN = frozenset({"nodeID", "timestamp"})
"""Keys in which each node is its own."""
_USUAL = _OWN | {"text", "type", "scheme", "schemeID"}
_PLAIN_TYPES = (str, frozenset)
_REPEATED = re.compile(r"~\d+$")
_SPEAKER = re.compile(r"\s*([^:\n]{1,100}?)\s*:\s")
_SIGN: Mapping[RelationType, str] = {"support": ">", "attack": "!", "rephrase": "="}


class _Tie:
    """An S-node while its edges are gathered: its ends, each with the edge that leads there."""

    __slots__ = ("by", "node", "targets", "type")

    def __init__(self, node: Json, type_: RelationType) -> None:
        self.node = node
        self.type = type_
        self.by: dict[str, Json] = {}
        self.targets: dict[str, Json] = {}


class AifGraph:
    """The nodes and edges of one file, sorted.

    Parameters
    ----------
    data
        The object with `nodes` and `edges`, and perhaps `locutions`.
    style
        How a plain file of the format looks.
    irregular
        Where findings go.
    """

    def __init__(self, data: Json, style: Style, irregular: Irregular) -> None:
        self.style = style
        self.irregular = irregular
        self.words: dict[str, str] = {}
        """Word of each I- and S-node, by its id in the file."""
        self.claims: dict[str, Json] = {}
        """Claims as a map file writes them, by their words."""
        self.ties: dict[str, _Tie] = {}
        """S-nodes, by their words."""
        self.others: dict[str, Json] = {}
        """Nodes that are neither, by their ids in the file."""
        self.other_edges: list[tuple[str, str, Json]] = []
        """Edges that begin or end at one of those."""
        self.odd_edges: list[Json] = []
        self.timestamps: dict[str, list[str]] = defaultdict(list)
        """Words of the nodes of each time."""
        self.edge_ids: dict[str, Any] = {}
        """Ids of the edges of each relation, where they are not what writing would number them."""
        self._ids = Ids()
        self._looks: dict[Any, tuple[str | None, Json]] = {}
        self._integers = 0
        self._gather_nodes(listed(data, "nodes", irregular))
        edges = listed(data, "edges", irregular)
        first = next((edge for edge in edges if isinstance(edge, dict)), None)
        self.edge = dict(style.edge) if first is None else _rest(first)
        """What an edge of this file has beside its id and ends."""
        self._edge_keys, self._edge_values = {*_ENDS, *self.edge}, [*self.edge.values()]
        self._gather_edges(edges)
        self.locutions = [item for item in listed(data, "locutions", irregular) if isinstance(item, dict)]

    # Nodes

    def _gather_nodes(self, nodes: list[Any]) -> None:
        for place, node in enumerate(nodes):
            if not isinstance(node, dict):
                self.irregular.add("not-a-node", "this is no node and is left out.", ("nodes", place))
                continue
            key, type_ = self._key(node, place), node.get("type")
            if type_ == "I":
                word = self._word(key)
                self._add_claim(word, node)
            elif isinstance(type_, str) and type_ in TYPE_OF:
                word = self._word(key)
                self.ties[word] = _Tie(node, TYPE_OF[type_])
            else:
                self._add_other(key or f"node {place}", node, type_)
                continue
            if isinstance(time := node.get("timestamp"), str):
                self.timestamps[time].append(word)
        if self._integers:
            message = f"{self._integers} ids are numbers; they are read as words."
            self.irregular.add("integer-ids", message, ("nodes",), severity="note")

    def _key(self, node: Json, place: int) -> str | None:
        """The node's id as text; `None` when it has none."""
        id = node.get("nodeID")
        if isinstance(id, str) and id:
            return id
        if isinstance(id, int) and not isinstance(id, bool):
            self._integers += 1
            return str(id)
        self.irregular.add("missing-id", "this node has no id and is given one.", ("nodes", place))
        return None

    def _word(self, key: str | None) -> str:
        word = self._ids.new(key or "node")
        if key is not None and key in self.words:
            self.irregular.add(
                "duplicate-id", f"id {key} is there twice; edges are taken to mean the first.", ("nodes", key)
            )
        elif key is not None:
            self.words[key] = word
        return word

    def _add_claim(self, word: str, node: Json) -> None:
        text = node.get("text")
        if not isinstance(text, str):
            self.irregular.add("missing-text", "this claim has no text.", ("nodes", str(node.get("nodeID", word))))
            text = str(text) if isinstance(text, int | float) else ""
        extra = difference(node, claim_node(word, text))
        self.claims[word] = {"text": text, "extra": {self.style.namespace: extra}} if extra else {"text": text}

    def _add_other(self, key: str, node: Json, type_: Any) -> None:
        if not _is_dialogue(node):
            message = f"type {type_!r} is no type of claim or relation; the node is kept aside."
            self.irregular.add("unknown-type", message, ("nodes", key))
        if key in self.others or key in self.words:
            self.irregular.add(
                "duplicate-id", f"id {key} is there twice; edges are taken to mean the first.", ("nodes", key)
            )
            key = f"{key} again {len(self.others)}"
        self.others[key] = node

    # Edges

    def _gather_edges(self, edges: list[Any]) -> None:
        words, ties = self.words, self.ties
        for place, edge in enumerate(edges):
            if not isinstance(edge, dict):
                self.irregular.add("not-an-edge", "this is no edge and is left out.", ("edges", place))
                continue
            start, end = str(edge.get("fromID")), str(edge.get("toID"))
            source, target = words.get(start), words.get(end)
            if source is not None and target is not None:
                if source in ties:
                    self._tie(ties[source].targets, target, edge, source)
                elif target in ties:
                    self._tie(ties[target].by, source, edge, target)
                else:
                    self._odd(edge, "untyped-edge", f"an edge leads from claim {start} straight to claim {end}", start)
            elif (source or start in self.others) and (target or end in self.others):
                self.other_edges.append((start, end, edge))
            else:
                self._odd(
                    edge, "dangling-edge", f"an edge leads from {start} to {end}, one of which is not there", start
                )

    def _tie(self, ends: dict[str, Json], end: str, edge: Json, at: str) -> None:
        if end in ends:
            self._odd(edge, "duplicate-edge", f"an edge between {at} and {end} is there twice", at)
        else:
            ends[end] = edge

    def _odd(self, edge: Json, rule: str, message: str, at: str) -> None:
        self.irregular.add(rule, f"{message}; it is kept aside.", ("edges", at))
        self.odd_edges.append(edge)

    # What a map is made of

    def relations(self) -> list[Json]:
        """The relations as a map file writes them, in the order of their nodes."""
        relations: list[Json] = []
        n, regular = 0, True
        for word, tie in self.ties.items():
            for relation, edges in self._relations_of(word, tie):
                ids = [self._edge_note(edge) for edge in edges]
                regular = regular and ids == [self.style.edge_id(n + i) for i in range(1, len(ids) + 1)]
                n += len(ids)
                relations.append(relation)
                self.edge_ids[relation.get("id", str(tie.node.get("nodeID")))] = _joined(ids)
        if regular:
            self.edge_ids.clear()
        return relations

    def _relations_of(self, word: str, tie: _Tie) -> Iterable[tuple[Json, list[Json]]]:
        by, targets = list(tie.by), list(tie.targets)
        where = ("nodes", str(tie.node.get("nodeID", word)))
        if not targets:
            self.irregular.add("no-target", f"this {tie.type} has no target.", where)
        elif len(targets) > 1:
            message = f"this {tie.type} has {len(targets)} targets; it is read as {len(targets)} that share a node."
            self.irregular.add("several-targets", message, where)
        if not by:
            self.irregular.add("no-premise", f"nothing leads to this {tie.type}.", where)
        scheme, extra = self._node_note(word, tie)
        relation: Json = {tie.type: targets[0] if targets else None, "by": by}
        if scheme is not None:
            relation["scheme"] = scheme
        if _named_by_its_ends(extra.get("nodeID"), tie.type, by, targets) and word not in self._pointed_at:
            del extra["nodeID"]
        else:
            relation["id"] = word
        if extra:
            relation["extra"] = {self.style.namespace: extra}
        yield relation, [*tie.by.values(), *list(tie.targets.values())[:1]]
        for target in targets[1:]:
            shared = {
                **relation,
                tie.type: target,
                "id": self._ids.new(word),
                "extra": {self.style.namespace: {"shares": word}},
            }
            yield shared, [tie.targets[target]]

    @cached_property
    def _pointed_at(self) -> set[str]:
        return {target for tie in self.ties.values() for target in tie.targets}

    def _node_note(self, word: str, tie: _Tie) -> tuple[str | None, Json]:
        """The scheme of an S-node, and what is to be kept of the node."""
        node, look = tie.node, _look(tie.node)
        if look not in self._looks:
            # The S-nodes of a file look much alike: what differs from plain is worked out once for each look.
            scheme = scheme_of(node, self.style)
            alike = {key: value for key, value in node.items() if key not in _OWN}
            plain = relation_node(word, tie.type, scheme, self.style)
            del plain["nodeID"]
            self._looks[look] = (scheme, difference(alike, plain))
        scheme, shared = self._looks[look]
        extra = dict(shared)
        if not isinstance(time := node.get("timestamp", ""), str):
            extra["timestamp"] = time
        if node.get("nodeID") != word:
            extra.update(
                {"nodeID": node["nodeID"]} if "nodeID" in node else {"without": [*extra.get("without", ()), "nodeID"]}
            )
        return scheme, extra

    def _edge_note(self, edge: Json) -> Any:
        """What is to be kept of an edge: its id, or more when it is not like the others."""
        if edge.keys() == self._edge_keys and [edge[key] for key in self.edge] == self._edge_values:
            return edge["edgeID"]
        rest = _rest(edge)
        return edge.get("edgeID") if rest == self.edge else {"edgeID": edge.get("edgeID"), **rest}

    def aside(self, *, keep_dialogue: bool) -> Json:
        """What the map has no word for, to be kept under its `extra`."""
        dialogue = {key for key, node in self.others.items() if _is_dialogue(node)}
        if keep_dialogue:
            dialogue.clear()
        elif dialogue:
            message = f"{len(dialogue)} nodes of the dialogue (L, YA, TA) are left out."
            self.irregular.add("dialogue", message, ("nodes",), hint="Keep them with keep-dialogue.", severity="note")
        nodes = [node for key, node in self.others.items() if key not in dialogue]
        edges = [edge for start, end, edge in self.other_edges if start not in dialogue and end not in dialogue]
        kept: Json = {"nodes": nodes, "edges": [*self.odd_edges, *edges]}
        if keep_dialogue:
            kept["locutions"] = self.locutions
        if self.edge != self.style.edge:
            kept["edge"] = self.edge
        # Claims before relations, in which order they are written.
        kept["timestamps"] = {
            time: " ".join(sorted(words, key=self.ties.__contains__)) for time, words in self.timestamps.items()
        }
        kept["edge_ids"] = self.edge_ids
        return {key: value for key, value in kept.items() if value or key == "edge"}

    def said(self) -> dict[str, tuple[str, bool]]:
        """Of each claim, by its word, the L-node that counts as saying it: the first to assert it, or else to ask."""
        return {word: min(locutions, key=lambda said: said[1]) for word, locutions in self.locutions_of().items()}

    def locutions_of(self) -> dict[str, list[tuple[str, bool]]]:
        """Of each claim, by its word, the ids of the L-nodes that utter it, each with whether as a question."""
        uttered: dict[str, str] = {}
        for start, end, _ in self.other_edges:
            if self._is(start, "L") and self._is(end, "YA"):
                uttered.setdefault(end, start)
        said: dict[str, list[tuple[str, bool]]] = {}
        for start, end, _ in self.other_edges:
            word = self.words.get(end)
            if start in uttered and word in self.claims:
                said.setdefault(word, []).append((uttered[start], asks(self.others[start])))
        return said

    def _is(self, key: str, type_: str) -> bool:
        return key in self.others and self.others[key].get("type") == type_

    def speakers(self, names: Mapping[str, str] | None = None) -> dict[str, Json]:
        """The speakers, by their ids; each claim is given its own.

        Parameters
        ----------
        names
            Names of people by `personID`, where the file has a list of them.
        """
        persons = {str(item.get("nodeID")): str(item.get("personID")) for item in self.locutions}
        speakers: dict[str, Json] = {}
        ids, by_name = Ids(), dict[str, str]()
        for word, (locution, question) in self.said().items():
            claim = self.claims[word]
            text = self.others[locution].get("text")
            text = text if isinstance(text, str) else ""
            person = persons.get(locution, "")
            name = (names or {}).get(person)
            if _is_ours(person) and (ours := name or _before(text, claim["text"])):
                speakers.setdefault(person, {"name": ours})
                claim["speaker"] = person
            elif name := name or _before_colon(text):
                if name not in by_name:
                    by_name[name] = ids.new(as_word(name.casefold(), "speaker"))
                    speakers[by_name[name]] = {"name": name}
                claim["speaker"] = by_name[name]
            if question and "speaker" in claim:
                claim["commitment"] = "asked"
        return speakers


def _look(node: Json) -> Any:
    """What two S-nodes have in common that differ in nothing but id and time."""
    if node.keys() <= _USUAL:
        look = (node["type"], node.get("text", _OWN), node.get("scheme", _OWN), node.get("schemeID", _OWN))
        if all(type(value) in _PLAIN_TYPES for value in look):
            return look
    return id(node)


def listed(data: Json, key: str, irregular: Irregular) -> list[Any]:
    """The list under a key, empty without one.

    Raises
    ------
    ArgmapError
        When something else stands there.
    """
    value = data.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ArgmapError(Finding("invalid", "error", f"{key} is no list.", Place(irregular.file, at=(key,))))
    return value


def _is_dialogue(node: Json) -> bool:
    type_ = node.get("type")
    return isinstance(type_, str) and type_ in DIALOGUE


def _rest(edge: Json) -> Json:
    return {key: value for key, value in edge.items() if key not in _ENDS}


def _joined(ids: list[Any]) -> Any:
    """Ids of edges as one text of words, where they are words: a tenth of the memory."""
    try:
        text = " ".join(ids)
    except TypeError:
        return ids
    return text if text.split() == ids else ids


def _named_by_its_ends(id: Any, type_: RelationType, by: list[str], targets: list[str]) -> bool:
    """Whether the id is what a relation without one is called by."""
    if not isinstance(id, str) or len(targets) > 1:
        return False
    return _REPEATED.sub("", id) == f"{'+'.join(by)}{_SIGN[type_]}{targets[0] if targets else '?'}"


def _is_ours(person: str) -> bool:
    """AIFdb numbers people; a word for a person is a speaker's id that was written from a map."""
    return not person.isdigit() and person != "None" and is_id(person)


def _before(text: str, words: str) -> str | None:
    return text.removesuffix(f" : {words}") if text.endswith(f" : {words}") else None


def _before_colon(text: str) -> str | None:
    match = _SPEAKER.match(text)
    return match[1] if match else None
