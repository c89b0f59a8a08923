"""The one object that a front end talks to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import httpx

from tryon_core import identity, refining
from tryon_core.account import Key
from tryon_core.accounts.balances import FRESH_S
from tryon_core.accounts.keys import Keyring, KeySource
from tryon_core.clock import Clock
from tryon_core.collections import sent_again
from tryon_core.collections.service import Collections
from tryon_core.configuration.settings import Settings, kept_state_secret
from tryon_core.container import Container
from tryon_core.database_away import when_back
from tryon_core.errors import JobNotFound
from tryon_core.gallery import Gallery
from tryon_core.hosting.fetching import Web
from tryon_core.images.advice import hints
from tryon_core.images.preflight import ensure_picture
from tryon_core.images.views import browser_view, small_view
from tryon_core.job_state import Job, RefineDraft, Submission
from tryon_core.job_zip import zip_pictures
from tryon_core.jobs import job_log
from tryon_core.jobs.admission import MadeFor
from tryon_core.jobs.poll_plan_cache import usual_ranges
from tryon_core.refining import NOTHING_KNOWN, Catalogue
from tryon_core.requests.request import Request
from tryon_core.secret import Secret
from tryon_core.sentences import one_line
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.spending import Allowance
from tryon_core.storage.store import VIEWS, DeletionListener
from tryon_core.vendors.http_clients import VendorClients
from tryon_core.vendors.registry import image_rules, usual_vendor

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
        clients: VendorClients,
        keyring: Keyring | None = None,
        *,
        clock: Clock,
        reread_s: float = REREAD_S,
        web: Web | None = None,
    ) -> None:
        self.settings = settings
        self.state_secret: Secret = kept_state_secret(settings)
        keyring = keyring or Keyring(self.state_secret, clock)
        parts = settings, self.state_secret, clients, keyring, clock, web or Web(), reread_s
        self._container = Container(*parts)
        self._reread_s = reread_s
        self.gallery = Gallery(self._container.store, self._container.deletion, self._all_seen)
        self.collections = Collections(self._container.collections, self._all_seen)

    def use_sandbox(self, transport: httpx.AsyncBaseTransport, models: Sequence[str] = ()) -> None:
        """Gives the in-process sandbox, and its models, to vendors that have no key. Before `start`."""
        self._container.use_sandbox(transport, models)

    def hold(self) -> None:
        """Takes the data folder, as `start` does, before anything is served. Raises `HeldElsewhere`."""
        self._container.exclusive.hold()

    def serve_at(self, port: int) -> None:
        """Tells the port that the app really listens on, where it is not the one of the settings."""
        self._container.hosting.serve_at(port)

    def reachable_at(self, url: str) -> None:
        """Tells the share link under which the internet reaches this app, "" when none was made."""
        self._container.hosting.reachable_at(url)

    @property
    def public_urls(self) -> tuple[str, ...]:
        """Every address under which the internet may know this app; the share link once it is told."""
        return self._container.hosting.public_urls

    def on_job_deleted(self, listener: DeletionListener) -> None:
        """Has `listener` called with each deleted job, for what it holds of it. Before `start`."""
        self._container.store.on_job_deleted(listener)

    async def start(self) -> None:
        """Opens the ledger and takes up unfinished jobs. To be called in the server's running event loop."""
        await self._container.open()

    async def stop(self) -> None:
        """Lets go of running jobs without ending them: the next `start` goes on with them."""
        await self._container.close()

    async def is_well(self) -> bool:
        """Whether jobs can be begun and read now. Cheap enough to be asked by every open page."""
        return await self._container.is_well()

    async def is_full(self) -> bool:
        """Whether there is no room for another job."""
        return await self._container.is_full()

    def key_source(self, vendor: str, *, visitor: str = "") -> KeySource:
        """With whose key the visitor's next job would go out."""
        return self._container.accounts.key_source(vendor, identity.owner_of(visitor))

    def use_key(self, key: Key, *, visitor: str) -> None:
        """Takes a visitor's own key, in memory only, for this visit and its jobs; jobs that waited for it go
        on. Raises `InvalidRequest`, which never repeats the key."""
        self._container.keyring.give(identity.owner_of(visitor), key)

    def drop_key(self, vendor: str, *, visitor: str) -> None:
        """Forgets a visitor's key at once. Jobs that were sent with it wait until it is given again."""
        self._container.keyring.take_back(identity.owner_of(visitor), vendor)

    async def submit_or_offer(
        self,
        request: Request,
        *,
        visitor: str,
        vendor: str = "",
        title: str | None = None,
        stem: str | None = None,
        offer: bool = True,
        made_for: MadeFor | None = None,
    ) -> Submission:
        """Starts a job at `vendor`, or at the usual one for such a request. Every front end comes in here.

        The same request of the same visitor, while it runs, is the job that runs. One with its pictures here,
        or of which the end is not certain, is offered and nothing is sent, unless `offer` is False. A job
        that is `made_for` a collection takes its place there.

        Raises `InvalidRequest`, `NoPublicAddress`, `OwnKeyNeeded`, `AllowanceSpent` or `DiskFull`, all before
        anything is spent.
        """
        vendor_id = vendor or usual_vendor(request.capability).id
        admission = self._container.admission
        with job_log.refusals(vendor_id):
            candidate = await admission.candidate(request, visitor, vendor_id)
            if offer and (earlier := await admission.earlier(candidate)):
                return Submission(earlier.id, offered=True)
            record = await admission.admit(candidate, title, stem, made_for)
        await self._container.engine.begin(record.id, record.runs)
        return Submission(record.id, offered=False)

    async def allowance(self, *, visitor: str) -> Allowance:
        """How many live pictures are left today for the visitor, and for everybody together."""
        return await asyncio.to_thread(self._container.admission.allowance, identity.owner_of(visitor))

    async def balance(self, vendor: str, *, visitor: str, at_most_s: float = FRESH_S) -> float | None:
        """Credits on the account of the visitor's next job, at most so many seconds old; None where the
        vendor does not tell, and for who is not to know: the operator's is told among friends only."""
        return await self._container.balances.of(vendor, identity.owner_of(visitor), at_most_s)

    async def check_picture(self, picture: Path, field: str, kind: str) -> None:
        """Raises `InvalidRequest`, which names the field, for what no vendor takes as a picture of a kind."""
        await self._container.image_pool.run(ensure_picture, field, picture, image_rules(kind))

    async def browser_view(self, picture: Path, folder: Path, side: int) -> Path | None:
        """A WebP copy, kept in `folder`, of one that browsers cannot show or that is larger; else None."""
        return await self._container.image_pool.run(browser_view, picture, folder, side)

    async def hints(self, picture: Path, kind: str) -> tuple[str, ...]:
        """Advice on a picture before anything is spent on it; `kind` as in `advice.hints`. Never refuses."""
        return await self._container.image_pool.run(hints, picture, kind)

    async def job(self, job_id: str, *, visitor: str) -> Job:
        """The job as it is now."""
        return await self._seen(await self._owned(job_id, visitor))

    async def job_at(self, address: str, *, visitor: str) -> Job:
        """The visitor's job with this `Job.address`."""
        return await self._seen(await self._container.store.record_at(address, identity.owner_of(visitor)))

    async def jobs(self, *, visitor: str) -> tuple[Job, ...]:
        """The visitor's jobs, newest first."""
        records = await asyncio.to_thread(self._container.store.ledger.of_owner, identity.owner_of(visitor))
        return await self._all_seen(records)

    async def watch(self, job_id: str, *, visitor: str) -> AsyncIterator[Job]:
        """The job as it is, then at each change; ends when the job has ended. Closing it harms nothing."""
        whose, seen = (job_id, visitor), None
        await self._owned(*whose)
        while True:
            signal = self._container.events.signal(job_id)
            record = await when_back(partial(self._owned, *whose), partial(signal.rung, self._reread_s))
            now = record.revision, *self._container.present(record)
            if now != seen:
                seen = now
                yield await self._seen(record)
            if record.state.ended:
                return
            await signal.rung(self._reread_s)

    async def refine_draft(
        self, job_id: str, number: int, *, visitor: str, known: Catalogue = NOTHING_KNOWN
    ) -> RefineDraft:
        """What the refiner needs, taken from picture `number` of a try-on job and its inputs; `known` is what
        the caller knows of models and photos. Raises `InvalidRequest` for another job or number."""
        job = await self.job(job_id, visitor=visitor)
        return await asyncio.to_thread(refining.draft, job, number, known)

    async def poll_again(self, job_id: str, *, visitor: str) -> Job:
        """Goes on polling a job that ended without all of its pictures and has a task id."""
        return await self._seen(await self._container.resumer.poll_again(await self._owned(job_id, visitor)))

    async def adopt_task(self, job_id: str, task_id: str, *, visitor: str) -> Job:
        """Gives a job without a task id the one that the visitor found in the vendor's console."""
        record = await self._owned(job_id, visitor)
        return await self._seen(await self._container.resumer.adopt(record, task_id))

    async def pick_up(self, vendor: str, task_id: str, *, visitor: str) -> Job:
        """Follows a task that another program or an earlier loss left at a vendor, as a job of the visitor.

        A task that the visitor's own job stands for already is that job. Raises `InvalidRequest`.
        """
        return await self._seen(await self._container.resumer.pick_up(vendor, task_id, visitor))

    async def send_again(self, job_id: str, *, visitor: str) -> Job:
        """A new job with the same request. After an uncertain one this may be charged twice. In a collection
        it takes the place of one that came to nothing, unless another has taken it: see `sent_again`."""
        record, store = await self._owned(job_id, visitor), self._container.store
        request = self._container.links.restored(record.id, store.inputs.request(record))
        send = partial(self.submit_or_offer, request, visitor=visitor, vendor=record.vendor, offer=False)
        send = partial(send, title=record.title, stem=record.stem)
        again = await sent_again.in_place_of(store.ledger, record, send)
        self._container.events.changed(record.collection_id or record.id)
        return await self.job(again.job_id, visitor=visitor)

    async def rename(self, job_id: str, title: str, *, visitor: str) -> Job:
        """Gives the job a title of the visitor's own; an empty one brings the first title back."""
        await self._owned(job_id, visitor)
        own = one_line(title)[:LONGEST_TITLE].strip()
        await self._container.store.change(job_id, own_title=own or None)
        return await self.job(job_id, visitor=visitor)

    async def pin(self, job_id: str, pinned: bool, *, visitor: str) -> Job:
        """Keeps a job from being cleared away, whatever its age; or no longer does."""
        await self._owned(job_id, visitor)
        await self._container.store.change(job_id, pinned_at=self._container.clock.now() if pinned else None)
        return await self.job(job_id, visitor=visitor)

    async def archive(self, job_id: str, *, visitor: str) -> Path:
        """A zip of all pictures with a manifest."""
        job = await self.job(job_id, visitor=visitor)
        return await asyncio.to_thread(zip_pictures, job, self._container.store.folder(job_id, VIEWS))

    def picture_path(self, job_id: str, name: str) -> Path | None:
        """The file of a picture or an input, by the unguessable id of its job."""
        return self._container.store.find_file(job_id, name)

    async def view(self, job_id: str, name: str, side: int) -> Path | None:
        """A WebP copy at most `side` pixels on its long side; the picture itself where none can be made."""
        store, pool = self._container.store, self._container.image_pool
        if (file := store.find_file(job_id, name)) is None:
            return None
        return await pool.run(small_view, file, store.folder(job_id, VIEWS), side) or file

    def hosted(self, token: str, name: str) -> Path | None:
        """The file of this name behind a hosting token while its job runs. Blocks for milliseconds."""
        return self._container.hosting.hosted(token, name)

    async def fetch(self, url: str) -> bytes:
        """A picture by URL, for the in-process sandbox. Raises `NotFetched`."""
        return await self._container.fetcher.fetch(url)

    async def _owned(self, job_id: str, visitor: str) -> JobRecord:
        record = await self._container.store.record(job_id)
        if record.deleted_at is not None or not identity.owns(visitor, record.owner):
            raise JobNotFound
        return record

    async def _seen(self, record: JobRecord) -> Job:
        return (await self._all_seen([record]))[0]

    async def _all_seen(self, records: Sequence[JobRecord]) -> tuple[Job, ...]:
        jobs = await asyncio.to_thread(self._read, records)  # thousands of them take a second
        return tuple(map(self._present, records, jobs))

    def _read(self, records: Sequence[JobRecord]) -> list[Job]:
        store = self._container.store
        return list(map(store.job, records, usual_ranges(store.ledger, records)))

    def _present(self, record: JobRecord, job: Job) -> Job:
        if record.state.ended:
            return job
        waits, silent = self._container.present(record)
        return replace(job, waits_for_key=waits, silent_since=silent)
