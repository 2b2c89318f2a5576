"""The edits that the page can ask for: a table of names, each a function from a value to a changed value.

    {"do": "change", "claim": "a", "fields": {"kind": "fact"}}   →   change(map_, claim="a", fields={…})

Arguments come from a browser, so pydantic checks them by the type hints. Spans count code points. A relation is named by
its number in the file, since two may have the same ends.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from pydantic import validate_call

from argmap.editor.operations import alignment, claims, codebook, relations
from argmap.model import Alignment, Codebook, Map


@cache
def _checked(function: Callable[..., Any]) -> Callable[..., Any]:
    return validate_call(function)


_ON: dict[type[Any] | tuple[type[Any], ...], tuple[Callable[..., Any], ...]] = {
    Map: (
        *(claims.mark, claims.premise, claims.change, claims.accept, claims.reject, claims.drop, claims.rename),
        *(claims.unquote, claims.thesis, claims.set_aside, claims.take_back, claims.about_source, claims.add_speaker),
        *(relations.connect, relations.accept_relation, relations.change_relation),
        *(relations.unlink, relations.drop_relation),
    ),
    (Map, Codebook): (
        *(codebook.add_issue, codebook.change_issue, codebook.drop_issue, codebook.move_issue),
        *(codebook.add_position, codebook.change_position, codebook.drop_position, codebook.move_position),
    ),
    Alignment: (alignment.pair, alignment.unpair, alignment.none_of, alignment.passed_over),
}
OPERATIONS = {function.__name__: (kinds, function) for kinds, functions in _ON.items() for function in functions}


def perform(value: Map | Codebook | Alignment, do: str, arguments: dict[str, Any]) -> Map | Codebook | Alignment:
    """Make an edit, one of `OPERATIONS`, with its arguments as they came from the page; return the changed value.

    Raise ValueError, KeyError or IndexError if the edit does not exist, does not fit the file, or names what is not
    there.
    """
    kinds, function = OPERATIONS.get(do, ((), None))
    if function is None or not isinstance(value, kinds):
        raise ValueError(f"there is no edit {do!r} of this file")
    changed: Map | Codebook | Alignment = _checked(function)(value, **arguments)
    return changed
