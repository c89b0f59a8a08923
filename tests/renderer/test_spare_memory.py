"""What the renderer gives back to the system."""

import sys
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from tryon_sandbox.renderer.spare_memory import give_back

MB = 1 << 20
PIECE = 96 * 1024  # bytes: below what the allocator fetches from the system for itself alone


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def _hold_and_let_go() -> None:
    """Fills 128 MB in small pieces, and keeps every hundredth of them, so that no large end is free."""
    pieces = [np.ones(PIECE, np.uint8) for _ in range(128 * MB // PIECE)]
    _KEPT.extend(pieces[::100])


_KEPT: list[np.ndarray] = []


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own count of pages")
def test_what_another_thread_freed_goes_back_to_the_system() -> None:
    thread = Thread(target=_hold_and_let_go)
    thread.start()
    thread.join()
    before = _resident()
    give_back()
    _KEPT.clear()
    assert before - _resident() > 64 * MB
