"""The picture of how one position became another."""

from argmap.diagram.pictures import Picture
from argmap.diagram.pictures.how.picture import how

PICTURE = Picture("how", "diff", "The reasons of both texts, and what happened to each question between them.", how)

__all__ = ["PICTURE", "how"]
