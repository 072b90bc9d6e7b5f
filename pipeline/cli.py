"""The command ``masterclass``."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import ClassVar

import click

from . import build as builds
from . import console, load, project, releases, scaffold
from .assemble import course_iri
from .files import write
from .problems import FORMATS, Problem, has_errors
from .project import Settings
from .schemas import files as schema_files
from .summary import table
from .targets import PRESETS, TARGETS
from .writing.pages import table as reading_table


def main() -> None:
    """Entry point: a console that cannot show a character (cp1252) gets a '?' instead of a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        cli(prog_name="masterclass")
    except PermissionError as refused:
        sys.exit(f"Error: {refused.filename}: {refused.strerror}. Is this the user whose file or folder it is?")


class _Commands(click.Group):
    """Commands whose modules are imported when they are asked for: a build has no use for a web server."""

    later: ClassVar = {
        "demo": "xapi.reports.demo.command",
        "lrs": "xapi.cli",
        "roster": "xapi.people.commands",
        "access": "xapi.people.access_commands",
        "facts": "pipeline.fact_commands",
        "report": "pipeline.reports.commands",
        "review": "pipeline.review_commands",
        "self-checks": "pipeline.selfcheck.commands",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *self.later])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.later:
            found: click.Command = getattr(import_module(self.later[cmd_name]), cmd_name.replace("-", "_"))
            return found
        return super().get_command(ctx, cmd_name)


def commands() -> dict[str, click.Command]:
    """Every command by its name."""
    context = click.Context(cli)
    return {name: command for name in cli.list_commands(context) if (command := cli.get_command(context, name))}


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="masterclass")
@click.pass_context
def cli(context: click.Context) -> None:
    """Masterclasses from Markdown and YAML: a site, and packages for every LMS.

    Start with 'masterclass new my-topic', then 'masterclass build'.
    """
    context.obj = _course_address


def _course_address(ident: str) -> str:
    """What activities of a masterclass of this project begin with."""
    settings = console.settings()
    folder = project.chosen(settings, ident, load.find([settings.masterclasses]))
    if settings.iri_base == project.INVALID_BASE:
        click.echo("warning: neither site_url nor iri_base is set; once it is, this key will not fit", err=True)
    return course_iri(settings.iri_base, folder.name)


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="text for people, json for scripts, github for annotations.",
)
@click.option("--release", is_flag=True, help="Also what must be right before publishing.")
@click.option(
    "--no-writing",
    "writing",
    flag_value=False,
    default=True,
    help="Leave out how questions and pages are written.",
)
@click.option("--reading", is_flag=True, help="Print how hard each page is to read.")
@console.as_of
def check(paths: tuple[Path, ...], format_: str, release: bool, writing: bool, reading: bool, as_of: date) -> None:
    """Say what is wrong, and what could be written better.

    PATHS are masterclass folders; without any, all in this project. Exit code 1 when something must be mended.
    """
    settings = console.settings()
    problems: list[Problem] = []
    found = [
        each.course
        for path in paths or (settings.masterclasses,)
        for each in project.courses(
            replace(settings, masterclasses=path), (), problems, as_of if release else None, writing
        )
    ]
    problems = list(dict.fromkeys(problems))
    if reading:
        click.echo(reading_table(found), err=format_ != "text")
    if format_ == "text" and problems:
        console.say(problems)
    else:
        click.echo(FORMATS[format_](problems), nl=format_ != "text")
    sys.exit(1 if has_errors(problems) else 0)


def _formats(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    unknown = [name for name in names if name not in builds.FORMATS]
    if unknown or not names:
        raise click.BadParameter(
            f"there is no format {', '.join(map(repr, unknown)) or 'named'}; there are: {', '.join(builds.FORMATS)}"
        )
    return names


@cli.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build"),
    show_default=True,
    help="Folder to build into.",
)
@click.option(
    "--course", "courses", multiple=True, metavar="ID", help="Only this masterclass; may be given several times."
)
@click.option(
    "--format",
    "formats",
    callback=_formats,
    default=",".join(builds.FORMATS),
    show_default=True,
    help="What to make, with commas between.",
)
@click.option("--preset", type=click.Choice(list(PRESETS)), help="Fit the SCORM 1.2 package to one kind of LMS.")
@click.option("--release", is_flag=True, help="Refuse what 'check --release' refuses.")
@console.as_of
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
def build(
    out: Path,
    courses: tuple[str, ...],
    formats: tuple[str, ...],
    preset: str | None,
    release: bool,
    as_of: date,
    as_json: bool,
) -> None:
    """Make the site and the packages.

    Nothing is written when a problem must be mended first.
    """
    settings = console.settings()
    if "site" in formats and settings.config_file is None:
        if formats != builds.FORMATS:
            raise click.UsageError(
                f"The site needs a {console.CONFIG} in this folder. Make one with: masterclass new ID"
            )
        formats = tuple(TARGETS)
    wanted = builds.Wanted(courses, formats, preset or "", as_of if release else None)
    problems: list[Problem] = []
    # On a terminal only: scripts and logs get the table and nothing that moves.
    length = builds.steps(wanted, len(courses) or 1)
    with click.progressbar(
        length=length, label="Building", file=sys.stderr, hidden=not sys.stderr.isatty(), item_show_func=str
    ) as bar:
        made = builds.build(settings, out, wanted, problems, lambda step: bar.update(1, step))
    console.say(problems)
    if has_errors(problems):
        click.echo("Nothing was built.", err=True)
        sys.exit(1)
    click.echo(builds.as_json(made) if as_json else table(made), nl=as_json)


@cli.command()
@click.argument("ident", metavar="ID")
@click.option("--title", help="Title of the masterclass; made from the id when left out.")
def new(ident: str, title: str | None) -> None:
    """Begin a masterclass: a folder that builds at once."""
    written = scaffold.new(
        console.settings() if Path(console.CONFIG).is_file() else Settings(Path.cwd(), Path.cwd() / "masterclasses"),
        ident,
        title,
    )
    for path in written:
        click.echo(f"wrote {path}")
    click.echo("Next: edit the pages, then run 'masterclass build'.")


@cli.command()
@click.argument("ident", metavar="ID")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
def release(ident: str, dry_run: bool) -> None:
    """Fix the ids of a masterclass as published, and say what half-way learners keep and lose."""
    problems: list[Problem] = []
    report = releases.release(console.settings(), ident, problems, dry_run)
    console.say(problems)
    if report is None:
        click.echo("Nothing was released.", err=True)
        sys.exit(1)
    click.echo(report, nl=False)


@cli.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build"),
    show_default=True,
    help="Folder that was built into.",
)
@click.option(
    "--data", default="data", show_default=True, metavar="DIR|URL", help="Folder or database of learning records."
)
@click.option("--reload", is_flag=True, help="Build now and after every change, and refresh the browser.")
def serve_command(host: str, port: int, out: Path, data: str, reload: bool) -> None:
    """Serve the site, the learning record store and the packages.

    The store speaks xAPI at /xapi/ (1.0.3) and /xapi/2/ (2.0.0); make keys to it with 'masterclass lrs key add'.
    """
    from .server.serve import serve  # imports the web server

    serve(console.settings(), out, host, port, data, reload)


@cli.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path), default=Path("build/schemas"))
def schemas(out: Path) -> None:
    """Write the JSON Schemas with which an editor completes and checks the YAML.

    Every build writes them too, into build/schemas.
    """
    made = schema_files()
    write(out, made)
    for file in made:
        click.echo(f"wrote {(out / file.path).as_posix()}")


if __name__ == "__main__":
    main()
