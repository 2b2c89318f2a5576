"""Pictures are drawn with the fonts that argmap carries, so that they look the same on every machine."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from defusedxml.ElementTree import fromstring

import argmap
from argmap import diagram
from argmap.cli import main
from argmap.diagram import fonts
from argmap.diagram.layout.text import FONTS, width
from argmap.diagram.render import engine
from argmap.model import Map

SVG = "{http://www.w3.org/2000/svg}"
THAI, HEBREW = "สะพานเป็นสนิม", "הגשר החליד בתשעה מקומות: ראו report 12."


def one_claim(text: str) -> Map:
    """A map of one claim."""
    return Map.model_validate({"id": "m", "claims": {"a": {"text": text}}})


@pytest.fixture
def no_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without fonts, caches or a configuration of fontconfig."""
    empty = tmp_path / "empty.conf"
    empty.write_text('<?xml version="1.0"?><fontconfig></fontconfig>')
    monkeypatch.setenv("FONTCONFIG_FILE", str(empty))
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setattr(fonts, "machine_folders", list)


@pytest.mark.parametrize("format_", ["svg", "png", "pdf"])
def test_the_same_bytes_with_and_without_fonts_on_the_machine(
    night_bus_map: Map, format_: Any, request: pytest.FixtureRequest
) -> None:
    """Fonts and settings of the machine change nothing in a picture whose letters argmap carries."""
    here = diagram.draw(night_bus_map, format_)
    request.getfixturevalue("no_fonts")
    assert diagram.draw(night_bus_map, format_) == here
    assert here.findings == ()


def test_an_svg_never_depends_on_fonts(request: pytest.FixtureRequest) -> None:
    """Also letters that argmap does not carry leave an SVG the same on every machine, and are in it."""
    here = diagram.draw(one_claim(f"{THAI} 日米同盟 {HEBREW}"))
    request.getfixturevalue("no_fonts")
    assert diagram.draw(one_claim(f"{THAI} 日米同盟 {HEBREW}")) == here
    assert THAI in here.decode()


@pytest.mark.usefixtures("no_fonts")
@pytest.mark.parametrize("format_", ["png", "pdf"])
def test_letters_without_a_font_are_a_finding(format_: Any) -> None:
    """The finding names the letters, says how they are drawn, and what to do."""
    (finding,) = diagram.draw(one_claim("日米 alliance"), format_).findings
    assert finding.rule == "no-font"
    assert "日 (U+65E5), 米 (U+7C73); drawn as □" in finding.message
    assert "draw SVG" in (finding.hint or "")


@pytest.mark.usefixtures("no_fonts")
def test_the_command_line_and_the_report_say_which_letters_have_no_font(tmp_path: Path) -> None:
    """The picture is written; the warning goes to standard error, and on the page to what is not shown."""
    argmap.write(one_claim("日米 alliance"), tmp_path / "m.graphml")
    done = CliRunner().invoke(main, ["draw", str(tmp_path / "m.graphml"), "-o", str(tmp_path / "m.png")])
    assert done.exit_code == 0
    assert "no-font: no font on this machine has 日" in done.stderr
    (page, *_) = argmap.report(tmp_path, tmp_path / "report")
    assert "no font on this machine has 日" in page.read_text("utf-8")


def test_words_keep_their_width_in_any_browser(night_bus_map: Map) -> None:
    """Each line of words has the width that its box was made for; letters of unknown width have none."""
    root = fromstring(diagram.draw(night_bus_map))
    lines = [
        text for text in root.iter(f"{SVG}text") if text.get("font-size") == "10.00" and not text.get("font-style")
    ]
    assert lines
    for text in lines:
        assert float(text.get("textLength", "0")) == pytest.approx(width(text.text or "", FONTS["body"]), rel=0.06)
    thai = next(
        text for text in fromstring(diagram.draw(one_claim(THAI))).iter(f"{SVG}text") if THAI in (text.text or "")
    )
    assert "textLength" not in thai.attrib


def test_right_to_left_words_start_at_the_right() -> None:
    """Hebrew has its direction, and stands at the right of its box; Latin words in it change nothing."""
    svg = diagram.draw(one_claim(HEBREW)).decode()
    lines = re.findall(r'<text text-anchor="(\w+)" x="([\d.]+)"[^>]*direction="rtl"[^>]*>', svg)
    assert len(lines) == 2
    box = next(box for box in diagram.of_map(one_claim(HEBREW)).boxes if box.claim)
    assert box.text
    assert {anchor for anchor, _ in lines} == {"start"}
    (x,) = {float(x) for _, x in lines}
    assert x > 22 + 170  # the margin and the width of the words
    assert 'direction="rtl"' not in diagram.draw(one_claim("The bridge rusts.")).decode()


def test_widths_are_those_of_arial() -> None:
    """Liberation Sans has the widths of Arial and Helvetica, which pages of other tools assume."""
    regular, bold = fonts.widths(), fonts.widths(bold=True)
    assert [regular[char] for char in " aWi—é"] == [278, 556, 944, 222, 1000, 556]
    assert [bold[char] for char in " aWi—é"] == [278, 556, 944, 278, 1000, 556]
    assert len(regular) > 2000


def test_the_licence_of_the_fonts_is_carried_with_them() -> None:
    """The SIL Open Font License asks for it."""
    text = (fonts.FOLDER / "LICENSE").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert "Red Hat, Inc. with Reserved Font Name Liberation" in text
    assert {path.name for path in fonts.FOLDER.glob("*.ttf")} == set(fonts._FILES.values())


def test_a_lost_temporary_folder_is_made_again(night_bus_map: Map) -> None:
    """A long session may outlive its temporary files; its pictures stay the same."""
    here = diagram.draw(night_bus_map, "png")
    shutil.rmtree(engine._font_folder())
    assert diagram.draw(night_bus_map, "png") == here
    assert {path.name for path in fonts.FOLDER.iterdir()} - {"__pycache__"} == {
        "LICENSE",
        "__init__.py",
        *fonts._FILES.values(),
    }
