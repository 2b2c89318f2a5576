"""The two essays as mapped: what must hold of the readings whoever edits them."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from argmap import anchor, graph, store
from argmap.model import Map
from argmap.schemas import MODELS, schema
from argmap.stats import survey

MAPS = Path(__file__).resolve().parents[1] / "maps"
SEEDS = {
    "000_c9a4e2632271728d.txt": "fd75c64941e4ae0efb459bf09ff68b0be6aa66c972b19934507b11657cd79c64",
    "004_e6ec8d5ce70a7eba.txt": "af6e88b1db9e0817d5cc9b6ce496ceb1e4916971ad28124fc6bf84ef32419876",
}


@pytest.fixture(scope="module", params=["1996", "2005"])
def essay(request: pytest.FixtureRequest) -> Map:
    return store.load(MAPS / f"{request.param}.yaml")


def test_seeds_are_the_essays_byte_for_byte() -> None:
    """The files in seeds/ have the hashes under which the essays were handed over."""
    import hashlib

    folder = MAPS.parent / "seeds"
    assert {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in folder.iterdir()} == SEEDS


def test_every_sentence_is_accounted_for(essay: Map) -> None:
    """Every sentence of an essay's body is quoted by a claim, or set aside with a reason."""
    (reading,) = survey(essay).readings
    assert reading.left_out == ()
    assert reading.sentences > 25


def test_every_quote_is_the_text_character_for_character(essay: Map) -> None:
    """No quote of the readings needs typography to be forgiven: the text at its span spells it exactly."""
    text = essay.sources["essay"].text
    assert text is not None
    for claim_id, found in anchor.spans(essay).items():
        for quote, span in zip(essay.claims[claim_id].quotes, found, strict=True):
            assert span is not None, claim_id
            assert text[span.start : span.end] == quote.exact, claim_id


def test_cues_are_words_of_the_text(essay: Map) -> None:
    """A connective named as the sign of a relation stands in the text."""
    text = essay.sources["essay"].text
    assert text is not None
    assert [r.key for r in essay.relations if r.cue and r.cue not in text] == []


def test_every_support_names_a_scheme(essay: Map) -> None:
    """Each support says by which argumentation scheme the premises carry the conclusion."""
    assert [r.key for r in essay.relations if r.type == "support" and not r.scheme] == []


def test_claims_stand_alone(essay: Map) -> None:
    """No claim leans on another by a bare pronoun at its start."""
    leaning = ("this ", "these ", "that ", "those ", "they ", "it ", "he ", "she ")
    assert [
        claim_id
        for claim_id, c in essay.claims.items()
        if c.text.lower().startswith(leaning) and " is " not in c.text[:8]
    ] == []


FOLLOW = {"stop-tiptoeing", "tiptoeing", "how-cooperate", "some-steps"}
"""What follows from the thesis of 1996, or is said against what follows."""
GRANTED = {"no-villain", "worked-in-cold-war", "prospered-protected", "in-american-camp", "us-used-facilities"}
"""What 1996 grants of another time."""
REPORTED = {"balance-needed"}
"""What others argue, of which 1996 uses only that they do."""


def test_everything_leads_to_the_thesis(essay: Map) -> None:
    """Every claim is tied to the argument and leads to the thesis, but for what follows from it and what is set aside."""
    assert graph.adrift(essay) == []
    assert set(essay.claims) - set(graph.depths(essay)) <= FOLLOW | GRANTED | REPORTED


def test_page_furniture_is_not_quoted(essay: Map) -> None:
    """Paywall lines, credits, byline and teasers are excluded, and no claim is read from them."""
    source = essay.sources["essay"]
    excluded = anchor.excluded_spans(source)
    quoted = [span for found in anchor.spans(essay).values() for span in found if span]
    assert not any(q.start < e.end and e.start < q.end for q in quoted for e in excluded if e.end - e.start > 20)


def test_six_issues_and_three_objections() -> None:
    """The six issues of 2005 are six claims, reported from officials; the three objections of 1996 are three, of three voices."""
    of_2005, of_1996 = store.load(MAPS / "2005.yaml"), store.load(MAPS / "1996.yaml")
    (six,) = [r.by for r in of_2005.relations if r.type == "support" and r.target == "vital-issues"]
    assert len(six) == 6
    assert {(of_2005.claims[claim_id].speaker, of_2005.claims[claim_id].commitment) for claim_id in six} == {
        ("officials", "reported")
    }
    objections = [
        claim_id for r in of_1996.relations if r.type == "attack" and r.target == "balance-needed" for claim_id in r.by
    ]
    assert len(objections) == 3
    assert {of_1996.claims[claim_id].speaker for claim_id in objections} == {"some", "others", "still-others"}
    assert {of_1996.claims[claim_id].commitment for claim_id in objections} == {"reported"}


def test_the_labels_are_honest() -> None:
    """The words "junior partner" stand in the 2005 essay alone, "unequal partners" in that of 1996, "near-equal" in neither."""
    texts = {year: store.load(MAPS / f"{year}.yaml").sources["essay"].text or "" for year in ("1996", "2005")}
    assert ("junior partner" in texts["1996"], "junior partner" in texts["2005"]) == (False, True)
    assert ("unequal partners" in texts["1996"], "unequal partners" in texts["2005"]) == (True, False)
    assert not any("near-equal" in text for text in texts.values())
    scale = store.load(MAPS / "1996.yaml").issues["standing"].scale
    assert [position.label for position in scale.values()] == [
        "protectorate",
        "junior partner",
        "near-equal ally",
    ]
    assert all(position.origin for position in scale.values())


@pytest.mark.parametrize("kind", MODELS)
def test_schemas_beside_the_maps_are_current(kind: str) -> None:
    """maps/schema/ holds the schemas that the models give, so that editors help with the shipped maps."""
    assert json.loads((MAPS / "schema" / f"{kind}.json").read_text("utf-8")) == schema(kind)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["1996", "2005", "codebook", "1996-2005"])
def test_maps_satisfy_their_schema(name: str) -> None:
    """Each shipped file validates against the published JSON Schema of its kind."""
    data = yaml.safe_load((MAPS / f"{name}.yaml").read_text("utf-8"))
    kind = {"codebook": "codebook", "1996-2005": "alignment"}.get(name, "map")
    jsonschema.validate(data, schema(kind))  # type: ignore[arg-type]
