"""Corpora: files a second beside a plain loop, bytes a claim, SQL, recall of the index, and the growth of matching.

python -m tests.bench corpus [FILES] [CLAIMS ...]
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from argmap import formats
from argmap.corpus import build, match, open_corpus
from argmap.corpus.likeness import candidates, cosine_of, vectors
from argmap.corpus.matches import LEAST, NEIGHBOURS
from argmap.formats.common.format import content_of
from argmap.model import Map
from tests.helpers.corpora import CORPORA

WORDS = [
    "council",
    "library",
    "bridge",
    "school",
    "hospital",
    "harbour",
    "market",
    "tax",
    "bus",
    "line",
    "park",
    "river",
    "road",
    "train",
    "ticket",
    "nurse",
    "teacher",
    "budget",
    "vote",
    "plan",
    "winter",
    "summer",
    "morning",
    "evening",
    "child",
    "parent",
    "reader",
    "driver",
    "tenant",
    "owner",
    "rent",
    "price",
    "wage",
    "noise",
    "air",
    "water",
    "power",
    "gas",
    "wind",
    "street",
    "square",
    "station",
    "garden",
    "museum",
    "theatre",
    "festival",
    "police",
    "judge",
    "law",
    "rule",
    "permit",
    "licence",
    "fine",
    "fee",
    "loan",
    "debt",
    "bank",
    "farm",
    "forest",
    "field",
    "coast",
    "island",
    "tourist",
    "worker",
    "union",
    "strike",
    "office",
    "shop",
    "restaurant",
    "hotel",
]


def sentence(chance: random.Random) -> str:
    """Return a made-up claim of a few words out of 80."""
    subject, verb, *rest = (chance.choice(WORDS) for _ in range(chance.randint(5, 9)))
    return f"The {subject} should {verb} the {' '.join(rest)}."


def write_maps(folder: Path, files: int, claims: int, chance: random.Random) -> None:
    """Write maps of random claims, half of them AIF, half our own."""
    for n in range(files):
        ids = [f"c{k}" for k in range(claims)]
        map_ = Map.model_validate(
            {
                "id": f"m{n}",
                "thesis": "c0",
                "claims": {claim: {"text": sentence(chance)} for claim in ids},
                "relations": [{"support": ids[(k - 1) // 3], "by": ids[k]} for k in range(1, claims)],
            }
        )
        name = ("yaml", "aif")[n % 2]
        formats.write(map_, folder / f"{n}{('.yaml', '.json')[n % 2]}", name)


def main(files: int = 1000, sizes: tuple[int, ...] = (1_000, 10_000)) -> None:
    """Print the figures."""
    chance = random.Random(18)  # noqa: S311 - an example, not a secret
    with tempfile.TemporaryDirectory() as top:
        maps, corpus = Path(top) / "maps", Path(top) / "corpus"
        maps.mkdir()
        write_maps(maps, files, 20, chance)
        start = time.perf_counter()
        for path in sorted(maps.iterdir()):
            formats.examine_content(content_of(path), None, {})
        loop = time.perf_counter() - start
        start = time.perf_counter()
        build([maps], corpus, jobs=1)
        one = time.perf_counter() - start
        start = time.perf_counter()
        build([maps], Path(top) / "two", jobs=2)
        two = time.perf_counter() - start
        start = time.perf_counter()
        build([maps], corpus)
        again = time.perf_counter() - start
        size = sum(path.stat().st_size for path in corpus.rglob("*.parquet"))
        print(
            f"{files:,} files: reading alone {files / loop:,.0f} a second; build {one / loop:.2f} times that on one process, "
        )
        print(f"  {two / loop:.2f} on two; again without a change {again:.2f} s; {size / files / 20:.0f} bytes a claim")
        with open_corpus(corpus) as opened:
            start = time.perf_counter()
            opened.rows("select source, count(*) from relations group by source order by 2 desc limit 10")
            print(f"  a count by group over {files * 20:,} claims: {time.perf_counter() - start:.2f} s")
    recall("made-up", [sentence(chance) for _ in range(2_000)])
    argkp = CORPORA.parent / "argkp" / "arguments_train.csv"
    if argkp.is_file():
        with argkp.open(encoding="utf-8", newline="") as lines:
            recall("arguments of ArgKP train", [row["argument"] for row in csv.DictReader(lines)][:2_000])
    before = 0.0
    for size in sizes:
        with tempfile.TemporaryDirectory() as top:
            maps = Path(top) / "maps"
            maps.mkdir()
            write_maps(maps, size // 100, 100, chance)
            build([maps], Path(top) / "corpus", jobs=1)
            with open_corpus(Path(top) / "corpus") as opened:
                start = time.process_time()
                found = match(opened)
            spent = time.process_time() - start
        growth = f", {spent / before:.1f} times the size before" if before else ""
        print(f"match of {size:,} claims: {spent:.1f} s of CPU, {len(found.pairs):,} pairs{growth}")
        before = spent


def recall(name: str, texts: list[str]) -> None:
    """Print the share of near pairs, by all pairs of vectors, that the index finds: of each claim's nearest."""
    space = vectors(texts).astype(np.float32)
    likeness, near = space @ space.T, cosine_of(LEAST)
    np.fill_diagonal(likeness, -1)
    best = np.argsort(-likeness, axis=1)[:, :NEIGHBOURS]
    exact = {
        (min(row, int(column)), max(row, int(column)))
        for row in range(len(texts))
        for column in best[row]
        if likeness[row, column] > near + 0.001
    }
    left, right = candidates(vectors(texts), NEIGHBOURS, near)
    found = set(zip(left.tolist(), right.tolist(), strict=True))
    print(
        f"index on {len(texts):,} {name}: recall {len(exact & found) / max(len(exact), 1):.4f} of {len(exact):,} near pairs"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]), *([tuple(map(int, sys.argv[2:]))] if sys.argv[2:] else []))
