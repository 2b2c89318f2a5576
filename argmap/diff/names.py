"""Names of two texts for sentences: by year, title or author, as the maps give them.

1996 and 2005, each with a source called `essay`      the 1996 essay, the 2005 essay
two titles, no dates                                  “Why build”, “Why not”
two authors, no dates or titles                       Ann Lee, Bo Ray
"""

from __future__ import annotations

from argmap.model import Map

_GENRES = "article blog bill debate editorial essay interview letter manifesto pamphlet paper petition platform play post programme"
_MORE = "report review sermon speech statement strategy study thread transcript treaty"
GENRES = frozenset((*_GENRES.split(), *_MORE.split()))
"""Ids of sources that say what sort of text it is."""


def names_of(before: Map, after: Map) -> tuple[str, str]:
    """Name two texts, alike and so that nobody takes one for the other."""
    for ways in (_by_year, _by_title, _by_author):
        names = ways(before), ways(after)
        if names[0] and names[1] and names[0] != names[1]:
            return names[0], names[1]
    return (before.id, after.id) if before.id != after.id else ("before", "after")


def genre(map_: Map) -> str:
    """Name the sort of text, such as an essay, where the id of its source says so."""
    source = next(iter(map_.sources), "")
    return source.casefold() if len(map_.sources) == 1 and source.casefold() in GENRES else "text"


def _by_year(map_: Map) -> str | None:
    return f"the {map_.date[:4]} {genre(map_)}" if map_.date and map_.date[:4].isdecimal() else None


def _by_title(map_: Map) -> str | None:
    title = map_.title or next((source.title for source in map_.sources.values() if source.title), None)
    return f"“{title}”" if title else None


def _by_author(map_: Map) -> str | None:
    return next((source.author for source in map_.sources.values() if source.author), None)
