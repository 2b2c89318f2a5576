"""Pictures declare themselves: one new file is a new picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import argmap
from argmap import diagram
from argmap.cli import main
from argmap.diagram import pictures
from argmap.findings import ArgmapError
from tests.helpers.diagram_checks import change, diff, row, standing, timeline

MAPS = Path(__file__).resolve().parents[2] / "maps"
TOY = """
from argmap.diagram.model import Box, Diagram, Text
from argmap.diagram.pictures import Picture

def toy(diff, before=None, after=None):
    words = f"{len(diff.changes)} changes"
    return Diagram(id="toy", kind="toy", title="A toy", boxes=(Box("a", "claim", (Text(words),)),))

PICTURE = Picture("toy", "diff", "Counts the changes.", toy)
"""


def test_every_picture_says_what_it_draws() -> None:
    """Each picture has a name, draws a map, a diff or a timeline, and has a sentence for help texts."""
    found = diagram.all_pictures()
    assert {name: picture.draws for name, picture in found.items()} == {
        "bridge": "diff",
        "disagreements": "map",
        "dumbbells": "timeline",
        "how": "diff",
        "ledger": "diff",
        "map": "map",
        "stairs": "diff",
    }
    assert all(picture.summary.endswith(".") for picture in found.values())


def test_a_new_file_is_a_new_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module in the folder of pictures is drawn and listed without any other change."""
    (tmp_path / "toy.py").write_text(TOY)
    monkeypatch.setattr(pictures, "__path__", [*pictures.__path__, str(tmp_path)])
    assert b"1 changes" in diagram.draw(diff(change("kept", "a", "b")), picture="toy")
    out = tmp_path / "toy.svg"
    before, after = MAPS / "1996.yaml", MAPS / "2005.yaml"
    done = CliRunner().invoke(main, ["diff", str(before), str(after), "--picture", "toy", "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert "changes" in out.read_text()
    assert "[bridge|dumbbells|how|ledger|stairs|toy]" in CliRunner().invoke(main, ["diff", "--help"]).output


def test_an_unknown_picture_is_refused_with_the_names_of_the_others() -> None:
    """A picture that draws something else counts as unknown."""
    with pytest.raises(ArgmapError, match="no picture of a map is named 'bridge': use one of disagreements, map"):
        argmap.draw(argmap.Map(id="m"), picture="bridge")
    with pytest.raises(ArgmapError, match="no picture of a timeline is named 'x': use one of dumbbells"):
        argmap.draw(timeline(row(standing("x", **{"is": "low"}))), picture="x")
    refused = CliRunner().invoke(main, ["diff", "a", "b", "--picture", "nonsense"])
    assert refused.exit_code == 2
    assert "'nonsense' is not one of bridge, dumbbells, how, ledger, stairs." in refused.output


def test_a_former_picture_is_refused_with_the_name_of_its_successor() -> None:
    """One line on the command line and in the library."""
    words = "the picture ladder is now dumbbells: use dumbbells"
    with pytest.raises(ArgmapError, match=words):
        argmap.draw(timeline(row(standing("x", **{"is": "low"}))), picture="ladder")
    refused = CliRunner().invoke(main, ["diff", "a", "b", "--picture", "ladder"])
    assert refused.exit_code == 2
    assert words in refused.output
