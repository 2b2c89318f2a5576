"""Show figures of agreement as text, Markdown or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence

from argmap.diff.agreements.model import Agreement, CorpusAgreement, Figure
from argmap.text_tools import counted, escape_markdown

EACH = ("claims_argmap", "alpha", "u_alpha", "boundary", "kappa", "kappa_all", "cass_all")
"""Figures in the table of single texts."""


def number(value: float | None, digits: int = 3) -> str:
    """Write a figure; `–` where there is none."""
    return "–" if value is None else f"{value:.{digits}f}"


def as_text(found: Agreement | CorpusAgreement) -> str:
    """Write all figures, a line each; of a corpus first the pooled ones, then a few of each text."""
    lines = [*_heading(found), "", *_aligned(_rows(_figures(found))), *_missing(_figures(found))]
    if isinstance(found, CorpusAgreement):
        lines += ["", *_aligned([("text", "analysts", *EACH), *_each(found)])]
        lines += [f"{name}: not read by {', '.join(coders)}" for name, coders in found.missing.items()]
    else:
        lines += [f"note: {note}" for note in found.notes]
        lines += [f"{read.issue}: {counted(abs(read.steps), 'step')} apart" for read in found.reads if read.steps]
    return "\n".join(lines) + "\n"


def as_markdown(found: Agreement | CorpusAgreement) -> str:
    """Write all figures as a table."""
    heading = _heading(found)
    lines = [
        "## Agreement",
        "",
        *(f"{line}  " for line in map(escape_markdown, heading)),
        "",
        *_table(_rows(_figures(found))),
    ]
    if isinstance(found, CorpusAgreement):
        lines += ["", "### Each text", "", *_table([("text", "analysts", *EACH), *_each(found)])]
    else:
        lines += ["", *(f"- {escape_markdown(note)}" for note in found.notes)] if found.notes else []
    return "\n".join([*lines, *map(escape_markdown, _missing(_figures(found)))]) + "\n"


def as_csv(found: Agreement | CorpusAgreement) -> str:
    """Write a row for each text, pair of analysts and figure; a corpus has its pooled figures first."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("text", "analyst_1", "analyst_2", "figure", "value", "low", "high", "n", "of", "observed", "says"))
    if isinstance(found, CorpusAgreement):
        table.writerows(_records(("(pooled)", "", ""), found.pooled))
        for each in found.each:
            table.writerows(_records((each.name, *each.coders), each.agreement.figures))
    else:
        table.writerows(_records(("", found.before.id, found.after.id), found.figures))
    return out.getvalue()


STYLES: dict[str, Callable[[Agreement | CorpusAgreement], str]] = {"text": as_text, "md": as_markdown, "csv": as_csv}


def _figures(found: Agreement | CorpusAgreement) -> Mapping[str, Figure]:
    return found.pooled if isinstance(found, CorpusAgreement) else found.figures


def _heading(found: Agreement | CorpusAgreement) -> list[str]:
    only = [f"only claims labelled {', '.join(found.only)}"] if found.only else []
    rule = f"claims match one to one, rule {found.rule}: {found.rule_says}"
    if isinstance(found, CorpusAgreement):
        analysts = f"{counted(found.documents, 'text')}, analysts {', '.join(found.coders)}"
        how = (
            f"intervals: 95 %, bootstrap over texts, {found.draws:,} draws" if found.draws else "no intervals: one text"
        )
        return [analysts, *only, rule, how]
    counts = (
        f"{found.shared} claims shared, {found.only_before} only in the first, {found.only_after} only in the second"
    )
    how = "intervals: 95 %, bootstrap over stretches of the text, expected disagreement fixed"
    return [counts, *only, rule, *([how] if any(f.low is not None for f in found.figures.values()) else [])]


def _rows(figures: Mapping[str, Figure]) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = [("figure", "value", "95 % interval", "n", "of", "meaning")]
    for name, each in figures.items():
        if each.n:
            ends = "" if each.low is None else f"{number(each.low)} to {number(each.high)}"
            alike = "" if each.observed is None else f"; {number(each.observed)} coded alike"
            rows.append((name, number(each.value), ends, f"{each.n:,}", each.of, f"{each.says}{alike}"))
    return rows


def _missing(figures: Mapping[str, Figure]) -> list[str]:
    empty = [name for name, each in figures.items() if not each.n]
    return [f"nothing to compute {', '.join(empty)} from"] if empty else []


def _each(found: CorpusAgreement) -> Iterable[Sequence[str]]:
    for each in found.each:
        values = (number(each.agreement.value(name)) for name in EACH)
        yield (each.name, "–".join(each.coders), *values)


def _records(head: tuple[str, str, str], figures: Mapping[str, Figure]) -> Iterable[Sequence[object]]:
    for name, each in figures.items():
        cells = (each.value, each.low, each.high, each.n, each.of, each.observed, each.says)
        yield (*head, name, *("" if cell is None else cell for cell in cells))


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(map(escape_markdown, row))} |" for row in rows]
    return [lines[0], f"|{'---|' * len(rows[0])}", *lines[1:]]
