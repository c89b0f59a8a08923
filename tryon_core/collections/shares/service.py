"""Shares of collections: links that show pictures to whoever has them, and take a yes, a no and a word."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from tryon_core import identity
from tryon_core.clock import Clock
from tryon_core.collections.model import Collection, CollectionNotFound
from tryon_core.collections.shares import password_tries, records
from tryon_core.collections.shares.links import ShareLinks, digest_of, fits, hashed, new_id
from tryon_core.collections.shares.model import (
    LONGEST_PERSON,
    LONGEST_WORD,
    UNSAID,
    NewShare,
    PasswordNeeded,
    Share,
    SharedPage,
    ShareEnded,
    ShareNotFound,
    ShareRevoked,
    Unsaid,
    Verdict,
    Vote,
    check_length,
)
from tryon_core.collections.shares.page import (
    Picture,
    garments_shown,
    photo_of,
    pictures_wanted,
    usual_title,
    vote_of,
)
from tryon_core.collections.shares.records import ShareRecord, VoteRecord
from tryon_core.errors import InvalidRequest, rule
from tryon_core.requests.request import FilePicture
from tryon_core.secret import Secret
from tryon_core.sentences import one_line
from tryon_core.storage.ledger import Ledger
from tryon_core.units import DAY_S

Mine = Callable[..., Awaitable[Collection]]
Anybodys = Callable[[str], Awaitable[Collection]]


class Shares:
    """What owners do with their links, by the visitor's name; and what those who have a link do, by its
    token. `mine` gives a visitor's collection, `anybodys` the one with an id, whoever's it is; both raise
    `CollectionNotFound`."""

    def __init__(self, ledger: Ledger, secret: Secret, clock: Clock, mine: Mine, anybodys: Anybodys) -> None:
        self._ledger, self._links, self._clock = ledger, ShareLinks(secret), clock
        self._mine, self._anybodys = mine, anybodys

    # What owners do

    async def create(self, collection_id: str, new: NewShare, *, visitor: str) -> Share:
        """Makes a link. Raises `CollectionNotFound`, or `InvalidRequest` for pictures that are not there."""
        collection = await self._mine(collection_id, visitor=visitor)
        pictures = pictures_wanted(collection, new.pictures)
        password = await asyncio.to_thread(hashed, new.password.reveal()) if new.password else ""
        now = self._clock.now()
        record = ShareRecord(
            id=new_id(),
            collection_id=collection.id,
            owner=identity.owner_of(visitor),
            title=one_line(new.title) or usual_title(collection, pictures),
            lead=one_line(new.lead),
            shared_by=one_line(new.shared_by),
            shared_with=one_line(new.shared_with),
            pictures=pictures,
            votes=new.votes,
            password=password,
            created_at=now,
            ends_at=now + new.days * DAY_S,
        )
        await asyncio.to_thread(records.add, self._ledger, record)
        return self._seen(record)

    async def list(self, collection_id: str, *, visitor: str) -> tuple[Share, ...]:
        """The links of a collection, newest first. Raises `CollectionNotFound`."""
        collection = await self._mine(collection_id, visitor=visitor)
        found = await asyncio.to_thread(records.of_collection, self._ledger, collection.id)
        return tuple(map(self._seen, found))

    async def revoke(self, share_id: str, *, visitor: str) -> None:
        """Closes a link at once and for good. Raises `ShareNotFound`."""
        record = await asyncio.to_thread(records.share, self._ledger, share_id)
        if record is None or not identity.owns(visitor, record.owner):
            raise ShareNotFound
        await asyncio.to_thread(records.revoke, self._ledger, share_id, self._clock.now())

    async def votes(self, collection_id: str, *, visitor: str) -> tuple[Vote, ...]:
        """All that was said of a collection's pictures, oldest first. Raises `CollectionNotFound`."""
        return await self.said_of((await self._mine(collection_id, visitor=visitor)).id)

    async def said_of(self, collection_id: str) -> tuple[Vote, ...]:
        """The same of anybody's collection: for those who have looked whose it is."""
        shares = await asyncio.to_thread(records.of_collection, self._ledger, collection_id)
        under = {share.id: share for share in shares}
        found = await asyncio.to_thread(records.votes, self._ledger, list(under))
        return tuple(vote_of(row, under[row.share_id]) for row in found)

    # What those do who have the link

    async def page(
        self, token: str, *, key: str = "", reviewer: str = "", opened: bool = False, guesser: str = ""
    ) -> SharedPage:
        """What the link shows. `key` is what `unlock` gave, `reviewer` what this browser is known by; with
        `opened` it counts as opened by somebody. `guesser` as in `unlock`.

        Raises `ShareNotFound`, `ShareEnded`, `ShareRevoked` or `PasswordNeeded`.
        """
        record = await self._open(token, key, guesser)
        collection = await self._shown(record)
        name, said = await asyncio.to_thread(self._said_by, record, reviewer)
        if opened:
            await asyncio.to_thread(records.opened, self._ledger, record.id, self._clock.now())
        return SharedPage(
            title=record.title,
            lead=record.lead,
            shared_by=record.shared_by,
            created_at=record.created_at,
            ends_at=record.ends_at,
            votes=record.votes,
            garments=garments_shown(collection, record.pictures, said),
            reviewer=name,
        )

    async def unlock(self, token: str, password: str, *, guesser: str = "") -> str:
        """The key that this password gives; with the right one the link counts as opened by somebody.
        `guesser` is who tries, as far as that is known, such as by an address: after `TRIES` wrong ones in a
        row they have to wait, and others only where all together tried too often. Raises what `page`
        raises."""
        record = await self._record(token)
        who = self._ledger, record.id, guesser
        left = await asyncio.to_thread(password_tries.begin_try, *who, self._clock.now())
        if left is None:
            raise await self._asked(record, guesser)
        if not await asyncio.to_thread(fits, password, record.password):
            raise PasswordNeeded(left.left, left.wait_s, wrong=True, shared_by=record.shared_by)
        await asyncio.to_thread(password_tries.forget_tries, *who, self._clock.now())
        await asyncio.to_thread(records.opened, self._ledger, record.id, self._clock.now())
        return self._links.key_of(record.id, record.password)

    async def introduce(self, token: str, name: str, *, key: str = "", reviewer: str) -> None:
        """Keeps the name under which somebody says what they say. Raises what `page` raises, or
        `InvalidRequest`."""
        record = await self._voting(token, key)
        name = one_line(name)
        if not name:
            raise InvalidRequest(*rule("share_name", found=0, most=LONGEST_PERSON))
        check_length("name", name, LONGEST_PERSON)
        digest = digest_of(record.id, reviewer)
        await asyncio.to_thread(records.name_reviewer, self._ledger, record.id, digest, name)

    async def vote(
        self,
        token: str,
        number: int,
        verdict: Verdict | Unsaid | None,
        word: str | Unsaid,
        *,
        key: str = "",
        reviewer: str,
    ) -> None:
        """Keeps what somebody says of a picture, in place of what they said before; with `UNSAID` the
        verdict, or the word, stays: a page may be older than what was said elsewhere. Raises what `page`
        raises, or `InvalidRequest`: who votes has a name."""
        record = await self._voting(token, key)
        if not 1 <= number <= len(record.pictures):
            raise InvalidRequest(*rule("share_picture", found=number, most=len(record.pictures)))
        said = {"verdict": verdict, "word": word if word is UNSAID else _checked(word)}
        digest = digest_of(record.id, reviewer)
        if not await asyncio.to_thread(records.name_of, self._ledger, record.id, digest):
            raise InvalidRequest(*rule("share_name", found=0, most=LONGEST_PERSON))
        change = {name: value for name, value in said.items() if value is not UNSAID}
        await asyncio.to_thread(
            records.vote, self._ledger, record.id, digest, number, change, self._clock.now()
        )

    async def picture(self, token: str, number: int, *, key: str = "") -> Picture | None:
        """A picture of the link by its number, as the job and the name it has there; None for none."""
        record = await self._open(token, key)
        return record.pictures[number - 1] if 1 <= number <= len(record.pictures) else None

    async def photo(
        self, token: str, garment_id: str, number: int = 1, *, key: str = ""
    ) -> FilePicture | None:
        """A picture of a garment that has pictures under the link; None where there is none."""
        record = await self._open(token, key)
        collection = await self._shown(record)
        shown = garments_shown(collection, record.pictures, {})
        wanted = {(garment.id, photo) for garment in shown for photo in garment.photos}
        return photo_of(collection, garment_id, number) if (garment_id, number) in wanted else None

    async def _open(self, token: str, key: str, guesser: str = "") -> ShareRecord:
        record = await self._record(token)
        if record.password and not self._links.is_key(key, record.id, record.password):
            raise await self._asked(record, guesser)
        return record

    async def _asked(self, record: ShareRecord, guesser: str) -> PasswordNeeded:
        now = self._clock.now()
        tries = await asyncio.to_thread(password_tries.tries, self._ledger, record.id, guesser, now)
        return PasswordNeeded(tries.left, tries.wait_s, shared_by=record.shared_by)

    async def _shown(self, record: ShareRecord) -> Collection:
        try:
            return await self._anybodys(record.collection_id)
        except CollectionNotFound:  # deleted, and its links with it
            raise ShareNotFound from None

    async def _voting(self, token: str, key: str) -> ShareRecord:
        record = await self._open(token, key)
        if not record.votes:
            raise InvalidRequest(*rule("share_votes"))
        return record

    async def _record(self, token: str) -> ShareRecord:
        share_id = self._links.id_of(token)
        record = await asyncio.to_thread(records.share, self._ledger, share_id) if share_id else None
        if record is None:
            raise ShareNotFound
        if record.revoked_at is not None:
            raise ShareRevoked
        if self._clock.now() >= record.ends_at:
            raise ShareEnded(record.ends_at)
        return record

    def _said_by(self, record: ShareRecord, reviewer: str) -> tuple[str, Mapping[int, VoteRecord]]:
        if not reviewer:
            return "", {}
        digest = digest_of(record.id, reviewer)
        said = records.votes(self._ledger, [record.id], digest)
        return records.name_of(self._ledger, record.id, digest), {vote.picture: vote for vote in said}

    def _seen(self, record: ShareRecord) -> Share:
        return Share(
            id=record.id,
            token=self._links.token_of(record.id),
            collection_id=record.collection_id,
            title=record.title,
            pictures=len(record.pictures),
            votes=record.votes,
            has_password=bool(record.password),
            created_at=record.created_at,
            ends_at=record.ends_at,
            revoked_at=record.revoked_at,
            opened=record.opened,
            last_opened_at=record.last_opened_at,
            shared_by=record.shared_by,
            shared_with=record.shared_with,
        )


def _checked(word: str) -> str:
    word = one_line(word)
    check_length("word", word, LONGEST_WORD)
    return word
