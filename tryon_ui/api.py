"""The named endpoints for scripts and agents. They block until the job has ended."""

from __future__ import annotations

from tryon_ui.desk import Desk


def publish(desk: Desk) -> None:
    """Adds the endpoints to the page being built."""
