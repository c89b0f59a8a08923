"""Decides with whose key a visitor's next job goes to a vendor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tryon_core.account import Account, Login
from tryon_core.accounts.keyring import KeyAway, Keyring
from tryon_core.errors import Problem, TryOnError
from tryon_core.job_state import Mode
from tryon_core.settings import Settings
from tryon_core.vendors.registry import name_of


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
        if mine.spec.sandbox is None and not (mine.sandbox and mine.credentials):
            return KeySource.MISSING
        return KeySource.SANDBOX if mine.sandbox else KeySource.CLOSED

    def account(self, vendor: str, owner: str) -> Account:
        """What the next job of this visitor goes out with. Raises `OwnKeyNeeded` where there is nothing."""
        own = self.keyring.account(owner, vendor)
        source = self.key_source(vendor, owner)
        if source is KeySource.MISSING:
            raise OwnKeyNeeded(no_key(vendor))
        return own or Account(vendor, source.mode is Mode.LIVE)

    def login(self, account: Account) -> Login:
        """Where the calls of an account go, and with what. Raises `KeyAway`."""
        base_url = self.settings.base_url(account)
        if account.mark:
            return Login(base_url, self.keyring.key(account).credentials)
        login = self.settings.login(account)
        if login is None:
            raise KeyAway(no_key(account.vendor))
        return login

    def check_typed_tasks(self, account: Account) -> None:
        """Raises `OwnKeyNeeded` where a stranger could try the ids of the operator's other tasks."""
        if account.live and not account.mark and self.settings.is_public and not self.settings.auth:
            raise OwnKeyNeeded(OWN_KEY_NEEDED)

    def is_here(self, account: Account) -> bool:
        """Whether this process can go on with a job of the account. A visitor's key may come back; an
        operator's that was taken out of the settings does not."""
        mine = self.settings.vendors.get(account.vendor)
        return mine is not None and (bool(account.mark) or not account.live or not mine.sandbox)


OWN_KEY_NEEDED = Problem(
    "On a public host a task is looked up by its id with your own key only.",
    "Enter your key for this vendor first, or ask whoever runs this app.",
    field="task id",
)


def no_key(vendor: str) -> Problem:
    """There is nothing to go out with to a vendor."""
    return Problem(
        f"There is no {name_of(vendor)} key here, and the sandbox has no copy of {name_of(vendor)}.",
        "Enter a key of your own at the vendor's name at the top of the page.",
        code="no key",
    )
