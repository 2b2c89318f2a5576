"""The generated parts of the diff's manual; `make pages` writes them."""

from __future__ import annotations

import json
import re
from pathlib import Path

from argmap.diff.render.markdown import escape, of_rules

MANUAL = Path(__file__).resolve().parents[2] / "argmap" / "diff" / "README.md"
CASES = Path(__file__).resolve().parents[1] / "diff" / "diff_cases"


def parts() -> dict[str, str]:
    """The generated parts, by the name of their mark."""
    return {"words": of_rules().strip(), "cases": "\n".join(_case(path) for path in sorted(CASES.iterdir()))}


def current() -> str:
    """The manual as it should stand."""
    text = MANUAL.read_text("utf-8")
    for name, part in parts().items():
        text = re.sub(
            rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)",
            lambda found, part=part: f"{found[1]}\n{part}\n\n{found[2]}",
            text,
            flags=re.DOTALL,
        )
    return text


def _case(path: Path) -> str:
    expected = json.loads((path / "expected.json").read_text("utf-8"))
    words = dict.fromkeys(", ".join((change["change"], *change.get("facets", ()))) for change in expected["changes"])
    return f"- `{path.name}`: {escape(expected['about'])} *{'; '.join(words) or 'empty'}*"
