"""Tell what a change of modal verb does to a claim.

Two ladders, weak to strong; a step on one is stronger or weaker, a step from one to the other is another kind of claim:

    what is so      may < likely, would < will, nothing ("it is")
    what ought      may, can < should < must
"""

from __future__ import annotations

from argmap.sentences.substance.model import Effect

SO = {"may": 1, "could": 1, "can": 2, "likely": 2, "would": 2, "will": 3, "none": 4}
OUGHT = {"need-not": 0, "may": 1, "can": 1, "could": 1, "should": 2, "must": 3}


def effect_of(before: str, after: str, *, negated: bool) -> Effect:
    """Tell what a change of modal does; `none` where both say the same.

    Parameters
    ----------
    before, after
        Classes of modals, or `none`.
    negated
        Whether both sentences negate: then *may not*, *can not* and *must not* all forbid.
    """
    pair = {before, after}
    if before == after or pair <= {"may", "could"} or pair == {"may", "can"}:
        return "none"
    if negated and (pair <= {"may", "can", "must", "could"} or pair == {"can", "none"}):
        return "none"
    if pair <= OUGHT.keys() and OUGHT[before] != OUGHT[after]:
        return "strengthened" if OUGHT[after] > OUGHT[before] else "weakened"
    if pair == {"will", "none"}:
        return "reframed"
    if pair <= SO.keys():
        if SO[before] == SO[after]:
            return "none"
        return "strengthened" if SO[after] > SO[before] else "weakened"
    return "reframed"
