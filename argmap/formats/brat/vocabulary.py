"""What BRAT's annotations are called, and what of a map that is; see `argmap.formats.brat`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from argmap.formats.common.relation_words import is_passive
from argmap.model import Commitment, Force, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAME = "brat"
SOURCE = "text"
"""Id of the source: BRAT has one text, and no name for it."""

ENDS = ["Arg1", "Arg2"]
"""What the two ends of a relation are called, where nobody calls them otherwise."""

_PREMISES = {"premise", "reason", "evidence", "attacker", "supporter"}
_CONCLUSIONS = {"conclusion", "claim", "majorclaim", "thesis", "hypothesis", "attacked", "supported"}
_FROM = {"arg1", "source", "src", "from", "start", "subject"}
_TO = {"arg2", "target", "tgt", "trg", "to", "end", "object"}
"""What annotation schemes call the ends of a relation: by what stands there, or by where it leads."""

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
    """Whether a type means the major claim, however spelt."""
    return re.sub(r"[^a-z]", "", type_.casefold()) == "majorclaim"


def leads_back(word: str, ends: Sequence[str]) -> bool:
    """Whether the first of a relation's two ends is what it leads to: by their names where these tell, else by its word.

    >>> leads_back("attacks", ("Arg1", "Arg2")), leads_back("attacks", ("Target", "Source"))
    (False, True)
    >>> leads_back("attackedBy", ("Arg1", "Arg2")), leads_back("attackedBy", ("Attacker", "Attacked"))
    (True, False)
    """
    names = [re.sub(r"[^a-z0-9]", "", name.casefold()) for name in ends]
    for starts, leads_to, turned in ((_PREMISES, _CONCLUSIONS, False), (_FROM, _TO, is_passive(word))):
        first, second = (True if name in leads_to else False if name in starts else None for name in names)
        if first != second:
            return turned != (not second if first is None else first)
    return is_passive(word)


_BREAKS = "\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029"
_BREAK = re.compile(f"[{_BREAKS}]")
_UNBROKEN = re.compile(f"[^{_BREAKS}]+")
_SPACE = re.compile(r"\s*")


def pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    r"""A stretch of a text as BRAT cuts it: where a line breaks, which its own line cannot show.

    >>> pieces("It rusts,\n  badly.", 0, 18)
    [(0, 9), (12, 18)]
    """
    if not _BREAK.search(text, start, end):
        return [] if _SPACE.fullmatch(text, start, end) else [(start, end)]
    found = []
    for match in _UNBROKEN.finditer(text, start, end):
        words = match[0].strip()
        if words:
            at = match.start() + match[0].index(words)
            found.append((at, at + len(words)))
    return found


def joined(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in their order, those that nothing but a line break parts as one: `pieces` undone."""
    whole: list[tuple[int, int]] = []
    for start, end in spans:
        before = whole[-1][1] if whole else start
        if before < start and _BREAK.search(text, before, start) and _SPACE.fullmatch(text, before, start):
            first = whole[-1][0]
            # Where they are cut again, no space is left at their ends.
            whole[-1] = (_SPACE.match(text, first).end(), start + len(text[start:end].rstrip()))  # type: ignore[union-attr]
        else:
            whole.append((start, end))
    return whole
