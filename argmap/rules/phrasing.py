"""Rules about the texts of claims: each stands alone, is not empty, and occurs once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from argmap.findings import brief
from argmap.rules.examined import Examined
from argmap.rules.rule import Problem, rule

_VERB = r"(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|might|must|shall|should|means?|shows?|makes?|made|leads?|led)\b"
_BARE = re.compile(
    rf"(?:they|he|she)\b"
    rf"|(?:this|that|these|those)(?:,| (?:also |too |in turn )?{_VERB})"
    # "It is urgent to …", "It is doubtful that …" point forward, to what they say themselves.
    r"|it\b(?!.* (?:that|to|for|of|who|which|whether|how|why|when|where|if|because|not)\b)",
    re.IGNORECASE,
)


@rule("empty-text", "error")
def empty_text(examined: Examined) -> Iterator[Problem]:
    """A claim with an empty text.

    Its box would be empty.

        claims: {near-equals: {text: ""}}
    """
    for claim_id, claim in examined.map.claims.items():
        if not claim.text.strip():
            yield Problem(f'claim "{claim_id}" says nothing.', ("claims", claim_id, "text"), "Write what it claims.")


@rule("bare-pronoun", "warning")
def bare_pronoun(examined: Examined) -> Iterator[Problem]:
    """A claim that begins with a pronoun for something outside it.

    Claims are read one by one, in boxes, tables and diffs, where nobody can tell what "this" or "they" means.
    Only English texts are checked.

        text: They fear a strong Japan.     # Japan's neighbours fear a strong Japan.
    """
    languages = [source.language or "en" for source in examined.map.sources.values()]
    if any(not language.lower().startswith("en") for language in languages):
        return
    for claim_id, claim in examined.map.claims.items():
        match = _BARE.match(claim.text)
        if match:
            word = claim.text.split()[0].strip(",")
            message = (
                f'claim "{claim_id}" begins with "{word}", and nobody can tell what that is: "{brief(claim.text)}"'
            )
            yield Problem(message, ("claims", claim_id, "text"), "Name it, so that the claim stands alone.")


@rule("same-text", "warning")
def same_text(examined: Examined) -> Iterator[Problem]:
    """Two claims with the same text.

    If they say the same, make them one claim with two quotes; if not, reword one.

        claims:
          obsolete: {text: The relationship is obsolete., …}
          archaic: {text: The relationship is obsolete., …}
    """
    first: dict[str, str] = {}
    for claim_id, claim in examined.map.claims.items():
        words = " ".join(claim.text.split()).casefold().rstrip(".")
        if words in first:
            message = f'claim "{claim_id}" says the same as "{first[words]}".'
            yield Problem(message, ("claims", claim_id, "text"), "Make them one, or tell them apart.")
        elif words:
            first[words] = claim_id
