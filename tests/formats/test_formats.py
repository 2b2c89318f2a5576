"""What every format promises: written and read again, a map is the same but for what the format says it cannot carry."""

from __future__ import annotations

import tempfile
from operator import attrgetter
from pathlib import Path

import pytest
from hypothesis import given, settings

from argmap import formats
from argmap.findings import ArgmapError
from argmap.formats import FORMATS, Format
from argmap.formats.common.loss import without
from argmap.formats.common.map_features import ALL, FEATURES, NAMING
from argmap.model import Map
from argmap.store import save
from tests.helpers.map_strategies import SOURCE_TEXT, maps

LOOSE = next(feature for feature in FEATURES if feature.name == "loose relations")
by_name = attrgetter("name")
BOTH_WAYS = [format_name for format_name in FORMATS if format_name.reads and format_name.writes]

DEBATE = Map.model_validate(
    {
        "id": "debate",
        "title": "Should the bridge be closed?",
        "thesis": "close",
        "note": "Made for the tests.",
        "sources": {"essay": {"text": SOURCE_TEXT, "author": "A. Writer", "published": "1996-04"}},
        "speakers": {"mayor": {"name": "The Mayor", "role": "Mayor of the town"}},
        "issues": {"traffic": {"question": "How much traffic?", "scale": {"none": "none", "some": "some"}}},
        "claims": {
            "close": {"text": "The bridge should be closed.", "kind": "policy", "quote": "Not every word is true."},
            "rust": {"text": "The bridge rusts.", "kind": "fact", "issue": "traffic", "position": "some"},
            "danger": {"text": "What rusts may fall.", "implicit": True, "force": "hedged"},
            "cost": {"text": "Closing it is expensive.", "speaker": "mayor", "commitment": "conceded"},
            "paint": {"text": "Some of the rust is only paint.", "note": "Irony?"},
            "again": {"text": "Close the bridge!", "force": "emphatic"},
        },
        "relations": [
            {
                "support": "close",
                "by": ["rust", "danger"],
                "id": "because",
                "scheme": "cause to effect",
                "cue": "since",
            },
            {"attack": "close", "by": ["cost"]},
            {"attack": "because", "by": ["paint"], "id": "doubt"},
            {"rephrase": "close", "by": ["again"]},
        ],
    }
)
"""One of each thing a map can say."""

TINY = Map.model_validate(
    {"id": "tiny", "claims": {"a": {"text": "A."}, "b": {"text": "B."}}, "relations": [{"support": "a", "by": ["b"]}]}
)


def back(m: Map, format_name: Format) -> formats.Reading:
    """Write `m` to a folder of its own and read it again."""
    written = formats.encode(m, format_name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, m.id + format_name.suffixes[0])
        path.write_bytes(written.text.encode())
        for suffix, text in written.beside.items():
            Path(folder, m.id + suffix).write_bytes(text.encode())
        return formats.examine(path, format_name.name)


def assert_same(m: Map, format_name: Format) -> None:
    """Reading back gives what the format declares, names of things aside where it has no place for names."""
    reading = back(m, format_name)
    expected = formats.carried(m, format_name)
    got = without(reading.map, ALL - (NAMING - format_name.carries))
    assert got.model_dump() == expected.model_dump()
    assert got == expected
    irregular = [f for f in reading.findings if f.severity != "note"]
    assert not irregular or LOOSE.count(expected)


@pytest.mark.parametrize("format_name", BOTH_WAYS, ids=by_name)
@pytest.mark.parametrize("m", [DEBATE, TINY], ids=lambda m: m.id)
def test_round_trip(m: Map, format_name: Format) -> None:
    """A map written and read again is the map as the format declares it can hold it."""
    assert_same(m, format_name)


@pytest.mark.parametrize("format_name", BOTH_WAYS, ids=by_name)
@settings(max_examples=20)
@given(m=maps())
def test_round_trip_of_any_map(m: Map, format_name: Format) -> None:
    """So is any map."""
    assert_same(m, format_name)


@pytest.mark.parametrize("format_name", [f for f in BOTH_WAYS if f.name != "yaml"], ids=by_name)
def test_a_map_may_have_its_issues_from_a_codebook(format_name: Format) -> None:
    """The issues and the name of their file both survive, where issues do; YAML leaves issues to that file."""
    assert_same(DEBATE.model_copy(update={"codebook": "codebook.yaml"}), format_name)


@pytest.mark.parametrize("format_name", BOTH_WAYS, ids=by_name)
def test_what_is_written_is_recognised(format_name: Format) -> None:
    """A file is known by its content, whatever it is called."""
    written = formats.encode(DEBATE, format_name)
    assert formats.detect(formats.Content(written.text, "file")).name == format_name.name


@pytest.mark.parametrize("format_name", FORMATS, ids=by_name)
def test_a_format_is_whole(format_name: Format) -> None:
    """Each format has a module with the functions that its line of the table promises."""
    module = format_name.load()
    assert callable(getattr(module, "read", None)) == format_name.reads
    assert callable(getattr(module, "write", None)) == format_name.writes
    assert format_name.carries <= ALL
    assert module.__doc__
    assert formats.page(format_name.name)
    assert all(suffix.startswith(".") for suffix in format_name.suffixes)


def test_formats_have_names_of_their_own() -> None:
    """No two formats share a name."""
    assert len({format_name.name for format_name in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize("format_name", [f for f in FORMATS if f.reads], ids=by_name)
@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "{}",
        "[]",
        "null",
        "0",
        '""',
        "[[]]",
        "<a/>",
        "T1",
        "\x00",
        "[" * 100_000,
        '{"a":' * 100_000,
        "<a>" * 100_000,
    ],
)
def test_what_is_no_map_is_an_error_of_one_line(format_name: Format, text: str) -> None:
    """A file that holds no map gives an ArgmapError or an empty map, and nothing else."""
    try:
        reading = formats.examine_text(text, format_name.name)
    except ArgmapError as error:
        reading, message = None, str(error)
    if reading is None:
        assert message
        assert "\n" not in message
    else:
        assert len(reading.map.claims) <= 1


def test_loss_is_counted_by_name() -> None:
    """What a format does not carry is said in words, by number."""
    from argmap.formats.common.loss import loss

    bare = without(DEBATE, ALL - {"positions", "kinds", "undercuts"})
    assert str(loss("somewhere", DEBATE, bare)) == "1 undercut, 2 kinds, 1 position not carried by somewhere"
    assert not loss("somewhere", bare, bare)


def test_no_loss_hides_behind_a_copy(tmp_path: Path) -> None:
    """A support taken apart has its note twice, and yet the map's own note is named that goes nowhere."""
    m = Map.model_validate(
        {
            "id": "m",
            "note": "of the whole",
            "claims": {claim_id: {"text": claim_id} for claim_id in "abc"},
            "relations": [{"support": "a", "by": ["b", "c"], "note": "of the support"}],
        }
    )
    assert str(formats.write(m, tmp_path / "m.ann")) == "1 support by linked premises, 1 note not carried by brat"


@pytest.mark.parametrize("format_name", ["dot", "mermaid"])
def test_no_claim_is_folded_away_in_a_file(format_name: str) -> None:
    """A picture of thousands of claims folds the deepest; a file of them holds all."""
    claims = {f"c{n}": {"text": f"Claim {n}."} for n in range(3200)}
    relations = [{"support": "c0", "by": claim_id} for claim_id in claims if claim_id != "c0"]
    text, _ = formats.dumps(
        Map.model_validate({"id": "m", "thesis": "c0", "claims": claims, "relations": relations}), format_name
    )
    assert all(f"Claim {n}." in text for n in range(3200))


@given(m=maps())
def test_without_takes_out_what_it_names(m: Map) -> None:
    """A map without a feature counts none of it, and taking it out twice changes nothing more."""
    for feature in FEATURES:
        bare = without(m, ALL - {feature.name})
        if feature.name not in NAMING:
            assert feature.count(bare) == 0
        assert without(bare, ALL - {feature.name}) == bare
        Map.model_validate(bare.model_dump(by_alias=True))


def test_bytes_are_decoded_by_their_mark(tmp_path: Path) -> None:
    """UTF-8 with and without a byte order mark and UTF-16 with one read alike."""
    text = formats.dumps(TINY, "json")[0]
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path = tmp_path / "tiny.json"
        path.write_bytes(text.encode(encoding))
        assert formats.read(path) == TINY


def test_bytes_in_another_encoding_are_read_with_a_finding(tmp_path: Path) -> None:
    """What Windows wrote is read as that, and the first byte that is no UTF-8 is given with its place."""
    path = tmp_path / "notes.argdown"
    path.write_bytes("[a]: A.\n\n[b]: “café”\n".encode("cp1252"))
    reading = formats.examine(path)
    assert reading.map.claims["a"].text == "A."
    (finding,) = (found for found in reading.findings if found.rule == "encoding")
    assert str(finding).startswith(
        f"{path}:3:6: warning: encoding: not UTF-8: byte 0x93 fits no character; read as Windows-1252"
    )
    path.write_bytes("[a]: A.".encode("utf-16"))
    assert [str(found).removeprefix(str(path)) for found in formats.examine(path).findings] == [
        ":1:1: note: encoding: begins with a byte order mark; read as UTF-16."
    ]


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    """The first byte that fits no character is given with its place."""
    path = tmp_path / "noise.json"
    path.write_bytes(b'{"a":\n "\xe9\x01\x02"}')
    with pytest.raises(
        ArgmapError,
        match=r"noise\.json:2:3: unreadable-file: not UTF-8: byte 0xe9 fits no character\. Save it as UTF-8",
    ):
        formats.read(path)


def test_a_file_beside_that_belongs_to_another_is_left_alone(tmp_path: Path) -> None:
    """A format of two files replaces its own second file, and nobody's text: not even the map's own source."""
    essay = tmp_path / "essay.txt"
    essay.write_text("Not every word is true.")
    with pytest.raises(ArgmapError, match=r"essay\.txt: is there already, and essay\.ann would replace it"):
        formats.write(DEBATE, tmp_path / "essay.ann")
    assert essay.read_text() == "Not every word is true."
    assert not (tmp_path / "essay.ann").exists()
    formats.write(DEBATE, tmp_path / "debate.ann")
    formats.write(TINY, tmp_path / "debate.ann")
    assert formats.read(tmp_path / "debate.ann").claims.keys() == formats.carried(TINY, "brat").claims.keys()


def test_a_text_that_is_not_found_from_the_new_place_goes_along(tmp_path: Path) -> None:
    """A map that is written to another folder, by itself or by way of another format, keeps its text and its issues."""
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    (before / "essay.txt").write_text(SOURCE_TEXT)
    (before / "codebook.yaml").write_text("argmap-codebook: 1\nissues:\n  traffic: {question: How much traffic?}\n")
    (before / "map.yaml").write_text(
        "argmap: 1\nid: m\ncodebook: codebook.yaml\nsources: {essay: {path: essay.txt}}\n"
        "claims: {a: {text: A., issue: traffic, quote: Not every word is true.}}\n"
    )
    m = formats.read(before / "map.yaml")
    formats.write(m, before / "same.yaml")
    assert "path: essay.txt" in (before / "same.yaml").read_text()
    formats.write(m, before / "map.graphml")
    for source in (before / "map.yaml", before / "map.graphml"):
        formats.write(formats.read(source), after / "map.yaml")
        moved = formats.read(after / "map.yaml")
        assert moved.sources["essay"].text == SOURCE_TEXT
        assert moved.issues == m.issues
    save(m, after / "saved.yaml")
    assert formats.read(after / "saved.yaml").sources["essay"].text == SOURCE_TEXT
    assert formats.loads(formats.dumps(m, "YAML")[0]).sources["essay"].text == SOURCE_TEXT


def test_several_files_never_become_one(tmp_path: Path) -> None:
    """The name of the first file says where the others go; under the name of another they would replace each other."""
    with pytest.raises(ArgmapError, match="is several files, and the name of the first ends in"):
        formats.write(TINY, tmp_path / "x.txt", "brat")
    assert not list(tmp_path.iterdir())


def test_yaml_is_decoded_like_all_others(tmp_path: Path) -> None:
    """A map that Windows saved in its own encoding is read, with a finding, and with the text beside it."""
    (tmp_path / "letter.txt").write_text("The café rusts.")
    path = tmp_path / "cafe.yaml"
    text = "argmap: 1\nid: cafe\nsources:\n  letter: {path: letter.txt}\nclaims:\n  a: {text: Das Café rostet.}\n"
    for encoding in ("cp1252", "utf-16"):
        path.write_bytes(text.encode(encoding))
        reading = formats.examine(path)
        assert reading.map.claims["a"].text == "Das Café rostet."
        assert reading.map.sources["letter"].text == "The café rusts."
        assert [finding.rule for finding in reading.findings] == ["encoding"]


def test_a_text_without_a_file_says_what_it_only_points_to() -> None:
    """YAML from a pipe names texts and a codebook that nobody can look for."""
    text = "argmap: 1\nid: m\ncodebook: codebook.yaml\nsources:\n  essay: {path: essay.txt}\n"
    reading = formats.examine_text(text, "yaml")
    assert [(finding.rule, finding.place.line) for finding in reading.findings] == [
        ("missing-source", 5),
        ("missing-codebook", 3),
    ]


def test_numbers_that_json_cannot_hold_are_told_of() -> None:
    """Python writes NaN and Infinity, which nothing else reads: they become nothing, with a finding."""
    text = '{"nodes": [{"nodeID": "1", "type": "I", "text": "A.", "weight": NaN, "far": 1e999}], "edges": []}'
    reading = formats.examine_text(text, "aif")
    assert [finding.rule for finding in reading.findings] == ["odd-number"]
    assert "NaN, 1e999" in reading.findings[0].message
    assert formats.loads(formats.dumps(reading.map, "aif")[0], "aif") == reading.map


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"PK\x03\x04\x14\0", "zip archive, as Word"), (b"%PDF-1.7\n\xe2", "a PDF"), (b"{\\rtf1\\ansi", "rich-text")],
)
def test_what_people_take_for_text_is_named(data: bytes, kind: str, tmp_path: Path) -> None:
    """A Word file under another name is told of as one, with the way out."""
    path = tmp_path / "essay.argdown"
    path.write_bytes(data)
    with pytest.raises(ArgmapError, match=rf"this is .*{kind}.*, not text\. Save its words as plain text"):
        formats.read(path)


@pytest.mark.parametrize("format_name", [f for f in FORMATS if f.reads], ids=by_name)
def test_a_hundred_megabytes_are_refused_unread(format_name: Format, tmp_path: Path) -> None:
    """The size of a file is looked at before the file is."""
    path = tmp_path / f"large{format_name.suffixes[0]}"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(ArgmapError, match=r"larger than 64 MB, the most that is read\. Split it"):
        formats.read(path, format_name.name)


def test_extra_values_are_lost_by_name() -> None:
    """What a format kept of its own is told of by what it was."""
    m = formats.loads("[a]: A. #town {since: 1990}\n", "argdown")
    loss = formats.dumps(m, "markdown")[1]
    assert str(loss) == "2 extra values (argdown data, argdown tags) not carried by markdown"


def test_unknown_formats_list_what_is_known(tmp_path: Path) -> None:
    """An unknown name, suffix or content is answered with the list of formats."""
    path = tmp_path / "file.xyz"
    path.write_text("what is this?")
    for attempt in (
        lambda: formats.read(path),
        lambda: formats.write(TINY, path),
        lambda: formats.named("wordperfect"),
    ):
        with pytest.raises(ArgmapError, match=r"one of .*json.*yaml"):
            attempt()
    with pytest.raises(ArgmapError, match="no such file"):
        formats.read(tmp_path / "absent.json")


def loaded(code: str) -> list[str]:
    """The modules that are there when some code has run."""
    import subprocess
    import sys

    code = f"import sys; {code}; print(*sys.modules)"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()


def test_the_table_loads_no_reader() -> None:
    """A format declares itself without what reads it."""
    there = loaded("import argmap.formats; argmap.formats.table()")
    heavy = {
        "yaml",
        "lark",
        "networkx",
        "argmap.diagram",
        "argmap.formats.native.map_json",
        "argmap.formats.kialo.reader",
    }
    assert not heavy & {*there}
    assert "argmap.formats.kialo" in there


def test_our_own_files_are_recognised_without_the_other_formats(tmp_path: Path) -> None:
    """A map in YAML or JSON is read without importing a single other format."""
    for name in ("m.yaml", "m.json"):
        formats.write(TINY, tmp_path / name)
        there = loaded(f"import argmap; argmap.read({str(tmp_path / name)!r})")
        rooms = {module.split(".")[2] for module in there if module.startswith("argmap.formats.")}
        assert rooms <= {"common", "native"}


MARKDOWN = {
    "links": ("See [a][1].\n\n[1]: http://x.org/a\n[2]: <page.html> 'A page'\n[3]: img/x.png (drawn)\r\n", False),
    "a footnote": ("Rain falls.[^1]\n\n[^1]: Smith 2003, p. 5.\n", False),
    "statements": ("[1]: http://x.org\n\n[Rain]: It rains.\n", True),
    "a statement with a link": ("[Rain]: It rains, says http://x.org/a today.\n", True),
    "a word": ("[Rain]: Yes.\n", True),
}


@pytest.mark.parametrize(("text", "is_argdown"), MARKDOWN.values(), ids=MARKDOWN)
def test_links_of_markdown_are_no_statements(text: str, is_argdown: bool, tmp_path: Path) -> None:
    """A page of Markdown that only refers to others is not taken for Argdown, and no mistakes in it are told."""
    path = tmp_path / "page.md"
    path.write_bytes(text.encode())
    if is_argdown:
        assert formats.detect(formats.common.format.content_of(path)).name == "argdown"
    else:
        with pytest.raises(ArgmapError, match="this is a text, not a map of one"):
            formats.examine(path)
