"""The zip as it is read, one picture in memory at a time."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum

from tryon_core.collections.export.ai_label import (
    Labelled,
    LabelState,
    found_label,
    labelled,
)
from tryon_core.collections.export.contents import Export, ExportPicture
from tryon_core.collections.export.file_names import USUAL_PATTERN, names_of
from tryon_core.collections.export.manifest import Entry, manifest_csv, manifest_json

_OLDEST = datetime(1980, 1, 1, tzinfo=UTC)  # zip knows no day before
_READABLE = 0o644 << 16  # Unix mode of an entry


class Copies(StrEnum):
    """What lies in the zip: files to the byte as the vendor served them, or copies with the AI label."""

    ORIGINAL = "original"
    LABELLED = "labelled"


def zip_stream(
    export: Export, pattern: str = USUAL_PATTERN, copies: Copies = Copies.ORIGINAL
) -> Iterator[bytes]:
    """The bytes of the zip, in order: pictures, then the manifests. A picture whose file is gone is left out,
    and its row says so by having no file. Raises `InvalidRequest` at once for a pattern that will not do."""
    names = names_of(export.pictures, pattern)
    return _chunks(export, names, _READERS[copies])


def _chunks(
    export: Export, names: Sequence[str], read: Callable[[ExportPicture], Labelled]
) -> Iterator[bytes]:
    window = _Window()
    entries: list[Entry] = []
    with zipfile.ZipFile(window, "w", zipfile.ZIP_STORED) as archive:  # pictures are compressed already
        for picture, name in zip(export.pictures, names, strict=True):
            entries.append(_add(archive, picture, name, read))
            yield window.taken()
        for name, data in (
            ("manifest.csv", manifest_csv(entries)),
            ("manifest.json", manifest_json(export, entries)),
        ):
            archive.writestr(_info(name, export.made_at), data)
        yield window.taken()
    yield window.taken()


def _add(
    archive: zipfile.ZipFile, picture: ExportPicture, name: str, read: Callable[[ExportPicture], Labelled]
) -> Entry:
    try:
        copy = read(picture)
    except OSError:  # cleared away in the meantime
        return Entry(picture, "")
    archive.writestr(_info(name, picture.made_at), copy.data)
    label = "" if copy.state is LabelState.NONE else copy.state.value
    return Entry(picture, name, hashlib.sha256(copy.data).hexdigest(), label, copy.source_type)


def _info(name: str, made_at: float) -> zipfile.ZipInfo:
    moment = max(datetime.fromtimestamp(made_at, UTC), _OLDEST)
    info = zipfile.ZipInfo(name, moment.timetuple()[:6])
    info.external_attr = _READABLE
    return info


def _original(picture: ExportPicture) -> Labelled:
    data = picture.path.read_bytes()
    return found_label(data) or Labelled(data, LabelState.NONE)


def _with_label(picture: ExportPicture) -> Labelled:
    return labelled(picture.path.read_bytes(), picture.label)


_READERS = {Copies.ORIGINAL: _original, Copies.LABELLED: _with_label}


class _Window(io.BytesIO):
    """A file that is taken away as it grows. The writer may go back within what was not taken yet: so each
    entry's sizes and checksum stand before it, where every reader looks, and not only behind."""

    def __init__(self) -> None:
        super().__init__()
        self._before = 0

    def tell(self) -> int:
        return self._before + super().tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._before + super().seek(offset - self._before if whence == io.SEEK_SET else offset, whence)

    def taken(self) -> bytes:
        """What was written since the last time."""
        data = self.getvalue()
        self._before += len(data)
        super().seek(0)
        self.truncate()
        return data
