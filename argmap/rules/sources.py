"""Rules about quotes and sources: each claim quotes the text, and the quote is there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from argmap.anchor import Ambiguous, Anchored, Missing, coverage, locate, place_in_words, selector, status, widened
from argmap.findings import Path, brief
from argmap.model import Map, Quote, Span
from argmap.rules.examined import Examined, Looked
from argmap.rules.rule import Problem, rule
from argmap.text_tools import counted

_TYPED = str.maketrans(dict.fromkeys("‘’", "'") | dict.fromkeys("“”", '"') | dict.fromkeys("–—", "-") | {"…": "..."})
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@rule("unanchored-quote", "error")
def unanchored_quote(examined: Examined) -> Iterator[Problem]:
    """A quote or a condition whose words are not in the source.

    A claim rests on the words it was read from. Line breaks, quotation marks, dashes, ligatures and spaces beside marks may
    differ; letters and figures may not. The nearest words are shown, but never used instead.

        quote: "the greatest good"     # the text has: the greater good
    """
    for looked in examined.quotes:
        if isinstance(looked.anchor, Missing):
            yield _not_there(looked, examined.map)


def _not_there(looked: Looked, map_: Map) -> Problem:
    source = map_.sources[looked.source]
    quote, anchor, text = looked.quote, looked.anchor, source.text or ""
    elsewhere = [
        name
        for name, other in map_.sources.items()
        if name != looked.source and looked.of in ("claim", "condition") and isinstance(locate(other, quote), Anchored)
    ]
    assert isinstance(anchor, Missing)  # noqa: S101  # for the type checker; the rule asks for these only
    path = (*looked.path, "exact")
    words = f'"{brief(quote.exact)}"'
    if elsewhere:
        name = elsewhere[0]
        hint = f"Name it: `quote: {{exact: …, source: {name}}}`."
        return Problem(f"{words} is not in {looked.source}, but in {name}.", path, hint)
    if anchor.nearest is None:
        if looked.path[-1] == "to":
            return Problem(
                f"{words} is not in {looked.source} after the words of `from`.", path, "Copy it from the text."
            )
        return Problem(f"{words} is not in {looked.source}, and nothing like it.", path, "Copy it from the text.")
    place = place_in_words(text, anchor.nearest.start, source.language)
    if anchor.score == 1:
        sides = [
            f'{name} "{brief(given, 30)}"'
            for name, given in (("after", quote.prefix), ("before", quote.suffix))
            if given
        ]
        name = "prefix" if quote.prefix else "suffix"
        message = f"{words} is in {looked.source}, {place}, but not {' and '.join(sides)}."
        return Problem(message, (*looked.path, name), f"Mend the `{name}`, or leave it out.")
    near = brief(text[anchor.nearest.start : anchor.nearest.end], 100)
    return Problem(f'{words} is not in {looked.source}; nearest: "{near}", {place}.', path)


@rule("part-of-word", "error")
def part_of_word(examined: Examined) -> Iterator[Problem]:
    """A quote that begins or ends inside a word, a figure, or a letter with its marks.

    Such a quote can say the opposite of the text. `argmap check --fix` writes the whole words.

        quote: "funded plan is dead"     # the text has: unfunded plan is dead
        quote: "10 million dollars"      # the text has: 110 million dollars
    """
    for looked in examined.quotes:
        if isinstance(looked.anchor, Anchored) and not looked.anchor.whole:
            text = examined.map.sources[looked.source].text or ""
            whole = widened(text, looked.anchor.span)
            place = place_in_words(text, whole.start, examined.map.sources[looked.source].language)
            message = f'"{brief(looked.quote.exact)}" is only a part of the words of {looked.source}, {place}: "{brief(text[whole.start : whole.end], 100)}".'
            yield Problem(message, (*looked.path, "exact"), "Quote whole words and figures.")


@rule("other-typography", "note")
def other_typography(examined: Examined) -> Iterator[Problem]:
    """Quotes that match the text except for its typography.

    A hyphen at a line's end, a ligature, another kind of quotation marks: the words are the same, and the quotes hold.
    Spaces and line breaks between words, and straight for curly marks, are no difference.

        quote: "the new government"     # the text has: the new govern-
                                        #               ment
    """
    found: defaultdict[str, list[tuple[Looked, str]]] = defaultdict(list)
    for looked in examined.quotes:
        if isinstance(looked.anchor, Anchored) and not looked.anchor.exact:
            text = examined.map.sources[looked.source].text or ""
            words = text[looked.anchor.span.start : looked.anchor.span.end]
            if _as_typed(words) != _as_typed(looked.quote.exact):
                found[looked.source].append((looked, words))
    for source_id, several in found.items():
        looked, words = several[0]
        count = "1 quote matches" if len(several) == 1 else f"{len(several)} quotes match"
        message = f'{count} {source_id} except for typography; the first: "{brief(looked.quote.exact)}", where the text has "{brief(words, 100)}".'
        yield Problem(message, (*looked.path, "exact"), "The quotes hold; copy them from the text to have them exact.")


def _as_typed(words: str) -> str:
    """Write words as they are usually typed, with straight quotation marks and hyphens for dashes."""
    return " ".join(re.sub(r"-+", "-", words.translate(_TYPED)).split())


@rule("unchecked-quotes", "note")
def unchecked_quotes(examined: Examined) -> Iterator[Problem]:
    """Quotes that were not checked, since there is no text at hand.

    Name the text by `path:` under the source, so that its quotes are checked.

        sources: {page: {url: https://example.org/page}}     # path: page.txt is missing
    """
    map_ = examined.map
    unchecked = [
        (claim_id, of)
        for claim_id, claim in map_.claims.items()
        for quote in claim.quotes
        if status(map_, quote, Missing()) == "unchecked"
        and ((of := map_.source_of(quote)) is not None or not map_.sources)
    ]
    sources = dict.fromkeys(of[0] for _, of in unchecked if of)
    if unchecked:
        quotes = sum(len(claim.quotes) for claim in map_.claims.values())
        where = f": no text of {', '.join(sources)} is at hand" if sources else ": the map names no source"
        message = (
            f"{len(unchecked)} of {counted(quotes, 'quote')} {'is' if len(unchecked) == 1 else 'are'} unchecked{where}."
        )
        at: Path = ("sources", next(iter(sources))) if sources else ("claims",)
        yield Problem(message, at, "Name a text file by `path:` under the source, to check them.", key=True)


@rule("ambiguous-quote", "error")
def ambiguous_quote(examined: Examined) -> Iterator[Problem]:
    """A quote that stands in its source more than once.

    Add the words before (`prefix`) or after (`suffix`), so that readers find the place.

        quote: "Japan"                               # which of the forty?
        quote: {exact: Japan, prefix: "the US and"}
    """
    for looked in examined.quotes:
        if isinstance(looked.anchor, Ambiguous):
            text = examined.map.sources[looked.source].text or ""
            first, second, *more = looked.anchor.spans
            places = f"{_around(text, first)}, and {_around(text, second)}"
            others = f", and {len(more)} more" if more else ""
            message = f'"{brief(looked.quote.exact)}" is in {looked.source} more than once: {places}{others}.'
            yield Problem(message, (*looked.path, "exact"), _tell_apart(text, first))


def _around(text: str, span: Span) -> str:
    place = place_in_words(text, span.start)
    start, end = max(0, span.start - 25), min(len(text), span.end + 25)
    before, after = "…" * (start > 0), "…" * (end < len(text))
    # Half words at the ends say nothing.
    start = text.find(" ", start, span.start) + 1 or start if before else start
    end = max(text.rfind(" ", span.end, end), span.end) if after else end
    return f'{place} ("{before}{brief(text[start:end], 80)}{after}")'


def _tell_apart(text: str, span: Span) -> str:
    try:
        quote = selector(text, span)
    except ValueError:
        return "Quote more words."
    given = [
        f'`{name}: "{brief(words, 40)}"`'
        for name, words in (("prefix", quote.prefix), ("suffix", quote.suffix))
        if words
    ]
    return f"Add {' and '.join(given)} if you mean the first." if given else "Quote more words."


@rule("quote-in-excluded-part", "error")
def quote_in_excluded_part(examined: Examined) -> Iterator[Problem]:
    """A claim that quotes page furniture.

    The map excludes this part of the page (a caption, a teaser, a byline): it is not the author's argument.

        excluded: [{quote: "ILLUSTRATION: MOUNTAIN PEOPLE", reason: picture credit}]
        claims: {mountains: {text: …, quote: "MOUNTAIN PEOPLE"}}
    """
    for looked in examined.quotes:
        reason = _reason_around(examined, looked, "excluded")
        if reason is not None:
            message = f'"{brief(looked.quote.exact)}" is in an excluded part of {looked.source}: {reason}.'
            yield Problem(message, (*looked.path, "exact"), "Quote the text itself, or mend `excluded`.")


@rule("quote-set-aside", "warning")
def quote_set_aside(examined: Examined) -> Iterator[Problem]:
    """A claim that quotes a sentence listed under `non_argumentative`.

    Either the sentence claims something, or the claim quotes the wrong words.

        non_argumentative: [{quote: "It was a fine day.", reason: scenery}]
        claims: {fine-day: {text: The day was fine., quote: "a fine day"}}
    """
    for looked in examined.quotes:
        reason = _reason_around(examined, looked, "non_argumentative")
        if reason is not None:
            message = f'"{brief(looked.quote.exact)}" is quoted, but is set aside as claiming nothing: {reason}.'
            yield Problem(message, (*looked.path, "exact"), "Take it out of `non_argumentative`, or the claim out.")


def _reason_around(examined: Examined, looked: Looked, part: str) -> str | None:
    """Return the reason of the passage that contains a claim's quote."""
    if looked.of not in ("claim", "condition") or not isinstance(looked.anchor, Anchored):
        return None
    start, end = looked.anchor.span.start, looked.anchor.span.end
    for span, reason in examined.passages[looked.source, part]:
        if span.start <= start and end <= span.end:
            return brief(reason)
    return None


@rule("missing-quote", "error")
def missing_quote(examined: Examined) -> Iterator[Problem]:
    """A claim without the words it was read from.

    A claim either quotes the text, or is marked `implicit`, as the analyst's own addition.

        claims:
          trust: {text: The two governments trust each other.}     # quote: …, or implicit: true
    """
    map_ = examined.map
    bare = [claim_id for claim_id, claim in map_.claims.items() if not claim.quotes and not claim.implicit]
    if bare and not map_.sources:
        hint = "Add the text under `sources:`, and to each claim the words it was read from."
        yield Problem(
            f"the map names no source, and {len(bare)} of its claims have no quote.", ("claims",), hint, key=True
        )
        return
    for claim_id in bare:
        hint = "Add `quote:` with the words of the text, or `implicit: true` for an unstated premise."
        yield Problem(f'claim "{claim_id}" has no quote.', ("claims", claim_id), hint, key=True)


@rule("implicit-with-quote", "error")
def implicit_with_quote(examined: Examined) -> Iterator[Problem]:
    """An implicit claim with a quote.

    `implicit` marks what the text leaves unsaid. A claim with a quote was said.

        claims:
          trust: {text: …, implicit: true, quote: "they trust each other"}
    """
    for claim_id, claim in examined.map.claims.items():
        if claim.implicit and claim.quotes:
            hint = "Take out `implicit`, or the quote."
            yield Problem(
                f'claim "{claim_id}" is implicit and has a quote.', ("claims", claim_id, "implicit"), hint, key=True
            )


@rule("changed-source", "error")
def changed_source(examined: Examined) -> Iterator[Problem]:
    """A text that has changed since the map was made.

    Its hash differs from the hash in the map, so quotes may have moved or disappeared.

        sha256: fd75…     # the file now has another one
    """
    for source_id, source in examined.map.sources.items():
        if source.sha256 is not None and source.digest not in (None, source.sha256):
            hint = f"If its quotes still hold, write `sha256: {source.digest}`."
            yield Problem(
                f"the text of {source_id} has changed since it was mapped.", ("sources", source_id, "sha256"), hint
            )


@rule("missing-hash", "note")
def missing_hash(examined: Examined) -> Iterator[Problem]:
    """A text without a hash.

    With a hash, argmap notices when the text changes. `argmap check --fix` writes it.

        sources: {essay: {path: essay.txt}}     # sha256: … is missing
    """
    for source_id, source in examined.map.sources.items():
        if source.path is not None and source.sha256 is None and source.text is not None:
            hint = "`argmap check --fix` adds it, so that argmap notices when the text changes."
            yield Problem(f"{source_id} has no hash.", ("sources", source_id), hint, key=True)


@rule("bad-date", "error")
def bad_date(examined: Examined) -> Iterator[Problem]:
    """A date of publication that cannot be read.

    Texts are sorted by date. Write a date as in ISO 8601: the year, the month if known, the day if known.

        published: March 2005     # 2005-03
    """
    for source_id, source in examined.map.sources.items():
        if source.published is not None and not _DATE.fullmatch(source.published):
            message = f'"{brief(source.published)}" is not a date.'
            yield Problem(message, ("sources", source_id, "published"), "Write 2005, 2005-03 or 2005-03-14.")


@rule("cue-not-in-text", "error")
def cue_not_in_text(examined: Examined) -> Iterator[Problem]:
    """A cue that is not in the text.

    The cue is the connective by which the text itself draws the relation, so it must be quoted exactly.

        - {support: treaty-is-dead, by: no-duties, cue: "therefore"}     # the text has: hence
    """
    texts = list(examined.map.sources.values())
    if not texts or any(source.text is None for source in texts):
        return
    for n, relation in enumerate(examined.map.relations):
        cue = Quote(exact=relation.cue) if relation.cue else None
        if cue and all(isinstance(locate(source, cue), Missing) for source in texts):
            message = f'the cue "{brief(cue.exact)}" is not in the text.'
            yield Problem(message, ("relations", n, "cue"), "Copy it from the text, or leave it out.")


@rule("sentence-left-out", "note")
def sentence_left_out(examined: Examined) -> Iterator[Problem]:
    """Sentences that the map neither quotes nor sets aside.

    Missing claims are easy to overlook. A claim should quote each sentence of the text, or `non_argumentative` should
    list it with the reason why it claims nothing. `argmap stats` lists all sentences that are left.
    Told of only when nothing is wrong, since a misplaced quote leaves a sentence out by itself.

        claims:
          need: {text: Nurses walk home., quote: …}     # and the text's other ten sentences?
    """
    map_ = examined.map
    for source_id, source in map_.sources.items():
        if source.text is None:
            continue
        found = coverage(map_, source_id, examined.anchors)
        if found.left_out:
            first = found.left_out[0]
            place = place_in_words(source.text, first.start, source.language)
            count = f"{len(found.left_out)} of {found.sentences} sentences"
            message = f'{count} of {source_id} are not accounted for; the first: "{brief(source.text[first.start : first.end])}", {place}.'
            yield Problem(message, ("sources", source_id), "Quote it, or list it under `non_argumentative`.", key=True)
