"""Starts processes of ours in a tenth of the time: `forked` instead of `subprocess.Popen`.

Importing Gradio takes three seconds of computing, and the tests start some fifty processes that need it.
Here one process imports all of it, does nothing else, and forks for each command that it is told. What is
forked is a process like any other: with its own id, environment, output and exit, and what kills it kills
nothing else. `tests/upgrade` and `tests/core/storage/test_exclusive.py` start the app as a user does.
"""

from __future__ import annotations

import atexit
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import types
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Any, Protocol

HOUSE = Path(__file__).parent.parent
LONGEST = 1 << 20  # of an order, bytes


class Process(Protocol):
    """What `subprocess.Popen` and `Forked` have in common."""

    returncode: int | Any

    @property
    def pid(self) -> int: ...

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int: ...

    def send_signal(self, sig: int) -> None: ...

    def terminate(self) -> None: ...

    def kill(self) -> None: ...


class Forked:
    """A process that the fork server has begun, and tells the end of over `line`."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self.pid = self._told()
        self.returncode: int | Any = None

    def poll(self) -> int | None:
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, negative for a signal; raises `subprocess.TimeoutExpired` as `Popen` does."""
        if self.returncode is None:
            self._line.settimeout(timeout)
            try:
                self.returncode = self._told()
            except (TimeoutError, BlockingIOError):
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0) from None
            self._line.close()
        return self.returncode

    def _told(self) -> int:
        said = self._line.recv(4)
        if not said:
            raise RuntimeError("the fork server has ended")
        return int.from_bytes(said, "big", signed=True)

    def send_signal(self, sig: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, sig)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def started(command: list[str], env: dict[str, str], log: IO[bytes]) -> Process:
    """A process in the house that begins at nothing, as a user's does."""
    return subprocess.Popen(command, cwd=HOUSE, env=env, stdout=log, stderr=subprocess.STDOUT)


def forked(command: list[str], env: dict[str, str], log: IO[bytes]) -> Process:
    """The same, begun by the fork server: `command` is this Python with a file, `-m` or `-c`."""
    if sys.platform != "linux" or command[0] != sys.executable:
        return started(command, env, log)
    ours, theirs = socket.socketpair()
    order = json.dumps({"command": command[1:], "env": env}).encode()
    with theirs:
        socket.send_fds(_server(), [order], [theirs.fileno(), log.fileno()])
    return Forked(ours)


@cache
def _server() -> socket.socket:
    """The line to this process's fork server, which ends when nobody holds the line any more."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GRADIO_")}
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", __name__, str(theirs.fileno())],
            cwd=HOUSE,
            env=clean,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
    atexit.register(_end, ours, process)
    return ours


def _end(line: socket.socket, process: subprocess.Popen[bytes]) -> None:
    line.close()
    process.wait()


def serve(orders: socket.socket) -> list[str]:
    """Returns only in the processes that it begins, each time with the command that is to be run."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks for the ends of those that wait
    while True:
        order, fds, _, _ = socket.recv_fds(orders, LONGEST, 2)
        if not order:
            os._exit(0)
        line, log = fds
        if not os.fork():
            orders.close()
            _begin_and_wait(line)
            return _become(json.loads(order), log)
        os.close(line)
        os.close(log)


def _begin_and_wait(line: int) -> None:
    """Returns in one more process; this one is its parent, and tells its end. Where nobody is left to be
    told, as whoever ordered it was killed, it is ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if pid:
        _tell(line, pid)
        if _is_alone(line, os.pidfd_open(pid)):
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        _tell(line, os.waitstatus_to_exitcode(status))
        os._exit(0)
    os.close(line)


def _is_alone(line: int, ended: int) -> bool:
    """Waits for the end of a process; True when the other side of the line was gone before."""
    events = select.poll()
    events.register(line, 0)  # its hanging up is always told
    events.register(ended, select.POLLIN)
    return ended not in {file for file, _ in events.poll()}


def _tell(line: int, number: int) -> None:
    with suppress(BrokenPipeError):  # nobody waits any more
        os.write(line, number.to_bytes(4, "big", signed=True))


def _become(order: dict[str, Any], log: int) -> list[str]:
    """Takes over what the command is to have: its output and its environment."""
    for output in (1, 2):
        os.dup2(log, output)
    os.close(log)
    os.environ.clear()
    os.environ.update(order["env"])
    command: list[str] = order["command"]
    return command


def run(command: list[str]) -> None:
    """What Python does with its command line."""
    sys.argv = command[1:] if command[0].startswith("-") else command
    match command:
        case ["-m", name, *_]:
            runpy.run_module(name, run_name="__main__", alter_sys=True)
        case ["-c", code, *_]:
            main = sys.modules["__main__"] = types.ModuleType("__main__")
            exec(compile(code, "<string>", "exec"), vars(main))
        case _:
            runpy.run_path(command[0], run_name="__main__")


if __name__ == "__main__":
    # All that is to be there already, also what is imported late.
    import anyio._backends._asyncio  # noqa: F401
    import dbos._sys_db_sqlite  # noqa: F401
    import uvicorn.protocols.http.auto
    import uvicorn.protocols.websockets.auto  # noqa: F401

    import app  # noqa: F401
    import tests.cli.quick  # noqa: F401
    import tryon_sandbox.renderer  # noqa: F401
    import tryon_ui.serving.serving  # noqa: F401
    from tests.before_forks import all_have_in_common
    from tests.no_garbage import leave_out_what_is_there

    all_have_in_common()
    leave_out_what_is_there()  # nor copied in any of them
    run(serve(socket.socket(fileno=int(sys.argv[1]))))
