"""Argumentation schemes: the names, what each argues, and what to ask of it; one list for all formats.

The schemes and their order are those of the compendium in Walton, Reed & Macagno, *Argumentation Schemes*
(2008, chapter 9), with a few that AIFdb adds. The patterns and questions are put here in words of our
own. A map may name any scheme; one from this list is found however it is spelt:

    >>> canonical("CauseToEffect"), canonical("Argument from Cause to Effect"), canonical("my own scheme")
    ('cause to effect', 'cause to effect', 'my own scheme')
    >>> canonical("Default Inference") is None
    True
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scheme:
    """A stereotype of reasoning: what it argues, and the questions that test it."""

    name: str
    says: str
    questions: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    """Other names, beside the spellings that differ in case, spaces and small words."""


def canonical(name: str) -> str | None:
    """The name that this list gives a scheme, or the name as written when it is not on the list.

    Parameters
    ----------
    name
        A scheme as a file spells it: `CauseToEffect`, `Cause To Effect`, `argument from cause to effect`.

    Returns
    -------
    str or None
        `None` for the words with which formats say that no scheme is named, such as `Default Inference`.
    """
    key = _key(name)
    return None if key in _NONE else _NAMES.get(key, name.strip())


def named(name: str) -> Scheme | None:
    """The scheme of that name, however spelt; `None` for one that is not on the list."""
    known = canonical(name)
    return next((scheme for scheme in SCHEMES if scheme.name == known), None)


def aif_name(name: str) -> str:
    """The name in the spelling of AIFdb, `Cause To Effect`, for a scheme of the list; any other as it stands."""
    return name.title() if name in _NAMES.values() else name


_SMALL = {"argument", "arguments", "argumentation", "scheme", "from", "for", "an", "a", "the", "of", "and", "its"}


def _key(name: str) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).casefold()
    return " ".join(word for word in re.findall(r"\w+", words.replace("_", " ")) if word not in _SMALL)


SCHEMES: tuple[Scheme, ...] = (
    Scheme(
        "position to know",
        "Someone placed to know whether it is so says that it is so.",
        (
            "Is the speaker really in a position to know this?",
            "Is the speaker honest?",
            "Did the speaker say so?",
        ),
    ),
    Scheme(
        "expert opinion",
        "An expert in the matter says that it is so.",
        (
            "How credible is this expert?",
            "Is the matter within the expert's field?",
            "What exactly did the expert say, and does it imply the conclusion?",
            "Is the expert personally reliable, without a stake in the answer?",
            "Do other experts agree?",
            "Does the expert's statement rest on evidence?",
        ),
        ("authority", "appeal to expert opinion", "appeal to authority"),
    ),
    Scheme(
        "witness testimony",
        "A witness who was there and says what they believe says that it is so.",
        (
            "Is the account consistent in itself?",
            "Does it fit the established facts?",
            "Does it fit what other witnesses say?",
            "Is the witness biased?",
            "How plausible is what the witness says?",
        ),
        ("testimony",),
    ),
    Scheme(
        "popular opinion",
        "Nearly everyone takes it to be so.",
        ("What shows that most people think so?", "Is there reason to doubt it although most people think so?"),
        ("ad populum", "bandwagon"),
    ),
    Scheme(
        "popular practice",
        "Nearly everyone does it, so it is right to do.",
        ("What shows that most people do it?", "Is there reason not to do it although most people do?"),
    ),
    Scheme(
        "example",
        "This case has the property, so such cases in general have it.",
        (
            "Is the example true?",
            "Does it support the general statement?",
            "Is it typical of the cases the statement covers?",
            "How strong is the general statement, and how wide is it meant?",
            "Is there something special about this case?",
        ),
        ("inductive generalisation",),
    ),
    Scheme(
        "analogy",
        "It holds of a similar case, so it holds of this one.",
        (
            "Are the two cases alike in what matters here?",
            "Does it hold of the other case?",
            "Do they differ in a way that undoes the likeness?",
            "Is there another similar case of which it does not hold?",
        ),
    ),
    Scheme(
        "practical reasoning from analogy",
        "It was the right thing to do in a similar case, so it is right in this one.",
        (
            "Was it the right thing to do in the other case?",
            "Are the two cases alike in what matters here?",
        ),
        ("practical resoning from analogy",),  # as one tool misspells it
    ),
    Scheme(
        "composition",
        "The parts have the property, so the whole has it.",
        ("Is this a property that passes from parts to whole?", "Do all the parts that matter have it?"),
    ),
    Scheme(
        "division",
        "The whole has the property, so its parts have it.",
        ("Is this a property that passes from whole to parts?",),
    ),
    Scheme(
        "oppositions", "Two things are opposites, so what holds of one does not hold of the other.", (), ("opposition",)
    ),
    Scheme(
        "rhetorical oppositions", "Opposites have opposite properties, so this one's property follows from the other's."
    ),
    Scheme(
        "alternatives",
        "It is one or the other, and it is not the other.",
        ("Are these all the possibilities?", "Do they exclude one another?", "Is the other really ruled out?"),
        ("disjunctive syllogism",),
    ),
    Scheme(
        "verbal classification",
        "It is a thing of that class, and things of that class have the property.",
        (
            "Is it beyond doubt a thing of that class?",
            "Do things of that class have the property by what the word means, or only mostly?",
            "Is the classification open to challenge?",
        ),
    ),
    Scheme(
        "definition to verbal classification",
        "It fits the definition of the word, so it is a thing of that class.",
        ("Is the definition adequate?", "Does the case fit every part of it?"),
        ("definition", "definitional"),
    ),
    Scheme(
        "vagueness of a verbal classification",
        "The word is too vague for what the other argues with it, so the argument fails.",
        (),
        ("vague verbal classification", "vagueness of verbal classification"),
    ),
    Scheme(
        "arbitrariness of a verbal classification",
        "The word is drawn too arbitrarily for what the other argues with it, so the argument fails.",
        (),
        ("arbitrary verbal classification", "arbitrariness of verbal classification"),
    ),
    Scheme(
        "interaction of act and person", "What someone did shows what they are, or what they are colours what they did."
    ),
    Scheme(
        "values",
        "It serves or offends a value, so it is good or bad to aim at.",
        ("Is the value one for everybody concerned?", "Does a weightier value speak against it?"),
    ),
    Scheme("positive values", "It is judged good by a value one holds, so it is a reason to commit to it."),
    Scheme("negative values", "It is judged bad by a value one holds, so it is a reason against committing to it."),
    Scheme(
        "sacrifice",
        "Much was given up for it, so it is worth much.",
        ("Was what was given up worth anything to those who gave it?",),
    ),
    Scheme("group and its members", "A group has the quality, so its member has it, or the other way round."),
    Scheme(
        "practical reasoning",
        "The goal is to be reached, and this act is a means to it, so the act ought to be done.",
        (
            "Are there other goals that it conflicts with?",
            "Are there other means to the goal?",
            "Which of the means is best?",
            "Can it be done?",
            "What side effects has it?",
        ),
        ("value based practical reasoning", "practical inference", "means to an end"),
    ),
    Scheme(
        "two-person practical reasoning",
        "One has the goal, the other knows the means and says so, so the one ought to do it.",
    ),
    Scheme(
        "waste",
        "Giving up now would waste what was put in, so one ought to go on.",
        ("Can the goal still be reached?", "Are the further costs worth it?"),
    ),
    Scheme(
        "sunk costs",
        "One is bound by what was already spent, so one ought not to turn back.",
        ("Can turning back still cost less than going on?",),
    ),
    Scheme(
        "ignorance",
        "Were it so, it would be known; it is not known, so it is not so.",
        (
            "How thoroughly was it looked for?",
            "Would it really be known if it were so?",
            "Who has to prove what here, and how well?",
        ),
        ("argument from lack of evidence", "negative evidence"),
    ),
    Scheme("epistemic ignorance", "It has been looked for in all that is known and not been found, so it is not so."),
    Scheme(
        "cause to effect",
        "The one generally brings about the other; the one is there, so the other will be.",
        (
            "How strong is the causal generalisation?",
            "What shows it, and is that enough?",
            "Is something else at work that would prevent the effect?",
        ),
        ("efficient cause", "causal"),
    ),
    Scheme(
        "correlation to cause",
        "The two go together, so the one causes the other.",
        (
            "Do they really go together?",
            "Is it more than coincidence?",
            "Could something third cause both?",
            "Could the cause run the other way?",
        ),
    ),
    Scheme(
        "sign",
        "It is generally a sign of something; it is there, so the something is.",
        (
            "How closely does the sign go with what it is a sign of?",
            "Could something else account for the sign?",
        ),
    ),
    Scheme(
        "abductive",
        "It is the best explanation of the facts at hand, so it is so.",
        (
            "How good is the explanation in itself?",
            "How much better is it than the others?",
            "How well were others looked for?",
            "Would it be better to look further before concluding?",
        ),
        ("abduction", "inference to the best explanation", "best explanation"),
    ),
    Scheme(
        "evidence to hypothesis",
        "Were the hypothesis true, this would be observed; it is observed, so the hypothesis is true.",
        (
            "Would the hypothesis really lead one to expect it?",
            "Was it really observed?",
            "Could something else account for what was observed?",
        ),
        ("evidence to a hypothesis", "verification"),
    ),
    Scheme(
        "falsification of hypothesis",
        "Were the hypothesis true, this would be observed; it is not observed, so the hypothesis is false.",
        ("Would the hypothesis really lead one to expect it?", "Was it looked for well enough?"),
        ("falsification",),
    ),
    Scheme(
        "consequences",
        "Its consequences are good or bad, so it ought or ought not to be done.",
        (
            "How likely are the consequences?",
            "What shows that they would follow?",
            "Are there consequences that weigh against them?",
        ),
    ),
    Scheme(
        "positive consequences",
        "Good would come of it, so it ought to be done.",
        (
            "How likely is it that these consequences follow?",
            "What shows that they would?",
            "Would bad consequences come of it too?",
        ),
    ),
    Scheme(
        "negative consequences",
        "Bad would come of it, so it ought not to be done.",
        (
            "How likely is it that these consequences follow?",
            "What shows that they would?",
            "Would good consequences come of it too?",
        ),
    ),
    Scheme(
        "pragmatic alternatives",
        "Either one does this or something bad comes; so one ought to do this.",
        ("Is there a third way?",),
        ("pragmatic argument from alternatives",),
    ),
    Scheme(
        "threat",
        "Do it, or I shall see to it that something bad comes of it.",
        ("Can the threat be carried out?", "Is the threat to the point?"),
        ("ad baculum",),
    ),
    Scheme(
        "fear appeal",
        "Do it, or something fearful will happen to you.",
        ("Is the danger real?", "Would doing it prevent the danger?"),
    ),
    Scheme(
        "danger appeal",
        "Doing it brings danger, so it ought not to be done.",
        ("Is the danger real?", "Can the danger be met in another way?"),
    ),
    Scheme(
        "need for help",
        "They need help and one can give it at no great cost, so one ought to.",
        ("Would the help really help?", "Can one give it?", "Would it cost too much?"),
    ),
    Scheme(
        "distress",
        "They are in distress and one can relieve it, so one ought to.",
        ("Are they really in distress?", "Would it relieve the distress?"),
    ),
    Scheme(
        "commitment",
        "They are committed to something that implies it, so they are committed to it.",
        ("Are they really committed to that?", "Does it follow here, or is there room for exception?"),
    ),
    Scheme(
        "ethotic",
        "A person of good character says so, so it is more to be believed.",
        ("Is the person of good character?", "Does character matter to the point?", "Is the weight given to it right?"),
    ),
    Scheme(
        "generic ad hominem",
        "A person of bad character argues it, so the argument is less to be believed.",
        ("How well is the charge shown?", "Does character matter to the point?"),
        ("ad hominem", "direct ad hominem"),
    ),
    Scheme(
        "pragmatic inconsistency",
        "They argue one thing and do another, so their argument is less to be believed.",
        ("Do word and deed really conflict?", "Does the conflict touch the argument?"),
    ),
    Scheme(
        "inconsistent commitment",
        "They said one thing and now say its opposite.",
        ("Did they say so?", "Do the two really conflict?"),
    ),
    Scheme(
        "circumstantial ad hominem",
        "Their own circumstances contradict what they argue, so it is less to be believed.",
        ("Do the circumstances really contradict it?", "Does that touch the argument?"),
    ),
    Scheme(
        "bias",
        "They are biased, so what they say is less to be believed.",
        ("What shows the bias?", "Does the bias bear on what they say here?"),
    ),
    Scheme(
        "bias ad hominem",
        "They are biased and not open to the truth, so their argument is not to be believed.",
        ("What shows the bias?", "Is partiality out of place in this dialogue?"),
    ),
    Scheme("gradualism", "Each small step from the accepted one is accepted, so the last is."),
    Scheme(
        "slippery slope",
        "The first step leads on, step by step, to something bad, so it ought not to be taken.",
        (
            "Which steps lie between the first and the last?",
            "How strongly does each lead to the next?",
            "Which is the weakest, and can one stop there?",
        ),
        ("causal slippery slope",),
    ),
    Scheme(
        "precedent slippery slope",
        "To allow this case is a precedent for the next, and so on to one that cannot be allowed.",
        ("Would each case really be a precedent for the next?",),
    ),
    Scheme(
        "sorites slippery slope",
        "No sharp line divides each case from the next, so none divides the first from the last.",
    ),
    Scheme("verbal slippery slope", "A vague word that fits the first case fits, step by step, one it cannot fit."),
    Scheme(
        "full slippery slope",
        "Precedent, vagueness and public acceptance together lead from the first step to something bad.",
    ),
    Scheme("constitutive rule claims", "By rule, the one counts as the other."),
    Scheme(
        "established rule",
        "There is a rule for such cases, and this is one.",
        (
            "Does the rule require this?",
            "Does the case fall under the rule?",
            "Is there a conflicting rule, or an exception?",
        ),
        ("rules", "rule"),
    ),
    Scheme(
        "exceptional case",
        "The rule does not fit this case, so it need not be followed here.",
        ("Is the case of a kind known as an exception?", "What shows that it is?"),
    ),
    Scheme(
        "precedent",
        "In a like case the rule was changed or set aside, so it should be here.",
        ("Does the rule apply to the earlier case?", "Is the earlier case really like this one?"),
    ),
    Scheme("plea for excuse", "There was an excuse for breaking the rule, so it should not be held against them."),
    Scheme("perception", "It is seen to be so, so it is.", ("Are the circumstances such that seeming may mislead?",)),
    Scheme("memory", "It is remembered to be so, so it was.", ("Are the circumstances such that memory may mislead?",)),
    Scheme(
        "modus ponens",
        "If the one then the other; the one; so the other.",
        ("Is it true that if the one then the other?",),
    ),
    Scheme(
        "modus tollens",
        "If the one then the other; not the other; so not the one.",
        ("Is it true that if the one then the other?",),
    ),
)
"""Every scheme, in the order of the compendium."""

_NONE = {
    _key(words)
    for words in (
        "",
        "default",
        "RA",
        "CA",
        "MA",
        "PA",
        "Default Inference",
        "Default Conflict",
        "Default Rephrase",
        "Default Preference",
        "no scheme",
    )
}
_NAMES = {_key(name): scheme.name for scheme in SCHEMES for name in (scheme.name, *scheme.aliases)}
