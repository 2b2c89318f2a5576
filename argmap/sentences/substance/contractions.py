"""Take words apart that stand for several: contractions, compounds with a hyphen, figures with a unit."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.sentences.substance.word_lists import WordList

_NOT = {"won't": ("will", "not"), "can't": ("can", "not"), "cannot": ("can", "not"), "shan't": ("shall", "not")}
_SHORT = {"re": "are", "ve": "have", "ll": "will", "m": "am"}
_BEFORE_IS = ("it", "he", "she", "that", "there", "who", "what", "here")
_ELIDED = ("l", "d", "qu", "n", "s", "c", "j", "m", "t", "jusqu", "lorsqu", "puisqu")


def parts_of(piece: str, kind: str, words: WordList) -> Iterator[str]:
    """Take a word apart: *can't* into *can* and *not*, *policy-maker* at its hyphen, *40km* behind its figure."""
    if kind == "abbreviation":
        yield piece.replace(".", "") if piece.casefold() not in ("a.m.", "p.m.") else piece
        return
    if kind != "word":
        yield piece
        return
    if piece[0].isdecimal():
        digits_end = next(n for n, char in enumerate(piece) if not char.isdecimal())
        yield from (piece[:digits_end], piece[digits_end:])
        return
    parts = piece.split("-")
    while parts:
        part = parts.pop(0)
        if part.casefold() in words.words["joined"] and parts:
            part += parts.pop(0)
        yield from uncontracted(part, words.language)


def uncontracted(word: str, language: str) -> Iterator[str]:
    """Write out a contraction: *won't* as *will not*, *l'eau* as *l'* and *eau*."""
    low = word.casefold()
    if language == "en":
        if low in _NOT:
            yield from _NOT[low]
            return
        if low.endswith("n't"):
            yield from (word[:-3], "not")
            return
        head, mark, tail = word.rpartition("'")
        if mark and tail.casefold() in _SHORT:
            yield from (head, _SHORT[tail.casefold()])
            return
        if mark and tail.casefold() == "d":
            yield from (head, "'d")
            return
        if mark and tail.casefold() == "s" and head:
            yield from (head, "is" if head.casefold() in _BEFORE_IS else "'s")
            return
    elif language == "fr" and "'" in word:
        head, _, tail = word.partition("'")
        if head.casefold() in _ELIDED:
            yield head + "'"
            yield from uncontracted(tail, language) if tail else ()
            return
    yield word
