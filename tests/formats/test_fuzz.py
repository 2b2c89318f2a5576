"""Damaged files of every format: a map or an ArgmapError, nothing else, and no waiting for it."""

from __future__ import annotations

import copy
import json
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap import formats
from argmap.findings import ArgmapError
from argmap.formats import FORMATS, Format
from tests.formats.test_formats import DEBATE

by_name = attrgetter("name")
READ = [format_name for format_name in FORMATS if format_name.reads]
SAMPLES = Path(__file__).with_name("samples")
"""A good file of each format that is only read, called by the name of the format."""
ODD_VALUES = [
    None,
    True,
    -1,
    0,
    1.5,
    10**30,
    "",
    "x",
    "a b",
    "\ud83d",
    "\x00",
    [],
    {},
    [[]],
    {"a": {}},
    "1",
    [None],
    {"": None},
]
ODD_PIECES = [
    '"',
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "&",
    "\n",
    "\t",
    "\x00",
    "\ufeff",
    ":",
    "- ",
    "#",
    "|",
    "'",
    "\\",
    "&#0;",
    "é",
    "1.",
]


@cache
def sample(name: str) -> str:
    """A good file of a format."""
    format_name = formats.named(name)
    if format_name.writes:
        return formats.encode(DEBATE, format_name).text
    return (SAMPLES / f"{name}{format_name.suffixes[0]}").read_text("utf-8")


OPTIONS = {"keep_dialogue": True, "columns": {"text": "note"}}


def read_and_write(text: str, format_name: Format) -> None:
    """Read a file, with and without what its reader may keep, and write what could be read, to its own format and to ours."""
    for options in ({}, {name: OPTIONS[name] for name in format_name.options}) if format_name.options else ({},):
        try:
            reading = formats.examine_text(text, format_name.name, **options)
        except ArgmapError:
            return
        for name in {format_name.name, "json", *(("aif", "xaif") if options else ())}:
            if formats.named(name).writes:
                formats.encode(reading.map, formats.named(name))


@pytest.mark.parametrize("format_name", READ, ids=by_name)
@settings(max_examples=25)
@given(data=st.data())
def test_damaged_text(format_name: Format, data: st.DataObject) -> None:
    """Text with parts cut out, doubled, moved or strange is read as far as it goes, or refused."""
    text = sample(format_name.name)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.sampled_from([0, 1, 2, 10, 100])))
        new = data.draw(st.sampled_from(ODD_PIECES) | st.just(text[start:end] * 2) | st.just("") | st.text(max_size=5))
        text = text[:start] + new + text[end:]
    read_and_write(text, format_name)


JSON = [format_name for format_name in READ if sample(format_name.name)[0] in "{["]


@pytest.mark.parametrize("format_name", JSON, ids=by_name)
@settings(max_examples=40)
@given(data=st.data())
def test_damaged_json(format_name: Format, data: st.DataObject) -> None:
    """So is JSON whose values are of other types, missing, there twice or somewhere else."""
    value = json.loads(sample(format_name.name))
    for _ in range(data.draw(st.integers(1, 4))):
        value = _damaged(value, data)
    read_and_write(json.dumps(value), format_name)


def _damaged(value: Any, data: st.DataObject) -> Any:
    """`value` with one thing in it, anywhere, replaced, left out or doubled."""
    value = copy.deepcopy(value)
    spots = [(None, None)]
    queue = [value]
    for item in queue:
        keys = list(item) if isinstance(item, dict) else range(len(item)) if isinstance(item, list) else ()
        spots += [(item, key) for key in keys]
        queue += [item[key] for key in keys]
    inside, key = data.draw(st.sampled_from(spots))
    if inside is None:
        return data.draw(st.sampled_from(ODD_VALUES)) if data.draw(st.integers(0, 20)) == 0 else value
    match data.draw(st.sampled_from(["replace", "replace", "drop", "double", "rename"])):
        case "drop":
            del inside[key]
        case "double" if isinstance(inside, list):
            inside.append(copy.deepcopy(inside[key]))
        case "rename" if isinstance(inside, dict):
            inside[data.draw(st.sampled_from(["id", "type", "text", "x"]))] = inside.pop(key)
        case _:
            other, place = data.draw(st.sampled_from(spots))
            inside[key] = data.draw(st.sampled_from(ODD_VALUES)) if other is None else copy.deepcopy(other[place])
    return value


@pytest.mark.parametrize("format_name", READ, ids=by_name)
def test_large_and_deep(format_name: Format) -> None:
    """Size and depth are no way to hang a reader or to make it fall over."""
    for text in (
        "[" * 200_000,
        '{"nodes":[' * 50_000,
        "<a>" * 100_000,
        "- " * 100_000,
        "x" * 3_000_000,
        "1.1. a\n" * 50_000,
        "(" * 100_000,
    ):
        read_and_write(text, format_name)


@pytest.mark.parametrize("format_name", READ, ids=by_name)
def test_too_large_a_file_is_refused(format_name: Format, tmp_path, monkeypatch) -> None:
    """A file over the limit is refused before it is read whole."""
    monkeypatch.setattr("argmap.text_file.MAX_BYTES", 1000)
    path = tmp_path / f"large{format_name.suffixes[0]}"
    path.write_text(" " * 2000)
    with pytest.raises(ArgmapError, match="larger than"):
        formats.read(path, format_name.name)
