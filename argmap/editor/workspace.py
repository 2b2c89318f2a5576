"""The folder that is edited. The files on disk are the truth; the page only has copies of them, each with its version.

    page ─ {file, version, do, …} ─▶ read the file ─ is it that version? ─▶ edit ─▶ splice ─▶ save at once ─▶ tell all pages
                                                        └─ no: refuse, and show both versions

Each open page undoes its own edits, by splices (`history`). Nothing is kept but what the files hold: a killed editor loses
at most the edit under way.
"""

from __future__ import annotations

import difflib
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from argmap import store, text_file
from argmap.editor import operations, views
from argmap.editor.history import FileHistory, OverlapError, version_of
from argmap.findings import ArgmapError
from argmap.model import Alignment, Codebook, Map
from argmap.remembered import reading_once

SUFFIXES = (".yaml", ".yml", ".json")
PAUSE = 0.3
"""Seconds between looks at the files."""
MOST_LINES = 60
"""Lines that are shown of each version in a conflict."""


class Refused(Exception):  # noqa: N818 - an answer, no fault
    """An edit that is not made: why, and what the page can show."""

    def __init__(self, status: int, message: str, **details: Any) -> None:
        super().__init__(message)
        self.status, self.details = status, details


@dataclass(slots=True)
class _Session:
    """The edits that one open page can undo and redo."""

    done: list[tuple[Path, int, str]] = field(default_factory=list)
    """File, number of the change, and the name of the edit."""
    undone: list[tuple[Path, int, int, str]] = field(default_factory=list)


class Workspace:
    """A folder of maps, codebooks and alignments, and the sessions that edit it; files of its subfolders are not edited."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise ArgmapError(f"{folder}: not a folder")
        self.folder = folder
        self._lock = threading.RLock()
        self._histories: dict[Path, FileHistory] = {}
        self._sessions: dict[str, _Session] = {}
        self._pool = ThreadPoolExecutor(1)
        self._ahead: dict[Path, tuple[str, Future[dict[str, Any]] | None]] = {}
        """Pictures of maps that a page shows, drawn as soon as an edit is saved; by file, with its version."""
        if not any(kind == "map" for _, kind in self._files()):
            raise ArgmapError(f"{folder}: this folder has no map; `argmap init TEXT…` makes one")

    # --- reading ------------------------------------------------------------------------------------------------------

    def _files(self) -> Iterator[tuple[Path, str]]:
        for path in sorted(self.folder.iterdir()):
            if path.suffix.lower() not in SUFFIXES or path.name.startswith(".") or not text_file.is_file(path):
                continue
            try:
                text = text_file.read_text(path)
                if store.is_ours(text):
                    yield path, store.kind_in_head(text) or "map"
            except ArgmapError:
                continue

    def path_of(self, name: str) -> Path:
        """Return one of the files by its name; only files that are listed can be named."""
        for path, _ in self._files():
            if path.name == name:
                return path
        raise Refused(404, f"there is no file {name!r} here")

    @reading_once(fresh=True)
    def listing(self) -> dict[str, Any]:
        """List the files with their kinds and versions, maps in the order of their dates."""
        with self._lock:
            files = [
                {"name": path.name, "kind": kind, "version": self._seen(path).version, **self._head(path, kind)}
                for path, kind in self._files()
            ]
        others = [(name, stamp) for name, stamp in self.stamps().items() if not name.lower().endswith(SUFFIXES)]
        return {
            "files": sorted(files, key=lambda each: (each["date"], each["name"])),
            "others": version_of(repr(sorted(others)).encode()),
        }

    def _head(self, path: Path, kind: str) -> dict[str, Any]:
        try:
            value = store.open_any(path).value
        except ArgmapError as error:
            return {"date": "9", "problem": str(error)}
        if isinstance(value, Alignment):
            return {"date": "", "before": value.before, "after": value.after}
        return {"date": (value.date or "9") if isinstance(value, Map) else "", "id": value.id, "kind": kind}

    @reading_once(fresh=True)
    def view(self, name: str) -> dict[str, Any]:
        """Describe a file for the page, with its version."""
        with self._lock:
            path = self.path_of(name)
            data = self._read(path)
            version = self._histories[path].version
        show: dict[type, Callable[[Any], dict[str, Any]]] = {
            Map: views.map_view,
            Codebook: views.codebook_view,
            Alignment: views.alignment_view,
        }
        try:
            document = store.open_any(path, text_file.decode(data, os.fspath(path)).text)
            return {"name": name, "version": version, "view": show[type(document.value)](document)}
        except ArgmapError as error:
            return {"name": name, "version": version, "problem": str(error)}

    @reading_once(fresh=True)
    def compared(self, before: str, after: str) -> dict[str, Any]:
        """Describe what was decided on two maps, and the candidates for the rest."""
        alignment = self._alignment(before, after)
        try:
            left, right = self._maps([before, after])
            shown = views.comparison(left, right, alignment[1] if alignment else None)
            return {"alignment": alignment and alignment[0].name, **shown}
        except ArgmapError as error:
            return {"alignment": alignment and alignment[0].name, "problem": str(error)}

    def picture(self, kind: str, names: list[str]) -> dict[str, Any]:
        """Draw a picture of some maps; that of one map may have been begun already."""
        if kind == "map" and len(names) == 1:
            path = self.path_of(names[0])
            version, ahead = self._ahead.get(path, ("", None))
            self._ahead[path] = ("", None)
            if ahead and version == self._seen(path).version:
                return ahead.result()
        return self._drawn(kind, names)

    @reading_once(fresh=True)
    def _drawn(self, kind: str, names: list[str]) -> dict[str, Any]:
        try:
            alignment = self._alignment(*names) if len(names) == 2 else None
            return views.picture(kind, self._maps(names), alignment and alignment[1])
        except ArgmapError as error:
            return {"problem": str(error)}

    def _draw_ahead(self, path: Path) -> None:
        """Begin the picture of a map that a page shows while its findings are looked for."""
        if path in self._ahead and path.exists():
            version = self._histories[path].version
            self._ahead[path] = (version, self._pool.submit(self._drawn, "map", [path.name]))

    def _maps(self, names: list[str]) -> list[Map]:
        return [store.load(self.path_of(name)) for name in names]

    def _alignment(self, before: str, after: str) -> tuple[Path, Alignment] | None:
        path = store.alignment_beside(self.path_of(before), self.path_of(after))
        return (path, store.load_alignment(path)) if path else None

    def _seen(self, path: Path) -> FileHistory:
        self._read(path)
        return self._histories[path]

    def _read(self, path: Path) -> bytes:
        """Read a file, and record what others changed; not between an edit and its record, which would take it for another's."""
        with self._lock:
            data = _bytes(path)
            if path in self._histories:
                self._histories[path].see(data)
            else:
                self._histories[path] = FileHistory(data)
            return data

    # --- editing ------------------------------------------------------------------------------------------------------

    @reading_once(fresh=True)
    def edit(self, client: str, name: str, version: str, do: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Make an edit of `operations`, save it, and return the file's new view.

        `client` is the open page, `version` the state of the file that it shows. Raise Refused if the file changed
        meanwhile (409, with both versions), or the edit does not fit.
        """
        with self._lock:
            path = self.path_of(name)
            now = self._read(path)
            history = self._histories[path]
            if version != history.version:
                seen = history.at(version)
                mine = None if seen is None else self._edited(path, seen, do, arguments)
                raise Refused(
                    409,
                    f"{name} changed meanwhile; your edit is not made yet.",
                    yours=_differences(seen, mine) if seen is not None and mine is not None else [],
                    theirs=_differences(seen, now) if seen is not None else [],
                )
            self._save(path, now, self._edited(path, now, do, arguments))
            self._note(client, path, do)
        self._draw_ahead(path)
        return self.view(name)

    def _edited(self, path: Path, data: bytes, do: str, arguments: dict[str, Any]) -> bytes:
        """Return the bytes of a file after an edit."""
        try:
            file = text_file.decode(data, os.fspath(path))
            if file.encoding not in ("utf-8", "utf-8-sig"):
                raise Refused(422, f"{path.name} is not UTF-8: save it as UTF-8 first")
            before = store.open_any(path, file.text).value
            after = operations.perform(before, do, arguments)
            if isinstance(after, Map) and isinstance(before, Map):
                after = store.settled(after, path, before)
            return store.spliced(file.text, before, after).encode()
        except KeyError as error:
            raise Refused(422, f"there is no {error.args[0]!r} here any more") from None
        except IndexError:
            raise Refused(422, "what this edit is about is not here any more") from None
        except ValidationError as error:
            first = error.errors()[0]
            raise Refused(422, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
        except (ArgmapError, ValueError) as error:
            raise Refused(422, str(error)) from None

    def _save(self, path: Path, before: bytes, after: bytes) -> None:
        if after == before:
            return
        try:
            with text_file.locked(path):
                if _bytes(path) != before:
                    message = f"{path.name} changed this moment; your edit is not made yet."
                    raise Refused(409, message, yours=[], theirs=[])
                if after:
                    text_file.write(path, after, update=True)
                else:  # undoing the edit that made the file
                    path.unlink()
        except (ArgmapError, OSError) as error:
            raise Refused(422, str(error)) from None

    def _note(self, client: str, path: Path, do: str) -> None:
        """Record the change just made as one that this page can undo."""
        number = self._histories[path].see(_bytes(path))
        if number is not None:
            session = self._sessions.setdefault(client, _Session())
            session.done.append((path, number, do))
            session.undone.clear()

    @reading_once(fresh=True)
    def create(self, client: str, before: str, after: str) -> dict[str, Any]:
        """Make the alignment of two maps, if there is none; raise Refused if a file of that name is there already."""
        with self._lock:
            found = self._alignment(before, after)
            if found:
                return self.view(found[0].name)
            left, right = self.path_of(before), self.path_of(after)
            path = self.folder / f"{left.stem}-{right.stem}.yaml"
            if path.exists():
                raise Refused(422, f"{path.name} is there already, and is no alignment of these two maps")
            self._histories[path] = FileHistory(b"")
            self._save(path, b"", store.dumps(Alignment(before=before, after=after)).encode())
            self._note(client, path, "create")
        return self.view(path.name)

    # --- undoing ------------------------------------------------------------------------------------------------------

    def undo(self, client: str) -> dict[str, Any]:
        """Undo the last edit of a page. Raises `Refused` if somebody changed the same lines since."""
        with self._lock:
            session = self._sessions.setdefault(client, _Session())
            if not session.done:
                raise Refused(422, "there is nothing to undo")
            path, number, do = session.done[-1]
            by = self._reverse(path, number)
            session.undone.append((path, number, by, do))
            session.done.pop()
        return self._done(path, do)

    def redo(self, client: str) -> dict[str, Any]:
        """Make the last undone edit again. Raises as `undo`."""
        with self._lock:
            session = self._sessions.setdefault(client, _Session())
            if not session.undone:
                raise Refused(422, "there is nothing to redo")
            path, number, by, do = session.undone[-1]
            self._reverse(path, by)
            session.done.append((path, number, do))
            session.undone.pop()
        return self._done(path, do)

    def _done(self, path: Path, do: str) -> dict[str, Any]:
        self._draw_ahead(path)
        shown = self.view(path.name) if path.exists() else {"name": path.name, "version": "", "gone": True}
        return {**shown, "did": do}

    def _reverse(self, path: Path, number: int) -> int:
        """Save a file without one of its changes; return the number of the change that does it."""
        now = self._read(path)
        history = self._histories[path]
        try:
            after = history.without(number)
        except OverlapError:
            raise Refused(422, f"somebody changed the same lines of {path.name} since") from None
        self._save(path, now, after)
        by = history.see(after)
        if by is None:
            raise Refused(422, "nothing changes")
        history.cancel(number, by)
        return by

    def depth(self, client: str) -> tuple[int, int]:
        """Count what a page can undo and redo."""
        session = self._sessions.get(client, _Session())
        return len(session.done), len(session.undone)

    # --- changes of others --------------------------------------------------------------------------------------------

    def stamps(self) -> dict[str, tuple[int, int]]:
        """Return size and time of all files that the maps may be made of, to see when one changes."""
        found = {}
        # Subfolders, which may hold the texts, are watched too, unless this is the folder of a repository.
        is_large = (self.folder / ".git").exists()
        for path in self.folder.iterdir() if is_large else self.folder.rglob("*"):
            try:
                status = path.stat()
            except OSError:
                continue
            if not path.name.startswith(".") and path.is_file():
                found[os.fspath(path)] = (status.st_mtime_ns, status.st_size)
        return found


def _bytes(path: Path) -> bytes:
    """Read a file; one that is not there is empty."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise Refused(422, f"{path.name}: {(error.strerror or str(error)).lower()}") from None


def _differences(before: bytes, after: bytes) -> list[str]:
    """Return the lines in which two states of a file differ, with a line around them."""
    left, right = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
    return list(difflib.unified_diff(left, right, n=1, lineterm=""))[2 : MOST_LINES + 2]
