"""JSON Schemas of argmap's formats, made from the models, so that editors complete and check while one types."""

from __future__ import annotations

from typing import Any, Literal

from argmap.diff.model import Diff
from argmap.model import Alignment, Codebook, Map, Value

Kind = Literal["map", "codebook", "alignment", "diff"]

MODELS: dict[Kind, type[Value]] = {"map": Map, "codebook": Codebook, "alignment": Alignment, "diff": Diff}
"""The formats, and the model of each."""

_KEY: dict[Kind, str] = {
    "map": "argmap",
    "codebook": "argmap-codebook",
    "alignment": "argmap-alignment",
    "diff": "format",
}


def schema(kind: Kind) -> dict[str, Any]:
    """Make the JSON Schema (draft 2020-12) of a format: a file that people write, or the JSON of a diff.

    Parameters
    ----------
    kind : "map", "codebook", "alignment" or "diff"

    Raises
    ------
    KeyError
        For another word.
    """
    body = MODELS[kind].model_json_schema(by_alias=True, mode="serialization" if kind == "diff" else "validation")
    # The version is what tells the formats apart, so files must state it although the model has a default.
    body["required"] = sorted({_KEY[kind], *body.get("required", ())})
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"argmap {kind}", **body}
