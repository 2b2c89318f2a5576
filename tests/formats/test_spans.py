"""What miners write: JSON lines of spans, and BIO columns."""

from __future__ import annotations

import json
from typing import Any

import pytest

from argmap import anchor, formats
from argmap.findings import ArgmapError

TEXT = "Close the bridge. It rusts."
SPANS = [{"start": 0, "end": 17, "label": "Claim"}, {"start": 18, "end": 27, "label": "Premise"}]
TOKENS = [
    {"id": n, "start": start, "end": end}
    for n, (start, end) in enumerate(((0, 5), (6, 9), (10, 17), (18, 20), (21, 27)))
]


def lines(*records: Any) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def labels(map_: formats.Reading) -> list[tuple[str, str | None]]:
    return [(claim.text, next(iter(claim.extra.values()), {}).get("label")) for claim in map_.map.claims.values()]


@pytest.mark.parametrize(
    "record",
    [
        {"spans": SPANS, "relations": [{"head_span": SPANS[1], "child_span": SPANS[0], "label": "supports"}]},
        {"spans": SPANS, "tokens": TOKENS, "relations": [{"head": 4, "child": 1, "label": "SUPPORT"}]},
        {"ents": SPANS, "relations": [{"head_span": SPANS[0], "child_span": SPANS[1], "label": "supported_by"}]},
        {"spans": {"sc": SPANS}, "relations": [{"head_span": SPANS[1], "child_span": SPANS[0], "label": "supports"}]},
        {"relations": [{"head_span": SPANS[1], "child_span": SPANS[0], "label": "supports"}]},
        {
            "entities": [
                {"id": n, "start_offset": s["start"], "end_offset": s["end"], "label": s["label"]}
                for n, s in enumerate(SPANS)
            ],
            "relations": [{"from_id": 1, "to_id": 0, "type": "supports"}],
        },
    ],
)
def test_ways_to_write_spans_and_relations(record: dict[str, Any]) -> None:
    """Prodigy, spaCy and doccano spell spans and relations in different ways, with one meaning."""
    reading = formats.examine_text(lines({"text": TEXT, **record}))
    assert sorted(labels(reading)) == [("Close the bridge.", "Claim"), ("It rusts.", "Premise")]
    [relation] = reading.map.relations
    ends = [reading.map.claims[end].text for end in (relation.target, *relation.by)]
    assert (relation.type, ends) == ("support", ["Close the bridge.", "It rusts."])
    assert reading.findings == ()


def test_each_line_is_a_text() -> None:
    """Texts become sources, called by their ids; what is rejected or has no words is left out and told."""
    odd = {
        "spans": [{"start": 20, "end": 900, "label": "Claim"}],
        "relations": [{"head": 0, "child": 1, "label": "likes"}],
    }
    reading = formats.examine_text(
        lines(
            {"text": TEXT, "label": [[0, 17, "MajorClaim"]], "id": 7},
            {"text": TEXT, "spans": SPANS, "answer": "reject"},
            {"text": "It rusts.", "meta": {"id": "b/1"}, **odd},
        )
    )
    assert list(reading.map.sources) == ["7", "b-1"]
    assert reading.map.thesis == "T1"
    assert [(each.rule, each.place.line) for each in reading.findings] == [
        ("rejected", 2),
        ("span-outside", 3),
        ("unknown-type", 3),
    ]


@pytest.mark.parametrize(
    "text", ['{"text": "a", "spans": []}\n{broken\n', '{"text": "a", "spans": [], "answer": "reject"}\n']
)
def test_broken_lines_are_refused(text: str) -> None:
    """A line that is not JSON is an error with its number; so is a file without a text."""
    with pytest.raises(ArgmapError):
        formats.examine_text(text, "prodigy")


@pytest.mark.parametrize(
    ("columns", "spans"),
    [
        ("Close B-Claim\nit I-Claim\n. O\n\nIt B-Premise\nrusts I-Premise\n", ["Close it", "It rusts"]),
        ("1\tClose\tVB\tB-Claim\n2\tit\tPRP\tI-Claim\n\n1\tIt\tPRP\tS-Premise\n", ["Close it", "It"]),
        ("Close B-Claim\nit L-Claim\nIt U-Premise\n", ["Close it", "It"]),
        ("-DOCSTART- O\n\nClose I-Claim\nit I-Claim\nIt I-Premise\n", ["Close it", "It"]),
        ("a B-Claim\nb B-Claim\n\nc I-Claim\n", ["a", "b", "c"]),
    ],
)
def test_schemes_of_tags(columns: str, spans: list[str]) -> None:
    """BIO, BIOES, BILOU and the old IOB give the same spans, with quotes that stand in the text."""
    reading = formats.examine_text(columns)
    assert [claim.text for claim in reading.map.claims.values()] == spans
    assert all(
        isinstance(place, anchor.Anchored) for places in anchor.anchors(reading.map).values() for place in places
    )


def test_no_tag_is_an_error_with_its_line() -> None:
    """A line without a tag says where."""
    with pytest.raises(ArgmapError, match=":2"):
        formats.examine_text("Close B-Claim\nit nothing\n", "bio")
