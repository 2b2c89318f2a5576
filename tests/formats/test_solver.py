"""APX and the format of ICCMA 2023."""

from __future__ import annotations

import pytest

from argmap import formats
from argmap.findings import ArgmapError

APX = "% a comment\narg(a). arg(b).\narg(c).\natt(b,a).\nsupport( c , a ).\natt(a,a).\n"
AF = "p af 3\n# a comment\n1 2\n2 3\n"


def ties(text: str, name: str) -> list[tuple[str, str, str | None]]:
    return [(r.type, r.by[0], r.target) for r in formats.loads(text, name).relations]


def test_arguments_are_claims_and_attacks_relations() -> None:
    """Both formats are recognised and read; APX may hold supports."""
    assert formats.detect(formats.Content(APX, "x")).name == "apx"
    assert formats.detect(formats.Content(AF, "x")).name == "iccma23"
    assert ties(APX, "apx") == [("attack", "b", "a"), ("support", "c", "a"), ("attack", "a", "a")]
    assert ties(AF, "iccma23") == [("attack", "1", "2"), ("attack", "2", "3")]
    assert list(formats.loads(AF).claims) == ["1", "2", "3"]


def test_a_map_comes_back_by_its_comments() -> None:
    """Claim ids that are no constants, and texts, are kept in comments; p af loses the supports and says so."""
    map_ = formats.loads(
        "close-it The bridge: shut it.\nKosten = 3\n#\nKosten close-it\nclose-it Kosten support\n", "tgf"
    )
    text, loss = formats.dumps(map_, "apx")
    assert "arg(c_close_it)." in text
    assert "% c_close_it = close-it: The bridge: shut it." in text
    assert not loss
    back = formats.loads(text, "apx")
    assert {c.id: c.text for c in back.claims.values()} == {c.id: c.text for c in map_.claims.values()}
    text, loss = formats.dumps(map_, "iccma23")
    assert text.startswith("p af 2\n# 1 = close-it: ")
    assert str(loss) == "1 support not carried by iccma23"
    assert list(formats.loads(text).claims) == ["close-it", "Kosten"]


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("arg(a).\narg(a).\natt(a,b).\n", "apx", [("duplicate-id", 2), ("dangling-reference", 3)]),
        (
            "arg(a).\nfoo(a).\narg(a,b).\nnonsense\n",
            "apx",
            [("unknown-line", 2), ("unknown-line", 3), ("unknown-line", 4)],
        ),
        ("p af 2\n1 3\n1 2 3\nx\n", "iccma23", [("dangling-reference", 2), ("unknown-line", 3), ("unknown-line", 4)]),
    ],
)
def test_what_is_irregular_is_found_at_its_line(text: str, name: str, found: list[tuple[str, int]]) -> None:
    """Every line that is left out is named."""
    reading = formats.examine_text(text, name)
    assert [(finding.rule, finding.place.line) for finding in reading.findings] == found
    assert all(finding.is_loss for finding in reading.findings)


@pytest.mark.parametrize(("text", "name"), [("a b\n", "apx"), ("x\n", "iccma23"), ("p af 999999999\n", "iccma23")])
def test_a_file_that_is_no_framework_is_refused(text: str, name: str) -> None:
    """Neither an empty file nor one that announces a billion arguments is read."""
    with pytest.raises(ArgmapError, match=r"not APX|not ICCMA|too many"):
        formats.loads(text, name)
