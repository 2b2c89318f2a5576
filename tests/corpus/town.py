"""Forty dated letters to a town's newspaper, mapped with one codebook: 2001 to 2020, two a year, by four writers.

    smoke   a break in 2010: three of the four then ask for a ban, the fourth asks for separate rooms all along
    bikes   a slow drift from few to most
    trees   no change

Beside them stand letters that a trend has to name and leave out: one without a date, one with a date in words, and one that speaks
of smoking and takes no position.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import yaml

WRITERS = ("Ann Reed", "Ben Okoye", "Cara Lind", "Dora Petit")
ISSUES: dict[str, Any] = {
    "smoke": {
        "label": "Smoking",
        "question": "What should the rule for smoking in cafés be?",
        "scale": {"owner": "the owner decides", "rooms": "separate rooms", "ban": "a ban"},
    },
    "bikes": {
        "label": "Cycling",
        "question": "How many people of the town cycle?",
        "scale": {"few": "hardly anybody", "some": "some", "many": "many", "most": "most people"},
    },
    "trees": {
        "label": "Trees",
        "question": "How many trees should the square have?",
        "scale": {"fewer": "fewer", "same": "as many as now", "more": "more"},
    },
    "benches": {"question": "Who paid for the benches?"},
}
SENTENCES = {
    "owner": (
        "Whether guests may smoke should be for the owner of a café to say.",
        "Let those who run the cafés choose about cigarettes for themselves.",
        "No rule on tobacco belongs in a house that somebody else pays for.",
        "A landlord knows his guests, and he ought to decide if they smoke.",
        "The town should keep out of it and leave smoking to the owners.",
    ),
    "rooms": (
        "Smokers should have a room of their own, with a door that shuts.",
        "Two rooms in every café, one with smoke and one without, would be right.",
        "Cafés ought to seat smokers apart, behind glass if need be.",
        "A separate room for cigarettes is what we should ask for.",
        "Whoever smokes should do it in a room set aside for that.",
    ),
    "ban": (
        "Smoking in cafés should be forbidden, and without exceptions.",
        "It is time that the town banned tobacco from every café.",
        "No cigarette ought to be lit where people eat and drink.",
        "We need a plain law: nobody smokes indoors in a café.",
        "Cafés must be free of smoke, all of them and in all rooms.",
    ),
    "few": (
        "Hardly anybody here goes by bicycle.",
        "One can count the cyclists of this town on two hands.",
        "Bicycles are a rare sight on the Broad Street.",
    ),
    "some": (
        "Some people ride to work, when the weather is kind.",
        "A part of the town has taken to the bicycle.",
        "Here and there a cyclist passes, more than one might think.",
    ),
    "many": (
        "Many people cycle now, to school and to the market.",
        "The stands at the station are full of bicycles.",
        "A great number of us go about by bicycle.",
    ),
    "most": (
        "Most people in town go by bicycle.",
        "Nearly everybody cycles these days.",
        "The bicycle is how the town moves; cars are the exception.",
    ),
    "fewer": (
        "The square should lose a tree or two, so that one sees the church.",
        "Fewer trees would let light into the houses.",
    ),
    "same": (
        "The trees on the square are just right and should stay as they are.",
        "Nobody should touch the number of trees on the square.",
    ),
    "more": ("The square needs more trees.", "We should plant further limes in the square."),
}
SMOKE = {  # before 2010, and from then on
    "Ann Reed": ("owner owner rooms owner owner", "ban ban ban rooms ban ban ban"),
    "Ben Okoye": ("owner owner owner owner owner", "ban ban ban ban ban ban ban"),
    "Cara Lind": ("rooms owner owner owner owner", "ban rooms ban ban ban ban ban"),
    "Dora Petit": ("rooms rooms rooms rooms rooms", "rooms rooms rooms rooms rooms rooms rooms"),
}
BIKES = "0010100101 1021110211 1221212231 2323232333"
TREES = "1210121021 0121120101 2110211012 1021201121"
REPORTED = "The innkeepers say that each house should decide about smoke."
EXPECTED = "If the council agrees, there will be a ban on smoking within a year."


def write(folder: Path) -> Path:
    """Write the letters, their maps and the codebook; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _dump(folder / "codebook.yaml", {"argmap-codebook": 1, "id": "town", "issues": ISSUES})
    used: Counter[str] = Counter()
    for n in range(40):
        year, writer = 2001 + n // 2, WRITERS[(n + n // 4) % 4]
        # Dates are as precise as a newspaper gives them; a letter dated by its year alone is the first of the year in the archive.
        date = f"{year}" if n % 14 == 7 else f"{year}-{'02' if n % 2 == 0 else '11'}" + ("-17" if n % 3 else "")
        early, late = (words.split() for words in SMOKE[writer])
        used[writer] += 1
        before = [m for m in range(18) if WRITERS[(m + m // 4) % 4] == writer]
        smoke = early[used[writer] - 1] if year < 2010 else late[used[writer] - 1 - len(before)]
        bikes = list(ISSUES["bikes"]["scale"])[int(BIKES.replace(" ", "")[n])]
        trees = list(ISSUES["trees"]["scale"])[int(TREES.replace(" ", "")[n])]
        claims = {"smoke": _claim("smoke", smoke, "policy", used), "bikes": _claim("bikes", bikes, "fact", used)}
        claims["trees"] = _claim("trees", trees, "value", used)
        if n % 4 == 1:
            claims["innkeepers"] = {
                "text": REPORTED,
                "quote": REPORTED,
                "kind": "policy",
                "issue": "smoke",
                "position": "owner",
                "speaker": "innkeepers",
                "commitment": "reported",
            }
        if n >= 24 and n % 3 == 0:
            claims["expected"] = {
                "text": "Smoking in cafés will be banned.",
                "quote": EXPECTED,
                "kind": "prediction",
                "issue": "smoke",
                "position": "ban",
                "condition": "If the council agrees",
            }
        _letter(folder, f"{n + 1:02d}-{writer.split()[0].lower()}", writer, date, claims)
    quiet = {"text": "Is it not strange to quarrel about smoke?", "quote": "Is it not strange to quarrel about smoke?"}
    _letter(folder, "quiet", "Eva Blum", "2012-05", {"quiet": {**quiet, "issue": "smoke", "commitment": "asked"}})
    for name, date in (("undated", None), ("spring", "spring 2009")):
        _letter(folder, name, "Ann Reed", date, {"smoke": _claim("smoke", "ban", "policy", used)})
    return folder


def _claim(issue: str, position: str, kind: str, used: Counter[str]) -> dict[str, str]:
    sentence = SENTENCES[position][used[position] % len(SENTENCES[position])]
    used[position] += 1
    return {"text": sentence, "quote": sentence, "kind": kind, "issue": issue, "position": position}


def _letter(folder: Path, name: str, writer: str, date: str | None, claims: dict[str, Any]) -> None:
    text = "\n".join(["To the editor.", *(claim["quote"] for claim in claims.values()), f"Yours, {writer}", ""])
    (folder / f"{name}.txt").write_text(text, "utf-8")
    source = {"path": f"{name}.txt", "author": writer, **({"published": date} if date else {})}
    map_ = {"argmap": 1, "id": name, "codebook": "codebook.yaml", "thesis": "none", "sources": {"letter": source}}
    _dump(folder / f"{name}.yaml", {**map_, "speakers": {"innkeepers": {"name": "The innkeepers"}}, "claims": claims})


def _dump(path: Path, data: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
