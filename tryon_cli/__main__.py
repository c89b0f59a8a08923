"""`python -m tryon_cli`: gives the command line its studio, as `app.py` makes it.

This is the only file here that knows `app.py`, which joins core and sandbox. It is imported when a command
needs a studio, so that `--help` is quick.
"""

from __future__ import annotations

import sys

from tryon_cli.command_line import run
from tryon_cli.joining import Joining
from tryon_cli.outputs import take_standard_places
from tryon_core import Settings, Studio


def read_settings() -> Settings:
    """What the environment and the .env file say."""
    import app

    return app.read_settings()


def make_studio(settings: Settings) -> Studio:
    """The studio, with the sandbox for every vendor that has no key."""
    import app

    return app.make_studio(settings)


def main() -> None:
    """Does what the command line says, and ends the process with its exit code."""
    take_standard_places()
    raise SystemExit(run(sys.argv[1:], Joining(read_settings, make_studio)))


if __name__ == "__main__":
    main()
