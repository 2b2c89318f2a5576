"""Maps with several speakers: who disagrees with whom, what is answered, and who moved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

import argmap
from argmap.cli import main
from argmap.debates import debate_of, join, split
from argmap.diff import compare, timeline
from argmap.model import Map
from argmap.store import save

ISSUES = {"w": {"question": "Is warming man-made?", "scale": {"disagree": "no", "agree": "yes"}}}


def hearing(year: str, **positions: str) -> Map:
    """Speakers by name, and the position of each."""
    claims = {
        name: {"text": f"{name} says {position}.", "kind": "fact", "issue": "w", "position": position, "speaker": name}
        for name, position in positions.items()
    }
    return Map.model_validate(
        {
            "id": f"hearing-{year}",
            "issues": ISSUES,
            "sources": {"t": {"text": f"The hearing of {year}.", "published": year}},
            "speakers": {
                name: {"name": name.title(), "role": "EPA" if name == "jackson" else "Senate"} for name in positions
            },
            "claims": claims,
        }
    )


DEBATE = Map.model_validate(
    {
        "id": "rain",
        "speakers": {"ann": {"name": "Ann"}, "bob": {"name": "Bob"}, "eve": {"name": "Eve"}},
        "claims": {
            "q": {"text": "Will it rain?", "speaker": "ann", "commitment": "asked"},
            "q2": {"text": "Who has an umbrella?", "speaker": "ann", "commitment": "asked"},
            "yes": {"text": "It will.", "speaker": "bob"},
            "no": {
                "text": "It will not.",
                "speaker": "eve",
                "extra": {
                    "aif": {"said": [{"speaker": "eve", "act": "Asserting"}, {"speaker": "bob", "act": "Disagreeing"}]}
                },
            },
            "clouds": {"text": "There are clouds.", "speaker": "bob"},
            "dry": {"text": "The clouds are dry.", "speaker": "eve"},
            "so": {"text": "So they say."},
        },
        "relations": [
            {"rephrase": "q", "by": ["yes"], "scheme": "answer"},
            {"attack": "yes", "by": ["no"]},
            {"support": "yes", "by": ["clouds"], "id": "s"},
            {"attack": "s", "by": ["dry"]},
            {"support": "no", "by": ["dry", "so"]},
        ],
    }
)


def test_who_disagrees_with_whom() -> None:
    """Attacks on claims and on relations count from speaker to speaker, acts of disagreeing too; nobody attacks himself."""
    found = debate_of(DEBATE)
    assert found.disagreements == {"Bob": {"Eve": 1}, "Eve": {"Bob": 2}}
    assert found.agreements == {"nobody named": {"Eve": 1}}
    assert [(turn.name, len(turn.claims)) for turn in found.turns][:2] == [("Ann", 2), ("Bob", 1)]
    assert {voice.name: (voice.claims, voice.asked, voice.attacks, voice.attacked) for voice in found.voices}[
        "Eve"
    ] == (2, 0, 2, 1)
    assert [(each.claim, each.answers) for each in found.questions] == [("q", (("Bob", "yes"),)), ("q2", ())]


def test_nobody_is_never_the_author() -> None:
    """Without a speaker and an author nobody is named; an author is named where the text has one."""
    assert argmap.survey(DEBATE).speakers["nobody named"] == 1
    assert "Nobody named" in argmap.draw(DEBATE, "json", group="speaker").decode()
    authored = DEBATE.model_copy(update={"sources": {"t": argmap.Source(text="Rain.", author="A. Writer")}})
    assert argmap.survey(authored).speakers["author"] == 1


def test_a_map_of_each_speaker() -> None:
    """Each has the claims of one speaker, and the relations among them."""
    parts = split(DEBATE)
    assert {name: len(part.claims) for name, part in parts.items()} == {"Ann": 2, "Bob": 2, "Eve": 2, "nobody named": 1}
    assert [relation.key for relation in parts["Bob"].relations] == ["s"]


def test_two_speakers_are_not_one_who_moved() -> None:
    """Jackson agrees in 2009; Jackson agrees and Inhofe disagrees in 2012: nobody moved."""
    then, now = hearing("2009", jackson="agree"), hearing("2012", inhofe="disagree", jackson="agree")
    [shift] = compare(then, now).shifts
    assert [move.steps for move in shift.moves] == [0]
    [row] = timeline([then, now]).rows
    assert row.moves == ("kept",)
    [shift] = compare(then, hearing("2012", inhofe="disagree")).shifts
    assert [(move.from_, move.to, move.steps) for move in shift.moves] == [
        ("agree", None, None),
        (None, "disagree", None),
    ]


def test_by_speaker_from_the_command_line(tmp_path: Path) -> None:
    """Stats, timeline and diff look at each speaker; the matrix is drawn; what cannot be is refused in a line."""

    def run(*arguments: Any) -> Any:
        return CliRunner().invoke(main, [*map(str, arguments)])

    files = [tmp_path / "2009.yaml", tmp_path / "2012.yaml", tmp_path / "rain.yaml"]
    for file, map_ in zip(
        files,
        (hearing("2009", jackson="agree"), hearing("2012", inhofe="disagree", jackson="disagree"), DEBATE),
        strict=True,
    ):
        save(map_, file)
    shown = run("stats", files[2], "--by", "speaker").stdout
    assert "Eve disagrees with Bob (2)" in shown
    assert "Ann (q): Will it rain? – answered by Bob (yes)" in shown
    found = json.loads(run("timeline", *files[:2], "--by", "speaker", "--format", "json").stdout)
    assert (list(found["each"]), found["once"]) == (["Jackson"], ["Inhofe"])
    assert found["each"]["Jackson"]["rows"][0]["moves"] == ["shifted -1"]
    assert list(json.loads(run("diff", *files[:2], "--by", "organisation", "--format", "json").stdout)["each"]) == [
        "EPA"
    ]
    assert run("draw", files[2], "--picture", "disagreements").exit_code == 0
    assert "fewer than two speakers" in run("draw", files[0], "--picture", "disagreements").output
    assert "leave out --by" in run("diff", *files[:2], "--by", "speaker", "-o", tmp_path / "x.svg").output


def test_a_folder_is_one_corpus() -> None:
    """Claims of one id and text in two maps are one; of one id and another text they are two."""
    other = Map.model_validate(
        {
            "id": "more",
            "speakers": {"x": {"name": "Ann"}},
            "claims": {"yes": {"text": "It will.", "speaker": "x"}, "no": {"text": "Something else.", "speaker": "x"}},
            "relations": [{"attack": "yes", "by": ["no"]}],
        }
    )
    joined = join([DEBATE, other])
    assert len(joined.claims) == len(DEBATE.claims) + 1
    assert debate_of(joined).disagreements["Ann"] == {"Bob": 1}


def test_each_speakers_diff_uses_the_alignment(tmp_path: Path) -> None:
    """What a person confirmed of a speaker's claims stands in that speaker's diff; measures of whole maps are refused."""
    for name, text in (("a", "The fee is just."), ("b", "Nobody should pay at the door.")):
        claims = {name: {"text": text, "speaker": "x"}, f"{name}2": {"text": "The hall is cold.", "speaker": "y"}}
        save(
            Map.model_validate({"id": name, "speakers": {"x": {"name": "Ann"}, "y": {"name": "Bo"}}, "claims": claims}),
            tmp_path / f"{name}.yaml",
        )
    (tmp_path / "alignment.yaml").write_text(
        "argmap-alignment: 1\nbefore: a.yaml\nafter: b.yaml\ncorrespondences:\n"
        "  - {before: [a], after: [b], change: reframed, because: Both speak of the fee.}\n",
        "utf-8",
    )
    given = ["diff", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"), "--by", "speaker"]
    done = CliRunner().invoke(main, [*given, "--format", "json"])
    [change] = json.loads(done.stdout)["each"]["Ann"]["changes"]
    assert (change["change"], change["basis"]) == ("reframed", "analyst")
    refused = CliRunner().invoke(main, [*given, "--sensitivity"])
    assert "--sensitivity looks at whole maps; leave out --by speaker" in f"{refused.output}{refused.exception}"
