"""Find what a text passes over: an unmatched claim alone does not show silence.

    before   “The chapel leaks.”              no match
    after    every sentence, quoted or not    nearest: “Our debts stand at forty million.”, 0.1  →  passed-over
    before   “Patients wait nine hours.”      no match
    after    “… are now seen within the hour” 0.9                                                →  not-mapped

An unmatched claim says nothing about the other text, only about its map. So every sentence of that text is compared with the
claim, its quote and its issue (`argmap.diff.silence.search`). If nothing is near, the claim is *passed over*. A clear
counterpart that a claim under another issue quotes is *elsewhere*. Everything else is *not mapped*: the nearest sentence is shown,
and a person decides. A claim that a person listed under `silent:` is passed over. Where a language model has read the text
(`argmap.diff.silence.reading`), its answer decides instead of the search, as long as the words that it found stand there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from argmap.diff.map_index import MapIndex
from argmap.diff.match.match_state import Match
from argmap.diff.model import Counterpart, Nearest
from argmap.diff.silence.search import Query, find_nearest
from argmap.model import Read, Span
from argmap.sentences import Embed, cover

CLEAR = 0.6
"""Share of the words' weight that two claims must have in common, both ways, for one to be the clear counterpart of the other."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text, and the claims that quote words of it."""

    source: str
    span: Span
    text: str
    claims: tuple[str, ...]


def counterparts(
    here: MapIndex,
    there: MapIndex,
    alone: Sequence[Match],
    *,
    before: bool,
    read: Read | None = None,
    embed: Embed | None = None,
) -> dict[str, Counterpart]:
    """Search one text for the unmatched claims of the other.

    Parameters
    ----------
    here
        The map whose claims have no match.
    there
        The map of the text that is searched.
    alone
        The matches with one empty side.
    before
        True if `here` is the earlier map.
    read
        What a language model found, as the alignment has it.
    embed
        Compares meanings as well as words.
    """
    confirmed = {
        claim_id
        for match in alone
        if match.basis == "analyst"
        for claim_id in (match.before if before else match.after)
    }
    ids = [claim_id for match in alone for claim_id in (match.before if before else match.after)]
    sentences = list(_sentences(there))
    if not sentences:
        return {
            claim_id: Counterpart(
                state="passed-over" if claim_id in confirmed else "not-mapped", confirmed=claim_id in confirmed
            )
            for claim_id in ids
        }
    own = list(_sentences(here))
    said: dict[str, list[int]] = defaultdict(list)
    for n, sentence in enumerate(own):
        for claim_id in sentence.claims:
            said[claim_id].append(n)
    claims = here.map.claims
    queries = [
        Query(
            claims[claim_id].text, " ".join(quote.exact for quote in claims[claim_id].quotes), frozenset(said[claim_id])
        )
        for claim_id in ids
    ]
    languages = {source.language or "en" for reading in (here, there) for source in reading.map.sources.values()}
    texts = [[sentence.text for sentence in each] for each in (sentences, own)]
    found = find_nearest(queries, texts[0], texts[1], languages, embed)
    other_issue = _other_issue(here, there, ids, embed)
    answers = _answers(read, here, there, sentences, before=before)
    results = {}
    for claim_id, query, near in zip(ids, queries, found, strict=True):
        nearest = _nearest(sentences[near.place], near.likeness)
        if claim_id in answers and read and claim_id not in confirmed:
            place = answers[claim_id]
            if place is not None:
                [alone_there] = find_nearest([query], [texts[0][place]], (), languages, embed)
                nearest = _nearest(sentences[place], alone_there.likeness)
            state = "passed-over" if place is None else "not-mapped"
            results[claim_id] = Counterpart(state=state, nearest=nearest, read_by=read.by)
        elif claim_id in confirmed or near.far:
            results[claim_id] = Counterpart(state="passed-over", nearest=nearest, confirmed=claim_id in confirmed)
        elif claim_id in other_issue:
            results[claim_id] = Counterpart(state="elsewhere", nearest=nearest, claim=other_issue[claim_id])
        else:
            results[claim_id] = Counterpart(state="not-mapped", nearest=nearest)
    return results


def _nearest(sentence: Sentence, likeness: float) -> Nearest:
    return Nearest(
        source=sentence.source,
        exact=sentence.text,
        start=sentence.span.start,
        end=sentence.span.end,
        score=round(likeness, 3),
        mapped=bool(sentence.claims),
    )


def _answers(
    read: Read | None, here: MapIndex, there: MapIndex, sentences: Sequence[Sentence], *, before: bool
) -> dict[str, int | None]:
    """Find the sentence that a language model named for each claim, `None` where it named none.

    Words that no longer stand in the text count for nothing, nor does a silence of a text that has changed.
    """
    if read is None:
        return {}
    from argmap.diff.silence.reading import current, place_of

    same = current(read, *((here.map, there.map) if before else (there.map, here.map)))
    order = {source: n for n, source in enumerate(there.map.sources)}
    starts = [(order[sentence.source], sentence.span.start) for sentence in sentences]
    answers: dict[str, int | None] = {}
    for claim_id, words in (read.before if before else read.after).items():
        if words is None:
            answers |= {claim_id: None} if same else {}
        elif not isinstance(place := place_of(there.map, words), str):
            n = bisect_right(starts, (order[place[0]], place[1].start)) - 1
            if n >= 0 and starts[n][0] == order[place[0]]:
                answers[claim_id] = n
    return answers


def silent_issues(here: MapIndex, there: MapIndex, found: Mapping[str, Counterpart]) -> frozenset[str]:
    """Find the issues on which `there` has no claim, and its text passes over all that `here` says on them."""
    return frozenset(
        issue
        for issue, claims in here.by_issue.items()
        if issue not in there.by_issue
        and all(claim.id in found and found[claim.id].state == "passed-over" for claim in claims)
    )


def _other_issue(here: MapIndex, there: MapIndex, ids: Sequence[str], embed: Embed | None) -> dict[str, str]:
    """Find the claims of the other map that say nearly the same under another issue."""
    asked = [claim_id for claim_id in ids if here.map.claims[claim_id].issue]
    others = [claim for claim in there.map.claims.values() if claim.issue]
    if not asked or not others:
        return {}
    queries = [Query(here.map.claims[claim_id].text, "") for claim_id in asked]
    found = find_nearest(queries, [claim.text for claim in others], (), embed=embed)
    best = {}
    for claim_id, near in zip(asked, found, strict=True):
        claim, other = here.map.claims[claim_id], others[near.place]
        alike = min(cover(claim.text, [other.text]), cover(other.text, [claim.text]))
        if other.issue != claim.issue and alike >= CLEAR:
            best[claim_id] = other.id
    return best


def _sentences(reading: MapIndex) -> Iterator[Sentence]:
    """Split every source into sentences, page furniture left out."""
    from argmap import anchor

    quoted: dict[str, list[tuple[int, int, str]]] = {}
    for claim_id, spans in reading.spans.items():
        for quote, span in zip(reading.map.claims[claim_id].quotes, spans, strict=True):
            of = reading.map.source_of(quote)
            if of and span:
                quoted.setdefault(of[0], []).append((span.start, span.end, claim_id))
    for source_id, source in reading.map.sources.items():
        if not source.text:
            continue
        excluded = anchor.excluded_spans(source)
        places = [
            span
            for span in anchor.sentences(source.text, source.language)
            if not any(part.start <= span.start and span.end <= part.end for part in excluded)
        ]
        quoting = _quoting(places, quoted.get(source_id, ()))
        for span, claims in zip(places, quoting, strict=True):
            yield Sentence(source_id, span, " ".join(source.text[span.start : span.end].split()), tuple(claims))


def _quoting(places: Sequence[Span], quoted: Iterable[tuple[int, int, str]]) -> list[list[str]]:
    """Find the claims that quote words of each sentence."""
    starts = [span.start for span in places]
    claims: list[list[str]] = [[] for _ in places]
    for start, end, claim_id in sorted(quoted):
        first = max(bisect_right(starts, start) - 1, 0)
        for n in range(first, len(places)):
            if places[n].start >= end:
                break
            if places[n].end > start:
                claims[n].append(claim_id)
    return claims
