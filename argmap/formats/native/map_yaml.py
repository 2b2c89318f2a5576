"""argmap's own file format, which reads like notes and can be written by hand.

    argmap: 1
    id: bridge
    thesis: close
    sources:
      letter: {path: letter.txt}
    claims:
      close: {text: The bridge should be closed., quote: "close the bridge", kind: policy}
      rust: {text: It rusts., quote: "it rusts"}
    relations:
      - {support: close, by: rust, scheme: sign}

`argmap schema map` prints every key. The texts and the codebook that the map names are read too. All problems of a file are
reported at once, with line and column. JSON with the same keys is read as well.

A converted map is a new file without comments. It contains the texts and the codebook that cannot be found from its
place. `argmap.save` writes into an existing file, and keeps its comments and layout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap import store
from argmap.formats.common.format import Reading

if TYPE_CHECKING:
    from argmap.formats.common.format import Content
    from argmap.model import Map


def read(content: Content) -> Reading:
    """Read the map, with the sources and the codebook beside the file."""
    text = content.text
    document = store.open_map(content.path, text) if content.path else store.parse_map(text, content.name)
    return Reading(document.value, tuple(document.findings))


def write(map_: Map) -> str:
    """Write the map as a new file."""
    return store.dumps(map_, "yaml")
