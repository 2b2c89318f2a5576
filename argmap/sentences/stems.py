"""List the words and stems of a sentence, also in scripts that put no spaces between words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

_NO_SPACES = "\u0e01-\u0eff\u0f40-\u109f\u1780-\u17d3\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts without spaces between words: Thai, Lao, Tibetan, Burmese, Khmer, kana and Chinese characters."""
_WORD = re.compile(r"\w+(?:'\w+)?")


def words_of(text: str) -> list[str]:
    """List the words of a sentence in lower case; where a script sets no spaces, groups of characters that overlap.

    >>> words_of("Close the bridge!"), words_of("橋を閉鎖")
    (['close', 'the', 'bridge'], ['橋を', 'を閉', '閉鎖'])
    """
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    if plain.isascii() or not _run().search(plain):
        return _WORD.findall(plain)
    return [group for word in _mixed().findall(plain) for group in _overlapping(word)]


@cache
def _run() -> re.Pattern[str]:
    return re.compile(f"[{_NO_SPACES}]+")


@cache
def _mixed() -> re.Pattern[str]:
    return re.compile(rf"[{_NO_SPACES}]+|[^\W{_NO_SPACES}]+(?:'[^\W{_NO_SPACES}]+)?")


def _overlapping(word: str) -> list[str]:
    """Cut a run of characters without spaces into overlapping groups: two characters, or three of an alphabet."""
    if not _run().match(word):
        return [word]
    size = 3 if word[0] < "\u2000" else 2
    return [word[n : n + size] for n in range(max(len(word) - size + 1, 1))]


@lru_cache(maxsize=1 << 14)
def stems_of(text: str, language: str) -> tuple[str, ...]:
    """List the stems of a sentence's words."""
    return tuple(_stem(word, language) for word in words_of(text))


@lru_cache(maxsize=1 << 16)
def _stem(word: str, language: str) -> str:
    return _stemmer(language).stemWord(word)  # type: ignore[no-any-return]


@lru_cache(maxsize=8)
def _stemmer(language: str) -> Any:
    import Stemmer

    return Stemmer.Stemmer(language)
