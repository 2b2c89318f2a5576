"""Which relation a foreign word means: `rebuts` is an attack, `because` a support.

Formats without relations of their own (a labelled edge, a BRAT relation) use the words of whoever made
the annotation scheme; these are the ones found in published corpora and in everyday graphs.
"""

from __future__ import annotations

import re

from argmap.model import RelationType

_STEMS: dict[RelationType, str] = {
    "attack": "attack con contra against rebut undercut undermin conflict contradict oppos object refut counter disagree ca reb und",
    "rephrase": "rephras restat reformul equival equiv same semantically_same ma",
    "support": "support pro for because reason evidence caus example agree ra sup exa premise infer inference",
}
_WORDS = {word: type_ for type_, words in _STEMS.items() for word in words.split()}
_LONG = {type_: [word for word in words.split() if len(word) > 4] for type_, words in _STEMS.items()}


def relation_word(word: object) -> RelationType | None:
    """The relation that a word names; `None` for a word that names none.

    >>> [relation_word(word) for word in ("supports", "Con", "-> rebuts", "is a", "")]
    ['support', 'attack', 'attack', None, None]
    """
    plain = re.sub(r"[^a-z_]+", " ", str(word)[:100].casefold()).strip()
    if plain in _WORDS:
        return _WORDS[plain]
    found = {
        type_
        for type_, stems in _LONG.items()
        if any(part.startswith(stem) for part in plain.split() for stem in stems)
    }
    return found.pop() if len(found) == 1 else None
