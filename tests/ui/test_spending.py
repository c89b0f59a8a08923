"""The line under a main button: what a click uses, and what is left."""

from __future__ import annotations

import pytest

from tryon_core import KeySource, vendor
from tryon_ui.tabs.spending import Spending, line_html, price

AIDGE, AILAB = vendor("aidge"), vendor("ailab")


@pytest.mark.parametrize(
    ("spending", "count", "trial", "words"),
    [
        (Spending(AIDGE, KeySource.SANDBOX), 4, False, "Sandbox: nothing is charged."),
        (Spending(AIDGE, KeySource.CLOSED), 4, True, "Sandbox: nothing is charged."),
        (Spending(AIDGE, KeySource.OPERATOR), 1, False, "Live: Aidge charges for 1 picture."),
        (Spending(AIDGE, KeySource.OPERATOR), 4, True, "Live: taken from the trial quota."),
        (Spending(AIDGE, KeySource.OWN), 8, False, "Your key: Aidge charges you for 8 pictures."),
        (Spending(AILAB, KeySource.OPERATOR), 1, False, "Live: AILab charges 25 credits."),
        (Spending(AILAB, KeySource.OWN), 1, True, "Your key: AILab charges you 25 credits."),
    ],
)
def test_what_a_click_uses_is_told_before_it(spending: Spending, count: int, trial: bool, words: str) -> None:
    assert price(spending, count, trial=trial) == words


@pytest.mark.parametrize(
    ("left", "count", "words", "door"),
    [
        (12, 4, "12 pictures left today.", False),
        (4, 4, "4 pictures left today.", False),
        (1, 4, "Only 1 picture left today: ask for fewer", True),
        (0, 1, "No pictures are left today", True),
    ],
)
def test_what_is_left_today_is_told_and_where_it_is_too_little_the_way_out(
    left: int, count: int, words: str, door: bool
) -> None:
    html = line_html(Spending(AIDGE, KeySource.OPERATOR, left), count)

    assert words in html and ('data-key="aidge"' in html) is door


def test_a_trial_job_is_of_what_is_left_today_too() -> None:
    assert "No pictures are left today" in line_html(Spending(AIDGE, KeySource.OPERATOR, 0), 4, trial=True)


def test_where_there_is_no_number_nothing_is_said_of_one() -> None:
    html = line_html(Spending(AIDGE, KeySource.OPERATOR), 4, whom="<Hoodie> on James.")

    assert "today" not in html and "&lt;Hoodie&gt; on James. Live:" in html


@pytest.mark.parametrize(
    ("credits", "told"), [(1250.0, "1,250"), (0.0, "0"), (1250.5, "1,250.5"), (1000000.0, "1,000,000")]
)
def test_the_balance_stands_beside_the_price(credits: float, told: str) -> None:
    html = line_html(Spending(AILAB, KeySource.OWN, balance=credits), 1)

    assert f"charges you 25 credits. Balance: {told} credits." in html
