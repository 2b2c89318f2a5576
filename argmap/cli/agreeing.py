"""`argmap diff --agreement`: read the maps of two or more analysts, measure, and print."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli import inputs, output
from argmap.findings import ArgmapError

if TYPE_CHECKING:
    from argmap.diff.agreements.model import Rule
    from argmap.model import Map


def run(
    paths: tuple[str, ...],
    read_as: str | None,
    rule: Rule,
    only: tuple[str, ...],
    style: str,
    out: Path | None,
    *,
    gamma: bool = False,
    folder: Path | None = None,
) -> int:
    """Measure the agreement of two files or of two or more folders, print it, and give the exit code."""
    from argmap.diff import agreement
    from argmap.diff.agreements.corpora import corpus_agreement

    folders = [Path(path).is_dir() for path in paths]
    if not any(folders):
        if len(paths) > 2:
            raise ArgmapError("of more than two analysts, name a folder each, with the same names of files")
        left, right = (inputs.read(path, read_as) for path in paths)
        _check_labels(only, (left, right))
        found = agreement(left, right, rule=rule, only=only)
        if gamma:
            from argmap.diff.agreements.exchange import with_gamma

            found = with_gamma(found, left, right)
        _export({"first": {"text": left}, "second": {"text": right}}, folder, rule)
        output.agreement(found, style, out)
        return 0
    if gamma:
        raise ArgmapError("γ is computed for one text: name two maps")
    if not all(folders):
        raise ArgmapError(f"{paths[folders.index(False)]}: not a folder, and the others are")
    read = [read_folder(Path(path), read_as) for path in paths]
    coders = {name: maps for name, (maps, _) in zip(coder_names(paths), read, strict=True)}
    _check_labels(only, (map_ for maps in coders.values() for map_ in maps.values()))
    _export(coders, folder, rule)
    output.agreement(corpus_agreement(coders, rule=rule, only=only), style, out)
    return 2 if any(failed for _, failed in read) else 0


def _check_labels(only: tuple[str, ...], maps: Iterable[Map]) -> None:
    """Refuse labels that no claim has, with those that there are."""
    from argmap.diff.agreements.pairing import Coder
    from argmap.diff.map_index import MapIndex

    known = {label for map_ in maps for label in Coder(MapIndex(map_)).labels.values()} if only else set()
    if missing := [label for label in only if label not in known]:
        raise ArgmapError(f"no claim is labelled {missing[0]}: the labels are {', '.join(sorted(known))}")


def _export(coders: dict[str, dict[str, Map]], folder: Path | None, rule: Rule) -> None:
    if folder is not None:
        from argmap.diff.agreements.exchange import export

        for path in export(coders, folder, rule):
            click.echo(path, err=True)


def score(gold: str, pred: str, read_as: str | None, only: tuple[str, ...], style: str, out: Path | None) -> int:
    """Score predicted maps against gold ones, print the scores, and give the exit code."""
    from argmap.diff import score as measure

    folders = [Path(path).is_dir() for path in (gold, pred)]
    if not all(folders):
        # A file of many texts, such as JSON lines, may face a folder of them.
        sides = [_one_map(path, read_as, is_folder) for path, is_folder in zip((gold, pred), folders, strict=True)]
        _check_labels(only, (map_ for map_, _ in sides))
        output.scores(measure(sides[0][0], sides[1][0], only=only), style, out)
        return 2 if any(failed for _, failed in sides) else 0
    (golds, failed), (preds, also) = (read_folder(Path(path), read_as) for path in (gold, pred))
    _check_labels(only, (*golds.values(), *preds.values()))
    output.scores(measure(golds, preds, only=only), style, out)
    return 2 if failed or also else 0


def _one_map(path: str, read_as: str | None, is_folder: bool) -> tuple[Map, bool]:
    from argmap.diff.agreements.scores import together

    if not is_folder:
        return inputs.read(path, read_as), False
    maps, failed = read_folder(Path(path), read_as)
    return together(maps), failed


def read_folder(folder: Path, read_as: str | None) -> tuple[dict[str, Map], bool]:
    """Read the maps of a folder by their names, and name the files that cannot be read on standard error."""
    from argmap.folders import read_folder

    maps, failures = read_folder(folder, read_as)
    for failure in failures:
        click.echo(failure, err=True)
    if not maps:
        raise ArgmapError(f"{folder}: this folder has no maps")
    return maps, bool(failures)


def coder_names(paths: tuple[str, ...]) -> list[str]:
    """Name each analyst after their folder; by the whole path where two folders have one name."""
    names = [Path(path).resolve().name for path in paths]
    return names if len(set(names)) == len(names) else [f"{n}:{path}" for n, path in enumerate(paths, 1)]
