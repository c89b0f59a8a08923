"""How often a link's password may be tried: by one guesser, and by all together.

Who guesses is kept from trying, and not whoever has the password: a guesser has `TRIES` wrong ones in a row,
then waits, each time longer. As somebody can pretend to be many, all together are bound as well, to no more
guesses in a day than one who waits a quarter of an hour after each five.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tryon_core.backoff import Backoff
from tryon_core.collections.shares.links import digest_of
from tryon_core.storage.ledger import Ledger
from tryon_core.storage.share_tables import SHARE_TRIES
from tryon_core.units import DAY_S

TRIES: Final = 5  # wrong passwords of one guesser before they wait
BETWEEN: Final = Backoff(900.0, 14_400.0)  # after these, and after as many again
IN_ALL: Final = 40  # wrong ones of everybody at once
ONE_MORE_S: Final = 180.0  # until everybody has one more: 480 in a day
_ALL: Final = ""  # stands for all together: a guesser's digest is never empty
_LONGEST_S: Final = {True: IN_ALL * ONE_MORE_S, False: BETWEEN.longest_s}


@dataclass(frozen=True, slots=True)
class Tries:
    """`left` wrong ones are left, or none for `wait_s` seconds."""

    left: int = TRIES
    wait_s: float = 0.0


@dataclass(frozen=True, slots=True)
class _Counted:
    """Wrong ones in a row, and until when there are too many (Unix seconds)."""

    wrong: int = 0
    until: float = 0.0


def tries(ledger: Ledger, share_id: str, guesser: str, now: float) -> Tries:
    """How often a guesser may try now. Blocks for milliseconds."""
    with ledger.engine.connect() as connection:
        return _now(connection, share_id, _known_as(share_id, guesser), now)


def begin_try(ledger: Ledger, share_id: str, guesser: str, now: float) -> Tries | None:
    """Counts a try before it is looked at, so that many at once are no more than many in turn; what is left
    behind it. None where there is none. Blocks for milliseconds."""
    who = _known_as(share_id, guesser)
    with ledger.turn() as connection:
        if _now(connection, share_id, who, now).wait_s:
            return None
        own, everybody = (_counted(connection, share_id, one) for one in (who, _ALL))
        wrong = own.wrong + 1
        pause = 0.0 if wrong % TRIES else BETWEEN.pause(wrong // TRIES)
        _write(connection, share_id, who, _Counted(wrong, now + pause), now)
        until = max(_held(everybody, now, in_all=True), 0.0) + now + ONE_MORE_S
        _write(connection, share_id, _ALL, _Counted(everybody.wrong + 1, until), now)
        _forget_old(connection, share_id, now)
        return Tries(TRIES - wrong % TRIES if wrong % TRIES else 0, pause)


def forget_tries(ledger: Ledger, share_id: str, guesser: str, now: float) -> None:
    """After the right password the guesser's next wrong one is the first again, and this one was none."""
    who = _known_as(share_id, guesser)
    with ledger.turn() as connection:
        connection.execute(sa.delete(SHARE_TRIES).where(_row(share_id, who)))
        everybody = _counted(connection, share_id, _ALL)
        _write(connection, share_id, _ALL, _Counted(everybody.wrong - 1, everybody.until - ONE_MORE_S), now)


def _now(connection: Connection, share_id: str, who: str, now: float) -> Tries:
    own, everybody = (_counted(connection, share_id, one) for one in (who, _ALL))
    held = _held(everybody, now, in_all=True) - (IN_ALL - 1) * ONE_MORE_S
    if wait := max(_held(own, now, in_all=False), held, 0.0):
        return Tries(0, wait)
    return Tries(TRIES - own.wrong % TRIES)


def _held(counted: _Counted, now: float, *, in_all: bool) -> float:
    """For how many seconds it counts. What would last longer than anything does is of a clock that was
    ahead."""
    left = counted.until - now
    return left if 0 < left <= _LONGEST_S[in_all] else 0.0


def _known_as(share_id: str, guesser: str) -> str:
    return digest_of(share_id, f"guesser {guesser}")


def _row(share_id: str, who: str) -> sa.ColumnElement[bool]:
    return (SHARE_TRIES.c.share_id == share_id) & (SHARE_TRIES.c.guesser == who)


def _counted(connection: Connection, share_id: str, who: str) -> _Counted:
    row = connection.execute(sa.select(SHARE_TRIES).where(_row(share_id, who))).first()
    return _Counted() if row is None else _Counted(row.wrong, row.held_until)


def _write(connection: Connection, share_id: str, who: str, counted: _Counted, now: float) -> None:
    values = {"wrong": counted.wrong, "held_until": counted.until, "tried_at": now}
    if not connection.execute(sa.update(SHARE_TRIES).where(_row(share_id, who)).values(values)).rowcount:
        connection.execute(sa.insert(SHARE_TRIES).values(share_id=share_id, guesser=who, **values))


def _forget_old(connection: Connection, share_id: str, now: float) -> None:
    """Those who have not tried for a day begin anew; there are as few rows as tries in a day."""
    old = (SHARE_TRIES.c.share_id == share_id) & (SHARE_TRIES.c.tried_at < now - DAY_S)
    connection.execute(sa.delete(SHARE_TRIES).where(old))
