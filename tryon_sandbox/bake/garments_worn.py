"""Bakes what the refiner starts from: a sample try-on and the same figure without it."""

from collections.abc import Sequence
from pathlib import Path

from tryon_sandbox.studio import LIBRARY, Look, Piece, dress

WHO = "Mila"
WORN = ("hoodie", "jeans")


def bake(folder: Path, names: Sequence[str]) -> None:
    """Writes `person.png` and `coarse.png`, or only those named, from the garments beside the folder.

    Raises KeyError for another name.
    """
    garments = folder.parent / "garments"
    pieces = {"person": (), "coarse": WORN}
    for name in names or tuple(pieces):
        worn = tuple(Piece((garments / f"{piece}.jpg").read_bytes()) for piece in pieces[name])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.png").write_bytes(dress(Look(worn, LIBRARY[WHO])).png)
