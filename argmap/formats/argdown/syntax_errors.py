r"""Why a paragraph is not Argdown, and the way out: one message for each way that people get there.

    we [really] mean it      `[really]` is a reference to a statement, which cannot stand inside a text.
                             Escape it as `\[really]`, or mention it as `@[really]`.

The token that could not go on rarely is the fault itself: a lone `*` is noticed at the end of its paragraph. So
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
_ENDS = ("BOLD_END", "ITALIC_END")
_WORDS = ("TEXT", "TAG", "LINK", "MENTION", *_STARTS)
_WHOLE = "Number premises and conclusion, `(1)`, `(2)`, …, and leave no line empty between them and the dashes."
_BETWEEN = "an inference stands between a numbered premise and a numbered conclusion only."


def explain(token: Token, tokens: Sequence[Token], seen: Sequence[Token], choices: Collection[str]) -> Syntax:
    """The fault of a paragraph.

    Parameters
    ----------
    token
        The token that could not go on; of type `$END` at the end of the paragraph.
    tokens
        All tokens of the paragraph.
    seen
        The tokens that the parser has not yet put together, as they stand.
    choices
        Types of what could have stood instead.
    """
    at = token.start_pos or 0
    before = tokens[: next((n for n, t in enumerate(tokens) if t is token), len(tokens))]
    if open_ := _unclosed(before):
        kind = "bold" if open_.type == "BOLD_START" else "italics"
        hint = f"Close it with another `{open_}`, or escape it as `{_escaped(open_)}`."
        return Syntax(f"{kind} that `{open_}` begins here do not end.", open_.start_pos or 0, hint)
    standing = {t.type for t in seen}
    if "INFERENCE_START" in standing and "INFERENCE_END" not in standing:
        return _in_inference(token, tokens[len(before) :], seen)
    if token.type in _TITLED:
        return _titled(token, before)
    if token.type in _SIGNS or token.type == "INDENT" or token.type.endswith("ITEM"):
        return _relation(token, tokens, before)
    if token.type == "DEDENT":
        return _relation(next((t for t in tokens[len(before) :] if t.type in _SIGNS), token), tokens, before)
    return _other(token, before, at, choices)


def _unclosed(tokens: Sequence[Token]) -> Token | None:
    open_: list[Token] = []
    for token in tokens:
        if token.type in _STARTS:
            open_.append(token)
        elif token.type in _ENDS and open_:
            open_.pop()
    return open_[0] if open_ else None


def _escaped(mark: str) -> str:
    return "".join(f"\\{sign}" for sign in mark)


def _in_inference(token: Token, rest: Sequence[Token], seen: Sequence[Token]) -> Syntax:
    at = token.start_pos or 0
    if token.type == "DATA":
        return Syntax("an inference has one `{…}`, after its rules.", at)
    if token.type == "COMMA":
        return Syntax("a rule is missing before this comma.", at, "Write a rule there, or escape the comma as `\\,`.")
    inside = list(takewhile(lambda t: t.type != "INFERENCE_END", rest))
    if len(inside) < len(rest) and not any(_NUMBERED.match(t) for t in inside):
        return Syntax("the rules of an inference stand on one line.", at, "Write `-- one rule, another --`.")
    return Syntax(
        "an inference begins with these dashes and does not end.",
        next(t for t in seen if t.type == "INFERENCE_START").start_pos or 0,
        "Write `----`, or `-- a rule --`, on lines of their own; to have dashes, escape the first: `\\--`.",
    )


def _titled(token: Token, before: Sequence[Token]) -> Syntax:
    form, what = _TITLED[token.type]
    written = form.format(token)
    at = token.start_pos or 0
    last = before[-1].type if before else None
    if last == "STATEMENT_NUMBER":
        return Syntax(
            f"`{written}` is {what}: premises and conclusions are statements.", at, f"Write `[{token}]` instead."
        )
    if last == "CONTRADICTS":
        return Syntax(f"`{written}` is {what}: only statements contradict.", at, "Write `->` instead of `><`.")
    if last == "NEWLINE":
        hint = f"Leave a line empty before it, or escape it as `\\{written}`."
        return Syntax(f"`{written}` is {what}, and begins a paragraph of its own.", at, hint)
    hint = f"Escape it as `\\{written}`, or mention it as `@{written.removesuffix(':')}`."
    return Syntax(f"`{written}` is {what}, which cannot stand inside a text.", at, hint)


def _relation(token: Token, tokens: Sequence[Token], before: Sequence[Token]) -> Syntax:
    sign = token
    if token.type == "INDENT":
        sign = tokens[len(before) + 1] if len(before) + 1 < len(tokens) else token
    at = sign.start_pos or 0
    if sign.type in ("ORDERED_ITEM", "UNORDERED_ITEM"):
        plain = f"{sign[:-1]}\\." if sign.type == "ORDERED_ITEM" else f"\\{sign}"
        hint = f"Leave a line empty before it, or escape it as `{plain}`."
        return Syntax("a list cannot stand inside another paragraph or list.", at, hint)
    written = str(sign)
    if not [t for t in before if t.type not in ("INDENT", "NEWLINE")]:
        if any(t.startswith("-") and t.start_pos == at + 1 for t in tokens):
            return Syntax(_BETWEEN, at, f"{_WHOLE} To have dashes, escape the first: `\\--`.")
        hint = f"Put it right below what it relates to, without an empty line, or escape it as `\\{written}`."
        return Syntax(f"`{written}` is a relation, and nothing stands above that it could relate to.", at, hint)
    if token.type != "INDENT" and before[-1].type in _SIGNS:
        return Syntax(
            f"`{written}` follows a relation that relates nothing.", at, "Write a statement or an argument first."
        )
    if any(t.type == "INFERENCE_END" for t in before[-3:]) or before[-1].type == "INDENT":
        return Syntax(f"`{written}` cannot relate to an inference.", at, "An inference can only be undercut: `<_`.")
    hint = (
        "Indent it more than what it relates to, and as much as the other relations there; a tab counts as one blank."
    )
    return Syntax(f"`{written}` is a relation that is indented as if it belonged to nothing above.", at, hint)


def _other(token: Token, before: Sequence[Token], at: int, choices: Collection[str]) -> Syntax:
    last = before[-1] if before else token
    defined = next((t for t in reversed(before) if t.type != "NEWLINE"), last)
    if last.type == "INFERENCE_END" and token.type != "$END":
        hint = "Rules and `{…}` stand between the dashes: `-- a rule {…} --`; to have dashes in a rule, escape them."
        return Syntax("nothing stands behind the dashes that end an inference.", at, hint)
    if token.type == "FRONT_MATTER":
        return Syntax("`===` begins front matter, which only stands at the top.", at, "Escape it as `\\===`.")
    if token.type == "HEADING_START":
        return Syntax(
            "a heading begins a paragraph of its own.", at, "Leave a line empty before it, or escape it as `\\#`."
        )
    if token.type == "INFERENCE_START" and "INFERENCE_START" not in choices:
        hint = f"{_WHOLE} To have dashes, escape the first: `\\--`."
        return Syntax(_BETWEEN, at, hint)
    if token.type == "STATEMENT_NUMBER" and last.type != "STATEMENT_NUMBER":
        hint = f"Leave a line empty before it, or escape it as `\\{token}`."
        return Syntax(f"`{token}` is the number of a premise, and begins a paragraph of its own.", at, hint)
    unfinished = defined.type.endswith("DEFINITION") or defined.type in (*_SIGNS, "STATEMENT_NUMBER", "HEADING_START")
    if token.type == "DATA" and not unfinished:
        return Syntax("`{…}` stands once, after a text or a title.", at, "Escape it as `\\{`, or put both into one.")
    numbered = any(t.type == "STATEMENT_NUMBER" for t in before)
    if numbered and token.type == "$END" and (last.type == "INFERENCE_END" or "STATEMENT_NUMBER" in choices):
        return Syntax("a premise–conclusion structure without a conclusion.", before[0].start_pos or 0, _WHOLE)
    if unfinished:
        hint = "Write one there; to refer to a title, leave out the colon after it."
        return Syntax("a text is missing.", defined.start_pos or 0, hint)
    if token.type in _WORDS and any(t.type.endswith("REFERENCE") for t in before):
        hint = "Put a colon after the title to define it, or leave a line empty before the text."
        return Syntax("a text cannot follow a reference.", at, hint)
    if token.type in _WORDS and defined.type == "DATA":
        return Syntax("a text cannot go on after `{…}`.", at, "Put the data after the text, or leave a line empty.")
    return Syntax("not Argdown from here on.", at, "Leave a line empty before it, or escape the sign with a backslash.")
