"""The layout engine, alone in a process of its own: DOT on standard input, pictures on standard output.

Run by path, it imports nothing of argmap. Arguments: the formats wanted. Output: a line of sizes in bytes, then the pictures.
"""

import os
import sys


def main() -> int:
    """Draw, and return the exit code: 0 done, 3 the engine refused."""
    from pygraphviz import AGraph
    from pygraphviz import graphviz as engine

    formats = sys.argv[1:]
    out = os.fdopen(os.dup(1), "wb")
    graph = AGraph(string=sys.stdin.buffer.read().decode("utf-8"))
    context = engine.gvContextWithBuiltins()
    if engine.gvLayout(context, graph.handle, b"nop2"):
        return 3
    pictures = []
    for format_ in formats:
        error, picture = engine.gvRenderData(context, graph.handle, format_.encode())
        if error:
            return 3
        pictures.append(picture)
    out.write(" ".join(str(len(picture)) for picture in pictures).encode() + b"\n")
    out.writelines(pictures)
    out.flush()
    # Freeing the graph takes as long as drawing it, and the process ends here anyway.
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
