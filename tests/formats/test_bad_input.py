"""Whatever a file holds, reading it gives a value or one clear error: no traceback, no hang, no other file."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from argmap import store, text_file
from argmap.findings import ArgmapError, Finding
from argmap.model import Map
from argmap.rules import check, check_map
from argmap.store.yaml_reader import MAX_DEPTH
from tests.conftest import LETTER, NightBus

EXPLODING = "argmap: 1\nid: x\nextra:\n  a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"  {chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 10)}]\n" for n in range(9)
)
HEAD = "argmap: 1\nid: x\n"

BAD_TEXTS: dict[str, tuple[str, str]] = {
    "nothing": ("", "the file is empty"),
    "only a comment": ("# to do\n", "the file is empty"),
    "a word": ("hello", "not one of argmap's files"),
    "a list": ("- a\n- b\n", "not one of argmap's files"),
    "another sort of YAML": ("services: {web: {image: nginx}}", "not one of argmap's files"),
    "a codebook": ("argmap-codebook: 1\nid: c\nissues: {}\n", "this is a codebook; a map is needed here"),
    "a newer version": ("argmap: 2\nid: x\nparadoxes: []\n", "newer format than this argmap reads"),
    "a newer version in JSON": ('{"argmap": 7}', "newer format than this argmap reads"),
    "no version at all": ("argmap: one\n", "the version of the format"),
    "an unknown key": (HEAD + "clams: {}\n", "Did you mean `claims`?"),
    "a wrong type": (HEAD + "claims: [a, b]\n", "should be keys with values, not a list"),
    "broken YAML": (HEAD + "claims: {a: {text: A}\n", "yaml-syntax"),
    "an unclosed quote": (HEAD + 'title: "half\n', "quotation mark here is not closed"),
    "a tab": (HEAD + "claims:\n\ta: {text: A}\n", "indent with spaces"),
    "a colon too many": (HEAD + "title: a: b\n", "put the words in quotes"),
    "two documents": (HEAD + "---\n" + HEAD, "one document"),
    "a tag": (HEAD + "title: !!python/object/apply:os.system [true]\n", "the tag !!python/object/apply:os.system is not read"),
    "a tag of one's own": (HEAD + "title: !secret x\n", "the tag !secret is not read"),
    "a control character": (HEAD + "title: a\x07b\n", "U+0007"),
    "an escape for a terminal": (HEAD + 'titel: "\\e[31mred"\n', "Did you mean `title`?"),
    "aliases that explode": (EXPLODING, "the aliases here would multiply the file"),
    "an alias of itself": (HEAD + "extra: &x {x: *x}\n", "contains itself"),
    "an alias of nothing": (HEAD + "title: *nothing\n", "put the words in quotes"),
    "a key of keys": (HEAD + "{a: b}: c\n", "a key must be a word"),
    "endless brackets": (HEAD + "extra: " + "[" * 100_000, "levels deep"),
    "endless braces": (HEAD + "extra: " + "{a: " * 100_000, "levels deep"),
    "endless dashes": (HEAD + "extra:\n" + "- " * 100_000 + "a\n", "levels deep"),
    "endless questions": (HEAD + "extra:\n" + "? " * 100_000 + "a\n", "levels deep"),
    "endless JSON": ('{"argmap": 1, "extra": ' + "[" * 100_000 + "]" * 100_000 + "}", "levels deep"),
    "deep JSON": ('{"argmap": 1, "extra": ' + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1) + "}", "levels deep"),
    "broken JSON": ('{"argmap": 1,', "json-syntax"),
    "two JSONs": ('{"argmap": 1}{"argmap": 1}', "extra data"),
    "no number": ('{"argmap": 1, "id": "x", "extra": {"n": NaN}}', "NaN is not a number"),
    "a number too large": ('{"argmap": 1, "id": "x", "extra": {"n": 1e999}}', "too large a number"),
    "half a character": ('{"argmap": 1, "id": "x", "note": "\\ud800"}', "surrogate"),
    "a key twice in JSON": ('{"argmap": 1, "id": "x", "id": "y"}', "for the second time"),
    "digits without end": ('{"argmap": 1, "id": "x", "extra": {"n": ' + "9" * 5000 + "}}", "json-syntax"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_TEXTS)
def test_a_bad_text_is_one_line(name: str, tmp_path: Path) -> None:
    """Each of these gives one line that begins with the file and says what is wrong, from `load` and from `check`."""
    text, said = BAD_TEXTS[name]
    path = tmp_path / "bad.yaml"
    path.write_bytes(text.encode())
    with pytest.raises(ArgmapError) as error:
        store.load(path)
    lines = str(error.value).splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(str(path))
    assert said in lines[0]
    assert "\x1b" not in lines[0]
    if name != "a codebook":
        assert [str(finding) for finding in check(path)] == lines


BAD_FILES = {
    "missing": (None, "there is no such file"),
    "folder": ("folder", "this is a folder"),
    "binary": (bytes(range(256)) * 10, "binary"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "this is a picture, not text"),
    "nul": (b"argmap: 1\nid: a\0b\n", "line 2 contains a NUL"),
    "half UTF-16": (
        "argmap: 1\n".encode("utf-16")[:-1],
        ":1:10: unreadable-file: not UTF-16: byte 0x0a fits no character",
    ),
    "UTF-16 without a mark": ("argmap: é\n".encode("utf-16-le"), "binary file, or text without a byte order mark"),
    "100 MB": (b"argmap: 1\n" + b"#" * (100 << 20), "larger than 64 MB, the most that is read. Split it."),
    "too long a name": ("x" * 300, "name too long"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_one_line(name: str, tmp_path: Path) -> None:
    """What cannot be read as text at all is told in one line, from every way of reading."""
    content, said = BAD_FILES[name]
    path = tmp_path / "bad.yaml"
    if name == "folder":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    elif content:
        path = tmp_path / content
    for reading in (store.load, store.load_codebook, store.load_alignment, store.kind_of, text_file.read_text):
        with pytest.raises(ArgmapError) as error:
            reading(path)
        assert said in str(error.value)
        assert len(str(error.value).splitlines()) == 1
        assert str(error.value).startswith(str(path))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """A named pipe, which would never end, is refused at once, as a map and as a text."""
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    with pytest.raises(ArgmapError, match="not a regular file"):
        store.load(pipe)


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../secret.txt", "a/../../secret.txt", "link.txt", "~/secret.txt", "C:\\secret.txt"]
)
@pytest.mark.parametrize("field", ["path", "codebook"])
def test_no_other_file_is_read(field: str, path: str, tmp_path: Path) -> None:
    """A path that is absolute or leads out of the project, by dots or by links, is told of and not followed."""
    secret = tmp_path / "secret.txt"
    secret.write_text("argmap-codebook: 1\nid: c\nissues: {q: {question: secret}}\n", "utf-8")
    project = tmp_path / "project"
    project.mkdir()
    (project / "link.txt").symlink_to(secret)
    map_ = project / "m.yaml"
    map_.write_text(
        HEAD + (f"sources: {{s: {{path: '{path}'}}}}\n" if field == "path" else f"codebook: '{path}'\n"), "utf-8"
    )
    document = store.open_map(map_)
    assert [finding.rule for finding in document.findings] == ["outside-project"]
    assert "secret" not in repr([s.text for s in document.value.sources.values()]) + repr(document.value.issues)


@pytest.mark.parametrize("mark", [".git", "pyproject.toml"])
def test_a_project_reaches_to_its_mark(mark: str, tmp_path: Path) -> None:
    """Texts beside the maps' folder are read when a mark of the project stands above both."""
    (tmp_path / "maps").mkdir()
    (tmp_path / "letter.txt").write_bytes(LETTER.encode())
    map_ = tmp_path / "maps" / "m.yaml"
    map_.write_text(HEAD + "sources: {s: {path: ../letter.txt}}\n", "utf-8")
    assert store.load(map_).sources["s"].text is None
    (tmp_path / mark).mkdir()
    assert store.load(map_).sources["s"].text == LETTER


@pytest.mark.parametrize("content", [None, b"%PDF-1.7", b"a\0b"])
def test_an_unreadable_text_is_a_finding_not_a_failure(night_bus: NightBus, content: bytes | None) -> None:
    """A map whose text is missing or no text is loaded all the same; the finding stands at the path."""
    letter = night_bus.folder / "letter.txt"
    letter.unlink() if content is None else letter.write_bytes(content)
    document = store.open_map(night_bus.path)
    (finding,) = document.findings
    assert (finding.rule, finding.place.line) == ("missing-source", night_bus.line("path: letter.txt"))
    assert document.value.sources["letter"].text is None
    assert check(night_bus.path) == (finding,)


def test_a_text_keeps_its_line_ends(night_bus: NightBus) -> None:
    """Windows line ends and a byte order mark are characters of the text, so that its hash is the file's."""
    content = b"\xef\xbb\xbf" + LETTER.replace("\n", "\r\n").encode()
    (night_bus.folder / "letter.txt").write_bytes(content)
    source = night_bus.load().sources["letter"]
    assert source.text is not None
    assert source.text.encode() == content
    assert [finding.rule for finding in check(night_bus.path)] == ["changed-source"]


def test_a_broken_codebook_is_told_at_its_own_place(night_bus: NightBus) -> None:
    """What is wrong in a codebook is shown in the codebook, once, though map and codebook are both checked."""
    (night_bus.folder / "codebook.yaml").write_text(
        "argmap-codebook: 1\nid: town\nissues: {service: {qestion: x}}\n", "utf-8"
    )
    (finding,) = check(night_bus.folder)
    assert (finding.rule, Path(finding.place.file or "").name, finding.place.line) == (
        "unknown-key",
        "codebook.yaml",
        3,
    )


def outcome(text: str) -> store.Document[Map] | tuple[Finding, ...]:
    """The document that a text is, or what is wrong with it."""
    try:
        return store.parse_map(text, "m.yaml")
    except ArgmapError as error:
        return error.findings


YAML_BITS = st.lists(
    st.sampled_from(
        ["argmap: 1", "id: x", "claims:", "  a:", "    text: T", "    quote: ", "relations:", "- support: a", "  by: [a]", "- ", "? ", ": ",
         "&a ", "*a", "!!str ", "|", ">", '"', "'", "{", "}", "[", "]", ",", "#", "---", "\n", "\n", "\n  ", "\t", "\\", "é", "\u2028", "0", "null"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(YAML_BITS | st.text(max_size=60).map(lambda text: "argmap: 1\nid: x\nclaims: " + text))
@example("argmap: 1\nid: x\nclaims: {a: {text: *a}}")
@settings(max_examples=100)
def test_any_text_is_a_map_or_an_error(text: str) -> None:
    """Bits of YAML in any order give a map that can be checked and written again, or an error of single lines."""
    document = outcome(text)
    if isinstance(document, tuple):
        assert document
        assert all(len(str(finding).splitlines()) == 1 for finding in document)
        return
    check_map(document)
    assert store.parse_map(store.dumps(document.value)).value == document.value


@given(st.data())
@settings(max_examples=80)
def test_a_map_with_a_slip_is_a_map_or_an_error(night_bus: NightBus, data: st.DataObject) -> None:
    """Any few characters changed in a real map: findings with places in the file, and nothing else."""
    text = night_bus.text
    at, cut = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 5))
    broken = (
        text[:at] + data.draw(st.sampled_from(["", ":", "\n", "  ", "- ", "[", '"', "*", "\t", "x"])) + text[at + cut :]
    )
    document = outcome(broken)
    found = document if isinstance(document, tuple) else check_map(document)
    lines = broken.count("\n") + 2
    assert all(1 <= (finding.place.line or 1) <= lines for finding in found)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["id", "text", "claims", "quote", "by", "support", "issues", "scale", "extra", "a"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=20,
    )
)
@settings(max_examples=80)
def test_any_json_is_a_map_or_an_error(value: object) -> None:
    """JSON of any shape under the keys of a map gives a map, or findings with places."""
    text = json.dumps({"argmap": 1, "id": "x", "claims": value, "relations": value, "sources": value, "issues": value})
    document = outcome(text)
    assert isinstance(document, store.Document) or all(finding.place.line == 1 for finding in document)
