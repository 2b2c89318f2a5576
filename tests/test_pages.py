"""What the project shows of itself is current."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages import MAPS, ROOT, diagrams, pages

FILES = sorted([*MAPS.glob("schema/*.json"), *MAPS.glob("pictures/*.txt")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_are_current(path: Path) -> None:
    """Tables, schemas and the pictures' words are as the code gives them today; `make pages` makes them anew."""
    assert path.read_text("utf-8") == pages()[path]


def test_there_is_a_file_for_each_page() -> None:
    """None is missing, and none is left of a page that is made no more."""
    assert sorted(pages()) == FILES
    assert {path.stem for path in MAPS.glob("pictures/*.svg")} == {*diagrams()}


@pytest.mark.parametrize("name", [path.stem for path in MAPS.glob("pictures/*.txt")])
def test_pictures_show_their_words(name: str) -> None:
    """Each picture that is shown is there, and says every claim that its outline says."""
    picture = (MAPS / "pictures" / f"{name}.svg").read_text("utf-8")
    claims = {box.claim for box in diagrams()[name].boxes if box.claim}
    assert claims
    assert all(f'data-claim="{claim}"' in picture for claim in claims)
