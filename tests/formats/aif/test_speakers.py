"""Who says what in AIF, and what becomes of a dialogue that was kept when the map is edited."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import argmap
from argmap import edits, formats
from argmap.cli import main
from argmap.formats.aif import siblings
from argmap.model import Claim, Map, Support
from tests.formats.aif.test_aifdb import (
    DIALOGUE,
    DIALOGUE_EDGES,
    RAIN,
    RAIN_EDGES,
    as_graph,
    node,
    nodeset,
    read,
    written,
)


def hear(
    *locutions: tuple[str, str],
    persons: tuple[Any, ...] = (),
    claim: str = "It rains.",
    keep: bool = False,
    **more: Any,
) -> formats.Reading:
    """What is read of one claim that is said in L-nodes of these texts, each by a YA-node of that name."""
    nodes, edges = [node("1", "I", claim)], []
    for n, (text, act) in enumerate(locutions, 1):
        nodes += [node(f"{n}0", "L", text), node(f"{n}1", "YA", act)]
        edges += [(f"{n}0", f"{n}1"), (f"{n}1", "1")]
    people = [{"nodeID": f"{n}0", "personID": person} for n, person in enumerate(persons, 1)]
    return read(nodeset(nodes, *edges, locutions=people, **more), keep_dialogue=keep)


def said(*locutions: tuple[str, str], **more: Any) -> Map:
    """The map of that."""
    return hear(*locutions, **more).map


def noted(reading: formats.Reading) -> list[str]:
    """What is noted beyond that the dialogue is left out."""
    return [str(finding) for finding in reading.findings if finding.rule != "dialogue"]


def speaker_of(m: Map, node_id: str = "1") -> str | None:
    speaker = m.claims[node_id].speaker
    return m.speakers[speaker].name if speaker else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Lee : it is raining", "Ann Lee"),
        ("Ann Lee: it rains", None),
        ("Ann Lee: it is raining", None),
        ("The problem is: it rains", None),
        ("Problem: it rains", None),
        ("because: it rains", None),
        ("Ann says 'it is raining'", "Ann"),
        ("Ann : Bob : it is raining", "Ann"),
        ("李 : 下雨了", "李"),
        ("it is raining at 10:30", None),
        ("", None),
    ],
)
def test_names_stand_before_the_words(text: str, name: str | None) -> None:
    """Before ` : `, or before `says` and a quotation; who reports is who speaks."""
    assert speaker_of(said((text, "Asserting"))) == name


def test_words_before_a_colon_are_a_name_where_the_file_says_so_elsewhere() -> None:
    """In its list of people, or spelt with a space before the colon."""
    people = [{"participantID": 3, "firstname": "the", "surname": "chair"}]
    assert speaker_of(said(("the chair: is it raining", "Asserting"), participants=people)) == "the chair"
    assert speaker_of(said(("Ann: look out", "Asserting"), ("Ann : yes", "Agreeing"))) == "Ann"
    assert speaker_of(said(("Ann: look out", "Asserting"), ("Ann: look up", "Asserting"))) is None


def test_what_the_claim_itself_begins_with_is_no_name() -> None:
    """Some languages have a space before every colon."""
    claim = "Le problème est : il pleut."
    reading = hear((claim, "Asserting"), claim=claim)
    assert speaker_of(reading.map) is None
    assert noted(reading) == []


@pytest.mark.parametrize("persons", [(), ("7",)])
def test_words_before_a_colon_that_are_no_name_are_noted(persons: tuple[str, ...]) -> None:
    """A colon invents no speaker, and who meant one is told how to say so, once a file."""
    locutions = [
        ("The problem is: trade hurts", "Asserting"),
        ("So: trade hurts", "Agreeing"),
        ("at 10:30", "Agreeing"),
    ]
    (message,) = (each for each in noted(hear(*locutions, claim="trade hurts", persons=persons)) if "unnamed" in each)
    assert message == (
        "set.json:nodes/10: note: unnamed-speaker: 'The problem is', before the colon in 10 (L), is not known to be a name, "
        "nor is what stands before a colon in 1 other locutions: not read as a speaker. "
        "Where it is a name, write it `Name : words`, with a space before the colon."
    )


def acts_on(map_: Map, claim_id: str = "1") -> list[tuple[str | None, str]]:
    """Who does what with a claim, beyond what speaker and commitment say."""
    said_by = map_.claims[claim_id].extra.get("aif", {}).get("said", [])
    return [(map_.speakers[each["speaker"]].name if "speaker" in each else None, each["act"]) for each in said_by]


def test_others_who_speak_of_a_claim_are_kept_with_what_they_do() -> None:
    """A claim has one speaker; who else says it, agrees, asks or disagrees is kept beside it, and comes back."""
    more = [("Ann : it does", "Asserting"), ("Eve : does it?", "Challenging"), ("Tom : no", "Disagreeing")]
    reading = hear(("Bob : it rains", "Asserting"), ("Jane : it rains", "Agreeing"), *more)
    assert noted(reading) == []
    found = [
        ("Bob", "Asserting"),
        ("Jane", "Agreeing"),
        ("Ann", "Asserting"),
        ("Eve", "Challenging"),
        ("Tom", "Disagreeing"),
    ]
    assert (speaker_of(reading.map), acts_on(reading.map)) == ("Bob", found)
    again = formats.loads(formats.dumps(reading.map, "aif")[0], "aif")
    assert (speaker_of(again), acts_on(again)) == ("Bob", found)
    assert acts_on(said(("Bob : it rains", "Asserting"))) == []


@pytest.mark.parametrize("act", ["Assertive Questioning", "Rhetorical Questioning", "Agreeing", "Challenging"])
def test_other_acts_come_back_as_they_were(act: str) -> None:
    """An act that speaker and commitment do not tell is kept, until the map says another speaker."""
    first = said(("Ann : it rains", act))
    assert acts_on(first) == [("Ann", act)]
    text = formats.dumps(first, "aif")[0]
    assert [each["text"] for each in json.loads(text)["nodes"] if each["type"] == "YA"] == [act]
    assert formats.loads(text, "aif").claims == first.claims
    changed = first.claims["1"].model_copy(update={"speaker": None, "commitment": "asserted"})
    nobody = first.model_copy(update={"claims": type(first.claims)({"1": changed})})
    assert speaker_of(formats.loads(formats.dumps(nobody, "aif")[0], "aif")) is None


def test_who_only_denies_a_claim_is_no_speaker() -> None:
    """Nobody says it then; who denies it is kept."""
    reading = hear(("Jane : no", "Disagreeing"))
    assert speaker_of(reading.map) is None
    assert acts_on(reading.map) == [("Jane", "Disagreeing")]


def test_an_act_of_a_transition_is_that_of_the_next_locution() -> None:
    """Bob's reply agrees with what Ann said: the act hangs on the transition from her words to his."""
    nodes = [node("1", "I", "It rains."), node("2", "L", "Ann : it rains"), node("3", "L", "Bob : yes")]
    nodes += [node("4", "YA", "Asserting"), node("5", "TA", "Default Transition"), node("6", "YA", "Agreeing")]
    reading = read(nodeset(nodes, ("2", "4"), ("4", "1"), ("2", "5"), ("5", "3"), ("5", "6"), ("6", "1")))
    assert acts_on(reading.map) == [("Ann", "Asserting"), ("Bob", "Agreeing")]


QUESTION = [
    *(node("1", "I", "Will it rain?"), node("2", "I", "It will rain.")),
    *(node("3", "L", "Ann : will it rain?"), node("4", "L", "Bob : it will"), node("5", "TA", "Default Transition")),
    *(node("6", "YA", "Pure Questioning"), node("7", "YA", "Asserting")),
    *(node("8", "MA", "Default Rephrase"), node("9", "YA", "Default Illocuting")),
]
ANSWER_EDGES = [
    ("3", "6"),
    ("6", "1"),
    ("4", "7"),
    ("7", "2"),
    ("3", "5"),
    ("5", "4"),
    ("5", "9"),
    ("9", "8"),
    ("2", "8"),
    ("8", "1"),
]


@pytest.mark.parametrize("keep", [True, False])
def test_answers_are_no_rephrases(keep: bool) -> None:
    """An MA-node under default illocuting, of which an end is asked, is an answer; it comes back, and is drawn as one."""
    first = read(nodeset(QUESTION, *ANSWER_EDGES), keep_dialogue=keep).map
    [relation] = first.relations
    assert (relation.type, relation.is_answer, relation.target) == ("rephrase", True, "1")
    text = formats.dumps(first, "aif")[0]
    assert formats.loads(text, "aif").relations == first.relations
    assert [each["text"] for each in json.loads(text)["nodes"] if each["type"] == "MA"] == ["Default Rephrase"]
    drawn = argmap.draw(first, format="json").decode()
    assert '"answers"' in drawn
    assert "restates" not in drawn
    assert formats.dumps(first, "tgf")[1].lost["answers"] == 1


def test_default_illocuting_without_a_question_stays_a_rephrase() -> None:
    """Annotators leave the default where they have not looked: nobody asks, nobody answers."""
    nodes = [each if each["nodeID"] != "6" else node("6", "YA", "Asserting") for each in QUESTION]
    [relation] = read(nodeset(nodes, *ANSWER_EDGES)).map.relations
    assert not relation.is_answer


def test_two_who_say_a_claim_in_one_act_are_both_heard() -> None:
    """A YA-node may have several locutions before it."""
    nodes = [
        node("1", "I", "It rains."),
        node("2", "L", "Ann : yes"),
        node("3", "L", "Bob : yes"),
        node("4", "YA", "Asserting"),
    ]
    reading = read(nodeset(nodes, ("2", "4"), ("3", "4"), ("4", "1")))
    assert speaker_of(reading.map) == "Ann"
    assert acts_on(reading.map) == [("Ann", "Asserting"), ("Bob", "Asserting")]


@pytest.mark.parametrize(
    ("acts", "name", "commitment"),
    [
        (["Pure Questioning", "Asserting"], "B", "asserted"),
        (["Pure Questioning", "Agreeing"], "B", "asserted"),
        (["Agreeing", "Asserting"], "B", "asserted"),
        (["Asserting", "Asserting"], "A", "asserted"),
        (["Disagreeing", "Default Illocuting"], "B", "asserted"),
        (["Rhetorical Questioning"], "A", "asserted"),
        (["Assertive Questioning"], "A", "asked"),
        (["Disagreeing"], None, "asserted"),
        (["Analysing"], None, "asserted"),
    ],
)
def test_of_several_locutions_who_asserts_counts_first(acts: list[str], name: str | None, commitment: str) -> None:
    """Then who agrees, then who asks; never who denies it, or analysed it."""
    m = said(*[(f"{name} : words", act) for name, act in zip("AB", acts, strict=False)])
    assert (speaker_of(m), m.claims["1"].commitment) == (name, commitment)


def test_people_are_found_by_number_where_the_words_have_no_name() -> None:
    """By the list of people; by the name in other words of the same person; else the number has to do."""
    people = [{"participantID": 3, "firstname": "Ann", "surname": "None"}]
    assert speaker_of(said(("raining", "Asserting"), persons=(3,), participants=people)) == "Ann"
    assert speaker_of(said(("raining", "Asserting"), ("Bob : yes", "Agreeing"), persons=("4", "4"))) == "Bob"
    assert speaker_of(said(("raining", "Asserting"), persons=("4",))) == "person 4"
    assert speaker_of(said(("raining", "Asserting"), persons=(None,))) is None


@pytest.fixture
def dialogue() -> Map:
    """Ann Lee says that it rains, Bob asks whether the street is wet; all of it kept."""
    return read(nodeset(DIALOGUE, *DIALOGUE_EDGES), keep_dialogue=True).map


def assert_consistent(data: dict[str, Any]) -> None:
    """Ids are there once, edges lead from node to node, YA-nodes from a locution or transition to what is said or done."""
    types = {each["nodeID"]: each["type"] for each in data["nodes"]}
    assert len(types) == len(data["nodes"])
    assert all({edge["fromID"], edge["toID"]} <= types.keys() for edge in data["edges"])
    assert len({edge["edgeID"] for edge in data["edges"]}) == len(data["edges"])
    for node_id, type_ in types.items():
        if type_ == "YA":
            assert [types[e["fromID"]] for e in data["edges"] if e["toID"] == node_id] in (["L"], ["TA"])
            assert [e for e in data["edges"] if e["fromID"] == node_id]
    assert all(types[item["nodeID"]] == "L" for item in data["locutions"])


@pytest.mark.parametrize(
    "changes", [{"speaker": "bob"}, {"speaker": None}, {"speaker": "ann-lee", "commitment": "asked"}]
)
def test_a_changed_speaker_wins_over_the_dialogue_that_was_kept(dialogue: Map, changes: dict[str, Any]) -> None:
    """The YA-node that says otherwise goes; what was said, the L-node, stays."""
    m = edits.change(dialogue, "1", **changes)
    data = written(m)
    assert_consistent(data)
    again = formats.loads(json.dumps(data), "aif", "set.json", keep_dialogue=True)
    assert speaker_of(again) == speaker_of(m)
    assert again.claims["1"].commitment == m.claims["1"].commitment
    assert {n["nodeID"] for n in data["nodes"]} >= {n["nodeID"] for n in DIALOGUE} - {"3"}
    assert "3" not in {n["nodeID"] for n in data["nodes"]}


def test_a_claim_goes_with_the_node_that_says_it(dialogue: Map) -> None:
    """Its YA-node would say nothing; words and transitions stay."""
    data = written(edits.drop(dialogue, "6"))
    assert_consistent(data)
    assert {(e["fromID"], e["toID"]) for e in data["edges"]} == set(DIALOGUE_EDGES) - {("7", "8"), ("8", "6")}
    assert {n["nodeID"] for n in data["nodes"]} == {n["nodeID"] for n in DIALOGUE} - {"6", "8"}


def test_a_new_claim_is_said_by_nodes_of_its_own(dialogue: Map) -> None:
    """All that was there stays as it was."""
    m = edits.add(dialogue, Claim(id="new", text="Take a coat!", speaker="bob"))
    m = edits.tie(m, Support(target="new", by=("1",)))
    data = written(m)
    assert_consistent(data)
    old_nodes, old_edges = as_graph(json.loads(nodeset(DIALOGUE, *DIALOGUE_EDGES)))
    nodes, edges = as_graph(data)
    assert set(old_nodes) <= set(nodes)
    assert set(old_edges) <= set(edges)
    assert speaker_of(formats.loads(json.dumps(data), "aif", "set.json"), "new") == "Bob"


def test_an_edited_scheme_is_written() -> None:
    """What the node was called in the file does not come back over it."""
    m = read(nodeset(RAIN, *RAIN_EDGES)).map
    for scheme in ("analogy", None):
        changed = m.relations[0].model_copy(update={"scheme": scheme})
        data = written(m.model_copy(update={"relations": (changed, *m.relations[1:])}))
        assert formats.loads(json.dumps(data), "aif").relations[0].scheme == scheme


@pytest.mark.parametrize("nodes", [[{"nodeID": "1", "type": "I"}], [node("1", "I", None)], [node("1", "I", 7)]])
def test_an_edited_text_is_written(nodes: list[Any]) -> None:
    """Where there was none, or none that was a text."""
    m = edits.change(read(nodeset(nodes)).map, "1", text="It rains.")
    assert [each["text"] for each in written(m)["nodes"]] == ["It rains."]


MADE = """
argmap: 1
id: made
speakers: {mayor: {name: "Bürgermeister: Ω"}}
claims:
  close: {text: "Die Brücke soll geschlossen werden – «sofort»."}
  rust: {text: "It rusts. 漢字"}
  danger: {text: "What rusts may fall.", implicit: true}
  cost: {text: "Is it expensive?", speaker: mayor, commitment: asked}
  paint: {text: "It is only paint."}
  again: {text: "Close it!"}
relations:
  - {support: close, by: [rust, danger], id: because, scheme: cause to effect}
  - {attack: close, by: [cost]}
  - {attack: because, by: [paint], scheme: a scheme of my own}
  - {rephrase: close, by: [again]}
"""


def test_a_map_made_by_hand_is_written_as_aifdb_writes() -> None:
    """Each S-node leads from something to one thing, everything has an id, and what is lost is said."""
    text, loss = formats.dumps(formats.loads(MADE), "aif")
    data = json.loads(text)
    assert str(loss) == "1 implicit premise not carried by aif"
    assert_consistent(data)
    assert all({"edgeID", "fromID", "toID", "formEdgeID"} == edge.keys() for edge in data["edges"])
    for each in data["nodes"]:
        assert all(isinstance(each[key], str) and each[key] for key in ("nodeID", "text", "type"))
        if each["type"] in ("RA", "CA", "MA"):
            assert len([e for e in data["edges"] if e["fromID"] == each["nodeID"]]) == 1
            assert [e for e in data["edges"] if e["toID"] == each["nodeID"]]
    again = formats.loads(text, "aif")
    assert again.speakers["mayor"].name == "Bürgermeister: Ω"
    assert (again.claims["cost"].speaker, again.claims["cost"].commitment) == ("mayor", "asked")


@pytest.mark.parametrize("format_name", ["aif", "xaif"])
def test_the_arguebuf_package_reads_a_map_made_by_hand(format_name: str) -> None:
    """With all its claims, relations, edges and the scheme that both know."""
    arguebuf = pytest.importorskip("arguebuf")
    m = formats.loads(MADE)
    data = json.loads(formats.dumps(m, format_name)[0])
    graph = arguebuf.load.xaif(data) if format_name == "xaif" else arguebuf.load.aif(data)
    assert {each.plain_text for each in graph.atom_nodes.values()} == {claim.text for claim in m.claims.values()}
    assert (len(graph.scheme_nodes), len(graph.edges)) == (4, 9)
    assert graph.scheme_nodes["because"].scheme == arguebuf.Support.CAUSE_TO_EFFECT


def test_a_claim_and_a_relation_of_one_id_are_written() -> None:
    """What is said of the claim is not looked for on the relation that shares its id."""
    nodes = [
        {"nodeID": "1", "text": "A.", "type": "I"},
        {"nodeID": "1", "text": "Default Inference", "type": "RA"},
        {"nodeID": "2", "text": "B.", "type": "I"},
        {"nodeID": "3", "text": "Bob : A.", "type": "L"},
        {"nodeID": "4", "text": "Asserting", "type": "YA"},
    ]
    edges = [{"fromID": start, "toID": end} for start, end in (("3", "4"), ("4", "1"), ("2", "1"))]
    m = formats.loads(json.dumps({"nodes": nodes, "edges": edges, "locutions": []}), "aif", keep_dialogue=True)
    again = formats.loads(formats.dumps(m, "aif")[0], "aif")
    assert again.speakers[again.claims["1"].speaker or ""].name == "Bob"


def test_speakers_stand_in_other_files_of_the_folder(tmp_path: Path) -> None:
    """AIFdb cuts a dialogue into nodesets that share nodes: who says a claim may stand in another; the text must be the same."""
    said_there = nodeset(
        [node("1", "I", "It rains."), node("8", "L", "Ann : it rains"), node("9", "YA", "Asserting")],
        ("8", "9"),
        ("9", "1"),
    )
    used_here = nodeset(
        [node("1", "I", "It rains."), node("2", "I", "It is wet."), node("3", "RA", "Default Inference")],
        ("1", "3"),
        ("3", "2"),
    )
    (tmp_path / "nodeset1.json").write_text(said_there)
    (tmp_path / "nodeset2.json").write_text(used_here)
    (tmp_path / "other.json").write_text(said_there.replace("It rains.", "It snows.").replace('"1"', '"2"'))
    reading = formats.examine(tmp_path / "nodeset2.json")
    assert (speaker_of(reading.map), speaker_of(reading.map, "2")) == ("Ann", None)
    assert [each.rule for each in reading.findings] == ["sibling-speaker"]
    assert speaker_of(formats.read(tmp_path / "nodeset2.json", keep_dialogue=True)) is None
    # A process that stays, such as the editor's, sees a sibling that changed.
    (tmp_path / "nodeset1.json").write_text(said_there.replace("Ann :", "Ben :"))
    os.utime(tmp_path / "nodeset1.json", ns=(0, 1))
    assert speaker_of(formats.read(tmp_path / "nodeset2.json")) == "Ben"
    # A file that is only searched is no input, which no output may replace.
    for _ in range(2):
        run = CliRunner().invoke(main, ["convert", str(tmp_path / "nodeset2.json"), str(tmp_path / "out.json")])
        assert run.exit_code == 0, run.output


def test_an_id_in_many_files_is_no_shared_node(tmp_path: Path) -> None:
    """Files whose nodes are numbered from 1 share ids and nothing else; a folder of them is read in one go."""
    said = nodeset(
        [node("1", "I", "It rains."), node("8", "L", "Ann : it rains"), node("9", "YA", "Asserting")],
        ("8", "9"),
        ("9", "1"),
    )
    for n in range(siblings.MOST_SHARED + 1):
        (tmp_path / f"{n}.json").write_text(said)
    (tmp_path / "mine.json").write_text(nodeset([node("1", "I", "It rains.")]))
    assert speaker_of(formats.read(tmp_path / "mine.json")) is None
