"""Statements without titles: each is told in one place, so what is between them has to be a tree.

    A claim.                   A claim.                         A claim.
      + A reason.                + A reason.                      + [reason]: A reason.
        - A doubt.                 - A doubt.                       - A doubt.
                                     -> A claim.  (another!)          -> A claim.

A statement that would have to stand in two places gets a title, its id; so does one that is too far down.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

from argmap.formats.argdown.extra import ClaimFacts
from argmap.formats.argdown.write_model import Arrow, Part, Structure

MAX_DEPTH = 60
"""Statements below one another; each level costs every line below it two blanks more."""


def grow(claims: Mapping[str, ClaimFacts], structures: Sequence[Structure], arrows: list[Arrow]) -> dict[str, Part]:
    """Make trees of the statements without titles, giving titles to some.

    Parameters
    ----------
    claims
        Facts of each claim; some lose `untitled`.
    structures
        The arguments that are taken apart; a line of one, or below one, is a place where a statement is told.
    arrows
        The lines between claims. Those that point to an argument from a claim that is told elsewhere are added.

    Returns
    -------
    dict
        The tree of each claim that is still without a title.
    """
    trees = _Trees(claims)
    trees.place_lines(structures)
    trees.place_below(structures, arrows)
    trees.place_contradicted(arrows)
    for arrow in arrows:
        if arrow.argument is None and not trees.join(arrow.source, arrow.target):
            trees.stand_in(arrow)
    trees.prune()
    return trees.parts()


class _Trees:
    def __init__(self, claims: Mapping[str, ClaimFacts]) -> None:
        self.claims = claims
        self.placed: set[str] = set()
        """Claims that are told in the line of a structure or below one."""
        self.concluded: dict[str, str] = {}
        """Titles of arguments by their conclusion: what a conclusion does, its argument may be said to do."""
        self.above: dict[str, str] = {}
        """Towards the root of the tree that a statement is in (union-find, Tarjan 1975)."""
        self.held: set[str] = set()
        """Roots of the trees that hold a placed statement."""
        self.edges: dict[str, list[str]] = {}

    def _place(self, claim: str, section: int | None) -> bool:
        """Tell a claim in one more place, in a section; `False` when it is told elsewhere already."""
        facts = self.claims[claim]
        if facts.untitled and (claim in self.placed or facts.section != section):
            return False
        self.placed.add(claim)
        return True

    def place_lines(self, structures: Sequence[Structure]) -> None:
        """Tell premises and conclusions where they stand."""
        for structure in structures:
            for line in structure.lines:
                self.claims[line.claim].untitled &= self._place(line.claim, structure.main.section)
                self.placed.add(line.claim)
            if structure.title is not None:
                self.concluded[structure.lines[-1].claim] = structure.title

    def place_below(self, structures: Sequence[Structure], arrows: list[Arrow]) -> None:
        """Tell what an argument is supported, attacked and undercut by, below it or where that stands."""
        for structure in structures:
            last = len(structure.undercuts) - 1
            for n, below in enumerate((*structure.undercuts, structure.arrows)):
                for arrow in list(below):
                    if self._place(arrow.source, structure.main.section):
                        continue
                    standing = self.concluded.get(arrow.source)
                    # Of an argument that is against itself Argdown hears nothing once another is against it.
                    if standing is not None and standing != structure.title:
                        arrow.argument = standing
                    elif structure.title is not None and n >= last:
                        below.remove(arrow)
                        arrow.argument, arrow.outgoing = structure.title, True
                        arrows.append(arrow)
                    else:
                        self.claims[arrow.source].untitled = False

    def place_contradicted(self, arrows: Sequence[Arrow]) -> None:
        """Tell what contradicts an argument below it: below a contradiction stands a statement, never an argument."""
        for arrow in arrows:
            if (
                arrow.kind == "contradictory"
                and self.claims[arrow.source].argument
                and self.claims[arrow.target].untitled
            ):
                arrow.anchors = self._place(arrow.target, self.claims[arrow.source].section)
                self.claims[arrow.target].untitled = arrow.anchors
                self.placed.add(arrow.target)

    def _root(self, claim: str) -> str:
        path = []
        while (above := self.above.get(claim, claim)) != claim:
            path.append(claim)
            claim = above
        self.above.update(dict.fromkeys(path, claim))
        return claim

    def join(self, one: str, other: str) -> bool:
        """Take up a line between two statements; `False` when it makes the tree none."""
        if not (self.claims[one].untitled and self.claims[other].untitled):
            return True
        a, b = self._root(one), self._root(other)
        self.held.update({one, other} & self.placed & {a, b})
        sections = self.claims[one].section == self.claims[other].section
        if a == b or not sections or (a in self.held and b in self.held):
            return False
        self.above[a] = b
        if a in self.held:
            self.held.add(b)
        self.edges.setdefault(one, []).append(other)
        self.edges.setdefault(other, []).append(one)
        return True

    def stand_in(self, arrow: Arrow) -> None:
        """Have an argument stand for its conclusion, or else give the source a title."""
        if arrow.source in self.concluded and arrow.kind != "contradictory":
            arrow.argument = self.concluded[arrow.source]
        else:
            self.claims[arrow.source].untitled = False

    def prune(self) -> None:
        """Give titles to what stands too far from where its tree is begun."""
        seen: set[str] = set()
        for start in sorted(self.edges, key=lambda claim: claim not in self.placed):
            if start in seen or not self.claims[start].untitled:
                continue
            queue = deque([(start, 0)])
            seen.add(start)
            while queue:
                here, depth = queue.popleft()
                for next_ in self.edges.get(here, ()):
                    if next_ in seen or not self.claims[next_].untitled:
                        continue
                    if depth >= MAX_DEPTH:
                        self.claims[next_].untitled = False
                    else:
                        seen.add(next_)
                        queue.append((next_, depth + 1))

    def parts(self) -> dict[str, Part]:
        """The tree of each statement without a title."""
        found: dict[str, Part] = {}
        for start, facts in self.claims.items():
            if not facts.untitled or start in found:
                continue
            part = found[start] = Part()
            queue = deque([start])
            while queue:
                here = queue.popleft()
                part.anchored |= here in self.placed
                for next_ in self.edges.get(here, ()):
                    if next_ not in found and self.claims[next_].untitled:
                        found[next_] = part
                        queue.append(next_)
        return found
