"""JSON Schemas of argmap's formats, made from the models, so that editors complete and check while one types.

The strings below the fields of a model describe them. Python does not keep these strings, so they are read from the source of the
model, and only here: reading them whenever the models are imported would cost a third of a short command.
"""

from __future__ import annotations

import ast
import inspect
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from argmap.corpus.over_time.model import Trends
from argmap.diff.model import Diff
from argmap.model import Alignment, Codebook, Map, Value

Kind = Literal["map", "codebook", "alignment", "diff", "trends"]

MODELS: dict[Kind, type[Value]] = {
    "map": Map,
    "codebook": Codebook,
    "alignment": Alignment,
    "diff": Diff,
    "trends": Trends,
}
"""The formats, and the model of each."""

_KEY: dict[Kind, str] = {
    "map": "argmap",
    "codebook": "argmap-codebook",
    "alignment": "argmap-alignment",
    "diff": "format",
    "trends": "format",
}


def schema(kind: Kind) -> dict[str, Any]:
    """Make the JSON Schema (draft 2020-12) of a format: a file that people write, or the JSON that a command prints.

    Parameters
    ----------
    kind : "map", "codebook", "alignment", "diff" or "trends"

    Raises
    ------
    KeyError
        For another word.
    """
    mode: Literal["serialization", "validation"] = "serialization" if _KEY[kind] == "format" else "validation"
    body = MODELS[kind].model_json_schema(by_alias=True, schema_generator=_Described, mode=mode)
    # The version is what tells the formats apart, so files must state it although the model has a default.
    body["required"] = sorted({_KEY[kind], *body.get("required", ())})
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"argmap {kind}", **body}


class _Described(GenerateJsonSchema):
    """Describe fields by the strings below them."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Add the descriptions to the schema of a model."""
        made = super().model_schema(schema)
        model: type[Value] = schema["cls"]
        for name, description in _descriptions(model).items():
            field = model.model_fields.get(name)
            key = (field and field.alias) or name
            # What the class of the field says of itself need not be said again.
            if field and key in made.get("properties", {}) and description != inspect.getdoc(field.annotation):
                made["properties"][key].setdefault("description", description)
        return made


@lru_cache(maxsize=64)
def _descriptions(model: type) -> dict[str, str]:
    """Read the strings below the fields of a class and of those that it inherits from."""
    found: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if issubclass(each, Value):
            body = ast.parse(inspect.getsource(each)).body[0]
            assert isinstance(body, ast.ClassDef)  # noqa: S101 - for the type checker
            for field, text in pairwise(body.body):
                match field, text:
                    case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                        found[name] = inspect.cleandoc(words)
    return found
