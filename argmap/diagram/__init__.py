"""Pictures of maps, diffs and timelines, through one neutral `Diagram`.

    draw(value, "svg")            a map, diff, timeline or diagram as a file: svg, png, pdf, dot, mmd, json
    of_map(map_)                  the argument of one text, as a diagram
    bridge(diff, before, after)   what moved, claim by claim
    outline(diagram)              a diagram in words

`model` describes diagrams; `pictures` finds the pictures, one file each.
"""

from argmap.diagram.drawing import FORMATS, Drawing, Format, draw
from argmap.diagram.model import Diagram
from argmap.diagram.outlines import outline
from argmap.diagram.pictures import Picture, all_pictures, picture_named
from argmap.diagram.pictures.bridge import bridge
from argmap.diagram.pictures.map import of_map
from argmap.diagram.theme import THEMES

__all__ = [
    "FORMATS",
    "THEMES",
    "Diagram",
    "Drawing",
    "Format",
    "Picture",
    "all_pictures",
    "bridge",
    "draw",
    "of_map",
    "outline",
    "picture_named",
]
