"""A diff and a timeline for the terminal.

Each function gives something that a `rich` console prints; `rich` wraps it to the window and leaves colours out of a
pipe. Colour is never alone: every change has its word, every suggestion its question mark. What a map holds is shown as
text only: no markup is read from it, and control characters, which could drive the terminal, are made visible.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from argmap import sentences
from argmap.diff.classify.change_words import RULES
from argmap.diff.classify.facets import FACETS
from argmap.diff.model import Change, Diff, End, Side, Timeline
from argmap.diff.render import prose
from argmap.model import ChangeWord
from argmap.text_tools import wrapped

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
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

    return Group(*(_Hanging(line) for line in _lines(diff, quotes)))


def diff_as_text(diff: Diff, *, quotes: bool = True, width: int = 100) -> str:
    """Write a diff without colours, for a pipe or a file: the same lines as `of_diff`, wrapped without loading `rich`.

    Parameters
    ----------
    diff
        What to write.
    quotes
        Whether to write the texts' words under each claim.
    width
        Columns of a line.
    """
    return "".join(
        f"{' ' * line.indent}{row}".rstrip() + "\n"
        for line in _lines(diff, quotes)
        for row in wrapped("".join(words for words, _ in line.parts), width - line.indent, line.hang)
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """One or more lines of one indent: words with their styles."""

    parts: tuple[tuple[str, str], ...]
    indent: int = 0
    hang: int = 2
    """Columns by which further lines stand to the right."""


class _Hanging:
    """A line for a `rich` console: what does not fit stands under its first word, without blanks at the ends."""

    def __init__(self, line: _Line) -> None:
        self.line = line

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        from rich.text import Text

        room = options.max_width - self.line.indent
        for line in Text.assemble(*self.line.parts).split("\n", allow_blank=True):
            end = 0
            for n, row in enumerate(wrapped(line.plain, room, self.line.hang)):
                words = row.lstrip(" ") if n else row
                start = line.plain.index(words, end)
                end = start + len(words)
                lead = " " * (self.line.indent + len(row) - len(words)) if words else ""
                yield Text.assemble(lead, line[start:end])


def _line(words: str, style: str = "", indent: int = 0, hang: int = 2) -> _Line:
    return _Line(((sentences.printable(words), style),), indent, hang)


def _lines(diff: Diff, quotes: bool) -> Iterator[_Line]:
    before, after = prose.names(diff)
    yield _line(prose.summary(diff), hang=0)
    yield _line("")
    # Of two maps that say the same there is nothing to list.
    for section in () if diff.empty else prose.sections(diff):
        yield _line(section.heading, "bold")
        if section.shift:
            shift = section.shift
            left, right = prose.stands_in_words(diff, shift)
            told = f"{before}: {left}   →   {after}: {right}   ({prose.moved_in_words(shift)})"
            yield _line(told, "italic", 2)
        for change in section.changes:
            yield _Line(tuple(_change(change, diff, quotes)), 2)
        yield _line("")
    yield from _ties(diff)
    for note in diff.notes:
        yield _line(f"Note: {note}.", "yellow")
    counts = ", ".join(f"{n} {COUNTED.get(word, word)}" for word, n in diff.summary.items())
    yield _line(counts or "no claims", "dim")


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
        stands = prose.row_in_words(row, timeline)
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


def _change(change: Change, diff: Diff, quotes: bool) -> Iterator[tuple[str, str]]:
    """Write a change as words with their styles."""
    before, after = prose.names(diff)
    if change.status == "suggested":
        yield "? ", "yellow"
    yield prose.change_in_words(change), STYLES[change.change]
    yield f"  [{_why(change)}]", "dim"
    for name, end, sides in ((before, diff.before, change.before), (after, diff.after, change.after)):
        for side in sides:
            yield f"\n  {name}  ", "dim"
            yield sentences.printable(_said(side, end)), ""
            for quote in side.quotes if quotes else ():
                yield f"\n      {sentences.printable(quote.shown)}", "italic dim"
    substance = prose.substance_in_words(change)
    if substance:
        yield f"\n  {sentences.printable(substance)}", "yellow"
    other = before if change.after else after
    if looked := prose.counterpart_in_words(change, other):
        yield f"\n  {sentences.printable(looked)}", "dim"
    if change.because:
        yield f"\n  because: {sentences.printable(change.because)}", ""


def _why(change: Change) -> str:
    """Name the rule that gave the word, and the ground of the match."""
    if change.basis == "unmatched":
        return change.rule
    evidence = f": {'; '.join(change.evidence)}" if change.evidence else ""
    sure = "" if change.basis == "analyst" else f" {change.confidence:.2f}"
    unclear = change.substance is not None and change.substance.verdict == "unclear" and change.change != "kept"
    said = f"{change.rule}; {change.status} by {change.basis}{sure}{evidence}{'; substance unclear' if unclear else ''}"
    return sentences.printable(said)


def _said(side: Side, end: End) -> str:
    """A claim with what must be said of it: who says it, and that it is not the text's where it is not."""
    return f"{side.text} ({'; '.join((side.id, *prose.marks(side, end.speakers)))})"


def _ties(diff: Diff) -> Iterator[_Line]:
    ties = diff.relations
    if not (ties.dropped or ties.new):
        return
    yield _line(f"Relations: {ties.kept} kept, {len(ties.dropped)} dropped (-), {len(ties.new)} new (+)", "bold")
    for sign, style, found in (("-", "red", ties.dropped), ("+", "green", ties.new)):
        for tie in found:
            scheme = f" [{tie.scheme}]" if tie.scheme else ""
            yield _line(f"{sign} {', '.join(tie.sources)} {tie.type} {tie.target or 'nothing'}{scheme}", style, 2)
    yield _line("")
