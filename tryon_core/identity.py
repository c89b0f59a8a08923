"""What a job is known by: digests, so that the ledger gives nobody away, and names that say what it is."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import assert_never

from tryon_core.account import Account
from tryon_core.requests.choices import Age, Gender
from tryon_core.requests.request import (
    DescribedModel,
    FilePicture,
    KeptLink,
    LibraryModel,
    LinkPicture,
    Model,
    OwnPhotos,
    Picture,
    RefineRequest,
    Request,
    Suit,
    TryOnRequest,
)
from tryon_core.requests.request_parts import pictures_of, to_json
from tryon_core.secret import Secret
from tryon_core.sentences import said
from tryon_core.vendors.registry import vendor

SHORT_ID = 12  # of the 40 digits of an id: in logs, addresses and commands; it opens no picture
JOB_ID, ADDRESS = re.compile(r"[0-9a-f]{40}"), re.compile(rf"[0-9a-f]{{{SHORT_ID}}}")
MAX_SLUG = 40  # characters
MAX_SLUG_BYTES = 100  # a file name of two slugs stays far under the 255 bytes of a file system
_PEOPLE = {
    (Gender.FEMALE, Age.YOUNG_ADULT): "woman",
    (Gender.MALE, Age.YOUNG_ADULT): "man",
    (Gender.FEMALE, Age.CHILDREN): "girl",
    (Gender.MALE, Age.CHILDREN): "boy",
}


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
    return job_id[:SHORT_ID]


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


def title_of(request: Request) -> str:
    """What the job is called where the visitor gave no name: "Hoodie on James"."""
    match request:
        case TryOnRequest():
            return said("title.on", garments=_garments(request), model=name_of_model(request.model))
        case RefineRequest():
            return said("title.refined", picture=_words(_stem(request.coarse)))
        case _:
            assert_never(request)


def stem_of(request: Request) -> str:
    """How the file names of the job's pictures begin: "hoodie-james"."""
    match request:
        case TryOnRequest():
            garment = _stem(request.suits[0].garments[0].picture)
            return f"{slug(garment)}-{slug(name_of_model(request.model))}"
        case RefineRequest():
            return f"{slug(_stem(request.coarse))}-refined"
        case _:
            assert_never(request)


def slug(text: str) -> str:
    """Lower-case letters and digits of any script with hyphens between; "picture" when nothing is left."""
    short = re.sub(r"[\W_]+", "-", text.lower()).strip("-")[:MAX_SLUG]
    return short.encode()[:MAX_SLUG_BYTES].decode(errors="ignore").rstrip("-") or "picture"


def _garments(request: TryOnRequest) -> str:
    return together([_words(stem) for suit in request.suits for stem in stems_of_suit(suit)])


def together(names: Sequence[str]) -> str:
    """What garments with these names are called: "Hoodie", "Hoodie and jeans", "Hoodie and 2 more"."""
    first, *rest = names
    if len(rest) > 1:
        return said("title.more", first=first, more=len(rest))
    return said("title.both", names=(first, *(name[:1].lower() + name[1:] for name in rest)))


def stems_of_suit(suit: Suit) -> tuple[str, ...]:
    """The names of the garments' files, without their endings."""
    return tuple(_stem(garment.picture) for garment in suit.garments)


def name_of_model(model: Model) -> str:
    """What a model is called: its own name, or what it is like."""
    match model:
        case LibraryModel():
            return model.name
        case DescribedModel():
            return said(f"people.{_PEOPLE[model.gender, model.age]}")
        case OwnPhotos():
            return said("people.own")
        case _:
            assert_never(model)


def _stem(picture: Picture) -> str:
    match picture:
        case FilePicture():
            return picture.path.stem
        case LinkPicture():
            return PurePosixPath(picture.file_name).stem
        case KeptLink():
            return PurePosixPath(picture.name).stem
        case _:
            assert_never(picture)


def _words(stem: str) -> str:
    words = slug(stem).replace("-", " ")
    return words[:1].upper() + words[1:]
