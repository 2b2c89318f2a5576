"""The command line: one thin function a command. Parse, call one verb, print, exit.

Exit codes: 0 done; 1 findings (`check`), something lost (`convert --strict`) or differences (`diff --exit-code`);
2 bad arguments or an unreadable file, even where the rest was done without it (`report`, and `convert` of a folder).
Errors are lines on standard error, never a traceback. `-` is standard input or output. Whatever is heavy is imported
inside the command that needs it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from argmap import __version__
from argmap.cli import inputs, output

OUT = click.option("-o", "--out", type=click.Path(path_type=Path, allow_dash=True), help="File to write.")
THEME = click.option("--theme", type=click.Choice(["light", "dark", "print"]), default="light", show_default=True)
DPI = click.option("--dpi", type=click.IntRange(36, 1200), default=144, show_default=True, help="For PNG.")
FORCE_FORMAT = click.option("--from", "read_as", metavar="FORMAT", help="Format of the input, where it is not plain.")
MAP = click.argument("map_", metavar="MAP")


class Commands(click.Group):
    """Turns every problem into a line and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a problem of the user's is printed, one line each, and exits with 2."""
        from argmap.findings import ArgmapError

        try:
            return super().invoke(ctx)
        except ArgmapError as problem:
            click.echo(problem, err=True)
            ctx.exit(2)
        except BrokenPipeError:
            # Whoever read has enough; Python would complain again when it closes standard output.
            sys.stdout = None
            ctx.exit(0)
        except OSError as problem:
            # What a file does is told by who opens it; this is standard output itself, such as on a full disk.
            sys.stdout = None
            click.echo(f"standard output: {(problem.strerror or str(problem)).lower()}", err=True)
            ctx.exit(2)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click passes it
        """In the order of a day's work, not of the alphabet."""
        return list(self.commands)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="argmap %(version)s")
def main() -> None:
    """Map the arguments of texts, anchored to their exact words; draw them; diff positions."""


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@FORCE_FORMAT
@click.option("--format", "style", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
def check(paths: tuple[str, ...], read_as: str | None, style: str) -> None:
    """Every problem of maps, codebooks and alignments, each with its place and a way out.

    A PATH is a file, a folder, or `-` for standard input. In a folder, --from is for the files whose ending that format
    has, but for argmap's own. Exit status 1 when there is an error.
    """
    from argmap.rules import check as check_files

    named = dict.fromkeys(paths)  # standard input can be read once
    findings = check_files(*(inputs.standard_input() if path == "-" else path for path in named), format=read_as)
    output.findings(findings, style)
    sys.exit(any(finding.severity == "error" for finding in findings))


@main.command()
@MAP
@OUT
@FORCE_FORMAT
@click.option("--group", type=click.Choice(["issue", "speaker", "none"]), default="none", show_default=True)
@click.option(
    "--focus", metavar="CLAIM", help="Draw only this claim and what lies within --depth links of it, two when left out."
)
@click.option("--depth", type=click.IntRange(0), help="Steps below the thesis, or below --focus; the rest is folded.")
@click.option("--direction", type=click.Choice(["down", "up", "right", "left"]), default="down", show_default=True)
@click.option("--quotes", is_flag=True, help="Show the words under each claim.")
@click.option("--paper", type=click.Choice(["a4", "a3"]), help="Fit a PDF to pages, split where it must be.")
@THEME
@DPI
def draw(map_: str, out: Path | None, read_as: str | None, theme: str, dpi: int, **options: Any) -> None:
    """One map as a diagram: .svg, .png, .pdf, .dot, .mmd or .json, by the suffix of --out."""
    output.picture(inputs.read(map_, read_as), out, theme=theme, dpi=dpi, **options)


@main.command()
@click.argument("before", required=False)
@click.argument("after", required=False)
@FORCE_FORMAT
@click.option("--alignment", type=click.Path(), help="Which claims answer to which; found beside AFTER when left out.")
@click.option("--format", "style", type=click.Choice(["text", "md", "json"]), default="text", show_default=True)
@click.option("--picture", type=click.Choice(["bridge", "ladder"]), default="bridge", show_default=True)
@click.option("--quotes/--no-quotes", default=True, show_default=True, help="Both texts' words under each change.")
@click.option("--agreement", is_flag=True, help="How far two analysts of one text agree, in figures of the field.")
@click.option("--noise", nargs=2, metavar="MAP MAP", help="Two analysts' maps of one text: how far readers differ.")
@click.option("--explain", is_flag=True, help="Print what each change word means, and exit.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 when anything differs.")
@OUT
@THEME
@DPI
def diff(
    before: str | None,
    after: str | None,
    read_as: str | None,
    alignment: str | None,
    style: str,
    picture: str,
    quotes: bool,
    agreement: bool,
    noise: tuple[str, str] | None,
    explain: bool,
    exit_code: bool,
    out: Path | None,
    theme: str,
    dpi: int,
) -> None:
    """What moved from BEFORE to AFTER: revisions of a map, two maps of a text, or maps of two texts.

    Each is a file of any format, or a revision of one in git, such as HEAD~1:maps/essay.yaml. With --out, a
    diagram (.svg, .png, .pdf, .dot, .mmd), or the diff as .md or .json.
    """
    from argmap.diff import agreement as measure
    from argmap.diff import compare, timeline, with_noise

    if explain:
        output.explanation(style)
        return
    if before is None or after is None:
        raise click.UsageError("name two maps, BEFORE and AFTER, or ask for --explain")
    if before == after == "-":
        raise click.UsageError("standard input holds one map; name a file for the other")
    left, right = inputs.read(before, read_as), inputs.read(after, read_as)
    if agreement:
        output.agreement(measure(left, right), style)
        return
    aligned = inputs.alignment(alignment, before, after)
    found = compare(left, right, aligned)
    if noise:
        found = with_noise(found, measure(*map(inputs.read, noise)))
    if out is None or out.suffix in (".md", ".json") or str(out) == "-":
        output.diff(found, {".md": "md", ".json": "json"}.get(out.suffix, style) if out else style, quotes, out)
    elif picture == "ladder":
        output.picture(timeline([left, right], [aligned] if aligned else []), out, theme=theme, dpi=dpi)
    else:
        output.bridge(found, left, right, out, theme=theme, dpi=dpi)
    sys.exit(exit_code and not found.empty)


@main.command()
@click.argument("maps", nargs=-1, required=True, metavar="MAP MAP...")
@FORCE_FORMAT
@click.option("--alignment", "alignments", type=click.Path(), multiple=True, help="Of two neighbours; may be repeated.")
@click.option("--format", "style", type=click.Choice(["text", "md", "json"]), default="text", show_default=True)
@OUT
@THEME
@DPI
def timeline(
    maps: tuple[str, ...],
    read_as: str | None,
    alignments: tuple[str, ...],
    style: str,
    out: Path | None,
    theme: str,
    dpi: int,
) -> None:
    """Issue × text: where each text stands, for two or more; with --out as a ladder (.svg, .png, .pdf, .dot)."""
    from argmap.diff import timeline as make

    if len(maps) < 2:
        raise click.UsageError("a timeline needs two maps or more")
    given = [inputs.alignment(path, *maps[:2]) for path in alignments] or inputs.alignments_between(maps)
    found = make([inputs.read(path, read_as) for path in maps], [a for a in given if a])
    if out is None or out.suffix in (".md", ".json") or str(out) == "-":
        output.timeline(found, {".md": "md", ".json": "json"}.get(out.suffix, style) if out else style, out)
    else:
        output.picture(found, out, theme=theme, dpi=dpi)


@main.command()
@click.argument("before")
@click.argument("after")
@FORCE_FORMAT
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="Alignment file; BEFORE-AFTER.yaml beside AFTER when left out."
)
@click.option("--review", is_flag=True, help="Step through the suggestions: accept, reject, another word, why.")
@click.option("--semantic", metavar="MODEL", help="Judge by meaning, too: a folder or package with a sentence model.")
@click.option("--download", is_flag=True, help="Let --semantic fetch its model from the Hugging Face hub.")
def align(
    before: str,
    after: str,
    read_as: str | None,
    out: Path | None,
    review: bool,
    semantic: str | None,
    download: bool,
) -> None:
    """Suggest which claims of BEFORE answer to which of AFTER, for a person to accept or reject.

    Decisions in an alignment file that is there already are kept; a rejected pair is never proposed again.
    """
    from argmap.cli.aligning import run

    run(before, after, read_as, out, review=review, semantic=semantic, download=download)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), default="report", show_default=True, help="Folder.")
@click.option("--watch", is_flag=True, help="Rebuild on change and reload the open page, on 127.0.0.1 only.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="For --watch; any free one when left out.")
@THEME
def report(folder: Path, out: Path, watch: bool, port: int, theme: Any) -> None:
    """The page of all maps in FOLDER: texts, maps and diff in one self-contained file, the diagrams beside it.

    A map in another format that cannot be read is left out, and told of: the page is written, and the exit status is 2.
    """
    from argmap import page

    if watch:
        page.watch(folder, out, port)
        return
    made = page.make(folder, theme)
    for line in made.inputs.told():
        click.echo(line, err=True)
    for path in page.write(made, out):
        click.echo(path)
    sys.exit(2 if made.inputs.unread else 0)


@main.command()
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@FORCE_FORMAT
@click.option("--to", "write_as", metavar="FORMAT", help="Format of OUT, where its suffix does not say.")
@click.option("--keep-dialogue", is_flag=True, help="Keep locutions and transitions of AIF.")
@click.option("--strict", is_flag=True, help="Exit with 1 when something was lost, in reading IN or in writing OUT.")
@click.option("--again", is_flag=True, help="Of a folder, convert also what is there already and newer.")
@click.option(
    "--report", type=click.Path(path_type=Path), help="Of a folder, a CSV file that tells what became of each file."
)
def convert(
    source: str,
    target: str,
    read_as: str | None,
    write_as: str | None,
    keep_dialogue: bool,
    strict: bool,
    again: bool,
    report: Path | None,
) -> None:
    """From one format to another; says what the target cannot carry. IN and OUT may be folders, or `-`.

    A folder is converted on all cores, and goes on where it was interrupted. Exit status 2 when a file of it could not
    be read.
    """
    from argmap.cli.converting import LOST, run, run_folder

    if Path(source).is_dir():
        code = run_folder(
            Path(source), target, read_as, write_as, keep_dialogue=keep_dialogue, again=again, report=report
        )
    else:
        if again or report:
            raise click.UsageError(f"--again and --report are for folders, and {source} is none")
        code = LOST if run(source, target, read_as, write_as, keep_dialogue=keep_dialogue) else 0
    sys.exit(0 if code == LOST and not strict else code)


@main.command()
@click.argument("maps", nargs=-1, required=True, metavar="MAP...")
@FORCE_FORMAT
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
def stats(maps: tuple[str, ...], read_as: str | None, style: str) -> None:
    """Size, depth and balance of maps, and how much of their texts they account for."""
    from argmap.stats import survey

    output.surveys([survey(inputs.read(path, read_as)) for path in maps], style)


@main.command()
@click.argument("kind", type=click.Choice(["map", "codebook", "alignment"]))
def schema(kind: Any) -> None:
    """The JSON Schema of a file format, for editors."""
    import json

    from argmap.schemas import schema as make

    click.echo(json.dumps(make(kind), indent=2, ensure_ascii=False))


@main.command()
@click.argument("name", required=False)
def schemes(name: str | None) -> None:
    """Argumentation schemes, or one with its critical questions."""
    output.schemes(name)


@main.command()
@click.argument("name", required=False)
def formats(name: str | None) -> None:
    """Every format that can be read or written, and what it carries; or one format's page."""
    output.formats(name)


@main.command()
@click.argument("name", required=False)
def rules(name: str | None) -> None:
    """What `check` looks for, or one rule with an example."""
    output.rules(name)


# A file may be called like an option.
@main.command("git-diff", hidden=True, add_help_option=False, context_settings={"ignore_unknown_options": True})
@click.argument("path")
@click.argument("versions", nargs=-1)
def git_diff(path: str, versions: tuple[str, ...]) -> None:
    """Git's external diff driver: PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE [NEW-PATH HOW]."""
    from argmap.cli.git_driver import run

    if 0 < len(versions) < 6:
        raise click.UsageError("git calls this; see the README for how to set it up")
    run(path, versions)
