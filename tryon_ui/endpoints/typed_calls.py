"""Calls of scripts, whose values are checked by the annotations that describe the endpoints."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable
from functools import wraps
from typing import Any, get_args, get_type_hints

import gradio as gr

from tryon_core import InvalidRequest, check_type
from tryon_ui.error_boundary import error_of
from tryon_ui.files import check_pictures
from tryon_ui.signatures import check_lengths


def typed(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """The endpoint, not entered with a value of another type than it says. Raises `gr.Error` then.

    One that answers several times is described by what each answer is.
    """
    hints, signature = get_type_hints(endpoint), inspect.signature(endpoint)
    checked = {name: hints[name] for name in signature.parameters if hints[name] is not gr.Request}

    def check(*args: Any, **kwargs: Any) -> None:
        given = signature.bind(*args, **kwargs).arguments
        try:
            check_lengths(given)
            for name in (name for name in checked if name in given):  # in their order: the first is told
                check_type(name, given[name], checked[name])
                check_pictures(name, given[name], checked[name])
        except InvalidRequest as error:
            raise error_of(error.problem) from None

    @wraps(endpoint)
    async def once(*args: Any, **kwargs: Any) -> Any:
        check(*args, **kwargs)
        return await endpoint(*args, **kwargs)

    @wraps(endpoint)
    async def each(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        check(*args, **kwargs)
        async for answer in endpoint(*args, **kwargs):
            yield answer

    if not inspect.isasyncgenfunction(endpoint):
        return once
    answer = get_args(hints["return"])[0]
    each.__annotations__ = {**hints, "return": answer}
    each.__signature__ = signature.replace(return_annotation=answer)  # type: ignore[attr-defined]
    return each
