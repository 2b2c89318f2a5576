"""Map → Argdown text, in one shape.

    [close]: The bridge should be closed.       a claim is a statement; its title is its id, or the title it was read with
      - [cost]: Closing it is expensive.        a relation between two claims is a line

    <danger>                                    a support with several premises, an id, a scheme, a cue or a note
                                                is a premise–conclusion structure
    (1) [rust]: It rusts.
    (2) [fall]: What rusts may fall.
    -- cause to effect --
      <_ [paint]: It is only paint.             an attack on that support is a line below its dashes
    (3) [close]

`plan` decides all of it. `Plan.map` is the map that reading the text gives back; so what is declared as lost and what is
not written are the same. Planning a planned map changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from argmap.formats.argdown import spelling
from argmap.formats.argdown.document import SYMMETRIC
from argmap.formats.argdown.syntax import NAME, OWN, sketch_id
from argmap.formats.common.reader_support import as_dict, as_list, as_word, drop_empty, own
from argmap.ids import FreeNames
from argmap.model import Attack, Claim, FrozenDict, Map, Rephrase, Support
from argmap.schemes import canonical

MAX_DEPTH = 8
"""Levels of lines below a claim; deeper ones get a paragraph of their own."""

Lines = dict[tuple[str, str], None]
"""Lines below something, in order and without doubles: the sign, and the claim behind it."""


@dataclass(slots=True)
class Structure:
    """A premise–conclusion structure: one support, or several that are steps of one argument."""

    steps: list[Support]
    title: str | None
    below: Lines = field(default_factory=dict)
    """Lines below its title."""
    undercuts: list[Lines] = field(default_factory=list)
    """Lines below the dashes of each step."""

    def lines(self) -> Iterator[tuple[str, int | None, list[int] | None]]:
        """Yield the claim of each numbered line, for a conclusion its step, and the lines it uses if that must be said."""
        numbers: dict[str, int] = {}
        before: list[str] = []
        n = 0
        for step, support in enumerate(self.steps):
            fresh = [claim for claim in dict.fromkeys(support.by) if claim not in numbers] if step else support.by
            for claim in fresh:
                n += 1
                numbers.setdefault(claim, n)
                yield claim, None, None
            by_default = [*support.by] == [*before, *fresh]
            yield support.target or "", step, None if by_default else [numbers[claim] for claim in support.by]
            n += 1
            numbers.setdefault(support.target or "", n)
            before = [support.target or ""]


@dataclass(slots=True)
class Plan:
    """The parts of a map to write, and the map that a reader gets back."""

    map: Map
    titles: dict[str, str]
    """Each claim's title in its brackets."""
    below: Mapping[str, Lines]
    """Lines below each claim."""
    structures: list[Structure]


def plan(map_: Map) -> Plan:
    """Plan the text of a map."""
    return _Planner(map_).plan()


def text_of(planned: Plan) -> str:
    """Write the text of a plan."""
    return _Text(planned).text()


def _facts(value: Any) -> dict[str, Any]:
    return own(value.extra, NAME)


def _data(value: Any, *without: str) -> dict[str, Any]:
    data = {key: item for key, item in as_dict(value).items() if key not in (OWN, *without)}
    return data if spelling.fits(data) else {}


def _with_facts(value: Any, facts: dict[str, Any], **changes: Any) -> Any:
    """Change fields of a claim, relation or map; return it as it is if it has them already, for copies take time."""
    facts = drop_empty(facts)
    changes["extra"] = FrozenDict({NAME: facts} if facts else {})
    same = all(getattr(value, name) == item for name, item in changes.items())
    return value if same else value.model_copy(update=changes)


class _Planner:
    """One map on its way to a plan."""

    def __init__(self, map_: Map) -> None:
        self.map = map_
        self.facts = {claim_id: _facts(claim) for claim_id, claim in map_.claims.items()}
        self.arguments = {claim_id for claim_id, facts in self.facts.items() if facts.get("kind") == "argument"}
        """Claims that are written as `<title>: text`."""
        self.apart: list[Support] = []
        """Supports that are written as premises and conclusion."""
        self.lines: list[Support | Attack] = []
        self.sketched: dict[str, str] = {}
        """Ids of relations whose argument is undercut as a whole, and that argument."""
        self.idle: set[str] = set()
        """Arguments that do nothing."""
        self.below: defaultdict[str, Lines] = defaultdict(dict)
        self.front = _data(_facts(map_).get("front_matter"), "title")

    def plan(self) -> Plan:
        self._sort()
        self._find_sketches()
        titles = self._titles()
        structures = self._structures(titles)
        relations = [*self._steps(structures), *self._place(structures)]
        claims = {
            key: _with_facts(claim, self._claim_facts(claim, titles[key])) for key, claim in self.map.claims.items()
        }
        changes = {"claims": FrozenDict(claims), "relations": tuple(relations)}
        map_ = _with_facts(self.map, {"front_matter": self.front}, **changes)
        written = {key: f"<{title}>" if key in self.arguments else f"[{title}]" for key, title in titles.items()}
        return Plan(map_, written, self.below, structures)

    def _sort(self) -> None:
        """Sort relations into lines and structures; leave out what Argdown cannot say."""
        seen: set[tuple[str, str]] = set()
        for relation in self.map.relations:
            known = relation.by and relation.target and self.map.claims.keys() >= {*relation.by}
            if not known or isinstance(relation, Rephrase):
                continue
            ends = (relation.by[0], relation.target or "")
            if not isinstance(relation, Support) or relation.target not in self.map.claims:
                self.lines += [relation] if len(relation.by) == 1 else []
            elif ends not in seen and self._is_line(relation):
                seen.add(ends)
                self.lines.append(relation)
            else:
                self.apart.append(relation)
        for support in self.apart:
            self.arguments -= {*support.by, support.target or ""}

    def _is_line(self, support: Support) -> bool:
        if len(support.by) > 1 or support.scheme or support.cue or support.note:
            return False
        if not _facts(support).keys().isdisjoint(("argument", "step", "apart", "gist")):
            return False
        return support.id is None or self._is_named_as_sketch(support)

    def _is_named_as_sketch(self, relation: Support | Attack) -> bool:
        """Tell if a relation has the id that reading gives to what an undercut argument does."""
        source, target = relation.by[0], relation.target or ""
        usual = "undercut" if isinstance(relation, Attack) and target not in self.map.claims else relation.type
        kind = _facts(relation).get("kind") or usual
        paired = kind not in SYMMETRIC or (target in self.map.claims and target not in self.arguments)
        return source in self.arguments and paired and relation.id == sketch_id(source, str(kind), target)

    def _find_sketches(self) -> None:
        """Find the arguments `<title>: text` that are undercut in all that they do; other undercut supports are structures."""
        does: dict[str, list[Support | Attack]] = {argument: [] for argument in self.arguments}
        against: defaultdict[str, set[str]] = defaultdict(set)
        for line in self.lines:
            if isinstance(line, Attack):
                against[line.target or ""].add(line.by[0])
            if line.by[0] in does:
                does[line.by[0]].append(line)
        times = Counter(relation.id for relation in self.map.relations)
        free = {key for key, n in times.items() if key and n == 1 and key not in self.map.claims}
        named = [line for line in self.lines if line.id in free and self._is_named_as_sketch(line)]
        supports = {support.id for support in self.map.relations if isinstance(support, Support)}
        self.sketched = {
            line.id or "": line.by[0] for line in named if line.target in self.map.claims or line.target in supports
        }
        moved: dict[int, Support] = {}
        self.idle = {*does}
        todo = [*does]
        while todo:
            argument = todo.pop()
            acts = [line for line in does[argument] if not self._undercuts_sketch(line)]
            if acts and argument in self.idle:
                self.idle.discard(argument)
                todo += does.keys() & against[argument]
            attackers = [against[line.id] if line.id in self.sketched else set() for line in acts]
            if argument in self.arguments and all(attackers) and all(x == attackers[0] for x in attackers):
                continue
            for line in acts:
                if self.sketched.pop(line.id or "", None):
                    todo += does.keys() & against[line.id or ""]
                if isinstance(line, Support) and line.id and line.target in self.map.claims:
                    moved[id(line)] = line
                    self.arguments -= {argument, line.target}
                    todo += does.keys() & {line.target}
        self.apart += moved.values()
        self.lines = [line for line in self.lines if id(line) not in moved]
        self.idle &= self.arguments

    def _undercuts_sketch(self, line: Support | Attack) -> bool:
        """Tell if a line undercuts an argument `<title>: text`; reading counts that as nothing that its source does."""
        on_idle = _facts(line).get("kind") == "undercut" and line.target in self.idle
        return isinstance(line, Attack) and (line.target in self.sketched or on_idle)

    def _titles(self) -> dict[str, str]:
        """Give each claim a title of its own: the one it was read with, or its id."""
        titles = {}
        free = FreeNames(self.map.claims)
        for claim_id, facts in self.facts.items():
            title, is_argument = facts.get("title"), claim_id in self.arguments
            if not spelling.is_title(title, argument=is_argument) or title in free:
                known = spelling.is_title(claim_id, argument=is_argument)
                title = claim_id if known else free.name(f"{claim_id} .", ".")
            free.take(str(title))
            titles[claim_id] = str(title)
        return titles

    def _claim_facts(self, claim: Claim, title: str) -> dict[str, Any]:
        facts, is_argument = self.facts[claim.id], claim.id in self.arguments
        return {
            "title": title if title != claim.id and spelling.is_title(title, argument=is_argument) else None,
            "kind": "argument" if is_argument else None,
            "tags": [*dict.fromkeys(w for w in as_list(facts.get("tags")) if isinstance(w, str) and spelling.tag(w))],
            "data": _data(facts.get("data")),
        }

    def _structures(self, titles: Mapping[str, str]) -> list[Structure]:
        """Group the supports that are steps of one argument; those without a title come first."""
        groups: dict[object, list[Support]] = {}
        for n, support in enumerate(self.apart):
            name = _facts(support).get("argument")
            groups.setdefault(name if isinstance(name, str | int) else (n,), []).append(support)
        free = FreeNames(titles[claim_id] for claim_id in self.arguments)
        structures = []
        for supports in groups.values():
            steps = sorted(supports, key=lambda s: n if isinstance(n := _facts(s).get("step"), int) else inf)
            whole = [_facts(step).get("step") for step in steps] == [*range(1, len(steps)), None]
            parts = [steps] if whole else [[step] for step in steps]
            structures += [Structure(part, _title_of(part[-1], free), undercuts=[{} for _ in part]) for part in parts]
        return sorted(structures, key=lambda structure: structure.title is not None)

    def _steps(self, structures: Iterable[Structure]) -> Iterator[Support]:
        untitled = 0
        for structure in structures:
            main, several = structure.steps[-1], len(structure.steps) > 1
            group: str | int | None = structure.title if several or structure.title != main.id else None
            if several and structure.title is None:
                group = untitled = untitled + 1
            for n, step in enumerate(structure.steps[:-1], 1):
                yield _with_facts(step, {"argument": group, "step": n})
            gist = _facts(main).get("gist")
            gist = gist if structure.title and isinstance(gist, str) and gist == spelling.visible(gist) else None
            bare = len(main.by) == 1 and not (several or main.id or main.scheme or main.cue or main.note)
            yield _with_facts(main, {"argument": group, "gist": gist, "apart": bare or None})

    def _place(self, structures: Iterable[Structure]) -> Iterator[Support | Attack]:
        """Put each line below what it relates to; yield its relation as it will be read."""
        of_step: dict[str, tuple[Structure, int, set[str]]] = {}
        for structure in structures:
            premises = {claim for claim, step, _ in structure.lines() if step is None}
            of_step |= {s.id: (structure, n, premises) for n, s in enumerate(structure.steps) if s.id}
        pairs = self._pairs()
        against: defaultdict[str, set[str]] = defaultdict(set)
        for line in self.lines:
            if isinstance(line, Attack):
                against[line.by[0]].add(line.target or "")
        seen: set[tuple[str, str | None, str, str]] = set()
        # Argdown does not hear that a claim is against itself once another claim is against it.
        for line in sorted(self.lines, key=lambda line: line.by[0] != line.target):
            source, target, kind = line.by[0], line.target or "", _facts(line).get("kind")
            sign, kind = "+" if isinstance(line, Support) else "-", kind if isinstance(kind, str) else None
            below: Lines | None = None
            if target in self.map.claims:
                on_idle = kind == "undercut" and target in self.idle
                kind = kind if on_idle or (kind or "", source, target) in pairs else None
                below = self.below[target]
                sign = {"contradictory": "><", "undercut": "<_"}.get(kind or "", sign)
            elif target in self.sketched and isinstance(line, Attack):
                kind, sign, below = None, "<_", self.below[self.sketched[target]]
            elif target in of_step:
                structure, n, premises = of_step[target]
                is_main = n == len(structure.steps) - 1
                # Argdown drops an attack on an argument if the attacker is a statement against one of its premises.
                heard = source in self.arguments or premises.isdisjoint(against[source])
                as_whole = is_main and (isinstance(line, Support) or (kind == "attack" and heard))
                kind = "attack" if as_whole and isinstance(line, Attack) else None
                if as_whole:
                    below = structure.below
                elif isinstance(line, Attack):
                    sign, below = "<_", structure.undercuts[n]
            if below is None or (line.type, kind, source, target) in seen:
                continue
            mirrored = (line.type, kind, target, source) in seen
            seen.add((line.type, kind, source, target))
            changes = {"id": line.id if line.id in self.sketched else None, "scheme": None, "cue": None, "note": None}
            yield _with_facts(line, {"kind": kind}, **changes)
            if kind == "contradictory" and source in self.arguments:
                below, source = self.below[source], target
            if not (mirrored and kind in SYMMETRIC):
                below[sign, source] = None

    def _pairs(self) -> set[tuple[str, str, str]]:
        """Find attacks that are halves of a contradiction, or in strict mode of a contrariety; leave that mode if it would change others."""
        attacks = [x for x in self.lines if isinstance(x, Attack) and x.target in self.map.claims]
        kinds = {(str(_facts(x).get("kind")), x.by[0], x.target or "") for x in attacks}
        paired = set()
        for kind, source, target in kinds:
            most = {"contradictory": 1, "contrary": 0}.get(kind, -1)
            if source != target and (kind, target, source) in kinds and len(self.arguments & {source, target}) <= most:
                paired.add((kind, source, target))
        model = as_dict(self.front.get("model"))
        if model.get("mode") == "strict":
            plain = {(s, t) for _, s, t in kinds - paired if s != t and not self.arguments & {s, t}}
            if not plain:
                return paired
            rest = {key: item for key, item in model.items() if key != "mode"}
            self.front = drop_empty({**self.front, "model": rest})
        return {pair for pair in paired if pair[0] != "contrary"}


def _title_of(main: Support, free: FreeNames) -> str | None:
    """Choose the title of a structure: that of its argument, or the id of its last support."""
    if main.id is None:
        return None
    wishes = (_facts(main).get("argument"), main.id, f"{main.id} .")
    return free.name(next(str(wish) for wish in wishes if spelling.is_title(wish, argument=True)), " ")


class _Text:
    """One text in the making. A claim is defined where it is first named, with its lines below it."""

    def __init__(self, planned: Plan) -> None:
        self.plan = planned
        self.map = planned.map
        self.blocks: list[str] = []
        self.defined: set[str] = set()
        self.opened: set[str] = set()

    def text(self) -> str:
        """Write the text: statements that serve nothing, then structures, then the rest."""
        left_out = {"argmap", "title", "sources", "claims", "relations", "extra"}
        head = self.map.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=left_out)
        title = {} if self.map.title is None else {"title": self.map.title}
        front = {**title, **_facts(self.map).get("front_matter", {}), OWN: head}
        self.blocks.append(f"===\n{spelling.block(front)}===")
        serving = {claim for relation in self.map.relations for claim in relation.by}
        roots = [claim for claim in self.map.claims if claim not in serving and self.plan.titles[claim][0] == "["]
        roots.sort(key=lambda claim: claim not in self.map.theses)
        # A structure without a title must not follow an argument, which it would be taken for.
        for claim in roots:
            self._paragraph(claim)
        for structure in self.plan.structures:
            self._structure(structure)
        for claim in self.map.claims:
            self._paragraph(claim)
        return "\n\n".join(self.blocks) + "\n"

    def _paragraph(self, claim: str) -> None:
        if claim not in self.defined or (claim not in self.opened and self.plan.below.get(claim)):
            self.blocks.append("\n".join(self._tree("", claim, 0)))

    def _tree(self, prefix: str, claim: str, indent: int) -> Iterator[str]:
        """Yield a line for a claim, and lines for all that can be told below it."""
        todo = [(prefix, claim, indent, 0)]
        while todo:
            prefix, claim, indent, depth = todo.pop()
            is_new = claim not in self.defined
            self.defined.add(claim)
            yield " " * indent + prefix + (self._definition(claim) if is_new else self.plan.titles[claim])
            if claim in self.opened or depth >= MAX_DEPTH or not (is_new or not prefix):
                continue
            self.opened.add(claim)
            below = self.plan.below.get(claim, ())
            todo += [(f"{sign} ", other, indent + 2, depth + 1) for sign, other in reversed(below)]

    def _definition(self, claim_id: str) -> str:
        claim, title = self.map.claims[claim_id], self.plan.titles[claim_id]
        facts, shown = _facts(claim), spelling.visible(claim.text)
        said = " ".join(filter(None, (spelling.escape(shown), *map(spelling.tag, facts.get("tags", ())))))
        ours: dict[str, Any] = {} if as_word(title[1:-1], "untitled") == claim_id else {"id": claim_id}
        left_out = {"text", "extra"} | (set() if claim.quotes else {"quotes"})
        ours |= claim.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=left_out)
        if claim.text != shown or not shown:
            ours["text"] = claim.text
        data = {**facts.get("data", {}), **({OWN: ours} if ours else {})}
        colon = ":" if shown else ""
        return " ".join(filter(None, (title + colon, said, spelling.flow(data) if data else "")))

    def _structure(self, structure: Structure) -> None:
        if structure.title is not None:
            gist = _facts(structure.steps[-1]).get("gist")
            title = f"<{structure.title}>" + (f": {spelling.escape(gist)}" if gist else "")
            self.blocks.append("\n".join((title, *self._lines(structure.below))))
        lines: list[str] = []
        for n, (claim, step, uses) in enumerate(structure.lines(), 1):
            if step is not None:
                lines.append(self._inference(structure, step, uses))
                lines += self._lines(structure.undercuts[step])
            lines += self._tree(f"({n}) ", claim, 0)
        self.blocks.append("\n".join(lines))

    def _lines(self, below: Lines) -> Iterator[str]:
        for sign, claim in below:
            yield from self._tree(f"{sign} ", claim, 2)

    def _inference(self, structure: Structure, step: int, uses: list[int] | None) -> str:
        support = structure.steps[step]
        ours = drop_empty({name: getattr(support, name) for name in ("scheme", "cue", "note")})
        is_main = step == len(structure.steps) - 1
        plain = is_main and as_word(structure.title or "") == support.id and support.id not in self.map.claims
        if support.id is not None and not plain:
            ours = {"id": support.id, **ours}
        scheme = support.scheme
        is_rule = scheme is not None and spelling.is_rule(scheme) and canonical(scheme) == scheme
        if is_rule:
            del ours["scheme"]
        data = drop_empty({"uses": uses, OWN: ours})
        words = (spelling.rule(scheme or "") if is_rule else "", spelling.flow(data) if data else "")
        said = " ".join(filter(None, words))
        return f"-- {said} --" if said else "----"
