"""The vendors that there are. A new one is added here, or by `register` before the studio is opened."""

from __future__ import annotations

from tryon_core.errors import InvalidRequest
from tryon_core.images.rules import ImageRule
from tryon_core.requests.choices import Capability
from tryon_core.sentences import add_texts, is_word, plain, said
from tryon_core.vendors import aidge, ailab
from tryon_core.vendors.error_codes import ErrorCodes
from tryon_core.vendors.spec import VendorSpec

# In the order in which front ends show them. The first that can do a thing does it where nothing is chosen.
_SPECS: dict[str, VendorSpec] = {}


class UnknownVendor(InvalidRequest):
    """No vendor with this id: a ledger may hold jobs of one that is registered no more."""

    def __init__(self, vendor_id: str) -> None:
        given = plain(vendor_id)
        other = said("type.else") if given else said("word.nothing")
        found = given if is_word(given) else other
        super().__init__(said("field.vendor"), found, said("word.either", those=tuple(_SPECS)))


def vendors() -> tuple[VendorSpec, ...]:
    """All vendors."""
    return tuple(_SPECS.values())


def vendor(vendor_id: str) -> VendorSpec:
    """The vendor with this id. Raises `UnknownVendor`."""
    try:
        return _SPECS[vendor_id]
    except KeyError:
        raise UnknownVendor(vendor_id) from None


def vendors_for(capability: Capability) -> tuple[VendorSpec, ...]:
    """Those that can do a thing, the usual one first."""
    return tuple(spec for spec in vendors() if capability in spec.capabilities)


def image_rules(kind: str) -> tuple[ImageRule, ...]:
    """What each vendor that takes pictures of a kind wants of them."""
    return tuple(spec.image_rules[kind] for spec in vendors() if kind in spec.image_rules)


def usual_vendor(capability: Capability) -> VendorSpec:
    """The one that does a thing where none is chosen. Raises `UnknownVendor` where nobody does it."""
    able = vendors_for(capability)
    if not able:
        raise UnknownVendor(capability)
    return able[0]


def codes_of(vendor_id: str) -> ErrorCodes:
    """What a vendor says no with; of one that is registered no more, its id in place of its name."""
    if vendor_id in _SPECS:
        return _SPECS[vendor_id].codes
    return ErrorCodes("", vendor_id, "", {}, frozenset(), frozenset())


def name_of(vendor_id: str) -> str:
    """A vendor as readers know it, also one that is registered no more."""
    return _SPECS[vendor_id].name if vendor_id in _SPECS else vendor_id


def register(spec: VendorSpec) -> None:
    """Adds a vendor and its texts, for this process."""
    _SPECS[spec.id] = spec
    add_texts(spec.id, spec.texts)


for _spec in (aidge.SPEC, ailab.SPEC):
    register(_spec)
