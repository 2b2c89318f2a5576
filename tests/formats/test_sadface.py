"""SADFace: AIF in other words, and what it has beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from argmap import formats
from argmap.model import Map
from tests.formats.test_formats import DEBATE
from tests.helpers import corpora


def read(data: Any) -> formats.Reading:
    return formats.examine_text(json.dumps(data), "sadface", "set.json")


def written(m: Map) -> dict[str, Any]:
    return json.loads(formats.dumps(m, "sadface")[0])


def unordered(data: dict[str, Any]) -> dict[str, Any]:
    """A document with each list in one order, and edges without their ids, which are given anew."""
    edges = [{key: value for key, value in edge.items() if key != "id"} for edge in data["edges"]]
    return {
        key: sorted(json.dumps(v, sort_keys=True) for v in value) if isinstance(value, list) else value
        for key, value in {**data, "edges": edges}.items()
    }


RAIN_TEXT = "The street is wet. So it rains, they say. It rains."
RAIN = {
    "metadata": {"core": {"title": "Rain", "analyst_name": "A. Nalyst", "version": "0.2"}, "tool": {"zoom": 2}},
    "resources": [{"id": "r1", "content": RAIN_TEXT, "type": "text", "metadata": {"lang": "en"}}],
    "nodes": [
        {"id": "a", "type": "atom", "text": "It rains.", "metadata": {},
         "sources": [{"resource_id": "r1", "text": "It rains", "offset": 42, "length": 8}]},
        {"id": "b", "type": "atom", "text": "The street is wet.", "metadata": {"tool": {"x": 1}},
         "sources": [{"resource_id": "r1", "text": "The street is wet", "offset": 0, "length": 17}]},
        {"id": "s", "type": "scheme", "name": "Argument From Sign", "metadata": {}},
        {"id": "c", "type": "atom", "text": "It was washed.", "metadata": {}, "sources": []},
        {"id": "t", "type": "scheme", "name": "attack", "metadata": {}},
    ],
    "edges": [
        {"id": "e1", "source_id": "b", "target_id": "s"},
        {"id": "e2", "source_id": "s", "target_id": "a"},
        {"id": "e3", "source_id": "c", "target_id": "t"},
        {"id": "e4", "source_id": "t", "target_id": "s"},
    ],
}  # fmt: skip


def test_sadface_is_read() -> None:
    """Atoms are claims, schemes relations, resources sources; offsets become quotes."""
    m = read(RAIN).map
    assert m.title == "Rain"
    assert [(r.type, r.target, r.by, r.scheme) for r in m.relations] == [
        ("support", "a", ("b",), "sign"),
        ("attack", "s", ("c",), None),
    ]
    assert m.sources["r1"].text == RAIN_TEXT
    assert [quote.exact for quote in m.claims["a"].quotes] == ["It rains"]


def test_sadface_comes_back() -> None:
    """Metadata, ids, names and offsets are as they were."""
    assert unordered(written(read(RAIN).map)) == unordered(RAIN)


def test_sadface_sources_that_lead_nowhere_are_kept() -> None:
    """A source whose words are not in the resource is a finding and stays where it was."""
    data = json.loads(json.dumps(RAIN))
    data["nodes"][0]["sources"] = [{"resource_id": "r1", "text": "It snows", "offset": 0, "length": 8}]
    reading = read(data)
    assert [finding.rule for finding in reading.findings] == ["odd-source"]
    assert unordered(written(reading.map)) == unordered(data)


def test_sadface_says_what_it_cannot_carry() -> None:
    """By name and number."""
    lost = str(formats.dumps(DEBATE, "sadface")[1])
    assert lost.endswith("not carried by sadface")
    assert "1 position" in lost
    assert "2 kinds" in lost


@pytest.mark.parametrize("path", corpora.files("sadface/*.json"), ids=lambda path: path.stem)
def test_sadface_corpus(path: Path) -> None:
    """The samples are recognised and come back."""
    reading = formats.examine(path)
    assert reading.findings == ()
    assert unordered(written(reading.map)) == unordered(json.loads(path.read_text()))


def tied(name: str | None, kind: str = "scheme", empty: Any = None) -> dict[str, Any]:
    """A document in which one atom is tied to another."""
    empty = {} if empty is None else empty
    return {
        "metadata": {"core": {"version": "0.5.4.0"}},
        "resources": [],
        "nodes": [
            {"id": "a", "type": "atom", "text": "It rains.", "sources": [], "metadata": empty},
            {"id": "b", "type": "atom", "text": "The street is wet.", "sources": [], "metadata": empty},
            {"id": "s", "type": kind, "name": name, "metadata": empty},
        ],
        "edges": [{"id": "1", "source_id": "b", "target_id": "s"}, {"id": "2", "source_id": "s", "target_id": "a"}],
    }


@pytest.mark.parametrize(
    ("kind", "name", "type_", "scheme"),
    [
        ("scheme", "support", "support", None),
        ("scheme", "inference", "support", None),
        ("scheme", "Default Support", "support", None),
        ("scheme", "Default\nInference", "support", None),
        ("scheme", "Argument From Sign", "support", "sign"),
        ("scheme", "my own scheme", "support", "my own scheme"),
        ("scheme", "结果", "support", "结果"),
        ("scheme", "conflict", "attack", None),
        ("scheme", "disagreement", "attack", None),
        ("scheme", "Default Conflict", "attack", None),
        ("scheme", "Conflict From Bias", "attack", None),
        ("scheme", "attack", "attack", None),
        ("scheme", "rephrase", "rephrase", None),
        ("inference", "support", "support", None),
        ("inference", "Expert Opinion", "support", "expert opinion"),
        ("inference", "conflict of interest", "support", "conflict of interest"),
        ("conflict", "attack", "attack", None),
        ("conflict", "disagree", "attack", None),
    ],
)
@pytest.mark.parametrize("empty", [{}, {"core": {}}])
def test_sadface_ties_by_the_words_of_all_releases(
    kind: str, name: str, type_: str, scheme: str | None, empty: Any
) -> None:
    """A node's type tells what it is, or else its name does; either is written back as it was."""
    data = tied(name, kind, empty)
    reading = read(data)
    assert not reading.findings
    assert [(r.type, r.target, r.by, r.scheme) for r in reading.map.relations] == [(type_, "a", ("b",), scheme)]
    assert unordered(written(reading.map)) == unordered(data)


@pytest.mark.parametrize("scheme", ["attack from behind", "disagreement", "preference", "rephrase it"])
def test_sadface_scheme_names_that_sound_like_another_relation(scheme: str) -> None:
    """A support stays one, whatever its scheme is called."""
    two = {"a": {"text": "A."}, "b": {"text": "B."}}
    m = Map.model_validate({"id": "m", "claims": two, "relations": [{"support": "a", "by": "b", "scheme": scheme}]})
    text, loss = formats.dumps(m, "sadface")
    assert formats.loads(text, "sadface", "m.json") == m
    assert not loss


def test_sadface_has_no_scheme_called_support() -> None:
    """A name that stands for no scheme in SADFace is a loss that is told."""
    two = {"a": {"text": "A."}, "b": {"text": "B."}}
    m = Map.model_validate(
        {"id": "m", "claims": two, "relations": [{"support": "a", "by": "b", "scheme": "inference"}]}
    )
    text, loss = formats.dumps(m, "sadface")
    assert str(loss) == "1 scheme not carried by sadface"
    assert formats.loads(text, "sadface", "m.json") == formats.carried(m, "sadface")


def test_sadface_a_changed_scheme_is_written() -> None:
    """The name that was read is written only as long as it is the scheme's."""
    m = read(tied("Default Support")).map
    changed = m.model_copy(update={"relations": (m.relations[0].model_copy(update={"scheme": "sign"}),)})
    assert written(changed)["nodes"][2]["name"] == "Sign"
    m = read(tied("Argument From Sign")).map
    changed = m.model_copy(update={"relations": (m.relations[0].model_copy(update={"scheme": None}),)})
    assert written(changed)["nodes"][2]["name"] == "support"


def test_sadface_title_notes_and_claim() -> None:
    """They are the map's title, note and thesis, both ways; the rest of the metadata is kept."""
    data = tied("support")
    data["metadata"]["core"] |= {
        "title": "Rain",
        "notes": "For Ann.",
        "claim": "a",
        "description": "Weather.",
        "analyst_name": "A.",
    }
    m = read(data).map
    assert (m.title, m.note, m.thesis) == ("Rain", "For Ann.", "a")
    assert unordered(written(m)) == unordered(data)
    assert written(DEBATE)["metadata"]["core"] == {
        "version": "0.2",
        "title": DEBATE.title,
        "notes": DEBATE.note,
        "claim": "close",
    }


def test_sadface_claim_that_is_no_atom() -> None:
    """It is a finding, and kept."""
    data = tied("support")
    data["metadata"]["core"]["claim"] = "z"
    reading = read(data)
    assert [finding.rule for finding in reading.findings] == ["dangling-reference"]
    assert unordered(written(reading.map)) == unordered(data)


def test_sadface_before_it_had_versions() -> None:
    """Metadata at the top, none in schemes: all of it is kept, and the ties are read."""
    data = tied("support")
    del data["nodes"][2]["metadata"]
    data |= {"metadata": {}, "analyst_name": "A. Nalyst", "created": "2017-07-11T16:32:36", "id": "x"}
    m = read(data).map
    assert [(r.type, r.by, r.target) for r in m.relations] == [("support", ("b",), "a")]
    data["nodes"][2]["metadata"] = {}
    assert unordered(written(m)) == unordered(data)


def test_sadface_disagreement_without_direction() -> None:
    """Since 0.5 a disagreement points at all that disagree: it is told that nothing leads to it, and it comes back."""
    data = tied("disagree", "conflict")
    data["edges"][0] = {"id": "1", "source_id": "s", "target_id": "b"}
    reading = read(data)
    assert {finding.rule for finding in reading.findings} == {"several-targets", "no-premise"}
    assert unordered(written(reading.map)) == unordered(data)


def test_sadface_offset_that_is_wrong_is_told() -> None:
    """The words are found nevertheless."""
    data = json.loads(json.dumps(RAIN))
    data["nodes"][0]["sources"][0]["offset"] = 7
    reading = read(data)
    assert [finding.rule for finding in reading.findings] == ["odd-offset"]
    assert reading.map == read(RAIN).map
