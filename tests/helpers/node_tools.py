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

import pytest

NODE_MODULES = Path(__file__).resolve().parents[1] / "node" / "node_modules"


def argdown_found() -> list[str] | None:
    """Find Argdown's own command line: as `ARGMAP_ARGDOWN` names it, or as it is installed for the tests."""
    if given := os.environ.get("ARGMAP_ARGDOWN"):
        return shlex.split(given)
    node, script = shutil.which("node"), NODE_MODULES / "@argdown" / "cli" / "dist" / "cli.js"
    if node and script.exists():
        return [node, str(script)]
    return None


def argdown_command() -> list[str]:
    """Find Argdown's own command line, or skip the test and say so."""
    command = argdown_found()
    if command is None:
        pytest.skip("no Argdown command line: npm install in tests/node, or set ARGMAP_ARGDOWN")
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
