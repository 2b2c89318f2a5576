"""Tables of coders: a row for each statement becomes a claim, and a document a map."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import argmap
from argmap.cli import main
from argmap.coder_tables import read
from argmap.findings import ArgmapError

DNA = """ID;time;docId;docTitle;docAuthor;text;person;organization;concept;agreement
1;2009-03-12 10:00;1;Hearing 2009;x;We will act.;Jackson;EPA;CO2 should be regulated;1
2;2012-06-20 09:00;2;Hearing 2012;x;It is a hoax.;Inhofe;Senate;CO2 should be regulated;0
3;2012-06-21 09:00;2;Hearing 2012;x;We regulate.;Jackson;EPA;CO2 should be regulated;1
"""
NAMED = "document,time,person,concept,agreement,coder\nd1,12.03.2009,Jackson,CO2,yes,ann\nd2,soon,Inhofe,CO2,no,ann\n"
COLUMNS = ["map=document", "speaker=person", "issue=concept", "position=agreement", "date=time"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def write(folder: Path, text: str, name: str = "table.csv") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def test_statements_of_dna(tmp_path: Path) -> None:
    """DNA's export is known by its headings: a map a document, dated by its first statement, and dates on claims."""
    table = read(write(tmp_path, DNA), {})
    then, now = table.maps
    assert [map_.title for map_ in table.maps] == ["Hearing 2009", "Hearing 2012"]
    assert (then.date, now.date) == ("2009-03-12", "2012-06-20")
    [claim] = then.claims.values()
    assert (claim.text, claim.issue, claim.position, claim.kind) == (
        "We will act.",
        "CO2-should-be-regulated",
        "1",
        "value",
    )
    assert claim.extra == {"table": {"date": "2009-03-12"}}
    assert {(speaker.name, speaker.role) for speaker in now.speakers.values()} == {
        ("Inhofe", "Senate"),
        ("Jackson", "EPA"),
    }
    assert list(now.issues["CO2-should-be-regulated"].scale) == ["0", "1"]
    [row] = argmap.timeline(table.maps).rows
    assert row.moves == ("kept",)
    assert "columns left out: ID, docId, docAuthor" in str(table.findings[-1])


def test_headings_of_a_programme_are_no_claims(tmp_path: Path) -> None:
    """The Manifesto Project marks headings with H and text without a category with 000; the file name has the date."""
    text = "text,cmp_code,eu_code\nOur programme,H,\nProtect the climate.,501,NA\nSomething.,000,\n"
    table = read(write(tmp_path, text, "41320_202109.csv"), {})
    [map_] = table.maps
    found = [(claim.text, claim.issue) for claim in map_.claims.values()]
    assert found == [("Protect the climate.", "501"), ("Something.", None)]
    assert map_.date == "2021-09"
    assert "1 row: a heading" in str(table.findings[0])


def test_coded_segments_of_maxqda(tmp_path: Path) -> None:
    """MAXQDA's list has a document, a code, and the words."""
    text = "Color\tComment\tDocument name\tCode\tBegin\tEnd\tSegment\n●\todd\tInterview 1\tTrust\t3\t4\tI trust them.\n"
    [map_] = read(write(tmp_path, text), {}).maps
    [claim] = map_.claims.values()
    assert (map_.title, claim.text, claim.issue, claim.note) == ("Interview 1", "I trust them.", "Trust", "odd")


def test_columns_from_the_command_line_and_from_settings(tmp_path: Path) -> None:
    """`--column` or `[columns]` in argmap.toml name the headings; what is no date is told, and so is what is not mapped."""
    file, out = write(tmp_path, NAMED), tmp_path / "maps"
    done = run("convert", file, out, *(word for column in COLUMNS for word in ("--column", column)))
    assert done.exit_code == 0
    assert "'soon' is no date" in done.output
    assert "columns left out: coder" in done.output
    first, second = argmap.load(out / "d1.yaml"), argmap.load(out / "d2.yaml")
    assert (first.date, second.date, list(second.issues["CO2"].scale)) == ("2009-03-12", None, ["no", "yes"])
    settings = "".join(f'{field} = "{heading}"\n' for field, heading in (column.split("=") for column in COLUMNS))
    (tmp_path / "argmap.toml").write_text(f"[columns]\n{settings}")
    assert run("convert", file, f"{tmp_path / 'again'}/").exit_code == 0
    assert argmap.load(tmp_path / "again" / "d1.yaml") == first


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"who": "person"}, "no field who"),
        ({"speaker": "persn"}, "no column 'persn'"),
        ({"speaker": "person"}, "no column of texts"),
    ],
)
def test_misuse_says_what_there_is(tmp_path: Path, columns: dict[str, str], message: str) -> None:
    """An unknown field or heading, and a table without texts and issues, are errors with a way out."""
    with pytest.raises(ArgmapError, match=message):
        read(write(tmp_path, NAMED), columns)
