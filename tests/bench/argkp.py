"""Fits the weights of `argmap.sentences` on the training part of ArgKP, and measures on its development part.

ArgKP (Bar-Haim et al. 2020) has short arguments and key points on debated topics, and says of many pairs whether the
argument says the key point. The measure is that of its shared task (Friedman et al. 2021): on each topic and side each
argument takes its best key point; of all arguments the half with the highest scores is kept; then average precision,
where a pair that the annotators left undecided counts against (strict) or for (relaxed); then the mean over topics and sides.

Two figures are printed for strict. `task` divides by the number of right matches in the kept half, as the task's own script
does; `kept` divides by the size of the kept half, so that a scorer cannot win by being right only a few times.

    python tests/bench/argkp.py background    counts stems in the training arguments → argmap/sentences/background.txt
    python tests/bench/argkp.py associates    counts which stems stand in for each other → argmap/sentences/associates.txt
    python tests/bench/argkp.py fit           fits the weights, and checks them on topics held out of training
    python tests/bench/argkp.py dev           the figures that the documentation reports; nothing is fitted or chosen by them

Beside them stand two plain scorers: TF-IDF of words and of groups of letters. `--model PATH-OR-PACKAGE` adds the features of a
sentence model to the last two.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from argmap import sentences
from argmap.sentences import associates, features, idf, overlap, word_vectors

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = REPOSITORY.parent / "shared" / "argkp"
LIST = REPOSITORY / "argmap" / "sentences" / "background.txt"
TABLE = LIST.with_name("associates.txt")
FEWEST = 3
"""Stems in fewer arguments are left out of the list."""

FEWEST_ASSOCIATES = 5
"""Stems in fewer sentences have no associates."""
PRIOR = 4.0
"""Pairs that are added to both counts of two stems, so that rare ones say little."""
BETWEEN_ARGUMENTS = 0.05
"""Weight of two arguments that have a key point in common, beside an argument and its key point."""

HEADER = """\
# In how many of how many short English arguments a word stem (Snowball) occurs.
#
# Counted from the arguments of the training part of ArgKP-2021 (Bar-Haim, Eden, Friedman, Kantor, Lahav and Slonim 2020,
# "From Arguments to Key Points"; IBM Research), which is licensed under CDLA-Sharing 1.0. These counts are
# results of an analysis of that data ("Results" in the terms of that agreement), which it leaves free of its obligations;
# no sentence of it is in here. Stems in fewer than three arguments are left out.
"""
TABLE_HEADER = """\
# Which word stems (Snowball) stand in for each other, as numbers: see associates.py.
#
# Counted from the pairs of arguments and key points of the training part of ArgKP-2021 (Bar-Haim, Eden, Friedman, Kantor, Lahav
# and Slonim 2020, "From Arguments to Key Points"; IBM Research), which is licensed under CDLA-Sharing 1.0. These numbers are
# results of an analysis of that data ("Results" in the terms of that agreement), which it leaves free of its obligations;
# no sentence of it is in here.
"""


@dataclass(frozen=True)
class Debate:
    """One topic, one side: arguments, key points, and what annotators said of their pairs."""

    topic: str
    arguments: tuple[str, ...]
    points: tuple[str, ...]
    labels: np.ndarray
    """1 match, 0 no match, -1 undecided; a row an argument."""


def debates(folder: Path, split: str) -> list[Debate]:
    """The debates of one part of the data, `train` or `dev`."""
    arguments, points = _rows(folder, f"arguments_{split}"), _rows(folder, f"key_points_{split}")
    said = {(row["arg_id"], row["key_point_id"]): int(row["label"]) for row in _rows(folder, f"labels_{split}")}
    found = []
    for topic, stance in dict.fromkeys((row["topic"], row["stance"]) for row in arguments):
        here = [row for row in arguments if (row["topic"], row["stance"]) == (topic, stance)]
        there = [row for row in points if (row["topic"], row["stance"]) == (topic, stance)]
        labels = [[said.get((a["arg_id"], k["key_point_id"]), -1) for k in there] for a in here]
        found.append(
            Debate(
                topic,
                tuple(row["argument"] for row in here),
                tuple(row["key_point"] for row in there),
                np.array(labels),
            )
        )
    return found


def precision(scores: np.ndarray, labels: np.ndarray) -> tuple[float, float, float]:
    """Average precision of one debate: strict by the task, relaxed by the task, strict by the kept half."""
    best = scores.argmax(1)
    score = scores[np.arange(len(scores)), best]
    kept = np.argsort(-score, kind="stable")[: len(scores) // 2]
    said = labels[kept, best[kept]]
    strict = said == 1
    at = np.cumsum(strict) / np.arange(1, len(kept) + 1)
    return _task(strict, score[kept]), _task(said != 0, score[kept]), float((at * strict).sum() / len(kept))


def _task(right: np.ndarray, score: np.ndarray) -> float:
    """Average precision as scikit-learn computes it for the task: equal scores are one step."""
    if not right.any():
        return 0.0
    last = np.append(np.flatnonzero(np.diff(score)), len(score) - 1)
    hits = np.cumsum(right)[last]
    return float(np.sum(np.diff(hits, prepend=0) * hits / (last + 1)) / right.sum())


def mean(found: Sequence[Debate], scorer: Callable[[Debate], np.ndarray]) -> str:
    """The three figures over all debates, as text."""
    task, relaxed, kept = np.mean([precision(scorer(debate), debate.labels) for debate in found], axis=0)
    return f"strict {task:.3f} (task), {kept:.3f} (kept); relaxed {relaxed:.3f}"


def counts(found: Sequence[Debate]) -> tuple[Counter[str], int]:
    """In how many arguments each stem occurs, and the number of arguments."""
    arguments = [argument for debate in found for argument in debate.arguments]
    return Counter(stem for text in arguments for stem in set(features.stems_of(text, "english"))), len(arguments)


def frequent(seen: Counter[str]) -> dict[str, int]:
    """The stems worth listing."""
    return {stem: count for stem, count in sorted(seen.items()) if count >= FEWEST}


def write_background(folder: Path) -> None:
    """Count stems in the training arguments and write the list that ships."""
    seen, total = counts(debates(folder, "train"))
    rows = [f"arguments {total}", *(f"{stem} {count}" for stem, count in frequent(seen).items())]
    LIST.write_text(HEADER + "\n".join(rows) + "\n", "utf-8")
    print(f"{len(rows) - 1} stems, {LIST.stat().st_size / 1000:.0f} kB → {LIST.relative_to(REPOSITORY)}")


class StemPairs:
    """How often each two stems go together in pairs that match, and how often by chance; kept apart by topic."""

    def __init__(self, found: Sequence[Debate]) -> None:
        self.stems_of: dict[str, frozenset[str]] = {}
        weights = idf.rarity()
        seen: Counter[str] = Counter()
        for debate in found:
            for text in (*debate.arguments, *debate.points):
                stems = frozenset(
                    stem for stem in features.stems_of(text, "english") if weights[stem] >= overlap.FILLER
                )
                self.stems_of[text] = stems
                seen.update(stems)
        self.stems = sorted(stem for stem, count in seen.items() if count >= FEWEST_ASSOCIATES)
        self.rows = {stem: n for n, stem in enumerate(self.stems)}
        self.by_topic: dict[str, list[np.ndarray]] = {}
        for debate in found:
            add = self._counts(debate)
            old = self.by_topic.get(debate.topic)
            self.by_topic[debate.topic] = [a + b for a, b in zip(old, add, strict=True)] if old else add
        self.whole = [sum(parts) for parts in zip(*self.by_topic.values(), strict=True)]

    def _counts(self, debate: Debate) -> list[np.ndarray]:
        arguments, points = self._bags(debate.arguments), self._bags(debate.points)
        match, known = (debate.labels == 1).astype(np.float32), (debate.labels >= 0).astype(np.float32)
        together = arguments.T @ match @ points
        by_chance = arguments.T @ (known * match.sum() / known.sum()) @ points
        clear = match.sum(1) == 1
        arguments, shared = arguments[clear], match[clear] @ match[clear].T
        np.fill_diagonal(shared, 0)
        other = 1 - np.eye(len(shared), dtype=np.float32)
        half = BETWEEN_ARGUMENTS / 2
        together += half * arguments.T @ shared @ arguments
        by_chance += half * arguments.T @ (other * shared.sum() / other.sum()) @ arguments
        return [together + together.T, by_chance + by_chance.T]

    def _bags(self, texts: Sequence[str]) -> np.ndarray:
        bags = np.zeros((len(texts), len(self.rows)), np.float32)
        for n, text in enumerate(texts):
            bags[n, [self.rows[stem] for stem in self.stems_of[text] if stem in self.rows]] = 1
        return bags

    def table(self, without: str | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Compute the rows of all stems and the signs of the columns, from all topics but one."""
        together, by_chance = self.whole
        if without:
            together, by_chance = (all_ - part for all_, part in zip(self.whole, self.by_topic[without], strict=True))
        ratio = np.log((together + PRIOR) / (by_chance + PRIOR))
        np.fill_diagonal(ratio, 0)
        values, vectors = np.linalg.eigh(ratio.astype(np.float64))
        first = np.argsort(-np.abs(values))[: associates.DIMENSIONS]
        rows = vectors[:, first] * np.sqrt(np.abs(values[first]))
        return rows.astype(np.float32), np.sign(values[first]).astype(np.float32)

    def read(self, without: str | None = None) -> associates.Associates:
        """The table as the package reads it."""
        return associates.decoded("\n" + associates.encoded(self.stems, *self.table(without)))


def write_associates(folder: Path) -> None:
    """Count which stems stand in for each other in the training pairs, and write the table that ships."""
    pairs = StemPairs(debates(folder, "train"))
    TABLE.write_text(TABLE_HEADER + associates.encoded(pairs.stems, *pairs.table()), "utf-8")
    print(f"{len(pairs.stems)} stems, {TABLE.stat().st_size / 1000:.0f} kB → {TABLE.relative_to(REPOSITORY)}")


def company_of(
    debate: Debate, rarity: idf.Rarity, embed: sentences.Embed | None, table: associates.Associates | None
) -> features.Company:
    """A debate's arguments and points in common spaces."""
    meanings = embed([*debate.arguments, *debate.points]) if embed else None
    senses = word_vectors.senses([*debate.arguments, *debate.points])
    return features.Company(debate.arguments, debate.points, rarity, "english", meanings, table, senses)


def pairs_of(debate: Debate) -> features.Pairs:
    """Every argument with every point."""
    return features.Pairs.all(len(debate.arguments), len(debate.points))


def plain_scores(debate: Debate) -> tuple[np.ndarray, np.ndarray]:
    """Cosines of plain TF-IDF, fitted on the debate: of words, and of groups of three to five letters within words."""
    texts = [*debate.arguments, *debate.points]
    bags = (
        [Counter(features.words_of(text)) for text in texts],
        [
            Counter(
                f" {word} "[n : n + size]
                for word in features.words_of(text)
                for size in (3, 4, 5)
                for n in range(len(word) + 3 - size)
            )
            for text in texts
        ],
    )
    found = []
    for side in bags:
        seen = Counter(term for bag in side for term in bag)
        column = {term: n for n, term in enumerate(seen)}
        space = np.zeros((len(texts), len(column)))
        for n, bag in enumerate(side):
            for term, count in bag.items():
                space[n, column[term]] = count * (np.log((1 + len(texts)) / (1 + seen[term])) + 1)
        space /= np.maximum(np.linalg.norm(space, axis=1, keepdims=True), 1e-9)
        found.append(space[: len(debate.arguments)] @ space[len(debate.arguments) :].T)
    return found[0], found[1]


def logistic(x: np.ndarray, y: np.ndarray, ridge: float = 10.0) -> np.ndarray:
    """Weights, and last the constant, of a ridge logistic regression, by Newton's method on standardised columns."""
    centre, spread = x.mean(0), x.std(0) + 1e-9
    z = np.c_[(x - centre) / spread, np.ones(len(x))]
    penalty = np.diag([ridge] * x.shape[1] + [0.0])
    weights = np.zeros(z.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-z @ weights))
        slope = z.T @ (chance - y) + penalty @ weights
        curve = (z * (chance * (1 - chance))[:, None]).T @ z + penalty
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    plain = weights[:-1] / spread
    return np.append(plain, weights[-1] - plain @ centre)


def never_below_zero(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The same with no weight below zero: the least is left out until none is. More of a sign never makes a pair less likely."""
    live = list(range(x.shape[1]))
    while True:
        fitted = logistic(x[:, live], y)
        if fitted[:-1].min() >= 0:
            break
        live.pop(int(fitted[:-1].argmin()))
    whole = np.zeros(x.shape[1] + 1)
    whole[live], whole[-1] = fitted[:-1], fitted[-1]
    return whole


def held_out(found: Sequence[Debate], embed: sentences.Embed | None) -> tuple[dict[int, np.ndarray], np.ndarray]:
    """Score each debate with all that is counted and fitted on the other topics; also return the weights of all topics."""
    stem_pairs = StemPairs(found)
    companies = {}
    for topic in dict.fromkeys(debate.topic for debate in found):
        seen, total = counts([debate for debate in found if debate.topic != topic])
        rarity, table = idf.weighed(frequent(seen), total), stem_pairs.read(without=topic)
        for debate in found:
            if debate.topic == topic:
                companies[id(debate)] = company_of(debate, rarity, embed, table)
    values = {id(debate): companies[id(debate)].signs(pairs_of(debate)) for debate in found}

    def weights(chosen: Sequence[Debate]) -> np.ndarray:
        x = np.concatenate([values[id(debate)][debate.labels.ravel() >= 0] for debate in chosen])
        y = np.concatenate([debate.labels[debate.labels >= 0] for debate in chosen])
        return never_below_zero(x, y)

    scored: dict[int, np.ndarray] = {}
    for topic in dict.fromkeys(debate.topic for debate in found):
        fitted = weights([debate for debate in found if debate.topic != topic])
        for debate in found:
            if debate.topic == topic:
                chance = 1 / (1 + np.exp(-(values[id(debate)] @ fitted[:-1] + fitted[-1])))
                spread = companies[id(debate)].shared(pairs_of(debate), chance.astype(np.float32))
                scored[id(debate)] = spread.reshape(debate.labels.shape)
    return scored, weights(found)


def fit(folder: Path, embed: sentences.Embed | None) -> None:
    """Print figures on topics held out of train, how often a score is right there, and the weights of all topics."""
    found = debates(folder, "train")
    scored, weights = held_out(found, embed)
    compare(found, embed, lambda debate: scored[id(debate)])
    print("score → share of matches, of pairs")
    chance = np.concatenate([scored[id(debate)][debate.labels >= 0] for debate in found])
    match = np.concatenate([debate.labels[debate.labels >= 0] for debate in found])
    for low, high in pairwise(np.arange(0, 1.01, 0.1)):
        inside = (chance >= low) & (chance < high)
        print(f"    {low:.1f}–{high:.1f}: {match[inside].mean():.2f} of {inside.sum()}")
    names = (*features.SIGNS, *(features.MEANING_SIGNS if embed else ()), "constant")
    for name, weight in zip(names, weights, strict=True):
        print(f"    {name!r}: {weight:.2f},")


def measure(folder: Path, embed: sentences.Embed | None) -> None:
    """Print the figures on the development part."""
    compare(
        debates(folder, "dev"), embed, lambda debate: sentences.similarity(debate.arguments, debate.points, embed=embed)
    )


def compare(found: Sequence[Debate], embed: sentences.Embed | None, scorer: Callable[[Debate], np.ndarray]) -> None:
    """Print the figures of a scorer, with the plainest ones beside it."""
    print("words, TF-IDF:  ", mean(found, lambda debate: plain_scores(debate)[0]))
    print("letters, TF-IDF:", mean(found, lambda debate: plain_scores(debate)[1]))
    if embed:
        print("meaning alone:  ", mean(found, lambda debate: embed(debate.arguments) @ embed(debate.points).T))
    print("argmap:         ", mean(found, scorer))


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one of the three steps; by default, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", nargs="?", default="dev", choices=("background", "associates", "fit", "dev"))
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the corpus's six CSV files")
    parser.add_argument(
        "--model", help="a sentence-transformers model: a folder, or an installed package that carries one"
    )
    chosen = parser.parse_args(arguments)
    if not chosen.data.is_dir():
        print(f"skipped: ArgKP's six CSV files are not in {chosen.data}; --data names their folder")
        return
    if chosen.step in ("background", "associates"):
        (write_background if chosen.step == "background" else write_associates)(chosen.data)
        return
    embed = sentences.embedder(chosen.model) if chosen.model else None
    {"fit": fit, "dev": measure}[chosen.step](chosen.data, embed)


if __name__ == "__main__":
    main()
