"""Takes in what a collection is made of: pictures examined and copied once, for however many cells."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias, TypeVar

from tryon_core.collections import naming, parts
from tryon_core.collections.folders import CollectionFolders
from tryon_core.collections.new import NewGarment, NewModel
from tryon_core.collections.records import GarmentRecord, ModelRecord
from tryon_core.disk import Room, digest_of
from tryon_core.errors import GarmentsRefused, InvalidRequest, SeveralRefused, TryOnError, rule
from tryon_core.hosting.fetching import NotFetched
from tryon_core.images import preflight
from tryon_core.images.rules import ImageRule
from tryon_core.jobs.context import JobContext
from tryon_core.requests.request import FilePicture, KeptLink, LinkPicture, Model, OwnPhotos, Picture, Suit
from tryon_core.requests.request_parts import label
from tryon_core.vendors.registry import vendor

T = TypeVar("T")
Refusals: TypeAlias = Mapping[int, TryOnError]  # by their places
FETCHES_AT_ONCE = 4  # links are fetched so many at a time: they may all be of one shop


@dataclass(frozen=True, slots=True)
class TakenIn:
    """New rows and columns as they are kept."""

    garments: tuple[GarmentRecord, ...]
    models: tuple[ModelRecord, ...]

    @property
    def rows(self) -> tuple[GarmentRecord | ModelRecord, ...]:
        """Rows and columns together."""
        return (*self.garments, *self.models)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A picture in the collection's folder."""

    picture: FilePicture
    sha256: str

    @property
    def by_content(self) -> FilePicture:
        """What stands for it where only its content counts."""
        return FilePicture(Path(self.sha256))


class Intake:
    """Examines by a vendor's rules, and writes into the collection's folder."""

    def __init__(self, context: JobContext, room: Room, folders: CollectionFolders) -> None:
        self._context, self._room, self._folders = context, room, folders
        self._fetching = asyncio.Semaphore(FETCHES_AT_ONCE)

    async def taken_in(
        self,
        collection_id: str,
        garments: Sequence[NewGarment],
        models: Sequence[NewModel],
        vendor_id: str,
        owner: str,
    ) -> TakenIn:
        """Rows and columns, each from position 0 on; their pictures are in the folder then, or none of them.

        Raises `InvalidRequest`, for all garments or all photos that cannot be used, or `NotFetched`, which
        name them, or a `StorageFault`.
        """
        rules, folder = vendor(vendor_id).image_rules, self._folders.of(collection_id)
        garment_ids, model_ids = _new_ids(garments), _new_ids(models)
        await asyncio.to_thread(self._room.check, owner, _bytes_of(garments, models))
        try:
            numbered = enumerate(zip(garments, garment_ids, strict=True), 1)
            looked_at = (
                self._suit(_field(number, new), new.suit, row_id, folder, rules["garment"])
                for number, (new, row_id) in numbered
            )
            suits = await _all(looked_at, GarmentsRefused)
            people = await _all(
                self._model(new.model, row_id, folder, rules["model"])
                for new, row_id in zip(models, model_ids, strict=True)
            )
        except BaseException:
            await asyncio.to_thread(self._folders.discard, collection_id, (*garment_ids, *model_ids))
            raise
        rows = [_row(collection_id, at, *pair) for at, pair in enumerate(zip(garments, suits, strict=True))]
        columns = [
            _column(collection_id, at, *pair) for at, pair in enumerate(zip(models, people, strict=True))
        ]
        return TakenIn(tuple(rows), tuple(columns))

    async def look_at(
        self, garments: Sequence[NewGarment], models: Sequence[NewModel], vendor_id: str
    ) -> None:
        """Examines the files among their pictures as `taken_in` does, and writes nothing. Raises
        `InvalidRequest` that tells those which the vendor does not take."""
        rules = vendor(vendor_id).image_rules
        pictures = [
            (_field(number, new), one.picture, rules["garment"])
            for number, new in enumerate(garments, 1)
            for one in new.suit.garments
        ]
        pictures += [
            (label(f"model-{number}"), picture, rules["model"])
            for new in models
            if isinstance(new.model, OwnPhotos)
            for number, picture in enumerate(new.model.pictures, 1)
        ]
        run = self._context.image_pool.run
        await _all(
            run(preflight.examine, field, picture.path, rule)
            for field, picture, rule in pictures
            if isinstance(picture, FilePicture)
        )

    async def _suit(
        self, field: str, suit: Suit, suit_id: str, folder: Path, rule: ImageRule
    ) -> tuple[str, Suit, Suit]:
        """A suit with its pictures in the folder, and the same by their contents."""
        kept = [
            await self._kept(field, garment.picture, folder / f"{suit_id}-{i}", rule)
            for i, garment in enumerate(suit.garments, 1)
        ]
        pairs = list(zip(suit.garments, kept, strict=True))
        here = Suit(tuple(replace(garment, picture=one.picture) for garment, one in pairs))
        return suit_id, here, Suit(tuple(replace(garment, picture=one.by_content) for garment, one in pairs))

    async def _model(
        self, model: Model, model_id: str, folder: Path, rule: ImageRule
    ) -> tuple[str, Model, Model]:
        if not isinstance(model, OwnPhotos):
            return model_id, model, model
        kept = [
            await self._kept(label(f"model-{i}"), picture, folder / f"{model_id}-{i}", rule)
            for i, picture in enumerate(model.pictures, 1)
        ]
        here, same = (tuple(one.picture for one in kept), tuple(one.by_content for one in kept))
        return model_id, OwnPhotos(here), OwnPhotos(same)

    async def _kept(self, field: str, picture: Picture, stem: Path, rule: ImageRule) -> _Kept:
        run = self._context.image_pool.run
        if isinstance(picture, FilePicture):
            seen = await run(preflight.examine, field, picture.path, rule)
            target = stem.with_name(stem.name + seen.facts.extension)
            await asyncio.to_thread(self._copy, field, picture.path, target, seen.sha256)
            return _Kept(FilePicture(target), seen.sha256)
        data = await self._fetched(field, picture)
        target = stem.with_name(stem.name + preflight.extension_of(field, data))
        await asyncio.to_thread(self._write, target, data, digest_of(data))
        seen = await run(preflight.examine, field, target, rule)
        return _Kept(FilePicture(target), seen.sha256)

    async def _fetched(self, field: str, link: LinkPicture | KeptLink) -> bytes:
        if isinstance(link, KeptLink):
            raise InvalidRequest(*rule("link_not_kept", field, host=link.host))
        async with self._fetching:
            try:
                return await self._context.fetcher.fetch(link.url)
            except NotFetched as error:
                raise NotFetched(error.why, field) from None

    def _copy(self, field: str, source: Path, target: Path, sha256: str) -> None:
        data = source.read_bytes()
        if digest_of(data) != sha256:
            raise InvalidRequest(*rule("changed_file", field))
        self._write(target, data, sha256)

    def _write(self, target: Path, data: bytes, sha256: str) -> None:
        self._room.check_free(len(data))
        self._context.store.contents.write(target, data, sha256)


def _row(collection_id: str, at: int, new: NewGarment, kept: tuple[str, Suit, Suit]) -> GarmentRecord:
    row_id, suit, by_content = kept
    name, article = naming.names_of(new)
    same = fingerprint_of(name, article, parts.packed_suit(by_content))
    return GarmentRecord(row_id, collection_id, at, name, article, parts.packed_suit(suit), same)


def _column(collection_id: str, at: int, new: NewModel, kept: tuple[str, Model, Model]) -> ModelRecord:
    column_id, model, by_content = kept
    name = naming.name_of(new)
    same = fingerprint_of(name, parts.packed_model(by_content))
    return ModelRecord(column_id, collection_id, at, name, parts.packed_model(model), same)


def fingerprint_of(*content: object) -> str:
    """The same for equal JSON."""
    return digest_of(json.dumps(content, sort_keys=True).encode())


def _bytes_of(garments: Sequence[NewGarment], models: Sequence[NewModel]) -> int:
    """Of the pictures that lie here; what links lead to is looked at when it comes."""
    pictures = [garment.picture for new in garments for garment in new.suit.garments]
    pictures += [
        picture for new in models if isinstance(new.model, OwnPhotos) for picture in new.model.pictures
    ]
    files = [picture.path for picture in pictures if isinstance(picture, FilePicture)]
    return sum(file.stat().st_size for file in files if file.is_file())


def _field(number: int, new: NewGarment) -> str:
    """What a row is called where its picture is refused: as somebody named it, else by its place."""
    return naming.tidy(new.name) or label(f"garment-{number}")


def _new_ids(those: Sequence[object]) -> list[str]:
    return [secrets.token_hex(20) for _ in those]


def _several(refusals: Refusals) -> TryOnError:
    first, *others = refusals.values()
    return SeveralRefused([first, *others]) if others else first


async def _all(work: Iterable[Awaitable[T]], refused: Callable[[Refusals], TryOnError] = _several) -> list[T]:
    """What all of it comes to, in order. What fails first, by the order, is raised once nothing goes on; of
    pictures that cannot be used or had all are told then, as `refused` makes it."""
    done = await asyncio.gather(*work, return_exceptions=True)
    failed = [one for one in done if isinstance(one, BaseException)]
    refusals = {at: one for at, one in enumerate(done) if isinstance(one, InvalidRequest | NotFetched)}
    if failed and isinstance(failed[0], InvalidRequest | NotFetched):
        raise refused(refusals)
    if failed:
        raise failed[0]
    return [one for one in done if not isinstance(one, BaseException)]
