"""Files in and out: what is written is read again, and what nobody changed is left alone."""

from __future__ import annotations

import difflib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from argmap import store
from argmap.findings import ArgmapError
from argmap.model import Alignment, Codebook, Map, Rephrase, Support, Value, replace
from argmap.store.documents import parse
from argmap.store.plain_data import same
from argmap.store.yaml_reader import scalar
from tests.conftest import NightBus
from tests.helpers.strategies import alignments, claim, codebooks, edited, maps

ROOT = Path(__file__).resolve().parents[2]
in_a_folder = settings(max_examples=40)


def with_claims(m: Map, **changes: dict[str, Any] | None) -> Map:
    """The map with claims changed, added, or (`None`) dropped."""
    claims = dict(m.claims)
    for name, fields in changes.items():
        claim_id = name.replace("_", "-")
        if fields is None:
            del claims[claim_id]
        else:
            claims[claim_id] = replace(claims[claim_id], **fields) if claim_id in claims else claim(claim_id, **fields)
    return replace(m, claims=claims)


def changed_lines(before: str, after: str) -> list[str]:
    """The lines taken out (`-`) and put in (`+`)."""
    return [line.rstrip() for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


# --- what is written is read again -----------------------------------------------------------------------------------


@given(maps() | codebooks() | alignments())
@pytest.mark.parametrize("syntax", ["yaml", "json"])
def test_what_is_written_is_read_again(syntax: str, value: Map | Codebook | Alignment) -> None:
    """Any map, codebook or alignment comes back from its text as it was, the order of its ids too."""
    text = store.dumps(value, syntax)
    again = parse(text, "it", type(value)).value
    assert same(store.to_data(again), store.to_data(value))
    if not (isinstance(value, Map) and value.codebook):
        assert again == value


@given(maps().flatmap(edited))
def test_any_yaml_reader_reads_the_same(m: Map) -> None:
    """A YAML 1.1 reader such as PyYAML finds the same words in the file: no `no` becomes false, no date a date."""
    text = store.dumps(m)
    assert yaml.safe_load(text) == json.loads(store.dumps(m, "json"))
    assert max(map(len, text.splitlines())) < 20_000


@given(maps())
@in_a_folder
def test_load_after_save_is_the_same(tmp_path: Path, m: Map) -> None:
    """load(save(m)) is m."""
    m = replace(m, codebook=None)
    path = tmp_path / "map.yaml"
    path.unlink(missing_ok=True)
    store.save(m, path)
    assert store.load(path) == m


@given(st.data())
@in_a_folder
def test_edits_are_saved_and_comments_are_kept(tmp_path: Path, data: st.DataObject) -> None:
    """After any edit the file says the new map, and every comment above a claim that is still there is still there."""
    before = replace(data.draw(maps()), codebook=None)
    after = data.draw(edited(before))
    path = tmp_path / "map.yaml"
    lines: list[str] = []
    for line in store.dumps(before).splitlines():
        claim_id = line.strip().removesuffix(":")
        if line.startswith("  ") and claim_id in before.claims:
            lines.append(f"  # about {claim_id}")
        lines.append(line)
    text = "# first\n" + "\n".join(lines) + "\n# last\n"
    assume(store.parse_map(text).value == before)
    path.write_bytes(text.encode())
    store.save(after, path)
    assert same(store.to_data(store.load(path)), store.to_data(after))
    saved = path.read_bytes().decode()
    assert saved.startswith("# first\n")
    assert saved.endswith("\n# last\n")
    kept = [claim_id for claim_id in before.claims if claim_id in after.claims]
    assert [claim_id for claim_id in kept if f"# about {claim_id}\n" not in saved] == []


@given(st.data())
@in_a_folder
def test_any_layout_can_be_edited(tmp_path: Path, data: st.DataObject) -> None:
    """However another program laid the file out, an edit saved over it is what is read from it."""
    before = replace(data.draw(maps()), codebook=None)
    after = data.draw(edited(before))
    text = yaml.safe_dump(
        store.to_data(before),
        sort_keys=data.draw(st.booleans()),
        default_flow_style=data.draw(st.sampled_from([None, False])),
        indent=data.draw(st.sampled_from([2, 4, 9])),
        width=data.draw(st.sampled_from([20, 80, 1000])),
        allow_unicode=data.draw(st.booleans()),
        explicit_start=data.draw(st.booleans()),
    )
    before = store.parse_map(text).value
    path = tmp_path / "map.yaml"
    path.write_bytes(text.encode())
    store.save(after, path)
    assert same(store.to_data(store.load(path)), store.to_data(after))


@given(st.data())
@in_a_folder
def test_codebooks_and_alignments_are_edited_in_place(tmp_path: Path, data: st.DataObject) -> None:
    """One codebook or alignment saved over another gives the other, and its first comment stays."""
    before, after = data.draw(st.tuples(codebooks(), codebooks()) | st.tuples(alignments(), alignments()))
    path = tmp_path / "file.yaml"
    path.write_bytes(("# kept\n" + store.dumps(before)).encode())
    store.save(after, path)
    assert same(store.to_data(parse(path.read_bytes().decode(), "it", type(after)).value), store.to_data(after))
    assert path.read_bytes().startswith(b"# kept\n")


@pytest.mark.parametrize("name", ["1996.yaml", "2005.yaml", "codebook.yaml", "1996-2005.yaml"])
def test_the_shipped_files_round_trip(name: str, tmp_path: Path) -> None:
    """The readings come back whole from both syntaxes, and saving them unchanged changes nothing."""
    path = ROOT / "maps" / name
    document = store.open_any(path)
    for syntax in ("yaml", "json"):
        assert parse(store.dumps(document.value, syntax), "it", type(document.value)).value is not None
    shutil.copytree(ROOT / "maps", tmp_path / "maps", ignore=shutil.ignore_patterns("pictures"))
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "pyproject.toml").touch()
    copy = tmp_path / "maps" / name
    before = copy.stat()
    store.save(document.value, copy)
    assert copy.read_bytes() == path.read_bytes()
    assert copy.stat().st_mtime_ns == before.st_mtime_ns


def test_saving_where_the_texts_are_not_takes_them_along(tmp_path: Path) -> None:
    """A map saved over a copy of its file, in a folder without its texts and codebook, has them all the same."""
    copy = tmp_path / "1996.yaml"
    shutil.copy(ROOT / "maps" / "1996.yaml", copy)
    m = store.load(ROOT / "maps" / "1996.yaml")
    store.save(m.model_copy(update={"title": "Another"}), copy)
    again = store.load(copy)
    assert again.title == "Another"
    assert again.sources["essay"].text == m.sources["essay"].text
    assert again.issues == m.issues


def test_a_text_edited_since_stays_beside_its_map(tmp_path: Path) -> None:
    """Saving into the file that a map came from leaves its text where it is, whoever edited that meanwhile."""
    (tmp_path / "essay.txt").write_text("It rusts.")
    path = tmp_path / "bridge.yaml"
    path.write_text("argmap: 1\nid: bridge\nsources:\n  essay: {path: essay.txt}\nclaims:\n  rust: {text: It rusts.}\n")
    m = store.load(path)
    (tmp_path / "essay.txt").write_text("It rusts, they say.")
    store.save(m.model_copy(update={"title": "Bridge"}), path)
    assert store.load(path).sources["essay"].text == "It rusts, they say."


# --- how a new file looks ----------------------------------------------------------------------------------------------


def test_a_new_file_reads_like_notes() -> None:
    """The house style: quotes in quotation marks, short lists on one line, long lines folded, sections apart."""
    m = Map.model_validate(
        {
            "id": "1996",
            "thesis": "equals",
            "sources": {"essay": {"path": "essay.txt", "excluded": [{"quote": "ADVERT", "reason": "page furniture"}]}},
            "speakers": {"some": {"name": "Some"}},
            "claims": {
                "equals": {
                    "text": "The US and Japan will turn their security bond, which is one of seniors and juniors, into one of equals.",
                    "quote": ["more nearly equals", {"exact": "equals", "prefix": "nearly"}],
                    "kind": "prediction",
                },
                "no": {"text": "No: not yet.", "implicit": True, "note": "First line.\nSecond line."},
            },
            "relations": [{"attack": "equals", "by": ["no", "equals"]}],
        }
    )
    assert store.dumps(m) == (
        """\
argmap: 1
id: "1996"
thesis: equals

sources:
  essay:
    path: essay.txt
    excluded:
      - {quote: "ADVERT", reason: page furniture}

speakers:
  some: {name: Some}

claims:
  equals:
    text: The US and Japan will turn their security bond, which is one of seniors and juniors, into
      one of equals.
    quote:
      - "more nearly equals"
      - {exact: "equals", prefix: "nearly"}
    kind: prediction

  "no":
    text: "No: not yet."
    implicit: true
    note: |-
      First line.
      Second line.

relations:
  - attack: equals
    by: ["no", equals]
"""
    )


def test_what_a_file_points_to_is_not_written_into_it(night_bus: NightBus) -> None:
    """The text of a source with a path and the issues of a codebook stay in their own files."""
    data = store.to_data(night_bus.load())
    assert "text" not in data["sources"]["letter"]
    assert "issues" not in data
    assert "run its buses" in (night_bus.load().sources["letter"].text or "")
    assert list(night_bus.load().issues) == ["service", "cost"]


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "Yes",
        "on",
        "007",
        "1e5",
        "1_000",
        "0x1F",
        "1.10",
        "2005-03-14",
        "12:30:00",
        "~x",
        "Null?",
        ".5",
        "=",
        "<<",
    ],
)
def test_words_stay_words(word: str) -> None:
    """What YAML 1.1 reads as truth, number or date is read as it is written."""
    assert scalar(word) == word
    assert store.parse_map(f"argmap: 1\nid: x\nnote: {word}\n").value.note == word


def test_json_is_read_by_its_content(night_bus: NightBus) -> None:
    """The same keys as JSON, whatever the file is called; saving keeps it JSON and keeps its indent."""
    m = night_bus.load()
    path = night_bus.folder / "as-json.yaml"
    path.write_text(json.dumps(store.to_data(m), indent=4, ensure_ascii=False), "utf-8")
    assert store.load(path) == m
    store.save(replace(m, note="new"), path)
    assert json.loads(path.read_text("utf-8"))["note"] == "new"
    assert '\n    "id"' in path.read_text("utf-8")


# --- what nobody changed is left alone -----------------------------------------------------------------------------------

NOTES = """\
# yaml-language-server: $schema=schema/map.json
argmap: 1   # the format
id: "cats"

# where it is from
sources:
  essay: {path: a.txt, author: me}   # in one line

thesis: better
claims:
  # the headline
  better:
    text: Cats are better.   # sure?
    quote: 'cats ... are better'
    kind: value
    commitment: asserted

  # about dogs
  dogs:
    text: >
      Dogs are
      loud.
    kind: fact # why?

  ## --- loose ends ---

  # last
  fish: {text: Fish are mute., kind: fact}
  birds:
    text: |
      Birds sing.

      They fly.
    note: x
relations:
- support: better
  by: [dogs, fish]  # linked
  # what cue?
  scheme: sign
# the other side
- attack: dogs
  by: birds
# the end
"""

Edit = Callable[[Map], Map]
EDITS: dict[str, tuple[Edit, list[str]]] = {
    "a text": (
        lambda m: with_claims(m, better={"text": "Cats: no doubt."}),
        ["-     text: Cats are better.   # sure?", '+     text: "Cats: no doubt."   # sure?'],
    ),
    "a quote in its own quotation marks": (
        lambda m: with_claims(m, better={"quotes": ["it's cats"]}),
        ["-     quote: 'cats ... are better'", "+     quote: 'it''s cats'"],
    ),
    "a folded text": (
        lambda m: with_claims(m, dogs={"text": "Dogs bark."}),
        ["-     text: >", "-       Dogs are", "-       loud.", "+     text: Dogs bark."],
    ),
    "a text of lines": (
        lambda m: with_claims(m, birds={"text": "Birds fly.\nThey sing.\n"}),
        ["-       Birds sing.", "-", "-       They fly.", "+       Birds fly.", "+       They sing."],
    ),
    "a claim in one line": (
        lambda m: with_claims(m, fish={"text": "Fish swim."}),
        ["-   fish: {text: Fish are mute., kind: fact}", "+   fish: {text: Fish swim., kind: fact}"],
    ),
    "a field that said what is so anyway": (
        lambda m: with_claims(m, better={"commitment": "conceded"}),
        ["-     commitment: asserted", "+     commitment: conceded"],
    ),
    "a new field, in the model's order": (
        lambda m: with_claims(m, dogs={"quotes": ["dogs bark"], "force": "hedged"}),
        ['+     quote: "dogs bark"', "+     force: hedged"],
    ),
    "a field taken out": (lambda m: with_claims(m, birds={"note": None}), ["-     note: x"]),
    "a claim taken out, with its comment": (
        lambda m: with_claims(m, dogs=None),
        [
            "-   # about dogs",
            "-   dogs:",
            "-     text: >",
            "-       Dogs are",
            "-       loud.",
            "-     kind: fact # why?",
            "-",
        ],
    ),
    "a claim more": (lambda m: with_claims(m, cows={}), ["+", "+   cows:", "+     text: What cows says."]),
    "another id": (
        lambda m: replace(
            m,
            claims={
                {"dogs": "hounds"}.get(claim_id, claim_id): replace(c, id={"dogs": "hounds"}.get(claim_id, claim_id))
                for claim_id, c in m.claims.items()
            },
        ),
        ["-   dogs:", "+   hounds:"],
    ),
    "another order": (
        lambda m: replace(m, relations=m.relations[::-1]),
        [
            "+ # the other side",
            "+ - attack: dogs",
            "+   by: birds",
            "- # the other side",
            "- - attack: dogs",
            "-   by: birds",
        ],
    ),
    "support turned to rephrase": (
        lambda m: replace(m, relations=(Rephrase(target="better", by=("dogs", "fish"), scheme="sign"), m.relations[1])),
        ["- - support: better", "+ - rephrase: better"],
    ),
    "one relation fewer": (
        lambda m: replace(m, relations=m.relations[:1]),
        ["- # the other side", "- - attack: dogs", "-   by: birds"],
    ),
    "one relation more": (
        lambda m: replace(m, relations=(*m.relations, Support(target="fish", by=("birds",)))),
        ["+ - support: fish", "+   by: [birds]"],
    ),
    "a part that was not there": (
        lambda m: replace(m, speakers={"vet": {"name": "A vet"}}),
        ["+ speakers:", "+   vet: {name: A vet}", "+"],
    ),
    "a source's author": (
        lambda m: replace(m, sources={"essay": replace(m.sources["essay"], author="you")}),
        [
            "-   essay: {path: a.txt, author: me}   # in one line",
            "+   essay: {path: a.txt, author: you}   # in one line",
        ],
    ),
    "no thesis": (lambda m: replace(m, thesis=None), ["- thesis: better"]),
    "no relations": (
        lambda m: replace(m, relations=()),
        [f"- {line}" for line in NOTES[NOTES.index("relations:") : NOTES.index("# the end")].splitlines()],
    ),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("name", EDITS)
def test_only_what_changed_is_written_anew(name: str, newline: str, tmp_path: Path) -> None:
    """Each edit touches its own lines; comments, order, blank lines, quoting and line ends of the rest stay."""
    edit, expected = EDITS[name]
    path = tmp_path / "cats.yaml"
    path.write_bytes(NOTES.replace("\n", newline).encode())
    m = store.parse_map(NOTES).value
    store.save(edit(m), path)
    saved = path.read_bytes().decode()
    assert sorted(changed_lines(NOTES, saved.replace("\r\n", "\n"))) == sorted(expected)
    assert saved.count("\r\n") == (saved.count("\n") if newline == "\r\n" else 0)
    assert same(store.to_data(store.parse_map(saved).value), store.to_data(edit(m)))


@pytest.mark.parametrize(
    "text",
    [
        "argmap: 1\nid: x\nclaims:\n  a: &same {text: A}\n  b: *same\n",
        "argmap: 1\nid: x\nclaims:\n  a:\n    ? text\n    : A\n  b: {text: A}\n",
        "%YAML 1.2\n---\nargmap: 1\nid: x\nclaims: {a: {text: A}, b: {text: A}}\n...\n",
        "argmap: 1\nid: x\nclaims:\n  a: {text: A\n    }\n  b:\n    text:\n      A\n",
        "\ufeffargmap: 1\nid: x\nclaims:\n  a:\n    text:\n      # here\n      A\n  b: {text: A}",
    ],
    ids=["anchors", "question marks", "directives", "odd breaks", "byte order mark"],
)
def test_odd_layouts_are_saved_too(text: str, tmp_path: Path) -> None:
    """Whatever YAML allows, the file says the new map afterwards, even where its layout cannot be kept."""
    path = tmp_path / "odd.yaml"
    m = store.parse_map(text).value
    for edit in (
        with_claims(m, b={"text": "B: changed"}),
        with_claims(m, a=None),
        with_claims(m, c={"note": "one\ntwo"}),
        replace(m, claims={}),
    ):
        path.write_bytes(text.encode())
        store.save(edit, path)
        assert store.load(path) == edit
        assert path.read_bytes().startswith(b"\xef\xbb\xbf") == text.startswith("\ufeff")


# --- saving never destroys ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("there", ["claims: [", "argmap-codebook: 1\nid: c\nissues: {}\n", "some notes of mine\n"])
def test_a_broken_or_foreign_file_is_not_overwritten(there: str, tmp_path: Path) -> None:
    """What cannot be read as the same sort of file is left as it is, and said so."""
    path = tmp_path / "m.yaml"
    path.write_text(there, "utf-8")
    with pytest.raises(ArgmapError, match="so it is not overwritten"):
        store.save(Map(id="m"), path)
    assert path.read_text("utf-8") == there


@pytest.mark.parametrize("extra", [float("nan"), float("inf"), "\ud800", 10**400, [[[[]]]]], ids=repr)
def test_what_no_file_can_hold_is_refused(extra: object) -> None:
    """A value that would not come back is refused in one line, before anything is written."""
    deep: Any = extra
    if isinstance(extra, list):
        for _ in range(120):
            deep = [deep]
    with pytest.raises(ArgmapError, match="cannot be written"):
        store.dumps(Map(id="m").model_copy(update={"extra": {"tool": deep}}))


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_map_holds_no_number_that_json_cannot(number: float) -> None:
    """What no file could hold is refused when the map is made."""
    with pytest.raises(ValueError, match="finite number"):
        Map(id="m", extra={"tool": number})


def test_places_follow_the_model_into_the_file(night_bus: NightBus) -> None:
    """A path in the model's words finds the file's own: an alias of a key, one thing for a list, the nearest around."""
    document = store.open_map(night_bus.path)
    for path, words in {
        ("claims", "nurses-walk", "quotes", 0, "exact"): '"every third',
        ("claims", "run-at-night", "quotes", 1): '"Let the buses',
        ("relations", 1, "target"): "no-way-home\n    by: taxi",
        ("relations", 1, "by", 0): "taxi-costs\n  - support",
        ("sources", "letter", "excluded", 1, "reason"): "advertisement",
        ("claims", "nurses-walk", "force"): "text: Every third",
    }.items():
        place = document.place(path)
        offset = night_bus.text.index(words)
        assert (place.line, place.column) == (
            night_bus.text.count("\n", 0, offset) + 1,
            offset - night_bus.text.rfind("\n", 0, offset),
        ), path
    assert document.place(("claims", "fountain"), key=True).column == 3


def test_places_in_json_are_those_of_the_text() -> None:
    """JSON has places too, tabs, escapes and all."""
    text = '{\n\t"argmap": 1, "id": "x",\n\t"claims": {"a\\u0062\\/": {\n\t\t"txt": "\\ud83d\\ude8c"}}}'
    with pytest.raises(ArgmapError) as error:
        store.parse_map(text, "m.json")
    assert [(f.rule, f.place.line, f.place.column) for f in error.value.findings] == [
        ("bad-id", 3, 13),
        ("unknown-key", 4, 3),
    ]


def test_kinds_of_file(night_bus: NightBus) -> None:
    """Each of the three sorts of file says what it is."""
    night_bus.folder.joinpath("both.yaml").write_text("argmap-alignment: 1\nbefore: a\nafter: b\n", "utf-8")
    kinds = {path.name: store.kind_of(path) for path in night_bus.folder.glob("*.yaml")}
    assert kinds == {"both.yaml": "alignment", "codebook.yaml": "codebook", "night-bus.yaml": "map"}


def test_empty_parts_are_a_map_just_begun() -> None:
    """`claims:` with nothing under it yet is no mistake."""
    m = store.parse_map("argmap: 1\nid: x\nclaims:\nrelations:\nsources:\n").value
    assert m == Map(id="x")


def value_types() -> list[type[Value]]:
    return [Map, Codebook, Alignment]


@pytest.mark.parametrize("kind", value_types())
def test_every_kind_says_its_version_first(kind: type[Value]) -> None:
    """The first line of each new file is the key that says what the file is."""
    least = {Map: {"id": "x"}, Codebook: {"id": "x", "issues": {}}, Alignment: {"before": "a", "after": "b"}}[kind]
    first = store.dumps(kind.model_validate(least)).splitlines()[0]  # type: ignore[arg-type]
    assert first in ("argmap: 1", "argmap-codebook: 1", "argmap-alignment: 1")
