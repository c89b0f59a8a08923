"""The server under the page: started, made ready for many callers, and ended without waiting."""

from __future__ import annotations

import errno
import logging
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Final

import gradio as gr
from gradio.http_server import LOCALHOST_NAME

from tryon_core import Problem, Studio, TryOnError, write_log
from tryon_ui.concurrency import WAITING
from tryon_ui.serving.connections import make_ready
from tryon_ui.serving.launch import launch_options, nobody

# GRADIO_SERVER_NAME, as the framework reads it. Set to nothing it would be every address of the machine.
HOST: Final = LOCALHOST_NAME or "127.0.0.1"
CUT_OFF_S: Final = 1
LOOK_S: Final = 0.01  # Gradio looks a thousand times a second for a new event, at a twentieth of a core

log = logging.getLogger(__name__)


class AddressUnavailable(TryOnError):
    """The page cannot be where it is to be: another program listens there, or it is no place of this
    machine."""


def start(
    demo: gr.Blocks,
    studio: Studio,
    *,
    assets: Path,
    failed: Callable[[], None] = nobody,
    waiting: int = WAITING,
    port: int | None = None,
) -> None:
    """Serves the page; returns when it does, and the studio knows its address. `failed` is called when the
    studio cannot be opened; `waiting` is the longest line of clicks; `port`: else as it is set.

    Raises `AddressUnavailable`: on another port nobody would look for the page.
    """
    port = port or studio.settings.port
    _check_free(HOST, port)
    demo.queue(default_concurrency_limit=None, max_size=waiting)
    demo._queue.sleep_when_free = LOOK_S
    options = launch_options(studio, assets=assets, failed=failed)
    # Without the framework's last look at its own page: a machine that is slow at its start would be taken
    # for one without localhost, and the app ended. It has answered to its start already.
    demo.launch(**options, server_name=HOST, server_port=port, prevent_thread_lock=True, _frontend=False)
    demo.limiter = None  # threads for what is not async: the framework's forty, and not one for each place
    make_ready(demo.server.config)
    studio.serve_at(demo.server_port)
    studio.reachable_at(demo.share_url or "")
    write_log(log, "serving", {"url": demo.local_url})


def _check_free(host: str, port: int) -> None:
    """Tries the place as the framework will, which has no words for what is wrong with it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # of a stopped server
        try:
            probe.bind((host, port))
        except (OSError, TypeError) as error:  # the second: a name in signs that no name has
            raise AddressUnavailable(_not_had(host, port, error)) from None


def _not_had(host: str, port: int, error: OSError | TypeError) -> Problem:
    why = (isinstance(error, OSError) and error.strerror) or "no name of a machine"
    if isinstance(error, OSError) and error.errno in (errno.EADDRINUSE, errno.EACCES):
        cure = "Stop the program that has it, or set GRADIO_SERVER_PORT to another one."
        return Problem(f"Port {port} cannot be had ({why}).", cure)
    cure = "Set GRADIO_SERVER_NAME to an IPv4 address or name of this machine; without it, it is 127.0.0.1."
    return Problem(f"The page cannot be served at {host[:60]} ({why}).", cure)


def stop(demo: gr.Blocks) -> None:
    """Ends the server, and with it the studio. Open pages are streams without end: they are cut off soon."""
    demo.server.config.timeout_graceful_shutdown = CUT_OFF_S
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # a page that is cut off is no error
    demo.close(verbose=False)
