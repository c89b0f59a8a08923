"""How components of ours are made out of Gradio's."""

from __future__ import annotations

from typing import Any

from gradio.component_meta import ComponentMeta


class WithoutStubs(ComponentMeta):
    """Gradio's own writes a stub beside the source of every component, each time the app starts."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        return super(ComponentMeta, cls).__new__(cls, name, bases, attrs)
