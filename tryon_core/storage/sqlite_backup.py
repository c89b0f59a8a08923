"""A database on a disk that works, and its copy in a folder that lasts.

A mounted bucket is no disk: what is written reaches it seconds later, file by file, and nobody waits for it
(hf-mount's own page: 2 to 30 s). A SQLite database that is worked on there can be torn by a crash. So it is
worked on elsewhere, and laid whole into the folder again and again; a disk that has no
database, or by the number of its last start an older one, begins with that copy.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple

from tryon_core.clock import Clock
from tryon_core.disk import Place, told_by_kind, write_atomically
from tryon_core.errors import StorageFault
from tryon_core.observability.logs import if_debug

LOOK_EVERY_S = 2.0
SHARE_OF_TIME = 0.1  # the most of it that copying may take: a large database is copied less often
DAMAGED, OLDER = ".damaged", ".older-"
NEWEST = "SELECT max(max(submitted_at, coalesce(finished_at, 0))) FROM tryon_jobs"
Given = TypeVarTuple("Given")
Done = TypeVar("Done")

log = logging.getLogger(__name__)


class SqliteBackup:
    """Keeps `copy` the same as `database`, both files of SQLite. Without a copy to keep it does nothing."""

    def __init__(self, database: Path, copy: Path | None, clock: Clock) -> None:
        self._database = database
        self._copy = copy
        self._clock = clock
        self.spent: list[dict[str, Any]] = []
        self._watching: asyncio.Task[None] | None = None
        self._hand: ThreadPoolExecutor | None = None  # one thread: no older copy takes a newer one's place

    async def restore(self) -> bool:
        """Before the database is opened: brings the copy here when this disk has none, or an older one. Tells
        whether it did; what the one that was set aside says was spent is in `spent` then.

        The copy may be older than the truth: nothing may be sent on its word.
        """
        if self._copy is None:
            return False
        restored, self.spent = await asyncio.to_thread(_restore, self._copy, self._database)
        return restored

    def start(self) -> None:
        """Begins to keep the copy. In the server's running event loop."""
        if self._copy is not None:
            self._hand = ThreadPoolExecutor(1, "sqlite-backup")
            self._watching = asyncio.create_task(self._watch(self._copy, self._hand))

    async def keep_now(self) -> None:
        """Copies before anything else happens, for what must not be lost."""
        if self._copy is not None and self._hand is not None:
            await _by(self._hand, self._keep_all, self._copy)

    async def stop(self) -> None:
        """Ends with a last copy, once nobody writes to the database any more."""
        if self._copy is None or self._watching is None or self._hand is None:
            return
        self._watching.cancel()
        with suppress(asyncio.CancelledError):
            await self._watching
        await self.keep_now()
        self._hand.shutdown()
        self._watching = self._hand = None

    async def _watch(self, copy: Path, hand: ThreadPoolExecutor) -> None:
        shown = None
        eye = await _by(hand, _connect, self._database)
        try:
            while True:
                began = self._clock.monotonic()
                shown = await _by(hand, self._keep, eye, copy, shown)
                took = self._clock.monotonic() - began
                await self._clock.sleep(max(LOOK_EVERY_S, took / SHARE_OF_TIME))
        finally:
            hand.submit(eye.close)  # after what it is used for now

    def _keep(self, eye: sqlite3.Connection, copy: Path, shown: int | None) -> int | None:
        """Copies what is new; what fails is done next time. Returns the state that the copy shows."""
        with _failure_logged():
            if (state := _state(eye)) != shown:
                copy_whole(self._database, copy)
                shown = state
        return shown

    def _keep_all(self, copy: Path) -> None:
        with _failure_logged():
            copy_whole(self._database, copy)


def copy_whole(database: Path, copy: Path) -> None:
    """Lays the database as it is at one moment into `copy`, wholly or not at all. Writers are not held up."""
    with tempfile.TemporaryDirectory(prefix="tryon-") as folder:
        draft = Path(folder) / copy.name
        with closing(_connect(database)) as source, closing(sqlite3.connect(draft)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, without the two that follow a busy one
        write_atomically(copy, draft.read_bytes())


async def _by(hand: ThreadPoolExecutor, work: Callable[[*Given], Done], *given: *Given) -> Done:
    return await asyncio.get_running_loop().run_in_executor(hand, work, *given)


@contextmanager
def _failure_logged() -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error, StorageFault) as error:
        kind = type(error).__name__
        log.warning("the database could not be copied: %s", kind, exc_info=if_debug(log, error))


def _restore(copy: Path, database: Path) -> tuple[bool, list[dict[str, Any]]]:
    """Leaves the fresher of the two in place; the other one is set aside; tells what it says was spent."""
    with told_by_kind(Place.DATABASE):
        database.parent.mkdir(parents=True, exist_ok=True)
        if not copy.exists():
            return False, []
        if not _sound(copy):
            log.error("the copy of the database is damaged: it is kept as %s", copy.name + DAMAGED)
            copy.replace(copy.with_name(copy.name + DAMAGED))
            return False, []
        ours, theirs = _freshness(database), _freshness(copy)
        if ours == theirs or (ours > theirs and theirs[0] == ours[0]):
            return False, []  # written by one start, the last of it not copied yet
        loser = database if theirs > ours else copy
        spent = _spent(loser)
        if loser.exists():
            _set_aside(loser, f"{OLDER}{max(0, min(ours, theirs)[0])}")
        if loser is copy:
            return False, spent
        draft = database.with_name(f".{database.name}.part")
        shutil.copyfile(copy, draft)
        draft.replace(database)
        return True, spent


def _freshness(database: Path) -> tuple[int, float]:
    """The number of the start that wrote it last; where none was counted yet, when its newest job
    began or ended. What cannot be read is older than anything."""
    if not database.exists():
        return -1, 0.0
    try:
        with closing(_reading(database)) as connection:
            number = _value(connection, "SELECT max(number) FROM tryon_generation")
            newest = 0.0 if number else _value(connection, NEWEST)
            return int(number), newest
    except sqlite3.DatabaseError:
        return -1, 0.0


def _value(connection: sqlite3.Connection, query: str) -> float:
    try:
        return float(connection.execute(query).fetchone()[0] or 0)
    except sqlite3.OperationalError:  # an older version has no such table
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # and what is no database raises here
        return 0.0


def _spent(database: Path) -> list[dict[str, Any]]:
    try:
        with closing(_reading(database)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute("SELECT * FROM tryon_spending")]
    except sqlite3.DatabaseError:
        return []


def _set_aside(database: Path, mark: str) -> None:
    """Gives a database, with the files that belong to it, a name that says what it is."""
    log.error("%s is older than what is used in its place: it is kept as %s", database, database.name + mark)
    for end in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            database.with_name(f"{database.name}{end}").replace(
                database.with_name(f"{database.name}{mark}{end}")
            )


def _sound(copy: Path) -> bool:
    try:
        with closing(_reading(copy)) as connection:
            return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def _reading(database: Path) -> sqlite3.Connection:
    """Reads a whole file as it is, locking nothing: a mounted bucket may not know how. What a process left in
    the log beside it is read with it."""
    if database.with_name(f"{database.name}-wal").exists():
        return _connect(database)
    return sqlite3.connect(f"file:{database}?mode=ro&immutable=1", uri=True)


def _connect(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(database, timeout=30.0, check_same_thread=False)


def _state(eye: sqlite3.Connection) -> int:
    """A number that is another one after every change by anybody else."""
    return int(eye.execute("PRAGMA data_version").fetchone()[0])
