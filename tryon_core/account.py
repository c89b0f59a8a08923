"""Whose credentials at a vendor are used, and with that who pays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tryon_core.secret import Secret


@dataclass(frozen=True, slots=True)
class Account:
    """One account at a vendor. `mark` is empty for the operator's, and for the sandbox where `live` is not
    set; else it tells a visitor's own key from others, and gives nothing of it away."""

    vendor: str
    live: bool
    mark: str = ""

    @property
    def name(self) -> str:
        """What is counted for it is kept under this, in databases."""
        return f"{self.vendor}-{self.mark or ('live' if self.live else 'sandbox')}"


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a vendor, by the fields of its `VendorSpec.credentials`."""

    vendor: str
    credentials: Mapping[str, Secret]


@dataclass(frozen=True, slots=True)
class Login:
    """Where an account's calls go, and what they prove themselves with."""

    base_url: str
    credentials: Mapping[str, Secret]
