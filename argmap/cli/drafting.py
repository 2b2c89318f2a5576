"""`argmap draft`: fill a map with suggestions, by cue words, by a language model, or from the answer of a chat."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli import inputs
from argmap.cli.language_models import consent, progress, tell_refused
from argmap.findings import ArgmapError
from argmap.text_tools import counted

if TYPE_CHECKING:
    from argmap.drafting.gate import Refused
    from argmap.model import Map

_OF_MAPS = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Subject:
    """A map to draft into, and the file that it is saved to; `None` for standard output."""

    map: Map
    target: Path | None
    name: str


def run(
    specs: tuple[str, ...],
    out: Path | None,
    *,
    prompt: bool,
    answer: Path | None,
    model: str | None,
    positions: bool,
    second: bool,
    yes: bool,
    seconds: float,
    left_out: Path | None = None,
) -> None:
    """Draft each of some texts or maps.

    Raises
    ------
    ArgmapError
        When one cannot be read or written, the answer holds no claims, or the model fails.
    click.UsageError
        When options do not go together.
    """
    ways = [name for name, given in (("--prompt", prompt), ("--answer", answer), ("--model", model)) if given]
    if len(ways) > 1:
        raise click.UsageError(f"use one of {' and '.join(ways)}")
    if len(specs) > 1 and (out or answer or prompt):
        raise click.UsageError("--out, --answer and --prompt are for one text or map")
    if positions and not model:
        raise click.UsageError("--positions needs --model")
    for spec in specs:
        subject = _subject(spec, out)
        if prompt:
            from argmap.drafting.request import request_for_chat

            click.echo(request_for_chat(subject.map))
        elif second:
            _second(subject, model, out, yes=yes, seconds=seconds)
        elif answer:
            _from_answer(subject, answer, left_out)
        elif model:
            _by_model(subject, model, left_out, positions=positions, yes=yes, seconds=seconds)
        else:
            from argmap.drafting import draft

            _save(subject, draft(subject.map))


def _subject(spec: str, out: Path | None) -> Subject:
    """Read a text or a map, and settle where the draft goes."""
    target = None if out is None or str(out) == "-" else out
    if spec != "-" and not inputs.is_revision(spec) and Path(spec).suffix.lower() not in _OF_MAPS:
        known = _foreign(spec)
        if known is None:
            return _of_text(Path(spec), target, to_stdout=str(out) == "-")
    elif spec == "-":
        content = inputs.standard_input()
        from argmap import store

        if not store.is_ours(content.text):
            return _with_base(_map_of(content.text, "draft", None), target, "<stdin>")
        known = inputs.read(spec)
    else:
        known = inputs.read(spec)
    if not any(source.text for source in known.sources.values()):
        raise ArgmapError(f"{spec}: the map has no text to draft from")
    own = Path(spec) if spec != "-" and Path(spec).suffix.lower() in _OF_MAPS and Path(spec).is_file() else None
    if out is None and own is None:
        raise ArgmapError(
            f"{spec}: name the file to write with -o, such as -o {Path(spec).stem}.yaml, or -o - to print"
        )
    return Subject(known, target or (None if out else own), spec)


def _foreign(spec: str) -> Map | None:
    """Read a map in another format than argmap's; `None` for a text."""
    from argmap import formats
    from argmap.formats.common.format import content_of

    if Path(spec).suffix.lower() in (".txt", ".md", ".markdown", ""):
        return None
    content = content_of(Path(spec))
    return inputs.read(spec) if formats.recognised(content) else None


def _of_text(path: Path, target: Path | None, *, to_stdout: bool) -> Subject:
    from argmap import text_file
    from argmap.project.readers import SUFFIXES

    if path.suffix.lower() in SUFFIXES and path.suffix.lower() not in (".txt", ".md", ".markdown"):
        raise ArgmapError(f"{path}: freeze its text first: `{shlex.join(['argmap', 'init', str(path)])}`")
    text = text_file.read(path, pipes=True).text
    if not text.strip():
        raise ArgmapError(f"{path}: there is no text in it")
    if to_stdout:
        return Subject(_map_of(text, path.stem, None), None, str(path))
    beside = target or path.with_suffix(".yaml")
    if target is None and beside.exists():
        raise ArgmapError(
            f"{beside}: is there already; draft that map: `{shlex.join(['argmap', 'draft', str(beside)])}`"
        )
    relative = Path(os.path.relpath(path, beside.parent)).as_posix()
    return _with_base(_map_of(text, path.stem, relative), beside, str(path))


def _map_of(text: str, name: str, path: str | None) -> Map:
    """Make a map without claims."""
    import re

    from argmap.model import Map, Source
    from argmap.sentences.substance.language import language_of

    source = Source(path=path, text=text, language=language_of(text))
    source = source.model_copy(update={"sha256": source.digest})
    map_id = re.sub(r"[^\w.-]+", "-", name).strip("-._")[:80] or "draft"
    return Map(id=map_id, sources={"text": source})


def _with_base(new: Map, target: Path | None, name: str) -> Subject:
    """Take the map that is at the target already, if it is one of the same text."""
    if target is None or not target.exists():
        return Subject(new, target, name)
    there = inputs.read(str(target))
    text = next(iter(new.sources.values())).text
    if not any(source.text == text for source in there.sources.values()):
        raise ArgmapError(f"{target}: a map of another text is there, and is not overwritten")
    return Subject(there, target, name)


def _save(subject: Subject, drafted: Map, refused: list[Refused] | None = None) -> None:
    """Save a draft, and say what was added and what was refused."""
    from argmap import store

    tell_refused(refused or [])
    if subject.target is None:
        click.echo(store.dumps(drafted), nl=False)
    elif drafted is not subject.map or not subject.target.exists():
        store.save(drafted, subject.target)
    said = [
        counted(len(drafted.claims) - len(subject.map.claims), "new claim"),
        counted(len(drafted.relations) - len(subject.map.relations), "new relation"),
    ]
    passages = sum(len(s.excluded) for s in drafted.sources.values()) - sum(
        len(s.excluded) for s in subject.map.sources.values()
    )
    said += [f"{counted(passages, 'passage')} of page furniture excluded"] if passages else []
    said += [f"{len(refused)} left out"] if refused else []
    thesis = f"; proposed thesis: {drafted.only_thesis}" if subject.map.thesis is None and drafted.only_thesis else ""
    where = subject.target or "-"
    click.echo(f"{where}: {', '.join(said)}, all suggested until a person accepts them{thesis}", err=True)


def _list(refused: list[Refused], path: Path | None) -> None:
    """Write what was refused as JSON, to give it back to a chat."""
    if path is None:
        return
    import json
    from dataclasses import asdict

    from argmap import text_file

    text_file.write(path, json.dumps([asdict(each) for each in refused], ensure_ascii=False, indent=1) + "\n")


def _from_answer(subject: Subject, answer: Path, left_out: Path | None) -> None:
    """Take the claims of an answer through the gate."""
    from argmap import text_file
    from argmap.drafting.gate import admit

    text = inputs.standard_input().text if str(answer) == "-" else text_file.read(answer, pipes=True).text
    admitted = admit(subject.map, text, "an answer of a chat", name=str(answer))
    _save(subject, admitted.map, admitted.refused)
    _list(admitted.refused, left_out)
    if not admitted.claims and admitted.refused:
        raise ArgmapError(f"{answer}: no claim of it stands in the text")


def _by_model(
    subject: Subject, name: str, left_out: Path | None, *, positions: bool, yes: bool, seconds: float
) -> None:
    """Let a language model draft, or place claims on the scales of the codebook."""
    from argmap.drafting import models

    model = models.get_model(name)
    consent(_size(subject), model, yes=yes)
    if positions:
        drafted = models.positions_by(subject.map, model, seconds=seconds)
        click.echo(f"{counted(drafted.claims, 'position')} suggested", err=True)
    else:
        drafted = models.draft_by(subject.map, model, seconds=seconds, progress=progress)
    _save(subject, drafted.map, drafted.refused)
    _list(drafted.refused, left_out)


def _size(subject: Subject) -> str:
    """Say how much of the text a model gets."""
    from argmap.drafting import models

    requests, characters = models.size_of(subject.map)
    return f"{characters:,} characters of {subject.name} in {counted(requests, 'request')}"


def _second(subject: Subject, model: str | None, out: Path | None, *, yes: bool, seconds: float) -> None:
    """Draft the texts cold, and show how the result differs from the map at hand."""
    from argmap import diff, store
    from argmap.cli import output
    from argmap.drafting import draft, models
    from argmap.model import replace

    # Under an id of its own, the draft counts as a second reading of the text and not as a revision of the map.
    named = f"{subject.map.id}-second"
    bare = replace(subject.map, id=named, claims={}, relations=(), thesis=None, drafted_by=(), speakers={})
    if model:
        chosen = models.get_model(model)
        consent(_size(Subject(bare, None, subject.name)), chosen, yes=yes)
        cold = models.draft_by(bare, chosen, seconds=seconds, progress=progress).map
    else:
        cold = draft(bare)
    if out is not None and str(out) != "-":
        if out.exists():
            raise ArgmapError(f"{out}: is there already, and is not overwritten")
        store.save(cold, out)
    output.diff(diff.compare(subject.map, cold), "text", quotes=True)
    output.agreement(diff.agreement(subject.map, cold), "text")
