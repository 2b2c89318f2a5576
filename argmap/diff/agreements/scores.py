"""Score the maps of a miner against gold ones: precision, recall and F1.

    gold   [Claim     ]◂─support─[Premise  ]         claims      the stretch of text
    pred   [Claim       ]◂─attack─[Claim   ]         labels      the stretch and its label
                                                     relations   both ends and the type, each premise by itself
                                                     ends        both ends, of whatever type

Claims match one to one under each of three rules, without regard to spaces and labels; where several stand in one place, those
of one label match. Relations match if their ends do; on relations, if the ends of these do. Counts of all texts are added (micro);
macro is the mean over labels or types that occur in either. As in scikit-learn and seqeval, a share of nothing is 0.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator

from argmap.diff.agreements.model import RULES, Rule
from argmap.diff.agreements.pairing import Coder, Pairing, edges
from argmap.diff.agreements.render import number
from argmap.diff.map_index import MapIndex
from argmap.findings import ArgmapError
from argmap.model import FrozenDict, Map, Value, replace

NONE = "(none)"
"""In a confusion table: no counterpart on that side."""
_frozen = AfterValidator(FrozenDict)
Counts = dict[str, Counter[tuple[str, str]]]
"""For each part, the number of things by gold and predicted label; `NONE` where one side has nothing."""


class Score(Value):
    """Precision, recall and F1, and what they are computed from."""

    precision: float | None
    recall: float | None
    f1: float | None
    gold: int
    """Things in the gold maps."""
    predicted: int
    matched: int


class Average(Value):
    """The mean of the scores of several labels."""

    precision: float | None
    recall: float | None
    f1: float | None
    labels: int
    """Number of labels."""


class Part(Value):
    """Scores of labels or of relations."""

    micro: Score
    macro: Average
    each: Annotated[dict[str, Score], _frozen] = FrozenDict()
    """By label or type."""
    confusion: Annotated[dict[str, dict[str, int]], _frozen] = FrozenDict()
    """By gold label and then predicted label; `(none)` for what one side lacks."""


class Scored(Value):
    """All scores under one rule."""

    says: str
    """The rule by which claims match."""
    claims: Score
    labels: Part
    relations: Part
    ends: Score


Scoreds = Annotated[dict[str, Scored], _frozen]


class ScoredText(Value):
    """The scores of one text."""

    name: str
    rules: Scoreds


class Scores(Value):
    """The scores of one text or of many."""

    format: Literal["argmap-score/1"] = "argmap-score/1"
    texts: int
    only: tuple[str, ...] = ()
    """Labels of the claims that are counted; all when empty."""
    rules: Scoreds
    each: tuple[ScoredText, ...] = ()
    """Each text, where there are several."""
    unpredicted: tuple[str, ...] = ()
    """Gold texts without a prediction, counted as nothing predicted."""
    unasked: tuple[str, ...] = ()
    """Predicted texts that have no gold map, left out."""


def score(gold: Map | Mapping[str, Map], pred: Map | Mapping[str, Map], *, only: Collection[str] = ()) -> Scores:
    """Score a miner's maps against gold ones.

    Parameters
    ----------
    gold, pred
        A map, or maps by the names of their texts. Gold texts without a prediction count as nothing predicted.
    only
        Labels of the claims to count, with the relations between them; all when left out.

    Returns
    -------
    Scores
        For each of the rules `exact`, `half` and `argmap`: claims, labels, relations, and the ends of relations.

    Raises
    ------
    ArgmapError
        When one is a map and the other holds several, or no gold text is predicted.
    """
    if isinstance(gold, Map) != isinstance(pred, Map):
        raise ArgmapError("score a map against a map, or several against several")
    golds = {"": gold} if isinstance(gold, Map) else gold
    preds = {"": pred} if isinstance(pred, Map) else pred
    if not golds.keys() & preds.keys():
        raise ArgmapError(f"no prediction has the name of a gold map, such as {', '.join(sorted(golds)[:3])}")
    texts = {name: _counted(golds[name], preds.get(name), frozenset(only)) for name in sorted(golds)}
    total = {
        rule: {part: sum((text[rule][part] for text in texts.values()), Counter()) for part in _PARTS} for rule in RULES
    }
    return Scores(
        texts=len(texts),
        only=tuple(sorted(only)),
        rules=_scored(total),
        each=tuple(ScoredText(name=name, rules=_scored(counts)) for name, counts in texts.items())
        if len(texts) > 1
        else (),
        unpredicted=tuple(sorted(golds.keys() - preds.keys())),
        unasked=tuple(sorted(preds.keys() - golds.keys())),
    )


def together(maps: Mapping[str, Map]) -> Map:
    """Make one map of several, each with its own texts, to compare them with a file that holds many texts."""
    fields: dict[str, Any] = {"id": "all", "sources": {}, "speakers": {}, "claims": {}, "relations": [], "thesis": []}
    for n, map_ in enumerate(maps.values(), 1):
        new = f"{n}.{{}}".format
        fields["sources"].update({new(name): source for name, source in map_.sources.items()})
        fields["speakers"].update({new(name): speaker for name, speaker in map_.speakers.items()})
        fields["thesis"] += [new(claim_id) for claim_id in map_.theses]
        for claim_id, claim in map_.claims.items():
            quotes = [replace(quote, source=new(of[0])) for quote in claim.quotes if (of := map_.source_of(quote))]
            changes = {"id": new(claim_id), "quotes": quotes, "speaker": new(claim.speaker) if claim.speaker else None}
            fields["claims"][new(claim_id)] = {**dict(claim), **changes}
        for relation in map_.relations:
            ends = {
                "by": [new(end) for end in relation.by],
                "target": new(relation.target) if relation.target else None,
            }
            fields["relations"].append(replace(relation, id=new(relation.id) if relation.id else None, **ends))
    return Map.model_validate({**fields, "thesis": tuple(fields["thesis"])})


_PARTS = ("claims", "labels", "relations", "ends")


def _counted(gold: Map, pred: Map | None, only: frozenset[str]) -> dict[Rule, Counts]:
    """Count what one text has on either side, under each rule."""
    other = pred or Map(id=gold.id, sources=gold.sources)
    left, right = (Coder(MapIndex(map_), only, spaceless=True) for map_ in (gold, other))
    return {rule: _under(Pairing(left, right, rule)) for rule in RULES}


def _under(found: Pairing) -> Counts:
    mine, yours = found.left.labels, found.right.labels
    labels = Counter((mine[b], yours[a]) for b, a in found.pairs)
    missed = set(found.left.claims) - {b for b, _ in found.pairs}
    spurious = set(found.right.claims) - {a for _, a in found.pairs}
    labels.update((mine[b], NONE) for b in missed)
    labels.update((NONE, yours[a]) for a in spurious)
    claims = Counter(
        {("claim", "claim"): len(found.pairs), ("claim", NONE): len(missed), (NONE, "claim"): len(spurious)}
    )
    left, right = edges(found, everything=True).typed
    ends = {edge[:2] for edge in left}, {edge[:2] for edge in right}
    return {
        "claims": claims,
        "labels": labels,
        "relations": _typed(left, right),
        "ends": Counter(
            {
                ("relation", "relation"): len(ends[0] & ends[1]),
                ("relation", NONE): len(ends[0] - ends[1]),
                (NONE, "relation"): len(ends[1] - ends[0]),
            }
        ),
    }


def _typed(left: Iterable[tuple[Any, Any, str]], right: Iterable[tuple[Any, Any, str]]) -> Counter[tuple[str, str]]:
    """Count relations by type: those of one type between the same ends first, then those of another type, then those alone."""
    gold, pred = set(left), set(right)
    counts = Counter((edge[2], edge[2]) for edge in gold & pred)
    spare: dict[tuple[Any, Any], list[str]] = {}
    for source, target, type_ in sorted(pred - gold, key=lambda edge: edge[2]):
        spare.setdefault((source, target), []).append(type_)
    for source, target, type_ in sorted(gold - pred, key=lambda edge: edge[2]):
        others = spare.get((source, target))
        counts[type_, others.pop(0) if others else NONE] += 1
    counts.update((NONE, type_) for others in spare.values() for type_ in others)
    return counts


def _scored(counts: Mapping[Rule, Counts]) -> dict[str, Scored]:
    return {
        rule: Scored(
            says=RULES[rule],
            claims=_score(each["claims"]),
            labels=_part(each["labels"]),
            relations=_part(each["relations"]),
            ends=_score(each["ends"]),
        )
        for rule, each in counts.items()
    }


def _score(counts: Mapping[tuple[str, str], int], label: str | None = None) -> Score:
    """Compute the score of one label, or of all together."""

    def total(wanted: Callable[[str, str], bool]) -> int:
        return sum(n for pair, n in counts.items() if wanted(*pair))

    gold = total(lambda mine, _: mine != NONE if label is None else mine == label)
    predicted = total(lambda _, yours: yours != NONE if label is None else yours == label)
    matched = total(lambda mine, yours: mine == yours and label in (None, mine))
    return Score(
        precision=_share(matched, predicted, gold),
        recall=_share(matched, gold, predicted),
        f1=2 * matched / (gold + predicted) if gold + predicted else None,
        gold=gold,
        predicted=predicted,
        matched=matched,
    )


def _share(part: int, whole: int, other: int) -> float | None:
    return part / whole if whole else 0.0 if other else None


def _part(counts: Mapping[tuple[str, str], int]) -> Part:
    names = sorted({name for pair, n in counts.items() if n for name in pair} - {NONE})
    each = {name: _score(counts, name) for name in names}

    def mean(values: Iterable[float | None]) -> float | None:
        return sum(value or 0 for value in values) / len(names) if names else None

    rows = sorted({mine for (mine, _), n in counts.items() if n}, key=lambda name: (name == NONE, name))
    return Part(
        micro=_score(counts),
        macro=Average(
            precision=mean(one.precision for one in each.values()),
            recall=mean(one.recall for one in each.values()),
            f1=mean(one.f1 for one in each.values()),
            labels=len(names),
        ),
        each=each,
        confusion={
            row: {yours: counts[row, yours] for yours in (*names, NONE) if counts.get((row, yours))} for row in rows
        },
    )


# --- showing --------------------------------------------------------------------------------------------------------


def as_text(found: Scores) -> str:
    """Write the scores as tables."""
    lines = [f"{found.texts} {'text' if found.texts == 1 else 'texts'}; micro: counts of all texts added"]
    lines += [f"only claims labelled {', '.join(found.only)}"] if found.only else []
    for rule, scored in found.rules.items():
        lines += ["", f"{rule}: {scored.says}", f"  {'':<28}  precision  recall     F1    gold  predicted  matched"]
        for part, label, each in _rows(scored):
            counts = (each.gold, each.predicted, each.matched) if isinstance(each, Score) else ("", "", "")
            shares = (number(each.precision), number(each.recall), number(each.f1))
            lines.append(
                "  {:<28}  {:>9}  {:>6}  {:>5}  {:>6}  {:>9}  {:>7}".format(
                    f"{part} {label}".strip(), *shares, *counts
                ).rstrip()
            )
        for title, table in (("label", scored.labels.confusion), ("relation", scored.relations.confusion)):
            lines += _confusion(title, table)
    lines += [f"not predicted: {name}" for name in found.unpredicted]
    lines += [f"no gold map, left out: {name}" for name in found.unasked]
    return "\n".join(lines) + "\n"


def as_csv(found: Scores) -> str:
    """Write a row for each text, rule, part and label; the row of all texts together comes first."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("text", "rule", "part", "label", "precision", "recall", "f1", "gold", "predicted", "matched"))
    for name, rules in (("(all)", found.rules), *((each.name, each.rules) for each in found.each)):
        for rule, scored in rules.items():
            for part, label, each in _rows(scored):
                counts = (each.gold, each.predicted, each.matched) if isinstance(each, Score) else ("", "", "")
                cells = (each.precision, each.recall, each.f1, *counts)
                table.writerow((name, rule, part, label, *("" if cell is None else cell for cell in cells)))
            for title, confused in (("label confusion", scored.labels), ("relation confusion", scored.relations)):
                for gold, row in confused.confusion.items():
                    for pred, n in row.items():
                        table.writerow((name, rule, title, f"{gold} → {pred}", "", "", "", "", "", n))
    return out.getvalue()


def _rows(scored: Scored) -> Iterable[tuple[str, str, Score | Average]]:
    yield "claims", "", scored.claims
    for name, part in (("labels", scored.labels), ("relations", scored.relations)):
        yield name, "(micro)", part.micro
        yield name, "(macro)", part.macro
        for label, each in part.each.items():
            yield name, label, each
    yield "ends", "", scored.ends


def _confusion(title: str, table: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Write a confusion table: gold labels down, predicted ones across."""
    if not table:
        return []
    across = sorted({name for row in table.values() for name in row}, key=lambda name: (name == NONE, name))
    width = max(len(name) for name in (*table, f"gold {title}"))
    lines = ["", f"  {f'gold {title}':<{width}}  {'  '.join(across)}  ← predicted"]
    for name, row in table.items():
        cells = "  ".join(f"{row.get(other, 0):>{len(other)}}" for other in across)
        lines.append(f"  {name:<{width}}  {cells}")
    return lines
