"""The line that has back what was deleted covers little, whatever that was called."""

from __future__ import annotations

from tryon_ui.undo_bar import COLLECTIONS, JOBS, LONGEST, Deleted, bar_html


def test_a_long_name_is_shortened_and_a_short_one_is_not() -> None:
    long, short = (bar_html(kind, [Deleted("id", name, 100.0)], 101.0) for kind, name in NAMES)

    assert f"{'W' * (LONGEST - 1)}\u2026 deleted" in long and "Autumn deleted" in short


NAMES = ((COLLECTIONS, "W" * 120), (JOBS, "Autumn"))
