"""`check` on maps in other formats: what their readers find, and what the rules find in the map."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from argmap import formats
from argmap.findings import ArgmapError
from argmap.formats.common.format import Content
from argmap.model import Map
from argmap.rules import check
from tests.conftest import NightBus
from tests.formats.test_formats import TINY

AIF = {
    "nodes": [
        {"nodeID": "1", "type": "I", "text": "Rain falls."},
        {"nodeID": "2", "type": "I", "text": "The street is wet."},
        {"nodeID": "3", "type": "RA", "text": "RA"},
        {"nodeID": "4", "type": "RA", "text": "RA"},
        {"nodeID": "5", "type": "I", "text": "Nobody is out."},
    ],
    "edges": [
        {"edgeID": "1", "fromID": "1", "toID": "3"},
        {"edgeID": "2", "fromID": "3", "toID": "2"},
        {"edgeID": "3", "fromID": "2", "toID": "4"},
        {"edgeID": "4", "fromID": "4", "toID": "1"},
    ],
    "locutions": [],
}
"""Two claims that support each other, and one that nothing ties to them."""


def test_a_file_of_another_format_is_checked(tmp_path: Path) -> None:
    """What its reader finds and what the rules find, each told once, placed by id."""
    path = tmp_path / "rain.json"
    path.write_text(json.dumps(AIF))
    adrift, circle = check(path)
    assert (circle.rule, circle.severity) == ("circular-support", "warning")
    assert "1 → 2 → 1 is a circle" in str(circle)
    assert str(adrift).startswith(f'{path}:claims/5: warning: adrift: no relation ties claim "5"')


@pytest.mark.parametrize("format_name", [f for f in formats.FORMATS if f.reads and f.writes], ids=lambda f: f.name)
def test_every_format_can_be_checked(format_name: formats.Format, tmp_path: Path) -> None:
    """A sound map is sound in every format; nothing is asked of it that the format has no place for."""
    formats.write(
        TINY.model_copy(update={"thesis": "a"}), tmp_path / f"tiny{format_name.suffixes[0]}", format_name.name
    )
    found = check(tmp_path)
    ours = {"missing-quote", "missing-hash"} if format_name.name in formats.OWN else set()
    assert {finding.rule for finding in found if finding.severity == "error"} <= ours


def test_a_broken_file_of_another_format_is_told_of_in_its_own_words(tmp_path: Path) -> None:
    """A mistake in Argdown is no mistake in YAML."""
    path = tmp_path / "notes.argdown"
    path.write_text("[a]: A.\n\nwe [really]\nmean it\n")
    findings = check(path)
    (error,) = (finding for finding in findings if finding.severity == "error")
    assert (error.place.line, error.place.column) == (3, 4)
    assert [finding.rule for finding in findings] == ["syntax", "syntax", "adrift"]
    assert "YAML" not in " ".join(map(str, findings))


def test_in_a_folder_each_map_is_checked_and_other_files_are_left_alone(tmp_path: Path) -> None:
    """Texts, pictures and JSON of another sort lie beside maps everywhere."""
    (tmp_path / "essay.txt").write_text("It rains.")
    (tmp_path / "settings.json").write_text('{"a": 1}')
    with pytest.raises(ArgmapError, match="no map, codebook or alignment"):
        check(tmp_path)
    (tmp_path / "rain.json").write_text(json.dumps(AIF))
    formats.write(TINY, tmp_path / "tiny.argdown")
    assert {Path(finding.place.file or "").name for finding in check(tmp_path)} == {"rain.json"}


def test_a_map_at_hand_is_checked() -> None:
    """Without a file, findings have a way into the map for a place."""
    circle = {"support": "a", "by": ["a"]}
    m = Map.model_validate({"id": "self", "thesis": "a", "claims": {"a": {"text": "A."}}, "relations": [circle]})
    assert [str(finding).partition(": ")[0] for finding in check(m) if finding.rule == "circular-support"] == [
        "self:relations/a>a"
    ]
    with pytest.raises(ArgmapError, match="no such file"):
        check("absent.aif")


def test_a_format_that_is_named_is_looked_up_once_and_however_it_is_spelt(night_bus: NightBus) -> None:
    """No such format is a mistake in the question, not in the files; `YAML` is argmap's own as `yaml` is."""
    with pytest.raises(ArgmapError, match="no format 'nosuch'"):
        check(night_bus.path, format="nosuch")
    with pytest.raises(ArgmapError, match="dot is only written"):
        check(night_bus.path, format="dot")
    night_bus.change("thesis: run-at-night\n", "")
    (finding,) = check(night_bus.path, format="YAML")
    assert (finding.rule, finding.place.line) == ("no-thesis", 2)


def test_a_file_that_is_said_to_be_ours_is_checked_as_ours(tmp_path: Path) -> None:
    """Who says YAML is told that it is none, not what another format makes of it."""
    path = tmp_path / "notes.txt"
    path.write_text("<a>: A.\n  + <b>: B.\n")
    assert [finding.rule for finding in check(path, format="yaml")] == ["yaml-syntax"]


OWN_TEXTS = {
    "a map": ("argmap: 1\nid: x\nclaims:\n  a: {text: A, implicit: true}\n", "no-thesis"),
    "a map that names a text": (
        "argmap: 1\nid: x\nthesis: a\nsources: {s: {path: s.txt, sha256: " + "0" * 64 + "}}\n"
        "claims:\n  a: {text: A, quote: A}\n",
        "missing-source",
    ),
    "a broken map": ("argmap: 1\nid: [\n", "yaml-syntax"),
    "a codebook": ("argmap-codebook: 1\nid: c\nissues:\n  i: {question: How?, scale: {a: A}}\n", "short-scale"),
    "a map as JSON for programs": ('{"format": "argmap-map/1", "id": "x", "claims": [{"id": "a", "text": ""}]}', "no-thesis"),
    "Argdown": ("[a]: A.\n\n[b]: B.\n", "adrift"),
    "prose": ("It rains.\n", "unknown-file"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "rule"), OWN_TEXTS.values(), ids=OWN_TEXTS)
def test_a_text_in_no_file_is_checked(text: str, rule: str) -> None:
    """Whatever stands on standard input is checked like a file, and what it names is said not to be looked for."""
    assert rule in [finding.rule for finding in check(Content(text, "<stdin>"))]


def test_a_sound_text_has_no_findings() -> None:
    """A map that is whole by itself is clean on standard input, too."""
    text = "argmap: 1\nid: x\nthesis: a\nclaims:\n  a: {text: A, implicit: true}\n"
    assert check(Content(text, "<stdin>")) == ()


@pytest.mark.unix
@pytest.mark.parametrize(("text", "rule"), OWN_TEXTS.values(), ids=OWN_TEXTS)
def test_a_pipe_is_checked(text: str, rule: str, tmp_path: Path) -> None:
    """`check <(…)` reads what the other program writes."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=(text,), daemon=True)
    writer.start()
    found = check(path)
    writer.join(timeout=120)
    assert rule in [finding.rule for finding in found]
    assert {finding.place.file for finding in found} == {str(path)}


KIALO = "Discussion Title: Rain\n\n1. Rain falls.\n1.1. Pro: The street is wet.\n"


@pytest.mark.parametrize("names", [("a.txt", "b.txt"), ("a.json", "b.txt"), ("a.md", "b.yaml")])
def test_an_alignment_may_name_maps_in_any_format(names: tuple[str, str], tmp_path: Path) -> None:
    """The claims that it speaks of are those of a Kialo export, an AIF file, Argdown of another name."""
    texts = {".txt": KIALO, ".json": json.dumps(AIF), ".md": "[1]: Rain falls.\n", ".yaml": OWN_TEXTS["a map"][0]}
    for name in names:
        (tmp_path / name).write_text(texts[Path(name).suffix])
    pair = tmp_path / "pair.yaml"
    head = f"argmap-alignment: 1\nbefore: {names[0]}\nafter: {names[1]}\n"
    pair.write_text(f'{head}correspondences:\n  - {{before: ["1"], after: []}}\n  - {{before: [], after: [nobody]}}\n')
    (finding,) = check(pair)
    assert (finding.rule, finding.place.line) == ("unknown-claim", 6)
    assert "nobody" in finding.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1}', "x.json cannot be used: JSON, but of no format known here. See "),
        ("[a]: A.\n[b]: B.\n\nwe [really]\nmean it\n", "x.json cannot be used: `[b]:` is the title of a statement"),
        ('{"argmap": 1}', "x.json cannot be used: the map needs `id`. See "),
        (" " * (65 << 20), "x.json cannot be used: this is larger than 64 MB, the most that is read"),
    ],
    ids=["other JSON", "a slip", "a field missing", "too large"],
)
def test_a_map_that_an_alignment_names_in_vain_is_one_line_there(text: str, said: str, tmp_path: Path) -> None:
    """Whatever is wrong with it, the finding stands where the alignment names it."""
    (tmp_path / "x.json").write_text(text)
    (tmp_path / "y.txt").write_text(KIALO)
    pair = tmp_path / "pair.yaml"
    pair.write_text("argmap-alignment: 1\nbefore: y.txt\nafter: x.json\n")
    (finding,) = check(pair)
    assert (finding.rule, finding.place.line, finding.place.column) == ("missing-map", 3, 8)
    assert said in str(finding)
    assert "--from" not in str(finding)


@pytest.mark.unix
def test_a_pipe_that_an_alignment_names_is_not_waited_for(tmp_path: Path) -> None:
    """It would never end."""
    os.mkfifo(tmp_path / "x.txt")
    pair = tmp_path / "pair.yaml"
    pair.write_text("argmap-alignment: 1\nbefore: x.txt\nafter: x.txt\n")
    assert {finding.message for finding in check(pair)} == {"x.txt: this is not a regular file."}


def test_a_format_that_is_named_counts_in_a_folder_too(tmp_path: Path) -> None:
    """It is that of the files whose ending it has; argmap's own, and files of other endings, are what they are."""
    (tmp_path / "rain.txt").write_text("1. Rain falls.\n1.1. The street is wet.\n")
    (tmp_path / "own.json").write_text(
        '{"argmap": 1, "id": "own", "thesis": "a", "claims": {"a": {"text": "A", "implicit": true}}}'
    )
    (tmp_path / "other.json").write_text('{"a": 1}')
    (tmp_path / "debate.argdown").write_text("[a]: A.\n\n[b]: B.\n")
    assert {Path(f.place.file or "").name for f in check(tmp_path)} == {"debate.argdown"}
    assert {Path(f.place.file or "").name for f in check(tmp_path, format="kialo")} == {"debate.argdown", "rain.txt"}
    assert {Path(f.place.file or "").name for f in check(tmp_path, format="aif")} == {"debate.argdown", "other.json"}


@pytest.mark.parametrize("name", ["u.json", "u.yaml", "<stdin>"])
def test_json_of_no_format_is_told_both_ways_out(name: str, tmp_path: Path) -> None:
    """It may be in a format that has to be named, or one of argmap's own that lacks its key."""
    path, text = tmp_path / name, '{"name": "x", "children": []}'
    if name != "<stdin>":
        path.write_text(text)
    (finding,) = check(Content(text, name) if name == "<stdin>" else path)
    assert finding.rule == "unknown-file"
    for words in ("of no format known here", "--from", "sadface", "`argmap: 1` (a map)"):
        assert words in str(finding)
    (tmp_path / "typo.json").write_text('{"argmpa": 1}')
    assert "Did you mean `argmap`?" in str(check(tmp_path / "typo.json")[0])


def test_a_file_whose_ending_says_that_it_is_a_map_is_checked_in_a_folder(tmp_path: Path) -> None:
    """What is wrong in it may be just what keeps its content from being recognised."""
    (tmp_path / "broken.argdown").write_text("we [really]\nmean it\n")
    (tmp_path / "word.argdown").write_bytes(b"PK\x03\x04\x14\0")
    (tmp_path / "other.xml").write_text("<a/>")
    assert [(Path(f.place.file or "").name, f.rule) for f in check(tmp_path)] == [
        ("broken.argdown", "syntax"),
        ("word.argdown", "unreadable-file"),
    ]
