"""Corpora: files a second beside a plain loop, bytes a claim, SQL, memory, recall of the index, and the growth of matching.

    python -m tests.bench corpus
    python -m tests.bench.corpus build 5000              files, of 20 claims each
    python -m tests.bench.corpus match 10000 100000      claims, in maps of 100
    python -m tests.bench.corpus likeness                recall, and what people said of the pairs of ArgKP

The claims are made up: a topic is six lines of argmap's list of everyday matters and has 200 claims. Of these, 70 % are new sentences, 10 % repeat a
claim of the topic word for word, and 20 % say one again with a word exchanged, added or denied. Every run is a process of its own,
whose time and memory the system counts; with several processes the memory is that of the largest.
"""

from __future__ import annotations

import csv
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np

from argmap import folders, formats
from argmap.corpus import build, match, open_corpus
from argmap.corpus.likeness import candidates, cosine_of, features
from argmap.corpus.matches import LEAST, NEIGHBOURS
from argmap.corpus.tables import TABLES, File, Rows, rows_of, schema
from argmap.model import Map
from tests.bench import argkp

QUESTIONS = Path(__file__).parents[2] / "docs" / "corpus.md"
TOPIC = 200
"""Claims of a topic."""
REPEATED, REWORDED = 0.1, 0.2
SHAPES = (
    "The {} should {} the {} because the {} needs the {}.",
    "{} and {} harm the {} of the {}.",
    "Every {} pays for the {} of a {}.",
    "A {} without a {} is no {} for the {}.",
    "More {} would help the {} and the {}.",
    "The {} of the {} is worse than the {} in the {}, and nobody asks the {}.",
)


def claims(count: int, chance: random.Random) -> Iterator[str]:
    """Yield made-up claims, topic after topic."""
    text = resources.files("argmap.sentences").joinpath("concepts.txt").read_text("utf-8")
    lines = [line.split() for line in text.splitlines() if line[:1] not in ("", "#")]
    topic: list[str] = []
    words: list[str] = []
    for n in range(count):
        if n % TOPIC == 0:
            topic, words = [], [word for line in chance.sample(lines, 6) for word in line]
        kind = chance.random()
        if topic and kind < REPEATED:
            said = chance.choice(topic)
        elif topic and kind < REPEATED + REWORDED:
            said = reworded(chance.choice(topic), words, chance)
        else:
            shape = chance.choice(SHAPES)
            said = shape.format(*(chance.choice(words) for _ in range(shape.count("{}"))))
        topic.append(said)
        yield said


def reworded(said: str, words: Sequence[str], chance: random.Random) -> str:
    """Exchange, add or deny a word."""
    parts = said.split()
    place = chance.randrange(1, len(parts))
    how = chance.random()
    if how < 0.4:
        parts[place] = chance.choice(words)
    elif how < 0.9 or not {"should", "is", "would"} & set(parts):
        parts.insert(place, chance.choice(words))
    else:
        verb = next(n for n, part in enumerate(parts) if part in ("should", "is", "would"))
        parts.insert(verb + 1, "not")
    return " ".join(parts)


def write_maps(folder: Path, files: int, size: int) -> None:
    """Write maps of made-up claims, half of them AIF, half our own; a topic's claims are dealt out to several maps."""
    chance = random.Random(18)  # noqa: S311 - an example, not a secret
    folder.mkdir()
    made = claims(files * size, chance)
    waiting: list[str] = []
    for n in range(files):
        if len(waiting) < size:
            waiting += [said for _, said in zip(range(20 * TOPIC), made, strict=False)]
            chance.shuffle(waiting)
        ids = [f"c{k}" for k in range(size)]
        map_ = Map.model_validate(
            {
                "id": f"m{n}",
                "thesis": "c0",
                "claims": {claim: {"text": waiting.pop()} for claim in ids},
                "relations": [
                    {("support", "attack")[k % 4 == 0]: ids[(k - 1) // 3], "by": ids[k]} for k in range(1, size)
                ],
            }
        )
        formats.write(map_, folder / f"{n}{('.yaml', '.json')[n % 2]}", ("yaml", "aif")[n % 2])


@dataclass(frozen=True)
class Run:
    """What a process took: seconds on the clock and of the processors, megabytes of the largest process, and its output."""

    wall: float
    cpu: float
    memory: float
    output: str


def run(*words: str) -> Run:
    """Run a Python process, and those that it starts, to the end."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen([sys.executable, *words], stdout=out)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        if process.returncode:
            raise SystemExit(f"{' '.join(words)} ended with {process.returncode}")
        return Run(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out.read())


def command(*words: str) -> Run:
    """Run argmap."""
    return run("-m", "argmap", *words)


def build_figures(files: int = 1_000) -> None:
    """Print what a build takes beside a plain loop that makes the same tables of the same files."""
    with tempfile.TemporaryDirectory() as top:
        maps = Path(top) / "maps"
        write_maps(maps, files, 20)
        loop = [run("-m", "tests.bench.corpus", "loop", str(maps)) for _ in range(2)]
        ways = {
            "one process": ("--jobs", "1"),
            "two": ("--jobs", "2"),
            "Dask, two": ("--engine", "dask", "--jobs", "2"),
        }
        runs = {name: command("corpus", "build", str(maps), "-o", f"{top}/{name}", *how) for name, how in ways.items()}
        loop.append(run("-m", "tests.bench.corpus", "loop", str(maps)))
        wall, cpu = (min(getattr(each, name) for each in loop) for name in ("wall", "cpu"))
        print(
            f"{files:,} files of 20 claims: a plain loop makes the tables of {files / wall:,.0f} a second, {cpu:.1f} s of CPU"
        )
        for name, each in runs.items():
            print(
                f"  build, {name}: {files / each.wall:,.0f} a second, {each.wall / wall:.2f} times the loop's time, "
                f"{each.cpu / cpu:.2f} times its CPU; {each.memory:.0f} MB"
            )
        again = command("corpus", "build", str(maps), "-o", f"{top}/two", "--jobs", "2")
        size = sum(path.stat().st_size for path in Path(top, "two").rglob("*.parquet"))
        print(f"  again without a change {again.wall:.1f} s; {size / files / 20:.0f} bytes a claim on disk")
        match_command = command("corpus", "match", f"{top}/two")
        print(f"  match: {match_command.wall:.1f} s")
        ask(Path(top, "two"))


def ask(corpus: Path) -> None:
    """Print the times of the questions of the documentation."""
    spent: list[tuple[float, str]] = []
    found = re.findall(r"^### ([^\n]+)\n+```sql\n(.+?)```", QUESTIONS.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    with open_corpus(corpus) as opened:
        for question, query in found:
            start = time.perf_counter()
            opened.rows(query)
            spent.append((time.perf_counter() - start, question))
    spent.sort()
    total = sum(each for each, _ in spent)
    print(
        f"  {len(spent)} questions: {total:.1f} s together, median {spent[len(spent) // 2][0]:.2f} s, "
        f"slowest {spent[-1][0]:.2f} s: {spent[-1][1]}"
    )


def match_figures(sizes: Sequence[int] = (1_000, 10_000)) -> None:
    """Print the growth of matching."""
    before: Run | None = None
    for size in sizes:
        with tempfile.TemporaryDirectory() as top:
            maps, corpus = Path(top) / "maps", Path(top) / "corpus"
            write_maps(maps, size // 100, 100)
            built = command("corpus", "build", str(maps), "-o", str(corpus))
            print(f"{size:,} claims: build {built.wall:.0f} s, {built.memory:.0f} MB", flush=True)
            found = command("corpus", "match", str(corpus))
            disk = (corpus / "matches.parquet").stat().st_size / 1e6
        growth = f", {found.cpu / before.cpu:.1f} times the size before" if before else ""
        print(
            f"  match {found.wall:.1f} s, {found.cpu:.1f} s of CPU{growth}, {found.memory:.0f} MB; table {disk:.1f} MB\n"
            f"  {found.output.splitlines()[0]}",
            flush=True,
        )
        before = found


def likeness_figures() -> None:
    """Print the recall of the index, and how suggestions agree with people."""
    recall("made-up claims", list(claims(2_000, random.Random(18))))  # noqa: S311 - an example, not a secret
    if not argkp.DATA.is_dir():
        print("ArgKP is not beside this project")
        return
    for part in ("dev", "train"):
        debates = argkp.debates(argkp.DATA, part)
        recall(f"arguments of ArgKP {part}", [text for debate in debates for text in debate.arguments][:2000])
        agreement(part, debates)


def recall(name: str, texts: list[str]) -> None:
    """Print the share of near pairs, by all pairs of vectors, that the index finds: of each claim's nearest."""
    read, near = features(texts), cosine_of(LEAST)
    left, right = candidates(read.vectors(), NEIGHBOURS, near)
    rows, columns = np.triu_indices(len(texts), 1)
    likeness = np.full((len(texts), len(texts)), -1, np.float32)
    likeness[rows, columns] = likeness[columns, rows] = read.cosines(rows, columns)
    best = np.argsort(-likeness, axis=1)[:, :NEIGHBOURS]
    rows, ranks = np.nonzero(np.take_along_axis(likeness, best, 1) >= near)
    exact = {(min(a, b), max(a, b)) for a, b in zip(rows.tolist(), best[rows, ranks].tolist(), strict=True)}
    every = int((np.triu(likeness, 1) >= near).sum())
    hit = len(exact & set(zip(left.tolist(), right.tolist(), strict=True)))
    print(
        f"index on {len(texts):,} {name}: finds {hit:,} of {len(exact):,} pairs among each claim's {NEIGHBOURS} nearest "
        f"({hit / max(len(exact), 1):.4f}), of {every:,} near pairs in all ({hit / max(every, 1):.4f})"
    )


def agreement(part: str, debates: Sequence[argkp.Debate]) -> None:
    """Print how many suggested pairs have a key point in common, and how many contradictions are of two sides."""
    with tempfile.TemporaryDirectory() as top:
        maps, said = Path(top) / "maps", {}
        maps.mkdir()
        for n, debate in enumerate(debates):
            with (maps / f"{n}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(["id", "text"])
                for k, text in enumerate((*debate.arguments, *debate.points)):
                    said[f"{n}.csv", f"c{k}"] = (debate, k)
                    writer.writerow([f"c{k}", text])
        build([maps], Path(top) / "corpus", jobs=1)
        with open_corpus(Path(top) / "corpus") as corpus:
            found = match(corpus, within=True)
    judged = [(pair, common(said[pair.a], said[pair.b])) for pair in found.pairs]
    for name, chosen in {
        "suggested pairs": judged,
        "of them in a cluster": [each for each in judged if each[0].cluster is not None],
    }.items():
        told = [right for _, right in chosen if right is not None]
        print(f"  {part}: {len(chosen):,} {name}; people judged {len(told):,}, and {np.mean(told):.3f} make one point")
    against = list(found.contradictions)
    apart = sum(pair.a[0] != pair.b[0] for pair in against)
    print(
        f"  {part}: {len(against):,} contradictions, {apart:,} of them between the two sides of a topic or two topics"
    )


def common(a: tuple[argkp.Debate, int], b: tuple[argkp.Debate, int]) -> bool | None:
    """Tell whether people gave two claims a key point in common; `None` where they did not say."""
    (debate, left), (other, right) = sorted((a, b), key=lambda each: each[1])
    if debate is not other:
        return False
    count = len(debate.arguments)
    if left >= count:
        return None
    if right >= count:
        label = int(debate.labels[left, right - count])
        return None if label < 0 else label == 1
    points = [set(np.flatnonzero(debate.labels[each] == 1).tolist()) for each in (left, right)]
    return bool(points[0] & points[1]) if all(points) else None


def loop(folder: Path) -> None:
    """Read every map of a folder and write the same tables, as a script without an engine would."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    found: Rows = {table: [] for table in TABLES}
    for path in folders.map_files(folder):
        for table, rows in rows_of(File(path.name, path, "")).rows.items():
            found[table] += rows
    for table, rows in found.items():
        pq.write_table(pa.Table.from_pylist(rows, schema=schema(table)), folder.parent / f"{table}.parquet")


def main() -> None:
    """Print the figures that take no longer than a minute or two."""
    build_figures()
    likeness_figures()
    match_figures()


if __name__ == "__main__":
    what, rest = sys.argv[1], sys.argv[2:]
    if what == "loop":
        loop(Path(rest[0]))
    elif what == "build":
        build_figures(*map(int, rest))
    elif what == "match":
        match_figures(*([[int(size) for size in rest]] if rest else []))
    else:
        likeness_figures()
