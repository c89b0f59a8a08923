"""What a stream of events says when it breaks off. Gradio sends the text of the error along: where the app is
stopped it names places in the code, and folders of this machine."""

from __future__ import annotations

from typing import Any

from gradio import routes
from gradio.server_messages import UnexpectedErrorMessage

from tryon_ui.texts import say


class BrokenOff(UnexpectedErrorMessage):
    """The same, in words of ours; whether the session is known stays."""

    def __init__(self, **told: Any) -> None:
        super().__init__(**{**told, "message": say("trouble.broken_off")})


def end_streams_in_words() -> None:
    """Lets streams of pages and of scripts end so."""
    vars(routes)["UnexpectedErrorMessage"] = BrokenOff
