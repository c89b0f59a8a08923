"""Which of a task's pictures are one job's, where the suits of several jobs went out in one request.

The vendor names the garment beside each picture, and lists its sub-tasks in the order of the suits; a picture
is a job's own if one of the two says so and the other does not say otherwise. Nothing goes by when it came.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from tryon_core.requests.request import LinkPicture, Suit
from tryon_core.vendors.task import RemoteImage, Snapshot, SubTask, TaskStatus

Garments = frozenset[str]
"""What a suit's garments are known by in answers: see `known_by`."""


@dataclass(frozen=True, slots=True)
class BatchPlace:
    """Which suit of a request is a job's own, counted from 0, and what the garments of all are known by."""

    at: int
    suits: tuple[Garments, ...]

    def packed(self) -> dict[str, object]:
        """For the database: digests, no links."""
        return {"at": self.at, "suits": [sorted(garments) for garments in self.suits]}


def place_of(packed: dict[str, Any] | None) -> BatchPlace | None:
    """A place as it was kept; None for a job that went out alone."""
    if packed is None:
        return None
    return BatchPlace(int(packed["at"]), tuple(map(frozenset, packed["suits"])))


def known_by(link: str) -> str:
    """What a garment is known by: a digest of where its link leads. What follows it, a signature as a rule, a
    vendor may leave out or have renewed, and it may write the same path with other escapes."""
    try:
        parts = urlsplit(link)
        where = f"{(parts.hostname or '').lower()}{unquote(parts.path)}"
    except ValueError:
        where = link
    return hashlib.sha256(where.encode(errors="surrogatepass")).hexdigest()[:16]


def garments_of(suit: Suit) -> Garments:
    """What a suit's garments are known by, as they are sent."""
    pictures = (garment.picture for garment in suit.garments)
    return frozenset(known_by(picture.url) for picture in pictures if isinstance(picture, LinkPicture))


def own_part(snapshot: Snapshot, place: BatchPlace | None, pictures: int) -> Snapshot:
    """A job's own part of what was said of a task in which each suit brings so many `pictures`."""
    if place is None:
        return snapshot
    order = _order(snapshot, place, pictures)
    own, mixed = list[SubTask](), False
    for at, part in enumerate(snapshot.sub_tasks):
        if order is not None:
            own += [part] if order[at] == place.at else []
            continue
        images = tuple(image for image in part.images if _wearers(image, place) == {place.at})
        mixed |= any(len(_wearers(image, place)) != 1 for image in part.images)
        own += [replace(part, images=images)] if images else []
    lacks = sum(len(part.images) for part in own) < max(pictures, 1)
    if order is None and not own and not mixed:
        own = _strays(snapshot)
    return replace(snapshot, sub_tasks=tuple(own), mixed=mixed and lacks)


def _wearers(image: RemoteImage, place: BatchPlace) -> set[int]:
    """The suits that a picture may be of, by the garments named beside it; none where none is known."""
    named = set(map(known_by, image.clothes))
    return {at for at, garments in enumerate(place.suits) if named and named <= garments}


def _order(snapshot: Snapshot, place: BatchPlace, pictures: int) -> list[int] | None:
    """The suit of each sub-task by its place in the list; None where that does not tell.

    A list is only looked at when it is whole, and is of no use where a garment beside a picture is that of
    another suit, or is the same in what would be two suits.
    """
    order = _counted(snapshot, len(place.suits), pictures) if snapshot.ended else None
    if order is None:
        return None
    foreign = dict[str, int]()
    for suit, part in zip(order, snapshot.sub_tasks, strict=True):
        for image in part.images:
            wearers = _wearers(image, place)
            if wearers and suit not in wearers:
                return None
            if not wearers and any(foreign.setdefault(link, suit) != suit for link in image.clothes):
                return None
    return order


def _counted(snapshot: Snapshot, suits: int, pictures: int) -> list[int] | None:
    """A sub-task is a suit or, as often, a picture. Where there are as many as suits of several pictures, but
    none with more than one, it could be either, with some left out."""
    parts = snapshot.sub_tasks
    if len(parts) == suits and (pictures <= 1 or any(len(part.images) > 1 for part in parts)):
        return list(range(suits))
    if len(parts) == suits * pictures:
        return [at // pictures for at in range(len(parts))]
    return None


def _strays(snapshot: Snapshot) -> list[SubTask]:
    """Of sub-tasks that failed and say not for which garment: that they did, and by which code if all have
    the same one."""
    failed: Sequence[SubTask] = [
        part for part in snapshot.sub_tasks if part.status is TaskStatus.FAILED and not part.images
    ]
    alike = len({(part.code, part.message) for part in failed}) == 1
    return [failed[0] if alike else SubTask(TaskStatus.FAILED)] if failed else []
