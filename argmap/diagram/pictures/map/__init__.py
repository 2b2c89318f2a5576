"""The picture of one map: the thesis, what supports and attacks it, and what supports and attacks that."""

from argmap.diagram.pictures import Picture
from argmap.diagram.pictures.map.builder import of_map

PICTURE = Picture("map", "map", "The argument of one text.", of_map)

__all__ = ["PICTURE", "of_map"]
