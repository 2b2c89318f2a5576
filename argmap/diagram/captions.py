"""The words around and behind a picture's shapes: titles, what an arrow says, quotes with their place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from argmap.diagram.layout.text import FONTS, drawable, lines
from argmap.graph import AttackKind
from argmap.model import AnyRelation, Attack, Claim, Map, Rephrase, Span, Support

SHORT_WIDTH = 150.0
"""Width of the words that point to a claim elsewhere, two lines of them."""

_ATTACK_WORD: dict[AttackKind, str] = {"rebut": "rebuts", "undermine": "undermines", "undercut": "undercuts"}


def title_of(m: Map) -> str:
    """The map's own title, else its source's, else its name."""
    return m.title or next((source.title for source in m.sources.values() if source.title), None) or f"Map {m.id}"


def subtitle_of(m: Map) -> str:
    """Whose text it is, from when, and the size of the map."""
    told = []
    for source in m.sources.values():
        title = f"“{source.title}”" if source.title and source.title != m.title else ""
        about = (title, source.author or "no author named", source.published or "")
        told.append(", ".join(part for part in about if part))
    more = [f"{len(told) - 3} more sources"] if len(told) > 3 else []
    return drawable(
        " · ".join([*told[:3], *more, f"{counted(len(m.claims), 'claim')}, {counted(len(m.relations), 'relation')}"])
    )


def relation_words(relation: AnyRelation, attacks: Mapping[str, AttackKind]) -> str:
    """The word on an arrow: a support's scheme, how an attack attacks."""
    match relation:
        case Support():
            return (relation.scheme or "").replace("-", " ").replace("_", " ")
        case Attack():
            return _ATTACK_WORD[attacks[relation.key]]
        case Rephrase():
            return "says again"


def counted(n: int, noun: str) -> str:
    """So many of something: `1 relation`, `2 relations`."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def words_or_id(claim: Claim) -> str:
    """What a box says of a claim: its text, or which it is where some other tool left it without one."""
    return claim.text if claim.text.strip() else f"({claim.id}: no text)"


def shortened(statement: str) -> str:
    """The first two short lines of a statement."""
    words = lines(statement, FONTS["small"], SHORT_WIDTH)
    return " ".join(words[:2]).rstrip(" ,;:.") + "…" if len(words) > 2 else statement


def quoted(implicit: bool, quotes: Iterable[str]) -> str:
    """What to say of a claim on request: its words; for an unstated premise, that there are none."""
    if implicit:
        return "Unstated premise, supplied by the analyst."
    return "\n".join(quotes) or "No quote."


class Quotations:
    """The quotes of a map's claims, each with the line of the text on which it stands."""

    def __init__(self, m: Map) -> None:
        from argmap import anchor

        self._map = m
        self._spans = anchor.spans(m) if any(source.text for source in m.sources.values()) else {}
        self._line_ends = {
            name: [n for n, char in enumerate(source.text or "") if char == "\n"] for name, source in m.sources.items()
        }

    def of(self, claim: str) -> str:
        """What to say of a claim on request."""
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
