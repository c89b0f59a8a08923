"""Whoever starts the app hears of it at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parent.parent
# Ends where the first large import of the app would begin.
STOPPED = """
import runpy, sys
class Stop:
    def find_spec(self, name, *_):
        if name == "httpx":
            raise SystemExit(0)
sys.meta_path.insert(0, Stop())
runpy.run_path("app.py", run_name=%r)
"""


def said_when_run_as(name: str) -> str:
    command = [sys.executable, "-c", STOPPED % name]
    return subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=True, timeout=60).stderr


def test_a_line_comes_before_anything_large_is_imported() -> None:
    assert said_when_run_as("__main__") == "Try-On Studio is starting ...\n"


def test_a_worker_process_and_the_command_line_do_not_say_it() -> None:
    assert said_when_run_as("app") == ""
