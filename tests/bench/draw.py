"""What drawing costs beside the engine's own work, for 60, 500 and 2,000 claims.

Two comparisons, each in one run:

- `argmap.draw` over the engine alone on the same DOT. There every place is pinned, so that the engine only draws and
  argmap does all of the laying out; both start one process, which is timed first, on a graph of one node.
- The engine laying out the same boxes and arrows by itself (`dot`, as other tools draw) over `argmap.draw`.
"""

from __future__ import annotations

import random
import subprocess
import sys
from statistics import median
from time import perf_counter

from argmap import diagram
from argmap.diagram.layout.sheet import sheet_of
from argmap.diagram.layout.text import FONTS, lines
from argmap.diagram.model import Diagram
from argmap.diagram.render import engine
from argmap.diagram.render.dot import dot_of, quote
from argmap.diagram.theme import THEMES
from argmap.model import Map

RUNS = 5
SIZES = (60, 500, 2000)
LAYOUT_LIMIT = 60.0
WORDS = [
    "the",
    "alliance",
    "between",
    "two",
    "states",
    "must",
    "become",
    "one",
    "of",
    "equals",
    "because",
    "regional",
    "conflicts",
    "are",
    "more",
    "likely",
    "than",
    "war",
]


def example(size: int) -> Map:
    """A map of `size` claims like those of essays: broad, four to eight steps deep, premises often linked."""
    chance = random.Random(size)  # noqa: S311 - an example, not a secret
    claims = {f"c{n}": {"text": " ".join(chance.choices(WORDS, k=chance.randint(6, 24)))} for n in range(size)}
    relations: list[dict[str, object]] = []
    waiting, used = [0], 1
    while used < size:
        target = waiting.pop(0)
        for _ in range(chance.randint(1, 3)):
            by = range(used, min(size, used + chance.choice([1, 1, 1, 2, 3])))
            if by:
                kind = chance.choice(["support"] * 5 + ["attack"])
                relations.append({kind: f"c{target}", "by": [f"c{n}" for n in by]})
                waiting.extend(by)
                used = by[-1] + 1
    return Map.model_validate({"id": "example", "thesis": "c0", "claims": claims, "relations": relations})


def unpinned(picture: Diagram) -> str:
    """The same boxes and arrows for `dot` to lay out."""
    rows = ["digraph {", "  newrank=true rankdir=BT", "  node [shape=box fontname=Arial fontsize=10]"]
    for box in picture.boxes:
        words = [line for text in box.text for line in lines(text.words, FONTS[text.role], 165.0)]
        rows.append(f'  {quote(box.id)} [label={quote(" ".join(words))[:-1]}"]')
    rows += [f"  {quote(arrow.source)} -> {quote(arrow.target)}" for arrow in picture.arrows]
    return "\n".join([*rows, "}"])


def seconds(work: object, *given: object) -> float:
    """Wall time of a call."""
    start = perf_counter()
    work(*given)  # type: ignore[operator]
    return perf_counter() - start


def laid_out(dot: str) -> float | None:
    """Seconds that the engine takes to lay a graph out and draw it; `None` beyond the limit."""
    code = "import sys, pygraphviz; pygraphviz.AGraph(string=sys.stdin.read()).draw(format='svg', prog='dot')"
    start = perf_counter()
    try:
        subprocess.run([sys.executable, "-c", code], input=dot.encode(), capture_output=True, timeout=LAYOUT_LIMIT)
    except subprocess.TimeoutExpired:
        return None
    return perf_counter() - start


def main() -> None:
    """Print one line a size."""
    start_up = median(seconds(engine.run, 'digraph { layout=nop2 a [pos="0,0"] }', ("svg",)) for _ in range(RUNS))
    print(f"start-up of the engine's process: {start_up * 1000:.0f} ms")
    for size in SIZES:
        m = example(size)
        picture = diagram.of_map(m)
        dot = dot_of(sheet_of(picture), THEMES["light"])
        diagram.draw(m)  # what is loaded once a session is loaded
        pairs = [(seconds(diagram.draw, m), seconds(engine.run, dot, ("svg",))) for _ in range(RUNS)]
        ours, theirs = median(a for a, _ in pairs), median(b for _, b in pairs)
        ratio = median(a / b for a, b in pairs)
        other = laid_out(unpinned(picture))
        beside = f"{other / ours:.1f} ×" if other else f"more than {LAYOUT_LIMIT / ours:.0f} ×"
        print(
            f"{size:>5} claims: {ours * 1000:.0f} ms, {ratio:.2f} × the engine alone on the same DOT"
            f" ({theirs * 1000:.0f} ms); laying the same out by itself, the engine takes {beside} as long as argmap"
        )


if __name__ == "__main__":
    main()
