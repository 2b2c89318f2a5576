"""A map as a `graphviz.Digraph`, to change and to render as you like.

    a ─┐                    linked premises meet in a point, as does
       ●─▶ thesis           a relation that another relation is about
    b ─┘      ▲
              ┊ attack, dashed

`argmap draw` makes the finished pictures; this is for people who want to go on from the graph.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from argmap.findings import brief
from argmap.graph.walks import attack_kinds, roles
from argmap.ids import FreeNames
from argmap.model import AnyRelation, Claim, Map

if TYPE_CHECKING:
    import graphviz

WIDTH = 34
"""Characters in a line of a label."""
_LOOK: dict[str, dict[str, str]] = {
    "support": {"color": "#009E73", "style": "solid", "arrowhead": "normal"},
    "attack": {"color": "#D55E00", "style": "dashed", "arrowhead": "tee"},
    "rephrase": {"color": "#666666", "style": "dotted", "arrowhead": "none"},
}


def to_graphviz(map_: Map) -> graphviz.Digraph:
    """Return a map as a graph of the `graphviz` package.

    Parameters
    ----------
    map_ : Map

    Returns
    -------
    graphviz.Digraph
        A node for each claim, named by its id, with its words as a wrapped label, its role as `role` and as an SVG
        class, and its `kind` and `commitment`. An edge for each relation with one premise. A relation with several
        premises, without a target, or with a relation about it is a point, with an edge from each premise and one to
        the target. Edges have `type` (and `kind`, for an attack), and the scheme as label; attacks are dashed. An end
        that the map does not have is a node with `role="missing"`. Such attributes of ours are ignored by Graphviz.

    Examples
    --------
    >>> from argmap import Map
    >>> map_ = Map(id="m", claims={"a": {"text": "It rains."}, "b": {"text": "Stay in."}},
    ...            relations=[{"support": "b", "by": "a"}])
    >>> graph = to_graphviz(map_)
    >>> graph.attr("node", fillcolor="white")
    >>> "a -> b" in graph.source
    True
    """
    import graphviz

    graph = graphviz.Digraph(
        comment=brief(map_.title or map_.id),
        graph_attr={"rankdir": "BT", "newrank": "true", "fontname": "Arial"},
        node_attr={"shape": "box", "style": "filled,rounded", "fillcolor": "#F7F7F7", "fontname": "Arial"},
        edge_attr={"fontname": "Arial", "fontsize": "10"},
    )
    role_of = roles(map_)
    for claim_id, claim in map_.claims.items():
        graph.node(claim_id, _label(claim), **_of_claim(claim, role_of[claim_id]))
    _Relations(map_, graph).add()
    return graph


def _label(claim: Claim) -> str:
    import graphviz

    label: str = graphviz.escape("\n".join(textwrap.wrap(claim.text, WIDTH)) or claim.id)
    return label


def _of_claim(claim: Claim, role: str) -> dict[str, str]:
    fields = {"role": role, "kind": claim.kind, "commitment": claim.commitment}
    look = {"class": role.replace(" ", "-"), "penwidth": "2" if role == "thesis" else "1"}
    dashed = {"style": "filled,rounded,dashed"} if claim.implicit else {}
    return {**{key: value for key, value in fields.items() if value is not None}, **look, **dashed}


class _Relations:
    """Adds the relations of a map to its graph."""

    def __init__(self, map_: Map, graph: graphviz.Digraph) -> None:
        self.map = map_
        self.graph = graph
        names = FreeNames(map_.claims)
        targets = {relation.target for relation in map_.relations}
        self.points = {
            relation.key: names.name(f"{relation.type}-{n}")
            for n, relation in enumerate(map_.relations, 1)
            if len(relation.by) != 1 or relation.target is None or relation.key in targets
        }
        self.known = {*map_.claims}
        self.kinds = attack_kinds(map_)

    def add(self) -> None:
        for name in self.points.values():
            self.graph.node(name, "", shape="point", role="relation")
        for relation in self.map.relations:
            self._add(relation)

    def _add(self, relation: AnyRelation) -> None:
        import graphviz

        label = {"label": graphviz.escape(relation.scheme)} if relation.scheme else {}
        kind = {"kind": self.kinds[relation.key]} if relation.type == "attack" else {}
        fields = {**_LOOK[relation.type], "type": relation.type, "class": relation.type, **kind}
        point = self.points.get(relation.key)
        if point is None:
            self.graph.edge(self._end(relation.by[0]), self._end(relation.target), **fields, **label)
            return
        for source in relation.by:
            self.graph.edge(self._end(source), point, **{**fields, "arrowhead": "none"})
        if relation.target is not None:
            self.graph.edge(point, self._end(relation.target), **fields, **label)

    def _end(self, end: str | None) -> str:
        """Return the node of an end, and add one if the map lacks it."""
        name = self.points.get(end or "", end or "")
        if end not in self.points and end not in self.known:
            self.known.add(name)
            self.graph.node(name, name, shape="plaintext", style="", role="missing")
        return name
