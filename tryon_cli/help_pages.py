"""The pages of `--help`, in the language of whoever reads them."""

from collections.abc import Sequence
from typing import Any

import typer
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from typer import rich_utils

from tryon_cli.words import Words

NAMES = ["--help", "-h"]
# The library's own words, by their names in it.
FRAME = {
    "ARGUMENTS_PANEL_TITLE": "frame.arguments",
    "OPTIONS_PANEL_TITLE": "frame.options",
    "COMMANDS_PANEL_TITLE": "frame.commands",
    "ERRORS_PANEL_TITLE": "frame.error",
    "REQUIRED_LONG_STRING": "frame.required",
    "DEFAULT_STRING": "frame.default",
}


class _Folding(Table):
    """Breaks lines within words, too: what fits no line would be cut, and Chinese has no spaces."""

    def add_row(self, *cells: RenderableType | None, **options: Any) -> None:
        super().add_row(*cells, **options)
        for column in self.columns:
            column.overflow = "fold"


def _flowing(parts: Sequence[Text]) -> Text:
    """What an option does and its default as one text, where each would have a column of its own."""
    return Text(" ").join(parts)


SHAPES = {"Table": _Folding, "Columns": _flowing}


def help_in(words: Words, command: Any) -> None:
    """Puts texts in place of the keys, in a command and all below it."""
    frame = {name: words(key, value="{}") for name, key in FRAME.items()}
    for name, value in (SHAPES | frame).items():
        setattr(rich_utils, name, value)
    _explain(words, command)


def _explain(words: Words, command: Any) -> None:
    command.help = words(f"help.{command.help}")
    if command.epilog:
        command.epilog = words(f"help.{command.epilog}")
    for param in command.params:
        param.help = words(f"option.{param.help}")
    command.get_help_option(typer.Context(command, help_option_names=NAMES)).help = words("option.help")
    for below in getattr(command, "commands", {}).values():
        _explain(words, below)
