"""Start `argmap` and `python -m argmap`."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line. Print the version before importing anything else, since that is often asked for."""
    try:
        _run()
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        sys.exit(130)


def _run() -> None:
    if sys.argv[1:] == ["--version"]:
        from argmap.version import __version__

        with suppress(OSError, AttributeError):  # nobody reads it
            print(f"argmap {__version__}", flush=True)
        return
    # A short command must not start a thread for each core, nor look through all installed packages for plugins of pydantic.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Little of what a command makes is in circles, so look for those seldom.
    gc.set_threshold(500_000, 20, 20)
    atexit.register(gc.freeze)  # nor once more at the end
    from argmap.cli import main as commands

    commands(prog_name="argmap")


if __name__ == "__main__":
    main()
