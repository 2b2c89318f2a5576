"""`argmap diff --agreement` and `argmap score` from the command line, on files as people have them."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from argmap.cli import main

TEXT = "The library should open on Sundays because most people work on weekdays."
SHORT, LONG = (
    "T1\tClaim 0 62\tThe library should open on Sundays because most people work on\n",
    f"T1\tClaim 0 72\t{TEXT}\n",
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def write(folder: Path, name: str, annotations: str, text: str = TEXT) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_bytes(text.encode())
    file = folder / f"{name}.ann"
    file.write_text(annotations, "utf-8")
    return file


def test_alpha_is_at_most_one(tmp_path: Path) -> None:
    """Units and text are counted in characters: 62 of 72 characters against all give αU = 0.98, and |uα = 0.39."""
    pair = write(tmp_path, "a", SHORT), write(tmp_path, "b", LONG)
    found = json.loads(run("diff", "--agreement", *pair, "--format", "json").stdout)["figures"]
    # Dₒ = 2·(62 − 72)² / (2·1·72²) = 0.01929; Dₑ by the units of 62 and 72 and the gap of 10, which holds neither:
    # (2·62³ − 3·62² + 62 + 2·72³ − 3·72² + 72) / 3 = 398 734, · 2/72, over 144·143 − 62·61 − 72·71 = 11 698.
    assert found["alpha"]["value"] == pytest.approx(1 - (100 / 72**2) / (398734 * 2 / 72 / 11698))
    # Ten characters unlike, from both sides, of margins 134 and 10; squares 62² + 72² = 9028, and a gap of 10.
    assert found["u_alpha_binary"]["value"] == pytest.approx(1 - 20 / (2 * 134 * 10 / (144 - 9038 / 144)))
    assert (found["alpha"]["n"], found["segmentation"]["value"]) == (2, pytest.approx(10 / 11))
    assert "at least half of the characters of both claims" in run("diff", "--agreement", *pair).stdout


@pytest.mark.parametrize("copy", [TEXT + "\n", TEXT + "\r\n", "\ufeff" + TEXT])
def test_one_line_end_changes_nothing(tmp_path: Path, copy: str) -> None:
    """Copies of a text are one text."""
    plain = write(tmp_path, "a", LONG)
    other = write(tmp_path, "b", LONG, copy)
    found = json.loads(run("diff", "--agreement", plain, other, "--format", "json").stdout)["figures"]
    assert {name: found[name]["value"] for name in ("claims_exact", "alpha")} == {"claims_exact": 1, "alpha": 1}


def test_folders_of_three_analysts(tmp_path: Path) -> None:
    """Pooled figures add up all texts and pairs; each text is listed, and who did not read it is named."""
    for coder, marks in (("anna", SHORT), ("ben", LONG), ("eva", LONG)):
        for name in ("1", "2", "3"):
            if (coder, name) != ("eva", "3"):
                write(tmp_path / coder, name, marks)
    folders = [tmp_path / name for name in ("anna", "ben", "eva")]
    found = json.loads(run("diff", "--agreement", *folders, "--format", "json").stdout)
    # Three pairs on texts 1 and 2, of which ben and eva agree; one pair on text 3.
    assert found["pooled"]["claims_exact"]["n"] == 14
    assert found["pooled"]["claims_exact"]["value"] == pytest.approx(2 / 7)
    assert found["pooled"]["claims_exact"]["low"] <= 2 / 7 <= found["pooled"]["claims_exact"]["high"]
    assert (len(found["each"]), found["missing"], found["documents"]) == (7, {"3": ["eva"]}, 3)
    assert "3: not read by eva" in run("diff", "--agreement", *folders).stdout
    rows = list(csv.DictReader(io.StringIO(run("diff", "--agreement", *folders, "--format", "csv").stdout)))
    assert {row["text"] for row in rows} == {"(pooled)", "1", "2", "3"}


def test_misuse_is_a_line(tmp_path: Path) -> None:
    """A file beside a folder, three files, and CSV of a diff are refused with the reason."""
    file = write(tmp_path / "a", "1", LONG)
    for arguments, reason in (
        (("diff", "--agreement", file, tmp_path / "a"), "not a folder, and the others are"),
        (("diff", "--agreement", file, file, file), "name a folder each"),
        (("diff", file, file, "--format", "csv"), "needs --agreement"),
        (("score", file, file, "--only", "Nonsense"), "no claim is labelled Nonsense: the labels are Claim"),
    ):
        done = run(*arguments)
        assert done.exit_code == 2
        assert reason in done.output


GOLD = f"T1\tMajorClaim 0 34\t{TEXT[:34]}\nT2\tPremise 35 71\t{TEXT[35:71]}\nR1\tsupports Arg1:T2 Arg2:T1\n"
PRED = f"T1\tMajorClaim 0 34\t{TEXT[:34]}\nT2\tClaim 43 71\t{TEXT[43:71]}\nR1\tattacks Arg1:T2 Arg2:T1\n"


def test_scores_by_hand(tmp_path: Path) -> None:
    """Exact, the premise is missed and a claim is spurious; by half, they are one with another label and relation."""
    for folder, marks in (("gold", GOLD), ("pred", PRED)):
        write(tmp_path / folder, "1", marks)
    gold, pred = tmp_path / "gold", tmp_path / "pred"
    write(gold, "2", LONG)
    write(pred, "x", LONG)
    found = json.loads(run("score", gold, pred, "--format", "json").stdout)
    exact, half = found["rules"]["exact"], found["rules"]["half"]
    assert [exact["claims"][key] for key in ("gold", "predicted", "matched")] == [3, 2, 1]
    assert (exact["claims"]["precision"], exact["claims"]["recall"], exact["claims"]["f1"]) == (0.5, 1 / 3, 2 / 5)
    assert half["claims"]["matched"] == 2
    assert half["labels"]["micro"]["matched"] == 1
    assert half["labels"]["confusion"] == {
        "Claim": {"(none)": 1},
        "MajorClaim": {"MajorClaim": 1},
        "Premise": {"Claim": 1},
    }
    assert half["labels"]["macro"]["f1"] == pytest.approx(1 / 3)  # MajorClaim 1, Claim 0, Premise 0
    assert (half["relations"]["micro"]["f1"], half["ends"]["f1"]) == (0, 1)
    assert half["relations"]["confusion"] == {"support": {"attack": 1}}
    assert (found["unpredicted"], found["unasked"], found["texts"]) == (["2"], ["x"], 2)
    shown = run("score", gold, pred).stdout
    assert "not predicted: 2" in shown
    rows = list(csv.DictReader(io.StringIO(run("score", gold, pred, "--format", "csv").stdout)))
    assert {
        "text": "(all)",
        "rule": "half",
        "part": "label confusion",
        "label": "Premise → Claim",
        "matched": "1",
    }.items() <= next(
        row for row in rows if row["part"] == "label confusion" and row["rule"] == "half" and "Premise" in row["label"]
    ).items()
    assert shown == run("score", gold, pred).stdout


def test_what_miners_write(tmp_path: Path) -> None:
    """A folder of BRAT is scored against JSON lines of all its texts, and a file of it against BIO columns."""
    for name in ("1", "2"):
        write(tmp_path / "gold", name, GOLD.replace(TEXT, TEXT), TEXT if name == "1" else f"{TEXT} Really.")
    spans = [{"start": 0, "end": 34, "label": "MajorClaim"}, {"start": 35, "end": 71, "label": "Premise"}]
    relation = {"head_span": spans[1], "child_span": spans[0], "label": "SUPPORTS"}
    lines = [{"text": text, "spans": spans, "relations": [relation]} for text in (TEXT, f"{TEXT} Really.")]
    mined = tmp_path / "mined.jsonl"
    mined.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    found = json.loads(run("score", tmp_path / "gold", mined, "--format", "json").stdout)["rules"]["exact"]
    assert {part: found[part]["micro"]["f1"] for part in ("labels", "relations")} == {"labels": 1, "relations": 1}
    assert (found["claims"]["gold"], found["relations"]["micro"]["gold"]) == (4, 2)
    words = [*TEXT[:-1].split(), "."]
    tags = ["B-MajorClaim", *["I-MajorClaim"] * 5, "B-Premise", *["I-Premise"] * 5, "O"]
    columns = tmp_path / "mined.bio"
    columns.write_text("".join(f"{word}\t{tag}\n" for word, tag in zip(words, tags, strict=True)), "utf-8")
    found = json.loads(run("score", tmp_path / "gold" / "1.ann", columns, "--format", "json").stdout)["rules"]["exact"]
    assert (found["labels"]["micro"]["f1"], found["ends"]["recall"]) == (1, 0)


def test_tables_for_other_packages(tmp_path: Path) -> None:
    """Units are written in characters for pygamma-agreement, in words for segeval; codes as a matrix."""
    pair = write(tmp_path, "a", GOLD), write(tmp_path, "b", PRED)
    out = tmp_path / "units"
    assert run("diff", "--agreement", *pair, "--export", out).exit_code == 0
    rows = [row.split(",") for row in (out / "pygamma-text.csv").read_text("utf-8").splitlines()]
    assert rows[:2] == [["first", "MajorClaim", "0", "34"], ["first", "Premise", "35", "71"]]
    masses = json.loads((out / "segeval.json").read_text("utf-8"))["items"]["text"]
    assert masses == {"first": [6, 6], "second": [6, 1, 5]}
    assert (out / "codes-label.csv").read_text("utf-8") == "first,MajorClaim,Premise\nsecond,MajorClaim,Claim\n"


def test_gamma_needs_its_package(tmp_path: Path) -> None:
    """γ is computed where pygamma-agreement is installed, and else the way to install it is named."""
    pair = write(tmp_path, "a", GOLD), write(tmp_path, "b", GOLD)
    done = run("diff", "--agreement", *pair, "--gamma", "--format", "json")
    try:
        import pygamma_agreement  # noqa: F401
    except ImportError:
        assert (done.exit_code, "pip install pygamma-agreement" in done.output) == (2, True)
    else:
        assert json.loads(done.stdout)["figures"]["gamma"]["value"] == 1
