"""`python -m tryon_cli` with a sandbox that answers in a fifth of the time and draws plain pictures:
`python -m tests.cli.quick`. Within a test, `Cli` does the same without a process.

`SLOW_S` in the environment is how long a picture takes, for tests that stop amid a job.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TextIO
from unittest.mock import patch

from PIL import Image

import app
from tests.browser.drawn_once import QUICK
from tests.sandbox.box import TinyRenderer
from tryon_cli.__main__ import main, make_studio
from tryon_cli.command_line import run
from tryon_cli.joining import Joining
from tryon_core import Settings
from tryon_sandbox import TryOnInput, create_sandbox

NOTHING_LEFT = "Nothing is left to go on with.\n"
SLOW = "SLOW_S"


class PlainRenderer(TinyRenderer):
    """One colour, large enough for a refiner."""

    def dress(self, inputs: TryOnInput) -> bytes:
        picture = Image.open(io.BytesIO(super().dress(inputs))).resize((200 + inputs.index, 300))
        written = io.BytesIO()
        picture.save(written, "PNG", compress_level=0)
        return written.getvalue()


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Its output, where that is JSON."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Cli:
    """The command line on a data folder of its own, in this process."""

    folder: Path

    def __call__(
        self, *arguments: str, lang: str = "en_GB.UTF-8", reader: type[io.StringIO] = io.StringIO
    ) -> Ran:
        out, err = reader(), io.StringIO()
        code = self.answer(arguments, out, err, lang)
        return Ran(code, out.getvalue(), err.getvalue())

    def answer(
        self, arguments: Sequence[str], out: TextIO | None, err: TextIO | None, lang: str = "en_GB.UTF-8"
    ) -> int:
        """The exit code, with streams of one's own; None is one that was closed."""
        settings = Settings.load({"TRYON_DATA_DIR": str(self.folder)})
        with quick_sandbox(), redirect_stdout(out), redirect_stderr(err):
            return run(arguments, Joining(lambda: settings, make_studio), {"LANG": lang})

    @property
    def kept(self) -> Path:
        """Where the command line keeps its jobs."""
        return self.folder / "cli"

    def submits(self) -> int:
        """How many tasks the sandbox was ever given."""
        return len(list(self.kept.glob("sandbox/tasks/*.json")))


def quick_sandbox(per_image_s: float = QUICK.per_image_s) -> Any:
    """While it lasts, `app.py` makes its sandbox so."""
    timing = replace(QUICK, per_image_s=per_image_s)
    return patch.object(
        app, "create_sandbox", partial(create_sandbox, settings=timing, renderer=PlainRenderer())
    )


if __name__ == "__main__":
    with quick_sandbox(float(os.environ.get(SLOW, QUICK.per_image_s))):
        main()
