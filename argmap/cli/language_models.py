"""Ask before a text is sent to a language model, and tell how the requests go and what of the answers was refused."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from argmap.findings import ArgmapError

if TYPE_CHECKING:
    from argmap.drafting.gate import Refused

SHOWN = 30
"""Refused things that are printed."""


def consent(what: str, model: object, *, yes: bool) -> None:
    """Say what a hosted model will get, and ask.

    Raises
    ------
    ArgmapError
        When the answer is no, or nobody is there to ask.
    """
    from argmap.drafting import models

    if not models.is_hosted(model):
        return
    where = f"{getattr(model, 'model_id', model)}, by the plugin {type(model).__module__.partition('.')[0]}"
    click.echo(f"This sends {what} to {where}; it may run on a machine of somebody else.", err=True)
    if yes:
        return
    if not sys.stdin.isatty():
        raise ArgmapError("nothing was sent; add --yes to send it without a question")
    if not click.confirm("Send it?", err=True):
        raise ArgmapError("nothing was sent")


def progress(n: int, count: int) -> None:
    """Tell which request is on its way, to a person who waits."""
    if sys.stderr.isatty():
        click.echo(f"request {n} of {count} …", err=True)


def tell_refused(refused: Sequence[Refused]) -> None:
    """List what of an answer did not enter, as far as it is worth a line."""
    for line in refused[:SHOWN]:
        click.echo(f"left out: {line}", err=True)
    if len(refused) > SHOWN:
        click.echo(f"… and {len(refused) - SHOWN} more left out", err=True)
