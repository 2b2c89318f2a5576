"""A notebook shows maps, diffs and timelines as pictures."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import argmap

MAPS = Path(__file__).resolve().parents[2] / "maps"

CELLS = {
    "a map": f"import argmap; m = argmap.load({str(MAPS / '1996.yaml')!r}); m",
    "a drawn map": "argmap.draw(m, depth=1)",
    "a diff": f"n = argmap.load({str(MAPS / '2005.yaml')!r}); argmap.compare(m, n, suggest=False)",
    "a timeline": "argmap.timeline([m, n])",
}


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_notebook_shows_pictures() -> None:
    """Each value of argmap, and what `draw` returns, is shown as SVG when a cell ends in it."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS.values()])
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    for name, cell in zip(CELLS, notebook.cells, strict=True):
        shown = [output.data for output in cell.outputs if output.output_type == "execute_result"]
        assert shown, name
        assert shown[0]["image/svg+xml"].startswith("<?xml") or "<svg" in shown[0]["image/svg+xml"][:500], name
        assert len(shown[0]["text/plain"]) < 120, name
        if name != "a drawn map":
            assert shown[0]["text/html"].startswith("<iframe srcdoc="), name
            assert 'sandbox="allow-scripts"' in shown[0]["text/html"], name


def test_reprs_are_one_short_line() -> None:
    """Whatever a map says."""
    long = "word " * 1000 + "\n\n"
    m = argmap.Map.model_validate(
        {
            "id": "m",
            "title": long,
            "note": long,
            "claims": {f"c{n}": {"text": long, "note": long, "quote": long} for n in range(50)},
            "relations": [{"support": "c0", "by": [f"c{n}" for n in range(1, 50)], "cue": long}],
        }
    )
    assert repr(m) == "Map(id='m', claims=50, relations=1)"
    diff = argmap.compare(m, m)
    assert repr(diff) == "Diff(before='m', after='m', question='revisions', changes=0, shifts=0)"
    for value in (m.claims["c0"], m.relations[0], diff.before, diff.before.claims[0], diff, argmap.survey(m)):
        assert len(repr(value)) < 600, type(value)
        assert "\n" not in repr(value)
