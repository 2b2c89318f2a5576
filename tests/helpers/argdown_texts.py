"""Argdown documents by chance: everything the language has, nested and referred to, all of it well-formed."""

from __future__ import annotations

import random

STATEMENTS = (
    "[Ferry]: The ferry should run at night.",
    "[Ferry]",
    "[Ferry] #harbour {isInGroup: true}",
    "[Late work]: Many people work late. #town",
    "[Late work]: They work late. {isCanonical: true}",
    "[Late work]",
    "[Cost of it]: It costs *much* money, says @[Late work].",
    "[Cost of it]",
    "Nobody would use it -- or would they?",
    "It is **dark**; the #quay has no light. #(late hours) #town",
    "The [timetable](http://example.org/t_1) says so :-> anyway.",
    "Some, e.g. the baker, sail at 4:30 a.m. {source: letter, lines: [1, 2]}",
    "p < 0.05, we \\[really\\] saw it.",
    "Whoever\n  sails, \\_pays\\_; see @<Bakers>\n  and .A.",
    "“Never” — she says… /* a remark */ it's :heart: {\n  by: her\n  at: [4, 5]\n}",
)
ARGUMENTS = (
    "<Bakers>: Bakers start early. #town",
    "<Bakers>",
    "<Too dear>: The town is poor. {isInMap: false}",
    "<Too dear>",
    "<Old plan>",
    "<Reckoning>",
    "<Reckoning>: It pays.",
)
SIGNS = ("+", "-", "<+", "<-", "+>", "->", "><")
SIGNS_OF_ARGUMENTS = ("<_", "_", "_>")
DASHES = (
    "----",
    "--\nmodus ponens\n--",
    "-- cause to effect, a rule of mine --",
    "-- a rule {uses: [1]} --",
    "-- {uses: [1]} --",
    "-----------",
)
REMARKS = ("// a remark\n", "/* a remark\nin two lines */\n", "<!-- a remark -->\n")


def random_text(chance: random.Random) -> str:
    """A document of a few paragraphs; nothing is said to relate to itself, and only arguments are undercut."""
    paragraphs = []
    if chance.random() < 0.3:
        paragraphs.append(f"===\ntitle: A harbour\nmodel:\n  mode: {chance.choice(['strict', 'loose'])}\n===")
    names = ["<Reckoning>", "<Bakers>", "<Old plan>", "<Night>", "<Noise>", "<Wages>"]
    chance.shuffle(names)
    apart: set[str] = set()
    for _ in range(chance.randint(1, 6)):
        paragraphs.append(_paragraph(chance))
        if chance.random() < 0.3:
            if chance.random() < 0.7:
                paragraphs.append(_head(chance, names.pop()))
            # It belongs to the argument before it, if there is one; none is taken apart twice.
            title = _title(paragraphs[-1])
            if title in apart:
                paragraphs.append("[Ferry]")
            elif title.startswith("<"):
                apart.add(title)
            paragraphs.append(_structure(chance))
    text = "\n\n".join(paragraphs) + chance.choice(["", "\n"])
    # Argdown itself reads no data over several lines that end in two characters.
    return text.replace("\n", "\r\n") if chance.random() < 0.1 and "{\n" not in text else text


def _paragraph(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.15:
        return (
            "#" * chance.randint(1, 3)
            + " "
            + chance.choice(["The harbour", "Night {isGroup: false}", "Of :heart: #town"])
        )
    if kind < 0.25:
        bullet = chance.choice(["*", "1."])
        return "\n".join(f"{bullet} {chance.choice(STATEMENTS)}" for _ in range(2))
    if kind < 0.35:
        return chance.choice(REMARKS) + chance.choice(STATEMENTS)
    return _tree(chance, chance.choice(STATEMENTS + ARGUMENTS))


def _title(said: str) -> str:
    return said.partition("]")[0].partition(">")[0] if said[0] in "[<" else said


def _tree(chance: random.Random, top: str) -> str:
    lines, path = [top], [top]
    blanks = chance.choice(["  ", "  ", "    ", "\t"])
    for _ in range(chance.randint(0, 5)):
        depth = chance.randint(1, len(path))
        above = path[depth - 1]
        signs = SIGNS + SIGNS_OF_ARGUMENTS if above.startswith("<") else SIGNS
        sign = chance.choice(signs)
        below = STATEMENTS if sign in ("><", "_>") else STATEMENTS + ARGUMENTS
        if sign == "_>":
            below = ARGUMENTS
        said = chance.choice([one for one in below if _title(one) != _title(above)])
        remark = blanks + chance.choice(REMARKS) if chance.random() < 0.1 else ""
        lines.append(f"{remark}{blanks * depth}{sign} {said}")
        path[depth:] = [said]
    return "\n".join(lines)


def _head(chance: random.Random, name: str) -> str:
    return chance.choice([name, f"{name}: In short. #town\n  - {chance.choice(STATEMENTS)}", f"{name}\n  <_ [Ferry]"])


def _structure(chance: random.Random) -> str:
    lines, number = [], 1

    def line() -> str:
        said = chance.choice(STATEMENTS)
        return f"({number}) {_tree(chance, said) if chance.random() < 0.15 else said}"

    for _ in range(chance.randint(1, 3)):
        for _ in range(chance.randint(0 if lines else 1, 2)):
            lines.append(line())
            number += 1
        lines.append(chance.choice(DASHES))
        if chance.random() < 0.3:
            lines.append(f"  <_ {chance.choice(STATEMENTS + ARGUMENTS[:2])}")
        lines.append(line())
        number += 1
    return "\n".join(lines)
