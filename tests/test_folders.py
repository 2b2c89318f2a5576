"""Whole folders: everything that can be converted is, and what cannot is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from argmap import conversion, engine, formats
from argmap.conversion import convert_folder
from argmap.findings import ArgmapError
from argmap.formats.common.format import content_of
from tests.formats.test_formats import DEBATE, TINY


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two maps in folders, one file that is none, one that is hidden, one that is something else."""
    source = tmp_path / "corpus"
    (source / "deep" / "er").mkdir(parents=True)
    (source / ".git").mkdir()
    (source / "a.json").write_text(formats.dumps(TINY, "aif")[0])
    (source / "deep" / "er" / "b.xml").write_text(formats.dumps(TINY, "arggraph")[0])
    (source / "broken.json").write_text('{"nodes": [')
    (source / ".git" / "c.json").write_text(formats.dumps(TINY, "aif")[0])
    (source / "picture.png").write_bytes(b"\x89PNG")
    return source


def test_each_map_goes_to_its_place(corpus: Path, tmp_path: Path) -> None:
    """Folders are kept, suffixes change, and one line says what failed and why."""
    seen: list[tuple[int, int]] = []
    result = convert_folder(corpus, tmp_path / "out", "sadface", progress=lambda done, of: seen.append((done, of)))
    assert [file.target.relative_to(tmp_path).as_posix() for file in result.converted] == [
        "out/a.json",
        "out/deep/er/b.json",
    ]
    assert formats.read(tmp_path / "out" / "a.json") == formats.carried(TINY, "sadface").model_copy(update={"id": "a"})
    (failure,) = result.failures
    assert failure.source.name == "broken.json"
    assert "line" in failure.reason or "not JSON" in failure.reason
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_second_run_goes_on_where_the_first_stopped(corpus: Path, tmp_path: Path) -> None:
    """Files whose target is there and newer stay; a changed source is converted again."""
    out = tmp_path / "out"
    convert_folder(corpus, out, "json")
    (out / "deep" / "er" / "b.json").unlink()
    second = convert_folder(corpus, out, "json")
    assert [file.source.name for file in second.converted] == ["b.xml"]
    assert [file.source.name for file in second.unchanged] == ["a.json"]
    later = (out / "a.json").stat().st_mtime_ns + 10**9
    os.utime(corpus / "a.json", ns=(later, later))
    assert [file.source.name for file in convert_folder(corpus, out, "json").converted] == ["a.json"]
    assert len(convert_folder(corpus, out, "json", again=True).converted) == 2


def test_a_run_that_is_asked_for_something_else_begins_anew(corpus: Path, tmp_path: Path) -> None:
    """Other formats may end alike, and other options give other maps: what is there from before is no part of it."""
    out = tmp_path / "out"
    convert_folder(corpus, out, "sadface")
    other = convert_folder(corpus, out, "aif")
    assert [formats.detect(content_of(file.target)).name for file in other.converted] == ["aif", "aif"]
    assert len(convert_folder(corpus, out, "aif", options={"keep_dialogue": True}).converted) == 2
    assert len(convert_folder(corpus, out, "aif", options={"keep_dialogue": True}).unchanged) == 2


def test_what_an_interrupted_run_left_of_another_is_done_again(corpus: Path, tmp_path: Path) -> None:
    """A run that begins anew and is interrupted leaves files of the run before it: they are not taken for its own."""
    out = tmp_path / "out"
    convert_folder(corpus, out, "sadface")

    def stop(done: int, _of: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        convert_folder(corpus, out, "aif", progress=stop)
    again = convert_folder(corpus, out, "aif")
    assert (len(again.converted), len(again.unchanged)) == (1, 1)
    assert {formats.detect(content_of(path)).name for path in out.rglob("*.json") if path.name[0] != "."} == {"aif"}


def test_a_run_that_goes_on_tells_of_the_whole(tmp_path: Path) -> None:
    """What was lost and irregular in the files of the run before is not forgotten."""
    source, out = tmp_path / "corpus", tmp_path / "out"
    source.mkdir()
    (source / "a.csv").write_text("id,text,parent,type\n1,Close,,,,x\n2,Rust,1,pro\n")
    (source / "b.json").write_text(formats.dumps(DEBATE, "json")[0])
    first = convert_folder(source, out, "sadface")
    second = convert_folder(source, out, "sadface")
    assert not second.converted
    assert second.unchanged == first.converted
    assert second.loss == first.loss
    assert first.loss.lost
    assert first.converted[0].findings[0].is_loss


def test_a_changed_text_beside_a_file_counts(tmp_path: Path) -> None:
    """Annotations are converted again when the text that they annotate is newer than what was made of them."""
    source, out = tmp_path / "corpus", tmp_path / "out"
    source.mkdir()
    formats.write(DEBATE, source / "x.ann")
    convert_folder(source, out, "json")
    later = (out / "x.json").stat().st_mtime_ns + 10**9
    os.utime(source / "x.txt", ns=(later, later))
    assert len(convert_folder(source, out, "json").converted) == 1


def test_no_two_sources_have_one_target(tmp_path: Path) -> None:
    """Whatever their names, every file that is converted has a file of its own."""
    source = tmp_path / "maps"
    source.mkdir()
    for name in ("a.argdown", "a.argdown.yaml", "a.json", "a.argdown.json"):
        formats.write(TINY, source / name, "argdown" if name == "a.argdown" else "yaml" if "yaml" in name else "aif")
    result = convert_folder(source, tmp_path / "out", "json")
    assert len({file.target for file in result.converted}) == 4
    assert all(file.target.exists() for file in result.converted)


def test_a_text_is_no_failure(corpus: Path, tmp_path: Path) -> None:
    """Plain texts lie beside maps everywhere; they are set aside, and counted."""
    (corpus / "essay.txt").write_text("It rains. So the street is wet.")
    (corpus / "debate.txt").write_text("Discussion Title: Rain\n\n1. It rains.\n1.1. Pro: The street is wet.\n")
    result = convert_folder(corpus, tmp_path / "out", "json")
    assert [path.name for path in result.aside] == ["essay.txt"]
    assert "kialo" in {file.format for file in result.converted}
    assert [failure.source.name for failure in result.failures] == ["broken.json"]


def test_what_was_lost_is_added_up(tmp_path: Path) -> None:
    """The loss of all files together, by name."""
    source = tmp_path / "maps"
    source.mkdir()
    for name in ("a", "b"):
        (source / f"{name}.json").write_text(formats.dumps(DEBATE, "json")[0])
    result = convert_folder(source, tmp_path / "out", "sadface")
    assert "2 positions" in str(result.loss)
    assert result.converted[0].loss


def test_names_that_would_be_one_are_kept_apart(tmp_path: Path) -> None:
    """Two formats of one map in one folder become two files."""
    source = tmp_path / "maps"
    source.mkdir()
    (source / "a.json").write_text(formats.dumps(TINY, "aif")[0])
    (source / "a.xml").write_text(formats.dumps(TINY, "arggraph")[0])
    result = convert_folder(source, tmp_path / "out", "graphml")
    assert sorted(file.target.name for file in result.converted) == ["a.json.graphml", "a.xml.graphml"]


def test_files_read_along_with_others_are_no_maps_of_their_own(tmp_path: Path) -> None:
    """The text beside BRAT's annotations is theirs."""
    source = tmp_path / "maps"
    source.mkdir()
    formats.write(DEBATE, source / "a.ann", "brat")
    assert (source / "a.txt").exists()
    result = convert_folder(source, tmp_path / "out", "json")
    assert [file.source.name for file in result.converted] == ["a.ann"]
    assert not result.failures


def test_options_go_to_the_formats_that_know_them(corpus: Path, tmp_path: Path) -> None:
    """Others do without."""
    assert len(convert_folder(corpus, tmp_path / "out", "json", options={"keep_dialogue": True}).converted) == 2


def test_sources_are_never_written_over(corpus: Path, tmp_path: Path) -> None:
    """A source that is not a folder and a format that is not known are refused, too."""
    for inside in (corpus, corpus / "maps"):
        with pytest.raises(ArgmapError, match="lies in the folder to convert"):
            convert_folder(corpus, inside, "aif")
    with pytest.raises(ArgmapError, match="is not a folder"):
        convert_folder(corpus / "a.json", tmp_path / "out", "json")
    with pytest.raises(ArgmapError, match="one of"):
        convert_folder(corpus, tmp_path / "out", "wordperfect")


def test_processes_do_the_same(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many files go to several processes, with the same result."""
    monkeypatch.setattr(engine, "FEW", 0)
    result = convert_folder(corpus, tmp_path / "out", "json", jobs=2)
    assert [file.source.name for file in result.converted] == ["a.json", "b.xml"]
    assert [failure.source.name for failure in result.failures] == ["broken.json"]


def _die(task: conversion._Task) -> conversion.Converted | conversion.Failure:
    if task.source.name == "broken.json":
        os._exit(9)
    return conversion.Failure(task.source, "alive")


def test_a_file_that_takes_its_process_down_is_one_failure(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others go on."""
    monkeypatch.setattr(engine, "FEW", 0)
    monkeypatch.setattr(conversion, "_convert", _die)
    failures = convert_folder(corpus, tmp_path / "out", "json", jobs=2).failures
    reasons = {failure.source.name: failure.reason for failure in failures}
    assert reasons == {
        "a.json": "alive",
        "b.xml": "alive",
        "broken.json": "the process that read it came to an end",
    }
