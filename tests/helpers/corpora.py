"""Find the sample files that tests read: small ones of our own, and larger corpora where they are at hand.

    tests/corpora/aif/talks/ferry.json        written for these tests, always there
    ../shared/corpora/aif/qt30/*.json         other people's files, beside the repository on some machines

Both have the same folders. So a test runs on our own files everywhere, and on the corpora where they are.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "tests" / "corpora"
CORPORA = ROOT.parent / "shared" / "corpora"
CASES = next(
    (at for at in (ROOT.parent / "shared" / "cases", ROOT.parents[1] / "shared" / "cases") if at.is_dir()), None
)
"""Small inputs that went wrong once, beside the repository on some machines."""


def files(pattern: str) -> list[Path]:
    """Find the files of a pattern such as `aif/*/*.json`, our own first."""
    return [*sorted(OURS.glob(pattern)), *sorted(CORPORA.glob(pattern))]
