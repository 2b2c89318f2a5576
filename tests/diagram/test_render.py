"""From a diagram to bytes: every format, the one engine at arm's length, and what it says when it fails."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pygraphviz
import pypdf
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

import argmap
from argmap import diagram
from argmap.diagram import drawing
from argmap.diagram.layout.sheet import sheet_of
from argmap.diagram.layout.text import FONTS, drawable, lines, shorten, width
from argmap.diagram.render import engine
from argmap.diagram.render.dot import dot_of
from argmap.diagram.render.svg import check_arrows
from argmap.diagram.theme import THEMES
from argmap.findings import ArgmapError
from argmap.model import Map

SVG = "{http://www.w3.org/2000/svg}"
MAPS = Path(__file__).resolve().parents[2] / "maps"


def drawn(m: Map, **options: Any) -> Element:
    """A map's SVG."""
    return fromstring(diagram.draw(m, "svg", **options))


@pytest.mark.parametrize("format_name", diagram.FORMATS)
@pytest.mark.parametrize("theme", THEMES)
def test_every_format_and_theme_gives_the_same_bytes_twice(night_bus_map: Map, format_name: Any, theme: Any) -> None:
    """A format's own first bytes, and no difference between two drawings of one map."""
    first = {
        "svg": b"<?xml",
        "png": b"\x89PNG",
        "pdf": b"%PDF",
        "dot": b"digraph",
        "mmd": b"---",
        "json": b"{",
        "html": b"<!doctype html>",
    }
    picture = diagram.draw(night_bus_map, format_name, theme=theme)
    assert picture.startswith(first[format_name])
    assert diagram.draw(night_bus_map, format_name, theme=theme) == picture


def test_no_chance_gets_into_a_picture(night_bus: Any) -> None:
    """Another process, with another seed for its hashes, draws the same bytes."""
    code = (
        f"import sys, argmap; sys.stdout.buffer.write(argmap.draw(argmap.load({str(night_bus.path)!r}), group='issue'))"
    )
    pictures = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(pictures) == 1


def test_every_arrow_and_claim_is_in_the_svg(night_bus_map: Map) -> None:
    """Each claim's box and each relation's arrow can be found by its id, with a class for its role and words for its reader."""
    root = drawn(night_bus_map)
    claims = {element.get("data-claim"): element for element in root.iter(f"{SVG}g") if element.get("data-claim")}
    assert set(claims) == {f"night-bus/{claim_id}" for claim_id in night_bus_map.claims}
    relations = {element.get("data-relation") for element in root.iter(f"{SVG}g")} - {None}
    assert relations == {f"night-bus/{relation.key}" for relation in night_bus_map.relations}
    box = claims["night-bus/nurses-walk"]
    assert box.get("class") == "box supporting_point reported"
    assert box.get("aria-label") == "supporting point: reported · The hospital / Every third nurse walks home alone."
    assert box.findtext(f"{SVG}title") == '“every third nurse" walks home alone” (line 6)'


def test_ids_are_words_and_bear_the_maps_name(night_bus_map: Map) -> None:
    """No id has a hyphen, none comes twice, and two maps' ids differ, so that one page can hold both."""
    root = drawn(night_bus_map)
    ids = [element.get("id", "") for element in root.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    assert all(claim_id.startswith("map_night_bus") and "-" not in claim_id for claim_id in ids)


def test_the_picture_says_what_it_is(night_bus_map: Map) -> None:
    """Title and description of the whole are there for a screen reader."""
    root = drawn(night_bus_map)
    assert root.findtext(f"{SVG}title") == "Let the buses run at night"
    assert root.findtext(f"{SVG}desc") == "A reader, 2024-05 · 11 claims, 9 relations"
    assert root.get("role") == "graphics-document"


def test_json_is_the_neutral_diagram(night_bus_map: Map) -> None:
    """Roles and words, no colour and no place."""
    told = diagram.draw(night_bus_map, "json").decode()
    data = json.loads(told)
    assert data["format"] == "argmap-diagram/1"
    assert data["boxes"][0] == {
        "id": "run-at-night",
        "role": "thesis",
        "text": [
            {"words": "thesis", "role": "word"},
            {"words": "The town should run its buses until two in the morning.", "role": "thesis"},
        ],
        "claim": "night-bus/run-at-night",
        "hover": data["boxes"][0]["hover"],
    }
    assert "#" not in told


def test_a_notebook_shows_maps_diffs_timelines_and_pictures(night_bus_map: Map) -> None:
    """What a notebook asks for is there: SVG of the values, SVG or PNG of a drawn picture, and a short name of either."""
    timeline = argmap.timeline([night_bus_map, night_bus_map])
    for value in (night_bus_map, argmap.compare(night_bus_map, night_bus_map), timeline):
        assert fromstring(value._repr_svg_()).tag == f"{SVG}svg"
    picture = diagram.draw(night_bus_map)
    assert picture._repr_svg_() == picture.decode()
    assert picture._repr_png_() is None
    assert repr(picture).startswith("<svg of ")
    assert diagram.draw(night_bus_map, "png")._repr_png_().startswith(b"\x89PNG")


def test_dots_an_inch_count(night_bus_map: Map) -> None:
    """Twice the dots, twice the width."""

    def wide(dpi: float) -> int:
        return int.from_bytes(diagram.draw(night_bus_map, "png", dpi=dpi)[16:20], "big")

    assert abs(wide(144) - 2 * wide(72)) <= 2


def test_dot_draws_the_same_picture_by_itself(night_bus_map: Map) -> None:
    """The DOT text says that every place is pinned; Graphviz needs no option to follow it."""
    sheet = sheet_of(diagram.of_map(night_bus_map))
    graph = pygraphviz.AGraph(string=diagram.draw(night_bus_map, "dot").decode())
    assert graph.graph_attr["layout"] == "nop2"
    assert graph.graph_attr["newrank"] == "true"
    assert len(graph.edges()) == len(sheet.arrows)


# Errors


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"format": "gif"}, "no format 'gif'"),
        ({"theme": "neon"}, "no theme 'neon'"),
        ({"format": "png", "dpi": 5}, "dpi must be from 10 to 1200"),
        ({"format": "pdf", "paper": "a5"}, "no paper 'a5'"),
        ({"format": "svg", "paper": "a4"}, "paper is for PDF"),
    ],
)
def test_misuse_is_one_line(night_bus_map: Map, options: dict[str, Any], words: str) -> None:
    """Unknown formats, themes, papers and odd resolutions are told in a line."""
    with pytest.raises(ArgmapError, match=words) as told:
        diagram.draw(night_bus_map, **options)
    assert "\n" not in str(told.value)


def test_too_large_a_bitmap_says_what_fits(night_bus_map: Map, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bitmap that the engine would shrink is refused, with a resolution that works."""
    monkeypatch.setattr(drawing, "MAX_SIDE", 1000)
    with pytest.raises(ArgmapError, match=r"use dpi=(\d+) or less") as told:
        diagram.draw(night_bus_map, "png", dpi=300)
    fits = int(str(told.value).rpartition("dpi=")[2].split()[0])
    assert diagram.draw(night_bus_map, "png", dpi=fits)


def test_the_time_limit_is_kept(night_bus_map: Map, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that takes too long is ended, and the error says what to do."""
    child = tmp_path / "child.py"
    child.write_text("import sys; sys.stdin.read(); import time; time.sleep(600)")
    monkeypatch.setattr(engine, "_CHILD", child)
    with pytest.raises(ArgmapError, match=r"not ready after 0\.001 seconds: draw less of it"):
        diagram.draw(night_bus_map, timeout=0.001)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("import os; os.abort()", r"died \(signal 6\)"),
        ("import sys; sys.exit('out of luck')", "failed: out of luck"),
        ("raise ModuleNotFoundError(\"No module named 'pygraphviz'\")", "pip install pygraphviz"),
        ("import sys; sys.stderr.write('Warning: node a, lost a -> b edge'); print(0)", "lost a -> b edge"),
    ],
)
def test_a_failing_engine_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str) -> None:
    """Whether it crashes, gives up, is missing or mutters of lost edges: one line, never a traceback."""
    child = tmp_path / "child.py"
    child.write_text(script)
    monkeypatch.setattr(engine, "_CHILD", child)
    with pytest.raises(ArgmapError, match=words) as told:
        engine.run("digraph {}", ("svg",))
    assert "\n" not in str(told.value)


def test_bad_dot_is_told() -> None:
    """A graph that does not parse is an error, not an empty picture."""
    with pytest.raises(ArgmapError, match="layout engine"):
        engine.run("digraph { a -> ", ("svg",))


def test_a_lost_arrow_is_an_error(night_bus_map: Map) -> None:
    """Fewer arrows in the picture than in the diagram: no picture."""
    sheet = sheet_of(diagram.of_map(night_bus_map))
    (svg,) = engine.run(dot_of(sheet, THEMES["light"]), ("svg",))
    check_arrows(svg, sheet)
    with pytest.raises(ArgmapError, match=r"drew \d+ of \d+ arrows"):
        check_arrows(svg.replace(b'class="edge"', b'class="gone"', 1), sheet)


# Words


def words_of_pdf(said: list[str]) -> str:
    """Draw a claim of each text as a PDF, and read its words back."""
    m = Map.model_validate({"id": "m", "claims": {f"c{n}": {"text": text} for n, text in enumerate(said)}})
    (page,) = pypdf.PdfReader(io.BytesIO(diagram.draw(m, "pdf"))).pages
    return page.extract_text()


def test_pdf_keeps_every_script() -> None:
    """Latin, Cyrillic and Greek can be read back from a PDF."""
    said = ["Überwiegend heiter", "Союз двух держав", "Συμμαχία ἴσων"]
    read = words_of_pdf(said)
    assert all(text in read for text in said)


NO_CJK_FONT = sys.platform == "linux" and not any(Path("/usr/share/fonts").rglob("*CJK*"))


@pytest.mark.skipif(NO_CJK_FONT, reason="no CJK font: install fonts-noto-cjk")
def test_pdf_keeps_chinese_and_japanese() -> None:
    """Where the machine has a font for them, CJK can be read back from a PDF."""
    assert "日米同盟は対等になる" in words_of_pdf(["日米同盟は対等になる"])


def test_paper_has_its_size(tmp_path: Path) -> None:
    """A page is as large as its paper, upright or across, and a long map has several."""
    from io import BytesIO

    from pypdf import PdfReader

    for paper, sizes in {"a4": (595, 842), "a3": (842, 1191)}.items():
        pdf = diagram.draw(argmap.load(MAPS / "1996.yaml"), "pdf", paper=paper)
        pages = PdfReader(BytesIO(pdf)).pages
        assert len(pages) > 1
        for page in pages:
            found = sorted((float(page.mediabox.width), float(page.mediabox.height)))
            assert found == pytest.approx(sizes, abs=3)


@given(st.text(max_size=80), st.sampled_from(sorted(FONTS)), st.floats(15, 300))
def test_lines_fit_and_lose_nothing(text: str, role: Any, limit: float) -> None:
    """No line is wider than its limit, unless it is one character; together they hold every character but spaces."""
    font = FONTS[role]
    broken = lines(text, font, limit)
    assert "".join(broken).replace(" ", "") == drawable(text).replace(" ", "")
    for line in broken:
        assert width(line, font) <= limit + 1e-6 or len(drawable(line)) <= 3 or not line.isprintable()


@given(st.text(max_size=60), st.floats(20, 300))
def test_shortened_words_fit(text: str, limit: float) -> None:
    """What is cut ends in … and begins as the text does."""
    font = FONTS["quote"]
    cut = shorten(text, font, limit)
    if cut != drawable(text):
        assert cut.endswith("…")
        assert drawable(text).startswith(cut[:-1])


def test_widths_are_the_engines() -> None:
    """The table of widths agrees with what the engine measures, to a few in a hundred (its letters stand on whole pixels)."""
    font, sample = FONTS["body"], "The US–Japan security relationship never transcended its roots."
    dot = f'digraph {{ layout=dot; a [shape=plain fontname=Arial fontsize={font.size} label="{sample}"] }}'
    graph = pygraphviz.AGraph(string=dot)
    graph.layout("dot")
    measured = float(graph.get_node("a").attr["width"]) * 72
    assert width(sample, font) == pytest.approx(measured, rel=0.08)


def test_themes_never_rest_on_colour_alone() -> None:
    """Support, attack and rephrase differ by line and by head in every theme; print has no colour at all."""
    for theme in THEMES.values():
        kinds = [theme.strokes[role] for role in ("support", "attack", "rephrase")]
        assert len({stroke.style for stroke in kinds}) == 3
        assert len({stroke.head for stroke in kinds}) == 3
    looks = THEMES["print"]
    hues = [look.line for look in looks.boxes.values()] + [stroke.line for stroke in looks.strokes.values()]
    assert all(hue == "none" or len({hue[1:3], hue[3:5], hue[5:7]}) == 1 for hue in hues)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_words_can_be_read(theme: Any) -> None:
    """Every colour of words reaches 4.5 : 1 on every ground that it stands on (WCAG 2.2, 1.4.3)."""
    grounds = [theme.paper, theme.panel, theme.headline_panel, *(pale for _, _, pale in theme.series)]
    grounds += [look.fill for look in theme.boxes.values() if look.fill.startswith("#") and look.shape == "box"]
    grounds = [ground for ground in grounds if ground != theme.rule and ground not in _dark_marks(theme)]
    for ground in grounds:
        assert contrast(theme.ink, ground) >= 4.5
        assert contrast(theme.muted, ground) >= 4.5
    for _, words, pale in theme.series:
        for ground in (theme.paper, theme.panel, theme.headline_panel, pale):
            assert contrast(words, ground) >= 4.5
    for role in ("attack", "rephrase"):
        assert contrast(theme.strokes[role].line, theme.panel) >= 4.5


def _dark_marks(theme: Any) -> set[str]:
    """Fills on which no words stand."""
    return {theme.boxes[role].fill for role in ("marker", "rule", "faint", "step", "junction")}


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21 (WCAG 2.2)."""

    def light(colour: str) -> float:
        parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


# Size


def test_two_thousand_claims_are_drawn() -> None:
    """A map of two thousand claims is drawn whole, every arrow of it."""
    claims = {
        f"c{n}": {"text": f"Claim number {n} says something of a usual length about the matter."} for n in range(2000)
    }
    relations = [{"support": f"c{(n - 1) // 3}", "by": f"c{n}"} for n in range(1, 2000)]
    m = Map.model_validate({"id": "m", "thesis": "c0", "claims": claims, "relations": relations})
    svg = diagram.draw(m)
    assert svg.count(b"data-claim=") == 2000
    assert svg.count(b'class="arrow support"') == 1999 + 1  # and the legend's


def test_a_map_beyond_the_limit_is_folded_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    """More claims than can be drawn: the deepest are folded and counted, and a note says so."""
    from argmap.diagram.pictures.map import visible

    monkeypatch.setattr(visible, "MOST", 20)
    claims = {f"c{n}": {"text": f"C{n}"} for n in range(100)}
    relations = [{"support": f"c{(n - 1) // 3}", "by": f"c{n}"} for n in range(1, 100)]
    picture = diagram.of_map(Map.model_validate({"id": "m", "thesis": "c0", "claims": claims, "relations": relations}))
    assert picture.notes == ("87 of 100 claims are folded.",)
    assert sum(int(box.text[0].words.split()[1]) for box in picture.boxes if box.role == "folded") == 87


def test_drawing_a_map_loads_no_more_than_it_needs() -> None:
    """A map is drawn without the machinery that compares maps, and the engine stays in its own process."""
    code = (
        "import sys; from argmap.model import Map; from argmap import diagram; diagram.draw(Map(id='m'));"
        "print([m for m in ('numpy', 'rapidfuzz', 'networkx', 'pygraphviz', 'argmap.diff') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"


@pytest.mark.skipif(shutil.which("neato") is None, reason="Graphviz is not installed on this machine")
def test_the_machines_own_graphviz_draws_the_same_words(night_bus_map: Map, monkeypatch: pytest.MonkeyPatch) -> None:
    """With ARGMAP_ENGINE=system the installed Graphviz draws every claim of the map."""
    monkeypatch.setenv("ARGMAP_ENGINE", "system")
    picture = diagram.draw(night_bus_map, "svg").decode()
    assert all(f'data-claim="{night_bus_map.id}/{claim_id}"' in picture for claim_id in night_bus_map.claims)


def test_a_missing_graphviz_is_said_in_one_line(night_bus_map: Map, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for the machine's Graphviz where there is none, argmap says that it brings its own."""
    monkeypatch.setenv("ARGMAP_ENGINE", "system")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ArgmapError, match="argmap brings its own"):
        diagram.draw(night_bus_map, "svg")
