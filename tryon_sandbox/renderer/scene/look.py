"""What a try-on is asked with, and what comes back."""

from dataclasses import dataclass

from tryon_sandbox.renderer.scene.library import Figure


class NotFlatLay(Exception):
    """A garment picture is no plain flat-lay photo, and the caller asked for that to be refused."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A garment photo; `type` is tops, bottoms or dresses and wins over what is recognised, or is empty."""

    data: bytes
    type: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """One picture to make: what is worn, by whom, how it is framed, and the which-th of its job it is."""

    pieces: tuple[Piece, ...]
    figure: Figure
    view: str = "fullbody"
    index: int = 0
    person: bytes | None = None
    quality_gate: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """A PNG, and the vendor type of each piece in the order given."""

    png: bytes
    garment_types: tuple[str, ...]
