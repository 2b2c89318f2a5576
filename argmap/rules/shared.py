"""Rules about what maps share: the issues of a codebook, and the alignment of two maps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from argmap.alignment_checks import Side, repeats, unknown_ids
from argmap.findings import ArgmapError
from argmap.model import Alignment, Issue, Map
from argmap.rules.examined import times
from argmap.rules.rule import Problem, rule
from argmap.text_tools import did_you_mean

Issues = Mapping[str, Issue]


@rule("short-scale", "warning")
def short_scale(issues: Issues) -> Iterator[Problem]:
    """A scale with a single position.

    No text can move on it. For a yes-or-no issue, give both ends.

        standing: {question: …, scale: {junior: junior partner}}
    """
    for issue_id, issue in issues.items():
        if len(issue.scale) == 1:
            message = f'the scale of "{issue_id}" has one position only.'
            yield Problem(
                message, ("issues", issue_id, "scale"), "Add what lies beyond it, or leave the scale out.", key=True
            )


@rule("same-label", "warning")
def same_label(issues: Issues) -> Iterator[Problem]:
    """Two positions of one scale with the same label, or two issues with the same question.

    Readers cannot tell them apart.

        scale: {junior: partner, equal: partner}
    """
    questions: dict[str, str] = {}
    for issue_id, issue in issues.items():
        words = _folded(issue.question)
        if words in questions:
            message = f'issue "{issue_id}" asks the same as "{questions[words]}".'
            yield Problem(message, ("issues", issue_id, "question"), "Make them one, or tell them apart.")
        questions.setdefault(words, issue_id)
        labels: dict[str, str] = {}
        for position, step in issue.scale.items():
            label = _folded(step.label)
            if label in labels:
                message = f'position "{position}" reads the same as "{labels[label]}".'
                yield Problem(message, ("issues", issue_id, "scale", position, "label"), "Give it another label.")
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
    """An id in an alignment that the map does not have.

    The diff would have to leave out the correspondence. The usual reason is a claim that was renamed in the map.

        before: 1996.yaml
        correspondences: [{before: unequal-partner, after: near-equals}]     # 1996 has unequal-partners
    """
    sides: tuple[tuple[Side, Map | None], ...] = (("before", aligned.before), ("after", aligned.after))
    for side, map_ in sides:
        if map_ is None:
            continue
        file = getattr(aligned.alignment, side)
        for claim_id, paths in unknown_ids(aligned.alignment, side, map_.claims).items():
            hint = did_you_mean(claim_id, map_.claims, "Name a claim of that map.")
            yield Problem(f'{file} has no claim "{claim_id}"{times(len(paths))}.', paths[0], hint)


@rule("decided-twice", "error")
def decided_twice(aligned: Aligned) -> Iterator[Problem]:
    """Two claims matched twice, or a claim that is both matched and passed over.

    It is not clear which decision counts.

        correspondences: [{before: trust, after: shared-values}]
        silent: {before: [trust], after: []}
    """
    for repeat in repeats(aligned.alignment):
        yield Problem(repeat.message, repeat.at, "Keep one of the two.", key=repeat.at[0] == "correspondences")


@rule("impossible-change", "error")
def impossible_change(aligned: Aligned) -> Iterator[Problem]:
    """A change word that does not fit its correspondence.

    `dropped` has no claim after, `new` has none before, and every other word needs both.

        - {before: trust, after: shared-values, change: dropped}
    """
    for n, correspondence in enumerate(aligned.alignment.correspondences):
        has = bool(correspondence.before), bool(correspondence.after)
        here, word = ("correspondences", n), correspondence.change or ""
        wanted = {"dropped": (True, False), "new": (False, True), "": has, "open": (True, has[1])}.get(
            word, (True, True)
        )
        if has == (False, False):
            message = "this correspondence has no claims."
            yield Problem(message, here, "Name the claims that match, or remove it.", key=True)
        elif has != wanted:
            message = f'"{word}" needs {_SIDES[wanted]}.'
            yield Problem(message, (*here, "change"), "Choose another word, or mend the sides.")


_SIDES = {
    (True, False): "something before and nothing after",
    (False, True): "nothing before and something after",
    (True, True): "something before and something after",
}


@rule("reading-out-of-date", "warning")
def reading_out_of_date(aligned: Aligned) -> Iterator[Problem]:
    """Words that a language model found in the other text, which do not stand there now.

    The diff leaves such an answer out, and searches instead. The usual reason is a text that was changed.

        read: {by: a model, before: {trust: words that are gone}}
    """
    from argmap.diff.silence.reading import out_of_date

    if aligned.before is None or aligned.after is None:
        return
    for side, claim_id, reason in out_of_date(aligned.before, aligned.after, aligned.alignment):
        hint = "Remove the line, and let the model read again: `argmap align --model`."
        yield Problem(f'"{claim_id}": {reason}.', ("read", side, claim_id), hint)


@rule("word-against-rule", "warning")
def word_against_rule(aligned: Aligned) -> Iterator[Problem]:
    """A change word of the analyst that the table of change words contradicts.

    The analyst's word wins in every diff. Readers can look the table up, though, and a pair called *kept* whose words say the
    opposite misleads them. Write the reason into `because:`, take the table's word, or leave `change:` out.

        - {before: ratified, after: not-ratified, change: kept}     # the table says reversed: negation added: not
    """
    from argmap.diff.classify.against_table import words_against_table

    if aligned.before is None or aligned.after is None:
        return
    try:
        found = list(words_against_table(aligned.before, aligned.after, aligned.alignment))
    except ArgmapError:
        return  # other rules report what is wrong
    for each in found:
        signals = "; ".join(signal.text for signal in each.substance.signals)
        differs = f", since the words differ: {signals}" if each.substance.verdict == "differs" else ""
        message = (
            f'"{each.word}" is the analyst\'s word; the table says "{each.rule.word}" ({each.rule.name}){differs}.'
        )
        hint = "Take the table's word, leave `change:` out, or say in `because:` why yours is right."
        yield Problem(message, ("correspondences", each.entry, "change"), hint)
