"""Small phrases that say whose words something is, when it was written, and what a count amounts to."""

from __future__ import annotations

from argmap.diff.model import Diff, Stand
from argmap.model import Claim, Map, Mode, Source

MODE_ORDER: tuple[Mode, ...] = ("is", "will", "ought")
SAYS: dict[Mode, str] = {"is": "says it is", "will": "says it will be", "ought": "says it should be"}
BECAUSE = {"support": "because", "attack": "but against it", "rephrase": "said again"}
ROLE_OF_ATTACK = {"rebut": "Against it", "undermine": "Against this premise", "undercut": "Against this step"}
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

TITLES = {
    "positions": "What moved, issue by issue",
    "revisions": "What the author of the map changed",
    "annotators": "Where the two analysts differ",
}


def date_in_words(date: str | None) -> str | None:
    """A date as it is read, as precise as it is known.

    >>> date_in_words("2005-03"), date_in_words("1996"), date_in_words("1996-04-29"), date_in_words("spring 1996")
    ('March 2005', '1996', '29 April 1996', 'spring 1996')
    """
    if date is None:
        return None
    parts = date.split("-")
    if not 1 < len(parts) <= 3 or not all(part.isdecimal() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return date
    month = f"{MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"{int(parts[2])} {month}" if len(parts) == 3 else month


def byline(source: Source) -> str:
    """Who wrote a text, and when; what is not known is said to be so."""
    author = source.author or "no author named"
    return ", ".join(filter(None, (author, date_in_words(source.published) or "no date given")))


def whose(m: Map, claim: Claim) -> tuple[str, str]:
    """What the author does with a claim, and who is said to make it; either may be empty."""
    if claim.implicit:
        return "unstated premise", "supplied by the analyst"
    speaker = m.speakers.get(claim.speaker) if claim.speaker else None
    name = speaker.name if speaker else claim.speaker or ""
    if claim.commitment == "asserted":
        return ("shared by the author", name) if name else ("", "the author")
    return claim.commitment, name


def stands(stand: Stand) -> tuple[tuple[Mode, tuple[str, ...]], ...]:
    """The positions of a text, by mode, leaving out the modes in which it takes none."""
    return tuple((mode, stand.of(mode)) for mode in MODE_ORDER if stand.of(mode))


def plural(n: int, one: str, many: str | None = None) -> str:
    """A count in words.

    >>> plural(1, "claim"), plural(3, "claim")
    ('1 claim', '3 claims')
    """
    return f"{n} {one if n == 1 else many or one + 's'}"


def tally(diff: Diff) -> list[tuple[str, int]]:
    """How often each change word was given, most frequent first, silences last; suggestions are not among them."""
    counted = {word: n for word, n in diff.summary.items() if word != "suggested" and n}
    silent = ("dropped", "new")
    return sorted(counted.items(), key=lambda item: (item[0] in silent, -item[1] if item[0] not in silent else 0))
