"""Plan → text: as people write Argdown, the thesis first and its reasons below it.

A claim is defined where it is first spoken of, if that is in its own section, and from then on referred to:

    [close]: The bridge should be closed.
      + [rust]: It rusts.
      - [cost]: Closing it is expensive. {argmap: {speaker: mayor}}

In each section come first the statements that serve nothing else, then what is taken apart, then what is left. A
structure without a title must not follow an argument, which it would be taken for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from argmap.formats.argdown import inline, metadata
from argmap.formats.argdown.document import SYMMETRIC
from argmap.formats.argdown.extra import writable_rule
from argmap.formats.argdown.to_map import words_of
from argmap.formats.argdown.write_model import Arrow, Part, Plan, Structure
from argmap.formats.common.reader_support import as_word
from argmap.schemes import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from argmap.formats.argdown.layout import Numbered
    from argmap.model import Claim

MAX_DEPTH = 8
"""Below that, reasons get a paragraph of their own."""
_SIGNS = {
    "support": ("+", "+>"),
    "attack": ("-", "->"),
    "contrary": ("-", "->"),
    "contradictory": ("><", "><"),
    "undercut": ("<_", "_>"),
}
_OWN_OF_CLAIM = {
    **dict.fromkeys(("kind", "issue", "position", "speaker", "note")),
    "commitment": "asserted",
    "force": "plain",
    "implicit": False,
}
"""Fields that Argdown has no sign for, each with the value that says nothing."""
_OWN_OF_MAP = ("id", "thesis", "codebook", "note", "speakers", "issues")


def from_plan(plan: Plan) -> str:
    """The text of a plan."""
    return _Writer(plan).text()


class _Writer:
    """One text in the making."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.m = plan.map
        self.blocks: list[str] = []
        self.after_argument = False
        """Whether the paragraph before is an argument, which a structure would belong to."""
        self.section: int | None = None
        self.defined: set[str] = set()
        self.opened: set[str] = set()
        """Claims whose lines are written, or are left to what is on their other end."""
        self.begun: set[Part] = set()
        """Trees of statements without titles that have their place."""
        self.arrows: dict[str, list[Arrow]] = defaultdict(list)
        # Once something else is against a claim, Argdown does not hear that it is against itself.
        for arrow in sorted(plan.arrows, key=lambda arrow: arrow.source != arrow.target):
            if arrow.argument is not None:
                self.arrows[arrow.source if arrow.outgoing else arrow.target].append(arrow)
                continue
            self.arrows[arrow.target].append(arrow)
            if arrow.kind in SYMMETRIC or plan.claims[arrow.source].untitled:
                self.arrows[arrow.source].append(arrow)
        self.names = Counter(relation.id for relation in self.m.relations)
        self.homes = {id: facts.section for id, facts in plan.claims.items()}
        settled = {arrow.source for arrow in plan.arrows if arrow.anchors}
        for arrow in (arrow for arrow in plan.arrows if arrow.argument is None):
            # What is only referred to stands where it is first spoken of, unless something without a title hangs on it.
            for one, other in ((arrow.source, arrow.target), (arrow.target, arrow.source)):
                if plan.claims[one].undefined and self.homes[one] is None and one not in settled:
                    self.homes[one] = self.homes[other]

    def text(self) -> str:
        """The whole text."""
        self._front_matter()
        of_section: dict[int | None, tuple[list[str], list[Structure]]] = defaultdict(lambda: ([], []))
        for id in sorted(self.m.claims, key=lambda claim: claim != self.m.thesis):
            of_section[self.homes[id]][0].append(id)
        for structure in self.plan.structures:
            of_section[structure.main.section][1].append(structure)
        serving = {
            arrow.target if arrow.anchors else arrow.source for arrow in self.plan.arrows if not arrow.outgoing
        } | {line.claim for s in self.plan.structures for line in s.lines if line.concludes is None}
        serving.update(
            arrow.source for s in self.plan.structures for arrows in (s.arrows, *s.undercuts) for arrow in arrows
        )
        self._section(*of_section[None], serving)
        for n, heading in enumerate(self.plan.facts.sections, 1):
            words = " ".join(filter(None, (heading.title, _tags(heading.tags), _data(heading.data))))
            self._block(f"{'#' * heading.level} {words}")
            self.section = n
            self._section(*of_section[n], serving)
        return "\n\n".join(self.blocks) + "\n"

    def _section(self, claims: list[str], structures: list[Structure], serving: set[str]) -> None:
        facts = self.plan.claims
        for id in claims:
            if id not in serving and not facts[id].argument:
                self._paragraph(id)
        for structure in sorted(structures, key=lambda s: s.title is not None):
            self._structure(structure)
        for id in claims:
            if id not in serving:
                self._paragraph(id)
        for id in claims:
            self._paragraph(id)

    def _front_matter(self) -> None:
        whole = self.m.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        own = {key: whole[key] for key in _OWN_OF_MAP if whole.get(key)}
        front = {"title": self.m.title} if self.m.title is not None else {}
        shown = metadata.block({**front, **self.plan.facts.front_matter, metadata.OWN: own})
        self.blocks.append(f"===\n{shown}===")

    def _block(self, text: str, *, argument: bool = False) -> None:
        self.blocks.append(text)
        self.after_argument = argument

    # Claims.

    def _paragraph(self, id: str) -> None:
        """A claim with what is said of it, as far as that stands nowhere yet."""
        facts = self.plan.claims[id]
        if id in self.opened and id in self.defined:
            return
        if facts.untitled:
            part = self.plan.parts[id]
            if part.anchored or part in self.begun:
                return
            self.begun.add(part)
        if facts.others and id not in self.defined:
            for other in facts.others:
                self._block(f"{self._title(id)}: {other}", argument=facts.argument)
        if id in self.defined and not self._pending(id):
            self.opened.add(id)
            return
        self._block("\n".join(self._tree("", id, 0, paragraph=True)), argument=facts.argument)

    def _pending(self, id: str) -> list[Arrow]:
        """The lines below a claim that can be written where it stands now."""
        facts, parts = self.plan.claims, self.plan.parts
        found = []
        begun = set(self.begun)
        for arrow in self.arrows[id]:
            other = arrow.source if arrow.target == id else arrow.target
            if arrow.written:
                continue
            if arrow.argument is None:
                if arrow.kind == "contradictory" and facts[other].argument:
                    continue
                if facts[other].untitled and parts[other] is not parts.get(id):
                    part = parts[other]
                    elsewhere = facts[other].section != self.section or (part.anchored and not arrow.anchors)
                    if elsewhere or part in begun:
                        continue
                    begun.add(part)
            found.append(arrow)
        return found

    def _tree(self, prefix: str, id: str, indent: int, *, paragraph: bool = False) -> list[str]:
        """The lines of a claim and of all that can be told below it."""
        lines = []
        facts_of = self.plan.claims
        todo: list[tuple[str, str | None, int, int]] = [(prefix, id, indent, 0)]
        while todo:
            prefix, here, indent, depth = todo.pop()
            if here is None:
                lines.append(" " * indent + prefix)
                continue
            facts = self.plan.claims[here]
            first = here not in self.defined and (
                facts.untitled
                or facts.undefined
                or (paragraph and depth == 0)
                or not (facts.others or facts.section != self.section)
            )
            lines.append(" " * indent + prefix + (self._definition(here) if first else self._title(here)))
            if first:
                self.defined.add(here)
            if (
                here in self.opened
                or (depth >= MAX_DEPTH and not facts.untitled)
                or not (first or (paragraph and depth == 0))
            ):
                continue
            self.opened.add(here)
            below = self._pending(here)
            for arrow in below:
                arrow.written = True
                for end in (arrow.source, arrow.target):
                    if arrow.argument is None and facts_of[end].untitled:
                        self.begun.add(self.plan.parts[end])
            for arrow in reversed(below):
                if arrow.argument is not None:
                    todo.append(
                        (f"{_SIGNS[arrow.kind][arrow.outgoing]} <{arrow.argument}>", None, indent + 2, depth + 1)
                    )
                    continue
                outgoing = arrow.source == here and (arrow.target != here or arrow.kind in SYMMETRIC)
                other = arrow.target if outgoing else arrow.source
                todo.append((_SIGNS[arrow.kind][outgoing] + " ", other, indent + 2, depth + 1))
        return lines

    def _title(self, id: str) -> str:
        facts = self.plan.claims[id]
        title = facts.title or id
        return f"<{title}>" if facts.argument else f"[{title}]"

    def _definition(self, id: str) -> str:
        claim, facts = self.m.claims[id], self.plan.claims[id]
        own = self._own(claim)
        shown = inline.visible(claim.text)
        tags = _tags(facts.tags)
        words = "" if facts.undefined else facts.markup or inline.escape(shown, among_marks=">" in tags)
        if not (facts.undefined or (claim.text == shown and (words or tags))):
            own["text"] = claim.text
        data = _data({**facts.data, **({metadata.OWN: own} if own else {})})
        said = " ".join(filter(None, (words, tags)))
        if facts.untitled:
            # Behind metadata, on whatever line before, these two would be more of it.
            return " ".join(filter(None, ("\\" + said if said.startswith(("}", ",")) else said, data)))
        title = self._title(id) + (":" if said and not facts.undefined else "")
        return " ".join(filter(None, (title, said, data)))

    def _own(self, claim: Claim) -> dict[str, Any]:
        facts = self.plan.claims[claim.id]
        own: dict[str, Any] = {}
        wish = words_of(inline.visible(claim.text)) if facts.untitled else facts.title or claim.id
        if as_word(wish, "untitled") != claim.id:
            own["id"] = claim.id
        own.update((key, value) for key, none in _OWN_OF_CLAIM.items() if (value := getattr(claim, key)) != none)
        if claim.quotes:
            quotes = [quote.model_dump(mode="json", exclude_defaults=True) for quote in claim.quotes]
            own["quotes"] = [quote["exact"] if len(quote) == 1 else quote for quote in quotes]
        return own

    # Structures.

    def _structure(self, structure: Structure) -> None:
        main = structure.main
        if structure.title is not None:
            title = f"<{structure.title}>"
            for other in main.wordings[:-1]:
                self._block(f"{title}: {other}", argument=True)
            words = " ".join(filter(None, (*main.wordings[-1:], _tags(main.tags))))
            header = " ".join(filter(None, (f"{title}:" if main.wordings else title, words, _data(main.data))))
            self._block("\n".join((header, *self._below(structure.arrows, 2))), argument=True)
        elif self.after_argument:
            self._between(structure)
        lines = []
        for n, line in enumerate(structure.lines, 1):
            if line.concludes is not None:
                lines.append(self._inference(structure, line, n))
                lines += self._below(structure.undercuts[line.concludes], 2)
            lines += self._tree(f"({n}) ", line.claim, 0)
        self._block("\n".join(lines))

    def _between(self, structure: Structure) -> None:
        """Keep a structure without a title from the argument before it."""
        facts = self.plan.claims
        near = (line.claim for line in reversed(structure.lines))
        titled = (id for id in (*near, *facts) if not (facts[id].untitled or facts[id].argument))
        if (statement := next(titled, None)) is not None:
            self._block(self._title(statement))

    def _below(self, arrows: Sequence[Arrow], indent: int) -> list[str]:
        lines: list[str] = []
        for arrow in arrows:
            sign = _SIGNS[arrow.kind][0]
            if arrow.argument is not None:
                lines.append(f"{' ' * indent}{sign} <{arrow.argument}>")
            else:
                lines += self._tree(f"{sign} ", arrow.source, indent)
        return lines

    def _inference(self, structure: Structure, line: Numbered, number: int) -> str:
        n = line.concludes or 0
        support, facts = structure.supports[n], structure.facts[n]
        own: dict[str, Any] = {}
        main = facts is structure.main
        expected = None
        if main and structure.title is not None:
            expected = as_word(structure.title)
        elif support.id in self.plan.aimed:
            base = as_word(structure.title) if structure.title is not None else None
            expected = f"{base}.{number}" if base is not None else f"{support.target}.because"
        taken = support.id in self.m.claims or self.names[support.id] > 1
        if support.id is not None and (support.id != expected or taken):
            own["id"] = support.id
        rules = facts.rules
        if not rules and support.scheme is not None:
            plain = writable_rule(support.scheme) and canonical(support.scheme) == support.scheme
            rules = [support.scheme] if plain else []
            if not plain:
                own["scheme"] = support.scheme
        own.update((key, value) for key in ("cue", "note") if (value := getattr(support, key)) is not None)
        data = dict(facts.inference)
        if line.uses is not None:
            data["uses"] = list(line.uses)
        if own:
            data[metadata.OWN] = own
        said = " ".join(filter(None, (", ".join(map(_rule, rules)), _data(data))))
        return f"-- {said} --" if said else "----"


def _rule(rule: str) -> str:
    return inline.escape(rule).replace(",", "\\,").replace("--", "\\-\\-")


def _tags(tags: Iterable[str]) -> str:
    return " ".join(written for word in tags if (written := inline.tag(word)))


def _data(data: dict[str, Any]) -> str:
    return metadata.flow(data) if data else ""
