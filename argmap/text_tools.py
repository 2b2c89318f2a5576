"""Small tools for the words that people read: counts, suggestions for misspelt words, escapes for Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~$])|&(?=#?\w+;)")
_LINE_START = re.compile(r"^(?:([#+=-])|(\d+)([.)]))")
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def counted(number: int, noun: str) -> str:
    """Write a number with its noun.

    >>> counted(1, "claim"), counted(3000, "claim"), counted(2, "match")
    ('1 claim', '3,000 claims', '2 matches')
    """
    plural = f"{noun}es" if noun.endswith(("ch", "sh", "s", "x")) else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def nearest(word: str, words: Iterable[str], least: float = 0.6) -> str | None:
    """Return the word that is most like a misspelt one; None if none is.

    Parameters
    ----------
    word : str
    words : iterable of str
    least : float
        Least similarity, from 0 to 1: twice the length of the longest common subsequence, by the length of both words.
    """
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne

    found = extractOne(word, list(words), scorer=ratio, score_cutoff=100 * least)
    return str(found[0]) if found else None


def did_you_mean(word: str, words: Iterable[str], otherwise: str, mark: str = '"') -> str:
    """Return a hint that names the nearest of some words, or `otherwise` if none is near."""
    near = nearest(word, words)
    return f"Did you mean {mark}{near}{mark}?" if near else otherwise


def escape_markdown(text: str) -> str:
    r"""Write a text on one line so that Markdown shows it as it is.

    >>> print(escape_markdown("1. *Not* a <b>list</b>\n# nor a heading & so on"))
    1\. \*Not\* a \<b\>list\</b\> # nor a heading & so on
    """
    line = " ".join(_UNSHOWN.sub("", text).split())
    line = _MARKDOWN.sub(lambda match: f"\\{match[0]}", line)
    return _LINE_START.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", line)
