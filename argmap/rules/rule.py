"""What a rule is: a function that looks at one thing, with its page of documentation.

A rule sees the model only and names what it found by a path into it; `check` knows the file and adds the place.
Its docstring is its page: the first line says what it finds, then why that is bad, then an example.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from argmap.findings import Path, Severity

T = TypeVar("T")


class Problem(NamedTuple):
    """What a rule found, where, and the way out."""

    message: str
    at: Path
    hint: str | None = None
    key: bool = False
    """Whether the key at the path is meant rather than its value: what is said of a claim as a whole."""


@dataclass(frozen=True)
class Rule(Generic[T]):
    """One thing that `check` looks for."""

    name: str
    severity: Severity
    page: str
    """What it finds, why that is bad, and an example."""
    find: Callable[[T], Iterable[Problem]]

    @property
    def summary(self) -> str:
        """What it finds, in one sentence."""
        return self.page.strip().splitlines()[0]


def rule(name: str, severity: Severity) -> Callable[[Callable[[T], Iterable[Problem]]], Rule[T]]:
    """Make a rule of a function; the function's docstring is the rule's page."""

    def made(find: Callable[[T], Iterable[Problem]]) -> Rule[T]:
        return Rule(name, severity, find.__doc__ or "", find)

    return made
