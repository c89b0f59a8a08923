"""A data folder that cannot be written to, from the start or from a moment amid jobs on."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import HOUSE, app_server
from tests.outages.conftest import StartApp
from tests.outages.script import PATIENCE_S, Script, Vendors, until

pytestmark = pytest.mark.slow
WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
READ_ONLY = "The data folder of this app cannot be written to."


def as_everybody() -> tuple[str, ...]:
    """The words before a command that take from root the right to write where nobody may."""
    if os.getuid() != 0:
        return ()
    if (setpriv := shutil.which("setpriv")) is None:
        pytest.skip("NO SETPRIV ON THIS MACHINE: what happens on a read-only folder was not tried")
    return setpriv, "--bounding-set=-dac_override,-dac_read_search,-fowner"


def forbid_writing(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(path.stat().st_mode & ~WRITE)


def allow_writing(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(path.stat().st_mode | stat.S_IWUSR)


def test_an_app_without_a_folder_to_write_to_ends_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    forbid_writing(tmp_path / "data")
    server = app_server(tmp_path)
    command = [*as_everybody(), *server.command]
    ended = subprocess.run(command, cwd=HOUSE, env=server.env, capture_output=True, timeout=PATIENCE_S)
    said = (ended.stdout + ended.stderr).decode()
    assert ended.returncode == 1 and "Traceback" not in said and READ_ONLY in said.splitlines()[-1]


def test_jobs_outlive_a_folder_that_cannot_be_written_to_for_a_while(
    tmp_path: Path, vendors: Vendors, start_app: StartApp
) -> None:
    server, data = start_app(*as_everybody()), tmp_path / "data"
    script = Script(server.url)
    vendors.pace(1.0, 0.2)
    begun = [script.begin(0, count=2)]
    until(lambda: any(job["task_id"] for job in script.jobs()))
    vendors.fail("aidge.submit", "delay:1")  # the answer finds a folder that takes nothing
    begun.append(script.begin(1))
    until(lambda: len(vendors.tasks()) == 2)

    forbid_writing(data)
    try:
        assert script.health() == "unwell"
        assert READ_ONLY in str(script.heard("tryon", script.begin(2)))
        # Told that the first is done, or stuck with earlier news: a ledger that was open takes some writes.
        until(
            lambda: (
                vendors.tasks()[0]["first_done_poll_at"] or "waits to be written" in server.log.read_text()
            )
        )
        assert [job["finished_at"] for job in script.jobs()] == [None, None]
    finally:
        allow_writing(data)

    told = [script.heard("tryon", event)[1] for event in begun]
    assert [(job["state"], len(job["pictures"])) for job in told] == [("succeeded", 2), ("succeeded", 1)]
    assert {task["id"] for task in vendors.tasks()} == {job["task_id"] for job in told}
    assert len(vendors.tasks()) == 2 and script.health() == "ok"
