"""A bucket's server on a socket of its own: keeps objects, reads signatures, and fails as it is told to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, unquote, urlsplit

from tryon_core.configuration.presigning import Signer
from tryon_core.secret import Secret

SKEW_S = 15 * 60  # Amazon S3 takes a clock that is so much wrong
KEY, SECRET, REGION = "AK-test", "S/cret+of=the bucket", "eu-test-1"
NO = "<?xml version='1.0'?><Error><Code>{code}</Code><Message>no</Message></Error>"


@dataclass
class Bucketful:
    """What the server holds, what it was asked, and what it is to answer first instead of the truth."""

    port: int = 0
    secret: str = SECRET
    now: float = 0.0
    objects: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The setting that leads here."""
        return f"s3+http://{KEY}:S%2Fcret+of=the%20bucket@127.0.0.1:{self.port}/pictures/app?region={REGION}"

    def allows(self, method: str, target: str) -> str:
        """The code of the no, or nothing."""
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query))
        begun = datetime.strptime(query.get("X-Amz-Date", "20000101T000000Z"), "%Y%m%dT%H%M%SZ")
        signed_at, lasts = begun.replace(tzinfo=UTC).timestamp(), int(query.get("X-Amz-Expires", "0"))
        if not signed_at - SKEW_S <= self.now <= signed_at + lasts:
            return "AccessDenied"
        signer = Signer(KEY, Secret(self.secret), REGION)
        origin = f"http://127.0.0.1:{self.port}"
        right = signer.presigned(method, origin, unquote(parts.path), signed_at, lasts)
        return "" if right == origin + target else "SignatureDoesNotMatch"


class _Handler(BaseHTTPRequestHandler):
    held: Bucketful

    def _answer(self, status: int, body: bytes = b"", kind: str = "application/xml") -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _do(self) -> None:
        held, name = self.held, unquote(urlsplit(self.path).path)
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        held.asked.append((self.command, name))
        held.hosts.append(self.headers.get("host", ""))
        if held.faults:
            status, code = held.faults.pop(0)
            return self._answer(status, NO.format(code=code).encode())
        if no := held.allows(self.command, self.path):
            return self._answer(403, NO.format(code=no).encode())
        if self.command == "PUT":
            held.objects[name] = (body, self.headers.get("content-type", ""))
            return self._answer(200)
        if self.command == "DELETE":
            held.objects.pop(name, None)
            return self._answer(204)
        if name not in held.objects:
            return self._answer(404, NO.format(code="NoSuchKey").encode())
        return self._answer(200, *held.objects[name])

    do_GET = do_PUT = do_DELETE = _do

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: addresses here are signed."""


@contextmanager
def served(now: float) -> Iterator[Bucketful]:
    """The server, for as long as the block runs; `now` is the Unix time by which it reads signatures."""
    held = Bucketful(now=now)
    handler = type("Handler", (_Handler,), {"held": held})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        held.port = server.server_port
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield held
        finally:
            server.shutdown()
            thread.join(5)
