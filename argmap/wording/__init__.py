"""Normalise and compare sentences; what is compared here are words, and nothing of a map is known."""

from argmap.wording.likeness import likely, similarity
from argmap.wording.plain import normalise, printable

__all__ = ["likely", "normalise", "printable", "similarity"]
