"""What is written for whoever runs a command: the standard output, and the remarks beside it. Where either
takes nothing, because its disk is full or it was closed, the jobs go on all the same."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import Final, TextIO, cast

from tryon_cli.exit_codes import Exit

_STANDARD: Final = 3  # files that a process is begun with


class Output:
    """A stream that goes on when it takes nothing more; `failure` is why. A pipe that nobody reads interrupts
    the command instead, as `head` does after its lines; with `quiet` it does not. A sign that it lacks is
    written as its number."""

    def __init__(self, stream: TextIO | None, *, quiet: bool = False) -> None:
        self._stream, self._quiet = stream, quiet
        self.encoding: str = getattr(stream, "encoding", None) or "utf-8"
        self.failure: OSError | None = None

    @property
    def text(self) -> TextIO:
        """This as what is written to: of all that a stream can, it can what writing takes."""
        return cast(TextIO, self)

    @property
    def code(self) -> Exit:
        """What its failure comes to."""
        if self.failure is None:
            return Exit.DONE
        return Exit.UNREAD if isinstance(self.failure, BrokenPipeError) else Exit.AWAY

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._stream is not None and self._stream.isatty()

    def fileno(self) -> int:
        """The system's number of it. Raises `OSError` where it has none."""
        return self._open().fileno()

    def write(self, text: str) -> int:
        """Writes as long as it can. Raises `BrokenPipeError` once."""
        plain = text.encode(self.encoding, "backslashreplace").decode(self.encoding)
        if self.failure is None:
            try:
                self._open().write(plain)
            except OSError as error:
                self._fail(error)
        return len(text)

    def flush(self) -> None:
        """Hands over what is held. Raises `BrokenPipeError` once."""
        if self.failure is None and self._stream is not None:
            try:
                self._stream.flush()
            except OSError as error:
                self._fail(error)

    def _open(self) -> TextIO:
        if self._stream is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return self._stream

    def _fail(self, error: OSError) -> None:
        self.failure = error
        self._mute()
        if isinstance(error, BrokenPipeError) and not self._quiet:
            raise error

    def _mute(self) -> None:
        """Sends what is still held to nowhere: Python writes it when it ends, and would complain."""
        with suppress(OSError, ValueError):  # no file of the system's
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)


def take_standard_places() -> None:
    """Puts nowhere where a standard file was closed: else the next file that is opened, such as the database,
    would be it, and whatever writes there by its number would write into that."""
    while (place := os.open(os.devnull, os.O_RDWR)) < _STANDARD:
        pass
    os.close(place)
