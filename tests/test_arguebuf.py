"""SADFace and arguebuf JSON: AIF in other words, and what those have beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_formats import DEBATE

from argmap import formats
from argmap.model import Map

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
SADFACE = sorted((CORPORA / "sadface").glob("*.json"))
AIF = sorted((CORPORA / "aif" / "microtexts").glob("*.json"))


def read(data: Any, format: str) -> formats.Reading:
    return formats.examine_text(json.dumps(data), format, "set.json")


def written(m: Map, format: str) -> dict[str, Any]:
    return json.loads(formats.dumps(m, format)[0])


def unordered(data: dict[str, Any]) -> dict[str, Any]:
    return {
        key: sorted(json.dumps(v, sort_keys=True) for v in value) if isinstance(value, list) else value
        for key, value in data.items()
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
    m = read(RAIN, "sadface").map
    assert m.title == "Rain"
    assert [(r.type, r.target, r.by, r.scheme) for r in m.relations] == [
        ("support", "a", ("b",), "sign"),
        ("attack", "s", ("c",), None),
    ]
    assert m.sources["r1"].text == RAIN_TEXT
    assert [quote.exact for quote in m.claims["a"].quotes] == ["It rains"]


def test_sadface_comes_back() -> None:
    """Metadata, ids, names and offsets are as they were."""
    assert unordered(written(read(RAIN, "sadface").map, "sadface")) == unordered(RAIN)


def test_sadface_sources_that_lead_nowhere_are_kept() -> None:
    """A source whose words are not in the resource is a finding and stays where it was."""
    data = json.loads(json.dumps(RAIN))
    data["nodes"][0]["sources"] = [{"resource_id": "r1", "text": "It snows", "offset": 0, "length": 8}]
    reading = read(data, "sadface")
    assert [finding.rule for finding in reading.findings] == ["odd-source"]
    assert unordered(written(reading.map, "sadface")) == unordered(data)


def test_sadface_says_what_it_cannot_carry() -> None:
    """By name and number."""
    lost = str(formats.dumps(DEBATE, "sadface")[1])
    assert lost.endswith("not carried by sadface")
    assert "1 position" in lost
    assert "2 kinds" in lost


@pytest.mark.skipif(not SADFACE, reason="the corpora are not here")
@pytest.mark.parametrize("path", SADFACE, ids=lambda path: path.stem)
def test_sadface_corpus(path: Path) -> None:
    """The samples are recognised and come back."""
    reading = formats.examine(path)
    assert reading.findings == ()
    assert unordered(written(reading.map, "sadface")) == unordered(json.loads(path.read_text()))


GRAPH = {
    "nodes": {
        "a": {
            "atom": {"text": "It rains.", "reference": {"resource": "r", "offset": 42, "text": "It rains"}, "participant": "p"},
            "metadata": {"created": "2020-01-01T00:00:00Z", "updated": "2020-01-01T00:00:00Z"},
            "userdata": {"colour": "blue"},
        },
        "b": {"atom": {"text": "The street is wet."}},
        "s": {"scheme": {"support": "SUPPORT_SIGN", "premiseDescriptors": ["b"]}},
        "t": {"scheme": {"attack": "ATTACK_DEFAULT"}},
        "u": {"scheme": {}},
    },
    "edges": {
        "1": {"source": "b", "target": "s", "metadata": {"created": "2020-01-01T00:00:00Z"}},
        "2": {"source": "s", "target": "a"},
        "3": {"source": "b", "target": "t"},
        "4": {"source": "t", "target": "s"},
        "5": {"source": "b", "target": "u"},
    },
    "resources": {"r": {"text": RAIN_TEXT, "title": "Weather", "source": "https://example.org"}},
    "participants": {"p": {"name": "Ann Lee", "description": "meteorologist", "email": "a@example.org"}},
    "analysts": {"n": {"name": "A. Nalyst"}},
    "majorClaim": "a",
    "schemaVersion": 1,
    "libraryVersion": "1.0",
    "userdata": {"notes": "x"},
}  # fmt: skip


def test_arguebuf_is_read() -> None:
    """Its major claim is the thesis, participants speak, references are quotes."""
    reading = read(GRAPH, "arguebuf")
    m = reading.map
    assert m.thesis == "a"
    assert (m.speakers["p"].name, m.speakers["p"].role) == ("Ann Lee", "meteorologist")
    assert (m.claims["a"].speaker, m.claims["a"].quotes[0].exact) == ("p", "It rains")
    assert (m.sources["r"].title, m.sources["r"].url) == ("Weather", "https://example.org")
    assert [(r.type, r.target, r.scheme) for r in m.relations] == [("support", "a", "sign"), ("attack", "s", None)]
    assert [finding.rule for finding in reading.findings] == ["unknown-type"]


def test_arguebuf_comes_back() -> None:
    """With all that argmap has no word for."""
    assert written(read(GRAPH, "arguebuf").map, "arguebuf") == GRAPH


def test_arguebuf_loses_nothing() -> None:
    """What it has no word for goes into its user data, so a map comes back whole."""
    text, loss = formats.dumps(DEBATE, "arguebuf")
    assert not loss
    assert formats.loads(text, "arguebuf", "debate.json") == DEBATE
    assert json.loads(text)["nodes"]["because"]["scheme"] == {"support": "SUPPORT_CAUSE_TO_EFFECT"}


@pytest.fixture
def arguebuf() -> Any:
    return pytest.importorskip("arguebuf")


def test_arguebuf_package_reads_what_is_written(arguebuf: Any, tmp_path: Path) -> None:
    """AIF, xAIF and arguebuf JSON open in the package, with as many atoms, schemes and edges; it writes the map back whole."""
    for format in ("aif", "xaif", "arguebuf"):
        path = tmp_path / f"{format}.json"
        formats.write(DEBATE, path, format)
        data = json.loads(path.read_text())
        graph = arguebuf.load.xaif(data) if format == "xaif" else arguebuf.load.file(path)
        assert (len(graph.atom_nodes), len(graph.scheme_nodes), len(graph.edges)) == (6, 4, 9)
        assert {node.plain_text for node in graph.atom_nodes.values()} == {c.text for c in DEBATE.claims.values()}
    again = formats.loads(json.dumps(arguebuf.dump.dict(graph)), "arguebuf", "debate.json")
    kinds = {id: (claim.kind, claim.commitment, claim.note, claim.quotes) for id, claim in again.claims.items()}
    assert kinds == {id: (c.kind, c.commitment, c.note, c.quotes) for id, c in DEBATE.claims.items()}
    assert again.issues == DEBATE.issues


@pytest.mark.skipif(not AIF, reason="the corpora are not here")
def test_arguebuf_package_agrees_on_the_corpus(arguebuf: Any, tmp_path: Path) -> None:
    """A file that the package read and wrote has the claims and relations that are read from the original."""
    for path in AIF:
        graph = arguebuf.load.file(path)
        theirs = formats.loads(json.dumps(arguebuf.dump.dict(graph)), "arguebuf", path.name)
        ours = formats.read(path)
        assert {id: claim.text for id, claim in theirs.claims.items()} == {id: c.text for id, c in ours.claims.items()}
        ties = [{(r.type, r.target, frozenset(r.by), r.id, r.scheme) for r in m.relations} for m in (theirs, ours)]
        assert ties[0] == ties[1]
