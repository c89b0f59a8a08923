"""Judges the files of a folder one by one in a process of its own, and tells what each took.

`python -m tests.core.images.measuring <folder>` prints a line of JSON for each: name, verdict, seconds of
computing, and the megabytes that the process grew by at most.
"""

from __future__ import annotations

import json
import re
import sys
import time
import warnings
from pathlib import Path

from tests.core.images.pictures import mend
from tryon_core import InvalidRequest
from tryon_core.vendors.aidge.spec import IMAGE_RULE as AIDGE

_STATUS, _FORGET_PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def forget_peak() -> float:
    """Megabytes that this process has; the most that it ever had is forgotten (Linux, `man 5 proc`)."""
    _FORGET_PEAK.write_text("5")
    return _megabytes("VmRSS")


def peak() -> float:
    """Megabytes that this process had at most since the last one was forgotten."""
    return _megabytes("VmHWM")


def _megabytes(name: str) -> float:
    found = re.search(rf"{name}:\s+(\d+)", _STATUS.read_text("ascii"))
    assert found is not None
    return int(found[1]) / 1024


def verdict_on(path: Path) -> str:
    """What pre-flight says by Aidge's rules."""
    try:
        return "as it is" if mend("top", path, AIDGE) is None else "mended"
    except InvalidRequest as error:
        return f"refused: {error.found}"


def main(folder: Path) -> None:
    """Judges every file."""
    warnings.simplefilter("ignore")
    verdict_on(folder)  # what is only loaded once is loaded now
    for path in sorted(folder.iterdir()):
        before, began = forget_peak(), time.process_time()
        verdict = verdict_on(path)
        took, grew = time.process_time() - began, peak() - before
        sys.stdout.write(json.dumps([path.name, verdict, round(took, 3), round(grew)]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
