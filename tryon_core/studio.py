"""The one object that an interface talks to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import httpx

from tryon_core import identity, job_log, refining
from tryon_core.account import Key
from tryon_core.accounts.allowance import Allowance
from tryon_core.accounts.balances import FRESH_S
from tryon_core.accounts.key_policy import Whose
from tryon_core.accounts.keyring import Keyring
from tryon_core.clock import Clock, SystemClock
from tryon_core.container import House
from tryon_core.errors import InvalidRequest, JobNotFound
from tryon_core.export import zip_pictures
from tryon_core.hosting.fetching import Web
from tryon_core.images.advice import hints
from tryon_core.images.views import small_view
from tryon_core.job_state import Job, Mode, RefineDraft
from tryon_core.poll_schedule.usual import usual_range
from tryon_core.request import PersonGender, Request
from tryon_core.secret import Secret
from tryon_core.settings import Settings, kept_state_secret
from tryon_core.storage.job_records import Entry
from tryon_core.storage.store import VIEWS, GoneListener
from tryon_core.task import Vendor, vendor_of
from tryon_core.vendors.vendor_clients import Vendors, Wiring

NOTHING_KNOWN: Mapping[str, PersonGender] = MappingProxyType({})
LONGEST_TITLE = 120  # characters
REREAD_S = 2.0  # how late a watcher sees what another process did


class Studio:
    """Takes requests, keeps jobs, and shows each visitor the visitor's own.

    `visitor` is an unguessable id of the browser or the name of the signed-in user. Every method that
    takes a job id raises `JobNotFound` for a job that is not there or is somebody else's.
    """

    def __init__(
        self,
        settings: Settings,
        wiring: Vendors,
        keyring: Keyring | None = None,
        *,
        clock: Clock,
        reread_s: float = REREAD_S,
        web: Web | None = None,
    ) -> None:
        self.settings = settings
        self.state_secret: Secret = kept_state_secret(settings)
        keyring = keyring or Keyring(self.state_secret, clock)
        self._house = House(settings, self.state_secret, wiring, keyring, clock, web or Web(), reread_s)
        self._reread_s = reread_s

    def use_sandbox(self, transport: httpx.AsyncBaseTransport) -> None:
        """Gives the in-process sandbox to the vendors that have no key. Before `start`."""
        self._house.wiring.use_sandbox(transport)

    def serve_at(self, port: int) -> None:
        """Tells the port that the app really listens on, where it is not the one of the settings."""
        self._house.hosting.serve_at(port)

    def reachable_at(self, url: str) -> None:
        """Tells the share link under which the internet reaches this app, "" when none was made."""
        self._house.hosting.reachable_at(url)

    @property
    def public_urls(self) -> tuple[str, ...]:
        """Every address under which the internet may know this app; the share link once it is told."""
        return self._house.hosting.public_urls

    def when_gone(self, listener: GoneListener) -> None:
        """Has `listener` told of each deleted job, for what it holds of it. Before `start`."""
        self._house.store.when_gone(listener)

    async def start(self) -> None:
        """Opens the ledger and takes up unfinished jobs. To be called in the server's running event loop."""
        await self._house.open()

    async def stop(self) -> None:
        """Lets go of running jobs without ending them: the next `start` goes on with them."""
        await self._house.close()

    async def is_well(self) -> bool:
        """Whether jobs can be begun and read now. Cheap enough to be asked by every open page."""
        return await self._house.is_well()

    def mode(self, vendor: Vendor, *, visitor: str = "") -> Mode:
        """Whether a vendor is live or the sandbox, for a visitor's next job."""
        return self.whose(vendor, visitor=visitor).mode

    def whose(self, vendor: Vendor, *, visitor: str = "") -> Whose:
        """With whose key the visitor's next job would go out."""
        return self._house.accounts.whose(vendor, identity.owner_of(visitor))

    def use_key(self, key: Key, *, visitor: str) -> None:
        """Takes a visitor's own key, in memory only, for this visit and its jobs; jobs that waited for it go
        on. Raises `InvalidRequest`, which never repeats the key."""
        self._house.keyring.give(identity.owner_of(visitor), key)

    def drop_key(self, vendor: Vendor, *, visitor: str) -> None:
        """Forgets a visitor's key at once. Jobs that were sent with it wait until it is given again."""
        self._house.keyring.take_back(identity.owner_of(visitor), vendor)

    async def submit(self, request: Request, *, visitor: str, title: str | None = None) -> Job:
        """Starts a job; the same request of the same visitor, while it runs, is the job that runs.

        An equal request that has ended is no reason not to start: ask `earlier` first, to offer its result.
        Raises `InvalidRequest` or `NoPublicAddress`, both before anything is spent.
        """
        with job_log.refusals(vendor_of(request)):
            await self._house.retention.make_room()
            entry = await self._house.intake.admit(request, visitor, title)
        await self._house.engine.begin(entry.id, entry.runs)
        return await self._seen(entry)

    async def allowance(self, *, visitor: str) -> Allowance:
        """How many live pictures are left today for the visitor, and for everybody together."""
        return await self._house.intake.allowance(identity.owner_of(visitor))

    async def balance(self, vendor: Vendor, *, visitor: str, at_most_s: float = FRESH_S) -> float | None:
        """Credits on the account of the visitor's next job, at most so many seconds old; None where the
        vendor does not tell, and for who is not to know: the operator's is told among friends only."""
        return await self._house.balances.of(vendor, identity.owner_of(visitor), at_most_s)

    async def hints(self, picture: Path, kind: str) -> tuple[str, ...]:
        """Advice on a picture before anything is spent on it; `kind` as in `advice.hints`. Never refuses."""
        return await self._house.pictures.do(hints, picture, kind)

    async def earlier(self, request: Request, *, visitor: str) -> Job | None:
        """The visitor's newest finished job of an equal request, if its pictures are still here.

        Raises `InvalidRequest` for a picture that cannot be used.
        """
        entry = await self._house.intake.earlier(request, visitor)
        return await self._seen(entry) if entry else None

    async def job(self, job_id: str, *, visitor: str) -> Job:
        """The job as it is now."""
        return await self._seen(await self._owned(job_id, visitor))

    async def jobs(self, *, visitor: str) -> tuple[Job, ...]:
        """The visitor's jobs, newest first."""
        entries = await asyncio.to_thread(self._house.store.ledger.of_owner, identity.owner_of(visitor))
        kinds = {(entry.vendor, entry.live, entry.expected) for entry in entries}
        usual = {kind: await usual_range(self._house.store.ledger, *kind) for kind in kinds}
        return tuple(self._job(entry, usual[entry.vendor, entry.live, entry.expected]) for entry in entries)

    async def watch(self, job_id: str, *, visitor: str) -> AsyncIterator[Job]:
        """The job as it is, then at each change; ends when the job has ended. Closing it harms nothing."""
        seen = -1, False
        while True:
            bell = self._house.events.bell(job_id)
            entry = await self._owned(job_id, visitor)
            now = entry.revision, self._waits_for_key(entry)
            if now != seen:
                seen = now
                yield await self._seen(entry)
            if entry.state.ended:
                return
            await bell.wait(self._reread_s)

    async def refine_draft(
        self,
        job_id: str,
        number: int,
        *,
        visitor: str,
        genders: Mapping[str, PersonGender] = NOTHING_KNOWN,
    ) -> RefineDraft:
        """What the refiner needs, taken from picture `number` of a try-on job and its inputs.

        `genders` is what the caller knows of library models, by name.

        Raises `InvalidRequest` when the job has no such picture or is not a try-on.
        """
        job = await self.job(job_id, visitor=visitor)
        return await asyncio.to_thread(refining.draft, job, number, genders)

    async def ask_again(self, job_id: str, *, visitor: str) -> Job:
        """Goes on asking the vendor about a job that ended without an answer but has a task id."""
        return await self._seen(await self._house.taking_up.ask_again(await self._owned(job_id, visitor)))

    async def adopt_task(self, job_id: str, task_id: str, *, visitor: str) -> Job:
        """Gives an uncertain job the task id that the visitor found in the vendor's console."""
        entry = await self._owned(job_id, visitor)
        return await self._seen(await self._house.taking_up.adopt(entry, task_id))

    async def pick_up(self, vendor: Vendor, task_id: str, *, visitor: str) -> Job:
        """Follows a task that another program or an earlier loss left at a vendor, as a job of the visitor.

        A task that the visitor's own job stands for already is that job. Raises `InvalidRequest`.
        """
        return await self._seen(await self._house.taking_up.pick_up(vendor, task_id, visitor))

    async def send_again(self, job_id: str, *, visitor: str) -> Job:
        """A new job with the same request. After an uncertain one this may be charged twice."""
        entry = await self._owned(job_id, visitor)
        request = self._house.links.restored(entry.id, self._house.store.request(entry))
        again = await self._house.intake.admit(request, visitor, entry.title, entry.stem)
        await self._house.engine.begin(again.id, again.runs)
        return await self._seen(again)

    async def rename(self, job_id: str, title: str, *, visitor: str) -> Job:
        """Gives the job a title of the visitor's own; an empty one brings the first title back."""
        await self._owned(job_id, visitor)
        own = " ".join(title.split())[:LONGEST_TITLE]
        await self._house.store.change(job_id, own_title=own or None)
        return await self.job(job_id, visitor=visitor)

    async def pin(self, job_id: str, pinned: bool, *, visitor: str) -> Job:
        """Keeps a job from being cleared away, whatever its age; or no longer does."""
        await self._owned(job_id, visitor)
        await self._house.store.change(job_id, pinned_at=self._house.clock.now() if pinned else None)
        return await self.job(job_id, visitor=visitor)

    async def delete(self, job_id: str, *, visitor: str) -> None:
        """Takes an ended job and its files away. Raises `InvalidRequest` while it runs."""
        entry = await self._owned(job_id, visitor)
        if not entry.state.ended:
            raise InvalidRequest("job", f"it is {entry.state}", "a job that has ended")
        await self._house.drop(entry)

    async def archive(self, job_id: str, *, visitor: str) -> Path:
        """A zip of all pictures with a manifest."""
        job = await self.job(job_id, visitor=visitor)
        return await asyncio.to_thread(zip_pictures, job, self._house.store.folder(job_id, VIEWS))

    def picture_path(self, job_id: str, name: str) -> Path | None:
        """The file of a picture or an input, by the unguessable id of its job."""
        return self._house.store.find_file(job_id, name)

    async def thumbnail(self, job_id: str, name: str, width: int = 480) -> Path | None:
        """A WebP copy at most `width` pixels wide, made once."""
        file = self._house.store.find_file(job_id, name)
        if file is None:
            return None
        return await self._house.pictures.do(small_view, file, self._house.store.folder(job_id, VIEWS), width)

    def hosted(self, token: str, name: str) -> Path | None:
        """The file of this name behind a hosting token while its job runs. Blocks for milliseconds."""
        return self._house.hosting.hosted(token, name)

    async def fetch(self, url: str) -> bytes:
        """A picture by URL, for the in-process sandbox. Raises `NotFetched`."""
        return await self._house.fetcher.fetch(url)

    async def _owned(self, job_id: str, visitor: str) -> Entry:
        entry = await self._house.store.entry(job_id)
        if not identity.owns(visitor, entry.owner):
            raise JobNotFound
        return entry

    async def _seen(self, entry: Entry) -> Job:
        return self._job(
            entry, await usual_range(self._house.store.ledger, entry.vendor, entry.live, entry.expected)
        )

    def _job(self, entry: Entry, usual: tuple[float, float] | None) -> Job:
        return replace(self._house.store.job(entry, usual), waits_for_key=self._waits_for_key(entry))

    def _waits_for_key(self, entry: Entry) -> bool:
        return not entry.state.ended and not self._house.keyring.has(entry.owner, entry.account)


def open_studio(
    settings: Settings,
    *,
    sandbox: httpx.AsyncBaseTransport | None = None,
    clock: Clock | None = None,
    web: Web | None = None,
) -> Studio:
    """The studio with the wires of both vendors; `sandbox` serves those without a key."""
    clock = clock or SystemClock()
    keyring = Keyring(kept_state_secret(settings), clock)
    wiring = Wiring(settings, keyring, clock, sandbox)
    return Studio(settings, wiring, keyring, clock=clock, web=web)
