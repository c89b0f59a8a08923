"""Aidge's two families of errors: its gateway's, and the try-on service's."""

from __future__ import annotations

BUSINESS = {
    "500": "system error",
    "501": "rate limit exceed",
    "700": "invalid input",
    "701": "Clothing image dowloading failed, please try another input",
    "703": "Input clothes image resoulution low, please try other image",
    "707": "Input clothing image is not a complete flat lay. Please try another image.",
    "801": "model failed",
    "1000": "content has sensitive data, please try other input",
    "1001": "content control failed, please retry",
    "1002": "content risk filter failed, please contact us",
}
"""`resCode` to `resMessage`, in the vendor's spelling. 801 and 1000 are from sibling pages."""

EXHAUSTED = "Sorry, your calling resources have been exhausted........"
"""How the answer begins when nothing is left to call with (the vendor's samples)."""

GATEWAY = {
    "IncompleteSignature": ("ISV", "The request signature does not conform to platform standards"),
    "InvalidAppKey": ("ISV", "The specified App Key is invalid"),
    "IllegalTimestamp": ("ISV", "The timestamp is invalid or malformed"),
    "MissingParameter": ("ISV", "The required parameter is missing"),
    "InvalidApiPath": ("ISV", "The specified API path is invalid"),
    "InsufficientPermission": ("ISV", "App does not have permission to access this api"),
    "ApiCallLimit": (
        "ISV",
        "Api access frequency exceeds the limit. this ban will last 1 seconds",
    ),
    "AppCallLimit": ("ISV", EXHAUSTED),
    "ServiceTimeout": ("ISP", "The backend service timed out"),
}
"""Gateway `code` to (`type`, `message`), as seen on gateways of the same family. That `AppCallLimit` is the
code for exhausted resources is a guess: the samples show only the text."""

OVER_THE_RATE = frozenset({"501", "ApiCallLimit"})
"""What the Alibaba Cloud edition answers with HTTP 429."""


class GatewayError(Exception):
    """The gateway turned the call away. `code` is a key of `GATEWAY`; `detail` follows the message."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


class BusinessError(Exception):
    """The service refused. `code` is a key of `BUSINESS`; `detail` names the fields."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


AidgeError = GatewayError | BusinessError


def error_for(code: str) -> AidgeError:
    """The error of a code of either family. Raises `KeyError` for a code that the vendor does not have."""
    if code in BUSINESS:
        return BusinessError(code)
    if code in GATEWAY:
        return GatewayError(code)
    raise KeyError(code)
