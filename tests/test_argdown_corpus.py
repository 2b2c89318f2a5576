"""Argdown as others write and read it: sample documents, their JSON, and Argdown's own command line."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

import argmap
from argmap import formats, graph
from argmap.model import Map
from tests.browser_session import missing

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT.parent / "shared" / "corpora" / "argdown"
COMMAND = ROOT / "tests" / "node" / "node_modules" / "@argdown" / "cli" / "dist" / "cli.js"
NAMES = ("argdown-primer", "legalisation-softdrugs", "semmelweis_betz")

DEBATE = """
# A harbour

[Sell]: The harbour should be sold.
  + <Money>: The town needs the money.
    - [Rich]: The town has never been richer.
  - <Ships>: Ships would go elsewhere.
    _ <Deep water>: No other harbour is deep enough.

<Money>

(1) The town owes more than it earns.
(2) Who owes more than he earns needs money.
-- modus ponens --
(3) The town needs money.
"""


def gist(m: Map) -> tuple[Counter[str], Counter[tuple[str, tuple[str, ...], str]]]:
    """What a map says without its ids: texts, and relations between texts."""
    told = {id: claim.text for id, claim in m.claims.items()}
    ties = {r.key: f"{r.type} of {told.get(r.target or '', r.target)}" for r in m.relations}
    between = Counter(
        (r.type, tuple(sorted(told[id] for id in r.by)), told.get(r.target or "", ties.get(r.target or "", "")))
        for r in m.relations
    )
    return Counter(told.values()), between


@pytest.mark.skipif(not SAMPLES.exists(), reason="the sample documents are not here")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("suffix", [".argdown", ".json"])
def test_samples_have_the_counts_that_argdown_counts(name: str, suffix: str) -> None:
    """From text and from JSON: statements and arguments become claims, relations and inferences become relations."""
    counts = next(c for c in json.loads((SAMPLES / "counts.json").read_text("utf-8")) if name in c["file"])
    m = formats.read(SAMPLES / f"{name}{suffix}")
    # An argument that is spelt out is its premises and conclusions; one that is not is a claim of its own.
    assert len(m.claims) == counts["equivalence_classes"] + counts["arguments"] - counts["with_pcs"]
    types = Counter(r.type for r in m.relations)
    said = Counter(counts["rel_types"])
    # Strict mode's words mean the same ties; a contrary or a contradiction goes both ways.
    assert types["support"] == said["support"] + said["entails"] + counts["inferences"]
    assert types["attack"] == said["attack"] + said["undercut"] + 2 * (said["contrary"] + said["contradictory"])


@pytest.mark.skipif(not SAMPLES.exists(), reason="the sample documents are not here")
@pytest.mark.parametrize("name", NAMES)
def test_text_and_json_say_the_same(name: str) -> None:
    """A document and what Argdown exports of it are one map."""
    assert gist(formats.read(SAMPLES / f"{name}.argdown")) == gist(formats.read(SAMPLES / f"{name}.json"))


def test_a_debate_is_read_as_it_is_meant() -> None:
    """Indentation gives relations, an inference a linked support with its rule, `_` an undercut."""
    m = formats.loads(DEBATE, "argdown")
    texts, between = gist(m)
    assert texts["The harbour should be sold."] == 1
    assert (
        "support",
        ("The town owes more than it earns.", "Who owes more than he earns needs money."),
        "The town needs money.",
    ) in between
    (spelt_out,) = [r for r in m.relations if len(r.by) == 2]
    assert spelt_out.scheme == "modus ponens"
    assert "undercut" in graph.attack_kinds(m).values()
    assert Counter(r.type for r in m.relations)["attack"] == 3


@pytest.mark.parametrize("name", ["debate", "1996", "2005"])
def test_argdowns_own_command_line_reads_what_is_written(name: str, tmp_path: Path) -> None:
    """What argmap writes, Argdown reads with the same statements and relations that argmap reads in it."""
    node = shutil.which("node")
    if node is None or not COMMAND.exists():
        missing("Argdown's command line is not installed: cd tests/node && npm install")
    m = formats.loads(DEBATE, "argdown") if name == "debate" else argmap.load(ROOT / "maps" / f"{name}.yaml")
    text, _ = formats.dumps(m, "argdown")
    assert isinstance(text, str)
    (tmp_path / "map.argdown").write_text(text, "utf-8")
    done = subprocess.run(
        [node, COMMAND, "json", "map.argdown", "out"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    exported = tmp_path / "out" / "map.json"
    assert exported.exists(), done.stdout + done.stderr
    assert gist(formats.read(exported, "argdown-json")) == gist(formats.loads(text, "argdown"))


@pytest.mark.parametrize(
    "text",
    [
        "[A]: p<0.05 holds\n  + <B>: we [really] mean it",
        "<<<",
        "====\n: {",
        "[a",
        "(1)\n----\n(2) x",
        "\t" * 50 + "+ <x>",
    ],
)
def test_what_is_no_argdown_is_a_map_or_one_clear_problem(text: str) -> None:
    """Prose that trips Argdown gives a map, or a problem with its line; never anything else."""
    try:
        m = formats.loads(text, "argdown", "notes.argdown")
    except argmap.ArgmapError as problem:
        said = str(problem)
    else:
        said = f"notes.argdown gives {len(m.claims)} claims"
    assert "notes.argdown" in said
