"""Make one page of a report of many: read, draw, write, and return what the index tells of it.

Each function here runs in a process of its own for many files, and raises nothing: a file that cannot be read becomes a
line of the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from argmap import engine, limits, text_file
from argmap.diff.map_index import MapIndex
from argmap.diff.model import Diff, Timeline
from argmap.findings import ArgmapError
from argmap.formats import in_a_line
from argmap.formats.common.companion_files import read_along
from argmap.memory import without_collection
from argmap.model import MODES, Claim, Map
from argmap.page.build_report import drawn
from argmap.page.build_view import view_of
from argmap.page.document import Around, render
from argmap.page.inputs import Inputs, inputs_of_file
from argmap.page.many.names import page_name
from argmap.page.many.records import Left, Pair, Question, Said, Text, hashes, made
from argmap.page.model import ClaimView, TextView, View
from argmap.page.phrases import tally
from argmap.remembered import reading_once

HOME = "../index.html"
SECONDS = 300.0
"""Time that one page may take."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file, and the page to make of it."""

    folder: Path
    """Folder of the report's maps."""
    path: Path
    out: Path
    """Folder of the report."""
    page: str
    """Address of the page in it, with `/`."""
    links: tuple[tuple[str, str, str], ...] = ()
    """For `Around`."""

    @property
    def inside(self) -> str:
        """The path in the folder, which names the page."""
        return self.path.relative_to(self.folder).as_posix()

    @property
    def made(self) -> str:
        """Hash of all that the page depends on besides its files."""
        return made(self.page, *(word for link in self.links for word in link))


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A page that could not be written; nothing can go on then."""

    reason: str


Result = tuple[Text | Pair, list[Said]] | Left | Unwritten | None
"""A record with the claims of its text; `None` for a file that has no page and needs none."""


def lost(task: Task) -> Result:
    """Say that the process ended over a file."""
    return Left(task.inside, engine.LOST, unread=True)


def make_page(task: Task) -> Result:
    """Make the page of a map or of an alignment."""
    try:
        with limits.time(SECONDS), reading_once(), without_collection():
            found = inputs_of_file(task.path, name_it=task.path.parent == task.folder)
            if found.alignments:
                record, claims, html = _pair(task, found)
            elif found.maps:
                record, claims, html = _text(task, found)
            elif found.left_aside:
                return Left(task.inside, found.left_aside[0], unread=bool(found.unread))
            else:
                return None
    except ArgmapError as error:
        return Left(task.inside, in_a_line(error), unread=True)
    except limits.OutOfTimeError:
        return Left(task.inside, f"its page took longer than {SECONDS:g} s", unread=True)
    except Exception as error:  # noqa: BLE001 - one file's trouble is no reason to give up on thousands
        return Left(task.inside, f"{type(error).__name__}: {error}", unread=True)
    try:
        text_file.write(task.out / task.page, html, update=True)
    except ArgmapError as error:
        return Unwritten(str(error))
    return record, claims


def _text(task: Task, found: Inputs) -> tuple[Text | Pair, list[Said], str]:
    (map_,) = found.maps.values()
    view, html = _page(task, found, [map_])
    (text,) = view.texts
    index = MapIndex(map_)
    covered = [source.coverage for source in text.sources if source.coverage and source.coverage.sentences]
    sentences = sum(each.sentences for each in covered)
    left_out = sum(len(each.left_out) for each in covered)
    first = next((source.source for source in text.sources), None)
    author = first.author if first else None
    used = {claim.issue for claim in map_.claims.values()}
    record = Text(
        path=task.inside,
        page=task.page,
        files=hashes(found.files | {path for file in found.maps for path in read_along(file)}),
        made=task.made,
        id=map_.id,
        title=text.title,
        author=author,
        date=map_.date,
        theses=tuple(
            (text.claims[thesis].claim.text, _condition(text.claims[thesis]))
            for thesis in map_.theses
            if thesis in map_.claims
        ),
        claims=len(map_.claims),
        relations=len(map_.relations),
        accounted=1 - left_out / sentences if sentences else None,
        failed=sum(quote.status == "failed" for claim in text.claims.values() for quote in claim.quotes),
        book=found.title,
        questions=tuple(
            Question(key, issue.question, {step: position.label for step, position in issue.scale.items()})
            for key, issue in map_.issues.items()
            if key in used
        ),
        stands={
            issue: {mode: tuple(taken.values()) for mode in MODES if (taken := _taken(text, modes.get(mode, ())))}
            for issue, modes in index.stands.items()
        },
        others={issue: of[0].id for issue, of in index.by_issue.items() if issue not in index.stands},
        findings=tuple(found.warnings()),
    )
    return record, _claims(text, author), html


def _taken(text: TextView, claims: Iterable[Claim]) -> dict[str, tuple[str, str, str]]:
    """Positions with the first claim that takes each, which is the one that counts, and its condition."""
    found: dict[str, tuple[str, str, str]] = {}
    for claim in claims:
        if claim.position and claim.position not in found:
            found[claim.position] = claim.position, claim.id, _condition(text.claims[claim.id])
    return found


def _condition(view: ClaimView) -> str:
    """Write the condition of a claim in words; empty without one."""
    if not view.claim.condition:
        return ""
    return f"if: “{view.claim.condition.exact}”{' (in another sentence)' if view.apart else ''}"


def _claims(text: TextView, author: str | None) -> list[Said]:
    """Collect what the search tells of each claim."""
    found = list[Said]()
    for claim_id, view in text.claims.items():
        quotes = [quote.exact if quote.status == "checked" else [quote.exact, quote.status] for quote in view.quotes]
        condition = view.claim.condition.exact if view.claim.condition else ""
        own = view.claim.speaker is None and not view.claim.implicit
        speaker = (author or "") if own else view.speaker if not view.claim.implicit else ""
        found.append([claim_id, view.claim.text, quotes, speaker, view.doing, condition, view.apart])
    return found


def _pair(task: Task, found: Inputs) -> tuple[Text | Pair, list[Said], str]:
    from argmap.diff import compare, timeline

    (ends,) = found.ends.values()
    (alignment,) = found.alignments.values()
    paths = {map_.id: path for path, map_ in found.maps.items()}
    before, after = (found.maps[paths[end]] for end in ends)
    diff = compare(before, after, alignment)
    line = timeline([before, after], [alignment], [diff])
    inside = _inside(paths[before.id], task.folder), _inside(paths[after.id], task.folder)
    names = before.title or before.id, after.title or after.id
    links = [
        ("On its own page:", name, f"../texts/{page_name(path)}.html")
        for name, path in zip(names, inside, strict=True)
        if path is not None
    ]
    _, html = _page(task, found, [before, after], [diff], line, links)
    record = Pair(
        path=task.inside,
        page=task.page,
        files=hashes(found.files | {path for file in found.maps for path in read_along(file)}),
        made=task.made,
        ends=inside,
        names=names,
        dates=(before.date, after.date),
        tally=tuple(tally(diff)),
    )
    return record, [], html


def _inside(path: Path, folder: Path) -> str | None:
    path, folder = path.resolve(), folder.resolve()
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else None


def _page(
    task: Task,
    found: Inputs,
    maps: Sequence[Map],
    diffs: Sequence[Diff] = (),
    line: Timeline | None = None,
    links: Sequence[tuple[str, str, str]] = (),
) -> tuple[View, str]:
    line = line if line and line.rows else None
    pictures, _, failures = drawn(maps, diffs, line, files_beside=False)
    view = view_of(maps, diffs, line)
    notes = [*failures, *found.notes]
    return view, render(view, pictures, notes=notes, around=Around(HOME, (*links, *task.links)))
