"""Write what became of matched claims: a sentence for each change word that says more than *kept*.

    What the 2012 platform calls for, the 2016 platform says is so: “Fares should fall” → “Fares have fallen”.

Each sentence says how the texts hold the claims: a demand that the first text only reports is not told as its own.
"""

from __future__ import annotations

from argmap.diff.classify.change_words import is_so
from argmap.diff.model import Change, Diff
from argmap.diff.render.words import capped, held, long_names, named
from argmap.model import ChangeWord, Mode

SAYS: dict[Mode, tuple[str, str, str]] = {
    "is": ("says", "says, hedged", "reports"),
    "plan": ("reports as planned", "reports as perhaps planned", "reports as planned"),
    "will": ("expects", "thinks possible", "reports as expected"),
    "ought": ("calls for", "suggests", "reports as called for"),
}
"""Verbs for what was realised later: of the author's own claim, of a hedged one, and of one that the text reports."""
REALISED = "What {before} {says}, {after} says is so"
BY_ANALYST = "What {before} {says} is realised in {after}, by the analyst's word"
SETTLES = {
    "asked": "What {before} asks, {after} settles",
    "asserted": "What {before} finds lacking, {after} says is there",
    "": "What {before} hears as an objection, {after} settles",
}
GRANTS = {
    "reported": "What {before} reports, {after} grants",
    "rejected": "What {before} rejects, {after} grants",
    "": "The objection of {before}, {after} grants",
}
OPPOSITE = (
    "The two say the opposite",
    "One text says the opposite of what the other reports",
    "The two report the opposite",
)
"""By the number of texts that only report it."""
CLAUSES: dict[ChangeWord, str] = {
    "open": "What {before} asks, {after} leaves open",
    "altered": "The two differ in a figure, a date, a name, a quantity or who does what",
}
WHOSE: tuple[ChangeWord, ...] = ("realised", "answered", "open", "conceded", "reversed", "altered")
"""Change words of which something is said, in this order."""


def matched_in_words(diff: Diff) -> list[str]:
    """Write the sentences, of accepted changes only."""
    names = dict(zip(("before", "after"), long_names(diff), strict=True))
    accepted = [change for change in diff.changes if change.status == "accepted"]
    sentences = []
    for word in WHOSE:
        by_clause: dict[str, list[Change]] = {}
        for change in accepted:
            if change.change == word:
                by_clause.setdefault(_clause_of(change), []).append(change)
        differ = word in ("reversed", "altered")
        plain = word in ("realised", "conceded")
        sentences += [
            f"{capped(clause.format(**names))}: {named(told, differ=differ, commitments=not plain)}."
            for clause, told in by_clause.items()
        ]
    turned = [change for change in accepted if "turned" in change.facets]
    if turned:
        sentences.append(f"The same matter argues for the other side: {named(turned)}.")
    return sentences


def _clause_of(change: Change) -> str:
    """Choose the clause for a change word, by how the texts hold the claims."""
    if change.change == "realised":
        side = next((side for side in change.before if side.mode not in ("is", None)), change.before[0])
        says = {"rejected": "rejects", "asked": "asks"}.get(side.commitment, SAYS[side.mode or "is"][held(side)])
        return (REALISED if any(map(is_so, change.after)) else BY_ANALYST).replace("{says}", says)
    if change.change == "reversed":
        reported = sum(any(side.commitment == "reported" for side in sides) for sides in (change.before, change.after))
        return OPPOSITE[reported]
    if change.change in ("answered", "conceded"):
        clauses = SETTLES if change.change == "answered" else GRANTS
        return clauses.get(change.before[0].commitment if change.before else "", clauses[""])
    return CLAUSES[change.change]
