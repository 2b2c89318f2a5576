"""Write a map as an outline in Markdown. Described in markdown.md."""

from __future__ import annotations

import re
from collections.abc import Iterator

from argmap.formats.common.format import Format
from argmap.formats.common.map_features import GRAPH
from argmap.model import Claim, Map
from argmap.text_tools import escape_markdown

FORMAT = Format(
    "markdown",
    "Markdown outline",
    (".md", ".markdown"),
    GRAPH
    | {
        *("titles", "platforms", "theses", "conditions", "rephrases", "relations as premises", "schemes"),
        *("answers", "attack schemes", "quotes", "speakers", "commitments", "implicit premises"),
    },
    reads=False,
)
MAX_DEPTH = 8
"""Levels of a list; deeper ones are unreadable, and their indentation would outgrow the text."""


def heading(text: str) -> str:
    r"""As `escape_markdown`, for a line of its own after a `#`, where `#` at the end would be none of the text.

    >>> print(heading("Learn C #"))
    Learn C \#
    """
    return re.sub(r"(?<!#)#+$", lambda match: f"\\{match[0]}", escape_markdown(text))


def write(map_: Map) -> str:
    """Write the map as an outline."""
    return "\n".join([*_Outline(map_).lines(), ""])


class _Outline:
    """Walks over the map, and shows each claim in full once."""

    def __init__(self, map_: Map) -> None:
        from argmap.graph import ties

        self.map = map_
        self.tied = ties(map_)
        self.shown: set[str] = set()
        self.told: set[str] = set()
        """Claims and relations with all that leads to them shown."""
        self.later: dict[str, None] = {}
        """Claims and relations that are too deep here, in order."""
        self.relations = {r.id: r for r in map_.relations if r.id and r.id not in map_.claims}

    def lines(self) -> Iterator[str]:
        yield f"# {heading(self.map.title or '') or heading(self.map.id)}"
        for source in self.map.sources.values():
            title = source.title if source.title != self.map.title else None
            known = (source.author, title, source.published)
            if said := ", ".join(escape_markdown(part) for part in known if part and escape_markdown(part)):
                yield from ("", f"*{said}*")
        for thesis in self.map.theses:
            if thesis in self.map.claims:
                yield from self.section(thesis)
        leading = self.leading()
        yield from self.sections("Apart", [key for key in self.map.claims if key not in leading])
        # What is left leads in a circle to itself.
        yield from self.sections("In a circle", list(self.map.claims))

    def leading(self) -> set[str]:
        """Return what leads to a claim, directly or by a relation on a relation."""
        queue, found = list(self.map.claims), set[str]()
        for end in queue:
            for relation in self.tied.into.get(end, ()):
                found.update(relation.by)
                if relation.id in self.relations and relation.id not in found:
                    found.add(relation.id)
                    queue.append(relation.id)
        return found

    def sections(self, title: str, ids: list[str]) -> Iterator[str]:
        headed = not any(thesis in self.map.claims for thesis in self.map.theses) and title == "Apart"
        for key in ids:
            if key not in self.shown:
                if not headed:
                    yield from ("", f"## {title}")
                    headed = True
                yield from self.section(key)

    def section(self, key: str) -> Iterator[str]:
        """Show a claim with all that leads to it, and then what was too deep."""
        yield from self.root(key)
        while self.later:
            deeper = next(iter(self.later))
            del self.later[deeper]
            yield from ("", "## Continued")
            yield from self.root(deeper)

    def root(self, key: str) -> Iterator[str]:
        self.shown.add(key)
        if key in self.map.claims:
            claim = self.map.claims[key]
            yield from ("", f"**{escape_markdown(claim.text) or '…'}**{self.marks(claim)}")
            yield from self.quotes(claim, "")
        else:
            yield from ("", f"**On {self.named(key)}**")
        below = list(self.below(key, 0))
        if below:
            yield from ("", *below)

    def quotes(self, claim: Claim, indent: str) -> Iterator[str]:
        if claim.condition:
            yield from (indent.rstrip(), f"{indent}> If: {escape_markdown(claim.condition.exact)}")
        for quote in claim.quotes:
            yield from (indent.rstrip(), f"{indent}> {escape_markdown(quote.exact)}")

    def marks(self, claim: Claim) -> str:
        """Return marks for a claim: implicit, its commitment, its speaker."""
        speaker = self.map.speakers.get(claim.speaker or "")
        words = [
            *(["implicit"] if claim.implicit else []),
            *([claim.commitment] if claim.commitment != "asserted" else []),
            *([escape_markdown(speaker.name)] if speaker else []),
        ]
        return f" *({', '.join(words)})*" if words else ""

    def below(self, end: str, depth: int) -> Iterator[str]:
        """Show what leads to a claim or to a relation, indented, at the first visit."""
        if end in self.told:
            return
        self.told.add(end)
        indent = "    " * depth
        step = " this step" if end in self.relations else ""
        for relation in self.tied.into.get(end, ()):
            mark = {"support": "For" if step else "", "attack": "Against", "rephrase": "In other words"}[relation.type]
            mark = "In answer" if relation.is_answer else mark
            says = f"**{mark}{step}:** " if mark else ""
            by = f" *(by {escape_markdown(relation.scheme)})*" if relation.scheme else ""
            if not relation.by:
                yield f"{indent}- {says}…{by}"
            elif len(relation.by) == 1:
                yield from self.item(relation.by[0], says, by, depth)
            else:
                yield f"{indent}- {says or '**Together:** '}".rstrip() + by
                for source in relation.by:
                    yield from self.item(source, "", "", depth + 1)
            if relation.id in self.relations and relation.id in self.tied.into:
                if depth >= MAX_DEPTH:
                    self.later[relation.id] = None
                    yield f"{indent}    - *(what is said on this step: continued below)*"
                else:
                    yield from self.below(relation.id, depth + 1)

    def item(self, key: str, says: str, by: str, depth: int) -> Iterator[str]:
        indent = "    " * depth
        claim = self.map.claims.get(key)
        if claim is None:
            yield f"{indent}- {says}{self.named(key)}{by}"
            return
        line = f"{indent}- {says}{escape_markdown(claim.text) or '…'}{by}{self.marks(claim)}"
        if key in self.shown:
            where = "below" if key in self.later else "above"
            yield f"{line} *(see {where})*" if key in self.tied.into else line
            return
        self.shown.add(key)
        if depth >= MAX_DEPTH and key in self.tied.into:
            self.later[key] = None
            yield f"{line} *(continued below)*"
            return
        yield line
        quotes = list(self.quotes(claim, f"{indent}    "))
        below = list(self.below(key, depth + 1))
        yield from (*quotes, *([""] if quotes and below else []), *below)

    def named(self, key: str) -> str:
        """Name a relation that is a reason itself."""
        relation = self.relations.get(key)
        if relation is None:
            return f"*{escape_markdown(key)}*"
        ends = (
            self.map.claims[end].text if end in self.map.claims else "another step"
            for end in (*relation.by, relation.target)
        )
        *sources, target = map(escape_markdown, ends)
        return f"the step from {', '.join(sources) or 'nothing'} to {target}"
