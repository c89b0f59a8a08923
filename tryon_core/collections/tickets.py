"""What stands in the address of a download in place of its visitor: for one collection, and for an hour."""

from __future__ import annotations

import hashlib
import hmac
import re

from tryon_core.clock import Clock
from tryon_core.collections.model import CollectionNotFound
from tryon_core.secret import Secret

GOOD_FOR_S = 3600
_SHAPE = re.compile(r"([0-9a-f]{40})\.([0-9]{10})\.([0-9a-f]{40})")


class Tickets:
    """Issued and read with the secret of this installation, by whichever of its processes."""

    def __init__(self, secret: Secret, clock: Clock) -> None:
        self._secret, self._clock = secret, clock

    def issue(self, collection_id: str) -> str:
        """A ticket for a collection."""
        until = f"{int(self._clock.now()) + GOOD_FOR_S:010d}"
        return f"{collection_id}.{until}.{self._signed(collection_id, until)}"

    def collection_of(self, ticket: str) -> str:
        """The id of the collection that a ticket is for. Raises `CollectionNotFound`."""
        found = _SHAPE.fullmatch(ticket)
        if found is None or not hmac.compare_digest(self._signed(found[1], found[2]), found[3]):
            raise CollectionNotFound
        if int(found[2]) <= self._clock.now():
            raise CollectionNotFound
        return found[1]

    def _signed(self, collection_id: str, until: str) -> str:
        message = f"download\n{collection_id}\n{until}".encode()
        return hmac.new(self._secret.reveal().encode(), message, hashlib.sha256).hexdigest()[:40]
