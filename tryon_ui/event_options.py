"""How events are connected: the same options everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias, TypedDict

import gradio as gr
from gradio.components import Component
from gradio.events import Dependency

Changing: TypeAlias = tuple[Dependency, ...]
"""Events after which less may be left of what a visitor can spend."""


class EventOptions(TypedDict):
    """The options of every event of the page."""

    show_progress: str
    show_progress_on: list[Component]
    concurrency_limit: None
    api_visibility: str


class RepeatedOptions(EventOptions):
    """The same, and what becomes of an event that comes while the one before it is not answered."""

    trigger_mode: str


# Our own card shows the progress, so no part is told of it: even hidden, it would count the seconds of what
# is under way in every frame, and a watcher always is. As that waits most of its time, none may hold another
# up; scripts have endpoints of their own.
PAGE: Final[EventOptions] = {
    "show_progress": "hidden",
    "show_progress_on": [],
    "concurrency_limit": None,
    "api_visibility": "private",
}

# Unless told otherwise, Gradio drops an event unsaid that comes while the one before it is under way.
EACH: Final[RepeatedOptions] = {**PAGE, "trigger_mode": "multiple"}
"""For clicks that say themselves what they are about: none takes the place of another."""
_NEWEST: Final[RepeatedOptions] = {**PAGE, "trigger_mode": "always_last"}
_NOTHING: Final = "() => []"


def untouched(parts: Sequence[object]) -> tuple[Any, ...]:
    """What an event gives for these outputs that leaves each as it is."""
    return tuple(gr.skip() for _ in parts)


def told(event: gr.EventData, name: str) -> str:
    """What the page's script told with an event; it comes from outside."""
    return str(event._data.get(name, ""))[:1000] if isinstance(event._data, dict) else ""


def on_newest(
    triggers: Sequence[Callable[..., Dependency]],
    fn: Callable[..., Any],
    inputs: Component | Sequence[Component] | None,
    outputs: Component | Sequence[Component] | None,
) -> Dependency:
    """Connects what is read from the page as it stands: of several triggers the last one counts, and is drawn
    last. `fn` is told nothing of them.

        on_newest([garment.change, bottom.change], look, [garment, bottom], hints)

    When the one before it has ended, Gradio triggers again what had to wait, and with it all else that is
    connected to the same trigger. Two such of one trigger, under way at once, set each other off for ever: so
    each follows on a step of its own that does nothing, in the browser, and only that step is its trigger.
    """
    step = gr.on(list(triggers), None, None, None, js=_NOTHING, **PAGE)
    following: Dependency = step.then(fn, inputs, outputs, **_NEWEST)
    return following
