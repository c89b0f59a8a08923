"""A picture as it is given: a file here, a link, or what is kept of a link."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from tryon_core.errors import InvalidRequest, rule
from tryon_core.field_types import check_fields

_FILE_NAME = re.compile(r"[^/\\]{1,120}\.[A-Za-z0-9]{2,5}")


@dataclass(frozen=True, slots=True)
class FilePicture:
    """A picture that lies on this machine."""

    path: Path

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True)
class LinkPicture:
    """A picture at a public http(s) address. The address may be signed, so it stays out of the repr."""

    url: str = field(repr=False)

    def __post_init__(self) -> None:
        check_fields(self)
        parts = _split(self.url)
        if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
            # What was found is not repeated: a mistyped link may be signed, too.
            raise InvalidRequest(*rule("picture_link"))

    @property
    def host(self) -> str:
        """Whose link it is; nothing of it is secret."""
        parts = _split(self.url)
        return (parts.hostname or "") if parts else ""

    @property
    def file_name(self) -> str:
        """The name of the file at the end of the path; "" where there is none that looks like one."""
        parts = _split(self.url)
        last = unquote(parts.path).rpartition("/")[2].partition(";")[0] if parts else ""
        return last if _FILE_NAME.fullmatch(last) else ""


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class KeptLink:
    """What is kept of a link that a visitor typed: its host and its file's name. The address is not."""

    host: str
    name: str

    def __post_init__(self) -> None:
        check_fields(self)


Picture = FilePicture | LinkPicture | KeptLink
