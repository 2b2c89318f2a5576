"""Read AIF nodes and edges as the plain data of a map; shared by AIF JSON, xAIF, OVA, SADFace and arguebuf.

Nodes are sorted first, into claims, relations and the rest; then edges give the relations their ends:

    I ─▸ RA ─▸ I        a premise and a target
    I ─▸ RA ─▸ I, I     two relations that share the node
    L ─▸ RA ─▸ I        a locution is not a claim: a finding, and no premise

Each irregularity is one finding: where an edge explains what an S-node lacks, the S-node is not reported again. What
does not fit is kept as it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.aif.vocabulary import TYPE_OF, Json, Style, is_dialogue, key_of, scheme_of, scheme_words, text_of
from argmap.formats.common.reader_support import Ids, Irregular
from argmap.model import ANSWER, RelationType

_ENDS = frozenset({"edgeID", "fromID", "toID"})
_OF_CLAIMS = frozenset({"nodeID", "text", "type", "timestamp"})
_OF_S_NODES = frozenset({"nodeID", "type", "timestamp"})
_REPEATED = re.compile(r"~\d+$")
_KEEP = "`argmap convert --keep-dialogue` keeps them."
_SIGN: Mapping[RelationType, str] = {"support": ">", "attack": "!", "rephrase": "="}


@dataclass(slots=True)
class SNode:
    """A node that is a relation, with the edge of each of its ends."""

    node: Json
    type: RelationType
    by: dict[str, Json] = field(default_factory=dict)
    targets: dict[str, Json] = field(default_factory=dict)
    explained: frozenset[str] = frozenset()
    """The ends, `by` or `targets`, whose absence another finding explains."""
    is_answer: bool = False
    """True for a rephrase that ties an answer to a question."""


class AifGraph:
    """The nodes and edges of one file, sorted; `data` has `nodes` and `edges`, and perhaps `locutions`."""

    def __init__(self, data: Json, style: Style, irregular: Irregular) -> None:
        self.style = style
        self.irregular = irregular
        self.words: dict[str, str] = {}
        """Word of each I- and S-node, by its id in the file."""
        self.claims: dict[str, Json] = {}
        """Claims as a map file writes them, by their words."""
        self.s_nodes: dict[str, SNode] = {}
        """S-nodes by their words."""
        self.others: dict[str, Json] = {}
        """All other nodes, by their ids in the file."""
        self.other_edges: list[tuple[str, str, Json]] = []
        """Edges that begin or end at one of those."""
        self.odd_edges: list[Json] = []
        self.timestamps: dict[str, list[str]] = defaultdict(list)
        """Words of the nodes of each time."""
        self._ids = Ids()
        self._edge_keys = {*_ENDS, *style.edge}
        self._gather_nodes(listed(data, "nodes", irregular))
        self._gather_edges(listed(data, "edges", irregular))
        self.locutions = [item for item in listed(data, "locutions", irregular) if isinstance(item, dict)]

    # Nodes

    def _gather_nodes(self, nodes: list[Any]) -> None:
        for place, node in enumerate(nodes):
            if not isinstance(node, dict):
                self.irregular.add("not-a-node", "this is not a node and is left out.", ("nodes", place))
                continue
            key, type_ = key_of(node.get("nodeID")), node.get("type")
            if key is None:
                self.irregular.add("missing-id", "this node has no id and is given one.", ("nodes", place))
            if type_ == "I":
                word = self._word(key)
                self._add_claim(word, node)
            elif isinstance(type_, str) and type_ in TYPE_OF:
                word = self._word(key)
                self.s_nodes[word] = SNode(node, TYPE_OF[type_])
                if self.words.get(key or "", word) != word:
                    self.s_nodes[word].explained = frozenset({"by", "targets"})
            else:
                self._add_other(key or f"node {place}", node, type_)
                continue
            if isinstance(time := node.get("timestamp"), str):
                self.timestamps[time].append(word)

    def _word(self, key: str | None) -> str:
        word = self._ids.new(key or "node")
        if key is not None and not self._is_double(key):
            self.words[key] = word
        return word

    def _is_double(self, key: str) -> bool:
        """Return whether an id occurs twice, with a finding."""
        if key not in self.words and key not in self.others:
            return False
        message = f"id {key} occurs twice; edges are taken to mean the first."
        self.irregular.add("duplicate-id", message, ("nodes", key))
        return True

    def _add_claim(self, word: str, node: Json) -> None:
        given = node.get("text")
        if not isinstance(given, str):
            self.irregular.add("missing-text", "this claim has no text.", ("nodes", str(node.get("nodeID", word))))
        text = self.style.decoded(given if isinstance(given, str) else text_of(node))
        extra = self._beyond(node, word, _OF_CLAIMS)
        if given is not text and given != self.style.encoded(text) and "text" in node:
            extra["text"] = given
        self.claims[word] = {"text": text, "extra": {self.style.namespace: extra}} if extra else {"text": text}

    def _beyond(self, node: Json, word: str, known: frozenset[str]) -> Json:
        """Return what a node has beyond the known keys, and its id where that is not the word."""
        extra = {} if node.keys() <= known else {key: value for key, value in node.items() if key not in known}
        if node.get("nodeID", word) != word and self.words.get(key_of(node["nodeID"]) or "") == word:
            extra["nodeID"] = node["nodeID"]
        if not isinstance(time := node.get("timestamp", ""), str):
            extra["timestamp"] = time
        return extra

    def _add_other(self, key: str, node: Json, type_: Any) -> None:
        if type_ is None:
            self.irregular.add("missing-type", "this node has no type and is kept aside.", ("nodes", key))
        elif not is_dialogue(node):
            message = f"type {type_!r} is not a type of claim or relation; the node is kept aside."
            self.irregular.add("unknown-type", message, ("nodes", key))
        self.others[f"{key} again {len(self.others)}" if self._is_double(key) else key] = node

    # Edges

    def _gather_edges(self, edges: list[Any]) -> None:
        words, s_nodes = self.words, self.s_nodes
        for place, edge in enumerate(edges):
            if not isinstance(edge, dict):
                self.irregular.add("not-an-edge", "this is not an edge and is left out.", ("edges", place))
                continue
            start, end = edge.get("fromID"), edge.get("toID")
            if type(start) is not str or type(end) is not str:
                start, end = key_of(start) or "", key_of(end) or ""
            source, target = words.get(start), words.get(end)
            if source is not None and target is not None:
                if source in s_nodes:
                    ends, other = s_nodes[source].targets, target
                elif target in s_nodes:
                    ends, other = s_nodes[target].by, source
                else:
                    self._odd(edge, "untyped-edge", f"an edge leads from claim {start} straight to claim {end}", start)
                    continue
                if other in ends:
                    self._odd(edge, "duplicate-edge", f"the edge from {start} to {end} occurs twice", start)
                else:
                    ends[other] = edge
            elif (source or start in self.others) and (target or end in self.others):
                self.other_edges.append((start, end, edge))
                self._note_stray(start, end)
            else:
                self._note_dangling(edge, start, end, place)

    def _note_stray(self, start: str, end: str) -> None:
        """Note an edge between the dialogue and the argument; only YA-nodes properly lead from one to the other."""
        source, target = self.words.get(start), self.words.get(end)
        stranger = start if source is None else end
        if (source is None and target is None) or (target and self.others[stranger].get("type") == "YA"):
            return
        self._explain(start, end)
        if is_dialogue(self.others[stranger]):  # for any other, a finding on the node says so already
            message = f"an edge leads from {start} to {end}: {stranger} ({self.others[stranger]['type']}) is not a claim; ignored."
            self.irregular.add("odd-edge", message, ("edges", start))

    def _explain(self, start: str, end: str) -> None:
        """Note that an edge accounts for what the S-nodes at its ends lack."""
        for key, missing in ((start, "targets"), (end, "by")):
            if s_node := self.s_nodes.get(self.words.get(key, "")):
                s_node.explained |= {missing}

    def _note_dangling(self, edge: Json, start: str, end: str, place: int) -> None:
        self._explain(start, end)
        message = f"an edge leads from {start} to {end}, one of which is not there"
        if missing := [name for name in ("fromID", "toID") if not key_of(edge.get(name))]:
            message = f"this edge has no {' and no '.join(missing)}"
        self._odd(edge, "dangling-edge", message, start or end or place)

    def _odd(self, edge: Json, rule: str, message: str, at: str | int) -> None:
        self.irregular.add(rule, f"{message}; it is kept aside.", ("edges", at))
        self.odd_edges.append(edge)

    # What a map is made of

    def relations(self) -> list[Json]:
        """Return the relations as a map file writes them, in the order of their nodes."""
        pointed_at = {target for s_node in self.s_nodes.values() for target in s_node.targets}
        nodes = self.s_nodes.items()
        return [each for word, s_node in nodes for each in self._relations_of(word, s_node, word in pointed_at)]

    def _relations_of(self, word: str, s_node: SNode, is_pointed_at: bool) -> Iterator[Json]:
        by, targets, node, namespace = list(s_node.by), list(s_node.targets), s_node.node, self.style.namespace
        self._note_ends(word, s_node)
        scheme = scheme_of(node, self.style)
        relation: Json = {s_node.type: targets[0] if targets else None, "by": by}
        extra = self._beyond(node, word, _OF_S_NODES)
        plain = scheme_words(s_node.type, scheme, self.style)
        if s_node.is_answer:
            scheme = ANSWER
        if scheme is not None:
            relation["scheme"] = scheme
        if extra == plain:
            extra = {}
        elif extra.items() >= plain.items() and not extra.keys() & {"scheme", "schemeID"} - plain.keys():
            extra = {key: value for key, value in extra.items() if key not in plain}
        if not is_pointed_at and _is_named_by_its_ends(extra.get("nodeID"), s_node.type, by, targets):
            del extra["nodeID"]
        else:
            relation["id"] = word
        sides = (s_node.by, s_node.targets)
        if edges := {end: more for side in sides for end, edge in side.items() if (more := self._beyond_ends(edge))}:
            extra["edges"] = edges
        if extra:
            relation["extra"] = {namespace: extra}
        yield relation
        for target in targets[1:]:
            shared = {"id": self._ids.new(word), "extra": {namespace: {"shares": word}}}
            yield {**relation, s_node.type: target, **shared}

    def _beyond_ends(self, edge: Json) -> Json:
        """Return what an edge has beyond its id, its ends and what every edge of the format has."""
        plain = self.style.edge
        if edge.keys() == self._edge_keys and [*map(edge.get, plain)] == [*plain.values()]:
            return {}
        return {k: v for k, v in edge.items() if k not in _ENDS and not (k in plain and plain[k] == v)}

    def _note_ends(self, word: str, s_node: SNode) -> None:
        """Note the ends that an S-node lacks, or has too many of."""
        if s_node.by and len(s_node.targets) == 1:
            return
        add, at, type_ = self.irregular.add, ("nodes", str(s_node.node.get("nodeID", word))), s_node.type
        if len(s_node.targets) > 1:
            n = len(s_node.targets)
            add("several-targets", f"this {type_} has {n} targets; it is read as {n} that share a node.", at)
        if not (s_node.by or s_node.targets or s_node.explained):
            end = "conclusion" if type_ == "support" else "target"
            add("ties-nothing", f"this {type_} ties nothing: neither premise nor {end}.", at)
            return
        if not s_node.targets and "targets" not in s_node.explained:
            add("no-target", f"this {type_} has no target.", at)
        if not s_node.by and "by" not in s_node.explained:
            add("no-premise", f"nothing leads to this {type_}.", at)

    def aside(self, *, keep_dialogue: bool) -> Json:
        """Return what the map has no word for, to be kept under its `extra`."""
        dialogue = {key for key, node in self.others.items() if is_dialogue(node)}
        if keep_dialogue:
            dialogue = set()
        elif dialogue or self.locutions:
            parts = f"{len(dialogue)} nodes (L, YA, TA) and {len(self.locutions)} locutions"
            message = f"{parts} of the dialogue are left out."
            self.irregular.add("dialogue", message, ("nodes",), hint=_KEEP, severity="note")
        edges = [edge for start, end, edge in self.other_edges if start not in dialogue and end not in dialogue]
        in_s_nodes = self.s_nodes.__contains__
        kept: Json = {
            "nodes": [node for key, node in self.others.items() if key not in dialogue],
            "edges": [*self.odd_edges, *edges],
            "locutions": self.locutions if keep_dialogue else [],
            # Claims before relations, in which order they are written.
            "timestamps": {t: " ".join(sorted(words, key=in_s_nodes)) for t, words in self.timestamps.items()},
        }
        return {key: value for key, value in kept.items() if value}


def listed(data: Json, key: str, irregular: Irregular) -> list[Any]:
    """Return the list under a key; of an object in its place, the values, nodes with their ids; else raise ArgmapError."""
    value = data.get(key)
    if isinstance(value, list):
        return value
    if value is None or value in ("", {}):
        return []
    if not isinstance(value, dict):
        raise ArgmapError(Finding("invalid", "error", f"{key} is not a list.", Place(irregular.file, at=(key,))))
    irregular.add("not-a-list", f"{key} is an object; its values are read as a list.", (key,))
    if key != "nodes":
        return list(value.values())
    return [{"nodeID": name, **item} if isinstance(item, dict) else item for name, item in value.items()]


def _is_named_by_its_ends(node_id: Any, type_: RelationType, by: list[str], targets: list[str]) -> bool:
    """Return whether an id is the one that writing gives a relation without an id."""
    if not isinstance(node_id, str) or len(targets) > 1:
        return False
    return _REPEATED.sub("", node_id) == f"{'+'.join(by)}{_SIGN[type_]}{targets[0] if targets else '?'}"
