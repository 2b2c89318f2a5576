"""Find claims of many maps that say the same.

    claims ─ vectors ─ index ─▶ near pairs ─ likeness, substance ─▶ suggestions ─▶ clusters
                                                                        ▲
                                                       decisions of a person, kept in a file

All pairs of 100,000 claims are 5 billion. So each claim is a vector of its stems and letters, hashed (Weinberger and others 2009,
"Feature hashing for large scale multitask learning"), an index of small worlds (Malkov and Yashunin 2018) gives the nearest, and only
those are compared as `argmap align` compares.
"""

from __future__ import annotations

import csv
import io
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argmap import sentences, text_file
from argmap.corpus.query import MATCHES, Corpus
from argmap.findings import ArgmapError
from argmap.sentences import Embed
from argmap.sentences.stems import stems_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DECISIONS = "decisions.csv"
WIDTH = 512
"""Numbers in the vector of a claim."""
LETTERS = 0.35
"""Weight of a group of four letters beside a stem."""
NEIGHBOURS = 16
LEAST = 0.6
"""Likeness from which a pair is suggested; see the calibration of `argmap align`."""
BLOCK = 60_000
"""Pairs that are judged beside one another."""
NEAR = 0.4
"""Cosine of the vectors from which a pair is suggested: likeness alone is fitted to claims on one question."""
JOINED = {"same": 0.5, "unclear": 0.7}
"""Cosine from which two claims are in one cluster, by the verdict on their substance; claims that differ in substance never are."""
COLUMNS = ("map_a", "claim_a", "text_a", "map_b", "claim_b", "text_b")
_DECIDED = ("map_a", "claim_a", "map_b", "claim_b", "decision", "note")

Key = tuple[str, str]
"""A map and the id of a claim in it."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two claims that may say the same."""

    a: Key
    b: Key
    score: float
    """Likeness in [0, 1], as `argmap align` judges it."""
    cosine: float
    """Cosine of the two vectors, in [-1, 1]."""
    substance: str
    """same, differs or unclear."""
    signals: tuple[str, ...]
    """Differences in substance, in words."""
    decision: str | None
    """accepted or rejected by a person."""
    cluster: int | None
    """Number of the cluster that both are in."""


@dataclass(frozen=True, slots=True)
class Matches:
    """Suggested pairs of claims, and their clusters."""

    claims: int
    pairs: tuple[Match, ...]
    clusters: Mapping[int, tuple[Key, ...]] = field(default_factory=dict)
    """The claims of each cluster, its representative first: the one that is nearest to all others."""
    texts: Mapping[Key, str] = field(default_factory=dict)

    @property
    def contradictions(self) -> tuple[Match, ...]:
        """Pairs that speak of the same and differ in substance."""
        return tuple(pair for pair in self.pairs if pair.substance == "differs" and pair.decision is None)


def match(
    corpus: Corpus,
    *,
    least: float = LEAST,
    neighbours: int = NEIGHBOURS,
    within: bool = False,
    embed: Embed | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Matches:
    """Find claims of different maps that say the same, and write them into the corpus as the table `matches`.

    Parameters
    ----------
    corpus
        An open corpus.
    least
        Likeness below which a pair is not suggested.
    neighbours
        Claims that the index gives for each claim.
    within
        Compare claims of one map with one another, too.
    embed
        Take the vectors of a sentence model, and judge by meaning, too.
    progress
        Called with the number of pairs compared and of all pairs.

    Returns
    -------
    Matches
        Suggested pairs, the nearest first, and clusters. Decisions in the corpus's file `decisions.csv` are kept: a rejected pair
        joins no cluster, an accepted one always does.

    Raises
    ------
    ArgmapError
        If usearch is not installed, or the file of decisions cannot be read.
    """
    import numpy as np

    decided = decisions(corpus.path)
    _, rows = corpus.rows("select map, claim, text, condition from claims order by map, place")
    keys: list[Key] = [(name, claim) for name, claim, *_ in rows]
    texts, conditions = [row[2] for row in rows], [row[3] for row in rows]
    number = {key: n for n, key in enumerate(keys)}
    space = np.asarray(embed(texts), np.float32) if embed else vectors(texts)
    near = candidates(space, neighbours) if len(texts) > 1 else set()
    wanted = {_pair(number[a], number[b]) for a, b in decided if a in number and b in number}
    pairs = sorted({pair for pair in near if within or keys[pair[0]][0] != keys[pair[1]][0]} | wanted)
    found: list[Match] = []
    for (a, b), score in _scored(texts, pairs, embed, progress):
        if score < least and (a, b) not in wanted:
            continue
        decision = decided.get((keys[a], keys[b])) or decided.get((keys[b], keys[a]))
        judged = sentences.compare_substance(texts[a], texts[b])
        verdict: str = judged.verdict
        signals, cosine = tuple(map(str, judged.signals)), float(space[a] @ space[b])
        if sentences.normalise(conditions[a] or "") != sentences.normalise(conditions[b] or ""):
            # What hangs on something says less than what does not.
            verdict, signals = "differs", (*signals, f"condition {conditions[a] or 'none'} → {conditions[b] or 'none'}")
        found.append(Match(keys[a], keys[b], round(score, 4), round(cosine, 4), verdict, signals, decision, None))
    found.sort(key=lambda pair: (-pair.cosine, pair.a, pair.b))
    result = _clustered(len(texts), found, {key: texts[n] for key, n in number.items()})
    _write(corpus.path, result)
    return result


def _scored(
    texts: Sequence[str],
    pairs: Sequence[tuple[int, int]],
    embed: Embed | None,
    progress: Callable[[int, int], None] | None,
) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield each pair with its likeness.

    A likeness is judged beside others, so each block of claims is compared with all that the index found for any of them.
    """
    near: dict[int, list[int]] = {}
    for a, b in pairs:
        near.setdefault(a, []).append(b)
    done, block, others = 0, list[int](), dict[int, int]()
    for n, (a, found) in enumerate(near.items(), 1):
        block.append(a)
        for b in found:
            others.setdefault(b, len(others))
        if len(block) * len(others) < BLOCK and n < len(near):
            continue
        right, wanted = list(others), {(row, others[b]) for row, a in enumerate(block) for b in near[a]}
        for row, column, score in sentences.likely(
            [texts[a] for a in block], [texts[b] for b in right], most=1, least=1, wanted=wanted, embed=embed
        ):
            if (row, column) in wanted:
                yield (block[row], right[column]), score
        done += sum(len(near[a]) for a in block)
        if progress:
            progress(done, len(pairs))
        block, others = [], {}


def candidates(space: NDArray[np.float32], neighbours: int) -> set[tuple[int, int]]:
    """Return pairs of rows that the index takes to be near, each as two places, the smaller first.

    Parameters
    ----------
    space
        A vector of length 1 in each row.
    neighbours
        Rows that the index gives for each row.
    """
    import numpy as np

    try:
        from usearch.index import Index
    except ImportError:
        raise ArgmapError("matching a corpus needs usearch: pip install 'argmap[corpus]'") from None
    index = Index(
        ndim=space.shape[1], metric="cos", dtype="f16", connectivity=16, expansion_add=96, expansion_search=96
    )
    index.add(np.arange(len(space), dtype=np.uint64), space)
    found = index.search(space, min(neighbours + 1, len(space)))
    keys = np.asarray(found.keys, np.int64).reshape(len(space), -1)
    near = np.asarray(found.distances).reshape(len(space), -1) <= 1 - NEAR
    left, right = np.repeat(np.arange(len(space)), keys.shape[1])[near.ravel()], keys.ravel()[near.ravel()]
    apart = left != right
    low, high = np.minimum(left, right)[apart], np.maximum(left, right)[apart]
    return set(zip(low.tolist(), high.tolist(), strict=True))


def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return a vector for each text: its stems and groups of four letters, by rarity, hashed into `WIDTH` numbers."""
    import numpy as np

    bags = [_features(text) for text in texts]
    shared = Counter(feature for bag in bags for feature in bag)
    space = np.zeros((len(texts), WIDTH), np.float32)
    at: dict[str, tuple[int, float]] = {}
    for feature, count in shared.items():
        code = zlib.crc32(feature.encode("utf-8", "surrogatepass"))
        weight = log(1 + len(texts) / count) * (LETTERS if feature[0] == "#" else 1.0)
        at[feature] = code % WIDTH, weight if code & 0x80000000 else -weight
    for row, bag in zip(space, bags, strict=True):
        for feature in bag:
            place, weight = at[feature]
            row[place] += weight
    lengths = np.linalg.norm(space, axis=1, keepdims=True)
    return np.asarray(space / np.where(lengths == 0, 1, lengths), np.float32)


def _features(text: str) -> set[str]:
    folded = f" {' '.join(text.casefold().split())} "
    return {*stems_of(text, "english"), *("#" + folded[n : n + 4] for n in range(max(len(folded) - 3, 1)))}


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)


def _clustered(claims: int, pairs: Sequence[Match], texts: Mapping[Key, str]) -> Matches:
    """Gather claims around representatives: the claim with most likeness first, and with it each that it is paired with.

    So each variant says the same as its representative, and no chain of small differences joins what differs (star clustering,
    Aslam, Pelekhov and Rus 2004).
    """
    partners: dict[Key, dict[Key, float]] = {}
    for pair in pairs:
        if pair.decision == "accepted" or (pair.decision is None and pair.cosine >= JOINED.get(pair.substance, 2)):
            partners.setdefault(pair.a, {})[pair.b] = pair.cosine
            partners.setdefault(pair.b, {})[pair.a] = pair.cosine
    at: dict[Key, int] = {}
    clusters: dict[int, tuple[Key, ...]] = {}
    for key in sorted(partners, key=lambda key: (-sum(partners[key].values()), key)):
        variants = [other for other in partners[key] if other not in at]
        if key not in at and variants:
            number = len(clusters) + 1
            clusters[number] = (key, *sorted(variants, key=lambda other: (-partners[key][other], other)))
            at.update(dict.fromkeys(clusters[number], number))
    numbered = tuple(
        replace(pair, cluster=at[pair.a] if pair.a in at and at[pair.a] == at.get(pair.b) else None) for pair in pairs
    )
    told = {key: texts[key] for pair in pairs for key in (pair.a, pair.b)}
    return Matches(claims, numbered, clusters, told)


def decisions(corpus: Path) -> dict[tuple[Key, Key], str]:
    """Read the decisions of a person: `accepted` or `rejected`, by pair.

    Raises
    ------
    ArgmapError
        If a line has no such decision, or the file lacks a column.
    """
    return {pair: decision for pair, (decision, _) in _decided(corpus).items() if decision}


def _decided(corpus: Path) -> dict[tuple[Key, Key], tuple[str, str]]:
    """Read decisions and notes."""
    path = corpus / DECISIONS
    if not path.is_file():
        return {}
    reader = csv.DictReader(io.StringIO(text_file.read_text(path)))
    if missing := [name for name in _DECIDED[:5] if name not in (reader.fieldnames or ())]:
        raise ArgmapError(f"{path}: has no column {missing[0]}; it needs {', '.join(_DECIDED[:5])}")
    found = {}
    for row in reader:
        word = (row["decision"] or "").strip()
        if word not in ("accepted", "rejected", ""):
            raise ArgmapError(f"{path}:{reader.line_num}: {word!r} is no decision; write accepted or rejected")
        found[(row["map_a"], row["claim_a"]), (row["map_b"], row["claim_b"])] = word, row.get("note") or ""
    return found


def decide(corpus: Path, pairs: Iterable[tuple[Key, Key]], decision: str, note: str = "") -> None:
    """Keep a decision on pairs of claims, for every later `match`.

    Parameters
    ----------
    corpus
        The folder of the corpus.
    pairs
        Pairs of claims, each a map and an id.
    decision
        `accepted` or `rejected`.
    note
        The reason.
    """
    if decision not in ("accepted", "rejected"):
        raise ArgmapError(f"{decision!r} is no decision; choose accepted or rejected")
    known = _decided(corpus)
    for a, b in pairs:
        known.pop((b, a), None)
        known[a, b] = decision, note
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_DECIDED)
    writer.writerows((*a, *b, *said) for (a, b), said in sorted(known.items()))
    text_file.write(corpus / DECISIONS, out.getvalue(), update=True)


def _rows(found: Matches) -> Iterator[dict[str, Any]]:
    for pair in found.pairs:
        yield {
            "map_a": pair.a[0],
            "claim_a": pair.a[1],
            "text_a": found.texts[pair.a],
            "map_b": pair.b[0],
            "claim_b": pair.b[1],
            "text_b": found.texts[pair.b],
            "score": pair.score,
            "cosine": pair.cosine,
            "substance": pair.substance,
            "signals": list(pair.signals),
            "decision": pair.decision,
            "cluster": pair.cluster,
            "representative": "#".join(found.clusters[pair.cluster][0]) if pair.cluster is not None else None,
        }


def _write(corpus: Path, found: Matches) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    words = [pa.field(name, pa.string()) for name in COLUMNS]
    more = [
        ("score", pa.float64()),
        ("cosine", pa.float64()),
        ("substance", pa.string()),
        ("signals", pa.list_(pa.string())),
    ]
    more += [("decision", pa.string()), ("cluster", pa.int32()), ("representative", pa.string())]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(_rows(found)), schema=pa.schema([*words, *more])), out)
    text_file.write(corpus / f"{MATCHES}.parquet", out.getvalue(), update=True)
