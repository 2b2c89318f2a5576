"""A diff as people read it: in the terminal, in Markdown, as a paragraph; and nothing that a map holds does more than be read."""

from io import StringIO

import pytest
from markdown_it import MarkdownIt
from rich.console import Console

from argmap.diagram import bridge, outline
from argmap.diagram.pictures.how import how
from argmap.diagram.pictures.ledger import ledger
from argmap.diff import compare, timeline
from argmap.diff.classify.change_words import RULES
from argmap.diff.classify.facets import FACETS
from argmap.diff.model import Change, Side
from argmap.diff.render import text
from argmap.diff.render.markdown import of_diff, of_rules, of_timeline
from argmap.diff.render.prose import summary
from argmap.model import MODE_OF_KIND, Alignment, Kind, Map, replace
from argmap.text_tools import cells, wrapped

ISSUES = {
    "buses": {"question": "When do the buses run?", "label": "Buses", "scale": {"day": "by day", "night": "all night"}},
    "taxis": {"question": "Who else takes people home?", "label": "Taxis"},
}
THEN = Map.model_validate(
    {
        "id": "1990",
        "issues": ISSUES,
        "claims": {
            "stop": {
                "text": "Buses stop at dusk.",
                "kind": "fact",
                "issue": "buses",
                "position": "day",
                "quote": "no bus after dusk",
            },
            "run": {"text": "Buses ought to run all night.", "kind": "policy", "issue": "buses", "position": "night"},
            "taxis": {"text": "Taxis cost too much.", "issue": "taxis", "commitment": "reported", "speaker": "cook"},
        },
        "relations": [{"support": "run", "by": ["stop"]}],
        "speakers": {"cook": {"name": "A cook"}},
    }
)
NOW = Map.model_validate(
    {
        "id": "2000",
        "issues": ISSUES,
        "claims": {
            "all-night": {"text": "Buses run all night.", "kind": "fact", "issue": "buses", "position": "night"}
        },
    }
)
TIES = Alignment(
    before="1990", after="2000", correspondences=({"before": ["run"], "after": ["all-night"], "because": "It came."},)
)
HOSTILE = "[bold]*we* `really` </script><script>alert(1)</script>\x1b[2J\u202e | x"


def in_terminal(renderable, width=100):
    console = Console(file=StringIO(), width=width, force_terminal=False)
    console.print(renderable)
    return console.file.getvalue()


def test_summary():
    """The paragraph tells where both stand, what was realised, who is silent on what, and what has no counterpart."""
    assert summary(compare(THEN, NOW, TIES)) == (
        "On “When do the buses run?” 1990 answers “by day” and calls for “all night”; 2000 answers “all night”. What 1990 "
        "calls for, 2000 says is so: “Buses ought to run all night” → “Buses run all night”. 2 claims of 1990 have no match "
        "in the map of 2000, and there is no text to search. The headline hangs on 3 claims; another coding of any one "
        "would change it: stop and run in 1990; all-night in 2000. Of the change words of 1 match, none is the analyst's."
    )


def test_summary_of_revisions():
    """Between revisions the paragraph counts what changed; of the same map it says that nothing did."""
    later = replace(
        THEN, claims={claim_id: claim for claim_id, claim in THEN.claims.items() if claim_id != "taxis"}, relations=()
    )
    assert summary(compare(THEN, later)) == (
        "Of the claims, 2 are kept. 1 claim dropped. Relations: 0 kept, 1 dropped, 0 new."
    )
    assert summary(compare(THEN, THEN)) == "Nothing changed."


def test_suggestions_are_told_apart():
    """What argmap only suggests is not counted, and the last sentence says so."""
    said = summary(compare(THEN, NOW))
    assert said.endswith("argmap suggests 1 further match, not confirmed and not counted here.")
    assert "says that it is so" not in said
    assert "? realised" in in_terminal(text.of_diff(compare(THEN, NOW)))


def test_terminal():
    """Each issue with its stands; each change with its word, rule, both claims, quotes, speaker and reason."""
    shown = in_terminal(text.of_diff(compare(THEN, NOW, TIES)))
    for line in (
        "1990: is: by day; ought: all night   →   2000: is: all night   (shifted +1)",
        "realised  [called-for-now-so; accepted by analyst]",
        "1990  Buses ought to run all night. (run)",
        "because: It came.",
        "“no bus after dusk”",
        "Taxis cost too much. (taxis; reported; by A cook)",
        "2 dropped, 1 realised",
    ):
        assert line in shown.replace("\n", " ") or line in shown
    assert "no bus after dusk" not in in_terminal(text.of_diff(compare(THEN, NOW, TIES), quotes=False))


def test_markdown():
    """The same in Markdown: a heading an issue, a list a change."""
    shown = of_diff(compare(THEN, NOW, TIES))
    assert "## When do the buses run?" in shown
    assert (
        "**realised**\n\n- 1990: Buses ought to run all night.\n- 2000: Buses run all night.\n"
        "- substance differs: modal ought to → –\n- because: It came." in shown
    )


def test_timeline_tables():
    """A row an issue on which a text stands, with the move and where it was seen."""
    row = timeline([THEN, NOW], [TIES])
    assert "| Buses | is: by day; ought: all night | is: all night | shifted +1 | 1990 | 2000 |" in of_timeline(
        row
    ).replace("\\", "")
    assert "shifted +1" in in_terminal(text.of_timeline(row))


def test_explain_tells_every_rule():
    """The table that `--explain` prints has every rule and every facet, with condition and example."""
    shown, written = in_terminal(text.of_rules(), width=400), of_rules()
    for row in (*RULES, *FACETS):
        assert row.name in shown
        assert row.name in written
        assert row.condition
        assert row.example


@pytest.fixture
def hostile():
    """A map whose every text tries to do something."""
    fields = THEN.model_dump(by_alias=True)
    for claim in fields["claims"].values():
        claim["text"] = HOSTILE
    fields["title"] = HOSTILE
    fields["issues"]["buses"]["question"] = HOSTILE
    return Map.model_validate(fields)


def test_terminal_shows_hostile_text_as_text(hostile):
    """Markup is not read, and control characters are made visible."""
    shown = in_terminal(text.of_diff(compare(hostile, NOW)), width=400)
    assert "[bold]*we* `really` </script>" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_markdown_shows_hostile_text_as_text(hostile):
    """Rendered, no tag, emphasis, code or table cell comes out of a claim's text."""
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(of_diff(compare(hostile, NOW)))
    assert "<script" not in html
    assert "<em>" not in html
    assert "<code>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_step_that_is_still_to_come_is_told_as_such() -> None:
    """From what is to what only will or ought to be is no step taken; among several claims one that is suffices."""

    def side(kind: Kind) -> Side:
        return Side(id="a", text="A.", role="claim", kind=kind, mode=MODE_OF_KIND[kind])

    def worded(before: Kind, *after: Kind) -> str:
        sides = {"before": (side(before),), "after": tuple(map(side, after))}
        return Change(change="shifted", rule="other-step", basis="id", **sides).worded

    assert worded("fact", "prediction") == "shifted, foreseen"
    assert worded("cause", "policy") == "shifted, called for"
    assert worded("policy", "plan") == "shifted, planned"
    assert worded("fact", "prediction", "policy") == "shifted, foreseen"
    assert worded("fact", "policy", "fact") == "shifted"
    assert worded("prediction", "prediction") == "shifted"


def test_every_telling_says_how_many_words_are_the_analysts():
    """The paragraph, the timeline and the pictures that show change words say the same."""
    ties = replace(TIES, correspondences=(replace(TIES.correspondences[0], change="altered"),))
    diff, found = compare(THEN, NOW, ties), timeline([THEN, NOW], [ties])
    said = "Of the change words of 1 match, 1 is the analyst's."
    assert said in summary(diff)
    assert said in in_terminal(text.of_timeline(found))
    assert said in of_timeline(found)
    for picture in (bridge, ledger, how):
        assert said in outline(picture(diff, THEN, NOW))
    assert "none is the analyst's" in summary(compare(THEN, NOW, TIES))


@pytest.mark.parametrize("width", [30, 60, 100])
def test_a_pipe_gets_what_a_terminal_shows(width):
    """Without colours the same words stand on the same lines, and none is wider than asked."""
    diff = compare(THEN, NOW, TIES)
    written = text.diff_as_text(diff, width=width)
    shown = "".join(f"{line.rstrip()}\n" for line in in_terminal(text.of_diff(diff), width).splitlines())
    assert written == shown
    assert max(map(len, written.splitlines())) <= width


def test_wide_characters_take_two_columns():
    """Lines of Chinese and Japanese are cut where they are full."""
    rows = wrapped("橋を直ちに閉鎖すべきだ。" * 4, 20)
    assert {cells(row) for row in rows[:-1]} == {20}
    assert "".join(rows) == "橋を直ちに閉鎖すべきだ。" * 4


def test_a_pair_that_no_rule_can_judge_is_shown_as_unclear():
    """Nothing tells whether the two say the same, so nobody is told that the claim was kept; an analyst may say so."""
    then = Map.model_validate({"id": "a", "claims": {"x": {"text": "The islanders miss the theatre."}}})
    now = Map.model_validate({"id": "b", "claims": {"x": {"text": "The islanders come to the theatre."}}})
    tie = {"before": "a", "after": "b", "correspondences": [{"before": "x", "after": "x"}]}
    [change] = compare(then, now, Alignment.model_validate(tie)).changes
    assert (change.change, change.worded) == ("kept", "unclear")
    tie["correspondences"][0]["change"] = "kept"
    [change] = compare(then, now, Alignment.model_validate(tie)).changes
    assert change.worded == "kept"
