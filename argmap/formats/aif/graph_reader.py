"""AIF nodes and edges → the plain data of a map; shared by AIF JSON, xAIF and OVA.

Nodes come first, sorted into claims, relations and the rest; then edges give the relations their ends. An S-node
with two targets becomes two relations that share the node; one without target or premises becomes a relation
that lacks them. L- and YA-nodes say who says a claim (`aif_speech`), and are kept only when asked for; whatever else
does not fit is kept as it is, with a finding. Everything is one pass, linear in nodes and edges.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.aif.s_nodes import Tie, called, is_dialogue
from argmap.formats.aif.vocabulary import (
    TYPE_OF,
    Json,
    Style,
    claim_node,
    difference,
    key_of,
    relation_node,
    scheme_of,
    text_of,
)
from argmap.formats.common.reader_support import Ids, Irregular
from argmap.model import RelationType

_ENDS = ("edgeID", "fromID", "toID")
_OWN = frozenset({"nodeID", "timestamp"})
"""Keys in which each node is its own."""
_PLAIN_CLAIM = _OWN | {"text", "type"}
_USUAL = _OWN | {"text", "type", "scheme", "schemeID"}
_PLAIN_TYPES = (str, frozenset)
_REPEATED = re.compile(r"~\d+$")
_KEEP = "`argmap convert --keep-dialogue` keeps them."
_SIGN: Mapping[RelationType, str] = {"support": ">", "attack": "!", "rephrase": "="}


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
        self.ties: dict[str, Tie] = {}
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
        self.unsaid: dict[str, str] = {}
        """What is lost with the dialogue of who else says a claim, by the claim's word."""
        self._ids = Ids()
        self._looks: dict[Any, tuple[str | None, Json]] = {}
        self._numbers: dict[str, Any] = {}
        self._mixed: dict[int, Json] = {}
        self._gather_nodes(listed(data, "nodes", irregular))
        edges = listed(data, "edges", irregular)
        first = next((edge for edge in edges if isinstance(edge, dict)), None)
        self.edge = dict(style.edge) if first is None else _rest(first)
        """What an edge of this file has beside its id and ends."""
        self._edge_keys, self._edge_values = {*_ENDS, *self.edge}, [*self.edge.values()]
        self._gather_edges(edges)
        if self._mixed:
            message = f"{len(self._mixed)} edges write ids otherwise than the nodes, 7 or 7.0 for “7”; they are taken to mean the same."
            irregular.add("mixed-ids", message, ("edges",), severity="note")
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
                tie = self.ties[word] = Tie(node, TYPE_OF[type_])
                if self.words.get(key or "", word) != word:
                    tie.told = frozenset({"by", "targets"})
            else:
                self._add_other(key or f"node {place}", node, type_)
                continue
            if isinstance(time := node.get("timestamp"), str):
                self.timestamps[time].append(word)
        if self._numbers:
            message = f"{len(self._numbers)} ids are numbers; they are read as words."
            self.irregular.add("integer-ids", message, ("nodes",), severity="note")

    def _key(self, node: Json, place: int) -> str | None:
        """The node's id as text; `None` when it has none."""
        id = node.get("nodeID")
        if type(id) is str and id:
            return id
        key = key_of(id)
        if key is None:
            self.irregular.add("missing-id", "this node has no id and is given one.", ("nodes", place))
        else:
            self._numbers.setdefault(key, id)
        return key

    def _word(self, key: str | None) -> str:
        word = self._ids.new(key or "node")
        if key is not None and key in self.words:
            self._double(key)
        elif key is not None:
            self.words[key] = word
        return word

    def _double(self, key: str) -> None:
        message = f"id {key} is there twice; edges are taken to mean the first."
        self.irregular.add("duplicate-id", message, ("nodes", key))

    def _add_claim(self, word: str, node: Json) -> None:
        text = node.get("text")
        if not isinstance(text, str):
            self.irregular.add("missing-text", "this claim has no text.", ("nodes", str(node.get("nodeID", word))))
            text = text_of(node)
        text = self.style.decoded(text)
        # Most claims of most files have nothing of their own to keep, and are not compared key by key.
        plain = node.keys() == _PLAIN_CLAIM and node["nodeID"] == word and node["text"] is text
        plain = plain and isinstance(node["timestamp"], str)
        extra = {} if plain else difference(node, claim_node(word, self.style.encoded(text)))
        self.claims[word] = {"text": text, "extra": {self.style.namespace: extra}} if extra else {"text": text}

    def _add_other(self, key: str, node: Json, type_: Any) -> None:
        if type_ is None:
            self.irregular.add("missing-type", "this node has no type and is kept aside.", ("nodes", key))
        elif not is_dialogue(node):
            message = f"type {type_!r} is no type of claim or relation; the node is kept aside."
            self.irregular.add("unknown-type", message, ("nodes", key))
        if key in self.others or key in self.words:
            self._double(key)
            key = f"{key} again {len(self.others)}"
        self.others[key] = node

    # Edges

    def _gather_edges(self, edges: list[Any]) -> None:
        words, ties, all_text = self.words, self.ties, not self._numbers
        for place, edge in enumerate(edges):
            if not isinstance(edge, dict):
                self.irregular.add("not-an-edge", "this is no edge and is left out.", ("edges", place))
                continue
            start, end = edge.get("fromID"), edge.get("toID")
            if not all_text or type(start) is not str or type(end) is not str:
                start, end = self._ends(edge)
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
                self._note_stranger(start, end, source, target)
            else:
                self._dangling(edge, start, end, place)

    def _ends(self, edge: Json) -> tuple[str, str]:
        """The ids at both ends as the nodes have them; an edge that writes one otherwise is remembered. Empty for none."""
        ends = [key_of(edge.get(name)) or "" for name in ("fromID", "toID")]
        for name, key in zip(("fromID", "toID"), ends, strict=True):
            known = key in self.words or key in self.others
            if known and repr(edge[name]) != repr(self._numbers.get(key, key)):
                self._mixed[id(edge)] = edge
        return ends[0], ends[1]

    def _note_stranger(self, start: str, end: str, source: str | None, target: str | None) -> None:
        """Only YA-nodes lead from the dialogue to claims and relations; note what else ties the two."""
        stranger = end if target is None else start
        if source is None and target is None:
            return
        if not is_dialogue(self.others[stranger]):  # a finding on that node says so already
            for word, missing in ((source, "targets"), (target, "by")):
                if word in self.ties:
                    self.ties[word].told |= {missing}
            return
        if source is not None and source in self.ties:
            self.ties[source].leads_to(end)
        elif source is not None:
            message = f"an edge leads from claim {start} to {called([end], self.others)}; it is no reason for anything."
            self.irregular.add("odd-edge", message, ("edges", start))
        elif self.others[start].get("type") != "YA":
            if target in self.ties:
                self.ties[target].comes_from(start)
            else:
                message = f"an edge leads from {called([start], self.others)} straight to claim {end}; nobody is taken to say it."
                self.irregular.add("odd-edge", message, ("edges", start))

    def _dangling(self, edge: Json, start: str, end: str, place: int) -> None:
        """Keep an edge that lacks an end; what it should have tied is not told of again."""
        for key, missing in ((start, "targets"), (end, "by")):
            if tie := self.ties.get(self.words.get(key, "")):
                tie.told |= {missing}
        if not start or not end:
            lacking = " and no ".join(name for name, key in (("fromID", start), ("toID", end)) if not key)
            self._odd(edge, "dangling-edge", f"this edge has no {lacking}", start or end or place)
        else:
            message = f"an edge leads from {start} to {end}, one of which is not there"
            self._odd(edge, "dangling-edge", message, start)

    def _tie(self, ends: dict[str, Json], end: str, edge: Json, at: str) -> None:
        if end in ends:
            self._odd(edge, "duplicate-edge", f"an edge between {at} and {end} is there twice", at)
        else:
            ends[end] = edge

    def _odd(self, edge: Json, rule: str, message: str, at: str | int) -> None:
        self.irregular.add(rule, f"{message}; it is kept aside.", ("edges", at))
        self.odd_edges.append(edge)

    # What a map is made of

    def place(self, word: str) -> tuple[str, str]:
        """Where the node of a claim stands in the file."""
        return "nodes", self._keys.get(word, word)

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {word: key for key, word in self.words.items()}

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

    def _relations_of(self, word: str, tie: Tie) -> Iterable[tuple[Json, list[Json]]]:
        by, targets = list(tie.by), list(tie.targets)
        tie.note_ends(word, self.others, self.irregular)
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

    def _node_note(self, word: str, tie: Tie) -> tuple[str | None, Json]:
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
        if self._mixed and id(edge) in self._mixed:
            return dict(edge)
        if edge.keys() == self._edge_keys and [edge[key] for key in self.edge] == self._edge_values:
            known = edge["edgeID"]
            return {"edgeID": None, **self.edge} if known is None else known
        return {key: value for key, value in edge.items() if key not in ("fromID", "toID")}

    def aside(self, *, keep_dialogue: bool) -> Json:
        """What the map has no word for, to be kept under its `extra`."""
        dialogue = {key for key, node in self.others.items() if is_dialogue(node)}
        if keep_dialogue:
            dialogue.clear()
        elif dialogue or self.locutions:
            message = (
                f"{len(dialogue)} nodes (L, YA, TA) and {len(self.locutions)} locutions of the dialogue are left out."
            )
            self.irregular.add("dialogue", message, ("nodes",), hint=_KEEP, severity="note")
            for word, message in self.unsaid.items():
                self.irregular.add("further-speaker", message, self.place(word), hint=_KEEP, severity="note")
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


def _look(node: Json) -> Any:
    """What two S-nodes have in common that differ in nothing but id and time."""
    if node.keys() <= _USUAL:
        look = (node["type"], node.get("text", _OWN), node.get("scheme", _OWN), node.get("schemeID", _OWN))
        if all(type(value) in _PLAIN_TYPES for value in look):
            return look
    return id(node)


def listed(data: Json, key: str, irregular: Irregular) -> list[Any]:
    """The list under a key, empty without one; of an object in its place, what is in it, nodes by their ids.

    Raises
    ------
    ArgmapError
        When something else stands there.
    """
    value = data.get(key)
    if isinstance(value, list):
        return value
    if value is None or value in ("", {}):
        return []
    if not isinstance(value, dict):
        raise ArgmapError(Finding("invalid", "error", f"{key} is no list.", Place(irregular.file, at=(key,))))
    irregular.add("not-a-list", f"{key} is an object; what is in it is read as a list.", (key,))
    if key != "nodes":
        return list(value.values())
    return [{"nodeID": name, **item} if isinstance(item, dict) else item for name, item in value.items()]


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
