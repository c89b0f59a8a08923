"""How often a link's password may be tried, by one and by all together, on a ledger alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tryon_core.collections.shares.password_tries import Tries, begin_try, forget_tries, tries
from tryon_core.storage.ledger import Ledger
from tryon_core.units import DAY_S

NOW, LINK = 1_700_000_000.0, "link"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger(f"sqlite:///{tmp_path / 'studio.sqlite'}")
    made.open()
    yield made
    made.close()


def tried(ledger: Ledger, guesser: str, times: int, now: float = NOW) -> list[Tries | None]:
    return [begin_try(ledger, LINK, guesser, now) for _ in range(times)]


def test_a_guesser_has_five_then_waits_and_each_time_twice_as_long(ledger: Ledger) -> None:
    now, waits = NOW, []
    for _ in range(6):
        *_, last = tried(ledger, "eve", 5, now)
        assert last and last.left == 0 and begin_try(ledger, LINK, "eve", now) is None
        assert tries(ledger, LINK, "eve", now) == last
        waits.append(last.wait_s)
        now += last.wait_s
    assert waits == [900, 1800, 3600, 7200, 14_400, 14_400]


def test_nobody_else_waits(ledger: Ledger) -> None:
    tried(ledger, "eve", 9)
    assert tries(ledger, LINK, "ann", NOW) == Tries(5, 0.0)
    assert begin_try(ledger, LINK, "ann", NOW) == Tries(4, 0.0)
    forget_tries(ledger, LINK, "ann", NOW)
    assert tries(ledger, LINK, "ann", NOW) == Tries(5, 0.0)
    assert tries(ledger, "another link", "eve", NOW) == Tries(5, 0.0)


def test_many_who_guess_together_have_480_in_a_day(ledger: Ledger) -> None:
    each_hour = [
        sum(
            one is not None for at in range(60) for one in tried(ledger, f"{hour}.{at}", 1, NOW + 3600 * hour)
        )
        for hour in range(4)
    ]
    assert each_hour == [40, 20, 20, 20]
    shut = tries(ledger, LINK, "ann", NOW + 3 * 3600)
    assert shut.left == 0 and 0 < shut.wait_s <= 180
    assert begin_try(ledger, LINK, "ann", NOW + 3 * 3600 + shut.wait_s) == Tries(4, 0.0)


def test_right_passwords_use_nothing_up(ledger: Ledger) -> None:
    for _ in range(100):
        assert begin_try(ledger, LINK, "ann", NOW) == Tries(4, 0.0)
        forget_tries(ledger, LINK, "ann", NOW)


def test_a_clock_that_was_ahead_holds_nobody_longer(ledger: Ledger) -> None:
    for at in range(60):
        tried(ledger, f"eve {at}", 1, NOW + DAY_S)
    tried(ledger, "eve", 5, NOW + DAY_S)
    assert begin_try(ledger, LINK, "eve", NOW) is not None
