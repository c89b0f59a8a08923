"""What the fork server begins is a process like any other, and outlives nobody."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.browser import conftest
from tests.browser.conftest import Server, free_port
from tests.fork_server import Forked, forked

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")]
PATIENCE_S = 10.0


def begun(code: str) -> Forked:
    with tempfile.TemporaryFile() as log:
        process = forked([sys.executable, "-c", code], dict(os.environ), log)
    assert isinstance(process, Forked)
    return process


def test_a_process_tells_how_it_ended() -> None:
    assert begun("raise SystemExit(3)").wait(PATIENCE_S) == 3


def test_a_process_whose_test_was_killed_is_ended() -> None:
    left = begun("import time; time.sleep(600)")
    assert left.poll() is None
    left._line.close()  # as the end of the test's own process does
    end = time.monotonic() + PATIENCE_S
    there = Path(f"/proc/{left.pid}")
    while there.exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert not there.exists()


@pytest.mark.parametrize("then", ["time.sleep(600)", "sys.exit(3)"])
def test_a_server_that_does_not_come_up_is_ended_and_its_log_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str
) -> None:
    monkeypatch.setattr(conftest, "START_LIMIT_S", 2.0)
    code = f"import os, sys, time; print('this is', os.getpid(), flush=True); {then}"
    command, url = [sys.executable, "-c", code], f"http://127.0.0.1:{free_port()}"
    server = Server(command, url, "/", dict(os.environ), tmp_path / "log")
    with pytest.raises((TimeoutError, RuntimeError), match="its log ends with:\nthis is") as failed:
        server.start()
    assert not Path(f"/proc/{str(failed.value).split()[-1]}").exists()
