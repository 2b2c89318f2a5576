"""GEXF, the format of Gephi.

    <graph defaultedgetype="directed" mode="static">
      <attributes class="node" mode="static"><attribute id="0" title="type" type="string"/>…</attributes>
      <nodes><node id="rust" label="It rusts."><attvalues><attvalue for="0" value="claim"/>…</attvalues></node>…</nodes>
      <edges><edge id="0" source="rust" target="rust>close"/>…</edges>
    </graph>

Gephi shows the labels and lists the attributes as columns. What the map says as a whole, for which a GEXF graph has
no attributes, stands as JSON in the description of `meta`; Gephi does not save that, so that title, sources and
issues are gone after a round through it. Which attributes there are, and how a graph from elsewhere is read, says
`argmap.formats.networks`. Carries everything.

Source: the GEXF 1.2 primer, gexf.net.
"""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

from argmap.formats.format import Reading
from argmap.formats.kit import Irregular
from argmap.formats.markup import elements, escape

if TYPE_CHECKING:
    from argmap.formats.format import Content
    from argmap.formats.markup import Element
    from argmap.model import Map

NAME = "gexf"
_NAMESPACE = re.compile(r"""(["'])http://(?:www\.)?gexf\.net/1\.\d(?:draft)?(/viz)?\1""")
_META = re.compile(r"<meta .*?</meta>", re.DOTALL)


def read(content: Content) -> Reading:
    """The map of a GEXF graph."""
    import networkx as nx

    from argmap.formats.networks import from_graph, parsed

    found = elements(content, "description")
    # networkx knows some namespaces of the versions that are around; their elements are the same.
    text = _NAMESPACE.sub(r"\1http://www.gexf.net/1.2draft\2\1", content.text.strip())
    graph = parsed(lambda: nx.read_gexf(io.BytesIO(_headless(text).encode())), content.name)
    graph.graph.update(_described(found))
    irregular = Irregular(content.name)
    return Reading(from_graph(graph, content.name, NAME, irregular, (".gexf",)), irregular.findings)


def _headless(text: str) -> str:
    """The document without its XML declaration, whose encoding no longer says how it is encoded."""
    return text[text.index("?>") + 2 :] if text.startswith("<?xml") and "?>" in text else text


def _described(found: list[Element]) -> dict[str, Any]:
    """What the description holds of the map as a whole; nothing when it is a person's."""
    text = next((element.text for element in found if element.tag == "description" and element.depth == 2), "")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def write(m: Map) -> str:
    """The map as a GEXF graph."""
    import networkx as nx

    from argmap.formats.networks import to_graph

    graph = to_graph(m, NAME)
    whole = json.dumps(graph.graph)
    graph.graph.clear()
    file = io.BytesIO()
    nx.write_gexf(graph, file)
    # networkx notes the day of writing, which would make every file differ from the one before.
    meta = f"<meta><creator>argmap</creator><description>{escape(whole)}</description></meta>"
    return _META.sub(lambda _: meta, file.getvalue().decode(), count=1) + "\n"
