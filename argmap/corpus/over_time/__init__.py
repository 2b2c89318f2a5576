"""Tell where dated texts stand on an issue over time, mode by mode; who moved; and change points, with the sentences behind each.

    tables ─ gather ─▶ points ─ breaks ─▶ change points ─┬─ words   the terminal
                                                         ├─ plot    SVG, PNG, PDF
                                                         └─ page    HTML: the plot, and every quote

Like is compared with like: what texts say is, plan, expect and demand are four series. A scale is ordinal, so positions are named
and never averaged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from argmap.corpus.over_time import breaks
from argmap.corpus.over_time.gather import Gathered, gather
from argmap.corpus.over_time.model import By, ChangePoint, Method, Move, Note, Period, Point, Series, Text, Trends
from argmap.corpus.query import Corpus
from argmap.model import MODES, Id, Mode

__all__ = ["By", "ChangePoint", "Method", "Move", "Note", "Period", "Point", "Series", "Text", "Trends", "trends"]

Progress = Callable[[int, int], None]
Placed = tuple[int, Point]
"""A point with its place among all points."""


def trends(
    corpus: Corpus,
    issue: Id,
    *,
    by: By = "author",
    suggested: bool = False,
    shuffles: int = breaks.SHUFFLES,
    progress: Progress | None = None,
) -> Trends:
    """Tell where the texts of a corpus stand on an issue over time, who moved, and where positions change.

    Parameters
    ----------
    corpus
        An open corpus of dated maps that share a codebook.
    issue
        Id of an issue with a scale.
    by
        `author` takes the authors' own positions, `speaker` those of the speakers whom the texts report.
    suggested
        Count drafted claims that no person has reviewed, too.
    shuffles
        Number of shuffled orders that each change point is held against.
    progress
        Called with the number of orders that one search has tried, and of all that it tries.

    Returns
    -------
    Trends
        Texts, points, series, movers, and notes on what was left out. In Jupyter it shows its plot.

    Raises
    ------
    ArgmapError
        If no map has the issue, it has no scale, or there are texts enough and ruptures is not installed.

    Notes
    -----
    The method and its sources are in `argmap.corpus.over_time.breaks`.
    """
    found = gather(corpus, issue, by, suggested)
    placed = list(enumerate(found.points))
    in_mode = {mode: [each for each in placed if each[1].mode == mode] for mode in MODES}
    return Trends(
        corpus=str(corpus.path),
        issue=issue,
        question=found.scale.question,
        label=found.scale.label,
        scale=found.scale.positions,
        by=by,
        texts=tuple(found.texts),
        points=tuple(found.points),
        series=tuple(_series(mode, own, found, shuffles, progress) for mode, own in in_mode.items() if own),
        movers=tuple(move for own in in_mode.values() for move in _movers(own, found)),
        notes=tuple(found.notes),
        method=Method(
            least_texts=breaks.LEAST_TEXTS,
            least_side=breaks.LEAST_SIDE,
            shuffles=shuffles,
            level=breaks.LEVEL,
            seed=breaks.SEED,
        ),
    )


def _series(mode: Mode, own: Sequence[Placed], found: Gathered, shuffles: int, progress: Progress | None) -> Series:
    points = [point for _, point in own]
    dates = [found.days[point.map] for point in points]
    result = breaks.find(
        [p.step for p in points], dates, [_one_name(p.voice) for p in points], shuffles=shuffles, progress=progress
    )
    bounds = [0, *(split.at for split in result.splits), len(own)]
    stretches = [own[start:end] for start, end in pairwise(bounds)]
    changes = [
        _change(split, before, after, found)
        for split, (before, after) in zip(result.splits, pairwise(stretches), strict=True)
    ]
    if result.verdict == "drift":  # three parts, to tell from where to where
        third = len(own) // 3
        stretches, changes = [own[:third], own[third:-third], own[-third:]], []
    return Series(
        mode=mode,
        texts=len(own),
        verdict=result.verdict,
        p=result.p,
        p_within=result.p_within,
        bic_steps=result.bic_steps,
        bic_line=result.bic_line,
        periods=tuple(_period(each, list(found.scale.positions)) for each in stretches),
        change_points=tuple(changes),
    )


def _period(own: Sequence[Placed], scale: Sequence[Id]) -> Period:
    points = [point for _, point in own]
    steps = sorted(point.step for point in points)
    middle = dict.fromkeys((steps[(len(steps) - 1) // 2], steps[len(steps) // 2]))
    counts = Counter(point.position for point in points)
    return Period(
        first=points[0].date,
        last=points[-1].date,
        texts=len(points),
        positions={position: counts[position] for position in scale if position in counts},
        median=tuple(scale[step] for step in middle),
        conditional=sum(point.condition is not None for point in points),
    )


def _change(split: breaks.Split, before: Sequence[Placed], after: Sequence[Placed], found: Gathered) -> ChangePoint:
    sides = _by_voice(before), _by_voice(after)
    moves, stayed = [], []
    for voice in (name for name in sides[0] if name in sides[1]):
        (last, was), (first, now) = _typical(sides[0][voice])[-1], _typical(sides[1][voice])[0]
        if was.step == now.step:
            stayed.append(voice)
        else:
            moves.append(Move(voice=voice, mode=was.mode, from_=was.position, to=now.position, path=(last, first)))
    return ChangePoint(
        last_before=max((point for _, point in before), key=lambda point: found.days[point.map].last).date,
        first_after=after[0][1].date,
        p=split.p,
        p_within=split.p_within,
        moves=tuple(moves),
        stayed=tuple(stayed),
        only_before=tuple(name for name in sides[0] if name not in sides[1]),
        only_after=tuple(name for name in sides[1] if name not in sides[0]),
    )


def _typical(own: Sequence[Placed]) -> list[Placed]:
    """Return the texts of one person at the middle of their positions, the lower of two."""
    steps = sorted(point.step for _, point in own)
    return [each for each in own if each[1].step == steps[(len(steps) - 1) // 2]]


def _by_voice(own: Sequence[Placed]) -> dict[str, list[Placed]]:
    """Gather the points of each person who is named; names that differ in case or blanks only are one."""
    names: dict[str, str] = {}
    found: dict[str, list[Placed]] = {}
    for n, point in own:
        if point.voice:
            name = names.setdefault(_one_name(point.voice), point.voice)
            found.setdefault(name, []).append((n, point))
    return found


def _one_name(voice: str | None) -> str:
    return " ".join((voice or "").casefold().split())


def _movers(own: Sequence[Placed], found: Gathered) -> list[Move]:
    """Follow each person with two or more texts: those who moved first, and of them the straightest way."""
    moves = []
    for voice, points in _by_voice(own).items():
        if len(points) < 2:
            continue
        steps = [(a, b) for a, b in pairwise(points) if a[1].step != b[1].step]
        path = [points[0], *(now for _, now in steps)]
        ordered = all(found.days[a.map].last < found.days[b.map].first for (_, a), (_, b) in steps)
        moves.append(
            Move(
                voice=voice,
                mode=points[0][1].mode,
                from_=points[0][1].position,
                to=points[-1][1].position,
                path=tuple(n for n, _ in path),
                ordered=ordered,
            )
        )
    return sorted(moves, key=lambda move: (not move.moved, move.from_ == move.to, len(move.path)))
