"""One marked sentence becomes one claim: kind, commitment, speaker and condition by cue words, in five languages."""

from __future__ import annotations

import pytest

from argmap.drafting import suggest_claim
from argmap.model import Source, Speaker

# language, words, kind, commitment, speaker, part of the text
SENTENCES = [
    ("en", "Fares should fall.", "policy", "asserted", None, "Fares should fall."),
    ("en", "Many residents argue that the pool costs too much.", "value", "reported", "Many residents", "The pool costs too much."),
    ("en", "The pool will close, Ms Okafor said.", "prediction", "reported", "Ms Okafor", "The pool will close."),
    ("en", "According to the auditor, the pool is a burden.", "fact", "reported", "The auditor", "The pool is a burden."),
    ("en", "Admittedly, the old pump is loud.", "fact", "conceded", None, "The old pump is loud."),
    ("en", "Who pays for it?", "fact", "asked", None, "Who pays for it?"),
    ("en", "It is often said that pools are a luxury.", "fact", "reported", None, "Pools are a luxury."),
    ("en", "The council plans to close the pool.", "plan", "asserted", None, "The council plans to close the pool."),
    ("en", "Trade unions demand a ban on night work.", "policy", "reported", "Trade unions", "ban on night work"),
    ("en", "Ten years ago I wrote that it is too late.", "value", "asserted", None, "Ten years ago I wrote"),
    ("de", "Kritiker sagen, dass das Bad zu teuer ist.", "value", "reported", "Kritiker", "Das Bad zu teuer ist."),
    ("de", "Die Stadt sollte das Bad sanieren.", "policy", "asserted", None, "Die Stadt sollte"),
    ("de", "Laut Frau Weber, die das Bad leitet, wird das Becken undicht.", "prediction", "reported", "Frau Weber", ""),
    ("de", "Zwar ist das Bad alt.", "fact", "conceded", None, "Bad alt"),
    ("fr", "Selon la maire, la piscine doit fermer.", "policy", "reported", "La maire", "La piscine doit fermer."),
    ("fr", "Certains affirment que la piscine est trop chère.", "value", "reported", "Certains", "La piscine est trop chère."),
    ("fr", "Certes, la piscine est vieille.", "fact", "conceded", None, "La piscine est vieille."),
    ("es", "Según la alcaldesa, la piscina debe cerrar.", "policy", "reported", "La alcaldesa", "La piscina debe cerrar."),
    ("es", "Muchos creen que la piscina es un lujo.", "fact", "reported", "Muchos", "La piscina es un lujo."),
    ("es", "Es cierto que la piscina es vieja.", "fact", "conceded", None, "La piscina es vieja."),
    ("ja", "市は温水プールを残すべきだ。", "policy", "asserted", None, "市は温水プールを残すべきだ。"),
    ("ja", "市長はプールを閉鎖する必要があると述べた。", "policy", "reported", "市長", "プールを閉鎖する必要がある。"),
    ("ja", "確かに、ポンプは古い。", "fact", "conceded", None, "ポンプは古い。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words", "kind", "commitment", "name", "text"), SENTENCES)
def test_cues_fill_in_the_fields(
    language: str, words: str, kind: str, commitment: str, name: str | None, text: str
) -> None:
    """The words that are marked are quoted exactly; kind, commitment and speaker follow from cue words."""
    source = Source(text=f"…\n\n{words}\n\n…", language=language)
    claim, speaker = suggest_claim(source, 3, 3 + len(words))
    assert [quote.exact for quote in claim.quotes] == [words]
    assert (claim.kind, claim.commitment) == (kind, commitment)
    assert (speaker.name if speaker else None) == name
    assert text in claim.text


def test_a_condition_and_a_known_speaker_are_found() -> None:
    """A clause with "if" at the start is the condition; a speaker of the map is used again; ids are free."""
    source = Source(text="If the council pays, the pool will stay open. Okafor said the pool is full.")
    claim, _ = suggest_claim(source, 0, 45, taken=["pool-stay-open"])
    assert claim.condition is not None
    assert claim.condition.exact == "If the council pays"
    known = {"okafor": Speaker(name="Ms Ada Okafor")}
    claim, new = suggest_claim(source, 46, 75, speakers=known)
    assert (claim.speaker, new) == ("okafor", None)
