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
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import argmap
from argmap import formats, store
from argmap.findings import ArgmapError
from argmap.formats import Format
from tests.formats.test_fuzz import READ, by_name, sample
from tests.helpers.growth import FACTOR, assert_linear

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
    *(
        " ",
        "\n",
        "\t",
        "\r\n",
        "a",
        "A",
        "0",
        "é",
        "一",
        "́",
        ".",
        ",",
        ":",
        ";",
        "-",
        "=",
        "_",
        "*",
        "#",
        "'",
        '"',
        "&",
    ),
    *(
        "\\",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "<",
        ">",
        "/",
        "|",
        "a ",
        " a",
        "A. ",
        "1.",
        "1,",
        "1 ",
        "a.",
        "a-",
        "a'",
        "- ",
    ),
    *(
        "<!--",
        "<a ",
        "<a id=",
        "&#",
        "[a](",
        "(a",
        "\\a",
        "**a",
        "a:",
        "a, ",
        "\n ",
        " \n",
        "\n\n",
        "a\n",
        "x=",
        '"a',
        "--",
    ),
)
TINY, SMALL, LARGE = 20, 500, 8_000
"""Repetitions: exponential growth shows with the first, cubic with the second, quadratic with the third."""
SECONDS = 0.01
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
            pattern, flags = _value(call.args[0], space), _flags(call)
            if pattern is None:
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


def _value(node: ast.expr, space: dict[str, object]) -> Any:
    """Evaluate an expression; a word stands for a part that only its function knows, `None` for all of it."""
    try:
        return eval(ast.unparse(node), space)  # noqa: S307
    except NameError:
        if not isinstance(node, ast.JoinedStr):
            return None
    parts = []
    for part in node.values:
        inner = _value(part.value, space) if isinstance(part, ast.FormattedValue) else ast.literal_eval(part)
        parts.append("(?:wq|xq)" if inner is None else str(inner))
    return "".join(parts)


def _flags(call: ast.Call) -> int:
    return sum(
        int(eval(ast.unparse(node), {"re": re}))  # noqa: S307
        for node in [*call.args[1:], *(keyword.value for keyword in call.keywords)]
        if isinstance(node, ast.Attribute | ast.BinOp) and ast.unparse(node).startswith("re.")
    )


def texts(pattern: str) -> Iterator[Callable[[int], str]]:
    """Yield what makes a text of so many repetitions: of each unit, alone and behind words of the expression."""
    signs = [sign for sign in dict.fromkeys(re.sub(r"\\[A-Za-z]|[\w\s]", "", pattern)) if sign.isascii()][:8]
    for pair in map("".join, product((*signs, "a", " "), repeat=2)):
        yield partial(_repeated, pair, "")
    literal = re.sub(r"\\[A-Za-z]|\(\?[^)]*\)|[\[\](){}?*+|^$\\]", " ", pattern)
    words = sorted({word for word in literal.split() if len(word) < 30}, key=len)[-1:]
    for unit in (*UNITS, *words):
        for lead in ("", *words):
            yield partial(_repeated, unit, lead)


def _repeated(unit: str, lead: str, n: int) -> str:
    return lead + unit * (n // len(unit)) + "\x01"


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


def slow(expression: Expression) -> str | None:
    """Return the first way found to make an expression slow."""
    for method in sorted(expression.methods):
        for make in texts(expression.pattern.pattern):
            if grows(partial(METHODS[method], expression.pattern), make):
                return f"{method} of {make(TINY)!r}…"
    return None


MADE = {
    "drafting/cues.py",
    "drafting/readings.py",
    "formats/argdown/lexer.py",
    "formats/csv/references.py",
    "project/readers/markdown.py",
}
"""Files with expressions that are made of words in a function; the tests of their readers feed them."""


def test_no_regular_expression_grows_faster_than_its_text() -> None:
    """Eight thousand characters take at most some hundredths of a second, or time in line with their number."""
    found, made = expressions()
    assert len(found) > 200
    assert {place.partition(":")[0] for place in made} <= MADE
    unbounded = [each for each in found if re.search(r"[*+]|\{\d*,\d*\}", each.pattern.pattern)]
    bad = {f"{each.place}: {each.pattern.pattern[:80]}": slow(each) for each in unbounded}
    assert not {place: reason for place, reason in bad.items() if reason}


def test_the_measure_sees_what_is_slow() -> None:
    """Nested, adjacent and unanchored repetitions are found, and a plain one is not."""
    for pattern in (r"(a+)+b", r"a*a*b", r"\s+$", r"<a[^>]*>"):
        assert slow(Expression("", re.compile(pattern), frozenset({"search"}))), pattern
    for pattern in (r"\w+", r"(?<!\s)\s+(?=b)", r"[^\n]*\n|[^\n]+"):
        assert not slow(Expression("", re.compile(pattern), frozenset({"sub"}))), pattern


REPEATED = (
    " ",
    "a",
    "0",
    "\n",
    ", ",
    "[",
    "(",
    "\\[",
    "<a ",
    "<!--",
    "&#",
    '"',
    "a: ",
    "- ",
    "1.1. a\n",
    "T1\tA 0 1\ta\n",
)


@pytest.mark.parametrize("format_", READ, ids=by_name)
def test_every_reader_takes_time_in_line_with_its_text(format_: Format) -> None:
    """Thirty thousand characters of one kind in the place of a word, or behind the text, are read or refused soon."""
    text = sample(format_.name)
    words = [word for word in dict.fromkeys(re.findall(r"\w{4,}", text)) if text.count(word) < 4][:4]
    for word, unit in product((*words, None), REPEATED):

        def make(n: int, word: str | None = word, unit: str = unit) -> str:
            many = unit * (n // len(unit))
            return text + many if word is None else text.replace(word, many, 1)

        def read(given: str) -> None:
            with suppress(ArgmapError):
                formats.examine_text(given, format_.name)

        if _time(read, make(30_000)) > SOON:
            assert_linear(read, make(30_000 // FACTOR), make(30_000))


SOON = 1.0
"""Seconds of processor time; reading such a text takes some hundredths."""


def test_doubled_keys_take_time_in_line_with_their_number() -> None:
    """Each of thousands of claims with a key that occurs twice has a finding with its path, in YAML and JSON."""

    def yaml(n: int) -> str:
        return "argmap: 1\nid: m\nclaims:\n" + "".join(f"  c{i}:\n    text: a\n    text: b\n" for i in range(n))

    def json(n: int) -> str:
        claims = ",".join(f'"c{i}": {{"text": "a", "text": "b"}}' for i in range(n))
        return f'{{"argmap": 1, "id": "m", "claims": {{{claims}}}}}'

    def read(text: str) -> None:
        with pytest.raises(ArgmapError) as raised:
            store.parse_map(text)
        assert raised.value.findings[-1].place.at[:1] == ("claims",)

    for make in (yaml, json):
        assert_linear(read, make(500), make(500 * FACTOR))
