"""Mend what needs no judgement: quotes that miss the text's words by a slip, and missing hashes.

A slip is mended with the words of the text. A quote that differs in substance (a negation, a figure, a name) is left to
a person, since the claim may rest on the misreading:

    "the greatest good"          the text has "the greater good"           mended
    "funded plan"                the text has "unfunded plan"              mended: the whole words
    "the plan is funded"         the text has "the plan is not funded"     left, and named
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argmap import store, text_file
from argmap.anchor import Ambiguous, Anchored, Missing, locate, selector, widened
from argmap.findings import ArgmapError, Finding, brief
from argmap.findings import Path as Way
from argmap.model import Map, Quote, Source, Span
from argmap.rules.examined import Examined, Looked
from argmap.rules.listed import SUFFIXES
from argmap.sentences import compare_substance
from argmap.store import Document

LIKE = 0.7
"""Least similarity of the nearest words to a quote that are taken for what was meant."""


@dataclass(frozen=True)
class Mended:
    """A map with its slips mended, and what was done."""

    map: Map
    changes: tuple[Finding, ...]
    """Each change, with its place in the file as it was."""
    left: tuple[Finding, ...]
    """Quotes that a person must mend."""


def fix(*what: str | os.PathLike[str]) -> tuple[Finding, ...]:
    """Mend the maps of given files and folders, and save them: misquotes by their nearest words, and missing hashes.

    Parameters
    ----------
    *what : str or PathLike
        Files and folders; only argmap's own maps in files are changed.

    Returns
    -------
    tuple of Finding
        `fixed` for each change, with its place before the change, and `not-fixed` for each quote left to a person.

    Raises
    ------
    ArgmapError
        When a file cannot be written.
    """
    found: list[Finding] = []
    for item in what:
        path = Path(item)
        for file in text_file.files_in(path) if text_file.is_folder(path) else [path]:
            try:
                is_ours = file.suffix.lower() in SUFFIXES and text_file.is_file(file)
                document = store.open_any(file) if is_ours else None
            except ArgmapError:
                continue  # `check` says why
            if document is not None and isinstance(document.value, Map):
                result = mended(document)
                if result.changes:
                    store.save(result.map, file)
                found += [*result.changes, *result.left]
    return tuple(found)


def mended(document: Document[Map]) -> Mended:
    """Mend the quotes and fill in the hashes of a map. Nothing is written; `argmap.save` writes the map."""
    map_ = document.value
    data: dict[str | int, Any] = {}
    changes: list[Finding] = []
    left: list[Finding] = []
    for looked in Examined(map_).quotes:
        source = map_.sources[looked.source]
        found = _meant(looked, source)
        if found is None:
            continue
        place = document.place((*looked.path, "exact"))
        if isinstance(found, str):
            message = f'"{brief(looked.quote.exact)}" is left as it is: {found}.'
            left.append(Finding("not-fixed", "note", message, place))
            continue
        _put(data, looked.path, found)
        message = f'"{brief(looked.quote.exact, 100)}" is now "{brief(found.exact, 100)}".'
        changes.append(Finding("fixed", "note", message, place))
    for source_id, source in map_.sources.items():
        if source.path is not None and source.sha256 is None and source.text is not None:
            _put(data, ("sources", source_id, "sha256"), source.digest)
            message = f"{source_id} has its hash now."
            changes.append(Finding("fixed", "note", message, document.place(("sources", source_id), key=True)))
    return Mended(_changed(map_, data), tuple(sorted(changes, key=store.in_order)), tuple(left))


def _meant(looked: Looked, source: Source) -> Quote | str | None:
    """Return the quote that was meant, the reason why it cannot be told, or None for a quote that holds."""
    text, quote, anchor = source.text or "", looked.quote, looked.anchor
    if isinstance(anchor, Ambiguous) or (isinstance(anchor, Anchored) and anchor.whole) or looked.of == "passage":
        return None
    if isinstance(anchor, Anchored):
        return _selected(text, widened(text, anchor.span), quote)
    if not isinstance(anchor, Missing) or anchor.nearest is None or anchor.score == 1 or anchor.score < LIKE:
        return None
    span = widened(text, anchor.nearest)
    words = text[span.start : span.end]
    difference = compare_substance(quote.exact, words, source.language)
    if difference.verdict == "differs":
        signals = ", ".join(signal.text for signal in difference.signals)
        return f'the text says something else, "{brief(words, 100)}" ({signals})'
    return _selected(text, span, quote)


def _selected(text: str, span: Span, old: Quote) -> Quote | None:
    """Return a quote of a place; on one line if it is found so, too."""
    try:
        exact = selector(text, span, old.source)
    except ValueError:
        return None
    flat = exact.model_copy(update={"exact": " ".join(exact.exact.split())})
    at = locate(Source(text=text), flat)
    return flat if isinstance(at, Anchored) and at.span == span else exact


def _put(data: dict[str | int, Any], path: Way, value: Any) -> None:
    for step in path[:-1]:
        data = data.setdefault(step, {})
    data[path[-1]] = value


def _changed(value: Any, changes: Any) -> Any:
    """Return a value of the model with other values at some paths."""
    if not isinstance(changes, dict):
        return changes
    if isinstance(value, tuple):
        return tuple(_changed(item, changes[n]) if n in changes else item for n, item in enumerate(value))
    if isinstance(value, dict):
        return type(value)(
            {key: _changed(item, changes[key]) if key in changes else item for key, item in value.items()}
        )
    return value.model_copy(update={name: _changed(getattr(value, name), change) for name, change in changes.items()})
