"""Commands that make maps and compare them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from argmap.cli import inputs, output, working
from argmap.cli.group import main
from argmap.cli.options import (
    ANSWER_SECONDS,
    COLUMN,
    DOWNLOAD,
    DPI,
    FROM,
    MAP,
    OUT,
    PATH,
    SEMANTIC,
    THEME,
    YES,
    PictureName,
    by_option,
    names,
    style_option,
)


@main.command()
@click.argument("texts", nargs=-1, type=PATH, metavar="[TEXT...]")
@click.option(
    "-o", "--out", type=PATH, default=".", help="Make the project in this folder; otherwise in the current one."
)
def init(texts: tuple[Path, ...], out: Path) -> None:
    """Start a project: a folder with frozen texts, a map for each, and a codebook.

    A TEXT is a file of plain text, Markdown, HTML, Word (.docx) or PDF. Without texts, write a sample to play with. What is
    there already is never overwritten.
    """
    from argmap.cli.starting import run

    run(texts, out)


@main.command()
@click.argument("texts", nargs=-1, required=True, metavar="TEXT|MAP...")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, allow_dash=True), help="Write the map to this file; `-` prints it."
)
@click.option("--prompt", is_flag=True, help="Print a request to paste into any chat, and draft nothing.")
@click.option(
    "--answer",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Take the answer of a chat from this file: claims whose quotes stand in the text enter, the rest is listed.",
)
@click.option("--model", metavar="NAME", help="Let a language model draft, one that `llm models` lists.")
@click.option("--positions", is_flag=True, help="Let --model place claims on the scales of the codebook instead.")
@click.option("--second", is_flag=True, help="Draft the text cold, and show how that differs from the map.")
@YES
@click.option("--left-out", type=PATH, help="Write what an answer said and the text does not to this file, as JSON.")
@ANSWER_SECONDS
def draft(texts: tuple[str, ...], out: Path | None, **options: Any) -> None:
    """Suggest claims and relations for a text, for a person to accept or reject.

    From a TEXT, make the map TEXT.yaml beside it. In a MAP, suggest a claim for each sentence that it does not account for;
    what is there stays. By default, cue words decide, and nothing leaves this machine.
    """
    from argmap.cli.drafting import run

    run(texts, out, **options)


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@FROM
@COLUMN
@style_option("text", "json", "github")
@click.option("--fix", is_flag=True, help="Mend misquotes by the text's nearest words, and add missing hashes.")
@click.option(
    "--select", metavar="RULES", help="Report these rules only; optional ones are reported only so.", callback=names
)
@click.option("--ignore", metavar="RULES", help="Leave out these rules, with commas between them.", callback=names)
@working.JOBS
def check(
    paths: tuple[str, ...],
    read_as: str | None,
    columns: dict[str, str],
    style: str,
    fix: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    jobs: int | None,
) -> None:
    """Report problems in maps, codebooks and alignments.

    A PATH is a file, a folder, or `-` for standard input. A folder is checked on all cores; in it, --from applies to files
    with an ending of that format, except argmap's own files. With --fix, list each change, then what is still wrong; a quote that differs in
    substance (a negation, a figure) is left. Exit with 1 if there is an error.
    """
    from argmap.engine import processors
    from argmap.rules import check_each
    from argmap.rules import fix as fix_files

    if fix:
        for finding in fix_files(*(path for path in paths if path != "-")):
            click.echo(finding, err=style != "text")
    once = dict.fromkeys(paths)  # standard input can be read once

    def findings(progress: working.Report | None = None) -> Any:
        given = (inputs.standard_input() if path == "-" else path for path in once)
        asked: Any = {"format": read_as, "columns": columns, "select": select, "ignore": ignore}
        return check_each(*given, **asked, jobs=jobs or processors(), progress=progress)

    has_folder = any(Path(path).is_dir() for path in once)
    errors = output.findings(working.results("checking", findings) if has_folder else findings(), style)
    sys.exit(errors > 0)


@main.command()
@MAP
@OUT
@FROM
@COLUMN
@click.option(
    "--group",
    type=click.Choice(["issue", "speaker", "none"]),
    default="none",
    show_default=True,
    help="Draw a frame around the claims of each issue or speaker.",
)
@click.option("--picture", metavar="NAME", help="Draw this picture of a map: map (if unset) or disagreements.")
@click.option(
    "--focus", metavar="CLAIM", help="Draw only this claim and what is at most --depth links away (2 if unset)."
)
@click.option(
    "--depth", type=click.IntRange(0), help="Draw this many steps below the thesis or --focus; fold the rest."
)
@click.option(
    "--direction",
    type=click.Choice(["down", "up", "right", "left"]),
    default="down",
    show_default=True,
    help="Set where the reasons stand, seen from the thesis.",
)
@click.option("--quotes", is_flag=True, help="Show the quoted words under each claim.")
@click.option(
    "--colour",
    "--color",
    type=click.Choice(["label", "strength"]),
    help="Evaluate the map, and show which claims stand, or how strong each is.",
)
@click.option("--paper", type=click.Choice(["a4", "a3"]), help="Fit a PDF to pages of this size; split it if needed.")
@THEME
@DPI
def draw(
    map_: str,
    out: Path | None,
    read_as: str | None,
    columns: dict[str, str],
    theme: str,
    dpi: int,
    **options: Any,
) -> None:
    """Draw a map as a diagram.

    The suffix of --out sets the kind of picture: .svg, .png, .pdf, .html, .dot, .mmd or .json. Without --out, print SVG.
    """
    output.picture(inputs.read(map_, read_as, columns), out, theme=theme, dpi=dpi, **options)


@main.command()
@click.argument("before", required=False)
@click.argument("after", required=False)
@click.argument("more", nargs=-1, metavar="[DIR]...")
@FROM
@click.option(
    "--alignment",
    type=click.Path(),
    help="Take the matches from this file; otherwise argmap looks for it beside AFTER.",
)
@style_option("text", "md", "json", "csv")
@click.option(
    "--picture",
    type=PictureName(),
    default="bridge",
    show_default=True,
    help="Set the picture that --out draws.",
)
@click.option(
    "--quotes/--no-quotes", default=True, show_default=True, help="Show the words of both texts under each change."
)
@click.option(
    "--agreement", is_flag=True, help="Measure how far analysts of one text agree; of folders, over all their texts."
)
@click.option(
    "--match",
    "rule",
    type=click.Choice(["argmap", "half", "exact"]),
    default="argmap",
    show_default=True,
    help="Set the rule by which claims match for --agreement: half of the characters by Dice, half of each claim, or all.",
)
@click.option(
    "--only", callback=names, metavar="LABEL,...", help="Count claims with these labels only, for --agreement."
)
@click.option("--gamma", is_flag=True, help="Add γ to --agreement of two maps; needs pygamma-agreement.")
@click.option(
    "--export",
    "folder",
    type=PATH,
    help="Write units and codes for --agreement into this folder, as pygamma-agreement, segeval and krippendorff read them.",
)
@click.option("--noise", nargs=2, metavar="MAP MAP", help="Compare with two analysts' maps of one text.")
@by_option("Compare each speaker, or their organisation, with themselves only.")
@click.option("--sensitivity", is_flag=True, help="List the single codings whose change would change the headline.")
@click.option(
    "--arguments",
    is_flag=True,
    help="Compare what carries each thesis, and say what became of the objections to BEFORE's.",
)
@click.option("--explain", is_flag=True, help="Print what each change word means, and exit.")
@SEMANTIC
@DOWNLOAD
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything differs.")
@OUT
@THEME
@DPI
def diff(
    before: str | None,
    after: str | None,
    more: tuple[str, ...],
    explain: bool,
    exit_code: bool,
    agreement: bool,
    rule: Any,
    only: tuple[str, ...],
    gamma: bool,
    folder: Path | None,
    style: str,
    **options: Any,
) -> None:
    """Show what moved from BEFORE to AFTER.

    They are two revisions of a map, two maps of one text, or maps of two texts. Each is a file of any format, or a
    revision of a file in git, such as HEAD~1:maps/essay.yaml. With --out, write a picture (.svg, .png, .pdf, .dot,
    .mmd), or the diff as .md or .json. With --agreement, name two maps of one text, or a folder for each of two or
    more analysts, with the same names of files.
    """
    from argmap.cli import differing

    if explain:
        output.explanation(style)
        return
    if before is None or after is None:
        raise click.UsageError("name two maps, BEFORE and AFTER, or use --explain")
    if before == after == "-":
        raise click.UsageError("standard input holds one map; name a file for the other")
    if agreement:
        from argmap.cli import agreeing

        files = before, after, *more
        sys.exit(agreeing.run(files, options["read_as"], rule, only, style, options["out"], gamma=gamma, folder=folder))
    asked = {"more than two maps": more, "--format csv": style == "csv", "--gamma": gamma, "--export": folder}
    if lone := next((name for name, value in asked.items() if value), None):
        raise click.UsageError(f"{lone} needs --agreement")
    differs = differing.run(before, after, style=style, **options)
    sys.exit(exit_code and differs)


@main.command()
@click.argument("gold")
@click.argument("pred")
@FROM
@click.option("--only", callback=names, metavar="LABEL,...", help="Count claims with these labels only.")
@style_option("table", "json", "csv")
@OUT
def score(gold: str, pred: str, read_as: str | None, only: tuple[str, ...], style: str, out: Path | None) -> None:
    """Score the maps of a miner, PRED, against GOLD: precision, recall, F1.

    Both are files of any format, or folders with the same names of files. Claims match one to one under three rules: the
    same characters, half of each claim, and that of argmap. Exit with 2 if a file of a folder cannot be read.
    """
    from argmap.cli import agreeing

    sys.exit(agreeing.score(gold, pred, read_as, only, style, out))


@main.command()
@click.argument("maps", nargs=-1, required=True, metavar="MAP MAP...")
@FROM
@click.option(
    "--alignment",
    "alignments",
    type=click.Path(),
    multiple=True,
    help="Take the matches of two neighbours from this file; may be repeated.",
)
@style_option("text", "md", "json")
@by_option("Show a timeline of each speaker, or of their organisation.")
@OUT
@THEME
@DPI
def timeline(
    maps: tuple[str, ...],
    read_as: str | None,
    alignments: tuple[str, ...],
    style: str,
    by: Any,
    out: Path | None,
    theme: str,
    dpi: int,
) -> None:
    """Show where each of two or more texts stands on each issue.

    The texts stand in the order of their dates. Codebooks among the files are left to the maps that name them, and
    alignments are used, so that maps/*.yaml can be given. With --out, draw dumbbells (.svg, .png, .pdf, .dot), or write the
    timeline as .md or .json.
    """
    from argmap.cli import timing

    if by:
        from argmap.cli import speaking

        speaking.timelines(timing.maps(maps, read_as), by, style, out)
        return
    found = timing.read(maps, read_as, alignments)
    if output.is_picture(out):
        output.picture(found, out, theme=theme, dpi=dpi)
    else:
        output.timeline(found, style, out)


@main.command()
@click.argument("before")
@click.argument("after")
@FROM
@click.option("-o", "--out", type=PATH, help="Write to this file; otherwise to BEFORE-AFTER.yaml beside AFTER.")
@click.option("--all", "all_", is_flag=True, help="Suggest unlikely pairs as well; otherwise none below 0.30.")
@click.option(
    "--review", is_flag=True, help="Ask which candidate each claim matches, surest first, and save each answer."
)
@SEMANTIC
@DOWNLOAD
@click.option("--model", metavar="NAME", help="Let a language model look for claims without a match in the other text.")
@click.option("--prompt", is_flag=True, help="Print a request for the same to paste into any chat, and save nothing.")
@click.option(
    "--answer",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Take the answer of a chat from this file; words that do not stand in the text are refused.",
)
@YES
@ANSWER_SECONDS
def align(before: str, after: str, read_as: str | None, out: Path | None, **options: Any) -> None:
    """Suggest which claims of BEFORE and AFTER correspond.

    The suggestions go into an alignment file, where a person accepts or rejects them. Decisions in an existing file are
    kept, and a rejected pair is never suggested again. What a language model finds of claims without a match, or that it finds
    nothing, is kept under `read:`, and the diff says so.
    """
    from argmap.cli.aligning import run

    run(before, after, read_as, out, **options)
