"""One bound for whatever clients do too often: each for itself, all together, and forgotten in time."""

from __future__ import annotations

import pytest

from tryon_ui.serving.gate.rate_limits import SHARE_ANSWERS, UPLOADS, WRONG_LOGINS, Limit, RateLimiter

EVERY = pytest.mark.parametrize("limit", [WRONG_LOGINS, SHARE_ANSWERS, UPLOADS])


@EVERY
def test_a_client_has_to_wait_while_others_go_on_and_until_the_time_is_over(limit: Limit) -> None:
    time = 0.0
    limiter = RateLimiter(limit, lambda: time)
    assert limiter.take("tom", limit.each) and not limiter.take("tom")
    time = limit.window_s
    assert not limiter.take("tom") and limiter.take("ida")
    time += 1
    assert limiter.take("tom", limit.each)


@EVERY
def test_all_together_are_bound_as_one_client_can_pretend_to_be_many(limit: Limit) -> None:
    time = 0.0
    limiter = RateLimiter(limit, lambda: time)
    many = limit.in_all // limit.each
    assert all(limiter.take(f"tom {n}", limit.each) for n in range(many))
    assert limiter.take("ben", limit.in_all - many * limit.each) and not limiter.take("ida")
    time = limit.window_s + 1
    assert limiter.take("ida", limit.each)


def test_what_is_refused_is_not_counted_and_what_is_left_can_still_be_taken() -> None:
    limiter = RateLimiter(Limit(60.0, each=10, in_all=15), lambda: 0.0)
    assert not limiter.take("ann", 11) and limiter.take("ann", 10) and not limiter.take("ann", 1)
    assert not limiter.take("ben", 6) and limiter.take("ben", 5) and not limiter.take("eve", 1)


def test_to_look_counts_nothing_and_to_count_asks_nothing() -> None:
    limiter = RateLimiter(Limit(60.0, each=2, in_all=4), lambda: 0.0)
    assert all(limiter.has_room("ann") for _ in range(5))
    for _ in range(3):
        limiter.count("ann")
    assert not limiter.has_room("ann") and limiter.has_room("ben")


def test_clients_that_have_not_come_for_long_are_forgotten() -> None:
    time = 0.0
    limiter = RateLimiter(Limit(60.0, each=2, in_all=400), lambda: time)
    for number in range(100):
        limiter.take(f"client {number}")
    time = 61.0
    assert limiter.take("ann") and set(limiter._by_client) == {"ann"}
