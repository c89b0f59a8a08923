"""What the rest of the core, and every front end, may know of a vendor: one frozen `VendorSpec`.

A vendor is a folder here that exports `SPEC`. Nothing outside it asks which vendor it is: settings, key
panel, price line, pre-flight, hosting, pacing and codes all ask the spec.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

import httpx

from tryon_core.account import Login
from tryon_core.clock import Clock
from tryon_core.images.rules import ImageRule
from tryon_core.poll_schedule.durations import Spread
from tryon_core.poll_schedule.plan import Pace
from tryon_core.requests.choices import Capability
from tryon_core.sentences import said
from tryon_core.vendors.error_codes import ErrorCodes
from tryon_core.vendors.task import Wire

SANDBOX_HOST = "sandbox.invalid"  # never resolves (RFC 6761): reached through the in-process transport only

AnyWire: TypeAlias = Wire[Any]  # an account's vendor does what its requests ask for: admission saw to it


class Delivery(StrEnum):
    """How a vendor gets the pictures of a request."""

    LINK = "link"  # it fetches them by URL, so that they must be hosted
    FILE = "file"  # they go along with the submit


LONGEST_KEY = 200  # characters; the vendors' keys have under 70


@dataclass(frozen=True, slots=True)
class Credential:
    """One part of a key.

    `field` names it in the code, `setting` in the environment, `text` is the key of what the vendor's console
    calls it. `secret` parts are never shown; `sandbox` is what the sandbox takes in its place.
    """

    field: str
    setting: str
    text: str
    secret: bool = True
    sandbox: str = ""

    @property
    def label(self) -> str:
        """What the vendor's console calls it."""
        return said(self.text)

    @staticmethod
    def takes(text: str) -> bool:
        """Whether a key may be so: it goes into a header or a URL as it is, as letters, digits and signs of
        one line."""
        return len(text) <= LONGEST_KEY and text.isascii() and text.isprintable() and " " not in text


@dataclass(frozen=True, slots=True)
class Price:
    """What one picture costs: so many of a unit of the vendor's own, "picture" or "credit"."""

    unit: str
    per_picture: float


def any_number(_request: Mapping[str, object]) -> int:
    """The submit rate of a vendor that states none."""
    return 0


@dataclass(frozen=True, slots=True)
class WireParts:
    """What a wire is made of. `sender` is for submits, each on a connection of its own; `client` for the
    rest."""

    login: Login
    client: httpx.AsyncClient
    sender: httpx.AsyncClient
    clock: Clock


@dataclass(frozen=True, slots=True)
class VendorSpec:
    """All that is known of one vendor.

    `id` stands in ledgers and addresses, `name` in sentences; `texts` is the folder of what only this vendor
    says, one file a language. `image_rules` are by the kind of a picture, the
    first word of its name in `request_parts.pictures_of`; pictures of the kinds of `same_size` must be
    equally large. `prior` is the guess at a task's duration before one was seen. `submits_per_minute` tells
    from a request as the ledger keeps it how many the vendor's page allows, 0 for any number.
    `suits_per_request` is how many suits go out together where submits are few. `sandbox_path`
    is where the sandbox answers as this vendor, None where it cannot. `unsaid_in_fingerprints` is for the
    vendors of 0.3.0, whose ledgers knew no other: an equal request of then must be known again. Settings that
    a vendor has not are "".
    """

    id: str
    name: str
    capabilities: tuple[Capability, ...]
    credentials: tuple[Credential, ...]
    base_url: str
    base_url_setting: str
    texts: Path
    image_rules: Mapping[str, ImageRule]
    delivery: Delivery
    pace: Pace
    prior: Spread
    codes: ErrorCodes
    price: Price
    make_wire: Callable[[WireParts], AnyWire]
    same_size: tuple[str, ...] = ()
    submits_per_minute: Callable[[Mapping[str, object]], int] = any_number
    submits_setting: str = ""
    suits_per_request: int = 1
    suits_setting: str = ""
    trial_setting: str = ""
    sandbox_path: str | None = None
    tells_balance: bool = False
    unsaid_in_fingerprints: bool = False
