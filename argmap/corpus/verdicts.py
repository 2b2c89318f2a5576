"""Judge what differs in substance between two claims of different maps that are alike."""

from __future__ import annotations

import re

from argmap import sentences

_REASON = re.compile(r",? (?:because|weil|parce qu|porque)\b.*", re.IGNORECASE | re.DOTALL)
"""A reason after a claim: it need not be denied for the claim to be."""


def verdict(left: str, left_if: str | None, right: str, right_if: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the verdict on two claims with their conditions, and the differences in words; see `Match.substance`."""
    judged = sentences.compare_substance(left, right)
    if sentences.normalise(left_if or "") != sentences.normalise(right_if or ""):
        # What hangs on something says less than what does not.
        return "differs", (*_words(judged), f"condition {left_if or 'none'} → {right_if or 'none'}")
    bare = _REASON.sub("", left), _REASON.sub("", right)
    main = judged if bare == (left, right) else sentences.compare_substance(*bare)
    if judged.verdict != "same" and _contradicts(main):
        return "contradicts", _words(main)
    unknown = [signal for signal in judged.signals if signal.kind == "unknown"]
    if judged.verdict == "unclear" and any(
        bool(signal.before) != bool(signal.after) and "not" not in (*signal.before, *signal.after) for signal in unknown
    ):
        return "adds", _words(judged)
    return judged.verdict, _words(judged)


def _contradicts(judged: sentences.Substance) -> bool:
    """Tell a denial from a mere difference: a demand beside a fact, or a condition, may turn on a *not* that denies nothing."""
    if any(signal.kind in ("modal", "condition", "unknown") for signal in judged.signals):
        return False
    return any(
        signal.effect == "reversed" or (signal.kind in ("number", "date") and signal.before and signal.after)
        for signal in judged.signals
    )


def _words(judged: sentences.Substance) -> tuple[str, ...]:
    return tuple(signal.text for signal in judged.signals)
