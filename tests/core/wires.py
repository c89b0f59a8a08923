"""The vendors by id, and their wires made by hand."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from tryon_core import vendor, vendors
from tryon_core.account import Login
from tryon_core.clock import Clock
from tryon_core.poll_schedule.durations import Spread
from tryon_core.poll_schedule.plan import Pace
from tryon_core.secret import Secret
from tryon_core.vendors.aidge.wire import Aidge, AidgeDialect
from tryon_core.vendors.ailab.wire import Ailab
from tryon_core.vendors.error_codes import ErrorCodes
from tryon_core.vendors.spec import WireParts

VENDORS = tuple(spec.id for spec in vendors())
PACES: Mapping[str, Pace] = {name: vendor(name).pace for name in VENDORS}
PRIORS: Mapping[str, Spread] = {name: vendor(name).prior for name in VENDORS}
CODES: Mapping[str, ErrorCodes] = {name: vendor(name).codes for name in VENDORS}


def aidge(
    base_url: str,
    client: httpx.AsyncClient,
    clock: Clock,
    *,
    app_key: str = "sandbox",
    app_secret: str = "sandbox-secret",
    sender: httpx.AsyncClient | None = None,
    dialect: AidgeDialect | None = None,
) -> Aidge:
    """Aidge's wire with an access key."""
    held = {"app_key": Secret(app_key), "app_secret": Secret(app_secret)}
    return Aidge(WireParts(Login(base_url, held), client, sender or client, clock), dialect)


def ailab(
    base_url: str,
    client: httpx.AsyncClient,
    clock: Clock,
    *,
    api_key: str = "sandbox",
    sender: httpx.AsyncClient | None = None,
) -> Ailab:
    """AILab's wire with an API key."""
    return Ailab(WireParts(Login(base_url, {"api_key": Secret(api_key)}), client, sender or client, clock))
