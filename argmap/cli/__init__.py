"""The command line: `group` holds the commands, `commands` declares them, and the modules beside do what they ask.

Exit codes: 0 done; 1 findings (`check`), losses (`convert --strict`) or differences (`diff --exit-code`); 2 bad
arguments or an unreadable file, even where the rest was done without it (`report`, and `convert` or `stats` of a folder).
Errors are lines on standard error, never a traceback. `-` is standard input or output. Each command imports what it
needs, so that `--help` is fast.
"""

from __future__ import annotations

from argmap.cli.group import main

__all__ = ["main"]

from argmap.cli import commands  # noqa: F401  # they add themselves to the group
