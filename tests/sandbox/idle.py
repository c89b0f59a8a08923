"""Waits for the renderer."""

from __future__ import annotations

import asyncio

from tryon_sandbox.state import Sandbox


async def idle(sandbox: Sandbox) -> None:
    """Returns when nothing is being rendered any more."""
    await asyncio.gather(*sandbox.render_queue._at_work.values(), return_exceptions=True)
