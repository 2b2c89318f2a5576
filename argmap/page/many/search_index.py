"""An inverted index of all claims, cut into small scripts, so that a page from a disk can search 60,000 claims.

A page that was opened from a disk may load scripts, and nothing else. So the index is scripts:

    search/texts.js       the texts, and which part begins with which term
    search/t3.js          terms in order, each with the claims that have it
    search/c17.js         claims, as in `records.Said`

A search loads the parts with its terms, and the parts with the claims that it shows. Small libraries that do the same
(MiniSearch, Lunr) load one index of tens of megabytes; Pagefind has parts, but needs a server and WebAssembly.

A term is a word without case and diacritics. Scripts that write no spaces have pairs of letters for terms, and the last
letter of each run alone. The browser's half is `many/search.js`: `terms` there and here are the same function.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from unicodedata import category, normalize

import numpy as np

from argmap import text_file
from argmap.page.document import showable
from argmap.page.many.records import Journal, Text
from argmap.page.phrases import date_in_words

FOLDER = "search"
PART = 150_000
"""Characters of one part, about."""
HEAD = "/* argmap report: search index */\n"
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")
"""Accents, and the vowel points of Hebrew and Arabic."""
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ"}
)
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
"""Scripts without spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""
_RUNS = re.compile(f"[{UNSPACED}]+|[^{UNSPACED} ]+")


class _Words(dict[int, str]):
    """A table for `str.translate` that leaves letters, digits and marks, and turns all else into spaces."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        found = self[code] = char if category(char)[0] in "LNM" else " "
        return found


_WORDS = _Words()


def folded(text: str) -> str:
    """Take case, accents and forms of letters from a text.

    >>> folded("Ångström, ﬁne STRASSE, straße, ١٩٩٦")
    'angstrom, fine strasse, strasse, ١٩٩٦'
    """
    if text.isascii():
        return text.lower()
    return normalize("NFC", _MARKS.sub("", normalize("NFKD", text)).lower().translate(_LETTERS))


def terms(text: str) -> Iterator[str]:
    """Yield the terms of a text, in order.

    >>> list(terms("The café’s 2 doors")), list(terms("日米同盟 1951"))
    (['the', 'cafe', 's', '2', 'doors'], ['日米', '米同', '同盟', '盟', '1951'])
    """
    for run in _RUNS.findall(folded(text).translate(_WORDS)):
        if _is_unspaced(run[0]):
            yield from (run[n : n + 2] for n in range(len(run)))
        else:
            yield run


@cache
def _is_unspaced(letter: str) -> bool:
    return re.match(f"[{UNSPACED}]", letter) is not None


def write_search(out: Path, journal: Journal, texts: list[Text]) -> set[str]:
    """Write the search index of a report; results have the order of `texts`. Return the addresses of its files."""
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, array[int]] = {}
    written: set[str] = set()
    listed, firsts, part = list[object](), list[int](), list[object]()
    size = number = begun = 0
    for text, claims in zip(texts, journal.claims(texts), strict=True):
        listed.append([text.page, text.id, text.title or "", date_in_words(text.date) or "", number])
        for claim in claims:
            if size > PART:
                written.add(_write(folder, f"c{len(firsts)}", part))
                firsts.append(begun)
                part, size, begun = [], 0, number
            part.append(claim)
            _, statement, quotes, speaker, _, condition, _ = claim
            said = " ".join([*(quote if isinstance(quote, str) else quote[0] for quote in quotes), speaker, condition])
            size += len(statement) + len(said)
            stated = set(terms(statement))
            for term in stated:
                _of(found, term).append(2 * number + 1)
            for term in set(terms(said)) - stated:
                _of(found, term).append(2 * number)
            number += 1
    written.add(_write(folder, f"c{len(firsts)}", part))
    firsts.append(begun)
    starts, part, size = list[str](), list[object](), 0
    # JavaScript compares strings by their UTF-16 units.
    for term in sorted(found, key=lambda term: term.encode("utf-16-be")):
        if not part:
            starts.append(term)
        packed = _packed(found.pop(term))
        part.append([term, packed])
        size += len(term) + len(packed) + 8
        if size > PART:
            written.add(_write(folder, f"t{len(starts) - 1}", part))
            part, size = [], 0
    if part:
        written.add(_write(folder, f"t{len(starts) - 1}", part))
    written.add(_write(folder, "texts", {"texts": listed, "terms": starts, "claims": firsts, "all": number}))
    return written


def _of(found: dict[str, array[int]], term: str) -> array[int]:
    known = found.get(term)
    if known is None:
        known = found[term] = array("q")
    return known


def _packed(numbers: Iterable[int]) -> str:
    """Write growing numbers as their differences, in base 36, with spaces.

    >>> _packed([5, 6, 46])
    '5 1 14'
    """
    before, words = 0, []
    for number in numbers:
        words.append(_base36(number - before))
        before = number
    return " ".join(words)


@lru_cache(maxsize=1 << 14)
def _base36(number: int) -> str:
    return np.base_repr(number, 36).lower()


def _write(folder: Path, name: str, data: object) -> str:
    words = json.dumps(showable(data), ensure_ascii=False, separators=(",", ":"))
    # `<!--` would begin a comment in a script of an old kind; U+2028 would end a line.
    for char in "<\u2028\u2029":
        words = words.replace(char, f"\\u{ord(char):04x}")
    text_file.write(folder / f"{name}.js", f'{HEAD}argmapPart("{name}",{words});\n')
    return f"{FOLDER}/{name}.js"
