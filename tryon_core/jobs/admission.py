"""Lets a request in: checks that cost nothing, then the files and the row that a job begins with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from weakref import WeakValueDictionary

from sqlalchemy.engine import Connection

from tryon_core import identity
from tryon_core.account import Account
from tryon_core.configuration.settings import Settings
from tryon_core.disk import Room, digest_of, told_by_kind
from tryon_core.errors import InvalidRequest, rule
from tryon_core.images import preflight
from tryon_core.images.preflight import Examined
from tryon_core.job_state import MAYBE_FETCHED, JobState
from tryon_core.jobs import job_log
from tryon_core.jobs.context import JobContext
from tryon_core.requests.request import FilePicture, KeptLink, LibraryModel, Picture, Request, TryOnRequest
from tryon_core.requests.request_parts import (
    kind_of,
    label,
    links_of,
    packed_request,
    pictures_of,
    with_pictures,
)
from tryon_core.secret import Secret
from tryon_core.sentences import said
from tryon_core.storage.job_inputs import INPUT
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.spending import Allowance, left_today
from tryon_core.vendors.registry import vendor
from tryon_core.vendors.spec import Delivery, VendorSpec

Examination = Mapping[str, Examined]
"""What was found in the pictures of a request that lie here, by their names in it."""


@dataclass(frozen=True, slots=True)
class MadeFor:
    """What wanted the job: its collection, and what writes there that this is the job, in the transaction
    that adds the row. It may refuse that, by raising. `batch` is the job whose request takes its suit along,
    None where it goes by itself."""

    collection_id: str
    take: Callable[[Connection, str], None]
    batch: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A request that may become a job, examined once: whose it is, who pays, and the jobs that are equal to
    it, the youngest generation first."""

    request: Request
    owner: str
    account: Account
    examined: Examination
    fingerprint: str
    equals: tuple[JobRecord, ...]

    @property
    def generation(self) -> int:
        """That of the next job: deleted ones keep theirs while they can be had back."""
        return 1 + max((record.generation for record in self.equals), default=0)


class Admission:
    """Makes the beginning of a job, or finds the job that already runs for the same request."""

    def __init__(self, settings: Settings, context: JobContext, secret: Secret) -> None:
        self._settings = settings
        self._context, self._store = context, context.store
        self._secret = secret
        self._arriving: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self.sandbox_models: tuple[str, ...] = ()  # all names that it knows; none where that is not known
        self.room = Room(
            context.store.jobs_folder,
            context.store.size_of_owner,
            strangers=settings.is_public and not settings.auth,
        )

    async def candidate(self, request: Request, visitor: str, vendor_id: str) -> Candidate:
        """The request, examined. Raises `InvalidRequest` or `OwnKeyNeeded`."""
        owner = identity.owner_of(visitor)
        check_asked(request, vendor(vendor_id))  # first: a wrong vendor has no account to go with
        account = self._context.accounts.account(vendor(vendor_id).id, owner)
        return await self.candidate_of(request, owner, account)

    async def candidate_of(self, request: Request, owner: str, account: Account) -> Candidate:
        """The same for an account that was settled on before. Raises `InvalidRequest`."""
        spec = vendor(account.vendor)
        self.check_account(request, account)
        examined = await self._context.image_pool.run(examine, request, spec)
        contents = {name: one.sha256 for name, one in examined.items()}
        fingerprint = identity.fingerprint_of(owner, request, account, contents)
        equals = await asyncio.to_thread(self._store.ledger.with_fingerprint, fingerprint)
        return Candidate(request, owner, account, examined, fingerprint, equals)

    def check_account(self, request: Request, account: Account) -> None:
        """Raises `InvalidRequest` for what the vendor does not do, and for a model that the sandbox does not
        have: a live vendor may have others than its pages name."""
        check_asked(request, vendor(account.vendor))
        model = request.model if isinstance(request, TryOnRequest) and not account.live else None
        if isinstance(model, LibraryModel) and model.name not in (self.sandbox_models or (model.name,)):
            raise InvalidRequest(*rule("sandbox_model", model=model.name, those=self.sandbox_models))

    async def earlier(self, candidate: Candidate) -> JobRecord | None:
        """The newest equal job that is not deleted, when it has succeeded and its pictures are here, or when
        the vendor may still be at work on it: another one might be paid for twice."""
        latest = next((record for record in candidate.equals if record.deleted_at is None), None)
        if latest is None or latest.state in MAYBE_FETCHED:
            return latest
        if latest.state is not JobState.SUCCEEDED:
            return None
        names = [str(picture["name"]) for picture in latest.pictures]
        here = [self._store.find_file(latest.id, name) for name in names]
        return latest if names and all(here) else None

    async def admit(
        self, candidate: Candidate, title: str | None, stem: str | None, made_for: MadeFor | None = None
    ) -> JobRecord:
        """The row of the job; of an equal one that runs, its row.

        Raises `NoPublicAddress`, `AllowanceSpent` and `DiskFull`: no job is kept then.
        """
        if running := next((record for record in candidate.equals if not record.state.ended), None):
            return running
        if await asyncio.to_thread(self.room.is_short):
            await self._context.make_room()
        if candidate.examined and vendor(candidate.account.vendor).delivery is Delivery.LINK:
            self._context.hosting.check(candidate.account)
        new = self._new(candidate, title, stem)
        if made_for is not None:
            new = replace(new, collection_id=made_for.collection_id, batch=made_for.batch)
        async with self._arriving.setdefault(new.id, asyncio.Lock()):  # equal ones have one folder
            await self._store.left(new.id)
            return await asyncio.to_thread(self._keep, new, candidate, made_for)

    def allowance(self, owner: str) -> Allowance:
        """How many live pictures are left today, for an owner and for all. Blocks for about a millisecond."""
        with self._store.ledger.engine.connect() as connection:
            return left_today(connection, self._settings, owner, self._context.clock.now())

    def _check(self, record: JobRecord, made_for: MadeFor | None, connection: Connection) -> None:
        """Raises `AllowanceSpent`, or what refuses the job where it was wanted."""
        if made_for is not None:
            made_for.take(connection, record.id)
        if record.live and not record.own_key:
            now = record.submitted_at
            left_today(connection, self._settings, record.owner, now).check(record.expected)

    def _new(self, candidate: Candidate, title: str | None, stem: str | None) -> JobRecord:
        request, account = candidate.request, candidate.account
        return JobRecord(
            id=identity.job_id_of(candidate.fingerprint, candidate.generation, self._secret),
            owner=candidate.owner,
            fingerprint=candidate.fingerprint,
            generation=candidate.generation,
            vendor=account.vendor,
            live=account.live,
            own_key=account.mark or None,
            title=title or identity.title_of(request),
            stem=stem or identity.stem_of(request),
            request={},
            state=JobState.SUBMITTING,
            expected=request.expected_pictures,
            submitted_at=self._context.clock.now(),
        )

    def _keep(self, record: JobRecord, candidate: Candidate, made_for: MadeFor | None) -> JobRecord:
        sizes = {one.sha256: one.facts.size for one in candidate.examined.values()}
        self.room.check(record.owner, sum(sizes.values()))
        mark = self._store.arriving(record.id)
        try:
            return self._kept(record, candidate, made_for)
        finally:
            if self._store.ledger.record(record.id) is None:
                self._context.links.forget(record.id)
                self._store.drop_files(record.id)
            mark.unlink(missing_ok=True)

    def _kept(self, record: JobRecord, candidate: Candidate, made_for: MadeFor | None) -> JobRecord:
        request, examined = candidate.request, candidate.examined
        copies = {
            name: self._copied(record, picture, name, examined) for name, picture in pictures_of(request)
        }
        kept = replace(record, request=packed_request(with_pictures(request, copies)))
        if links := links_of(request):
            self._context.links.remember(record.id, links)
        with told_by_kind():
            if self._store.ledger.add(kept, partial(self._check, kept, made_for)):
                self._context.examined[record.id] = {name: one.facts for name, one in examined.items()}
                job_log.submitted(kept)
                return kept
        # The other click of a double click was quicker. Its row has the same id, unless a deleted equal job
        # went for good between the two.
        there = self._store.ledger.with_fingerprint(record.fingerprint)
        return min(there, key=lambda one: (one.state.ended, one.id != record.id), default=kept)

    def _copied(self, record: JobRecord, picture: Picture, name: str, examined: Examination) -> Picture:
        if not isinstance(picture, FilePicture):
            return picture
        target = self._store.folder(record.id, INPUT) / f"{name}{examined[name].facts.extension}"
        seen, data = examined[name], picture.path.read_bytes()
        touched = picture.path.stat().st_mtime_ns != seen.written_at
        if touched and digest_of(data) != seen.sha256:
            raise InvalidRequest(*rule("changed_file", label(name)))
        self._store.contents.write(target, data, seen.sha256)
        return FilePicture(target)


def examine(request: Request, spec: VendorSpec) -> dict[str, Examined]:
    """What is in every picture that lies here. Raises `InvalidRequest` for the first unusable one."""
    examined = {
        name: preflight.examine(label(name), picture.path, spec.image_rules[kind_of(name)])
        for name, picture in pictures_of(request)
        if isinstance(picture, FilePicture)
    }
    preflight.check_same_sizes({name: one.facts for name, one in examined.items()}, spec.same_size)
    return examined


def check_asked(request: Request, spec: VendorSpec) -> None:
    """Raises `InvalidRequest` for what this vendor does not do, and for a link of which only the host is
    known any more."""
    if request.capability not in spec.capabilities:
        asked = said(f"capability.{request.capability}")
        raise InvalidRequest(*rule("cannot", vendor=spec.name, capability=asked))
    if request.trial and not spec.trial_setting:
        raise InvalidRequest(*rule("no_trial", vendor=spec.name))
    for name, picture in pictures_of(request):
        if isinstance(picture, KeptLink):
            raise InvalidRequest(*rule("link_not_kept", label(name), host=picture.host))
