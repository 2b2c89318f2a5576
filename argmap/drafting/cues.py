"""Read the cue words of a language: our own lists, one file a language in `lists/`.

    [but]
    but, however, yet        →  cues.opens("but", "However, rents rose.") is the match of "However"

Entries stand for whole words, in any letter case; `~` stands for any ending. Japanese entries are found anywhere, as
there are no spaces between words. A language without a list has no cues, so that only punctuation tells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

LANGUAGES = ("en", "de", "fr", "es", "ja")
_ALIKE = str.maketrans("‘’‚‛′`´ʼ“”„‟«»″\u00a0\r\n\t", "'" * 8 + '"' * 7 + "    ")
_OPENING = r"^[\s\"'(\[¿¡「『—–-]*"


def even(words: str) -> str:
    """Write quotation marks and spaces alike, character for character, so that places stay."""
    return words.translate(_ALIKE)


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue words of one language, each section as one pattern."""

    language: str
    patterns: dict[str, re.Pattern[str]]
    openings: dict[str, re.Pattern[str]]
    plain: frozenset[str] = frozenset()
    """Words that name nothing, such as articles."""

    @property
    def spaced(self) -> bool:
        """True if words have spaces between them."""
        return self.language not in ("ja", "zh")

    def finds(self, section: str, words: str) -> re.Match[str] | None:
        """Find the first cue of a section in some words, written by `even`."""
        pattern = self.patterns.get(section)
        return pattern.search(words) if pattern else None

    def opens(self, section: str, words: str) -> re.Match[str] | None:
        """Find the cue of a section with which some words begin; group `cue` is the cue alone."""
        pattern = self.openings.get(section)
        return pattern.match(words) if pattern else None

    def source(self, section: str) -> str:
        """Return the pattern of a section, to build others of; one that finds nothing where there is none."""
        pattern = self.patterns.get(section)
        return pattern.pattern if pattern else r"(?!)"


@lru_cache(maxsize=16)
def cues_of(language: str | None) -> Cues:
    """Return the cues of a language by its BCP 47 code; English when left out, none for a language without a list."""
    code = (language or "en").split("-")[0].lower()
    if code not in LANGUAGES:
        return Cues(code, {}, {})
    sections = _sections(code)
    plain = frozenset(sections.pop("plain"))
    sources = {name: _pattern(entries, spaced=code != "ja") for name, entries in sections.items()}
    return Cues(
        code,
        {name: re.compile(source, re.IGNORECASE) for name, source in sources.items()},
        {name: re.compile(f"{_OPENING}(?P<cue>{source})", re.IGNORECASE) for name, source in sources.items()},
        plain,
    )


def _sections(code: str) -> dict[str, list[str]]:
    text = resources.files(__package__).joinpath("lists", f"{code}.txt").read_text("utf-8")
    found: dict[str, list[str]] = {}
    entries: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            entries = found.setdefault(line.strip("[] "), [])
        elif line and not line.startswith("#"):
            entries += [even(entry.strip()) for entry in line.split(",") if entry.strip()]
    return found


def _pattern(entries: list[str], *, spaced: bool) -> str:
    longest = sorted(set(entries), key=lambda entry: (-len(entry), entry))
    either = "|".join(
        re.escape(entry).replace(r"\~", "~").replace("~", r"\w*").replace(r"\ ", r"\s+") for entry in longest
    )
    # An elided word ends at its apostrophe: "j'estime", "parce qu'il".
    return rf"(?<!\w)(?:{either})(?:(?<=')|(?!\w))" if spaced else f"(?:{either})"
