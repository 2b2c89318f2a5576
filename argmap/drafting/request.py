"""Write the request to a language model: instructions, codebook, claims so far, and the text between two marks."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from argmap import anchor
from argmap.model import Map, Source
from argmap.sentences.split import paragraphs

GROUP = 6000
"""Characters of a group of paragraphs, which one request holds."""
_IN_YAML = """\
Answer with YAML in one code fence, like this (the text is another one):

```yaml
{example}```
"""


def instructions(name: str = "instructions.md") -> str:
    """Read a file of instructions of the package."""
    return resources.files(__package__).joinpath("prompt", name).read_text("utf-8")


def request_for_chat(map_: Map) -> str:
    """Write the request for all texts of a map, to paste into any chat."""
    parts = [instructions(), _IN_YAML.format(example=instructions("example.yaml")), *context_of(map_)]
    parts += [between_marks(text) for source in map_.sources.values() if (text := body_of(source)).strip()]
    return "\n".join(parts)


def context_of(map_: Map) -> Iterator[str]:
    """Yield what the request says of the codebook and of the claims that are there."""
    if map_.issues:
        yield "Questions of the codebook; give a claim the id of the question that it answers as its `issue`:\n"
        for issue_id, issue in map_.issues.items():
            steps = "; ".join(f"{key} ({position.label})" for key, position in issue.scale.items())
            yield f"- {issue_id}: {issue.question}" + (f" Steps: {steps}." if steps else "")
        yield ""
    if map_.claims:
        yield "Claims that are there already; do not repeat them, but relations may name them:\n"
        yield from (f"- {claim_id}: {claim.text}" for claim_id, claim in map_.claims.items())
        yield ""


def body_of(source: Source) -> str:
    """Return a text without its page furniture."""
    text, parts, at = source.text or "", [], 0
    for span in anchor.excluded_spans(source):
        parts.append(text[at : max(at, span.start)])
        at = max(at, span.end)
    return "".join([*parts, text[at:]])


def groups_of(source: Source, most: int = GROUP) -> list[str]:
    """Cut a text into groups of paragraphs, each for one request; a longer paragraph is a group of its own."""
    body = body_of(source)
    groups: list[str] = []
    for start, end in paragraphs(body):
        words = body[start:end].strip()
        if words and groups and len(groups[-1]) + len(words) < most:
            groups[-1] += f"\n\n{words}"
        elif words:
            groups.append(words)
    return groups


def between_marks(text: str) -> str:
    """Set a text between two marks that do not stand in it."""
    mark = "TEXT"
    while mark in text:
        mark += "-X"
    return f"The text stands between the marks <{mark}> and </{mark}>.\n\n<{mark}>\n{text.strip()}\n</{mark}>\n"
