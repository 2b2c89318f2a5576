"""A folder of many small maps: letters on a city's plans, some of them with names and titles that are hard to write."""

from __future__ import annotations

from pathlib import Path

import argmap
from argmap import formats
from argmap.model import Map

CODEBOOK = """\
argmap-codebook: 1
id: city
title: Letters on the city's plans
issues:
  bridge:
    question: What becomes of the <old> bridge?
    scale: {keep: it stays, mend: "it is mended & painted", replace: it is replaced}
  buses:
    question: Do buses run at night?
"""
TITLES = {
    3: 'Bridges & "buses" <b>now</b>',
    4: "</script><script>alert(1)</script>",
    5: "日米同盟の橋",
    6: "Ünïcödé Straße",
}
MAP = """\
argmap: 1
id: {id}
title: {title!r}
codebook: {up}codebook.yaml
thesis: main
sources:
  letter: {{path: {file!r}, author: {author}{date}}}
speakers:
  mayor: {{name: The Mayor of Łódź}}
claims:
  main:
    text: The bridge of {place} should be mended.
    quote: The bridge of {place} should be mended.
    kind: policy{condition}
    issue: bridge
    position: {ought}
  fact:
    text: The bridge has {n} cafés.
    quote: {n} cafés
    kind: fact
    issue: bridge
    position: keep
    speaker: mayor
    commitment: reported
  night:
    text: 橋は夜に閉まる in {place}.
    quote: says the mayor
    kind: prediction
    issue: buses
relations:
  - {{support: main, by: [fact, night]}}
"""
PLACES = "Aarau Basel Chur Davos Elgg Flims Glarus Horgen Ilanz Jona".split()  # noqa: SIM905
NAMES = {
    7: "Con.yaml",
    8: "two words.yaml",
    9: "letters/1996.yaml",
    10: "A.yaml",
    11: "letters/a..b.yaml",
    12: "Straße.yaml",
}


def write_city(folder: Path, maps: int = 30, *, broken: bool = True) -> Path:
    """Write that many maps with their texts, a codebook, an alignment of the first two, and if `broken` a map with an error."""
    (folder / "letters").mkdir(parents=True)
    (folder / "pyproject.toml").touch()  # maps may name files of their project
    (folder / "codebook.yaml").write_text(CODEBOOK, "utf-8")
    for n in range(maps):
        name = NAMES.get(n, f"m{n:02}.yaml")
        path = folder / name
        place = PLACES[n % len(PLACES)]
        text = path.with_suffix(".txt")
        text.write_text(
            f"The bridge of {place} should be mended. It has {n} cafés, says the mayor. If it holds.\n", "utf-8"
        )
        path.write_text(
            MAP.format(
                id="same" if n in (13, 14) else f"m{n:02}",
                title=TITLES.get(n, f"Letter {n} from {place}"),
                up="../" if "/" in name else "",
                file=text.name,
                author=("Ann", "Ben", "Zoë")[n % 3],
                date=f", published: {1990 + n // 2}-{n % 2 * 6 + 1:02}" if n != 2 else "",
                place=place,
                n=n,
                condition="\n    condition: If it holds" if n == 1 else "",
                ought=("mend", "replace")[n % 2],
            ),
            "utf-8",
        )
    if maps > 1:
        pairs = "\n".join(f"  - {{before: [{c}], after: [{c}], status: accepted}}" for c in ("main", "fact"))
        (folder / "0-1.yaml").write_text(
            f"argmap-alignment: 1\nbefore: m00.yaml\nafter: m01.yaml\ncorrespondences:\n{pairs}\n", "utf-8"
        )
    if maps > 20:
        formats.write(argmap.load(folder / "m20.yaml"), folder / "graph.json", "aif")
    if broken:
        (folder / "broken.yaml").write_text("argmap: 1\nid: broken\nclaims:\n  a: {text: A, kind: nonsense}\n", "utf-8")
    return folder


def claims_of(folder: Path) -> dict[tuple[str, str], str]:
    """Everything that a search looks at, for each claim of argmap's own maps in a folder: by path and claim."""
    found = {}
    for path in sorted(folder.rglob("*.yaml")):
        text = path.read_text("utf-8")
        if not text.startswith("argmap: 1") or path.name == "broken.yaml":
            continue
        map_: Map = argmap.load(path)
        author = next(iter(map_.sources.values())).author or ""
        for claim in map_.claims.values():
            speaker = map_.speakers[claim.speaker].name if claim.speaker else author
            condition = claim.condition.exact if claim.condition else ""
            words = [claim.text, *(quote.exact for quote in claim.quotes), condition, "" if claim.implicit else speaker]
            found[path.relative_to(folder).as_posix(), claim.id] = " \n ".join(words)
    return found
