"""Let a language model look for claims in the other text, and hold its answers against that text.

    claims without a match ─ request ─ model or chat ─ answer ─ gate ─▶ `read:` of the alignment

    claim     Three men share a cell made for one.
    answer    “Each inmate has a room to himself”        stands in the text: taken up there
    claim     The bell tower is cracked.
    answer    null                                       passed over

The search by word vectors (`argmap.diff.silence.search`) misses most of what is said in wholly other words, so it must leave most silences
open. A reader finds them. The answer for each claim is words of the other text, which must stand there word for word, or none. A long
text is read in parts, and passes a claim over only if every part does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from argmap.alignment_checks import Side
from argmap.findings import ArgmapError
from argmap.model import Alignment, Map, Quote, Read, Source, Span, replace
from argmap.text_tools import counted

if TYPE_CHECKING:
    from argmap.diff.map_index import MapIndex
    from argmap.drafting.gate import Refused

CLAIMS = 40
"""Claims of one request."""
PART = 30_000
"""Characters of the text that one request holds."""

EXAMPLE = """\
{"readings": [
  {"map": "before", "claim": "the-first-id", "words": "words of the other text that take it up"},
  {"map": "before", "claim": "the-second-id", "words": null}
]}
"""

SIDES: tuple[Side, Side] = ("before", "after")


class Answered(BaseModel):
    """The answer for one claim."""

    model_config = ConfigDict(extra="ignore")

    map: Side = Field(description="The map of the claim.")
    claim: str = Field(description="Id of the claim.")
    words: str | None = Field(
        description="Words of the other text that take the claim up, copied character for character; null if no sentence does."
    )


class Answer(BaseModel):
    """The answers for all claims of a request."""

    model_config = ConfigDict(extra="ignore")

    readings: list[Answered]


@dataclass(slots=True)
class Found:
    """The outcome of a reading."""

    alignment: Alignment
    taken_up: int = 0
    passed_over: int = 0
    refused: list[Refused] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Request:
    """Claims of one map, and a part of the other text."""

    side: Side
    claims: Mapping[str, str]
    """The text of each claim."""
    part: str

    def __str__(self) -> str:
        from argmap.drafting.request import between_marks

        listed = "\n".join(f"- {claim_id}: {' '.join(text.split())}" for claim_id, text in self.claims.items())
        return f'Claims of the map "{self.side}":\n\n{listed}\n\n{between_marks(self.part)}'


def place_of(map_: Map, words: str) -> tuple[str, Span] | str:
    """Find the source and the place of words in the texts of a map, word for word; else say why there is none.

    Words stand in the text as it was asked about, without its page furniture; their place may hold furniture.
    """
    from argmap import anchor
    from argmap.drafting.request import body_of
    from argmap.drafting.standing import stands

    reason = "there is no text"
    for source_id, source in map_.sources.items():
        if not source.text:
            continue
        body = Source(text=body_of(source), language=source.language)
        place = stands(body, Quote(exact=words.strip() or "…"))
        if isinstance(place, str):
            reason = place
            continue
        start, end, at = place.start, place.end, 0
        for left_out in anchor.excluded_spans(source):  # they may overlap
            length = max(left_out.end - max(left_out.start, at), 0)
            start += length if left_out.start <= start else 0
            end += length if left_out.start < end else 0
            at = max(at, left_out.end)
        return source_id, Span(start=start, end=end)
    return reason


def digest_of(before: Map, after: Map) -> str:
    """Compute the hash of all texts of two maps, by which a reading of other texts is known."""
    texts = [source.fingerprint or "" for map_ in (before, after) for source in map_.sources.values()]
    return sha256(" ".join(texts).encode()).hexdigest()


def current(read: Read | None, before: Map, after: Map) -> bool:
    """Tell whether a reading is of these texts; one without a hash is taken to be."""
    return read is not None and read.texts in (None, digest_of(before, after))


def claims_at(there: MapIndex, words: str) -> list[str]:
    """List the claims that quote some of these words of a map's text."""
    place = place_of(there.map, words)
    if isinstance(place, str):
        return []
    source_id, span = place
    found = []
    for claim_id, spans in there.spans.items():
        for quote, each in zip(there.map.claims[claim_id].quotes, spans, strict=True):
            of = there.map.source_of(quote)
            if of and of[0] == source_id and each and each.start < span.end and span.start < each.end:
                found.append(claim_id)
                break
    return found


def unread(before: Map, after: Map, alignment: Alignment, by: str | None = None) -> dict[Side, list[str]]:
    """List the claims without a match that a person has not decided on, and that `by` has not read.

    Parameters
    ----------
    before, after
        The maps.
    alignment
        Their alignment.
    by
        The model; what another one read is read again, as is everything once a text has changed.
    """
    from argmap.diff import compare

    read = alignment.read if alignment.read and by in (None, alignment.read.by) else None
    read = read if current(read, before, after) else None
    decided = tuple(each for each in alignment.correspondences if each.status != "suggested")
    alignment = replace(alignment, correspondences=decided)
    asked: dict[Side, list[str]] = {"before": [], "after": []}
    for change in compare(before, after, alignment).changes:
        if change.counterpart and not change.counterpart.confirmed:
            side: Side = "before" if change.before else "after"
            asked[side] += [end.id for end in getattr(change, side) if end.id not in getattr(read, side, {})]
    return asked


def requests(before: Map, after: Map, asked: Mapping[Side, Sequence[str]], *, whole: bool = False) -> list[Request]:
    """Write the requests for claims of both maps, each with a part of the other text.

    Parameters
    ----------
    before, after
        The maps, with their texts.
    asked
        Claims of each, from `unread`.
    whole
        Ask for all claims of a map at once, of the whole other text.
    """
    from argmap.drafting.request import groups_of

    claims, part = (1 << 30, 1 << 60) if whole else (CLAIMS, PART)
    made = []
    for side in SIDES:
        here, there = (before, after) if side == "before" else (after, before)
        ids = asked[side]
        parts = [group for source in there.sources.values() for group in groups_of(source, part)]
        for first in range(0, len(ids), claims):
            texts = {claim_id: here.claims[claim_id].text for claim_id in ids[first : first + claims]}
            made += [Request(side, texts, each) for each in parts]
    return made


def request_for_chat(every: Sequence[Request]) -> str:
    """Write one request of several, to paste into any chat."""
    return "\n".join([instructions(), f"Answer with JSON alone, like this:\n\n{EXAMPLE}\n", *map(str, every)])


def instructions() -> str:
    """Read the instructions to the model."""
    return resources.files(__package__).joinpath("instructions.md").read_text("utf-8")


def read_by(
    before: Map,
    after: Map,
    alignment: Alignment,
    model: Any,
    *,
    seconds: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Found:
    """Let a language model look for all claims without a match.

    Parameters
    ----------
    before, after
        The maps, with their texts.
    alignment
        Their alignment.
    model : llm.Model
        A model, from `argmap.drafting.models.get_model`.
    seconds
        Longest wait for one answer.
    progress
        Called with the number of the next request and the number of all.

    Raises
    ------
    ArgmapError
        When the first request fails, such as for a missing key.
    """
    from argmap.drafting import models
    from argmap.drafting.gate import Refused

    name = models.name_of(model)
    every = requests(before, after, unread(before, after, alignment, name))
    found = Found(alignment)
    answers: dict[tuple[Side, str], list[str | None]] = {}
    parts: dict[tuple[Side, str], int] = {}
    """Parts of a text that were to be read for each claim."""
    for n, request in enumerate(every, 1):
        if progress:
            progress(n, len(every))
        for claim_id in request.claims:
            parts[request.side, claim_id] = parts.get((request.side, claim_id), 0) + 1
        try:
            answer = models.ask(model, instructions(), str(request), Answer, seconds or models.SECONDS)
        except ArgmapError as error:
            if n == 1 and not isinstance(error, models.UnusableError):
                raise
            found.refused.append(Refused(f"request {n} of {len(every)}", str(error)))
            continue
        for each in _once(answer.readings):
            if each.map == request.side and each.claim in request.claims:
                answers.setdefault((each.map, each.claim), []).append(each.words)
    # A text that was read in parts passes over what every part passes over.
    readings = []
    for (side, claim_id), words in answers.items():
        taken = next((word for word in words if word is not None), None)
        if taken is not None or len(words) == parts[side, claim_id]:
            readings.append(Answered(map=side, claim=claim_id, words=taken))
    _admit(found, before, after, readings, name, parts)
    return found


def read_answer(before: Map, after: Map, alignment: Alignment, text: str, by: str) -> Found:
    """Take the answer of a chat, with whatever stands around it; it replaces an earlier answer for the same claim.

    Parameters
    ----------
    before, after
        The maps, with their texts.
    alignment
        Their alignment.
    text
        The answer.
    by
        Who gave it.

    Raises
    ------
    ArgmapError
        When the answer has another schema.
    """
    from argmap.drafting import models

    found = Found(alignment)
    asked = unread(before, after, replace(alignment, read=None))
    readings = _once(models.parse(text, Answer).readings)
    _admit(found, before, after, readings, by, [(side, claim) for side in SIDES for claim in asked[side]])
    return found


def _once(readings: Sequence[Answered]) -> list[Answered]:
    """Keep one answer for each claim; of several, one with words."""
    kept: dict[tuple[Side, str], Answered] = {}
    for each in readings:
        if kept.setdefault((each.map, each.claim), each).words is None:
            kept[each.map, each.claim] = each
    return list(kept.values())


def _admit(
    found: Found, before: Map, after: Map, readings: Sequence[Answered], by: str, asked: Collection[tuple[Side, str]]
) -> None:
    """Take the answers whose words stand in the other text into the alignment."""
    from argmap.drafting.gate import Refused

    old = found.alignment.read
    stays = old is not None and old.by == by and current(old, before, after)
    kept: dict[str, dict[str, str | None]] = {side: dict(getattr(old, side)) if stays else {} for side in SIDES}
    seen = {(side, claim) for side in SIDES for claim in kept[side]}
    for each in readings:
        key = each.map, each.claim
        if key not in asked:
            found.refused.append(Refused(each.claim, f'the map "{each.map}" has no such claim without a match'))
            continue
        seen.add(key)
        if each.words is not None:
            place = place_of(after if each.map == "before" else before, each.words)
            if isinstance(place, str):
                found.refused.append(Refused(each.claim, place, each.words))
                continue
        kept[each.map][each.claim] = each.words
        found.taken_up += each.words is not None
        found.passed_over += each.words is None
    if missing := [claim for side, claim in asked if (side, claim) not in seen]:
        found.refused.append(Refused(counted(len(missing), "claim"), "without an answer", ", ".join(missing)))
    if any(kept.values()):
        found.alignment = replace(found.alignment, read=Read(by=by, texts=digest_of(before, after), **kept))


def out_of_date(before: Map, after: Map, alignment: Alignment) -> Iterator[tuple[Side, str, str]]:
    """Yield the side and the id of each claim whose answer no longer counts, and the reason.

    Words must stand in the other text. That nothing was found says something only of the texts that were read.
    """
    same = current(alignment.read, before, after)
    for side in SIDES:
        for claim_id, words in getattr(alignment.read, side, {}).items():
            if words is None:
                if not same:
                    yield side, claim_id, "a text has changed since the model found nothing"
            elif isinstance(reason := place_of(after if side == "before" else before, words), str):
                yield side, claim_id, reason
