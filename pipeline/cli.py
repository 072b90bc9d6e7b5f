"""The command ``masterclass``."""

from __future__ import annotations

import sys

import click

from . import console
from .later import Later, LaterGroup

COMMANDS = {
    "access": Later(
        "xapi.people.access_commands",
        "access",
        "Who of the staff may see reports.",
    ),
    "build": Later("pipeline.commands.build", "build", "Make the site and the packages."),
    "check": Later("pipeline.commands.check", "check", "Say what is wrong, and what could be written better."),
    "demo": Later(
        "xapi.reports.demo.command",
        "demo",
        "Make up learners, to see the reports with.",
    ),
    "facts": Later("pipeline.commands.facts", "facts", "Claims that masterclasses make, and when to check them again."),
    "lrs": Later("xapi.cli", "lrs", "The learning record store, xAPI 1.0.3 and 2.0.0."),
    "new": Later("pipeline.commands.new", "new", "Begin a masterclass: a folder that builds at once."),
    "release": Later(
        "pipeline.commands.release",
        "release",
        "Fix the ids of a masterclass as published.",
    ),
    "report": Later(
        "pipeline.reports.commands",
        "report",
        "Who came how far, what they learnt, which question is broken.",
    ),
    "review": Later("pipeline.commands.review", "review", "Make a Word copy for reviewers, or record a review."),
    "roster": Later("xapi.people.commands", "roster", "The people of a programme, and their personal links."),
    "schemas": Later(
        "pipeline.commands.schemas",
        "schemas",
        "Write the JSON Schemas for an editor.",
    ),
    "self-checks": Later(
        "pipeline.selfcheck.commands",
        "self_checks",
        "Count the self-check scores that learners gave away.",
    ),
    "serve": Later("pipeline.commands.serve", "serve", "Serve the site, the learning record store and the packages."),
}


def main() -> None:
    """Entry point: a console that cannot show a character (cp1252) gets a '?' instead of a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        cli(prog_name="masterclass")
    except PermissionError as refused:
        sys.exit(f"Error: {refused.filename}: {refused.strerror}. Is this the user whose file or folder it is?")


def commands() -> dict[str, click.Command]:
    """Every command by its name."""
    context = click.Context(cli)
    return {name: command for name in COMMANDS if (command := cli.get_command(context, name))}


@click.group(
    cls=LaterGroup,
    later=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="masterclass")
@click.pass_context
def cli(context: click.Context) -> None:
    """Masterclasses from Markdown and YAML: a site, and packages for every LMS.

    Start with 'masterclass new my-topic', then 'masterclass build'.
    """
    context.obj = _course_address


def _course_address(ident: str) -> str:
    """What activities of a masterclass of this project begin with."""
    from . import load, project
    from .assemble import course_iri
    from .settings import INVALID_BASE

    settings = console.settings()
    folder = project.chosen(settings, ident, load.find([settings.masterclasses]))
    if settings.iri_base == INVALID_BASE:
        click.echo("warning: neither site_url nor iri_base is set; once it is, this key will not fit", err=True)
    return course_iri(settings.iri_base, folder.name)


if __name__ == "__main__":
    main()
