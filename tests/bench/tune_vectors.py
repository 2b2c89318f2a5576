"""Tunes `argmap/sentences/word_vectors.npz` on claims and the sentences that take them up; needs torch.

    python tests/bench/tune_vectors.py --epochs 3

`word_vectors.py` knows which words are near in a dictionary. Sentences that take up a claim show which are near in debates, and which words
say what a text is about. `taken_up.jsonl.gz` has 3,130 claims on 622 matters, written for this. Each has three sentences that take it up:
the first with some of its words, the others in other words. And it has three that do not, though they share a word or the matter.

    likeness   the search's: mean of the cosine and of how much each sentence covers the other (`Meanings.likeness`)
    loss       a claim's sentences shall be more alike to it than all other sentences of six matters, and alike beyond a threshold
    joined     half of the sentences get those words of another one, too, since sentences of prose are longer than these

Rows and weights move; they are kept near what they were. Four minutes on two cores.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from argmap.sentences.word_vectors import CONCEPT, LEVELS, content_stems, word_vectors
from tests.bench.word_vectors import TARGET

DATA = Path(__file__).with_name("taken_up.jsonl.gz")
LENGTH = 36
"""Different words of a sentence that are read."""
MATTERS = 6
"""Matters that are compared with each other at a time."""
RATE, KEEP, OTHER_WORDS, JOINED = 0.002, 0.1, 0.2, 0.5
"""Step; pull back to the table as it was; weight of sentences in other words; share of joined sentences."""


class Tables:
    """The rows and weights of all words of the data, as torch has them.

    Parameters
    ----------
    torch
        The module, which only developers have.
    texts
        All sentences.
    """

    def __init__(self, torch: Any, texts: Sequence[str]) -> None:
        shipped = word_vectors()
        stems = {text: tuple(dict.fromkeys(shipped.lemmas.get(s, s) for s in content_stems(text))) for text in texts}
        self.vocabulary = list(dict.fromkeys(stem for each in stems.values() for stem in each))
        number = {stem: n for n, stem in enumerate(self.vocabulary)}
        self.words = {text: [number[stem] for stem in each] for text, each in stems.items()}
        concepts = np.zeros((len(self.vocabulary), len(shipped.shares)), np.float32)
        for n, stem in enumerate(self.vocabulary):
            if lines := list(shipped.concepts.get(stem, ())):
                concepts[n, lines] = CONCEPT * shipped.shares[lines] / np.linalg.norm(shipped.shares[lines])
        self.torch = torch
        self.concepts = torch.tensor(concepts)
        self.first_rows = torch.tensor(shipped.vectors(self.vocabulary))
        self.known = self.first_rows.abs().sum(1, keepdim=True) > 0
        weights = np.array([shipped.weight(stem) for stem in self.vocabulary], np.float32)
        self.first_logs = torch.tensor(np.log(np.maximum(weights, 0.03)))
        self.rows = self.first_rows.clone().requires_grad_(True)
        self.logs = self.first_logs.clone().requires_grad_(True)

    def numbers(self, texts: Sequence[str], joined: Sequence[str | None] | None = None) -> Any:
        """Make a row of word numbers for each text, with −1 behind its end."""
        found = self.torch.full((len(texts), LENGTH), -1, dtype=self.torch.long)
        for n, (text, other) in enumerate(zip(texts, joined or [None] * len(texts), strict=True)):
            words = list(dict.fromkeys([*self.words[text], *(self.words[other] if other else ())]))[:LENGTH]
            found[n, : len(words)] = self.torch.tensor(words, dtype=self.torch.long)
        return found

    def likeness(self, left: Any, right: Any) -> tuple[Any, Any]:
        """Compare all texts of two lists; the second value tells which words were used."""
        torch, unit = self.torch, self.torch.nn.functional.normalize
        used, places = torch.unique(torch.cat([left, right]).clamp(min=0), return_inverse=True)
        rows = unit(self.rows[used], dim=1, eps=1e-6) * self.known[used]
        rows = unit(torch.cat([rows, self.concepts[used]], 1), dim=1, eps=1e-6)
        alike = rows @ rows.T
        alike = alike + torch.diag(1 - torch.diagonal(alike))
        weights = torch.exp(self.logs[used])
        a, b = places[: len(left)], places[len(left) :]
        wa, wb = weights[a] * (left >= 0), weights[b] * (right >= 0)
        there = (left >= 0)[:, None, :, None] & (right >= 0)[None, :, None, :]
        near = alike[a[:, None, :, None], b[None, :, None, :]] * there
        covered = (torch.relu(near.max(3).values) * wa[:, None]).sum(2) / wa.sum(1).clamp(min=1e-6)[:, None]
        covering = (torch.relu(near.max(2).values) * wb[None]).sum(2) / wb.sum(1).clamp(min=1e-6)[None]
        sums = [unit((w[..., None] * rows[p]).sum(1), dim=1, eps=1e-6) for w, p in ((wa, a), (wb, b))]
        return (sums[0] @ sums[1].T + covered + covering) / 3, used


def main() -> None:
    """Tune the table, and write it over the one that was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=3)
    epochs = parser.parse_args().epochs
    import torch

    torch.manual_seed(0)
    chance = random.Random(0)  # noqa: S311 - nothing is secret here
    items = [json.loads(line) for line in gzip.decompress(DATA.read_bytes()).decode().splitlines()]
    matters: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        matters.setdefault(item["topic"], []).append(item)
    tables = Tables(torch, [text for item in items for text in (item["claim"], *item["yes"], *item["no"])])
    threshold, scale = torch.tensor(0.3, requires_grad=True), torch.tensor(12.0, requires_grad=True)
    steps = [{"params": [tables.rows], "lr": RATE}, {"params": [tables.logs], "lr": 3 * RATE}]
    optimiser = torch.optim.Adam([*steps, {"params": [threshold, scale], "lr": 0.01}], eps=1e-6)
    names = list(matters)
    for epoch in range(epochs):
        chance.shuffle(names)
        total = 0.0
        for start in range(0, len(names), MATTERS):
            some = [matters[name] for name in names[start : start + MATTERS]]
            loss = _loss(torch, tables, some, chance, threshold, scale)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += loss.item()
        print(f"{epoch + 1}: {total * MATTERS / len(names):.3f}", flush=True)
    _write(tables)


def _loss(
    torch: Any,
    tables: Tables,
    matters: Sequence[list[dict[str, Any]]],
    chance: random.Random,
    threshold: Any,
    scale: Any,
) -> Any:
    items = [item for matter in matters for item in matter]
    sentences = [text for item in items for text in (*item["yes"], *item["no"])]
    joined: list[str | None] = []
    for matter in matters:
        for item in matter:
            others = [text for other in matter if other is not item for text in other["no"]]
            joined += [chance.choice(others) if chance.random() < JOINED else None for _ in range(6)]
    found, used = tables.likeness(tables.numbers([item["claim"] for item in items]), tables.numbers(sentences, joined))
    scores = scale * (found - threshold)
    every = torch.arange(len(items))
    taken_up = [scores[every, 6 * every + n] for n in range(3)]
    own = torch.zeros_like(scores, dtype=torch.bool)
    for n in range(3):
        own[every, 6 * every + n] = True
    others = scores.masked_fill(own, -1e9)
    soft = torch.nn.functional.softplus
    loss = soft(torch.logsumexp(others * 1.5, 1) / 1.5).mean()
    for weight, score in zip((1.0, OTHER_WORDS, OTHER_WORDS), taken_up, strict=True):
        first = torch.logsumexp(torch.cat([score[:, None], others], 1), 1) - score
        loss = loss + weight * (soft(-score) + first).mean() / (1 + 2 * OTHER_WORDS)
    away = ((tables.rows[used] - tables.first_rows[used]) ** 2).sum()
    return loss + KEEP * (away + 0.1 * ((tables.logs[used] - tables.first_logs[used]) ** 2).sum()) / len(items)


def _write(tables: Tables) -> None:
    with np.load(TARGET) as file:
        arrays = dict(file)
    shipped = word_vectors()
    table, weights = arrays["table"].astype(np.float32), arrays["weights"]
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    rows = tables.torch.nn.functional.normalize(tables.rows.detach(), dim=1).numpy()
    for n, stem in enumerate(tables.vocabulary):
        if (place := shipped.places.get(stem)) is not None:
            table[place] = np.clip(np.rint(rows[n] * lengths[place]), -127, 127)
            weights[place] = min(round(float(tables.logs[n].detach().exp()) * LEVELS), 255)
    np.savez(TARGET, **{**arrays, "table": table.astype(np.int8), "weights": weights})


if __name__ == "__main__":
    main()
