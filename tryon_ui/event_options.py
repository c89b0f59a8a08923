"""How events are connected: the same options everywhere."""

from __future__ import annotations

from typing import Final, TypeAlias, TypedDict

from gradio.events import Dependency

Changing: TypeAlias = tuple[Dependency, ...]
"""Events after which less may be left of what a visitor can spend."""


class EventOptions(TypedDict):
    """The options of every event of the page."""

    show_progress: str
    concurrency_limit: None
    api_visibility: str


class RepeatedOptions(EventOptions):
    """The same, and what becomes of an event that comes while the one before it is not answered."""

    trigger_mode: str


# Our own card shows the progress; a watcher waits most of its time, so none may hold another up; scripts
# have endpoints of their own.
PAGE: Final[EventOptions] = {
    "show_progress": "hidden",
    "concurrency_limit": None,
    "api_visibility": "private",
}

# Unless told otherwise, Gradio drops an event unsaid that comes while the one before it is under way.
NEWEST: Final[RepeatedOptions] = {**PAGE, "trigger_mode": "always_last"}
"""For what is read from the page as it stands: the last one counts, and is drawn last."""
EACH: Final[RepeatedOptions] = {**PAGE, "trigger_mode": "multiple"}
"""For clicks that say themselves what they are about: none takes the place of another."""
