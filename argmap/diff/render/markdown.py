"""A diff, a timeline and the table of words as Markdown (CommonMark, with the tables of GitHub's dialect).

What a map holds is written as text: characters that Markdown or HTML would read are escaped, and line breaks become
spaces, so that a claim can neither open a heading nor bring a tag along.
"""

from __future__ import annotations

from collections.abc import Iterable

from argmap.diff.classify.change_words import RULES
from argmap.diff.classify.facets import FACETS
from argmap.diff.model import Change, Diff, End, Side, Tie, Timeline
from argmap.diff.render import prose
from argmap.text_tools import escape_markdown


def of_diff(diff: Diff) -> str:
    """A diff by issue, each change with the claims and quotes of both sides."""
    before, after = prose.names(diff)
    lines = [
        f"# {escape_markdown(_headline(diff.before))} → {escape_markdown(_headline(diff.after))}",
        "",
        escape_markdown(prose.summary(diff)),
        "",
    ]
    for section in prose.sections(diff):
        lines += [f"## {escape_markdown(section.heading)}", ""]
        if section.shift:
            shift = section.shift
            lines += _table(
                (before, after, "moved"),
                [(*prose.stands_in_words(diff, shift), prose.moved_in_words(shift))],
            )
        for change in section.changes:
            lines += _change(change, diff)
    lines += _ties(diff)
    lines += [f"> Note: {escape_markdown(note)}.\n" for note in diff.notes]
    return "\n".join(lines).rstrip() + "\n"


def of_timeline(timeline: Timeline) -> str:
    """A table: a row an issue, a column a text, what happened between them, first and last seen."""
    rows = [
        (
            row.label or row.question,
            *prose.row_in_words(row, timeline),
            ", ".join(move or "–" for move in row.moves),
            row.first_seen or "",
            row.last_seen or "",
        )
        for row in timeline.rows
    ]
    head = ("issue", *(_headline(text) for text in timeline.texts), "moves", "first seen", "last seen")
    said = timeline.analysts_words
    return "\n".join((*_table(head, rows), *((said, "") if said else ())))


def of_rules() -> str:
    """The tables of change words and facets, as the documentation shows them."""
    words = [("(any)", "analyst", "The alignment gives a word for the pair.", "change: realised")]
    words += [(rule.word, rule.name, rule.condition, rule.example) for rule in RULES]
    facets = [(facet.name, facet.condition, facet.example) for facet in FACETS]
    return "\n".join(
        [*_table(("word", "rule", "when", "example"), words), *_table(("facet", "when", "example"), facets)]
    )


def _headline(end: End) -> str:
    return f"{end.id} ({end.title})" if end.title else end.id


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    head = [escape_markdown(cell) for cell in head]
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += [f"| {' | '.join(escape_markdown(cell) for cell in row)} |" for row in rows]
    return [*lines, ""]


def _change(change: Change, diff: Diff) -> list[str]:
    before, after = prose.names(diff)
    sure = f" — suggested, {change.confidence:.2f}" if change.status == "suggested" else ""
    if change.substance and change.substance.verdict == "unclear" and change.change != "kept":
        sure += " — substance unclear"
    lines = [f"**{escape_markdown(prose.change_in_words(change))}**{sure}", ""]
    for name, end, sides in ((before, diff.before, change.before), (after, diff.after, change.after)):
        lines += [line for side in sides for line in _side(name, side, end)]
    substance = prose.substance_in_words(change)
    if substance:
        lines.append(f"- {escape_markdown(substance)}")
    if looked := prose.counterpart_in_words(change, before if change.after else after):
        lines.append(f"- {escape_markdown(looked)}")
    if change.because:
        lines.append(f"- because: {escape_markdown(change.because)}")
    return [*lines, ""]


def _side(name: str, side: Side, end: End) -> list[str]:
    marks = prose.marks(side, end.speakers)
    told = f" ({escape_markdown('; '.join(marks))})" if marks else ""
    quotes = [f"  > {escape_markdown(quote.shown)}" for quote in side.quotes]
    return [f"- {escape_markdown(name)}: {escape_markdown(side.text)}{told}", *quotes]


def _ties(diff: Diff) -> list[str]:
    ties = diff.relations
    if not (ties.dropped or ties.new):
        return []

    def row(what: str, tie: Tie) -> tuple[str, ...]:
        return what, ", ".join(tie.sources), tie.type, tie.target or "", tie.scheme or ""

    rows = [row("dropped", tie) for tie in ties.dropped] + [row("new", tie) for tie in ties.new]
    return ["## Relations", "", *_table(("", "from", "type", "to", "scheme"), rows)]
