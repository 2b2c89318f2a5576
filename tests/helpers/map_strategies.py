"""Hypothesis strategies for maps that use everything the model has, each reference leading somewhere or, on purpose, nowhere."""

from __future__ import annotations

import string
from typing import get_args

from hypothesis import strategies as st

from argmap.model import Commitment, Force, Kind, Map

IDS = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=6).map(lambda word: "a" + word)
CHARS = st.sampled_from("abc XYZ019 äöß Ωж漢字 👍🏽 .,;:!?\"'“”’«»()[]{}<>|&%$#@*_~^+-=–…/\\`\t\n")
# A letter somewhere and no space at the ends, built so and not filtered, which hypothesis calls slow.
WORDS = st.builds(
    "{}{}{}".format,
    st.text(CHARS, max_size=20).map(str.lstrip),
    st.sampled_from("abcXYZäößΩж漢字"),
    st.text(CHARS, max_size=20).map(str.rstrip),
)
SOURCE_TEXT = "Not every word is true. Some words, however, are; and “some words” come twice.\n\nThe dog – it is said – barks at 漢字."
SCHEMES = st.sampled_from(["cause to effect", "expert opinion", "modus ponens", "answer", "a scheme of my own"])


@st.composite
def maps(draw: st.DrawFn, most: int = 6) -> Map:
    """A map of up to `most` claims and as many relations."""
    ids = draw(st.lists(IDS, min_size=1, max_size=most, unique=True))
    speakers = draw(st.dictionaries(IDS.map("s-{}".format), _speakers(), max_size=2))
    issues = draw(st.dictionaries(IDS.map("i-{}".format), _issues(), max_size=2))
    sources = draw(st.dictionaries(st.sampled_from(["essay", "letter"]), _sources(), max_size=2))
    claims = {claim_id: draw(_claims(sorted(speakers), issues, sorted(sources))) for claim_id in ids}
    relations = draw(_relations(ids))
    return Map.model_validate(
        {
            "id": "m" + draw(IDS),
            "title": draw(st.none() | WORDS),
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
            "drafted_by": draw(st.lists(WORDS, max_size=2)),
            "note": draw(st.none() | WORDS),
            "extra": draw(_extras()),
        }
    )


def _extras() -> st.SearchStrategy[dict]:
    return st.dictionaries(
        st.just("other-tool"), st.dictionaries(WORDS, st.integers() | st.booleans() | WORDS, max_size=2), max_size=1
    )


def _speakers() -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries({"name": WORDS, "role": st.none() | WORDS, "extra": _extras()})


def _issues() -> st.SearchStrategy[dict]:
    scale = st.dictionaries(IDS, WORDS, max_size=3)
    return st.fixed_dictionaries({"question": WORDS, "scale": scale, "label": st.none() | WORDS})


def _sources() -> st.SearchStrategy[dict]:
    place = st.just({"text": SOURCE_TEXT})
    details = st.fixed_dictionaries(
        {},
        optional={
            "author": WORDS,
            "title": WORDS,
            "published": st.sampled_from(["1996", "2005-03", "1996-04-29"]),
            "url": st.just("https://example.org/?a=1&b=<2>"),
            "language": st.sampled_from(["en", "de"]),
            "excluded": st.just([{"quote": "Some words, however, are", "reason": "a caption"}]),
            "extra": _extras(),
        },
    )
    return st.builds(lambda a, b: {**a, **b}, place, details)


def _quotes(sources: list[str]) -> st.SearchStrategy[list]:
    exact = st.sampled_from(
        [
            {"exact": "Not every word is true."},
            {"exact": "some words", "prefix": "“"},
            {"exact": "The dog – it is said – barks"},
            {"exact": "words that are not there"},
        ]
    )
    if not sources:
        return st.just([])
    source = st.none() | st.sampled_from(sources)
    return st.lists(st.builds(lambda quote, source: {**quote, "source": source}, exact, source), max_size=2)


@st.composite
def _claims(draw: st.DrawFn, speakers: list[str], issues: dict, sources: list[str]) -> dict:
    issue = draw(st.none() | st.sampled_from(sorted(issues))) if issues else None
    scale = sorted(issues[issue]["scale"]) if issue else []
    return {
        "text": draw(WORDS),
        "quotes": draw(_quotes(sources)),
        "kind": draw(st.none() | st.sampled_from(get_args(Kind))),
        "issue": issue,
        "position": draw(st.sampled_from(scale)) if scale else None,
        "speaker": draw(st.none() | st.sampled_from(speakers)) if speakers else None,
        "commitment": draw(st.sampled_from(get_args(Commitment))),
        "force": draw(st.sampled_from(get_args(Force))),
        "condition": next(iter(draw(_quotes(sources))), None),
        "implicit": draw(st.booleans()),
        "status": draw(st.sampled_from(["accepted", "accepted", "suggested"])),
        "suggested": draw(st.just([]) | st.just(["kind", "issue"])),
        "weight": draw(st.none() | st.sampled_from([0, 0.25, 1])),
        "note": draw(st.none() | WORDS),
        "extra": draw(_extras()),
    }


@st.composite
def _relations(draw: st.DrawFn, claims: list[str]) -> list[dict]:
    """Relations of every shape: linked, on relations, from relations, without target or premise; never the same one twice."""
    relations: list[dict] = []
    shapes = set()
    for n in range(draw(st.integers(0, 5))):
        named = [r["id"] for r in relations if r.get("id")]
        ends = st.sampled_from(claims * 3 + named)
        type_ = draw(st.sampled_from(["support", "support", "attack", "attack", "rephrase"]))
        by = draw(st.lists(ends, min_size=1, max_size=3, unique=True))
        target = draw(ends)
        if draw(st.integers(0, 9)) == 0:
            target, by = draw(st.sampled_from([(None, by), (target, [])]))
        if (type_, target, tuple(by)) in shapes or {(type_, target, (end,)) for end in by} & shapes:
            continue
        shapes |= {(type_, target, tuple(by)), *((type_, target, (end,)) for end in by)}
        relation = {type_: target, "by": by, "extra": draw(_extras())}
        if draw(st.integers(0, 3)) == 0:
            relation["status"] = "suggested"
        if draw(st.booleans()):
            relation["id"] = f"r-{n}"
        for key, values in (("scheme", SCHEMES), ("cue", WORDS), ("note", WORDS)):
            if draw(st.booleans()):
                relation[key] = draw(values)
        if type_ == "support" and draw(st.booleans()):
            relation["questions"] = draw(st.dictionaries(st.sampled_from(["1", "2"]), WORDS, max_size=2))
        relations.append(relation)
    return relations
