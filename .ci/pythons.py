#!/usr/bin/env python3
"""Install argmap and run it on each Python from 3.11 up that is on this machine; name those that are absent.

Interpreters are those called `python3.N` on the path, and pyenv's. Each gets a copy of the project in a temporary
folder and environments of its own: the wheel is installed and tried, and `make report` is run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST = (3, 11)
EXPECTED = [(3, 11), (3, 12), (3, 13), (3, 14)]
SECONDS = 900
"""Time for one step; the first install fetches every dependency."""
LEFT_OUT = (".git", ".venv", "report", "node_modules", "site", "dist", "__pycache__", ".*_cache", ".hypothesis")
SMOKE = [
    ["--version"],
    ["check", "maps"],
    ["diff", "maps/1996.yaml", "maps/2005.yaml", "-o", "bridge.svg"],
    ["timeline", "maps/1996.yaml", "maps/2005.yaml", "-o", "dumbbells.pdf"],
    ["draw", "maps/2005.yaml", "-o", "map.png"],
    ["stats", "maps/1996.yaml"],
    ["convert", "maps/1996.yaml", "1996.argdown"],
    ["convert", "1996.argdown", "1996.graphml"],
    ["formats"],
    ["rules"],
    ["schemes"],
    ["schema", "map"],
]


def main() -> int:
    """Try every interpreter, print a line for each, and give the exit code."""
    found = interpreters()
    failed = False
    for version, program in found.items():
        print(f"{version}  {program}", flush=True)
        started = time.monotonic()
        problem = trial(program)
        print(f"{version}  {problem or 'works'}  ({time.monotonic() - started:.0f} s)", flush=True)
        failed |= problem is not None
    here = {tuple(map(int, version.split(".")[:2])) for version in found}
    absent = [f"{major}.{minor}" for major, minor in EXPECTED if (major, minor) not in here]
    print(f"absent: {', '.join(absent)}" if absent else "none is absent")
    return int(failed or not found)


def interpreters() -> dict[str, str]:
    """Find one program for each version, the oldest version first."""
    named = re.compile(r"python3\.\d+(\.exe)?")
    folders = [Path(folder) for folder in os.get_exec_path() if Path(folder).is_dir()]
    programs = [path for folder in folders for path in sorted(folder.iterdir()) if named.fullmatch(path.name)]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    programs += sorted(pyenv.glob("versions/3.*/bin/python3"))
    found: dict[tuple[int, ...], str] = {}
    for program in programs:
        asked = subprocess.run(
            [program, "-c", "import sys; print(*sys.version_info[:3], sys.executable)"],
            capture_output=True,
            text=True,
            check=False,
        )
        if asked.returncode == 0:  # a shim of pyenv for a version that is not switched on fails
            *numbers, executable = asked.stdout.strip().split(" ", 3)
            version = tuple(map(int, numbers))
            if version[:2] >= OLDEST:
                found.setdefault(version, executable)
    return {".".join(map(str, version)): found[version] for version in sorted(found)}


def trial(program: str) -> str | None:
    """Install and run argmap on one interpreter; give the first problem."""
    with tempfile.TemporaryDirectory(prefix="argmap-") as folder:
        copy = Path(folder) / "argmap"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
        environment = Path(folder) / "venv"
        elsewhere = Path(folder) / "elsewhere"
        shutil.copytree(copy / "maps", elsewhere / "maps")
        shutil.copytree(copy / "seeds", elsewhere / "seeds")
        (elsewhere / ".git").mkdir()  # marks a project: a map may name texts inside it
        scripts = environment / ("Scripts" if os.name == "nt" else "bin")
        steps = [
            ([program, "-m", "venv", str(environment)], copy),
            ([str(scripts / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "."], copy),
            *(([str(scripts / "argmap"), *arguments], elsewhere) for arguments in SMOKE),
            (["make", f"PYTHON={program}", "report"], copy),
        ]
        for command, where in steps:
            try:
                done = subprocess.run(command, cwd=where, capture_output=True, text=True, timeout=SECONDS, check=False)
            except (OSError, subprocess.TimeoutExpired) as error:
                return f"fails: {error}"
            if done.returncode:
                return f"fails at `{' '.join(command)}`\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        if not (copy / "report" / "index.html").is_file():
            return "fails: `make report` wrote no page"
    return None


if __name__ == "__main__":
    sys.exit(main())
