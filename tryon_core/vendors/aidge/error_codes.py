"""Aidge's codes: business codes of the submit and result pages, its gateway's, and its newer edition's.

The gateway's are known from sibling services on the same software, not from Aidge's own pages.
"""

from __future__ import annotations

from tryon_core.vendors.error_codes import ErrorCode, ErrorCodes, Kind

_SUPPORT = "Write to aidge_support@service.alibaba.com with the request id if it stays."
_KEYS = (
    "Check AIDGE_APP_KEY and AIDGE_APP_SECRET, and that AIDGE_BASE_URL is the site where the key was bought."
)
_LATER = "Nothing is lost: try again in a minute."
_BUY = "Buy or renew the service in the Aidge console, or switch on the trial quota if there is some left."

# Not a code of Aidge's own. It has none for a task that it does not know: what fits is 700, whose message
# names the field that was not accepted, and of a poll that is the task's id.
TASK_GONE = "700 task_id"

_BUSINESS = {
    "500": ErrorCode("Aidge had an internal error.", f"{_LATER} {_SUPPORT}", Kind.PASSING),
    "501": ErrorCode(
        "Aidge is limiting how often this account may call it.",
        "Wait a minute and try again. Aidge's support raises the limit on request.",
        Kind.PASSING,
    ),
    "700": ErrorCode(
        "Aidge did not accept a field of the request.",
        "Correct the field it names and create again.",
        quotes=True,
    ),
    TASK_GONE: ErrorCode(
        "Aidge does not know this task, or no longer has it.",
        "Results are kept there for a limited time. Send the job again to have new ones.",
        Kind.GONE,
        quotes=True,
    ),
    "701": ErrorCode(
        "Aidge could not download the garment photo.",
        "Aidge fetches photos from the internet. Check that the link opens in a private browser window, or"
        " that TRYON_PUBLIC_URL is this app's public address.",
    ),
    "703": ErrorCode(
        "The garment photo is too small for Aidge.",
        "Use a larger photo: each side at least 150 pixels, no side over 3000.",
    ),
    "707": ErrorCode(
        "The garment photo is not a complete flat lay.",
        "Use a photo that shows one whole garment laid flat on a plain background, or switch off “Check the"
        " garment photo first”.",
    ),
    "801": ErrorCode(
        "Aidge's model could not make a picture of this garment.",
        "Try again once; if it fails again, use another photo of the garment.",
    ),
    "1000": ErrorCode(
        "Aidge's content check stopped a photo.",
        "Use another photo: this one was taken for sensitive content.",
    ),
    "1001": ErrorCode("Aidge's content check did not work just now.", f"{_LATER} {_SUPPORT}", Kind.PASSING),
    "1002": ErrorCode("Aidge's content check refused a photo.", f"Use another photo. {_SUPPORT}"),
}

_GATEWAY = {
    "IncompleteSignature": ErrorCode("Aidge did not accept the signature.", _KEYS, Kind.ACCOUNT),
    "InvalidAppKey": ErrorCode("Aidge does not know this access key.", _KEYS, Kind.ACCOUNT),
    "IllegalAccessKey": ErrorCode("Aidge does not accept this access key.", _KEYS, Kind.ACCOUNT),
    "IllegalAccessToken": ErrorCode("Aidge does not accept this access token.", _KEYS, Kind.ACCOUNT),
    "IllegalTimestamp": ErrorCode(
        "Aidge finds this machine's clock wrong.", "Set the machine's clock and try again.", Kind.ACCOUNT
    ),
    "InvalidTimestamp": ErrorCode(
        "Aidge finds this machine's clock wrong.", "Set the machine's clock and try again.", Kind.ACCOUNT
    ),
    "MissingParameter": ErrorCode(
        "Aidge misses a parameter of the request.",
        "This is a fault of the app or of AIDGE_BASE_URL: check that address first.",
        Kind.ACCOUNT,
        quotes=True,
    ),
    "InvalidApiPath": ErrorCode(
        "Aidge does not know the address that was called.",
        "Check AIDGE_BASE_URL: it ends in /rest.",
        Kind.ACCOUNT,
    ),
    "InsufficientPermission": ErrorCode(
        "This access key may not use virtual try-on.",
        "Buy or activate virtual try-on in the Aidge console.",
        Kind.ACCOUNT,
    ),
    "ApiCallLimit": ErrorCode(
        "Aidge is called more often than it allows.", "Wait a few seconds and try again.", Kind.PASSING
    ),
    "AppCallLimit": ErrorCode(
        "This account's calls to Aidge are used up for now.",
        "Wait and try again, or have the limit raised.",
        Kind.PASSING,
    ),
    "AppWhiteIpLimit": ErrorCode(
        "Aidge does not accept calls from this machine's address.",
        "Add the address to the allow list in the Aidge console.",
        Kind.ACCOUNT,
    ),
    "ServiceTimeout": ErrorCode("Aidge's service took too long to answer.", _LATER, Kind.PASSING),
    "429": ErrorCode(
        "Aidge is called more often than it allows.", "Wait a few seconds and try again.", Kind.PASSING
    ),
}

_NEWER_EDITION = {
    "InvalidParameter": ErrorCode(
        "Aidge did not accept a parameter of the request.",
        "Correct what it names and create again.",
        quotes=True,
    ),
    "InputContentBlocked": ErrorCode("Aidge's content check refused a photo.", "Use another photo."),
    "OutputContentBlocked": ErrorCode(
        "Aidge's content check held the finished pictures back.", "Use another garment or model photo."
    ),
    "CallerTypeNotSupported": ErrorCode("Aidge does not serve this kind of account.", _SUPPORT, Kind.ACCOUNT),
    "UserStatusInvalid": ErrorCode(
        "This Aidge account is not active.", "Look after the account in the console.", Kind.ACCOUNT
    ),
    "ServiceNotOpened": ErrorCode("Virtual try-on is not activated for this account.", _BUY, Kind.ACCOUNT),
    "ServiceStatusInvalid": ErrorCode("The Aidge service of this account is suspended.", _BUY, Kind.ACCOUNT),
    "FreeQuotaExhausted": ErrorCode("This account's Aidge pictures are used up.", _BUY, Kind.ACCOUNT),
    "PriorityUnavailable": ErrorCode("Aidge has no free place just now.", _LATER, Kind.PASSING),
    "DownstreamUnavailable": ErrorCode(
        "A service behind Aidge is not available just now.", _LATER, Kind.PASSING
    ),
    "UsageParseFail": ErrorCode("Aidge could not account for this call.", _SUPPORT, Kind.PASSING),
}

CODES = ErrorCodes(
    vendor="Aidge",
    base_url_setting="AIDGE_BASE_URL",
    table={**_BUSINESS, **_GATEWAY, **_NEWER_EDITION},
    too_often=frozenset({"501", "429", "ApiCallLimit", "AppCallLimit"}),
    late=frozenset({"ServiceTimeout"}),
    failed_todo="Try another garment photo, or ask Aidge's support with the request id.",
)
