"""What the page's script reports when a button in our HTML is pressed. It comes from outside."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from tryon_ui.card.parts import Act


@dataclass(frozen=True, slots=True)
class Click:
    """Which button, of which job, at which picture; `task` and `title` are what was typed beside it."""

    act: Act
    job_id: str
    number: int
    task: str
    title: str = ""


def click_of(event: gr.EventData) -> Click:
    """The click that `event` tells of; whatever it lacks is empty, an unknown act opens."""
    data = event._data if isinstance(event._data, dict) else {}
    act, number = data.get("act"), data.get("n")
    return Click(
        act=Act(act) if isinstance(act, str) and act in list(Act) else Act.OPEN,
        job_id=str(data.get("job", ""))[:200],
        number=number if isinstance(number, int) else 1,
        task=str(data.get("task") or "")[:200].strip(),
        title=str(data.get("title") or "")[:200].strip(),
    )
