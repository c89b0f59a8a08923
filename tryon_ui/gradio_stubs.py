"""Keeps Gradio from writing stubs. At every import it reads the source of each of its components to write
one, which its package brings along anyhow: that takes as long as all the rest of a start."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

_WRITER: Final = "gradio.component_meta"  # takes a component without a file for one that needs no stub


@contextmanager
def _without_stubs() -> Iterator[None]:
    file_of = inspect.getfile

    def getfile(asked: Any) -> str:
        if sys._getframe(1).f_globals.get("__name__") == _WRITER:
            raise OSError("no stub is wanted")
        return file_of(asked)

    vars(inspect)["getfile"] = getfile
    try:
        yield
    finally:
        vars(inspect)["getfile"] = file_of


with _without_stubs():
    import gradio.component_meta


class WithoutStubs(gradio.component_meta.ComponentMeta):
    """How components of ours are made. Gradio's own writes a stub beside the source of each, whenever the app
    starts."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        return super(gradio.component_meta.ComponentMeta, cls).__new__(cls, name, bases, attrs)
