"""`--by speaker`: stats, timeline and diff of each speaker, or organisation, by itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.cli import inputs, output
from argmap.findings import ArgmapError
from argmap.text_tools import counted

if TYPE_CHECKING:
    from argmap.debates import By, Debate
    from argmap.diff.model import Diff, Timeline
    from argmap.model import Alignment, Map
    from argmap.sentences import Embed


def read(path: str, read_as: str | None, columns: Mapping[str, str]) -> Map:
    """Read a map, or all maps of a folder as one."""
    if not Path(path).is_dir():
        return inputs.read(path, read_as, columns)
    from argmap.cli.agreeing import read_folder
    from argmap.debates import join
    from argmap.model import replace

    maps, _ = read_folder(Path(path), read_as)
    return replace(join(maps.values()), id=as_id(Path(path).resolve().name))


def as_id(name: str) -> str:
    """Make an id of the name of a folder."""
    return "".join(char if char.isalnum() else "-" for char in name).strip("-") or "corpus"


def stats(maps: Sequence[Map], by: By, style: str) -> None:
    """Print who speaks, who disagrees with whom, and which questions are answered."""
    from argmap.debates import debate_of

    found = [debate_of(map_, by) for map_ in maps]
    if style == "json":
        click.echo(json.dumps([each.model_dump(mode="json") for each in found], indent=2, ensure_ascii=False))
        return
    for each in found:
        click.echo("\n".join(_lines(each)))


def _lines(found: Debate) -> list[str]:
    names = [voice.name for voice in found.voices]
    width = max((len(name) for name in names), default=0)
    lines = [f"{found.map} · {counted(len(names), found.by)}"]
    lines.append(f"  {'':<{width}}  claims  asked  attacks  attacked")
    lines += [
        f"  {v.name:<{width}}  {v.claims:>6}  {v.asked:>5}  {v.attacks:>7}  {v.attacked:>8}" for v in found.voices
    ]
    lines.append(f"  order: {', '.join(f'{turn.name} ({len(turn.claims)})' for turn in found.turns)}")
    for title, table in (("disagrees with", found.disagreements), ("agrees with", found.agreements)):
        for who, row in table.items():
            lines.append(f"  {who} {title} {', '.join(f'{whom} ({n})' for whom, n in row.items())}")
    answered = sum(bool(question.answers) for question in found.questions)
    if found.questions:
        lines.append(f"  {counted(len(found.questions), 'question')}, {answered} answered")
    for question in found.questions:
        by = "; ".join(f"{name} ({claim})" for name, claim in question.answers)
        lines.append(
            f"    {question.name} ({question.claim}): {question.text} – {f'answered by {by}' if by else 'not answered'}"
        )
    return lines


def timelines(maps: Sequence[Map], by: By, style: str, out: Path | None) -> None:
    """Print the timeline of each speaker over the texts in which they speak."""
    from argmap.debates import split
    from argmap.diff import timeline
    from argmap.diff.timelines import by_date

    if output.is_picture(out):
        raise ArgmapError(f"a picture shows one timeline; leave out --by {by}, or write .md or .json")
    voices: dict[str, list[Map]] = {}
    for map_ in by_date(maps):
        for name, part in split(map_, by).items():
            voices.setdefault(name, []).append(part)
    found = {name: timeline(parts) for name, parts in voices.items() if len(parts) > 1}
    once = [name for name, parts in voices.items() if len(parts) == 1]
    if not found:
        raise ArgmapError(f"no {by} speaks in two of these texts")
    _each(found, once, by, style, out)


def diffs(
    before: Map,
    after: Map,
    by: By,
    style: str,
    out: Path | None,
    *,
    alignment: Alignment | None = None,
    embed: Embed | None = None,
    **looks: Any,
) -> bool:
    """Print the diff of each speaker who speaks in both maps, and tell whether any differs."""
    from argmap.debates import split
    from argmap.diff import compare
    from argmap.diff.match.apply_alignment import among

    if output.is_picture(out):
        raise ArgmapError(f"a picture shows one diff; leave out --by {by}, or write .md or .json")
    left, right = split(before, by), split(after, by)
    found = {
        name: compare(left[name], right[name], alignment and among(alignment, left[name], right[name]), embed=embed)
        for name in left
        if name in right
    }
    if not found:
        raise ArgmapError(f"no {by} speaks in both maps")
    _each(found, sorted(left.keys() ^ right.keys()), by, style, out, **looks)
    return any(not each.empty for each in found.values())


def _each(
    found: Mapping[str, Timeline] | Mapping[str, Diff],
    once: Sequence[str],
    by: By,
    style: str,
    out: Path | None,
    **looks: Any,
) -> None:
    style = output.STYLE_OF_SUFFIX.get(out.suffix, style) if out else style
    if style == "json":
        each = {name: value.model_dump(mode="json", by_alias=True) for name, value in found.items()}
        data = {"format": "argmap-voices/1", "by": by, "each": each, "once": list(once)}
        output.text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", out)
        return
    if out is not None and str(out) != "-":
        raise ArgmapError(f"{out}: with --by {by}, only JSON goes into a file")
    for name, value in found.items():
        click.echo(f"\n{'## ' if style == 'md' else ''}{name}\n")
        output.of_value(value, style, **looks)
    if once:
        click.echo(f"\nin one text only: {', '.join(once)}")
