"""Suggest the issue of a claim: the one whose words in the codebook it shares most, the rarest counting most."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping

from argmap.drafting.cues import Cues
from argmap.model import Issue
from argmap.sentences.substance.stems import stemmer

LEAST = 2.0
"""Least weight of the shared words; a word that only one issue has weighs 1 and more."""
LEAD = 1.25
"""Least lead over the second best issue, as a ratio."""
_WORD = re.compile(r"[^\W\d_]{3,}")


class IssueFinder:
    """The issues of a codebook, by the stems of their words."""

    def __init__(self, issues: Mapping[str, Issue], cues: Cues) -> None:
        self._plain = cues.plain
        self._stem = stemmer(cues.language if cues.language in ("en", "de", "fr", "es") else "en")
        self._stems = {issue_id: self._of_issue(issue_id, issue) for issue_id, issue in issues.items()}
        count = Counter(stem for stems in self._stems.values() for stem in stems)
        self._weight = {stem: 1 + math.log(len(issues) / n) for stem, n in count.items()}

    def issue_of(self, words: str) -> str | None:
        """Return the issue that a statement speaks to; `None` where none is clearly the nearest."""
        if not self._stems:
            return None
        said = self._of(words)
        scores = sorted(
            ((sum(self._weight[stem] for stem in said & stems), issue_id) for issue_id, stems in self._stems.items()),
            reverse=True,
        )
        best, issue_id = scores[0]
        second = scores[1][0] if len(scores) > 1 else 0.0
        return issue_id if best >= LEAST and best >= LEAD * second else None

    def _of_issue(self, issue_id: str, issue: Issue) -> set[str]:
        labels = (position.label for position in issue.scale.values())
        return self._of(" ".join([issue_id.replace("-", " "), issue.question, issue.label or "", *labels]))

    def _of(self, words: str) -> set[str]:
        return {self._stem(word) for word in _WORD.findall(words.casefold()) if word not in self._plain}
