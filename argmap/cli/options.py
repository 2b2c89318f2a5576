"""Options and arguments that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from argmap.cli import replacing
from argmap.text_tools import did_you_mean

PATH = click.Path(path_type=Path)


def _out(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--out` and `--force`."""
    kind = click.Path(path_type=Path, allow_dash=True)
    return click.option("-o", "--out", type=kind, help="Write to this file; `-` is standard output.")(
        replacing.FORCE(command)
    )


OUT = _out
THEME = click.option(
    "--theme",
    type=click.Choice(["light", "dark", "print"]),
    default="light",
    show_default=True,
    help="Set the colours.",
)
SEMANTIC = click.option(
    "--semantic", metavar="MODEL", help="Compare meaning with this sentence model, a folder or a package."
)
DOWNLOAD = click.option("--download", is_flag=True, help="Let --semantic download its model from the Hugging Face hub.")
DPI = click.option(
    "--dpi", type=click.IntRange(36, 1200), default=144, show_default=True, help="Set the resolution of a PNG."
)
FROM = click.option("--from", "read_as", metavar="FORMAT", help="Set the input format, if it cannot be detected.")
MAP = click.argument("map_", metavar="MAP")


def _columns(_context: click.Context, _option: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    """Split FIELD=HEADING."""
    columns = {}
    for pair in pairs:
        field, sign, heading = pair.partition("=")
        if not (field and sign and heading):
            raise click.BadParameter(f"{pair!r} is not FIELD=HEADING, such as text=Behauptung")
        columns[field] = heading
    return columns


def names(_context: click.Context, _option: click.Parameter, words: str | None) -> tuple[str, ...]:
    """Split WORD,WORD."""
    return tuple(filter(None, (word.strip() for word in (words or "").split(","))))


def by_option(words: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the option `--by`."""
    return click.option("--by", type=click.Choice(["speaker", "organisation"]), help=words)


COLUMN = click.option(
    "--column",
    "columns",
    metavar="FIELD=HEADING",
    multiple=True,
    callback=_columns,
    help="Name a column of a CSV file, such as text=Behauptung; may be repeated.",
)


class PictureName(click.ParamType):  # type: ignore[type-arg]  # generic only in newer versions of click
    """The name of a picture of a diff or a timeline; the names are looked up when they are needed."""

    name = "picture"

    @property
    def names(self) -> list[str]:
        """The names of all such pictures."""
        from argmap.diagram import all_pictures

        return [name for name, picture in all_pictures().items() if picture.draws != "map"]

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002  # click passes them
        """List the names in the help text."""
        return f"[{'|'.join(self.names)}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse a name that no picture has; only a name that was given needs the pictures to be looked up."""
        if param is not None and value == param.default:
            return value
        from argmap.diagram.pictures import SUCCESSORS, gone

        if value in SUCCESSORS:
            self.fail(f"{gone(value)}.", param, ctx)
        if value not in self.names:
            hint = did_you_mean(str(value), self.names, "", "'")
            self.fail(f"{value!r} is not one of {', '.join(self.names)}. {hint}".rstrip(), param, ctx)
        return value


def style_option(*styles: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the option `--format`, which sets how a command prints its result."""
    return click.option(
        "--format",
        "style",
        type=click.Choice(styles),
        default=styles[0],
        show_default=True,
        help="Set the form of the output.",
    )


YES = click.option("--yes", is_flag=True, help="Send texts to a hosted model without a question.")
ANSWER_SECONDS = click.option(
    "--seconds",
    type=click.FloatRange(1),
    default=300,
    show_default=True,
    help="Wait this long for one answer of --model.",
)
