"""What is imported is no garbage, and need not be looked through again and again."""

from __future__ import annotations

import gc

RARELY = (20_000, 20, 100)  # when garbage is looked for; Python's own are 700, 10 and 10


def leave_out_what_is_there() -> None:
    """Leaves all that is there out of every look for garbage: a seventh of what the tests compute was spent
    on looking through Gradio, pytest and thousands of tests."""
    gc.freeze()
    gc.set_threshold(*RARELY)
    gc.enable()
