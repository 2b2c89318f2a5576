"""The report of many texts: its pages, their links, the search index, and what a second run does."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner, Result

import argmap
from argmap import ArgmapError, text_file
from argmap.cli import main
from argmap.diagram import Drawing
from argmap.diagram.drawing import ForPage
from argmap.diagram.layout.sheet import Sheet
from argmap.diagram.model import Diagram
from argmap.diagram.render.inline import Plan
from argmap.page.build_report import write_report
from argmap.page.many.build import Report, write_many
from argmap.page.many.names import page_name
from argmap.page.many.questions import Axis
from argmap.page.many.records import JOURNAL, Text
from argmap.page.many.search_index import terms
from tests.helpers.page_reader import read, words
from tests.page.city import CODEBOOK, claims_of, write_city


@pytest.fixture(scope="module", autouse=True)
def quick_pictures() -> Iterator[None]:
    """Empty pictures: none of this is about them."""
    nothing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    drawn = ForPage(nothing, Plan(Sheet(Diagram("m", "map", ""), 1, 1, (), (), ()), 1, 1, (), {}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("argmap.diagram.drawing.draw_for_page", lambda *_, **__: drawn)
        patch.setattr("argmap.diagram.drawing.draw_files", lambda *_, **__: (Drawing(nothing, "svg"),) * 2)
        yield


def made_of(folder: Path, out: Path) -> Report:
    """The report, made in this process."""
    return write_many(folder, out, jobs=1)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of 30 maps, an AIF file, an alignment and a map that cannot be read."""
    return write_city(tmp_path_factory.mktemp("city") / "maps")


@pytest.fixture(scope="module")
def report(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of these."""
    return made_of(city, tmp_path_factory.mktemp("report"))


@pytest.fixture
def out(report: Report) -> Path:
    """The folder of the report of the city."""
    return report.index.parent


def pages(out: Path) -> list[str]:
    """Addresses of all pages."""
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*.html"))


def test_each_text_each_alignment_and_each_issue_has_a_page(report: Report, out: Path) -> None:
    """31 texts, one comparison, one issue with a scale and one without; the broken map has none, and is named."""
    assert (report.texts, report.pairs, report.made) == (31, 1, 32)
    assert len(report.unread) == 1
    assert "broken.yaml:4" in report.unread[0]
    found = pages(out)
    assert sum(page.startswith("texts/") for page in found) == 31
    assert [page for page in found if page.startswith("pairs/")] == ["pairs/0-1.html"]
    assert sum(page.startswith("issues/") for page in found) == 2
    assert not list(out.rglob("*.new*"))


def test_every_link_leads_somewhere(out: Path) -> None:
    """Each address is a file of the report, and what follows `#` is an element there; nothing leads out of the report."""
    ids = {
        page: {e.attributes["id"] for e in read((out / page).read_text("utf-8")).elements if "id" in e.attributes}
        for page in pages(out)
    }
    links = 0
    for page in pages(out):
        for link in read((out / page).read_text("utf-8")).all("a"):
            address, _, at = unquote(link.attributes["href"]).partition("#")
            target = (out / page).parent / address if address else out / page
            assert target.resolve().is_relative_to(out.resolve()), address
            assert target.is_file(), address
            if at:
                assert at in ids[target.resolve().relative_to(out.resolve()).as_posix()], f"{page}: {address}#{at}"
            links += 1
    assert links > 700


def test_the_index_lists_every_text_with_author_date_claims_thesis_and_coverage(out: Path) -> None:
    """In the order of their dates, one without a date last; all plain links, whatever the scripts do."""
    page = read((out / "index.html").read_text("utf-8"))
    rows = [words(row.words) for row in page.all("tr", role="row")][1:]
    assert len(rows) == 31
    cells = (
        "January 1990",
        "Letter 0 from Aarau m00",
        "The bridge of Aarau should be mended.",
        "Ann",
        "3 claims",
        "67% of its",
    )
    assert re.sub(r"\s", "", rows[0]).startswith(re.sub(r"\s", "", "".join(cells)))
    assert "no date" in rows[-1]
    assert sum(e.attributes.get("href", "").startswith("texts/") for e in page.all("a")) >= 31


def test_positions_are_counted_by_mode(out: Path) -> None:
    """What is and what ought to be stand apart: all letters report that the bridge stays, half of them call for another."""
    page = read((out / "index.html").read_text("utf-8"))
    panels = [words(caption.words) for caption in page.all("figcaption")]
    assert panels == ["says it is 30 texts", "says it should be 30 texts"]
    steps = [words(step.words) for step in page.all("span", class_="step")]
    counts = [words(count.words) for count in page.all("span", class_="count")]
    assert steps == ["it is replaced", "it is mended & painted", "it stays"] * 2
    assert counts == ["0 texts", "0 texts", "30 texts", "15 texts", "15 texts", "0 texts"]


def test_a_condition_goes_wherever_its_claim_goes(out: Path) -> None:
    """Beside the thesis, beside the position, and in the search; it says that it stands in another sentence."""
    told = "if: “If it holds” (in another sentence)"
    rows = [words(row.words) for row in read((out / "index.html").read_text("utf-8")).all("tr", role="row")]
    assert [told in row for row in rows].count(True) == 1
    (issue,) = (page for page in pages(out) if page.startswith("issues/bridge"))
    rows = [words(row.words) for row in read((out / issue).read_text("utf-8")).all("tr")]
    assert [f"it is replaced {told}" in row for row in rows].count(True) == 1
    claims = [claim for part in parts_of(out, "c[0-9]*") for claim in part]  # type: ignore[attr-defined]
    assert [claim[5:] for claim in claims if claim[5]] == [["If it holds", True]]


def test_a_map_page_leads_back_and_to_the_texts_that_it_is_compared_with(out: Path) -> None:
    """The page of a text is the report of it alone, with links to the index and to its comparisons."""
    page = read((out / "texts" / "m00.html").read_text("utf-8"))
    links = {e.attributes["href"]: words(e.words) for e in page.all("a")}
    assert links["../index.html"] == "← All texts"
    assert links["../pairs/0-1.html"] == "Letter 1 from Basel"
    pair = read((out / "pairs" / "0-1.html").read_text("utf-8"))
    assert {e.attributes["href"] for e in pair.all("a")} >= {"../index.html", "../texts/m00.html", "../texts/m01.html"}


def test_words_of_maps_are_never_markup(out: Path) -> None:
    """A title with a script, quotes and tags is shown as it is, on every page; no page loads a script but the index its own."""
    for name in pages(out):
        html = (out / name).read_text("utf-8")
        assert "<b>now</b>" not in html
        assert "<script>alert(1)" not in html
        assert "<old>" not in html
        page = read(html)
        assert not [
            e for e in page.elements if e.tag in ("img", "iframe", "object", "base", "form") and "src" in e.attributes
        ]
        assert not [e for e in page.all("script") if "src" in e.attributes]
        assert "default-src 'none'" in page.policy
        assert ("script-src 'self' file:" in page.policy) == (not name.startswith(("texts/", "pairs/")))
    assert "</script><script>alert(1)</script>" in words(
        read((out / "index.html").read_text("utf-8")).one("table").words
    )


def test_names_of_pages_are_unique_and_safe_on_every_file_system() -> None:
    """Equal names that differ in case, names of devices, spaces, dots, other scripts: all get a short plain name of their own."""
    files = ["a.yaml", "A.yaml", "a.json", "b/a.yaml", "b-a.yaml", "con.yaml", "CON.yaml", "two words.yaml", "..yaml", "a..yaml",
             "日本.yaml", "日木.yaml", "x" * 300 + ".yaml", 'q"<>.yaml', "straße.yaml", "a-0123abcd.yaml"]  # fmt: skip
    names = [page_name(file) for file in files]
    assert len({name.casefold() for name in names}) == len(files)
    assert all(re.fullmatch(r"[a-z0-9_-]{1,70}", name) for name in names)
    assert names[0] == "a"
    assert "con" not in names


def parts_of(out: Path, kind: str) -> list[object]:
    """Parts of the search index, in order."""
    found = {}
    for path in (out / "search").glob(f"{kind}.js"):
        body = path.read_text("utf-8").partition("argmapPart(")[2]
        name, data = json.loads("[" + body.removesuffix(");\n") + "]")
        assert f"{name}.js" == path.name
        found[name] = data
    return [found[name] for name in sorted(found, key=lambda name: int(name[1:] or 0) if name[1:].isdecimal() else 0)]


def test_the_index_holds_each_term_of_each_claim(city: Path, out: Path) -> None:
    """Read back, the parts of the index give for each term exactly the claims in which a plain scan finds it."""
    (texts,) = parts_of(out, "texts")
    claims = [claim for part in parts_of(out, "c[0-9]*") for claim in part]  # type: ignore[attr-defined]
    held: dict[str, set[int]] = {}
    order = []
    for part in parts_of(out, "t[0-9]*"):
        for term, packed in part:  # type: ignore[attr-defined]
            order.append(term)
            at, numbers = 0, set()
            for step in packed.split(" "):
                at += int(step, 36)
                numbers.add(at >> 1)
            held[term] = numbers
    assert order == sorted(order)
    starts = [text[4] for text in texts["texts"]]  # type: ignore[index]
    assert texts["all"] == len(claims) == 93  # type: ignore[index]
    scanned: dict[str, set[int]] = {}
    own = {(page_name(path), claim): said for (path, claim), said in claims_of(city).items()}
    for number, (claim, statement, quotes, speaker, _, _, _) in enumerate(claims):
        text = texts["texts"][max(n for n, start in enumerate(starts) if start <= number)]  # type: ignore[index]
        said = own.get((Path(text[0]).stem, claim), " ".join([statement, *quotes, speaker]))
        for term in terms(said):
            scanned.setdefault(term, set()).add(number)
    assert held == scanned


def test_a_second_run_makes_what_changed(city: Path, tmp_path: Path) -> None:
    """Nothing, then the page of a changed text, of its comparison and of nothing else; pages of removed maps go."""
    folder, out = write_city(tmp_path / "maps", 9), tmp_path / "out"
    assert made_of(folder, out).made == 10
    before = {page: (out / page).stat().st_mtime_ns for page in pages(out) if page.startswith(("texts/", "pairs/"))}
    assert made_of(folder, out).made == 0
    assert before == {page: (out / page).stat().st_mtime_ns for page in before}
    (folder / "m01.txt").write_text("The bridge of Basel should be mended. It has 1 cafés, as all know.\n", "utf-8")
    assert made_of(folder, out).made == 2
    (folder / "m05.yaml").unlink()
    (folder / "0-1.yaml").unlink()
    report = made_of(folder, out)
    assert (report.texts, report.pairs, report.made) == (8, 0, 2), "the two texts no longer lead to a comparison"
    assert "texts/m05.html" not in pages(out)
    assert "pairs/0-1.html" not in pages(out)
    (folder / "codebook.yaml").write_text(
        city.joinpath("codebook.yaml").read_text("utf-8").replace("night", "dawn"), "utf-8"
    )
    assert made_of(folder, out).made == 8


def test_a_run_that_was_killed_goes_on(tmp_path: Path) -> None:
    """A line of the record that was cut off counts for nothing; its page alone is made again."""
    folder, out = write_city(tmp_path / "maps", 9), tmp_path / "out"
    made_of(folder, out)
    journal = out / JOURNAL
    journal.write_bytes(journal.read_bytes()[:-30])
    assert made_of(folder, out).made == 1
    assert made_of(folder, out).made == 0
    (out / "texts" / "m03.html").unlink()
    assert made_of(folder, out).made == 1


def test_the_record_does_not_grow_with_the_number_of_runs(tmp_path: Path) -> None:
    """Lines that later ones replace are removed once they are half of it."""
    folder, out = write_city(tmp_path / "maps", 9, broken=False), tmp_path / "out"
    made_of(folder, out)
    size = (out / JOURNAL).stat().st_size
    for n in range(4):
        (folder / "codebook.yaml").write_text(CODEBOOK + f"# {n}\n", "utf-8")
        assert made_of(folder, out).made == 10
        assert (out / JOURNAL).stat().st_size < 2.2 * size
    assert made_of(folder, out).made == 0
    assert not list(out.glob(".*.new"))


def test_a_map_that_breaks_loses_its_page_and_a_mended_one_gets_it_back(tmp_path: Path) -> None:
    """The index never shows a page of what the file no longer says."""
    folder, out = write_city(tmp_path / "maps", 9, broken=False), tmp_path / "out"
    made_of(folder, out)
    good = (folder / "m04.yaml").read_text("utf-8")
    (folder / "m04.yaml").write_text(good.replace("policy", "nonsense"), "utf-8")
    report = made_of(folder, out)
    assert (report.texts, len(report.unread)) == (8, 1)
    assert "texts/m04.html" not in pages(out)
    assert "m04.yaml:" in words(
        read((out / "index.html").read_text("utf-8")).one("section", aria_labelledby="findings").words
    )
    (folder / "m04.yaml").write_text(good, "utf-8")
    assert made_of(folder, out).texts == 9
    assert "texts/m04.html" in pages(out)


def test_up_to_six_texts_are_one_page_and_more_are_many(tmp_path: Path) -> None:
    """The number decides, or `pages`; whatever the other kind of report left there is gone."""
    folder, out = write_city(tmp_path / "maps", 6, broken=False), tmp_path / "out"
    argmap.report(folder, out, pages="many", jobs=1)
    assert (out / "texts" / "m00.html").is_file()
    written = write_report(folder, out)
    assert written.many is None
    assert "m00.svg" in [path.name for path in written.files]
    assert not (out / "texts").exists()
    assert not (out / "search").exists()
    assert not (out / JOURNAL).exists()
    write_city(tmp_path / "more", 7, broken=False)
    assert argmap.report(tmp_path / "more", out, jobs=1) == (out / "index.html",)
    with pytest.raises(ArgmapError, match="no pages 'few': use one of auto, one, many"):
        argmap.report(folder, out, pages="few")  # type: ignore[arg-type]


def test_three_texts_that_make_a_large_page_are_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The size of the page decides too, but two texts stay together."""
    folder = write_city(tmp_path / "maps", 3, broken=False)
    monkeypatch.setattr("argmap.page.build_report.MOST_BYTES", 1000)
    assert write_report(folder, tmp_path / "out", jobs=1).many
    (folder / "m02.yaml").unlink()
    assert write_report(folder, tmp_path / "other", jobs=1).many is None


def test_a_full_disk_is_one_line_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages that are written stay, and the next run makes the others."""
    folder, out = write_city(tmp_path / "maps", 9, broken=False), tmp_path / "out"
    write, left = text_file.write, [5]

    def full(path: Path, data: str | bytes, *, update: bool = False) -> None:
        if Path(path).suffix == ".html" and left[0] == 0:
            raise ArgmapError(f"{path}: no space left on device.")
        left[0] -= Path(path).suffix == ".html"
        write(path, data, update=update)

    monkeypatch.setattr(text_file, "write", full)
    with pytest.raises(ArgmapError, match=r"no space left on device\. What is written stays") as raised:
        made_of(folder, out)
    assert "\n" not in str(raised.value)
    monkeypatch.setattr(text_file, "write", write)
    assert made_of(folder, out).made == 5


def test_a_folder_without_a_map_says_so(tmp_path: Path) -> None:
    """One line for each file that cannot be read, and one for the folder."""
    write_city(tmp_path / "maps", 0)
    with pytest.raises(ArgmapError) as raised:
        made_of(tmp_path / "maps", tmp_path / "out")
    assert "broken.yaml:4" in str(raised.value)
    assert str(raised.value).endswith("this folder has no map that can be read")


def test_no_page_grows_beyond_its_bound(city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that would be too large goes on on further pages, which name one another; a smaller report removes them."""
    monkeypatch.setattr("argmap.page.many.index_pages.MOST_BYTES", 4000)
    made_of(city, tmp_path / "out")
    assert "index-2.html" in pages(tmp_path / "out")
    first = read((tmp_path / "out" / "index.html").read_text("utf-8"))
    assert next(words(e.words) for e in first.all("nav", class_="pager")).startswith("Page 1 of ")
    rows = sum(
        len(read((tmp_path / "out" / page).read_text("utf-8")).all("tr", role="row")) - 1
        for page in pages(tmp_path / "out")
        if page.startswith("index")
    )
    assert rows == 31


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["report", *arguments])


def test_the_command_prints_the_index_and_names_what_it_could_not_read(tmp_path: Path) -> None:
    """The address of the index on standard output; the rest on standard error; 2 for a map that cannot be read, else 0."""
    folder, out = write_city(tmp_path / "maps", 7), tmp_path / "out"
    result = run(str(folder), "-o", str(out), "--jobs", "1")
    assert result.exit_code == 2
    assert result.stdout == f"{out / 'index.html'}\n"
    assert "broken.yaml:4:22: unknown-word" in result.stderr
    assert "7 texts, 1 comparison; 8 of these pages made now" in result.stderr
    (folder / "broken.yaml").unlink()
    result = run(str(folder), "-o", str(out), "--jobs", "1")
    assert result.exit_code == 0
    assert result.stderr == "7 texts, 1 comparison; 0 of these pages made now\n"


@pytest.mark.parametrize("name", ["index.html", "texts/m03.html", "search/t0.js", "issues/mine.html", "search/mine.js"])
def test_files_of_others_are_neither_replaced_nor_removed(tmp_path: Path, name: str) -> None:
    """A page or script in the folder that argmap did not write is refused or left; `--force` replaces it where it must."""
    folder, out = write_city(tmp_path / "maps", 7, broken=False), tmp_path / "out"
    (out / name).parent.mkdir(parents=True, exist_ok=True)
    (out / name).write_text("mine", "utf-8")
    result = run(str(folder), "-o", str(out), "--jobs", "1")
    assert (out / name).read_text("utf-8") == "mine"
    if "mine" in name:
        assert result.exit_code == 0
        run(str(folder), "-o", str(out), "--pages", "one")
        assert (out / name).read_text("utf-8") == "mine"
    else:
        assert result.exit_code == 2
        assert f"{name}: unwritable-file" in result.stderr
        assert run(str(folder), "-o", str(out), "--jobs", "1", "--force").exit_code == 0
        assert (out / name).read_text("utf-8") != "mine"


def test_a_few_texts_have_a_mark_each(tmp_path: Path) -> None:
    """At their dates; each leads to the claim that takes the position, and so does its row of the table."""
    folder, out = write_city(tmp_path / "maps", 9, broken=False), tmp_path / "out"
    made_of(folder, out)
    (issue,) = (page for page in pages(out) if page.startswith("issues/bridge"))
    page = read((out / issue).read_text("utf-8"))
    links = [e.attributes["href"] for e in page.all("a") if "#claim=" in e.attributes["href"]]
    marks = [e.attributes["href"] for e in page.all("a", tabindex="-1")]
    assert len(marks) == 18
    assert sorted(links) == sorted(marks * 2)
    places = [float(e.attributes["x"].rstrip("%")) for e in page.all("svg", class_="point")]
    assert min(places) == 2
    assert max(places) == 88, "one has no date"


def test_more_texts_of_one_day_than_have_room_become_bars(tmp_path: Path) -> None:
    """Where they fit side by side they have a mark each; else they are counted, with a link from each bar to its first text."""
    folder, out = write_city(tmp_path / "maps", 45, broken=False), tmp_path / "out"
    made_of(folder, out)
    (issue,) = (page for page in pages(out) if page.startswith("issues/bridge"))
    page = read((out / issue).read_text("utf-8"))
    bars = page.all("rect")
    assert bars
    assert len(bars) < 45 * 2
    titles = [words(e.words) for e in page.all("title")[1:]]
    assert sum(int(re.search(r": (\d+) ×", title)[1]) for title in titles if "×" in title) == 90  # type: ignore[index]
    index = (out / "index.html").read_text("utf-8")
    assert "<rect" not in index
    assert "preserveAspectRatio" in index


def test_a_list_has_only_columns_that_say_something(tmp_path: Path) -> None:
    """Maps without texts have no date, no author and no coverage; where a folder has folders, each text names its own."""
    for n in range(7):
        path = tmp_path / "maps" / ("inside" if n else "") / f"m{n}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"argmap: 1\nid: m{n}\nthesis: none\nclaims:\n  a: {{text: It rains., implicit: true}}\n", "utf-8"
        )
    made_of(tmp_path / "maps", tmp_path / "out")
    page = read((tmp_path / "out" / "index.html").read_text("utf-8"))
    assert [words(e.words) for e in page.all("th", role="columnheader")] == ["Text and thesis", "Claims"]
    assert [words(e.words) for e in page.all("th", role="rowheader")] == [*(f"m{n} inside" for n in range(1, 7)), "m0"]


@pytest.mark.parametrize(
    ("dates", "ticks"),
    [
        (["1996", "2005-03"], [(2, "1996"), (98, "2005")]),
        (["1990-07", "1990-01"], [(2, "January 1990"), (98, "July 1990")]),
        (["1990-07", "1990-07"], [(50, "July 1990")]),
        (["1996", None, "2005", "spring"], [(2, "1996"), (82, "2005"), (100, "no date")]),
        ([None], [(2, "no date")]),
    ],
)
def test_the_axis_names_its_ends(dates: list[str | None], ticks: list[tuple[float, str]]) -> None:
    """Years, or more exact dates within one year; texts without a date that can be placed stand at its end."""
    texts = [Text("p", "p", {}, "", "t", None, None, date, (), 0, 0, None, 0, None) for date in dates]
    assert [(x, said) for x, said, _ in Axis.of(texts).ticks] == ticks


@pytest.mark.unix
def test_ctrl_c_ends_it_in_a_line_and_the_next_run_goes_on(tmp_path: Path) -> None:
    """The pages that were made stay, and so do their records; no process and no temporary file is left."""
    folder, out = write_city(tmp_path / "maps", 30, broken=False), tmp_path / "out"
    command = [sys.executable, "-m", "argmap", "report", str(folder), "-o", str(out), "--jobs", "2"]
    # A suite that runs in the background passes on that SIGINT is ignored.
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    )
    while process.poll() is None and not list(out.glob("texts/*.html")):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=240)
    assert process.returncode == 130
    assert said == "interrupted: what is written stays; run the same command again to go on\n"
    assert not list(out.rglob("*.new*"))
    kept = len((out / JOURNAL).read_text("utf-8").splitlines())
    assert kept < 32
    assert made_of(folder, out).made == 32 - kept
