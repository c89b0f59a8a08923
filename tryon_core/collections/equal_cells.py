"""Which cells of a collection ask for the same. Of these one has a job, and the others show what it makes:
what was asked for once is bought once, whatever the rows are called."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tryon_core.collections import parts
from tryon_core.collections.new import NewGarment, NewModel
from tryon_core.collections.records import GarmentRecord, ModelRecord, Whole
from tryon_core.disk import digest_of
from tryon_core.request import FilePicture, KeptLink, LinkPicture, Model, OwnPhotos, Picture, Suit

Pair = tuple[str, str]  # what is worn, and by whom


def fingerprint_of(*content: object) -> str:
    """The same for equal JSON."""
    return digest_of(json.dumps(content, sort_keys=True).encode())


def content_of_suit(by_content: Suit) -> str:
    """The same for two suits that ask for the same; each picture's path is the hash of what is in it."""
    return fingerprint_of(parts.packed_suit(by_content))


def content_of_model(by_content: Model) -> str:
    """The same for two models that are the same; as `content_of_suit`."""
    return fingerprint_of(parts.packed_model(by_content))


@dataclass(frozen=True, slots=True)
class Contents:
    """What new rows and columns ask for, in their order."""

    garments: tuple[str, ...]
    models: tuple[str, ...]


def contents_of(
    garments: Sequence[NewGarment], models: Sequence[NewModel], folder: Path | None = None
) -> Contents:
    """What rows and columns ask for before they are taken in; `folder` has the pictures of those that they
    are compared with. A file is read where another one is as long, a link is its address. Blocks."""
    photos = [one.model.pictures for one in models if isinstance(one.model, OwnPhotos)]
    pictures = [garment.picture for one in garments for garment in one.suit.garments]
    names = _names([*pictures, *(picture for some in photos for picture in some)], folder)
    return Contents(
        tuple(content_of_suit(_suit(one.suit, names)) for one in garments),
        tuple(content_of_model(_model(one.model, names)) for one in models),
    )


class FirstCells:
    """The first cell of each pair, among those of a collection that are there and those that come."""

    def __init__(self, there: Whole | None = None) -> None:
        self._first: dict[Pair, str] = {}
        for garment_id, model_id, cell_id in _cells_of(there):
            self.of((garment_id, model_id), cell_id)

    def of(self, pair: Pair, cell_id: str) -> str | None:
        """The cell that a new one of this pair is the same as; None where it is the first."""
        first = self._first.setdefault(pair, cell_id)
        return None if first == cell_id else first


def asks_for(row: GarmentRecord | ModelRecord) -> str:
    """What a row or a column asks for; where that was not looked at, it is like no other."""
    return row.content or row.id


def _cells_of(there: Whole | None) -> Iterable[tuple[str, str, str]]:
    if there is None:
        return
    rows, columns = ({one.id: asks_for(one) for one in some} for some in (there.garments, there.models))
    for cell in there.grid:
        yield rows[cell.garment_id], columns[cell.model_id], cell.same_as or cell.id


def _names(pictures: Iterable[Picture], folder: Path | None) -> Mapping[Picture, str]:
    """A name for each picture, the same for those that are equal."""
    known = dict.fromkeys(pictures)
    files = {picture: _size(picture.path) for picture in known if isinstance(picture, FilePicture)}
    others = [_size(path) for path in folder.iterdir()] if folder and folder.is_dir() else []
    lengths = Counter((*files.values(), *others))
    return {
        picture: _read(picture.path) if lengths[files.get(picture, 0)] > 1 else _place(picture)
        for picture in known
        if isinstance(picture, FilePicture)
    } | {picture: _place(picture) for picture in known if not isinstance(picture, FilePicture)}


def _size(path: Path) -> int:
    """0 for what is not there: whoever takes it in says so."""
    return path.stat().st_size if path.is_file() else 0


def _read(path: Path) -> str:
    try:
        return digest_of(path.read_bytes())
    except OSError:
        return _place(FilePicture(path))


def _place(picture: Picture) -> str:
    """What stands for a picture by where it is."""
    match picture:
        case FilePicture(path):
            return f"at-{digest_of(str(path).encode())}"
        case LinkPicture(url):
            return f"link-{digest_of(url.encode())}"
        case KeptLink(host, name):
            return f"kept-{digest_of(f'{host} {name}'.encode())}"


def _suit(suit: Suit, names: Mapping[Picture, str]) -> Suit:
    return Suit(tuple(replace(one, picture=FilePicture(Path(names[one.picture]))) for one in suit.garments))


def _model(model: Model, names: Mapping[Picture, str]) -> Model:
    if not isinstance(model, OwnPhotos):
        return model
    return OwnPhotos(tuple(FilePicture(Path(names[picture])) for picture in model.pictures))
