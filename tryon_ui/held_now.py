"""What a page holds by now. An event is told what was held when it began, and what it gives in the end takes
the place of all that was changed meanwhile, unless it looks again.

A handler that is `async`, looks again, and waits for nothing after that, changes what is there and loses
nothing where only other states come before the part in its outputs: Gradio writes those at once. Those that
are not `async` run in threads, beside each other.
"""

from __future__ import annotations

from typing import TypeVar

import gradio as gr
from gradio.context import LocalContext

T = TypeVar("T")


def held_now(part: gr.State, began_with: T) -> T:
    """What `part` holds of the page whose event is being answered, which was told that it `began_with` this.
    That is what is given where no event is answered, as for a script's call."""
    page, request = LocalContext.blocks.get(None), LocalContext.request.get(None)
    if page is None or request is None or not request.session_hash:
        return began_with
    held: T = page.state_holder[request.session_hash][part._id]
    return held
