r"""Say why a paragraph is not Argdown and how to mend it, with one message for each usual mistake.

    we [really] mean it      `[really]` is a reference to a statement, which cannot stand inside a text.
                             Escape it as `\[really]`, or mention it as `@[really]`.

The token that could not go on is rarely the fault itself: a lone `*` is noticed at the end of its paragraph. So
what was opened and not closed is looked at first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import takewhile

from lark import Token

from argmap.formats.argdown.syntax import Syntax

_SIGNS = ("SUPPORTED_BY", "ATTACKED_BY", "UNDERCUT_BY", "SUPPORTS", "ATTACKS", "UNDERCUTS", "CONTRADICTS")
_TITLED = {
    "STATEMENT_REFERENCE": ("[{}]", "a reference to a statement"),
    "STATEMENT_DEFINITION": ("[{}]:", "the title of a statement"),
    "ARGUMENT_REFERENCE": ("<{}>", "a reference to an argument"),
    "ARGUMENT_DEFINITION": ("<{}>:", "the title of an argument"),
}
_NUMBERED = re.compile(r"\s*\(\d+\)")
_STARTS = ("BOLD_START", "ITALIC_START")
_WORDS = ("TEXT", "TAG", "LINK", "MENTION", *_STARTS)
_WHOLE = "Number premises and conclusion, `(1)`, `(2)`, …, and leave no line empty between them and the dashes."
_NO_DASHES = f"{_WHOLE} To have dashes, escape the first: `\\--`."
_BETWEEN = "an inference stands between a numbered premise and a numbered conclusion only."
_APART = "Leave a line empty before it, or escape it as `{}`."


def explain(token: Token, tokens: Sequence[Token], seen: Sequence[Token], choices: Collection[str]) -> Syntax:
    """Explain why a paragraph cannot go on at a token, with those `seen` and not yet put together, and other `choices`."""
    before = tokens[: next((n for n, t in enumerate(tokens) if t is token), len(tokens))]
    rest = tokens[len(before) :]
    if (mark := _unclosed(before)) is not None:
        kind = "bold" if mark.type == "BOLD_START" else "italics"
        escaped = "".join(f"\\{sign}" for sign in mark)
        hint = f"Close it with another `{mark}`, or escape it as `{escaped}`."
        return _fault(mark, f"{kind} that `{mark}` begins here do not end.", hint)
    standing = {t.type for t in seen}
    if "INFERENCE_START" in standing and "INFERENCE_END" not in standing:
        return _in_inference(token, rest, seen)
    if token.type in _TITLED:
        return _titled(token, before[-1].type if before else None)
    if token.type in _SIGNS or token.type == "INDENT" or token.type.endswith("ITEM"):
        return _relation(token, tokens, before)
    if token.type == "DEDENT":
        return _relation(next((t for t in rest if t.type in _SIGNS), token), tokens, before)
    return _other(token, before, choices)


def _fault(token: Token, message: str, hint: str | None = None) -> Syntax:
    return Syntax(message, token.start_pos or 0, hint)


def _unclosed(tokens: Sequence[Token]) -> Token | None:
    open_: list[Token] = []
    for token in tokens:
        if token.type in _STARTS:
            open_.append(token)
        elif token.type in ("BOLD_END", "ITALIC_END") and open_:
            open_.pop()
    return open_[0] if open_ else None


def _in_inference(token: Token, rest: Sequence[Token], seen: Sequence[Token]) -> Syntax:
    if token.type == "DATA":
        return _fault(token, "an inference has one `{…}`, after its rules.")
    if token.type == "COMMA":
        hint = "Write a rule there, or escape the comma as `\\,`."
        return _fault(token, "a rule is missing before this comma.", hint)
    inside = list(takewhile(lambda t: t.type != "INFERENCE_END", rest))
    if len(inside) < len(rest) and not any(_NUMBERED.match(t) for t in inside):
        return _fault(token, "the rules of an inference stand on one line.", "Write `-- one rule, another --`.")
    hint = "Write `----`, or `-- a rule --`, on lines of their own; to have dashes, escape the first: `\\--`."
    start = next(t for t in seen if t.type == "INFERENCE_START")
    return _fault(start, "an inference begins with these dashes and does not end.", hint)


def _titled(token: Token, last: str | None) -> Syntax:
    form, what = _TITLED[token.type]
    said = f"`{form.format(token)}` is {what}"
    if last == "STATEMENT_NUMBER":
        return _fault(token, f"{said}: premises and conclusions are statements.", f"Write `[{token}]` instead.")
    if last == "CONTRADICTS":
        return _fault(token, f"{said}: only statements contradict.", "Write `->` instead of `><`.")
    escaped = f"\\{form.format(token)}"
    if last == "NEWLINE":
        return _fault(token, f"{said}, and begins a new paragraph.", _APART.format(escaped))
    hint = f"Escape it as `{escaped}`, or mention it as `@{form.format(token).removesuffix(':')}`."
    return _fault(token, f"{said}, which cannot stand inside a text.", hint)


def _relation(token: Token, tokens: Sequence[Token], before: Sequence[Token]) -> Syntax:
    after = tokens[len(before) + 1 : len(before) + 2]
    sign = after[0] if token.type == "INDENT" and after else token
    if sign.type in ("ORDERED_ITEM", "UNORDERED_ITEM"):
        plain = f"{sign[:-1]}\\." if sign.type == "ORDERED_ITEM" else f"\\{sign}"
        return _fault(sign, "a list cannot stand inside another paragraph or list.", _APART.format(plain))
    if all(t.type in ("INDENT", "NEWLINE") for t in before):
        if any(t.startswith("-") and t.start_pos == (sign.start_pos or 0) + 1 for t in tokens):
            return _fault(sign, _BETWEEN, _NO_DASHES)
        hint = f"Put it right below what it relates to, without an empty line, or escape it as `\\{sign}`."
        return _fault(sign, f"`{sign}` is a relation, and nothing stands above that it could relate to.", hint)
    if token.type != "INDENT" and before[-1].type in _SIGNS:
        hint = "Write a statement or an argument first."
        return _fault(sign, f"`{sign}` follows a relation that relates nothing.", hint)
    if any(t.type == "INFERENCE_END" for t in before[-3:]) or before[-1].type == "INDENT":
        return _fault(sign, f"`{sign}` cannot relate to an inference.", "An inference can only be undercut: `<_`.")
    hint = "Indent it more than what it relates to, and as much as other relations there; a tab counts as one blank."
    return _fault(sign, f"`{sign}` is a relation that is indented as if it belonged to nothing above.", hint)


def _other(token: Token, before: Sequence[Token], choices: Collection[str]) -> Syntax:
    last = before[-1] if before else token
    defined = next((t for t in reversed(before) if t.type != "NEWLINE"), last)
    unfinished = defined.type.endswith("DEFINITION") or defined.type in (*_SIGNS, "STATEMENT_NUMBER", "HEADING_START")
    if last.type == "INFERENCE_END" and token.type != "$END":
        hint = "Rules and `{…}` stand between the dashes: `-- a rule {…} --`; to have dashes in a rule, escape them."
        return _fault(token, "nothing stands behind the dashes that end an inference.", hint)
    if token.type == "FRONT_MATTER":
        return _fault(token, "`===` begins front matter, which only stands at the top.", "Escape it as `\\===`.")
    if token.type == "HEADING_START":
        return _fault(token, "a heading begins a new paragraph.", _APART.format("\\#"))
    if token.type == "INFERENCE_START" and "INFERENCE_START" not in choices:
        return _fault(token, _BETWEEN, _NO_DASHES)
    if token.type == "STATEMENT_NUMBER" and last.type != "STATEMENT_NUMBER":
        message = f"`{token}` is the number of a premise, and begins a new paragraph."
        return _fault(token, message, _APART.format(f"\\{token}"))
    if token.type == "DATA" and not unfinished:
        hint = "Escape it as `\\{`, or put both into one."
        return _fault(token, "`{…}` stands once, after a text or a title.", hint)
    numbered = any(t.type == "STATEMENT_NUMBER" for t in before)
    if numbered and token.type == "$END" and (last.type == "INFERENCE_END" or "STATEMENT_NUMBER" in choices):
        return _fault(before[0], "a premise–conclusion structure without a conclusion.", _WHOLE)
    if unfinished:
        hint = "Write one there; to refer to a title, leave out the colon after it."
        return _fault(defined, "a text is missing.", hint)
    if token.type in _WORDS and any(t.type.endswith("REFERENCE") for t in before):
        hint = "Put a colon after the title to define it, or leave a line empty before the text."
        return _fault(token, "a text cannot follow a reference.", hint)
    if token.type in _WORDS and defined.type == "DATA":
        hint = "Put the data after the text, or leave a line empty."
        return _fault(token, "a text cannot go on after `{…}`.", hint)
    hint = "Leave a line empty before it, or escape the sign with a backslash."
    return _fault(token, "not Argdown from here on.", hint)
