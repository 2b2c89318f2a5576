"""The manual page, from the help of the commands: `argmap man > argmap.1`."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from argmap.version import __version__


def manual(group: click.Group) -> str:
    """Write the manual page of all commands that help lists, in the language of `man`, roff."""
    return "\n".join(_lines(group)) + "\n"


def _lines(group: click.Group) -> Iterator[str]:
    about = group.help or ""
    yield f'.TH ARGMAP 1 "" "argmap {__version__}" "User commands"'
    yield from (".SH NAME", f"argmap \\- {_roff(about.rstrip('.')[:1].lower() + about.rstrip('.')[1:])}")
    yield from (".SH SYNOPSIS", ".B argmap", "COMMAND [OPTIONS] [ARGUMENTS]", ".SH COMMANDS")
    for name, command in group.commands.items():
        if command.hidden:
            continue
        context = click.Context(command, info_name=f"argmap {name}")
        yield f".SS {_roff(' '.join([name, *command.collect_usage_pieces(context)]))}"
        for paragraph in re.split(r"\n\s*\n", (command.help or "").strip()):
            yield from (_roff(" ".join(paragraph.split())), ".PP")
        for parameter in command.get_params(context):
            record = parameter.get_help_record(context)
            if record and record[1]:  # arguments have no help of their own
                yield from (".TP", f".B {_roff(record[0])}", _roff(" ".join(record[1].split())))
    yield from (".SH EXIT STATUS", ".TP", ".B 0", "done")
    yield from (".TP", ".B 1", "findings, losses (convert \\-\\-strict) or differences (diff \\-\\-exit\\-code)")
    yield from (".TP", ".B 2", "bad arguments or an unreadable file")
    yield from (".SH ENVIRONMENT", ".TP", ".B COLUMNS", "width of the output; 100 in a pipe")


def _roff(text: str) -> str:
    r"""Write a line of words for `man`.

    >>> print(_roff("--format [a|b]: it's `.yaml`, C:\\x"))
    \-\-format [a|b]: it's `.yaml`, C:\ex
    >>> print(_roff(".hidden"))
    \&.hidden
    """
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
