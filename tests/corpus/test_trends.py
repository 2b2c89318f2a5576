"""Trends: where dated texts stand, who moved, and change points that chance does not give."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from argmap.cli import main
from argmap.corpus import Corpus, Trends, build, open_corpus, trends
from argmap.corpus.over_time import breaks, words
from argmap.corpus.over_time.dates import Days, days_of, dividing
from argmap.findings import ArgmapError
from argmap.schemas import schema
from tests.corpus import town

pytest.importorskip("ruptures")

MAPS = Path(__file__).resolve().parents[2] / "maps"


def corpus_of(folder: Path, path: Path) -> Path:
    build([folder], path)
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
    assert change.p == change.p_within == 0.001
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
    assert "41 texts of 4 authors, 2001-02 to 2020-11: 40 take a position, 1 speaks of it and takes none" in str(smoke)


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


def test_without_ruptures_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a search needs it."""
    monkeypatch.setitem(__import__("sys").modules, "ruptures", None)
    assert breaks.find([0, 1], _days(2)).verdict == "too few"
    with pytest.raises(ArgmapError, match=r"argmap\[trends\]"):
        breaks.find([0, 1] * 10, _days(20))
