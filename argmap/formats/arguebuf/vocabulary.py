"""Names for reading and writing arguebuf: its style, its fields and its schemes.

expert opinion  ↔  SUPPORT_EXPERT_OPINION        no scheme  ↔  SUPPORT_DEFAULT, ATTACK_DEFAULT, REPHRASE_DEFAULT
"""

from __future__ import annotations

from argmap.formats.aif.vocabulary import NODE_OF, Json, Style
from argmap.schemes import SCHEMES

NAME = "arguebuf"
STYLE = Style(NAME, {}, dict.fromkeys(NODE_OF, "Default"), scheme_numbers=False, scheme_names=False, numbers=False)
SOURCE = {"text": "text", "title": "title", "url": "source"}
SPEAKER = {"name": "name", "role": "description"}
"""arguebuf's words for fields of a source and of a speaker."""
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
    return f"SUPPORT_{ENUM_OF[name]}" if type_ == "RA" and name in ENUM_OF else DEFAULT[type_]


def called(person: Json, key: str) -> str:
    """Return the name of a participant; some have only a user name or an address."""
    names = (person.get(word) for word in ("name", "username", "email"))
    return next((name for name in names if isinstance(name, str) and name), key)
