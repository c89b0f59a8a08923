"""One command from its options to its exit code: whose jobs they are, how they are shown, how it is ended."""

from __future__ import annotations

import asyncio
import logging
import os
import shlex
import signal
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, TextIO

from rich.console import Console

from tryon_cli.backends.backend import Away, Refused, refused
from tryon_cli.commands.following import Follower
from tryon_cli.exit_codes import Exit
from tryon_cli.joining import Joining
from tryon_cli.opening import Common, Opened, opened
from tryon_cli.show import Show
from tryon_cli.show.bars import Bars
from tryon_cli.show.json_lines import JsonLines
from tryon_cli.show.lines import Lines
from tryon_cli.words import Words, plain_line
from tryon_core import Settings, TryOnError, set_up_logs

PROGRAM = ("python", "-m", "tryon_cli")
_ENDS: Final = {signal.SIGINT: Exit.INTERRUPTED, signal.SIGTERM: Exit.STOPPED}
_CODES: Final[Mapping[type[Exception], Exit]] = {Refused: Exit.REFUSED, Away: Exit.AWAY}

log = logging.getLogger(__name__)

Work = Callable[[Follower], Awaitable[Exit]]


@dataclass(frozen=True, slots=True)
class Session:
    """What a command line is done with."""

    joining: Joining
    words: Words
    out: TextIO
    err: TextIO

    def run(self, work: Work, common: Common) -> Exit:
        """Does `work` and says how it ended, where that is not what `work` shows."""
        try:
            return self._run(work, common)
        except KeyboardInterrupt:  # before anything was begun
            return Exit.INTERRUPTED
        except Exception as error:  # the boundary: whoever reads this has a terminal, and wants words
            first = next(iter(leaves(error)))
            self._tell(first if isinstance(first, Refused) else Refused(self._said(first)), common.as_json)
            return _CODES.get(type(first), Exit.BROKEN)

    def misused(self, why: str) -> None:
        """Tells a program of an option or an argument that there is not."""
        self._tell(Refused(why), as_json=True)

    def _tell(self, error: Refused, as_json: bool) -> None:
        """Where nothing is shown yet, or any more: why not, in the way that was asked for."""
        if not as_json:
            self.err.write(f"{plain_line(error.text)}\n")
            return
        with suppress(BrokenPipeError):  # `Output` knows of it
            JsonLines(self.out).refused(error)

    def _run(self, work: Work, common: Common) -> Exit:
        settings = self._settings(common)

        async def do() -> Exit:
            async with opened(common, self.joining, settings, self.words) as them:
                return await self._shown(work, them, common)

        return asyncio.run(do())

    def _settings(self, common: Common) -> Settings:
        try:
            settings = self.joining.settings(common.data_dir)
        except TryOnError as error:
            raise refused(error.problem.in_language(self.words.language)) from error
        if settings.debug:
            set_up_logs(self.err)
        return settings

    async def _shown(self, work: Work, them: Opened, common: Common) -> Exit:
        with self._show(common) as show:
            follower = Follower(them.backend, them.deliveries, them.notes, show, self.words)
            code = await self._while_read(interruptible(self._attempted(work, follower)))
        if code > Exit.AWAY and follower.unfinished:  # interrupted
            command = shlex.join((*PROGRAM, "resume", *them.backend.options))
            count = follower.unfinished
            self.err.write(
                f"{self.words(f'interrupted.{them.backend.name}', count=count, command=command)}\n"
            )
        return code

    async def _while_read(self, work: Awaitable[Exit]) -> Exit:
        """What `work` comes to, or that nobody reads any more, as `head` does after its lines."""
        try:
            return await work
        except* BrokenPipeError:  # `Output` writes nothing more
            pass
        return Exit.UNREAD

    async def _attempted(self, work: Work, follower: Follower) -> Exit:
        """What `work` comes to; what is refused before anything was begun is shown as the rest is."""
        try:
            return await work(follower)
        except Refused as error:
            follower.show.refused(error)
        except TryOnError as error:
            follower.show.refused(refused(error.problem.in_language(self.words.language)))
        return Exit.REFUSED

    def _show(self, common: Common) -> Show:
        if common.as_json:
            return JsonLines(self.out)
        console = Console(file=self.out)
        return Bars(console, self.words) if console.is_terminal else Lines(self.out, self.err, self.words)

    def _said(self, error: Exception) -> str:
        if type(error) in _CODES:
            return str(error)
        log.error("unforeseen", exc_info=error)
        return self.words("broken", what=type(error).__name__)


async def interruptible(work: Awaitable[Exit]) -> Exit:
    """What `work` comes to, or that Ctrl-C or SIGTERM ended it. A second one ends the process at once: all
    that was begun is written down."""
    loop, told = asyncio.get_running_loop(), list[Exit]()
    task = asyncio.ensure_future(work)

    def tell(code: Exit) -> None:
        if told:
            os._exit(code)
        told.append(code)
        task.cancel()

    for kind, code in _ENDS.items():
        loop.add_signal_handler(kind, tell, code)
    try:
        return await task
    except asyncio.CancelledError:
        if not told:
            raise
        return told[0]


def leaves(error: Exception) -> Iterator[Exception]:
    """The errors that a group of errors holds; any other error itself."""
    if isinstance(error, ExceptionGroup):
        for one in error.exceptions:
            yield from leaves(one)
    else:
        yield error
