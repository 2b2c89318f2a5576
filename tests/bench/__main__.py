"""All timings, one after another: `make bench`. Ratios are measured within one run; absolute times are this machine's."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path


def main() -> None:
    """Run each bench of this folder that has a `main`, or those named."""
    folder = Path(__file__).parent
    wanted = sys.argv[1:]
    for module in pkgutil.iter_modules([str(folder)]):
        if module.name.startswith("_") or (wanted and module.name not in wanted):
            continue
        bench = importlib.import_module(f"tests.bench.{module.name}")
        if hasattr(bench, "main"):
            print(f"── {module.name}: {(bench.__doc__ or '').splitlines()[0]}", flush=True)
            sys.argv[1:] = []
            bench.main()
            print(flush=True)


if __name__ == "__main__":
    main()
