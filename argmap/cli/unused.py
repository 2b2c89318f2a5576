"""Refuse options that a command would ignore, in one line that names the right thing.

Each rule looks at the options that the user gave; a default is never ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from argmap.cli import output
from argmap.findings import ArgmapError


def refuse_empty(arguments: Sequence[str]) -> None:
    """Refuse an empty argument, which would mean the folder at hand."""
    for before, argument in zip(("", *arguments), arguments, strict=False):
        if argument == "" or (argument.startswith("--") and argument.endswith("=")):
            name = argument.rstrip("=") or (before if before.startswith("-") else "")
            what = f"{name} is empty" if name else "an argument is empty"
            raise ArgmapError(f"{what}; name a file, or leave it out")


def refuse(context: click.Context) -> None:
    """Refuse what the command would ignore, with the reason, and what to do."""
    given = {
        name: value
        for name, value in context.params.items()
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    }
    for rule in RULES:
        problem = rule(str(context.command.name), given, context.params)
        if problem:
            raise ArgmapError(problem)


def _dash(command: str, given: dict[str, Any], _: dict[str, Any]) -> str | None:
    if command in ("align", "report", "init") and str(given.get("out", "")) == "-":
        kind = "a file, which is reviewed and used later" if command == "align" else "a folder"
        return f"`argmap {command}` writes {kind}: name it with -o"
    return None


def _printed(_command: str, given: dict[str, Any], params: dict[str, Any]) -> str | None:
    for option in ("explain", "sensitivity"):
        if params.get(option) and "out" in given and str(given["out"]) != "-":
            return f"--{option} is printed, not written: leave out -o, and send the output to a file with `>`"
    if params.get("agreement") and output.is_picture(given.get("out")) and given["out"].suffix != ".txt":
        return f"--agreement is no picture: name a .md or .json file instead of {given['out']}"
    return None


def _form(_command: str, given: dict[str, Any], _: dict[str, Any]) -> str | None:
    out: Path | None = given.get("out")
    if "style" not in given or not isinstance(out, Path) or str(out) == "-":
        return None
    meant = output.STYLE_OF_SUFFIX.get(out.suffix)
    if meant and meant != given["style"]:
        return f"{out} ends in {out.suffix}, and --format is {given['style']}: leave out --format, or rename the file"
    if out.suffix[1:].lower() in output.PICTURES and not meant:
        return f"{out} is a picture, and --format {given['style']} is none: leave out --format, or rename the file"
    return None


def _looks(command: str, given: dict[str, Any], params: dict[str, Any]) -> str | None:
    """Options of a picture need a picture."""
    out: Path | None = params.get("out")
    if command in ("diff", "timeline") and not output.is_picture(out):
        for option in ("picture", "theme", "dpi"):
            if option in given:
                return f"--{option} is for a picture: name one with -o, such as -o {given.get('picture', command)}.svg"
    if command in ("draw", "diff", "timeline") and "dpi" in given and (out is None or out.suffix.lower() != ".png"):
        return "--dpi is the resolution of a PNG: name one with -o"
    return None


def _port(command: str, given: dict[str, Any], params: dict[str, Any]) -> str | None:
    return "--port is for --watch: add it" if command == "report" and "port" in given and not params["watch"] else None


def _jobs(command: str, given: dict[str, Any], params: dict[str, Any]) -> str | None:
    """Only folders are worth several processes."""
    paths = params.get("paths") or params.get("maps") or (params.get("source", ""),)
    if command in ("check", "stats", "convert") and "jobs" in given and not any(Path(path).is_dir() for path in paths):
        return "--jobs is for folders, and none is named"
    return "--jobs and --by do not go together" if "jobs" in given and params.get("by") else None


def _pages(command: str, given: dict[str, Any], params: dict[str, Any]) -> str | None:
    """A report of one page and one of many have options of their own."""
    if command == "report" and "theme" in given and params["pages"] == "many":
        return "--theme is for the pictures beside one page, and pages have light and dark: leave it out"
    if command == "report" and "jobs" in given and params["pages"] == "one":
        return "--jobs is for many pages: leave it out"
    return None


RULES: tuple[Callable[[str, dict[str, Any], dict[str, Any]], str | None], ...] = (
    _dash,
    _printed,
    _form,
    _looks,
    _port,
    _jobs,
    _pages,
)
