"""A rule is a function that checks one thing, with a page of documentation.

A rule sees the model only and names what it found by a path into it; `check` knows the file and adds the place.
The docstring is the page: the first line names the problem, then comes why it is one, then an example.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from argmap.findings import Path, Severity

T = TypeVar("T")


class Problem(NamedTuple):
    """A problem found by a rule, with its place and a way out."""

    message: str
    at: Path
    hint: str | None = None
    key: bool = False
    """The problem is about the key at the path, not its value; for a claim as a whole."""


@dataclass(frozen=True)
class Rule(Generic[T]):
    """One thing that `check` looks for."""

    name: str
    severity: Severity
    page: str
    """The problem, why it is one, and an example."""
    find: Callable[[T], Iterable[Problem]]
    optional: bool = False
    """Report it only if it is selected by name."""

    @property
    def summary(self) -> str:
        """Return the problem in one sentence."""
        return self.page.strip().splitlines()[0]


def rule(
    name: str, severity: Severity, *, optional: bool = False
) -> Callable[[Callable[[T], Iterable[Problem]]], Rule[T]]:
    """Make a rule of a function; the function's docstring is the rule's page."""

    def made(find: Callable[[T], Iterable[Problem]]) -> Rule[T]:
        return Rule(name, severity, find.__doc__ or "", find, optional)

    return made
