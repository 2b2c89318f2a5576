"""From a folder of maps to a report of many pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from argmap import engine, store, text_file
from argmap.findings import ArgmapError
from argmap.ids import FreeNames
from argmap.page.inputs import OWN
from argmap.page.many.index_pages import Listed, write_pages
from argmap.page.many.making import Task, Unwritten, lost, make_page
from argmap.page.many.names import page_name
from argmap.page.many.records import JOURNAL, Journal, Left, Pair, Record, hashes
from argmap.page.many.search_index import FOLDER, HEAD, write_search
from argmap.text_file import files_in, read_text

FEW = 8
"""Pages that are made before other processes would have started."""
MOST_LINES = 40
"""Files that an error names."""
FOLDERS = ("texts", "pairs", "issues", FOLDER)
A_PAGE = '<!doctype html>\n<meta name="generator" content="argmap ">'
"""Head of a page, to ask whether a page may replace what is there."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """A report of many pages."""

    index: Path
    texts: int
    pairs: int
    made: int
    """Pages that this run made; the others were as they should be."""
    left: tuple[Left, ...]
    """Files that have no page."""
    warnings: tuple[str, ...]
    """Lines on irregular maps."""
    files: frozenset[Path] = frozenset()
    """All files that pages were made from."""

    @property
    def unread(self) -> list[str]:
        """A line for each map that could not be read."""
        return [left.reason for left in self.left if left.unread]


def write_many(folder: Path, out: Path, *, jobs: int | None = None, progress: Progress | None = None) -> Report:
    """Write the report of a folder as many pages, or bring it up to date; parameters are those of `write_report`.

    Raise ArgmapError if the folder has no map that can be read, or a file cannot be written; what was made until then
    stays, and the next run goes on from there.
    """
    if not folder.is_dir():
        raise ArgmapError(f"{folder}: " + ("no such folder" if not folder.exists() else "not a folder"))
    progress = progress or (lambda *_: None)
    progress("reading", 0, 1)
    alignments, others = _files(folder, out)
    names = FreeNames()
    pairs = [Task(folder, path, out, f"pairs/{_name(path, folder, names)}.html") for path in alignments]
    pages = {path: f"texts/{_name(path, folder, names)}.html" for path in others}
    _prepare(out, [*(task.page for task in pairs), *pages.values()])
    with text_file.locked(out / JOURNAL):  # no two runs write into one folder
        return _write(folder, out, pairs, pages, jobs, progress)


def _write(
    folder: Path, out: Path, pairs: Sequence[Task], pages: dict[Path, str], jobs: int | None, progress: Progress
) -> Report:
    journal = Journal(out)
    left = list[Left]()
    made = _run(pairs, journal, left, jobs, lambda n, of: progress("comparing", n, of))
    links = _links(journal, pairs, pages, folder)
    texts = [Task(folder, path, out, page, tuple(links[path])) for path, page in pages.items()]
    made += _run(texts, journal, left, jobs, lambda n, of: progress("writing pages", n, of))
    failed = {each.path for each in left}
    gone = journal.keep({task.inside for task in [*pairs, *texts]} - failed)
    listed = Listed(folder, journal.texts(), journal.pairs(), sorted(left, key=lambda each: each.path))
    if not listed.texts:
        unread = [each.reason for each in listed.left if each.unread]
        more = [f"… and {len(unread) - MOST_LINES:,} more"] if len(unread) > MOST_LINES else []
        raise ArgmapError(
            "\n".join([*unread[:MOST_LINES], *more, f"{folder}: this folder has no map that can be read"])
        )
    progress("indexing", 0, 1)
    written = {record.page for record in journal.records.values()}
    written |= write_search(out, journal, list(listed.texts))
    written |= write_pages(out, listed)
    _clear(out, gone, written)
    warnings = [line for text in listed.texts for line in text.findings]
    files = frozenset(Path(path) for record in journal.records.values() for path in record.files)
    return Report(
        out / "index.html", len(listed.texts), len(listed.pairs), made, tuple(listed.left), tuple(warnings), files
    )


def _files(folder: Path, out: Path) -> tuple[list[Path], list[Path]]:
    """The alignments of a folder, and all other files; those of the report itself are passed over."""
    alignments, others = list[Path](), list[Path]()
    for path in files_in(folder):
        if out in path.parents:
            continue
        is_alignment = False
        if path.suffix.lower() in OWN:
            with suppress(ArgmapError):
                text = read_text(path)
                is_alignment = store.is_ours(text) and store.kind_of(path) == "alignment"
        (alignments if is_alignment else others).append(path)
    return alignments, others


def _name(path: Path, folder: Path, names: FreeNames) -> str:
    return names.name(page_name(path.relative_to(folder).as_posix()), "-")


def _prepare(out: Path, pages: Sequence[str]) -> None:
    """Make the folders, and ask whether each page may replace what is there."""
    try:
        for name in FOLDERS:
            (out / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArgmapError(f"{out}: cannot create this folder: {(error.strerror or str(error)).lower()}") from None
    for page in ("index.html", *pages):
        text_file.ask(out / page, A_PAGE)


def _run(
    tasks: Sequence[Task], journal: Journal, left: list[Left], jobs: int | None, progress: Callable[[int, int], None]
) -> int:
    """Make the pages that are not there or whose files have changed; return their number."""
    waiting = [task for task in tasks if not _is_made(task, journal.records.get(task.inside))]
    made = 0
    with closing(engine.run(make_page, waiting, jobs or engine.processors(), lost, few=FEW, chunk=4)) as results:
        for n, result in enumerate(results, 1):
            progress(len(tasks) - len(waiting) + n, len(tasks))
            if isinstance(result, Unwritten):
                raise ArgmapError(f"{result.reason} What is written stays, and the next run goes on from there.")
            if isinstance(result, Left):
                left.append(result)
            elif result is not None:
                journal.add(*result)
                made += 1
    return made


def _is_made(task: Task, record: Record | None) -> bool:
    return (
        record is not None
        and record.made == task.made
        and record.page == task.page
        and (task.out / task.page).is_file()
        and hashes({Path(path) for path in record.files}) == record.files
    )


def _links(
    journal: Journal, pairs: Sequence[Task], pages: dict[Path, str], folder: Path
) -> dict[Path, list[tuple[str, str, str]]]:
    """For the page of each map, the comparisons with it."""
    found: dict[Path, list[tuple[str, str, str]]] = defaultdict(list)
    at = {path.relative_to(folder).as_posix(): path for path in pages}
    for task in pairs:
        pair = journal.records.get(task.inside)
        if isinstance(pair, Pair):
            for n, end in enumerate(pair.ends):
                if end is not None and end in at:
                    found[at[end]].append(("Compared with", pair.names[1 - n], f"../{pair.page}"))
    return found


def _clear(out: Path, gone: Sequence[Record], written: set[str]) -> None:
    """Remove pages of files that are gone, and parts of the index and pages of issues that this run did not write."""
    stale = {record.page for record in gone} - written
    for name in ("issues", FOLDER):
        stale |= {f"{name}/{path.name}" for path in (out / name).iterdir()} - written
    stale |= {path.name for path in out.glob("index-*.html")} - written
    for page in stale:
        with suppress(OSError):
            if _is_ours(out / page):
                (out / page).unlink()


def _is_ours(path: Path) -> bool:
    """Tell whether argmap wrote a page or a part of the search index."""
    with path.open("rb") as file:
        head = file.read(2000).decode("utf-8", "replace")
    return head.startswith(HEAD) or (
        head.startswith("<!doctype html") and '<meta name="generator" content="argmap ' in head
    )


def remove_many(out: Path) -> None:
    """Remove the pages of a report of many pages, where one page takes its place; what argmap did not write stays."""
    if not (out / JOURNAL).is_file():
        return
    journal = Journal(out)
    _clear(out, list(journal.records.values()), set())
    (out / JOURNAL).unlink(missing_ok=True)
    for name in FOLDERS:
        with suppress(OSError):
            (out / name).rmdir()
