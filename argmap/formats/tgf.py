"""Read and write TGF: nodes, a line `#`, edges. Described in tgf.md."""

from __future__ import annotations

import re
from typing import Any

from argmap.findings import ArgmapError, Finding, Place, brief
from argmap.formats.common.format import Content, Format, Reading
from argmap.formats.common.loss import one_line
from argmap.formats.common.reader_support import Ids, Irregular, lines_of, map_id, own, validated
from argmap.formats.common.relation_words import relation_word
from argmap.ids import FreeNames
from argmap.model import Map


def _matches(content: Content) -> bool:
    """Look for nodes, a line `#`, and edges that lead to nodes."""
    nodes, mark, edges = content.head.replace("\r\n", "\n").partition("\n#\n")
    ids = {line.split(maxsplit=1)[0] for line in nodes.split("\n") if line.strip()}
    lines = edges.split("\n")[: -1 if len(content.head) < len(content.text) else None]
    ends = [line.split(maxsplit=2)[:2] for line in lines if line.strip()]
    return bool(mark and ids) and all(len(pair) == 2 and ids.issuperset(pair) for pair in ends)


FORMAT = Format("tgf", "TGF (ICCMA)", (".tgf",), frozenset({"supports", "rephrases", "claim ids", "order"}), _matches)
_WORDS = {"support": "support", "rephrase": "rephrase", "attack": ""}


def read(content: Content) -> Reading:
    """Read the map of a graph."""
    irregular, ids = Irregular(content.name), Ids()
    claims: dict[str, dict[str, Any]] = {}
    relations: list[dict[str, Any]] = []
    known: dict[str, str] = {}
    edges = False
    for n, line in enumerate(lines_of(content), 1):
        parts = line.split(maxsplit=2 if edges else 1)
        if line.strip() == "#" and not edges:
            edges = True
        elif edges and parts:
            ends, label = parts[:2], " ".join(parts[2:])
            if len(ends) < 2 or not known.keys() >= set(ends):
                irregular.add("dangling-reference", f"{brief(line)!r} does not tie two nodes: left out.", line=n)
                continue
            if label and relation_word(label) is None:
                irregular.add("unknown-relation", f"{brief(label)!r} names no relation: read as an attack.", line=n)
            type_ = relation_word(label) or "attack"
            extra = {"tgf": {"label": label}} if label != _WORDS[type_] else {}
            relations.append({type_: known[ends[1]], "by": [known[ends[0]]], "extra": extra})
        elif parts and parts[0] in known:
            irregular.add("duplicate-id", f"node {brief(parts[0])!r} occurs twice: the second is left out.", line=n)
        elif parts:
            claim_id = known[parts[0]] = ids.word(parts[0])
            extra = {"tgf": {"id": parts[0]}} if parts[0] != claim_id else {}
            claims[claim_id] = {"text": " ".join(parts[-1].split()), "extra": extra}
    if not edges:
        message = "not TGF: no line `#` parts nodes and edges."
        raise ArgmapError(Finding("unreadable", "error", message, Place(content.name)))
    data = {"id": map_id(content.name, FORMAT.suffixes), "claims": claims, "relations": relations}
    return Reading(validated(data, content.name), irregular.findings)


carried = one_line


def write(map_: Map) -> str:
    """Write the claims, and an edge for each relation between two of them."""
    free, names = FreeNames(), {}
    for claim_id, claim in map_.claims.items():
        given = own(claim.extra, "tgf").get("id")
        names[claim_id] = free.name(given if isinstance(given, str) and re.fullmatch(r"\S+", given) else claim_id)
    lines = [f"{names[claim_id]} {claim.text}" for claim_id, claim in map_.claims.items()]
    lines.append("#")
    for relation in map_.relations:
        label = own(relation.extra, "tgf").get("label")
        if not isinstance(label, str) or (relation_word(label) or "attack") != relation.type:
            label = _WORDS[relation.type]
        lines.append(f"{names[relation.by[0]]} {names[relation.target or '']} {' '.join(label.split())}".rstrip())
    return "\n".join([*lines, ""])
