"""Normalise and compare sentences; what is compared here are words, and nothing of a map is known."""

from argmap.sentences.embeddings import embedder
from argmap.sentences.normal_form import normalise, printable
from argmap.sentences.overlap import cover, shared_words
from argmap.sentences.scoring import Embed, chances, likely, similarity
from argmap.sentences.substance import Substance, compare_substance

__all__ = [
    "Embed",
    "Substance",
    "chances",
    "compare_substance",
    "cover",
    "embedder",
    "likely",
    "normalise",
    "printable",
    "shared_words",
    "similarity",
]
