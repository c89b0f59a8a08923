"""Turns a picture of a running job into a URL that Aidge can fetch, and such a URL back into the file."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from tryon_core.errors import NoPublicAddress, Problem
from tryon_core.secret import Secret
from tryon_core.settings import SANDBOX_HOST, Settings, is_loopback

HOSTING_PATH = "/gradio_api/ext/h/"  # under the interface's prefix: the only one every proxy lets through
IN_PROCESS_ORIGIN = "http://studio.invalid"  # never resolves: only the in-process sandbox is told of it

HOSTED_FOR_S = 24 * 3600.0  # an uncertain job may still be worked on; a day later nobody fetches any more

HostedFiles = Callable[[float], list[tuple[str, Path]]]
"""Job id and file of every picture that a vendor may still want to fetch, of jobs since a time."""


class Hosting:
    """Links to the pictures of running jobs.

    A token is an HMAC of job and file name: it cannot be guessed, is the same after a restart, is stored
    nowhere, and is worth nothing once the job has ended.
    """

    def __init__(
        self, settings: Settings, secret: Secret, files: HostedFiles, now: Callable[[], float]
    ) -> None:
        self._settings = settings
        self._key = secret.reveal().encode()
        self._files = files
        self._now = now
        self._port = settings.port

    def serve_at(self, port: int) -> None:
        """Tells the port that this app really listens on."""
        self._port = port

    def origin(self) -> str:
        """The address under which Aidge reaches this app. Raises `NoPublicAddress` when there is none."""
        aidge = self._settings.aidge.base_url
        if urlsplit(aidge).hostname == SANDBOX_HOST:
            return IN_PROCESS_ORIGIN
        if self._settings.public_url:
            return self._settings.public_url
        if is_loopback(aidge):
            return f"http://127.0.0.1:{self._port}"
        raise NoPublicAddress(NO_ADDRESS)

    def link(self, job_id: str, file: Path) -> str:
        """The URL of a picture. Raises `NoPublicAddress`."""
        return f"{self.origin()}{HOSTING_PATH}{self._token(job_id, file.name)}/{file.name}"

    def hosted(self, token: str) -> Path | None:
        """The file behind a token while its job runs."""
        given = token.encode()
        for job_id, file in self._files(self._now() - HOSTED_FOR_S):
            if hmac.compare_digest(self._token(job_id, file.name).encode(), given):
                return file
        return None

    def own(self, url: str) -> Path | None:
        """The file behind one of our own links; None for any other URL."""
        parts = urlsplit(url)
        ours = {IN_PROCESS_ORIGIN, f"http://127.0.0.1:{self._port}", self._settings.public_url}
        if f"{parts.scheme}://{parts.netloc}" not in ours or not parts.path.startswith(HOSTING_PATH):
            return None
        return self.hosted(parts.path.removeprefix(HOSTING_PATH).split("/")[0])

    def _token(self, job_id: str, name: str) -> str:
        return hmac.new(self._key, f"hosted\n{job_id}\n{name}".encode(), hashlib.sha256).hexdigest()


NO_ADDRESS = Problem(
    "Aidge fetches pictures by URL, and this app has no address on the internet from which it could.",
    "Set TRYON_PUBLIC_URL to the address under which the internet reaches this app, give the pictures as"
    " links, or run this app on a public host such as Hugging Face Spaces. Nothing was sent.",
    field="TRYON_PUBLIC_URL",
)
