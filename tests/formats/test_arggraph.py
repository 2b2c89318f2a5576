"""arggraph XML: the microtexts' own format."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree

from argmap import formats
from argmap.diff import compare
from argmap.findings import ArgmapError
from argmap.formats.common.format import Reading
from argmap.model import Attack, Map, Support
from tests.helpers import corpora

ARGGRAPHS = corpora.files("arggraph/*.xml")


def rules(reading: Reading) -> list[str]:
    return [finding.rule for finding in reading.findings]


def elements(text: str) -> Counter[tuple[Any, ...]]:
    """The elements of a file with all that they say, in no order; edges that join or add without their numbers."""
    root = ElementTree.fromstring(text.encode())
    for edge in root.iter("edge"):
        if edge.get("type") in ("seg", "add"):
            del edge.attrib["id"]
    return Counter((e.tag, *sorted(e.attrib.items()), " ".join((e.text or "").split())) for e in root.iter())


ARGGRAPH = """\
<?xml version='1.0' encoding='UTF-8'?>
<!DOCTYPE arggraph SYSTEM "arggraph.dtd">
<arggraph id="bridge" topic_id="close_the_bridge" stance="pro">
  <edu id="e1"><![CDATA[Close the bridge]]></edu>
  <edu id="e2"><![CDATA[at once.]]></edu>
  <edu id="e3">It rusts &amp; shakes.</edu>
  <edu id="e4">Good morning.</edu>
  <edu id="e5">What rusts may fall.</edu>
  <edu id="e6">It was painted.</edu>
  <edu id="e7">Only paint holds it.</edu>
  <edu id="e8">The pier is an example.</edu>
  <joint id="j1"/>
  <adu id="a1" type="pro"/><adu id="a2" type="pro"/><adu id="a3" type="pro"/>
  <adu id="a4" type="opp"/><adu id="a5" type="pro"/><adu id="a6" type="opp"/>
  <edge id="s1" src="e1" trg="j1" type="seg"/><edge id="s2" src="e2" trg="j1" type="seg"/>
  <edge id="s3" src="j1" trg="a1" type="seg"/><edge id="s4" src="e3" trg="a2" type="seg"/>
  <edge id="s5" src="e5" trg="a3" type="seg"/><edge id="s6" src="e6" trg="a4" type="seg"/>
  <edge id="s7" src="e7" trg="a5" type="seg"/><edge id="s8" src="e8" trg="a6" type="seg"/>
  <edge id="c2" src="a3" trg="c1" type="add"/>
  <edge id="c1" src="a2" trg="a1" type="sup"/>
  <edge id="c3" src="a4" trg="c1" type="und"/>
  <edge id="c4" src="a5" trg="a4" type="reb"/>
  <edge id="c5" src="a6" trg="a2" type="exa"/>
</arggraph>
"""


def test_arggraph_edges_become_relations() -> None:
    """Supports, examples, rebuttals, undercuts and additional sources each become what they mean."""
    reading = formats.examine_text(ARGGRAPH)
    m = reading.map
    assert not reading.findings
    assert m.id == "bridge"
    assert m.claims["a1"].text == "Close the bridge at once."
    assert m.claims["a2"].text == "It rusts & shakes."
    assert [(type(r), r.target, r.by, r.scheme) for r in m.relations] == [
        (Support, "a1", ("a2", "a3"), None),
        (Attack, "c1", ("a4",), None),
        (Attack, "a4", ("a5",), None),
        (Support, "a2", ("a6",), "example"),
    ]


def test_arggraph_keeps_how_the_text_is_cut() -> None:
    """Units, joints, sides that the edges do not tell, topic and stance are written back."""
    m = formats.loads(ARGGRAPH)
    written, _ = formats.dumps(m, "arggraph")
    assert formats.loads(written) == m
    for part in (
        '<edu id="e4">Good morning.</edu>',
        '<joint id="j1"/>',
        'src="e2" trg="j1"',
        'topic_id="close_the_bridge"',
        'stance="pro"',
        '<adu id="a6" type="opp"/>',
        'src="a3" trg="c1" type="add"',
    ):
        assert part in written


def test_arggraph_ids_begin_with_a_letter() -> None:
    """XML allows no id that begins with a digit; what is put before it is taken away again."""
    m = Map.model_validate(
        {
            "id": "1996",
            "claims": {"7": {"text": "A"}, "_x": {"text": "B"}, "e1": {"text": "C"}},
            "relations": [{"support": "7", "by": "_x", "id": "2"}, {"attack": "2", "by": "e1"}],
        }
    )
    written, loss = formats.dumps(m, "arggraph")
    assert 'id="_7"' in written
    assert not loss
    assert formats.loads(written) == m


@pytest.mark.parametrize(
    ("edge", "rule"),
    [
        ('<edge id="x" src="a9" trg="a1" type="sup"/>', "dangling-reference"),
        ('<edge id="x" src="a2" trg="a9" type="sup"/>', "dangling-reference"),
        ('<edge id="x" src="a2" trg="a1" type="proves"/>', "unknown-type"),
        ('<edge id="x" src="a2" trg="e9" type="seg"/>', "dangling-reference"),
        ('<edge id="x" src="a2" trg="x" type="add"/>', "dangling-reference"),
        ('<edge id="c1" src="a2" trg="a1" type="sup"/>', "duplicate-id"),
        ('<adu id="a1" type="pro"/>', "duplicate-id"),
        ('<adu id="a9" type="pro"/>', "missing-text"),
        ("<node/>", "unknown-element"),
    ],
)
def test_irregular_arggraphs_are_read_with_a_finding(edge: str, rule: str) -> None:
    """An edge that leads nowhere, or an element that means nothing, is one finding with its line, and the rest is read."""
    text = ARGGRAPH.replace("</arggraph>", f"{edge}\n</arggraph>")
    reading = formats.examine_text(text, name="bridge.xml")
    assert rule in rules(reading)
    line = text.count("\n", 0, text.rindex(edge)) + 1
    assert all(str(finding).startswith(f"bridge.xml:{line}:") for finding in reading.findings)
    assert set(reading.map.claims) >= {"a1", "a2", "a3", "a4", "a5", "a6"}


def test_arggraph_relations_may_run_in_circles() -> None:
    """An edge that attacks itself through another is no reason to hang."""
    text = ARGGRAPH.replace(
        "</arggraph>", '<edge id="x" src="y" trg="y" type="und"/><edge id="y" src="x" trg="x" type="und"/></arggraph>'
    )
    m = formats.loads(text)
    assert {r.id: (r.by, r.target) for r in m.relations if r.id in ("x", "y")} == {
        "x": (("y",), "y"),
        "y": (("x",), "x"),
    }
    assert formats.loads(formats.dumps(m, "arggraph")[0]).claims == m.claims


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY x "yyyyyyyy"><!ENTITY z "&x;&x;&x;">]><arggraph>&z;</arggraph>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><arggraph><edu id="e1">&x;</edu></arggraph>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><arggraph/>',
        "<arggraph>" + "<edu>" * 100_000,
        "<arggraph><edu id='e1'>unclosed",
        "<arggraph>\x00</arggraph>",
        "<arggraph>&nothing;</arggraph>",
        "<other/>",
    ],
)
@pytest.mark.parametrize("format_name", ["arggraph", "graphml", "gexf"])
def test_hostile_xml_is_refused_in_a_line(text: str, format_name: str) -> None:
    """Entities, files, and nesting without end are refused, never followed."""
    if format_name != "arggraph":
        text = text.replace("arggraph", format_name)
    with pytest.raises(ArgmapError) as refused:
        formats.examine_text(text, format_name)
    assert "\n" not in str(refused.value)
    assert "root:" not in str(refused.value)


def test_arggraph_comes_back_element_by_element() -> None:
    """With edges of other types; edges that join units, or add to a relation, are numbered anew."""
    text = ARGGRAPH.replace("</arggraph>", '<edge id="x" src="a2" trg="a1" type="proves" sure="0.7"/></arggraph>')
    written, loss = formats.dumps(formats.loads(text), "arggraph")
    assert elements(written) == elements(text)
    assert not loss
    assert formats.dumps(formats.loads(written), "arggraph")[0] == written


def test_arggraph_attributes_that_are_not_known_are_told() -> None:
    """They are left out, with a finding at the element."""
    text = ARGGRAPH.replace('<edu id="e4">', '<edu id="e4" xml:lang="en" n="4">')
    (finding,) = formats.examine_text(text, name="bridge.xml").findings
    assert str(finding) == (
        "bridge.xml:7:3: warning: unknown-attribute: an arggraph has no attribute n, lang: left out."
    )


def test_arggraph_ids_of_a_changed_map_stay_apart() -> None:
    """Ids that were read no longer fit when a claim is gone; then edges are numbered, and none of them twice."""
    m = formats.loads(ARGGRAPH)
    claims = {node_id: claim for node_id, claim in m.claims.items() if node_id != "a5"}
    relations = tuple(r for r in m.relations if "a5" not in r.by)
    less = m.model_copy(update={"claims": type(m.claims)(claims), "relations": relations})
    written, _ = formats.dumps(less, "arggraph")
    assert formats.loads(written).claims.keys() == claims.keys()
    ids = re.findall(r' id="([^"]*)"', written)
    assert len(ids) == len(set(ids))


IMPLICIT = """\
<arggraph id="hunt">
  <edu id="e1">It thins the herds.</edu>
  <edu id="e2" implicit="true">Hunting does good.</edu>
  <edu id="e3" implicit="true">So it is</edu>
  <edu id="e4">and stays.</edu>
  <adu id="a1" type="pro"/><adu id="a2" type="pro"/><adu id="a3" type="pro"/>
  <edge id="c4" src="e1" trg="a2" type="seg"/><edge id="c5" src="e2" trg="a1" type="seg"/>
  <edge id="c6" src="e3" trg="a3" type="seg"/><edge id="c7" src="e4" trg="a3" type="seg"/>
  <edge id="c1" src="a2" trg="a1" type="sup"/>
</arggraph>
"""


def test_arggraph_implicit_units_are_implicit_claims() -> None:
    """A claim is implicit when nothing of it stands in the text; that is written back, and so is a unit's part in one that is not."""
    m = formats.loads(IMPLICIT)
    assert {node_id: claim.implicit for node_id, claim in m.claims.items()} == {"a1": True, "a2": False, "a3": False}
    written, loss = formats.dumps(m, "arggraph")
    assert elements(written) == elements(IMPLICIT)
    assert not loss


def test_arggraph_carries_implicit_premises_of_any_map() -> None:
    """They are no loss."""
    m = Map.model_validate({"id": "m", "claims": {"a": {"text": "A.", "implicit": True}, "b": {"text": "B."}}})
    written, loss = formats.dumps(m, "arggraph")
    assert '<edu id="e1" implicit="true">A.</edu>' in written
    assert not loss
    assert formats.loads(written) == m


def test_arggraph_an_undercut_of_an_addition_is_one_of_the_relation() -> None:
    """A source added to a relation is part of it, so what is against the addition is against that relation."""
    text = ARGGRAPH.replace('src="a4" trg="c1" type="und"', 'src="a4" trg="c2" type="und"')
    reading = formats.examine_text(text)
    assert not reading.findings
    assert [(r.by, r.target) for r in reading.map.relations if isinstance(r, Attack)] == [
        (("a4",), "c1"),
        (("a5",), "a4"),
    ]


@pytest.mark.parametrize(
    ("additions", "sources"),
    [
        ('<edge id="x" src="a3" trg="y" type="add"/><edge id="y" src="a4" trg="x" type="add"/>', ("a2",)),
        ('<edge id="x" src="a3" trg="x" type="add"/>', ("a2",)),
        ('<edge id="x" src="a3" trg="y" type="add"/><edge id="y" src="a4" trg="c1" type="add"/>', ("a2", "a3", "a4")),
        ('<edge id="x" src="a3" trg="a2" type="add"/>', ("a2", "a3")),
    ],
)
def test_arggraph_additions_to_additions(additions: str, sources: tuple[str, ...]) -> None:
    """They join the relation that the first of them adds to; in a circle there is none."""
    adus = "".join(
        f'<edu id="e{n}">{n}</edu><adu id="a{n}" type="pro"/><edge id="s{n}" src="e{n}" trg="a{n}" type="seg"/>'
        for n in range(1, 5)
    )
    text = f'<arggraph id="g">{adus}<edge id="c1" src="a2" trg="a1" type="sup"/>{additions}</arggraph>'
    reading = formats.examine_text(text)
    assert [r.by for r in reading.map.relations] == [sources]
    assert ("dangling-reference" in rules(reading)) == (sources == ("a2",))


BESIDE = "Close the\nbridge  at once. It rusts & shakes. Good morning. What rusts may fall. Only paint holds it.\n"


def test_arggraph_text_beside_is_quoted(tmp_path: Path) -> None:
    """Each claim quotes the words of its units, joined where they touch; a unit that is not there is not quoted."""
    (tmp_path / "bridge.xml").write_text(ARGGRAPH)
    (tmp_path / "bridge.txt").write_text(BESIDE)
    reading = formats.examine(tmp_path / "bridge.xml")
    m = reading.map
    assert [(finding.rule, finding.place.line) for finding in reading.findings] == [
        ("changed-source", 9),
        ("changed-source", 11),
    ]
    assert m.sources["text"].text == BESIDE
    assert {node_id: [quote.exact for quote in claim.quotes] for node_id, claim in m.claims.items()} == {
        "a1": ["Close the\nbridge  at once."],
        "a2": ["It rusts & shakes."],
        "a3": ["What rusts may fall."],
        "a4": [],
        "a5": ["Only paint holds it."],
        "a6": [],
    }
    assert not compare(formats.loads(ARGGRAPH), m).relations.dropped
    assert str(formats.dumps(m, "arggraph")[1]) == "4 quotes, 1 source not carried by arggraph"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (b"Nothing of it.", ["changed-source"]),
        (b"It rusts\xff", ["encoding", "changed-source"]),
        (b"It rusts\xff\0", ["unreadable-text"]),
    ],
)
def test_arggraph_another_text_beside_is_left_out(tmp_path: Path, text: bytes, rule: list[str]) -> None:
    """The map is as it is without, which is one finding, not one for each unit."""
    (tmp_path / "bridge.xml").write_text(ARGGRAPH)
    (tmp_path / "bridge.txt").write_bytes(text)
    reading = formats.examine(tmp_path / "bridge.xml")
    assert reading.map == formats.loads(ARGGRAPH)
    assert rules(reading) == rule


def test_arggraph_a_unit_that_the_text_says_otherwise_is_told_of(tmp_path: Path) -> None:
    """Its words are shown, with the place and the way out."""
    (tmp_path / "bridge.xml").write_text(ARGGRAPH)
    (tmp_path / "bridge.txt").write_text(
        "Close the bridge at once. It rusts, and shakes. Good morning. What rusts may fall. It was painted. "
        "Only paint holds it. The pier is an example."
    )
    (finding,) = formats.examine(tmp_path / "bridge.xml").findings
    assert str(finding) == (
        f"{tmp_path / 'bridge.xml'}:6:3: warning: changed-source: e3 says 'It rusts & shakes.', which the text beside it does"
        " not say there: not quoted. Was the text edited after it was annotated? Annotate the words again, or bring the old"
        " text back."
    )


def test_arggraph_a_text_mostly_another_is_told_of_so_far(tmp_path: Path) -> None:
    """After a hundred units that are not there, the rest is one finding."""
    units = "".join(
        f'<edu id="e{n}">Unit {n}.</edu><adu id="a{n}" type="pro"/><edge id="s{n}" src="e{n}" trg="a{n}" type="seg"/>'
        for n in range(1, 151)
    )
    (tmp_path / "long.xml").write_text(f'<arggraph id="long">{units}</arggraph>')
    (tmp_path / "long.txt").write_text("Unit 1. And nothing else.")
    findings = formats.examine(tmp_path / "long.xml").findings
    assert len(findings) == 101
    assert "49 more units are not looked for" in str(findings[-1])


@pytest.mark.parametrize("path", ARGGRAPHS, ids=lambda path: path.stem)
def test_microtexts_come_back(path: Path) -> None:
    """Each sample reads without a finding, is quoted from its text word for word, and is written element by element."""
    reading = formats.examine(path)
    assert not reading.findings
    m = reading.map
    assert {node_id: " ".join(quote.exact for quote in c.quotes) for node_id, c in m.claims.items()} == {
        node_id: c.text for node_id, c in m.claims.items()
    }
    written, _ = formats.dumps(m, "arggraph")
    assert elements(written) == elements(path.read_text(encoding="utf-8"))
    assert formats.loads(written) == formats.carried(m, "arggraph")


MOVED = {"micro_b025": " and", "micro_d07": " –"}
"""The words that end a claim in one file and begin the next claim in the other."""


def graph(m: Map) -> list[Any]:
    """The relations of a map by the words of what they tie, whatever things are called."""
    relations = {r.id: r for r in m.relations if r.id}

    def end(node_id: str | None) -> Any:
        if node_id is None or node_id in m.claims:
            return m.claims[node_id].text if node_id else None
        return tie(relations[node_id])

    def tie(r: Any) -> Any:
        return (r.type, r.scheme, sorted(map(str, map(end, r.by))), end(r.target))

    return sorted(map(str, map(tie, m.relations)))


@pytest.mark.parametrize(
    ("corpus", "nodeset", "name"),
    [
        (path.parents[1], *pair)
        for path in corpora.files("aif/microtexts-to-arggraph.json")
        for pair in json.loads(path.read_text("utf-8")).items()
    ],
    ids=lambda value: "" if isinstance(value, Path) else value,
)
def test_microtexts_are_the_same_from_aif_and_arggraph(corpus: Path, nodeset: str, name: str) -> None:
    """Both files of a text give an empty diff and the same graph.

    But for two, which are cut differently: one word, or a dash, stands at the end of a claim in one file and at the
    start of the next in the other. Those two claims are told as kept and reworded, and nothing else is.
    """
    aif = formats.read(corpus / "aif" / "microtexts" / f"{nodeset}.json")
    arggraph = formats.read(corpus / "arggraph" / f"{name}.xml")
    for before, after in ((aif, arggraph), (arggraph, aif)):
        diff = compare(before, after)
        assert diff.empty == (name not in MOVED)
        assert not diff.relations.dropped
        assert not diff.relations.new
        assert diff.relations.kept == len(before.relations) == len(after.relations)
        moved = [change for change in diff.changes if not change.untouched]
        assert [(change.change, change.facets) for change in moved] == [("kept", ("reworded",))] * 2 * (name in MOVED)
        if word := MOVED.get(name):
            (first, second) = [(change.before[0].text, change.after[0].text) for change in moved]
            (longer, shorter), (later, earlier) = (
                (first, second) if len(first[0]) > len(first[1]) else (first[::-1], second[::-1])
            )
            assert longer == shorter + word
            assert earlier == f"{word.strip()} {later}"
    if name not in MOVED:
        assert graph(aif) == graph(arggraph)
