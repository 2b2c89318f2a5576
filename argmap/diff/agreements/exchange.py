"""Write units and codes as the tables that other packages read, and compute γ through one of them.

units.csv           text, annotator, label, start, end       all texts, in characters
pygamma-TEXT.csv    annotator,label,start,end                Continuum.from_csv of pygamma-agreement, a file a text
segeval.json        masses in words by text and annotator    the linear mass JSON of segeval
codes-VARIABLE.csv  a row for each annotator                 a matrix for krippendorff.alpha; empty where nobody coded
"""

from __future__ import annotations

import csv
import io
import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from argmap import text_file
from argmap.diff.agreements.model import Agreement, Figure, Rule
from argmap.diff.agreements.pairing import Coder, Pairing
from argmap.diff.map_index import MapIndex
from argmap.findings import ArgmapError
from argmap.model import Map, replace
from argmap.sentences.words import word_spans

VARIABLES = ("label", "kind", "issue", "position", "commitment", "force", "speaker")
SAMPLES = 30
"""Random continua that γ is compared with; pygamma-agreement's own default."""


def export(coders: Mapping[str, Mapping[str, Map]], folder: Path, rule: Rule = "argmap") -> list[Path]:
    """Write the units and codes of coders into a folder, which is made if it is not there, and return the files.

    `coders` are the maps of each coder by the name of the text; `rule` matches the claims of the first two, for codes.
    """
    read = {coder: {name: Coder(MapIndex(map_)) for name, map_ in maps.items()} for coder, maps in coders.items()}
    rows: list[tuple[str, str, str, int, int]] = []
    masses: dict[str, dict[str, list[int]]] = {}
    for coder, maps in read.items():
        for name, each in maps.items():
            for n, (text, words) in enumerate(sorted(each.texts.items())):
                place = name if n == 0 else f"{name}-{n + 1}"
                units = each.units(text)
                rows += [(place, coder, label, start, end) for start, end, label in units]
                masses.setdefault(place, {})[coder] = _masses([unit[:2] for unit in units], words)
    files = {"units.csv": _csv([("text", "annotator", "label", "start", "end"), *sorted(rows)])}
    for place in sorted(masses):
        own = [row[1:] for row in sorted(rows) if row[0] == place]
        files[f"pygamma-{_file_name(place)}.csv"] = _csv(own)
    segments = {"items": masses, "segmentation_type": "linear"}
    files["segeval.json"] = json.dumps(segments, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    files |= _codes(read, rule)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        text_file.write(folder / name, text)
    return [folder / name for name in files]


def with_gamma(found: Agreement, a: Map, b: Map) -> Agreement:
    """Add γ of the units and their labels (Mathet, Widlöcher & Métivier 2015), computed by pygamma-agreement.

    Raise ArgmapError if that package is not installed, or a map has no unit in a text of both.
    """
    try:
        import numpy as np
        from pyannote.core import Segment
        from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum
    except ImportError:
        raise ArgmapError("γ needs pygamma-agreement: pip install pygamma-agreement") from None
    sides = [Coder(MapIndex(map_), frozenset(found.only)) for map_ in (a, b)]
    continuum, offset = Continuum(), 0
    for text in sorted(sides[0].texts.keys() & sides[1].texts.keys()):
        for name, side in zip(("first", "second"), sides, strict=True):
            for start, end, label in side.units(text):
                continuum.add(name, Segment(offset + start, offset + end), label)
        offset += len(sides[0].texts[text])
    if len(continuum.annotators) < 2:
        raise ArgmapError("γ needs units of both analysts in a text of both")
    np.random.seed(2015)  # the package draws from this generator; equal input, equal output
    result = continuum.compute_gamma(CombinedCategoricalDissimilarity(), n_samples=SAMPLES)
    says = (
        f"γ on units and labels, by pygamma-agreement, {SAMPLES} samples, positional and categorial dissimilarity alike "
        f"(Mathet, Widlöcher & Métivier 2015)"
    )
    gamma = Figure(value=float(result.gamma), says=says, n=continuum.num_units, of="units")
    return replace(found, figures={**found.figures, "gamma": gamma})


def _masses(units: Sequence[tuple[int, int]], text: str) -> list[int]:
    """Cut a text at the ends of units, and count the words of each piece."""
    starts = [start for start, _ in word_spans(text)]
    cuts = {bisect_left(starts, edge) for unit in units for edge in unit}
    return [end - start for start, end in pairwise(sorted({0, len(starts), *cuts}))]


def _codes(read: Mapping[str, Mapping[str, Coder]], rule: Rule) -> dict[str, str]:
    """The codes of the claims that the first two coders share, a matrix for each variable."""
    one, other, *_ = read.items()
    pairs = [
        (left, right, b, a)
        for name, left in one[1].items()
        if (right := other[1].get(name))
        for b, a in Pairing(left, right, rule).pairs
    ]
    files = {}
    for variable in VARIABLES:
        rows = [
            [_code(left, b, variable) for left, _, b, _ in pairs],
            [_code(right, a, variable) for _, right, _, a in pairs],
        ]
        files[f"codes-{variable}.csv"] = _csv([[one[0], *rows[0]], [other[0], *rows[1]]])
    return files


def _code(coder: Coder, claim_id: str, variable: str) -> str:
    claim = coder.index.map.claims[claim_id]
    if variable == "label":
        return coder.labels[claim_id]
    if variable == "speaker":
        return coder.index.voice(claim) or ""
    return getattr(claim, variable) or ""


def _csv(rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _file_name(name: str) -> str:
    return "".join(char if char.isalnum() or char in "-_." else "-" for char in name)
