"""Our own file format: a map reads like notes, and is made to be written by hand.

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

`argmap schema map` prints every key; the texts and the codebook that the map names beside it are read along. What is
wrong in a file is told all at once, each with its line and column. JSON with the same keys is read as well.

Written here it is a new file, without comments; the texts and the codebook that cannot be found from where it goes stand
in it. `argmap.save` writes into a file that is there, and keeps its comments and its layout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap import store
from argmap.formats.common.format import Reading

if TYPE_CHECKING:
    from argmap.formats.common.format import Content
    from argmap.model import Map


def read(content: Content) -> Reading:
    """The map; sources and codebook beside a file are filled in."""
    text = content.text
    document = store.open_map(content.path, text) if content.path else store.parse_map(text, content.name)
    return Reading(document.value, tuple(document.findings))


def write(map_: Map) -> str:
    """The map as a new file."""
    return store.dumps(map_, "yaml")
