"""One process has a data folder, or at a database server an executor's name: a second one would take the jobs
of the first for left behind. A lock on files where SQLite works, a lease in the database elsewhere."""

from __future__ import annotations

import asyncio
import errno
import fcntl
import logging
import os
import secrets
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Engine

from tryon_core.clock import Clock
from tryon_core.configuration.settings import Settings
from tryon_core.disk import Place, make_folder, told_by_kind
from tryon_core.errors import StorageFault, TryOnError, problem
from tryon_core.sentences import said
from tryon_core.storage.migration import made

WAIT_S, LOOK_S = 20.0, 0.25  # a stop takes 5 s at most; a lease that nobody renews ends before
RENEW_S, EXPIRE_S = 3.0, 15.0
LOCK = ".lock"
_HELD = (errno.EAGAIN, errno.EACCES)
ME = f"process {os.getpid()} on {socket.gethostname()}"

LEASES = sa.Table(
    "tryon_leases",
    sa.MetaData(),
    sa.Column("name", sa.String(200), primary_key=True),
    sa.Column("token", sa.String(64), nullable=False),
    sa.Column("holder", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Float, nullable=False),
)
log = logging.getLogger(__name__)


class HeldElsewhere(TryOnError):
    """Another process has what this one needs, and does not stop."""


class FolderLock:
    """Locks on a file in each folder. The system lets go of them when the process ends, however it does."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.what = said("held.folder", folder=str(folders[0]))
        self._folders = folders
        self._files: dict[Path, int] = {}

    def take(self) -> str:
        """ "" when this process has it, else who does."""
        for folder in self._folders:
            if folder not in self._files and (holder := self._lock(folder)):
                return holder
        return ""

    def release(self) -> None:
        while self._files:
            os.close(self._files.popitem()[1])

    def _lock(self, folder: Path) -> str:
        place = Place.DATA if folder == self._folders[0] else Place.DATABASE
        make_folder(folder, place)
        with told_by_kind(place):
            file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            held = error.errno in _HELD
            holder = os.read(file, 200).decode(errors="replace").strip() if held else ""
            os.close(file)
            if held:
                return holder or said("held.another")
            log.warning("%s cannot be locked: keep other processes away from it", folder)
            return ""
        os.ftruncate(file, 0)
        os.write(file, ME.encode())
        self._files[folder] = file
        return ""


class NameLease:
    """A row in the database whose holder says again and again that it lives, by the server's clock."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.what = said("held.name", name=name)
        self._engine, self._name, self._token = engine, name, secrets.token_hex(16)

    def take(self) -> str:
        """ "" when this process has it, for `EXPIRE_S` from now, else who does."""
        made(self._engine, LEASES.metadata)
        now = sa.cast(sa.extract("epoch", sa.func.clock_timestamp()), sa.Float)
        mine = {"token": self._token, "holder": ME, "expires_at": now + EXPIRE_S}
        free = (LEASES.c.expires_at < now) | (LEASES.c.token == self._token)
        take = insert(LEASES).values(name=self._name, **mine)
        take = take.on_conflict_do_update(index_elements=["name"], set_=mine, where=free)
        with self._engine.begin() as connection:
            row = LEASES.c.name == self._name
            if connection.execute(take.returning(LEASES.c.name)).first() is not None:
                return ""
            return connection.scalar(sa.select(LEASES.c.holder).where(row)) or said("held.another")

    def release(self) -> None:
        with suppress(StorageFault, sa.exc.SQLAlchemyError), self._engine.begin() as connection:
            connection.execute(sa.delete(LEASES).where(LEASES.c.token == self._token))


class Exclusive:
    """Takes the one or the other, waits for a process that is about to stop, and keeps it."""

    def __init__(self, settings: Settings, engine: Engine, clock: Clock) -> None:
        folders = (settings.data_dir, settings.database_dir or settings.data_dir)
        self.on_files = engine.dialect.name == "sqlite"
        self._held = FolderLock(folders) if self.on_files else NameLease(engine, settings.executor_id)
        self._clock = clock
        self._renewing: asyncio.Task[None] | None = None

    def hold(self) -> None:
        """Takes what is held by files, outside of any event loop: it waits for a process that stops. Raises
        `HeldElsewhere`."""
        if self.on_files:
            asyncio.run(self.take())

    async def take(self) -> None:
        """Returns when this process has it. Raises `HeldElsewhere` after a while, naming who does."""
        end, told = self._clock.monotonic() + WAIT_S, False
        while holder := await asyncio.to_thread(self._held.take):
            if self._clock.monotonic() >= end:
                raise HeldElsewhere(problem("in_use", what=self._held.what, holder=holder))
            if not told:
                log.warning("%s is in use by %s: waiting up to %.0f s", self._held.what, holder, WAIT_S)
                told = True
            await self._clock.sleep(LOOK_S)

    def keep(self, lost: Callable[[], Awaitable[None]]) -> None:
        """Renews what expires; `lost` is awaited when another process has it all the same."""
        if not self.on_files:
            self._renewing = asyncio.create_task(self._renew(lost))

    async def release(self) -> None:
        if self._renewing is not None:
            self._renewing.cancel()
            await asyncio.gather(self._renewing, return_exceptions=True)
            self._renewing = None
        await asyncio.to_thread(self._held.release)

    async def _renew(self, lost: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(RENEW_S)
            try:
                holder = await asyncio.to_thread(self._held.take)
            except (
                StorageFault,
                sa.exc.SQLAlchemyError,
            ) as error:  # the database is away, for all who could take it
                log.warning("the lease could not be renewed: %s", type(error).__name__)
                continue
            if holder:
                log.critical("%s was taken by %s: this process lets go of its jobs", self._held.what, holder)
                await lost()
                return
