"""What is said of a text that is no Argdown, or odd Argdown: the place, what is wrong, and the way out."""

from __future__ import annotations

import pytest

from argmap import formats
from argmap.findings import ArgmapError, Finding
from tests.formats.argdown.test_reader import read, ties


def faults(text: str) -> list[Finding]:
    """The errors of a text, of which the rest may be read."""
    found: tuple[Finding, ...] = ()
    try:
        found = formats.examine_text(text, "argdown", "notes.argdown").findings
    except ArgmapError as error:
        found = error.findings
    return [finding for finding in found if finding.severity == "error"]


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "way_out"),
    [
        (
            "[a]: A.\n\nwe [really]\nmean it",
            3,
            4,
            "`[really]` is a reference to a statement",
            "Escape it as `\\[really]`",
        ),
        ("p<0.05 and r>0.3", 1, 2, "`<0.05 and r>` is a reference to an argument", "Escape it as `\\<0.05 and r>`"),
        ("five *times", 1, 6, "italics that `*` begins here do not end", "escape it as `\\*`"),
        ("so __loud", 1, 4, "bold that `__` begins here do not end", "escape it as `\\_\\_`"),
        (
            "a\n    + b\n  - c",
            3,
            3,
            "`-` is a relation that is indented as if it belonged to nothing above",
            "Indent it more",
        ),
        ("- a", 1, 1, "nothing stands above that it could relate to", "escape it as `\\-`"),
        ("(1) a\n\n(2) b", 1, 1, "without a conclusion", "leave no line empty between"),
        ("(1) a\n--\nrule\n(2) b", 2, 1, "an inference begins with these dashes and does not end", "Write `----`"),
        ("(1) <a>\n----\n(2) b", 1, 5, "premises and conclusions are statements", "Write `[a]` instead."),
        ("[a]\n  >< <b>", 2, 6, "only statements contradict", "Write `->` instead of `><`."),
        ("a\n# b", 2, 1, "a heading begins a new paragraph", "Leave a line empty before it"),
        ("a. === b ===", 1, 4, "front matter, which only stands at the top", "Escape it as `\\===`."),
        ("[a]:\n\nb", 1, 1, "a text is missing", "leave out the colon"),
        ("[a] text", 1, 5, "a text cannot follow a reference", "Put a colon after the title"),
        ("a {b: 1} c", 1, 10, "a text cannot go on after", "Put the data after the text"),
        ("a {b: [}", 1, 8, "not YAML", "`key: value`"),
        ("a {b: *c}", 1, 3, "aliases", "Write the value out."),
        ("a\\\nb", 1, 2, "a backslash at the end of a line escapes nothing", "Double it"),
        ("===\na: 1\n===\nb", 4, 1, "the front matter goes on after its end", "Leave a line empty there."),
        ("<a>\n\n(1) b\n----\n(2) c\n\n<a>\n\n(1) d\n----\n(2) e", 9, 5, "<a> is taken apart twice", "another title"),
        ("(1) a\n----\n  + b\n(2) c", 3, 3, "cannot relate to an inference", "`<_`"),
        ("* a\n    * b", 2, 5, "a list cannot stand inside another paragraph", "escape it as `\\*`"),
        ("a\n2020. That year", 2, 1, "a list cannot stand inside another paragraph", "escape it as `2020\\.`"),
        ("a.\n[b]: c.", 2, 1, "begins a new paragraph", "Leave a line empty before it"),
        ("[a]: b\n\n  + c", 3, 3, "nothing stands above that it could relate to", "without an empty line"),
        ("[a]: b\n  _ c\n d\n\n_ e", 5, 1, "`_` is a relation, and nothing stands above", "escape it as `\\_`"),
        ("(1) a\n----\n\n(2) b", 1, 1, "without a conclusion", "leave no line empty between"),
        ("x\n\n----\n\ny", 3, 1, "an inference stands between", "escape the first"),
        ("(1) a\n-- b -- c\n(2) d", 2, 9, "nothing stands behind the dashes", "`-- a rule {…} --`"),
        ("(1) a\n-- b, , c --\n(2) d", 2, 7, "a rule is missing before this comma", "`\\,`"),
        ("(1) a\n--\nb,\nc\n--\n(2) d", 3, 3, "stand on one line", "`-- one rule, another --`"),
        ("<a>\n(1) b\n----\n(2) c", 2, 1, "begins a new paragraph", "escape it as `\\(1)`"),
        ("[a]: {b: 1}", 1, 1, "a text is missing", "leave out the colon"),
        ("===\ntitle: a: b\n===", 2, 9, "not YAML", "in quotes"),
        ("a {\r\n  b: 1\r\n}\r\n\r\nc [d]", 5, 3, "reference to a statement", "Escape it"),
    ],
)
def test_what_is_no_argdown_is_told_with_its_place_and_the_way_out(
    text: str, line: int, column: int, message: str, way_out: str
) -> None:
    """Where Argdown stops, one finding says where, why, and what to write instead."""
    finding = faults(text)[0]
    assert (finding.place.file, finding.place.line, finding.place.column) == ("notes.argdown", line, column)
    assert message in finding.message
    assert way_out in (finding.hint or "")


def test_each_paragraph_tells_its_own_fault() -> None:
    """A fault in one paragraph hides none in another, nor makes one."""
    text = "we [really]\n\n[a]: good\n\n*open\n\n[b]: good"
    assert [finding.place.line for finding in faults(text)] == [1, 5]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "[T]: Open it\n  + I doubt [...] that!\n  + It is [really] so.\n  - a < b and c > d.\n",
            [(2, 13), (3, 11), (4, 7)],
        ),
        ("we [a] and [b] and <c> say", [(1, 4), (1, 12), (1, 20)]),
        ("[a]: A [b].\n\n[c]: C <d>.\n", [(1, 8), (3, 8)]),
    ],
)
def test_all_faults_of_a_paragraph_are_told_at_once(text: str, places: list[tuple[int, int]]) -> None:
    """Titles inside texts are each a finding, also several in one paragraph."""
    assert [(finding.place.line, finding.place.column) for finding in faults(text)] == places


def test_the_rest_is_read() -> None:
    """A paragraph that is not Argdown is left out alone, and that is a loss."""
    reading = formats.examine_text("[a]: A.\n  + [b]: B.\n\nwe [really]\n\n[c]: C.\n", "argdown", "notes.argdown")
    assert list(reading.map.claims) == ["a", "b", "c"]
    assert ties(reading.map) == {("support", "b", "a")}
    assert any(finding.is_loss for finding in reading.findings)


def test_what_an_argument_does_to_its_own_conclusion_its_inference_does() -> None:
    """A reason that is taken apart elsewhere is its inference alone; to be against its own conclusion is a slip, told with its place."""
    apart = "<b>\n\n(1) [p]: P.\n----\n(2) [a]\n"
    supported = formats.examine_text(f"[a]: A.\n  + <b>: B.\n\n{apart}", "argdown", "notes.argdown")
    attacked = formats.examine_text(f"[a]: A.\n  - <b>: B.\n\n{apart}", "argdown", "notes.argdown")
    assert ties(supported.map) == ties(attacked.map) == {("support", "p", "a")}
    assert supported.findings == ()
    assert [str(finding.place) for finding in attacked.findings] == ["notes.argdown:2:3"]
    assert "<b> is against [a], which is its own conclusion" in attacked.findings[0].message


def test_what_is_irregular_has_its_place() -> None:
    """Warnings on a text, and what is wrong in what argmap itself keeps there, name the line and column."""
    text = "[a]: A.\n  <_ [b]: B.\n  + <c>\n\n(1) [a]\n-- {uses: [9]} --\n(2) [d]: D.\n"
    places = {f.rule: (f.place.line, f.place.column) for f in formats.examine_text(text, "argdown").findings}
    assert places == {"undercut-of-statement": (2, 3), "undefined": (3, 5), "unknown-line": (6, 1)}
    with pytest.raises(ArgmapError, match=r"^notes\.argdown:3:1: invalid: kind: Input should be"):
        read("[a]: A.\n\n[b]: B. {argmap: {kind: nonsense}}\n")


def test_an_undercut_of_a_statement_is_an_attack() -> None:
    """A statement infers nothing that could be undercut: read as an attack, with a warning."""
    reading = formats.examine_text("[a]: A.\n  <_ [b]: B.\n", "argdown")
    assert ties(reading.map) == {("attack", "b", "a")}
    assert [finding.rule for finding in reading.findings] == ["undercut-of-statement"]


def test_no_other_file_is_read() -> None:
    """What Argdown would put in from elsewhere stays out, and a warning says where."""
    reading = formats.examine_text("[a]: A.\n\n@include(/etc/passwd)\n", "argdown")
    assert [(f.rule, f.place.line) for f in reading.findings] == [("include", 3)]
    assert "root:" not in str(reading.map.claims)
