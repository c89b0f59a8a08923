"""What opens a share: its link, the password, and by what a browser is known under it. None of it can be read
from the database: links and keys are made with the secret of this installation."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from tryon_core.secret import Secret

_ID_BYTES, _SIGNATURE = 6, 24  # bytes of an id; characters of base64, 144 bits, that nobody guesses
_COST, _BLOCK = 2**14, 8  # of scrypt: 16 MB and about 50 ms a try


class ShareLinks:
    """Makes tokens and keys by the state secret."""

    def __init__(self, secret: Secret) -> None:
        self._secret = secret

    def token_of(self, share_id: str) -> str:
        """What stands in the link of a share."""
        return f"{share_id}-{self._signed('share', share_id)[:_SIGNATURE]}"

    def id_of(self, token: str) -> str:
        """The id of the share that a token is for; "" for what is none."""
        share_id, _, _ = token.partition("-")
        same = hmac.compare_digest(_bytes(self.token_of(share_id)), _bytes(token))
        return share_id if same else ""

    def key_of(self, share_id: str, password: str) -> str:
        """What opens a share once its password was typed; another password makes another key. `password` as
        `hashed` has it."""
        return self._signed("key of share", share_id, password)

    def is_key(self, key: str, share_id: str, password: str) -> bool:
        """Whether what a browser sent, any text, is that key."""
        return hmac.compare_digest(_bytes(self.key_of(share_id, password)), _bytes(key))

    def _signed(self, *parts: str) -> str:
        digest = hmac.new(_bytes(self._secret.reveal()), _bytes("\n".join(parts)), hashlib.sha256)
        return base64.urlsafe_b64encode(digest.digest()).decode().rstrip("=")


def new_id() -> str:
    """An id for a new share."""
    return secrets.token_hex(_ID_BYTES)


def digest_of(share_id: str, reviewer: str) -> str:
    """What the database knows a browser by, another one under each share."""
    return hashlib.sha256(_bytes(f"reviewer\n{share_id}\n{reviewer}")).hexdigest()


def hashed(password: str, salt: str = "") -> str:
    """A password as it is kept, by scrypt, without blanks around it: they come along from a message. Computes
    for 50 ms: call it in a worker thread."""
    salt = salt or secrets.token_hex(16)
    made = hashlib.scrypt(_bytes(password.strip()), salt=bytes.fromhex(salt), n=_COST, r=_BLOCK, p=1)
    return f"scrypt${salt}${made.hex()}"


def fits(password: str, kept: str) -> bool:
    """Whether it is the password; every one fits where none is asked for. As slow as `hashed`."""
    return not kept or hmac.compare_digest(hashed(password, kept.split("$")[1]), kept)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
