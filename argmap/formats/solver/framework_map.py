"""Build the map of a framework: arguments become claims, and ties relations.

A comment `name = claim-id: text` says which claim an argument is, so that a map comes back; solvers skip it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from argmap.findings import brief
from argmap.formats.common.format import Content, Reading
from argmap.formats.common.reader_support import Ids, Irregular, lines_of, map_id, validated
from argmap.model import Map

_NAMED = re.compile(r"(?:^|(?<=\s))[%#] ?(\S+) = ([^\s:]+):(.*)")


class Builder:
    """Collect claims and relations, with findings for what is irregular."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.irregular, self.ids = Irregular(content.name), Ids()
        self.known: dict[str, str] = {}
        self.claims: dict[str, dict[str, Any]] = {}
        self.relations: list[dict[str, Any]] = []
        self.named = {
            name: (claim_id, " ".join(text.split()))
            for name, claim_id, text in (found.groups() for found in map(_NAMED.search, lines_of(content)) if found)
        }

    def argument(self, name: str, line: int) -> None:
        """Add an argument as a claim."""
        if name in self.known:
            self.irregular.add("duplicate-id", f"{brief(name)!r} occurs twice: the second is left out.", line=line)
            return
        claim_id, text = self.named.get(name, (name, ""))
        self.known[name] = claim_id = self.ids.word(claim_id)
        self.claims[claim_id] = {"text": text or name}

    def relation(self, type_: str, source: str, target: str, line: int) -> None:
        """Add an attack or support between two known arguments."""
        if not self.known.keys() >= {source, target}:
            message = f"{brief(source)} → {brief(target)} does not tie two arguments: left out."
            self.irregular.add("dangling-reference", message, line=line)
        else:
            self.relations.append({type_: self.known[target], "by": [self.known[source]]})

    def not_read(self, line: str, n: int) -> None:
        """Report a part of a line, unless it is blank."""
        if line.strip():
            self.irregular.add("unknown-line", f"{brief(line.strip())!r} is not known here: left out.", line=n)

    def reading(self) -> Reading:
        """Return the map and the findings."""
        name = self.content.name
        data = {"id": map_id(name, (".apx", ".af")), "claims": self.claims, "relations": self.relations}
        return Reading(validated(data, name), self.irregular.findings)


def comments(map_: Map, names: Mapping[str, str], mark: str) -> Iterator[str]:
    """Yield a comment for each claim that its argument's name does not tell whole."""
    for claim_id, name in names.items():
        text = map_.claims[claim_id].text
        if (claim_id, text) != (name, name):
            yield f"{mark} {name} = {claim_id}: {text}"
