"""Claims that say the same across maps, contradictions among them, and decisions that stay."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from argmap.cli import main
from argmap.corpus import build, decide, match, matches, open_corpus
from argmap.corpus.likeness import candidates, features
from argmap.findings import ArgmapError
from tests.corpus.conftest import SAYINGS, debate

pytest.importorskip("usearch")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    from argmap import formats

    (tmp_path / "maps").mkdir()
    for n, sayings in enumerate(SAYINGS):
        formats.write(debate(n, sayings), tmp_path / "maps" / f"debate-{n}.yaml")
    build([tmp_path / "maps"], tmp_path / "corpus")
    return tmp_path / "corpus"


def test_claims_that_say_the_same_are_gathered(corpus: Path) -> None:
    """Equal claims are a cluster; a negated one is a contradiction and joins none."""
    with open_corpus(corpus) as opened:
        found = match(opened)
        assert found.claims == 12
        same = [{key[0] for key in keys} for keys in found.clusters.values()]
        assert {"debate-0.yaml", "debate-2.yaml"} in same
        against = {frozenset((pair.a[0], pair.b[0])) for pair in found.contradictions}
        assert frozenset(("debate-0.yaml", "debate-2.yaml")) in against
        clustered = {key for keys in found.clusters.values() for key in keys}
        assert ("debate-2.yaml", "thesis") not in clustered
    with open_corpus(corpus) as opened:
        rows = opened.rows("select text_a, text_b, substance, signals from matches where substance = 'contradicts'")[1]
    assert any("not" in " ".join(signals) for *_, signals in rows)


def test_decisions_are_kept(corpus: Path) -> None:
    """A rejected pair joins no cluster, an accepted one always does, on every later run."""
    equal = (("debate-0.yaml", "reason"), ("debate-2.yaml", "objection"))
    unlike = (("debate-0.yaml", "objection"), ("debate-3.yaml", "reason"))
    decide(corpus, [equal], "rejected", note="one is quoted")
    decide(corpus, [unlike], "accepted")
    for _ in range(2):
        with open_corpus(corpus) as opened:
            found = match(opened)
        clusters = [set(keys) for keys in found.clusters.values()]
        assert not any(set(equal) <= keys for keys in clusters)
        assert set(unlike) in clusters
    assert "one is quoted" in (corpus / "decisions.csv").read_text("utf-8")
    decide(corpus, [(equal[1], equal[0])], "accepted")
    with open_corpus(corpus) as opened:
        assert any(set(equal) <= set(keys) for keys in match(opened).clusters.values())


def written(tmp_path: Path, *texts: str, maps: int = 0) -> Path:
    """Build a corpus of a claim a map, or of the claims dealt out to so many maps."""
    (tmp_path / "maps").mkdir()
    count = maps or len(texts)
    for n in range(count):
        claims = "".join(f"  c{k}: {{text: '{text}'}}\n" for k, text in enumerate(texts) if k % count == n)
        text = f"argmap: 1\nid: m{n}\nthesis: c{n}\nclaims:\n{claims}"
        (tmp_path / "maps" / f"m{n}.yaml").write_text(text, "utf-8")
    build([tmp_path / "maps"], tmp_path / "corpus")
    return tmp_path / "corpus"


def test_a_rejected_pair_stays_apart_among_equals(tmp_path: Path) -> None:
    """A third claim with the same words brings the two together no more."""
    path = written(tmp_path, *["The ferry is late."] * 4, "A lion sleeps.")
    decide(path, [(("m0.yaml", "c0"), ("m1.yaml", "c1"))], "rejected")
    with open_corpus(path) as opened:
        found = match(opened)
    [(_, keys)] = found.clusters.items()
    assert {name for name, _ in keys} == {"m0.yaml", "m2.yaml", "m3.yaml"}
    assert [pair.decision for pair in found.pairs if pair.decision] == ["rejected"]


def test_equal_claims_are_compared_once(tmp_path: Path) -> None:
    """Repeats follow one of another map, and a variant is paired with the first of them: rows grow with the claims."""
    path = written(tmp_path, *["The ferry to the island is late."] * 40, "The ferry to that island was late.", maps=20)
    with open_corpus(path) as opened:
        found = match(opened)
        assert match(opened).clusters == found.clusters
        assert len(match(opened, within=True).pairs) == 40
    assert {len(keys) for keys in found.clusters.values()} == {41}
    assert len(found.pairs) == 40
    assert all(pair.a[0] != pair.b[0] for pair in found.pairs)
    assert [pair.score < 1 for pair in found.pairs].count(True) == 1


@pytest.mark.parametrize(
    ("left", "right", "substance"),
    [
        ("The tax will raise the rents.", "The tax will lower the rents.", "contradicts"),
        ("The bridge costs 3 million pounds.", "The bridge costs 8 million pounds.", "contradicts"),
        ("We should feed urban foxes.", "We should not feed urban foxes because they bite.", "contradicts"),
        ("We should feed urban foxes.", "We should feed urban foxes because they do not bite.", "differs"),
        ("Urban foxes spread disease.", "We should not feed urban foxes, which spread disease.", "differs"),
        ("The harbour needs a wall.", "The old harbour needs a quirky wall.", "adds"),
        ("The harbour needs a wall.", "A wall is needed by the harbour.", "same"),
    ],
)
def test_what_a_pair_differs_in(tmp_path: Path, left: str, right: str, substance: str) -> None:
    """A demand that is turned down denies no fact, and a word more is no word less."""
    with open_corpus(written(tmp_path, left, right)) as opened:
        found = match(opened, least=0.1)
    assert [pair.substance for pair in found.pairs] == [substance]
    assert not any(signal.startswith("Signal(") for pair in found.pairs for signal in pair.signals)
    assert len(found.contradictions) == (substance == "contradicts")


def test_other_processes_find_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order in which they end does not show."""
    monkeypatch.setattr(matches, "CHUNK", 64)
    path = written(tmp_path, *(f"The {n % 9} ferries to the island number {n} are late." for n in range(120)), maps=12)
    with open_corpus(path) as opened:
        one = list(match(opened, jobs=1).pairs)
        assert len(one) > 8 * 64
        assert list(match(opened, jobs=2).pairs) == one


def test_nothing_is_like_nothing(tmp_path: Path) -> None:
    """A corpus of no map, and claims without a word."""
    (tmp_path / "none").mkdir()
    build([tmp_path / "none"], tmp_path / "empty")
    with open_corpus(tmp_path / "empty") as opened:
        assert opened.rows("select count(*) from claims")[1] == [(0,)]
        assert match(opened).claims == 0
    with open_corpus(written(tmp_path, "…", "?", "…")) as opened:
        assert [len(keys) for keys in match(opened).clusters.values()] == [2]


def test_wrong_decisions_are_named(corpus: Path) -> None:
    """With file and line."""
    (corpus / "decisions.csv").write_text("map_a,claim_a\n", "utf-8")
    with open_corpus(corpus) as opened, pytest.raises(ArgmapError, match="no column map_b"):
        match(opened)
    (corpus / "decisions.csv").write_text("map_a,claim_a,map_b,claim_b,decision\na,b,c,d,perhaps\n", "utf-8")
    with open_corpus(corpus) as opened, pytest.raises(ArgmapError, match=r"decisions.csv:2: 'perhaps' is no decision"):
        match(opened)


def test_the_command_prints_clusters(corpus: Path) -> None:
    """And keeps a decision."""
    run = CliRunner().invoke(main, ["corpus", "match", str(corpus)])
    assert run.exit_code == 0
    assert run.stdout.startswith("12 claims, ")
    assert "Families are free on Sundays. (2 claims)" in run.stdout
    pair = ["debate-0.yaml", "reason", "debate-2.yaml", "objection"]
    run = CliRunner().invoke(main, ["corpus", "decide", str(corpus), *pair, "--reject"])
    assert run.exit_code == 0
    run = CliRunner().invoke(main, ["corpus", "match", str(corpus)])
    assert "Families are free on Sundays. (2 claims)" not in run.stdout
    run = CliRunner().invoke(main, ["corpus", "decide", str(corpus), "debate-0.yaml", "reasn", *pair[2:]])
    assert run.exit_code == 2
    assert "no claim 'reasn' of a map 'debate-0.yaml'. Did you mean \"reason\"?" in run.output
    run = CliRunner().invoke(main, ["corpus", "decide", str(corpus.parent), *pair])
    assert "argmap corpus build" in run.output
    assert not (corpus.parent / "decisions.csv").exists()


def test_the_index_finds_what_all_pairs_find() -> None:
    """Of all pairs that are near by their vectors, the index misses next to none."""
    texts = [
        f"{left} {right} number {n % 7}."
        for n, (left, right) in enumerate([(a, b) for a in "abcdefghij" for b in SAYINGS[0]])
    ]
    read, count = features(texts), len(texts)
    left, right = np.triu_indices(count, 1)
    near = read.cosines(left, right) > 0.5
    exact = set(zip(left[near].tolist(), right[near].tolist(), strict=True))
    found = set(zip(*(side.tolist() for side in candidates(read.vectors(), count - 1, 0.5)), strict=True))
    assert len(exact & found) >= 0.98 * len(exact)


def test_a_condition_tells_two_claims_apart(tmp_path: Path) -> None:
    """The same words, once with a condition, are no variants of each other."""
    (tmp_path / "maps").mkdir()
    for name, rest in (("sure", ""), ("unsure", ", condition: If it rains"), ("again", ", condition: if it rains")):
        claim = f"argmap: 1\nid: {name}\nthesis: a\nclaims:\n  a: {{text: The river will flood the park{rest}}}\n"
        (tmp_path / "maps" / f"{name}.yaml").write_text(claim, "utf-8")
    build([tmp_path / "maps"], tmp_path / "corpus")
    with open_corpus(tmp_path / "corpus") as opened:
        found = match(opened)
    assert [{name for name, _ in keys} for keys in found.clusters.values()] == [{"unsure.yaml", "again.yaml"}]
    assert [pair.substance for pair in found.pairs] == ["differs", "same"]
    assert found.pairs[0].signals == ("condition if it rains → none",)
    assert not found.contradictions


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the memory of a process")
def test_matching_stops_at_the_bound_of_memory(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says what to do; nothing is written."""
    from argmap.corpus.query import Corpus

    def greedy(*_: object, **__: object) -> None:
        hold = []
        while True:
            hold.append(b"x" * 1_000_000)

    with monkeypatch.context() as patched:
        patched.setattr(Corpus, "rows", greedy)
        run = CliRunner().invoke(main, ["corpus", "match", str(corpus), "--memory", "200MB"])
    assert run.exit_code == 2
    assert run.stderr == f"{corpus}: matching needs more memory than 200MB; give more with --memory\n"
    assert not (corpus / "matches.parquet").exists()
    run = CliRunner().invoke(main, ["corpus", "match", str(corpus), "--memory", "1KB"])
    assert run.exit_code == 2
    assert run.stderr.endswith("give more with --memory\n")  # DuckDB says so, or argmap, whichever is first
    assert len(run.stderr.splitlines()) == 1
