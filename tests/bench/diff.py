"""Times and memory of a diff: revisions, two texts that share only their debate, two long ones; beside networkx's graph edit distance.

    python tests/bench/diff.py            1,000 and 5,000 claims, texts of 5 MB, then edit distance on 30 claims with a 20 s limit
    python tests/bench/diff.py 200 400    other sizes

Every size runs in a process of its own, so that its memory is its own. The maps are those of the tests (`tests/mutations.py`): for revisions
all ids are renamed, the order is shuffled and one claim in ten is edited, with no quotes to go by, which is the harder case.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argmap.model import Map

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

LIMIT = 20.0
"""Seconds that the graph edit distance gets."""


def measure(size: int, what: str) -> None:
    """Time one comparison and print it with the process's peak memory."""
    from argmap.diff import compare
    from argmap.model import replace
    from tests.helpers.mutations import harbour_map, mutate

    rng = random.Random(size)  # noqa: S311 - seeded on purpose
    before = harbour_map(rng, size, quoted=False)
    if what == "texts":
        before, after = (long_text(rng, name) for name in ("before", "after"))
    elif what == "revisions":
        after, _ = mutate(before, rng, size // 10)
    else:
        after = replace(harbour_map(rng, size, quoted=False), id="elsewhere")
    compare(harbour_map(rng, 10, quoted=False), harbour_map(rng, 10, quoted=False))  # imports are not what is measured
    start, busy = time.perf_counter(), time.process_time()
    diff = compare(before, after)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{what:<10} {size:>6} claims  {seconds:6.2f} s  ({busy:.2f} s CPU)  {peak:5.0f} MB peak  {dict(diff.summary)}",
        flush=True,
    )


def long_text(rng: random.Random, name: str, letters: int = 5_000_000) -> Map:
    """Sentences of the essays with three words of each exchanged, and 60 claims that quote some of them."""
    import argmap
    from argmap.model import Map as Made
    from argmap.sentences.split import split

    essays = [
        source.text or "" for year in (1996, 2005) for source in argmap.load(f"maps/{year}.yaml").sources.values()
    ]
    sentences = [" ".join(text[start:end].split()) for text in essays for start, end in split(text)]
    words = sorted({word for sentence in sentences for word in sentence.split()})
    written: list[str] = []
    while letters > 0:
        said = rng.choice(sentences).rstrip(".!?").split()
        for _ in range(3):
            said[rng.randrange(len(said))] = rng.choice(words)
        written.append(" ".join(said) + ".")
        letters -= len(written[-1])
    quoted = [sentence for sentence in written if len(sentence) > 60][:: len(written) // 60]
    claims = {f"{name}-{n}": {"text": sentence[:150], "quote": sentence} for n, sentence in enumerate(quoted)}
    sources = {name: {"text": "\n\n".join(written)}}
    return Made.model_validate({"id": name, "sources": sources, "claims": claims})


def edit_distance(size: int = 30) -> None:
    """What networkx's graph edit distance gives for the same job within the limit."""
    import networkx as nx

    from argmap.graph import to_networkx
    from tests.helpers.mutations import harbour_map, mutate

    rng = random.Random(size)  # noqa: S311 - seeded on purpose
    before = harbour_map(rng, size, quoted=False)
    after, _ = mutate(before, rng, size // 10)
    if find_spec("scipy") is None:
        print("networkx.graph_edit_distance needs scipy, which argmap does not: pip install scipy to run it")
        return
    start = time.perf_counter()
    distance = nx.graph_edit_distance(
        to_networkx(before), to_networkx(after), node_match=lambda a, b: a.get("text") == b.get("text"), timeout=LIMIT
    )
    seconds = time.perf_counter() - start
    said = (
        "no answer"
        if distance is None
        else f"best so far {distance:.0f}, not proven"
        if seconds >= LIMIT
        else f"{distance}"
    )
    print(f"networkx.graph_edit_distance, {size} claims: {said} after {seconds:.1f} s")


def main() -> None:
    """Run each measurement in a process of its own."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--one"]:
        if arguments[1] == "edit-distance":
            edit_distance()
        else:
            measure(int(arguments[2]), arguments[1])
        return
    for size in map(int, arguments or ("1000", "5000")):
        for what in ("revisions", "positions"):
            subprocess.run([sys.executable, __file__, "--one", what, str(size)], check=True)
    if not arguments:
        subprocess.run([sys.executable, __file__, "--one", "texts", "60"], check=True)
        subprocess.run([sys.executable, __file__, "--one", "edit-distance"], check=True)


if __name__ == "__main__":
    main()
