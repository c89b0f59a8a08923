"""Decides with whose key a visitor's next job goes to a vendor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tryon_core.account import Account
from tryon_core.accounts.keyring import Keyring
from tryon_core.errors import Problem, TryOnError
from tryon_core.job_state import Mode
from tryon_core.settings import Settings
from tryon_core.task import Vendor


class KeySource(StrEnum):
    """Whose key it is. `CLOSED`: the operator has one, but has not said how far strangers may use it, so it
    is the sandbox."""

    OWN = "own"
    OPERATOR = "operator"
    SANDBOX = "sandbox"
    CLOSED = "closed"

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

    def key_source(self, vendor: Vendor, owner: str) -> KeySource:
        """`owner` is the visitor as the ledger knows them."""
        if self.keyring.account(owner, vendor) is not None:
            return KeySource.OWN
        if self.settings.has_sandbox(vendor):
            return KeySource.SANDBOX
        return KeySource.OPERATOR if self.settings.open_to_visitors else KeySource.CLOSED

    def account(self, vendor: Vendor, owner: str) -> Account:
        """What the next job of this visitor goes out with."""
        own = self.keyring.account(owner, vendor)
        return own or Account(vendor, self.key_source(vendor, owner).mode is Mode.LIVE)

    def check_typed_tasks(self, account: Account) -> None:
        """Raises `OwnKeyNeeded` where a stranger could try the ids of the operator's other tasks."""
        if account.live and not account.mark and self.settings.is_public and not self.settings.auth:
            raise OwnKeyNeeded(OWN_KEY_NEEDED)

    def is_here(self, account: Account) -> bool:
        """Whether this process can go on with a job of the account. A visitor's key may come back; an
        operator's that was taken out of the settings does not."""
        return bool(account.mark) or not account.live or not self.settings.has_sandbox(account.vendor)


OWN_KEY_NEEDED = Problem(
    "On a public host a task is looked up by its id with your own key only.",
    "Enter your key for this vendor first, or ask whoever runs this app.",
    field="task id",
)
