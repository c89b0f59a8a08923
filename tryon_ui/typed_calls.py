"""Calls of scripts, whose values are checked by the annotations that describe the endpoints."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, TypeVar, get_type_hints

import gradio as gr

from tryon_core import InvalidRequest, check_type
from tryon_ui.error_boundary import told

T = TypeVar("T")


def typed(endpoint: Callable[..., Awaitable[T]]) -> Callable[..., Awaitable[T]]:
    """The endpoint, not entered with a value of another type than it says. Raises `gr.Error` then."""
    hints, signature = get_type_hints(endpoint), inspect.signature(endpoint)
    checked = {name: hints[name] for name in signature.parameters if hints[name] is not gr.Request}

    @wraps(endpoint)
    async def call(*args: Any, **kwargs: Any) -> T:
        given = signature.bind(*args, **kwargs).arguments
        try:
            for name in checked.keys() & given.keys():
                check_type(name, given[name], checked[name])
        except InvalidRequest as error:
            raise told(error.problem) from None
        return await endpoint(*args, **kwargs)

    return call
