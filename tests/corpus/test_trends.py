"""Trends: where dated texts stand, who moved, and change points that chance does not give."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from datetime import date
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from click.testing import CliRunner
from defusedxml import ElementTree
from jsonschema import Draft202012Validator

from argmap.cli import main
from argmap.corpus import Corpus, Trends, build, open_corpus, trends
from argmap.corpus.over_time import breaks, words
from argmap.corpus.over_time.dates import Days, days_of, dividing
from argmap.corpus.over_time.plot.sheet import FILLS, Sheet
from argmap.diagram.theme import THEMES
from argmap.findings import ArgmapError
from argmap.schemas import schema
from tests.corpus import town

if not find_spec("ruptures"):  # an import would take every test process a second
    pytest.skip("ruptures is not installed", allow_module_level=True)

SVG = "{http://www.w3.org/2000/svg}"
MAPS = Path(__file__).resolve().parents[2] / "maps"


def corpus_of(folder: Path, path: Path) -> Path:
    build([folder], path, jobs=1)
    return path


@pytest.fixture(scope="session")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("town")
    return corpus_of(town.write(top / "maps"), top / "corpus")


@pytest.fixture(scope="module")
def opened(letters: Path) -> Corpus:
    with open_corpus(letters) as corpus:
        yield corpus


@pytest.fixture(scope="module")
def smoke(opened: Corpus) -> Trends:
    return trends(opened, "smoke")


def test_a_true_break_is_found_where_it_is(smoke: Trends) -> None:
    """Three writers change their mind in 2010; the fourth does not."""
    series = next(each for each in smoke.series if each.mode == "ought")
    [change] = series.change_points
    assert (series.texts, series.verdict) == (40, "break")
    assert (change.last_before, change.first_after) == ("2009-11-17", "2010-02")
    assert (change.p, change.p_within) == (0.001, 0.002)
    assert [period.median for period in series.periods] == [("owner",), ("ban",)]
    assert [(move.voice, move.from_, move.to) for move in change.moves] == [
        (name, "owner", "ban") for name in ("Ann Reed", "Ben Okoye", "Cara Lind")
    ]
    assert change.stayed == ("Dora Petit",)


def test_a_change_leads_to_the_sentences_that_made_it(smoke: Trends, letters: Path) -> None:
    """Each move has a text before and a text after, and each quote stands in its text."""
    change = smoke.series[-1].change_points[0]
    for move in change.moves:
        was, now = (smoke.points[n] for n in move.path)
        assert was.date[:4] < "2010" <= now.date[:4]
        for point in (was, now):
            [quote] = point.quotes
            text = (letters.parent / "maps" / point.map).with_suffix(".txt").read_text("utf-8")
            assert text[quote.start : quote.end] == quote.exact
            assert quote.exact in town.SENTENCES[point.position]


def test_a_drift_is_not_called_a_break(opened: Corpus) -> None:
    """Cycling grows year by year: no change point, and the words say from where to where."""
    found = trends(opened, "bikes")
    [series] = found.series
    assert (series.verdict, series.change_points) == ("drift", ())
    assert series.bic_line is not None
    assert series.bic_steps is not None
    assert series.bic_line + breaks.STRONG <= series.bic_steps
    assert "a drift from “hardly anybody” to “most people”, and no break" in words.verdict(found, series)


def test_no_change_gives_none(opened: Corpus) -> None:
    """Chance gives as good a division, and the words do not say that nothing changed."""
    found = trends(opened, "trees")
    [series] = found.series
    assert (series.verdict, series.change_points) == ("none", ())
    assert series.p is not None
    assert series.p > 0.5
    assert "That does not show that nothing changed" in words.verdict(found, series)


def test_like_is_compared_with_like(smoke: Trends) -> None:
    """A ban that is expected stands in a series of its own, with the condition that it hangs on."""
    will, ought = smoke.series
    assert (will.mode, will.texts, will.verdict) == ("will", 6, "too few")
    assert (ought.mode, ought.texts) == ("ought", 40)
    conditions = {point.condition for point in smoke.points if point.mode == "will"}
    assert conditions == {"If the council agrees"}
    assert will.periods[0].conditional == 6
    assert "if: “If the council agrees”" in str(words.short_table(smoke)[1])


def test_reported_claims_are_their_speakers(smoke: Trends, opened: Corpus) -> None:
    """What the innkeepers say is no position of the writer's."""
    assert all(point.commitment == "asserted" for point in smoke.points)
    found = trends(opened, "smoke", by="speaker")
    assert {point.voice for point in found.points} == {"The innkeepers"}
    assert {point.position for point in found.points} == {"owner"}
    assert [move.moved for move in found.movers] == [False]


def test_texts_without_date_or_position_are_named(smoke: Trends) -> None:
    """Nothing is left out silently."""
    assert {note.rule: note.maps for note in smoke.notes} == {
        "no-date": ("undated.yaml",),
        "unreadable-date": ("spring.yaml",),
    }
    assert {text.map: text.state for text in smoke.texts}["quiet.yaml"] == "no-position"
    assert "41 texts of 5 authors, 2001-02 to 2020-11: 40 take a position, 1 speaks of it and takes none" in str(smoke)


def test_two_essays_are_no_series(tmp_path: Path) -> None:
    """The words say that they are too few, and how many it takes; the condition stays."""
    with open_corpus(corpus_of(MAPS, tmp_path / "corpus")) as corpus:
        found = trends(corpus, "standing")
    assert {series.verdict for series in found.series} == {"too few"}
    assert "will be (1 text): too few texts to look for a change; it takes 12" in str(found)
    assert [point.condition for point in found.points if point.mode == "will"] == ["If all goes well"]


def test_one_line_for_a_wrong_issue(letters: Path) -> None:
    """It names the nearest issue, or those that have a scale."""
    for issue, said in (("smok", "Did you mean `smoke`?"), ("benches", "Issues with one: bikes, smoke, trees.")):
        run = CliRunner().invoke(main, ["corpus", "trends", str(letters), "--issue", issue])
        assert run.exit_code == 2
        assert said in run.output
        assert len(run.output.splitlines()) == 1


def test_the_command_prints_three_styles(letters: Path) -> None:
    """JSON fits its schema; CSV has a row for each point and each text without one."""
    command = ["corpus", "trends", str(letters), "--issue", "smoke", "--format"]
    data = json.loads(CliRunner().invoke(main, [*command, "json"]).stdout)
    Draft202012Validator(schema("trends")).validate(data)
    assert data["format"] == "argmap-trends/1"
    assert data["series"][1]["change_points"][0]["moves"][0]["from"] == "owner"
    rows = list(csv.DictReader(io.StringIO(CliRunner().invoke(main, [*command, "csv"]).stdout)))
    assert len(rows) == 47
    assert [row["period"] for row in rows if row["mode"] == "ought"] == ["1"] * 18 + ["2"] * 22
    shown = CliRunner().invoke(main, [*command, "table"]).stdout
    assert "Cara Lind: from the owner decides (2008-11) to a ban (2010-02), ought" in " ".join(shown.split())


def test_suggested_claims_are_counted_only_on_request(tmp_path: Path) -> None:
    """A draft is no finding."""
    folder = town.write(tmp_path / "maps")
    for path in folder.glob("*-ann.yaml"):
        data = yaml.safe_load(path.read_text("utf-8"))
        data["claims"]["smoke"]["suggested"] = ["position"]
        path.write_text(yaml.safe_dump(data), "utf-8")
    with open_corpus(corpus_of(folder, tmp_path / "corpus")) as corpus:
        found, more = trends(corpus, "smoke"), trends(corpus, "smoke", suggested=True)
    assert (found.series[-1].texts, more.series[-1].texts) == (30, 40)
    assert "10 claims wait for a person's review and are left out" in str(found)


def test_another_scale_is_left_out(tmp_path: Path) -> None:
    """Positions are compared on one scale only."""
    folder = town.write(tmp_path / "maps")
    other = {**town.ISSUES["smoke"], "scale": {"ban": "a ban", "owner": "the owner"}}
    (folder / "other.yaml").write_text(
        yaml.safe_dump({"argmap-codebook": 1, "id": "o", "issues": {"smoke": other}}), "utf-8"
    )
    path = folder / "01-ann.yaml"
    path.write_text(path.read_text("utf-8").replace("codebook.yaml", "other.yaml"), "utf-8")
    with open_corpus(corpus_of(folder, tmp_path / "corpus")) as corpus:
        found = trends(corpus, "smoke")
    assert {note.rule: note.maps for note in found.notes}["other-scale"] == ("01-ann.yaml",)
    assert list(found.scale) == ["owner", "rooms", "ban"]


def small(folder: Path, texts: list[tuple[str, str, list[dict[str, Any]]]]) -> Trends:
    """A corpus of a few texts, each with its date, its author and its claims, the first of which is the thesis."""
    (folder / "maps").mkdir()
    for n, (published, author, listed) in enumerate(texts):
        claims = {f"c{k}": {"text": "So it is.", "issue": "x", "kind": "fact", **each} for k, each in enumerate(listed)}
        map_ = {
            "argmap": 1,
            "id": f"t{n}",
            "thesis": "c0",
            "sources": {"text": {"text": f"So it is, {n} times.", "author": author, "published": published}},
            "issues": {"x": {"question": "How is it?", "scale": {"low": "low", "high": "high"}}},
            "claims": claims,
            "relations": [{"support": "c0", "by": key} for key in claims if key != "c0"],
        }
        (folder / "maps" / f"t{n}.yaml").write_text(yaml.safe_dump(map_, sort_keys=False), "utf-8")
    with open_corpus(corpus_of(folder / "maps", folder / "corpus")) as corpus:
        return trends(corpus, "x")


def test_a_move_without_an_order_says_so(tmp_path: Path) -> None:
    """Of 2005 and 2005-03 nobody knows which was first."""
    low, high = {"position": "low"}, {"position": "high"}
    found = small(
        tmp_path,
        [("2005", "Ann", [low]), ("2005-03", " ann", [high]), ("2005-03", "Ben", [low]), ("2006", "Ben", [high])],
    )
    assert {move.voice: move.ordered for move in found.movers} == {"Ann": False, "Ben": True}
    assert "Ann: from low (2005) to high (2005-03), is; the dates do not tell the order" in str(found)
    assert "Ben: from low (2005-03) to high (2006), is\n" in str(found)


def test_the_claim_that_counts_is_the_authors_and_nearest_to_the_thesis(tmp_path: Path) -> None:
    """What is granted counts; what is rejected, reported, asked or unstated does not."""
    low, high = {"position": "low"}, {"position": "high"}
    found = small(
        tmp_path,
        [
            ("2001", "Ann", [{}, low, {**high, "commitment": "conceded"}]),
            ("2002", "Ann", [{**high, "commitment": "rejected"}, low]),
            ("2003", "Ann", [low, high]),
            ("2004", "Ann", [{**high, "commitment": "reported"}, {**low, "commitment": "asked"}]),
            ("2005", "Ann", [{}, {**high, "implicit": True}]),
            ("2006", "Ann", [{**high, "commitment": "conceded"}]),
            ("2007", "Ann", [{"issue": None}]),
            ("2008", "Ann", [{**high, "kind": None}]),
        ],
    )
    assert [(p.date, p.claim, p.position, p.also) for p in found.points] == [
        ("2001", "c1", "low", ("high",)),
        ("2002", "c1", "low", ()),
        ("2003", "c0", "low", ("high",)),
        ("2006", "c0", "high", ()),
    ]
    states = {text.date: text.state for text in found.texts}
    assert [states[year] for year in ("2004", "2005", "2007", "2008")] == [
        "no-position",
        "no-position",
        "none",
        "no-position",
    ]
    assert [(note.rule, note.maps) for note in found.notes] == [("no-kind", ("t7.yaml",))]


def test_a_change_of_writers_is_not_told_as_a_change_of_minds(tmp_path: Path) -> None:
    """One who never moves writes first, another who never moves later."""
    texts = [(f"20{n:02}", "Ann" if n < 10 else "Ben", [{"position": "low" if n < 10 else "high"}]) for n in range(20)]
    found = small(tmp_path, texts)
    [series] = found.series
    assert (series.verdict, [move.moved for move in found.movers]) == ("break", [False, False])
    assert words.verdict(found, series).endswith("the change may lie in who writes, or in one author")
    assert words.short_verdict(found, series).endswith("the change may lie in who writes, or in one author")
    [change] = series.change_points
    assert (change.only_before, change.only_after) == (("Ann",), ("Ben",))


def test_the_tables_have_the_scales(opened: Corpus) -> None:
    """And the distance of each claim to the thesis; null if there is none."""
    _, rows = opened.rows("select distinct scale, labels from issues where issue = ? and place = 0", ["smoke"])
    assert rows == [(["owner", "rooms", "ban"], ["the owner decides", "separate rooms", "a ban"])]
    assert opened.rows("select count(*), count(distance) from claims")[1] == [(139, 0)]


@pytest.mark.parametrize(
    ("dates", "places"),
    [
        (["2004", "2005", "2005-03", "2005-03-07", "2006"], [1, 4]),
        (["2005-03-07", "2005-03-08"], [1]),
        (["2005", "2005"], []),
        (["2004-12-31", "2005", "2005-12", "2006-01-01"], [1, 3]),
    ],
)
def test_dates_of_different_precision_divide_only_where_the_order_is_known(dates: list[str], places: list[int]) -> None:
    """A year may mean any of its days."""
    assert dividing([days for each in dates if (days := days_of(each))]) == places


@pytest.mark.parametrize("words_", ["spring 2005", "2005-13", "2005-02-30", "05", "0000", ""])
def test_what_is_no_date_is_none(words_: str) -> None:
    """It is named and left out, and never guessed."""
    assert days_of(words_) is None


def _days(n: int) -> list[Days]:
    return [Days(day, day) for day in (date.fromordinal(730_000 + 100 * k) for k in range(n))]


def test_a_handful_of_texts_has_no_change_point() -> None:
    """However clear they seem."""
    assert breaks.find([0] * 5 + [1] * 6, _days(11)).verdict == "too few"
    assert breaks.find([0] * 6 + [1] * 6, _days(12), shuffles=199).verdict != "none"


def test_dates_that_are_too_coarse_are_not_divided() -> None:
    """Forty texts of one year have no order."""
    year = days_of("2005")
    assert year is not None
    assert breaks.find([0, 1] * 20, [year] * 40).verdict == "too coarse"


def test_who_writes_is_told_from_who_moves() -> None:
    """Two writers who never move, one after the other, divide well, and nobody has texts on both sides."""
    [split] = breaks.find([0] * 10 + [1] * 10, _days(20), ["ann"] * 10 + ["ben"] * 10, shuffles=199).splits
    assert (split.p, split.p_within) == (0.005, None)
    voices = ["ann"] * 9 + ["ben"] + ["ann"] + ["ben"] * 9
    [split] = breaks.find([0] * 9 + [1, 0] + [1] * 9, _days(20), voices, shuffles=199).splits
    assert split.p == 0.005
    assert split.p_within is not None
    assert split.p_within > 0.5


def test_one_person_who_keeps_positions_is_no_common_change() -> None:
    """People keep their positions for years, so shuffled texts are not enough: one of two who moves once may do so at any time."""
    steps = [0] * 10 + [0, 1] * 10
    [split] = breaks.find(steps, _days(30), ["ann", "ben"] * 15, shuffles=199).splits
    assert split.p <= 0.05
    assert split.p_within is not None
    assert split.p_within > 0.05


def test_chance_is_taken_for_a_change_in_one_of_twenty_series() -> None:
    """The rate of false alarms is the level, at any length."""
    random = np.random.default_rng(7)
    alarms = [
        breaks.find(random.integers(0, 3, 30).tolist(), _days(30), shuffles=99).verdict != "none" for _ in range(200)
    ]
    assert sum(alarms) <= 20  # 10 are expected; more than 20 has a chance of 1 in 1,000


def test_two_breaks_are_both_found() -> None:
    """There and back again."""
    steps = [0] * 15 + [2] * 15 + [0] * 15
    assert [split.at for split in breaks.find(steps, _days(45), shuffles=199).splits] == [15, 30]


@pytest.fixture(scope="module")
def plotted(smoke: Trends) -> Any:
    pytest.importorskip("matplotlib")
    return ElementTree.fromstring(smoke.plot())


def test_each_mark_has_its_words(plotted: Any, smoke: Trends) -> None:
    """A mark for each point, with when, who, where it stands, on which condition, and the quote."""
    titles = [mark.findtext(f"{SVG}title") for mark in plotted.iter(f"{SVG}g") if "point" in mark.get("class", "")]
    assert len(titles) == len(smoke.points) == 46
    assert (
        "2013-02 · Cara Lind · will be: a ban\non the condition “If the council agrees”\n"
        "“If the council agrees, there will be a ban on smoking within a year.”\n25-cara.yaml expected"
    ) in titles


def test_the_plot_explains_its_signs(plotted: Any, opened: Corpus) -> None:
    """The legend has what the plot contains, and nothing else; the result stands in words."""
    said = {"".join(text.itertext()) for text in plotted.iter(f"{SVG}text")}
    assert {*town.WRITERS, "hangs on a condition", "median position of a period", "change point"} <= said
    assert {"a ban", "separate rooms", "the owner decides", "takes no position", "2009-11-17 – 2010-02"} <= said
    assert "break between 2009-11-17 and 2010-02 (p = 0.001)" in said
    trees = {
        "".join(text.itertext()) for text in ElementTree.fromstring(trends(opened, "trees").plot()).iter(f"{SVG}text")
    }
    assert {"hangs on a condition", "median position of a period", "change point"}.isdisjoint(trees)
    assert "no change beyond chance (p = 0.952)" in trees


def test_nobody_is_told_by_colour_alone(plotted: Any, smoke: Trends) -> None:
    """Each person has a shape of their own, and each mode a filling."""
    sheet = Sheet(smoke, 1000.0, THEMES["print"])
    assert len({look.marker for look in sheet.voices.values()}) == 4
    assert len({*FILLS.values()}) == 4


def test_marks_do_not_lie_upon_each_other(smoke: Trends) -> None:
    """Of many texts of one time, each mark is seen, in a narrow plot as well."""
    for wide in (390.0, 1000.0):
        sheet = Sheet(smoke, wide, THEMES["light"])
        sheet.figure()
        marks = [(x, y) for name, x, y, *_, n in (item for item in sheet.drawn if item[0] == "mark") if n is not None]
        near = [(a, b) for a, b in combinations(marks, 2) if abs(a[0] - b[0]) < 9 and abs(a[1] - b[1]) < 9]
        assert len(marks) == 46
        assert near == []
        assert all(0 <= x <= wide for x, _ in marks)


@pytest.mark.parametrize(
    ("format_", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("html", b"<!doctype")]
)
def test_a_plot_is_the_same_each_time(smoke: Trends, format_: Any, start: bytes) -> None:
    """No time of day and no random id is in it."""
    pytest.importorskip("matplotlib")
    first = smoke.plot(format_, width=400)
    assert first.startswith(start)
    assert first == smoke.plot(format_, width=400)


def test_the_page_leads_from_each_mark_to_its_quote(smoke: Trends) -> None:
    """Links of both plots end at rows with the words; words of texts are escaped, and nothing is loaded."""
    pytest.importorskip("matplotlib")
    page = smoke.plot("html").decode()
    links = re.findall(r'<a href="#(point-\d+)" aria-label', page)
    assert len(links) == 2 * 46
    assert {*links} == {*re.findall(r'<tr id="(point-\d+)"', page)}
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="https?:', page)
    sly = smoke.model_copy(update={"question": "<script>alert(1)</script> $x^2$ \x1b"})
    for plot in (sly.plot("html").decode(), sly.plot("svg").decode()):
        assert "<script" not in plot
        assert "$x^2$" in plot
    assert smoke._repr_mimebundle_().keys() == {"text/html", "image/svg+xml", "text/plain"}


def test_the_command_writes_plots(letters: Path, tmp_path: Path) -> None:
    """The name of the file decides the format; another name is an error in one line."""
    pytest.importorskip("matplotlib")
    command = ["corpus", "trends", str(letters), "--issue", "bikes", "-o"]
    for suffix in ("svg", "png", "pdf", "html"):
        run = CliRunner().invoke(main, [*command, str(tmp_path / f"plot.{suffix}"), "--width", "500"])
        assert run.exit_code == 0, run.output
        assert (tmp_path / f"plot.{suffix}").stat().st_size > 10_000
    run = CliRunner().invoke(main, [*command, str(tmp_path / "plot.gif")])
    assert (run.exit_code, run.output) == (
        2,
        f"{tmp_path / 'plot.gif'}: a plot's name ends in one of .svg, .png, .pdf, .html\n",
    )


def test_the_page_of_the_documentation_shows_what_is_printed(smoke: Trends) -> None:
    """Its example is the output, word for word."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "trends.md").read_text("utf-8")
    [example] = re.findall(r"```text\n(.+?)```", page, re.DOTALL)
    printed = " ".join(str(smoke).split())
    for part in example.split("…"):
        assert " ".join(part.split()) in printed


def test_without_matplotlib_words_are_shown(monkeypatch: pytest.MonkeyPatch, smoke: Trends) -> None:
    """A notebook shows them; a plot that is asked for says what to install."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert smoke._repr_mimebundle_().keys() == {"text/plain"}
    with pytest.raises(ArgmapError, match=r"argmap\[trends\]"):
        smoke.plot()


def test_without_ruptures_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a search needs it."""
    monkeypatch.setitem(sys.modules, "ruptures", None)
    assert breaks.find([0, 1], _days(2)).verdict == "too few"
    with pytest.raises(ArgmapError, match=r"argmap\[trends\]"):
        breaks.find([0, 1] * 10, _days(20))


def test_letters_that_no_font_has_are_named(smoke: Trends) -> None:
    """In PNG and PDF they are boxes, and a finding says so; SVG leaves them to the reader's browser."""
    pytest.importorskip("matplotlib")
    odd = smoke.model_copy(update={"question": "Linear A \U00010600?"})
    assert "U+10600" in odd.plot("png").findings[0].message
    assert odd.plot("svg").findings == ()
    assert "\U00010600" in odd.plot("svg").decode()


def test_colours_of_a_page_are_not_put_into_words(smoke: Trends) -> None:
    """A word that looks like a code of a colour stays."""
    pytest.importorskip("matplotlib")
    odd = smoke.model_copy(update={"question": "Is #000001 black?"})
    assert odd.plot("html").decode().count("Is #000001 black?") >= 4


def test_days_are_exact_however_wide_they_are_drawn(tmp_path: Path) -> None:
    """Of texts of one week, the axis tells month and year; a long name is shortened."""
    pytest.importorskip("matplotlib")
    name = "Somebody with a very long name, many titles and honours, and a seat in two houses"
    found = small(tmp_path, [(f"2005-03-0{n}", name, [{"position": "low"}]) for n in range(1, 9)])
    plot = ElementTree.fromstring(found.plot("svg", width=390))
    said = {"".join(text.itertext()) for text in plot.iter(f"{SVG}text")}
    assert "2005-Mar" in said
    assert "date known to the year or month" not in said
    assert any(each.startswith("Somebody with") and each.endswith("…") for each in said)
