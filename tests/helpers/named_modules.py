"""Find the modules that argmap's code names in strings and calls, which no linter of imports sees.

    import_module("argmap.diagram")            a call with a name
    import_module(f"{__name__}.{part}")        a name built from a fixed beginning
    ("dot", "argmap.diagram.dot_file")         a name kept in a table
    from argmap import draw                    a name that the face looks up

A name that is built is held to its fixed beginning. A name that is not known at all is `?`, and is never allowed.
"""

from __future__ import annotations

import ast
import importlib.util
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import argmap

ROOT = Path(__file__).resolve().parents[2]
FACE = "argmap"
UNKNOWN = "?"


@cache
def floors() -> dict[str, int]:
    """Each room and its floor, the lowest first, as pyproject.toml lists them."""
    (contract,) = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers: list[str] = contract["layers"]
    return {room.strip(" ()"): floor for floor, layer in enumerate(reversed(layers)) for room in layer.split("|")}


def room_of(module: str) -> str:
    """The room that a module belongs to: `argmap.diagram` for `argmap.diagram.layout.text`."""
    return ".".join(module.split(".")[:2])


def may_name(module: str, named: str) -> bool:
    """Tell whether a module may name another: one of its own room, or one on a lower floor."""
    if named in (UNKNOWN, FACE):
        return False
    ours, theirs = room_of(module), room_of(named)
    return ours == theirs or floors()[theirs] < floors()[ours]


def upward() -> Iterator[tuple[str, str]]:
    """Each module that names another which it may not name; the face may name all."""
    for path in sorted((ROOT / "argmap").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        module = ".".join(parts[:-1] if is_package else parts)
        if module == FACE:
            continue
        for named in names_in(path.read_text("utf-8"), module, is_package=is_package):
            if not may_name(module, named):
                yield module, named


def names_in(source: str, module: str, *, is_package: bool) -> list[str]:
    """The modules that a source names in strings, in calls, or through the face, in the order of its lines."""
    package = module if is_package else module.rpartition(".")[0]
    tree = ast.parse(source)
    calls = [node for node in ast.walk(tree) if _is_import_call(node)]
    in_calls = {id(argument) for call in calls for argument in (*call.args, *(word.value for word in call.keywords))}
    found: list[tuple[int, int, str]] = []
    for node in ast.walk(tree):
        if node in calls:
            names = [_called(node, module, package)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in in_calls:
            names = [node.value] if _is_module(node.value) else []
        elif isinstance(node, ast.JoinedStr) and id(node) not in in_calls:
            names = [beginning] if _is_module(beginning := _beginning(node, module)) else []
        elif isinstance(node, ast.ImportFrom) and node.module == FACE and not node.level:
            names = [_behind_face(each.name) for each in node.names]
        elif isinstance(node, ast.Import):
            names = [each.name for each in node.names if each.name == FACE]
        else:
            continue
        found += [(node.lineno, node.col_offset, name) for name in names if name]
    return [name for *_, name in sorted(found, key=lambda each: each[:2])]


def _is_import_call(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", None)
    return name in ("import_module", "__import__")


def _called(call: ast.Call, module: str, package: str) -> str:
    """The module that a call imports; none of argmap's is the empty string."""
    name, *rest = (*call.args, *(word.value for word in call.keywords))
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        anchor = rest[0].value if rest and isinstance(rest[0], ast.Constant) else package
        full = importlib.util.resolve_name(name.value, anchor if name.value.startswith(".") else None)
        return full if full.split(".")[0] == FACE else ""
    beginning = _beginning(name, module) if isinstance(name, ast.JoinedStr) else ""
    return beginning if beginning.split(".")[0] == FACE else UNKNOWN


def _beginning(text: ast.JoinedStr, module: str) -> str:
    """The whole modules that a built name begins with."""
    beginning = ""
    for part in text.values:
        if isinstance(part, ast.Constant):
            beginning += part.value
        elif isinstance(part, ast.FormattedValue) and getattr(part.value, "id", None) in ("__name__", "__package__"):
            beginning += module
        else:
            return beginning.rpartition(".")[0]
    return beginning


def _is_module(text: str) -> bool:
    if not text.startswith(f"{FACE}.") or not all(part.isidentifier() for part in text.split(".")):
        return False
    try:
        return importlib.util.find_spec(text) is not None
    except ModuleNotFoundError:
        return False


def _behind_face(name: str) -> str:
    """The module behind a name of the face; a room of its own is an ordinary import, and seen by the linter."""
    if _is_module(f"{FACE}.{name}"):
        return ""
    room = argmap._ROOM_OF.get(name)
    return f"{FACE}.{room}" if room else FACE
