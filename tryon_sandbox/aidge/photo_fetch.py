"""Fetches the photos that suits name, and checks them as the service does when a task is submitted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping

from tryon_sandbox.aidge.errors import BusinessError
from tryon_sandbox.aidge.suits import GarmentRef, Suit
from tryon_sandbox.decoding import look_at
from tryon_sandbox.fetching import Fetch, FetchError

_LOG = logging.getLogger(__name__)

_FORMATS = frozenset({"JPEG", "PNG", "BMP", "WEBP"})
"""What the sibling service (Virtual Model Alternation) lists; the try-on pages say nothing."""

_SHORTEST = 150
_LONGEST = 3000


async def fetch_photos(suits: tuple[Suit, ...], fetch: Fetch) -> dict[str, bytes]:
    """All photos of the suits by URL, each fetched once. Raises `BusinessError`.

    701: a garment could not be fetched, or what came is no picture. 703: a side is under 150 px. 700: a side
    is over 3000 px, or a model photo is unusable, for which the page has no code of its own.
    """
    garments = {one.url: where for suit in suits for where, one in _garment_places(suit)}
    models = {url: f"modelImage[{at}]" for suit in suits for at, url in enumerate(suit.model_photos)}
    urls = list({**garments, **models})
    answers = await asyncio.gather(*(fetch(url) for url in urls), return_exceptions=True)
    found = {url: _bytes_of(answer) for url, answer in zip(urls, answers, strict=True)}
    await asyncio.to_thread(_check, garments, models, found)
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


def _check(garments: Mapping[str, str], models: Mapping[str, str], found: Mapping[str, bytes]) -> None:
    for url, where in garments.items():
        _check_garment(found[url], where)
    for url, where in models.items():
        photo = look_at(found[url])
        if photo is None or photo.format not in _FORMATS:
            raise BusinessError("700", f"{where} could not be fetched as a picture")


def _check_garment(data: bytes, where: str) -> None:
    photo = look_at(data)
    if photo is None or photo.format not in _FORMATS:
        raise BusinessError("701")
    if photo.shortest < _SHORTEST:
        raise BusinessError("703")
    if photo.longest > _LONGEST:
        raise BusinessError("700", f"{where} has a side of more than {_LONGEST} pixels")
