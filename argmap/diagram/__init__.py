"""Pictures of maps, diffs and timelines, through one neutral `Diagram`.

    of_map(m)                     one text's argument
    bridge(diff, before, after)   what moved, claim by claim
    ladder(timeline)              where each text stands, issue by issue
    render(diagram, "svg")        the file's bytes: svg, png, pdf, dot, mmd, json
    draw(m, "png")                both in one
    outline(diagram)              the picture in words

`shapes` tells how these hang together.
"""

from argmap.diagram.drawing import FORMATS, Format, draw, render
from argmap.diagram.model import Diagram
from argmap.diagram.outlines import outline
from argmap.diagram.pictures.bridge_picture import bridge
from argmap.diagram.pictures.ladder_picture import ladder
from argmap.diagram.pictures.map_picture import of_map
from argmap.diagram.theme import THEMES

__all__ = ["FORMATS", "THEMES", "Diagram", "Format", "bridge", "draw", "ladder", "of_map", "outline", "render"]
