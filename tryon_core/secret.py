"""A text that must not be seen: it prints as `**********` wherever it turns up."""

from __future__ import annotations

from pydantic import SecretStr


class Secret(SecretStr):
    """Holds a key, a password or a signing secret. Only `reveal` gives it away."""

    def reveal(self) -> str:
        """The text itself, for the one place that needs it."""
        return self.get_secret_value()
