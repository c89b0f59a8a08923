"""Where tests keep their files: in a folder of this run's own, which goes with it.

It is in memory, where the machine has room there: on a disk they wait whenever a file is replaced, and a
tenth of what they compute is files.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")  # Linux's
ROOM = 4 << 30  # bytes: all tests at once have never had a quarter of it


class OwnFolder:
    """A folder for all temporary files of a run. It stays, to be looked at, where a test has failed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stays = False

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        self._stays = exitstatus == pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._stays:
            terminalreporter.write_line(f"What the failed tests left is in {self.folder}.")

    def pytest_unconfigure(self) -> None:
        if not self._stays:
            shutil.rmtree(self.folder, ignore_errors=True)


def files_have_a_folder_of_their_own(config: pytest.Config) -> None:
    """For this process and those that it starts, unless the environment says where (`TMPDIR`)."""
    if "TMPDIR" in os.environ:
        return
    # A short name: what a socket is called may have a hundred signs in all.
    own = OwnFolder(Path(tempfile.mkdtemp(prefix="t-", dir=MEMORY if _has_room(MEMORY) else None)))
    own.folder.chmod(0o711)  # a database server of the tests runs as another user than root
    os.environ["TMPDIR"] = str(own.folder)
    tempfile.tempdir = None  # where it is, is asked for anew
    config.pluginmanager.register(own)


def _has_room(folder: Path) -> bool:
    there = folder.is_dir() and os.access(folder, os.W_OK)
    return there and shutil.disk_usage(folder).free >= ROOM
