"""Tell substance from wording: judge whether two sentences say the same."""

from argmap.sentences.substance.judge import compare_substance
from argmap.sentences.substance.model import Effect, Signal, SignalKind, Substance, Verdict

__all__ = ["Effect", "Signal", "SignalKind", "Substance", "Verdict", "compare_substance"]
