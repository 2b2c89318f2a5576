"""Find the sentence of a text that is nearest to a claim, and how near it is.

    claim      The library should open on Sundays.              stems: librari, open, sunday
    sentence   The doors are open seven days a week …            open · (sunday ~ day, week)         score 1.4

A word counts where the sentence has it in any ending, or another word of the same matter (`concepts.txt`), and less where both
texts are full of it. Words of the claim's issue count a little. The score is the larger of two: what is shared, and the share of
the claim that is shared; so neither a long claim nor a short one gets lost. With a sentence model, likeness by meaning
(`argmap.sentences`) can bring a sentence nearer still.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from argmap import sentences
from argmap.sentences import Embed

FAR = 0.3
"""Score below which nothing is near; chosen on the development pairs of `tests/diff/silence/`."""
KNOWN = 2
"""Words of a claim that the list must know, so that a low score can be trusted: of other words it has no second word to look for."""
KNOWN_SHARE = 0.3
"""The same as a share of the claim's words."""
SURE = 2.0
"""Score of a sentence that certainly says the same."""
FILLER = 3.5
"""Rarity below which a stem says nothing."""
RAREST = 7.7
SAME_MATTER = 0.8
"""Weight of another word of the same matter; the word itself has 1."""
OF_ISSUE = 0.35
"""Weight of each of up to two words of the issue."""
COMMON = 0.15
"""Share of sentences from which on a word belongs to what both texts are about."""
CROWD = 500
"""Sentences with a word beyond which it brings no sentence near."""
WHOLE_CLAIM = 2.7
"""Score of a claim that is shared wholly."""
CERTAIN = 0.5
"""Fitted likeness from which a sentence is near whatever its words."""


@dataclass(frozen=True, slots=True)
class Query:
    """The words of a search: a claim, its quote, and the words of its issue."""

    text: str
    quote: str
    issue: str


def search(
    queries: Sequence[Query],
    places: Sequence[str],
    own: Sequence[str],
    languages: Collection[str] = ("en",),
    embed: Embed | None = None,
) -> list[tuple[int, float, bool]]:
    """Find the nearest sentence for each query.

    Parameters
    ----------
    queries
        The claims to look for.
    places
        The sentences of the text that is searched; at least one.
    own
        The sentences of the text that the queries come from.
    languages
        Languages of both texts; only English has a list of words of one matter.
    embed
        Compares meanings as well as words.

    Returns
    -------
    list of tuple
        For each query the place of the nearest sentence, its score, and whether a low score can be trusted.
    """
    bags = [_stems(place) for place in places]
    matters = [frozenset(matter for stem in bag for matter in _concepts().get(stem, ())) for bag in bags]
    seen = Counter(stem for bag in (*bags, *map(_stems, own)) for stem in bag)
    topics = Counter(matter for found in matters for matter in found)
    by_unit: dict[object, list[int]] = defaultdict(list)
    for n, (bag, found) in enumerate(zip(bags, matters, strict=True)):
        for unit in (*bag, *found):
            by_unit[unit].append(n)
    total = len(places) + len(own)
    likely: dict[int, tuple[int, float]] = {}
    # Without a sentence model the fitted likeness sees the same words as this search, and takes longer.
    texts = [query.text for query in queries] if embed else []
    for n, m, chance in sentences.likely(texts, places, most=1, least=0.0, embed=embed) if embed else ():
        if chance > likely.get(n, (0, -1.0))[1]:
            likely[n] = (m, chance)
    sure = {language.split("-")[0] for language in languages} <= {"en"}
    crowded = max(1, COMMON * len(places))
    found_in = {unit: ns for unit, ns in by_unit.items() if len(ns) <= CROWD}

    @cache
    def near(stem: str) -> Mapping[int, float]:
        """Sentences with a word, or with another word of the same matter, each with the share of its weight that this earns."""
        earned: dict[int, float] = {}
        for matter in _concepts().get(stem, ()):
            share = SAME_MATTER * (1.0 if topics[matter] <= crowded else 0.5)
            for m in found_in.get(matter, ()):
                if earned.get(m, 0.0) < share:
                    earned[m] = share
        earned.update(dict.fromkeys(found_in.get(stem, ()), 1.0))
        return earned

    results = []
    for n, query in enumerate(queries):
        weights = {stem: _weight(stem, seen[stem] > COMMON * total) for stem in _stems(query.text)}
        scores: dict[int, float] = defaultdict(float)
        for stem, weight in sorted(weights.items()):
            for m, share in near(stem).items():
                scores[m] += weight * share
        of_issue = Counter(m for stem in _stems(query.issue) - weights.keys() for m in near(stem))
        for m, count in of_issue.items():
            scores[m] += OF_ISSUE * min(count, 2)
        whole = max(sum(weights.values()), 1.0)
        shared, place = max(((score, -m) for m, score in scores.items()), default=(0.0, -likely.get(n, (0, 0.0))[0]))
        score, place = max(shared, WHOLE_CLAIM * shared / whole), -place
        if likely.get(n, (0, 0.0))[1] >= CERTAIN and SURE * likely[n][1] > score:
            place, score = likely[n][0], SURE * likely[n][1]
        known = sum(stem in _concepts() for stem in weights)
        results.append((place, score, sure and known >= max(KNOWN, KNOWN_SHARE * len(weights))))
    return results


def _weight(stem: str, common: bool) -> float:
    from argmap.sentences.idf import rarity

    return min(rarity()[stem], RAREST) / RAREST * (0.4 if common else 1.0)


@lru_cache(maxsize=1 << 14)
def _stems(text: str) -> frozenset[str]:
    from argmap.sentences.features import stems_of
    from argmap.sentences.idf import rarity

    weights = rarity()
    return frozenset(stem for stem in stems_of(text, "english") if weights[stem] >= FILLER)


@lru_cache(maxsize=1)
def _concepts() -> Mapping[str, tuple[int, ...]]:
    """Read the matters that each stem may speak of, by line of the list."""
    from argmap.sentences.features import stems_of

    lines: Iterable[str] = resources.files(__package__).joinpath("concepts.txt").read_text("utf-8").splitlines()
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for n, line in enumerate(lines):
        if not line.startswith("#"):
            for stem in stems_of(line, "english"):
                found[stem][n] = None
    return {stem: tuple(matters) for stem, matters in found.items()}
