"""Visitors' own keys, and with whose key a visitor's next job goes to a vendor.

Visitors' keys are in this process's memory, for a visit and its jobs, and nowhere else.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace
from enum import StrEnum

from tryon_core.account import Account, Key, Login
from tryon_core.clock import Clock
from tryon_core.configuration.settings import Settings
from tryon_core.errors import InvalidRequest, NeverSent, TryOnError, problem, rule
from tryon_core.job_state import Mode
from tryon_core.secret import Secret
from tryon_core.sentences import said
from tryon_core.vendors.registry import name_of, vendor

VISIT_S = 2 * 3600.0  # a key that neither a page nor a job has needed for so long is forgotten
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

    def accounts_of(self, owner: str) -> tuple[Account, ...]:
        """The accounts of all of a visitor's own keys. To look at them is not to need them."""
        self._forget_old()
        return tuple(held.account for (whose, _), held in self._held.items() if whose == owner)

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
        raise KeyAway(problem("key_away", code="key away"))

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
    for part, text in zip(vendor(key.vendor).credentials, _parts(key), strict=True):
        if not text:
            raise InvalidRequest(*rule("no_key", part.label))
        if not part.takes(text):
            raise InvalidRequest(*rule("odd_key", part.label, length=len(text)))


class KeySource(StrEnum):
    """Whose key it is. `CLOSED`: the operator has one, but has not said how far strangers may use it, so it
    is the sandbox. `MISSING`: there is no key, and the sandbox does not know the vendor."""

    OWN = "own"
    OPERATOR = "operator"
    SANDBOX = "sandbox"
    CLOSED = "closed"
    MISSING = "missing"

    @property
    def mode(self) -> Mode:
        return Mode.LIVE if self in (KeySource.OWN, KeySource.OPERATOR) else Mode.SANDBOX


class OwnKeyNeeded(TryOnError):
    """What was asked for is not done with the operator's key on a public host. Nothing was sent."""


@dataclass(frozen=True, slots=True)
class KeyPolicy:
    """The visitors' keys first, then the operator's as far as they are open, then the sandbox."""

    settings: Settings
    keyring: Keyring

    def key_source(self, vendor: str, owner: str) -> KeySource:
        """`owner` is the visitor as the ledger knows them."""
        if self.keyring.account(owner, vendor) is not None:
            return KeySource.OWN
        mine = self.settings.of(vendor)
        if not mine.sandbox and self.settings.open_to_visitors:
            return KeySource.OPERATOR
        if mine.spec.sandbox_path is None and not (mine.sandbox and mine.credentials):
            return KeySource.MISSING
        return KeySource.SANDBOX if mine.sandbox else KeySource.CLOSED

    def account(self, vendor: str, owner: str) -> Account:
        """What the next job of this visitor goes out with. Raises `OwnKeyNeeded` where there is nothing."""
        own = self.keyring.account(owner, vendor)
        source = self.key_source(vendor, owner)
        if source is KeySource.MISSING:
            raise OwnKeyNeeded(problem("no_key", code="no key", vendor=name_of(vendor)))
        return own or Account(vendor, source.mode is Mode.LIVE)

    def login(self, account: Account) -> Login:
        """Where the calls of an account go, and with what. Raises `KeyAway`."""
        base_url = self.settings.base_url(account)
        if account.mark:
            return Login(base_url, self.keyring.key(account).credentials)
        login = self.settings.login(account)
        if login is None:
            raise KeyAway(problem("no_key", code="no key", vendor=name_of(account.vendor)))
        return login

    def check_typed_tasks(self, account: Account) -> None:
        """Raises `OwnKeyNeeded` where a stranger could try the ids of the operator's other tasks."""
        if account.live and not account.mark and self.settings.is_public and not self.settings.auth:
            raise OwnKeyNeeded(problem("own_key_needed", field=said("field.task_id")))

    def is_here(self, account: Account) -> bool:
        """Whether this process can go on with a job of the account. A visitor's key may come back; an
        operator's that was taken out of the settings does not."""
        mine = self.settings.vendors.get(account.vendor)
        return mine is not None and (bool(account.mark) or not account.live or not mine.sandbox)
