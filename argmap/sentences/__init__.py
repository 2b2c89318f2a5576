"""Split, normalise and compare sentences. This room knows words only, nothing of maps."""

from argmap.sentences.embeddings import embedder
from argmap.sentences.normal_form import normalise
from argmap.sentences.overlap import cover, covered_by, shared_words
from argmap.sentences.scoring import Embed, chances, likely, similarity
from argmap.sentences.substance import Substance, compare_substance
from argmap.text_tools import printable

__all__ = [
    "Embed",
    "Substance",
    "chances",
    "compare_substance",
    "cover",
    "covered_by",
    "embedder",
    "likely",
    "normalise",
    "printable",
    "shared_words",
    "similarity",
]
