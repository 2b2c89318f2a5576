"""The command line: one thin function a command. Parse, call one verb, print, exit.

Exit codes: 0 done; 1 findings (`check`), losses (`convert --strict`) or differences (`diff --exit-code`); 2 bad
arguments or an unreadable file, even where the rest was done without it (`report`, and `convert` or `stats` of a folder).
Errors are lines on standard error, never a traceback. `-` is standard input or output. Each command imports what it
needs, so that `--help` is fast.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from argmap.cli import inputs, output, replacing, terminal, unused, working
from argmap.text_tools import did_you_mean
from argmap.version import __version__

PATH = click.Path(path_type=Path)


def _out(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--out` and `--force`."""
    kind = click.Path(path_type=Path, allow_dash=True)
    return click.option("-o", "--out", type=kind, help="Write to this file; `-` is standard output.")(
        replacing.FORCE(command)
    )


OUT = _out
THEME = click.option(
    "--theme",
    type=click.Choice(["light", "dark", "print"]),
    default="light",
    show_default=True,
    help="Set the colours.",
)
SEMANTIC = click.option(
    "--semantic", metavar="MODEL", help="Compare meaning with this sentence model, a folder or a package."
)
DOWNLOAD = click.option("--download", is_flag=True, help="Let --semantic download its model from the Hugging Face hub.")
DPI = click.option(
    "--dpi", type=click.IntRange(36, 1200), default=144, show_default=True, help="Set the resolution of a PNG."
)
FROM = click.option("--from", "read_as", metavar="FORMAT", help="Set the input format, if it cannot be detected.")
MAP = click.argument("map_", metavar="MAP")


def _columns(_context: click.Context, _option: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    """Split FIELD=HEADING."""
    columns = {}
    for pair in pairs:
        field, sign, heading = pair.partition("=")
        if not (field and sign and heading):
            raise click.BadParameter(f"{pair!r} is not FIELD=HEADING, such as text=Behauptung")
        columns[field] = heading
    return columns


def _words(_context: click.Context, _option: click.Parameter, words: str | None) -> tuple[str, ...]:
    """Split WORD,WORD."""
    return tuple(filter(None, (word.strip() for word in (words or "").split(","))))


def by_option(words: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the option `--by`."""
    return click.option("--by", type=click.Choice(["speaker", "organisation"]), help=words)


COLUMN = click.option(
    "--column",
    "columns",
    metavar="FIELD=HEADING",
    multiple=True,
    callback=_columns,
    help="Name a column of a CSV file, such as text=Behauptung; may be repeated.",
)


class PictureName(click.ParamType):  # type: ignore[type-arg]  # generic only in newer versions of click
    """The name of a picture of a diff or a timeline; the names are looked up when they are needed."""

    name = "picture"

    @property
    def names(self) -> list[str]:
        """The names of all such pictures."""
        from argmap.diagram import all_pictures

        return [name for name, picture in all_pictures().items() if picture.draws != "map"]

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002  # click passes them
        """List the names in the help text."""
        return f"[{'|'.join(self.names)}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse a name that no picture has; only a name that was given needs the pictures to be looked up."""
        if param is not None and value == param.default:
            return value
        from argmap.diagram.pictures import SUCCESSORS, gone

        if value in SUCCESSORS:
            self.fail(f"{gone(value)}.", param, ctx)
        if value not in self.names:
            hint = did_you_mean(str(value), self.names, "", "'")
            self.fail(f"{value!r} is not one of {', '.join(self.names)}. {hint}".rstrip(), param, ctx)
        return value


def style_option(*styles: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the option `--format`, which sets how a command prints its result."""
    return click.option(
        "--format",
        "style",
        type=click.Choice(styles),
        default=styles[0],
        show_default=True,
        help="Set the form of the output.",
    )


class Command(click.Command):
    """A command that ignores none of its options."""

    def invoke(self, ctx: click.Context) -> Any:
        """Refuse options that would do nothing, and run."""
        unused.refuse(ctx)
        return super().invoke(ctx)


class Commands(click.Group):
    """The group of commands; it turns every problem into a line and an exit code."""

    command_class = Command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Refuse empty arguments before anything is made of them."""
        unused.refuse_empty(args[1:])
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line, with standard output and standard error made safe."""
        with terminal.shown():
            return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Print a user's problem in a line each, and exit with 2."""
        from argmap.findings import ArgmapError
        from argmap.remembered import reading_once

        try:
            with reading_once(), replacing.guarded(ctx):
                return super().invoke(ctx)
        except ArgmapError as problem:
            click.echo(problem, err=True)
            ctx.exit(2)

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, and list it with the first sentence of its help, never cut off."""
        paragraph = " ".join((cmd.help or "").partition("\n\n")[0].split())
        cmd.short_help = paragraph.partition(". ")[0].removesuffix(".")
        super().add_command(cmd, name)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click passes it
        """List the commands in the order of a day's work."""
        return list(self.commands)


def _listed(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[str, ...]:
    return tuple(name for part in (value or "").split(",") if (name := part.strip()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="argmap %(version)s")
def main() -> None:
    """Map the arguments of texts, anchored to their exact words; draw them; diff positions."""


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
@click.option("--yes", is_flag=True, help="Send the text to a hosted model without a question.")
@click.option("--left-out", type=PATH, help="Write what an answer said and the text does not to this file, as JSON.")
@click.option(
    "--seconds",
    type=click.FloatRange(1),
    default=300,
    show_default=True,
    help="Wait this long for one answer of --model.",
)
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
    "--select", metavar="RULES", help="Report these rules only; optional ones are reported only so.", callback=_listed
)
@click.option("--ignore", metavar="RULES", help="Leave out these rules, with commas between them.", callback=_listed)
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
    "--only", callback=_words, metavar="LABEL,...", help="Count claims with these labels only, for --agreement."
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
@click.option("--only", callback=_words, metavar="LABEL,...", help="Count claims with these labels only.")
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
def align(before: str, after: str, read_as: str | None, out: Path | None, **options: Any) -> None:
    """Suggest which claims of BEFORE and AFTER correspond.

    The suggestions go into an alignment file, where a person accepts or rejects them. Decisions in an existing file are
    kept, and a rejected pair is never suggested again.
    """
    from argmap.cli.aligning import run

    run(before, after, read_as, out, **options)


@main.command()
@click.argument("folder", type=PATH)
@click.option("-o", "--out", type=PATH, default="report", show_default=True, help="Write into this folder.")
@replacing.FORCE
@click.option(
    "--watch", is_flag=True, help="Rebuild after each change and reload the open page, for this machine only."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Set the port of --watch; any free one if unset."
)
@THEME
@click.option(
    "--pages",
    type=click.Choice(["auto", "one", "many"]),
    default="auto",
    show_default=True,
    help="Write one page with all texts, or an index and a page for each text; auto writes many for more than 6 texts, "
    "or where one would have more than 3 MB.",
)
@click.option(
    "--jobs", type=click.IntRange(1), help="Make many pages with so many processes; otherwise one for each processor."
)
def report(folder: Path, out: Path, watch: bool, port: int, **options: Any) -> None:
    """Write a report of all maps of FOLDER: texts, maps and diff.

    The report of a few texts is one self-contained page, and the diagrams stand beside it. That of many is an index with
    a search over all claims, and a page for each text, each alignment and each issue; a second run makes the pages
    whose files have changed. A map that cannot be read is left out and named; then exit with 2.
    """
    from argmap.cli import reporting

    reporting.run(folder, out, port if watch else None, **options)


@main.command()
@click.argument("path", type=PATH)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Set the port; any free one if unset.")
@click.option("--no-browser", is_flag=True, help="Print the address instead of opening it in the browser.")
def edit(path: Path, port: int, no_browser: bool) -> None:
    """Edit maps in the browser: mark claims in the text, connect them, compare two texts.

    PATH is a folder of maps, or one map. Every edit is saved at once into the same files. The page is served to this
    machine only.
    """
    import webbrowser

    from argmap import editor

    editor.edit(path, port, open_page=None if no_browser else webbrowser.open)


@main.command()
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@FROM
@click.option(
    "--to", "write_as", metavar="FORMAT", help="Set the output format, if the suffix of OUT does not tell it."
)
@COLUMN
@click.option("--keep-dialogue", is_flag=True, help="Keep the locutions and transitions of AIF.")
@click.option("--strict", is_flag=True, help="Exit with 1 if reading IN or writing OUT lost anything.")
@click.option("--again", is_flag=True, help="Convert files of a folder again that are already up to date.")
@working.JOBS
@replacing.FORCE
@click.option("--report", type=PATH, help="Write a CSV file that says what became of each file of a folder.")
def convert(
    source: str, target: str, strict: bool, again: bool, report: Path | None, jobs: int | None, **options: Any
) -> None:
    """Convert a map, or a folder of maps, to another format.

    Print what the target format cannot carry. IN and OUT may be folders, or `-`. A folder is converted on all cores;
    after an interruption, the same command goes on. Exit with 2 if a file of it could not be read.

    A table of coders with a row for each statement becomes a folder of maps, one a document: name its columns, such as
    --column map=document --column speaker=person --column issue=concept --column position=agreement --column date=time.
    """
    from argmap.cli.converting import LOST, run, run_folder

    if Path(source).is_dir():
        code = run_folder(Path(source), target, again=again, report=report, jobs=jobs, **options)
    elif again or report:
        raise click.UsageError(f"--again and --report are for folders, and {source} is not a folder")
    else:
        code = run(source, target, **options)
    sys.exit(0 if code == LOST and not strict else code)


@main.command()
@click.argument("maps", nargs=-1, required=True, metavar="MAP...")
@FROM
@COLUMN
@style_option("text", "json")
@by_option("Tell who speaks, who disagrees with whom, and which questions are answered.")
@working.JOBS
def stats(
    maps: tuple[str, ...], read_as: str | None, columns: dict[str, str], style: str, by: Any, jobs: int | None
) -> None:
    """Measure maps: size, depth, balance, and coverage of their texts.

    A MAP is a file or a folder. The maps of a folder are measured one by one, on all cores; with --by they are one corpus.
    Exit with 2 if a file of a folder could not be read.
    """
    if by:
        from argmap.cli import speaking

        speaking.stats([speaking.read(path, read_as, columns) for path in maps], by, style)
        return
    from argmap.cli import measuring

    sys.exit(measuring.run(maps, read_as, columns, style, jobs))


@main.command()
@MAP
@OUT
@FROM
@style_option("text", "md", "json")
@click.option(
    "--semantics",
    default="grounded",
    show_default=True,
    metavar="NAME,...",
    help="List these labellings: grounded, complete, preferred, stable, semi-stable, ideal.",
)
@click.option(
    "--support",
    type=click.Choice(["necessary", "deductive"]),
    default="necessary",
    show_default=True,
    help="Take a claim to need one of its supports, or a support to carry its conclusion.",
)
@click.option(
    "--gradual",
    type=click.Choice(["dfquad", "energy"]),
    default="dfquad",
    show_default=True,
    help="Compute strengths by DF-QuAD or by quadratic energy.",
)
@click.option("--claim", metavar="CLAIM", help="Tell what carries this claim, instead of the thesis.")
@click.option("--all-voices", is_flag=True, help="Count claims that the text only reports, asks or rejects.")
@click.option("--concessions-defeat", is_flag=True, help="Let objections that the author grants defeat a claim.")
@click.option(
    "--most", type=click.IntRange(1), default=1000, show_default=True, help="Stop at this number of labellings."
)
@click.option(
    "--seconds", type=click.FloatRange(0), default=60, show_default=True, help="Stop each search after this time."
)
def evaluate(map_: str, out: Path | None, read_as: str | None, style: str, semantics: str, **options: Any) -> None:
    """Evaluate the argument of a map: which claims stand, and what carries the thesis."""
    from argmap.cli.evaluating import run

    names = [name.strip() for name in semantics.split(",") if name.strip()]
    run(map_, read_as, style, out, semantics=names, **options)


@main.command()
@click.argument("kind", type=click.Choice(["map", "codebook", "alignment", "diff", "trends"]))
def schema(kind: Any) -> None:
    """Print the JSON Schema of a file format, for editors, or of a diff or a trend in JSON, for programs."""
    from argmap.schemas import schema as make

    click.echo(terminal.json_text(make(kind)))


@main.command()
@click.argument("name", required=False)
def schemes(name: str | None) -> None:
    """List argumentation schemes, or show one with its critical questions."""
    output.schemes(name)


@main.command()
@click.argument("name", required=False)
def formats(name: str | None) -> None:
    """List formats and what each carries, or show the page of one."""
    output.formats(name)


@main.command()
@click.argument("name", required=False)
def rules(name: str | None) -> None:
    """List what `check` looks for, or show one rule with an example."""
    output.rules(name)


@main.command()
@click.argument("maps", nargs=-1, required=True, metavar="MAP MAP...")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, allow_dash=True), help="Write the merged map to this new file."
)
@FROM
def merge(maps: tuple[str, ...], read_as: str | None, out: Path | None) -> None:
    """Merge several people's maps of one text into one.

    What all saw stands in it once, what some saw is suggested, and comments name where they differ. Figures of agreement go
    to standard error; `diff --agreement` prints and explains all of them.
    """
    from argmap.cli.merging import run

    run(maps, read_as, out)


@main.command("man", hidden=True)
def man() -> None:
    """Print the manual page, for `man`."""
    from argmap.cli.manual import manual

    terminal.write_data(manual(main))


@main.command("git-merge", hidden=True)
@click.argument("base")
@click.argument("ours")
@click.argument("theirs")
@click.argument("name", default="the file")
def git_merge(base: str, ours: str, theirs: str, name: str) -> None:
    """Serve git as a merge driver: BASE OURS THEIRS NAME."""
    from argmap.cli.merging import run_for_git

    sys.exit(run_for_git(base, ours, theirs, name))


@main.group()
def corpus() -> None:
    """Make tables of thousands of maps, ask them in SQL, find claims that say the same, and follow positions.

    This needs DuckDB, pyarrow and usearch: pip install 'argmap[corpus]'.
    """


MEMORY = partial(click.option, "--memory", metavar="AMOUNT", show_default=True)
ANSWER_MEMORY = MEMORY(default="2GB", help="Use at most this much memory for a question, such as 500MB.")
CORPUS = click.argument("path", metavar="CORPUS", type=click.Path(path_type=Path))


@corpus.command("build")
@click.argument("sources", nargs=-1, required=True, metavar="DIR...")
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="Write the corpus into this folder.")
@click.option(
    "--engine",
    "engine_name",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Read on processes of this machine, or on the workers of a Dask cluster.",
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="Use this Dask scheduler; otherwise --engine dask starts a cluster here."
)
@working.JOBS
@click.option(
    "--seconds", type=click.FloatRange(0.1), default=60, show_default=True, help="Give up on a file after this time."
)
@MEMORY(default="2GB", help="Give up on a file that needs more memory than this.")
def corpus_build(sources: tuple[str, ...], out: Path, **options: Any) -> None:
    """Read maps of any format from folders into tables, or bring the tables up to date.

    Only new and changed files are read, and an interrupted build goes on. A file that cannot be read is a row of the table
    `findings`. Exit with 1 if there is one.
    """
    from argmap.cli import corpora

    sys.exit(not corpora.build(sources, out, **options))


@corpus.command("sql")
@CORPUS
@click.argument("query")
@style_option("table", "csv", "json")
@ANSWER_MEMORY
def corpus_sql(path: Path, query: str, style: str, memory: str) -> None:
    """Ask a corpus a question in SQL, and print the rows.

    QUERY is one `select` over the tables maps, claims, issues, relations, quotes, sources, findings and matches. It reads
    nothing but the corpus, and changes nothing.
    """
    from argmap.cli import corpora

    corpora.sql(path, query, style, memory)


@corpus.command("match")
@CORPUS
@click.option(
    "--least", type=click.FloatRange(0, 1), default=0.65, show_default=True, help="Suggest pairs of this likeness."
)
@click.option(
    "--neighbours", type=click.IntRange(1, 200), default=24, show_default=True, help="Look at so many near claims."
)
@click.option("--within", is_flag=True, help="Compare claims of one map with one another, too.")
@click.option("--semantic", "model", metavar="MODEL", help="Take the meaning of claims from this sentence model.")
@working.JOBS
@MEMORY(default="8GB", help="Stop when more memory than this is needed.")
def corpus_match(path: Path, model: str | None, memory: str, **options: Any) -> None:
    """Find claims of different maps that say the same, and write them into the table `matches`.

    Decisions of a person stay in CORPUS/decisions.csv and are kept: a rejected pair is joined no more.
    """
    from argmap.cli import corpora

    corpora.match(path, model, memory, **options)


@corpus.command("trends")
@CORPUS
@click.option("--issue", required=True, metavar="ID", help="Follow this issue, which needs a scale.")
@click.option(
    "--by",
    type=click.Choice(["author", "speaker"]),
    default="author",
    show_default=True,
    help="Take the authors' own positions, or those of the speakers whom they report.",
)
@click.option("--suggested", is_flag=True, help="Count drafted claims that nobody has reviewed, too.")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Write a plot: .svg, .png or .pdf; or .html, where each mark leads to its words.",
)
@click.option(
    "--width", type=click.IntRange(320, 4000), default=1000, show_default=True, help="Width of a plot in pixels."
)
@click.option(
    "--theme",
    type=click.Choice(["light", "dark", "print"]),
    default="light",
    show_default=True,
    help="Colours of a plot; an .html page follows its reader's system.",
)
@click.option(
    "--shuffles",
    type=click.IntRange(99, 99_999),
    default=999,
    show_default=True,
    help="Hold each change point against so many shuffled orders.",
)
@style_option("table", "csv", "json")
@ANSWER_MEMORY
def corpus_trends(path: Path, out: Path | None, style: str, width: int, theme: Any, **options: Any) -> None:
    """Tell where dated texts stand on an issue over time, who moved, and where positions change.

    Texts are compared mode by mode: what is, is planned, will be and ought to be. A change counts only if shuffled orders of the
    texts rarely give as much. Each point has its quote.
    """
    from argmap.cli import corpora

    corpora.trends(path, out, style, {"width": width, "theme": theme}, **options)


@corpus.command("decide")
@CORPUS
@click.argument("pair", nargs=4, metavar="MAP CLAIM MAP CLAIM")
@click.option("--reject", "decision", flag_value="rejected", help="The two do not say the same.")
@click.option(
    "--accept", "decision", flag_value="accepted", default="accepted", help="The two say the same (the default)."
)
@click.option("--note", default="", help="Keep the reason.")
def corpus_decide(path: Path, pair: tuple[str, str, str, str], decision: str, note: str) -> None:
    """Keep the decision that two claims say the same, or do not."""
    from argmap.cli import corpora

    corpora.decide(path, pair, decision, note)


# A file may be called like an option.
@main.command("git-diff", hidden=True, add_help_option=False, context_settings={"ignore_unknown_options": True})
@click.argument("path")
@click.argument("versions", nargs=-1)
def git_diff(path: str, versions: tuple[str, ...]) -> None:
    """Serve git as an external diff driver: PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE [NEW-PATH HOW]."""
    from argmap.cli.git_driver import run

    if 0 < len(versions) < 6:
        raise click.UsageError("git calls this command; the documentation says how to set it up")
    run(path, versions)
