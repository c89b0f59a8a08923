"""The last press of a star holds, in whatever order the calls come and are done."""

from __future__ import annotations

import asyncio

import pytest

from tryon_ui.presses import Presses

STAR = ("me", "page", "c", "job-1", "1")


@pytest.mark.anyio
@pytest.mark.parametrize("order", [(1, 2), (2, 1), (1, 3, 2), (3, 2, 1)])
async def test_the_last_press_holds_in_whatever_order_they_come(order: tuple[int, ...]) -> None:
    presses, done = Presses(), list[int]()

    async def press(n: int) -> None:
        async with presses.turn(STAR, n) as is_newest:
            await asyncio.sleep(0)
            if is_newest:
                done.append(n)

    await asyncio.gather(*map(press, order))
    assert done[-1] == max(order)


@pytest.mark.anyio
async def test_one_that_waited_while_another_came_is_not_done_any_more() -> None:
    presses, begun, done = Presses(), asyncio.Event(), list[int]()

    async def first() -> None:
        async with presses.turn(STAR, 1):
            await begun.wait()

    async def later(n: int) -> None:
        async with presses.turn(STAR, n) as is_newest:
            done.extend([n] if is_newest else [])

    waiting = asyncio.gather(first(), later(2), later(3))
    await asyncio.sleep(0)
    begun.set()
    await waiting
    assert done == [3]


@pytest.mark.anyio
async def test_another_star_waits_for_none_and_few_are_remembered() -> None:
    presses, done = Presses(most=1), list[str]()
    async with presses.turn(STAR, 5), presses.turn(("another",), 1) as is_newest:
        done.extend(["another"] if is_newest else [])
    async with presses.turn(STAR, 1) as is_newest:
        done.extend(["forgotten"] if is_newest else [])
    assert done == ["another", "forgotten"]
