"""argmap maps the arguments of texts, anchored to their exact words, draws them, and diffs positions.

    >>> import argmap
    >>> before, after = argmap.load("maps/1996.yaml"), argmap.load("maps/2005.yaml")
    >>> diff = argmap.compare(before, after, argmap.load_alignment("maps/1996-2005.yaml"))
    >>> [f"{shift.issue} {shift.steps:+d}" for shift in diff.shifts if shift.steps][:3]
    ['alliance +1', 'roles +1', 'training +1']

Each name is loaded when it is used first, so `import argmap` is cheap.
"""

from __future__ import annotations

from argmap.provided import provide
from argmap.version import __version__ as __version__

TYPE_CHECKING = False  # type checkers read it as true; importing `typing` would cost more than all the rest
if TYPE_CHECKING:
    from typing import Any

    from argmap.anchor import locate as locate
    from argmap.diagram import draw as draw
    from argmap.diff import agreement as agreement
    from argmap.diff import align as align
    from argmap.diff import apply as apply
    from argmap.diff import compare as compare
    from argmap.diff import score as score
    from argmap.diff import timeline as timeline
    from argmap.diff.arguments import compare_arguments as compare_arguments
    from argmap.diff.merges import merge as merge
    from argmap.diff.model import Change as Change
    from argmap.diff.model import Diff as Diff
    from argmap.diff.model import Shift as Shift
    from argmap.diff.model import Timeline as Timeline
    from argmap.drafting import draft as draft
    from argmap.findings import ArgmapError as ArgmapError
    from argmap.findings import Finding as Finding
    from argmap.formats import Loss as Loss
    from argmap.formats import Reading as Reading
    from argmap.formats import examine as examine
    from argmap.formats import read as read
    from argmap.formats import write as write
    from argmap.model import Alignment as Alignment
    from argmap.model import Attack as Attack
    from argmap.model import Claim as Claim
    from argmap.model import Codebook as Codebook
    from argmap.model import Correspondence as Correspondence
    from argmap.model import Issue as Issue
    from argmap.model import Map as Map
    from argmap.model import Passage as Passage
    from argmap.model import Position as Position
    from argmap.model import Quote as Quote
    from argmap.model import Rephrase as Rephrase
    from argmap.model import Source as Source
    from argmap.model import Span as Span
    from argmap.model import Speaker as Speaker
    from argmap.model import Support as Support
    from argmap.page import report as report
    from argmap.project import init as init
    from argmap.rules import check as check
    from argmap.schemas import schema as schema
    from argmap.semantics import Evaluation as Evaluation
    from argmap.semantics import evaluate as evaluate
    from argmap.stats import survey as survey
    from argmap.store import load as load
    from argmap.store import load_alignment as load_alignment
    from argmap.store import load_codebook as load_codebook
    from argmap.store import save as save

_NAMES = {
    "anchor": ("locate",),
    "diagram": ("draw",),
    "diff": ("agreement", "align", "apply", "compare", "score", "timeline"),
    "diff.arguments": ("compare_arguments",),
    "diff.merges": ("merge",),
    "diff.model": ("Change", "Diff", "Shift", "Timeline"),
    "drafting": ("draft",),
    "findings": ("ArgmapError", "Finding"),
    "formats": ("Loss", "Reading", "examine", "read", "write"),
    "model": (
        "Alignment",
        "Attack",
        "Claim",
        "Codebook",
        "Correspondence",
        "Issue",
        "Map",
        "Passage",
        "Position",
        "Quote",
        "Rephrase",
        "Source",
        "Span",
        "Speaker",
        "Support",
    ),
    "page": ("report",),
    "project": ("init",),
    "rules": ("check",),
    "schemas": ("schema",),
    "semantics": ("Evaluation", "evaluate"),
    "stats": ("survey",),
    "store": ("load", "load_alignment", "load_codebook", "save"),
}
_ROOM_OF = {name: room for room, names in _NAMES.items() for name in names}
_ROOMS = ("edits", "graph", "schemes", "sentences", *(room for room in _NAMES if "." not in room))
"""Rooms that hold more than the names above, such as `argmap.graph.roles`."""

__all__ = sorted(["__version__", *_ROOM_OF])


def _picture_formats() -> Any:
    from argmap.picture_formats import FORMATS

    return FORMATS


def _draw() -> Any:
    from argmap.diagram import draw

    return draw


def _frames(value: Any, of: str | None) -> Any:
    from argmap.diff.frames import to_pandas

    return to_pandas(value, of)


provide("formats", _picture_formats)
provide("frames", lambda: _frames)
provide("picture", _draw)


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in _ROOMS:
        return import_module(f"argmap.{name}")
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'argmap' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"argmap.{_ROOM_OF[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*__all__, *_ROOMS})
