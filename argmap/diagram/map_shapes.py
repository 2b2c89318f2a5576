"""A map as a diagram: the thesis, what speaks for and against it, and what speaks for that.

A claim that serves in two places stands in full in the first, nearest the thesis, and is pointed to in the second:

    ┌──────────────┐          ┌──────────────┐
    │ 3            │          │ conclusion B │
    │ the reason   │          └──▲───────────┘
    └──────────────┘             └─ see 3: the reason …

so that every relation is drawn where it is read, none crosses the page, and no cycle can tangle the picture.
Relations that tie one premise to one claim are plain arrows; where several premises are needed together, or
something attacks the step itself, the relation is a point that they meet in, with one arrow onward.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from argmap.diagram.measure import WRAP
from argmap.diagram.shapes import Arrow, ArrowRole, Box, BoxRole, Diagram, Direction, Group, Key, Text
from argmap.diagram.text import FONTS, drawable, lines, shorten
from argmap.finding import ArgmapError
from argmap.graph import AnyRelation, attack_kinds, roles, ties
from argmap.model import Attack, Claim, Map, Rephrase, Support

Grouping = Literal["issue", "speaker", "none"]

AGAIN_WIDTH = 150.0
"""Width of the words that point to a claim elsewhere, two lines of them."""
MAX_BOXES = 3000
"""More claims than this are folded, deepest first, until so many are left."""

_ROLE: dict[str, BoxRole] = {"thesis": "thesis", "claim": "claim", "supporting point": "supporting point"}
_ATTACK_WORD = {"rebut": "rebuts", "undermine": "undermines", "undercut": "undercuts"}


def of_map(
    m: Map,
    *,
    group: Grouping = "none",
    focus: str | None = None,
    depth: int | None = None,
    direction: Direction = "down",
    quotes: bool = False,
) -> Diagram:
    """The diagram of a map.

    Parameters
    ----------
    group
        Set claims apart under the titles of their issues, or under the names of who speaks.
    focus
        Show only what lies within `depth` links (2 when left out) of this claim.
    depth
        Show only so many links below the thesis; what is folded is counted.
    direction
        Where reasons stand, seen from the thesis.
    quotes
        Set each claim's words under it.

    Raises
    ------
    ArgmapError
        When `focus` is not a claim of the map, or `depth` is negative.
    """
    if focus is not None and focus not in m.claims:
        raise ArgmapError(f"there is no claim {focus!r} in map {m.id!r} to focus on")
    if depth is not None and depth < 0:
        raise ArgmapError(f"depth is a number of links, 0 or more, not {depth}")
    return _Builder(m, group, focus, depth, quotes).diagram(direction)


class _Builder:
    def __init__(self, m: Map, group: Grouping, focus: str | None, depth: int | None, quotes: bool) -> None:
        self.m, self.grouping, self.focus, self.quotes = m, group, focus, quotes
        self.ties = ties(m)
        self.roles = roles(m)
        self.attacks = attack_kinds(m)
        self.index = {id(relation): n for n, relation in enumerate(m.relations)}
        self.keys: dict[str, int] = {}
        for n, relation in enumerate(m.relations):
            if relation.key not in m.claims:
                self.keys.setdefault(relation.key, n)
        self.shown = self._shown(focus, depth)
        self.hidden = len(m.claims) - len(self.shown)
        self.home: dict[str, int] = {}
        self.boxes: list[Box] = []
        self.arrows: list[Arrow] = []
        self.numbers: dict[str, int] = {}

    # What is shown

    def _shown(self, focus: str | None, depth: int | None) -> set[str]:
        if focus is not None:
            return self._near(focus, 2 if depth is None else depth)
        far = self._depths()
        if depth is None:
            if len(far) <= MAX_BOXES:
                return set(far)
            sizes = Counter(far.values())
            depth, total = 0, sizes[0]
            while depth + 1 in sizes and total + sizes[depth + 1] <= MAX_BOXES:
                depth += 1
                total += sizes[depth]
        return {claim for claim, steps in far.items() if steps <= depth}

    def _near(self, focus: str, depth: int) -> set[str]:
        """Claims within `depth` links of a claim, whichever way the links run."""
        near, edge = {focus}, [focus]
        for _ in range(depth):
            edge = [
                far for claim in edge for far in self._neighbours(claim) if far in self.m.claims and far not in near
            ]
            edge = list(dict.fromkeys(edge))
            near.update(edge)
        return near

    def _neighbours(self, claim: str) -> Iterator[str]:
        for relation in self.ties.into.get(claim, ()):
            yield from relation.by
            for attack in self.ties.into.get(relation.key, ()) if relation.key not in self.m.claims else ():
                yield from attack.by
        for relation in self.ties.out_of.get(claim, ()):
            target: str | None = relation.target
            seen: set[str] = set()
            while target in self.keys and target not in seen:  # a relation: on to what it concludes
                seen.add(target)
                target = self.m.relations[self.keys[target]].target
            if target is not None:
                yield target

    def _depths(self) -> dict[str, int]:
        """Links from each claim to the top of its tree."""
        far: dict[str, int] = {}
        for root in self._tops():
            if root in far:
                continue
            far[root] = 0
            queue = deque([root])
            while queue:
                node = queue.popleft()
                for relation in self._relations_at(node):
                    for source in relation.by:
                        if source in self.m.claims and source not in far:
                            far[source] = far[node] + 1
                            queue.append(source)
        return far

    def _tops(self) -> Iterator[str]:
        """The thesis, then claims that lead nowhere, then whatever goes in circles."""
        if self.m.thesis in self.m.claims:
            yield str(self.m.thesis)
        yield from (claim for claim in self.m.claims if not self.ties.out_of.get(claim))
        yield from self.m.claims

    def _relations_at(self, claim: str) -> Iterator[AnyRelation]:
        """Relations into a claim, and those into these."""
        queue = deque(self.ties.into.get(claim, ()))
        seen: set[int] = set()
        while queue:
            relation = queue.popleft()
            if id(relation) in seen:
                continue
            seen.add(id(relation))
            yield relation
            if relation.key not in self.m.claims:
                queue.extend(self.ties.into.get(relation.key, ()))

    # Which group a claim is in

    def _group_of(self, claim: str) -> str | None:
        known = self.m.claims[claim]
        if self.grouping == "issue":
            return known.issue or ""
        return (known.speaker or "") if self.grouping == "speaker" else None

    def _group_names(self) -> dict[str, str]:
        if self.grouping == "issue":
            named = {id: issue.label or issue.question for id, issue in self.m.issues.items()}
            return {**named, "": "No issue named"}
        author = next((source.author for source in self.m.sources.values() if source.author), None)
        return {"": author or "The author", **{id: speaker.name for id, speaker in self.m.speakers.items()}}

    # Where each claim stands in full

    def _settle(self) -> list[str]:
        """Give each shown claim its home, the relation it stands under; return those that stand on top."""
        tops: list[str] = []
        placed: set[str] = set()

        def spread(root: str) -> None:
            tops.append(root)
            placed.add(root)
            queue = deque([root])
            while queue:
                node = queue.popleft()
                for relation in self._relations_at(node):
                    for source in relation.by:
                        if (
                            source in self.shown
                            and source not in placed
                            and self._group_of(source) == self._group_of(node)
                        ):
                            placed.add(source)
                            self.home[source] = self.index[id(relation)]
                            queue.append(source)

        if self.m.thesis in self.shown:
            spread(str(self.m.thesis))
        loose = [claim for claim in self.m.claims if claim in self.shown and claim not in placed]
        for claim in loose:
            if claim not in placed and not any(self._could_hold(claim, r) for r in self.ties.out_of.get(claim, ())):
                spread(claim)
        for claim in loose:
            if claim not in placed:
                spread(claim)
        return tops

    def _could_hold(self, claim: str, relation: AnyRelation) -> bool:
        """Whether a claim can stand under a relation: what that leads to is shown, in the same group."""
        target: str | None = relation.target
        seen: set[str] = set()
        while target in self.keys and target not in seen:
            seen.add(target)
            target = self.m.relations[self.keys[target]].target
        return target in self.shown and target != claim and self._group_of(target) == self._group_of(claim)

    # Shapes

    def diagram(self, direction: Direction) -> Diagram:
        tops = self._settle()
        self._number(tops)
        for top in tops:
            self._tree(top)
        self._homeless_relations()
        groups = self._groups(tops)
        order = {id: n for n, group in enumerate(groups) for id in group.boxes}
        boxes = sorted(self.boxes, key=lambda box: order.get(box.id, -1)) if self.grouping != "none" else self.boxes
        return Diagram(
            id=self.m.id,
            kind="map",
            title=self.m.title
            or next((s.title for s in self.m.sources.values() if s.title), None)
            or f"Map {self.m.id}",
            subtitle=self._subtitle(),
            boxes=tuple(boxes),
            arrows=tuple(self.arrows),
            groups=tuple(groups),
            legend=legend_of(self.boxes, self.arrows),
            notes=self._notes(),
            direction=direction,
        )

    def _drawn(self, relation: AnyRelation) -> bool:
        """Whether a relation is shown: something of it is."""
        return any(source in self.shown or source not in self.m.claims for source in relation.by) or not relation.by

    def _number(self, tops: Iterable[str]) -> None:
        """Number the claims that are pointed to from elsewhere, in reading order."""
        wanted = {
            source
            for n, relation in enumerate(self.m.relations)
            if self._target_shown(relation)
            for source in relation.by
            if source in self.shown and self.home.get(source) != n
        }
        stack = list(tops)[::-1]
        while stack:
            claim = stack.pop()
            if claim in wanted:
                self.numbers[claim] = len(self.numbers) + 1
            below = [
                source
                for relation in self._relations_at(claim)
                for source in relation.by
                if self.home.get(source) == self.index[id(relation)]
            ]
            stack.extend(reversed(list(dict.fromkeys(below))))

    def _target_shown(self, relation: AnyRelation) -> bool:
        return relation.target not in self.m.claims or relation.target in self.shown

    def _tree(self, top: str) -> None:
        """A claim's box, and all that stands below it, in reading order."""
        self._box(top)
        stack: list[tuple[str, AnyRelation]] = [(top, r) for r in reversed(self._into(top))]
        stack_folded: set[str] = set()
        while stack:
            at, relation = stack.pop()
            n = self.index[id(relation)]
            if not self._drawn(relation):
                if at not in stack_folded:
                    stack_folded.add(at)
                    self._fold(at)
                continue
            attackers = self.ties.into.get(relation.key, ()) if self.keys.get(relation.key) == n else ()
            role: ArrowRole = relation.type
            if len(relation.by) != 1 or attackers:
                at, role = self._junction(at, relation), _JOINT[relation.type]
            later: list[tuple[str, AnyRelation]] = []
            for source in relation.by:
                box = self._premise(source, n)
                self._arrow(box, at, role, relation)
                if self.home.get(source) == n and box == source:
                    later.extend((box, r) for r in self._into(source))
            later.extend((at, attack) for attack in attackers)
            stack.extend(reversed(later))

    def _into(self, claim: str) -> list[AnyRelation]:
        """Relations into a claim: reasons, then attacks, then rephrasings; folded ones last."""
        order = {"support": 0, "attack": 1, "rephrase": 2}
        return sorted(self.ties.into.get(claim, ()), key=lambda r: (not self._drawn(r), order[r.type]))

    def _fresh(self, word: str) -> str:
        return f"{word} {len(self.boxes)}"

    def _premise(self, source: str, relation: int) -> str:
        """The box of a premise: the claim in full where its home is, else a word that points to it."""
        if source in self.keys:
            return self._add(Box(self._fresh("step"), "again", (Text(f"the step {source}", "small"),)))
        if source not in self.m.claims:
            return self._add(Box(self._fresh("missing"), "missing", (Text(f"not in the map: {source}", "small"),)))
        if source not in self.shown:
            return self._add(Box(self._fresh("folded"), "folded", (Text("one more, folded", "small"),)))
        if self.home.get(source) == relation:
            return self._box(source)
        claim = self.m.claims[source]
        text = (Text(f"see {self.numbers[source]}", "word"), Text(shortened(claim.text), "small"))
        return self._add(
            Box(self._fresh("again"), "again", text, claim=self._link(source), hover=hover_of(claim, self.m))
        )

    def _add(self, box: Box) -> str:
        self.boxes.append(box)
        return box.id

    def _box(self, id: str) -> str:
        claim = self.m.claims[id]
        role: BoxRole = "unstated premise" if claim.implicit else _ROLE[self.roles[id]]
        word = " · ".join(self._words(claim))
        text = [Text(word, "word")] if word else []
        text.append(Text(claim.text, "thesis" if role == "thesis" else "body"))
        if self.quotes:
            text.extend(Text(f"“{quote.exact}”", "quote") for quote in claim.quotes)
        marks = (
            *(["focus"] if id == self.focus else []),
            *([claim.commitment] if claim.commitment != "asserted" else []),
            *(["implicit"] if claim.implicit else []),
        )
        return self._add(Box(id, role, tuple(text), marks=marks, claim=self._link(id), hover=hover_of(claim, self.m)))

    def _words(self, claim: Claim) -> Iterator[str]:
        """What stands above a statement: its number, what it is, and whose it is."""
        if claim.id in self.numbers:
            yield str(self.numbers[claim.id])
        if claim.id == self.m.thesis:
            yield "thesis"
        if claim.implicit:
            yield "unstated premise"
        if claim.commitment != "asserted":
            yield claim.commitment
        if claim.speaker:
            speaker = self.m.speakers.get(claim.speaker)
            yield speaker.name if speaker else claim.speaker
        away = sum(1 for relation in self.ties.out_of.get(claim.id, ()) if not self._target_shown(relation))
        if away:
            yield f"serves {away} not shown"

    def _link(self, claim: str) -> str:
        return f"{self.m.id}/{claim}"

    def _junction(self, target: str, relation: AnyRelation) -> str:
        marks = () if relation.type == "support" else (f"junction {relation.type}",)
        words = "together" if len(relation.by) > 1 else "this step"
        box = Box(self._fresh("junction"), "junction", marks=marks, hover=f"{words}: {relation_words(relation, self)}")
        self._add(box)
        self._arrow(box.id, target, relation.type, relation)
        return box.id

    def _arrow(self, source: str, target: str, role: ArrowRole, relation: AnyRelation) -> None:
        words = relation_words(relation, self) if role == relation.type else ""
        label = shorten(words, FONTS["label"], WRAP) or None
        hover = f"{relation.type}: “{relation.cue}”" if relation.cue else None
        self.arrows.append(
            Arrow(
                f"arrow {len(self.arrows)}",
                source,
                target,
                role,
                label,
                relation=f"{self.m.id}/{relation.key}",
                hover=hover,
            )
        )

    def _fold(self, at: str) -> None:
        """Count what stands below a box and is not shown."""
        hidden: set[str] = set()
        queue = deque([at])
        while queue:
            for relation in self._relations_at(queue.popleft()):
                for source in relation.by:
                    if source in self.m.claims and source not in self.shown and source not in hidden:
                        hidden.add(source)
                        queue.append(source)
        words = f"+ {len(hidden)} claim{'s' if len(hidden) > 1 else ''} folded"
        stub = self._add(Box(self._fresh("folded"), "folded", (Text(words, "small"),)))
        self.arrows.append(Arrow(f"arrow {len(self.arrows)}", stub, at, "folded"))

    def _homeless_relations(self) -> None:
        """Relations whose target is not in the map, or that only target one another."""
        drawn = {arrow.relation for arrow in self.arrows}
        for relation in self.m.relations:
            if f"{self.m.id}/{relation.key}" in drawn or relation.target in self.m.claims or not self._drawn(relation):
                continue
            words = "no conclusion is named" if relation.target is None else f"not in the map: {relation.target}"
            stub = self._add(Box(self._fresh("missing"), "missing", (Text(words, "small"),)))
            drawn.add(f"{self.m.id}/{relation.key}")
            n = self.index[id(relation)]
            at = self._junction(stub, relation)
            for source in relation.by:
                self._arrow(self._premise(source, n), at, _JOINT[relation.type], relation)

    # Groups and words around

    def _groups(self, tops: Iterable[str]) -> list[Group]:
        into: dict[str, list[str]] = defaultdict(list)
        for arrow in self.arrows:
            into[arrow.target].append(arrow.source)
        members: dict[str, list[str]] = defaultdict(list)
        titles: Mapping[str, str]
        if self.grouping == "none":
            adrift = [
                top for top in tops if not into.get(top) and top != self.m.thesis and not self.ties.out_of.get(top)
            ]
            if not adrift or len(adrift) == len(self.boxes):
                return []
            return [Group("adrift", "Not tied to any other claim", tuple(adrift))]
        names = self._group_names()
        for top in tops:
            stack = [top]
            while stack:
                box = stack.pop()
                members[self._group_of(top) or ""].append(box)
                stack.extend(reversed(into[box]))
        titles = {key: names.get(key, key) for key in [*names, *members]}
        first = next(iter(self.m.issues), None) if self.grouping == "issue" else None
        return [
            Group(f"{self.grouping} {key}", title, tuple(members[key]), headline=key == first)
            for key, title in titles.items()
            if members[key]
        ]

    def _subtitle(self) -> str:
        parts = []
        for source in self.m.sources.values():
            title = f"“{source.title}”" if source.title and source.title != self.m.title else ""
            about = [title, source.author or "no author named", source.published or ""]
            parts.append(", ".join(part for part in about if part))
        size = f"{len(self.m.claims)} claims, {len(self.m.relations)} relations"
        return drawable(" · ".join([*parts[:3], *([f"{len(parts) - 3} more sources"] if len(parts) > 3 else []), size]))

    def _notes(self) -> tuple[str, ...]:
        if not self.hidden:
            return ()
        return (f"{self.hidden} of {len(self.m.claims)} claims are folded.",)


_JOINT: dict[str, ArrowRole] = {"support": "joint support", "attack": "joint attack", "rephrase": "joint rephrase"}


def relation_words(relation: AnyRelation, builder: _Builder) -> str:
    """The word on an arrow: a support's scheme, how an attack attacks."""
    match relation:
        case Support():
            return (relation.scheme or "").replace("-", " ").replace("_", " ")
        case Attack():
            return _ATTACK_WORD[builder.attacks[relation.key]]
        case Rephrase():
            return "says again"


def shortened(statement: str) -> str:
    """The first two short lines of a statement."""
    words = lines(statement, FONTS["small"], AGAIN_WIDTH)
    return " ".join(words[:2]).rstrip(" ,;:.") + "…" if len(words) > 2 else statement


def hover_of(claim: Claim, m: Map) -> str:
    """A claim's quotes and where they stand; for an unstated premise, that there are none."""
    said = []
    for quote in claim.quotes:
        source = m.source_of(quote)
        said.append(quote.exact + (f" ({source[0]})" if source and len(m.sources) > 1 else ""))
    return quoted(claim.implicit, said)


def quoted(implicit: bool, quotes: Sequence[str]) -> str:
    """What to say of a claim on request."""
    if implicit:
        return "Unstated premise, supplied by the analyst."
    return "\n".join(f"“{quote}”" for quote in quotes) or "No quote."


def legend_of(boxes: Iterable[Box], arrows: Iterable[Arrow]) -> tuple[Key, ...]:
    """What a map's picture contains, in words."""
    boxes, arrows = tuple(boxes), tuple(arrows)
    roles = {box.role for box in boxes}
    drawn = {arrow.role for arrow in arrows}
    marks = {mark for box in boxes for mark in box.marks}
    meanings: list[tuple[BoxRole, str]] = [
        ("thesis", "thesis"),
        ("claim", "claim"),
        ("supporting point", "supporting point: a reason with none of its own"),
        ("unstated premise", "unstated premise, the analyst’s"),
    ]
    keys = [Key(meaning, box=Box(role, role)) for role, meaning in meanings if role in roles]
    ways: list[tuple[ArrowRole, str]] = [
        ("support", "supports"),
        ("attack", "attacks"),
        ("rephrase", "says again"),
    ]
    keys += [Key(meaning, arrow=role) for role, meaning in ways if role in drawn]
    junctions = {box.id for box in boxes if box.role == "junction"}
    joined = Counter(arrow.target for arrow in arrows if arrow.target in junctions and arrow.role in _JOINT.values())
    steps = [
        *(["premises that work together"] if any(count > 1 for count in joined.values()) else []),
        *(
            ["a step that is itself attacked"]
            if any(a.target in junctions and a.role == "attack" for a in arrows)
            else []
        ),
    ]
    if junctions:
        keys.append(Key("; ".join(steps) or "a step", box=Box("step", "junction")))
    if "again" in roles:
        keys.append(Key("“see 3”: the claim numbered 3", box=Box("again", "again")))
    if "missing" in roles:
        keys.append(Key("not in the map", box=Box("missing", "missing")))
    if "folded" in roles:
        keys.append(Key("folded", box=Box("folded", "folded")))
    if "focus" in marks:
        keys.append(Key("in focus", box=Box("focus", "claim", marks=("focus",))))
    return tuple(keys)
