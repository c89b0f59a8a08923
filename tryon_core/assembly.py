"""The studio on the vendors' real wires: what a front end begins with."""

from __future__ import annotations

import httpx

from tryon_core.accounts.keys import KeyPolicy, Keyring
from tryon_core.clock import Clock, SystemClock
from tryon_core.configuration.settings import Settings, kept_state_secret
from tryon_core.hosting.fetching import Web
from tryon_core.studio import Studio
from tryon_core.vendors.http_clients import HttpVendorClients


def open_studio(
    settings: Settings,
    *,
    sandbox: httpx.AsyncBaseTransport | None = None,
    clock: Clock | None = None,
    web: Web | None = None,
) -> Studio:
    """The studio with the wires of all vendors; `sandbox` serves those without a key."""
    clock = clock or SystemClock()
    keyring = Keyring(kept_state_secret(settings), clock)
    clients = HttpVendorClients(KeyPolicy(settings, keyring).login, clock, sandbox)
    return Studio(settings, clients, keyring, clock=clock, web=web)
