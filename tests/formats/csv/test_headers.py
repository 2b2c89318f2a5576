"""CSV as people make it: with Excel, with R, by hand, with the names and the layout that come to mind."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from argmap import formats
from argmap.formats.csv.rows import guarded, restored
from argmap.model import Attack, Map, Support

EXCEL = "type;id;text;target;by;;\r\nclaim;a;Fällt es?;;;;\r\nclaim;b;Es rostet.;;;;\r\npro;;;a;b;;\r\n;;;;;;\r\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("said", ["", "sep={}\r\n"])
def test_excel(tmp_path: Path, encoding: str, mark: str, said: str) -> None:
    """Semicolons or tabs, a mark of the encoding, `sep=`, columns and rows that are empty."""
    path = tmp_path / "bridge.csv"
    path.write_bytes((said.format(mark) + EXCEL.replace(";", mark)).encode(encoding))
    reading = formats.examine(path)
    assert {finding.rule for finding in reading.findings} == {"encoding"}
    assert [claim.text for claim in reading.map.claims.values()] == ["Fällt es?", "Es rostet."]
    assert [(type(r), r.by, r.target) for r in reading.map.relations] == [(Support, ("b",), "a")]


def test_excel_in_an_old_encoding(tmp_path: Path) -> None:
    """Text of Windows is read as that, with the place of its first letter that is not UTF-8, and the way out."""
    path = tmp_path / "bridge.csv"
    path.write_bytes(EXCEL.encode("cp1252"))
    reading = formats.examine(path)
    assert next(iter(reading.map.claims.values())).text == "Fällt es?"
    (finding,) = reading.findings
    assert str(finding).startswith(f"{path}:2:10: warning: encoding: not UTF-8: ")
    assert str(finding).endswith("Save it as UTF-8.")


def test_lines_of_an_old_macintosh() -> None:
    """Lines may end in a carriage return alone."""
    assert formats.loads("id,text\ra,It rusts.\r", name="x.csv").claims["a"].text == "It rusts."


LAYOUTS = {
    "a parent and a type": "id,claim,parent,type\n1,Close it.,,thesis\n2,It rusts.,1,pro\n3,Only paint.,2,con\n",
    "parents by their words": "Statement;Parent;Relation\nClose it.;;\nIt rusts.;Close it.;pro\nOnly paint.;It rusts.;con\n",
    "premises in columns": "Claim,Premise 1,Premise 2\nClose it.,It rusts.,\n",
    "premise and conclusion": "premise,conclusion,relation\nIt rusts.,Close it.,supports\nOnly paint.,It rusts.,attacks\n",
    "verbs": "Claim;Supports;Attacks\nClose it.;;\nIt rusts.;Close it.;\nOnly paint.;;It rusts.\n",
    "passive verbs": "id,text,supported by,attacked_by\na,Close it.,b,\nb,It rusts.,,c\nc,Only paint.,,\n",
    "where it is from": "claim,conclusion,source\nClose it.,,\nIt rusts.,Close it.,Smith 2003\n",
    "from and to": "from,to,type\nIt rusts.,Close it.,+\nOnly paint.,It rusts.,-\n",
    "claims, then edges": "id,text,source,target\n1,Close it.,,\n2,It rusts.,,\n,,2,1\n",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_that_come_to_mind(layout: str) -> None:
    """Each says that it rusts, therefore close it."""
    reading = formats.examine_text(LAYOUTS[layout], "csv", name="x.csv")
    m = reading.map
    ties = [
        (type(r), [m.claims[claim_id].text for claim_id in r.by], m.claims[r.target or ""].text) for r in m.relations
    ]
    assert not reading.findings
    assert ties[0] == (Support, ["It rusts."], "Close it.")
    assert ties[1:] in ([], [(Attack, ["Only paint."], "It rusts.")])
    assert len(m.claims) == len(ties) + 1
    assert m.thesis in (None, "1")
    assert not any(set(claim.extra.get("csv", {})) - {"source"} for claim in m.claims.values())
    assert formats.loads(formats.dumps(m, "csv")[0]) == m


def test_several_premises_in_a_cell() -> None:
    """Ids or words, apart by semicolons, commas, bars or lines; commas inside words of a claim stay."""
    text = 'id,text,by\na,A.,"b, c"\nb,B.,c|d\nc,C.,"It rusts, they say; It is old."\nd,D.,"b\nc"\n'
    m = formats.loads(text, name="x.csv")
    assert [(r.target, r.by) for r in m.relations] == [
        ("a", ("b", "c")),
        ("b", ("c", "d")),
        ("c", ("c5", "c6")),
        ("d", ("b", "c")),
    ]
    assert m.claims["c5"].text == "It rusts, they say"


def test_a_table_of_ids_alone_is_a_graph_of_claims() -> None:
    """Where nothing gives the claims their words, their ids are all there is."""
    m = formats.loads("source,target\nb,a\nc,a\n", "csv", name="x.csv")
    assert {claim_id: claim.text for claim_id, claim in m.claims.items()} == {"b": "b", "a": "a", "c": "c"}


def test_r() -> None:
    """R numbers its rows in a column without a name, and writes NA where there is nothing."""
    m = Map.model_validate(
        {
            "id": "m",
            "claims": {"NA": {"text": "A.", "kind": "fact"}, "b": {"text": "NA", "note": "NA"}},
            "relations": [{"support": "NA", "by": "b"}],
        }
    )
    rows = list(csv.reader(io.StringIO(formats.dumps(m, "csv")[0])))
    file = io.StringIO()
    for n, row in enumerate(rows):
        csv.writer(file, quoting=csv.QUOTE_ALL).writerow(["" if n == 0 else n, *(cell or "NA" for cell in row)])
    assert formats.loads(file.getvalue()) == m


@pytest.mark.parametrize(
    "text", ["1-2", "3/4", "1996-04-29", "1.2.", "Mar 1", "2 Dez", "007", "1E5", "12:30", "NA", "true", "'1-2"]
)
def test_words_that_a_spreadsheet_would_change_are_kept_from_it(text: str) -> None:
    """A cell of words that looks like a date or a number is guarded, a cell of anything else is as it was."""
    assert guarded(text, words=True) == f"'{text}"
    assert restored(guarded(text, words=True)) == restored(guarded(text)) == text


def test_columns_of_ours_are_never_taken_for_others() -> None:
    """A column of a person's own comes back by its name, also one that elsewhere means something to argmap."""
    claim = {"text": "A.", "extra": {"csv": {"source": "Smith", "comment": "good", "parent": "x", "Rating": "1-2"}}}
    m = Map.model_validate({"id": "m", "claims": {"a": claim}})
    text = formats.dumps(m, "csv")[0]
    assert formats.loads(text) == m
    assert ",1-2," in text


def test_a_column_that_is_there_twice() -> None:
    """The first is read, the other kept, and that is said."""
    reading = formats.examine_text("id,text,Text\na,A.,B.\n", name="x.csv")
    assert reading.map.claims["a"].text == "A."
    assert reading.map.claims["a"].extra == {"csv": {"text-2": "B."}}
    assert [finding.rule for finding in reading.findings] == ["duplicate-column"]


def test_a_column_that_is_there_three_times() -> None:
    """Each of the others is kept by a name of its own, which no column has."""
    reading = formats.examine_text("id,text,foo,foo,foo,foo-2\na,A.,1,2,3,4\n", name="x.csv")
    kept = {"csv": {"foo": "1", "foo-3": "2", "foo-4": "3", "foo-2": "4"}}
    assert reading.map.claims["a"].extra == kept
    assert [finding.message for finding in reading.findings] == [
        f"two columns are called 'foo': the first is read, the other kept as '{name}'." for name in ("foo-3", "foo-4")
    ]
    assert formats.loads(formats.dumps(reading.map, "csv")[0]).claims["a"].extra == kept


def test_schemes_are_called_as_the_list_calls_them() -> None:
    """A scheme written by hand is read as the list spells it, one of ours as it was written."""
    hand = formats.loads(
        "text,target,scheme\nA.,,\nB.,A.,CauseToEffect\nC.,A.,my own\nD.,A.,Default Inference\n", name="x.csv"
    )
    assert [r.scheme for r in hand.relations] == ["cause to effect", "my own", None]
    relations = [{"attack": "a", "by": "b", "scheme": scheme} for scheme in ("CauseToEffect", "sign", '"x"', "1-2")]
    m = Map.model_validate({"id": "m", "claims": {"a": {"text": "A."}, "b": {"text": "B."}}, "relations": relations})
    assert formats.loads(formats.dumps(m, "csv")[0]) == m


def test_speakers_by_name() -> None:
    """A name makes a speaker, also one that could be an id."""
    m = formats.loads("text,author\nA.,Smith\nB.,The Mayor\n", name="x.csv")
    assert {claim_id: speaker.name for claim_id, speaker in m.speakers.items()} == {
        "Smith": "Smith",
        "The-Mayor": "The Mayor",
    }


def test_what_a_row_says_beside_is_kept() -> None:
    """A relation's text or kind has no place in a map: it is kept, and written back."""
    text = "type,id,text,target,by,kind\nclaim,a,A.,,,\nclaim,b,B.,,,\nsupport,,Because of this,a,b,fact\n"
    m = formats.loads(text, name="x.csv")
    assert m.relations[0].extra == {"csv": {"text": "Because of this", "kind": "fact"}}
    assert formats.loads(formats.dumps(m, "csv")[0]).relations == m.relations


WHOLE = """\
type,id,text,target,by,quote,kind,issue,position,speaker,implicit,label,note,extra,Rating
map,bridge,Should it be closed?,close,,,,,,The Mayor,,,,,
speaker,The Mayor,Jane Doe,,,,,,,,,in office,Elected in 2003.,,4
issue,safety,How safe is it?,,,,,,,,,,,,
position,no,unsafe,safety,,,,,,,,,,,
claim,close,Close it.,,,Close it.,policy,,,The Mayor,,,,,
claim,c d,It rusts.,,,,fact,safety,no,,,,,,
support,r 1,,close,c d; old,,,,,,,,,,
attack,,,r 1,old,,,,,,,,,,
claim,old,It is old.,,,,,,,,maybe,,,,
"""


def test_ids_that_cannot_be_ids_are_changed() -> None:
    """Claims, relations and speakers have words for ids; what the table called them is kept in the cell `extra`."""
    reading = formats.examine_text(WHOLE, name="x.csv")
    m = reading.map
    assert list(m.claims) == ["close", "c-d", "old"]
    assert [(r.id, r.target, r.by) for r in m.relations] == [("r-1", "close", ("c-d", "old")), (None, "r-1", ("old",))]
    assert (m.claims["c-d"].extra, m.relations[0].extra) == ({"csv": {"id": "c d"}}, {"csv": {"id": "r 1"}})
    text = formats.dumps(m, "csv")[0]
    assert formats.loads(text) == m
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in rows] == ["bridge", "The-Mayor", "safety", "no", "close", "c-d", "old", "r-1", ""]
    assert [(row["target"], row["by"]) for row in rows[-2:]] == [("close", "c-d old"), ("r-1", "old")]
    assert json.loads(rows[5]["extra"]) == {"csv": {"id": "c d"}}


def test_an_id_that_was_changed_since_is_not_written_back() -> None:
    """What a table called a claim is kept beside the id that it has now."""
    m = Map.model_validate({"id": "m", "claims": {"rust": {"text": "It rusts.", "extra": {"csv": {"id": "c d"}}}}})
    text = formats.dumps(m, "csv")[0]
    assert "claim,rust,It rusts.," in text
    assert formats.loads(text) == m


def test_cells_that_mean_nothing_in_their_row_are_kept() -> None:
    """A note on a speaker, a speaker of the whole map, a word that is neither yes nor no."""
    reading = formats.examine_text(WHOLE, name="x.csv")
    m = reading.map
    assert m.extra == {"csv": {"speaker": "The Mayor"}}
    assert m.speakers["The-Mayor"].extra == {"csv": {"id": "The Mayor", "note": "Elected in 2003.", "Rating": "4"}}
    assert m.claims["old"].extra == {"csv": {"implicit": "maybe"}}
    assert [finding.rule for finding in reading.findings] == ["unknown-value"]


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        (
            "map,other,Is it old?,,,,,,,,,,,,",
            "11:1: warning: more-maps: the table holds several maps: the first is read, and all claims are of that.",
        ),
        (
            "issue,safety,How old is it?,,,,,,,,,,,,",
            "11:7: warning: duplicate-id: issue 'safety' occurs twice: each needs its own id.",
        ),
        (
            "speaker,The Mayor,John Doe,,,,,,,,,,,,",
            "11:9: warning: duplicate-id: speaker 'The Mayor' occurs twice: each needs its own id.",
        ),
        (
            "position,no,in danger,safety,,,,,,,,,,,",
            "11:10: warning: duplicate-id: position 'no' occurs twice: each needs its own id.",
        ),
        (
            "issue,how old,How old is it?,,,,,,,,,,,,",
            "11:7: warning: changed-id: 'how old' cannot be an id: read as 'how-old'.",
        ),
        (
            "issue,age,How old is it?,,,,fact,,,,,,,,",
            "11:29: warning: unknown-cell: a row of type `issue` has no place for 'kind': left out.",
        ),
        (
            "position,yes,safe,safety,,,,,,,,,,,5",
            "11:36: warning: unknown-cell: a row of type `position` has no place for 'Rating': left out.",
        ),
        (
            "quote,close,,,,It must go.,,,,,,,twice,,",
            "11:34: warning: unknown-cell: a row of type `quote` has no place for 'note': left out.",
        ),
        ("quote,close,It must go.,,,,,,,,,,,,", "11:27: warning: missing-text: this quote has no words."),
        (
            "support,,,close old,c d,,,,,,,,,,",
            "11:11: warning: several-targets: 'close old' names 2: the first is read.",
        ),
        (
            "thesis,age,It is old.,,,,,,,,,,,,",
            "11:1: warning: more-theses: the map has a thesis already: read as a claim.",
        ),
    ],
)
def test_what_has_no_place_is_a_finding(row: str, finding: str) -> None:
    """A row or a cell that a map cannot hold is told with its place."""
    text = WHOLE.replace("claim,close", "thesis,close") + row + "\n"
    assert f"x.csv:{finding}" in map(str, formats.examine_text(text, name="x.csv").findings)


def test_what_is_there_twice_is_kept_twice() -> None:
    """A second speaker, issue or position by one id gets another, and takes the place of none."""
    again = "speaker,The Mayor,John Doe,\nissue,safety,How old?,\nposition,no,in danger,safety\nmap,other,Old?,\n"
    m = formats.loads(WHOLE + again, name="x.csv")
    assert {claim_id: speaker.name for claim_id, speaker in m.speakers.items()} == {
        "The-Mayor": "Jane Doe",
        "The-Mayor-2": "John Doe",
    }
    assert {claim_id: issue.question for claim_id, issue in m.issues.items()} == {
        "safety": "How safe is it?",
        "safety-2": "How old?",
    }
    assert {claim_id: step.label for claim_id, step in m.issues["safety"].scale.items()} == {
        "no": "unsafe",
        "no-2": "in danger",
    }
    assert (m.id, m.title, m.thesis) == ("bridge", "Should it be closed?", "close")
    assert formats.loads(formats.dumps(m, "csv")[0]) == m


def test_a_position_that_cannot_be_an_id() -> None:
    """A claim's position is the one that its issue's scale has by that name, and the name is kept."""
    text = "type,id,text,target,by,issue,position\nissue,s,Safe?,,,,\nposition,not so,no,s,,,\nclaim,a,A.,,,s,not so\n"
    m = formats.loads(text, name="x.csv")
    assert list(m.issues["s"].scale) == [m.claims["a"].position] == ["not-so"]
    assert m.claims["a"].extra == {"csv": {"position": "not so"}}
    assert formats.loads(formats.dumps(m, "csv")[0]).claims == m.claims


def test_a_claim_for_several_others() -> None:
    """A claim with two parents does the same to both; the thesis that a row names stays without a word on the map."""
    text = "type,id,text,target\nmap,m,Closed?,\nthesis,a,Close it.,\nclaim,b,It is old.,\npro,c,It rusts.,a;b\n"
    reading = formats.examine_text(text, name="x.csv")
    assert not reading.findings
    assert [(r.by, r.target) for r in reading.map.relations] == [(("c",), "a"), (("c",), "b")]
    assert reading.map.thesis == "a"


def test_a_cell_may_be_as_long_as_a_file() -> None:
    """What is written is read, however long."""
    m = Map.model_validate({"id": "long", "claims": {"a": {"text": "word " * 40_000 + "end"}}})
    assert formats.loads(formats.dumps(m, "csv")[0], "csv").claims == m.claims


def test_a_row_that_ties_nothing_is_a_finding() -> None:
    """A relation without an end is read as it stands, with the place of the cell that is empty."""
    findings = formats.examine_text("type,id,text,target,by\nclaim,a,A.,,\npro,,,a,\n", "csv", "x.csv").findings
    assert [str(finding) for finding in findings] == ["x.csv:3:9: warning: no-premise: nothing leads to this support."]
