"""Whose credentials at a vendor are used, and with that who pays."""

from __future__ import annotations

from dataclasses import dataclass

from tryon_core.secret import Secret
from tryon_core.task import Vendor


@dataclass(frozen=True, slots=True)
class Account:
    """One account at a vendor. `mark` is empty for the operator's, and for the sandbox where `live` is not
    set; else it tells a visitor's own key from others, and gives nothing of it away."""

    vendor: Vendor
    live: bool
    mark: str = ""


@dataclass(frozen=True, slots=True)
class AidgeKey:
    """An access key of Aidge: its name, and its secret."""

    app_key: Secret
    app_secret: Secret

    @property
    def vendor(self) -> Vendor:
        return Vendor.AIDGE


@dataclass(frozen=True, slots=True)
class AilabKey:
    """The key of an application at AILab."""

    api_key: Secret

    @property
    def vendor(self) -> Vendor:
        return Vendor.AILAB


Key = AidgeKey | AilabKey
