"""Rules about the argument, and the choice of rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from argmap.cli import main
from argmap.findings import ArgmapError
from argmap.rules import check

CLAIMS = """\
argmap: 1
id: library
thesis: open
claims:
  open: {text: The library should open on Sundays., implicit: true}
  again: {text: On Sundays the library should open., implicit: true}
  need: {text: Families are free on Sundays., implicit: true}
  cost: {text: Opening costs too much., implicit: true}
  a: {text: One., implicit: true}
  b: {text: Two., implicit: true}
  c: {text: Three., implicit: true}
  d: {text: Four., implicit: true}
  e: {text: Five., implicit: true}
relations:
"""
NEED = "  - {support: open, by: need, scheme: sign}\n"


def found(folder: Path, text: str, **choice: object) -> list[tuple[str, int | None]]:
    file = folder / "library.yaml"
    file.write_text(text, "utf-8")
    rest = {"adrift"}
    return [(f.rule, f.place.line) for f in check(file, **choice) if f.rule not in rest]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("relations", "rule", "line"),
    [
        ("  - {attack: open, by: cost}\n", "thesis-unsupported", 5),
        (NEED + "  - {attack: open, by: need}\n", "support-and-attack", 16),
        (NEED + "  - {support: open, by: [need, cost]}\n", "premise-twice", 16),
        ("  - {support: open, by: again}\n", "begs-the-question", 15),
        ("  - {support: open, by: [need, cost, a, b, c, d, e]}\n", "wide-link", 15),
        ("  - {support: open, by: need, questions: {1: yes it is}}\n", "unknown-question", 15),
        ("  - {support: open, by: need, scheme: sign, questions: {99: no}}\n", "unknown-question", 15),
    ],
)
def test_a_weak_step_is_found_at_its_place(tmp_path: Path, relations: str, rule: str, line: int) -> None:
    """Each rule has a map that breaks it alone."""
    assert found(tmp_path, CLAIMS + relations) == [(rule, line)]


@pytest.mark.parametrize(
    "relations",
    [
        NEED,
        NEED + "  - {support: need, by: cost}\n  - {attack: again, by: need}\n",
        "  - {support: open, by: [need, cost, a, b, c, d]}\n",
        "  - {rephrase: open, by: again}\n" + NEED,
        "  - {support: open, by: need, scheme: sign, questions: {1: need}}\n",
    ],
)
def test_a_sound_step_is_left_alone(tmp_path: Path, relations: str) -> None:
    """A premise of two conclusions, six linked premises and an answered question are well."""
    assert found(tmp_path, CLAIMS + relations) == []


OPTIONAL = CLAIMS.replace("text: One.", "text: One. And more.") + NEED + "  - {attack: open, by: cost}\n"


def test_optional_rules_are_asked_by_name(tmp_path: Path) -> None:
    """Neither is reported unless it is selected; a selection reports nothing else."""
    assert found(tmp_path, OPTIONAL) == []
    assert found(tmp_path, OPTIONAL, select=["attack-unanswered", "two-statements"]) == [
        ("two-statements", 9),
        ("attack-unanswered", 16),
    ]
    answered = OPTIONAL + "  - {attack: cost, by: need}\n"
    assert found(tmp_path, answered, select=["attack-unanswered"]) == []
    conceded = OPTIONAL.replace("too much., implicit: true", "too much., implicit: true, commitment: conceded")
    assert found(tmp_path, conceded, select=["attack-unanswered"]) == []


def test_strong_words_have_quotes_as_strong(tmp_path: Path) -> None:
    """Only a claim that is stronger than all of its quotes is found."""
    text = (
        "argmap: 1\nid: m\nthesis: a\nsources: {s: {text: Libraries should open. They must pay.}}\nclaims:\n"
        "  a: {text: Libraries must open., quote: Libraries should open}\n"
        "  b: {text: They must pay., quote: They must pay}\n"
    )
    assert found(tmp_path, text, select=["strong-word"]) == [("strong-word", 6)]


def test_a_project_ignores_rules_with_a_reason(tmp_path: Path) -> None:
    """Settings are those of the project of each file."""
    text = CLAIMS + "  - {support: open, by: again}\n"
    settings = tmp_path / "argmap.toml"
    ignore = '[[check.ignore]]\nfiles = ["maps/*.yaml"]\nrules = ["begs-the-question"]\nreason = "A title."\n'
    settings.write_text(ignore, "utf-8")
    (tmp_path / "maps").mkdir()
    assert found(tmp_path / "maps", text) == []
    assert found(tmp_path, text) == [("begs-the-question", 15)]
    assert found(tmp_path, text, ignore=["begs-the-question"]) == []


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ('[[check.ignore]]\nfiles = ["x"]\nrules = ["adrift"]\n', "`reason`"),
        ('[[check.ignore]]\nfiles = "x"\nrules = ["adrift"]\nreason = "y"\n', "both lists"),
        ('[[check.ignore]]\nfiles = ["x"]\nrules = ["adrif"]\nreason = "y"\n', 'Did you mean "adrift"'),
        ("[check]\nignore = 3\n", "[[check.ignore]]"),
        ("[check\n", "not valid TOML"),
    ],
)
def test_wrong_settings_are_one_line(tmp_path: Path, settings: str, message: str) -> None:
    """The message names the file and what it needs."""
    (tmp_path / "argmap.toml").write_text(settings, "utf-8")
    with pytest.raises(ArgmapError) as caught:
        found(tmp_path, CLAIMS + "  - {support: open, by: again}\n")
    assert message in str(caught.value)
    assert "argmap.toml" in str(caught.value)


def test_the_command_takes_names_with_commas(tmp_path: Path) -> None:
    """An unknown rule is refused with the way to the list."""
    (tmp_path / "m.yaml").write_text(OPTIONAL, "utf-8")
    run = CliRunner().invoke(main, ["check", str(tmp_path / "m.yaml"), "--select", "two-statements, attack-unanswered"])
    assert run.exit_code == 0
    assert run.stdout.count("note: ") == 2
    run = CliRunner().invoke(main, ["check", str(tmp_path / "m.yaml"), "--ignore", "nonsense"])
    assert "`argmap rules` lists all" in run.output
    assert run.exit_code != 0
