"""Shared by the reader and the writer of arguebuf: its style, and the names of its schemes.

expert opinion  ↔  SUPPORT_EXPERT_OPINION        no scheme  ↔  SUPPORT_DEFAULT, ATTACK_DEFAULT, REPHRASE_DEFAULT
"""

from __future__ import annotations

import re
from typing import Any

from argmap.formats.aif.vocabulary import Json, Style
from argmap.schemes import SCHEMES

STYLE = Style(
    "arguebuf",
    {},
    {"support": "Default", "attack": "Default", "rephrase": "Default"},
    scheme_numbers=False,
    scheme_names=False,
    numbers=False,
)
DEFAULT = {"RA": "SUPPORT_DEFAULT", "CA": "ATTACK_DEFAULT", "MA": "REPHRASE_DEFAULT"}
_SPELT_OTHERWISE = {
    "definition to verbal classification": "VERBAL_CLASSIFICATION_DEFINITION",
    "vagueness of a verbal classification": "VERBAL_CLASSIFICATION_VAGUENESS",
    "arbitrariness of a verbal classification": "VERBAL_CLASSIFICATION_ARBITRARINESS",
    "group and its members": "THE_GROUP_AND_ITS_MEMBERS",
    "established rule": "RULES",
}
_UNKNOWN = {"falsification of hypothesis", "modus ponens", "modus tollens"}
ENUM_OF = {
    scheme.name: _SPELT_OTHERWISE.get(scheme.name, scheme.name.upper().replace(" ", "_").replace("-", "_"))
    for scheme in SCHEMES
    if scheme.name not in _UNKNOWN
}
SCHEME_OF = {enum: name for name, enum in ENUM_OF.items()}


def enum_of(type_: str, name: str | None) -> str:
    """Return the value that stands for a scheme; the default for one that has none."""
    if name is not None and is_unknown(type_, name):
        return name
    return f"SUPPORT_{ENUM_OF[name]}" if type_ == "RA" and name in ENUM_OF else DEFAULT[type_]


def is_unknown(type_: str, name: Any) -> bool:
    """Tell whether a scheme is spelt as a later release of arguebuf would spell one that is not known here."""
    prefix = DEFAULT[type_].partition("_")[0]
    if not isinstance(name, str) or name == DEFAULT[type_] or not re.fullmatch(rf"{prefix}_[A-Z0-9_]+", name):
        return False
    return type_ != "RA" or name.removeprefix("SUPPORT_") not in SCHEME_OF


def called(person: Json, key: str) -> str:
    """Return the name of a participant; some have only a user name or an address."""
    names = (person.get(word) for word in ("name", "username", "email"))
    return next((name for name in names if isinstance(name, str) and name), key)
