"""What leaves for a terminal: in any encoding, without control characters, and in one line where nobody listens."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from argmap.cli import main, terminal

ROOT = Path(__file__).resolve().parents[2]
ESSAYS = [str(ROOT / "maps" / name) for name in ("1996.yaml", "2005.yaml")]
EVIL = "\x1b[2J\x1b]0;t\x07 \x9b31m \u202e\u2066 \x08 \r \x7f"
COMMANDS = [
    ["diff", *ESSAYS],
    ["diff", *ESSAYS, "--format", "json"],
    ["diff", *ESSAYS, "--format", "md"],
    ["timeline", *ESSAYS],
    ["schema", "diff"],
    ["formats"],
    ["formats", "argdown"],
    ["rules"],
    ["schemes"],
    ["stats", ESSAYS[0]],
    ["check", ESSAYS[0]],
    ["evaluate", ESSAYS[0]],
    ["convert", ESSAYS[0], "-", "--to", "markdown"],
    ["--help"],
]


@contextmanager
def streams(encoding: str) -> Iterator[tuple[BytesIO, BytesIO]]:
    """Standard output and standard error of some encoding, which refuses what it lacks."""
    raw = BytesIO(), BytesIO()
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (TextIOWrapper(each, encoding=encoding, errors="strict") for each in raw)
    try:
        yield raw
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        sys.stdout, sys.stderr = before


def run(arguments: list[str], encoding: str = "utf-8") -> tuple[int, str, str]:
    with streams(encoding) as (out, err):
        with pytest.raises(SystemExit) as ended:
            main(arguments, prog_name="argmap")
        sys.stdout.flush()
        sys.stderr.flush()
        return int(ended.value.code or 0), out.getvalue().decode(encoding), err.getvalue().decode(encoding)


@pytest.mark.parametrize("encoding", ["ascii", "cp932"])
def test_every_command_prints_in_any_encoding(encoding: str) -> None:
    """What the encoding lacks is escaped, in JSON as JSON escapes it."""
    for command in COMMANDS:
        code, out, err = run(command, encoding)
        assert code in (0, 1), (command, err)
        if command[0] == "schema" or "json" in command:
            json.loads(out)


def hostile(folder: Path) -> list[str]:
    """Two maps with control characters in every word, and in the names of their files."""
    names = []
    for n in (1, 2):
        words = json.dumps(f"Word {n} {EVIL}")
        text = (
            f'{{"argmap": 1, "id": "m{n}", "title": {words}, "note": {words}, "thesis": "a",'
            f' "speakers": {{"s": {{"name": {words}}}}}, "issues": {{"i": {{"question": {words}, "scale": {{"p": {words}, "q": {words}}}}}}},'
            f' "sources": {{"t": {{"text": {json.dumps(f"It {EVIL} rains {n}. More {EVIL} words.")}, "title": {words}}}}},'
            f' "claims": {{"a": {{"text": {words}, "speaker": "s", "issue": "i", "position": "{"pq"[n - 1]}"}}, "b": {{"text": {words}}},'
            f' "c": {{"text": "no quote", "quote": {words}}}}}, "relations": [{{"support": "a", "by": ["b"], "scheme": {words}, "cue": {words}}}]}}'
        )
        path = folder / f"{n}\x1b[31m\u202e.json"
        path.write_text(text)
        names.append(str(path))
    (folder / "bad\x1b[5m.yaml").write_text(
        'argmap: 1\nid: x\n"k\\e[31m\\u202e": 1\nclaims: {"\\e[2J": {text: A, kind: "\\e[1m"}}\n'
    )
    names.append(str(folder / "bad\x1b[5m.yaml"))
    return names


def test_no_control_character_reaches_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Titles, sentences, keys and names of files show them as signs, whichever command prints them."""
    one, two, bad = hostile(tmp_path)
    monkeypatch.setattr("builtins.input", lambda prompt="": print(prompt) or "q")
    commands = [
        ["stats", one],
        ["stats", one, "--format", "json"],
        ["check", one, bad],
        ["check", bad, "--format", "github"],
        ["check", bad, "--format", "json"],
        ["diff", one, two],
        ["diff", one, two, "--format", "md"],
        ["diff", one, two, "--format", "json"],
        ["diff", one, two, "--sensitivity"],
        ["timeline", one, two],
        ["timeline", one, two, "--format", "md"],
        ["evaluate", one],
        ["evaluate", one, "--format", "md"],
        ["convert", one, "-", "--to", "markdown"],
        ["convert", one, "-", "--to", "json"],
        ["convert", one, "-", "--to", "yaml"],
        ["draw", bad],
        ["draw", one, "-o", str(tmp_path / "x.svg"), "--focus", "\x1b[31m"],
        ["align", one, two, "--review", "-o", str(tmp_path / "a\x1b[1m.yaml")],
        ["convert", str(tmp_path), str(tmp_path.with_name("out\x1b[1m")), "--to", "aif"],
        ["stats", str(tmp_path / "missing\x1b[31m")],
        ["\x1b[31m"],
        ["rules", "\x1b[31m"],
        ["formats", "\u202e"],
    ]
    for command in commands:
        _, out, err = run(command)
        shown = (out + err).replace("\r", "").replace("\n", "").replace("\t", "")
        bad_ones = sorted(
            {each for each in shown if ord(each) < 32 or 0x7F <= ord(each) < 0xA0 or each in "\u202e\u2066"}
        )
        if command[:1] == ["convert"] and command[-1] in ("yaml", "json"):
            bad_ones = [each for each in bad_ones if each not in "\u202e\u2066\x9b\x7f"]  # a file, as it is
        assert not bad_ones, (command, bad_ones)


def test_colours_of_a_console_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """argmap's own colours reach a terminal; those of a text do not."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    from rich.text import Text

    with streams("utf-8") as (out, _):
        with terminal.shown():
            terminal.console(color=True).print(Text("a\x1b[8mb", style="bold"))
        written = out.getvalue()
    assert written == "\x1b[1ma␛[8mb\x1b[0m\n".encode()


@pytest.mark.unix
@pytest.mark.parametrize("where", [">&-", "<&-", "2>&-", ">&- 2>&- <&-", ">/dev/full", "2>/dev/full"])
def test_closed_and_full_streams_are_one_line_at_most(where: str) -> None:
    """The exit code is 0, or 2 after one line that names standard output."""
    if "full" in where and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    for arguments in ("stats maps/1996.yaml", "--version"):
        done = subprocess.run(
            ["bash", "-c", f"{sys.executable} -m argmap {arguments} {where}"],
            capture_output=True,
            cwd=ROOT,
            check=False,
        )
        lines = done.stderr.decode().splitlines()
        assert done.returncode in (0, 2)
        assert lines in ([], ["standard output: no space left on device"])
        assert (done.returncode == 2) == bool(lines)


@pytest.mark.unix
def test_standard_input_that_is_closed_is_named() -> None:
    """`-` without standard input is one line."""
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m argmap stats - <&-"], capture_output=True, cwd=ROOT, check=False
    )
    assert (done.returncode, done.stderr.decode()) == (2, "standard input is closed; name a file, or pipe one in\n")


@pytest.mark.unix
def test_an_interrupt_is_no_traceback_of_any_process(tmp_path: Path) -> None:
    """Ctrl-C goes to the whole group, also while the other processes of a folder are starting."""
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(60):
        (folder / f"{n}.json").write_text(
            json.dumps({"nodes": [{"nodeID": "1", "type": "I", "text": "A."}], "edges": []})
        )
    started = subprocess.Popen(
        [sys.executable, "-m", "argmap", "convert", str(folder), str(tmp_path / "out"), "--to", "yaml"],
        stderr=subprocess.PIPE,
        start_new_session=True,
        cwd=ROOT,
    )
    while not (tmp_path / "out").exists() and started.poll() is None:
        time.sleep(0.02)
    time.sleep(0.1)
    os.killpg(started.pid, signal.SIGINT)
    said = started.communicate(timeout=60)[1].decode()
    assert "Traceback" not in said
