"""Hold a review in a terminal: a claim, its candidates side by side, and one line of input for each answer.

3 of 40  shops  Shops fear to lose customers.
1  0.84  conceded               2  0.41  reframed
trade                           rents
Customers stroll from shop to   Rents have risen since the
shop.                           square was closed.
1–2, an id, or [n]one of these, [p]assed over, [s]kip, [u]ndo, [q]uit, [?]:
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import get_args

from argmap import sentences
from argmap.diff.model import Side
from argmap.diff.questions import Candidate, Card, Decision
from argmap.model import ChangeWord, Id
from argmap.text_tools import did_you_mean

WORDS: tuple[ChangeWord, ...] = get_args(ChangeWord)
HELP = """\
  1, 2, …   take that candidate; a word behind it (1 answered) is your word for the change
  ID        take this claim of the other text, also with a word; TAB completes, = parts an id from a letter (=n)
  n         none of these: reject the candidates
  p         the other text passes over the claim
  b 0.5     reject all open suggestions below 0.5, of every claim
  u         undo the last answer
  s         skip, decide later
  q         quit; all answers so far are saved"""


def conversation(
    read: Callable[[str], str],
    write: Callable[[str], None],
    complete: Callable[[Sequence[Id]], None] = lambda _: None,
    width: int = 100,
) -> Callable[[Card], Decision]:
    """Make the questions that `review` asks: a card as text, and one line for each answer.

    Parameters
    ----------
    read
        Shows a prompt and returns a line, as `input` does. The end of the input (EOFError) stops the review.
    write
        Shows a line.
    complete
        Takes the ids that may be typed next, for a terminal that completes them.
    width
        Columns of the terminal.
    """

    def ask(card: Card) -> Decision:
        for line in _lines(card, width):
            write(line)
        try:
            while True:
                complete(card.ids)
                answer = _understood(read(_prompt(card)), card)
                complete(())
                if isinstance(answer, str):
                    write(answer)
                    continue
                if answer.claim_id:
                    write(f"→ {answer.claim_id}")
                if answer.verb in ("accept", "none", "passed-over"):
                    return _with_reason(answer, read)
                return answer
        except EOFError:
            return Decision("stop")

    return ask


def _prompt(card: Card) -> str:
    many = len(card.candidates)
    numbers = f"1–{many}, an id, " if many > 1 else "1, an id, " if many else "an id, "
    none = "[n]one of these, " if many else ""
    return f"{numbers}or {none}[p]assed over, [b]elow, [s]kip, [u]ndo, [q]uit, [?]: "


def _understood(line: str, card: Card) -> Decision | str:
    """Read an answer; a text says what is wrong with it, or helps."""
    first, *rest = line.split() or [""]
    simple: dict[str, Decision] = {
        "n": Decision("none"),
        "r": Decision("none"),
        "p": Decision("passed-over"),
        "s": Decision("skip"),
        "u": Decision("undo"),
        "q": Decision("stop"),
    }
    low = first.casefold()
    if low in simple and not rest:
        return simple[low]
    if low == "b":
        return _bar(rest)
    if low in ("", "?", "h", "help"):
        return HELP
    word = _word(rest)
    if rest and word is None:
        return f"There is no change called {' '.join(rest)!r}. {did_you_mean(rest[0], WORDS, 'See `argmap diff --explain`.')}"
    if low == "a" and card.candidates:
        return Decision("accept", word=word)
    if first.isdecimal() and first not in card.ids:
        if not 1 <= int(first[:6]) <= len(card.candidates):
            return f"There is no candidate {first[:6]}."
        return Decision("accept", candidate=int(first) - 1, word=word)
    named = _completed(first.removeprefix("="), card.ids)
    return Decision("accept", claim_id=named[0], word=word) if len(named) == 1 else _unknown(first, named, card)


def _bar(rest: Sequence[str]) -> Decision | str:
    try:
        bar = float(rest[0].replace(",", ".")) if len(rest) == 1 else -1.0
    except ValueError:
        bar = -1.0
    return Decision("reject-below", bar=bar) if 0 < bar <= 1 else "Give a bar between 0 and 1, such as `b 0.5`."


def _word(rest: Sequence[str]) -> ChangeWord | None:
    return next((word for word in WORDS if [word] == [each.casefold() for each in rest]), None)


def _completed(text: str, ids: Sequence[Id]) -> list[Id]:
    return [text] if text in ids else [claim_id for claim_id in ids if claim_id.startswith(text)]


def _unknown(text: str, named: Sequence[Id], card: Card) -> str:
    if named:
        return f"{text}… may be {', '.join(named[:8])}{' or another' if len(named) > 8 else ''}."
    return f"The other text has no claim {text!r}. {did_you_mean(text, card.ids, 'Type ? for help.')}"


def _with_reason(decision: Decision, read: Callable[[str], str]) -> Decision:
    """Ask for a reason; a bare `q` is a wish to stop, never a reason."""
    answer = read("because (may stay empty): ").strip()
    if answer.casefold() == "q":
        return Decision("stop")
    return Decision(decision.verb, decision.candidate, decision.claim_id, decision.word, because=answer or None)


def _lines(card: Card, width: int) -> list[str]:
    """Write a card: the claim, then its candidates side by side."""
    from io import StringIO

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=StringIO(), width=width, color_system=None, legacy_windows=False)
    number = f"{card.number} of {card.total}"
    console.print()
    for side in card.claims:
        console.print(Text(f"{number}: {_told(side)}"))
        for quote in side.quotes:
            console.print(Text(sentences.printable(f"    {quote.shown}")))
    if card.candidates:
        table = Table.grid(padding=(0, 3, 0, 0), expand=True)
        for _ in card.candidates:
            table.add_column(ratio=1, overflow="fold")
        table.add_row(*(Text(_cell(n, each)) for n, each in enumerate(card.candidates, 1)))
        console.print(table)
    else:
        console.print("  Nothing was suggested for it.")
    return [line.rstrip() for line in console.file.getvalue().rstrip("\n").split("\n")]  # type: ignore[attr-defined]


def _cell(number: int, candidate: Candidate) -> str:
    chance = candidate.suggestion.confidence
    lines = [f"{number}  {'' if chance is None else f'{chance:.2f}  '}{candidate.word} [{candidate.rule}]"]
    for side in candidate.claims:
        lines.append(_told(side))
        lines += [quote.shown for quote in side.quotes]
    lines += [f"· {line}" for line in candidate.suggestion.evidence]
    return sentences.printable("\n".join(lines))


def _told(side: Side) -> str:
    return sentences.printable(f"{side.text} ({side.id})")
