"""The rooms of the core, joined: what there is of each, made once, opened and closed together."""

from __future__ import annotations

import asyncio
from random import SystemRandom

from tryon_core.accounts.balances import Balances
from tryon_core.accounts.key_policy import Accounts
from tryon_core.accounts.keyring import Keyring
from tryon_core.clock import Clock
from tryon_core.events import Events
from tryon_core.health import Health
from tryon_core.hosting.fetching import Fetcher, Web
from tryon_core.hosting.hosting import Hosting
from tryon_core.hosting.typed_links import TypedLinks
from tryon_core.images.image_pool import PictureWork
from tryon_core.jobs.admission import Intake
from tryon_core.jobs.context import Tools
from tryon_core.jobs.resume import TakingUp
from tryon_core.jobs.workflow import JobEngine
from tryon_core.secret import Secret
from tryon_core.settings import Settings
from tryon_core.storage.hostable_inputs import Offers
from tryon_core.storage.job_records import Entry
from tryon_core.storage.ledger import Ledger
from tryon_core.storage.old_links import forget_addresses
from tryon_core.storage.retention import Keep, Retention
from tryon_core.storage.sqlite_backup import Safekeeping
from tryon_core.storage.store import Store
from tryon_core.vendors.vendor_clients import Vendors


class House:
    """Everything that the studio works with. `reread_s` is how late a process sees what another one did."""

    def __init__(
        self,
        settings: Settings,
        secret: Secret,
        wiring: Vendors,
        keyring: Keyring,
        clock: Clock,
        web: Web,
        reread_s: float,
    ) -> None:
        self.clock, self.wiring, self.keyring = clock, wiring, keyring
        self.events, self.links, self.pictures = Events(), TypedLinks(), PictureWork()
        self.accounts = Accounts(settings, keyring)
        self.balances = Balances(settings, self.accounts, wiring.credits, clock)
        self._safekeeping = Safekeeping(settings.database_file, settings.database_copy, clock)
        ledger, keep_copy = Ledger(settings.database), self._safekeeping.keep_now
        self._health = Health(ledger.look, clock.monotonic)
        self.store = Store(settings.data_dir, ledger, self.events, keep_copy)
        self.hosting = Hosting(settings, secret, Offers(self.store), clock, web)
        self.fetcher = Fetcher(self.hosting.own, web)
        self.intake = Intake(
            settings, self.accounts, self.store, self.hosting, secret, clock, self.links, self.pictures
        )
        keep = Keep(settings.keep_days, settings.keep_mb)
        self.retention = Retention(self.store, keep, clock, self.drop)
        tools = Tools(
            self.store,
            self.hosting,
            self.fetcher,
            wiring,
            clock,
            self.accounts,
            SystemRandom(),
            submits_per_minute=settings.aidge.submits_per_minute,
            make_room=self.retention.free_up,
            links=self.links,
            pictures=self.pictures,
        )
        self.engine = JobEngine(settings, tools, poll_s=reread_s / 2)
        self.taking_up = TakingUp(tools, self.engine, secret)

    async def open(self) -> None:
        """Opens the ledger and takes up unfinished jobs. To be called in the server's running event loop."""
        restored = await self._safekeeping.restore()
        await self.store.open()
        await asyncio.to_thread(forget_addresses, self.store.ledger)
        self._safekeeping.start()
        if restored:
            await self.taking_up.doubt_unsent()
        self.wiring.open()
        await self.engine.start()
        await self.taking_up.all_unfinished()
        await self.retention.start()
        self.hosting.clear_away()

    async def close(self) -> None:
        """Lets go of running jobs without ending them: after the next `open` they go on."""
        await self.hosting.stop()
        await self.retention.stop()
        await self.engine.stop()
        await self.wiring.close()
        await self.store.close()
        await self._safekeeping.stop()

    async def is_well(self) -> bool:
        """Whether jobs can be begun and read now."""
        return self.engine.started and await self._health.is_well()

    async def drop(self, entry: Entry) -> None:
        """Takes a job that has ended away, with all that is kept for it anywhere."""
        # The engine first: a run that outlived its row would pass for the run of the next equal job, whose id
        # is the same. A row that outlives its run is a job that has ended, and can be deleted again.
        await self.engine.forget(entry.id, entry.runs)
        await self.store.delete(entry)
        self.hosting.clear_away()
        self.links.forget(entry.id)
