"""Find the relation that a word means: `rebuts` is an attack, `because` a support.

Labelled edges and BRAT's relations use the words of whoever made the annotation scheme. The words here are those of
published corpora and of everyday graphs and tables.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from argmap.model import RelationType

_STEMS: dict[RelationType, str] = {
    "attack": "attack con cons contra anti against rebut undercut undermin conflict contradict oppos object refut counter"
    " disagree disprov deny denies negat challeng reject weaken critici inconsistent ca reb und"
    " kontra dagegen einwand einwänd gegenargument gegengrund widerspr widerleg entkräft bestreit gegen",
    "rephrase": "rephras restat reformul paraphras equival equiv same semantically_same ma",
    "support": "support pro pros for because since reason evidence caus example agree prove proof justif corroborat confirm"
    " strengthen bolster favour favor entail impl therefore hence so ra sup exa premise infer inference"
    " dafür unterstütz stütz begründ beleg prämisse grund gründe für positive",
}
_WORDS = {word: type_ for type_, words in _STEMS.items() for word in words.split()}
_WHOLE = {"gegen", "grund", "gründe", "positive"}
"""Words with which others of another meaning begin."""
_LONG = {
    type_: [word for word in words.split() if len(word) > 4 and word not in _WHOLE] for type_, words in _STEMS.items()
}
_OF_SIDES = {"con", "cons", "pro", "pros", "anti", "for", "für", "gegen"}
"""Short words that name a side inside a phrase, too: a con argument."""
_PARTS = ("reason", "evidence", "premise", "example", "proof", "infer", "grund", "gründe", "beleg", "prämisse")
"""Words for reasons: evidence with a word against it is an attack."""

_SIGNS: dict[str, RelationType] = {"+": "support", "-": "attack", "−": "attack", "–": "attack"}
_NUMBER = re.compile(r"([-+−–]?) ?(\d{1,9}(?:[.,]\d{1,9})?)")
_DENIED = {"not", "non", "isn", "doesn", "don", "doesnt", "dont", "never", "cannot", "fails", "nicht"}
_NONE = {"no", "without", "lacks", "kein", "keine", "keinen"}


def _plain(word: object) -> str:
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFC", str(word)[:100]))
    return re.sub(r"[\W\d]+", " ", text.casefold()).strip()


def relation_word(word: object) -> RelationType | None:
    """Return the relation that a word names; `None` if it names none.

    >>> [relation_word(word) for word in ("supports", "Con", "-> rebuts", "-", "is a", "does not support", "")]
    ['support', 'attack', 'attack', 'attack', None, None, None]
    """
    if isinstance(word, str) and word.strip() in _SIGNS:
        return _SIGNS[word.strip()]
    plain = _plain(word)
    if plain in _WORDS:
        return _WORDS[plain]
    parts = plain.replace("_", " ").split()
    if not (_DENIED | _NONE).isdisjoint(parts):
        return None
    found = {type_ for part in parts if (type_ := _stem_of(part))}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=4096)
def stance_word(word: str) -> RelationType | None:
    """Return the relation that a cell of a stance column names, which may be a number, a phrase, or a denied support.

    >>> [stance_word(word) for word in ("-1", "+1", "0", "not support", "Pro argument", "evidence against", "neutral")]
    ['attack', 'support', None, 'attack', 'support', 'attack', None]
    """
    if number := _NUMBER.fullmatch(word.strip()):
        size = float(number[2].replace(",", "."))
        against = number[1] not in ("", "+")
        return None if size == 0 or (size > 1 and not against) else "attack" if against else "support"
    if type_ := relation_word(word):
        return type_
    parts = _plain(word).replace("_", " ").split()
    found = {
        part: _WORDS[part] if part in _OF_SIDES else type_
        for part in parts
        if (type_ := _stem_of(part)) or part in _OF_SIDES
    }
    named = {type_ for part, type_ in found.items() if not part.startswith(_PARTS)} or set(found.values())
    if len(named) != 1 or not _NONE.isdisjoint(parts):
        return None
    type_ = named.pop()
    if _DENIED.isdisjoint(parts):
        return type_
    return "attack" if type_ == "support" else None


def _stem_of(part: str) -> RelationType | None:
    """Return the relation that a single word names by its beginning."""
    return next((type_ for type_, stems in _LONG.items() if part.startswith(tuple(stems))), None)


def is_passive(word: object) -> bool:
    """Tell whether an edge with this label leads from what is supported or attacked to its reason.

    >>> is_passive("is supported by"), is_passive("attackedBy"), is_passive("supports")
    (True, True, False)
    """
    return re.search(r"[ _](?:by|von|durch)$", _plain(word)) is not None
