"""Measures drafts without a model against maps that people made, beside two plain ways to guess.

A drafted claim is a claim of the map if their quotes overlap most, by at least half of the shorter one. An attachment is a pair
of claims, from a premise or an attack to what it bears on; an attack on a step counts as one on the step's premise.

    microtexts   ten short texts of `../shared/corpora/arggraph` (Peldszus & Stede 2016), with the segments given, and from the text alone
    essays       the two essays of `maps/`, from the text alone
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import argmap
from argmap import anchor
from argmap.drafting import draft
from argmap.drafting.cues import cues_of
from argmap.drafting.readings import reading_of
from argmap.drafting.relations import Item, Link, links_of, thesis_of
from argmap.drafting.units import Unit, units
from argmap.model import Map, Source

ROOT = Path(__file__).resolve().parents[2]
MICROTEXTS = ROOT.parent / "shared" / "corpora" / "arggraph"
Pairs = dict[tuple[str, str], str]


@dataclass
class Tally:
    """Counts of right, guessed and wanted things."""

    right: int = 0
    guessed: int = 0
    wanted: int = 0
    more: dict[str, Tally] = field(default_factory=dict)

    def add(self, guessed: set[object], wanted: set[object]) -> None:
        """Count one text."""
        self.right += len(guessed & wanted)
        self.guessed += len(guessed)
        self.wanted += len(wanted)

    def __str__(self) -> str:
        precision, recall = self.right / max(self.guessed, 1), self.right / max(self.wanted, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        return f"P {precision:.2f}  R {recall:.2f}  F1 {f1:.2f}  ({self.right} of {self.wanted})"


def attachments(map_: Map) -> Pairs:
    """List who bears on whom, and how; a step stands for its first premise."""
    step = {r.id: r.by[0] for r in map_.relations if r.id and r.by}
    found: Pairs = {}
    for relation in map_.relations:
        target = step.get(relation.target or "", relation.target)
        for source in relation.by:
            if target in map_.claims and source in map_.claims:
                found[source, target] = "attack" if relation.type == "attack" else "support"
    return found


def matched(guess: Map, gold: Map) -> dict[str, str]:
    """Match drafted claims to the claims of a map by their spans, each to the one that overlaps most."""
    left, right = anchor.spans(guess), anchor.spans(gold)
    found = {}
    for claim_id, spans in left.items():
        best, most = None, 0
        for other, others in right.items():
            for a in spans:
                for b in others:
                    if a and b:
                        shared = min(a.end, b.end) - max(a.start, b.start)
                        if shared > most and shared * 2 >= min(a.end - a.start, b.end - b.start):
                            best, most = other, shared
        if best:
            found[claim_id] = best
    return found


def translated(pairs: Pairs, names: dict[str, str]) -> Pairs:
    """Write pairs in the ids of the map that they are compared with."""
    return {
        (names[a], names[b]): kind
        for (a, b), kind in pairs.items()
        if a in names and b in names and names[a] != names[b]
    } | {(f"?{a}", b): kind for (a, b), kind in pairs.items() if a not in names or b not in names}


Guess = Callable[[list[Item]], Iterable[Link]]


def by_cues(items: list[Item]) -> Iterable[Link]:
    """Guess by cue words."""
    cues = cues_of("en")
    thesis = thesis_of(items, cues)
    return links_of(items, thesis, cues) if thesis is not None else []


def to_first(items: list[Item]) -> Iterable[Link]:
    """Attach all to the first."""
    return [Link(n, 0, "support") for n in range(1, len(items))]


def to_before(items: list[Item]) -> Iterable[Link]:
    """Attach each to the one before."""
    return [Link(n, n - 1, "support") for n in range(1, len(items))]


GUESSES: dict[str, Guess] = {"by cues": by_cues, "all to the first": to_first, "each to the one before": to_before}


def main() -> None:
    """Print all figures."""
    texts = [argmap.read(path) for path in sorted(MICROTEXTS.glob("*.xml"))]
    for name, guess in GUESSES.items():
        ties, theses, types, typed = Tally(), 0, 0, 0
        attacks = Tally()
        end_to_end = Tally()
        for gold in texts:
            wanted = attachments(gold)
            items = segments(gold)
            ids = list(gold.claims)
            links = {(ids[link.source], ids[link.target]): link.type for link in guess(items)}
            ties.add({*links}, {*wanted})
            attacks.add(
                {a for (a, _), k in links.items() if k == "attack"},
                {a for (a, _), k in wanted.items() if k == "attack"},
            )
            own = {a: k for (a, _), k in wanted.items()}
            for (a, _), kind in links.items():
                if a in own:
                    typed += 1
                    types += own[a] == kind
            targets = {b for _, b in links} - {a for a, _ in links}
            theses += bool(targets & ({b for _, b in wanted} - {a for a, _ in wanted}))
            end_to_end.add({*_from_text(gold, guess)}, {*wanted})
        print(f"microtexts, {name}: {ties}; thesis {theses}/{len(texts)}; types {types}/{typed}; attackers {attacks}")
        print(f"    from the text alone: {end_to_end}")
    for name in ("1996", "2005"):
        essay(argmap.load(ROOT / "maps" / f"{name}.yaml"))


def segments(gold: Map) -> list[Item]:
    """Take the segments of a map as units, in the order of the text."""
    source = next(iter(gold.sources.values()))
    text, cues = source.text or "", cues_of("en")
    sentences = anchor.sentences(text)
    items = []
    spans = anchor.spans(gold)
    last = -1
    for claim_id, claim in gold.claims.items():
        span = (spans.get(claim_id) or (None,))[0]
        start, end = (span.start, span.end) if span else (0, 0)
        sentence = sum(each.start <= start for each in sentences)
        words = claim.text
        items.append(Item(Unit(start, end, 0, sentence, cut=sentence == last), reading_of(words, cues), words))
        last = sentence
    return items


def _bare(gold: Map) -> tuple[Map, str, Source]:
    source_id, source = next(iter(gold.sources.items()))
    bare = Source(text=source.text, language=source.language)
    return Map(id="draft", sources={source_id: bare}, issues=gold.issues), source_id, bare


def _from_text(gold: Map, guess: Guess) -> Pairs:
    bare, _, source = _bare(gold)
    guessed = draft(bare)
    if guess is not by_cues:
        text, cues = source.text or "", cues_of("en")
        items = [Item(unit, reading_of(text[unit.start : unit.end], cues), "") for unit in units(text, cues)]
        ids = list(guessed.claims)
        links = list(guess(items))
        pairs = {(ids[k.source], ids[k.target]): str(k.type) for k in links if max(k.source, k.target) < len(ids)}
        return translated(pairs, matched(guessed, gold))
    return translated(attachments(guessed), matched(guessed, gold))


def essay(gold: Map) -> None:
    """Print the figures of one essay."""
    bare, _, _ = _bare(gold)
    guess = draft(bare)
    names = matched(guess, gold)
    found, missed = set(names.values()), [c for c in gold.claims if not gold.claims[c].implicit]
    print(
        f"{gold.id}: {len(guess.claims)} drafted claims; {len(names)} match one of {len(missed)}; {len(found)} of these found"
    )
    wanted = attachments(gold)
    for name, way in GUESSES.items():
        pairs = attachments(guess)
        if way is not by_cues:
            ids = list(guess.claims)
            offset = [
                Item(Unit(0, 0, 0, n), reading_of(guess.claims[c].text, cues_of("en")), "") for n, c in enumerate(ids)
            ]
            pairs = {(ids[k.source], ids[k.target]): str(k.type) for k in way(offset)}
        ties = Tally()
        ties.add({*translated(pairs, names)}, {*wanted})
        print(f"    attachment, {name}: {ties}")
        if way is by_cues:
            attacks = Tally()
            typed = translated(pairs, names)
            attacks.add({p for p, k in typed.items() if k == "attack"}, {p for p, k in wanted.items() if k == "attack"})
            print(f"    attacks: {attacks}")
    voices, modes, issues = Tally(), Tally(), Tally()
    kinds = 0
    for mine, theirs in names.items():
        a, b = guess.claims[mine], gold.claims[theirs]
        voices.add(
            {mine} if a.speaker or a.commitment == "reported" else set(),
            {mine} if b.speaker or b.commitment == "reported" else set(),
        )
        modes.add({(mine, a.mode)}, {(mine, b.mode)})
        issues.add({(mine, a.issue)} if a.issue else set(), {(mine, b.issue)} if b.issue else set())
        kinds += a.kind == b.kind
    print(f"    not the author: {voices}\n    mode: {modes}\n    kind: {kinds}/{len(names)}\n    issue: {issues}")
    print(f"    thesis: {names.get(guess.only_thesis or '') == gold.only_thesis} ({guess.only_thesis})")


if __name__ == "__main__":
    main()
