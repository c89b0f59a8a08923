"""The page in the language of whoever asks for it, of a framework that builds a page once for everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gradio.context import Context
from gradio.data_classes import BlocksConfigDict

from tryon_ui.error_boundary import SayingBlocks
from tryon_ui.language import ENGLISH, LANGUAGES, speaking, spoken, wanted
from tryon_ui.texts import say


class SpokenBlocks(SayingBlocks):
    """A page whose parts are told, and whose events are answered, in the language of the call.

    Of the page as it was built in the other languages only the parts as browsers are told of them are kept:
    see `in_every_language`.
    """

    told: BlocksConfigDict
    parts_in: dict[str, list[dict[str, Any]]]

    @property
    def config(self) -> BlocksConfigDict:
        """What a browser is told of the page."""
        parts = self.parts_in.get(spoken())
        return {**self.told, "components": parts} if parts else self.told

    @config.setter
    def config(self, told: BlocksConfigDict) -> None:
        self.told = told
        self.parts_in = self.__dict__.get("parts_in", {})

    @property
    def auth_message(self) -> str:
        """What stands on the page where users log in."""
        return say("trouble.login_note")

    @auth_message.setter
    def auth_message(self, _message: str | None) -> None:
        """The framework sets what it was started with."""

    async def process_api(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Runs an event, in the language of whoever asks."""
        request = kwargs.get("request")
        with speaking(wanted(getattr(request, "headers", {}))):
            return await super().process_api(*args, **kwargs)


def in_every_language(build: Callable[[], SpokenBlocks]) -> SpokenBlocks:
    """The page that `build` makes, which is told in every language.

    It is built once for each, with the same ids: what a browser sends back then means the same part of the
    page, whose handlers are those of the English one.
    """
    first = Context.id
    page = build()
    for language in (name for name in LANGUAGES if name != ENGLISH):
        Context.id = first
        with speaking(language):
            page.parts_in[language] = build().told["components"]
    return page
