"""One process at a time: on a data folder, at an executor's name, and at a port; with real processes."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import anyio
import pytest
import sqlalchemy as sa
from dbos import DBOS

from tests.browser.conftest import app_server, free_port
from tests.core import fakes
from tests.core.fakes import JumpingClock, ScriptedVendors
from tests.core.submitting import submit
from tests.core.test_studio import ANN, open_house
from tryon_core.errors import ReadOnly
from tryon_core.storage import exclusive
from tryon_core.storage.exclusive import EXPIRE_S, WAIT_S, Exclusive, HeldElsewhere
from tryon_core.storage.ledger import Ledger

HOUSE = Path(__file__).parents[3]
PATIENCE_S = 60
# Takes what its settings name, says so, and has it until its input ends; a moment longer if told.
HOLDER = """
import asyncio, sys, time
from pathlib import Path
from tests.core import fakes
from tryon_core.clock import SystemClock
from tryon_core.storage.exclusive import Exclusive
from tryon_core.storage.ledger import Ledger
settings = fakes.settings(Path(sys.argv[1]))
held = Exclusive(settings, Ledger(settings.database).engine, SystemClock())
async def hold():
    await held.take()
    print("held", flush=True)
    sys.stdin.readline()
    await held.release()
asyncio.run(hold())
"""
pytestmark = [pytest.mark.anyio, pytest.mark.slow]


@contextmanager
def holder(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has what the settings of the folder name."""
    command = [sys.executable, "-c", HOLDER, str(folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process = subprocess.Popen(command, cwd=HOUSE, **pipes)  # type: ignore[call-overload]
    try:
        assert process.stdout is not None and process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.communicate()


async def take(folder: Path, clock: JumpingClock | None = None, **env: str) -> None:
    """Takes what the settings of the folder name, and lets go of it."""
    settings = fakes.settings(folder, **env)
    ledger = Ledger(settings.database)
    held = Exclusive(settings, ledger.engine, clock or JumpingClock())
    try:
        await held.take()
    finally:
        await held.release()
        ledger.close()


async def test_the_second_process_waits_a_bounded_time_and_then_says_who_has_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = JumpingClock()
    with (
        holder(tmp_path) as first,
        pytest.raises(HeldElsewhere, match=rf"process {first.pid} on {socket.gethostname()}"),
    ):
        await take(tmp_path, clock)
    assert WAIT_S <= sum(clock.slept) < WAIT_S + 1 and "waiting up to 20 s" in caplog.text


async def test_what_a_killed_process_had_is_free_at_once(tmp_path: Path) -> None:
    clock = JumpingClock()
    with holder(tmp_path) as first:
        first.kill()
        first.wait()
        await take(tmp_path, clock)
    assert clock.slept == []


async def test_the_second_goes_on_when_the_first_stops(tmp_path: Path) -> None:
    class Stopping(JumpingClock):
        async def sleep(self, seconds: float) -> None:
            assert first.stdin is not None
            first.stdin.close()
            first.wait(PATIENCE_S)
            await super().sleep(seconds)

    clock = Stopping()
    with holder(tmp_path) as first:
        await take(tmp_path, clock)
        first.stdin = None
    assert len(clock.slept) == 1


async def test_a_file_system_without_locks_is_no_reason_not_to_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def unsupported(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("fcntl.lockf", unsupported)
    await take(tmp_path)
    assert "cannot be locked" in caplog.text


async def test_a_folder_that_takes_nothing_is_told_by_the_setting_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    for setting in ("TRYON_DATABASE_DIR", "TRYON_DATA_DIR"):
        folder = {setting: str(tmp_path / "a file" / "below"), "TRYON_DATABASE_URL": ""}
        with pytest.raises(ReadOnly, match=f"(folder writable for it, which is|make) {setting}"):
            await take(tmp_path / "data", None, **folder)


async def test_at_a_database_server_a_name_is_held_by_one_process(tmp_path: Path, on_postgres: str) -> None:
    with holder(tmp_path) as first:
        with pytest.raises(HeldElsewhere, match=rf"'local'.*process {first.pid} on"):
            await take(tmp_path)
        await take(tmp_path, DBOS__VMID="another")
        assert first.stdin is not None
        first.stdin.write("\n")
        first.stdin.flush()
        first.wait(PATIENCE_S)
        await take(tmp_path)


async def test_a_lease_that_nobody_renews_ends_before_the_wait_does(tmp_path: Path, on_postgres: str) -> None:
    with holder(tmp_path) as first:
        first.kill()
        first.wait()
    assert EXPIRE_S < WAIT_S
    engine = sa.create_engine(fakes.settings(tmp_path).database, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE tryon_leases SET expires_at = expires_at - :s"), {"s": EXPIRE_S})
    await take(tmp_path)


async def test_who_has_lost_its_name_at_the_database_lets_go_of_its_jobs_and_says_that_it_is_unwell(
    tmp_path: Path, on_postgres: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(exclusive, "RENEW_S", 0.05)
    vendors = ScriptedVendors(hold=asyncio.Event())
    async with open_house(tmp_path, vendors) as studio:
        job = await submit(studio, fakes.tryon(tmp_path), visitor=ANN)
        await vendors.was_asked.wait()
        server = sa.create_engine(on_postgres, poolclass=sa.NullPool)
        with server.begin() as connection:
            taken = "UPDATE tryon_leases SET token = 'x', holder = 'another', expires_at = expires_at + 60"
            connection.exec_driver_sql(taken)
        for _ in range(PATIENCE_S * 20):
            if "was taken by another" in caplog.text and not await studio.is_well():
                break
            await anyio.sleep(0.05)
        else:
            pytest.fail("the process goes on under a name that another one has")
        left = await studio.job(job.id, visitor=ANN)
    assert (left.task_id, left.state.ended, len(vendors.sent)) == ("task-1", False, 1)


async def test_what_works_on_while_the_engine_is_put_away_has_threads_at_every_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, destroy = asyncio.get_running_loop(), DBOS.destroy
    well: list[bool] = []

    async with open_house(tmp_path, ScriptedVendors()) as studio:

        def asked_between(**options: bool) -> None:
            destroy(**options)  # its pool is closed now
            looked = asyncio.to_thread(studio._container.admission.room.is_writable)
            well.append(asyncio.run_coroutine_threadsafe(looked, loop).result(PATIENCE_S))

        monkeypatch.setattr(DBOS, "destroy", asked_between)
    assert well == [True]


async def test_an_engine_that_is_stopped_twice_at_once_is_put_away_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    destroy, begun = DBOS.destroy, asyncio.Event()
    calls: list[dict[str, bool]] = []
    loop = asyncio.get_running_loop()

    def noted(**options: bool) -> None:
        loop.call_soon_threadsafe(begun.set)
        calls.append(options)
        time.sleep(0.2)
        destroy(**options)

    async with open_house(tmp_path, ScriptedVendors()) as studio:
        monkeypatch.setattr(DBOS, "destroy", noted)
        first = asyncio.create_task(studio._container.engine.stop())  # as a process that has lost its jobs
        await begun.wait()
    await first
    assert len(calls) == 1


def app(folder: Path, port: int, **settings: str) -> subprocess.Popen[str]:
    server = app_server(folder, GRADIO_SERVER_PORT=str(port), **settings)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(server.command, cwd=HOUSE, env=server.env, **pipes)  # type: ignore[call-overload,no-any-return]


def test_a_second_app_on_the_same_data_folder_ends_with_a_sentence(tmp_path: Path) -> None:
    with holder(tmp_path) as first, app(tmp_path, free_port()) as second:
        said, _ = second.communicate(timeout=PATIENCE_S)
    assert second.returncode == 1 and "Traceback" not in said
    assert f"{tmp_path / 'data'} is in use by process {first.pid} on" in said.splitlines()[-1]


def test_a_port_that_is_taken_is_said_and_not_side_stepped(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with app(tmp_path, port) as process:
            said, _ = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 1 and "Traceback" not in said
    assert f"Port {port} cannot be had" in said.splitlines()[-1]


def test_a_host_that_this_machine_does_not_have_is_said(tmp_path: Path) -> None:
    with app(tmp_path, free_port(), GRADIO_SERVER_NAME="203.0.113.5") as process:
        said, _ = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 1 and "Traceback" not in said
    told = said.splitlines()[-1]
    assert told.startswith("The page cannot be served at 203.0.113.5 (") and "GRADIO_SERVER_NAME" in told


def test_a_restart_waits_for_the_process_before_it_and_then_serves(tmp_path: Path) -> None:
    server = app_server(tmp_path)
    with holder(tmp_path) as first:
        threading.Thread(target=stop_when_awaited, args=(first, server.log)).start()
        server.start()
    log = server.log.read_text()
    assert server.stop() == 0 and "in use by process" in log


def stop_when_awaited(process: subprocess.Popen[str], log: Path) -> None:
    """Stops the process once the log says that somebody waits for it."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and not (log.exists() and "in use by process" in log.read_text()):
        time.sleep(0.1)
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
