"""Kialo's text export: a numbered outline, read as a map."""

from __future__ import annotations

import pytest

from argmap import formats
from argmap.findings import ArgmapError
from argmap.formats.common.format import Reading
from argmap.model import Attack, Map, Support
from tests.helpers.growth import assert_linear


def rules(reading: Reading) -> list[str]:
    return [finding.rule for finding in reading.findings]


def read(*lines: str) -> Map:
    """The map of an export with these lines, in which nothing is irregular."""
    reading = formats.examine_text("Discussion Title: Ways\n\n" + "\n".join(lines) + "\n", name="ways.txt")
    assert not reading.findings
    return reading.map


KIALO = r"""
Discussion Title: Should the bridge be closed?

1. The bridge should be closed.
1.1. Pro: It rusts, says [the report](https://example.org/report_(2)).
Two things follow:
1. it is weak,
2. it may fall.
1.1.1. Con: Some of the rust \(most of it\) is only paint.
1.2. Con: -> See 1.3.1.
1.3. Pro: Nobody uses it.
1.3.1. Con: Cyclists use it.
1.3.2. Con: → See 1.1.1.
"""


def test_kialo_outline_becomes_a_map() -> None:
    """Pro supports, Con attacks, and See uses a claim again, whether it stands before or after."""
    reading = formats.examine_text(KIALO.lstrip(), name="bridge.txt")
    m = reading.map
    assert not reading.findings
    assert (m.title, m.thesis) == ("Should the bridge be closed?", "1")
    assert list(m.claims) == ["1", "1.1", "1.1.1", "1.3", "1.3.1"]
    assert [(type(r), r.by[0], r.target) for r in m.relations] == [
        (Support, "1.1", "1"),
        (Attack, "1.1.1", "1.1"),
        (Attack, "1.3.1", "1"),
        (Support, "1.3", "1"),
        (Attack, "1.3.1", "1.3"),
        (Attack, "1.1.1", "1.3"),
    ]


def test_kialo_text_is_plain() -> None:
    """Escapes and links are taken out of the words, lists inside a text stay, and the link is kept."""
    m = formats.loads(KIALO.lstrip())
    assert m.claims["1.1"].text == "It rusts, says the report.\nTwo things follow:\n1. it is weak,\n2. it may fall."
    assert m.claims["1.1"].extra["kialo"] == {
        "links": [{"text": "the report", "url": "https://example.org/report_(2)"}]
    }
    assert m.claims["1.1.1"].text == "Some of the rust (most of it) is only paint."


def test_kialo_question_with_several_theses() -> None:
    """A question whose answers are neither Pro nor Con is an issue, and the answers are claims on it."""
    m = formats.loads("Discussion Title: Ways\n\n1. Which way?\n1.1. Left.\n1.1.1. Pro: Sun.\n1.2. Right.\n", "kialo")
    assert {claim_id: issue.question for claim_id, issue in m.issues.items()} == {"1": "Which way?"}
    assert {claim_id: claim.issue for claim_id, claim in m.claims.items()} == {"1.1": "1", "1.1.1": None, "1.2": "1"}
    assert m.thesis is None


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("1.4. Con: -> See 1.9.", "dangling-reference"),
        ("1.4. Con: -> See 1.4.", "dangling-reference"),
        ("1.9.1. Pro: An orphan.", "dangling-reference"),
        ("1.1.2. Neither.", "dangling-reference"),
        ("1.1. Pro: Again.", "duplicate-id"),
        ("1.4. Pro: ", "missing-text"),
    ],
)
def test_irregular_kialo_is_read_with_a_finding(line: str, rule: str) -> None:
    """A number that is missing or there twice is one finding at its line."""
    reading = formats.examine_text(KIALO.strip() + "\n" + line, "kialo", "bridge.txt")
    assert rules(reading) == [rule]
    assert str(reading.findings[0]).startswith("bridge.txt:13:1: ")


def test_kialo_without_numbers_is_refused() -> None:
    """Prose is no discussion."""
    with pytest.raises(ArgmapError, match="no numbered claims"):
        formats.examine_text("Discussion Title: nothing\n\nAnd so on.", "kialo")


def test_kialo_first_lines_are_several_theses() -> None:
    """They answer the title, whether or not a line between them is empty; none of them is the thesis."""
    for between in ([], [""]):
        m = read("1. Go left.", "1.1. Pro: Sun.", "And shade.", *between, "2. Go right.", "2.1. Con: Rain.")
        assert {claim_id: (claim.text, claim.issue) for claim_id, claim in m.claims.items()} == {
            "1": ("Go left.", "question"),
            "1.1": ("Sun.\nAnd shade.", None),
            "2": ("Go right.", "question"),
            "2.1": ("Rain.", None),
        }
        assert m.issues["question"].question == "Ways"
        assert m.thesis is None


@pytest.mark.parametrize(
    "text",
    [
        "Two things:\n\n1. it is weak,\n\n2. it may fall.",
        "In the year\n2005. it was painted.",
        "It cost\n1.5. million.",
        "2. place goes to it.",
        "1984 is when it was built.",
        "See 1.1.",
        "Pro: this is a word.",
    ],
)
def test_kialo_numbers_in_a_text_are_text(text: str) -> None:
    """A list, a year at the start of a line or any other number begins no claim."""
    m = read("1. Close it.", f"1.1. Pro: {text}", "1.2. Con: No.")
    assert {claim_id: claim.text for claim_id, claim in m.claims.items()} == {
        "1": "Close it.",
        "1.1": text,
        "1.2": "No.",
    }


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("It **must** _go_.", "It must go."),
        ("**It *must* go**", "It must go"),
        (r"2 * 3 * 4, 2*3*4, \*so\* and snake_case_word", "2 * 3 * 4, 2*3*4, *so* and snake_case_word"),
        (
            "At https://example.org/_a_/ and *https://example.org*",
            "At https://example.org/_a_/ and https://example.org",
        ),
        ("It rusts. [1](https://example.org/1) [2](https://example.org/2)", "It rusts. [1] [2]"),
        ("**[The report](https://example.org)** says so.", "The report says so."),
        (r"1\) it rusts 2\) it falls \[sic\]", "1) it rusts 2) it falls [sic]"),
    ],
)
def test_kialo_markdown_is_read(written: str, text: str) -> None:
    """Emphasis is dropped, links leave their words, those that only count them in brackets; what is escaped stays."""
    assert read("1. Close it.", f"1.1. Pro: {written}").claims["1.1"].text == text


def test_kialo_may_be_indented() -> None:
    """As it is when pasted into a document."""
    m = read("1. Close it.", "    1.1. Pro: It rusts.", "\t1.2. Con: -> See 1.1.")
    assert [(r.type, r.by, r.target) for r in m.relations] == [("support", ("1.1",), "1"), ("attack", ("1.1",), "1")]


def test_kialo_sees_no_further_than_to_a_claim() -> None:
    """What stands under a See answers to the claim that it means; a See of a See leads nowhere, and is told of."""
    lines = [
        "1. Close it.",
        "1.1. Pro: -> See 1.2.",
        "1.2. Con: → See 1.3.",
        "1.2.1. Pro: Many say so.",
        "1.3. Pro: It rusts.",
    ]
    reading = formats.examine_text("\n".join(lines) + "\n", "kialo", "ways.txt")
    assert [(r.type, r.by[0], r.target) for r in reading.map.relations] == [
        ("attack", "1.3", "1"),
        ("support", "1.2.1", "1.3"),
        ("support", "1.3", "1"),
    ]
    assert [str(finding) for finding in reading.findings] == [
        "ways.txt:2:1: warning: dangling-reference: 1.1. sees 1.2., which is not a claim of the file: left out."
    ]


def test_kialo_see_in_a_circle() -> None:
    """Lines that only see one another are no claims, and each is told of at its line and column."""
    text = "1. Close it.\n1.1. Pro: -> See 1.2.\n  1.2. Con: -> See 1.1.\n"
    reading = formats.examine_text(text, "kialo", "ways.txt")
    assert list(reading.map.claims) == ["1"]
    assert reading.map.relations == ()
    assert [str(finding.place) for finding in reading.findings] == ["ways.txt:2:1", "ways.txt:3:3"]


def test_kialo_a_claim_may_see_what_it_answers() -> None:
    """Then claims support one another in a circle, which is read as it stands."""
    reading = formats.examine_text("1. Close it.\n1.1. Pro: It rusts.\n1.1.1. Pro: -> See 1.\n", "kialo", "ways.txt")
    assert [(r.by, r.target) for r in reading.map.relations] == [(("1.1",), "1"), (("1",), "1.1")]
    assert reading.findings == ()


def test_kialo_an_answer_may_be_a_see() -> None:
    """Then the claim that it means is on the issue; on the first of two, and that is told."""
    lines = ["1. Which way?", "1.1. -> See 3.", "2. By car?", "2.1. -> See 3.", "3. Walk."]
    reading = formats.examine_text("\n".join(lines) + "\n", "kialo", "ways.txt")
    assert {claim_id: claim.issue for claim_id, claim in reading.map.claims.items()} == {"3": "1"}
    assert [str(finding) for finding in reading.findings] == [
        "ways.txt:4:1: warning: several-issues: 2.1. answers to another question already: read as an answer to that."
    ]


def test_kialo_a_question_is_no_reason() -> None:
    """A See of a question has no claim to relate, which is told."""
    lines = ["1. Which way?", "1.1. Left.", "2. Ask somebody.", "2.1. Pro: -> See 1."]
    reading = formats.examine_text("\n".join(lines) + "\n", "kialo", "ways.txt")
    assert (reading.map.relations, list(reading.map.issues)) == ((), ["1"])
    assert rules(reading) == ["dangling-reference"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["1. Pro: It rusts."], "1:1: warning: dangling-reference: 1. is Pro, and stands under no claim."),
        (
            ["1. -> See 9.", "1.1. Left."],
            "2:1: warning: dangling-reference: 1.1. answers to 1., which is not a claim of the file.",
        ),
        (
            ["1. Close it.", "1.1. Pro: -> See 9."],
            "2:1: warning: dangling-reference: 1.1. sees 9., which is not a claim of the file: left out.",
        ),
        (
            ["1. -> See 2.1.", "1.1. Left.", "2. Close it.", "2.1. Pro: It rusts."],
            "2:1: warning: dangling-reference: 1.1. is neither Pro nor Con: kept as a claim without relation.",
        ),
    ],
)
def test_kialo_entries_that_lead_nowhere(lines: list[str], said: str) -> None:
    """The rest is read, and the last finding names the entry and what it lacks."""
    reading = formats.examine_text("\n".join(lines) + "\n", "kialo", "ways.txt")
    assert str(reading.findings[-1]) == f"ways.txt:{said}"
    assert {claim.issue for claim in reading.map.claims.values()} == {None}


@pytest.mark.parametrize(
    "line",
    [
        "1.2. con: No.",
        "1.2. CON: No.",
        "1.2. Contra: No.",
        "1.2. Kontra: No.",
        "1.2. **Con**: No.",
        "1.2. __Con:__ No.",
        "1.2. Con : No.",
        "1.2 Con: No.",
        "1.2.Con: No.",
        "1.2.\tcons:No.",
    ],
)
def test_kialo_typed_by_hand(line: str) -> None:
    """However Con is spelt, and whatever its number lacks, it is an attack, and the rest stays as it is."""
    lines = ["1. Ban cars.", "1.1. Pro: Cars pollute.", line, "1.3. Pro: Noise."]
    m = read(*lines)
    assert (m.thesis, [claim.text for claim in m.claims.values()]) == (
        "1",
        ["Ban cars.", "Cars pollute.", "No.", "Noise."],
    )
    assert [(r.type, r.by) for r in m.relations] == [("support", ("1.1",)), ("attack", ("1.2",)), ("support", ("1.3",))]


def test_kialo_a_comment_turns_nothing_round() -> None:
    """Among reasons it is a claim without relation, which is told; thesis and reasons stay what they are."""
    text = "1. Ban cars.\n1.1. Pro: Cars pollute.\n1.2. By whom?\n1.3. By when?\n1.4. Con: Some need one.\n"
    reading = formats.examine_text(text, "kialo", "ways.txt")
    m = reading.map
    assert (m.thesis, dict(m.issues), list(m.claims)) == ("1", {}, ["1", "1.1", "1.2", "1.3", "1.4"])
    assert [(r.type, r.by) for r in m.relations] == [("support", ("1.1",)), ("attack", ("1.4",))]
    assert [str(finding) for finding in reading.findings] == [
        f"ways.txt:{n}:1: warning: dangling-reference: 1.{n - 1}. is neither Pro nor Con: kept as a claim without relation."
        for n in (3, 4)
    ]


def test_kialo_what_is_argued_about_is_a_claim() -> None:
    """A line with reasons is a thesis; what answers it is told of."""
    lines = ["1. Which way?", "1.1. Left.", "1.2. Con: Nobody asked."]
    reading = formats.examine_text("\n".join(lines) + "\n", "kialo", "ways.txt")
    assert (list(reading.map.claims), dict(reading.map.issues)) == (["1", "1.1", "1.2"], {})
    assert rules(reading) == ["dangling-reference"]


def test_kialo_a_number_that_does_not_go_on() -> None:
    """A line that may be an entry and is read as text is told of."""
    text = "1. Ban cars.\n1.1. Pro: Cars pollute.\n1.7 Con: So do buses.\n"
    reading = formats.examine_text(text, "kialo", "ways.txt")
    assert reading.map.claims["1.1"].text == "Cars pollute.\n1.7 Con: So do buses."
    (finding,) = reading.findings
    assert str(finding).startswith("ways.txt:3:1: warning: unknown-line: looks like an entry, and its number does not")


@pytest.mark.parametrize("see", ["-> See 1.1. and 1.2.", "→ see 1.1. and think."])
def test_kialo_see_that_says_more(see: str) -> None:
    """It is a claim of these words, with a finding at its line."""
    text = "\n".join(["1. Ban cars.", "1.1. Pro: Cars pollute.", "1.2. Con: Some need one.", f"1.3. Con: {see}"])
    reading = formats.examine_text(text, "kialo", "ways.txt")
    (finding,) = reading.findings
    assert str(finding).startswith("ways.txt:4:1: warning: unknown-line: 1.3. sees 1.1. and says more:")
    assert reading.map.claims["1.3"].text == see


def test_kialo_of_any_depth() -> None:
    """Below two hundred levels, too, each entry is a claim of its own; its number is kept where it is too long for an id."""
    numbers = [".".join(["1"] * depth) for depth in range(1, 1001)]
    m = read(*(f"{number}. {'Con: ' if '.' in number else ''}Claim {n}." for n, number in enumerate(numbers)))
    assert [claim.text for claim in m.claims.values()] == [f"Claim {n}." for n in range(1000)]
    assert [(r.type, r.target) for r in m.relations] == [("attack", claim_id) for claim_id in list(m.claims)[:-1]]
    last = list(m.claims.values())[-1]
    assert last.extra["kialo"]["number"] == numbers[-1] != last.id


def test_kialo_depth_and_size() -> None:
    """A discussion may be a hundred claims deep, and thousands wide in a moment."""
    numbers = [".".join(["1"] * depth) for depth in range(1, 101)]
    m = read(*(f"{number}. {'Pro: ' if '.' in number else ''}Claim." for number in numbers))
    assert [r.target for r in m.relations] == numbers[:-1]

    def wide(size: int) -> list[str]:
        lines = [f"1.{n}. Con: -> See 1.{size}." for n in range(1, size)]
        return ["1. Close it.", *lines, f"1.{size}. Pro: " + "*a [b _c " * size]

    assert len(read(*wide(1000)).relations) == 1000
    assert_linear(lambda lines: read(*lines), wide(3000), wide(12_000))


def test_kialo_title_is_plain() -> None:
    """Escapes are taken out of it as out of a claim."""
    assert formats.loads("Discussion Title: Close it \\(now\\)?\n\n1. Yes.\n", "kialo").title == "Close it (now)?"
