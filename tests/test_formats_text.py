"""Formats of annotated texts and outlines: arggraph XML, BRAT standoff, Kialo."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from argmap import anchor, formats
from argmap.diff import compare
from argmap.finding import ArgmapError
from argmap.formats.format import Reading
from argmap.model import Attack, Map, Rephrase, Support

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
ARGGRAPHS = sorted((CORPORA / "arggraph").glob("*.xml"))
PAIRS = CORPORA / "aif" / "microtexts-to-arggraph.json"


def rules(reading: Reading) -> list[str]:
    return [finding.rule for finding in reading.findings]


# arggraph

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
@pytest.mark.parametrize("format", ["arggraph", "graphml", "gexf"])
def test_hostile_xml_is_refused_in_a_line(text: str, format: str) -> None:
    """Entities, files, and nesting without end are refused, never followed."""
    if format != "arggraph":
        text = text.replace("arggraph", format)
    with pytest.raises(ArgmapError) as refused:
        formats.examine_text(text, format)
    assert "\n" not in str(refused.value)
    assert "root:" not in str(refused.value)


@pytest.mark.parametrize("path", ARGGRAPHS, ids=lambda path: path.stem)
def test_microtexts_round_trip(path: Path) -> None:
    """Each sample reads without a finding and comes back the same, its units being the text's own words."""
    reading = formats.examine(path)
    assert not reading.findings
    written, _ = formats.dumps(reading.map, "arggraph")
    assert formats.loads(written) == reading.map
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    assert all(claim.text in text for claim in reading.map.claims.values())


@pytest.mark.skipif(not PAIRS.exists(), reason="samples are not here")
@pytest.mark.parametrize(
    ("nodeset", "name"), json.loads(PAIRS.read_text()).items() if PAIRS.exists() else [], ids=lambda name: name
)
def test_microtexts_are_the_same_from_aif_and_arggraph(nodeset: str, name: str) -> None:
    """Both files of a text give an empty diff, but for the two whose words are cut differently: those words and no others."""
    aif = formats.read(PAIRS.parent / "microtexts" / f"{nodeset}.json")
    arggraph = formats.read(CORPORA / "arggraph" / f"{name}.xml")
    diff = compare(aif, arggraph)
    moved = [change for change in diff.changes if change.change != "kept" or change.facets]
    texts = {claim.text for claim in aif.claims.values()}, {claim.text for claim in arggraph.claims.values()}
    assert {side.text for change in moved for side in change.before} == texts[0] - texts[1]
    assert {side.text for change in moved for side in change.after} == texts[1] - texts[0]
    assert not diff.relations.dropped
    assert not diff.relations.new
    assert bool(moved) == (name in ("micro_b025", "micro_d07"))
    if moved:
        assert len(texts[0] - texts[1]) == 2


# BRAT

TEXT = "The bridge should be closed. It rusts, and it was never painted. Close it! Some find it pretty.\nNobody agrees."


def brat_folder(folder: Path, annotations: str, text: str | None = TEXT) -> Path:
    """A folder with annotations; `<words>` in them stands for the place of the words."""
    path = folder / "bridge.ann"
    lines = []
    for line in map(str.strip, annotations.strip().splitlines()):
        if "<" in line:
            head, words = line.split("<")
            pieces = words.rstrip(">").split("|")
            spans = ";".join(f"{TEXT.index(piece)} {TEXT.index(piece) + len(piece)}" for piece in pieces)
            line = f"{head.strip()} {spans}\t{' '.join(pieces)}"
        lines.append(line.replace("  ", "\t"))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if text is not None:
        path.with_suffix(".txt").write_bytes(text.encode())
    return path


BRAT = """
    T1  MajorClaim <The bridge should be closed>
    T2  MajorClaim <Close it>
    T3  Premise <It rusts|it was never painted>
    T4  Claim <Some find it pretty>
    A1  Stance T4 Against
    A2  Irony T3
    A3  Kind T3 fact
    R1  supports Arg1:T3 Arg2:T1
    R2  rebuts Arg1:T3 Arg2:T4
    *  Equiv T1 T2
    #1  AnnotatorNotes T3  Really?
    #2  AnnotatorNotes R2  Sure.
    E1  Say:T4
    N1  Reference T4 Wikidata:Q1  find
"""


def test_brat_spans_become_quotes(tmp_path: Path) -> None:
    """A stretch of the text is a claim with its quote, one in two pieces a claim with two; each anchors where it was."""
    reading = formats.examine(brat_folder(tmp_path, BRAT))
    m = reading.map
    assert not reading.findings
    assert m.sources["text"].text == TEXT
    assert [quote.exact for quote in m.claims["T3"].quotes] == ["It rusts", "it was never painted"]
    assert all(span for spans in anchor.spans(m).values() for span in spans)
    assert (m.claims["T3"].kind, m.claims["T3"].note) == ("fact", "Really?")


def test_brat_major_claims_stay_apart(tmp_path: Path) -> None:
    """The first major claim is the thesis, the second a claim of its own; a stance is a relation to the thesis."""
    m = formats.read(brat_folder(tmp_path, BRAT))
    assert m.thesis == "T1"
    assert m.claims["T2"].text == "Close it"
    assert [(type(r), r.target, r.by) for r in m.relations] == [
        (Attack, "T1", ("T4",)),
        (Support, "T1", ("T3",)),
        (Attack, "T4", ("T3",)),
        (Rephrase, "T1", ("T2",)),
    ]


def test_brat_writes_back_what_it_read(tmp_path: Path) -> None:
    """Types, attributes, stances, equivalences, events and normalizations come back, and the text as it was."""
    path = brat_folder(tmp_path, BRAT)
    m = formats.read(path)
    loss = formats.write(m, tmp_path / "again.ann")
    assert not loss
    assert (tmp_path / "again.txt").read_bytes() == TEXT.encode()
    again = (tmp_path / "again.ann").read_text()
    plain = {line.partition("\t")[2] for line in path.read_text().splitlines()}
    assert {line.partition("\t")[2] for line in again.splitlines()} == plain
    assert formats.read(tmp_path / "again.ann").claims == m.claims


def test_brat_writes_unquoted_claims_below_the_text(tmp_path: Path) -> None:
    """A claim without a quote stands below the text, which itself stays as it was, and comes back without a quote."""
    m = Map.model_validate(
        {
            "id": "bridge",
            "thesis": "close",
            "sources": {"essay": {"text": TEXT}},
            "claims": {
                "close": {"text": "Close the bridge.", "quote": "The bridge should be closed"},
                "falls": {"text": "What rusts\nmay fall.", "implicit": True},
            },
            "relations": [{"support": "close", "by": ["falls"]}],
        }
    )
    loss = formats.write(m, tmp_path / "bridge.ann")
    assert not loss.lost
    assert (tmp_path / "bridge.txt").read_text() == f"{TEXT}\n\nWhat rusts may fall."
    again = formats.read(tmp_path / "bridge.ann")
    assert again.sources["text"].text == TEXT
    assert again.claims == m.claims


def test_brat_offsets_count_code_points(tmp_path: Path) -> None:
    """Emoji and CJK count as one each, line breaks of any kind as themselves."""
    text = "👍🏽 漢字.\r\nIt rusts."
    path = tmp_path / "x.ann"
    path.write_text(f"T1\tClaim {text.index('It')} {len(text)}\tIt rusts.\n")
    path.with_suffix(".txt").write_bytes(text.encode())
    reading = formats.examine(path)
    assert not reading.findings
    assert anchor.spans(reading.map)["T1"][0].start == text.index("It")


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("T9  Claim 90 9000\tbeyond the end", "span-outside"),
        ("T9  Claim 5 5\tempty", "span-outside"),
        ("T9  Claim 0 5\tother", "changed-source"),
        ("T1  Claim 0 3\tThe", "duplicate-id"),
        ("R9  supports Arg1:T3 Arg2:T99", "dangling-reference"),
        ("R9  part_of Arg1:T3 Arg2:T1", "unknown-type"),
        ("*  Equiv T1 T99", "dangling-reference"),
        ("A9  Kind T3 value", "duplicate-id"),
        ("nonsense", "unknown-line"),
    ],
)
def test_irregular_brat_is_read_with_a_finding(tmp_path: Path, line: str, rule: str) -> None:
    """What does not fit is one finding at its line; everything else is read."""
    reading = formats.examine(brat_folder(tmp_path, BRAT.rstrip() + "\n" + line))
    assert rules(reading) == [rule]
    assert reading.findings[0].place.line == 15
    assert len(reading.map.relations) == 4


def test_brat_without_its_text(tmp_path: Path) -> None:
    """Annotations alone give claims with the words they hold, and a finding."""
    reading = formats.examine(brat_folder(tmp_path, BRAT, text=None))
    assert rules(reading) == ["missing-text"]
    assert reading.map.claims["T1"].quotes[0].exact == "The bridge should be closed"


def test_brat_text_is_never_read_from_elsewhere(tmp_path: Path) -> None:
    """A link out of the folder is not followed."""
    secret = tmp_path / "secret.txt"
    secret.write_text(TEXT + " secret")
    folder = tmp_path / "corpus"
    folder.mkdir()
    path = brat_folder(folder, BRAT, text=None)
    (folder / "bridge.txt").symlink_to(secret)
    reading = formats.examine(path)
    assert rules(reading) == ["missing-text"]
    assert "secret" not in reading.map.model_dump_json()


# Kialo

KIALO = r"""
Discussion Title: Should the bridge be closed?

1. The bridge should be closed.
1.1. Pro: It rusts, says [the report](https://example.org/report_(2)).
Two things follow:
1. it is weak,
2. it may fall.
1.1.1. Con: Some of the rust \(most of it\) is only paint.
1.2. Con: -> See 1.3.1.
1.3. Pro: Nobody uses it.
1.3.1. Con: Cyclists use it.
1.3.2. Con: → See 1.1.1.
"""


def test_kialo_outline_becomes_a_map() -> None:
    """Pro supports, Con attacks, and See uses a claim again, whether it stands before or after."""
    reading = formats.examine_text(KIALO.lstrip(), name="bridge.txt")
    m = reading.map
    assert not reading.findings
    assert (m.title, m.thesis) == ("Should the bridge be closed?", "1")
    assert list(m.claims) == ["1", "1.1", "1.1.1", "1.3", "1.3.1"]
    assert [(type(r), r.by[0], r.target) for r in m.relations] == [
        (Support, "1.1", "1"),
        (Attack, "1.1.1", "1.1"),
        (Attack, "1.3.1", "1"),
        (Support, "1.3", "1"),
        (Attack, "1.3.1", "1.3"),
        (Attack, "1.1.1", "1.3"),
    ]


def test_kialo_text_is_plain() -> None:
    """Escapes and links are taken out of the words, lists inside a text stay, and the link is kept."""
    m = formats.loads(KIALO.lstrip())
    assert m.claims["1.1"].text == "It rusts, says the report.\nTwo things follow:\n1. it is weak,\n2. it may fall."
    assert m.claims["1.1"].extra["kialo"] == {
        "links": [{"text": "the report", "url": "https://example.org/report_(2)"}]
    }
    assert m.claims["1.1.1"].text == "Some of the rust (most of it) is only paint."


def test_kialo_question_with_several_theses() -> None:
    """A question whose answers are neither Pro nor Con is an issue, and the answers are claims on it."""
    m = formats.loads("Discussion Title: Ways\n\n1. Which way?\n1.1. Left.\n1.1.1. Pro: Sun.\n1.2. Right.\n", "kialo")
    assert {id: issue.question for id, issue in m.issues.items()} == {"1": "Which way?"}
    assert {id: claim.issue for id, claim in m.claims.items()} == {"1.1": "1", "1.1.1": None, "1.2": "1"}
    assert m.thesis is None


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("1.4. Con: -> See 1.9.", "dangling-reference"),
        ("1.4. Con: -> See 1.4.", "dangling-reference"),
        ("1.9.1. Pro: An orphan.", "dangling-reference"),
        ("1.1.2. Neither.", "dangling-reference"),
        ("1.1. Pro: Again.", "duplicate-id"),
        ("1.4. Pro: ", "missing-text"),
    ],
)
def test_irregular_kialo_is_read_with_a_finding(line: str, rule: str) -> None:
    """A number that is missing or there twice is one finding at its line."""
    reading = formats.examine_text(KIALO.strip() + "\n" + line, "kialo", "bridge.txt")
    assert rules(reading) == [rule]
    assert str(reading.findings[0]).startswith("bridge.txt:13:1: ")


def test_kialo_without_numbers_is_refused() -> None:
    """Prose is no discussion."""
    with pytest.raises(ArgmapError, match="no numbered claims"):
        formats.examine_text("Discussion Title: nothing\n\nAnd so on.", "kialo")
