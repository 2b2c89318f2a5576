"""A notebook shows maps, diffs and timelines as pictures."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

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
