"""The answer of the judge of substance: a verdict and its signals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["same", "differs", "unclear"]
SignalKind = Literal[
    "negation",
    "antonym",
    "number",
    "date",
    "quantifier",
    "comparison",
    "direction",
    "agents",
    "name",
    "condition",
    "modal",
    "unknown",
]
Effect = Literal["reversed", "altered", "strengthened", "weakened", "reframed", "none"]
"""The change that a signal means for a claim; `none` for words that no list knows."""
STRONGEST: tuple[Effect, ...] = ("reversed", "altered", "reframed", "strengthened", "weakened")


@dataclass(frozen=True, slots=True)
class Signal:
    """One difference between two sentences, with the words that show it."""

    kind: SignalKind
    before: tuple[str, ...]
    after: tuple[str, ...]
    text: str
    """In plain words, such as `number 40 → 60`."""
    effect: Effect


@dataclass(frozen=True, slots=True)
class Substance:
    """A judgement on two sentences: do they say the same, and which words differ."""

    verdict: Verdict
    signals: tuple[Signal, ...] = ()

    @property
    def effect(self) -> Effect:
        """The strongest effect of all signals; `strengthened` and `weakened` together are `reframed`."""
        if self.verdict != "differs":
            return "none"
        found = {signal.effect for signal in self.signals}
        if {"strengthened", "weakened"} <= found:
            found.add("reframed")
        return next((effect for effect in STRONGEST if effect in found), "none")
