"""The real app, stopped and killed in the middle of a job: ledger, files and sandbox survive."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.browser.conftest import HOUSE, Server, app_server
from tests.fork_server import Process
from tryon_core import JobState
from tryon_core.disk import PART
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.ledger import Ledger

pytestmark = pytest.mark.slow

GARMENT = HOUSE / "assets" / "garments" / "hoodie.jpg"
PATIENCE_S = 60.0


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Server]:
    """The app as a user starts it, with its sandbox in process."""
    server = app_server(tmp_path)
    yield server.start()
    process = process_of(server)
    if process.poll() is None:
        process.kill()
        process.wait()


def process_of(server: Server) -> Process:
    assert server._process is not None
    return server._process


def jobs(folder: Path) -> list[JobRecord]:
    """The ledger as it lies there now."""
    ledger = Ledger(f"sqlite:///{folder / 'data' / 'studio.sqlite'}")
    found = ledger.all()
    ledger.close()
    return found


def until(seen: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not seen():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


ASK = """
import sys
from gradio_client import Client, handle_file
Client(sys.argv[1], verbose=False).predict(garment=handle_file(sys.argv[2]), api_name="/tryon")
"""


@contextmanager
def asking(server: Server) -> Iterator[None]:
    """Somebody in another process asks for four pictures by the named endpoint, and waits in vain."""
    command = [sys.executable, "-c", ASK, server.url, str(GARMENT)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as caller:
        try:
            yield
        finally:
            caller.kill()


def stopped(server: Server, how: signal.Signals) -> None:
    process_of(server).send_signal(how)
    process_of(server).wait(PATIENCE_S)


def check_nothing_is_half_written(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "data" / "studio.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not list((folder / "data" / "jobs").rglob(f".*{PART}"))
    for job in jobs(folder):
        names = {str(picture["name"]) for picture in job.pictures}
        assert names <= {file.name for file in (folder / "data" / "jobs" / job.id / "pictures").glob("*")}


def test_stopped_and_killed_in_the_middle_of_a_job_the_app_brings_it_home(
    app: Server, tmp_path: Path
) -> None:
    with asking(app):
        until(lambda: any(job.task_id for job in jobs(tmp_path)))
    stopped(app, signal.SIGTERM)
    check_nothing_is_half_written(tmp_path)
    (left,) = jobs(tmp_path)
    assert not left.state.ended

    app.start()
    stopped(app, signal.SIGKILL)
    app.start()
    until(lambda: jobs(tmp_path)[0].state.ended)
    (job,) = jobs(tmp_path)
    assert job.state is JobState.SUCCEEDED and len(job.pictures) == job.expected == 4
    assert job.task_id == left.task_id
    tasks = list((tmp_path / "data" / "sandbox" / "tasks").glob("*.json"))
    assert [json.loads(task.read_text())["id"] for task in tasks] == [job.task_id]
    stopped(app, signal.SIGTERM)
    check_nothing_is_half_written(tmp_path)
