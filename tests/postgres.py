"""A PostgreSQL of the tests' own: on loopback, in a temporary folder, stopped by its own process id."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypedDict

import sqlalchemy as sa

START_LIMIT_S = 30.0
PLACES = "/usr/lib/postgresql/*/bin"  # where Debian's packages put what is not on the path
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


def program(name: str) -> str | None:
    """Where a program of PostgreSQL is, if this machine has it."""
    placed = sorted(Path("/").glob(f"{PLACES[1:]}/{name}"), reverse=True)
    return shutil.which(name) or next(map(str, placed), None)


class Postgres:
    """A server with one database, `url`, that `clear` empties; it can be stopped and started again."""

    def __init__(self, folder: Path, port: int) -> None:
        self.url = f"postgresql+psycopg://tester@127.0.0.1:{port}/postgres"
        self._folder, self._port = folder, port
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers."""
        postgres, folder = program("postgres"), self._folder
        assert postgres
        settings = [f"port={self._port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}"]
        flags = [flag for setting in (*settings, *_FAST) for flag in ("-c", setting)]
        with (folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [postgres, "-D", str(folder / "data"), *flags], stdout=log, stderr=log, **_as(_unprivileged())
            )
        _wait_for(self._port, self._process)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Ends it: by SIGINT what is under way is broken off, as when a server is restarted."""
        if self._process is None:
            return
        self._process.send_signal(how)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        self._process.kill()
        self._process.wait(10)
        self._process = None

    def clear(self) -> None:
        """Takes all rows out of all tables, except for what says which tables there are."""
        engine = sa.create_engine(self.url)
        with engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # in any order
            for schema in ("dbos", "public"):
                for name in sa.inspect(connection).get_table_names(schema):
                    if "migration" not in name:
                        connection.exec_driver_sql(f'DELETE FROM "{schema}"."{name}"')
        engine.dispose()


@contextmanager
def running(folder: Path) -> Iterator[Postgres]:
    """A server with its data in `folder`, which is made for it."""
    initdb = program("initdb")
    assert initdb
    user = _unprivileged()
    folder.mkdir()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    command = [initdb, "-D", str(folder / "data"), "-U", "tester", "--auth=trust", "--no-sync"]
    subprocess.run(command, check=True, capture_output=True, **_as(user))
    server = Postgres(folder, _free_port())
    try:
        server.start()
        yield server
    finally:
        server.stop(signal.SIGQUIT)  # at once: nobody will read these data again


def _unprivileged() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then its own user runs it, or nobody."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("no user to run PostgreSQL as")


class _Process(TypedDict, total=False):
    """As whom a program runs, and where."""

    user: int
    group: int
    extra_groups: list[int]
    cwd: str


def _as(user: pwd.struct_passwd | None) -> _Process:
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": "/"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_LIMIT_S
    engine = sa.create_engine(f"postgresql+psycopg://tester@127.0.0.1:{port}/postgres")
    try:
        while time.monotonic() < end and process.poll() is None:
            with suppress(sa.exc.OperationalError):
                engine.connect().close()
                return
            time.sleep(0.1)
    finally:
        engine.dispose()
    raise RuntimeError("PostgreSQL did not start")
