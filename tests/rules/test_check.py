"""`check`: one mistake in a clean map is one clear finding, at its place, with a way out."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from argmap import store
from argmap.findings import ArgmapError, Finding
from argmap.rules import RULES, check, check_alignment, check_map
from argmap.store import FILE_RULES
from tests.conftest import LETTER, NightBus
from tests.helpers.map_strategies import maps

ROOT = Path(__file__).resolve().parents[2]


def test_the_map_of_the_letter_is_clean(night_bus: NightBus) -> None:
    """Nothing is found in a map in which nothing is wrong."""
    assert check(night_bus.folder) == ()


# What is changed in the map's file, what it becomes, the rule that finds it, and what stands at the place.
MISTAKES: list[tuple[str, str, str, str]] = [
    # quotes
    ('"People who work late have no way home"', '"People who work late had no way home"', "unanchored-quote", '"People who work late had'),
    ("walks home alone\"\n", "walks Home alone\"\n", "unanchored-quote", '"every third'),
    ('"Let the buses run at night"', '"Let the trams run at noon"', "unanchored-quote", '"Let the trams'),
    ('"Some fear that night buses would stand empty."', '"Blorp glimf zuq"', "unanchored-quote", '"Blorp'),
    ('exact: "the town found the money for the fountain -- twice."', 'exact: "twice"', "unanchored-quote", '"Yet"'),
    ('prefix: "Yet"', 'prefix: "But"', "unanchored-quote", '"But"'),
    ('"every third', '"very third', "part-of-word", '"very third'),
    ('"the treasurer said in May"', '"the treasurer said in June"', "unanchored-quote", '"the treasurer said in June"'),
    ('{quote: "BUS STOP AT DUSK. PHOTO: STAFF"', '{quote: "BUS STOP AT DAWN. PHOTO: STAFF"', "unanchored-quote", '"BUS STOP AT DAWN'),
    ('"It rained on the day of the hearing."', '"It snowed on the day of the hearing."', "unanchored-quote", '"It snowed'),
    ('"a taxi costs a cook half an evening\'s pay"', '"home"', "ambiguous-quote", '"home"'),
    ('quote: "Perhaps the council will vote before the summer."', 'quote: "Sign up for our newsletter"', "quote-in-excluded-part", '"Sign up for our newsletter"\n    kind'),
    ('quote: "Perhaps the council will vote before the summer."', 'quote: [It rained, "Perhaps the council will vote before the summer."]', "quote-set-aside", "It rained,"),
    ('    quote: "That was true of the old line 9"\n', "", "missing-quote", "line-9-empty:\n    text"),
    ("    implicit: true\n", "", "missing-quote", "walking-is-bad:\n    text"),
    ("implicit: true", 'implicit: true\n    quote: "walks home alone"', "implicit-with-quote", "implicit: true"),
    ("cue: Yet", "cue: However", "cue-not-in-text", "However"),
    # the source
    ("sha256: ", "sha256: 0", "bad-hash", "0"),
    ("    sha256: {sha}\n", "", "missing-hash", "letter:\n    path"),
    ("sha256: {sha}", "sha256: " + "0" * 64, "changed-source", "0000"),
    ("path: letter.txt", "path: lettre.txt", "missing-source", "lettre.txt"),
    ("path: letter.txt", "path: ../../letter.txt", "outside-project", "../../letter.txt"),
    ("path: letter.txt", "path: /etc/passwd", "outside-project", "/etc/passwd"),
    ("codebook: codebook.yaml", "codebook: codebok.yaml", "missing-codebook", "codebok.yaml"),
    ("published: 2024-05", "published: May 2024", "bad-date", "May 2024"),
    # ids
    ("thesis: run-at-night", "thesis: run-by-night", "dangling-reference", "run-by-night"),
    ("  nurses-walk:\n", "  nurses-wlk:\n", "dangling-reference", "nurses-walk]"),
    ("  would-be-empty:\n", "  hollow:\n", "dangling-reference", "would-be-empty"),
    ("by: [no-way-home, walking-is-bad]", "by: [no-way-home, walking-bad]", "dangling-reference", "walking-bad]"),
    ("attack: cannot-afford", "attack: can-afford", "dangling-reference", "can-afford"),
    ("attack: cannot-afford", "attack:", "dangling-reference", "\n    by: fountain"),
    ("by: vote-soon", "by: []", "dangling-reference", "by: []"),
    ('prefix: "Yet"', 'prefix: "Yet", source: leter', "dangling-reference", "leter"),
    ("id: need", "id: fountain", "duplicate-id", "fountain\n  - support: no-way-home"),
    ("  fountain:\n", "  vote-soon:\n", "duplicate-id", "vote-soon:\n    text: The council"),
    ("  fountain:\n", "  the fountain:\n", "bad-id", "the fountain"),
    ("speaker: hospital", "speaker: hospitel", "unknown-speaker", "hospitel"),
    ("    issue: service\n", "    issue: servise\n", "unknown-issue", "servise"),
    ("position: night", "position: nights", "unknown-position", "nights"),
    ("    issue: service\n", "", "unknown-position", "night\n"),
    # the argument
    ("thesis: run-at-night\n", "", "no-thesis", "argmap: 1"),
    ("thesis: run-at-night", "thesis: need", "no-thesis", "need"),
    ("  - support: run-at-night\n    by: vote-soon\n", "", "adrift", "vote-soon:\n"),
    ("    by: taxi-costs", "    by: [taxi-costs, run-at-night]", "circular-support", "run-at-night\n    by: [no-way-home"),
    ("    by: line-9-empty", "    by: [line-9-empty, would-be-empty]", "circular-support", "would-be-empty\n    by: [line-9"),
    ("    by: other-route", "    by: [other-route, would-be-empty]", "self-relation", "would-be-empty\n    by: [other-route"),
    ("  # the other side\n", "  - {support: no-way-home, by: taxi-costs}\n", "repeated-relation", "{support"),
    # the claims
    ("text: Every third nurse walks home alone.", "text: They walk home alone.", "bare-pronoun", "They walk"),
    ('text: The old line 9 stood empty.', 'text: ""', "empty-text", '""'),
    ("text: The old line 9 stood empty.", "text: night buses would stand empty", "same-text", "night buses would stand empty\n    quote: \"That"),
    # the file
    ("argmap: 1\n", "argmap: 2\n", "newer-version", "2\n"),
    ("argmap: 1\n", "argmp: 1\n", "unknown-file", "argmp"),
    ("thesis: run-at-night", "thesys: run-at-night", "unknown-key", "thesys"),
    ("    kind: policy", "    knd: policy", "unknown-key", "knd"),
    ("    kind: policy", "    kind: polcy", "unknown-word", "polcy"),
    ("    force: hedged", "    force: weak", "unknown-word", "weak"),
    ("    commitment: conceded", "    commitment: [conceded]", "unknown-word", "[conceded]"),
    ("    text: Every third nurse walks home alone.\n", "", "missing-field", "nurses-walk:\n    quote"),
    ("text: Every third nurse walks home alone.", "text: [Every, third]", "wrong-type", "[Every"),
    ("title: Let the buses run at night", "title: true", "wrong-type", "true"),
    ("    implicit: true", "    implicit: perhaps", "wrong-type", "perhaps"),
    ("    by: taxi-costs", "    bye: taxi-costs", "unknown-key", "bye"),
    ("  - support: run-at-night\n    by: vote-soon", "  - suport: run-at-night\n    by: vote-soon", "missing-field", "suport"),
    (", reason: scenery}", "}", "missing-field", '{quote: "It rained'),
    ("    kind: policy", "   kind: policy", "yaml-syntax", "kind: policy"),
    ("text: The town cannot afford night buses.", "text: The town: it cannot afford buses", "yaml-syntax", ": it cannot"),
    ("    kind: policy", "\tkind: policy", "yaml-syntax", "\tkind: policy"),
]  # fmt: skip


def broken(night_bus: NightBus, old: str, new: str) -> tuple[Finding, ...]:
    """What is found after one change to the map's file."""
    sha = re.search(r"sha256: ([0-9a-f]{64})", night_bus.text)
    assert sha
    old = old.replace("{sha}", sha[1])
    if night_bus.text.count(old) > 1:
        # Where some words stand more than once, the last place is the one that is meant.
        head, _, tail = night_bus.text.rpartition(old)
        night_bus.path.write_bytes((head + new + tail).encode())
    else:
        night_bus.change(old, new)
    return check(night_bus.folder)


@pytest.mark.parametrize(("old", "new", "rule", "there"), MISTAKES, ids=[f"{m[2]}-{n}" for n, m in enumerate(MISTAKES)])
def test_one_mistake_is_one_finding_at_its_place(
    night_bus: NightBus, old: str, new: str, rule: str, there: str
) -> None:
    """Breaking any one quote, id, hash or field gives one finding, whose line and column are where the mistake is."""
    found = broken(night_bus, old, new)
    assert [finding.rule for finding in found] == [rule], "\n".join(map(str, found))
    (finding,) = found
    line = (finding.place.line or 1) - 1
    rest = "\n".join(night_bus.text.split("\n")[line:])[(finding.place.column or 1) - 1 :]
    assert rest.startswith(there), f"{finding}\nstands at: {rest[:60]!r}"
    assert len(str(finding).splitlines()) == 1
    assert finding.message.endswith((".", '"', "?")), finding.message


def test_a_draft_awaits_a_person(night_bus: NightBus) -> None:
    """A note counts what is only suggested; it is no error, and gone once the lines are deleted."""
    night_bus.change("  fountain:\n", "  fountain:\n    status: suggested\n")
    night_bus.change("    cue: Yet\n", "    cue: Yet\n    status: suggested\n")
    (found,) = check(night_bus.path)
    assert (found.rule, found.severity) == ("awaits-review", "note")
    assert found.message == "suggested, and awaiting a person: 1 claim and 1 relation."
    night_bus.path.write_text(night_bus.text.replace("    status: suggested\n", ""), "utf-8")
    assert check(night_bus.path) == ()


def test_there_are_many_mistakes() -> None:
    """The table above has at least 25 sorts of mistake, and every rule about maps is in it."""
    assert len(MISTAKES) >= 25
    told = {rule for _, _, rule, _ in MISTAKES}
    shown_elsewhere = {
        "sentence-left-out",
        "awaits-review",
        "other-typography",
        "unchecked-quotes",
        "short-scale",
        "same-label",
        "unknown-claim",
        "decided-twice",
        "impossible-change",
        "word-against-rule",
        "reading-out-of-date",  # tests/diff/test_reading.py
        # test_argument.py
        *("thesis-unsupported", "support-and-attack", "premise-twice", "begs-the-question", "wide-link"),
        *("unknown-question", "attack-unanswered", "strong-word", "two-statements"),
    }
    assert {rule.name for rule in RULES} - told == shown_elsewhere


def test_messages_say_what_to_do(night_bus: NightBus) -> None:
    """A misquote shows the nearest words and their line, a repeated one both places, a slip of the pen the right word."""
    said = []
    for old, new in (
        ('have no way home"', 'had no way home"'),
        ('true of the old line 9"', 'true of an old line 9"'),
        ('quote: "Perhaps the council will vote before the summer."', 'quote: "night"'),
        ("speaker: treasurer", "speaker: tresurer"),
        ("by: taxi-costs", "by: [taxi-costs, run-at-night]"),
        ("thesis: run-at-night", "thesis: need"),
    ):
        text = night_bus.text
        said += [str(finding) for finding in broken(night_bus, old, new)]
        night_bus.path.write_bytes(text.encode())
    where = str(night_bus.path)
    assert "\n".join(line.removeprefix(where) for line in said) == (
        """\
:39:12: unanchored-quote: "People who work late had no way home" is not in letter; nearest: "People who work late \
have no way home", line 5.
:68:12: unanchored-quote: "That was true of an old line 9" is not in letter; nearest: "That was true of the old line \
9", line 8.
:95:12: ambiguous-quote: "night" is in letter more than once: line 1 ("Let the buses run at night BUS STOP AT DUSK.…"), \
and line 8 ("…alone. Some fear that night buses would stand…"). Add `suffix: "BUS"` if you mean the first.
:81:14: unknown-speaker: no speaker is called "tresurer". Did you mean "treasurer"?
:100:14: circular-support: run-at-night → no-way-home → run-at-night is a circle. Turn one of these supports around, \
or make it a rephrase.
:6:9: no-thesis: "need" is a relation, and only a claim can be the thesis. Did you mean "run-at-night"?"""
    )


def test_every_problem_of_a_file_is_told_in_one_pass(night_bus: NightBus) -> None:
    """Three unknown keys and two bad words are five findings, in the order of the file."""
    text = night_bus.text.replace("kind: fact", "knid: fact", 2).replace("commitment: reported", "commitment: told", 2)
    night_bus.path.write_bytes(text.replace("thesis:", "thesys:").encode())
    found = check(night_bus.path)
    assert [f.rule for f in found] == ["unknown-key"] * 3 + ["unknown-word"] * 2
    assert [f.place.line for f in found] == sorted(f.place.line or 0 for f in found)


def test_an_id_misspelt_in_many_places_is_told_once(night_bus: NightBus) -> None:
    """A claim renamed in one place only is one finding, however many relations use the old name."""
    (finding,) = broken(night_bus, "  run-at-night:\n", "  buses-at-night:\n")
    assert finding.rule == "dangling-reference"
    assert 'is called "run-at-night" (5 times here).' in finding.message
    assert finding.place.at == ("thesis",)


def test_a_changed_text_is_noticed(night_bus: NightBus) -> None:
    """When the text changes under the map, the hash says so and the quotes that went are named, with the new hash to write."""
    (night_bus.folder / "letter.txt").write_bytes(
        LETTER.replace("Every", "Each").replace("a taxi", "a cab").replace("Perhaps", "Maybe").encode()
    )
    found = check(night_bus.path)
    assert [f.rule for f in found] == ["changed-source", "unanchored-quote"]
    assert night_bus.load().sources["letter"].digest in (found[0].hint or "")


def test_sentences_left_out_are_a_note(night_bus: NightBus) -> None:
    """A sentence that no claim quotes and nobody set aside is a note, with the first one's words and line."""
    text = night_bus.text.replace(
        '      - {quote: "It rained on the day of the hearing.", reason: scenery}\n', ""
    ).replace("    non_argumentative:\n", "")
    night_bus.path.write_bytes(text.encode())
    (finding,) = check(night_bus.path)
    assert (finding.rule, finding.severity) == ("sentence-left-out", "note")
    assert (
        finding.message
        == '1 of 10 sentences of letter are not accounted for; the first: "It rained on the day of the hearing.", line 12.'
    )


@pytest.mark.parametrize(
    "text",
    [
        "It is doubtful that the alliance could survive.",
        "It is unnatural for a rich nation to remain aloof.",
        "It would take years to move the bases.",
        "That Japan is weak is clear.",
        "This town needs buses.",
        "Theyyam is a ritual.",
        "Italy left.",
    ],
)
def test_sentences_that_stand_alone_are_left_alone(night_bus: NightBus, text: str) -> None:
    """Not every "it" and "that" leans on something outside the claim."""
    assert broken(night_bus, "text: Every third nurse walks home alone.", f"text: {text}") == ()


@pytest.mark.parametrize(
    "text", ["It is obsolete.", "This would help.", "These are many.", "He resigned.", "That, too, will change."]
)
def test_sentences_that_lean_are_told(night_bus: NightBus, text: str) -> None:
    """A claim that nobody can read without the one before it is a warning."""
    (finding,) = broken(night_bus, "text: Every third nurse walks home alone.", f"text: {text}")
    assert (finding.rule, finding.severity) == ("bare-pronoun", "warning")


def test_a_map_without_texts_is_told_once() -> None:
    """A map that came from a format without texts is one finding, not one a claim."""
    document = store.parse_map(
        "argmap: 1\nid: x\nthesis: a\nclaims:\n  a: {text: A}\n  b: {text: B}\nrelations:\n  - {support: a, by: b}\n"
    )
    (finding,) = check_map(document)
    assert (finding.rule, finding.place.line) == ("missing-quote", 4)


def test_codebooks_are_checked(tmp_path: Path) -> None:
    """A scale on which nothing can move, and labels or questions that read the same, are warnings at their places."""
    path = tmp_path / "codebook.yaml"
    path.write_text(
        "argmap-codebook: 1\nid: c\nissues:\n"
        "  one: {question: How long?, scale: {only: the only one}}\n"
        "  two: {question: how  long?, scale: {a: partner, b: {label: Partner}}}\n",
        "utf-8",
    )
    assert [(f.rule, f.severity, f.place.line, f.place.column) for f in check(path)] == [
        ("short-scale", "warning", 4, 30),
        ("same-label", "warning", 5, 19),
        ("same-label", "warning", 5, 62),
    ]


ALIGNMENT = """\
argmap-alignment: 1
before: night-bus.yaml
after: night-bus.yaml
correspondences:
  - {before: taxi-costs, after: taxi-costs, change: kept}
  - {before: [fountain, line-9-empty], after: [fountain]}
  - {before: vote-soon, change: dropped, after: []}
"""


@pytest.mark.parametrize(
    ("old", "new", "rule", "line", "column"),
    [
        ("", "", None, 0, 0),
        ("before: taxi-costs", "before: taxi-cost", "unknown-claim", 5, 14),
        ("after: [fountain]", "after: [fontain]", "unknown-claim", 6, 48),
        ("before: night-bus.yaml", "before: day-bus.yaml", "missing-map", 2, 9),
        ("before: night-bus.yaml", "before: codebook.yaml", "missing-map", 2, 9),
        ("before: night-bus.yaml", "before: ../../x.yaml", "outside-project", 2, 9),
        ("{before: vote-soon, change: dropped, after: []}", "{before: taxi-costs, after: taxi-costs}", "decided-twice", 7, 5),
        ("{before: vote-soon, change: dropped, after: []}", "{before: taxi-costs, after: taxi-costs, status: rejected}", "decided-twice", 7, 5),
        ("before: vote-soon, change: dropped", "before: fountain, change: dropped", "decided-twice", 7, 5),
        ("after: []", "after: vote-soon", "impossible-change", 7, 33),
        ("change: kept", "change: new", "impossible-change", 5, 53),
        ("before: vote-soon, change: dropped", "before: []", "impossible-change", 7, 5),
        ("before: vote-soon, change: dropped", "before: vote-soon, change: shifted", "impossible-change", 7, 33),
        ("change: kept", "change: reversed", "word-against-rule", 5, 53),
        ("change: kept", "change: kpet", "unknown-word", 5, 53),
        ("change: kept", "confidence: 2", "out-of-range", 5, 57),
    ],
)  # fmt: skip
def test_alignments_are_checked(
    night_bus: NightBus, old: str, new: str, rule: str | None, line: int, column: int
) -> None:
    """Unknown claims, decisions that contradict each other and impossible change words are found in an alignment."""
    path = night_bus.folder / "pair.yaml"
    path.write_text(ALIGNMENT.replace(old, new) if old else ALIGNMENT, "utf-8")
    found = check(path)
    assert [f.rule for f in found] == ([rule] if rule else []), "\n".join(map(str, found))
    if rule:
        assert (found[0].place.line, found[0].place.column) == (line, column)


def test_suggestions_are_no_contradictions(night_bus: NightBus) -> None:
    """Only decisions contradict each other: a rejected pair leaves its claims free, and two suggestions may share a pair."""
    path = night_bus.folder / "pair.yaml"
    more = "  - {before: vote-soon, after: taxi-costs, status: rejected}\n  - {before: fountain, after: vote-soon, status: suggested}\n"
    more += "  - {before: [taxi-costs, vote-soon], after: fountain, status: suggested}\n  - {before: vote-soon, after: fountain, status: suggested}\n"
    path.write_text(ALIGNMENT + more, "utf-8")
    assert check_alignment(store.open_alignment(path)) == ()


def test_a_folder_is_looked_through(night_bus: NightBus) -> None:
    """In a folder argmap's files are checked, other files are left alone, and a broken one hides nothing of the others."""
    folder = night_bus.folder
    (folder / "deep" / ".hidden").mkdir(parents=True)
    (folder / "deep" / ".hidden" / "x.yaml").write_text("argmap: 3\n", "utf-8")
    (folder / "deep" / "compose.yaml").write_text("services: {web: {image: x}}\n", "utf-8")
    (folder / "deep" / "aif.json").write_text('{"nodes": [], "edges": []}', "utf-8")
    assert check(folder) == ()
    (folder / "deep" / "map.yaml").write_text("argmap: 1\nid: [\n", "utf-8")
    (folder / "deep" / "map.json").write_text('{"argmap": 1}', "utf-8")
    assert [(Path(f.place.file or "").name, f.rule) for f in check(folder)] == [
        ("map.json", "missing-field"),
        ("map.yaml", "yaml-syntax"),
    ]
    with pytest.raises(ArgmapError, match="no map, codebook or alignment"):
        check(ROOT / "seeds")


def test_the_shipped_maps_are_clean() -> None:
    """The readings in the repository have no finding but the analyst's words that the table of words contradicts."""
    assert {finding.rule for finding in check(ROOT / "maps")} <= {"word-against-rule"}


def test_kept_against_the_words_is_a_warning(tmp_path: Path) -> None:
    """A pair that the analyst calls kept, whose words say the opposite, is a warning that names the words."""
    for name, text in (("before", "The council ratified the plan."), ("after", "The council did not ratify the plan.")):
        (tmp_path / f"{name}.yaml").write_text(
            f"argmap: 1\nid: {name}\nthesis: c\nclaims:\n  c: {{text: {text}}}\n", "utf-8"
        )
    path = tmp_path / "pair.yaml"
    head = "argmap-alignment: 1\nbefore: before.yaml\nafter: after.yaml\ncorrespondences:\n"
    path.write_text(f"{head}  - {{before: c, after: c, change: kept}}\n", "utf-8")
    (finding,) = check(path)
    assert (finding.rule, finding.severity, finding.place.line) == ("word-against-rule", "warning", 5)
    assert "reversed" in finding.message
    assert "negation added: not" in finding.message
    path.write_text(f"{head}  - {{before: c, after: c, change: reversed}}\n", "utf-8")
    assert check(path) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_has_its_page(rule: object) -> None:
    """A rule's page says in a sentence what it finds, then why, then shows an example."""
    page = inspect.cleandoc(rule.page)  # type: ignore[attr-defined]
    first, blank, *rest = page.splitlines()
    assert first.endswith(".")
    assert not blank
    assert rest[0]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)  # type: ignore[attr-defined]


def test_names_of_rules_are_unlike() -> None:
    """Each rule has a name of its own, but for ids that stand twice, which are found in the file and in the map."""
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert set(names) & set(FILE_RULES) == {"duplicate-id"}


@given(maps())
@settings(max_examples=40)
def test_any_map_can_be_checked(m: object) -> None:
    """Whatever a map holds, checking it gives findings with places and nothing else."""
    text = store.dumps(m)  # type: ignore[arg-type]
    for finding in check_map(store.parse_map(text, "m.yaml")):
        assert finding.place.line
        assert "\n" not in str(finding)
        assert finding.rule in {rule.name for rule in RULES}
