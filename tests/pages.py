"""Makes what the project shows of itself, so that nothing shown can grow old: `make pages`.

maps/pictures/            the pictures of the essays, and each in words
maps/schema/              JSON Schemas beside the maps
argmap/diff/README.md     the tables of change words and facets, and the list of tricky cases, in the manual
argmap/formats/README.md  formats and what each carries, from the registry
argmap/rules/README.md    what `check` looks for, from the rules
"""

from __future__ import annotations

import inspect
import json
from functools import cache
from pathlib import Path

import argmap
from argmap import diagram, formats, text_file
from argmap.model import replace
from argmap.rules import RULES
from argmap.schemas import MODELS, schema
from tests.helpers import diff_manual

ROOT = Path(__file__).resolve().parents[1]
MAPS = ROOT / "maps"
FIRST_LOOK = ("standing", "planning", "strategy", "responsibility")
"""Issues of the bridge that fit a page."""


@cache
def diagrams() -> dict[str, diagram.Diagram]:
    """The pictures of the essays, by name."""
    before, after = argmap.load(MAPS / "1996.yaml"), argmap.load(MAPS / "2005.yaml")
    alignment = argmap.load_alignment(MAPS / "1996-2005.yaml")
    diff = argmap.compare(before, after, alignment)
    first = replace(diff, changes=tuple(change for change in diff.changes if change.issue in FIRST_LOOK))
    return {
        "ladder": diagram.ladder(argmap.timeline([before, after], [alignment])),
        "bridge": diagram.bridge(diff, before, after),
        "bridge-first-look": diagram.bridge(first, before, after),
        "1996": diagram.of_map(before),
        "2005": diagram.of_map(after),
        "1996-first-look": diagram.of_map(before, depth=2),
        "2005-first-look": diagram.of_map(after, depth=2),
    }


OF_FORMATS = """\
# Formats

Every verb reads every format, which is found out by what is in the file: `argmap draw debate.argdown`, `argmap diff
a.aif.json b.xml`. `argmap convert IN OUT` goes between them and prints what the target does not carry. What a format has
and a map has no word for is kept under `extra`, by format, and written back to that format.

```sh
argmap convert debate.argdown debate.yaml             # a map to work on; its comments are not carried
argmap convert corpus/ maps/ --to yaml                # a folder, on all cores; goes on where it was interrupted
argmap convert corpus/ maps/ --to yaml --report r.csv # and a table of what became of each file, and why
argmap convert dialogue.json map.yaml --keep-dialogue # AIF with its locutions, to be written back
argmap convert map.yaml - --to mermaid | less         # through a pipe
argmap formats argdown                                # one format's page
```

What is irregular in a file (a relation without a target, an id that is there twice, a node of an unknown type, a circle
of supports) is a finding with its place, and the rest is read. A file of which nothing can be read is one line that says
why. Files are read up to 64 MB.

AIF, xAIF, OVA, SADFace, arguebuf and BRAT have no place for a map's own id: there a map is called as its file is.

"""


def of_formats() -> str:
    """The table of formats, and a page each."""
    names = [format.name for format in formats.FORMATS]
    return "\n".join(
        [OF_FORMATS + formats.table(), *(f"## {name}\n\n{_fenced(formats.page(name))}\n" for name in names)]
    )


def of_rules() -> str:
    """A section a rule."""
    parts = ["# What `argmap check` looks for", "", "Errors make it exit with 1; warnings and notes do not.", ""]
    for rule in RULES:
        parts += [f"## {rule.name}", "", f"*{rule.severity}.* {_fenced(inspect.cleandoc(rule.page))}", ""]
    return "\n".join(parts)


def _fenced(page: str) -> str:
    """Indented examples as fenced blocks, which every renderer shows alike."""
    lines: list[str] = []
    inside = False
    for line in page.splitlines():
        if line.startswith("    ") != inside and line.strip():
            # The blank line after an example stands behind its fence.
            at = len(lines) - (inside and lines[-1] == "")
            lines.insert(at, "```")
            inside = not inside
        lines.append(line.removeprefix("    ") if inside else line)
    return "\n".join([*lines, "```"] if inside else lines)


@cache
def pages() -> dict[Path, str]:
    """Every text that is made, by its file."""
    schemas = {
        MAPS / "schema" / f"{kind}.json": json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n"
        for kind in MODELS
    }
    outlines = {MAPS / "pictures" / f"{name}.txt": diagram.outline(picture) for name, picture in diagrams().items()}
    house = ROOT / "argmap"
    return {
        **schemas,
        **outlines,
        diff_manual.MANUAL: diff_manual.current(),
        house / "formats" / "README.md": of_formats(),
        house / "rules" / "README.md": of_rules(),
    }


def main() -> None:
    """Write every page and picture."""
    for name, picture in diagrams().items():
        text_file.write(MAPS / "pictures" / f"{name}.svg", diagram.draw(picture, "svg"))
    for path, text in pages().items():
        text_file.write(path, text)


if __name__ == "__main__":
    main()
