"""Lets a request in: checks that cost nothing, then the files and the row that a job begins with."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from tryon_core import identity, job_log, naming
from tryon_core.accounts.allowance import Allowance, left_today
from tryon_core.accounts.key_policy import KeyPolicy
from tryon_core.clock import Clock
from tryon_core.disk import disk_full_as_error, write_atomically
from tryon_core.errors import InvalidRequest
from tryon_core.hosting.hosting import Hosting
from tryon_core.hosting.typed_links import TypedLinks
from tryon_core.images import preflight as images
from tryon_core.images.facts import Facts
from tryon_core.images.image_pool import ImagePool
from tryon_core.images.rules import RULES
from tryon_core.job_state import JobState
from tryon_core.request import (
    FilePicture,
    KeptLink,
    Picture,
    RefineRequest,
    Request,
    TryOnRequest,
    pictures_of,
    with_pictures,
)
from tryon_core.secret import Secret
from tryon_core.settings import Settings
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.store import INPUT, Store, packed_request
from tryon_core.task import Vendor, vendor_of


class Admission:
    """Makes the beginning of a job, or finds the job that already runs for the same request."""

    def __init__(
        self,
        settings: Settings,
        accounts: KeyPolicy,
        store: Store,
        hosting: Hosting,
        secret: Secret,
        clock: Clock,
        links: TypedLinks,
        pictures: ImagePool,
    ) -> None:
        self._settings = settings
        self._accounts = accounts
        self._store = store
        self._hosting = hosting
        self._secret = secret
        self._clock = clock
        self._links = links
        self._pictures = pictures
        self._counting = asyncio.Lock()  # of two jobs at once, the second counts the first

    async def admit(
        self,
        request: Request,
        visitor: str,
        title: str | None = None,
        stem: str | None = None,
    ) -> JobRecord:
        """The row of the job.

        Raises `InvalidRequest`, `NoPublicAddress`, `AllowanceSpent`, `DiskFull`: no job is kept then.
        """
        _refuse_lost(request)
        owner = identity.owner_of(visitor)
        account = self._accounts.account(vendor_of(request), owner)
        facts = await self._pictures.do(examine, request)
        if facts and account.vendor is Vendor.AIDGE:
            self._hosting.check(account)
        fingerprint = await self._pictures.do(identity.fingerprint_of, visitor, request, account)
        latest = await asyncio.to_thread(self._store.ledger.latest_with_fingerprint, fingerprint)
        if latest is not None and not latest.state.ended:
            return latest
        record = self._new(request, fingerprint, 1 + (latest.generation if latest else 0))
        named = replace(
            record,
            owner=owner,
            live=account.live,
            own_key=account.mark or None,
            title=title or record.title,
            stem=stem or record.stem,
        )
        if not account.live or account.mark or _is_trial(request):
            return await asyncio.to_thread(self._keep, named, request, facts)
        async with self._counting:
            (await self.allowance(named.owner)).check(named.expected)
            return await asyncio.to_thread(self._keep, named, request, facts)

    async def allowance(self, owner: str) -> Allowance:
        """How many live pictures are left today, for an owner and for all."""
        now = self._clock.now()
        return await asyncio.to_thread(left_today, self._store.ledger, self._settings, owner, now)

    async def earlier(self, request: Request, visitor: str) -> JobRecord | None:
        """The newest job of an equal request, when it has succeeded and its pictures are here."""
        await self._pictures.do(examine, request)
        account = self._accounts.account(vendor_of(request), identity.owner_of(visitor))
        fingerprint = await self._pictures.do(identity.fingerprint_of, visitor, request, account)
        latest = await asyncio.to_thread(self._store.ledger.latest_with_fingerprint, fingerprint)
        if latest is None or latest.state is not JobState.SUCCEEDED:
            return None
        names = [str(picture["name"]) for picture in latest.pictures]
        here = [self._store.find_file(latest.id, name) for name in names]
        return latest if names and all(here) else None

    def _new(self, request: Request, fingerprint: str, generation: int) -> JobRecord:
        return JobRecord(
            id=identity.job_id_of(fingerprint, generation, self._secret),
            owner="",
            fingerprint=fingerprint,
            generation=generation,
            vendor=vendor_of(request),
            live=False,
            title=naming.title_of(request),
            stem=naming.stem_of(request),
            request={},
            state=JobState.SUBMITTING,
            expected=request.expected_pictures,
            submitted_at=self._clock.now(),
        )

    def _keep(self, record: JobRecord, request: Request, facts: dict[str, Facts]) -> JobRecord:
        folder = self._store.folder(record.id, INPUT)
        copies = {name: _copied(picture, folder, name, facts) for name, picture in pictures_of(request)}
        kept = replace(record, request=packed_request(with_pictures(request, copies)))
        self._links.remember(record.id, request)
        with disk_full_as_error():
            if self._store.ledger.add(kept):
                job_log.submitted(kept)
                return kept
        # The other click of a double click was quicker: its row and its files are the same.
        return self._store.ledger.record(record.id) or kept


def _is_trial(request: Request) -> bool:
    return isinstance(request, TryOnRequest) and request.trial


def examine(request: Request) -> dict[str, Facts]:
    """The facts of every picture that lies here. Raises `InvalidRequest` for the first unusable one."""
    rule = RULES[vendor_of(request)]
    facts = {
        name: images.check(label(name), picture.path, rule)
        for name, picture in pictures_of(request)
        if isinstance(picture, FilePicture)
    }
    if isinstance(request, RefineRequest) and {"coarse", "person"} <= facts.keys():
        images.check_same_size((label("coarse"), facts["coarse"]), (label("person"), facts["person"]))
    return facts


def _refuse_lost(request: Request) -> None:
    """Raises `InvalidRequest` for a link of which only the host is known any more."""
    for name, picture in pictures_of(request):
        if isinstance(picture, KeptLink):
            found = f"a link to {picture.host} that was not kept"
            raise InvalidRequest(label(name), found, "the link once more, or the picture's file")


def label(name: str) -> str:
    """A picture's name in a request, in the visitor's words: `garment-1-2` is "garment 2"."""
    kind, *numbers = name.split("-")
    if kind in _LABELS:
        return _LABELS[kind]
    return f"{'model photo' if kind == 'model' else kind} {numbers[-1]}"


_LABELS = {"person": "person image", "top": "top", "bottom": "bottom", "coarse": "coarse image"}


def _copied(picture: Picture, folder: Path, name: str, facts: dict[str, Facts]) -> Picture:
    if not isinstance(picture, FilePicture):
        return picture
    target = folder / f"{name}{facts[name].extension}"
    write_atomically(target, picture.path.read_bytes())
    return FilePicture(target)
