"""Tell substance from wording: do two sentences say the same, in other words or not?"""

from argmap.sentences.substance.judge import compare_substance
from argmap.sentences.substance.model import Effect, Signal, SignalKind, Substance, Verdict

__all__ = ["Effect", "Signal", "SignalKind", "Substance", "Verdict", "compare_substance"]
