"""The parts of the core, wired: each made once, opened and closed together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from random import SystemRandom

import httpx

from tryon_core.accounts.balances import Balances
from tryon_core.accounts.keys import KeyPolicy, Keyring
from tryon_core.clock import Clock
from tryon_core.collections.folders import CollectionFolders
from tryon_core.collections.intake import Intake
from tryon_core.collections.making import Making
from tryon_core.collections.planning import Planner
from tryon_core.collections.reader import CollectionParts
from tryon_core.collections.refining import Refining
from tryon_core.collections.removing import Removing
from tryon_core.collections.sending import CellSender
from tryon_core.configuration.settings import Settings
from tryon_core.disk import Ballast, told_by_kind
from tryon_core.events import Events
from tryon_core.hosting.fetching import Fetcher, Web
from tryon_core.hosting.hosting import Hosting
from tryon_core.hosting.typed_links import TypedLinks
from tryon_core.images.preflight import ImagePool
from tryon_core.jobs.admission import Admission
from tryon_core.jobs.context import JobContext
from tryon_core.jobs.resume import JobResumer
from tryon_core.jobs.silences import Silences
from tryon_core.jobs.workflow import JobEngine
from tryon_core.observability.health import Health
from tryon_core.secret import Secret
from tryon_core.storage.deletion import Deletion
from tryon_core.storage.exclusive import Exclusive
from tryon_core.storage.job_inputs import HostableInputs
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.last_room import LastRoom
from tryon_core.storage.ledger import Ledger
from tryon_core.storage.migration import forget_addresses
from tryon_core.storage.retention import Keep, Retention
from tryon_core.storage.sqlite_backup import SqliteBackup
from tryon_core.storage.store import Store
from tryon_core.vendors.http_clients import VendorClients


class Container:
    """Everything that the studio works with. `reread_s` is how late a process sees what another one did."""

    def __init__(
        self,
        settings: Settings,
        secret: Secret,
        clients: VendorClients,
        keyring: Keyring,
        clock: Clock,
        web: Web,
        reread_s: float,
    ) -> None:
        self.clock, self.clients, self.keyring = clock, clients, keyring
        self.events, self.links, self.image_pool = Events(), TypedLinks(), ImagePool()
        self.accounts = KeyPolicy(settings, keyring)
        self.balances = Balances(settings, self.accounts, clients.balance, clock)
        self._backup = SqliteBackup(settings.database_file, settings.database_copy, clock)
        ledger, keep_copy = Ledger(settings.database, settings.spending_file), self._backup.keep_now
        self._ballast = Ballast(settings.database_file.with_name(".ballast"))
        self.exclusive = Exclusive(settings, ledger.engine, clock)
        self._health = Health(ledger.look, clock.monotonic)
        self.store = Store(settings.data_dir, ledger, self.events, keep_copy)
        self._last_room = LastRoom(self._ballast, self.store)
        self.hosting = Hosting(settings, secret, HostableInputs(ledger, self.store.inputs), clock, web)
        self.fetcher = Fetcher(self.hosting.own, web)
        keep = Keep(settings.keep_days, settings.keep_mb)
        self.retention = Retention(self.store, keep, clock, self.drop)
        self.deletion = Deletion(self.store, clock, self.drop)
        self.context = self._context()
        self.admission = Admission(settings, self.context, secret)
        self.engine = JobEngine(settings, self.context, poll_s=reread_s / 2)
        self.resumer = JobResumer(self.context, self.engine, secret, self.deletion.take_back)
        folders, refiner = CollectionFolders(self.store.collections_folder), Refining(self.store)
        self.cells = self._cells(folders, refiner, reread_s)
        self.removing = Removing(self.context, self.deletion, self.cells, folders, self._last_room)
        making, shown = self._making(settings, folders, refiner), (folders, self.events, reread_s, secret)
        self.collections = CollectionParts(self.context, making, self.removing, *shown)
        self._is_open = False

    def _context(self) -> JobContext:
        return JobContext(
            self.store,
            self.hosting,
            self.fetcher,
            self.clients,
            self.clock,
            self.accounts,
            SystemRandom(),
            make_room=self.retention.free_up,
            links=self.links,
            image_pool=self.image_pool,
            silences=Silences(self.events.changed),
        )

    def _cells(self, folders: CollectionFolders, refiner: Refining, reread_s: float) -> CellSender:
        jobs = self.context, self.admission, self.engine
        return CellSender(*jobs, folders, refiner, self.events, reread_s)

    def _making(self, settings: Settings, folders: CollectionFolders, refiner: Refining) -> Making:
        planner = Planner(settings, self.context, self.admission)
        intake = Intake(self.context, self.admission.room, folders)
        return Making(self.context, planner, intake, self.cells, folders, refiner)

    def use_sandbox(self, transport: httpx.AsyncBaseTransport, models: Sequence[str]) -> None:
        """What answers for vendors without a key, and all models that it has."""
        self.clients.use_sandbox(transport)
        self.admission.sandbox_models = tuple(models)

    def present(self, record: JobRecord) -> tuple[bool, float | None]:
        """What no row says of a job: whether its key is away, and since when its vendor does not answer."""
        if record.state.ended:
            return False, None
        return not self.keyring.has(record.owner, record.account), self.context.silences.since(record.id)

    async def open(self) -> None:
        """Opens the ledger and takes up unfinished jobs. To be called in the server's running event loop."""
        await self.exclusive.take()
        await asyncio.to_thread(self._ballast.lay)
        restored = await self._backup.restore()
        await self.store.open(self._backup.spent)
        await asyncio.to_thread(forget_addresses, self.store.ledger.engine)
        self._backup.start()
        if restored:
            await self.resumer.doubt_unsent()
        self.clients.open()
        await self.retention.clear_rowless()
        await self.engine.start()
        self.exclusive.keep(self.engine.stop)
        await self.resumer.all_unfinished()
        await self.cells.start()
        await self.retention.start()
        await self.deletion.taking_away.start()
        await self.removing.start()
        self.hosting.clear_away()
        self._is_open = True

    async def close(self) -> None:
        """Lets go of running jobs without ending them: after the next `open` they go on."""
        self._is_open = False
        await self.hosting.stop()
        await self.deletion.stop()
        await self.retention.stop()
        await self.removing.taking_away.stop()
        await self.cells.stop()
        await self.engine.stop()
        await self.clients.close()
        await self.store.close()
        await self._backup.stop()
        await self.exclusive.release()

    async def is_well(self) -> bool:
        """Whether jobs can be begun and read now: not before `open` has come to its end."""
        writable = await asyncio.to_thread(self.admission.room.is_writable)
        return self._is_open and self.engine.started and writable and await self._health.is_well()

    async def is_full(self) -> bool:
        """Whether there is no room for another job."""
        return await asyncio.to_thread(self.admission.room.is_full)

    async def drop(self, record: JobRecord) -> None:
        """Takes a job that has ended away, with all that is kept for it anywhere, also where no byte is
        free."""
        own = partial(asyncio.to_thread, self.store.drop_files, record.id)
        await self._last_room.made_for(partial(self._drop, record), own)

    async def _drop(self, record: JobRecord) -> None:
        # The engine first: a run that outlived its row would pass for the run of the next equal job, whose id
        # is the same. A row that outlives its run is a job that has ended, and can be deleted again.
        with told_by_kind():
            await self.engine.forget(record.id, record.runs)
        await self.store.delete(record)
        self.hosting.clear_away()
        self.links.forget(record.id)
        self.context.examined.pop(record.id, None)
