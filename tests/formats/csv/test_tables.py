"""Formats for people's own tools: CSV for spreadsheets and R, Markdown to read."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap import formats
from argmap.findings import ArgmapError
from argmap.formats.csv.rows import guarded, restored
from argmap.model import Map, Support
from argmap.text_tools import escape_markdown
from tests.helpers.map_strategies import WORDS

BRIDGE = Map.model_validate(
    {
        "id": "bridge",
        "title": "Should the bridge be closed?",
        "thesis": "close",
        "speakers": {"mayor": {"name": "The Mayor", "role": "in office"}},
        "issues": {"safety": {"question": "How safe is it?", "scale": {"no": "unsafe", "yes": "safe"}}},
        "sources": {
            "essay": {"text": "Close the bridge. It rusts. Close the bridge.", "url": "https://example.org/essay"}
        },
        "claims": {
            "close": {
                "text": "=Close(the;bridge)",
                "kind": "policy",
                "quote": {"exact": "Close the bridge.", "suffix": " It"},
            },
            "rust": {
                "text": "It rusts,\nthey say.",
                "issue": "safety",
                "position": "no",
                "quote": ["It rusts.", "rusts"],
            },
            "paint": {"text": "Only paint.", "speaker": "mayor", "commitment": "conceded", "implicit": True},
        },
        "relations": [
            {"support": "close", "by": ["rust", "paint"], "id": "because", "scheme": "sign"},
            {"attack": "because", "by": ["paint"], "cue": "but"},
        ],
    }
)


# CSV


def test_csv_is_a_table_for_people() -> None:
    """One header, one row a thing; columns that nothing uses are not there."""
    text, loss = formats.dumps(BRIDGE, "csv")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["type"] for row in rows] == [
        "map",
        "speaker",
        "issue",
        "position",
        "position",
        "claim",
        "claim",
        "quote",
        "claim",
        "support",
        "attack",
    ]
    assert rows[9]["by"] == "rust paint"
    assert "force" not in rows[0]
    assert str(loss) == "1 source detail, 1 source not carried by csv"


FORMULAS = ["=1+2", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''=1", "＝1", "＋1"]


@pytest.mark.parametrize("text", [*FORMULAS, "plain", "'tis", "1-2", ""])
def test_csv_cells_are_never_formulas(text: str) -> None:
    """A cell that a spreadsheet would run is guarded, and comes back as it was."""
    assert restored(guarded(text)) == text
    assert guarded(text)[:1] not in ("=", "+", "-", "@", "\t", "\r", "＝", "＋")
    assert (guarded(text) == text) == (text not in FORMULAS)


@given(st.text(st.sampled_from("'=+-@\t\r\nab"), max_size=5))
def test_csv_guard_has_a_way_back(text: str) -> None:
    """Whatever a cell holds."""
    assert restored(guarded(text)) == text


def test_csv_guards_every_cell_of_a_map() -> None:
    """Texts, names, quotes, notes, columns of others: none begins a formula in the file."""
    m = Map.model_validate(
        {
            "id": "m",
            "title": "=cmd",
            "speakers": {"s": {"name": "@name", "role": "+role"}},
            "claims": {"a": {"text": "-text", "note": "=note", "extra": {"csv": {"=column": "=cell"}}}},
            "relations": [{"support": "a", "by": "a", "cue": "@cue"}],
        }
    )
    text, _ = formats.dumps(m, "csv")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]
    assert formats.loads(text) == m


def test_csv_by_hand() -> None:
    """Semicolons, names for ids, made-up ids, words for types, columns of other names, a byte order mark: all fine."""
    text = "\ufeffType;Text;Speaker;Target;By;Rating\r\n;Close it.;;;;5\r\nclaim;It rusts.;The Mayor;;;\r\nbecause;;;c1;c2;\r\n"
    reading = formats.examine_text(text, name="bridge.csv")
    m = reading.map
    assert not reading.findings
    assert {claim_id: claim.text for claim_id, claim in m.claims.items()} == {"c1": "Close it.", "c2": "It rusts."}
    assert m.speakers["The-Mayor"].name == "The Mayor"
    assert m.claims["c1"].extra == {"csv": {"Rating": "5"}}
    assert [(type(r), r.target, r.by) for r in m.relations] == [(Support, "c1", ("c2",))]
    assert "Rating" in formats.dumps(m, "csv")[0].splitlines()[0]


def test_csv_ids_with_spaces() -> None:
    """An id of several words is an id all the same."""
    text = "id,text,target,by\nclose it,Close it.,,\nit rusts,It rusts.,,\nold,It is old.,,\n,,close it,it rusts\n,,close it,it rusts; old\n"
    m = formats.loads(text)
    assert [(r.target, r.by) for r in m.relations] == [("close-it", ("it-rusts",)), ("close-it", ("it-rusts", "old"))]


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        ("claim,a,Again.,,,", "7:7: warning: duplicate-id"),
        ("claim,z,,,,", "7:9: warning: missing-text"),
        (
            "claim,z,Z.,,,opinion",
            "7:14: warning: unknown-value: 'opinion' is not a kind: kept, and not read. One of fact,",
        ),
        ("thing,z,,,,", "7:1: warning: unknown-type: no row type 'thing' is known: left out."),
        ("thing,z,Z.,,,", "7:1: warning: unknown-type: no row type 'thing' is known: read as a claim."),
        ("quote,z,,,,", "7:7: warning: dangling-reference"),
        ("position,z,Z.,nowhere,,", "7:15: warning: dangling-reference"),
        ("attack,,,a,y,", "7:12: warning: dangling-reference: no claim or relation 'y' is there."),
        ("attack,,,y,a,", "7:10: warning: dangling-reference"),
        ('attack,"r\ns",,y,a,', "8:5: warning: dangling-reference"),
        ("claim,z,Z.,,,fact,more", "7:1: warning: too-many-cells"),
    ],
)
def test_irregular_csv_is_read_with_a_finding(row: str, finding: str) -> None:
    """What does not fit is one finding at its cell."""
    text = f'type,id,text,target,by,kind\nclaim,a,"A,\n""A"".",,,fact\nclaim,b,B.,,,\n,,,,,\nsupport,,,a,b,\n{row}\n'
    reading = formats.examine_text(text, name="x.csv")
    assert str(reading.findings[0]).startswith(f"x.csv:{finding}")
    assert reading.map.claims["a"].text == 'A,\n"A".'


@pytest.mark.parametrize(
    ("text", "place"),
    [('text\n"It rusts, they say.\n', "2"), ('text\n\n"Rust" is red.\n', "3"), ("id;title\n1;x\n", "1")],
)
def test_broken_csv_is_refused_with_its_line(text: str, place: str) -> None:
    """A quote mark without its other half swallows no rows, and is named."""
    with pytest.raises(ArgmapError, match=rf"^x\.csv:{place}:1: unreadable: ") as refused:
        formats.examine_text(text, "csv", name="x.csv")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", 'text\n"never closed'])
def test_no_csv_is_refused_in_a_line(text: str) -> None:
    """A file without a header known here, or that no CSV reader reads, is refused."""
    with pytest.raises(ArgmapError) as refused:
        formats.examine_text(text, "csv")
    assert "\n" not in str(refused.value)


# Markdown

OUTLINE = """\
# Should the bridge be closed?

**=Close(the;bridge)**

> Close the bridge.

- **Together:** *(by sign)*
    - It rusts, they say.

        > It rusts.

        > rusts
    - Only paint. *(implicit, conceded, The Mayor)*
    - **Against this step:** Only paint. *(implicit, conceded, The Mayor)*
"""


def test_markdown_outline() -> None:
    """The thesis, its reasons under it, quotes under those, and what is against a step marked as that."""
    expected = OUTLINE.replace("**=Close", "**\\=Close")
    assert formats.dumps(BRIDGE, "markdown")[0] == expected


@given(WORDS)
def test_markdown_shows_text_as_it_is(text: str) -> None:
    """Whatever a text holds, a Markdown reader shows those words, and makes nothing of them."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("gfm-like", {"linkify": False, "typographer": False}).parse(f"- {escape_markdown(text)}")
    inline = next(token for token in tokens if token.type == "inline")
    kinds = {child.type for child in inline.children or ()}
    assert kinds <= {"text", "text_special"}
    assert "".join(child.content for child in inline.children or ()) == " ".join(text.split())
    assert [token.type for token in tokens].count("list_item_open") == 1


def test_markdown_of_circles_and_depth_ends() -> None:
    """Circles are shown once, a chain of thousands goes on in further sections, and no claim is left out."""
    n = 3000
    claims = {f"c{i}": {"text": f"Claim {i}."} for i in range(n)}
    relations = [{"support": f"c{i}", "by": [f"c{(i + 1) % n}"]} for i in range(n)]
    text, _ = formats.dumps(
        Map.model_validate({"id": "m", "thesis": "c0", "claims": claims, "relations": relations}), "markdown"
    )
    assert set(re.findall(r"Claim \d+", text)) == {f"Claim {i}" for i in range(n)}
    assert len(text) < 100 * n
    circle = [{"attack": "r1", "by": ["a"], "id": "r2"}, {"attack": "r2", "by": ["a"], "id": "r1"}]
    text, _ = formats.dumps(
        Map.model_validate({"id": "m", "claims": {"a": {"text": "A."}}, "relations": circle}), "markdown"
    )
    assert "A." in text


def test_the_table_of_formats_is_whole() -> None:
    """Every format has its row, with what it reads, writes and carries."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in formats.table().splitlines()]
    assert [row[0].strip("`") for row in rows[2:]] == [format_name.name for format_name in formats.FORMATS]
    assert {len(row) for row in rows} == {6}
    assert ["`kialo`", "Kialo text", "`.txt`", "yes", "–", "–"] in rows
    assert [
        "`csv`",
        "CSV",
        "`.csv`",
        "yes",
        "yes",
        "all but platforms, questions, source details, sources, conditions, suggestions, suggested relations, origins of drafts, weights, codebook names",
    ] in rows
