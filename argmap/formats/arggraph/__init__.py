"""arggraph XML of the argumentative microtexts."""

from __future__ import annotations

import re

from argmap.formats.common.format import Content, Format
from argmap.formats.common.map_features import GRAPH, NAMING


def _matches(content: Content) -> bool:
    """Look for an element `arggraph`."""
    return re.search(r"<arggraph[\s>/]", content.head) is not None


_CARRIES = GRAPH | NAMING | {"schemes", "layout", "implicit premises"}
FORMAT = Format("arggraph", "arggraph XML", (".xml",), _CARRIES, _matches, module="reader", beside=(".txt",))
