"""Files are read as text of a known size, and written so that nothing of them is lost."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from argmap import remembered, store, text_file
from argmap.findings import ArgmapError
from argmap.model import Map
from tests.conftest import NightBus


def test_one_rule_for_every_encoding(tmp_path: Path) -> None:
    """A byte order mark says how a text is encoded; what is not UTF-8 is read as Windows-1252, with a warning."""
    path = tmp_path / "m.yaml"
    text = "argmap: 1\nid: x\nnote: café\n"
    for encoding, said in {
        "utf-8": [],
        "utf-8-sig": ["note"],
        "utf-16": ["note"],
        "utf-32": ["note"],
        "cp1252": ["warning"],
    }.items():
        path.write_bytes(text.encode(encoding))
        file = text_file.read(path)
        assert file.text.removeprefix("\ufeff") == text
        assert [finding.severity for finding in file.findings] == said
        assert store.load(path).note == "café"
    (finding,) = store.open_map(path).findings
    assert str(finding) == (
        f"{path}:3:10: warning: encoding: not UTF-8: byte 0xe9 fits no character; read as Windows-1252, "
        "which may take one letter for another. Save it as UTF-8."
    )


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_file_in_another_encoding_is_not_overwritten(encoding: str, tmp_path: Path) -> None:
    """A wrong guess would become permanent."""
    path = tmp_path / "m.yaml"
    content = "argmap: 1\nid: x\nnote: café\n".encode(encoding)
    path.write_bytes(content)
    with pytest.raises(ArgmapError, match=r"not overwritten\. Save it as UTF-8 first"):
        store.save(Map(id="x"), path)
    assert path.read_bytes() == content


def test_a_text_that_a_map_names_may_be_in_another_encoding(night_bus: NightBus) -> None:
    """The warning stands at the text, under the name by which the map reaches it."""
    (night_bus.folder / "letter.txt").write_bytes("Der Bus fährt".encode("cp1252"))
    (finding,) = store.open_map(night_bus.path).findings
    assert (finding.rule, finding.place.file, finding.place.line) == (
        "encoding",
        str(night_bus.folder / "letter.txt"),
        1,
    )
    assert night_bus.load().sources["letter"].text == "Der Bus fährt"


@pytest.mark.unix
def test_only_a_pipe_that_the_user_names_is_read(tmp_path: Path) -> None:
    """A pipe may never end; a device without end is read up to the limit."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(ArgmapError, match="not a regular file"):
        text_file.read(pipe)
    threading.Thread(target=pipe.write_text, args=("words",), daemon=True).start()
    assert text_file.read(pipe, pipes=True).text == "words"


def test_only_the_head_is_read_where_it_tells_enough(tmp_path: Path) -> None:
    """The rest of a large file is not read when its head is refused."""
    path = tmp_path / "x.txt"
    path.write_text("no\n" * 10_000)
    head = text_file.read(path, if_head=lambda words: words.startswith("yes"))
    assert head.is_head
    assert len(head.text) == 4096
    assert len(text_file.read(path, if_head=lambda words: words.startswith("no")).text) == 30_000


def test_one_command_reads_a_file_once_and_nothing_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that changes, by us or by others, is read again; outside a command nothing is kept."""
    path, link = tmp_path / "x.txt", tmp_path / "link.txt"
    path.write_text("one")
    os.utime(path, (1, 1))  # a file that was written just now is not remembered
    link.symlink_to(path)
    opened: list[str] = []
    decode = text_file.decode
    monkeypatch.setattr(text_file, "decode", lambda data, name: (opened.append(name), decode(data, name))[1])
    with remembered.reading_once():
        assert [text_file.read(path).text, text_file.read(link).name] == ["one", str(link)]
        assert len(opened) == 1
        text_file.write(link, "two")
        assert text_file.read_text(path) == "two"
        path.write_text("three!")
        assert text_file.read_text(link) == "three!"
        assert len(opened) == 3
    text_file.read(path)
    text_file.read(path)
    assert len(opened) == 5


def test_large_files_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command on thousands of files does not keep them all in memory."""
    monkeypatch.setattr(remembered, "MAX_REMEMBERED", 100)
    with remembered.reading_once():
        for n in range(10):
            (tmp_path / f"{n}.txt").write_text("x" * 30)
            os.utime(tmp_path / f"{n}.txt", (1, 1))
            text_file.read(tmp_path / f"{n}.txt")
        memory = remembered.current()
        assert memory is not None
        assert (len(memory.entries), memory.size) == (3, 90)


def test_a_crash_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing fails half way the old file is whole, and nothing is left beside it."""
    path = tmp_path / "m.yaml"
    path.write_text("old", "utf-8")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ArgmapError, match="no space left") as error:
        text_file.write(path, "new")
    assert len(str(error.value).splitlines()) == 1
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_mode_and_links_are_kept(tmp_path: Path) -> None:
    """A private file stays private, and a symbolic link stays a link to the file that is written."""
    real, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    real.write_text("old", "utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    text_file.write(link, b"new")
    assert link.is_symlink()
    assert real.read_text("utf-8") == "new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_pipe_is_written_to_not_replaced(tmp_path: Path) -> None:
    """What is no regular file, such as a device, is written through."""
    link = tmp_path / "nowhere"
    link.symlink_to("/dev/null")
    text_file.write(link, "words")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize(("name", "said"), [("no/such/folder/m.yaml", "there is no folder"), (".", "this is a folder")])
def test_what_cannot_be_written_is_one_line(name: str, said: str, tmp_path: Path) -> None:
    """A missing folder or a folder in the place of the file is told in one line."""
    with pytest.raises(ArgmapError, match=said) as error:
        text_file.write(tmp_path / name, "x")
    assert "\n" not in str(error.value)


def test_hard_links_are_written_through(tmp_path: Path) -> None:
    """A file with two names keeps both."""
    path, other = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_text("a longer old text")
    os.link(path, other)
    text_file.write(path, "new")
    assert [path.read_text(), other.read_text(), path.stat().st_nlink] == ["new", "new", 2]
    assert sorted(tmp_path.iterdir()) == [path, other]


@pytest.mark.root
def test_the_owner_is_kept(tmp_path: Path) -> None:
    """A file of another user stays that user's."""
    path = tmp_path / "a.txt"
    path.write_text("old")
    os.chown(path, 1234, 4321)
    text_file.write(path, "new")
    assert (path.stat().st_uid, path.stat().st_gid, path.read_text()) == (1234, 4321, "new")


_KILLED = """
import os, signal, sys
from argmap import text_file
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
text_file.write(sys.argv[1], "half")
"""


@pytest.mark.unix
def test_the_next_write_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    """A killed write leaves the old file, and its temporary file only until the next write."""
    path = tmp_path / "m.yaml"
    path.write_text("old")
    killed = subprocess.run([sys.executable, "-c", _KILLED, path], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert path.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 2
    text_file.write(path, "new")
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_writers_at_the_same_time_do_not_mix(tmp_path: Path) -> None:
    """Each write replaces the file as a whole, and no temporary file stays."""
    path = tmp_path / "m.txt"
    contents = [letter * 100_000 for letter in "abcdefghijklmnop"]
    writers = [threading.Thread(target=text_file.write, args=(path, content)) for content in contents]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert path.read_text() in contents
    assert list(tmp_path.iterdir()) == [path]
