"""Find claims of many maps that say the same.

    claims ─ statements ─ vectors ─ index ─▶ near pairs ─ substance ─▶ suggestions ─▶ clusters
                                                                           ▲
                                                          decisions of a person, kept in a file

All pairs of 100,000 claims are 5 billion. So claims with the same words become one statement, an index proposes for each statement
those that are near (`likeness.py`), and only these are read for what differs in substance.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, overload

from argmap import engine, sentences, text_file
from argmap.corpus.decisions import Key, decisions
from argmap.corpus.query import MATCHES, Corpus
from argmap.corpus.verdicts import verdict
from argmap.findings import ArgmapError
from argmap.sentences import Embed

if TYPE_CHECKING:
    from pathlib import Path

NEIGHBOURS = 24
LEAST = 0.65
"""Likeness from which a pair is suggested."""
JOINED = {"same": 0.0, "adds": 0.8}
"""Likeness from which two statements are in one cluster, by what was found of their substance; the others never are."""
CHUNK = 256
"""Pairs whose substance a process judges at a time."""
ROWS = 20_000
"""Rows that are written at a time."""
COLUMNS = ("map_a", "claim_a", "text_a", "map_b", "claim_b", "text_b")


@dataclass(frozen=True, slots=True)
class Match:
    """Two claims that may say the same."""

    a: Key
    b: Key
    score: float
    """Likeness in [0, 1]: the fitted probability that two claims of a debate make one point; 1 for the same words."""
    substance: str
    """
    same: they say the same. adds: one says more, in words that no list has. contradicts: they are alike but for a word that says the
    opposite, or another figure. differs: they differ otherwise. unclear: words of both are unknown.
    """
    signals: tuple[str, ...]
    """Differences in substance, in words."""
    decision: str | None
    """accepted or rejected by a person."""
    cluster: int | None
    """Number of the cluster that both are in."""


@dataclass(slots=True)
class _Claims:
    """The claims of a corpus, and the statement of each: claims with the same words and condition are one statement."""

    keys: list[Key]
    texts: list[str]
    conditions: list[str | None]
    members: list[list[int]] = field(default_factory=list)
    """By statement: its claims, in order. A claim that a person decided on is a statement by itself."""
    decided: dict[tuple[int, int], str] = field(default_factory=dict)
    """By pair of statements, the smaller first."""
    elsewhere: list[int | None] = field(default_factory=list)
    """By statement: the first claim that is of another map than its first one."""

    def ends(self, a: int, b: int, *, within: bool) -> tuple[int, int] | None:
        """Return the first claims of two statements that are of different maps, or of any maps."""
        first, second = self.members[a][0], self.members[b][0]
        if within or (a, b) in self.decided or self.keys[first][0] != self.keys[second][0]:
            return first, second
        if (other := self.elsewhere[b]) is not None:
            return first, other
        return None if (other := self.elsewhere[a]) is None else (other, second)

    def repeats(self, *, within: bool) -> Iterator[tuple[int, int, int]]:
        """Yield each further claim of a statement with one of another map, or of any: statement, earlier claim, later claim."""
        for number, (first, *rest) in enumerate(self.members):
            for claim in rest:
                near = within or self.keys[claim][0] != self.keys[first][0]
                other = first if near else self.elsewhere[number]
                if other is not None:
                    yield number, min(other, claim), max(other, claim)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two claims, the smaller first, and what was found of them."""

    a: int
    b: int
    score: float
    substance: str
    signals: tuple[str, ...]
    decision: str | None = None


class Pairs(Sequence[Match]):
    """Pairs of claims, each made when it is asked for."""

    def __init__(self, claims: _Claims, pairs: Sequence[_Pair], cluster: Mapping[int, int]) -> None:
        self._claims, self._pairs, self._cluster = claims, pairs, cluster

    @overload
    def __getitem__(self, place: int) -> Match: ...
    @overload
    def __getitem__(self, place: slice) -> Pairs: ...
    def __getitem__(self, place: int | slice) -> Match | Pairs:
        if isinstance(place, slice):
            return Pairs(self._claims, self._pairs[place], self._cluster)
        pair, keys = self._pairs[place], self._claims.keys
        at = self._cluster.get(pair.a)
        return Match(
            keys[pair.a],
            keys[pair.b],
            round(pair.score, 4),
            pair.substance,
            pair.signals,
            pair.decision,
            at if at == self._cluster.get(pair.b) else None,
        )

    def __len__(self) -> int:
        return len(self._pairs)

    def rows(self, representatives: Mapping[int, Key]) -> Iterator[dict[str, Any]]:
        """Yield the rows of the table `matches`."""
        for pair, found in zip(self._pairs, self, strict=True):
            ends = (*found.a, self._claims.texts[pair.a], *found.b, self._claims.texts[pair.b])
            said = {name: getattr(found, name) for name in ("score", "substance", "decision", "cluster")}
            first = None if found.cluster is None else "#".join(representatives[found.cluster])
            yield {
                **dict(zip(COLUMNS, ends, strict=True)),
                **said,
                "signals": list(found.signals),
                "representative": first,
            }

    @property
    def contradictions(self) -> Pairs:
        """Pairs that contradict each other, and that nobody decided on."""
        against = [pair for pair in self._pairs if pair.substance == "contradicts" and pair.decision is None]
        return Pairs(self._claims, against, self._cluster)


@dataclass(frozen=True, slots=True)
class Matches:
    """Suggested pairs of claims, and their clusters."""

    claims: int
    pairs: Pairs
    """The likeliest first. Of claims with the same words only the first of a map stands in pairs with other words."""
    clusters: Mapping[int, tuple[Key, ...]]
    """The claims of each cluster, its representative first: the one that is nearest to all others."""
    texts: Mapping[Key, str]
    """The words of each claim of a cluster."""

    @property
    def contradictions(self) -> Pairs:
        """Pairs that are alike but for a word that says the opposite, or another figure; nobody decided on them yet."""
        return self.pairs.contradictions


def match(
    corpus: Corpus,
    *,
    least: float = LEAST,
    neighbours: int = NEIGHBOURS,
    within: bool = False,
    embed: Embed | None = None,
    jobs: int | None = None,
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
        Statements that the index gives for each statement.
    within
        Compare claims of one map with one another, too.
    embed
        Take the meaning from a sentence model, not from word vectors.
    jobs
        Number of processes; that of the processors when left out.
    progress
        Called with the steps done and all steps: once for the index, then for the pairs.

    Returns
    -------
    Matches
        Suggested pairs, the likeliest first, and clusters. Decisions in the corpus's file `decisions.csv` are kept: a rejected
        pair joins no cluster, an accepted one always does. The same claims and decisions give the same matches.

    Raises
    ------
    ArgmapError
        If usearch is not installed, or the file of decisions cannot be read.
    """
    import numpy as np

    from argmap.corpus import likeness

    claims = _claims(corpus)
    read = likeness.features([claims.texts[members[0]] for members in claims.members], embed)
    near = likeness.candidates(read.vectors(), neighbours, likeness.cosine_of(least), progress)
    wanted = sorted({*zip(*(side.tolist() for side in near), strict=True), *claims.decided})
    chosen = [(a, b, ends) for a, b in wanted if (ends := claims.ends(a, b, within=within))]
    left, right = (np.array([pair[side] for pair in chosen], np.intp) for side in (0, 1))
    scores = likeness.chance(read.cosines(left, right)).tolist()
    del read, near, wanted
    suggested = [
        (a, b, ends, score)
        for (a, b, ends), score in zip(chosen, scores, strict=True)
        if score >= least or (a, b) in claims.decided
    ]
    found = list(_judged(claims, suggested, jobs or engine.processors(), progress))
    clusters = _clusters(claims, found, within=within)
    pairs = [_Pair(a, b, 1.0, "same", ()) for _, a, b in claims.repeats(within=within)]
    pairs += [pair for _, _, pair in found]
    pairs.sort(key=lambda pair: (-pair.score, pair.a, pair.b))
    result = _matches(claims, pairs, clusters)
    _write(corpus.path, result)
    return result


def _claims(corpus: Corpus) -> _Claims:
    decided = decisions(corpus.path)
    _, rows = corpus.rows("select map, claim, text, condition from claims order by map, place")
    claims = _Claims([(row[0], row[1]) for row in rows], [row[2] for row in rows], [row[3] for row in rows])
    alone = {key for pair in decided for key in pair}
    number: dict[Any, int] = {}
    known: dict[Key, int] = {}
    for n, (key, text, condition) in enumerate(zip(claims.keys, claims.texts, claims.conditions, strict=True)):
        words = sentences.normalise(text), sentences.normalise(condition or "")
        at = number.setdefault((key, words) if key in alone else words, len(number))
        if key in alone:
            known[key] = at
        if at == len(claims.members):
            claims.members.append([])
            claims.elsewhere.append(None)
        elif claims.elsewhere[at] is None and claims.keys[claims.members[at][0]][0] != key[0]:
            claims.elsewhere[at] = n
        claims.members[at].append(n)
    for (a, b), decision in decided.items():
        if a in known and b in known and a != b:
            claims.decided[min(known[a], known[b]), max(known[a], known[b])] = decision
    return claims


def _judged(
    claims: _Claims,
    suggested: Sequence[tuple[int, int, tuple[int, int], float]],
    jobs: int,
    progress: Callable[[int, int], None] | None,
) -> Iterator[tuple[int, int, _Pair]]:
    """Judge the substance of pairs, those of near statements together, since a sentence that was just read is remembered."""
    at = _walked([pair[:2] for pair in suggested])
    order = sorted(range(len(suggested)), key=lambda n: (*sorted((at[suggested[n][0]], at[suggested[n][1]]))[::-1], n))
    said = [(claims.texts[members[0]], claims.conditions[members[0]]) for members in claims.members]
    chunks = [order[n : n + CHUNK] for n in range(0, len(order), CHUNK)]
    tasks = [(k, [(*said[suggested[n][0]], *said[suggested[n][1]]) for n in chunk]) for k, chunk in enumerate(chunks)]
    done = 0
    for k, verdicts in engine.run(_judge, tasks, jobs, _lost, few=8, chunk=1):
        for n, (substance, signals) in zip(chunks[k], verdicts, strict=True):
            a, b, (x, y), score = suggested[n]
            if sentences.normalise(said[a][0]) == sentences.normalise(said[b][0]):
                score = 1.0
            yield a, b, _Pair(min(x, y), max(x, y), score, substance, signals, claims.decided.get((a, b)))
        done += len(chunks[k])
        if progress:
            progress(done, len(order))


def _walked(pairs: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Number what stands in pairs in the order of a walk from neighbour to neighbour, depth first."""
    near: dict[int, list[int]] = {}
    for a, b in pairs:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    at: dict[int, int] = {}
    for first in near:
        waiting = [first]
        while waiting:
            here = waiting.pop()
            if here not in at:
                at[here] = len(at)
                waiting += [other for other in near[here] if other not in at]
    return at


def _judge(
    task: tuple[int, list[tuple[str, str | None, str, str | None]]],
) -> tuple[int, list[tuple[str, tuple[str, ...]]]]:
    place, pairs = task
    return place, [verdict(*pair) for pair in pairs]


def _lost(_task: Any) -> Any:
    raise ArgmapError("a process that compared claims came to an end: run it again, with fewer --jobs")


def _clusters(claims: _Claims, found: Sequence[tuple[int, int, _Pair]], *, within: bool) -> list[list[int]]:
    """Gather statements around representatives: the one with most likeness first, and with it each that it is paired with.

    So each variant says the same as its representative, and no chain of small differences joins what differs (star clustering,
    Aslam, Pelekhov and Rus 2004). Nor are two variants in one cluster that were found to differ. The clusters are lists of claims.
    """
    partners: dict[int, dict[int, float]] = {}
    apart: set[tuple[int, int]] = set()
    for a, b, pair in found:
        if pair.decision == "rejected" or (pair.decision is None and pair.substance in ("differs", "contradicts")):
            apart |= {(a, b), (b, a)}
        elif pair.decision == "accepted" or pair.score >= JOINED.get(pair.substance, 2):
            partners.setdefault(a, {})[b] = partners.setdefault(b, {})[a] = pair.score
    for number, *_ in claims.repeats(within=within):
        partners.setdefault(number, {})
    size = [len(members) for members in claims.members]

    def weight(number: int) -> float:
        return size[number] - 1 + sum(score * size[other] for other, score in partners[number].items())

    taken: set[int] = set()
    clusters = []
    for number in sorted(partners, key=lambda number: (-weight(number), number)):
        if number in taken:
            continue
        gathered = [number]
        for other in sorted(partners[number], key=lambda other: (-partners[number][other], other)):
            if other not in taken and not any((other, each) in apart for each in gathered):
                gathered.append(other)
        listed = [claim for each in gathered for claim in claims.members[each]]
        if len(listed) > 1 and (len(gathered) > 1 or within or len({claims.keys[n][0] for n in listed}) > 1):
            taken.update(gathered)
            clusters.append(listed)
    return clusters


def _matches(claims: _Claims, pairs: Sequence[_Pair], clusters: Sequence[Sequence[int]]) -> Matches:
    at = {claim: number for number, listed in enumerate(clusters, 1) for claim in listed}
    named = {number: tuple(claims.keys[claim] for claim in listed) for number, listed in enumerate(clusters, 1)}
    texts = {claims.keys[claim]: claims.texts[claim] for claim in at}
    return Matches(len(claims.keys), Pairs(claims, pairs, at), named, texts)


def _write(corpus: Path, found: Matches) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    words = [pa.field(name, pa.string()) for name in COLUMNS]
    more = [("score", pa.float64()), ("substance", pa.string()), ("signals", pa.list_(pa.string()))]
    more += [("decision", pa.string()), ("cluster", pa.int32()), ("representative", pa.string())]
    schema = pa.schema([*words, *more])
    first = {number: keys[0] for number, keys in found.clusters.items()}
    out = io.BytesIO()
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for start in range(0, max(len(found.pairs), 1), ROWS):
            rows = list(found.pairs[start : start + ROWS].rows(first))
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
    text_file.write(corpus / f"{MATCHES}.parquet", out.getvalue(), update=True)
