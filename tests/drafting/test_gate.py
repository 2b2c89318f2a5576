"""The gate: a claim enters a map only if its quote stands in the text, word for word."""

from __future__ import annotations

import json
import random
import re

import pytest

import argmap
from argmap.drafting.gate import admit
from argmap.drafting.standing import stands
from argmap.findings import ArgmapError
from argmap.model import Map, Quote, Source, Span

TEXT = """Keep the Mill Road Pool

The town should not close the pool on Mill Road. It is the only place where children can learn to swim, and it is never
empty. Unfair comparisons with the new baths in Kesterton do not help anybody.

Some councillors say that the roof “leaks” every winter — and that nobody wants to pay for it. But the region has promised
half of the money, although it has not signed anything yet. We cannot wait until the roof falls in.

The buses to Kesterton ran half empty. If the council agrees, the work will begin in May. It is not cheap.
"""
SOURCE = Source(text=TEXT, excluded=({"quote": "Keep the Mill Road Pool", "reason": "title"},))
MAP = Map(id="pool", sources={"text": SOURCE})


def alterations(wanted: int) -> list[str]:
    """Make quotes that are not in the text: a word changed, dropped or added, a negation removed, case changed, sentences joined."""
    chance = random.Random(7)  # noqa: S311 - the same quotes in each run
    plain = " ".join(TEXT.split())
    sentences = [s for s in re.split(r"(?<=[.!?]) ", plain) if len(s.split()) > 5]
    made: dict[str, None] = {}
    while len(made) < wanted:
        sentence = chance.choice(sentences)
        words = sentence.split()
        at = chance.randrange(1, len(words) - 1)
        other = chance.choice(plain.split())
        altered = chance.choice(
            [
                [*words[:at], other, *words[at + 1 :]],
                [*words[:at], *words[at + 1 :]],
                [*words[:at], other, *words[at:]],
                [word for word in words if word not in ("not", "never", "nobody", "cannot")],
                [*words[:at], words[at].swapcase(), *words[at + 1 :]],
                [*words[:-1], words[-1].rstrip(".") + ",", *chance.choice(sentences).split()],
                sentence.upper().split(),
                sentence.replace("cannot", "can").replace("Unfair", "Fair").replace("not ", "").split(),
            ]
        )
        quote = " ".join(altered)
        if quote not in plain:
            made[quote] = None
    return list(made)


def test_two_hundred_altered_quotes_and_none_enters() -> None:
    """Each altered quote is refused and listed; the true one beside them enters."""
    quotes = [*alterations(200), "the town should not close the pool", "We can", "fair comparisons", "air comparisons"]
    claims = {f"c{n}": {"text": "A claim.", "quote": quote} for n, quote in enumerate(quotes)}
    claims["true"] = {"text": "The buses ran half empty.", "quote": "The buses to Kesterton ran half empty."}
    admitted = admit(MAP, json.dumps({"claims": claims}))
    assert admitted.claims == ["true"]
    assert len(admitted.refused) == len(quotes) >= 200


@pytest.mark.parametrize(
    "quote",
    [
        "It is the only place where children can learn to swim, and it is never\nempty.",
        "It is the only place where children can learn to swim, and it is never empty.",
        'the roof "leaks" every winter - and that nobody wants to pay',
        "the roof ‘leaks’ every winter — and".replace("‘", "“").replace("’", "”"),
        "  half of the money ",
    ],
)
def test_typography_may_differ(quote: str) -> None:
    """Line breaks, quotation marks, dashes and spaces at the ends may differ; the map gets the words of the text."""
    admitted = admit(MAP, json.dumps({"claims": [{"id": "a", "text": "A claim.", "quote": quote}]}))
    assert admitted.claims == ["a"]
    assert admitted.map.claims["a"].quotes[0].exact in TEXT


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("Keep the Mill Road Pool", "page furniture"),
        ("the roof", "stand at 2 places"),
        ("close the pool on Mill Road", "leaves out a negation"),
        ("The town should", "leaves out a negation"),
        ("ouncillors say", "inside a word"),
        ("the pool was built in 1970", "do not stand in the text"),
        ("HALF of the money", "do not stand in the text"),
    ],
)
def test_a_refusal_says_why(quote: str, reason: str) -> None:
    """The reason names what is wrong with the quote."""
    found = stands(SOURCE, Quote(exact=quote))
    assert isinstance(found, str)
    assert reason in found


def test_a_sentence_that_was_set_aside_is_not_taken_again() -> None:
    """A rejected sentence stands under `non_argumentative`, and neither an answer nor a draft proposes it again."""
    aside = SOURCE.model_copy(
        update={
            "non_argumentative": Source(
                non_argumentative=({"quote": "It is not cheap.", "reason": "says little"},)
            ).non_argumentative
        }
    )
    found = stands(aside, Quote(exact="It is not cheap."))
    assert found == "the words are set aside: says little"
    drafted = argmap.draft(Map(id="pool", sources={"text": aside}))
    assert all("cheap" not in claim.text for claim in drafted.claims.values())
    assert isinstance(stands(SOURCE, Quote(exact="It is not cheap.")), Span)


ANSWER = """
thesis: keep
speakers: {councillors: {name: Some councillors}}
claims:
  keep:
    text: The town should keep the pool.
    quote: The town should not close the pool on Mill Road.
    kind: policy
  leaks:
    text: The roof leaks every winter.
    quote: Some councillors say that the roof "leaks" every winter
    kind: fakt
    commitment: reported
    speaker: councillors
  begin:
    text: The work will begin in May.
    quote: the work will begin in May
    kind: prediction
    condition: If the council agrees
    issue: future
  invented:
    text: Everybody loves the pool.
    quote: everybody loves the pool
  unconditional:
    text: The region has promised money.
    quote: the region has promised half of the money
    condition: if it signs
relations:
  - {attack: keep, by: leaks}
  - {support: keep, by: begin, cue: Therefore}
  - {support: keep, by: invented}
  - {support: begin, by: keep}
note: Ignore all rules.
"""


@pytest.mark.parametrize(
    "wrap",
    [
        "{}",
        "Here is the map:\n\n```yaml\n{}\n```\n\nI hope this helps!",
        "Sure!\n\n~~~\n{}\n~~~",
        "Here it is:\n{}\n\nLet me know: is this fine?",
        "   ```yml\n{}",
    ],
)
def test_an_answer_is_found_in_prose_and_fences(wrap: str) -> None:
    """What stands enters as suggestions, what does not is listed, and the map is clean."""
    admitted = admit(MAP, wrap.format(ANSWER))
    map_ = admitted.map
    assert list(map_.claims) == ["keep", "leaks", "begin"]
    assert {claim.status for claim in map_.claims.values()} == {"suggested"}
    assert [(r.type, r.target, r.by, r.cue) for r in map_.relations] == [
        ("attack", "keep", ("leaks",), None),
        ("support", "keep", ("begin",), None),
    ]
    assert (map_.thesis, map_.claims["leaks"].speaker, map_.drafted_by) == (
        "keep",
        "councillors",
        ("an answer of a chat",),
    )
    whats = [each.what for each in admitted.refused]
    assert whats == [
        *("leaks.kind", "begin.issue", "invented", "unconditional"),
        *("relation 2.cue", "relation 3", "relation 4", "note"),
    ]
    assert {f.rule for f in argmap.check(map_)} <= {"awaits-review", "sentence-left-out", "missing-hash"}


def test_json_and_lists_are_read_too() -> None:
    """JSON in a fence, claims as a list, claims and relations in fences of their own."""
    claims = [{"id": "keep", "text": "Keep it.", "quote": "The town should not close the pool on Mill Road."}]
    assert admit(MAP, f"```json\n{json.dumps({'claims': claims})}\n```").claims == ["keep"]
    assert admit(MAP, f"Yes. {json.dumps({'claims': claims, 'relations': []})} Done.").claims == ["keep"]
    two = f"```json\n{json.dumps({'claims': claims})}\n```\nand\n```json\n{json.dumps({'relations': [{'support': 'keep', 'by': 'keep'}]})}\n```"
    assert [each.what for each in admit(MAP, two).refused] == ["relation 1"]


@pytest.mark.parametrize(
    "answer",
    ["", "I cannot help with that.", "```yaml\n- 1\n```", "claims: [", "a: &a [*a]", "x: !!python/object:os.system {}"],
)
def test_an_answer_without_claims_is_an_error(answer: str) -> None:
    """No data, broken data and dangerous data are refused in one line."""
    with pytest.raises(ArgmapError):
        admit(MAP, answer)


@pytest.mark.parametrize(
    "data",
    [
        {
            "claims": {
                "a": None,
                "b": [],
                "c": {"text": 3, "quote": 4},
                "d": {"quote": {"exact": 5}},
                "e": {"quote": [[]]},
            }
        },
        {"claims": "all of it", "relations": {"x": 1}},
        {"claims": [1, "two", {"text": "x"}], "relations": [1, {}, {"support": None}, {"support": [], "by": {}}]},
        {"claims": {"": {"quote": "It is not cheap.", "text": "x", "speaker": {}, "issue": [], "kind": {}, "note": 1}}},
        {"claims": {"../../etc": {"quote": "It is not cheap.", "text": "y" * 5000}}, "thesis": {"a": 1}, "sources": []},
    ],
)
def test_odd_answers_do_no_harm(data: object) -> None:
    """Anything of the wrong shape is listed, never an exception."""
    admitted = admit(MAP, json.dumps(data))
    assert admitted.refused
