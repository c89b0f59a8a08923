"""Turns checked suits and their photos into a task: which pictures will be made, and when they are due."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tryon_sandbox import ids
from tryon_sandbox.aidge.suit_rules import Suit
from tryon_sandbox.settings import Timing, Vendor
from tryon_sandbox.tasks import Picture, Task, TryOnOrder, due_times

_MIXED = ("fullbody", "halfbody")


@dataclass(frozen=True, slots=True)
class Plan:
    """A task, and the photos it needs by input name."""

    task: Task
    inputs: Mapping[str, bytes]


def plan(suits: tuple[Suit, ...], photos: Mapping[str, bytes], raw: str, now: float, timing: Timing) -> Plan:
    """The task for some suits. `photos` by URL; `raw` is what the caller sent, to recognise repeats."""
    task_id = ids.aidge_task_id()
    name_of = {url: f"{task_id}-{_digest(url)[:16]}" for url in photos}
    orders = [(at, *order) for at, suit in enumerate(suits) for order in _orders(suit, name_of.__getitem__)]
    starts_at = now + timing.queue_s
    due = due_times(task_id, starts_at, len(orders), timing)
    task = Task(
        id=task_id,
        vendor=Vendor.AIDGE,
        submitted_at=now,
        starts_at=starts_at,
        pictures=tuple(
            Picture(ids.picture_name(), order, moment, clothes, suit=at)
            for (at, order, clothes), moment in zip(orders, due, strict=True)
        ),
        fingerprint=_digest(raw),
        link_key=ids.link_key(),
    )
    return Plan(task, {name_of[url]: data for url, data in photos.items()})


def _orders(suit: Suit, name_of: Callable[[str], str]) -> list[tuple[TryOnOrder, str]]:
    """A suit's pictures, each with the garment's URL.

    With model photos there is one picture for each of them and `generateCount` is not looked at, as an older
    version of the page says; without, there are `generateCount`. A `mixed` view alternates, full body first.
    Of a suit's garments the first is the one that responses name.
    """
    garments = tuple((name_of(one.url), one.type) for one in suit.garments)
    people = [name_of(url) for url in suit.model_photos] or [""] * suit.count
    return [
        (
            TryOnOrder(garments, suit.model, _view(suit.view, index), index, person, suit.quality_gate),
            suit.garments[0].url,
        )
        for index, person in enumerate(people)
    ]


def _view(view: str, index: int) -> str:
    return _MIXED[index % 2] if view == "mixed" else view


def _digest(text: str) -> str:
    # JSON can hold half of a surrogate pair, which strict UTF-8 cannot.
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
