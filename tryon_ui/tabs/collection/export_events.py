"""What opens the dialog with a collection's files."""

from __future__ import annotations

from typing import Any

import gradio as gr

from tryon_core import Collection, Problem
from tryon_ui import parts, visitor
from tryon_ui.collection.clicks import board_click
from tryon_ui.collection.handing_over import panel_html
from tryon_ui.error_boundary import attempt, sentence
from tryon_ui.event_options import EACH, PAGE
from tryon_ui.page_context import PageContext


def connect(context: PageContext, who: gr.BrowserState) -> None:
    """Lays out the dialog's place and connects it, inside `gr.Blocks`."""
    panel = parts.html(elem_id="handover", script="handOver")

    async def show(request: gr.Request, event: gr.EventData, stored: str) -> Any:
        name, collection_id = visitor.of_page(stored, request), board_click(event).collection_id
        found = await attempt(_told(context, collection_id, visitor=name))
        if isinstance(found, Problem):
            gr.Warning(sentence(found))
            return gr.skip()
        return panel_html(*found)

    panel.select(show, who, panel, **EACH)
    panel.clear(lambda: "", None, panel, **PAGE)


async def _told(context: PageContext, collection_id: str, *, visitor: str) -> tuple[Collection, str]:
    collections = context.studio.collections
    told = await collections.get(collection_id, visitor=visitor)
    return told, await collections.ticket(collection_id, visitor=visitor)
