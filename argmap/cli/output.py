"""Print results: text through rich on a terminal and plain in a pipe, Markdown and JSON as they are."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.cli import terminal
from argmap.text_tools import counted, escape_markdown, wrapped

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.progress import Progress

    from argmap.diff.agreements.model import Agreement, CorpusAgreement
    from argmap.diff.agreements.scores import Scores
    from argmap.diff.model import Diff, Timeline
    from argmap.findings import Finding
    from argmap.model import Map, Value
    from argmap.stats import Survey

PICTURES = ("svg", "png", "pdf", "html", "dot", "mmd", "json")
STYLE_OF_SUFFIX = {".md": "md", ".json": "json"}


def findings(found: Iterable[Finding], style: str) -> int:
    """Print findings as lines, as JSON, or as annotations that GitHub shows beside the code; return the number of errors."""
    if style == "json":
        found = list(found)
        click.echo(terminal.json_text([_finding(f) for f in found]))
        return sum(finding.severity == "error" for finding in found)
    errors = others = 0
    for finding in found:
        errors += finding.severity == "error"
        others += finding.severity != "error"
        click.echo(_annotation(finding) if style == "github" else finding)
    if style == "text":
        said = f"{counted(errors, 'error')}, {counted(others, 'other finding')}" if errors or others else "no findings"
        click.echo(said, err=True)
    return errors


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        **{name: getattr(finding, name) for name in ("rule", "severity", "message", "hint")},
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "at": list(place.at),
    }


def _annotation(finding: Finding) -> str:
    """Format a finding as a workflow command, with escapes (GitHub Actions, "Workflow commands")."""

    def escaped(text: str, more: str = "") -> str:
        for character in "%\r\n" + more:
            text = text.replace(character, f"%{ord(character):02X}")
        return text

    place, level = finding.place, {"note": "notice"}.get(finding.severity, finding.severity)
    properties = {"file": place.file, "line": place.line, "col": place.column, "title": finding.rule}
    values = ",".join(f"{key}={escaped(str(value), ':,')}" for key, value in properties.items() if value is not None)
    return f"::{level} {values}::{escaped(' '.join(filter(None, [finding.message, finding.hint])))}"


def is_picture(out: Path | None) -> bool:
    """Tell whether the name of a file asks for a picture, not for Markdown, JSON or text."""
    return out is not None and str(out) != "-" and out.suffix not in STYLE_OF_SUFFIX


def picture(value: Map | Diff | Timeline, out: Path | None, **options: Any) -> None:
    """Write a picture into a file, or to standard output as SVG."""
    from argmap.diagram import draw

    drawing = draw(value, _format(out), **options)
    for finding in drawing.findings:
        click.echo(finding, err=True)
    file_or_stdout(drawing, out)


def draws(picture: str) -> str:
    """Tell what a picture is of: a map, a diff or a timeline."""
    from argmap.diagram import picture_named

    return picture_named(picture).draws


def _format(out: Path | None) -> Any:
    from argmap.findings import ArgmapError

    if out is None or str(out) == "-":
        return "svg"
    if out.is_dir():
        raise ArgmapError(f"{out}: is a folder; name a file in it")
    suffix = out.suffix[1:].lower()
    if suffix not in PICTURES:
        raise ArgmapError(f"{out}: a picture's name ends in one of {', '.join('.' + word for word in PICTURES)}")
    return suffix


def text(words: str, out: Path | None) -> None:
    """Write text into a file, or print it."""
    if out is None or str(out) == "-":
        click.echo(words, nl=False)
    else:
        file_or_stdout(words, out)


def file_or_stdout(data: str | bytes, out: Path | None) -> None:
    """Write a file, or send it to standard output."""
    if out is None or str(out) == "-":
        if isinstance(data, str):
            click.echo(data, nl=False)
        else:
            terminal.write_data(data)
        return
    from argmap import text_file

    text_file.write(out, data)
    click.echo(out, err=True)


def diff(found: Diff, style: str, quotes: bool, out: Path | None = None, *, color: bool | None = None) -> None:
    """Print or write a diff as text, Markdown or JSON; the suffix of the file decides before `style`."""
    style = STYLE_OF_SUFFIX.get(out.suffix, style) if out else style
    if style == "json":
        file_or_stdout(_json(found), out)
    elif style == "md":
        from argmap.diff.render import markdown

        file_or_stdout(markdown.of_diff(found), out)
    else:
        from argmap.diff.render import text

        if color:
            terminal.console(width=columns(), color=True).print(text.of_diff(found, quotes=quotes))
        elif color is None and sys.stdout.isatty():
            _print(text.of_diff(found, quotes=quotes))
        else:
            click.echo(text.diff_as_text(found, quotes=quotes, width=columns()), nl=False)


def of_value(found: Diff | Timeline, style: str, *, quotes: bool = True) -> None:
    """Print a diff or a timeline."""
    from argmap.diff.model import Timeline

    if isinstance(found, Timeline):
        timeline(found, style)
    else:
        diff(found, style, quotes)


def sensitivity(found: Diff, style: str) -> None:
    """Print the single codings that the headline hangs on."""
    from argmap.diff.render import prose
    from argmap.diff.render.words import listed

    if style == "json":
        click.echo(terminal.json_text([coding.model_dump(mode="json") for coding in found.sensitivity]))
        return
    nothing = "There is no headline: no question on which both texts take a position."
    say(prose.sensitivity_in_words(found) or nothing)
    for coding in found.sensitivity:
        value, *instead = ("no position" if each is None else f"“{each}”" for each in (coding.value, *coding.instead))
        say(f"  {coding.map}  {coding.claim}  {coding.field}: {value}, not {listed(instead, 'or')}")


def arguments(before: Map, after: Map, found: Diff, style: str) -> None:
    """Print what carries the theses of two texts, and what became of the objections."""
    from argmap.diff.arguments import compare_arguments

    compared = compare_arguments(before, after, found)
    if style == "json":
        click.echo(compared.model_dump_json(indent=2))
        return
    for sentence in (*compared.words, compared.caution):
        click.echo(f"- {escape_markdown(sentence)}") if style == "md" else say(sentence)


def timeline(found: Timeline, style: str, out: Path | None = None) -> None:
    """Print or write a timeline as text, Markdown or JSON; the suffix of the file decides before `style`."""
    style = STYLE_OF_SUFFIX.get(out.suffix, style) if out else style
    if style == "json":
        file_or_stdout(_json(found), out)
    elif style == "md":
        from argmap.diff.render import markdown

        file_or_stdout(markdown.of_timeline(found), out)
    else:
        from argmap.diff.render import text

        if found.rows:
            _print(text.of_timeline(found))
        else:
            click.echo("No claim of these maps names an issue (`issue:`), so there is nothing to compare.")


def explanation(style: str) -> None:
    """Print what each change word means."""
    if style == "md":
        from argmap.diff.render import markdown

        click.echo(markdown.of_rules(), nl=False)
    else:
        from argmap.diff.render import text

        _print(text.of_rules())


def agreement(found: Agreement | CorpusAgreement, style: str, out: Path | None = None) -> None:
    """Print or write figures of agreement as text, Markdown, JSON or CSV; the suffix of the file decides before `style`."""
    from argmap.diff.agreements import render

    style = {**STYLE_OF_SUFFIX, ".csv": "csv"}.get(out.suffix, style) if out else style
    file_or_stdout(_json(found) if style == "json" else render.STYLES[style](found), out)


def scores(found: Scores, style: str, out: Path | None) -> None:
    """Print or write scores as tables, JSON or CSV; the suffix of the file decides before `style`."""
    from argmap.diff.agreements.scores import as_csv, as_text

    style = {".json": "json", ".csv": "csv"}.get(out.suffix, style) if out else style
    file_or_stdout(_json(found) if style == "json" else {"csv": as_csv, "table": as_text}[style](found), out)


def surveys(found: Iterable[Survey], style: str) -> None:
    """Print measures of maps, and the sentences that they leave out."""
    if style == "json":
        click.echo(terminal.json_text([s.model_dump(mode="json") for s in found]))
        return
    for survey in found:
        say(f"{survey.map}" + (f" · {survey.title}" if survey.title else ""))
        speaks_for, against = survey.balance
        rows = {
            "claims": f"{survey.claims}, of them {survey.implicit} unstated premises",
            "relations": _listed(survey.relations),
            "roles": _listed(survey.roles),
            "kinds": _listed(survey.kinds),
            "commitments": _listed(survey.commitments),
            "speakers": _listed(survey.speakers),
            "schemes": _listed(survey.schemes),
            "shape": f"{survey.depth} steps deep, {survey.widest} claims at the widest",
            "balance": f"{speaks_for} for the thesis, {against} against it" if survey.thesis else "no thesis is named",
        }
        if any(survey.suggested):
            rows["suggested"] = "{} claims and {} relations, not yet looked at by a person".format(*survey.suggested)
        if survey.unreached:
            rows["aside"] = ", ".join(survey.unreached)
        for reading in survey.readings:
            rows[f"text {reading.source}"] = (
                f"{reading.accounted:.0%} of {reading.sentences} sentences accounted for: {reading.quoted} quoted, "
                f"{reading.non_argumentative} claiming nothing, {len(reading.left_out)} left out; "
                f"{reading.words_quoted} of {reading.words} words inside quotes"
            )
        width = max(map(len, rows))
        for name, value in rows.items():
            say(f"  {name:<{width}}  {value}")
        for reading in survey.readings:
            for sentence in reading.left_out:
                say(f"  left out, line {sentence.line}: {sentence.text}")


def schemes(name: str | None) -> None:
    """Print the list of schemes, or one scheme with its critical questions."""
    from argmap.findings import ArgmapError
    from argmap.schemes import SCHEMES, named

    if name is None:
        width = max(len(scheme.name) for scheme in SCHEMES)
        for scheme in SCHEMES:
            say(f"{scheme.name:<{width}}  {scheme.says}")
        return
    found = named(name)
    if found is None:
        raise ArgmapError(f"no scheme {name!r}: `argmap schemes` lists all")
    say(f"{found.name}\n\n  {found.says}")
    for question in found.questions:
        say(f"  ? {question}")


def formats(name: str | None) -> None:
    """Print the table of formats, as Markdown in a pipe and as a table on a terminal, or the page of one format."""
    from argmap.formats import FORMATS, page, table
    from argmap.formats.common import format_table

    if name is not None:
        click.echo(page(name))
        return
    if not sys.stdout.isatty():
        click.echo(table(), nl=False)
        return
    from rich.table import Table

    head, *rows = format_table.rows(FORMATS)
    shown = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 1, 0))
    for column in head:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*(cell.replace("`", "") for cell in row))
    _print(shown)


def rules(name: str | None) -> None:
    """Print the list of rules, or the page of one rule."""
    import inspect

    from argmap.findings import ArgmapError
    from argmap.rules import RULES

    if name is None:
        width = max(len(rule.name) for rule in RULES)
        for rule in RULES:
            optional = " Only if selected." if rule.optional else ""
            say(f"{rule.name:<{width}}  {rule.severity:<7}  {rule.summary}{optional}")
        return
    found = next((rule for rule in RULES if rule.name == name), None)
    if found is None:
        raise ArgmapError(f"no rule {name!r}: `argmap rules` lists all")
    click.echo(f"{found.name} ({found.severity})\n\n{inspect.cleandoc(found.page)}")


def _json(value: Value) -> str:
    return terminal.json_text(value.model_dump(mode="json", by_alias=True)) + "\n"


LEAST_COLUMNS = 40
"""In fewer columns, words would be torn apart."""


def columns() -> int:
    """Columns to write in: those of `COLUMNS`, else of the terminal, else 100, since a pipe has none of its own."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked) > 0:
        return max(int(asked), LEAST_COLUMNS)
    return max(shutil.get_terminal_size().columns, LEAST_COLUMNS) if sys.stdout.isatty() else 100


def say(words: str) -> None:
    """Print lines of words; what does not fit stands under its line, or under the second column of it."""
    for row in wrapped(words, columns(), 2):
        click.echo(row)


def _print(shown: RenderableType) -> None:
    """Print what `rich` lays out, without blanks at the ends of lines."""
    if sys.stdout.isatty():
        terminal.console(width=columns()).print(shown)
        return
    from rich.console import Console

    console = Console(file=io.StringIO(), width=columns(), highlight=False, markup=False, color_system=None)
    console.print(shown)
    for line in console.file.getvalue().splitlines():  # type: ignore[attr-defined]
        click.echo(line.rstrip())


def bar() -> Progress:
    """Return a progress bar on standard error; it shows nothing where that is no terminal."""
    from rich.progress import Progress

    console = terminal.console(stderr=True)
    return Progress(console=console, transient=True, redirect_stdout=False, disable=not sys.stderr.isatty())


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{n} {word}" for word, n in counts.items()) or "none"
