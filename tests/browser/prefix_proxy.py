"""A proxy that serves an app under a path prefix: one that cuts it off, one that keeps it, and a slow one."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

PREFIX = "/studio"
LATE_S = 1.0
_OWN = ("connection", "transfer-encoding", "content-length", "keep-alive")


@contextmanager
def prefix_proxy(origin: str, *, cuts: bool, lags: bool = False) -> Iterator[str]:
    """The address of the app at `origin` behind the proxy, with its last stroke. One that `lags` is late with
    the piece that ends a stream of events, and takes none that is packed."""
    packed = {"accept-encoding": "identity"} if lags else None
    client, own = httpx.Client(base_url=origin, timeout=60, headers=packed), (*_OWN, *(packed or ()))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"  # an answer ends with its connection

        def _pass_on(self) -> None:
            if not self.path.startswith(f"{PREFIX}/"):
                return self.send_error(404, "beside the prefix")
            path = self.path.removeprefix(PREFIX) if cuts else self.path
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name: value for name, value in self.headers.items() if name.lower() not in own}
            with client.stream(self.command, path, content=body, headers=headers) as answer:
                self.send_response(answer.status_code)
                for name, value in answer.headers.multi_items():
                    if name.lower() not in _OWN:
                        self.send_header(name, value)
                self.end_headers()
                for piece in answer.iter_raw():
                    if lags and b"close_stream" in piece:
                        time.sleep(LATE_S)
                    self.wfile.write(piece)
                    self.wfile.flush()
            return None

        do_GET = do_POST = do_HEAD = _pass_on

        def log_message(self, *_said: object) -> None:
            pass

        def handle(self) -> None:
            with suppress(BrokenPipeError, ConnectionResetError, httpx.HTTPError):  # the page went away
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{PREFIX}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        client.close()
