"""The list of rules: it decides the order of findings and of the pages."""

from __future__ import annotations

from typing import Any

from argmap.rules.argument import (
    attack_unanswered,
    begs_the_question,
    premise_twice,
    strong_word,
    support_and_attack,
    thesis_unsupported,
    two_statements,
    unknown_question,
    wide_link,
)
from argmap.rules.examined import Examined
from argmap.rules.phrasing import bare_pronoun, empty_text, same_text
from argmap.rules.rule import Rule
from argmap.rules.shared import (
    Aligned,
    Issues,
    decided_twice,
    impossible_change,
    reading_out_of_date,
    same_label,
    short_scale,
    unknown_claim,
    word_against_rule,
)
from argmap.rules.sources import (
    ambiguous_quote,
    bad_date,
    changed_source,
    cue_not_in_text,
    implicit_with_quote,
    missing_hash,
    missing_quote,
    other_typography,
    part_of_word,
    quote_in_excluded_part,
    quote_set_aside,
    sentence_left_out,
    unanchored_quote,
    unchecked_quotes,
)
from argmap.rules.structure import (
    adrift,
    awaits_review,
    circular_support,
    dangling_reference,
    duplicate_id,
    no_thesis,
    repeated_relation,
    self_relation,
    unknown_issue,
    unknown_position,
    unknown_speaker,
)

MAP_RULES: tuple[Rule[Examined], ...] = (
    # the words
    unanchored_quote,
    part_of_word,
    ambiguous_quote,
    other_typography,
    unchecked_quotes,
    quote_in_excluded_part,
    quote_set_aside,
    missing_quote,
    implicit_with_quote,
    changed_source,
    missing_hash,
    bad_date,
    cue_not_in_text,
    sentence_left_out,
    # the argument
    dangling_reference,
    duplicate_id,
    repeated_relation,
    no_thesis,
    adrift,
    circular_support,
    self_relation,
    support_and_attack,
    premise_twice,
    begs_the_question,
    thesis_unsupported,
    attack_unanswered,
    wide_link,
    unknown_question,
    unknown_speaker,
    unknown_issue,
    unknown_position,
    awaits_review,
    # the claims
    empty_text,
    bare_pronoun,
    same_text,
    two_statements,
    strong_word,
)
CODEBOOK_RULES: tuple[Rule[Issues], ...] = (short_scale, same_label)
ALIGNMENT_RULES: tuple[Rule[Aligned], ...] = (
    unknown_claim,
    decided_twice,
    impossible_change,
    reading_out_of_date,
    word_against_rule,
)
RULES: tuple[Rule[Any], ...] = (*MAP_RULES, *CODEBOOK_RULES, *ALIGNMENT_RULES)
"""Every rule, in the order of the documentation."""

OPTIONAL = {rule.name for rule in RULES if rule.optional}
SUFFIXES = (".yaml", ".yml", ".json")
"""The suffixes of argmap's own files."""
OF_OUR_FILES: tuple[Rule[Any], ...] = (
    # other formats have no place for these
    *(no_thesis, missing_quote, missing_hash, sentence_left_out),
    # every reader reports this in the terms of its own format
    dangling_reference,
)
"""Rules that only check argmap's own files."""
ABOUT_FOREIGN: tuple[Rule[Any], ...] = (unchecked_quotes,)
"""Notes that are given on files of other formats, too."""
