"""Find the one place where the words of a quote stand in a text, word for word, or say why there is none."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

from argmap import anchor
from argmap.anchor.search import Searchable
from argmap.drafting.cues import Cues, cues_of, even
from argmap.model import Quote, Source, Span
from argmap.sentences.substance.language import language_of

_ALIKE = str.maketrans(dict.fromkeys("‘’‚‛′`´ʼ", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒–—―−", "-"))
_HIDDEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_WORD_BEFORE = re.compile(r"(?<![\w'’])[\w'’]++\s++$")
_WORD_AFTER = re.compile(r"\s+[\w'’]+")
_SIGNS_AFTER = re.compile(r"\w{1,4}")


def stands(source: Source, quote: Quote) -> Span | str:
    """Find the one place of a quote in a text, word for word, with its prefix and suffix; else say why there is none.

    What of the text is excluded and set aside counts.
    """
    text = source.text or ""
    wanted = strict(quote.exact)
    places = [found.span for found in islice(Searchable(text).places(quote), anchor.MAX_PLACES)]
    if not places:
        return "the words do not stand in the text"
    places = [span for span in places if strict(text[span.start : span.end]) == wanted]
    if not places:
        return "the words do not stand in the text as quoted"
    places = [span for span in places if not _cuts_a_word(text, span)]
    if not places:
        return "the quote begins or ends inside a word"
    cues = cues_of(source.language or language_of(text))
    places = [span for span in places if not _loses_negation(text, span, cues)]
    if not places:
        return "the quote leaves out a negation beside it"
    excluded = anchor.excluded_spans(source)
    places = [span for span in places if not any(e.start < span.end and span.start < e.end for e in excluded)]
    if not places:
        return "the words are page furniture"
    if len(places) > 1:
        return f"the words stand at {len(places)} places; more of them are needed"
    span = places[0]
    for passage in source.non_argumentative:
        aside = anchor.passage_span(source, passage)
        if aside and aside.start <= span.start and span.end <= aside.end:
            return f"the words are set aside: {passage.reason}"
    return span


def strict(words: str) -> str:
    """Write words so that only their typography is lost; letter case, punctuation and every word stay."""
    even = _HIDDEN.sub("", unicodedata.normalize("NFC", words)).translate(_ALIKE).replace("…", "...")
    even = re.sub(r"(?<=\w)-[^\S\n]*+\n\s*+(?=\w)", "-", even)
    return " ".join(re.sub(r"-+", "-", even).split())


def _cuts_a_word(text: str, span: Span) -> bool:
    """Tell if a span begins or ends inside a word: "fair" in "unfair", "We can" in "We cannot"."""

    def inside(at: int) -> bool:
        if not 0 < at < len(text):
            return False
        left, right = text[at - 1], text[at]
        apart = unicodedata.category(left)[0] not in "LNM" or unicodedata.category(right)[0] not in "LNM"
        joined = right in "'’" and text[at + 1 : at + 2].isalpha() and left.isalpha()
        return (not apart and not _is_cjk(left) and not _is_cjk(right)) or joined

    return inside(span.start) or inside(span.end)


def _loses_negation(text: str, span: Span, cues: Cues) -> bool:
    """Tell if the word just before or just after a span denies it: "close the pool" in "should not close the pool"."""
    following = text[span.end : span.end + 40]
    before = _WORD_BEFORE.search(text[max(0, span.start - 40) : span.start])
    after = _WORD_AFTER.match(following) if cues.spaced else _SIGNS_AFTER.match(following)
    sides = [match[0].strip() for match in (before if cues.spaced else None, after) if match]
    return any(cues.opens("not", even(side)) is not None for side in sides)


def _is_cjk(char: str) -> bool:
    return "\u3040" <= char <= "\u9fff" or "\u0e00" <= char <= "\u0eff" or "\uac00" <= char <= "\ud7af"
