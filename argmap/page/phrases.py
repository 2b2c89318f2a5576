"""Short phrases of the page: speakers, dates, counts, and how a relation is introduced."""

from __future__ import annotations

from collections.abc import Mapping

from argmap.diff.model import Diff, Stand
from argmap.graph import AttackKind
from argmap.model import MODES, AnyRelation, Claim, Map, Mode, Source

_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
SAYS: dict[Mode, str] = {
    "is": "says it is",
    "plan": "says it is planned",
    "will": "says it will be",
    "ought": "says it should be",
}
BECAUSE = {"support": "because", "attack": "but against it", "rephrase": "in other words"}
SERVES = {"support": "A reason for", "attack": "Speaks against", "rephrase": "Restates"}
_ATTACKS: dict[AttackKind, str] = {
    "rebut": "Against it",
    "undermine": "Against this premise",
    "undercut": "Against this step",
}

MEANINGS = {
    "kept": "{before} and {after} say the same.",
    "unclear": "No rule can tell whether {before} and {after} say the same.",
    "altered": "{after} gives another figure, date, name or agent than {before}.",
    "strengthened": "{after} holds it more firmly than {before}.",
    "weakened": "{after} holds it less firmly than {before}.",
    "shifted": "{after} stands on another step of the scale than {before}.",
    "reversed": "{after} says the opposite of {before}.",
    "realised": "{before} calls for it, plans it or expects it; {after} says that it is done or under way.",
    "answered": "{before} asks or objects; {after} settles it.",
    "open": "{before} asks it; {after} asks it again, or passes over it.",
    "conceded": "{before} has it as an objection; {after} grants it.",
    "reframed": "{after} takes up the matter of {before}, but answers another question or makes another kind of claim.",
    "dropped": "{before} says it, and no claim in the map of {after} matches.",
    "new": "{after} says it, and no claim in the map of {before} matches.",
    "reached": "{after} puts it on the last step of the scale.",
    "part-way": "{after} says that it has moved since {before}, but not to the last step.",
    "moved back": "{after} puts it on an earlier step than {before}.",
    "foreseen": "{after} expects another step; it does not say that the step is taken.",
    "planned": "{after} reports plans for another step; it does not say that the step is taken.",
    "called for": "{after} calls for another step; it does not say that the step is taken.",
    "asks otherwise": "{before} and {after} call for different steps.",
    "foresees otherwise": "{before} and {after} expect different steps.",
    "reworded": "{after} says it in other words than {before}.",
    "promoted": "It stands nearer to the thesis in {after} than in {before}.",
    "demoted": "It stands farther from the thesis in {after} than in {before}.",
    "re-grounded": "It rests on other reasons in {after} than in {before}.",
    "turned": "The same matter argues for the other side in {after}.",
    "scheme-changed": "The same reasons argue in another way in {after}.",
    "made-explicit": "{before} leaves it unstated; {after} states it.",
    "left-implicit": "{before} states it; {after} leaves it unstated.",
    "speaker-changed": "Somebody else says it in {after} than in {before}.",
    "moved": "It is a reason for another claim in {after} than in {before}.",
    "split": "One claim of {before} is several in {after}.",
    "merged": "Several claims of {before} are one in {after}.",
}
"""Meanings of the words of a diff, in the names of the two texts."""

TITLES = {
    "positions": "What moved, question by question",
    "revisions": "What the author of the map changed",
    "annotators": "Where the two analysts differ",
}


def means(word: str, names: Mapping[str, str]) -> str:
    """Explain a word of the diff in the names of the two texts; steps and conditions after the word are ignored.

    >>> means("foreseen +1", {"before": "1996", "after": "2005"})
    '2005 expects another step; it does not say that the step is taken.'
    """
    longest_first = sorted(MEANINGS, key=len, reverse=True)
    known = (next((key for key in longest_first if part.startswith(key)), None) for part in word.split(", "))
    return " ".join(MEANINGS[key].format(**names) for key in known if key)


def lead_of(relation: AnyRelation, kinds: Mapping[str, AttackKind]) -> str:
    """Introduce the sources of a relation, read from its target: "Because", "Against it"."""
    if relation.type == "attack":
        return _ATTACKS[kinds[relation.key]]
    if relation.type == "rephrase":
        return "In answer" if relation.is_answer else "In other words"
    return "Because, taken together" if len(relation.by) > 1 else "Because"


def date_in_words(written: str | None) -> str | None:
    """Write a date for readers, as precise as it is known.

    >>> date_in_words("2005-03"), date_in_words("1996"), date_in_words("1996-04-29"), date_in_words("spring 1996")
    ('March 2005', '1996', '29 April 1996', 'spring 1996')
    """
    parts = (written or "").split("-")
    if not 1 < len(parts) <= 3 or not all(part.isdecimal() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return written
    month = f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"{int(parts[2])} {month}" if len(parts) == 3 else month


def byline(source: Source) -> str:
    """Name the author and the date of a text; say so where either is unknown."""
    author = source.author or "no author named"
    return ", ".join(filter(None, (author, date_in_words(source.published) or "no date given")))


def speaker_of(map_: Map, claim: Claim) -> tuple[str, str]:
    """Say how the author uses a claim, and who makes it; either may be empty."""
    if claim.implicit:
        return "unstated premise", "added by the analyst"
    speaker = map_.speakers.get(claim.speaker) if claim.speaker else None
    name = speaker.name if speaker else claim.speaker or ""
    if claim.commitment == "asserted":
        return ("shared by the author", name) if name else ("", "the author")
    return claim.commitment, name


def stands(stand: Stand) -> tuple[tuple[Mode, tuple[str, ...]], ...]:
    """Positions of a text by mode; modes without a position are left out."""
    return tuple((mode, stand.of(mode)) for mode in MODES if stand.of(mode))


def tally(diff: Diff) -> list[tuple[str, int]]:
    """Count the change words, most frequent first, `dropped` and `new` last; suggestions are not counted."""
    counted = {word: n for word, n in diff.summary.items() if word not in ("suggested", "analyst") and n}
    unmatched = ("dropped", "new")
    return sorted(counted.items(), key=lambda item: (item[0] in unmatched, -item[1] if item[0] not in unmatched else 0))
