"""The gateway in front of the service: who calls, when, with which signature, for which API.

The order is key, timestamp, signature, path, parameters; gateways of the same family were seen to look at
the key before the path. Its errors are HTTP 200.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping

from tryon_sandbox.aidge.errors import GatewayError
from tryon_sandbox.settings import SandboxSettings

_CONSTANTS = {"partner_id": "aidge", "sign_method": "sha256", "sign_ver": "v2"}
_SYSTEM = frozenset({*_CONSTANTS, "app_key", "timestamp", "sign"})


def sign(secret: str, timestamp: str) -> str:
    """Signature "v2": HMAC-SHA256 over secret and timestamp (milliseconds, as sent), in upper-case hex."""
    return hmac.digest(secret.encode(), f"{secret}{timestamp}".encode(), hashlib.sha256).hex().upper()


def check_caller(query: Mapping[str, str], now: float, settings: SandboxSettings) -> None:
    """Raises `GatewayError` unless key, timestamp and signature are right. `now` in seconds since 1970."""
    secret = settings.aidge_keys.get(_required(query, "app_key"))
    if secret is None:
        raise GatewayError("InvalidAppKey")
    _check_timestamp(query, now, settings.timestamp_window_s)
    _check_signature(query, secret)


def _check_timestamp(query: Mapping[str, str], now: float, window_s: float) -> None:
    timestamp = _required(query, "timestamp")
    if not re.fullmatch(r"[0-9]{13}", timestamp) or abs(now - int(timestamp) / 1000) > window_s:
        raise GatewayError("IllegalTimestamp")


def _check_signature(query: Mapping[str, str], secret: str) -> None:
    for name, value in _CONSTANTS.items():
        if _required(query, name) != value:
            raise GatewayError("IncompleteSignature", f"{name} must be {value}")
    right = sign(secret, query["timestamp"])
    # Lower-case hex is refused: whether the vendor takes it is unknown, and every sample sends upper case.
    if not hmac.compare_digest(right.encode(), query.get("sign", "").encode()):
        raise GatewayError("IncompleteSignature")


def _required(query: Mapping[str, str], name: str) -> str:
    value = query.get(name, "")
    if not value:
        raise GatewayError("MissingParameter", name)
    return value


def parameters(query: Mapping[str, str], body: bytes) -> dict[str, object]:
    """The business parameters: from the query without the system's, and from the JSON body, which wins.

    A body that is not a JSON object holds no parameters.
    """
    found: dict[str, object] = {name: value for name, value in query.items() if name not in _SYSTEM}
    try:
        parsed = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        return found
    return found | parsed if isinstance(parsed, dict) else found


def first_of(given: Mapping[str, object], *names: str) -> object:
    """The first of these parameters that is there. Raises `GatewayError` naming the first when none is."""
    for name in names:
        if given.get(name) not in (None, ""):
            return given[name]
    raise GatewayError("MissingParameter", names[0])
