"""When two requests are the same: whatever order the vendors are registered in, and as 0.3.0 saw it."""

from __future__ import annotations

import hashlib
from itertools import permutations
from pathlib import Path

import pytest

from tryon_core import Garment, LibraryModel, PersonGender, RefineRequest, Suit, TryOnRequest, identity
from tryon_core.account import Account
from tryon_core.requests.request import FilePicture, Request
from tryon_core.requests.request_parts import pictures_of
from tryon_core.vendors import registry
from tryon_core.vendors.spec import VendorSpec

PHOTO = FilePicture(Path("photo.png"))
TRYON = TryOnRequest((Suit((Garment(PHOTO),)),), LibraryModel("James"), count=2)
REFINE = RefineRequest(PHOTO, PHOTO, PHOTO, PersonGender.MAN)
# As 0.3.0 computes them: its ledgers hold them, and an equal request has to find its job there.
OF_0_3_0 = (
    (TRYON, "aidge", "af0e6e73c29c47fac2423fe88225c0bdd8cc9107b1c4c8872561dc36ac215e56"),
    (REFINE, "ailab", "b362752228d3c027ef3c0caaa3695950c56e1a9a32a266448e4d1126a3e24d99"),
)


def fingerprint(request: Request, vendor: str) -> str:
    contents = {name: hashlib.sha256(b"photo").hexdigest() for name, _ in pictures_of(request)}
    return identity.fingerprint_of(identity.owner_of("ann"), request, Account(vendor, True), contents)


@pytest.mark.parametrize("order", tuple(permutations(registry.vendors())), ids=lambda order: order[0].id)
def test_the_order_of_the_vendors_is_no_part_of_a_request(
    order: tuple[VendorSpec, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_SPECS", {spec.id: spec for spec in order})
    for request, vendor, known in OF_0_3_0:
        assert fingerprint(request, vendor) == known
