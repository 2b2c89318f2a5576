"""The names that reading and writing BRAT share."""

from __future__ import annotations

import re
from typing import get_args

from argmap.model import Commitment, Force, Kind

NAME = "brat"
SOURCE = "text"
"""Id of the source: BRAT has one text, and no name for it."""
BETWEEN = "\n\n"
"""What parts the text from the claims written below it."""
TYPE_OF_ROLE = {"thesis": "MajorClaim", "claim": "Claim", "supporting point": "Premise"}
WORD_OF = {"support": "supports", "attack": "attacks", "rephrase": "rephrases"}
VALUES: dict[str, tuple[str, ...]] = {
    "Kind": get_args(Kind),
    "Commitment": get_args(Commitment),
    "Force": get_args(Force),
}
"""Attributes that a claim has a field for, and their values."""


def is_major(type_: str) -> bool:
    """Return whether a type means the major claim, however spelt."""
    return re.sub(r"[^a-z]", "", type_.casefold()) == "majorclaim"
