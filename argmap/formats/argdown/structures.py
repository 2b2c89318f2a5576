"""Supports → arguments that are taken apart: which of them are steps of one argument, what its lines are, what it is called.

support "ban" of D by C and R, last          <ban>    (1) P   ----  (2) C   (3) R   ----  (4) D
support of C by P, step 1 of "ban"
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from argmap.formats.argdown.extra import RelationFacts, writable_title
from argmap.formats.argdown.layout import Step, derived_premises, numbered
from argmap.formats.argdown.write_model import Structure
from argmap.ids import FreeNames
from argmap.model import Support
from argmap.schemes import canonical

Item = tuple[Support, RelationFacts]


def structures_of(apart: Sequence[Item], titles: FreeNames, claims: Container[str]) -> list[Structure]:
    """The arguments of some supports.

    Parameters
    ----------
    apart
        The supports with their facts, which are brought in line with one another.
    titles
        Titles of arguments that are taken; those given here are added.
    claims
        The ids of all claims.
    """
    groups: dict[object, list[Item]] = {}
    for n, item in enumerate(apart):
        argument = item[1].argument
        groups.setdefault((n,) if argument is None else argument, []).append(item)
    structures: list[Structure] = []
    for items in groups.values():
        steps = sorted(items, key=lambda item: (item[1].step is None, item[1].step or 0))
        whole = [facts.step for _, facts in steps] == [*range(1, len(steps)), None]
        structures += [_structure(some, titles, claims) for some in ([steps] if whole else [[item] for item in steps])]
    untitled = [s for s in structures if s.title is None and len(s.supports) > 1]
    for n, structure in enumerate(sorted(untitled, key=lambda s: s.main.section or 0), 1):
        for facts in structure.facts:
            facts.argument = n
    return structures


def _structure(steps: list[Item], titles: FreeNames, claims: Container[str]) -> Structure:
    supports, all_facts = [support for support, _ in steps], [facts for _, facts in steps]
    main, name = all_facts[-1], supports[-1].id
    title = None if main.untitled or name is None else _title(main.argument, name, titles)
    for n, (support, facts) in enumerate(steps, 1):
        facts.kind = None
        facts.step = n if facts is not main else None
        facts.argument = None if len(steps) == 1 and title in (None, support.id) else title
        facts.untitled = title is None and name is not None and facts is main
        if facts.rules and (canonical(facts.rules[0]) != support.scheme or facts.rules == [support.scheme]):
            facts.rules = []
        if facts is not main:
            facts.premises, facts.section, facts.apart = None, None, False
        if facts is not main or title is None:
            facts.wordings, facts.tags, facts.data = [], [], {}
    inferences = [Step(support.target or "", support.by) for support in supports]
    derived = derived_premises(inferences)
    lines = None
    if main.premises is not None and len(main.premises) == len(steps) and main.premises != derived:
        known = main.premises[0] and all(claim in claims for some in main.premises for claim in some)
        lines = numbered(inferences, main.premises) if known else None
    if lines is None:
        main.premises = None
        lines = numbered(inferences, derived) or []
    support = supports[-1]
    bare = len(steps) == 1 == len(support.by) and not (support.id or support.scheme or support.cue or support.note)
    main.apart = False
    main.apart = bare and not main.kept()
    return Structure(supports, all_facts, lines, title, undercuts=[[] for _ in supports])


def _title(wish: object, id: str, titles: FreeNames) -> str:
    base = wish if isinstance(wish, str) else id
    if not writable_title(base, argument=True):
        base = f"{id} 2"
    return titles.name(base, " ")
