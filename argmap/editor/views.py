"""Turn maps, codebooks, alignments and pictures into plain values for the page, which shows them only as text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, get_args

from argmap import anchor, graph, schemes, semantics
from argmap.diff import align, compare, timeline
from argmap.diff.model import Diff
from argmap.findings import ArgmapError, Finding
from argmap.model import MODE_OF_KIND, Alignment, ChangeWord, Claim, Codebook, Commitment, Force, Kind, Map
from argmap.page import phrases
from argmap.page.passages import Paragraph, paragraphs
from argmap.rules import check_alignment, check_codebook, check_map
from argmap.store import Document, to_data

MOST_EVALUATED = 300
"""Claims of a map up to which each edit works out what carries the thesis."""
CANDIDATES = 5
"""Candidates of a claim in the comparison."""


def words() -> dict[str, Any]:
    """List the words to choose from, with what they mean."""
    names = {"before": "the earlier text", "after": "the later text"}
    return {
        "kinds": {kind: phrases.SAYS.get(MODE_OF_KIND[kind], "") for kind in get_args(Kind)},
        "commitments": list(get_args(Commitment)),
        "forces": list(get_args(Force)),
        "changes": {
            word: phrases.means(word, names) for word in get_args(ChangeWord) if word not in ("dropped", "new")
        },
        "schemes": {scheme.name: [scheme.says, list(scheme.questions)] for scheme in schemes.SCHEMES},
    }


def map_view(document: Document[Map]) -> dict[str, Any]:
    """Describe a map with its texts."""
    map_ = document.value
    found, roles, kinds = anchor.anchors(map_), graph.roles(map_), graph.attack_kinds(map_)
    spans = anchor.spans(map_)
    findings = check_map(document)
    return {
        "id": map_.id,
        "title": map_.title,
        "theses": list(map_.theses),
        "codebook": map_.codebook,
        "speakers": {key: speaker.name for key, speaker in map_.speakers.items()},
        "sources": {
            source_id: _source(map_, source_id, spans, anchor.coverage(map_, source_id, found))
            for source_id, source in map_.sources.items()
        },
        "claims": {
            claim_id: _claim(map_, claim, roles[claim_id], spans[claim_id]) for claim_id, claim in map_.claims.items()
        },
        "relations": [
            {
                **{
                    name: getattr(relation, name)
                    for name in ("type", "target", "id", "scheme", "cue", "note", "status")
                },
                "by": list(relation.by),
                "key": f"{map_.id}/{relation.key}",
                "kind": kinds.get(relation.key),
            }
            for relation in map_.relations
        ],
        "issues": _issues(map_),
        "findings": _findings(findings),
        "without": _without(map_),
    }


def _without(map_: Map) -> dict[str, str]:
    """Say for each claim that bears on the thesis what becomes of the thesis without it."""
    if len(map_.claims) > MOST_EVALUATED:
        return {}
    found: dict[str, str] = {}
    for result in semantics.evaluate(map_).theses:
        for effect in result.effects:
            if effect.claim is None or (effect.label == result.label and abs(effect.change) < semantics.LEAST_CHANGE):
                continue
            verdict = {"in": "stands", "out": "falls", "undecided": "is left open"}[effect.label]
            still = " still" if effect.label == result.label == "in" else ""
            found[effect.claim] = (
                f"Without this claim the thesis{still} {verdict}; its strength goes from {result.strength:.2f} to "
                f"{effect.strength:.2f}."
            )
    return found


def _source(map_: Map, source_id: str, spans: Any, coverage: anchor.Coverage) -> dict[str, Any]:
    source = map_.sources[source_id]
    text = source.text or ""
    shown = paragraphs(map_, source_id, spans, coverage.left_out)
    return {
        **{name: getattr(source, name) for name in ("title", "author", "published", "language")},
        "has_text": source.text is not None,
        "sentences": [[span.start, span.end] for span in anchor.sentences(text, source.language)],
        "left_out": len(coverage.left_out),
        "all": coverage.sentences,
        "paragraphs": [_paragraph(each) for each in shown],
    }


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    runs, at = [], paragraph.start
    for run in paragraph.runs:
        claims = [claim.partition("/")[2] for claim in run.claims]
        runs.append([at, run.text, claims, run.furniture, run.aside, run.left_out and run.has_words])
        at += len(run.text)
    return {"number": paragraph.number, "title": paragraph.title, "furniture": paragraph.furniture, "runs": runs}


def _claim(map_: Map, claim: Claim, role: str, spans: Iterable[Any]) -> dict[str, Any]:
    quotes = []
    for quote, span in zip(claim.quotes, spans, strict=True):
        found = map_.source_of(quote)
        quotes.append(
            {"exact": quote.exact, "source": found and found[0], "start": span and span.start, "end": span and span.end}
        )
    return {
        "text": claim.text,
        "quotes": quotes,
        "role": role,
        "condition": claim.condition.exact if claim.condition else None,
        "suggested": list(claim.suggested),
        **{
            name: getattr(claim, name)
            for name in ("kind", "issue", "position", "speaker", "commitment", "force", "implicit", "status", "note")
        },
    }


def _issues(book: Map | Codebook) -> dict[str, Any]:
    return {
        key: {
            **{name: getattr(issue, name) for name in ("question", "label", "note")},
            "scale": {name: position.label for name, position in issue.scale.items()},
        }
        for key, issue in book.issues.items()
    }


def _findings(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [
        {
            **{name: getattr(finding, name) for name in ("rule", "severity", "message", "hint")},
            "at": list(finding.place.at),
            "line": finding.place.line,
        }
        for finding in findings
    ]


def codebook_view(document: Document[Codebook]) -> dict[str, Any]:
    """Describe a codebook."""
    book = document.value
    return {
        "id": book.id,
        "title": book.title,
        "issues": _issues(book),
        "findings": _findings(check_codebook(document)),
    }


def alignment_view(document: Document[Alignment]) -> dict[str, Any]:
    """Describe an alignment; its two maps are named as in the file."""
    return {**to_data(document.value), "findings": _findings(check_alignment(document))}


def comparison(before: Map, after: Map, alignment: Alignment | None) -> dict[str, Any]:
    """Describe what was decided on two maps, and the candidates of every claim by confidence."""
    diff = compare(before, after, alignment)
    proposed = align(before, after, alignment, most=CANDIDATES)
    candidates: dict[str, dict[str, dict[str, list[Any]]]] = {"before": {}, "after": {}}
    for entry in [*proposed.correspondences, *(alignment.correspondences if alignment else ())]:
        if entry.status != "suggested":
            continue
        for side, near, far in (("before", entry.before, entry.after), ("after", entry.after, entry.before)):
            for claim in near:
                for other in far:
                    candidates[side].setdefault(claim, {}).setdefault(
                        other, [other, entry.confidence or 0, list(entry.evidence)]
                    )
    return {
        "question": diff.question,
        "candidates": {
            side: {claim: sorted(found.values(), key=lambda each: -each[1])[:CANDIDATES] for claim, found in by.items()}
            for side, by in candidates.items()
        },
        "decided": [
            {
                "n": n,
                **{side: list(getattr(entry, side)) for side in ("before", "after")},
                **{name: getattr(entry, name) for name in ("status", "change", "because")},
            }
            for n, entry in enumerate(alignment.correspondences if alignment else ())
            if entry.status != "suggested"
        ],
        "silent": {
            side: list(getattr(alignment.passed_over, side)) if alignment else [] for side in ("before", "after")
        },
        "changes": [
            {
                "before": [side.id for side in change.before],
                "after": [side.id for side in change.after],
                "word": change.change,
                "rule": change.rule,
                "basis": change.basis,
                "status": change.status,
                "looked": _looked(diff, change),
            }
            for change in diff.changes
        ],
    }


def _looked(diff: Diff, change: Any) -> str | None:
    from argmap.diff.render.prose import counterpart_in_words

    if change.before and change.after:
        return None
    return counterpart_in_words(change, diff.before.id if change.after else diff.after.id)


def picture(kind: str, maps: list[Map], alignment: Alignment | None = None) -> dict[str, Any]:
    """Draw a picture for the page, in colours that follow its theme; raise ArgmapError if that fails."""
    from argmap.diagram import of_map, picture_named
    from argmap.diagram.drawing import draw_for_page
    from argmap.diagram.render.inline import Palette, inline

    if kind == "map":
        diagram = of_map(maps[0])
    elif kind == "dumbbells":
        diagram = picture_named(kind).build(timeline(maps, [alignment] if alignment else []))
    elif len(maps) == 2:
        diagram = picture_named(kind).build(compare(maps[0], maps[1], alignment), *maps)
    else:
        raise ArgmapError(f"{kind} needs two maps")
    drawn = draw_for_page(replace(diagram, title="", subtitle=""), beyond=len(diagram.boxes))
    palette = Palette()
    shown = inline(drawn.svg, drawn.plan, kind, kind.capitalize(), palette)
    return {"svg": shown.svg, "css": palette.css(), "size": [shown.wide, shown.high]}
