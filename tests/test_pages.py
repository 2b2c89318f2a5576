"""What the project shows of itself is current."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages import MAPS, ROOT, diagrams, pages


@pytest.mark.parametrize("path", pages(), ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_are_current(path: Path) -> None:
    """Tables, schemas and the pictures' words are as the code gives them today; `make pages` makes them anew."""
    assert path.read_text("utf-8") == pages()[path]


@pytest.mark.parametrize("name", diagrams())
def test_pictures_show_their_words(name: str) -> None:
    """Each picture that is shown is there, and says every claim that its outline says."""
    picture = (MAPS / "pictures" / f"{name}.svg").read_text("utf-8")
    claims = {box.claim for box in diagrams()[name].boxes if box.claim}
    assert claims
    assert all(f'data-claim="{claim}"' in picture for claim in claims)
