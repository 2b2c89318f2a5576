"""What the page's script needs to know of the claims, as plain data; words are only ever shown as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from argmap import graph
from argmap.model import AnyRelation, Map
from argmap.page.model import ChangeView, ClaimView, PairView, View
from argmap.page.phrases import ROLE_OF_ATTACK


def data_of(view: View) -> dict[str, Any]:
    """Claims, ties and changes by `map/claim` and by number.

    Returns
    -------
    dict
        `claims` by reference; `ties`, for each claim, its relations as lead and references; `changes` in their
        order on the page; `of`, for each claim, the numbers of its changes; `silences`, a sentence for each
        claim that only one text makes.
    """
    changes = [change for pair in view.pairs for change in _changes(pair)]
    of: dict[str, list[int]] = {}
    for number, change in enumerate(changes):
        for ref in (*change["before"], *change["after"]):
            of.setdefault(ref, []).append(number)
    return {
        "claims": {claim.ref: _claim(claim) for text in view.texts for claim in text.claims.values()},
        "ties": {ref: ties for text in view.texts for ref, ties in _ties(text.map).items()},
        "changes": changes,
        "of": of,
        "silences": _silences(view),
    }


def _claim(view: ClaimView) -> dict[str, Any]:
    text_id = view.ref.partition("/")[0]
    place = (
        f"{view.issue.label or view.issue.question}: {view.position.label}" if view.issue and view.position else None
    )
    return {
        "text": view.claim.text,
        "text_id": text_id,
        "series": view.series,
        "quotes": [[quote.exact, quote.paragraph] for quote in view.quotes],
        "role": view.role,
        "about": view.about,
        "whose": ": ".join(filter(None, (view.doing, view.speaker))),
        "speaker": view.speaker_key,
        "issue": view.claim.issue,
        "place": place or (view.issue and (view.issue.label or view.issue.question)),
        "note": view.claim.note,
        "implicit": view.claim.implicit,
    }


def _ties(m: Map) -> dict[str, list[tuple[str, list[str]]]]:
    kinds = graph.attack_kinds(m)
    found: dict[str, list[tuple[str, list[str]]]] = {}

    def tie(claim: str | None, lead: str, others: list[str]) -> None:
        if claim in m.claims and others:
            found.setdefault(f"{m.id}/{claim}", []).append((lead, [f"{m.id}/{other}" for other in others]))

    for relation in m.relations:
        tie(relation.target, _lead(relation, kinds), list(relation.by))
    for relation in m.relations:
        for source in relation.by:
            tie(source, _serves(relation), [relation.target] if relation.target else [])
    return found


def _lead(relation: AnyRelation, kinds: dict[str, graph.AttackKind]) -> str:
    if relation.type == "attack":
        return ROLE_OF_ATTACK[kinds[relation.key]]
    if relation.type == "rephrase":
        return "Said again"
    linked = "Because, taken together" if len(relation.by) > 1 else "Because"
    return f"{linked} ({relation.scheme})" if relation.scheme else linked


def _serves(relation: AnyRelation) -> str:
    return {"support": "A reason for", "attack": "Speaks against", "rephrase": "Says again"}[relation.type]


def _changes(pair: PairView) -> list[dict[str, Any]]:
    views = [view for issue in pair.issues for view in issue.all]
    return [
        {
            "word": view.change.change,
            "label": view.word,
            "suggested": view.change.status == "suggested",
            "issue": view.change.issue,
            "from": pair.before.id,
            "to": pair.after.id,
            "before": [claim.ref for claim in view.before],
            "after": [claim.ref for claim in view.after],
            "because": view.change.because,
        }
        for view in sorted(views, key=lambda view: view.number)
    ]


def _silences(view: View) -> dict[str, str]:
    said: dict[str, list[str]] = {}
    for pair in view.pairs:
        for change in _all(pair):
            if not change.after:
                for claim in change.before:
                    said.setdefault(claim.ref, []).append(f"{pair.after.id} is silent on it.")
            if not change.before:
                for claim in change.after:
                    said.setdefault(claim.ref, []).append(f"{pair.before.id} says nothing of it.")
    return {ref: " ".join(sentences) for ref, sentences in said.items()}


def _all(pair: PairView) -> list[ChangeView]:
    return [view for issue in pair.issues for view in issue.all]


@dataclass(frozen=True, slots=True)
class Became:
    """What a claim became, or what it came from, in the words of the outline."""

    lead: str
    series: int
    others: tuple[ClaimView, ...]


def became_of(view: View) -> dict[str, list[Became]]:
    """For each claim, its changes told from its side."""
    found: dict[str, list[Became]] = {}
    for pair in view.pairs:
        for change in _all(pair):
            suggested = "suggested: " if change.change.status == "suggested" else ""
            for mine, others, lead in (
                (change.before, change.after, f"In {pair.after.id} {suggested}{change.word}:"),
                (change.after, change.before, f"From {pair.before.id} {suggested}{change.word}:"),
            ):
                alone = (
                    f"{pair.after.id if mine is change.before else pair.before.id} says nothing of it ({change.word})."
                )
                series = (pair.after if mine is change.before else pair.before).series
                for claim in mine:
                    found.setdefault(claim.ref, []).append(Became(lead if others else alone, series, others))
    return found
