"""BRAT standoff: annotations in an `.ann`, beside the text in a `.txt` that they count characters of.

    T1  MajorClaim 0 17   Close the bridge.          a stretch of the text: a claim with its quote
    T2  Premise 18 27;40 46   It rusts, badly.       in two pieces: two quotes
    R1  supports Arg1:T2 Arg2:T1                     a relation, from Arg1 to Arg2
    A1  Stance T3 For                                a claim's side to the major claim: a relation as well
    A2  Kind T2 fact                                 an attribute: Kind, Commitment, Force, Implicit are ours
    *   Equiv T1 T4                                  says the same: a rephrase
    #1  AnnotatorNotes T2   Irony?                   a remark
    (tabs between the columns)

BRAT cuts a stretch where its line breaks, and so is it written; pieces that nothing but a line break parts are read as
one quote. Where the text's line ends are others than those that were counted (git changes them), the counted ones are
taken, with a finding; where words and place disagree, the words count.

The first MajorClaim is the thesis, any other stays a claim of its own, and a stance is to the first. Types and
attributes of other schemes, events and normalizations are kept and written back. Ends that are called otherwise (Source and
Target, Premise and Conclusion) are read by their names. Two notes of our own say what BRAT
has no place for: `ArgmapId` where an id is no T and number, `ArgmapText` where the claim is not in the text's words. A
claim without a quote is written below the text and marked `Unquoted`, so that the text above it stays as it was.

The format has no place for: undercuts and other relations on relations, linked premises (each is written as a
relation of its own), schemes, cues, a second source, where the text is from, quotes that are not found in it,
speakers, issues, title.

Source: brat.nlplab.org/standoff.html; the types as in Stab & Gurevych 2017, Parsing argumentation structures.
"""

from __future__ import annotations

from argmap.formats.brat.reader import read
from argmap.formats.brat.writer import carried, write

__all__ = ["carried", "read", "write"]
