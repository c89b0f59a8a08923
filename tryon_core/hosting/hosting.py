"""Turns a picture of a running job into a URL that a vendor can fetch, and such a URL back into the file."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from threading import Event
from typing import Protocol
from urllib.parse import urlsplit

import httpx

from tryon_core.account import Account
from tryon_core.clock import Clock
from tryon_core.configuration.bucket_address import SETTING as BUCKET
from tryon_core.configuration.settings import Settings, is_loopback
from tryon_core.errors import NoPublicAddress, problem
from tryon_core.hosting.bucket import Bucket, Connect
from tryon_core.hosting.bucket_uploads import BucketUploads
from tryon_core.hosting.fetching import Web
from tryon_core.hosting.reach import PROBE, Reach
from tryon_core.hosting.tokens import Tokens
from tryon_core.secret import Secret
from tryon_core.vendors.spec import SANDBOX_HOST

HOSTING_PATH = "/gradio_api/ext/h/"  # under the interface's prefix: the only one every proxy lets through
IN_PROCESS_ORIGIN = "http://studio.invalid"  # never resolves: only the in-process sandbox is told of it

HOSTED_FOR_S = 24 * 3600  # an uncertain job may still be worked on; a day later nobody fetches any more
SHARE_LINK_S = 60.0  # how long a job waits for the share link of an app that has just started
LOOK_S = 0.5


class HostedFiles(Protocol):
    """The pictures of jobs, as hosting sees them. Both methods block."""

    def open_jobs(self, since: float) -> list[str]:
        """The ids of jobs whose pictures a vendor may want to fetch; of those that only may go on there, the
        ones submitted since a time."""
        ...

    def hosted_files(self, job_id: str, since: float) -> list[Path]:
        """The pictures of a job as they are sent; none when it is not one of `open_jobs`."""
        ...


class Hosting:
    """Links to the pictures of running jobs: from this app itself, or from a bucket where one is set.

    A link is worth nothing once its job has ended.
    """

    def __init__(
        self,
        settings: Settings,
        secret: Secret,
        inputs: HostedFiles,
        clock: Clock,
        web: Web,
        connect: Connect = httpx.AsyncHTTPTransport,
    ) -> None:
        self._settings = settings
        self._key = secret.reveal().encode()
        self._inputs = inputs
        self._clock = clock
        self._port = settings.port
        self._share_link = ""
        self._serving = Event()
        self._tokens = Tokens(self._key, self._open_jobs)
        self._reach = Reach(web, clock.monotonic)
        self._bucket_uploads: BucketUploads | None = None
        if settings.bucket is not None:
            bucket = Bucket(settings.bucket, clock, connect)
            self._bucket_uploads = BucketUploads(bucket, settings.data_dir, self._open_jobs)

    def serve_at(self, port: int) -> None:
        """Tells the port that this app really listens on."""
        self._port = port

    def reachable_at(self, url: str) -> None:
        """Tells the share link, or by "" that there is none. What was set by the operator goes before it."""
        self._share_link = url.rstrip("/")
        self._serving.set()

    @property
    def public_urls(self) -> tuple[str, ...]:
        """Every address under which the internet may know this app."""
        return tuple(filter(None, (self._settings.public_url, self._share_link)))

    async def stop(self) -> None:
        if self._bucket_uploads is not None:
            await self._bucket_uploads.stop()

    def check(self, account: Account) -> None:
        """Raises `NoPublicAddress` when there is no way, and none is to be expected, to host a picture."""
        if not self._share_link_is_awaited:
            self.origin(account)

    def origin(self, account: Account) -> str:
        """Where the vendor finds what is hosted, an address without a path. Raises `NoPublicAddress`."""
        if self._in_process(account):
            return IN_PROCESS_ORIGIN
        if self._bucket_uploads is not None:
            return self._bucket_uploads.bucket.origin
        address = self._settings.public_url or self._share_link
        if not address and self._port and is_loopback(self._settings.base_url(account)):
            return f"http://127.0.0.1:{self._port}"
        if not address:
            raise NoPublicAddress(problem("no_address", field="TRYON_PUBLIC_URL"))
        return address

    def link(self, account: Account, job_id: str, file: Path) -> str:
        """The URL of a picture, a secret while it lasts. Raises `NoPublicAddress`."""
        if self._bucket_uploads is not None and not self._in_process(account):
            return self._bucket_uploads.bucket.link(self._name(job_id, file), HOSTED_FOR_S)
        return f"{self.origin(account)}{HOSTING_PATH}{self._name(job_id, file)}"

    async def offer(self, account: Account, job_id: str, files: Iterable[Path]) -> None:
        """Makes pictures ready to be fetched, and sees that they can be. Safe to do again.

        Raises `NoPublicAddress`, `BucketFault`, `DiskFull`.
        """
        if self._in_process(account):
            return
        files = tuple(files)
        await self._wait_for_share_link()
        if self._bucket_uploads is not None:
            await self._bucket_uploads.upload(job_id, {self._name(job_id, file): file for file in files})
        self.origin(account)
        if not is_loopback(self._settings.base_url(account)):
            setting = "TRYON_PUBLIC_URL" if self._bucket_uploads is None else BUCKET
            for file in files[:1]:
                beginning = await asyncio.to_thread(_beginning, file)
                await self._reach.check(self.link(account, job_id, file), beginning, setting)

    def clear_away(self) -> None:
        """Begins to take out of the bucket what jobs that have ended or are gone have there."""
        if self._bucket_uploads is not None:
            self._bucket_uploads.start_sweep()

    def hosted(self, token: str, name: str) -> Path | None:
        """The file of this name behind a token while its job runs. Blocks for milliseconds."""
        job_id = self._tokens.job_of(token)
        if job_id is None or not self._tokens.fits(token, job_id, name):
            return None
        files = self._inputs.hosted_files(job_id, self._clock.now() - HOSTED_FOR_S)
        return next((file for file in files if file.name == name), None)

    def own(self, url: str) -> Path | None:
        """The file behind one of our own links; None for any other URL."""
        local = f"http://127.0.0.1:{self._port}"
        for ours in (IN_PROCESS_ORIGIN, local, *self.public_urls):
            if url.startswith(ours + HOSTING_PATH):
                token, _, name = url.removeprefix(ours + HOSTING_PATH).partition("/")
                return self.hosted(token, name)
        return None

    def _in_process(self, account: Account) -> bool:
        return urlsplit(self._settings.base_url(account)).hostname == SANDBOX_HOST

    @property
    def _share_link_is_awaited(self) -> bool:
        return self._settings.share and not self._settings.public_url and not self._serving.is_set()

    async def _wait_for_share_link(self) -> None:
        """A job that is taken up at the start may be earlier than the link."""
        end = self._clock.monotonic() + SHARE_LINK_S
        while self._share_link_is_awaited and self._clock.monotonic() < end:
            await self._clock.sleep(LOOK_S)

    def _open_jobs(self) -> set[str]:
        return set(self._inputs.open_jobs(self._clock.now() - HOSTED_FOR_S))

    def _name(self, job_id: str, file: Path) -> str:
        return f"{self._tokens.of(job_id, file.name)}/{file.name}"


def _beginning(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(PROBE)
