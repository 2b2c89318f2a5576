"""Tools of other projects that run on node, as the tests find them; `tests/node/package.json` names them, with every version locked."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.helpers.browser_session import missing

NODE_MODULES = Path(__file__).resolve().parents[1] / "node" / "node_modules"


def argdown_found() -> list[str] | None:
    """Argdown's own command line: from `ARGMAP_ARGDOWN`, as installed for the tests, or as npx has it."""
    if given := os.environ.get("ARGMAP_ARGDOWN"):
        return shlex.split(given)
    node, script = shutil.which("node"), NODE_MODULES / "@argdown" / "cli" / "dist" / "cli.js"
    if node and script.exists():
        return [node, str(script)]
    npx = shutil.which("npx")
    if npx and subprocess.run([npx, "--no-install", "argdown", "--version"], capture_output=True).returncode == 0:
        return [npx, "--no-install", "argdown"]
    return None


def argdown_command() -> list[str]:
    """The same; without any the test skips and says so, and where `CI` is set, that is a failure."""
    command = argdown_found()
    if command is None:
        missing("no Argdown command line: npm install in tests/node, or set ARGMAP_ARGDOWN")
        raise AssertionError
    return command


def argdown_json(texts: Sequence[str], folder: Path) -> list[dict[str, Any] | None]:
    """What Argdown's command line makes of each text, all in one run; `None` where it makes nothing of it."""
    command = argdown_command()
    sources, exports = folder / "argdown", folder / "json"
    sources.mkdir()
    for n, text in enumerate(texts):
        (sources / f"{n}.argdown").write_bytes(text.encode())
    subprocess.run(
        [*command, "json", "argdown/*.argdown", "json"], cwd=folder, capture_output=True, check=False, timeout=300
    )
    paths = [exports / f"{n}.json" for n in range(len(texts))]
    return [json.loads(path.read_bytes()) if path.exists() else None for path in paths]
