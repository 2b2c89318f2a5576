"""Turn pydantic's errors into findings for the person who wrote the file.

pydantic finds every misfit in one pass, but its messages name types and locations. Here each becomes a finding
that says in the file's own words what is wrong, where, and how to mend it.

    claims.b.kind  literal_error     →   maps/x.yaml:9:11: unknown-word: "fct" is not a kind. Did you mean "fact"?
    claims.b.knd   extra_forbidden   →   maps/x.yaml:9:5: unknown-key: claim "b" has no key `knd`. Did you mean `kind`?
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from argmap.findings import Finding, Path, Place, brief
from argmap.model import (
    RELATION_CLASSES,
    RELATION_TYPES,
    Alignment,
    Attack,
    Claim,
    Codebook,
    Correspondence,
    Issue,
    Map,
    Passage,
    Position,
    Quote,
    Read,
    Rephrase,
    Silent,
    Source,
    Speaker,
    Support,
    Value,
)
from argmap.store.locations import ALSO, Places
from argmap.text_tools import did_you_mean, nearest

FILE_RULES: dict[str, str] = {
    "unreadable-file": "The file is missing, a folder, too large or not text.",
    "unwritable-file": "The file cannot be written.",
    "encoding": "The text is not UTF-8. It is read as Windows-1252, or as its byte order mark says.",
    "yaml-syntax": "The text is not YAML.",
    "yaml-limits": "The text is YAML of a sort that is not read: tags, several documents, nesting or aliases without end.",
    "json-syntax": "The text is not JSON.",
    "json-limits": "The JSON is nested without end.",
    "unknown-file": "The file is not one of argmap's.",
    "wrong-file": "The file is one of argmap's, but not of the sort asked for.",
    "newer-version": "The file is written for a later argmap.",
    "duplicate-id": "An id occurs twice.",
    "duplicate-key": "A key occurs twice.",
    "unknown-key": "A key that argmap does not know.",
    "missing-field": "A required key is missing.",
    "conflicting-keys": "Two keys that say the same thing in two ways.",
    "wrong-type": "A list where words belong, words where a number belongs, and the like.",
    "unknown-word": "A word that is not on the list of words allowed here.",
    "bad-id": "An id with spaces or other characters that ids do not have.",
    "bad-hash": "A hash that is not 64 hexadecimal digits.",
    "out-of-range": "A number that is too small or too large.",
    "and-more": "There are more problems than are shown.",
    "missing-source": "A text that the map names cannot be read.",
    "missing-codebook": "The codebook that the map names cannot be read.",
    "missing-map": "A map that an alignment names cannot be used.",
    "outside-project": "A path that leads out of the project, and is therefore not followed.",
}
"""Problems of a file itself; the rules look at the argument in it."""

_NOUN: dict[type[Value], str] = {
    Map: "the map",
    Codebook: "the codebook",
    Alignment: "the alignment",
    Source: "source",
    Speaker: "speaker",
    Claim: "claim",
    Issue: "issue",
    Position: "position",
    Support: "this support",
    Attack: "this attack",
    Rephrase: "this rephrase",
    Quote: "this quote",
    Passage: "this passage",
    Correspondence: "this correspondence",
    Silent: "`silent`",
    Read: "`read`",
}
_HOLDS: dict[type[Value], dict[str, type[Value]]] = {
    Map: {"sources": Source, "speakers": Speaker, "claims": Claim, "issues": Issue},
    Codebook: {"issues": Issue},
    Alignment: {"correspondences": Correspondence},
    Claim: {"quote": Quote, "quotes": Quote},
    Source: {"excluded": Passage, "non_argumentative": Passage, "dated_by": Quote},
    Issue: {"scale": Position},
}
"""Fields that hold more values of the model, by id or in a list."""
_PARTS: dict[type[Value], dict[str, type[Value]]] = {
    Passage: {"quote": Quote, "from": Quote, "to": Quote},
    Claim: {"condition": Quote},
    Alignment: {"silent": Silent, "read": Read},
}
"""Fields that are one value of the model."""

_EXPECTED = {
    "string_type": "words",
    "dict_type": "keys with values",
    "tuple_type": "a list",
    "list_type": "a list",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "float_type": "a number",
    "float_parsing": "a number",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
}


_ONE_OR_MORE = ("quote", "quotes", "dated_by", "by", "before", "after", "evidence")

MAX_FINDINGS = 1000
"""Most findings shown for one file; the last one counts the rest."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """The subject of an error: the innermost model value around it, and the path on from there."""

    owner: type[Value]
    name: str
    """The name of the value in messages: `claim "near-equals"`."""
    path: Path
    """The path to the error in the file."""
    rest: Path
    """The path on from the value; empty when the value itself is wrong."""

    @property
    def last(self) -> str:
        return brief(str(self.path[-1])) if self.path else ""

    def __str__(self) -> str:
        if not self.rest:
            return self.name
        item = "an item of " if isinstance(self.rest[-1], int) else ""
        return f"{item}`{self.rest[0]}` of {self.name}"


def findings(error: ValidationError, kind: type[Value], places: Places) -> list[Finding]:
    """Return one finding for each thing that does not fit, in pydantic's order."""
    found: dict[tuple[str, Path], Finding] = {}
    details = error.errors(include_url=False)
    misspelt = {spelt for detail in details if (spelt := _misspelt(detail, kind))}
    for detail in details[:MAX_FINDINGS]:
        if detail["type"] == "missing" and tuple(detail["loc"]) in misspelt:
            continue  # reported as the key that was written instead
        if detail["type"] == "value_error" and detail["loc"] == ("claims",):
            continue  # a claim with another id inside: the reader reports it with its place
        finding = _finding(detail, _spot(kind, tuple(detail["loc"])), places)
        # A bad key is reported once, though it is also the id of what it names.
        found.setdefault((finding.rule, finding.place.at), finding)
    if len(details) > MAX_FINDINGS:
        more = f"{len(details) - MAX_FINDINGS:,} more problems in this file are not shown."
        found["", ()] = Finding("and-more", "error", more, Place(places.file))
    return list(found.values())


def _misspelt(detail: ErrorDetails, kind: type[Value]) -> Path | None:
    """Return the path of the key that an unknown key was most likely meant for."""
    if detail["type"] != "extra_forbidden":
        return None
    loc = tuple(detail["loc"])
    near = nearest(str(loc[-1]), _keys(_spot(kind, loc).owner))
    return (*loc[:-1], near) if near else None


def _finding(detail: ErrorDetails, spot: _Spot, places: Places) -> Finding:
    given, type_ = detail["input"], detail["type"]
    hint: str | None = None
    at, key = spot.path, False
    match type_:
        case "extra_forbidden" if spot.last in (*ALSO, *RELATION_TYPES):
            rule, message, key = (
                "conflicting-keys",
                f"`{spot.last}` of {spot.name} says again what another key says.",
                True,
            )
            hint = "Keep one of them."
        case "extra_forbidden" if spot.last == "source" and spot.owner is Claim:
            rule, message, key = "unknown-key", f"{spot.name} has no key `source`: its quote has.", True
            hint = f"Write `quote: {{exact: …, source: {brief(str(given))}}}`."
        case "extra_forbidden":
            rule, message, key = "unknown-key", f"{spot.name} has no key `{spot.last}`.", True
            hint = _suggest(spot.last, _keys(spot.owner), "`")
        case "missing":
            rule, message = "missing-field", f"{spot.name} needs `{spot.last}`."
            at, key = spot.path[:-1], True
        case "literal_error":
            allowed = re.findall(r"'([^']*)'", detail["ctx"]["expected"])
            rule, message = "unknown-word", f"{_show(given)} is not a {spot.last}."
            hint = _suggest(str(given), allowed, '"')
        case "string_pattern_mismatch" if spot.last == "sha256":
            rule, message = "bad-hash", f"{_show(given)} is not a SHA-256, which has 64 digits from 0-9 and a-f."
            hint = "`sha256sum` prints it."
        case "string_pattern_mismatch" | "string_too_long":
            rule, message = "bad-id", f"{_show(given)} is not an id."
            hint = "An id has up to 200 letters, digits, `-`, `_` and `.`, and no spaces."
            if spot.last == "[key]" or (spot.owner is Claim and spot.last == "id"):
                at, key = spot.path[:-1], True
        case "string_too_short":
            rule, message, hint = "wrong-type", f"{spot} is empty.", "Write its words, or leave it out."
        case "greater_than_equal" | "less_than_equal":
            wanted = detail["msg"].removeprefix("Input should be ")
            rule, message = "out-of-range", f"{spot} should be {wanted}, not {given}."
        case "relation_type":
            rule, message = "missing-field", f"{detail['msg']}."
            words = (
                [near for key in given if (near := nearest(str(key), RELATION_TYPES))]
                if isinstance(given, dict)
                else []
            )
            hint = f"Did you mean `{words[0]}`?" if words else None
        case "value_error" if spot.owner is Passage:
            both = isinstance(given, dict) and "quote" in given
            rule, message = "conflicting-keys" if both else "missing-field", f"{_said(detail)}."
        case "string_type" if isinstance(given, bool):
            rule, message = "wrong-type", f"{spot} should be words, not {_show(given)}."
            hint = f'Put it in quotation marks: "{_show(given)}".'
        case _ if type_ in _EXPECTED:
            expected = "words or a list" if type_ == "tuple_type" and spot.last in _ONE_OR_MORE else _EXPECTED[type_]
            if type_ == "model_type" and spot.owner in (Quote, Position):
                expected = "words or keys with values"
            rule, message = "wrong-type", f"{spot} should be {expected}, not {_show(given)}."
            if spot.owner is Source and isinstance(given, str):
                hint = f"Write `{spot.path[-1]}: {{path: {brief(given)}}}`."
        case _:
            rule, message = "wrong-type", f"{spot}: {_said(detail)}."
    return Finding(rule, "error", message, places.of(at, key=key), hint)


def _spot(kind: type[Value], loc: Path) -> _Spot:
    """Walk a location of pydantic's through the model."""
    owner, name, done, path = kind, _NOUN[kind], 0, loc
    while rest := loc[done:]:
        inner = _HOLDS.get(owner, {}).get(str(rest[0]))
        if inner and len(rest) > 1:
            owner, done = inner, done + 2
            name = f'{_NOUN[inner]} "{brief(rest[1])}"' if isinstance(rest[1], str) else _NOUN[inner]
        elif owner is Map and rest[0] == "relations" and len(rest) > 2:
            # pydantic names the sort of relation on the way; the file does not.
            owner, done, path = RELATION_CLASSES[str(rest[2])], done + 3, (*loc[: done + 2], *loc[done + 3 :])
            name = _NOUN[owner]
        elif len(rest) > 1 and (part := _PARTS.get(owner, {}).get(str(rest[0]))):
            owner, name, done = part, _NOUN[part], done + 1
        else:
            break
    return _Spot(owner, name, path, loc[done:])


def _keys(owner: type[Value]) -> list[str]:
    """Return the keys that a value has in a file."""
    hidden = {"id"} if owner is Claim else set()
    return [field.alias or name for name, field in owner.model_fields.items() if name not in hidden]


def _suggest(word: str, allowed: Sequence[str], mark: str) -> str:
    """Suggest the nearest allowed word, or list all of them."""
    return did_you_mean(word, allowed, f"Write one of {', '.join(f'{mark}{each}{mark}' for each in allowed)}.", mark)


def _show(given: object) -> str:
    """Show a value as its writer wrote it."""
    if isinstance(given, bool):
        return str(given).lower()
    if given is None:
        return "nothing"
    if isinstance(given, dict):
        return "keys with values"
    if isinstance(given, list | tuple):
        return "a list"
    return f'"{brief(given)}"' if isinstance(given, str) else str(given)


def _said(detail: ErrorDetails) -> str:
    message = detail["msg"].removeprefix("Value error, ")
    return message[:1].lower() + message[1:]
