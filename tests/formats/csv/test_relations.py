"""CSV: what a row does to which claim, in the words and the layout of whoever made the table."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from argmap import formats
from argmap.findings import ArgmapError
from argmap.formats.common.format import Reading
from argmap.formats.common.relation_words import stance_word
from argmap.formats.csv.rows import guarded, restored
from argmap.model import Map


def examine(text: str) -> Reading:
    """Read a table; what it says comes back from the table that is written of it."""
    reading = formats.examine_text(text, "csv", name="x.csv")
    assert formats.loads(formats.dumps(reading.map, "csv")[0], "csv").relations == reading.map.relations
    return reading


def ties(m: Map) -> list[tuple[str, str, str]]:
    """Each relation as a sentence: which words do what to which."""

    def words(claim_id: str) -> str:
        return m.claims[claim_id].text

    return [(" & ".join(map(words, r.by)), f"{r.type}s", words(r.target or "")) for r in m.relations]


def told(reading: Reading) -> list[str]:
    """The findings as they are printed."""
    return [str(finding) for finding in reading.findings]


COSTS = [("Closing costs money", "attacks", "Close the bridge")]


@pytest.mark.parametrize(
    "header",
    ["stance", "Stance", "pro/con", "Pro / Con", "Pro or Con", "Relation Type", "relation", "Polarity", "For/Against"],
)
@pytest.mark.parametrize("types", [("", ""), ("claim", "premise"), ("thesis", "argument"), ("claim", "support")])
def test_a_column_of_stances_tells_the_relation(header: str, types: tuple[str, str]) -> None:
    """Also beside a type, which a claim has as well: an objection never becomes a support."""
    first, second = types
    text = f"id,text,type,parent,{header}\n1,Close the bridge,{first},,\n2,Closing costs money,{second},1,con\n"
    reading = examine(text)
    assert ties(reading.map) == COSTS
    assert not reading.findings
    assert reading.map.claims["1"].extra == {}
    assert reading.map.claims["2"].extra == ({"csv": {"type": second}} if second in ("premise", "support") else {})


def test_of_several_columns_the_first_that_names_a_relation_counts() -> None:
    """A stance that names none leaves the word to the relation, and is kept."""
    m = examine("id,claim,parent,relation,stance\n1,A,,,\n2,B,1,attacks,\n3,C,1,con,neutral\n").map
    assert ties(m) == [("B", "attacks", "A"), ("C", "attacks", "A")]
    assert m.claims["3"].extra == {"csv": {"stance": "neutral"}}


def test_a_stance_in_a_table_made_after_ours() -> None:
    """Where all of our columns are there, a claim's stance counts still, and what stands beside a relation is kept."""
    m = examine("type,id,text,target,by,stance\nclaim,a,A.,,,\npremise,b,B.,a,,con\nattack,,,a,b,pro\n").map
    assert ties(m) == [("B.", "attacks", "A.")] * 2
    assert m.relations[1].extra == {"csv": {"stance": "pro"}}


ATTACKS = (
    *(
        "con",
        "Con",
        "CONTRA",
        "Kontra",
        "dagegen",
        "Einwand",
        "Gegenargument",
        "against",
        "objection",
        "counterargument",
    ),
    *("-1", "−1", "-", "not support", "does not support", "con argument", "evidence against", "undermines the premise"),
)
SUPPORTS = ("pro", "Pro", "dafür", "+1", "1", "+", "for", "supports", "reason", "Pro-Argument", "argument for")


@pytest.mark.parametrize(("words", "relation"), [(ATTACKS, "attacks"), (SUPPORTS, "supports")])
def test_the_words_that_people_use(words: tuple[str, ...], relation: str) -> None:
    """In German and English, in any case, as signs and as numbers."""
    rows = "".join(f"{n};Grund {n};1;{word}\r\n" for n, word in enumerate(words, 2))
    reading = examine(f"id;text;parent;type\r\n1;Brücke sperren;;\r\n{rows}")
    assert [tie[1] for tie in ties(reading.map)] == [relation] * len(words)
    assert not reading.findings
    assert not any(claim.extra for claim in reading.map.claims.values())


@pytest.mark.parametrize(
    "word", ["neutral", "0", "none", "no support", "supports and attacks", "does not attack", "17"]
)
def test_words_that_name_no_relation(word: str) -> None:
    """Nothing is guessed of them."""
    assert stance_word(word) is None


def test_a_word_that_names_no_relation_is_a_finding() -> None:
    """It says what was done, with the place of its cell; the word is kept."""
    reading = examine("id,text,parent,type\n1,A,,\n2,B,1,neutral\n3,C,1,question\n")
    assert told(reading) == [
        f"x.csv:{line}:7: warning: unknown-relation: '{word}' names no relation known: read as a support. Write `support` or `attack`."
        for line, word in ((3, "neutral"), (4, "question"))
    ]
    assert {tie[1] for tie in ties(reading.map)} == {"supports"}
    assert reading.map.claims["3"].extra == {"csv": {"type": "question"}}


def test_so_is_it_in_a_table_of_pairs() -> None:
    """The row is read, with its claims, and its word kept."""
    reading = examine("premise,conclusion,relation\nIt rusts.,Close it.,neutral\nIt is old.,Close it.,neutral\n")
    assert ties(reading.map) == [("It rusts.", "supports", "Close it."), ("It is old.", "supports", "Close it.")]
    assert [finding.rule for finding in reading.findings] == ["unknown-relation"] * 2
    assert reading.map.relations[0].extra == {"csv": {"relation": "neutral"}}


def test_a_kind_or_a_type_of_ones_own_is_a_finding() -> None:
    """Each has the place of its cell."""
    reading = examine("id,text,type,kind\n1,A,idea,opinion\n")
    assert told(reading) == [
        "x.csv:2:10: warning: unknown-value: 'opinion' is not a kind: kept, and not read. One of fact, cause, definition, value, policy, plan, prediction.",
        "x.csv:2:5: warning: unknown-type: no row type 'idea' is known: read as a claim.",
    ]


def test_a_stance_towards_nothing_is_kept_and_told() -> None:
    """A claim that is pro or con, and names nothing that it is for or against, keeps the word."""
    reading = examine("id,text,type\n1,Close,\n2,Rust,pro\n3,Costs,con\n4,Ugly,con\n")
    assert [claim.extra for claim in reading.map.claims.values()] == [
        {},
        *({"csv": {"type": word}} for word in ("pro", "con", "con")),
    ]
    assert told(reading) == [
        "x.csv:3:8: warning: no-target: 'pro' is a stance, but the row names no claim for it: kept, and not read. Name that claim in `parent`.",
        "x.csv:4:9: warning: no-target: 'con' is a stance, but the row names no claim for it: kept, and not read. Name that claim in `parent`.",
        "x.csv:5:8: warning: no-target: 'con' is a stance, but the row names no claim for it: kept, and not read. Name that claim in `parent`.",
    ]
    again = formats.loads(formats.dumps(reading.map, "csv")[0], "csv")
    assert again.claims == reading.map.claims


def test_a_premise_that_another_row_ties_is_no_finding() -> None:
    """Its type says nothing that the relation does not say."""
    reading = examine("id,text,type,target,by\n1,Close it.,claim,,\n2,It rusts.,premise,,\n,,support,1,2\n")
    assert ties(reading.map) == [("It rusts.", "supports", "Close it.")]
    assert not reading.findings


@pytest.mark.parametrize("cell", ['"1,2"', '"1, 2"', "1;2", "1; 2", "1 2"])
def test_a_claim_against_two_others(cell: str) -> None:
    """A parent cell with two ids makes two relations."""
    m = examine(f"id,text,parent,type\n1,Close,,\n2,Rust,1,pro\n3,Refutes both,{cell},con\n").map
    assert ties(m)[1:] == [("Refutes both", "attacks", "Close"), ("Refutes both", "attacks", "Rust")]


# Cells that are shifted, and words that are misspelt


def test_a_comma_that_shifts_cells_is_a_finding() -> None:
    """Also where the cell that is too many is empty."""
    reading = examine("id,text,parent,type\n1,Close, at once,,\n2,Rust,1,pro\n")
    assert [finding.rule for finding in reading.findings] == ["too-many-cells", "unknown-claim"]
    assert str(reading.findings[0].place) == "x.csv:2:1"


@pytest.mark.parametrize(
    "text",
    [
        "id,text,parent,type,,\n1,Close,,,,\n2,Rust,1,pro,,\n",
        "id,text,parent,type\n1,Close,,,,\n2,Rust,1,pro,,\n",
        "id,text,parent,type\n1,Close\n2,Rust,1,pro\n",
    ],
)
def test_columns_that_a_spreadsheet_leaves_empty_are_none(text: str) -> None:
    """Empty cells at the end of all rows, or of the header, are how spreadsheets write; short rows are, too."""
    reading = examine(text)
    assert not reading.findings
    assert ties(reading.map) == [("Rust", "supports", "Close")]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (
            "Claim,Parent,Stance\nClose the bridge.,,\nRust is there.,Close the brigde.,Pro\n",
            "x.csv:3:16: warning: unknown-claim: no claim has the words 'Close the brigde.': one is made of them. Did you mean 'Close the bridge.'?",
        ),
        (
            "Claim,Supports,Attacks\nClose the bridge.,,\nIt is old.,,Close the brigde.\n",
            "x.csv:3:13: warning: unknown-claim: no claim has the words 'Close the brigde.': one is made of them. Did you mean 'Close the bridge.'?",
        ),
        (
            "text,parent,type\nClose,,\nCosts too much,Clsoe,con\n",
            "x.csv:3:16: warning: dangling-reference: no claim or relation 'Clsoe' is there. Did you mean 'Close'?",
        ),
        (
            "id,text,parent\nclose,Close it.,\nrust,It rusts.,clsoe\n",
            "x.csv:3:16: warning: dangling-reference: no claim or relation 'clsoe' is there. Did you mean 'close'?",
        ),
        (
            "id,text,parent,type\n1,Close it,,\n2,Open it,,\n3,It rusts,Option 2,con\n",
            "x.csv:4:12: warning: unknown-claim: no claim has the words 'Option 2': one is made of them.",
        ),
    ],
)
def test_a_parent_that_is_no_claim_of_the_table_is_a_finding(text: str, finding: str) -> None:
    """It has its place, and the nearest claim as the way out."""
    assert told(examine(text)) == [finding]


@pytest.mark.parametrize(
    "text",
    [
        "premise,conclusion\nIt rusts.,Close it.\n",
        "source,target\nIt rusts.,Close it.\n",
        "claim,conclusion\nIt rusts.,Close it.\n",
        "claim,reason\nClose it.,It rusts.\n",
    ],
)
def test_a_table_of_pairs_makes_its_claims(text: str) -> None:
    """There, no claim has a row of its own."""
    reading = examine(text)
    assert ties(reading.map) == [("It rusts.", "supports", "Close it.")]
    assert not reading.findings


def test_words_of_a_claim_count_also_where_it_has_one() -> None:
    """First ids, then texts."""
    reading = examine(
        "id,text,parent,type\n1,Close,,\n2,Costs,Close,con\nClose,Rust,,\n3,Old,Close,pro\n4,Ugly,costs,pro\n"
    )
    assert ties(reading.map) == [
        ("Costs", "attacks", "Rust"),
        ("Old", "supports", "Rust"),
        ("Ugly", "supports", "Costs"),
    ]
    assert not reading.findings
    assert ties(examine("text,parent,type\nClose,,\nCosts too much,Close,con\n").map) == [
        ("Costs too much", "attacks", "Close")
    ]


def test_a_dash_is_no_parent() -> None:
    """It says that there is none."""
    reading = examine("id,claim,parent,type\n1,Close it.,-,–\n2,It rusts.,1,pro\n")
    assert ties(reading.map) == [("It rusts.", "supports", "Close it.")]
    assert (len(reading.map.claims), reading.findings) == (2, ())


# Ids


@pytest.mark.parametrize(
    "claim_id", ["1.10", "1.1", "1.2.3", "01", "1-2", "1e5", "may-1", "1234567890123456", "NA", "true"]
)
def test_ids_that_a_spreadsheet_would_change_are_kept_from_it(claim_id: str) -> None:
    """So that an objection to the tenth reason does not become one to the first."""
    claims = {claim_id: {"text": "A."}, "7": {"text": "B."}}
    m = Map.model_validate(
        {"id": "m", "claims": claims, "thesis": claim_id, "relations": [{"attack": claim_id, "by": ["7"]}]}
    )
    text = formats.dumps(m, "csv")[0]
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["id"], row["target"], row["by"]) for row in rows] == [
        ("m", f"'{claim_id}", ""),
        (f"'{claim_id}", "", ""),
        ("7", "", ""),
        ("", f"'{claim_id}", "7"),
    ]
    assert formats.loads(text) == m


@pytest.mark.parametrize("claim_id", ["7", "12", "110", "2026", "c1", "a.1", "rust", "1a"])
def test_ids_that_no_spreadsheet_changes_stay_plain(claim_id: str) -> None:
    """Whole numbers above all."""
    assert guarded(claim_id, words=True) == restored(claim_id) == claim_id


# Tables of edges


@pytest.mark.parametrize(
    "text",
    [
        "source,target,label\nIt rusts,Close it,supports\nIt costs,Close it,attacks\n",
        "from,to,kind\nIt rusts,Close it,pro\nIt costs,Close it,con\n",
        "source,target,relation\nIt rusts,Close it,+\nIt costs,Close it,-\n",
        "source,target,label\nIt rusts,Close it,1\nIt costs,Close it,-1\n",
        "Source,Target,Type,Label\nIt rusts,Close it,Directed,supports\nIt costs,Close it,Directed,attacks\n",
        "premise,conclusion,label\nIt rusts,Close it,supports\nIt costs,Close it,attacks\n",
        "id,label,source,target,type\n1,It rusts,,,\n2,Close it,,,\n3,It costs,,,\n,,1,2,pro\n,,3,2,con\n",
        "id,label,source,target\n1,It rusts,,\n2,Close it,,\n3,It costs,,\n,pro,1,2\n,con,3,2\n",
    ],
)
def test_the_label_of_an_edge_names_its_relation(text: str) -> None:
    """So do kind and relation; a direction, as Gephi has it, says nothing."""
    reading = examine(text)
    assert ties(reading.map) == [("It rusts", "supports", "Close it"), ("It costs", "attacks", "Close it")]
    assert len(reading.map.claims) == 3
    assert not reading.findings


def test_edges_as_gephi_exports_them() -> None:
    """Its edges are numbered as its nodes are: a number is a node, and the rest is kept."""
    header = "Source,Target,Type,Id,Label,timeset,Weight\n"
    reading = examine(f"{header}0,1,Directed,0,supports,,1.0\n2,1,Directed,1,attacks,,1.0\n")
    assert ties(reading.map) == [("0", "supports", "1"), ("2", "attacks", "1")]
    assert reading.map.relations[1].extra == {"csv": {"type": "Directed", "Weight": "1.0", "id": "1"}}
    assert not reading.findings


def test_a_label_that_names_no_relation_is_a_finding() -> None:
    """A weight is kept and no more; nought may mean that there is no relation at all."""
    reading = examine("source,target,label\na,b,hinders\nc,b,5\nd,b,0\n")
    assert [tie[1] for tie in ties(reading.map)] == ["supports"] * 3
    assert [finding.message for finding in reading.findings] == [
        f"{word!r} names no relation known: read as a support." for word in ("hinders", "0")
    ]
    assert [relation.extra["csv"] for relation in reading.map.relations] == [
        *({"label": "hinders"}, {"label": "5"}, {"label": "0"})
    ]


def test_numbers_alone_are_no_claims() -> None:
    """A table of labels has none, and is refused with the names that would do."""
    with pytest.raises(ArgmapError, match=r"^x\.csv:1:1: unreadable: .*`claim`, with `parent` and `type`"):
        formats.examine_text("arg_id,key_point_id,label\na,k,1\nb,k,0\n", "csv", name="x.csv")


@pytest.mark.parametrize(
    "text",
    [
        "source,target,type\nClose it,It rusts,is supported by\n",
        "from,to,label\nClose it,It rusts,supportedBy\n",
        "id,text,parent,type\n1,Close it,2,supported by\n2,It rusts,,\n",
        "premise,conclusion,relation\nIt rusts,Close it,supported by\n",
        "text,supported by\nClose it,It rusts\n",
    ],
)
def test_a_passive_word_leads_the_other_way(text: str) -> None:
    """From what is supported to what supports it, unless the columns say themselves which is which."""
    reading = examine(text)
    assert ties(reading.map) == [("It rusts", "supports", "Close it")]
    assert not reading.findings


# Columns of reasons


BOTH = [("It rusts", "supports", "Close it"), ("It costs", "attacks", "Close it")]


@pytest.mark.parametrize(
    "text",
    [
        "Conclusion,Premise 1,Objection\nClose it,It rusts,It costs\n",
        "Claim,Pro,Con\nClose it,It rusts,It costs\n",
        "claim,pros,counterargument\nClose it,It rusts,It costs\n",
        "claim,support,attack\nClose it,It rusts,It costs\n",
        "claim,supporting argument,objection 1\nClose it,It rusts,It costs\n",
        "claim,pro,con\nClose it,It rusts,\nClose it,,It costs\n",
        "id,text,pro,con\n1,Close it,2,3\n2,It rusts,,\n3,It costs,,\n",
    ],
)
def test_columns_of_reasons_for_and_against(text: str) -> None:
    """In words or by ids; a claim that occurs twice is one."""
    reading = examine(text)
    assert ties(reading.map) == BOTH
    assert len(reading.map.claims) == 3
    assert not any(claim.extra for claim in reading.map.claims.values())
    assert not reading.findings


def test_reasons_of_one_word() -> None:
    """Beside a claim, a single word is a reason as well, and several are apart by semicolons."""
    reading = examine("Conclusion,Premise 1,Objection\nClose the bridge,Rust everywhere,Costs; Detours\n")
    assert ties(reading.map) == [
        ("Rust everywhere", "supports", "Close the bridge"),
        ("Costs", "attacks", "Close the bridge"),
        ("Detours", "attacks", "Close the bridge"),
    ]
    assert ties(examine("claim,premise\nClose,Rust\n").map) == [("Rust", "supports", "Close")]


def test_what_stands_beside_an_objection_is_kept() -> None:
    """Also where the row has no premise, and so no relation but the objection."""
    m = examine("Conclusion,Premise 1,Objection,Rating\nClose it,,It costs,5\n").map
    assert ties(m) == BOTH[1:]
    assert m.relations[0].extra == {"csv": {"Rating": "5"}}


def test_votes_are_no_reasons() -> None:
    """Numbers in such a column are kept as what they are."""
    m = examine("id,text,pro,con\n1,Close it,12,3\n").map
    assert m.claims["1"].extra == {"csv": {"pro": "12", "con": "3"}}
    assert not m.relations


def test_a_claim_with_a_parent_and_premises_is_a_claim() -> None:
    """What its word says is about the parent; its premises are for it."""
    m = examine("claim,parent,premise,type\nClose it.,,,\nIt costs.,Close it.,It is steel.,con\n").map
    assert ties(m) == [("It costs.", "attacks", "Close it."), ("It is steel.", "supports", "It costs.")]


# Headers


def test_places_are_those_of_the_file() -> None:
    """Empty lines and the line `sep=` count."""
    (finding,) = examine("\nsep=,\n\nclaim,parent\nClose it,\nIt costs,Close ti\n").findings
    assert str(finding.place) == "x.csv:6:10"


GERMAN = "Nr;Behauptung;Übergeordnet;Pro / Contra;Sprecher\n1;Close it;;;\n2;It costs;1;Contra;Müller\n"


def test_headings_of_any_language_are_named_by_the_user() -> None:
    """`columns` says which heading is which field; other headings are found as ever."""
    columns = {"text": "Behauptung", "parent": "übergeordnet", "speaker": "Sprecher"}
    reading = formats.examine_text(GERMAN, "csv", columns=columns)
    assert ties(reading.map) == BOTH[1:]
    assert [speaker.name for speaker in reading.map.speakers.values()] == ["Müller"]
    assert not reading.findings


def test_a_named_column_goes_before_one_that_has_the_name() -> None:
    """What was called `text` is kept under another name, not read twice."""
    m = formats.loads("id,text,Satz\n1,draft,Close it\n", "csv", columns={"text": "Satz"})
    assert (m.claims["1"].text, m.claims["1"].extra) == ("Close it", {"csv": {"text-2": "draft"}})


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"text": "Satz"}, "no column is called 'Satz': the headings are Nr, Behauptung, Übergeordnet, Pro / Contra,"),
        ({"wort": "Behauptung"}, "no field is called 'wort': one of type, id, text, target, by,"),
        ({}, "Or name a column yourself: --column text=Nr"),
    ],
)
def test_a_field_or_heading_that_is_not_there_is_one_line(columns: dict[str, str], message: str) -> None:
    """The line lists the names that are there."""
    with pytest.raises(ArgmapError) as refused:
        formats.examine_text(GERMAN, "csv", name="x.csv", columns=columns)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_header_of_unknown_names_is_told_those_that_are_taken() -> None:
    """In everyday words, and in ours."""
    with pytest.raises(ArgmapError) as refused:
        formats.examine_text("Title of the sheet\nThis;that\n1;2\n", "csv", name="x.csv")
    assert str(refused.value) == (
        "x.csv:1:1: unreadable: the first line names no columns known here: give `claim`, with `parent` and `type` for what it is a reason for or against; or `premise` and `conclusion`; or `text`, `target` and `by`. Or name a column yourself: --column text=Title of the sheet"
    )


def test_a_corpus_of_stances(tmp_path: Path) -> None:
    """Arguments with their stance as numbers, and a topic that is no parent, are claims, each with a finding."""
    path = tmp_path / "arguments.csv"
    rows = "".join(f"arg_{n},It is reason {n},We should close it,{1 - 2 * (n % 2)}\n" for n in range(900))
    path.write_text(f"arg_id,argument,topic,stance\n{rows}")
    reading = formats.examine(path)
    assert [finding.rule for finding in reading.findings] == ["no-target"] * 900
    assert reading.map.claims["c1"].extra["csv"]["stance"] == "1"


def test_an_unread_column_of_relations_is_told() -> None:
    """Where no other column tells relations, one of nothing but words for them is named, with the way to read it."""
    text = "id,text,parent,Verdict\n1,Close,,\n2,Cost,1,con\n"
    (finding,) = formats.examine_text(text, "csv").findings
    assert finding.rule == "unread-column"
    assert "--column type=Verdict" in (finding.hint or "")
    marks = formats.examine_text("id,claim,parent,pro,con\n1,Close it,,,\n2,It rusts,1,x,\n3,It costs,1,,x\n", "csv")
    assert [found.rule for found in marks.findings] == ["unread-column"] * 2
    m = formats.loads(text, "csv", columns={"type": "Verdict"})
    assert ties(m) == [("Cost", "attacks", "Close")]


def test_votes_tell_nothing() -> None:
    """Numbers in a column of another name say nothing of what a claim does."""
    m = formats.loads("id,text,parent,votes\n1,Close,,\n2,Cost,1,-1\n", "csv")
    assert [relation.type for relation in m.relations] == ["support"]
    assert m.claims["2"].extra == {"csv": {"votes": "-1"}}


def test_numbers_are_the_same_with_and_without_a_point() -> None:
    """Pandas writes a column of numbers with gaps as 1.0 and 2.0."""
    m = formats.loads("id,text,parent,type\n1,Close,,\n2,Rust,1.0,pro\n10,Cost,2.0,con\n", "csv")
    assert [(relation.type, relation.target) for relation in m.relations] == [("support", "1"), ("attack", "2")]
