"""What Gradio holds of each page that is open and each call of a script: their own, no copy of the page.

For every session Gradio describes all of the page anew and keeps that for deep links, which are not offered.
With this page that takes 15 ms and 220 KB, also for a script's call, which nobody comes back to.
"""

from __future__ import annotations

from typing import Any, Final

import gradio as gr
from gradio.routes import App
from gradio.state_holder import SessionState, StateHolder

Described = dict[str, Any]
SESSIONS: Final = 1000  # kept in memory; a page that comes back later begins anew


class _KeepsNothing(dict[int, Described]):
    """Has a description of every part of the page, and all are empty: none is made, none is kept."""

    def __contains__(self, _part: object) -> bool:
        return True

    def __getitem__(self, _part: int) -> Described:
        return {}

    def __setitem__(self, _part: int, _described: Described) -> None:
        pass


class _NoParts:
    """A page as far as a new session looks at it, with no part to be described."""

    def __init__(self, page: gr.Blocks) -> None:
        self.default_config = page.default_config
        self.blocks: dict[int, object] = {}


class Sessions(StateHolder):
    """The sessions of an app, in place of Gradio's own holder."""

    def __init__(self, page: gr.Blocks) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.set_blocks(page)

    def __getitem__(self, session_id: str) -> SessionState:
        """The session by that name, made where there is none yet."""
        if session_id not in self.session_data:
            self.session_data[session_id] = self._new()
        return super().__getitem__(session_id)

    def _new(self) -> SessionState:
        session = SessionState(_NoParts(self.blocks))  # type: ignore[arg-type]
        session.config_values = _KeepsNothing()
        return session


def keep_sessions_small(app: App) -> None:
    """Lets an app that has no session yet hold them so."""
    app.state_holder = Sessions(app.get_blocks())
