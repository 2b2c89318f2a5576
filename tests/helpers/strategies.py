"""Hypothesis strategies around whole maps: edits as a person makes them, codebooks, alignments.

`maps` itself stands in `map_strategies`.
"""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from argmap.model import Alignment, ChangeWord, Claim, Codebook, Kind, Map, Status
from tests.helpers.map_strategies import IDS, WORDS, maps

ANY_TEXT = st.text(max_size=80)
"""Any characters that UTF-8 has, control characters, line separators and emoji among them."""
LONG_TEXT = st.lists(WORDS, min_size=5, max_size=30).map(" ".join)
TEXTS = WORDS | LONG_TEXT | ANY_TEXT
JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)

__all__ = ["ANY_TEXT", "JSON_VALUES", "TEXTS", "alignments", "codebooks", "edited", "maps"]


@st.composite
def edited(draw: st.DrawFn, m: Map, most: int = 4) -> Map:
    """The map after a few edits: claims and relations dropped, added, reworded, renamed, moved, flipped."""
    data: dict[str, Any] = m.model_dump(by_alias=True)
    data["claims"] = {claim_id: {**claim} for claim_id, claim in data["claims"].items()}
    data["relations"] = list(data["relations"])
    for _ in range(draw(st.integers(1, most))):
        draw(st.sampled_from(_EDITS))(draw, data)
    return Map.model_validate(data)


def _drop_claim(draw: st.DrawFn, data: dict[str, Any]) -> None:
    if data["claims"]:
        del data["claims"][draw(st.sampled_from(sorted(data["claims"])))]


def _add_claim(draw: st.DrawFn, data: dict[str, Any]) -> None:
    claims = list(data["claims"].items())
    claims.insert(
        draw(st.integers(0, len(claims))), ("new-" + draw(IDS), {"text": draw(TEXTS), "note": draw(st.none() | TEXTS)})
    )
    data["claims"] = dict(claims)


def _change_claim(draw: st.DrawFn, data: dict[str, Any]) -> None:
    if data["claims"]:
        claim = data["claims"][draw(st.sampled_from(sorted(data["claims"])))]
        field, values = draw(
            st.sampled_from(
                [
                    ("text", TEXTS),
                    ("note", st.none() | TEXTS),
                    ("quote", st.lists(WORDS, max_size=3)),
                    ("kind", st.none() | st.sampled_from(get_args(Kind))),
                    ("implicit", st.booleans()),
                    ("extra", st.dictionaries(TEXTS, JSON_VALUES, max_size=2)),
                ]
            )
        )
        claim[field] = draw(values)


def _rename_claim(draw: st.DrawFn, data: dict[str, Any]) -> None:
    if data["claims"]:
        old, new = draw(st.sampled_from(sorted(data["claims"]))), "renamed-" + draw(IDS)
        data["claims"] = {new if claim_id == old else claim_id: claim for claim_id, claim in data["claims"].items()}


def _shuffle_claims(draw: st.DrawFn, data: dict[str, Any]) -> None:
    data["claims"] = dict(draw(st.permutations(list(data["claims"].items()))))


def _change_relations(draw: st.DrawFn, data: dict[str, Any]) -> None:
    relations = data["relations"]
    edit = draw(st.sampled_from(["drop", "add", "change", "shuffle", "flip"]))
    at = draw(st.integers(0, max(0, len(relations) - 1)))
    if edit == "add" or not relations:
        relations.insert(
            at, {draw(st.sampled_from(["support", "attack"])): draw(IDS), "by": draw(st.lists(IDS, max_size=3))}
        )
    elif edit == "drop":
        del relations[at]
    elif edit == "shuffle":
        data["relations"] = draw(st.permutations(relations))
    elif edit == "change":
        relations[at] = {**relations[at], draw(st.sampled_from(["scheme", "cue", "note"])): draw(TEXTS)}
    else:
        flip = {"support": "attack", "attack": "rephrase", "rephrase": "support"}
        # Only a support has questions.
        relations[at] = {flip.get(key, key): value for key, value in relations[at].items() if key != "questions"}


def _change_head(draw: st.DrawFn, data: dict[str, Any]) -> None:
    field = draw(st.sampled_from(["title", "note", "thesis"]))
    data[field] = draw(st.none() | (IDS if field == "thesis" else TEXTS))


_EDITS = [
    _drop_claim,
    _add_claim,
    _change_claim,
    _change_claim,
    _rename_claim,
    _shuffle_claims,
    _change_relations,
    _change_head,
]


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """A codebook of a few issues, with or without scales."""
    position = TEXTS | st.fixed_dictionaries({"label": TEXTS, "origin": TEXTS})
    issue = st.fixed_dictionaries(
        {"question": TEXTS},
        optional={"label": TEXTS, "note": TEXTS, "scale": st.dictionaries(IDS, position, max_size=4)},
    )
    return Codebook.model_validate(
        {"id": draw(IDS), "title": draw(st.none() | TEXTS), "issues": draw(st.dictionaries(IDS, issue, max_size=4))}
    )


@st.composite
def alignments(draw: st.DrawFn) -> Alignment:
    """An alignment of a few correspondences, fitting or not."""
    correspondence = st.fixed_dictionaries(
        {"before": st.lists(IDS, max_size=2), "after": st.lists(IDS, max_size=2)},
        optional={
            "change": st.sampled_from(get_args(ChangeWord)),
            "because": TEXTS,
            "status": st.sampled_from(get_args(Status)),
            "confidence": st.floats(0, 1),
            "evidence": st.lists(TEXTS, max_size=3),
        },
    )
    return Alignment.model_validate(
        {
            "before": "a.yaml",
            "after": "b.yaml",
            "correspondences": draw(st.lists(correspondence, max_size=4)),
            "silent": {"before": draw(st.lists(IDS, max_size=2)), "after": draw(st.lists(IDS, max_size=2))},
            "note": draw(st.none() | TEXTS),
        }
    )


def claim(claim_id: str, **fields: Any) -> Claim:
    """A claim, for tests that need one more."""
    return Claim.model_validate({"id": claim_id, "text": f"What {claim_id} says.", **fields})
