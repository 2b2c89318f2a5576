"""A diff and a timeline for the terminal.

Each function gives something that a `rich` console prints; `rich` wraps it to the window and leaves colours out of a
pipe. Colour is never alone: every change has its word, every suggestion its question mark. What a map holds is shown as
text only: no markup is read from it, and control characters, which could drive the terminal, are made visible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap import sentences
from argmap.diff.classify.change_words import RULES
from argmap.diff.classify.facets import FACETS
from argmap.diff.model import Change, Diff, Side, Tie, Timeline
from argmap.diff.render import prose
from argmap.model import ChangeWord

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

STYLES: dict[ChangeWord, str] = {
    "kept": "dim",
    "altered": "bold yellow",
    "strengthened": "green",
    "weakened": "yellow",
    "shifted": "cyan",
    "reversed": "bold red",
    "realised": "bold green",
    "answered": "green",
    "open": "yellow",
    "conceded": "magenta",
    "reframed": "blue",
    "dropped": "red",
    "new": "green",
}


COUNTED = {"analyst": "by the analyst's word"}


def of_diff(diff: Diff, *, quotes: bool = True) -> RenderableType:
    """A diff by issue: where each text stands, then each change with both quotes.

    Parameters
    ----------
    diff
        What to show.
    quotes
        Whether to show the texts' words under each claim.

    Returns
    -------
    rich.console.RenderableType
        For `rich.console.Console.print`.
    """
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    before, after = prose.names(diff)
    parts: list[RenderableType] = [Text(sentences.printable(prose.summary(diff))), Text()]
    # Of two maps that say the same there is nothing to list.
    for section in () if diff.empty else prose.sections(diff):
        parts.append(Text(sentences.printable(section.heading), style="bold"))
        if section.shift:
            shift = section.shift
            left = prose.stand_in_words(shift.before, shift.scale)
            right = prose.stand_in_words(shift.after, shift.scale)
            line = f"{before}: {left}   →   {after}: {right}   ({prose.moved_in_words(shift)})"
            parts.append(Padding(Text(sentences.printable(line), style="italic"), (0, 0, 0, 2)))
        parts += [Padding(_change(change, before, after, quotes), (0, 0, 0, 2)) for change in section.changes]
        parts.append(Text())
    parts += _ties(diff)
    parts += [Text(sentences.printable(f"Note: {note}."), style="yellow") for note in diff.notes]
    counts = ", ".join(f"{n} {COUNTED.get(word, word)}" for word, n in diff.summary.items())
    parts.append(Text(counts or "no claims", style="dim"))
    return Group(*parts)


def of_timeline(timeline: Timeline) -> RenderableType:
    """A table: a row an issue, a column a text, and between two texts what happened."""
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=True, caption=timeline.analysts_words, caption_justify="left")
    table.add_column("issue", ratio=3)
    for text in timeline.texts:
        dated = f"{text.id} ({text.date})" if text.date and text.date != text.id else text.id
        table.add_column(Text(sentences.printable(dated)), ratio=3)
    table.add_column("moves", ratio=2)
    table.add_column("seen", ratio=2)
    for row in timeline.rows:
        stands = [prose.stand_in_words(standing.at, row.scale) for standing in row.standings]
        moves = ", ".join(move or "–" for move in row.moves)
        seen = " – ".join(dict.fromkeys((row.first_seen or "", row.last_seen or "")))
        cells = (row.label or row.question, *stands, moves, seen)
        table.add_row(*(Text(sentences.printable(cell)) for cell in cells))
    return table


def of_rules() -> RenderableType:
    """The table of change words and facets: what `argmap diff --explain` prints."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    words = Table(title="What happened to a claim: the first row that holds", show_lines=True)
    for head in ("word", "rule", "when", "example"):
        words.add_column(head)
    words.add_row("(any)", "analyst", "The alignment gives a word for the pair.", "change: realised")
    for rule in RULES:
        words.add_row(Text(rule.word, style=STYLES[rule.word]), rule.name, Text(rule.condition), Text(rule.example))
    facets = Table(title="What else happened: every row that holds", show_lines=True)
    for head in ("facet", "when", "example"):
        facets.add_column(head)
    for facet in FACETS:
        facets.add_row(facet.name, Text(facet.condition), Text(facet.example))
    return Group(words, facets)


def _change(change: Change, before: str, after: str, quotes: bool) -> Text:
    from rich.text import Text

    style = STYLES[change.change]
    text = Text()
    if change.status == "suggested":
        text.append("? ", style="yellow")
    text.append(prose.change_in_words(change), style=style)
    text.append(f"  [{_why(change)}]", style="dim")
    for name, sides in ((before, change.before), (after, change.after)):
        for side in sides:
            text.append(f"\n  {name}  ", style="dim")
            text.append(sentences.printable(_said(side)))
            if quotes:
                for quote in side.quotes:
                    text.append(f"\n      {sentences.printable(quote.shown)}", style="italic dim")
    substance = prose.substance_in_words(change)
    if substance:
        text.append(f"\n  {sentences.printable(substance)}", style="yellow")
    other = before if change.after else after
    if looked := prose.counterpart_in_words(change, other):
        text.append(f"\n  {sentences.printable(looked)}", style="dim")
    if change.because:
        text.append(f"\n  because: {sentences.printable(change.because)}")
    return text


def _why(change: Change) -> str:
    """Name the rule that gave the word, and the ground of the match."""
    if change.basis == "unmatched":
        return change.rule
    evidence = f": {'; '.join(change.evidence)}" if change.evidence else ""
    sure = "" if change.basis == "analyst" else f" {change.confidence:.2f}"
    unclear = change.substance is not None and change.substance.verdict == "unclear" and change.change != "kept"
    said = f"{change.rule}; {change.status} by {change.basis}{sure}{evidence}{'; substance unclear' if unclear else ''}"
    return sentences.printable(said)


def _said(side: Side) -> str:
    """A claim with what must be said of it: who says it, and that it is not the text's where it is not."""
    return f"{side.text} ({'; '.join((side.id, *prose.marks(side)))})"


def _ties(diff: Diff) -> list[RenderableType]:
    from rich.text import Text

    def line(sign: str, tie: Tie) -> Text:
        scheme = f" [{tie.scheme}]" if tie.scheme else ""
        words = f"{sign} {', '.join(tie.sources)} {tie.type} {tie.target or 'nothing'}{scheme}"
        return Text(sentences.printable(f"  {words}"), style="green" if sign == "+" else "red")

    ties = diff.relations
    if not (ties.dropped or ties.new):
        return []
    head = Text(f"Relations: {ties.kept} kept, {len(ties.dropped)} dropped (-), {len(ties.new)} new (+)", style="bold")
    return [head, *(line("-", tie) for tie in ties.dropped), *(line("+", tie) for tie in ties.new), Text()]
