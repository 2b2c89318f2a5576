"""The values of a trend. They are frozen, and are the JSON that argmap prints.

Trends ─┬─ texts:   Text     each text with its date, and whether it takes a position
        ├─ points:  Point    one a text and mode: the position, the claim that takes it, and its quotes
        ├─ series:  Series   one a mode: the result of the search for change points, with the ChangePoints
        ├─ movers:  Move     one a person and mode: the positions over time
        └─ notes:   Note     what was left out, and why
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, Field

from argmap.diff.model import QuoteAt
from argmap.findings import ArgmapError
from argmap.model import Commitment, Force, FrozenDict, Id, Kind, Mode, Position, Value

if TYPE_CHECKING:
    from argmap.corpus.over_time.plot import PlotFormat
    from argmap.diagram.drawing import Drawing
    from argmap.diagram.theme import ThemeName

By = Literal["author", "speaker"]
Verdict = Literal["too few", "too coarse", "one position", "none", "break", "drift", "break or drift"]
"""`too few` texts to look for a change; dates `too coarse` to divide the texts; all texts take `one position`; `none` found beyond
chance; a `break`; a slow `drift`; or a change of which the texts do not tell which of the two it is."""
Counts = Annotated[dict[Id, int], AfterValidator(FrozenDict)]


class Text(Value):
    """A text of the corpus that was read with the issue in mind."""

    map: str
    """Path of its map in the corpus."""
    title: str | None = None
    date: str
    """ISO 8601, as precise as it is known."""
    author: str | None = None
    state: Literal["none", "no-position", "position"]
    """`none`: no claim on the issue. `no-position`: claims, and none that takes a position of its own. `position`: at least one does."""


class Point(Value):
    """The position of one text in one mode: the claim that counts, with its words."""

    map: str
    date: str
    voice: str | None = None
    """The author, or the speaker who takes the position."""
    mode: Mode
    position: Id
    step: int
    """Place of the position on the scale, from 0."""
    claim: Id
    text: str
    kind: Kind
    commitment: Commitment
    force: Force
    condition: str | None = None
    """The words that it hangs on."""
    quotes: tuple[QuoteAt, ...] = ()
    also: tuple[Id, ...] = ()
    """Other positions of the same text in the same mode, which do not count."""


class Period(Value):
    """The texts between two change points; of a drift, a third of the texts."""

    first: str
    """Date of its first text."""
    last: str
    texts: int
    positions: Counts = FrozenDict()
    """Number of texts at each position that is taken, in the order of the scale."""
    median: tuple[Id, ...] = ()
    """The position of the text in the middle; two where the middle lies between two texts that differ."""
    conditional: int = 0
    """Number of its texts whose position hangs on a condition."""


class Move(Value):
    """The positions of one person in one mode, in the order of the dates."""

    voice: str
    mode: Mode
    from_: Id = Field(alias="from")
    to: Id
    path: tuple[int, ...]
    """Places in `points`: the first text, each text with another position than the one before it, and at a change point just the two
    that show the change."""
    ordered: bool = True
    """The dates are precise enough to tell the order of the texts."""

    @property
    def moved(self) -> bool:
        """Tell whether there is another position somewhere on the way."""
        return len(self.path) > 1


class ChangePoint(Value):
    """A place in the order of the texts where positions change more than chance would have it."""

    last_before: str
    """Date of the last text before it."""
    first_after: str
    p: float
    """Share of shuffled orders of the texts around it that have as good a division."""
    p_within: float | None = None
    """The same when each person's positions are turned round in time; `None` if nobody has texts on both sides. A large value says
    that the change may lie in who writes, or in one person."""
    moves: tuple[Move, ...] = ()
    """Persons whose middle position differs between the periods before and after, with a text from each."""
    stayed: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    """Persons who have texts before and none after."""
    only_after: tuple[str, ...] = ()


class Series(Value):
    """All texts in one mode, and the result of the search for change points in them."""

    mode: Mode
    texts: int
    verdict: Verdict
    p: float | None = None
    """That of the best division of all texts; `None` if no division was looked for."""
    p_within: float | None = None
    """The same when each person's positions are turned round in time."""
    bic_steps: float | None = None
    """Fit of steps at the change points (BIC; less is better)."""
    bic_line: float | None = None
    """Fit of a line over the dates."""
    periods: tuple[Period, ...] = ()
    change_points: tuple[ChangePoint, ...] = ()


class Method(Value):
    """The settings of the search for change points."""

    least_texts: int
    least_side: int
    shuffles: int
    level: float
    """A division counts if at most this share of shuffles has as good a one."""
    seed: int


class Note(Value):
    """Something that was left out or that a reader has to know."""

    rule: str
    message: str
    maps: tuple[str, ...] = ()


class Trends(Value):
    """The positions of the texts of a corpus on one issue over time."""

    format: Literal["argmap-trends/1"] = "argmap-trends/1"
    corpus: str
    issue: Id
    question: str
    label: str | None = None
    scale: Annotated[dict[Id, Position], AfterValidator(FrozenDict)]
    """The positions in their order."""
    by: By
    """The positions are the authors', or those of the speakers whom the texts report."""
    texts: tuple[Text, ...] = ()
    """In the order of their dates."""
    points: tuple[Point, ...] = ()
    """In the order of their dates."""
    series: tuple[Series, ...] = ()
    movers: tuple[Move, ...] = ()
    """Persons with two or more texts in one mode."""
    notes: tuple[Note, ...] = ()
    method: Method

    def label_of(self, position: Id) -> str:
        """Return the codebook's words for a position."""
        return self.scale[position].label if position in self.scale else position

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        yield "issue", self.issue
        yield "texts", len(self.texts)
        yield from ((each.mode, each.verdict) for each in self.series)

    def __str__(self) -> str:
        from argmap.corpus.over_time.words import lines

        return "\n".join(lines(self))

    def plot(self, format: PlotFormat = "svg", *, width: int = 1000, theme: ThemeName = "light") -> Drawing:  # noqa: A002 - as `argmap.draw`
        """Plot it as svg, png, pdf or html; see `argmap.corpus.over_time.plot.plot`."""
        from argmap.corpus.over_time.plot import plot

        return plot(self, format, width=width, theme=theme)

    def _repr_svg_(self) -> str:
        return self.plot().decode()

    def _repr_html_(self) -> str | None:
        return self.plot("html")._repr_html_()

    def _repr_mimebundle_(self, **_wanted: object) -> dict[str, str]:
        """Give the page, the plot and the words; a notebook chooses. Without Matplotlib, the words alone."""
        told = {"text/plain": str(self)}
        try:
            return {"text/html": self._repr_html_() or "", "image/svg+xml": self._repr_svg_(), **told}
        except ArgmapError:
            return told
