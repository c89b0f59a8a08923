"""What is asked of a collection: what it is to be made of."""

from __future__ import annotations

from dataclasses import dataclass

from tryon_core.errors import InvalidRequest, NotGiven, rule
from tryon_core.requests.choices import Version, View
from tryon_core.requests.request import DEFAULT_COUNT, Model, Suit, TryOnRequest, check_fields
from tryon_core.sentences import said

MAX_CELLS = 2000  # garments x models; a page with more of them is no overview any more
LONGEST_NAME = 120  # characters of a garment, a model or a collection, and of an article number


@dataclass(frozen=True, slots=True)
class NewGarment:
    """A garment, or a top and a bottom, for a new row. Where no name and no article number are given they
    come from its file's name: "4711_striped-shirt.jpg" is "Striped shirt", article "4711"."""

    suit: Suit
    name: str = ""
    article: str = ""

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True)
class NewModel:
    """A model by name, as described, or by own photos, for a new column; without a name it gets its own."""

    model: Model
    name: str = ""

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True)
class CollectionOptions:
    """What all cells are asked for, as in `TryOnRequest`."""

    view: View = View.FULL_BODY
    count: int = DEFAULT_COUNT
    quality_gate: bool = False
    version: Version = Version.STANDARD
    trial: bool = False

    def __post_init__(self) -> None:
        check_fields(self)

    def request(self, suit: Suit, model: Model) -> TryOnRequest:
        """What one cell asks for. Raises `InvalidRequest`."""
        return TryOnRequest(
            (suit,), model, self.view, self.count, self.quality_gate, self.version, self.trial
        )


@dataclass(frozen=True, slots=True)
class NewCollection:
    """What a collection is made of, rows and columns in order. Without a vendor it is the usual one."""

    garments: tuple[NewGarment, ...]
    models: tuple[NewModel, ...]
    options: CollectionOptions = CollectionOptions()
    name: str = ""
    vendor: str = ""

    def __post_init__(self) -> None:
        check_fields(self)
        if not self.garments:
            raise NotGiven(said("needed.garments.field"), said("needed.garments.todo"))
        if not self.models:
            raise NotGiven(said("needed.models.field"), said("needed.models.todo"))
        check_size(len(self.garments), len(self.models))


def check_size(garments: int, models: int) -> None:
    """Raises `InvalidRequest` for more cells than a collection can have."""
    if garments * models > MAX_CELLS:
        raise InvalidRequest(*rule("many_cells", count=garments * models, most=MAX_CELLS))
