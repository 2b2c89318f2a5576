"""Data for the page's script: claims, relations and changes as plain values. The script shows them only as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from argmap import graph
from argmap.model import AnyRelation, Map
from argmap.page.model import ClaimView, PairView, View
from argmap.page.phrases import SERVES, lead_of


def data_of(view: View) -> dict[str, Any]:
    """Collect the data of the script.

    `claims` by `map/claim`; `ties`: for each claim, its relations as lead and claims; `changes` in their order on the
    page; `of`: for each claim, the numbers of its changes; `silences`: for each claim without a counterpart, a sentence
    that says so.
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
    issue = view.issue and (view.issue.label or view.issue.question)
    return {
        "text": view.claim.text,
        "text_id": view.ref.partition("/")[0],
        "series": view.series,
        "quotes": [[quote.exact, quote.paragraph, quote.status] for quote in view.quotes],
        "role": view.role,
        "about": view.about,
        "whose": ": ".join(filter(None, (view.doing, view.speaker))),
        "speaker": view.speaker_key,
        "issue": view.claim.issue,
        "place": f"{issue}: {view.position.label}" if issue and view.position else issue,
        "note": view.claim.note,
        "implicit": view.claim.implicit,
    }


def _ties(map_: Map) -> dict[str, list[tuple[str, list[str]]]]:
    kinds = graph.attack_kinds(map_)
    found: dict[str, list[tuple[str, list[str]]]] = {}

    def tie(claim: str | None, lead: str, others: list[str]) -> None:
        if claim in map_.claims and others:
            found.setdefault(f"{map_.id}/{claim}", []).append((lead, [f"{map_.id}/{other}" for other in others]))

    def lead(relation: AnyRelation) -> str:
        scheme = f" ({relation.scheme})" if relation.type == "support" and relation.scheme else ""
        return lead_of(relation, kinds) + scheme

    for relation in map_.relations:
        tie(relation.target, lead(relation), list(relation.by))
    for relation in map_.relations:
        for source in relation.by:
            tie(
                source,
                "Answers" if relation.is_answer else SERVES[relation.type],
                [relation.target] if relation.target else [],
            )
    return found


def _changes(pair: PairView) -> list[dict[str, Any]]:
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
        for view in sorted(pair.changes, key=lambda view: view.number)
    ]


def _silences(view: View) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for pair in view.pairs:
        for change in pair.changes:
            if not change.before or not change.after:
                other = pair.before if not change.before else pair.after
                for claim in (*change.before, *change.after):
                    found.setdefault(claim.ref, []).append(_capital(change.looked or f"no match in {other.id}"))
    return {ref: " ".join(sentences) for ref, sentences in found.items()}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Became:
    """A change of one claim, for the outline: what it became, or what it came from."""

    lead: str
    series: int
    others: tuple[ClaimView, ...]


def became_of(view: View) -> dict[str, list[Became]]:
    """List the changes of each claim, told from its side, by `map/claim`."""
    found: dict[str, list[Became]] = {}
    for pair in view.pairs:
        for change in pair.changes:
            suggested = "suggested: " if change.change.status == "suggested" else ""
            for own, others, text, preposition in (
                (change.before, change.after, pair.after, "In"),
                (change.after, change.before, pair.before, "From"),
            ):
                lead = (
                    f"{preposition} {text.id} {suggested}{change.word}:"
                    if others
                    else f"{_capital(change.looked or f'no match in {text.id}')} ({change.word})."
                )
                for claim in own:
                    found.setdefault(claim.ref, []).append(Became(lead, text.series, others))
    return found
