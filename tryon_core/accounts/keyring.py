"""Visitors' own keys: in this process's memory, for a visit and its jobs, and nowhere else."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace

from tryon_core.account import Account, Key
from tryon_core.clock import Clock
from tryon_core.errors import InvalidRequest, NeverSent, Problem
from tryon_core.secret import Secret
from tryon_core.vendors.registry import vendor

VISIT_S = 2 * 3600.0  # a key that neither a page nor a job has needed for so long is forgotten
LONGEST_KEY = 200  # characters; the vendors' keys have under 70
LOOK_UP_S = 2.0  # how often a job that waits looks whether its key is back


class KeyAway(NeverSent):
    """The key of a job is not here any more, so nothing could be sent."""


@dataclass(frozen=True, slots=True)
class _Held:
    key: Key
    account: Account
    needed_at: float  # the clock's monotonic seconds


class Keyring:
    """One key a visitor and vendor. `owner` is the visitor as the ledger knows them."""

    def __init__(self, secret: Secret, clock: Clock) -> None:
        self._secret = secret.reveal().encode()
        self._clock = clock
        self._held: dict[tuple[str, str], _Held] = {}

    def give(self, owner: str, key: Key) -> Account:
        """Takes a key in place of the one before. Raises `InvalidRequest`, which never repeats it."""
        _check(key)
        account = Account(key.vendor, live=True, mark=self._mark(key))
        self._held[owner, key.vendor] = _Held(key, account, self._clock.monotonic())
        return account

    def take_back(self, owner: str, vendor_id: str) -> None:
        """Forgets a key at once. Jobs that go on with it wait."""
        self._held.pop((owner, vendor_id), None)

    def account(self, owner: str, vendor_id: str) -> Account | None:
        """The account of the visitor's own key, if there is one."""
        self._forget_old()
        held = self._held.get((owner, vendor_id))
        if held is None:
            return None
        self._held[owner, vendor_id] = replace(held, needed_at=self._clock.monotonic())
        return held.account

    def has(self, owner: str, account: Account) -> bool:
        """Whether a job of this owner can go on with the account's credentials."""
        return not account.mark or self.account(owner, account.vendor) == account

    async def wait(self, owner: str, account: Account, at_most_s: float) -> bool:
        """Returns when `has`, or False after `at_most_s` seconds."""
        end = self._clock.monotonic() + at_most_s
        while not self.has(owner, account):
            if self._clock.monotonic() >= end:
                return False
            await self._clock.sleep(LOOK_UP_S)
        return True

    def key(self, account: Account) -> Key:
        """The key of an account with a mark. Raises `KeyAway`."""
        for held in self._held.values():
            if held.account == account:
                return held.key
        raise KeyAway(AWAY)

    def _forget_old(self) -> None:
        oldest = self._clock.monotonic() - VISIT_S
        self._held = {place: held for place, held in self._held.items() if held.needed_at > oldest}

    def _mark(self, key: Key) -> str:
        text = "\n".join(("own key", key.vendor, *_parts(key)))
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()[:32]


def _parts(key: Key) -> tuple[str, ...]:
    """The key's parts in the order of the vendor's spec; what is missing is empty."""
    held = key.credentials
    return tuple(
        held[part.field].reveal() if part.field in held else "" for part in vendor(key.vendor).credentials
    )


def _check(key: Key) -> None:
    """A key goes into a header or a URL as it is: letters, digits and signs of one line."""
    for part, text in zip(vendor(key.vendor).credentials, _parts(key), strict=True):
        if not text:
            raise InvalidRequest(part.label, "nothing", "the key as the vendor's console shows it")
        if len(text) > LONGEST_KEY or not text.isascii() or not text.isprintable() or " " in text:
            found = f"{len(text)} characters, or one that keys do not have"
            raise InvalidRequest(part.label, found, "the key as the vendor's console shows it")


AWAY = Problem(
    "The key that this job was sent with is not here any more.",
    "Enter it again: the job then goes on.",
    code="key away",
)
