"""Words of a map's picture: titles, words on arrows, quotes with their places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from argmap.diagram.layout.text import FONTS, drawable, lines
from argmap.graph import AttackKind
from argmap.model import AnyRelation, Attack, Claim, Map, Quote, Rephrase, Support
from argmap.text_tools import QuoteStatus, as_quoted, counted

if TYPE_CHECKING:
    from argmap.anchor import Anchor

SHORT_WIDTH = 150.0
"""Width of the two lines that point to a claim elsewhere."""

_ATTACK_WORD: dict[AttackKind, str] = {"rebut": "rebuts", "undermine": "undermines", "undercut": "undercuts"}


def title_of(map_: Map) -> str:
    """Title of the map, of a source, or the map's id."""
    titles = (map_.title, *(source.title for source in map_.sources.values()))
    return next(filter(None, titles), f"Map {map_.id}")


def subtitle_of(map_: Map) -> str:
    """Author and date of the sources, and the size of the map."""
    sources = []
    for source in map_.sources.values():
        title = f"“{source.title}”" if source.title and source.title != map_.title else ""
        about = (title, source.author or "no author named", source.published or "")
        sources.append(", ".join(filter(None, about)))
    more = [counted(len(sources) - 3, "more source")] if len(sources) > 3 else []
    size = f"{counted(len(map_.claims), 'claim')}, {counted(len(map_.relations), 'relation')}"
    return drawable(" · ".join([*sources[:3], *more, size]))


def relation_words(relation: AnyRelation, attacks: Mapping[str, AttackKind]) -> str:
    """Words on an arrow: the scheme of a support, or the kind of an attack."""
    match relation:
        case Support():
            return (relation.scheme or "").replace("-", " ").replace("_", " ")
        case Attack():
            return _ATTACK_WORD[attacks[relation.key]]
        case Rephrase():
            return "answers" if relation.is_answer else "restates"


def words_or_id(claim: Claim) -> str:
    """Text of a claim, or its id where another tool left it without a text."""
    return claim.text if claim.text.strip() else f"({claim.id}: no text)"


def shortened(statement: str) -> str:
    """Cut a statement to its first two short lines."""
    words = lines(statement, FONTS["small"], SHORT_WIDTH)
    return " ".join(words[:2]).rstrip(" ,;:.") + "…" if len(words) > 2 else statement


def quoted(implicit: bool, quotes: Iterable[str]) -> str:
    """Hover text of a claim: its quotes; an unstated premise has none."""
    if implicit:
        return "Unstated premise, added by the analyst."
    return "\n".join(quotes) or "No quote."


class Quotations:
    """Quotes of a map's claims, each with its line in the text."""

    def __init__(self, map_: Map) -> None:
        from argmap import anchor

        self._map = map_
        has_text = any(source.text for source in map_.sources.values())
        self._anchors = anchor.anchors(map_) if has_text else {}
        self._conditions = anchor.conditions(map_) if has_text else {}
        self._line_ends = {
            name: [n for n, char in enumerate(source.text or "") if char == "\n"]
            for name, source in map_.sources.items()
        }

    def checked(self, claim: str) -> list[tuple[str, QuoteStatus]]:
        """The words of each quote of a claim, and whether they were found."""
        return [(quote.exact, self._status(quote, place)) for quote, place in self._places(claim)]

    def shown(self, claim: str) -> list[str]:
        """The quotes of a claim, each in quotation marks; with a word if it was not found."""
        return [as_quoted(*quote) for quote in self.checked(claim)]

    def condition(self, claim: str) -> str:
        """The condition of a claim, as its quotes; "" without one."""
        words = self._map.claims[claim].condition
        return as_quoted(words.exact, self._status(words, self._conditions.get(claim))) if words else ""

    def of(self, claim: str) -> str:
        """Hover text of a claim."""
        said = []
        for quote, place in self._places(claim):
            source = self._map.source_of(quote)
            about = [source[0]] if source and len(self._map.sources) > 1 else []
            span = getattr(place, "span", None)
            if source and span:
                about.append(f"line {bisect_right(self._line_ends[source[0]], span.start) + 1}")
            said.append(
                as_quoted(quote.exact, self._status(quote, place)) + (f" ({', '.join(about)})" if about else "")
            )
        return quoted(self._map.claims[claim].implicit, said)

    def _places(self, claim: str) -> Iterator[tuple[Quote, Anchor | None]]:
        quotes = self._map.claims[claim].quotes
        return zip(quotes, self._anchors.get(claim, (None,) * len(quotes)), strict=True)

    def _status(self, quote: Quote, place: Anchor | None) -> QuoteStatus:
        from argmap import anchor

        return anchor.status(self._map, quote, place) if place else "unchecked"
