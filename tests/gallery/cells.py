"""What the contact sheet shows: one cell is one picture of the studio, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from tests.renderer import sample_garments
from tests.renderer.everyday import KINDS, laid
from tests.renderer.test_trust import NO_GARMENTS
from tryon_sandbox.renderer import LIBRARY, Figure, Look, Piece, dress, refine
from tryon_sandbox.renderer.garments.garment import understand

SAMPLES = tuple(sample_garments.VENDOR_TYPES)
SUITS = (("hoodie", "jeans"), ("tee", "skirt"), ("white_shirt", "trousers"), ("sweater", "jeans"))
ON_MODELS = ("Ariel", "James", "Nora")


@dataclass(frozen=True)
class Cell:
    caption: str
    make: Callable[[], bytes]
    reason: str = ""  # why a garment is shown beside the figure


@dataclass(frozen=True)
class Section:
    title: str
    cells: tuple[Cell, ...]


def sections() -> tuple[Section, ...]:
    """All that is to be looked at, in reading order."""
    return (
        Section("Every library model, plain", tuple(_library())),
        Section("Every body and pose", tuple(_bodies())),
        Section("Eight pictures of one job", tuple(_one_job())),
        Section("Styles and views", tuple(_styles_and_views())),
        Section("Every sample on three models", tuple(_samples())),
        Section("Suits", tuple(_suits())),
        Section("Own photos", tuple(_own_photos())),
        Section("Refined: before and after", tuple(_refined())),
        Section("On everyday backdrops: photo and picture", tuple(_everyday())),
        Section("Not trusted: shown flat, and why", tuple(_doubtful())),
    )


def _pieces(*names: str) -> tuple[Piece, ...]:
    return tuple(Piece(sample_garments.garment(name)) for name in names)


def _cell(caption: str, look: Look) -> Cell:
    return Cell(caption, lambda: dress(look).png)


def _library() -> Iterator[Cell]:
    for name, figure in LIBRARY.items():
        yield _cell(name, Look((), figure))


def _bodies() -> Iterator[Cell]:
    for gender in ("female", "male"):
        for body in ("slim", "curvy"):
            yield from _poses(f"{gender}, {body}", Figure("", gender, body=body))
        yield from _poses(f"{gender}, child", Figure("", gender, age="children"))


def _poses(who: str, figure: Figure) -> Iterator[Cell]:
    for index in range(3):
        yield _cell(f"{who}, {index}", Look(_pieces("tee"), figure, index=index))


def _one_job() -> Iterator[Cell]:
    for index in range(8):
        yield _cell(f"picture {index}", Look(_pieces("hoodie"), LIBRARY["James"], index=index))


def _styles_and_views() -> Iterator[Cell]:
    for style in ("universal_1", "universal_2", "universal_3"):
        for view in ("fullbody", "halfbody"):
            figure = Figure("", "female", style)
            yield _cell(f"{style}, {view}", Look(_pieces("sweater"), figure, view=view))
    yield _cell("long dress, halfbody", Look(_pieces("dress"), LIBRARY["Ariel"], view="halfbody"))
    yield _cell("jeans, halfbody", Look(_pieces("jeans"), LIBRARY["James"], view="halfbody"))


def _samples() -> Iterator[Cell]:
    for name in SAMPLES:
        for number, who in enumerate(ON_MODELS):
            yield _cell(f"{name} on {who}", Look(_pieces(name), LIBRARY[who], index=number))


def _suits() -> Iterator[Cell]:
    for names in SUITS:
        for who in ("Mila", "Kofi"):
            yield _cell(f"{' and '.join(names)} on {who}", Look(_pieces(*names), LIBRARY[who]))


def _own_photos() -> Iterator[Cell]:
    for who in ("Zuri", "Theo", "Lina"):
        person = dress(Look(_pieces("tee", "jeans"), LIBRARY[who])).png
        for name in ("hoodie", "dress", "trousers"):
            yield _cell(f"{name} on a photo of {who}", Look(_pieces(name), LIBRARY["Ariel"], person=person))
    busy = sample_garments.snapshot()
    yield _cell("a busy photo", Look(_pieces("tee"), LIBRARY["Ariel"], person=busy))


def _refined() -> Iterator[Cell]:
    for name in ("printed_tee", "sweater", "shirt", "jeans", "hoodie"):
        worn = Look(_pieces(name), LIBRARY["Mila"])
        plain = Look((), LIBRARY["Mila"])
        yield _cell(f"{name}, before", worn)
        yield Cell(f"{name}, after", partial(_after, name, worn, plain))


def _after(name: str, worn: Look, plain: Look) -> bytes:
    return refine(
        person=dress(plain).png, top=sample_garments.garment(name), coarse=dress(worn).png, gender="woman"
    )


def _everyday() -> Iterator[Cell]:
    for number, (name, kind) in enumerate(zip(SAMPLES, KINDS, strict=False)):
        data = sample_garments.png((laid(name, kind, number % 5).photo * 255).astype(np.uint8))
        yield Cell(f"{name} on {kind}", partial(bytes, data))
        yield _of_one(f"{name} from {kind}", data)


def _of_one(caption: str, data: bytes, index: int = 0) -> Cell:
    look = Look((Piece(data),), LIBRARY["Ariel"], index=index)
    return Cell(caption, lambda: dress(look).png, understand(data).doubt)


def _doubtful() -> Iterator[Cell]:
    doubtful = {
        "noise": sample_garments.noise(),
        "a landscape": sample_garments.landscape(),
        "crumbs": sample_garments.crumbs(),
        "a busy photo": sample_garments.snapshot(),
    }
    for draw in NO_GARMENTS:
        doubtful[draw.__name__.strip("_").replace("_", " ")] = sample_garments.png(draw())
    for number, (caption, data) in enumerate(doubtful.items()):
        yield _of_one(caption, data, number)
