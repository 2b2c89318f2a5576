"""Words of a map's picture: titles, words on arrows, quotes with their places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from argmap.diagram.layout.text import FONTS, drawable, lines
from argmap.graph import AttackKind
from argmap.model import AnyRelation, Attack, Claim, Map, Rephrase, Span, Support
from argmap.text_tools import counted

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
            return "restates"


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
        self._spans = anchor.spans(map_) if any(source.text for source in map_.sources.values()) else {}
        self._line_ends = {
            name: [n for n, char in enumerate(source.text or "") if char == "\n"]
            for name, source in map_.sources.items()
        }

    def of(self, claim: str) -> str:
        """Hover text of a claim."""
        known = self._map.claims[claim]
        spans: Sequence[Span | None] = self._spans.get(claim, (None,) * len(known.quotes))
        said = []
        for quote, span in zip(known.quotes, spans, strict=True):
            source = self._map.source_of(quote)
            place = [source[0]] if source and len(self._map.sources) > 1 else []
            if source and span:
                place.append(f"line {bisect_right(self._line_ends[source[0]], span.start) + 1}")
            said.append(f"“{quote.exact}”" + (f" ({', '.join(place)})" if place else ""))
        return quoted(known.implicit, said)
