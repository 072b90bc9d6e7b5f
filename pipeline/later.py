"""Commands whose modules are imported when they are asked for, and not to list them: a build has no use for a web server."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click


class Later(NamedTuple):
    module: str
    name: str
    summary: str
    """The first paragraph of the command's own help."""


class LaterGroup(click.Group):
    def __init__(self, *arguments: Any, later: Mapping[str, Later], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.later = later

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*self.commands, *self.later])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.later:
            return super().get_command(ctx, cmd_name)
        found: click.Command = getattr(import_module(self.later[cmd_name].module), self.later[cmd_name].name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        listed = {name: click.Command(name, help=each.summary) for name, each in self.later.items()}
        click.Group(commands={**self.commands, **listed}).format_commands(ctx, formatter)
