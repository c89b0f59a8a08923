"""Presigned URLs for S3-compatible buckets: AWS Signature Version 4 in the query.

After "Authenticating Requests: Using Query Parameters" of the Amazon S3 API reference. A pure function of the
key, the moment and the address: whoever has the URL may do this one thing until it expires.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from tryon_core.secret import Secret

_ALGORITHM = "AWS4-HMAC-SHA256"
_SERVICE = "s3"


@dataclass(frozen=True, slots=True)
class Signer:
    """An access key and the region that its signatures are for."""

    key: str
    secret: Secret
    region: str

    def presigned(
        self,
        method: str,
        origin: str,
        path: str,
        now: float,
        expires_s: int,
        query: dict[str, str] | None = None,
    ) -> str:
        """The URL that allows `method` on the object at `path` (not yet encoded) of `origin`, an address
        without a path, from `now` (Unix seconds) on for `expires_s` seconds."""
        moment = datetime.fromtimestamp(now, UTC)
        scope = f"{moment:%Y%m%d}/{self.region}/{_SERVICE}/aws4_request"
        signed = {
            **(query or {}),
            "X-Amz-Algorithm": _ALGORITHM,
            "X-Amz-Credential": f"{self.key}/{scope}",
            "X-Amz-Date": f"{moment:%Y%m%dT%H%M%SZ}",
            "X-Amz-Expires": str(expires_s),
            "X-Amz-SignedHeaders": "host",
        }
        spelled = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in sorted(signed.items()))
        place = quote(path, safe="/-_.~")
        host = origin.partition("://")[2]
        request = "\n".join((method, place, spelled, f"host:{host}\n", "host", "UNSIGNED-PAYLOAD"))
        digest = hashlib.sha256(request.encode()).hexdigest()
        text = "\n".join((_ALGORITHM, signed["X-Amz-Date"], scope, digest))
        signature = hmac.new(self._key_of(scope), text.encode(), hashlib.sha256).hexdigest()
        return f"{origin}{place}?{spelled}&X-Amz-Signature={signature}"

    def _key_of(self, scope: str) -> bytes:
        key = b"AWS4" + self.secret.reveal().encode()
        for part in scope.split("/"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        return key


def _quoted(text: str) -> str:
    return quote(text, safe="-_.~")
