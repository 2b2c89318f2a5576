"""Normalise and compare sentences; what is compared here are words, and nothing of a map is known."""

from argmap.wording.likeness import Embed, chances, likely, similarity
from argmap.wording.meaning import embedder
from argmap.wording.plain import normalise, printable
from argmap.wording.telling import cover, shared_words

__all__ = ["Embed", "chances", "cover", "embedder", "likely", "normalise", "printable", "shared_words", "similarity"]
