"""JSON Schemas of the file formats, made from the models, so that editors complete and check while one types."""

from __future__ import annotations

from typing import Any, Literal

from argmap.model import Alignment, Codebook, Map, Value

Kind = Literal["map", "codebook", "alignment"]

MODELS: dict[Kind, type[Value]] = {"map": Map, "codebook": Codebook, "alignment": Alignment}
"""The file formats, and the model of each."""

_KEY: dict[Kind, str] = {"map": "argmap", "codebook": "argmap-codebook", "alignment": "argmap-alignment"}


def schema(kind: Kind) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a file format.

    Parameters
    ----------
    kind : "map", "codebook" or "alignment"

    Raises
    ------
    KeyError
        For another word.
    """
    body = MODELS[kind].model_json_schema(by_alias=True)
    # The version is what tells the formats apart, so files must state it although the model has a default.
    body["required"] = sorted({_KEY[kind], *body.get("required", ())})
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"argmap {kind}", **body}
