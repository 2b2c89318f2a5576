"""BRAT standoff: annotations of a text that stands beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from argmap import anchor, formats
from argmap.formats.common.format import Reading
from argmap.model import Attack, Map, Rephrase, Support


def rules(reading: Reading) -> list[str]:
    return [finding.rule for finding in reading.findings]


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
    """Types, attributes, events and normalizations come back, and the text as it was; stances are written as relations."""
    path = brat_folder(tmp_path, BRAT)
    m = formats.read(path)
    loss = formats.write(m, tmp_path / "again.ann")
    assert not loss
    assert (tmp_path / "again.txt").read_bytes() == TEXT.encode()
    again = (tmp_path / "again.ann").read_text()
    tying = ("R", "*", "A1\tStance", "A2\tStance")
    plain = {line.partition("\t")[2] for line in path.read_text().splitlines() if not line.startswith(tying)}
    assert {line.partition("\t")[2] for line in again.splitlines() if not line.startswith("R")} == plain
    assert formats.read(tmp_path / "again.ann").claims == m.claims
    assert [(r.type, r.by, r.target) for r in formats.read(tmp_path / "again.ann").relations] == [
        (r.type, r.by, r.target) for r in m.relations
    ]


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
