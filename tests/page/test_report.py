"""`argmap report`: which files of a folder become a page, what is written, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import argmap
from argmap import ArgmapError
from argmap.diagram import Drawing
from argmap.diagram.drawing import ForPage
from argmap.diagram.layout.sheet import Sheet
from argmap.diagram.model import Diagram
from argmap.diagram.render.inline import Plan
from tests.conftest import NightBus
from tests.helpers.page_reader import read, words

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """The report of the essays."""
    return argmap.report(ROOT / "maps", tmp_path_factory.mktemp("of-the-essays") / "new" / "report")


@pytest.fixture
def essays(tmp_path: Path) -> Path:
    """A copy of the essays' maps, free to be changed."""
    project = tmp_path / "project"
    for folder in ("maps", "seeds"):
        (project / folder).mkdir(parents=True)
        for file in (ROOT / folder).iterdir():
            if file.suffix in (".yaml", ".txt"):
                shutil.copy(file, project / folder / file.name)
    (project / "pyproject.toml").touch()
    return project / "maps"


@pytest.fixture
def quick_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty pictures, for what is not about them."""
    nothing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    sheet = Sheet(Diagram("m", "map", ""), 1, 1, (), (), ())
    drawn = ForPage(nothing, Plan(sheet, 1, 1, (), {}))
    monkeypatch.setattr("argmap.diagram.drawing.draw_files", lambda *_, **__: (Drawing(nothing, "svg"),) * 2)
    monkeypatch.setattr("argmap.diagram.drawing.draw_for_page", lambda *_, **__: drawn)


def test_the_report_of_the_essays_is_a_page_and_its_pictures(report: tuple[Path, ...]) -> None:
    """`index.html` and, beside it, all pictures as SVG and PDF; the page holds all but ledger and bridge, and 1.5 MB at most."""
    out = report[0].parent
    names = ["stairs", "how", "ledger", "bridge", "dumbbells", "1996", "2005"]
    assert [path.name for path in report] == [
        "index.html",
        *(f"{n}.{ending}" for n in names for ending in ("svg", "pdf")),
    ]
    assert sorted(path.name for path in out.iterdir()) == sorted(path.name for path in report)
    assert (out / "how.svg").read_bytes().startswith(b"<?xml")
    assert (out / "how.pdf").read_bytes().startswith(b"%PDF")
    page = (out / "index.html").read_bytes()
    assert len(page) <= 1_500_000
    reader = read(page.decode())
    assert {e.attributes["id"] for e in reader.all("svg") if "id" in e.attributes} == {
        f"pic:{n}" for n in names if n not in ("ledger", "bridge")
    }
    assert {e.attributes["href"] for e in reader.all("a") if "download" in e.attributes} == {
        path.name for path in report[1:]
    }
    assert words(reader.all("title")[0].words) == "The US–Japan alliance, 1996 and 2005"


def test_every_claim_stands_in_its_map(report: tuple[Path, ...]) -> None:
    """The inlined pictures have a box for each claim, which keyboard and screen reader can reach."""
    page = report[0].read_text("utf-8")
    for name in ("1996", "2005"):
        m = argmap.load(ROOT / "maps" / f"{name}.yaml")
        picture = read(
            page[page.index(f'id="pic:{name}"') - 500 : page.index("</svg>", page.index(f'id="pic:{name}"'))]
        )
        boxes = {e.attributes["data-claims"]: e for e in picture.all("g") if "data-claims" in e.attributes}
        assert set(boxes) >= {f"{name}/{claim_id}" for claim_id in m.claims}
        assert all(e.attributes["role"] == "button" and e.attributes["aria-label"] for e in boxes.values())


def test_the_pictures_follow_light_and_dark_without_a_colour_of_their_own(report: tuple[Path, ...]) -> None:
    """Colours of inlined pictures are classes with a pair of values; ids bear the picture's name, so that none clash."""
    page = read(report[0].read_text("utf-8"))
    shapes = [e for e in page.elements if e.tag in ("path", "polygon", "polyline", "ellipse", "text", "stop")]
    assert shapes
    for shape in shapes:
        fill = shape.attributes.get("fill", "")
        assert fill == "" or fill.startswith("url(#pic:")
        assert "style" not in shape.attributes
    style = page.one("style").words
    assert "fill:light-dark(#" in style


def test_one_map_alone_is_a_page_of_that_map(night_bus: NightBus, tmp_path: Path) -> None:
    """No comparison is made up; the page opens with the title and the thesis."""
    written = argmap.report(night_bus.folder, tmp_path / "out")
    assert [path.name for path in written] == ["index.html", "night-bus.svg", "night-bus.pdf"]
    page = read(written[0].read_text("utf-8"))
    assert words(page.one("h1").words) == "Let the buses run at night"
    assert "The town should run its buses until two" in page.one("section", id="top").words
    assert not page.all("article", class_="change")


@pytest.mark.usefixtures("quick_pictures")
def test_two_maps_without_an_alignment_are_compared_all_the_same(essays: Path, tmp_path: Path) -> None:
    """All matches are then suggestions, and say so."""
    (essays / "1996-2005.yaml").unlink()
    page = read(argmap.report(essays, tmp_path / "out")[0].read_text("utf-8"))
    assert page.all("article", class_="is-suggested")
    assert len(page.all("article", class_="is-suggested")) == len(page.all("article", class_="change"))


@pytest.mark.usefixtures("quick_pictures")
def test_three_maps_make_a_section_for_each_step(essays: Path, tmp_path: Path) -> None:
    """In the order of their dates, with a bridge each, and ids that do not clash."""
    later = (essays / "2005.yaml").read_text("utf-8")
    later = later.replace('id: "2005"', "id: dumbbells", 1).replace("published: 2005-03", "published: 2015-03", 1)
    (essays / "1-latest.yaml").write_text(later, "utf-8")
    written = [path.name for path in argmap.report(essays, tmp_path / "out")]
    assert "bridge-1996-2005.svg" in written
    assert "bridge-2005-dumbbells.pdf" in written
    assert "map-dumbbells.svg" in written  # a map may not take a picture's name
    page = read((tmp_path / "out" / "index.html").read_text("utf-8"))
    assert [words(e.words) for e in page.all("h2")][1:4] == [
        "2005 → dumbbells",
        "How it moved: 1996 → 2005",
        "Where each text stands",
    ]
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.usefixtures("quick_pictures")
def test_an_alignment_says_what_comes_first_where_dates_do_not(essays: Path, tmp_path: Path) -> None:
    """Of two undated maps, the one that the alignment names as `before` stands on the left."""
    for name in ("1996", "2005"):
        text = (essays / f"{name}.yaml").read_text("utf-8")
        lines = [line for line in text.splitlines(keepends=True) if not line.strip().startswith("published:")]
        (essays / f"{name}.yaml").write_text("".join(lines), "utf-8")
    (essays / "1996.yaml").rename(essays / "z.yaml")
    alignment = (essays / "1996-2005.yaml").read_text("utf-8").replace("before: 1996.yaml", "before: z.yaml")
    (essays / "1996-2005.yaml").write_text(alignment, "utf-8")
    page = read(argmap.report(essays, tmp_path / "out")[0].read_text("utf-8"))
    assert words(page.one("a", class_="mark-word").words) == "1996 → 2005"


def test_maps_in_other_formats_are_taken_and_what_is_no_map_is_named(night_bus: NightBus, tmp_path: Path) -> None:
    """An AIF file beside the map is read as a map; other JSON is left aside, and the page says so."""
    aif = '{"nodes": [{"nodeID": "1", "text": "Trams are quiet.", "type": "I"}], "edges": [], "locutions": []}'
    (night_bus.folder / "trams.json").write_text(aif)
    (night_bus.folder / "package.json").write_text('{"name": "x"}')
    (night_bus.folder / "notes.md").write_text("# not looked at")
    page = read(argmap.report(night_bus.folder, tmp_path / "out")[0].read_text("utf-8"))
    assert "Trams are quiet." in page.one("section", class_="outline-band").words
    assert "package.json" in page.one("ul", class_="left").words
    assert "notes.md" not in page.one("ul", class_="left").words


def test_errors_of_every_file_are_told_and_nothing_is_written(essays: Path, tmp_path: Path) -> None:
    """A wrong quote in one map and an unknown claim in the alignment are two findings, each at its place."""
    for name, old, new in (
        ("1996.yaml", "quote: None of this makes Japan a villain.", "quote: None of that makes Japan a villain."),
        ("1996-2005.yaml", "  - before: [", "  - before: [nobody, "),
    ):
        text = (essays / name).read_text("utf-8")
        assert old in text
        (essays / name).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ArgmapError) as caught:
        argmap.report(essays, tmp_path / "out")
    assert {Path(f.place.file or "").name for f in caught.value.findings} == {"1996.yaml", "1996-2005.yaml"}
    assert all(f.place.line for f in caught.value.findings)
    assert not (tmp_path / "out").exists()


def test_a_map_that_is_broken_is_never_left_out_silently(essays: Path, tmp_path: Path) -> None:
    """YAML that cannot be read is an error, not a file of some other kind."""
    (essays / "third.yaml").write_text("argmap: 1\nid: [", "utf-8")
    with pytest.raises(ArgmapError, match=r"third\.yaml:"):
        argmap.report(essays, tmp_path / "out")


@pytest.mark.usefixtures("quick_pictures")
def test_two_maps_of_one_name_keep_their_ids_apart(essays: Path, tmp_path: Path) -> None:
    """The second has another name on the page, which says so; no element id is there twice."""
    shutil.copy(essays / "1996.yaml", essays / "copy.yaml")
    page = read(argmap.report(essays, tmp_path / "out")[0].read_text("utf-8"))
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    assert {"map:1996", "map:1996-2", "map:2005"} <= set(ids)
    assert "on this page it is 1996-2" in page.one("ul", class_="left").words


@pytest.mark.usefixtures("quick_pictures")
def test_a_failed_quote_is_shown_as_failed_and_stops_nothing(essays: Path, tmp_path: Path) -> None:
    """Beside the quote, in the list of what is not shown, and in the data of the script."""
    text = (essays / "1996.yaml").read_text("utf-8")
    old = "quote: None of this makes Japan a villain."
    assert old in text
    (essays / "1996.yaml").write_text(text.replace(old, "quote: None of that makes Japan a villain.", 1), "utf-8")
    page = read(argmap.report(essays, tmp_path / "out")[0].read_text("utf-8"))
    failed = [claim for claim in page.data["claims"].values() if any(quote[2] == "failed" for quote in claim["quotes"])]
    assert [claim["quotes"][0][0] for claim in failed] == ["None of that makes Japan a villain."]
    assert page.all("span", class_="failed")
    assert "None of that makes Japan a villain." in page.one("ul", class_="left").words


def test_a_map_without_a_source_is_shown(tmp_path: Path) -> None:
    """Its quotes are unchecked, and say so."""
    (tmp_path / "m.yaml").write_text(
        "argmap: 1\nid: m\nthesis: a\nclaims:\n  a: {text: A is so., quote: A is so}\n  b: {text: B is so.}\n"
        "relations:\n  - {support: a, by: [b]}\n"
    )
    page = read(argmap.report(tmp_path, tmp_path / "out")[0].read_text("utf-8"))
    assert "unchecked" in page.one("div", id="claim=m/a").words
    assert page.data["claims"]["m/a"]["quotes"] == [["A is so", None, "unchecked"]]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path, "no such folder"),
        (lambda path: path.write_text("x") and path, "not a folder"),
        (lambda path: path.mkdir() or path, "this folder has no map"),
    ],
)
def test_a_folder_without_maps_is_refused_in_one_line(make: object, says: str, tmp_path: Path) -> None:
    """Missing, not a folder, or empty."""
    folder = make(tmp_path / "in")  # type: ignore[operator]
    with pytest.raises(ArgmapError, match=says) as caught:
        argmap.report(folder, tmp_path / "out")
    assert "\n" not in str(caught.value)


@pytest.mark.usefixtures("quick_pictures")
def test_an_alignment_may_name_maps_of_another_folder(essays: Path, tmp_path: Path) -> None:
    """A folder of alignments alone is a report of the maps that they name."""
    folder = essays.parent / "pairs"
    folder.mkdir()
    text = (essays / "1996-2005.yaml").read_text("utf-8")
    (essays / "1996-2005.yaml").unlink()
    text = text.replace("before: 1996.yaml", "before: ../maps/1996.yaml").replace(
        "after: 2005.yaml", "after: ../maps/2005.yaml"
    )
    (folder / "pair.yaml").write_text(text, "utf-8")
    written = argmap.report(folder, tmp_path / "out")
    assert {"bridge.svg", "1996.svg", "2005.svg"} <= {path.name for path in written}


def test_a_report_that_cannot_be_written_says_so(night_bus: NightBus, tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "out").write_text("mine")
    with pytest.raises(ArgmapError, match="cannot create this folder"):
        argmap.report(night_bus.folder, tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_picture_that_fails_leaves_the_rest(
    night_bus: NightBus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says which picture is missing and why, and still tells the map in words."""

    def fail(*_: object, **__: object) -> bytes:
        raise ArgmapError("the engine is out for lunch")

    monkeypatch.setattr("argmap.diagram.drawing.draw_files", fail)
    written = argmap.report(night_bus.folder, tmp_path / "out")
    assert [path.name for path in written] == ["index.html"]
    page = read(written[0].read_text("utf-8"))
    assert "out for lunch" in page.one("ul", class_="left").words
    assert "Every third nurse walks home alone." in page.one("section", class_="outline-band").words


RAIN = "Discussion Title: Rain\n\n1. It rains.\n1.1. Pro: The street is wet.\n"


@pytest.mark.usefixtures("quick_pictures")
def test_an_alignment_may_name_maps_in_other_formats(tmp_path: Path) -> None:
    """Of the same folder or of another, and whatever they are called."""
    (tmp_path / "pyproject.toml").touch()
    for name in ("in/a.txt", "in/b.export", "out/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(RAIN)
    for before, after in (("a.txt", "b.export"), ("b.export", "../out/c.txt")):
        pair = f'argmap-alignment: 1\nbefore: {before}\nafter: {after}\ncorrespondences: [{{before: ["1"], after: ["1"]}}]\n'
        (tmp_path / "in" / f"{before}.yaml").write_text(pair)
    written = argmap.report(tmp_path / "in", tmp_path / "page")
    assert {"bridge-a-b.svg", "bridge-b-c.svg", "a.svg", "b.svg", "c.svg"} <= {path.name for path in written}


@pytest.mark.usefixtures("quick_pictures")
def test_a_map_in_another_format_may_have_left_its_codebook_behind(night_bus: NightBus, tmp_path: Path) -> None:
    """It has its issues in itself, and the page does without the codebook's title."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    argmap.write(night_bus.load(), folder / "night-bus.graphml")
    assert argmap.report(folder, tmp_path / "page")
