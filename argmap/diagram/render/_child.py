"""The child process of the layout engine: DOT on standard input, pictures on standard output.

It is run by path and imports nothing of argmap. Arguments: the formats. Output: a line with the sizes of the pictures in
bytes, then the pictures.
"""

import os
import sys
from collections.abc import Callable

Draw = Callable[[bytes, list[str]], list[bytes]]


def bundled() -> Draw:
    """Draw with the Graphviz that pygraphviz's wheels carry."""
    from pygraphviz import AGraph
    from pygraphviz import graphviz as engine

    def draw(dot: bytes, formats: list[str]) -> list[bytes]:
        graph = AGraph(string=dot.decode("utf-8"))
        context = engine.gvContextWithBuiltins()
        if engine.gvLayout(context, graph.handle, b"nop2"):
            raise SystemExit(3)
        pictures = []
        for format_ in formats:
            error, picture = engine.gvRenderData(context, graph.handle, format_.encode())
            if error:
                raise SystemExit(3)
            pictures.append(picture)
        KEPT.append(graph)
        return pictures

    return draw


KEPT: list[object] = []
"""Graphs that stay in memory: freeing one takes as long as drawing it, and the process ends anyway."""


def system() -> Draw:
    """Draw with the Graphviz that is installed on the machine."""
    from graphviz import ExecutableNotFound, pipe

    def draw(dot: bytes, formats: list[str]) -> list[bytes]:
        try:
            return [pipe("neato", format_, dot, neato_no_op=2) for format_ in formats]
        except ExecutableNotFound:
            raise SystemExit(
                "Graphviz is not installed on this machine; without ARGMAP_ENGINE, argmap brings its own"
            ) from None

    return draw


def main() -> int:
    """Draw and exit: 0 done, 3 the engine refused. The engine is loaded before the graph has come."""
    out = os.fdopen(os.dup(1), "wb")
    draw = system() if os.environ.get("ARGMAP_ENGINE") == "system" else bundled()
    pictures = draw(sys.stdin.buffer.read(), sys.argv[1:])
    out.write(" ".join(str(len(picture)) for picture in pictures).encode() + b"\n")
    out.writelines(pictures)
    out.flush()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
