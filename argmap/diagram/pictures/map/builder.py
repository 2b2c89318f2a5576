"""Build the picture of a map: the thesis, its reasons and attacks, and theirs.

A claim that supports two others is drawn in full under the first, nearest the thesis, and named under the second:

    ┌──────────────┐          ┌──────────────┐
    │ 3            │          │ conclusion B │
    │ the reason   │          └──▲───────────┘
    └──────────────┘             └─ see 3: the reason …

So every relation is drawn where it is read, none crosses the page, and circles do no harm. A relation from one premise
to one claim is an arrow. Where several premises belong together, or the step itself is attacked, the relation is a point
where they meet, with one arrow onward.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, get_args

from argmap.diagram.captions import Quotations, relation_words, shortened, subtitle_of, title_of, words_or_id
from argmap.diagram.layout.measure import WRAP
from argmap.diagram.layout.text import FONTS, shorten
from argmap.diagram.legend import legend_of
from argmap.diagram.model import Arrow, ArrowRole, Box, BoxRole, Diagram, Direction, Group, Text
from argmap.diagram.pictures.map import visible
from argmap.diagram.pictures.map.placement import Node, is_drawn, settle
from argmap.diagram.pictures.map.relation_index import RelationIndex
from argmap.findings import ArgmapError
from argmap.graph import Role, attack_kinds, roles
from argmap.model import AnyRelation, Claim, Map, RelationType
from argmap.text_tools import counted

Colouring = Literal["label", "strength"]
_LABEL_WORDS = {"in": "stands", "out": "does not stand", "undecided": "left open"}
Grouping = Literal["issue", "speaker", "none"]

LONG_KEY = 1000
"""A relation without an id is named by its ends; if that is longer than this, by its place in the map."""

_ROLE: dict[Role, BoxRole] = {"thesis": "thesis", "claim": "claim", "supporting point": "supporting point"}
_JOINT: dict[RelationType, ArrowRole] = {
    "support": "joint support",
    "attack": "joint attack",
    "rephrase": "joint rephrase",
}
_ORDER: dict[RelationType, int] = {"support": 0, "attack": 1, "rephrase": 2}


def _role(relation: AnyRelation) -> ArrowRole:
    return "answer" if relation.is_answer else relation.type


def of_map(
    map_: Map,
    *,
    group: Grouping = "none",
    focus: str | None = None,
    depth: int | None = None,
    direction: Direction = "down",
    quotes: bool = False,
    colour: Colouring | None = None,
) -> Diagram:
    """Build the diagram of a map.

    Parameters
    ----------
    map_
        The map.
    group
        Group claims by issue or by speaker.
    focus
        Show only claims within `depth` links of this claim (2 by default), in both directions.
    depth
        Show only this many links below the thesis; folded claims are counted.
    direction
        Where reasons are, seen from the thesis.
    quotes
        Show each claim's quotes under it.
    colour
        Evaluate the map (see `argmap.evaluate`), and show for each claim whether it stands, or its strength, by its look and in
        words.

    Returns
    -------
    Diagram
        Boxes and arrows without places.

    Raises
    ------
    ArgmapError
        If `focus` is not a claim of the map, `depth` is negative, or `colour` is unknown.
    """
    if focus is not None and focus not in map_.claims:
        raise ArgmapError(f"map {map_.id!r} has no claim {focus!r} to focus on")
    if colour not in (None, *get_args(Colouring)):
        raise ArgmapError(f"there is no colouring {colour!r}; choose label or strength")
    if depth is not None and depth < 0:
        raise ArgmapError(f"depth must be 0 or more, not {depth}")
    return _Builder(map_, group, focus, depth, quotes=quotes, colour=colour).diagram(direction)


_NOT_COUNTED = ("not counted", "not counted")


def _evaluated(map_: Map, colour: Colouring) -> dict[str, tuple[str, str]]:
    """Return the mark and the words for each claim that an evaluation of the map counts."""
    from argmap import semantics

    network = semantics.network_of(map_)
    if colour == "strength":
        strong = semantics.strengths(network).values
        return {c: (f"strength {min(int(strong[c] * 5), 4)}", f"strength {strong[c]:.2f}") for c in network.claims}
    labels = semantics.grounded(semantics.framework_of(network, explicit=True))
    names = (semantics.LABELS[n] for n in labels)
    return {c: (f"label {name}", _LABEL_WORDS[name]) for c, name in zip(network.claims, names, strict=False)}


class _Builder:
    def __init__(
        self,
        map_: Map,
        group: Grouping,
        focus: str | None,
        depth: int | None,
        *,
        quotes: bool,
        colour: Colouring | None,
    ) -> None:
        self.colour: Colouring | None = colour
        self.evaluated = _evaluated(map_, colour) if colour else {}
        self.map, self.grouping, self.focus, self.quotes = map_, group, focus, quotes
        self.index = RelationIndex(map_)
        self.roles, self.attacks, self.quotations = roles(map_), attack_kinds(map_), Quotations(map_)
        self.shown = visible.shown(self.index, focus, depth)
        self.homes = settle(self.index, self.shown, self._group_of)
        self.boxes: list[Box] = []
        self.arrows: list[Arrow] = []
        self.members: dict[str, list[str]] = defaultdict(list)

    def diagram(self, direction: Direction) -> Diagram:
        """Build all shapes in reading order: group by group, each from the top down."""
        for top in self.homes.tops:
            first = len(self.boxes)
            self._tree(top)
            self.members[self._panel_of(top)].extend(box.id for box in self.boxes[first:])
        groups = self._groups()
        place = {box_id: n for n, group in enumerate(groups) for box_id in group.boxes}
        return Diagram(
            id=self.map.id,
            kind="map",
            title=title_of(self.map),
            subtitle=subtitle_of(self.map),
            boxes=tuple(sorted(self.boxes, key=lambda box: place.get(box.id, -1))),
            arrows=tuple(self.arrows),
            groups=tuple(groups),
            legend=legend_of(self.boxes, self.arrows),
            notes=tuple(self._notes()),
            direction=direction,
        )

    def _notes(self) -> Iterator[str]:
        if hidden := len(self.map.claims) - len(self.shown):
            yield f"{hidden} of {len(self.map.claims)} claims are folded."
        if words := self.map.awaiting_in_words:
            yield f"Suggested, and not yet looked at by a person: {words}."

    # Trees

    def _tree(self, top: Node) -> None:
        """Draw a claim, or a relation without a claim, and all below it, in reading order."""
        stack: list[tuple[str, int | tuple[int, ...]]]
        if isinstance(top, str):
            at = self._claim(top)
            stack = [(at, n) for n in self._below(top)]
        else:
            target = self.index.relations[top].target
            if target in self.index.step:
                stub = self._words("again", f"the step {target}")
            else:
                stub = self._words("missing", f"not in the map: {target}" if target else "no conclusion given")
            stack = [(stub, top)]
        while stack:
            at, n = stack.pop()
            if isinstance(n, tuple):
                self._fold(n, at)
                continue
            relation, further = self.index.relations[n], self.index.into(n)
            role: ArrowRole = _role(relation)
            sources = tuple(dict.fromkeys(relation.by))
            if len(sources) != 1 or further:
                at, role = self._junction(n, at), _JOINT[relation.type]
            later: list[tuple[str, int | tuple[int, ...]]] = []
            for source in sources:
                box = self._premise(source, n)
                self._arrow(box, at, role, n)
                if box == source:
                    later = [*((box, below) for below in self._below(source)), *later]
            # Relations may target one another in a circle; the one on top is already drawn.
            onward = self._unfolded([below for below in further if below != top])
            stack.extend([*((at, below) for below in onward), *later])

    def _below(self, claim: str) -> list[int | tuple[int, ...]]:
        """Relations to draw into a claim, in reverse: reasons, then attacks, then rephrasings."""
        return self._unfolded(self.index.into(claim))

    def _unfolded(self, relations: Sequence[int]) -> list[int | tuple[int, ...]]:
        """Relations that are drawn, in reverse; before them, as one entry, those that are only counted."""
        drawn = [n for n in relations if is_drawn(self.index, self.shown, n)]
        drawn.sort(key=lambda n: _ORDER[self.index.relations[n].type])
        folded = tuple(n for n in relations if not is_drawn(self.index, self.shown, n))
        return [*([folded] if folded else []), *reversed(drawn)]

    # Boxes

    def _add(self, box: Box) -> str:
        self.boxes.append(box)
        return box.id

    def _words(self, role: BoxRole, words: str) -> str:
        """Add a box that is not a claim of this map."""
        return self._add(Box(f"{role} {len(self.boxes)}", role, (Text(words, "small"),)))

    def _premise(self, source: str, n: int) -> str:
        """Add the box of a premise: the claim in full at its home, elsewhere words that point to it."""
        if source not in self.map.claims:
            is_step = source in self.index.step
            return self._words(
                "again" if is_step else "missing", f"{'the step' if is_step else 'not in the map:'} {source}"
            )
        if source not in self.shown:
            return self._words("folded", "1 more, folded")
        if self.homes.of.get(source) == n:
            return self._claim(source)
        text = (
            Text(f"see {self.homes.numbers[source]}", "word"),
            Text(shortened(words_or_id(self.map.claims[source])), "small"),
        )
        link, hover = f"{self.map.id}/{source}", self.quotations.of(source)
        return self._add(Box(f"again {len(self.boxes)}", "again", text, claim=link, hover=hover))

    def _claim(self, claim_id: str) -> str:
        claim = self.map.claims[claim_id]
        role: BoxRole = "unstated premise" if claim.implicit else _ROLE[self.roles[claim_id]]
        word = " · ".join(self._about(claim))
        text = [Text(word, "word")] if word else []
        text.append(Text(words_or_id(claim), "thesis" if role == "thesis" else "body"))
        if claim.condition:
            text.append(Text(f"if: {self.quotations.condition(claim_id)}", "small"))
        if self.quotes:
            text.extend(Text(words, "quote") for words in self.quotations.shown(claim_id))
        marks = [
            *([self.evaluated.get(claim_id, _NOT_COUNTED)[0]] if self.colour else []),
            *(["focus"] if claim_id == self.focus else []),
            *([claim.commitment] if claim.commitment != "asserted" else []),
            *(["implicit"] if claim.implicit else []),
            *(["suggested"] if claim.status == "suggested" else []),
        ]
        link, hover = f"{self.map.id}/{claim_id}", self.quotations.of(claim_id)
        return self._add(Box(claim_id, role, tuple(text), marks=tuple(marks), claim=link, hover=hover))

    def _about(self, claim: Claim) -> Iterator[str]:
        """Words above a statement: its number, what it is, and who says it."""
        if claim.id in self.homes.numbers:
            yield str(self.homes.numbers[claim.id])
        if claim.status == "suggested":
            yield "suggested"
        if claim.id in self.map.theses:
            yield "thesis"
        if self.colour:
            yield self.evaluated.get(claim.id, _NOT_COUNTED)[1]
        if claim.implicit:
            yield "unstated premise"
        if claim.commitment != "asserted":
            yield claim.commitment
        if claim.speaker:
            speaker = self.map.speakers.get(claim.speaker)
            yield speaker.name if speaker else claim.speaker
        away = sum(1 for n in self.index.out_of(claim.id) if not is_drawn(self.index, self.shown, n))
        if away:
            yield f"leads to {away} not shown"

    def _junction(self, n: int, target: str) -> str:
        relation = self.index.relations[n]
        marks = () if relation.type == "support" else (f"junction {relation.type}",)
        what = "together" if len(relation.by) > 1 else "this step"
        words = relation_words(relation, self.attacks)
        point = self._add(
            Box(f"junction {len(self.boxes)}", "junction", marks=marks, hover=f"{what}: {words}" if words else what)
        )
        self._arrow(point, target, _role(relation), n)
        return point

    def _fold(self, relations: Sequence[int], at: str) -> None:
        """Count the claims that some relations would add."""
        hidden: dict[str, None] = {}
        queue = deque(source for n in relations for source in self.index.relations[n].by)
        while queue:
            source = queue.popleft()
            if source in self.map.claims and source not in self.shown and source not in hidden:
                hidden[source] = None
                queue.extend(further for n in self.index.under(source) for further in self.index.relations[n].by)
        if hidden:
            stub = self._words("folded", f"+ {counted(len(hidden), 'claim')} folded")
            self.arrows.append(Arrow(f"arrow {len(self.arrows)}", stub, at, "folded"))

    def _arrow(self, source: str, target: str, role: ArrowRole, n: int) -> None:
        relation = self.index.relations[n]
        words = relation_words(relation, self.attacks) if role == _role(relation) else ""
        self.arrows.append(
            Arrow(
                f"arrow {len(self.arrows)}",
                source,
                target,
                role,
                label=shorten(words, FONTS["label"], WRAP) or None,
                relation=f"{self.map.id}/{relation.key if len(relation.key) <= LONG_KEY else n}",
                hover=f"{_role(relation)}: “{relation.cue}”" if relation.cue else None,
                suggested=relation.status == "suggested",
            )
        )

    # Groups

    def _group_of(self, claim: str) -> str | None:
        """Issue or speaker of a claim, by which it is grouped; empty if it has none."""
        known = self.map.claims[claim]
        if self.grouping == "none":
            return None
        return (known.issue if self.grouping == "issue" else known.speaker) or ""

    def _panel_of(self, top: Node) -> str:
        if isinstance(top, str):
            return self._group_of(top) or ""
        claims = [source for source in self.index.relations[top].by if source in self.map.claims]
        return (self._group_of(claims[0]) or "") if claims else ""

    def _groups(self) -> list[Group]:
        if self.grouping == "none":
            tied = {end for arrow in self.arrows for end in (arrow.source, arrow.target)}
            loose = [box.id for box in self.boxes if box.id not in tied and box.role != "thesis"]
            adrift = [box_id for box_id in loose if not self.index.out_of(box_id)]
            return [Group("adrift", "Not linked to any other claim", tuple(adrift))] if tied and adrift else []
        names = dict(self._names())
        names |= {key: key for key in self.members if key not in names}
        headline = next(iter(self.map.issues), None) if self.grouping == "issue" else None
        return [
            Group(f"{self.grouping} {key}", name, tuple(self.members[key]), headline=key == headline)
            for key, name in names.items()
            if self.members[key]
        ]

    def _names(self) -> Iterable[tuple[str, str]]:
        """Groups in their order with their titles."""
        if self.grouping == "issue":
            yield from ((key, issue.label or issue.question) for key, issue in self.map.issues.items())
            yield "", "No issue given"
        else:
            author = next((source.author for source in self.map.sources.values() if source.author), None)
            yield "", author or "Nobody named"
            yield from ((key, speaker.name) for key, speaker in self.map.speakers.items())
