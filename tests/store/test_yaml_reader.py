"""YAML that is plain is built in one pass, and everything else from its nodes: both give the same data."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from argmap.store import yaml_reader
from argmap.store.yaml_reader import Reading, _construct, _Nodes, _plain, _UnevenError, read

PIECES = ["a", "b", "no", "12", "0.5", " ", "  ", "\n", "\n  ", "- ", ": ", "? ", "{", "}", "[", "]", ",", "'", '"']
PIECES += ["&x ", "*x", "!t ", "! ", "!!str ", "#", "|\n", ">\n", "---\n", "...\n", "~", "\t", "%", "\ufeff"]
UNEVEN = [
    "a: &x 1",
    "a: &x 1\nb: *x",
    "a: !!str 1",
    "a: 1\na: 2",
    "? [a]\n: 1",
    "a: 1\n---\nb: 2",
    "[" * 120 + "]" * 120,
]


def slowly(text: str) -> object:
    """Build the data of a text from its nodes."""
    reading = Reading(text, "", None, lambda: None)
    root = yaml.compose(text, Loader=_Nodes)
    return _construct(root, reading) if root else None


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_both_ways_build_the_same(text: str) -> None:
    """What is built in one pass is what the nodes say; what cannot be built so is refused, and never built wrongly."""
    try:
        fast = _plain(text)
    except (_UnevenError, yaml.YAMLError):
        return
    assert repr(fast) == repr(slowly(text))


@pytest.mark.parametrize("text", UNEVEN)
def test_what_is_not_plain_is_left_to_the_nodes(text: str) -> None:
    """Anchors, aliases, tags, keys there twice, keys that are lists, second documents and deep nesting are no plain data."""
    with pytest.raises(_UnevenError):
        _plain(text)


def test_a_plain_file_keeps_no_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nodes are made when a place is asked for, and once."""
    composed = []
    compose = yaml.compose
    monkeypatch.setattr(yaml, "compose", lambda *given, **more: composed.append(1) or compose(*given, **more))
    reading = read("a:\n  b: 1\n", "f.yaml")
    assert reading.data == {"a": {"b": 1}}
    assert not composed
    assert [str(reading.places.of(("a", "b"), key=key)) for key in (True, False)] == ["f.yaml:2:3", "f.yaml:2:6"]
    assert composed == [1]


def test_the_limit_of_keys_and_values_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text with as many values as allowed is built in one pass; one more leads to the refusal."""
    monkeypatch.setattr(yaml_reader, "MAX_NODES", 7)
    assert _plain("a: [1, 2]\nb: 3") == {"a": [1, 2], "b": 3}
    with pytest.raises(_UnevenError):
        _plain("a: [1, 2]\nb: [3]")
