"""Several watchers of one card."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tryon_ui.card_watchers import CardWatchers, Pane, until


async def one_then_silence() -> AsyncIterator[int]:
    yield 1
    await asyncio.Event().wait()


async def two() -> AsyncIterator[int]:
    yield 1
    yield 2


def test_a_newer_watcher_ends_the_older_one_of_the_same_card_only() -> None:
    watchers = CardWatchers()
    old, other = watchers.start("s", Pane.TRYON), watchers.start("s", Pane.REFINE)
    new = watchers.start("s", Pane.TRYON)

    assert old.over.is_set() and not old.stopped
    assert not new.over.is_set() and not other.over.is_set()


def test_a_stop_is_told_from_being_replaced() -> None:
    watchers = CardWatchers()
    watcher = watchers.start("s", Pane.TRYON)
    watchers.stop("s", Pane.TRYON)

    assert watcher.stopped and watcher.over.is_set()


def test_a_stop_without_a_watcher_does_nothing_and_a_returned_turn_is_forgotten() -> None:
    watchers = CardWatchers()
    watcher = watchers.start("s", Pane.TRYON)
    watchers.forget("s", Pane.TRYON, watcher)
    watchers.stop("s", Pane.TRYON)

    assert not watcher.over.is_set()


@pytest.mark.anyio
async def test_a_stream_passes_until_its_own_end() -> None:
    assert [item async for item in until(two(), asyncio.Event())] == [1, 2]


@pytest.mark.anyio
async def test_a_silent_stream_is_left_when_the_turn_is_over() -> None:
    over, seen = asyncio.Event(), []
    async for item in until(one_then_silence(), over):
        seen.append(item)
        over.set()

    assert seen == [1]
