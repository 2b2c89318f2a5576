"""The group of all commands: it turns every problem into a line and an exit code."""

from __future__ import annotations

from typing import Any

import click

from argmap.cli import replacing, terminal, unused
from argmap.version import __version__


class Command(click.Command):
    """A command that ignores none of its options."""

    def invoke(self, ctx: click.Context) -> Any:
        """Refuse options that would do nothing, and run."""
        unused.refuse(ctx)
        return super().invoke(ctx)


class Commands(click.Group):
    """The group of commands; it turns every problem into a line and an exit code."""

    command_class = Command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Refuse empty arguments before anything is made of them."""
        unused.refuse_empty(args[1:])
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line, with standard output and standard error made safe."""
        with terminal.shown():
            return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Print a user's problem in a line each, and exit with 2."""
        from argmap.findings import ArgmapError
        from argmap.remembered import reading_once

        try:
            with reading_once(), replacing.guarded(ctx):
                return super().invoke(ctx)
        except ArgmapError as problem:
            click.echo(problem, err=True)
            ctx.exit(2)

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, and list it with the first sentence of its help, never cut off."""
        paragraph = " ".join((cmd.help or "").partition("\n\n")[0].split())
        cmd.short_help = paragraph.partition(". ")[0].removesuffix(".")
        super().add_command(cmd, name)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click passes it
        """List the commands in the order of a day's work."""
        return list(self.commands)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="argmap %(version)s")
def main() -> None:
    """Map the arguments of texts, anchored to their exact words; draw them; diff positions."""
