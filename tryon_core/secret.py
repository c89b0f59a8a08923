"""A text that must not be seen: it prints as `**********` wherever it turns up."""

from __future__ import annotations

from weakref import WeakValueDictionary

from pydantic import SecretStr


class Secret(SecretStr):
    """Holds a key, a password or a signing secret. Only `reveal` gives it away."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        _IN_USE[id(self)] = self

    reveal = SecretStr.get_secret_value  # for the one place that needs the text itself


# By identity: of two equal ones, each is known for as long as it is there.
_IN_USE: WeakValueDictionary[int, Secret] = WeakValueDictionary()


def secrets_in_use() -> frozenset[str]:
    """The text of every secret that this process holds now, so that the log can keep them out."""
    found = (reference() for reference in _IN_USE.valuerefs())
    return frozenset(secret.reveal() for secret in found if secret)
