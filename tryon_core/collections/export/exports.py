"""The files of a collection, as front ends ask for them.

What sets type is imported when it is first wanted: a start of the app takes half a second less.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from tryon_core.clock import Clock
from tryon_core.collections.export.contents import Export
from tryon_core.collections.export.file_names import USUAL_PATTERN, file_name
from tryon_core.collections.export.of_collection import Cover, Which, best_of, export_of
from tryon_core.collections.export.zip_stream import Copies, zip_stream
from tryon_core.collections.model import Collection
from tryon_core.collections.shares.model import Vote
from tryon_core.errors import InvalidRequest, rule
from tryon_core.images.preflight import ImagePool
from tryon_core.units import MB

_USUAL_COVER = Cover()
# Of what is made in memory as a whole; a PDF takes some three times its size. The zip and the page take any.
MOST_IN_PDF = 300 * MB  # bytes of its pictures
MOST_ON_SHEET = 1200  # pictures: with more the whole is larger than its smallest places allow


class Get(Protocol):
    """How a visitor's collection is had."""

    def __call__(self, collection_id: str, *, visitor: str) -> Awaitable[Collection]: ...


# What was said under links of the pictures of a collection, by its id.
Said = Callable[[str], Awaitable[Sequence[Vote]]]


@dataclass(frozen=True, slots=True)
class Download:
    """A file that is made as it is read. `chunks` are read once, and each one blocks for a while: read them
    in a worker thread, as servers do with an iterator that is not asynchronous."""

    name: str
    media_type: str
    chunks: Iterator[bytes]


class CollectionExports:
    """What is handed over. Every method raises `CollectionNotFound` for a collection that is not there or is
    somebody else's, and `InvalidRequest` where there is no such picture in it."""

    def __init__(self, get: Get, said: Said, clock: Clock, pool: ImagePool) -> None:
        self._get, self._said, self._clock, self._pool = get, said, clock, pool

    async def zip(
        self,
        collection_id: str,
        *,
        visitor: str,
        which: Which = Which.CHOSEN,
        pattern: str = USUAL_PATTERN,
        copies: Copies = Copies.ORIGINAL,
        cover: Cover = _USUAL_COVER,
    ) -> Download:
        """The pictures to the byte, or copies with the AI label, with manifests. Names of files go by the
        pattern: `{article} {garment} {model} {view} {n} {vendor} {date}` and what stands between. Raises
        `InvalidRequest` for one that will not do, too."""
        export = await self._export(collection_id, visitor, which, cover)
        return Download(
            f"{file_name(export.title)}.zip", "application/zip", zip_stream(export, pattern, copies)
        )

    async def lookbook_page(
        self, collection_id: str, *, visitor: str, which: Which = Which.CHOSEN, cover: Cover = _USUAL_COVER
    ) -> Download:
        """The lookbook as one HTML file, refined pictures in place of their firsts."""
        from tryon_core.collections.export.lookbook_html import lookbook_html

        export = best_of(await self._export(collection_id, visitor, which, cover))
        return Download(f"{file_name(export.title)}.html", "text/html", lookbook_html(export))

    async def lookbook(
        self, collection_id: str, *, visitor: str, which: Which = Which.CHOSEN, cover: Cover = _USUAL_COVER
    ) -> Download:
        """The lookbook as a PDF, refined pictures in place of their firsts. Raises `InvalidRequest` for more
        than `MOST_IN_PDF`, too."""
        from tryon_core.collections.export.lookbook_pdf import lookbook_pdf

        export = best_of(await self._export(collection_id, visitor, which, cover))
        if (size := sum(picture.size for picture in export.pictures)) > MOST_IN_PDF:
            raise InvalidRequest(*rule("much_for_pdf", found=size // MB, most=MOST_IN_PDF // MB))
        return await self._made(export, "pdf", "application/pdf", lookbook_pdf)

    async def contact_sheet(
        self, collection_id: str, *, visitor: str, which: Which = Which.CHOSEN, cover: Cover = _USUAL_COVER
    ) -> Download:
        """All of the pictures on one, as a JPEG. Raises `InvalidRequest` for more than `MOST_ON_SHEET`."""
        from tryon_core.collections.export.contact_sheet import contact_sheet

        export = await self._export(collection_id, visitor, which, cover)
        if (count := sum(1 for _ in export.pictures)) > MOST_ON_SHEET:
            raise InvalidRequest(*rule("many_on_sheet", found=count, most=MOST_ON_SHEET))
        return await self._made(export, "jpg", "image/jpeg", contact_sheet)

    async def _export(self, collection_id: str, visitor: str, which: Which, cover: Cover) -> Export:
        collection = await self._get(collection_id, visitor=visitor)
        votes, now = await self._said(collection.id), self._clock.now()
        return await asyncio.to_thread(partial(export_of, collection, which, cover, now, votes))

    async def _made(
        self, export: Export, ending: str, media_type: str, make: Callable[[Export], bytes]
    ) -> Download:
        data = await self._pool.run(make, export)
        return Download(f"{file_name(export.title)}.{ending}", media_type, iter((data,)))
