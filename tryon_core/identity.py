"""Who owns a job, and when two requests are the same: digests, so that the ledger gives no visitor away."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import assert_never

from tryon_core.account import Account
from tryon_core.request import FilePicture, KeptLink, LinkPicture, Picture, Request, pictures_of
from tryon_core.request_json import to_json
from tryon_core.secret import Secret


def owner_of(visitor: str) -> str:
    """The visitor as the ledger knows them."""
    return hashlib.sha256(f"visitor\n{visitor}".encode()).hexdigest()


def owns(visitor: str, owner: str) -> bool:
    """Whether a job with this owner is the visitor's."""
    return hmac.compare_digest(owner_of(visitor), owner)


def fingerprint_of(visitor: str, request: Request, account: Account) -> str:
    """The same for two requests of one visitor that would buy the same thing of one account. Reads the
    pictures."""
    contents = {name: _content_of(picture) for name, picture in pictures_of(request)}
    shape = _without_pictures(to_json(request))
    payer = [account.mark] if account.mark else []
    text = json.dumps([owner_of(visitor), account.live, shape, contents, *payer], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def job_id_of(fingerprint: str, generation: int, secret: Secret) -> str:
    """The id of the nth job of one likeness: unguessable, and the same for a double click."""
    message = f"job\n{fingerprint}\n{generation}".encode()
    return hmac.new(secret.reveal().encode(), message, hashlib.sha256).hexdigest()[:40]


def _content_of(picture: Picture) -> str:
    match picture:
        case FilePicture():
            return hashlib.sha256(picture.path.read_bytes()).hexdigest()
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
