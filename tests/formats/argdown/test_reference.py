"""Argdown's own command line is the reference: it and argmap understand the same documents, those that argmap writes above all."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import argmap
from argmap import formats
from argmap.formats.argdown import json_export
from argmap.formats.argdown.document import Document
from argmap.formats.argdown.interpret import interpret
from argmap.formats.argdown.parser import parse
from argmap.formats.common.reader_support import Irregular
from argmap.model import Map
from tests.formats.test_formats import DEBATE
from tests.helpers.argdown_counts import counts
from tests.helpers.argdown_texts import random_text
from tests.helpers.corpora import files
from tests.helpers.node_tools import argdown_json as argdown_exports

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = files("argdown/*.argdown")
"""Each with Argdown's own export beside it, and what Argdown counts in `counts.json`."""
LANGUAGE = """\
===
title: What the language has
===

// a remark before anything

# The harbour :heart:

[Ferry]: The ferry
  should run   at night. #town
  + <Bakers>: They start at 4:30, e.g. on Mondays. {since: 1990}
      <_ No baker lives there.
  -> [Quiet]: The quay stays quiet.
  >< It must not run.

/* over
   lines */

## Below it <!-- hidden --> {isGroup: false}

<Reckoning>: It pays. #money #(in the end)
  - [Quiet]

(1) Whoever sails pays, \\_always\\_.
(2) [Sailors]: __Many__ *would* sail [there](http://example.org/a_b).
    - Not in winter.
--
modus ponens, a rule {uses: [1, 2]}
--
  <_ [Winter]: In winter the rule fails.
(3) It pays.
-- .A. rule --
(4) [Ferry]
  +> @[Sailors] hope so.

1. one @<Bakers>, two
2. three
    + four

* p < 0.05 -- and _so on_

[Ferry] #quay
  - <Fares>: Fares lead to it anyway.

<Fares>
  - [Rich]: The town is rich.

(1) Fares pay.
----
(2) [Ferry]
"""

ESSAYS = ("1996", "2005")
HARD = (
    "[to String]: No word of JavaScript is a title. {argmap: {id: toString}}\n  + <valueOf it>: Nor here. {argmap: {id: valueOf}}\n",
    "[a]: A.\n  - [b]: B.\n  - [a]\n",
    "<a>\n  - [b]: B.\n\n(1) [p]: P.\n----\n(2) So C.\n  -> <a>\n",
)


def understood(text: str) -> Document:
    document, faults = interpret(parse(text))
    assert faults == []
    return document


def exported(data: dict[str, Any]) -> Document:
    irregular = Irregular("export")
    document = json_export.document_of(data, irregular)
    assert irregular.findings == ()
    return document


def shape(document: Document) -> dict[str, Any]:
    """Statements and arguments by title, with all their wordings, tags, data and lines; relations; sections."""
    nodes = {
        (node.argument, node.title): (
            [m.reference or (m.wording.text, m.wording.marks) for m in node.members],
            sorted(node.tags),
            node.data,
            node.section,
            [(line.statement, line.inference and (line.inference.rules, line.inference.data)) for line in node.lines],
        )
        for node in (*document.statements.values(), *document.arguments.values())
    }
    relations = sorted((r.kind, r.source, r.target) for r in document.relations)
    sections = [(s.level, s.wording.text, s.data) for s in document.sections]
    return {"nodes": nodes, "relations": relations, "sections": sections}


def test_documents_mean_what_they_mean_to_argdown(tmp_path: Path) -> None:
    """Everything the language has, and three hundred documents by chance, are understood as Argdown understands them."""
    chance = random.Random(1)  # noqa: S311 - the same documents each time
    texts = [LANGUAGE, *(random_text(chance) for _ in range(300))]
    exports = argdown_exports(texts, tmp_path)
    for text, export in zip(texts, exports, strict=True):
        assert export is not None, text
        assert shape(understood(text)) == shape(exported(export)), text


def test_argdown_reads_what_is_written(tmp_path: Path) -> None:
    """What argmap writes of any map means to Argdown what it means to argmap: the same statements, arguments and relations."""
    chance = random.Random(2)  # noqa: S311
    maps = [
        DEBATE,
        formats.loads(LANGUAGE, "argdown"),
        *(argmap.load(ROOT / "maps" / f"{claim_id}.yaml") for claim_id in ESSAYS),
    ]
    maps += [formats.loads(text, "argdown") for text in HARD]
    maps += [formats.loads(random_text(chance), "argdown") for _ in range(150)]
    # Argdown makes nothing of a file that is only front matter.
    maps = [m for m in maps if m.claims]
    texts = [formats.dumps(m, "argdown")[0] for m in maps]
    for text, export in zip(texts, argdown_exports(texts, tmp_path), strict=True):
        assert export is not None, text
        assert shape(understood(text)) == shape(exported(export)), text


def test_no_character_of_a_text_is_taken_for_a_sign(tmp_path: Path) -> None:
    """Texts full of Argdown's own signs come through its command line as they are."""
    chance = random.Random(3)  # noqa: S311
    signs = "ab 1.,:;!?[]{}<>()*_#@\\/-+=~'\"|^v>é漢😀$`&%"
    texts = ["".join(chance.choices(signs, k=chance.randint(1, 30))) for _ in range(300)]
    claims = {f"c{n}": {"text": " ".join(text.split()) or "-"} for n, text in enumerate(texts)}
    m = Map.model_validate({"id": "signs", "claims": claims})
    (export,) = argdown_exports([formats.dumps(m, "argdown")[0]], tmp_path)
    assert export is not None
    said = {title: value["members"][0]["text"].strip() for title, value in export["statements"].items()}
    assert said == {claim_id: claim.text for claim_id, claim in m.claims.items()}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_have_argdowns_counts(path: Path) -> None:
    """From text, from JSON, and from text that was written again: statements, arguments, relations, and the map drawn of them."""
    expected = _counted(path)
    text = path.read_text("utf-8")
    data = json.loads(path.with_suffix(".json").read_bytes())
    unmapped = {key: value for key, value in data.items() if key != "map"}
    for document in (understood(text), exported(data), exported(unmapped)):
        counted = counts(document)
        assert {key: counted[key] for key in expected} == expected
    again = counts(understood(formats.dumps(formats.loads(text, "argdown"), "argdown")[0]))
    same = ("equivalence_classes", "arguments", "with_pcs", "pcs_statements", "inferences", "relations", "rel_types")
    # Written again, each statement has a title and is defined once, and there are no headings.
    assert {key: again[key] for key in same} == {key: expected[key] for key in same}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_lose_nothing_on_the_way_to_a_map(path: Path) -> None:
    """Text and JSON are one map; what is taken apart is its premises and conclusions, anything else counted is a claim or a relation."""
    m, of_export = (formats.read(path.with_suffix(suffix)) for suffix in (".argdown", ".json"))
    assert m.claims == of_export.claims
    assert sorted(map(repr, m.relations)) == sorted(map(repr, of_export.relations))
    expected = _counted(path)
    kinds = Counter(expected["rel_types"])
    types = Counter(relation.type for relation in m.relations)
    assert len(m.claims) == expected["equivalence_classes"] + expected["arguments"] - expected["with_pcs"]
    assert types["support"] == kinds["support"] + kinds["entails"] + expected["inferences"]
    # Contraries and contradictions go both ways.
    assert types["attack"] == kinds["attack"] + kinds["undercut"] + 2 * (kinds["contrary"] + kinds["contradictory"])


def _counted(path: Path) -> dict[str, Any]:
    found = json.loads((path.parent / "counts.json").read_bytes())
    return next(c for c in found if path.stem in c.pop("file"))
