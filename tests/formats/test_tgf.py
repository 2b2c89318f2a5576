"""TGF: nodes, a line `#`, edges."""

from __future__ import annotations

import pytest

from argmap import formats
from argmap.findings import ArgmapError

GRAPH = """\
1 The bridge should be closed.
2 Closing it is expensive.
3
#
2 1
3 1 supports
"""


def ties(text: str) -> list[tuple[str, str, str | None]]:
    return [(r.type, r.by[0], r.target) for r in formats.loads(text, "tgf").relations]


def test_nodes_are_claims_and_edges_relations() -> None:
    """An edge without a label is an attack, a label names another relation, and an id stands in for a missing label."""
    assert formats.detect(formats.Content(GRAPH, "graph")).name == "tgf"
    map_ = formats.loads(GRAPH)
    assert [claim.text for claim in map_.claims.values()] == [
        "The bridge should be closed.",
        "Closing it is expensive.",
        "3",
    ]
    assert ties(GRAPH) == [("attack", "2", "1"), ("support", "3", "1")]


def test_a_graph_of_iccma_comes_back_as_it_was() -> None:
    """A file of attacks alone is written without labels, ids with odd characters included."""
    text = "a(1) one\nb two\n#\na(1) b\nb a(1)\n"
    map_ = formats.loads(text, "tgf")
    assert list(map_.claims) == ["a-1", "b"]
    assert formats.dumps(map_, "tgf")[0] == text


def test_labels_come_back() -> None:
    """A label that is not the usual word is kept, and written while it still fits."""
    text = "1 a\n2 b\n#\n2 1 because\n1 2 foo\n"
    reading = formats.examine_text(text, "tgf")
    assert [(finding.rule, finding.place.line) for finding in reading.findings] == [("unknown-relation", 5)]
    assert formats.dumps(reading.map, "tgf")[0] == text


def test_what_is_irregular_is_found_at_its_line() -> None:
    """A node that occurs twice and an edge to no node are left out, with findings."""
    reading = formats.examine_text("1 a\n1 b\n2 c\n#\n2 1\n2 9\n2\n", "tgf")
    assert [(finding.rule, finding.place.line) for finding in reading.findings] == [
        ("duplicate-id", 2),
        ("dangling-reference", 6),
        ("dangling-reference", 7),
    ]
    assert all(finding.is_loss for finding in reading.findings)
    assert len(reading.map.relations) == 1


@pytest.mark.parametrize("text", ["Intro\n\n# Heading\n\nfoo bar\n", "Intro\n#\nfoo bar\n", "1 a\n2 b\n", ""])
def test_other_texts_are_not_taken_for_it(text: str) -> None:
    """Edges have to lead to nodes."""
    with pytest.raises(ArgmapError, match=r"not recognised|is empty"):
        formats.detect(formats.Content(text, "notes"))


def test_a_file_without_a_hash_is_refused() -> None:
    """Nodes alone are not a graph."""
    with pytest.raises(ArgmapError, match="no line `#`"):
        formats.loads("1 a\n", "tgf")
