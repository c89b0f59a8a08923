"""The setting that names a bucket: `s3://KEY:SECRET@host/bucket/prefix?region=eu-central-1`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from tryon_core.configuration.presigning import Signer
from tryon_core.errors import InvalidRequest
from tryon_core.secret import Secret
from tryon_core.sentences import said

SETTING = "TRYON_BUCKET_URL"
DEFAULT_REGION = "us-east-1"  # what servers of one region only take
_SCHEMES = {"s3": ("https", 443), "s3+http": ("http", 80)}
_OPTIONS = frozenset({"region", "style"})
_STYLES = ("path", "virtual")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")  # Amazon S3, bucket naming rules
_AWS_REGION = re.compile(r"s3[.-]([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com")  # its hosts tell their region


@dataclass(frozen=True, slots=True)
class BucketAddress:
    """Where uploads are put for a vendor to fetch: an origin, the path that every object's begins with, and
    who signs."""

    origin: str
    folder: str
    signer: Signer


def bucket_address(text: str) -> BucketAddress | None:
    """The address that the setting names; None when it is empty.

    Raises `InvalidRequest`, which says what is missing and never repeats a part that may hold the secret.
    """
    text = text.strip()
    if not text:
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _wrong("address") from None
    if parts.scheme not in _SCHEMES:
        raise _wrong("beginning")
    if not parts.hostname or not parts.username or not parts.password:
        raise _wrong("key")
    bucket, _, prefix = unquote(parts.path).strip("/").partition("/")
    if not _BUCKET.fullmatch(bucket):
        raise _wrong("bucket")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    style = options.get("style", "path")
    if not options.keys() <= _OPTIONS or style not in _STYLES:
        raise _wrong("option")
    virtual = style == "virtual"
    scheme, usual = _SCHEMES[parts.scheme]
    host = f"{bucket}.{parts.hostname}" if virtual else parts.hostname
    folder = "/".join(filter(None, ("" if virtual else bucket, prefix.strip("/"))))
    return BucketAddress(
        # The usual port is left out, as clients leave it out of what is signed.
        f"{scheme}://{host}" if port in (None, usual) else f"{scheme}://{host}:{port}",
        f"/{folder}" if folder else "",
        Signer(unquote(parts.username), Secret(unquote(parts.password)), _region(options, parts.hostname)),
    )


def _region(options: dict[str, str], host: str) -> str:
    match = _AWS_REGION.fullmatch(host)
    return options.get("region") or (match.group(1) if match else DEFAULT_REGION)


def _wrong(found: str) -> InvalidRequest:
    return InvalidRequest(SETTING, said(f"bucket.found.{found}"), said("bucket.form"))
