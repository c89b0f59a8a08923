"""Aidge's codes, grouped by what helps: `en.toml`. They are the business codes of the submit and result
pages, its gateway's, and its newer edition's.

The gateway's are known from sibling services on the same software, not from Aidge's own pages.
"""

from __future__ import annotations

from tryon_core.vendors.error_codes import CodeGroup, ErrorCodes, Kind

# Not a code of Aidge's own. It has none for a task that it does not know: what fits is 700, whose message
# names the field that was not accepted, and of a poll that is the task's id.
TASK_GONE = "700 task_id"

_PHOTOS = (
    "link",
    "size",
    "flat_lay",
    "model",
    "sensitive",
    "refused_photo",
    "blocked_photo",
    "blocked_result",
)
_ACCOUNT = ("clock", "address", "permission", "allow_list", "account_kind", "inactive", "buy")
_PASSING = ("often", "limit", "used_up", "later", "fault", "accounting")

CODES = ErrorCodes(
    id="aidge",
    vendor="Aidge",
    base_url_setting="AIDGE_BASE_URL",
    groups={
        "field": CodeGroup(quotes=True),
        "gone": CodeGroup(Kind.GONE, quotes=True),
        "parameter": CodeGroup(Kind.ACCOUNT, quotes=True),
        **dict.fromkeys(_PHOTOS, CodeGroup()),
        **dict.fromkeys(_ACCOUNT, CodeGroup(Kind.ACCOUNT)),
        "keys": CodeGroup(Kind.ACCOUNT, of_key=True),
        **dict.fromkeys(_PASSING, CodeGroup(Kind.PASSING)),
    },
    too_often=frozenset({"501", "429", "ApiCallLimit", "AppCallLimit"}),
    late=frozenset({"ServiceTimeout"}),
)
