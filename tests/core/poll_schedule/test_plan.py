"""When to ask: what is learned, the schedule made of it, and how it compares with a fixed loop."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.polling import MEDIANS_S, measured
from tests.core.wires import PACES, PRIORS, VENDORS
from tryon_core.poll_schedule.durations import Spread, Wait, learned
from tryon_core.poll_schedule.plan import FEWEST, LONGEST_S, plan

SPREADS = st.builds(Spread, median=st.floats(0.3, 900), sigma=st.floats(0.02, 2.5), known=st.integers(0, 40))
AIDGE = PACES["aidge"]


@pytest.mark.slow
@pytest.mark.parametrize("median", MEDIANS_S)
def test_after_thirty_tasks_answers_are_seen_in_about_half_the_time_for_no_more_questions(
    median: float,
) -> None:
    row = measured("aidge", median, beginnings=60)
    assert row.ours.polls <= row.fixed.polls
    assert row.ours.delay <= 0.55 * row.fixed.delay
    assert row.ours.delay <= 1.15 * row.best.delay


@pytest.mark.slow
@pytest.mark.parametrize("median", MEDIANS_S)
def test_where_the_vendor_wants_five_seconds_fewer_questions_do(median: float) -> None:
    row = measured("ailab", median, beginnings=30)
    assert row.ours.polls <= 0.9 * row.fixed.polls
    assert row.ours.delay <= 1.03 * row.fixed.delay
    assert row.ours.delay <= 1.15 * row.best.delay


@pytest.mark.slow
@settings(max_examples=60)
@given(SPREADS, st.sampled_from(VENDORS), st.floats(0, 1))
def test_whatever_was_learned_the_vendors_distance_and_the_deadline_hold(
    spread: Spread, vendor: str, phase: float
) -> None:
    pace = PACES[vendor]
    *times, last = plan(spread, pace).polls(phase)
    gaps = [later - earlier for earlier, later in pairwise((0.0, *times))]
    assert min(gaps, default=pace.least) >= pace.least * 0.999999
    assert max(gaps[1:], default=0) <= LONGEST_S * 1.000001
    assert last == pace.deadline


@pytest.mark.slow
@settings(max_examples=40)
@given(SPREADS, st.sampled_from(VENDORS))
def test_a_plan_takes_no_more_questions_than_the_fixed_loop_or_three(spread: Spread, vendor: str) -> None:
    pace, random = PACES[vendor], Random(7)
    chosen = plan(spread, pace)
    tasks = [min(spread.median * random.lognormvariate(0, spread.sigma), pace.deadline) for _ in range(3000)]
    times = list(chosen.polls())
    ours = sum(1 + sum(time < task for time in times) for task in tasks)
    fixed = sum(math.ceil(task / pace.fixed) for task in tasks)
    assert ours <= 1.06 * max(fixed, FEWEST * len(tasks))  # the two differ by chance


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("median", [1e-3, 1e-9, 1e-20])
def test_tasks_that_end_at_once_are_asked_about_as_soon_as_the_vendor_allows(
    vendor: str, median: float
) -> None:
    for sigma in (0.05, 0.5, 5.0):
        made = plan(Spread(median, sigma, 40), PACES[vendor])
        assert made.first() <= 2 * PACES[vendor].least


def test_a_task_that_is_late_is_asked_about_less_and_less() -> None:
    times = [time for time in plan(Spread(12.0, 0.35, 30), AIDGE).polls() if time > 30]
    gaps = [later - earlier for earlier, later in pairwise(times[:-1])]
    assert gaps[0] < 4 and gaps[-1] > 8 and all(b > a * 0.99 for a, b in pairwise(gaps))


@pytest.mark.parametrize("median", [1e4, 3 * 86_400.0, 1e12])
def test_tasks_that_seemed_to_take_days_leave_a_plan_within_the_deadline(median: float) -> None:
    *times, last = plan(Spread(median, 0.1, 40), AIDGE).polls()
    assert last == AIDGE.deadline and times == sorted(times) and len(times) >= 3


def test_asking_goes_on_slowly_about_a_task_older_than_the_deadline() -> None:
    assert plan(Spread(12.0, 0.35, 30), AIDGE).next(5000.0) == 5000.0 + LONGEST_S


def test_jobs_begun_together_do_not_ask_together() -> None:
    chosen = plan(Spread(40.0, 0.35, 30), AIDGE)
    firsts = [chosen.first(phase / 10) for phase in range(11)]
    assert all(later - earlier > 0.05 for earlier, later in pairwise(firsts))


def seen(median: float, sigma: float, tasks: int, gap: float) -> list[Wait]:
    """Tasks as a loop with this gap sees them."""
    random = Random(3)
    times = [median * random.lognormvariate(0, sigma) for _ in range(tasks)]
    return [Wait(time // gap * gap, (time // gap + 1) * gap) for time in times]


@pytest.mark.parametrize("gap", [0.5, 5.0, 12.0])
def test_the_true_times_are_learned_however_seldom_they_were_looked_at(gap: float) -> None:
    known = learned(seen(30.0, 0.35, 400, gap), PRIORS["aidge"])
    assert known.median == pytest.approx(30.0, rel=0.05)
    assert known.sigma == pytest.approx(0.35, abs=0.05)


def test_without_history_the_prior_holds_and_a_few_tasks_move_it() -> None:
    prior = PRIORS["aidge"]
    few = learned(seen(100.0, 0.1, 2, 1.0), prior)
    assert learned([], prior) == prior
    assert prior.median < few.median < 100.0 and few.sigma > 0.3


def test_a_vendor_that_became_faster_is_noticed_though_it_is_asked_late() -> None:
    waits = seen(40.0, 0.35, 30, 3.0)
    before = plan(learned(waits, PRIORS["aidge"]), AIDGE).first()
    for _ in range(30):  # each task takes a second now
        chosen = plan(learned(waits[-40:], PRIORS["aidge"]), AIDGE)
        waits.append(Wait(0.0, chosen.first()))
    assert chosen.first() < before / 2


def test_what_cannot_be_is_not_learned_from() -> None:
    prior = PRIORS["ailab"]
    assert learned([Wait(5.0, 5.0), Wait(-3.0, 4.0), Wait(8.0, 2.0)], prior) == prior
