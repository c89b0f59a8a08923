"""Writing to the disk: a file is wholly there or not at all, a content once, and what keeps it from that is
told by its kind: a full disk, a folder that cannot be written to, a database that does not answer."""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from tryon_core.errors import DatabaseAway, DiskFull, ReadOnly, StorageFault, TooMuchKept, problem
from tryon_core.observability.logs import write_log
from tryon_core.units import MB

log = logging.getLogger(__name__)
LEAVING, ARRIVING = ".leaving", ".arriving"  # marks of a folder whose row goes, or is yet to come
SHORT_NAME = 12  # signs of a folder's name that the log has
PART = ".part"  # ends the name of a file that is being written; such names begin with a dot, too
BALLAST = 1 * MB  # bytes: a hundred times what deleting a job writes
SHORT = 256 * MB  # free bytes: four result pictures of the largest size that is taken
RESERVE = {False: 64 * MB, True: 1000 * MB}  # where strangers come, others' paid pictures need room to arrive
PER_STRANGER = 1000 * MB  # some 300 result pictures
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_NOT_OURS = (errno.EROFS, errno.EACCES, errno.EPERM)
_SQLITE_NOT_OURS = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
_POSTGRES_DISK_FULL = "53100"  # PostgreSQL's table of error codes: class 53, insufficient resources
# The classes 08, connection exception, 53, insufficient resources, and 57, operator intervention.
_POSTGRES_AWAY = ("08", "53", "57")


class Place(Enum):
    """Where something is kept: each place has a setting of its own, and words that name it."""

    DATA = "data"
    DATABASE = "database"

    def full(self) -> DiskFull:
        """There is no room."""
        why = problem("disk_full" if self is Place.DATA else "database_disk_full", code="disk full")
        return DiskFull(why)

    def read_only(self) -> ReadOnly:
        """Nothing may be written."""
        why = problem("read_only" if self is Place.DATA else "database_read_only", code="read only")
        return ReadOnly(why)


def make_folder(folder: Path, place: Place = Place.DATA) -> None:
    """Makes a folder and those above it, where they are not there.

    Raises a `StorageFault` where it cannot be: `ReadOnly` also where one of them is a file, or lies where
    the system makes none, as in `/proc`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise fault_of(error, place) or place.read_only() from error


def write_atomically(path: Path, data: bytes) -> None:
    """Writes a file that is either wholly there or not at all, also after a power cut.

    Raises a `StorageFault` when it cannot be; nothing is left behind then.
    """
    with told_by_kind():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = _draft(path.parent, data)
        _publish(draft, path)
        _sync_folder(path.parent)


def clear_drafts(folder: Path) -> None:
    """Takes away what a killed process was writing. For a folder that no other process writes to now."""
    for draft in folder.glob(f".*{PART}"):
        draft.unlink(missing_ok=True)


def remove_folder(folder: Path) -> None:
    """Takes a folder away, its marks last: by them it is found again where something in it cannot be taken
    away now."""
    with suppress(FileNotFoundError):  # somebody else takes it away
        try:
            _empty(folder)
            shutil.rmtree(folder)
        except FileNotFoundError:
            raise
        except OSError as error:
            facts = {"folder": f"{folder.parent.name}/{folder.name[:SHORT_NAME]}", "code": error.errno}
            write_log(log, "files_stay", facts, logging.WARNING)


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        elif entry.name not in (LEAVING, ARRIVING):
            entry.unlink()


def visible_files(folder: Path) -> list[Path]:
    """What is in a folder, in order, without what is being written; nothing where there is no folder."""
    return sorted(p for p in folder.iterdir() if p.name[0] != ".") if folder.is_dir() else []


def digest_of(data: bytes) -> str:
    """The hash that names a content."""
    return hashlib.sha256(data).hexdigest()


class SharedContents:
    """Writes files that several jobs hold once: a hard link for each, and the last takes it along.

    `folder` has each content once more, by its hash, for as long as a job has it. Every method blocks.
    Where a file system knows no hard links each file is one of its own.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, target: Path, data: bytes, sha256: str) -> None:
        """Puts the content with this hash in place, wholly or not at all. Raises `DiskFull`."""
        kept = self._folder / sha256
        if not self._linked(kept, target):
            write_atomically(target, data)
            with suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
                os.link(target, kept)

    def sweep(self) -> None:
        """Takes away what no job has any more."""
        for kept in self._folder.iterdir() if self._folder.is_dir() else ():
            with suppress(FileNotFoundError):
                if kept.stat().st_nlink == 1:
                    kept.unlink()

    def _linked(self, kept: Path, target: Path) -> bool:
        draft = target.with_name(f".{target.name}{PART}")
        with told_by_kind():
            target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(kept, draft)
            draft.replace(target)
        except OSError:  # it is not there yet, or there are no links to be had
            return False
        finally:
            draft.unlink(missing_ok=True)  # left where the target was this very file already
        return True


class Room:
    """How much of the disk of `folder` jobs may take: a reserve stays free, and no stranger takes it all.

    `strangers`: whether anybody may come, without a login. `size_of` tells the bytes of an owner's jobs.
    Every method blocks for milliseconds.
    """

    def __init__(self, folder: Path, size_of: Callable[[str], int], *, strangers: bool) -> None:
        self._folder, self._size_of, self._strangers = folder, size_of, strangers

    def free(self) -> int:
        """Bytes."""
        return shutil.disk_usage(self._folder).free

    def is_short(self) -> bool:
        """Whether it is time to clear away what can be made again."""
        return self.free() < SHORT

    def is_full(self, wanted: int = 0) -> bool:
        """Whether no job of so many bytes can be let in."""
        return self.free() < RESERVE[self._strangers] + wanted

    def is_writable(self) -> bool:
        """Whether this process may write there."""
        return os.access(self._folder, os.W_OK)

    def check_free(self, wanted: int) -> None:
        """Before so many bytes are written for nobody in particular. Raises `DiskFull` or `ReadOnly`."""
        if not self.is_writable():
            raise Place.DATA.read_only()
        if self.is_full(wanted):
            raise Place.DATA.full()

    def check(self, owner: str, wanted: int) -> None:
        """Before a job's files are written. Raises `DiskFull` or `ReadOnly`."""
        self.check_free(wanted)
        if self._strangers and self._size_of(owner) + wanted > PER_STRANGER:
            raise TooMuchKept(problem("much_kept"))


class Ballast:
    """Bytes that are kept only to be given up when there is no other one left: deleting takes some, too."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def lay(self) -> None:
        """Takes the room, if there is any."""
        if not self._file.exists():
            with suppress(StorageFault):
                write_atomically(self._file, bytes(BALLAST))

    def drop(self) -> None:
        """Gives it up."""
        self._file.unlink(missing_ok=True)


@contextmanager
def told_by_kind(place: Place = Place.DATA) -> Iterator[None]:
    """Turns every way of saying that nothing can be kept now into a `StorageFault`; other errors pass. Files
    are written at `place` meanwhile."""
    try:
        yield
    except (OSError, DBAPIError) as error:
        if (fault := fault_of(error, place)) is None:
            raise
        raise fault from error


def fault_of(error: BaseException, place: Place = Place.DATA) -> StorageFault | None:
    """What an error of the file system, at this place, or of a database is a way of saying, if anything of
    ours."""
    if not isinstance(error, OSError):
        place = Place.DATABASE
    if is_full(error):
        return place.full()
    if is_read_only(error):
        return place.read_only()
    return DatabaseAway(problem("database_away", code="database away")) if is_away(error) else None


def is_full(error: BaseException) -> bool:
    """Whether an error of the file system or of a database says that there is no room."""
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", None) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)
    return getattr(cause, "sqlstate", None) == _POSTGRES_DISK_FULL


def is_read_only(error: BaseException) -> bool:
    """Whether an error of the file system or of SQLite says that nothing may be written there."""
    if isinstance(error, OSError):
        return error.errno in _NOT_OURS
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None) if isinstance(cause, sqlite3.Error) else None
    return code is not None and code & 0xFF in _SQLITE_NOT_OURS  # above are what SQLite calls extended codes


def is_away(error: BaseException) -> bool:
    """Whether a database server could not be reached, or has ended the connection."""
    if not isinstance(error, OperationalError | InterfaceError) or isinstance(error.orig, sqlite3.Error):
        return False
    state = getattr(error.orig, "sqlstate", None)
    return state is None or state.startswith(_POSTGRES_AWAY)


def _draft(folder: Path, data: bytes) -> Path:
    """The data in a file of its own, safely on the disk."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=PART)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return draft


def _publish(draft: Path, path: Path) -> None:
    try:
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
