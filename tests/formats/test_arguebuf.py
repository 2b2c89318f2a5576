"""arguebuf JSON: AIF in other words, and what it has beside it; read and written as the arguebuf package does."""

from __future__ import annotations

import json
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from argmap import formats
from argmap.findings import ArgmapError
from argmap.formats.arguebuf.vocabulary import ENUM_OF
from argmap.model import Map
from argmap.schemes import SCHEMES
from tests.formats.test_formats import DEBATE
from tests.helpers import corpora


def read(data: Any) -> formats.Reading:
    return formats.examine_text(json.dumps(data), "arguebuf", "set.json")


def written(m: Map) -> dict[str, Any]:
    return json.loads(formats.dumps(m, "arguebuf")[0])


RAIN_TEXT = "The street is wet. So it rains, they say. It rains."
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
    reading = read(GRAPH)
    m = reading.map
    assert m.thesis == "a"
    assert (m.speakers["p"].name, m.speakers["p"].role) == ("Ann Lee", "meteorologist")
    assert (m.claims["a"].speaker, m.claims["a"].quotes[0].exact) == ("p", "It rains")
    assert (m.sources["r"].title, m.sources["r"].url) == ("Weather", "https://example.org")
    assert [(r.type, r.target, r.scheme) for r in m.relations] == [("support", "a", "sign"), ("attack", "s", None)]
    assert [finding.rule for finding in reading.findings] == ["unknown-type"]


def test_arguebuf_comes_back() -> None:
    """With all that argmap has no word for."""
    assert written(read(GRAPH).map) == GRAPH


def test_arguebuf_loses_nothing() -> None:
    """What it has no word for goes into its user data, so a map comes back whole."""
    text, loss = formats.dumps(DEBATE, "arguebuf")
    assert not loss
    assert formats.loads(text, "arguebuf", "debate.json") == DEBATE
    assert json.loads(text)["nodes"]["because"]["scheme"] == {"support": "SUPPORT_CAUSE_TO_EFFECT"}


@pytest.mark.parametrize("key", ["schemaVersion", "schema_version"])
def test_arguebuf_without_nodes_is_an_empty_map(key: str) -> None:
    """What is empty is left out of such JSON; a file that names no version either is none."""
    assert read({key: 1, "libraryVersion": "1"}).map.claims == {}
    with pytest.raises(ArgmapError, match="no object of nodes"):
        read({"libraryVersion": "1"})


def test_arguebuf_fields_may_be_spelt_otherwise() -> None:
    """Whole numbers as text and names with underscores are what protocol buffers allow in JSON."""
    graph = json.loads(json.dumps(GRAPH))
    graph["major_claim"], graph["schema_version"] = graph.pop("majorClaim"), graph.pop("schemaVersion")
    graph["nodes"]["a"]["atom"]["reference"]["offset"] = "42"
    m = read(graph).map
    assert m == read(GRAPH).map
    assert written(m) == GRAPH


def test_arguebuf_offset_tells_repeated_words_apart() -> None:
    """Words that stand twice are quoted from where they are, told by what is around them."""
    twice = json.loads(json.dumps(GRAPH))
    twice["resources"]["r"]["text"] = "It rains. Then it is dry. It rains."
    twice["nodes"]["a"]["atom"]["reference"]["offset"] = "26"
    m = read(twice).map
    assert m.claims["a"].quotes[0].prefix
    assert written(m)["nodes"]["a"]["atom"]["reference"] == {"resource": "r", "offset": 26, "text": "It rains"}


def test_arguebuf_reference_that_is_not_found_stays() -> None:
    """It is a finding and no quote, and is written back as it was."""
    graph = json.loads(json.dumps(GRAPH))
    graph["nodes"]["a"]["atom"]["reference"]["text"] = "It snows"
    reading = read(graph)
    assert [finding.rule for finding in reading.findings] == ["unknown-type", "odd-source"]
    assert reading.map.claims["a"].quotes == ()
    assert written(reading.map) == graph


@pytest.mark.parametrize(
    ("node", "scheme", "rule"),
    [
        ("s", {"support": "SUPPORT_HUNCH"}, "unknown-scheme"),
        ("s", {"support": 31}, "unknown-scheme"),
        ("t", {"attack": "ATTACK_LOUD"}, "unknown-scheme"),
        ("t", {"preference": "PREFERENCE_DEFAULT"}, "unknown-type"),
    ],
)
def test_arguebuf_schemes_that_are_not_known_are_kept(node: str, scheme: dict[str, Any], rule: str) -> None:
    """They are told of, and written back."""
    graph = json.loads(json.dumps(GRAPH))
    graph["nodes"][node]["scheme"] = scheme
    del graph["nodes"]["u"], graph["edges"]["5"]
    reading = read(graph)
    assert [(finding.rule, finding.place.at) for finding in reading.findings] == [(rule, ("nodes", node))]
    assert written(reading.map) == graph


def test_arguebuf_a_changed_scheme_is_written() -> None:
    """What was kept of a scheme does not stand in the way of another one."""
    m = read(GRAPH).map
    first, *others = m.relations
    changed = m.model_copy(update={"relations": (first.model_copy(update={"scheme": "analogy"}), *others)})
    assert written(changed)["nodes"]["s"]["scheme"] == {"support": "SUPPORT_ANALOGY", "premiseDescriptors": ["b"]}


def test_arguebuf_major_claim_that_is_not_there() -> None:
    """It is a finding, and kept."""
    graph = {**GRAPH, "majorClaim": "z"}
    reading = read(graph)
    assert "dangling-reference" in [finding.rule for finding in reading.findings]
    assert reading.map.thesis is None
    assert written(reading.map) == graph


def test_arguebuf_participants_without_a_name() -> None:
    """They are called by what else they are called; no name is written that was not there."""
    graph = {**GRAPH, "participants": {"p": {"username": "ann"}, "q": {}}}
    m = read(graph).map
    assert {node_id: speaker.name for node_id, speaker in m.speakers.items()} == {"p": "ann", "q": "q"}
    assert written(m) == graph


@pytest.fixture
def arguebuf() -> Any:
    return pytest.importorskip("arguebuf")


def theirs(arguebuf: Any, graph: Any) -> Map:
    """The map in what the package writes of a graph."""
    return formats.loads(json.dumps(arguebuf.dump.dict(graph)), "arguebuf", "theirs.json")


def ties(m: Map) -> set[Any]:
    return {(r.type, r.target, frozenset(r.by)) for r in m.relations}


def texts(m: Map) -> dict[str, str]:
    return {node_id: claim.text for node_id, claim in m.claims.items()}


@pytest.mark.parametrize("format_name", ["aif", "xaif", "arguebuf"])
def test_arguebuf_package_reads_what_is_written(arguebuf: Any, tmp_path: Path, format_name: str) -> None:
    """The package has the same claims, relations and schemes."""
    path = tmp_path / f"{format_name}.json"
    formats.write(DEBATE, path, format_name)
    graph = arguebuf.load.xaif(json.loads(path.read_text())) if format_name == "xaif" else arguebuf.load.file(path)
    assert {node_id: node.plain_text for node_id, node in graph.atom_nodes.items()} == texts(DEBATE)
    # The package keeps no order: 3.0 gives another one than 2.7.
    schemes = Counter(node.scheme.value for node in graph.scheme_nodes.values())
    assert schemes == {"Cause to Effect": 1, "Default": 3}
    assert len(graph.edges) == 9
    again = theirs(arguebuf, graph)
    assert ties(again) == {(r.type, r.target, frozenset(r.by)) for r in DEBATE.relations}
    assert [relation.scheme for relation in again.relations if relation.scheme] == ["cause to effect"]


def test_arguebuf_package_keeps_all_of_a_map(arguebuf: Any) -> None:
    """Thesis, participants, resources, references and whatever else a map says are as they were when it writes the map again."""
    speaks = DEBATE.claims["cost"].speaker
    graph = arguebuf.load.dict(written(DEBATE))
    assert graph.major_claim.id == DEBATE.thesis
    assert {node_id: (p.name, p.description) for node_id, p in graph.participants.items()} == {
        "mayor": ("The Mayor", "Mayor of the town")
    }
    assert {node_id: r.plain_text for node_id, r in graph.resources.items()} == {"essay": DEBATE.sources["essay"].text}
    assert graph.atom_nodes["cost"].participant.id == speaks
    reference = graph.atom_nodes["close"].reference
    assert (reference.plain_text, reference.resource.id) == ("Not every word is true.", "essay")
    again = theirs(arguebuf, graph)
    assert (again.title, again.thesis, again.note) == (DEBATE.title, DEBATE.thesis, DEBATE.note)
    assert again.issues == DEBATE.issues

    def plain(values: Any) -> dict[str, Any]:
        """Without the times that the package adds."""
        return {node_id: value.model_copy(update={"extra": {}}) for node_id, value in values.items()}

    for values in ("claims", "sources", "speakers"):
        assert plain(getattr(again, values)) == plain(getattr(DEBATE, values))
    said = {r.key: (r.by, r.target, r.scheme, r.cue, r.note) for r in again.relations}
    assert said == {r.key: (r.by, r.target, r.scheme, r.cue, r.note) for r in DEBATE.relations}


def test_arguebuf_package_has_the_same_schemes(arguebuf: Any) -> None:
    """Each scheme of the package has a name here, each name its scheme; three of the list it has no word for."""
    support = arguebuf.model.scheme.Support
    assert {scheme.name for scheme in support} == {*ENUM_OF.values(), "DEFAULT"}
    assert len(set(ENUM_OF.values())) == len(ENUM_OF) == 64
    known = {scheme.name for scheme in SCHEMES}
    assert known - ENUM_OF.keys() == {"falsification of hypothesis", "modus ponens", "modus tollens"}
    two = {"a": {"text": "A."}, "b": {"text": "B."}}
    for name in known:
        m = Map.model_validate(
            {"id": "m", "claims": two, "relations": [{"support": "a", "by": "b", "id": "r", "scheme": name}]}
        )
        graph = arguebuf.load.dict(written(m))
        assert [node.scheme.name for node in graph.scheme_nodes.values()] == [ENUM_OF.get(name, "DEFAULT")]
        assert theirs(arguebuf, graph).relations[0].scheme == name


@pytest.mark.parametrize("path", corpora.files("aif/*/*.json"), ids=lambda path: path.stem)
def test_arguebuf_package_agrees_on_the_corpora(arguebuf: Any, path: Path) -> None:
    """It reads the same claims and relations from a file as it stands, and from all that is written of it.

    Schemes too, where it knows how they are spelt, which in AIF it does for some.
    """
    ours = formats.read(path)
    schemes = {(r.target, frozenset(r.by)): r.scheme for r in ours.relations if r.type == "support"}
    data = {format_name: json.loads(formats.dumps(ours, format_name)[0]) for format_name in ("aif", "xaif", "arguebuf")}
    graphs = {
        "original": arguebuf.load.file(path),
        "aif": arguebuf.load.aif(data["aif"]),
        "xaif": arguebuf.load.xaif(data["xaif"]),
        "arguebuf": arguebuf.load.dict(data["arguebuf"]),
    }
    for name, graph in graphs.items():
        m = theirs(arguebuf, graph)
        # It leaves character references as they stand in AIF.
        assert {node_id: unescape(text) for node_id, text in texts(m).items()} == texts(ours), name
        assert ties(m) == ties(ours), name
        for relation in m.relations:
            if relation.type == "support" and (relation.scheme or name == "arguebuf"):
                assert relation.scheme == schemes[relation.target, frozenset(relation.by)], name
