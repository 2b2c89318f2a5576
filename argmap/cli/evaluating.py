"""`argmap evaluate`: which claims of a map stand, and what carries the thesis."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from argmap.cli import inputs, output, terminal
from argmap.text_tools import escape_markdown

if TYPE_CHECKING:
    from argmap.model import Map
    from argmap.semantics import Evaluation


def run(path: str, read_as: str | None, style: str, out: Path | None, **options: Any) -> None:
    """Evaluate a map and print the result as text, Markdown or JSON."""
    from argmap.semantics import evaluate, to_json

    map_ = inputs.read(path, read_as)
    found = evaluate(map_, **options)
    if style == "json":
        text = terminal.json_text(to_json(found, map_)) + "\n"
    else:
        text = "\n".join(_lines(found, map_, markdown=style == "md")) + "\n"
    if style == "text" and out is None:
        output.say(text.removesuffix("\n"))
        return
    output.text(text, out)


def _lines(found: Evaluation, map_: Map, *, markdown: bool) -> list[str]:
    from argmap.findings import brief
    from argmap.semantics import sentences

    mark, title = ("- ", "# ") if markdown else ("", "")
    lines = [f"{title}{brief(map_.title or map_.id, 100)}", ""]
    for sentence in sentences(found, map_):
        lines.append(f"{mark}{escape_markdown(sentence.text) if markdown else sentence.text}")
        lines += [
            f"{'  > ' if markdown else '    '}“{escape_markdown(quote) if markdown else quote}”"
            for quote in (brief(quote, 160) for quote in sentence.quotes)
        ]
    lines.append("")
    lines += _table(found, map_, markdown=markdown)
    for name, labellings in found.labellings.items():
        if name != "grounded":
            count = len(labellings.found)
            lines += [
                "",
                f"{'' if labellings.complete else 'at least '}{count} {name} labelling{'' if count == 1 else 's'}",
            ]
            lines += [
                f"{mark}in: {', '.join(c for c, label in each.items() if label == 'in') or 'none'}"
                for each in labellings.found[:10]
            ]
            if count > 10:
                lines.append(f"{mark}… and {count - 10} more: --format json lists them")
    return lines


def _table(found: Evaluation, map_: Map, *, markdown: bool) -> list[str]:
    from argmap.findings import brief

    rows = [
        (label, f"{found.strengths[claim_id]:.2f}", claim_id, brief(map_.claims[claim_id].text, 70))
        for claim_id, label in found.labels.items()
    ]
    if markdown:
        body = [
            f"| {label} | {strength} | {claim_id} | {escape_markdown(text)} |"
            for label, strength, claim_id, text in rows
        ]
        return ["| label | strength | claim | |", "|---|---|---|---|", *body]
    wide = max((len(row[2]) for row in rows), default=0)
    return [f"{label:<9} {strength}  {claim_id:<{wide}}  {text}" for label, strength, claim_id, text in rows]
