"""The one place where an error becomes something a visitor reads. Handlers have no try/except."""

from __future__ import annotations

import logging
import uuid
from collections.abc import AsyncIterator, Awaitable
from typing import TypeVar

import gradio as gr

from tryon_core import Problem, TryOnError
from tryon_ui import texts

T = TypeVar("T")
log = logging.getLogger(__name__)


def problem_of(error: Exception) -> Problem:
    """What the visitor reads about `error`; an unforeseen one is logged under an id to quote."""
    if isinstance(error, TryOnError):
        return error.problem
    reference = uuid.uuid4().hex[:12]
    log.error("unforeseen error %s", reference, exc_info=error)
    return Problem(texts.BUG_WHAT, texts.BUG_TODO, request_id=reference)


def error_of(problem: Problem) -> gr.Error:
    """A problem as the error that scripts get, and that the page shows where there is no card for it."""
    return gr.Error(f"{problem.what} {problem.todo}", print_exception=False)


async def attempt(work: Awaitable[T]) -> T | Problem:
    """The result of `work`, or what is to be said about its failure."""
    try:
        return await work
    except Exception as error:  # the boundary: nothing may reach the page as a traceback
        return problem_of(error)


async def attempt_each(items: AsyncIterator[T]) -> AsyncIterator[T | Problem]:
    """The items of `items`, and at a failure what is to be said about it as the last one."""
    try:
        async for item in items:
            yield item
    except Exception as error:  # the same boundary, for streams
        yield problem_of(error)
