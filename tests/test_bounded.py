"""No regular expression of the package takes more time than its text grows: each is fed with repetitions of many kinds.

The expressions are found in the source, so that a new one is tried by itself. Each is used as the package uses it
(`match`, `search`, `sub` …). What repeats is taken from a list, with words of the expression itself before and between.
"""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

import pytest

import argmap

PACKAGE = Path(argmap.__file__).parent
METHODS: dict[str, Callable[[re.Pattern[str], str], object]] = {
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
    "search": lambda pattern, text: pattern.search(text),
    "sub": lambda pattern, text: pattern.sub("", text, count=0),
    "split": lambda pattern, text: pattern.split(text),
    "findall": lambda pattern, text: pattern.findall(text),
    "finditer": lambda pattern, text: list(pattern.finditer(text)),
}
UNITS = (
    *(" ", "\n", "\t", "\r\n", "a", "A", "0", "é", "一", "́", ".", ",", ":", ";", "-", "=", "_", "*", "#", "'", '"', "&"),
    *("\\", "(", ")", "[", "]", "{", "}", "<", ">", "/", "|", "a ", " a", "A. ", "1.", "1,", "1 ", "a.", "a-", "a'", "- "),
    *("<!--", "<a ", "<a id=", "&#", "[a](", "(a", "\\a", "**a", "a:", "a, ", "\n ", " \n", "\n\n", "a\n", "x=", '"a', "--"),
)
TINY, SMALL, LARGE = 24, 500, 4000
"""Repetitions: exponential growth shows with the first, cubic with the second, quadratic with the third."""
SECONDS = 0.02
"""Time below which nothing is said; quadratic work on the largest text takes some ten times as long."""
MOST = 3.0
"""How much more than in line with the text the time may grow from a third of the largest text to all of it."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A regular expression, with its place and how it is used."""

    place: str
    pattern: re.Pattern[str]
    methods: frozenset[str]


class _Found(ast.NodeVisitor):
    def __init__(self) -> None:
        self.calls: list[tuple[ast.Call, str | None]] = []
        self.used: dict[str, set[str]] = defaultdict(set)
        self.imported: set[str | None] = set()
        self.name: str | None = None

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self.imported.update(each.name for each in node.names)

    def visit_Assign(self, node: ast.Assign) -> None:
        before, self.name = self.name, getattr(node.targets[0], "id", None)
        self.generic_visit(node)
        self.name = before

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in METHODS and isinstance(node.value, ast.Name | ast.Subscript | ast.Attribute):
            base = node.value.value if isinstance(node.value, ast.Subscript) else node.value
            self.used[getattr(base, "id", getattr(base, "attr", ""))].add(node.attr)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func
        if isinstance(called, ast.Attribute) and getattr(called.value, "id", "") == "re" and called.attr != "escape":
            self.calls.append((node, self.name))
        self.generic_visit(node)


@cache
def expressions() -> tuple[list[Expression], list[str]]:
    """Return every expression of the package, and the places of those that are made of what a function is given."""
    found: dict[Path, _Found] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        found[path] = _Found()
        found[path].visit(ast.parse(path.read_text("utf-8")))
    out, made = [], []
    for path, visitor in found.items():
        dotted = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        for call, name in visitor.calls:
            place = f"{path.relative_to(PACKAGE)}:{call.lineno}"
            space = {**vars(importlib.import_module(dotted))}
            try:
                pattern, flags = eval(ast.unparse(call.args[0]), space), _flags(call, space)  # noqa: S307
            except NameError:
                made.append(f"{path.relative_to(PACKAGE).as_posix()}: {ast.unparse(call.args[0])}")
                continue
            if isinstance(pattern, bytes):
                pattern = pattern.decode("latin-1")
            compiled = pattern if isinstance(pattern, re.Pattern) else re.compile(pattern, flags)
            kind = call.func.attr  # type: ignore[attr-defined]
            # A name is used where it is defined, and in modules that import it.
            near = [other.used[name or ""] for other in found.values() if other is visitor or name in other.imported]
            methods = {kind} if kind != "compile" else set().union(*near) or {"search"}
            out.append(Expression(place, compiled, frozenset(methods - {"compile"})))
    return out, made


def _flags(call: ast.Call, space: dict[str, object]) -> int:
    for node in [*call.args[1:], *(keyword.value for keyword in call.keywords)]:
        if "re." in ast.unparse(node):
            return int(eval(ast.unparse(node), space))  # noqa: S307
    return 0


def texts(pattern: str) -> Iterator[Callable[[int], str]]:
    """Yield what makes a text of so many repetitions: of each unit, alone and behind words of the expression."""
    signs = [sign for sign in dict.fromkeys(re.sub(r"\\[A-Za-z]|[\w\s]", "", pattern)) if sign.isascii()][:12]
    for pair in product((*signs, "a", " "), repeat=2):
        yield lambda n, pair="".join(pair): pair * (n // 2) + "\x01"  # type: ignore[misc]
    literal = re.sub(r"\\[A-Za-z]|\(\?[^)]*\)|[\[\](){}?*+|^$\\]", " ", pattern)
    words = sorted({word for word in literal.split() if len(word) < 30}, key=len)[-3:]
    for unit in (*UNITS, *words):
        for lead in ("", *words):
            yield lambda n, unit=unit, lead=lead: lead + unit * (n // len(unit)) + "\x01"  # type: ignore[misc]


def _time(run: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    run(text)
    return time.process_time() - start


def grows(run: Callable[[str], object], make: Callable[[int], str]) -> bool:
    """Tell whether the time grows faster than the text, each time of three."""
    if _time(run, make(TINY)) > SECONDS and _time(run, make(TINY)) > SECONDS:
        return True
    if (first := _time(run, make(SMALL))) > SECONDS and min(first, _time(run, make(SMALL))) > SECONDS:
        return True
    if _time(run, make(LARGE)) < SECONDS:
        return False
    for _ in range(3):
        third = max(_time(run, make(LARGE // 3)), SECONDS / 10)
        if _time(run, make(LARGE)) <= 3 * MOST / 2 * third or _time(run, make(LARGE)) < SECONDS:
            return False
    return True


def slow(expression: Expression) -> list[str]:
    """Return how an expression can be made slow."""
    found = []
    for method in sorted(expression.methods):
        for make in texts(expression.pattern.pattern):
            if grows(lambda text, method=method: METHODS[method](expression.pattern, text), make):
                found.append(f"{method} of {make(TINY)!r}…")
    return found


MADE = {
    "drafting/cues.py: source",
}
"""Expressions that are made of words, in functions; the tests of their readers feed them."""


def test_no_regular_expression_grows_faster_than_its_text() -> None:
    """Four thousand repetitions take at most some hundredths of a second, or time in line with their number."""
    found, made = expressions()
    assert len(found) > 200
    bad = {f"{each.place}: {each.pattern.pattern[:80]}": slow(each) for each in found}
    assert not {place: reasons[:3] for place, reasons in bad.items() if reasons}


def test_the_measure_sees_what_is_slow() -> None:
    """Nested, adjacent and unanchored repetitions are found, and a plain one is not."""
    for pattern in (r"(a+)+b", r"a*a*a*b", r"\s+$", r"<a[^>]*>"):
        assert slow(Expression("", re.compile(pattern), frozenset({"search"}))), pattern
    for pattern in (r"\w+", r"(?<!\s)\s+(?=b)", r"[^\n]*\n"):
        assert not slow(Expression("", re.compile(pattern), frozenset({"sub"}))), pattern


@pytest.mark.skip(reason="for a look by hand")
def test_made() -> None:
    print(expressions()[1])
