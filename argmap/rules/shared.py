"""Rules about what several maps share: the codebook's issues, and the alignment of two maps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from argmap.findings import Path
from argmap.model import Alignment, Correspondence, Issue, Map
from argmap.rules.examined import did_you_mean, times
from argmap.rules.rule import Problem, rule

Issues = Mapping[str, Issue]


@rule("short-scale", "warning")
def short_scale(issues: Issues) -> Iterator[Problem]:
    """A scale with a single position.

    Nothing can move on it. An issue on which texts are only for or against something needs both ends.

        standing: {question: …, scale: {junior: junior partner}}
    """
    for id, issue in issues.items():
        if len(issue.scale) == 1:
            message = f'the scale of "{id}" has one position only.'
            yield Problem(
                message, ("issues", id, "scale"), "Add what lies beyond it, or leave the scale out.", key=True
            )


@rule("same-label", "warning")
def same_label(issues: Issues) -> Iterator[Problem]:
    """Two positions of one scale, or two issues, that read the same.

    A reader of the ladder could not tell them apart.

        scale: {junior: partner, equal: partner}
    """
    questions: dict[str, str] = {}
    for id, issue in issues.items():
        words = _folded(issue.question)
        if words in questions:
            message = f'issue "{id}" asks the same as "{questions[words]}".'
            yield Problem(message, ("issues", id, "question"), "Make them one, or tell them apart.")
        questions.setdefault(words, id)
        labels: dict[str, str] = {}
        for position, step in issue.scale.items():
            label = _folded(step.label)
            if label in labels:
                message = f'position "{position}" reads the same as "{labels[label]}".'
                yield Problem(message, ("issues", id, "scale", position, "label"), "Give it another label.")
            labels.setdefault(label, position)


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold().rstrip(".?")


@dataclass(frozen=True)
class Aligned:
    """An alignment, and those of its two maps that could be read."""

    alignment: Alignment
    before: Map | None = None
    after: Map | None = None


@rule("unknown-claim", "error")
def unknown_claim(aligned: Aligned) -> Iterator[Problem]:
    """An id in an alignment that its map does not have.

    The correspondence would be left out of the diff. The usual reason is a claim that was renamed in the map.

        before: 1996.yaml
        correspondences: [{before: unequal-partner, after: near-equals}]     # 1996 has unequal-partners
    """
    for side, m, file in (
        ("before", aligned.before, aligned.alignment.before),
        ("after", aligned.after, aligned.alignment.after),
    ):
        if m is None:
            continue
        used: defaultdict[str, list[Path]] = defaultdict(list)
        for n, correspondence in enumerate(aligned.alignment.correspondences):
            for k, id in enumerate(getattr(correspondence, side)):
                if id not in m.claims:
                    used[id].append(("correspondences", n, side, k))
        for k, id in enumerate(getattr(aligned.alignment.silent, side)):
            if id not in m.claims:
                used[id].append(("silent", side, k))
        for id, paths in used.items():
            hint = did_you_mean(id, m.claims, "Name a claim of that map.")
            yield Problem(f'{file} has no claim "{id}"{times(len(paths))}.', paths[0], hint)


@rule("decided-twice", "error")
def decided_twice(aligned: Aligned) -> Iterator[Problem]:
    """The same two claims in two correspondences, or a claim both matched and said to be passed over.

    One decision would count, and nobody could say which.

        correspondences: [{before: trust, after: shared-values}]
        silent: {before: [trust], after: []}
    """
    pairs: dict[tuple[str, str], tuple[int, str]] = {}
    alone: dict[tuple[str, str], int] = {}
    matched: dict[tuple[str, str], int] = {}
    for n, correspondence in enumerate(aligned.alignment.correspondences):
        if correspondence.status == "suggested":
            continue  # two suggestions may share a pair; nothing is decided yet
        here: Path = ("correspondences", n)
        told = False
        for before in correspondence.before:
            for after in correspondence.after:
                first = pairs.setdefault((before, after), (n, correspondence.status))
                if first[0] != n and not told:
                    told = True
                    other = (
                        ""
                        if first[1] == correspondence.status
                        else f" as {first[1]}, and here as {correspondence.status}"
                    )
                    message = f'"{before}" and "{after}" are a pair already in correspondence {first[0] + 1}{other}.'
                    yield Problem(message, here, "Keep one of the two.", key=True)
        if correspondence.status == "rejected":
            continue
        for side, id in _ends(correspondence):
            into, against = (matched, alone) if correspondence.before and correspondence.after else (alone, matched)
            into.setdefault((side, id), n)
            if (side, id) in against and correspondence.status == "accepted":
                message = f'"{id}" stands alone in one correspondence and has a match in another (see number {against[side, id] + 1}).'
                yield Problem(message, here, "Keep one of the two.", key=True)
    for side in ("before", "after"):
        for k, claim_id in enumerate(getattr(aligned.alignment.silent, side)):
            if (side, claim_id) in matched:
                place = matched[side, claim_id] + 1
                message = f'"{claim_id}" is passed over here, and has a match in correspondence {place}.'
                yield Problem(message, ("silent", side, k), "Keep one of the two.")


def _ends(correspondence: Correspondence) -> Iterator[tuple[Literal["before", "after"], str]]:
    for id in correspondence.before:
        yield "before", id
    for id in correspondence.after:
        yield "after", id


@rule("impossible-change", "error")
def impossible_change(aligned: Aligned) -> Iterator[Problem]:
    """A change word that does not fit the sides of its correspondence.

    What was dropped has nothing after, what is new has nothing before, and every other change needs both.

        - {before: trust, after: shared-values, change: dropped}
    """
    for n, correspondence in enumerate(aligned.alignment.correspondences):
        has = bool(correspondence.before), bool(correspondence.after)
        here, word = ("correspondences", n), correspondence.change or ""
        wanted = {"dropped": (True, False), "new": (False, True), "": has}.get(word, (True, True))
        if has == (False, False):
            message = "this correspondence has no claims."
            yield Problem(message, here, "Name the claims that answer to each other, or take it out.", key=True)
        elif has != wanted:
            message = f'"{word}" is said of claims with {_SIDES[wanted]}.'
            yield Problem(message, (*here, "change"), "Choose another word, or mend the sides.")


_SIDES = {
    (True, False): "something before and nothing after",
    (False, True): "nothing before and something after",
    (True, True): "something before and something after",
}
