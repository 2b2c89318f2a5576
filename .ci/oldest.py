#!/usr/bin/env python3
"""Write the lowest version that `pyproject.toml` allows of each package, as constraints for pip.

python3 .ci/oldest.py > oldest.txt && pip install -c oldest.txt -e '.[dev]'
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def constraints(text: str) -> list[str]:
    """Return `name==version` for each `name>=version` of the project and its extras."""
    project = tomllib.loads(text)["project"]
    listed = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    found = (re.match(r"([\w.-]+)(?:\[[\w,-]+\])?>=([\w.]+)", each) for each in listed)
    return sorted({f"{each[1]}=={each[2]}" for each in found if each})


if __name__ == "__main__":
    print("\n".join(constraints(PROJECT.read_text("utf-8"))))
