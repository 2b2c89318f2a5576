"""Write a diff in plain words: sentences made by rules from modes, force, commitment and conditions only.

    In both essays Japan is a junior partner. The 2005 essay expects that Japan will become a near-equal ally, “if all goes well”.

Only accepted changes are described; suggestions are counted in the last sentence. Texts are named by year, title or author. Labels
of positions are the analyst's; where the codebook gives no sentence for them they stand after the question that they answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from argmap.diff.classify.shifts import AHEAD, moved
from argmap.diff.model import Change, Coding, Diff, End, Facet, Move, Shift, Side, Stand
from argmap.diff.sensitivity import headline_of
from argmap.model import MODES, ChangeWord, Id, Mode, Position
from argmap.text_tools import counted

BECOMES: dict[Mode, str] = {"is": "is", "plan": "is to become", "will": "will become", "ought": "should become"}
"""The verb of a codebook's sentence in each mode."""
STAYS: dict[Mode, str] = {"is": "is", "plan": "is to be", "will": "will be", "ought": "should be"}
"""The same if the text already says that it is so."""
HOLDS: dict[Mode, tuple[str, str, str]] = {
    "is": ("says that", "says, hedged, that", "reports that"),
    "plan": ("reports a plan by which", "reports a plan by which perhaps", "reports a plan by which"),
    "will": ("expects that", "thinks it possible that", "reports the expectation that"),
    "ought": ("holds that", "suggests that", "reports the demand that"),
}
"""Phrases for a position in each mode: asserted, hedged, and reported."""
ANSWERS: dict[Mode, str] = {
    "is": "answers {question} with {label}",
    "plan": "reports plans for {label} on {question}",
    "will": "expects {label} on {question}",
    "ought": "calls for {label} on {question}",
}
"""Phrases for a position without a sentence in the codebook."""
VERBS: dict[Mode, str] = {"plan": "plan", "will": "expect", "ought": "call for"}
TOLD: tuple[tuple[ChangeWord, str], ...] = (
    ("realised", "{before} calls for it, plans it or expects it, and {after} says that it is so"),
    ("answered", "What {before} asks, misses or hears as an objection, {after} settles"),
    ("open", "{before} asks it, and it is still open in {after}"),
    ("conceded", "{before} reports or rejects it, and {after} grants it"),
    ("reversed", "The two hold the opposite"),
    ("altered", "The two differ in a figure, a date, a name or who does what"),
)
"""Change words in the summary, with a sentence for each."""
MOST = 2
"""Claims that a sentence names."""
WHOLE: dict[Facet, str] = {
    "reworded": "reworded",
    "moved": "moved to another conclusion",
    "split": "split",
    "merged": "merged",
    "re-grounded": "given other reasons",
    "turned": "turned to the other side",
    "scheme-changed": "given another scheme",
    "made-explicit": "made explicit",
    "left-implicit": "left implicit",
    "speaker-changed": "given another speaker",
}


@dataclass(frozen=True)
class Section:
    """The changes of one issue, under its heading; those of no issue stand last."""

    heading: str
    shift: Shift | None
    changes: tuple[Change, ...]


def sections(diff: Diff) -> list[Section]:
    """Divide a diff by issue, headline first; each change once, matches before silences, these nearest the thesis first.

    Between maps of one text, issues on which nothing differs are left out; between texts they are part of the answer.
    """
    all_ = [
        Section(shift.question, shift, ranked(change for change in diff.changes if change.issue == shift.issue))
        for shift in diff.shifts
    ]
    found = [each for each in all_ if diff.question == "positions" or each.changes or _differs(each.shift)]
    told = {shift.issue for shift in diff.shifts}
    rest = ranked(change for change in diff.changes if change.issue not in told)
    return [*found, Section("On no issue", None, rest)] if rest else found


def ranked(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Order changes: matches first, then claims of one text alone, nearest its thesis first."""
    return tuple(sorted(changes, key=closeness))


def closeness(change: Change) -> tuple[bool, int]:
    """Sort key of a change: whether one side is empty, and how far from the thesis that claim stands."""
    if change.before and change.after:
        return False, 0
    far = 1 << 30
    return True, min(
        (side.distance if side.distance is not None else far for side in (*change.before, *change.after)), default=far
    )


def _differs(shift: Shift | None) -> bool:
    return shift is not None and shift.before != shift.after


def names(diff: Diff) -> tuple[str, str]:
    """Give the short names of the two sides: the maps' ids, unless they are the same."""
    return ("before", "after") if diff.before.id == diff.after.id else (diff.before.id, diff.after.id)


def long_names(diff: Diff) -> tuple[str, str]:
    """Give the names of the two sides for sentences."""
    short = names(diff)
    return diff.before.name or short[0], diff.after.name or short[1]


def summary(diff: Diff) -> str:
    """Write one paragraph on what moved."""
    sentences = {"positions": _positions, "revisions": _revisions, "annotators": _annotators}[diff.question](diff)
    by_analyst = diff.summary.get("analyst", 0)
    if by_analyst:
        words = sum(bool(change.before and change.after) and change.status == "accepted" for change in diff.changes)
        sentences.append(
            f"Of the words for {counted(words, 'matched change')}, {by_analyst} {_be(by_analyst)} the analyst's."
        )
    suggested = diff.summary.get("suggested", 0)
    if suggested:
        sentences.append(
            f"{counted(suggested, 'further match')} {_be(suggested)} suggested by argmap, not confirmed, and not counted here."
        )
    return " ".join(sentences)


def stand_in_words(stand: Stand, scale: dict[Id, Position]) -> str:
    """Say where a text stands, such as: is: junior partner; ought: equal ally. Labels are the codebook's words, so not in quotation marks."""
    said = (f"{mode}: {_and(_labels(stand.of(mode), scale))}" for mode in MODES if stand.of(mode))
    return "; ".join(said) or {"none": "silent" if stand.silent else "no claim"}.get(stand.state, "no position")


def moved_in_words(shift: Shift) -> str:
    """Say what moved on an issue, and how far two readers of one text are apart, where that was measured."""
    noise = "" if shift.noise is None else f"; two readers of one text are {counted(shift.noise, 'step')} apart"
    told = moved(shift)
    if told is None:
        both = "none" not in (shift.before.state, shift.after.state)
        told = "not on one scale" if both else "not compared: one text has no claim"
    return told + noise


def change_in_words(change: Change) -> str:
    """Give the word, the steps where it is about steps, and the facets."""
    return ", ".join(
        (change.worded, *change.facets, *(f"{field} changed" for field in change.fields if field not in _TOLD))
    )


def substance_in_words(change: Change) -> str:
    """Tell what differs in substance, or that a claim is called kept though nothing can be told; else nothing."""
    found = change.substance
    if found is None or found.verdict == "same" or (found.verdict == "unclear" and change.change != "kept"):
        return ""
    return f"substance {found.verdict}: {'; '.join(found.signals)}"


def counterpart_in_words(change: Change, other: str) -> str | None:
    """Describe the search in the other text for a claim without a match."""
    found = change.counterpart
    if found is None:
        return None
    nearest = f"“{found.nearest.exact}”" if found.nearest else ""
    if found.confirmed:
        return f"{other} passes over it, as a person confirmed"
    if found.state == "passed-over":
        return f"{other} passes over it: nothing near in any of its sentences"
    if found.state == "elsewhere":
        return f"{other} says nearly the same under another issue: {nearest}"
    if not nearest:
        return f"no match in {other}; there is no text to search"
    return f"no match in {other}; nearest sentence{'' if found.nearest and found.nearest.mapped else ', unmapped'}: {nearest}"


def condition_in_words(side: Side) -> str | None:
    """Say what a claim hangs on."""
    if side.condition is None:
        return None
    return f"if: “{side.condition.exact}”" + (" (in another sentence)" if side.condition.apart else "")


def sensitivity_in_words(diff: Diff) -> str | None:
    """Say in a sentence which single codings the headline hangs on; `None` where there is no headline."""
    if diff.question != "positions" or (headline_of(diff.shifts) is None and not diff.sensitivity):
        return None
    if not diff.sensitivity:
        return "No single coding would change the headline."
    fields: dict[tuple[str, str], list[str]] = {}
    for coding in diff.sensitivity:
        fields.setdefault((coding.claim, coding.map), []).append(_field(coding))
    told = [f"{claim} in {map_} ({', '.join(said)})" for (claim, map_), said in fields.items()]
    return (
        f"The headline hangs on {counted(len(told), 'claim')}, any one coding of which would change it: {_and(told)}."
    )


def _field(coding: Coding) -> str:
    return "change word" if coding.field == "change" else coding.field


def marks(side: Side) -> list[str]:
    """List the remarks on a claim that is not simply the author's own: commitment, speaker, implicit, condition."""
    said: list[str] = [side.commitment] if side.commitment != "asserted" else []
    if side.speaker:
        said.append(f"by {side.speaker}")
    if side.implicit:
        said.append("implicit, supplied by the analyst")
    if hangs := condition_in_words(side):
        said.append(hangs)
    return said


_TOLD = {"text", "kind", "commitment", "force", "implicit", "speaker"}
"""Fields whose change has a word or facet of its own."""


def _positions(diff: Diff) -> list[str]:
    before, after = long_names(diff)
    if diff.empty and diff.changes:
        return [f"{_cap(before)} and {after} say the same, claim by claim and relation by relation."]
    sentences = [*headline(diff), *_ahead_and_moved(diff)]
    for word, sentence in TOLD:
        told = [change for change in diff.changes if change.change == word and change.status == "accepted"]
        if told:
            sentences.append(f"{_cap(sentence.format(before=before, after=after))}: {_named(told)}.")
    turned = [change for change in diff.changes if "turned" in change.facets and change.status == "accepted"]
    if turned:
        sentences.append(f"The same matter argues for the other side: {_named(turned)}.")
    sentences += [line for line in (_silences(diff, before=True), _silences(diff, before=False)) if line]
    if line := sensitivity_in_words(diff):
        sentences.append(line)
    matched = sum(bool(change.before and change.after and change.status == "accepted") for change in diff.changes)
    if not matched and not headline_of(diff.shifts):
        sentences.append(f"No claim of {before} has a confirmed match in {after}.")
    return sentences


def headline(diff: Diff) -> list[str]:
    """Write the first sentences: where the two stand on the first issue on which both take a position, else their theses."""
    shift = headline_of(diff.shifts)
    if shift is None:
        return _theses(diff)
    before, after = long_names(diff)
    sides = {side.id: side for side in diff.before.claims}, {side.id: side for side in diff.after.claims}
    sentences = []
    for move in shift.moves:
        left, right = sides[0].get(move.before or ""), sides[1].get(move.after or "")
        same = (
            move.from_ == move.to
            and left
            and right
            and _held(left) == _held(right)
            and left.condition == right.condition
        )
        if same and right and move.to:
            sentences.append(f"{_both(before, after, shift, move.mode, move.to, right)}.")
            continue
        for name, position, side in ((before, move.from_, left), (after, move.to, right)):
            if position:
                sentences.append(f"{_cap(name)} {_says(shift, move, position, side)}.")
    return sentences


def _theses(diff: Diff) -> list[str]:
    before, after = long_names(diff)
    if len(diff.before.thesis) == len(diff.after.thesis) == 1:
        texts = [
            next((side.text for side in end.claims if side.id in end.thesis), "") for end in (diff.before, diff.after)
        ]
        said = [f"The thesis of {before} is “{_bare(texts[0])}”; that of {after} is “{_bare(texts[1])}”."]
        ends = {*diff.before.thesis}, {*diff.after.thesis}
        for change in diff.changes:
            tied = {side.id for side in change.before} & ends[0] and {side.id for side in change.after} & ends[1]
            if tied and change.status == "accepted":
                said.append(f"Between the two the word is *{change.change}*.".replace("*", "“", 1).replace("*", "”", 1))
        return said
    if not diff.before.thesis and not diff.after.thesis:
        said = ["Neither text names a thesis"]
        said += [
            f"most of {name} is about “{_bare(text)}”"
            for name, end in zip((before, after), (diff.before, diff.after), strict=True)
            if (text := _busiest(end))
        ]
    else:
        said = [f"{_cap(before)} {_theses_of(diff.before)}", f"{after} {_theses_of(diff.after)}"]
    both = [shift for shift in diff.shifts if "none" not in (shift.before.state, shift.after.state)]
    alone = len(diff.shifts) - len(both)
    if diff.shifts:
        said_of = _and([f"“{shift.question}”" for shift in both[:3]])
        more = f" and {len(both) - 3} more" if len(both) > 3 else ""
        shared = f"both speak to {said_of}{more}" if both else "they have no question in common"
        return [
            f"{'; '.join(said)}.",
            f"{_cap(shared)}" + (f"; only one has a claim on {alone} more." if alone else "."),
        ]
    return [f"{'; '.join(said)}."]


def _theses_of(end: End) -> str:
    if not end.thesis:
        return "names no thesis"
    return f"has {len(end.thesis)} theses" if len(end.thesis) > 1 else "has one thesis"


def _busiest(end: End) -> str | None:
    """Find the statement on which most relations of a text bear; two at least."""
    bearing = Counter(relation.bears_on for relation in end.relations if relation.bears_on)
    top = max(bearing, key=bearing.__getitem__, default=None)
    return next((side.text for side in end.claims if side.id == top), None) if top and bearing[top] > 1 else None


def _ahead_and_moved(diff: Diff) -> list[str]:
    """Say what moved in the mode *is* on the other issues, and what is only planned, foreseen or called for."""
    head = headline_of(diff.shifts)
    before, after = long_names(diff)
    others = [shift for shift in diff.shifts if shift != head and moved(shift)]
    now = [(shift, move) for shift in others if (move := shift.move("is")) and move.steps]
    ahead = [shift for shift in others if moved(shift) in ("planned", "foreseen", "called for")]
    still = [shift for shift in others if moved(shift) == "kept"]
    sentences = []
    if now:
        told = [
            f"on “{shift.question}” from {_label(move.from_, shift)} to {_label(move.to, shift)}"
            for shift, move in now[:MOST]
        ]
        more = f", and on {counted(len(now) - MOST, 'further question')}" if len(now) > MOST else ""
        sentences.append(f"What the two say is so has moved {_and(told)}{more}.")
    for mode, verb in VERBS.items():
        told = [
            f"on “{shift.question}” from {_label(move.from_, shift)} to {_label(move.to, shift)}"
            for shift in others
            if (moved(shift) or "").startswith(AHEAD[mode] + " ") and (move := shift.move(mode))
        ]
        if told:
            more = f", and on {counted(len(told) - MOST, 'further question')}" if len(told) > MOST else ""
            sentences.append(f"What the two {verb} has moved {_and(told[:MOST])}{more}.")
    if ahead:
        shown = _and([f"“{shift.question}” ({moved(shift)})" for shift in ahead[:MOST]])
        more = f" and {len(ahead) - MOST} more" if len(ahead) > MOST else ""
        sentences.append(f"{_cap(after)} says what is yet to come, and not yet so, on {shown}{more}.")
    if still:
        sentences.append(f"On {counted(len(still), 'further question')} {before} and {after} stand in the same place.")
    return sentences


def _silences(diff: Diff, *, before: bool) -> str | None:
    """List the claims of one text without a match in the other, by the result of the search there."""
    names_ = long_names(diff)
    here, there = names_ if before else names_[::-1]
    alone = [change for change in diff.changes if change.counterpart and bool(change.before) == before]
    if not alone:
        return None
    over, elsewhere, unsure = (
        [change for change in alone if change.counterpart and change.counterpart.state == state]
        for state in ("passed-over", "elsewhere", "not-mapped")
    )
    parts = []
    if over:
        nearest = _named(ranked(over), most=1)
        sure = sum(bool(change.counterpart and change.counterpart.confirmed) for change in over)
        who = "as a person confirmed" if sure == len(over) else f"{sure} of these as a person confirmed" if sure else ""
        told = f"{there} passes over {len(over)} of them{f', {who}' if who else ''}"
        parts.append(f"{told} (nearest the thesis: {nearest})")
    if elsewhere:
        parts.append(
            f"it says nearly the same as {len(elsewhere)} under another issue"
            if over
            else f"{there} says nearly the same as {len(elsewhere)} of them under another issue"
        )
    if unsure:
        searched = any(change.counterpart and change.counterpart.nearest for change in unsure)
        which = f"for {len(unsure)} " if over or elsewhere else ""
        parts.append(
            f"{which}the search of its text gave no clear answer" if searched else f"{which}there is no text to search"
        )
    return f"{counted(len(alone), 'claim')} of {here} {_have(len(alone))} no match in the map of {there}: {'; '.join(parts)}."


def _revisions(diff: Diff) -> list[str]:
    if diff.empty:
        return ["Nothing changed."]
    count = diff.summary
    touched = [change for change in diff.changes if change.status == "accepted"]
    said = [counted(count[word], "claim") + f" {word}" for word in ("new", "dropped") if count.get(word)]
    main = (
        "reversed",
        "altered",
        "strengthened",
        "weakened",
        "shifted",
        "reframed",
        "realised",
        "answered",
        "conceded",
    )
    said += [f"{count[word]} {word}" for word in main if count.get(word)]
    for facet, words in WHOLE.items():
        n = sum(facet in change.facets for change in touched)
        if n:
            said.append(f"{n} {words}")
    ties = diff.relations
    sentences = [f"Of the claims, {count.get('kept', 0)} are kept."]
    if said:
        sentences.append(f"{_and(said)}.")
    if ties.dropped or ties.new:
        sentences.append(f"Relations: {ties.kept} kept, {len(ties.dropped)} dropped, {len(ties.new)} new.")
    return sentences


def _annotators(diff: Diff) -> list[str]:
    before, after = names(diff)
    count = diff.summary
    shared = sum(bool(change.before and change.after) and change.status == "accepted" for change in diff.changes)
    other = shared - count.get("kept", 0)
    ties = diff.relations
    differently = f", of which they read {other} differently" if other else ""
    alone = f"only {before} saw {count.get('dropped', 0)}, only {after} {count.get('new', 0)}"
    tied = f"{counted(ties.kept, 'relation')} {_be(ties.kept)} the same"
    return [
        f"Both saw {counted(shared, 'claim')}{differently}; {alone}.",
        f"Between claims that both saw, {tied}, {len(ties.dropped)} only in {before}, {len(ties.new)} only in {after}.",
    ]


def _both(before: str, after: str, shift: Shift, mode: Mode, position: Id, side: Side) -> str:
    kind = before.rsplit(" ", 1)[-1]
    both = (
        f"both {kind}s"
        if before.rsplit(" ", 1)[-1] == after.rsplit(" ", 1)[-1] and before.startswith("the ")
        else f"{before} and {after}"
    )
    hangs = _condition(side)
    if not shift.sentence:
        said = (
            ANSWERS[mode]
            .replace("answers", "answer")
            .replace("reports", "report")
            .replace("expects", "expect")
            .replace("calls", "call")
        )
        return _cap(f"{both} {said.format(question=_question(shift), label=_label(position, shift))}{hangs}")
    inside = _sentence(shift, mode, position)
    if mode == "is" and _held(side) == 0:
        return _cap(f"in {both} {inside}{hangs}" if both.startswith("both") else f"{both} say that {inside}{hangs}")
    verb = (
        HOLDS[mode][_held(side)]
        .replace("says", "say")
        .replace("reports", "report")
        .replace("expects", "expect")
        .replace("thinks", "think")
        .replace("holds", "hold")
        .replace("suggests", "suggest")
    )
    return _cap(f"{both} {verb} {inside}{hangs}")


def _says(shift: Shift, move: Move, position: Id, side: Side | None) -> str:
    hangs = _condition(side)
    if not shift.sentence:
        said = ANSWERS[move.mode].format(question=_question(shift), label=_label(position, shift))
        return said + (", as the words of somebody else" if side and _held(side) == 2 else "") + hangs
    held = HOLDS[move.mode][_held(side) if side else 0]
    return f"{held} {_sentence(shift, move.mode, position)}{hangs}"


def _held(side: Side) -> int:
    """Return how a text holds a claim: 0 asserted, 1 hedged, 2 reported."""
    if side.commitment == "reported":
        return 2
    return 1 if side.force == "hedged" else 0


def _sentence(shift: Shift, mode: Mode, position: Id) -> str:
    """Fill the codebook's sentence for a position, with `a` before a vowel made `an`."""
    label = _label(position, shift)
    already = position in (*shift.before.is_, *shift.after.is_)
    verb = (STAYS if already else BECOMES)[mode]
    words = (shift.sentence or "").replace("{is}", verb).replace("{label}", label)
    return words.replace(f" a {label}", f" an {label}") if label[:1].casefold() in ("a", "e", "i", "o") else words


def _condition(side: Side | None) -> str:
    if side is None or side.condition is None:
        return ""
    words = side.condition.exact
    words = words[:1].lower() + words[1:] if words[1:2].islower() or words[:2] == "I " or words[1:2] == " " else words
    return f", “{words}”" + (" (words of another sentence)" if side.condition.apart else "")


def _question(shift: Shift) -> str:
    return f"“{shift.question}”"


def _label(position: Id | None, shift: Shift) -> str:
    if position is None:
        return "no position"
    label = shift.scale[position].label if position in shift.scale else position
    return label if shift.sentence else f"“{label}”"


def _named(changes: Sequence[Change], most: int = MOST) -> str:
    """Name changes by their claims: that of before, and where the two say it otherwise that of after."""
    told = []
    for change in changes[:most]:
        left, right = (_bare(sides[0].text) if sides else "" for sides in (change.before, change.after))
        told.append(f"“{left}” → “{right}”" if left and right and left != right else f"“{left or right}”")
    more = f", and {len(changes) - most} more" if len(changes) > most else ""
    return "; ".join(told) + more


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def _cap(text: str) -> str:
    """Begin a sentence; an id stays as it is."""
    return text[:1].upper() + text[1:] if text.startswith(("the ", "both ", "in ", "what ", "they ")) else text


def _labels(positions: Iterable[Id], scale: dict[Id, Position]) -> list[str]:
    return [scale[position].label if position in scale else position for position in positions]


def _and(words: Iterable[str]) -> str:
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def _be(n: int) -> str:
    return "is" if n == 1 else "are"


def _have(n: int) -> str:
    return "has" if n == 1 else "have"
