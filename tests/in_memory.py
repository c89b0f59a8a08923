"""Where tests keep their files: in memory, where the machine has room there. On a disk they wait whenever a
file is replaced, and a tenth of what they compute is files."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # Linux's
ROOM = 4 << 30  # bytes: all tests at once have never had a quarter of it


def files_are_kept_in_memory() -> None:
    """For this process and those that it starts, unless the environment says where (`TMPDIR`)."""
    there = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    if there and shutil.disk_usage(MEMORY).free >= ROOM and "TMPDIR" not in os.environ:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # where it is, is asked for anew
