"""The report: texts, maps and diff on one self-contained page.

argmap.page.report(folder, out)      read, check, compare, draw and write: `argmap report`; many texts get a page each
argmap.page.make(folder, theme)      the same in memory, with a list of unread files; `write(made, out)` writes it
argmap.page.watch(folder, out)       rebuild on every change and reload the open page: `argmap report --watch`
argmap.page.build(maps, diffs, …)    the page as text, from values
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from argmap.page.build_report import make as make
    from argmap.page.build_report import report as report
    from argmap.page.build_report import write as write
    from argmap.page.build_report import write_report as write_report
    from argmap.page.document import build as build
    from argmap.page.watching import watch as watch

_MODULE_OF = {
    "build": "document",
    "make": "build_report",
    "report": "build_report",
    "watch": "watching",
    "write": "build_report",
    "write_report": "build_report",
}

__all__ = sorted(_MODULE_OF)


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    return value
