"""Which relation a foreign word means: `rebuts` is an attack, `because` a support.

Formats without relations of their own (a labelled edge, a BRAT relation) use the words of whoever made
the annotation scheme; these are the ones found in published corpora and in everyday graphs.
"""

from __future__ import annotations

import re

from argmap.model import RelationType

_STEMS: dict[RelationType, str] = {
    "attack": "attack con cons contra anti against rebut undercut undermin conflict contradict oppos object refut counter"
    " disagree disprov deny denies negat challeng reject weaken critici inconsistent ca reb und",
    "rephrase": "rephras restat reformul paraphras equival equiv same semantically_same ma",
    "support": "support pro pros for because since reason evidence caus example agree prove proof justif corroborat confirm"
    " strengthen bolster favour favor entail impl therefore hence so ra sup exa premise infer inference",
}
_WORDS = {word: type_ for type_, words in _STEMS.items() for word in words.split()}
_LONG = {type_: [word for word in words.split() if len(word) > 4] for type_, words in _STEMS.items()}


_SIGNS: dict[str, RelationType] = {"+": "support", "-": "attack", "−": "attack", "–": "attack"}


def _plain(word: object) -> str:
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(word)[:100])
    return re.sub(r"[^a-z_]+", " ", text.casefold()).strip()


def relation_word(word: object) -> RelationType | None:
    """The relation that a word names; `None` for a word that names none.

    >>> [relation_word(word) for word in ("supports", "Con", "-> rebuts", "-", "is a", "does not support", "")]
    ['support', 'attack', 'attack', 'attack', None, None, None]
    """
    if isinstance(word, str) and word.strip() in _SIGNS:
        return _SIGNS[word.strip()]
    plain = _plain(word)
    if plain in _WORDS:
        return _WORDS[plain]
    parts = plain.replace("_", " ").split()
    if not {"not", "no", "non", "isn", "doesn"}.isdisjoint(parts):
        return None
    found = {type_ for type_, stems in _LONG.items() if any(part.startswith(stem) for part in parts for stem in stems)}
    return found.pop() if len(found) == 1 else None


def is_passive(word: object) -> bool:
    """Whether a word for an edge leads from what is supported or attacked to what does it.

    >>> is_passive("is supported by"), is_passive("attackedBy"), is_passive("supports")
    (True, True, False)
    """
    return re.search(r"[ _]by$", _plain(word)) is not None
