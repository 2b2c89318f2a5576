"""Draft → accept all → `check` finds nothing, for every text; and a draft keeps what a person decided."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

import argmap
from argmap.cli import main
from argmap.model import FrozenDict, Map, Source
from tests.bench.draft import MICROTEXTS, attachments, matched

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {
    "empty": "",
    "blank": "  \n\n ",
    "one sentence": "Fares should fall.",
    "one word": "Yes",
    "no full stop": "fares should fall",
    "no words": "...\n\n---\n\n***",
    "a title alone": "The Title of It All",
    "the same thrice": "Yes we can. Yes we can. Yes we can.",
    "one inside another": "The cat sat. The cat sat on the mat. On the mat.",
    "pronouns": "This is wrong. It is bad. They say so. He should go. That must change.",
    "windows": "Fares should fall.\r\nBuses are empty.\r\n\r\nSome say no.\r\n",
    "list": "- One thing is true.\n- Two things are false.\n- Three.",
    "quotations": '"We should go," he said. "They must stay." "No."',
    "capitals": "FARES SHOULD FALL.\n\nBUSES ARE EMPTY",
    "one long sentence": "word " * 2000 + ".",
    "control characters": "A \x07 bell rings. It must stop.",
    "hidden characters": "\ufeffThe coun\u00adcil should act. It is\u200b late. \u202eCafe\u0301s must open.\u202c",
    "emoji": "👍👍👍. We should go! 🙂",
    "markdown": "# Heading\n\nText *should* be [linked](http://x.y).\n\n> A quote it is.\n\n1. First item here.\n2. Second one.\n",
    "japanese": "市は温水プールを残すべきだ。確かに、ポンプは古い。しかし、修理は可能である。市長は閉鎖する必要があると述べた。",
    "chinese": "城市应该保留游泳池。但是泵很旧。专家说可以修理。",
    "arabic": "يجب أن تبقى المكتبة مفتوحة. قال رئيس البلدية إن التكلفة مرتفعة.",
    "thai": "ห้องสมุดควรเปิดในวันอาทิตย์ มีคนจำนวนมากต้องการ",
    "hindi": "पुस्तकालय खुला रहना चाहिए। महापौर ने कहा कि यह महंगा है।",
    "german": "Die Stadt sollte das Bad erhalten. Zwar ist es alt. Aber die Kinder lernen dort schwimmen, weil es kein anderes gibt.",
}


def of(text: str, **fields: object) -> Map:
    """Make a map without claims."""
    source = Source.model_validate({"text": text, **fields})
    return Map(id="draft", sources={"text": source.model_copy(update={"sha256": source.digest})})


def accepted(map_: Map) -> Map:
    """Accept all that is suggested."""
    claims = {key: claim.model_copy(update={"status": "accepted"}) for key, claim in map_.claims.items()}
    relations = tuple(relation.model_copy(update={"status": "accepted"}) for relation in map_.relations)
    return map_.model_copy(update={"claims": FrozenDict(claims), "relations": relations})


@pytest.mark.parametrize("name", TEXTS)
def test_an_accepted_draft_is_clean(name: str) -> None:
    """Every sentence is accounted for, every quote stands, all claims are tied, and nothing more is to be drafted."""
    drafted = argmap.draft(of(TEXTS[name]))
    assert argmap.check(accepted(drafted)) == ()
    assert argmap.draft(drafted) == drafted
    assert all(claim.status == "suggested" for claim in drafted.claims.values())


@example(text=")é.é")
@example(text="The pool. Pool the.")
@given(text=st.text(st.sampled_from("abc ABC.?!,;:\n\"'“”()-–’but because I 漢é1\r\t\u200b"), max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_drafted(text: str) -> None:
    """No text makes a draft fail or an accepted draft wrong."""
    drafted = argmap.draft(of(text))
    assert [f for f in argmap.check(accepted(drafted)) if f.severity != "note"] == []


@pytest.mark.parametrize("name", ["1996", "2005"])
def test_the_essays(name: str) -> None:
    """The thesis is found, no page furniture is drafted, and every sentence of the essay is."""
    gold = argmap.load(ROOT / "maps" / f"{name}.yaml")
    source = next(iter(gold.sources.values()))
    drafted = argmap.draft(of(source.text or ""))
    names = matched(drafted, gold)
    assert names.get(drafted.only_thesis or "") == gold.only_thesis
    assert len(names) == len(drafted.claims)
    assert argmap.check(accepted(drafted)) == ()


@pytest.mark.skipif(not MICROTEXTS.exists(), reason="the corpus is not at hand")
def test_microtexts_are_drafted_better_than_by_place() -> None:
    """From the text alone more than half of the attachments are found, and most theses."""
    right = guessed = wanted = theses = 0
    for path in sorted(MICROTEXTS.glob("*.xml")):
        gold = argmap.read(path)
        source = next(iter(gold.sources.values()))
        drafted = argmap.draft(of(source.text or ""))
        names = matched(drafted, gold)
        mine = {(names.get(a, a), names.get(b, b)) for a, b in attachments(drafted)}
        right += len(mine & attachments(gold).keys())
        guessed += len(mine)
        wanted += len(attachments(gold))
        theses += names.get(drafted.only_thesis or "") not in {a for a, _ in attachments(gold)}
    assert 2 * right / (guessed + wanted) >= 0.54
    assert theses >= 8


def test_a_draft_keeps_what_a_person_decided() -> None:
    """Claims, thesis, excluded parts and sentences set aside stay; only what is left is suggested, and leads to the thesis."""
    text = "Fares should fall. Buses are empty. It was a fine day. The town is rich."
    map_ = of(text, non_argumentative=[{"quote": "It was a fine day.", "reason": "scenery"}])
    claims = {"fall": {"text": "Bus fares should fall.", "quote": "Fares should fall."}}
    map_ = Map.model_validate({**map_.model_dump(by_alias=True), "claims": claims, "thesis": "fall"})
    drafted = argmap.draft(map_)
    assert drafted.claims["fall"] == map_.claims["fall"]
    assert [claim.quotes[0].exact for claim in drafted.claims.values()][1:] == ["Buses are empty.", "The town is rich."]
    assert drafted.thesis == "fall"
    assert argmap.check(accepted(drafted)) == ()


def test_furniture_is_excluded_with_reasons() -> None:
    """Bylines, dates, credits, links, captions and teasers of a page are listed, and the text between them is drafted."""
    page = (
        "Fares Should Fall\n\nBy Ada Holm\n\nMay 3, 2021\n\nPHOTO: A BUS AT NIGHT\n\nThe town should lower the fares. Buses are empty.\n\n"
        "A quiet street\n\nHowever, drivers are few. That can change.\n\nSign up for our newsletter\n\n"
        "Ada Holm is a writer based in Kesterton.\n\nTen cafés that you must see this summer before they close for good."
    )
    drafted = argmap.draft(of(page))
    reasons = [passage.reason for passage in drafted.sources["text"].excluded]
    assert reasons == [
        *("byline", "date line", "picture credit", "heading", "page link", "line about the author"),
        "after the line about the author",
    ]
    assert (drafted.claims[str(drafted.thesis)].text, len(drafted.claims)) == ("Fares Should Fall.", 5)


def test_a_list_keeps_its_speaker() -> None:
    """ "Officials say, are: One, … Two, …" carries its speaker over paragraphs, until the text goes on."""
    text = (
        "The fares are too high for most people.\n\nAmong the points to settle, town officials say, are:\n\nOne, night buses for the hospital.\n\n"
        "Two, cheaper tickets for children and students.\n\nAll of this is part of the new plan for the town."
    )
    drafted = argmap.draft(of(text))
    said = [(claim.speaker, claim.commitment) for claim in drafted.claims.values()]
    assert said == [(None, "asserted"), *[("town-officials", "reported")] * 3, (None, "asserted")]


def test_issues_are_found_by_the_words_of_the_codebook() -> None:
    """A claim gets the issue whose words it shares; none where nothing is shared."""
    issues = {
        "fares": {"question": "What should a bus ticket cost?", "scale": {"high": "high fares", "low": "low fares"}},
        "night": {"question": "Should buses run at night?"},
    }
    map_ = of("Every bus ticket should cost one pound. Buses should run at night, too. The mayor is old.")
    drafted = argmap.draft(map_.model_copy(update={"issues": Map.model_validate({"id": "x", "issues": issues}).issues}))
    assert [claim.issue for claim in drafted.claims.values()] == ["fares", "night", None]


def test_the_command_line_from_a_text_to_a_clean_map(tmp_path: Path) -> None:
    """A text becomes a map beside it; a second draft of the map adds nothing; deleting the lines accepts all."""
    (tmp_path / "letter.txt").write_text(TEXTS["german"])
    runner = CliRunner()
    result = runner.invoke(main, ["draft", str(tmp_path / "letter.txt")])
    assert result.exit_code == 0, result.output
    path = tmp_path / "letter.yaml"
    before = path.read_text()
    assert "suggested until a person accepts them" in result.output
    assert runner.invoke(main, ["draft", str(path)]).exit_code == 0
    assert path.read_text() == before
    path.write_text(re.sub(r" *status: suggested\n", "", before))
    checked = runner.invoke(main, ["check", str(path)])
    assert (checked.exit_code, checked.output) == (0, "no findings\n")
    refused = runner.invoke(main, ["draft", str(tmp_path / "letter.txt")])
    assert (refused.exit_code, "is there already" in refused.output) == (2, True)


def test_the_command_line_with_any_chat(tmp_path: Path) -> None:
    """`--prompt` prints text, rules and codebook; `--answer` takes what stands in the text, and lists the rest."""
    (tmp_path / "letter.txt").write_text("Fares should fall. Buses are empty.\n")
    runner = CliRunner()
    asked = runner.invoke(main, ["draft", str(tmp_path / "letter.txt"), "--prompt"])
    assert asked.exit_code == 0
    assert "Fares should fall. Buses are empty." in asked.output
    assert not (tmp_path / "letter.yaml").exists()
    answer = "```yaml\nclaims:\n  fall: {text: Fares should fall., quote: Fares should fall.}\n  rich: {text: All are rich., quote: All are rich.}\n```"
    (tmp_path / "answer.md").write_text(answer)
    command = [
        "draft",
        str(tmp_path / "letter.txt"),
        "--answer",
        str(tmp_path / "answer.md"),
        "-o",
        str(tmp_path / "m.yaml"),
    ]
    taken = runner.invoke(main, command)
    assert taken.exit_code == 0, taken.output
    assert 'left out: rich: the words do not stand in the text: "All are rich."' in taken.output
    assert list(argmap.load(tmp_path / "m.yaml").claims) == ["fall"]
    again = runner.invoke(main, [*command, "--left-out", str(tmp_path / "left-out.json")])
    assert [each["what"] for each in json.loads((tmp_path / "left-out.json").read_text())] == ["fall", "rich"]
    assert "the map has a claim with this quote" in again.output


def test_a_second_draft_is_compared_with_the_map(tmp_path: Path) -> None:
    """`--second` drafts cold, prints the differences, and leaves the map as it is."""
    (tmp_path / "letter.txt").write_text("Fares should fall. Buses are empty.\n")
    runner = CliRunner()
    runner.invoke(main, ["draft", str(tmp_path / "letter.txt")])
    before = (tmp_path / "letter.yaml").read_text()
    result = runner.invoke(main, ["draft", str(tmp_path / "letter.yaml"), "--second"])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "letter.yaml").read_text() == before
