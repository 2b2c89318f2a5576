"""Fits the weights of `argmap.sentences` on the training part of ArgKP, and measures on its development part.

ArgKP (Bar-Haim et al. 2020) has short arguments and key points on debated topics, and says of many pairs whether the
argument says the key point. The measure is that of its shared task (Friedman et al. 2021): on each topic and side each
argument takes its best key point; of all arguments the half with the highest scores is kept; then average precision,
where a pair that the annotators left undecided counts against (strict) or for (relaxed); then the mean over topics and sides.

Two figures are printed for strict. `task` divides by the number of right matches in the kept half, as the task's own script
does; `kept` divides by the size of the kept half, so that a scorer cannot win by being right only a few times.

    python tests/bench/argkp.py background    counts stems in the training arguments → argmap/wording/background.txt
    python tests/bench/argkp.py fit           fits the weights, and checks them on topics held out of training
    python tests/bench/argkp.py dev           the figures that the documentation reports; nothing is fitted or chosen by them

`--model PATH-OR-PACKAGE` adds the signs of a sentence model to the last two.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from argmap import sentences
from argmap.sentences import features, idf

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = REPOSITORY.parent / "shared" / "argkp"
LIST = REPOSITORY / "argmap" / "wording" / "background.txt"
FEWEST = 3
"""Stems in fewer arguments are left out of the list."""

HEADER = """\
# In how many of how many short English arguments a word stem (Snowball) occurs.
#
# Counted from the arguments of the training part of ArgKP-2021 (Bar-Haim, Eden, Friedman, Kantor, Lahav and Slonim 2020,
# "From Arguments to Key Points"; IBM Research), which is licensed under CDLA-Sharing 1.0. These counts are
# results of an analysis of that data ("Results" in the terms of that agreement), which it leaves free of its obligations;
# no sentence of it is in here. Stems in fewer than three arguments are left out.
"""


@dataclass(frozen=True)
class Debate:
    """One topic, one side: arguments, key points, and what annotators said of their pairs."""

    topic: str
    arguments: tuple[str, ...]
    points: tuple[str, ...]
    labels: np.ndarray
    """1 match, 0 no match, -1 undecided; a row an argument."""


def debates(split: str) -> list[Debate]:
    """The debates of one part of the data, `train` or `dev`."""
    arguments, points = _rows(f"arguments_{split}"), _rows(f"key_points_{split}")
    said = {(row["arg_id"], row["key_point_id"]): int(row["label"]) for row in _rows(f"labels_{split}")}
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


def write_background() -> None:
    """Count stems in the training arguments and write the list that ships."""
    seen, total = counts(debates("train"))
    rows = [f"arguments {total}", *(f"{stem} {count}" for stem, count in frequent(seen).items())]
    LIST.write_text(HEADER + "\n".join(rows) + "\n", "utf-8")
    print(f"{len(rows) - 1} stems, {LIST.stat().st_size / 1000:.0f} kB → {LIST.relative_to(REPOSITORY)}")


def company_of(debate: Debate, rarity: idf.Rarity, embed: sentences.Embed | None) -> features.Company:
    """A debate's arguments and points in common spaces."""
    meanings = embed([*debate.arguments, *debate.points]) if embed else None
    return features.Company(debate.arguments, debate.points, rarity, meanings=meanings)


def pairs_of(debate: Debate) -> features.Pairs:
    """Every argument with every point."""
    return features.Pairs.all(len(debate.arguments), len(debate.points))


def signs_of(debate: Debate, rarity: idf.Rarity, embed: sentences.Embed | None) -> np.ndarray:
    """The signs of all pairs of a debate: arguments × points × signs."""
    found = company_of(debate, rarity, embed).signs(pairs_of(debate))
    return found.reshape(*debate.labels.shape, -1)


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


def fit(embed: sentences.Embed | None) -> None:
    """Fit on all of train; before that, on train without each topic in turn, and measure on that topic."""
    found = debates("train")
    values = {id(debate): signs_of(debate, idf.rarity(), embed) for debate in found}

    def weights(chosen: Sequence[Debate]) -> np.ndarray:
        labelled = [(values[id(debate)], debate.labels) for debate in chosen]
        x = np.concatenate([signs_[labels >= 0] for signs_, labels in labelled])
        y = np.concatenate([labels[labels >= 0] for _, labels in labelled])
        return never_below_zero(x, y)

    scored: dict[int, np.ndarray] = {}
    for topic in dict.fromkeys(debate.topic for debate in found):
        others = [debate for debate in found if debate.topic != topic]
        fitted, (seen, total) = weights(others), counts(others)
        rarity = idf.weighed(frequent(seen), total)
        for debate in found:
            if debate.topic == topic:
                company, pairs = company_of(debate, rarity, embed), pairs_of(debate)
                chance = 1 / (1 + np.exp(-(company.signs(pairs) @ fitted[:-1] + fitted[-1])))
                scored[id(debate)] = company.shared(pairs, chance.astype(np.float32)).reshape(debate.labels.shape)
    print("train, topics held out:", mean(found, lambda debate: scored[id(debate)]))
    names = (*features.SIGNS, *(features.MEANING_SIGNS if embed else ()), "constant")
    for name, weight in zip(names, weights(found), strict=True):
        print(f"    {name!r}: {weight:.2f},")


def measure(embed: sentences.Embed | None) -> None:
    """The figures on the development part, with the plainest signs beside them."""
    found = debates("dev")
    print("words alone:  ", mean(found, lambda debate: signs_of(debate, idf.rarity(), None)[..., 0]))
    if embed:
        print("meaning alone:", mean(found, lambda debate: embed(debate.arguments) @ embed(debate.points).T))
    print(
        "argmap:       ", mean(found, lambda debate: sentences.similarity(debate.arguments, debate.points, embed=embed))
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one of the three steps; by default, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", nargs="?", default="dev", choices=("background", "fit", "dev"))
    parser.add_argument(
        "--model", help="a sentence-transformers model: a folder, or an installed package that carries one"
    )
    chosen = parser.parse_args(arguments)
    if not DATA.is_dir():
        print(f"skipped: ArgKP's six CSV files are not in {DATA.name}/ beside the repository's folder")
        return
    if chosen.step == "background":
        write_background()
        return
    embed = sentences.embedder(chosen.model) if chosen.model else None
    {"fit": fit, "dev": measure}[chosen.step](embed)


if __name__ == "__main__":
    main()
