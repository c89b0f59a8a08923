"""Everything that others may know of Aidge."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tryon_core.images.rules import ImageRule
from tryon_core.poll_schedule.durations import Spread
from tryon_core.poll_schedule.plan import Pace
from tryon_core.requests.choices import Capability, Version
from tryon_core.units import MIB
from tryon_core.vendors.aidge.error_codes import CODES
from tryon_core.vendors.aidge.wire import Aidge
from tryon_core.vendors.spec import AnyWire, Credential, Delivery, Price, VendorSpec, WireParts

BASE_URL = "https://api.aidc-ai.com/rest"  # the vendor's sample code: keys of the global site
# The page has a list of suits, and its results a list of sub-tasks; no sample has more than one in it, and
# nowhere is said how many may be: more is for operators who have seen their account take it.
SUITS = 1
PRO_SUBMITS = 3  # the page for pro, while it is in its test phase: 3 requests in 60 s

# "Virtual Try-on Submit API": clothing image sides from 150 to 3000 pixels. Formats and bytes are those of
# its sister "Virtual Model Alternation". The page names no limit of bytes: 15 MB is our own.
IMAGE_RULE = ImageRule(frozenset({"JPEG", "PNG", "BMP", "WEBP"}), 150, 3000, 1, 15 * MIB)


def submits_per_minute(request: Mapping[str, object]) -> int:
    """Only the pro version is limited."""
    return PRO_SUBMITS if request.get("version") == Version.PRO else 0


def make_wire(parts: WireParts) -> AnyWire:
    """The wire of one access key."""
    return Aidge(parts)


SPEC = VendorSpec(
    id="aidge",
    name="Aidge",
    capabilities=(Capability.TRY_ON,),
    credentials=(
        Credential("app_key", "AIDGE_APP_KEY", "aidge:label.app_key", secret=False, sandbox="sandbox"),
        Credential("app_secret", "AIDGE_APP_SECRET", "aidge:label.app_secret", sandbox="sandbox-secret"),
    ),
    base_url=BASE_URL,
    base_url_setting="AIDGE_BASE_URL",
    texts=Path(__file__).parent,
    image_rules={"garment": IMAGE_RULE, "model": IMAGE_RULE},
    delivery=Delivery.LINK,
    # The samples ask every 1 s to 5 s, the newer pages advise 5 s and allow no less than 1 s; 600 s is the
    # longest that the newer samples wait.
    pace=Pace(least=1.0, fixed=5.0, deadline=600.0),
    prior=Spread(25.0, 0.8),  # no page states how long a try-on takes
    codes=CODES,
    price=Price("picture", 1.0),
    make_wire=make_wire,
    submits_per_minute=submits_per_minute,
    submits_setting="AIDGE_SUBMITS_PER_MINUTE",
    suits_per_request=SUITS,
    suits_setting="AIDGE_SUITS_PER_REQUEST",
    trial_setting="AIDGE_TRIAL",
    sandbox_path="/rest",
    unsaid_in_fingerprints=True,
)
