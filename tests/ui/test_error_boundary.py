"""The one place that turns errors into words."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest

from tryon_core import InvalidRequest, Problem
from tryon_ui.error_boundary import attempt, attempt_each, error_of


async def give(value: int) -> int:
    return value


async def refuse() -> int:
    raise InvalidRequest("garment", "no photo", "one photo")


async def break_down() -> int:
    raise ZeroDivisionError("secret detail")


async def one_then_trouble() -> AsyncIterator[int]:
    yield 1
    raise InvalidRequest("job", "gone", "a job")


@pytest.mark.anyio
async def test_a_success_passes_through() -> None:
    assert await attempt(give(3)) == 3


@pytest.mark.anyio
async def test_an_error_of_the_core_is_told_in_its_own_words() -> None:
    problem = await attempt(refuse())

    assert isinstance(problem, Problem)
    assert problem.what == "Garment: found no photo." and problem.field == "garment"


@pytest.mark.anyio
async def test_an_unforeseen_error_is_logged_under_the_id_that_the_visitor_gets(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        problem = await attempt(break_down())

    assert isinstance(problem, Problem)
    assert problem.request_id and problem.request_id in caplog.text
    assert "secret detail" not in problem.what + problem.todo


@pytest.mark.anyio
async def test_a_stream_ends_with_the_trouble_it_ran_into() -> None:
    items = [item async for item in attempt_each(one_then_trouble())]

    assert items[0] == 1 and isinstance(items[1], Problem) and len(items) == 2


def test_scripts_are_told_what_happened_and_what_to_do() -> None:
    assert error_of(Problem("It broke.", "Mend it.")).message == "It broke. Mend it."
