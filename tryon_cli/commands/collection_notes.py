"""Which collection a command line stands for, and where its pictures are to go: the same line again is the
same collection, also when it has ended, and buys nothing a second time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tryon_cli.commands.file_delivery import written
from tryon_core import FilePicture, LinkPicture, NewCollection, OwnPhotos, Picture


@dataclass(frozen=True, slots=True)
class CollectionNote:
    """A collection that was begun; `delivered` when all of its pictures are in the folder `out`."""

    digest: str
    id: str
    out: Path
    delivered: bool = False


class CollectionNotes:
    """One small file for each collection."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, note: CollectionNote) -> None:
        """Writes a note, in place of an earlier one of the same digest."""
        told = {"id": note.id, "out": str(note.out.resolve()), "delivered": note.delivered}
        with written(self._folder / f".{note.digest}.part") as temporary:
            temporary.write_text(json.dumps(told))
            temporary.replace(self._file(note.digest))

    def done(self, note: CollectionNote) -> None:
        """All pictures of a collection are there."""
        self.keep(replace(note, delivered=True))

    def of(self, digest: str) -> CollectionNote | None:
        """The note of what was asked for; None where it was not begun here."""
        try:
            told = json.loads(self._file(digest).read_text())
            return CollectionNote(digest, str(told["id"]), Path(told["out"]), bool(told["delivered"]))
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

    def owed(self) -> Iterator[CollectionNote]:
        """Those whose pictures may not all be delivered."""
        for file in sorted(self._folder.glob("*.json")):
            note = self.of(file.stem)
            if note and not note.delivered:
                yield note

    def _file(self, digest: str) -> Path:
        return self._folder / f"{digest}.json"


def digest_of(new: NewCollection) -> str:
    """The same for two that ask for the same: by the contents of files, wherever they lie. Blocks."""
    garments = [
        [row.name, row.article, [[garment.type, _content(garment.picture)] for garment in row.suit.garments]]
        for row in new.garments
    ]
    models = [
        [_content(picture) for picture in column.model.pictures]
        if isinstance(column.model, OwnPhotos)
        else repr(column.model)
        for column in new.models
    ]
    whole = json.dumps([garments, models, repr(new.options), new.name, new.vendor])
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def _content(picture: Picture) -> str:
    match picture:
        case FilePicture(path):
            return f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        case LinkPicture(url):
            return url
        case _:
            raise TypeError("a link whose address is not kept")
