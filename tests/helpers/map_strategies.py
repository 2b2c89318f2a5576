"""Hypothesis strategies for maps that use everything the model has, each reference leading somewhere or, on purpose, nowhere."""

from __future__ import annotations

import string
from typing import get_args

from hypothesis import strategies as st

from argmap.model import Commitment, Force, Kind, Map

IDS = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=6).map(lambda word: "a" + word)
CHARS = "abc XYZ019 äöß Ωж漢字 👍🏽 .,;:!?\"'“”’«»()[]{}<>|&%$#@*_~^+-=–…/\\`\t\n"
# A letter somewhere and no space at the ends, built so and not filtered, which hypothesis calls slow.
WORDS = st.builds(
    "{}{}{}".format,
    st.text(CHARS, max_size=20).map(str.lstrip),
    st.sampled_from("abcXYZäößΩж漢字"),
    st.text(CHARS, max_size=20).map(str.rstrip),
)
SOURCE_TEXT = "Not every word is true. Some words, however, are; and “some words” come twice.\n\nThe dog – it is said – barks at 漢字."
SCHEMES = st.sampled_from(["cause to effect", "expert opinion", "modus ponens", "answer", "a scheme of my own"])


# Strategies that depend on nothing are made once: making them takes longer than drawing from them.
MAYBE_WORDS = st.none() | WORDS
FEW_WORDS = st.lists(WORDS, max_size=2)
EXTRAS = st.dictionaries(
    st.just("other-tool"), st.dictionaries(WORDS, st.integers() | st.booleans() | WORDS, max_size=2), max_size=1
)
SPEAKERS = st.dictionaries(
    IDS.map("s-{}".format), st.fixed_dictionaries({"name": WORDS, "role": MAYBE_WORDS, "extra": EXTRAS}), max_size=2
)
SCALE = st.dictionaries(IDS, WORDS, max_size=3)
ISSUES = st.dictionaries(
    IDS.map("i-{}".format),
    st.fixed_dictionaries({"question": WORDS, "scale": SCALE, "label": MAYBE_WORDS}),
    max_size=2,
)
SOURCES = st.dictionaries(
    st.sampled_from(["essay", "letter"]),
    st.fixed_dictionaries(
        {"text": st.just(SOURCE_TEXT)},
        optional={
            "author": WORDS,
            "title": WORDS,
            "published": st.sampled_from(["1996", "2005-03", "1996-04-29"]),
            "url": st.just("https://example.org/?a=1&b=<2>"),
            "language": st.sampled_from(["en", "de"]),
            "excluded": st.just([{"quote": "Some words, however, are", "reason": "a caption"}]),
            "extra": EXTRAS,
        },
    ),
    max_size=2,
)
EXACT = st.sampled_from(
    [
        {"exact": "Not every word is true."},
        {"exact": "some words", "prefix": "“"},
        {"exact": "The dog – it is said – barks"},
        {"exact": "words that are not there"},
    ]
)
OWN_FIELDS = st.fixed_dictionaries(
    {
        "text": WORDS,
        "kind": st.none() | st.sampled_from(get_args(Kind)),
        "commitment": st.sampled_from(get_args(Commitment)),
        "force": st.sampled_from(get_args(Force)),
        "implicit": st.booleans(),
        "status": st.sampled_from(["accepted", "accepted", "suggested"]),
        "suggested": st.sampled_from([[], ["kind", "issue"]]),
        "weight": st.sampled_from([None, 0, 0.25, 1]),
        "note": MAYBE_WORDS,
        "extra": EXTRAS,
    }
)
"""The fields of a claim that depend on no other part of the map."""
TYPES = st.sampled_from(["support", "support", "attack", "attack", "rephrase"])
QUESTIONS = st.dictionaries(st.sampled_from(["1", "2"]), WORDS, max_size=2)


@st.composite
def maps(draw: st.DrawFn, most: int = 6) -> Map:
    """A map of up to `most` claims and as many relations."""
    ids = draw(st.lists(IDS, min_size=1, max_size=most, unique=True))
    speakers = draw(SPEAKERS)
    issues = draw(ISSUES)
    sources = draw(SOURCES)
    claim = _claims(sorted(speakers), issues, sorted(sources))
    claims = {claim_id: draw(claim) for claim_id in ids}
    relations = draw(_relations(ids))
    return Map.model_validate(
        {
            "id": "m" + draw(IDS),
            "title": draw(MAYBE_WORDS),
            "thesis": draw(
                st.none()
                | st.sampled_from(ids)
                | st.just("none")
                | st.lists(st.sampled_from(ids), max_size=3, unique=True)
            ),
            "sources": sources,
            "speakers": speakers,
            "claims": claims,
            "relations": relations,
            "issues": issues,
            "drafted_by": draw(FEW_WORDS),
            "note": draw(MAYBE_WORDS),
            "extra": draw(EXTRAS),
        }
    )


def _quotes(sources: list[str]) -> st.SearchStrategy[list]:
    if not sources:
        return st.just([])
    source = st.none() | st.sampled_from(sources)
    return st.lists(st.builds(lambda quote, source: {**quote, "source": source}, EXACT, source), max_size=2)


def _claims(speakers: list[str], issues: dict, sources: list[str]) -> st.SearchStrategy[dict]:
    quotes = _quotes(sources)
    places = [(None, None)]
    places += [(issue, position) for issue in sorted(issues) for position in sorted(issues[issue]["scale"]) or [None]]
    return st.builds(
        lambda own, quotes, condition, speaker, place: {
            **own,
            "quotes": quotes,
            "condition": next(iter(condition), None),
            "speaker": speaker,
            "issue": place[0],
            "position": place[1],
        },
        OWN_FIELDS,
        quotes,
        quotes,
        st.sampled_from([None, *speakers]),
        st.sampled_from(places),
    )


@st.composite
def _relations(draw: st.DrawFn, claims: list[str]) -> list[dict]:
    """Relations of every shape: linked, on relations, from relations, without target or premise; never the same one twice."""
    relations: list[dict] = []
    shapes = set()
    for n in range(draw(st.integers(0, 5))):
        named = [r["id"] for r in relations if r.get("id")]
        ends = st.sampled_from(claims * 3 + named)
        type_ = draw(TYPES)
        by = draw(st.lists(ends, min_size=1, max_size=3, unique=True))
        target = draw(ends)
        if draw(st.integers(0, 9)) == 0:
            target, by = draw(st.sampled_from([(None, by), (target, [])]))
        if (type_, target, tuple(by)) in shapes or {(type_, target, (end,)) for end in by} & shapes:
            continue
        shapes |= {(type_, target, tuple(by)), *((type_, target, (end,)) for end in by)}
        relation = {type_: target, "by": by, "extra": draw(EXTRAS)}
        if draw(st.integers(0, 3)) == 0:
            relation["status"] = "suggested"
        if draw(st.booleans()):
            relation["id"] = f"r-{n}"
        for key, values in (("scheme", SCHEMES), ("cue", WORDS), ("note", WORDS)):
            if draw(st.booleans()):
                relation[key] = draw(values)
        if type_ == "support" and draw(st.booleans()):
            relation["questions"] = draw(QUESTIONS)
        relations.append(relation)
    return relations
