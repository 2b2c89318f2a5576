"""Choose which findings are reported: rules by name, and what the settings of a project ignore.

argmap.toml     [[check.ignore]]
                files = ["maps/1996.yaml"]
                rules = ["adrift"]
                reason = "The title is not part of the argument."
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

from argmap import text_file
from argmap.findings import ArgmapError, Finding
from argmap.text_tools import did_you_mean


@dataclass(frozen=True, slots=True)
class Ignored:
    """Rules that a project ignores in some files, with the reason."""

    files: tuple[str, ...]
    rules: frozenset[str]
    reason: str


def selected(
    found: Iterable[Finding], select: Collection[str], ignore: Collection[str], known: Mapping[str, bool]
) -> Iterator[Finding]:
    """Yield the findings of `select`, or of all rules but the optional ones, without those of `ignore`.

    What is wrong with a file itself is always reported. `known` has every rule by name, and whether it is optional.
    Raise ArgmapError if there is no rule of a name, or the settings of a project are not valid.
    """
    for name in (*select, *ignore):
        _check_name(name, known, "")
    ignored = cache(lambda folder: _ignored(folder, known))
    for finding in found:
        optional = known.get(finding.rule)
        wanted = optional is None or (finding.rule in select if select else not optional)
        if wanted and finding.rule not in ignore and not _is_ignored(finding, ignored):
            yield finding


def _check_name(name: str, known: Mapping[str, bool], where: str) -> None:
    if name not in known:
        raise ArgmapError(f"{where}no rule {name!r}: {did_you_mean(name, known, '`argmap rules` lists all.')}")


def _is_ignored(finding: Finding, ignored: Any) -> bool:
    if finding.place.file is None or not (path := Path(finding.place.file)).is_file():
        return False
    root = text_file.project_of(path)
    settings: tuple[Ignored, ...] = ignored(root)
    within = path.resolve().relative_to(root).as_posix() if settings else ""
    return any(
        finding.rule in each.rules and any(fnmatch(within, pattern) for pattern in each.files) for each in settings
    )


def _ignored(root: Path, known: Mapping[str, bool]) -> tuple[Ignored, ...]:
    """Read what a project ignores."""
    path = root / text_file.SETTINGS
    if not path.is_file():
        return ()
    try:
        settings = tomllib.loads(text_file.read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise ArgmapError(f"{path}: not valid TOML: {error}") from None
    check = settings.get("check", {})
    entries = check.get("ignore", []) if isinstance(check, dict) else None
    if not isinstance(entries, list):
        raise ArgmapError(f"{path}: write what is ignored as `[[check.ignore]]`, with files, rules and a reason")
    return tuple(_entry(entry, path, known) for entry in entries)


def _entry(entry: Any, path: Path, known: Mapping[str, bool]) -> Ignored:
    fields: dict[str, Any] = entry if isinstance(entry, dict) else {}
    files, rules, reason = fields.get("files", ()), fields.get("rules", ()), fields.get("reason")
    lists = all(isinstance(each, list) and each and all(isinstance(x, str) for x in each) for each in (files, rules))
    if not lists or not isinstance(reason, str) or not reason.strip() or fields.keys() - {"files", "rules", "reason"}:
        raise ArgmapError(f"{path}: each `[[check.ignore]]` needs `files` and `rules`, both lists, and a `reason`")
    for name in rules:
        _check_name(name, known, f"{path}: ")
    return Ignored(tuple(files), frozenset(rules), reason)
