"""Everything that others may know of AILab."""

from __future__ import annotations

from pathlib import Path

from tryon_core.images.rules import ImageRule
from tryon_core.poll_schedule.durations import Spread
from tryon_core.poll_schedule.plan import Pace
from tryon_core.requests.choices import Capability
from tryon_core.units import KIB, MIB
from tryon_core.vendors.ailab.error_codes import CODES
from tryon_core.vendors.ailab.wire import Ailab
from tryon_core.vendors.spec import AnyWire, Credential, Delivery, Price, VendorSpec, WireParts

BASE_URL = "https://www.ailabapi.com"  # the API pages

# "Try on Clothes Refiner": JPG, JPEG, PNG, BMP; no more than 5 MB; larger than 150 x 150 and smaller than
# 4096 x 4096. The 5 KB floor is not on the page: it was read in the vendor's error texts.
IMAGE_RULE = ImageRule(frozenset({"JPEG", "PNG", "BMP"}), 151, 4095, 5 * KIB, 5 * MIB)
PICTURES = ("person", "top", "bottom", "coarse")


def make_wire(parts: WireParts) -> AnyWire:
    """The wire of one application's key."""
    return Ailab(parts)


SPEC = VendorSpec(
    id="ailab",
    name="AILab",
    capabilities=(Capability.REFINE,),
    credentials=(Credential("api_key", "AILAB_API_KEY", "ailab:label.api_key", sandbox="sandbox"),),
    base_url=BASE_URL,
    base_url_setting="AILAB_BASE_URL",
    texts=Path(__file__).parent,
    image_rules=dict.fromkeys(PICTURES, IMAGE_RULE),
    same_size=("coarse", "person"),
    delivery=Delivery.FILE,
    # The page asks for a poll every 5 s; the deadline is our own.
    pace=Pace(least=5.0, fixed=5.0, deadline=600.0),
    # The upstream vendor states 5 to 15 s for the refiner, an older page 45 s; a try-on of the same house
    # took 12 s and its page says 40 s.
    prior=Spread(15.0, 0.8),
    codes=CODES,
    price=Price("credit", 25.0),  # the page on prices: one refined picture
    make_wire=make_wire,
    sandbox_path="",
    tells_balance=True,
    unsaid_in_fingerprints=True,
)
