"""Let a language model draft, through the package `llm` and its plugins; every quote goes through the gate.

    group of paragraphs ─ request ─ model ─ answer ─ validate ─┬─ gate ─▶ suggested claims
                                              ▲                │
                                              └─ once again, with the errors

A model may answer anything: with another schema, with invented quotes, without end, or never. Answers are cut at a length
and a time; what cannot be used is listed, and the rest of the text is still drafted.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from argmap.drafting.answers import Answer, Positions
from argmap.drafting.gate import Refused, admit_data
from argmap.drafting.request import between_marks, context_of, groups_of, instructions
from argmap.drafting.standing import stands
from argmap.findings import ArgmapError
from argmap.model import Claim, Map, Quote, Span, replace
from argmap.store import yaml_reader

MOST = 400_000
"""Characters of one answer; a model that goes on is stopped."""
SECONDS = 300.0
"""Longest wait for one answer."""
LOCAL = ("llm_ollama", "llm_gpt4all", "llm_llamafile", "llm_gguf", "llm_mlx", "llm_mlc", "llm_llama_cpp", "llm_echo")
"""Plugins whose models run on this machine; all others are taken for hosted."""
_JSON = "Answer with JSON alone, of this schema:\n\n{schema}\n"
T = TypeVar("T", bound=BaseModel)


@dataclass(slots=True)
class Drafted:
    """The outcome of a draft by a model."""

    map: Map
    claims: int = 0
    relations: int = 0
    refused: list[Refused] = field(default_factory=list)


def get_model(name: str) -> Any:
    """Find a model of the package `llm` by its name.

    Raises
    ------
    ArgmapError
        When the package is missing, or no plugin has such a model.
    """
    try:
        import llm
    except ImportError:
        raise ArgmapError("drafts by a language model need llm; run `pip install 'argmap[llm]'`") from None
    try:
        return llm.get_model(name)
    except llm.UnknownModelError:
        raise ArgmapError(f"no model {name!r}: `llm models` lists those of the installed plugins") from None


def is_hosted(model: Any) -> bool:
    """Tell if a model may run elsewhere, so that the text leaves this machine."""
    return not type(model).__module__.startswith(LOCAL)


def size_of(map_: Map) -> tuple[int, int]:
    """Return the number of requests of a draft, and of the characters of the text that they send."""
    groups = [group for source in map_.sources.values() for group in groups_of(source)]
    return len(groups), sum(map(len, groups))


def draft_by(
    map_: Map, model: Any, *, seconds: float = SECONDS, progress: Callable[[int, int], None] | None = None
) -> Drafted:
    """Draft the texts of a map with a language model.

    Parameters
    ----------
    map_ : Map
        A map with the text of its sources; its claims stay.
    model : llm.Model
        A model, from `get_model`.
    seconds : float
        Longest wait for one answer.
    progress : callable, optional
        Called with the number of the next request and the number of all.

    Returns
    -------
    Drafted
        The map with the claims that the text bears out, all suggested, and what was refused.

    Raises
    ------
    ArgmapError
        When the first request fails, such as for a missing key.
    """
    drafted = Drafted(map_)
    groups = [group for source in map_.sources.values() for group in groups_of(source)]
    for n, group in enumerate(groups, 1):
        if progress:
            progress(n, len(groups))
        prompt = "\n".join([*context_of(drafted.map), between_marks(group)])
        try:
            answer = ask(model, instructions(), prompt, Answer, seconds)
        except ArgmapError as error:
            if n == 1 and not isinstance(error, UnusableError):
                raise
            drafted.refused.append(Refused(f"request {n} of {len(groups)}", str(error)))
            continue
        admitted = admit_data(drafted.map, answer.data(), name_of(model))
        drafted.map = admitted.map
        drafted.claims += len(admitted.claims)
        drafted.relations += admitted.relations
        drafted.refused += admitted.refused
    return drafted


def positions_by(map_: Map, model: Any, *, seconds: float = SECONDS) -> Drafted:
    """Let a model suggest issues and positions for claims that have none, each with the sentence it rests on.

    Parameters and errors as in `draft_by`. An accepted claim lists the suggested fields under `suggested`.
    """
    drafted = Drafted(map_)
    open_ = {key: claim for key, claim in map_.claims.items() if not claim.implicit and claim.position is None}
    if not map_.issues or not open_:
        return drafted
    items = list(open_.items())
    for first in range(0, len(items), 40):
        asked = dict(items[first : first + 40])
        listed = "\n".join(f"- {key}: {claim.text}" for key, claim in asked.items())
        context = "\n".join(context_of(replace(map_, claims={}, relations=(), thesis=None)))
        texts = "\n".join(between_marks(source.text or "") for source in map_.sources.values())
        prompt = f"{context}\nClaims:\n\n{listed}\n\n{texts}"
        try:
            answer = ask(model, instructions("positions.md"), prompt, Positions, seconds)
        except UnusableError as error:
            drafted.refused.append(Refused("positions", str(error)))
            continue
        for each in answer.positions:
            changed = _placed(drafted.map, asked, each.model_dump(), drafted.refused)
            if changed:
                drafted.claims += 1
                drafted.map = replace(drafted.map, claims={**drafted.map.claims, changed.id: changed})
    if drafted.claims and name_of(model) not in drafted.map.drafted_by:
        drafted.map = replace(drafted.map, drafted_by=(*drafted.map.drafted_by, name_of(model)))
    return drafted


def _placed(map_: Map, asked: Mapping[str, Claim], given: dict[str, Any], refused: list[Refused]) -> Claim | None:
    """Return a claim with a suggested issue and position, if the sentence stands in the text."""
    what, words = f"{given['claim']}.position", given["sentence"]
    claim, issue = asked.get(given["claim"]), map_.issues.get(given["issue"])
    if claim is None or issue is None or (given["position"] is not None and given["position"] not in issue.scale):
        refused.append(Refused(what, "no such claim, question or step", f"{given['issue']} {given['position']}"))
        return None
    places = [stands(source, Quote(exact=words.strip() or "…")) for source in map_.sources.values()]
    if not any(isinstance(place, Span) for place in places):
        refused.append(Refused(what, "the sentence it rests on does not stand in the text", words))
        return None
    note = f"{claim.note} " if claim.note else ""
    fields = {"issue": given["issue"], "position": given["position"]}
    named = tuple(name for name, value in fields.items() if value is not None and getattr(claim, name) != value)
    suggested = () if claim.status == "suggested" else (*claim.suggested, *named)
    return replace(claim, **fields, suggested=suggested, note=f'{note}Suggested because of: "{words.strip()}"')


def name_of(model: Any) -> str:
    """Name a model and the package that asks it, for `drafted_by`."""
    from importlib.metadata import version

    return f"{model.model_id}, by llm {version('llm')}"


class UnusableError(ArgmapError):
    """An answer that cannot be used; the next request may do better."""


def ask(model: Any, system: str, prompt: str, kind: type[T], seconds: float) -> T:
    """Ask for an answer of a schema; once again with the errors if it has another."""
    import json

    schema = kind.model_json_schema()
    follows = bool(getattr(model, "supports_schema", False))
    asked = prompt if follows else f"{prompt}\n{_JSON.format(schema=json.dumps(schema))}"
    problem = ""
    for _ in range(2):
        more = f"\nYour answer before could not be used:\n\n{problem}\n\nAnswer again, whole.\n" if problem else ""
        text = _text_of(model, system, asked + more, kind if follows else None, seconds)
        try:
            return parse(text, kind)
        except ArgmapError as error:
            problem = str(error)
    raise UnusableError(f"the model gave no answer of the schema: {problem.splitlines()[0][:200]}")


def parse(text: str, kind: type[T]) -> T:
    """Find an answer of a schema in a text: JSON alone, or in a code fence, or with prose around it.

    Raises
    ------
    ArgmapError
        When there is none; a line for each thing that is wrong.
    """
    try:
        return kind.model_validate(_data_in(text))
    except ValidationError as error:
        lines = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False)[:20])
        raise ArgmapError("\n".join(lines)) from None


def _data_in(text: str) -> Any:
    import re

    fence = re.search(r"```\w*[^\S\n]*\n(.*?)```", text, re.DOTALL)
    rest = fence[1] if fence else text
    start, end = rest.find("{"), rest.rfind("}")
    if not fence and start >= 0:
        rest = rest[start : end + 1]
    return yaml_reader.read(rest, "answer").data


def _text_of(model: Any, system: str, prompt: str, schema: type[BaseModel] | None, seconds: float) -> str:
    """Return the text of one answer, cut off at its longest; raise ArgmapError when it fails or takes too long."""
    chunks: queue.Queue[str | Exception | None] = queue.Queue(maxsize=1000)
    stop = threading.Event()

    def run() -> None:
        try:
            for chunk in model.prompt(prompt, system=system, **({"schema": schema} if schema else {})):
                if stop.is_set():
                    return
                chunks.put(chunk, timeout=seconds)
            chunks.put(None)
        except Exception as error:  # noqa: BLE001 - plugins raise anything
            if not stop.is_set():
                chunks.put(error)

    import time

    threading.Thread(target=run, daemon=True).start()
    parts, length, deadline = list[str](), 0, time.monotonic() + seconds
    try:
        while True:
            try:
                chunk = chunks.get(timeout=max(deadline - time.monotonic(), 0.001))
            except queue.Empty:
                raise UnusableError(f"the model gave no answer within {seconds:g} seconds") from None
            if chunk is None:
                return "".join(parts)
            if isinstance(chunk, Exception):
                raise ArgmapError(f"{model.model_id}: {_in_a_line(chunk)}")
            parts.append(chunk)
            length += len(chunk)
            if length > MOST:
                raise UnusableError(f"the answer is longer than {MOST:,} characters")
    finally:
        stop.set()


def _in_a_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
