"""Read and write Argdown text. Described in argdown.md.

lexer ─ tokens ─ parser (grammar.lark) ─ paragraphs ─ interpret ─ Document ─ to_map ─ Map
Map ─ writer.plan ─ titles, lines, premise–conclusion structures ─ writer.text_of ─ text
"""

from __future__ import annotations

import re

from argmap.findings import ArgmapError, Finding, Lines, Place
from argmap.formats.common.format import Content, Format, Reading, has
from argmap.formats.common.map_features import ALL
from argmap.formats.common.reader_support import MOST_FINDINGS, Irregular
from argmap.memory import without_collection
from argmap.model import Map

_OF_MARKDOWN = (
    r"\[(?:\^"  # [^1]: a footnote
    r"|[^\]\n]+\]:[ \t]*(?:<[^>\n]*>|(?=\S*?(?:[/#]|\w:\S|\.\w))\S++)"  # [1]: where a link leads
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^)\n]*\)))?[ \t]*\r?$)"  # and what it is called
)
_ARGDOWN = (
    rf"^(?!{_OF_MARKDOWN})"
    r"(?:\[[^\]\n]+\]|<[^>\n/!?][^>\n]*>):[ \t]*\S"  # [title]: text, <title>: text
    r"|^[ \t]+(?:(?:[+-]>|<[+_-]|><|_>)[ \t]+\S|[+-][ \t]+(?:\[[^\]\n]+\]|<[^>\n]+>)(?::|[ \t]*(?:[#{]|$)))"  # a relation line
    r"|^\(\d+\)[ \t].+\n(?:.*\n){0,20}?--"  # numbered premises, and the dashes of an inference
    r"|\A\s*===\n(?:.*\n)*?argmap:[\s\S]*?==="  # our own front matter
)


def _is_argdown(content: Content) -> bool:
    """Look for a title with a text, a relation line, or premises above dashes; not for links and footnotes of Markdown."""
    return content.data is None and re.search(_ARGDOWN, content.head, re.MULTILINE) is not None


def _is_export(content: Content) -> bool:
    """Look for statements and arguments by title."""
    data = content.data
    return has(data, statements=dict, arguments=dict) or (has(data, relations=list) and has(data, statements=dict))


FORMATS = (
    Format(
        "argdown",
        "Argdown",
        (".argdown", ".ad"),
        ALL
        - {
            *("loose relations", "rephrases", "relations as premises", "joint attacks", "attack schemes"),
            *("sources", "source details", "extra", "order", "questions", "suggested relations"),
        },
        _is_argdown,
    ),
    Format(
        "argdown-json",
        "Argdown JSON",
        (".json", ".argdown.json"),
        matches=_is_export,
        writes=False,
        module="json_export",
    ),
)


def read(content: Content) -> Reading:
    """Read the map of a text; raise ArgmapError with a finding for each fault if no paragraph is Argdown."""
    from argmap.formats.argdown.interpret import interpret
    from argmap.formats.argdown.parser import parse
    from argmap.formats.argdown.to_map import to_map

    # Argdown takes both for the end of a line, except in data over several lines, where it gives up.
    text = content.text.replace("\r\n", "\n")
    lines = Lines(text)

    def place(offset: int) -> Place:
        return Place(content.name, *lines.place(offset))

    comments: list[int] = []
    document, faults = interpret(parse(text, comments))
    irregular = Irregular(content.name)
    if faults:
        faults = sorted(faults, key=lambda fault: fault.at)[:MOST_FINDINGS]
        bad = [Finding("syntax", "error", f.message, place(f.at), f.hint) for f in faults]
        if not document.statements and not document.arguments:
            raise ArgmapError(bad)
        irregular.take(bad)
        irregular.add("syntax", "what is not Argdown is left out, by paragraphs; the rest is read.", severity="warning")
    if not document.statements and not document.arguments:
        irregular.add("empty", "the file has no statements and no arguments.")
    if comments:
        line, column = lines.place(comments[0])
        more = f", and {len(comments) - 1} more" if comments[1:] else ""
        message = f"a comment{more}: left out."
        irregular.add("comment", message, line=line, column=column, severity="note")
    if (include := text.find("@include(")) >= 0:
        line, column = lines.place(include)
        hint = "Let Argdown put the parts together first: `argdown compile`."
        message = "`@include` names another file: it is not read."
        irregular.add("include", message, line=line, column=column, hint=hint)
    return Reading(to_map(document, content.name, irregular, place), irregular.findings)


def carried(map_: Map, _original: Map) -> Map:
    """Return the map as Argdown can hold it: no relation on an attack, no attack with a name, a cue or a note."""
    from argmap.formats.argdown.writer import plan

    with without_collection():
        return plan(map_).map


def write(map_: Map) -> str:
    """Write the text of a map."""
    from argmap.formats.argdown.writer import plan, text_of

    with without_collection():
        return text_of(plan(map_))
