"""Changes of a file can be undone in any order, as long as nobody touched the same bytes since."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.editor.history import FileHistory, OverlapError, between, version_of


@given(st.binary(max_size=30), st.binary(max_size=30))
def test_a_splice_turns_one_into_the_other_and_back(before: bytes, after: bytes) -> None:
    """Made and reversed, it gives the bytes exactly."""
    splice = between(before, after)
    assert splice.applied(before) == after
    assert splice.reversed().applied(after) == before


def undo(history: FileHistory, number: int) -> int:
    by = history.see(history.without(number))
    assert by is not None
    history.cancel(number, by)
    return by


def test_another_change_before_it_moves_the_place() -> None:
    """Undoing `b → X` after somebody wrote in front and behind leaves their words."""
    history = FileHistory(b"a b c")
    mine = history.see(b"a X c")
    history.see(b"some a X c")
    history.see(b"some a X c, d")
    assert mine is not None
    assert history.without(mine) == b"some a b c, d"


def test_a_later_change_of_the_same_bytes_is_kept() -> None:
    """Undoing would lose it, so it is refused; once it is undone itself, the first can be."""
    history = FileHistory(b"a b c")
    history.see(b"a X c")
    history.see(b"a Y c")
    with pytest.raises(OverlapError):
        history.without(0)
    undo(history, 1)
    undo(history, 0)
    assert history.data == b"a b c"


@given(st.lists(st.binary(max_size=12), min_size=1, max_size=8), st.data())
def test_undoing_and_redoing_everything_gives_the_bytes_as_they_were(states: list[bytes], data: st.DataObject) -> None:
    """Also when somebody else writes at the end meanwhile, and with redo in between."""
    history = FileHistory(states[0])
    done = [number for state in states[1:] if (number := history.see(state)) is not None]
    last = history.data
    undone = []
    for number in reversed(done):
        undone.append((number, undo(history, number)))
        if data.draw(st.booleans()):
            again, by = undone.pop()
            history.cancel(by, history.see(history.without(by)) or 0)
            undone.append((again, undo(history, again)))
    assert history.data == states[0]
    for _, by in reversed(undone):
        number = history.see(history.without(by))
        assert number is not None
        history.cancel(by, number)
    assert history.data == last


@given(st.lists(st.binary(max_size=12), max_size=8))
def test_every_earlier_state_is_known_by_its_version(states: list[bytes]) -> None:
    """A page may be many versions behind."""
    history = FileHistory(b"")
    for state in states:
        history.see(state)
    for state in states:
        assert history.at(version_of(state)) == state
    assert history.at("never seen") is None
