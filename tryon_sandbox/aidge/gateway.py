"""The gateway in front of the service: which key, when, with which signature, for which API.

The order is key, timestamp, signature, path, parameters; gateways of the same family were seen to look at
the key before the path. Its errors are HTTP 200.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from tryon_sandbox.aidge.errors import GatewayError
from tryon_sandbox.settings import SandboxSettings

_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 100
_SYSTEM = frozenset({"partner_id", "sign_method", "sign_ver", "app_key", "timestamp", "sign"})


@dataclass(frozen=True, slots=True)
class GatewayCall:
    """One call as the gateway reads it.

    `fields` are those of the query and of a form body; `content` is a JSON body's object, else empty.
    """

    api: str
    fields: Mapping[str, str]
    content: Mapping[str, object]

    @property
    def signature_version(self) -> str:
        """`v2` as the vendor's samples send it; the vendor's SDK sends no version and means `v1`."""
        return self.fields.get("sign_ver") or "v1"

    @property
    def parameters(self) -> dict[str, object]:
        """The business parameters: fields that are not the gateway's own, and the JSON body, which wins."""
        fields = {name: value for name, value in self.fields.items() if name not in _SYSTEM}
        return {**fields, **self.content}


def read_call(api: str, query: Mapping[str, str], content_type: str, body: bytes) -> GatewayCall:
    """The call with its body read as a JSON object or as a form; any other body holds no parameters.

    `api` begins with a slash. JSON is read whatever the content type is, as no form looks like an object.
    """
    content = _json_object(body)
    is_form = not content and content_type.lower().startswith(_FORM)
    return GatewayCall(api, {**query, **(_form(body) if is_form else {})}, content)


def _json_object(body: bytes) -> dict[str, object]:
    try:
        parsed = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _form(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode(errors="replace"), max_num_fields=_MOST_FIELDS))
    except ValueError:
        return {}


def sign_v1(secret: str, api: str, fields: Mapping[str, str]) -> str:
    """Signature of the vendor's SDK: HMAC-SHA256 over the API's path and all fields by name, upper case.

    A field counts when it has a value; `sign` itself does not.
    """
    named = "".join(f"{name}{fields[name]}" for name in sorted(fields) if name != "sign" and fields[name])
    return _hmac(secret, f"{api}{named}")


def sign_v2(secret: str, timestamp: str) -> str:
    """Signature of the vendor's samples: HMAC-SHA256 over secret and timestamp (ms, as sent), upper case."""
    return _hmac(secret, f"{secret}{timestamp}")


def _hmac(secret: str, message: str) -> str:
    return hmac.digest(secret.encode(), message.encode(errors="replace"), hashlib.sha256).hex().upper()


def check_caller(call: GatewayCall, now: float, settings: SandboxSettings) -> None:
    """Raises `GatewayError` unless key, timestamp and signature are right. `now` in seconds since 1970."""
    secret = settings.aidge_keys.get(_required(call.fields, "app_key"))
    if secret is None:
        raise GatewayError("InvalidAppKey")
    _check_timestamp(call.fields, now, settings.timestamp_window_s)
    _check_signature(call, secret)


def _check_timestamp(fields: Mapping[str, str], now: float, window_s: float) -> None:
    timestamp = _required(fields, "timestamp")
    if not re.fullmatch(r"[0-9]{13}", timestamp) or abs(now - int(timestamp) / 1000) > window_s:
        raise GatewayError("IllegalTimestamp")


def _check_signature(call: GatewayCall, secret: str) -> None:
    # Who made the client: the samples say "aidge", and the SDK its own name and version.
    _required(call.fields, "partner_id")
    if _required(call.fields, "sign_method") != "sha256":
        raise GatewayError("IncompleteSignature", "sign_method must be sha256")
    # Lower-case hex is refused: whether the vendor takes it is unknown, and every client sends upper case.
    right, given = _signature(call, secret), call.fields.get("sign", "")
    if not hmac.compare_digest(right.encode(), given.encode(errors="replace")):
        raise GatewayError("IncompleteSignature")


def _signature(call: GatewayCall, secret: str) -> str:
    match call.signature_version:
        case "v1":
            return sign_v1(secret, call.api, call.fields)
        case "v2":
            return sign_v2(secret, call.fields["timestamp"])
        case _:
            raise GatewayError("IncompleteSignature", "sign_ver must be v2, or absent")


def _required(fields: Mapping[str, str], name: str) -> str:
    value = fields.get(name, "")
    if not value:
        raise GatewayError("MissingParameter", name)
    return value


def first_of(given: Mapping[str, object], *names: str) -> object:
    """The first of these parameters that is there. Raises `GatewayError` naming the first when none is."""
    for name in names:
        if given.get(name) not in (None, ""):
            return given[name]
    raise GatewayError("MissingParameter", names[0])
