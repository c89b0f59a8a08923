"""How events are connected: the same options everywhere."""

from __future__ import annotations

from typing import Final, TypeAlias, TypedDict

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
NEWEST: Final[RepeatedOptions] = {**PAGE, "trigger_mode": "always_last"}
"""For what is read from the page as it stands: the last one counts, and is drawn last."""
EACH: Final[RepeatedOptions] = {**PAGE, "trigger_mode": "multiple"}
"""For clicks that say themselves what they are about: none takes the place of another."""
