"""Ask the rules about files, folders and maps, and give each problem its place.

    file ─ store ─► map ─► rules ─► problems ─ places of the file ─► findings

A file of another format is read by its reader, whose findings come first; rules that the format cannot meet are left out.
The files of a folder are checked by several processes, and their findings come in the order of the files.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeGuard, TypeVar

from argmap import engine, formats, remembered, store, text_file
from argmap.findings import ArgmapError, Finding, Place
from argmap.findings import Path as Way
from argmap.folders import map_files
from argmap.formats.common.format import Content, Format, content_of
from argmap.memory import without_collection
from argmap.model import Alignment, Codebook, Map
from argmap.rules.examined import Examined
from argmap.rules.listed import (
    ABOUT_FOREIGN,
    ALIGNMENT_RULES,
    CODEBOOK_RULES,
    MAP_RULES,
    OF_OUR_FILES,
    OPTIONAL,
    RULES,
    SUFFIXES,
)
from argmap.rules.rule import Rule
from argmap.rules.selection import selected
from argmap.rules.shared import Aligned
from argmap.rules.structure import dangling_reference, no_thesis, unknown_issue, unknown_position, unknown_speaker
from argmap.store import Document

What = str | os.PathLike[str] | Content | Document[Any] | Map
T = TypeVar("T")


@remembered.reading_once()
def check(*what: What, **settings: Any) -> tuple[Finding, ...]:
    """Return the findings of the given files and maps; see `check_each` for the arguments and errors.

    Returns
    -------
    tuple of Finding
        File by file, from top to bottom; empty when there is no problem.
    """
    return tuple(check_each(*what, **settings))


def check_each(
    *what: What,
    format: str | None = None,  # noqa: A002 - as on the command line
    columns: Mapping[str, str] | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Finding]:
    """Yield the findings of the given files and maps, those of a folder as they come.

    Parameters
    ----------
    *what : str, PathLike, Content, Document or Map
        Maps in any format, codebooks and alignments: files, pipes, folders with all folders inside, texts without a
        file, open documents, or a `Map`. The place of a finding in a `Map` is its path in the map.
    format : str, optional
        Name of the format, one of `argmap formats`, if it cannot be detected. In a folder it applies to files with an
        ending of the format, except argmap's own.
    columns : mapping of str to str, optional
        Headings of CSV files by the field they stand for: `{"text": "Behauptung"}`.
    select : collection of str, optional
        Report these rules only, by name. By default all but the optional ones. What is wrong with a file itself is always
        reported.
    ignore : collection of str, optional
        Leave out these rules. A project ignores rules in some files through its `argmap.toml`.

    jobs : int, optional
        Number of processes for the files of a folder. With more than one, a script has to call this under
        `if __name__ == "__main__":`.
    progress : callable, optional
        Called after each file of a folder with the number of files done and of all.

    Yields
    ------
    Finding
        File by file, from top to bottom.

    Raises
    ------
    ArgmapError
        When a given file or folder cannot be read, a folder has no file to check, no readable format or no rule has the name, or
        the settings of a project are not valid.
    """
    named = None if format is None else formats.named(format, "reads")
    for item in what:
        if isinstance(item, str | os.PathLike) and not (
            text_file.is_folder(item) or text_file.is_file(item) or text_file.is_pipe(item)
        ):
            raise ArgmapError(f"{os.fspath(item)}: no such file or folder")
    options = {"columns": columns} if columns else {}
    found = (finding for item in what for finding in _findings(item, named, options, jobs, progress))
    yield from selected(_once(found), select, ignore, {rule.name: rule.optional for rule in RULES})


def _findings(
    item: What, named: Format | None, options: Mapping[str, Any], jobs: int, progress: Callable[[int, int], None] | None
) -> Iterable[Finding]:
    if isinstance(item, str | os.PathLike) and text_file.is_folder(item):
        return _check_folder(Path(item), named, options, jobs, progress)
    return _check_one(item, named, options)


@remembered.reading_once()
@without_collection()
def _check_one(item: What, named: Format | None, options: Mapping[str, Any]) -> Sequence[Finding]:
    if isinstance(item, Document):
        return _check_document(item)
    if isinstance(item, Content):
        return _check_text(item, named, options)
    if isinstance(item, Map):
        return tuple(_ask_of_map(MAP_RULES, item, item.id))
    if text_file.is_file(item):
        return _check_file(Path(item), named, options=options)
    return _check_text(replace(content_of(Path(item)), path=None), named, options)


def _once(found: Iterable[Finding]) -> Iterator[Finding]:
    """Pass over findings that were there before: several maps may name one codebook."""
    seen: set[bytes] = set()
    for finding in found:
        key = blake2b(
            repr(finding).encode("utf-8", "surrogatepass"), digest_size=16
        ).digest()  # findings would fill the memory
        if key not in seen:
            seen.add(key)
            yield finding


def check_map(document: Document[Map]) -> tuple[Finding, ...]:
    """Return the findings of a map; optional rules are not asked."""
    return tuple(finding for finding in _check_map(document) if finding.rule not in OPTIONAL)


def _check_map(document: Document[Map]) -> tuple[Finding, ...]:
    examined = Examined(document.value)
    own_issues = CODEBOOK_RULES if document.value.codebook is None else ()
    found = [*document.findings, *_ask(own_issues, document.value.issues, document)]
    found += _ask([rule for rule in MAP_RULES if rule.severity != "note"], examined, document)
    # Notes are for maps without errors; beside an error they would only repeat it.
    if not any(finding.severity == "error" for finding in found):
        found += _ask([rule for rule in MAP_RULES if rule.severity == "note"], examined, document)
    return _in_order(found)


def check_codebook(document: Document[Codebook]) -> tuple[Finding, ...]:
    """Return every finding of a codebook."""
    return _in_order([*document.findings, *_ask(CODEBOOK_RULES, document.value.issues, document)])


def check_alignment(document: Document[Alignment]) -> tuple[Finding, ...]:
    """Return every finding of an alignment. The two maps that it names are read, in any format, for their claims."""
    found = list(document.findings)
    maps: dict[str, Map] = {}
    for side in ("before", "after"):
        try:
            maps[side] = formats.examine_named(document, (side,)).map
        except ArgmapError as error:
            found += error.findings
    aligned = Aligned(document.value, maps.get("before"), maps.get("after"))
    return _in_order([*found, *_ask(ALIGNMENT_RULES, aligned, document)])


def _ask(rules: Iterable[Rule[T]], about: T, document: Document[Any]) -> Iterator[Finding]:
    """Yield the findings of each rule, with their places in the file."""
    for rule in rules:
        for problem in rule.find(about):
            place = document.place(problem.at, key=problem.key)
            yield Finding(rule.name, rule.severity, problem.message, place, problem.hint)


def _in_order(found: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=store.in_order))


def _check_document(document: Document[Any]) -> tuple[Finding, ...]:
    match document.value:
        case Map():
            return _check_map(document)
        case Codebook():
            return check_codebook(document)
        case _:
            return check_alignment(document)


def _check_file(
    path: Path, named: Format | None = None, content: Content | None = None, options: Mapping[str, Any] | None = None
) -> tuple[Finding, ...]:
    """Return every finding of a file; `content` is given if it was read already."""
    try:
        content = content or content_of(path)
        if _is_foreign(named) or (named is None and path.suffix.lower() not in SUFFIXES):
            chosen = named or formats.detect(content)
            if _is_foreign(chosen):
                return _check_foreign(content, chosen, options)
        warnings = tuple(finding for finding in content.findings if finding.severity != "note")
        return (*warnings, *_check_ours(content, named))
    except ArgmapError as error:
        return _as_findings(error, path)


def _check_text(content: Content, named: Format | None, options: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Return every finding of a text that is in no file; files that it names cannot be found."""
    try:
        detect = formats.recognised if store.is_ours(content.text) else formats.detect
        chosen = named or detect(content)
        if _is_foreign(chosen):
            return _check_foreign(content, chosen, options)
        return (*content.findings, *_check_ours(content, named))
    except ArgmapError as error:
        return _as_findings(error, Path(content.name))


def _check_ours(content: Content, named: Format | None) -> tuple[Finding, ...]:
    """Return every finding of a file of argmap's, or of another format with one of argmap's suffixes."""
    if not store.is_ours(content.text):
        known = formats.recognised(content)
        if known and (named is None or not _is_foreign(known)):
            return _check_foreign(content, known)
    elif content.path is None and formats.recognised(content):
        # A map without a folder in which to look for the files that it names; codebooks and alignments are not recognised.
        return _check_map(store.parse_map(content.text, content.name))
    try:
        document = store.open_any(content.name, content.text)
    except ArgmapError as error:
        if named is None and content.data is not None and [each.hint for each in error.findings] == [store.NOT_OURS]:
            formats.detect(content)  # this tells which formats JSON may be in
        part = store.sound_part(content.name, content.text) if error.findings else None
        if part is None:
            raise
        return _in_order([*error.findings, *_check_part(part, {finding.rule for finding in error.findings})])
    return _check_document(document)


def _check_part(part: store.SoundPart, found: set[str]) -> Iterator[Finding]:
    """Yield the errors in the sound part of a map, but for those that only the faulty part causes."""
    yield from part.document.findings
    hidden: tuple[Rule[Examined], ...] = (no_thesis,) if part.lacks_a_key else ()
    if found & {"duplicate-id", "bad-id"}:
        hidden = (no_thesis, dangling_reference, unknown_speaker, unknown_issue, unknown_position)
    rules = [rule for rule in MAP_RULES if rule.severity == "error" and rule not in hidden]
    for finding in _ask(rules, Examined(part.document.value), part.document):
        if not any(f'"{name}"' in finding.message for name in part.left_out):
            yield finding


def _is_foreign(chosen: Format | None) -> TypeGuard[Format]:
    return chosen is not None and chosen.name not in formats.OWN


def _check_foreign(content: Content, chosen: Format, options: Mapping[str, Any] | None = None) -> tuple[Finding, ...]:
    """Return the irregularities of a file of another format, and the findings of the rules in its map."""
    known = {name: option for name, option in (options or {}).items() if name in chosen.options}
    reading = formats.examine_content(content, chosen.name, known)
    left_out = () if chosen.name in formats.OWN else OF_OUR_FILES
    rules = [rule for rule in MAP_RULES if rule not in left_out and (rule.severity != "note" or rule in ABOUT_FOREIGN)]
    # The author of a corpus may argue in a circle; that is not an error of the file.
    asked = (
        found if found.severity == "note" else replace(found, severity="warning")
        for found in _ask_of_map(rules, reading.map, content.name)
    )
    return (*reading.findings, *asked)


def _ask_of_map(rules: Iterable[Rule[Examined]], map_: Map, name: str) -> Iterator[Finding]:
    """Yield the findings of each rule in a map without a file of argmap's; their place is the path in the map."""
    examined = Examined(map_)
    for rule in rules:
        for problem in rule.find(examined):
            yield Finding(
                rule.name, rule.severity, problem.message, Place(name, at=_by_name(problem.at, map_)), problem.hint
            )


def _by_name(way: Way, map_: Map) -> Way:
    """Name relations in a path by their keys, which say more than a number."""
    match way:
        case ("relations", int(n), *_):
            return ("relations", map_.relations[n].key)
        case _:
            return way


def _as_findings(error: ArgmapError, path: Path) -> tuple[Finding, ...]:
    return error.findings or (
        Finding("unreadable-file", "error", f"{str(error).removeprefix(f'{path}: ')}.", Place(str(path))),
    )


def _check_folder(
    folder: Path,
    named: Format | None,
    options: Mapping[str, Any],
    jobs: int,
    progress: Callable[[int, int], None] | None,
) -> Iterator[Finding]:
    """Yield every finding of the maps in a folder, in any format; other files are ignored."""
    tasks: list[_Task] = [(path, named.name if named else None, options) for path in map_files(folder)]
    is_empty = True
    with closing(engine.run(_check_member, tasks, jobs, _lost)) as results:
        for n, found in enumerate(results, 1):
            is_empty &= found is None
            yield from found or ()
            if progress:
                progress(n, len(tasks))
    if is_empty:
        raise ArgmapError(f"{folder}: no map, codebook or alignment in this folder")


_Task = tuple[Path, str | None, Mapping[str, Any]]


@without_collection()
def _check_member(task: _Task) -> Sequence[Finding] | None:
    """Return the findings of a file of a folder; `None` if it is not meant to be a map."""
    path, format_name, options = task
    try:
        content = content_of(path)
    except ArgmapError as error:
        return _as_findings(error, path) if path.name.lower().endswith((*SUFFIXES, *formats.TELLING)) else None
    named = None if format_name is None else formats.named(format_name)
    ours = store.is_ours(content.text)
    asked = named if named and not ours and path.name.lower().endswith(named.suffixes) else None
    return _check_file(path, asked, content, options) if ours or asked or formats.is_meant(content) else None


def _lost(task: _Task) -> Sequence[Finding]:
    return (Finding("unreadable-file", "error", f"{engine.LOST}.", Place(str(task[0]))),)
