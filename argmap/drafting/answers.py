"""Define the answer of a language model; `prompt/answer.json` is its JSON Schema, made from here.

Claims are a list, as language models that follow a schema know no free keys.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from argmap.model import Commitment, Kind


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore")


class AnswerClaim(_Part):
    """One claim of an answer."""

    id: str = Field(description="Short words with hyphens.")
    text: str = Field(description="The claim in one sentence that stands alone.")
    quote: str = Field(description="Words copied from the text, character for character.")
    kind: Kind | None = None
    commitment: Commitment = "asserted"
    speaker: str | None = Field(default=None, description="Name of whoever says it; null for the author.")
    condition: str | None = Field(default=None, description="Words of the text on which the claim hangs.")
    issue: str | None = Field(default=None, description="Id of a question of the codebook.")


class AnswerRelation(_Part):
    """One relation of an answer."""

    type: Literal["support", "attack", "rephrase"]
    target: str = Field(description="Id of the claim that it bears on.")
    by: list[str] = Field(min_length=1, description="Ids of the claims that it comes from.")
    cue: str | None = Field(default=None, description="The connective in the text.")


class Answer(_Part):
    """Claims and relations of a part of a text."""

    thesis: str | None = None
    claims: list[AnswerClaim]
    relations: list[AnswerRelation] = []

    @model_validator(mode="before")
    @classmethod
    def _as_in_a_map(cls, value: Any) -> Any:
        """Accept claims by id and relations as in a map, too."""
        if not isinstance(value, dict):
            return value
        claims, relations = value.get("claims"), value.get("relations")
        if isinstance(claims, dict):
            claims = [{"id": key, **fields} if isinstance(fields, dict) else fields for key, fields in claims.items()]
        if isinstance(relations, list):
            relations = [_relation(each) for each in relations]
        return {**value, "claims": claims, **({"relations": relations} if relations is not None else {})}

    def data(self) -> dict[str, Any]:
        """Return the answer with the keys of a map, for the gate."""
        claims = [claim.model_dump(exclude_none=True) for claim in self.claims]
        relations = [
            {relation.type: relation.target, "by": relation.by, **({"cue": relation.cue} if relation.cue else {})}
            for relation in self.relations
        ]
        return {"claims": claims, "relations": relations, **({"thesis": self.thesis} if self.thesis else {})}


class AnswerPosition(_Part):
    """The issue and position of one claim."""

    claim: str = Field(description="Id of the claim.")
    issue: str
    position: str | None = None
    sentence: str = Field(description="The sentence of the text on which this rests, character for character.")


class Positions(_Part):
    """Positions of claims."""

    positions: list[AnswerPosition]


def _relation(value: Any) -> Any:
    if not isinstance(value, dict) or "type" in value:
        return value
    type_ = next((word for word in ("support", "attack", "rephrase") if word in value), None)
    by = value.get("by")
    return {**value, "type": type_, "target": value.get(type_ or ""), "by": [by] if isinstance(by, str) else by}
