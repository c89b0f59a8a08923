"""AILab's codes, all that its page of public response fields lists, grouped by what helps: `en.toml`.

AILab does not bill calls that fail (its pages on credits), so nothing here is charged.
"""

from __future__ import annotations

from tryon_core.errors import Charged
from tryon_core.vendors.error_codes import CodeGroup, ErrorCodes, Kind

CODES = ErrorCodes(
    id="ailab",
    vendor="AILab",
    base_url_setting="AILAB_BASE_URL",
    groups={
        **dict.fromkeys(("parameter", "file", "records"), CodeGroup(quotes=True)),
        **dict.fromkeys(("person", "content", "stopped"), CodeGroup()),
        "gone": CodeGroup(Kind.GONE),
        "account": CodeGroup(Kind.ACCOUNT, of_key=True),
        "credits": CodeGroup(Kind.ACCOUNT),
        **dict.fromkeys(("busy", "fault"), CodeGroup(Kind.PASSING)),
    },
    too_often=frozenset({"429", "EXCEEDING_LIMITS", "AI_SERVICE_FLOW_RESTRICTION"}),
    late=frozenset({"AI_SERVICE_TIMEOUT", "ERROR_GATEWAY"}),
    failed_charged=Charged.NO,
)
