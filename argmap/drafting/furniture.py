"""Find page furniture: what a page adds to a text, and what claims nothing.

    By Ada Holm                                byline
    Read more: Ten cafés to visit              page link
    The minister said that the plan is         teaser, cut off

A paragraph is judged by its form alone. What stands after the line about the author, near the end of a page, belongs to
other articles. A person sees each passage under `excluded`, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from argmap.drafting.cues import Cues, even
from argmap.sentences.split import paragraphs

_LINKS = re.compile(
    r"(?i)\b(?:subscribe|subscription|sign up|newsletter|log ?in|register (?:now|here)|click here|read (?:more|this article|next)|related (?:articles?|stories)"
    r"|share this|follow us|free articles|cookies?|advertisement|all rights reserved|terms of use|privacy policy|back to top|skip to|table of contents"
    r"|reading time|min(?:ute)?s? read|more from|most read|leave a comment|qr code|weiterlesen|jetzt abonnieren|abonnez-vous|lire aussi|suscríbase|leer más|続きを読む|関連記事)\b"
)
_CREDITS = re.compile(
    r"(?i)^(?:photo|photograph|picture|image|illustration|graphic|credit|foto|bild|abbildung|crédit|imagen|写真)s?\s*(?:by|von|de)?\s*[:/]"
    r"|\b(?:getty images|reuters/|afp/|ap photo|photo:|foto:|©|\(c\)\s)"
)
_BYLINE = re.compile(
    r"^(?:By|BY|Von|Par|Por|De|文)\s*[:：]?\s*[A-ZÀ-Ý一-鿿][\w.'’-]*(?:\s+(?:[A-ZÀ-Ý][\w.'’-]*|and|und|et|y|de|van|von)){0,6}(?:[,|/].*)?$"
)
_BIO = re.compile(
    r"^(?:(?:Dr|Prof|Mr|Ms|Mrs)\.?\s+)?(?:[A-ZÀ-Ý][\w.'’-]+\s+){1,4}(?:is|was|ist|est|es)\s+(?:an?|the|ein|eine|une?|una?|der|die|le|la|el)?\s*"
    r"(?:[\w'’-]+\s+){0,4}(?:writer|author|journalist|professor|lecturer|columnist|editor|fellow|director|researcher|reporter|correspondent|student|teacher|consultant"
    r"|analyst|chair\w*|president|historian|economist|Autor|Autorin|Journalist|Journalistin|Professorin|auteur|autrice|journaliste|professeure?|autora?|periodista|profesora?)\b"
)
_BIO_AT_END = re.compile(
    r"^(?:[A-ZÀ-Ý][\w.'’-]+\s+){2,4}(?:is|was|ist|est|es)\s+(?:an?|the|ein|eine|une?|una?)\s+[^.!?]{3,160}[.]?$"
)
_DATE = re.compile(
    r"(?i)^(?:published|updated|posted|last (?:updated|modified)|veröffentlicht|publié|publicado)\b.{0,60}$"
    r"|^(?:\w+,?\s+)?(?:\d{1,2}\.?\s+\w+\s+\d{4}|\w+\s+\d{1,2},?\s+\d{4}|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?:[,·|\s]+\d{1,2}:\d\d.*)?$"
)
_GREETING = re.compile(
    r"(?i)^(?:dear|sir|madam|to the editor|sehr geehrte|liebe[rs]?\b|madame|monsieur|cher|chère|estimad|señor)[^.!?]{0,60}[,:!]?$"
    r"|^(?:yours (?:sincerely|faithfully|truly)|sincerely|kind regards|best regards|regards|mit freundlichen grüßen|cordialement|atentamente)\b[^.!?]{0,60}[,.]?$"
)
_ADDRESS = re.compile(r"^\S*(?:https?://|www\.|@[\w-]+\.)\S*$|^(?:https?://|www\.)\S+")
_CODE = re.compile(r"\(\w{0,4}\)\w+\.(?:tif|jpe?g|png|gif|eps)\b|\b\w{3,}\.(?:tif|jpe?g|png|gif|eps)\b")
_ENDS = re.compile(r"[.!?…:;。！？؟।]['\"’”»)\]」』]*$")
_WORD = re.compile(r"\w+")
_NUMBER_ONLY = re.compile(r"^[\W\d_]*$")
HEADING = 14
"""Most words of a heading."""
CUT_OFF = 25
"""Least words of a paragraph that was cut off, which a heading would not have."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """A part of a page that is not of the text, with the reason; `keep` may still be the thesis, such as a title."""

    start: int
    end: int
    reason: str


def furniture(text: str, cues: Cues) -> list[Furniture]:
    """Find the page furniture of a text, in its order."""
    parts = [(start, end) for start, end in _trimmed(text)]
    found: list[Furniture] = []
    about_author = _bio(text, parts)
    prose = sum(len(_WORD.findall(text, *part)) >= HEADING or bool(_ENDS.search(text[slice(*part)])) for part in parts)
    for n, (start, end) in enumerate(parts):
        words = even(text[start:end])
        if about_author is not None and n > about_author:
            reason: str | None = "after the line about the author"
        elif n == about_author:
            reason = "line about the author"
        else:
            reason = _reason(words, n, len(parts), prose, cues)
        if reason:
            found.append(Furniture(start, end, reason))
        else:
            found += [
                Furniture(start + m.start(), start + m.end(), "file name of a picture") for m in _CODE.finditer(words)
            ]
    return found


def _trimmed(text: str) -> Iterator[tuple[int, int]]:
    for start, end in paragraphs(text):
        words = text[start:end]
        if words.strip():
            first = start + len(words) - len(words.lstrip())
            yield first, first + len(words.strip())


def _bio(text: str, parts: list[tuple[int, int]]) -> int | None:
    """Return the number of the last line about the author, if more than half of the text or all but two lines precede it."""
    for n in range(len(parts) - 1, 0, -1):
        start, end = parts[n]
        words = text[start:end]
        last = n == len(parts) - 1 and n > 1 and _BIO_AT_END.match(words)
        if end - start < 300 and (last or _BIO.match(words)) and (start > 0.5 * len(text) or n > len(parts) - 3):
            return n
    return None


def _reason(words: str, n: int, count: int, prose: int, cues: Cues) -> str | None:
    """Tell why a paragraph is page furniture; `None` if it is none."""
    size = len(_WORD.findall(words)) if cues.spaced else len(words) // 2
    ended = bool(_ENDS.search(words))
    rules = (
        (bool(_NUMBER_ONLY.match(words)), "no words"),
        (bool(_ADDRESS.match(words)) and size < HEADING, "address"),
        (bool(_CREDITS.search(words)) and size < 2 * CUT_OFF, "picture credit"),
        (bool(_BYLINE.match(words)), "byline"),
        (bool(_DATE.match(words)), "date line"),
        (bool(_GREETING.match(words)), "salutation"),
        (bool(_LINKS.search(words)) and size < HEADING + (0 if ended else 6), "page link"),
    )
    reason = next((name for holds, name in rules if holds), None)
    if not reason and n == 0 and count > 2 and words.endswith("?") and size <= HEADING:
        return "title"
    if reason or ended or not prose:
        return reason
    if size > CUT_OFF:
        return "teaser, cut off" if n > 0 and n >= count / 2 and cues.spaced else None
    if size > HEADING:
        return None
    if words.isupper() and words.lower() != words and n:
        return "caption"
    if n == 0:
        return "title"
    return "signature" if n == count - 1 and size <= 6 else "heading"
