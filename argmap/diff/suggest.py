"""Suggest correspondences of two maps, and let a person decide.

`align` proposes, `review` asks. A proposal has `status: suggested`, a chance and evidence until a person accepts or
rejects it, here or by editing the file. When `align` runs again, it keeps each decision and each suggestion with a word
or a reason from a person; it never proposes a rejected pair again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from argmap import sentences
from argmap.diff.classify.change_words import Pair, word_for
from argmap.diff.classify.relations import Common
from argmap.diff.classify.scales import Scales
from argmap.diff.map_index import MapIndex
from argmap.diff.match.apply_alignment import pin, refuse_bad
from argmap.diff.match.likelihood import ranked
from argmap.diff.match.match_state import Table
from argmap.diff.match.steps import match, question_of
from argmap.diff.model import Side
from argmap.model import Alignment, ChangeWord, Correspondence, Map, replace

MOST = 3
LEAST = 0.1
"""Chance below which a pair is not worth a person's time."""


def align(
    before: Map,
    after: Map,
    alignment: Alignment | None = None,
    *,
    most: int = MOST,
    least: float = LEAST,
    embed: sentences.Embed | None = None,
) -> Alignment:
    """List what was decided so far, and candidates for the rest.

    Parameters
    ----------
    before, after
        The two maps.
    alignment
        Decisions so far. They stay first, in their order, as do suggestions to which a person wrote a word or a reason.
        Other suggestions are made anew.
    most
        Candidates of a claim, the likeliest first.
    least
        Chance below which a pair is not proposed, in [0, 1].
    embed
        Compares meanings as well as words; `argmap.diff.embedder` makes one of a sentence model.

    Returns
    -------
    Alignment
        Its `before` and `after` are the given alignment's, or else the maps' ids with `.yaml`.

    Raises
    ------
    ArgmapError
        When the alignment names unknown claims, or decides one pair both ways.
    """
    question = question_of(before, after)
    decided = tuple(given for given in alignment.correspondences if _decided(given)) if alignment else ()
    base = alignment or Alignment(before=f"{before.id}.yaml", after=f"{after.id}.yaml")
    kept = replace(base, correspondences=decided)
    table = Table(MapIndex(before), MapIndex(after), question, embed)
    pin(table, kept)
    found = [] if question == "positions" else match(table.before, table.after, question, kept, embed=embed)
    matched = [
        _suggestion(each.before, each.after, each.confidence, each.evidence)
        for each in found
        if each.basis not in ("analyst", "unmatched") and not _known(each.before, each.after, decided)
    ]
    covered = {(given.before, given.after) for given in matched}
    likely = [
        _suggestion((pair.before,), (pair.after,), pair.chance, pair.evidence)
        for pair in ranked(table, most, least)
        if ((pair.before,), (pair.after,)) not in covered
    ]
    return replace(kept, correspondences=(*decided, *matched, *likely))


@dataclass(frozen=True, slots=True)
class Card:
    """One suggestion, laid before a person."""

    number: int
    """Its place among the open ones, from 1."""
    total: int
    suggestion: Correspondence
    before: tuple[Side, ...]
    after: tuple[Side, ...]
    word: ChangeWord
    """The change word that argmap would choose."""
    rule: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The person's decision on a card. `skip` leaves it open; `stop` ends the review."""

    verb: Literal["accept", "reject", "skip", "stop"]
    word: ChangeWord | None = None
    """The person's word for the change, if it differs."""
    because: str | None = None


def review(
    before: Map,
    after: Map,
    alignment: Alignment,
    ask: Callable[[Card], Decision],
    save: Callable[[Alignment], None] = lambda _: None,
) -> Alignment:
    """Lay each open suggestion before a person, and save after each decision.

    Parameters
    ----------
    before, after, alignment
        What `align` was given and gave.
    ask
        Shows a card and returns the decision; `conversation` makes one of a terminal's input and output.
    save
        Takes the alignment after each decision, so that nothing is lost when the review breaks off.

    Returns
    -------
    Alignment
        With all decisions made.

    Raises
    ------
    ArgmapError
        When the alignment names unknown claims, or decides one pair both ways.
    """
    refuse_bad(alignment, before, after)
    readings = MapIndex(before), MapIndex(after)
    common, scales = Common(*readings, matches=()), Scales(*readings)
    question = question_of(before, after)
    entries = list(alignment.correspondences)
    open_ = [n for n, given in enumerate(entries) if given.status == "suggested"]
    for number, n in enumerate(open_, 1):
        given = entries[n]
        sides = [side.map.claims for side in readings]
        pair = Pair(
            tuple(sides[0][claim_id] for claim_id in given.before),
            tuple(sides[1][claim_id] for claim_id in given.after),
            common,
            scales,
            question,
        )
        rule = word_for(pair)
        decision = ask(
            Card(
                number,
                len(open_),
                given,
                tuple(readings[0].side(claim_id) for claim_id in given.before),
                tuple(readings[1].side(claim_id) for claim_id in given.after),
                given.change or rule.word,
                "analyst" if given.change else rule.name,
            )
        )
        if decision.verb == "stop":
            break
        if decision.verb == "skip":
            continue
        entries[n] = replace(
            given,
            status="accepted" if decision.verb == "accept" else "rejected",
            change=decision.word or given.change,
            because=decision.because or given.because,
        )
        alignment = replace(alignment, correspondences=tuple(entries))
        save(alignment)
    return alignment


WORDS: tuple[ChangeWord, ...] = get_args(ChangeWord)
HELP = "a: accept · w: accept, by another word · r: reject · s: skip, decide later · q: stop"


def conversation(read: Callable[[str], str], write: Callable[[str], None]) -> Callable[[Card], Decision]:
    """Make the questions that `review` asks: a card as text, and one question for each decision.

    Parameters
    ----------
    read
        Shows a prompt and returns a line, as `input` does. The end of the input (EOFError) stops the review.
    write
        Shows a line.
    """

    def ask(card: Card) -> Decision:
        _show(card, write)
        try:
            while True:
                match read("[a]ccept, other [w]ord, [r]eject, [s]kip, [q]uit? ").strip().lower()[:1]:
                    case "a":
                        return Decision("accept", because=_reason(read))
                    case "w":
                        word = read(f"which of {', '.join(WORDS)}? ").strip().lower()
                        if word in WORDS:
                            return Decision("accept", word, _reason(read))
                        write(f"There is no change called {word!r}.")
                    case "r":
                        return Decision("reject", because=_reason(read))
                    case "s":
                        return Decision("skip")
                    case "q":
                        return Decision("stop")
                    case _:
                        write(HELP)
        except EOFError:
            return Decision("stop")

    return ask


def _show(card: Card, write: Callable[[str], None]) -> None:
    given = card.suggestion
    chance = "" if given.confidence is None else f", {given.confidence:.2f}"
    write(f"\n{card.number} of {card.total}: {card.word} [{card.rule}{chance}]")
    for name, sides in (("before", card.before), ("after", card.after)):
        for side in sides:
            write(sentences.printable(f"  {name}  {side.text} ({side.id})"))
            for quote in side.quotes:
                write(sentences.printable(f"      “{quote.exact}”"))
    for line in given.evidence:
        write(sentences.printable(f"  · {line}"))


def _reason(read: Callable[[str], str]) -> str | None:
    """Ask for a reason; a bare `q` is a wish to stop, never a reason."""
    answer = read("because (may stay empty): ").strip()
    if answer.lower() == "q":
        raise EOFError
    return answer or None


def _decided(given: Correspondence) -> bool:
    return given.status != "suggested" or given.change is not None or given.because is not None


def _known(before: tuple[str, ...], after: tuple[str, ...], decided: tuple[Correspondence, ...]) -> bool:
    return any(given.before == before and given.after == after for given in decided)


def _suggestion(
    before: tuple[str, ...], after: tuple[str, ...], chance: float, evidence: tuple[str, ...]
) -> Correspondence:
    return Correspondence(
        before=before, after=after, status="suggested", confidence=round(min(chance, 1.0), 2), evidence=evidence
    )
