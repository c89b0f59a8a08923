"""Where an error becomes something a visitor reads. Handlers have no try/except: `attempt` gives them a
problem to show in its place, and what none of them foresaw ends in `SayingBlocks`."""

from __future__ import annotations

import errno
import inspect
import logging
import uuid
from collections.abc import AsyncIterator, Awaitable
from typing import Any, TypeVar, get_type_hints

import gradio as gr
from gradio.block_function import BlockFunction
from gradio.exceptions import InvalidPathError
from gradio_client.utils import is_file_obj, is_http_url_like, traverse

from tryon_core import InvalidRequest, Problem, TryOnError, check_type
from tryon_ui.files import check_pictures
from tryon_ui.signatures import check_lengths, signature_of
from tryon_ui.texts import phrases, said, say

T = TypeVar("T")
log = logging.getLogger(__name__)
_NOT_THERE = (errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG)
_NO_NAME = "null byte"  # in a plain ValueError of the file system


def problem_of(error: Exception) -> Problem:
    """What the visitor reads about `error`; an unforeseen one is logged under an id to quote."""
    if isinstance(error, TryOnError):
        return error.problem
    reference = new_reference()
    log.error("unforeseen error %s", reference, exc_info=error)
    return bug(reference)


def bug(reference: str) -> Problem:
    """What is said about an error of this app that the log has under that id."""
    return Problem(said("trouble.bug_what"), said("trouble.bug_todo"), request_id=reference)


def new_reference() -> str:
    """An id that a visitor can quote, to be logged with what it stands for."""
    return uuid.uuid4().hex[:12]


def sentence(problem: Problem) -> str:
    """A problem where there is no card for it: what, what to do, and the id that the log has."""
    quoted = say("trouble.id", id=problem.request_id) if problem.request_id else ""
    return phrases.sentences((problem.what, problem.todo, quoted))


def error_of(problem: Problem) -> gr.Error:
    """A problem as the error that scripts get, and that the page shows where there is no card for it."""
    return gr.Error(sentence(problem), print_exception=False)


async def attempt(work: Awaitable[T]) -> T | Problem:
    """The result of `work`, or what is to be said about its failure."""
    try:
        return await work
    except Exception as error:  # the boundary: nothing may reach the page as a traceback
        return problem_of(error)


async def attempt_call(work: Awaitable[T]) -> T | str:
    """The result of a named endpoint, or what its caller is to read."""
    try:
        return await work
    except gr.Error as error:
        return str(error.message)
    except Exception as error:  # the same boundary
        return sentence(problem_of(error))


async def attempt_each(items: AsyncIterator[T]) -> AsyncIterator[T | Problem]:
    """The items of `items`, and at a failure what is to be said about it as the last one."""
    try:
        async for item in items:
            yield item
    except Exception as error:  # the same boundary, for streams
        yield problem_of(error)


def filled(event: BlockFunction, inputs: list[Any]) -> list[Any]:
    """The values of a call, with the defaults of what it leaves out at the end: a script that was written
    before an endpoint could take more goes on working. Raises `InvalidRequest` for what has none, and
    `gr.Error` for more values than there are."""
    missing = len(event.inputs) - len(inputs)
    if missing < 0 and event.fn is not None and event.api_visibility == "public":
        raise gr.Error(_too_many(event, len(inputs)), print_exception=False)
    if missing <= 0 or event.fn is None or event.api_visibility != "public":
        return inputs
    left_out = list(inspect.signature(event.fn).parameters.values())[-missing:]
    for parameter in left_out:
        if parameter.default is inspect.Parameter.empty:
            check_type(parameter.name, None, get_type_hints(event.fn)[parameter.name])
    return [*inputs, *(parameter.default for parameter in left_out)]


def by_address(event: BlockFunction, inputs: list[Any]) -> list[Any]:
    """The values of a call, with an address in place of each file that is one. It is fetched as typed links
    are, within our bounds; what the framework says of one that it cannot fetch helps nobody."""
    if event.api_visibility != "public":
        return inputs
    given: list[Any] = traverse(inputs, lambda file: file["path"], _is_address)
    return given


def check_files(event: BlockFunction, inputs: list[Any]) -> None:
    """Raises `InvalidRequest` for a picture that is none, before the framework looks at it: it does not say
    which one it is. And before that for a list that is too long to look through."""
    if event.fn is not None and event.api_visibility == "public":
        hints = get_type_hints(event.fn)
        given = dict(zip(signature_of(event).all, inputs, strict=True))
        check_lengths(given)
        for name, value in given.items():
            check_pictures(name, value, hints[name])


def _too_many(event: BlockFunction, found: int) -> str:
    signature = signature_of(event)
    too_many = say("trouble.too_many_values", name=signature.name, most=len(signature.all), found=found)
    return phrases.sentences((too_many, signature.words if signature.all else ""))


def _is_address(value: Any) -> bool:
    return bool(is_file_obj(value) and is_http_url_like(value["path"]))


def _names_no_upload(error: ValueError | OSError) -> bool:
    if isinstance(error, OSError):
        return error.errno in _NOT_THERE
    return isinstance(error, InvalidPathError | UnicodeError) or _NO_NAME in str(error)


class SayingBlocks(gr.Blocks):
    """A page whose events, whatever breaks in or around their handlers, end in words and an id that the log
    has. Gradio's own word for it is "Error"."""

    async def preprocess_data(self, *args: Any, **kwargs: Any) -> list[Any]:
        """The values of a call. Raises `InvalidRequest` for a file that is none of the uploads."""
        try:
            given: list[Any] = await super().preprocess_data(*args, **kwargs)
        except (ValueError, OSError) as error:
            if not _names_no_upload(error):
                raise
            # not repeated: a mistyped address may be a signed one
            found, limit = said("trouble.neither"), said("trouble.file_or_link")
            raise InvalidRequest(said("field.picture"), found, limit) from None
        return given

    async def process_api(
        self, block_fn: BlockFunction | int, inputs: list[Any], *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Runs an event. Raises `gr.Error` for everything that goes wrong."""
        fn = self.fns[block_fn] if isinstance(block_fn, int) else block_fn
        try:
            given = by_address(fn, filled(fn, inputs))
            check_files(fn, given)
            return await super().process_api(fn, given, *args, **kwargs)
        except gr.Error:
            raise
        except Exception as error:  # the same boundary, around what is not ours as well
            raise error_of(problem_of(error)) from None
