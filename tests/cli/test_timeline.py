"""`argmap timeline` takes a whole folder of files."""

from __future__ import annotations

import json

from tests.cli.test_cli import argmap


def test_a_timeline_takes_all_files_of_a_folder_in_the_order_of_their_dates() -> None:
    """Alignments among them are used, codebooks are left to their maps, and the later text may stand first."""
    done = argmap(
        "timeline", "maps/2005.yaml", "maps/codebook.yaml", "maps/1996-2005.yaml", "maps/1996.yaml", "--format", "json"
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [text["id"] for text in found["texts"]] == ["1996", "2005"]
    rows = {row["issue"]: row for row in found["rows"]}
    assert rows["standing"]["moves"] == ["foreseen"]
    assert [standing["at"]["state"] for standing in rows["threat"]["standings"]] == ["no-position", "no-position"]


def test_sensitivity_lists_single_codings() -> None:
    """The command prints one line for all, and one for each."""
    done = argmap("diff", "maps/1996.yaml", "maps/2005.yaml", "--sensitivity")
    assert done.returncode == 0
    assert "The headline hangs on" in done.stdout
    assert "unequal-partners  position: “junior”, not “protectorate”" in done.stdout


def test_the_schema_of_a_diff_is_printed() -> None:
    """Programs may validate what they read."""
    done = argmap("schema", "diff")
    assert done.returncode == 0
    assert json.loads(done.stdout)["properties"]["format"]["const"] == "argmap-diff/2"
