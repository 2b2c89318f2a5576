r"""Tell whether a place in a text is inside a word, a figure, or a letter with its marks.

A quote that begins or ends there says something else than the text:

    un|funded plan     1|10 million     1.|5     3|,000     cafe|´     non-|violent     ca|n't

Languages without spaces between words can be cut between any two letters. Everywhere else, letters or digits on both
sides of the place are one word (Unicode Standard Annex 29, rules WB5 to WB13).
"""

from __future__ import annotations

import regex

from argmap.anchor.fold import Normal

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NEGATIONS = "non|un|in|dis|anti|ex|pseudo|nicht"
_LARGE = "hundred|thousand|million|billion|trillion|dozen|tausend|million(?:en|s)|milliarden?|milliards?|mille|mil"
_HAN_FIGURE = r"[\p{Nd}〇零一二三四五六七八九十百千万萬億亿兆]"
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Yi}]"
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{N}}]--{_UNSPACED}--[ー々〆]]"
_IN_NUMBER = "[.,:/'’٫٬·]"
_GROUP_SPACE = r"[ \xa0\u2009\u202f]"
_HYPHEN = r"[-\u2010\u2011]"

_CUT = regex.compile(
    rf"""(?xiV1)
      (?=[\p{{M}}\u0e33\u0eb3\uff9e\uff9f\p{{EMod}}])
    | (?<={_LETTER}) (?={_LETTER}) (?!(?<=\p{{Hangul}})\p{{Hangul}})
    | (?<={_HAN_FIGURE}) (?={_HAN_FIGURE})
    | (?<=\p{{Nd}}{_IN_NUMBER}) (?=\p{{Nd}}) | (?<=\p{{Nd}}) (?={_IN_NUMBER}\p{{Nd}})
    | (?<=(?<!\p{{Nd}})\p{{Nd}}{{1,3}}(?:{_GROUP_SPACE}\p{{Nd}}{{3}})*{_GROUP_SPACE}) (?=\p{{Nd}}{{3}}(?!\p{{Nd}}))
    | (?<=(?<!\p{{Nd}})\p{{Nd}}{{1,3}}) (?={_GROUP_SPACE}\p{{Nd}}{{3}}(?!\p{{Nd}}))
    | (?<=(?:^|[\s(])[-−–]) (?=[\p{{Nd}}\p{{Sc}}])
    | (?<=\p{{Nd}}) (?=\s?(?:{_LARGE})\b)
    | (?<=\b(?:{_NEGATIONS}|{_TENS}){_HYPHEN}) (?=\p{{L}}) | (?<=\b(?:{_TENS})) (?={_HYPHEN}\p{{L}})
    | (?<=\p{{L}}) (?=['’]t\b) | (?<=\bn['’]) (?=\p{{L}})
    | (?<=\p{{L}}{_HYPHEN}\s*\n\s*) (?=\p{{Ll}}) | (?<=\p{{L}}) (?={_HYPHEN}\s*\n\s*\p{{Ll}})
    """
)


def cuts(text: str, at: int) -> bool:
    """Return whether a place of a normal text is inside a word, a figure or a letter."""
    return 0 < at < len(text) and _CUT.match(text, at) is not None


def is_whole(even: Normal, start: int, end: int) -> bool:
    """Return whether a span of the original begins and ends between words."""
    if even.splits(start) or even.splits(end):
        return False
    return not cuts(even.text, even.offset(start)) and not cuts(even.text, even.offset(end))
