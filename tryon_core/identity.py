"""Who owns a job, and when two requests are the same: digests, so that the ledger gives no visitor away."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import assert_never

from tryon_core.account import Account
from tryon_core.request import FilePicture, KeptLink, LinkPicture, Picture, Request
from tryon_core.request_json import to_json
from tryon_core.request_pictures import pictures_of
from tryon_core.secret import Secret
from tryon_core.vendors.registry import vendor

SHORT = 12  # of the 40 digits of a job's id: in logs and addresses


def owner_of(visitor: str) -> str:
    """The visitor as the ledger knows them."""
    return hashlib.sha256(f"visitor\n{visitor}".encode()).hexdigest()


def owns(visitor: str, owner: str) -> bool:
    """Whether a job with this owner is the visitor's."""
    return hmac.compare_digest(owner_of(visitor), owner)


def fingerprint_of(owner: str, request: Request, account: Account, hashes: Mapping[str, str]) -> str:
    """The same for two requests of one owner that would buy the same thing of one account. `hashes` are the
    SHA-256 of the pictures that lie here, by their names in the request."""
    contents = {name: hashes.get(name) or _content_of(picture) for name, picture in pictures_of(request)}
    shape = _without_pictures(to_json(request))
    payer = [account.mark] if account.mark else []
    other = [] if vendor(account.vendor).unsaid_in_fingerprints else [f"at {account.vendor}"]
    text = json.dumps([owner, account.live, shape, contents, *payer, *other], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def job_id_of(fingerprint: str, generation: int, secret: Secret) -> str:
    """The id of the nth job of one fingerprint: unguessable, and the same for a double click."""
    message = f"job\n{fingerprint}\n{generation}".encode()
    return hmac.new(secret.reveal().encode(), message, hashlib.sha256).hexdigest()[:40]


def short_id(job_id: str) -> str:
    """Enough of a job's id to find it in the ledger; whoever has all of it has the job's pictures."""
    return job_id[:SHORT]


def _content_of(picture: Picture) -> str:
    match picture:
        case FilePicture():
            raise ValueError("a picture that was not hashed")
        case LinkPicture():
            return f"link {picture.url}"
        case KeptLink():
            return f"kept link {picture.host} {picture.name}"
        case _:
            assert_never(picture)


def _without_pictures(value: object) -> object:
    if isinstance(value, dict):
        is_picture = set(value) in ({"path"}, {"url"}, {"host", "name"})
        return "picture" if is_picture else {key: _without_pictures(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_pictures(item) for item in value]
    return value
