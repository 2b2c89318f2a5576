"""Read one unit by its cue words: its kind, who speaks, what the author makes of it, and the statement in it.

    But Tokyo says the law should change.    policy · reported · Tokyo · "The law should change."
    Admittedly, fares are high.              fact · conceded · "Fares are high."

Only words decide, so a reading is a suggestion: the exact words stay in the quote, and a person accepts or changes it.
Force is always plain, because a guess by hedges and boosters was worse than that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from argmap.drafting.cues import Cues, even
from argmap.model import Commitment, Kind

_DETERMINER = r"(?:the|a|an|this|that|these|those|its|their|his|her|our|my|der|die|das|dieser|diese|le|la|les|ce|cette|ces|el|los|las|este|esta)"
_NO_SPEAKER = re.compile(
    rf"^(?:{_DETERMINER}|it|there|what|which|who|that|this|and|but|or|so|if|to|not|no|as|man|es|on|ce|cela|esto|eso|one|you|nobody|none|all|much|more|how|why|when)$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"^(?:he|she|they|er|sie|il|elle|ils|elles|él|ella|ellos|ellas)$", re.IGNORECASE)
_FEW = 9
"""Most words of a speaker."""
_LEAD = re.compile(
    r"(?:before|after|when|while|as|in|at|on|by|for|with|during|since|despite|although|if|last|this|im|am|nach|vor|bei|en|au|lors|pendant|durante|tras)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"(?:by|on|of|about|against|as|with|over|in|at|from|during|into|through|von|durch|mit|bei|par|avec|por|con)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r'^"[^"]*"?$')
_LIST_ITEM = re.compile(
    r"^(?:one|two|three|four|five|six|seven|eight|nine|ten|first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|\(?\d{1,2}[.)]|[•*·–—-]|erstens|zweitens|drittens|premièrement|deuxièmement)\b[,.:)]?|^[•*·–—-]\s",
    re.IGNORECASE,
)
_ENUMERATION = re.compile(r":\s*$")
_VERB_LIKE = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Reading:
    """The fields of a claim that cue words tell."""

    text: str
    """The statement in it, without connectives and without "X says"."""
    kind: Kind
    commitment: Commitment = "asserted"
    speaker: str | None = None
    """Name of the speaker as the text has it; `None` for the author, or for "it is said"."""
    pronoun: bool = False
    """The speaker is "he", "she" or "they": the one before."""
    condition: tuple[int, int] | None = None
    """Place in the unit of the words that it hangs on."""
    opposed: bool = False
    """The speaker is against what the author holds: "critics", "some fear"."""
    carries: bool = False
    """The speaker goes on in the list that follows."""
    listed: bool = False
    """It is an entry of a list: "Two, …"."""
    quoted: bool = False
    """It is nothing but words in quotation marks."""


@dataclass(frozen=True, slots=True)
class _Voice:
    name: str | None
    rest: str
    opposed: bool = False
    pronoun: bool = False
    demands: bool = False


def reading_of(words: str, cues: Cues) -> Reading:
    """Read the exact words of a unit of a text."""
    plain = even(words)
    asked = plain.rstrip("\"') 」』").endswith(("?", "？")) or (
        cues.language == "ja" and bool(re.search("か[。？]?$", plain))
    )
    voice = _voice(plain, cues)
    statement = _without_connective(voice.rest if voice else plain, cues)
    conceded = cues.opens("concede", plain) or cues.opens("although", plain)
    commitment: Commitment = "asserted"
    if asked:
        commitment = "asked"
    elif voice:
        commitment = "reported"
    elif cues.finds("grant", plain) or (conceded and not _main_clause_follows(plain, cues)):
        commitment = "conceded"
    return Reading(
        text=_sentence(statement if _VERB_LIKE.search(statement) else words),
        kind="policy" if voice and voice.demands else kind_of(statement, cues),
        commitment=commitment,
        speaker=voice.name if voice else None,
        pronoun=bool(voice and voice.pronoun),
        condition=_condition(plain, cues),
        opposed=bool(voice and voice.opposed),
        carries=bool(voice and _ENUMERATION.search(plain)),
        listed=bool(_LIST_ITEM.match(plain)),
        quoted=bool(_QUOTED.match(plain)),
    )


def kind_of(words: str, cues: Cues) -> Kind:
    """Tell the kind of a statement by its modals and by words of planning, cause, definition and worth."""
    if _is_modal("ought", words, cues):
        return "policy"
    table: tuple[tuple[str, Kind], ...] = (
        ("plan", "plan"),
        ("define", "definition"),
        ("cause", "cause"),
        ("value", "value"),
    )
    if not cues.finds("plan", words) and _is_modal("will", words, cues):
        return "prediction"
    return next((kind for section, kind in table if cues.finds(section, words)), "fact")


def _is_modal(section: str, words: str, cues: Cues) -> bool:
    """Find a modal that is not part of another phrase: "must", but not "must have been"."""
    found, other = cues.finds(section, words), cues.finds(f"not-{section}", words)
    return bool(found) and not (found and other and other.start() <= found.start() < other.end())


# The speaker.


def _voice(words: str, cues: Cues) -> _Voice | None:
    """Find who says it, if not the author, and the words without that."""
    opening = cues.opens("but", words) or cues.opens("also", words) or cues.opens("therefore", words)
    start = opening.end() if opening else 0
    body = words[start:].lstrip(" ,")
    # "On the other hand, it is argued that …"
    lead = re.match(r"(?:[^\W\d_]+\s+){1,4}[^\W\d_]+,\s+", body)
    after_lead = body[lead.end() :] if lead and cues.opens("nobody", body[lead.end() :]) else body
    nobody = cues.opens("nobody", after_lead)
    if nobody:
        rest = re.sub(r"^\s*(?:that|dass|que|qu'|,)\s*", "", after_lead[nobody.end() :])
        return _Voice(None, rest, opposed=bool(cues.opens("oppose", after_lead) or cues.opens("turn", body)))
    if not cues.spaced:
        return _voice_ja(words, cues)
    return _according(body, cues) or _subject(body, cues) or _trailing(body, cues)


def _according(words: str, cues: Cues) -> _Voice | None:
    """Read "According to Lee, …" and "…, according to Lee."."""
    if opening := cues.opens("according", words):
        who, comma, rest = words[opening.end() :].partition(",")
        if comma and _is_speaker(who, cues) and rest.strip():
            return _Voice(_name(who), rest)
        # "Laut der Verwaltung waren es …"
        verb = cues.finds("finite", words[opening.end() :])
        who = words[opening.end() :][: verb.start()] if verb else ""
        if _is_speaker(who, cues):
            return _Voice(_name(who), words)
    found = re.search(rf",\s*(?:{cues.source('according')})\s+(?P<who>[^,.;:]+)[.!]?\s*$", words, re.IGNORECASE)
    if found and _is_speaker(found["who"], cues):
        return _Voice(_name(found["who"]), words[: found.start()])
    return None


def _subject(words: str, cues: Cues) -> _Voice | None:
    """Read "Many officials argue that …": a verb of saying after its subject, near the start."""
    pattern = rf"(?P<also>\s(?:will|would|may|might|could|can|also|often|further|have|has|had|now|still|recently|rightly|long|themselves|auch|aussi|también)){{0,2}}\s(?P<verb>{cues.source('say')})"
    verbs = re.finditer(pattern, words[:160], re.IGNORECASE)
    return next((voice for verb in verbs if (voice := _said(words, verb, cues))), None)


def _said(words: str, verb: re.Match[str], cues: Cues) -> _Voice | None:
    """Read the subject before a verb of saying, and the statement after it."""
    if '"' in words[: verb.start()]:
        return None  # who says it stands behind the quotation
    who, after = words[: verb.start()].strip(" '"), words[verb.end() :]
    # "…, he said" stands at the end; "the claim that" and "what they say" are no speakers.
    who = re.split(r",\s*(?:who|which|whose|der|die|qui|que)\b", who)[0]
    lead, comma, last = who.rpartition(",")
    if comma and _LEAD.match(lead):
        who = last  # "Before the talks, both sides agreed that …"
    elif comma and " and " not in who:
        who = who.partition(",")[0]  # "Lee, the mayor, said that …"
    if any(cues.opens(section, who) for section in ("if", "because", "although", "unless")):
        return None
    if not _is_speaker(who, cues) or not _VERB_LIKE.search(after):
        return None
    that = re.match(r"\s*(?:(?:[\w'’]+\s+){0,5}?,?\s*(?:that|dass|daß|que|qu')\b\s*|[,:]\s*)?", after, re.IGNORECASE)
    rest = after[that.end() :] if that else after
    # "Patients report relief": a noun follows, and no clause.
    is_sure = cues.opens("sure", verb["verb"]) is not None
    is_clause = bool(that and that[0].strip()) or is_sure or cues.finds("finite", rest) is not None
    to_do = re.match(r"(?:to|for|zu|de|d'|an?|un|une|una|ein\w*)\b", rest, re.IGNORECASE)
    demands = cues.finds("demand", verb["verb"]) is not None
    # "Teenagers want to show it" tells of a wish, and reports no words.
    bare = " " not in who.strip() and who.strip().endswith("s") and not cues.opens("voices", who)
    if bare and not is_sure and not (that and re.search(r"\w", that[0])):
        return None
    if len(rest.split()) < 2 or not (is_clause or (to_do and demands)) or _PREPOSITION.match(rest):
        return None
    opposed = bool(cues.opens("oppose", words)) or bool(cues.finds("oppose", verb["verb"]))
    # "The council wants to close it", "Lee called for a ban": the statement is not a clause of its own.
    whole = re.match(r"(?:to|for|zu|de|d')\b", rest, re.IGNORECASE)
    pronoun = bool(_PRONOUN.match(who))
    return _Voice(None if pronoun else _name(who), words if whole else rest, opposed, pronoun, demands)


def _trailing(words: str, cues: Cues) -> _Voice | None:
    """Read "…, said Lee." and "…, officials say, …"."""
    says = cues.source("says")
    found = re.search(
        rf"(?P<before>[,\"])\s*(?:(?P<v1>{says})\s+(?P<w1>[^,.;:\"]{{2,70}})|(?P<w2>[^,.;:\"]{{2,70}}?)\s+(?P<v2>{says}))\s*(?P<after>[,.:]|$)",
        words,
        re.IGNORECASE,
    )
    if not found:
        return None
    who = found["w1"] or found["w2"]
    if not _is_speaker(who, cues):
        return None
    rest = words[: found.start()] + (found["before"] if found["before"] == '"' else "")
    after = words[found.end() :]
    if _VERB_LIKE.search(after):
        rest = f"{rest}{' ' if after[:1] != ' ' else ''}{after}"
    return _Voice(None if _PRONOUN.match(who.strip()) else _name(who), rest, pronoun=bool(_PRONOUN.match(who.strip())))


def _voice_ja(words: str, cues: Cues) -> _Voice | None:
    """Read 〜によると and 〜は…と述べた."""
    according = cues.finds("according", words)
    if according and according.start() < 20:
        return _Voice(words[: according.start()].strip("、「」 ") or None, words[according.end() :].lstrip("、"))
    verb = re.search(rf"と、?(?:{cues.source('say')})", words)
    if verb is None or verb.start() < len(words) / 3:
        return None
    who = re.match(r"(?P<who>[^、。は「」]{1,20})(?:は|も|が)、?", words)
    if who is None or cues.opens("own", words):
        return None
    return _Voice(
        who["who"], words[who.end() : verb.start()].strip("「」、"), opposed=bool(cues.finds("oppose", words))
    )


def _is_speaker(who: str, cues: Cues) -> bool:
    """Tell if some words can name somebody who is not the author: known voices, a name, or a noun with an article."""
    who = who.strip(" \"',")
    parts = who.split()
    if (
        not parts
        or len(parts) > _FEW
        or _NO_SPEAKER.match(who)
        or any(char in who for char in ";:.?!" if not who.endswith("."))
    ):
        return False
    if cues.finds("own", who):
        return False
    if re.search(r"\b(?:is|are|was|were|will|would|can|could|should|must|that|which|because|if)\b", who):
        return False
    voices = cues.finds("voices", who)
    if (voices and (voices.start() == 0 or voices.end() == len(who))) or _PRONOUN.match(who):
        return True
    has_name = any(
        part[:1].isupper() for part in (parts if _NO_SPEAKER.match(parts[0]) else parts[:1]) if len(part) > 1
    )
    determined = bool(re.match(_DETERMINER + r"\b", who, re.IGNORECASE)) and len(parts) > 1
    return (has_name or determined) and not (len(parts) > 1 and _NO_SPEAKER.match(parts[-1]))


def _name(who: str) -> str:
    who = re.sub(r"\s+", " ", who).strip(" \"',.")
    return who[:1].upper() + who[1:]


# The statement.

_SIGNS = " ,;:–—-"


def _without_connective(words: str, cues: Cues) -> str:
    """Take the connective from the beginning, and "However," out of a sentence that begins with another."""
    if "taken-off" in cues.patterns and not cues.opens("taken-off", words):
        return words
    for _ in range(2):
        for section in ("but", "also", "therefore", "thesis", "concede", "example", "because"):
            opening = cues.opens(section, words)
            if (
                opening
                and len(words) - opening.end() > 12
                and (cues.spaced or words[opening.end() : opening.end() + 1] == "、")
            ):
                rest = words[opening.end() :].lstrip(_SIGNS + "、")
                words = re.sub(r"^(?:that|dass|que)\s+", "", rest)
                break
        else:
            break
    return words


def _sentence(words: str) -> str:
    """Write a statement as a sentence: one space between words, a capital at the start, a full stop."""
    text = re.sub(r',(["\'])$', r".\1", " ".join(words.split()).strip(_SIGNS))
    if whole := re.fullmatch(r'"\s*+([^"]+)"[.]?', text):
        text = whole[1].rstrip()
    if text.count('"') % 2:
        text = text.replace('"', "")
    if text[:1].islower():
        text = text[:1].upper() + text[1:]
    return (
        text
        if re.search(r"[.!?…。！？]['\")\]」』]*$", text) or not text
        else text + ("。" if re.search("[ぁ-ヺ一-鿿]$", text) else ".")
    )


def _main_clause_follows(words: str, cues: Cues) -> bool:
    """Tell if a sentence that opens with "although" goes on with its main clause: "Although it rains, we go"."""
    return (
        bool(cues.opens("although", words))
        and bool(re.search(r"[,、]\s*\w", words))
        and words.rstrip().endswith((".", "。", "!"))
    )


def _condition(words: str, cues: Cues) -> tuple[int, int] | None:
    """Find the clause with "if" at the start of a unit, up to its comma."""
    opening = cues.opens("if", words)
    if opening is None or not cues.spaced:
        return None
    comma = words.find(",", opening.end())
    if comma < 0 or len(words) - comma < 8 or len(words[opening.end() : comma].split()) < 2:
        return None
    return opening.start("cue"), comma
