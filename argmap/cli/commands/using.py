"""Commands that use maps, tell of argmap itself, or serve git."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from argmap.cli import output, replacing, terminal, working
from argmap.cli.group import main
from argmap.cli.options import (
    COLUMN,
    FROM,
    MAP,
    OUT,
    PATH,
    THEME,
    by_option,
    style_option,
)


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
@working.JOBS
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
