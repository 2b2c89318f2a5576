"""The child process of the layout engine: DOT on standard input, pictures on standard output.

It is run by path and imports nothing of argmap. Arguments: the formats. Output: a line with the sizes of the pictures in
bytes, then the pictures.
"""

import os
import sys


def bundled(dot: bytes, formats: list[str]) -> list[bytes]:
    """Draw with the Graphviz that pygraphviz's wheels carry."""
    from pygraphviz import AGraph
    from pygraphviz import graphviz as engine

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


KEPT: list[object] = []
"""Graphs that stay in memory: freeing one takes as long as drawing it, and the process ends anyway."""


def system(dot: bytes, formats: list[str]) -> list[bytes]:
    """Draw with the Graphviz that is installed on the machine."""
    from graphviz import ExecutableNotFound, pipe

    try:
        return [pipe("neato", format_, dot, neato_no_op=2) for format_ in formats]
    except ExecutableNotFound:
        raise SystemExit(
            "Graphviz is not installed on this machine; without ARGMAP_ENGINE, argmap brings its own"
        ) from None


def main() -> int:
    """Draw and exit: 0 done, 3 the engine refused."""
    out = os.fdopen(os.dup(1), "wb")
    draw = system if os.environ.get("ARGMAP_ENGINE") == "system" else bundled
    pictures = draw(sys.stdin.buffer.read(), sys.argv[1:])
    out.write(" ".join(str(len(picture)) for picture in pictures).encode() + b"\n")
    out.writelines(pictures)
    out.flush()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
