"""Numbers and times as words."""

from __future__ import annotations

import pytest

from tryon_core import JobState
from tryon_ui import texts


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0:00"), (41.9, "0:41"), (725, "12:05"), (3725, "1:02:05"), (-3, "0:00")]
)
def test_a_clock_counts_minutes_and_hours(seconds: float, told: str) -> None:
    assert texts.clock(seconds) == told


@pytest.mark.parametrize(
    ("span", "told"),
    [
        (None, ""),
        ((40.2, 69.8), "usually 40 to 70 s"),
        ((70.0, 130.0), "usually 1 to 2 min"),
        ((58.0, 110.0), "usually 1 to 2 min"),
        ((0.1, 0.4), "usually about 1 s"),
    ],
)
def test_the_usual_range_is_told_in_round_numbers(span: tuple[float, float] | None, told: str) -> None:
    assert texts.usually(span) == told


def test_one_picture_is_not_several() -> None:
    assert (texts.create(1), texts.create(4)) == ("Create 1 picture", "Create 4 pictures")


def test_every_state_has_a_word_and_every_end_one_of_its_own() -> None:
    assert set(texts.STATE_WORDS) == set(JobState)
    assert set(texts.ENDED) == {state for state in JobState if state.ended} > texts.ENDED_AFTER
