"""What both manifests, of a job's zip and of a collection's, say of a picture in the same words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class KeptPicture(Protocol):
    """A picture on this machine; sides are pixels as stored, `size` is bytes, `sha256` hexadecimal."""

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...

    @property
    def size(self) -> int: ...

    @property
    def sha256(self) -> str: ...


def file_facts(picture: KeptPicture) -> dict[str, object]:
    """What is said of the picture's file, by the names that those who read a manifest know."""
    return {
        "width": picture.width,
        "height": picture.height,
        "bytes": picture.size,
        "sha256": picture.sha256,
    }


def moment(seconds: float) -> str:
    """Unix seconds as a manifest writes them: ISO 8601, UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
