"""Bytes and seconds by the names that people count them by."""

from __future__ import annotations

from typing import Final

MB: Final = 1_000_000  # bytes, as disks and downloads are counted
KIB: Final = 1024
MIB: Final = 1024 * 1024  # bytes, as vendors count a picture; they write it as MB, and so does the page
DAY_S: Final = 86_400.0
