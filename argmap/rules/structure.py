"""Rules about structure: ids, relations, the thesis, and the issues and scales of the codebook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from argmap import graph
from argmap.findings import Path, brief
from argmap.rules.examined import MAX_GUESSES, Examined, times
from argmap.rules.rule import Problem, rule
from argmap.text_tools import did_you_mean, nearest


@rule("dangling-reference", "error")
def dangling_reference(examined: Examined) -> Iterator[Problem]:
    """An unknown id of a claim, relation or source, or a relation without a target or without premises.

    The relation cannot be drawn or compared, so a step of the argument is lost. The usual reason is a typing error, or
    a claim that was renamed in one place only. Each unknown id is reported once.

        claims: {near-equals: …}
        relations: [{support: near-equal, by: …}]     # no claim is called near-equal
    """
    for n, claim_id in enumerate(examined.dangling):
        paths = examined.used[claim_id]
        known = [*examined.map.claims, *(r.id for r in examined.map.relations if r.id)] if n < MAX_GUESSES else []
        hint = did_you_mean(claim_id, known, "Add the claim, or name another.")
        yield Problem(f'no claim or relation is called "{claim_id}"{times(len(paths))}.', paths[0], hint)
    for n, relation in enumerate(examined.map.relations):
        if relation.target is None:
            message = f"this {relation.type} has no target."
            yield Problem(message, ("relations", n, "target"), "Name the claim or relation that it bears on.")
        if not relation.by:
            message = f"this {relation.type} has nothing in `by`."
            yield Problem(message, ("relations", n, "by"), "Name the claims that it comes from.", key=True)
    sources: defaultdict[str, list[Path]] = defaultdict(list)
    for claim_id, claim in examined.map.claims.items():
        held = [(("quotes", n), quote) for n, quote in enumerate(claim.quotes)]
        held += [(("condition",), claim.condition)] if claim.condition else []  # type: ignore[list-item]
        for way, quote in held:
            if quote.source is not None and quote.source not in examined.map.sources:
                sources[quote.source].append(("claims", claim_id, *way, "source"))
    for source_id, paths in sources.items():
        hint = did_you_mean(source_id, examined.map.sources, "Add the source, or name another.")
        yield Problem(f'no source is called "{source_id}"{times(len(paths))}.', paths[0], hint)


@rule("duplicate-id", "error")
def duplicate_id(examined: Examined) -> Iterator[Problem]:
    """Two things with the same id.

    A reference could mean either, and a diff cannot tell them apart. Two claims, sources, speakers, issues or positions
    with one id are found when the file is read; the finding shows the place of the second.

        relations:
          - {id: near-equals, support: alliance, by: …}     # also the id of a claim
    """
    seen: dict[str, str] = dict.fromkeys(examined.map.claims, "a claim")
    for n, relation in enumerate(examined.map.relations):
        if relation.id is None:
            continue
        if relation.id in seen:
            message = f'"{relation.id}" is also the id of {seen[relation.id]}.'
            yield Problem(message, ("relations", n, "id"), "Give one of them another id.")
        seen.setdefault(relation.id, "another relation")


@rule("repeated-relation", "warning")
def repeated_relation(examined: Examined) -> Iterator[Problem]:
    """The same relation twice.

    Two supports from one premise look like two reasons, but there is only one.

        - {support: near-equals, by: [intelligence]}
        - {support: near-equals, by: intelligence}
    """
    seen: dict[tuple[str, str | None, frozenset[str]], int] = {}
    for n, relation in enumerate(examined.map.relations):
        ends = relation.type, relation.target, frozenset(relation.by)
        if ends in seen:
            message = f"this {relation.type} is here already, as relation {seen[ends] + 1} of {n + 1}."
            yield Problem(message, ("relations", n), "Keep one of them.")
        seen.setdefault(ends, n)


@rule("no-thesis", "error")
def no_thesis(examined: Examined) -> Iterator[Problem]:
    """A map without a thesis.

    Roles, depth and the order of pictures are derived from the thesis. It is a claim, not a relation. A platform names
    several theses. A map of a text without one says `thesis: none`, and is organised by issues.

        argmap: 1
        id: "2005"
        thesis: near-equals     # this line is missing, or names a relation
    """
    map_ = examined.map
    if map_.claims and map_.thesis is None:
        hint = "Add `thesis:` and the id of the claim that the text is there for (or several), or `thesis: none`."
        yield Problem("the map names no thesis.", (), hint)
    for relation in map_.relations:
        if relation.id is None or relation.id not in map_.theses or relation.id in map_.claims:
            continue
        near = relation.target if relation.target in map_.claims else None
        hint = f'Did you mean "{near}"?' if near else "Name the claim that the text is there for."
        yield Problem(f'"{relation.id}" is a relation, and only a claim can be the thesis.', ("thesis",), hint)


@rule("adrift", "warning")
def adrift(examined: Examined) -> Iterator[Problem]:
    """A claim in no relation.

    It supports nothing, attacks nothing and has no reasons, so readers cannot tell why it is there. A claim that is only
    cut off by a misspelt id or a missing end is not reported until that is corrected.

        claims:
          bases: {text: Some bases will move., quote: …}     # in no relation
    """
    lost = graph.adrift(examined.map)
    if len(lost) > 1 and not examined.map.relations:
        yield Problem("the map has no relations.", ("claims",), "Say what supports and attacks what.", key=True)
        return
    loose_ends = ["" for relation in examined.map.relations if relation.target is None or not relation.by]
    for claim_id in (*examined.dangling[:MAX_GUESSES], *loose_ends):
        if lost:
            lost.remove(nearest(claim_id, lost) or lost[0])
    for claim_id in lost:
        hint = "Say what it supports or attacks, or remove it."
        yield Problem(f'no relation ties claim "{claim_id}" to another.', ("claims", claim_id), hint, key=True)


@rule("circular-support", "error")
def circular_support(examined: Examined) -> Iterator[Problem]:
    """Claims that support one another in a circle.

    Each rests on the other, and both on nothing. If the text really argues so, one of the steps is usually a rephrase;
    if not, one of the supports points the wrong way.

        - {support: equals, by: trust}
        - {support: trust, by: equals}     # equals → trust → equals
    """
    for group in graph.support_circles(examined.map):
        circle, relation = graph.way_round(examined.map, group)
        hint = "Turn one of these supports around, or make it a rephrase."
        yield Problem(f"{' → '.join(map(brief, circle))} is a circle.", ("relations", relation, "target"), hint)


@rule("awaits-review", "note")
def awaits_review(examined: Examined) -> Iterator[Problem]:
    """A draft that no person has looked at yet.

    A draft is not a reading. Claims and relations with `status: suggested` are drawn dashed and counted apart until a
    person accepts them, by deleting that line, or removes them. A claim may also list single fields under `suggested:`.

        claims:
          near-equals: {text: …, quote: …, status: suggested}
    """
    if words := examined.map.awaiting_in_words:
        hint = (
            "Delete `status: suggested` to accept one; remove it, or list it under `non_argumentative`, to reject it."
        )
        yield Problem(f"suggested, and awaiting a person: {words}.", (), hint)


@rule("self-relation", "error")
def self_relation(examined: Examined) -> Iterator[Problem]:
    """A claim that attacks or rephrases itself.

    The id is on both sides of one relation, most often through copying a line. (A claim that supports itself is
    a circle.)

        - {attack: us-power, by: us-power}
    """
    for n, relation in enumerate(examined.map.relations):
        if relation.target in relation.by and relation.type != "support":
            message = f'"{relation.target}" is on both sides of this {relation.type}.'
            yield Problem(message, ("relations", n, "target"), "Name another claim on one side.")


@rule("unknown-speaker", "error")
def unknown_speaker(examined: Examined) -> Iterator[Problem]:
    """A claim of an unknown speaker.

    Pictures and reports show who says a claim, so each speaker needs a name under `speakers`.

        speakers: {machimura: {name: Nobutaka Machimura}}
        claims: {stages: {text: …, speaker: machimra}}
    """
    used: defaultdict[str, list[Path]] = defaultdict(list)
    for claim_id, claim in examined.map.claims.items():
        if claim.speaker is not None and claim.speaker not in examined.map.speakers:
            used[claim.speaker].append(("claims", claim_id, "speaker"))
    for speaker, paths in used.items():
        hint = did_you_mean(speaker, examined.map.speakers, "Add it under `speakers:`, with a name.")
        yield Problem(f'no speaker is called "{speaker}"{times(len(paths))}.', paths[0], hint)


@rule("unknown-issue", "error")
def unknown_issue(examined: Examined) -> Iterator[Problem]:
    """A claim on an unknown issue.

    Texts are compared issue by issue, so the claim would be missing from every comparison.

        issues: {standing: {question: What kind of partner is Japan?}}
        claims: {near-equals: {text: …, issue: stading}}
    """
    map_ = examined.map
    used: defaultdict[str, list[Path]] = defaultdict(list)
    for claim_id, claim in map_.claims.items():
        if claim.issue is not None and claim.issue not in map_.issues:
            used[claim.issue].append(("claims", claim_id, "issue"))
    if used and not map_.issues:
        if map_.codebook is None:
            first = next(iter(used.values()))[0]
            yield Problem("the map has no issues.", first, "Add `codebook:` with the file that has them, or `issues:`.")
        return
    for issue, paths in used.items():
        hint = did_you_mean(issue, map_.issues, "Add it to the codebook, or name another.")
        yield Problem(f'no issue is called "{issue}"{times(len(paths))}.', paths[0], hint)


@rule("unknown-position", "error")
def unknown_position(examined: Examined) -> Iterator[Problem]:
    """A position that is not on the scale of its issue.

    A diff counts how many steps a text moved on the scale, and cannot count a position that is not on it.

        issues: {standing: {question: …, scale: {junior: …, equal: …}}}
        claims: {near-equals: {text: …, issue: standing, position: near-equal}}
    """
    map_ = examined.map
    used: defaultdict[tuple[str, str], list[Path]] = defaultdict(list)
    for claim_id, claim in map_.claims.items():
        if claim.position is None:
            continue
        path = ("claims", claim_id, "position")
        if claim.issue is None:
            yield Problem(
                f'claim "{claim_id}" has a position, but no issue.', path, "Add the `issue:` that it is a position on."
            )
        elif claim.issue in map_.issues and claim.position not in map_.issues[claim.issue].scale:
            used[claim.issue, claim.position].append(path)
    for (issue, position), paths in used.items():
        scale = map_.issues[issue].scale
        hint = did_you_mean(
            position, scale, f"Name one of {', '.join(scale)}." if scale else "Give the issue a `scale:`."
        )
        yield Problem(f'"{position}" is not on the scale of "{issue}"{times(len(paths))}.', paths[0], hint)
