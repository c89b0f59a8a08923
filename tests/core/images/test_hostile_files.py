"""Files that are built to keep their reader busy are refused at once and in little memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.core.images.hostile_files import HARMLESS, LARGE, TRAPS

ENOUGH_S = 120  # for all files together, on a busy machine
pytestmark = [pytest.mark.slow, pytest.mark.timeout(2 * ENOUGH_S)]
QUICK_S = 0.5  # of computing; the slowest took 0.19 with five times the bytes, on a busy machine
LITTLE_MB = 50
MUCH_MB = 600
Weighed = dict[str, tuple[str, float, int]]  # by name: verdict, seconds of computing, megabytes


def weighed(folder: Path, files: Mapping[str, Callable[[], bytes]]) -> Weighed:
    """Each file judged in a process of its own, whose memory can be measured."""
    for name, make in files.items():
        (folder / name).write_bytes(make())
    command = [sys.executable, "-m", "tests.core.images.measuring", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=ENOUGH_S, check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {name: (verdict, took, grew) for name, verdict, took, grew in rows}


def _is_caught(name: str, verdict: str, took_s: float, grew_mb: int) -> bool:
    due = verdict == HARMLESS[name] if name in HARMLESS else verdict.startswith("refused: ")
    return not due or took_s > QUICK_S or grew_mb > LITTLE_MB


def test_nobody_is_kept_busy_by_a_trap(tmp_path: Path) -> None:
    rows = weighed(tmp_path, TRAPS)
    assert rows.keys() == TRAPS.keys()
    assert {name: row for name, row in rows.items() if _is_caught(name, *row)} == {}


def test_the_largest_picture_is_mended_in_bounded_memory(tmp_path: Path) -> None:
    for verdict, _, grew_mb in weighed(tmp_path, LARGE).values():
        assert verdict == "mended"
        assert grew_mb < MUCH_MB
