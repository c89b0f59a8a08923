"""Fetches the photos that suits name, and has them checked as the service does when a task is submitted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

from tryon_sandbox.aidge.photo_rules import check
from tryon_sandbox.aidge.suit_rules import GarmentRef, Suit
from tryon_sandbox.fetching import Fetch, FetchError

_LOG = logging.getLogger(__name__)


async def fetch_photos(suits: tuple[Suit, ...], fetch: Fetch) -> dict[str, bytes]:
    """All photos of the suits by URL, each fetched once. Raises what `photo_rules.check` does."""
    garments = {one.url: where for suit in suits for where, one in _garment_places(suit)}
    models = {url: f"modelImage[{at}]" for suit in suits for at, url in enumerate(suit.model_photos)}
    urls = list({**garments, **models})
    answers = await asyncio.gather(*(fetch(url) for url in urls), return_exceptions=True)
    found = {url: _bytes_of(answer) for url, answer in zip(urls, answers, strict=True)}
    await asyncio.to_thread(check, garments, models, found)
    return found


def _garment_places(suit: Suit) -> Iterator[tuple[str, GarmentRef]]:
    for at, garment in enumerate(suit.garments):
        yield f"clothesList[{at}].imageUrl", garment


def _bytes_of(answer: bytes | BaseException) -> bytes:
    """What a fetch gave; nothing when it failed in whatever way, as for the caller that is all the same."""
    if isinstance(answer, bytes):
        return answer
    if not isinstance(answer, FetchError):
        _LOG.warning("A fetch failed with %s instead of FetchError.", type(answer).__name__)
    return b""
