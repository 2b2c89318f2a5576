"""Edits of the questions of a codebook and their scales; also of those that a map holds itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, TypeVar

from argmap.drafting import claim_id_of
from argmap.ids import FreeNames
from argmap.model import Codebook, Issue, Map, Position, replace

Book = TypeVar("Book", Map, Codebook)


def add_issue(book: Book, question: str, label: str | None = None) -> Book:
    """Add a question."""
    key = _key(label or question, book.issues)
    return _with_issues(book, {**book.issues, key: Issue(question=question, label=label or None)})


def change_issue(book: Book, issue: str, fields: dict[Literal["question", "label", "sentence", "note"], str]) -> Book:
    """Change the words of a question."""
    values: dict[str, Any] = {name: value if name == "question" else value or None for name, value in fields.items()}
    return _with_issues(book, {**book.issues, issue: replace(book.issues[issue], **values)})


def drop_issue(book: Book, issue: str) -> Book:
    """Drop a question; `check` names claims that still speak to it."""
    return _with_issues(book, {key: each for key, each in book.issues.items() if key != issue})


def move_issue(book: Book, issue: str, to: int) -> Book:
    """Move a question to another place; the first is the headline."""
    return _with_issues(book, _moved(book.issues, issue, to))


def add_position(book: Book, issue: str, label: str) -> Book:
    """Add a position at the end of a scale."""
    scale = book.issues[issue].scale
    return _with_scale(book, issue, {**scale, _key(label, scale): Position(label=label)})


def change_position(book: Book, issue: str, position: str, label: str) -> Book:
    """Change the words of a position."""
    scale = book.issues[issue].scale
    return _with_scale(book, issue, {**scale, position: replace(scale[position], label=label)})


def drop_position(book: Book, issue: str, position: str) -> Book:
    """Drop a position; `check` names claims that still take it."""
    scale = book.issues[issue].scale
    return _with_scale(book, issue, {key: each for key, each in scale.items() if key != position})


def move_position(book: Book, issue: str, position: str, to: int) -> Book:
    """Move a position along its scale."""
    return _with_scale(book, issue, _moved(book.issues[issue].scale, position, to))


def _with_issues(book: Book, issues: dict[str, Issue]) -> Book:
    if isinstance(book, Map) and book.codebook is not None:
        raise ValueError(f"the questions of this map stand in {book.codebook}")
    return replace(book, issues=issues)


def _with_scale(book: Book, issue: str, scale: dict[str, Position]) -> Book:
    return _with_issues(book, {**book.issues, issue: replace(book.issues[issue], scale=scale)})


def _key(words: str, taken: Iterable[str]) -> str:
    return FreeNames(taken).name(claim_id_of(words) or "item", "-")


def _moved(entries: dict[str, Any], key: str, to: int) -> dict[str, Any]:
    order = [each for each in entries if each != key]
    order.insert(max(to, 0), key)
    return {each: entries[each] for each in order}
