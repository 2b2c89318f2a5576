"""BRAT standoff as its own tools and corpora write it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap import anchor, formats
from argmap.findings import ArgmapError
from argmap.formats.common.format import Reading
from argmap.model import Attack, Map, Support
from tests.formats.test_formats import back

ESSAY = """\
Should schools teach in groups?

Rivalry is praised. I believe that schools should teach in groups.
Groups teach how to listen, as a pupil has to hear the others out. On the other hand, working alone makes
pupils quick. But speed is not everything.
In conclusion, working together serves pupils best.
"""

PLACES = [
    ("T1\tMajorClaim", "schools should teach in groups"),
    ("T2\tMajorClaim", "working together serves pupils best"),
    ("T3\tClaim", "Groups teach how to listen"),
    ("A1\tStance T3 For", None),
    ("T4\tPremise", "a pupil has to hear the others out"),
    ("T5\tClaim", "working alone makes|pupils quick"),
    ("A2\tStance T5 Against", None),
    ("T6\tPremise", "speed is not everything"),
    ("R1\tsupports Arg1:T4 Arg2:T3\t", None),
    ("R2\tattacks Arg1:T6 Arg2:T5\t", None),
    ("#1\tAnnotatorNotes T5\tis it?", None),
    ("#2\tAnnotatorNotes A2\tsure", None),
]
"""An essay annotated as the argument annotated essays are: stances in lines of their own, what crosses a line in two pieces."""


def annotations(text: str = ESSAY) -> str:
    """The essay's annotation file, its places counted in `text`."""
    lines = []
    for head, words in PLACES:
        if words is None:
            lines.append(head)
            continue
        pieces = words.split("|")
        places = ";".join(f"{text.index(piece)} {text.index(piece) + len(piece)}" for piece in pieces)
        lines.append(f"{head} {places}\t{' '.join(pieces)}")
    return "\n".join(lines) + "\n"


def examine(folder: Path, ann: str, text: str | None = ESSAY) -> Reading:
    """What is read from an annotation file and the text beside it."""
    path = folder / "essay.ann"
    path.write_bytes(ann.encode())
    if text is not None:
        path.with_suffix(".txt").write_bytes(text.encode())
    return formats.examine(path)


def test_an_annotated_essay(tmp_path: Path) -> None:
    """Stances tie claims to the first major claim, the second stays apart, and a claim over a line break is one quote."""
    reading = examine(tmp_path, annotations())
    m = reading.map
    assert not reading.findings
    assert m.thesis == "T1"
    assert [(type(r), r.by[0], r.target, r.note) for r in m.relations] == [
        (Support, "T3", "T1", None),
        (Attack, "T5", "T1", "sure"),
        (Support, "T4", "T3", None),
        (Attack, "T6", "T5", None),
    ]
    assert [quote.exact for quote in m.claims["T5"].quotes] == ["working alone makes\npupils quick"]
    assert m.claims["T5"].text == "working alone makes pupils quick"
    assert not any("T2" in (*r.by, r.target) for r in m.relations)


def test_an_annotated_essay_comes_back(tmp_path: Path) -> None:
    """The piecewise lines are in their pieces, a stance is a relation, and writing it twice changes nothing."""
    m = examine(tmp_path, annotations()).map
    assert not formats.write(m, tmp_path / "again.ann")
    again = (tmp_path / "again.ann").read_text()
    expected = [line.rstrip("\t") for line in annotations().splitlines() if not line.startswith(("A", "R"))]
    relations = [
        "supports Arg1:T3 Arg2:T1",
        "attacks Arg1:T5 Arg2:T1",
        "supports Arg1:T4 Arg2:T3",
        "attacks Arg1:T6 Arg2:T5",
    ]
    expected[-1] = expected[-1].replace("A2", again.partition("\tattacks Arg1:T5")[0].rpartition("\n")[2])
    assert sorted(line for line in again.splitlines() if not line.startswith("R")) == sorted(expected)
    assert sorted(line.partition("\t")[2] for line in again.splitlines() if line.startswith("R")) == sorted(relations)
    assert (tmp_path / "again.txt").read_text() == ESSAY
    formats.write(formats.read(tmp_path / "again.ann"), tmp_path / "thrice.ann")
    assert (tmp_path / "thrice.ann").read_text() == again


@pytest.mark.parametrize(
    "text", ["One\n  two.", "One \r\n\r\n two\tthree.", "a\nOne\nb", "\nOne\n", "One\u2028two", "One  two"]
)
def test_words_on_a_line_are_the_texts_own(tmp_path: Path, text: str) -> None:
    """BRAT refuses a line whose words are not exactly those of its places, put together with one space."""
    m = Map.model_validate(
        {"id": "m", "sources": {"t": {"text": text}}, "claims": {"T1": {"text": "x", "quote": text}}}
    )
    written = formats.encode(m, formats.named("brat"))
    name, place, words = written.text.splitlines()[0].split("\t")
    spans = [tuple(map(int, piece.split())) for piece in place.partition(" ")[2].split(";")]
    assert (name, words) == ("T1", " ".join(text[start:end] for start, end in spans))
    assert words.isprintable()
    assert back(m, formats.named("brat")).map == formats.carried(m, "brat")


@settings(max_examples=60)
@given(data=st.data())
def test_quotes_over_line_breaks_come_back(data: st.DataObject) -> None:
    """Whatever a text's lines are like, quotes come back as the format says it holds them."""
    text = data.draw(st.text("ab \n\r\t\u2028", min_size=5, max_size=30))
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 9))
    quotes = [text[a : a + n] for a, n in data.draw(st.lists(places, max_size=3))]
    claims = {"T1": {"text": "x", "quote": quotes}, "T2": {"text": "y", "quote": quotes[:1]}}
    m = Map.model_validate({"id": "m", "sources": {"t": {"text": text}}, "claims": claims})
    assert back(m, formats.named("brat")).map == formats.carried(m, "brat")


@pytest.mark.parametrize("annotated", ["\n", "\r\n"])
def test_line_ends_that_were_changed_since(tmp_path: Path, annotated: str) -> None:
    """Where line ends became others after annotating, one finding says so, and all places are found all the same."""
    there = ESSAY.replace("\n", "\r\n" if annotated == "\n" else "\n")
    reading = examine(tmp_path, annotations(ESSAY.replace("\n", annotated)), there)
    (finding,) = reading.findings
    assert (finding.rule, finding.hint is not None) == ("changed-source", True)
    assert all(span for spans in anchor.spans(reading.map).values() for span in spans)
    assert reading.map.claims["T2"].quotes[0].exact == "working together serves pupils best"


def test_pieces_without_the_text(tmp_path: Path) -> None:
    """Without the text, what stands in two pieces is still two quotes: nothing is put in one that was not said in one."""
    reading = examine(tmp_path, "T1\tClaim 0 8;20 25\tIt rusts badly\n", None)
    assert [finding.rule for finding in reading.findings] == ["missing-text"]
    assert [quote.exact for quote in reading.map.claims["T1"].quotes] == ["It rusts", "badly"]


def test_a_text_not_yet_annotated(tmp_path: Path) -> None:
    """An empty file beside a text, which BRAT makes of every text it is given, is a map of no claims."""
    reading = examine(tmp_path, "")
    assert not reading.map.claims
    assert reading.map.sources["text"].text == ESSAY
    assert [finding.severity for finding in reading.findings] == ["note"]


@pytest.mark.parametrize(
    "line",
    [
        "attacks Source:T2 Target:T1",
        "attacks Target:T1 Source:T2",
        "supports To:T1 From:T2",
        "supports Conclusion:T1 Premise:T2",
        "supports Claim:T1 Reason-1:T2",
        "attacks Attacked:T1 x:T2",
        "attacks Foo:T2 Bar:T1",
        "attacks Claim:T2 Claim:T1",
        "attackedBy Arg1:T1 Arg2:T2",
        "attackedBy Target:T2 Source:T1",
        "supportedBy Conclusion:T1 Premise:T2",
    ],
)
def test_ends_of_relations_are_known_by_their_names(tmp_path: Path, line: str) -> None:
    """Names tell what leads where, whichever stands first; where they do not, the order does, backwards of a passive word."""
    ann = f"T1\tClaim 0 6\tShould\nT2\tClaim 7 14\tschools\nR1\t{line}\n"
    m = examine(tmp_path, ann).map
    assert [(r.by, r.target) for r in m.relations] == [(("T2",), "T1")]
    word = "attacks" if line.startswith("attack") else "supports"
    assert f"R1\t{word} Arg1:T2 Arg2:T1\n" in formats.encode(m, formats.named("brat")).text


def test_ends_of_a_relation_that_changed_still_lead_there(tmp_path: Path) -> None:
    """A support that was an attack is written in another word, and is read as it is now."""
    m = examine(tmp_path, "T1\tClaim 0 6\tShould\nT2\tClaim 7 14\tschools\nR1\tattackedBy Arg1:T1 Arg2:T2\n").map
    (attack,) = m.relations
    changed = m.model_copy(update={"relations": (Support(target=attack.target, by=attack.by, extra=attack.extra),)})
    (support,) = back(changed, formats.named("brat")).map.relations
    assert (type(support), support.target, support.by) == (Support, "T1", ("T2",))


def test_new_names_are_not_those_of_kept_lines(tmp_path: Path) -> None:
    """A claim or a relation that was added takes no name that a line kept as it was has."""
    m = examine(tmp_path, "T1\tClaim 0 6\tShould\nT2\tClaim 0\tbroken\nR1\tpart_of Arg1:T1 Arg2:T1\n").map
    more = m.model_dump(by_alias=True)
    more["claims"]["new"] = {"text": "New."}
    more["relations"] = [{"support": "T1", "by": ["new"]}]
    names = [
        line.split("\t")[0] for line in formats.encode(Map.model_validate(more), formats.named("brat")).text.split("\n")
    ]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "T9\tClaim 0 6\tOther",
            "7:1: warning: changed-source: T9 says 'Other', but the text there is 'Should': its words count. Was",
        ),
        ("T9\tClaim 0 9999\tShould", "7:1: warning: span-outside: T9 is outside the text of"),
        (
            "T9 Claim 0 6 Should",
            "7:1: warning: unknown-line: not an annotation: kept as it is, and not read. Its lines are like",
        ),
        (
            "R9\tsupports Arg1:T1 Arg2:E1",
            "7:1: warning: dangling-reference: R9 ties E1, which is not a stretch of the text here",
        ),
        (
            "R9\tis_about Arg1:T1 Arg2:T2",
            "7:1: warning: unknown-type: 'is_about' is not a relation known here: kept, and not read. Those",
        ),
    ],
)
def test_findings_name_the_place_and_the_way_out(tmp_path: Path, line: str, message: str) -> None:
    """What is wrong with a line is said with its number, and with what to do where something can be done."""
    lines = annotations().splitlines()
    lines.insert(6, line)
    (finding,) = examine(tmp_path, "\n".join(lines)).findings
    assert str(finding).startswith(f"{tmp_path / 'essay.ann'}:{message}")


def test_what_is_no_annotation_shows_one(tmp_path: Path) -> None:
    """Prose in an `.ann` is refused with an example of what belongs there."""
    with pytest.raises(ArgmapError, match=r"not BRAT\. Its lines are like `T1<tab>Claim 0 17<tab>Close the bridge\.`"):
        examine(tmp_path, "It rusts.\n")
