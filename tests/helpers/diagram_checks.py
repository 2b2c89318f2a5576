"""What tests of pictures share: small diffs and timelines, and what must hold of every sheet."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from argmap import diagram
from argmap.diagram.layout.measure import set_text, wrap_of
from argmap.diagram.layout.sheet import Sheet
from argmap.diagram.layout.text import width
from argmap.diagram.model import Diagram, Frame
from argmap.diff.model import Change, Diff, End, QuoteAt, Row, Side, Stand, Standing, Timeline
from argmap.model import Kind, Map, Position

OUTLINES = Path(__file__).resolve().parents[1] / "diagram" / "outlines"
SCALE = {"low": "low down", "mid": "in the middle", "high": "high up"}
KIND: dict[str, Kind] = {"is": "fact", "plan": "plan", "will": "prediction", "ought": "policy"}


def same_outline(request: pytest.FixtureRequest, name: str, picture: Diagram) -> None:
    """The picture says what `outlines/NAME.txt` does; `pytest --accept` takes it as it is now."""
    told, path = diagram.outline(picture), OUTLINES / f"{name}.txt"
    if request.config.getoption("--accept"):
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8")


def assert_apart(sheet: Sheet) -> None:
    """No box lies on another, none leaves the sheet, and words fit their boxes."""
    boxes = [box for box in sheet.boxes if box.role != "rule" and box.frame.w]
    for one, other in combinations(boxes, 2):
        assert not overlap(one.frame, other.frame), (one, other)
    for box in boxes:
        assert box.frame.x >= 0
        assert box.frame.right <= sheet.w + 0.01
        assert box.frame.bottom <= sheet.h + 0.01
        assert sum(paragraph.height for paragraph in set_text(box)) <= box.frame.h + 0.01
        for paragraph in set_text(box):
            assert all(width(line, paragraph.font) <= wrap_of(box) for line in paragraph.lines)


def overlap(one: Frame, other: Frame) -> bool:
    """Whether two rectangles share more than an edge."""
    return (
        one.x < other.right - 0.01
        and other.x < one.right - 0.01
        and one.y < other.bottom - 0.01
        and other.y < one.bottom - 0.01
    )


def made(claims: str, *relations: dict[str, Any], **more: Any) -> Map:
    """A map of one-word claims, the first its thesis."""
    ids = claims.split()
    named = {claim_id: {"text": claim_id.title()} for claim_id in ids}
    return Map.model_validate({"id": "m", "thesis": ids[0], "claims": named, "relations": relations, **more})


def side(claim_id: str, text: str, **more: Any) -> Side:
    """A claim with one quote: `said`, or else its own text in lower case."""
    quote = QuoteAt(source="s", exact=more.pop("said", text.lower()))
    return Side(id=claim_id, text=text, role="claim", quotes=(quote,), **more)


def standing(name: str, **at: str) -> Standing:
    """A text that says where things are, will be, ought to be; nothing when nothing is given."""
    claims = [
        side(f"{mode}-{word}", f"It {mode} {word}", kind=KIND[mode], issue="i", position=word)
        for mode, where in at.items()
        for word in where.split()
    ]
    stand = Stand.model_validate({mode: tuple(where.split()) for mode, where in at.items()})
    return Standing(map=name, at=stand, claims=tuple(claims))


def row(*standings: Standing, moves: tuple[str | None, ...] = (), scale: dict[str, Any] | None = None) -> Row:
    """One issue, with a scale of three steps unless another is given."""
    steps = {
        key: Position.model_validate(step if isinstance(step, dict) else {"label": step})
        for key, step in (scale or SCALE).items()
    }
    return Row(issue="i", question="How high is it?", scale=steps, standings=standings, moves=moves)


def timeline(*rows: Row) -> Timeline:
    """The texts that the rows speak of."""
    return Timeline(texts=tuple(End(id=s.map, date=s.map) for s in rows[0].standings), rows=rows)


def diff(*changes: Change) -> Diff:
    """Changes between x and y."""
    return Diff(before=End(id="x"), after=End(id="y"), changes=changes)


def change(word: Any, before: str = "", after: str = "", **more: Any) -> Change:
    """A change between claims of one word each."""
    made = {"rule": "analyst", "basis": "analyst", "issue": "i"} | more
    return Change(
        change=word,
        before=tuple(side(claim_id, f"Left {claim_id}") for claim_id in before.split()),
        after=tuple(side(claim_id, f"Right {claim_id}") for claim_id in after.split()),
        **made,
    )
