"""Draft maps: by cue words, by a language model, or by the answer of any chat, each quote held against the text.

A draft is never a finding. Whatever it adds has `status: suggested` until a person accepts it.
"""

from argmap.drafting.proposals import DRAFTED_BY, claim_id_of, draft, suggest_claim

__all__ = ["DRAFTED_BY", "claim_id_of", "draft", "suggest_claim"]
