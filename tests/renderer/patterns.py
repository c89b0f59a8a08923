"""Silhouettes of garments lying flat, drawn from tailor's measures in centimetres, with their marks."""

from dataclasses import dataclass, field

import cv2
import numpy as np

Place = tuple[float, float]
SIZE = 480


@dataclass(frozen=True)
class Drawn:
    """A mask of SIZE by SIZE, and named places on its right half (from the viewer), in mask pixels."""

    mask: np.ndarray
    places: dict[str, np.ndarray]
    scale: float

    def colours(self) -> np.ndarray:
        """Plain cloth on a plain ground, 0..1."""
        return np.where(self.mask[..., None], np.float32(0.5), np.float32(0.95)) * np.ones(3, np.float32)

    def changed(self, wide: float, high: float) -> "Drawn":
        """Squeezed or smaller, in the middle of the same picture."""
        middle = SIZE / 2
        moved = np.array([[wide, 0, middle * (1 - wide)], [0, high, middle * (1 - high)]])
        mask = cv2.warpAffine(self.mask.astype(np.uint8) * 255, moved, (SIZE, SIZE)) > 127
        return Drawn(mask, {}, self.scale)

    def photo(self, colour: tuple[int, int, int] = (150, 60, 70)) -> np.ndarray:
        """It lying on a plain, light backdrop; 8 bit."""
        photo = np.full((*self.mask.shape, 3), 244, np.uint8)
        photo[self.mask] = colour
        return cv2.GaussianBlur(photo, (3, 3), 0)


@dataclass
class _Paper:
    """Pieces in centimetres, x from the middle line to the right, y down; mirrored when drawn."""

    pieces: list[list[Place]] = field(default_factory=list)
    cut_outs: list[list[Place]] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    def drawn(self, fill: float = 0.86) -> Drawn:
        every = np.concatenate([np.array(piece) for piece in self.pieces])
        wide, low, high = 2 * np.abs(every[:, 0]).max(), every[:, 1].max(), every[:, 1].min()
        scale = fill * SIZE / max(wide, low - high)
        corner = np.array([SIZE / 2, SIZE / 2 - scale * (low + high) / 2])
        mask = np.zeros((SIZE, SIZE), np.uint8)
        for pieces, value in ((self.pieces, 1), (self.cut_outs, 0)):
            for piece in pieces:
                for mirror in (1, -1):
                    outline = np.array(piece) * scale * (mirror, 1) + corner
                    cv2.fillPoly(mask, [np.round(outline).astype(np.int32)], value)
        places = {name: np.array(place) * scale + corner for name, place in self.places.items()}
        return Drawn(mask > 0, places, scale)


def top(
    *,
    neck: float = 9.0,
    shoulder: float = 21.0,
    chest: float = 24.0,
    waist: float | None = None,
    hem: float = 24.0,
    length: float = 66.0,
    slope: float = 5.0,
    armhole: float = 23.0,
    collar: float = 2.0,
    sleeve: float = 0.0,
    angle: float = 45.0,
    cuff: float = 16.0,
) -> Drawn:
    """A top or dress by its half widths; `sleeve` by its outer length, and its angle below the level."""
    paper = _body(neck, shoulder, chest, waist, hem, length, slope, armhole, collar)
    if sleeve:
        _add_sleeve(paper, sleeve, angle, cuff)
    return paper.drawn()


def _body(
    neck: float,
    shoulder: float,
    chest: float,
    waist: float | None,
    hem: float,
    length: float,
    slope: float,
    armhole: float,
    collar: float,
) -> _Paper:
    tip, pit, corner = (shoulder, slope), (chest, slope + armhole), (hem, length)
    middle = [(waist, slope + armhole + 17.0)] if waist is not None else []
    hole = (shoulder - 1.5, slope + 0.6 * armhole)
    paper = _Paper(
        [
            [
                (0.0, collar),
                (neck - 3.0, 0.6 * collar),
                (neck, 0.0),
                tip,
                hole,
                pit,
                *middle,
                corner,
                (0.0, length),
            ]
        ]
    )
    paper.places.update(neck=(neck, 0.0), shoulder=tip, armpit=pit, hem=corner)
    return paper


def _add_sleeve(paper: _Paper, length: float, angle: float, cuff: float) -> None:
    tip, pit = np.array(paper.places["shoulder"]), np.array(paper.places["armpit"])
    along = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    outer = tip + along * length
    inner = outer + np.array([-along[1], along[0]]) * cuff
    inside = tip * 0.7
    paper.pieces.append(
        [tuple(inside), tuple(tip), tuple(outer), tuple(inner), tuple(pit), (0.0, float(pit[1]))]
    )
    paper.places.update(cuff_outer=tuple(outer), cuff_inner=tuple(inner))


def sleeves_beside_body(
    *, touching: float = 1.0, longer: float = 6.0, width: float = 13.0, length: float = 62.0
) -> Drawn:
    """Long sleeves that hang straight down along the sides, touching them over this share of their length."""
    paper = _body(9.0, 21.0, 23.0, None, 23.0, length, 5.0, 22.0, 2.0)
    low = length + longer
    paper.pieces.append(
        [(14.0, 3.2), (21.0, 5.0), (28.0, 12.0), (34.0, low), (34.0 - width, low), (22.0, 27.0)]
    )
    if touching < 1.0:
        start = 27.0 + touching * (length - 27.0)
        paper.cut_outs.append([(23.2, start), (25.4, length), (23.2, length)])
    paper.cut_outs.append([(23.0, length), (34.0 - width + 2.5, low + 1), (20.0, low + 1)])
    paper.places.update(cuff_outer=(34.0, low), cuff_inner=(34.0 - width + 2, low))
    return paper.drawn()


def bell_sleeves() -> Drawn:
    """Sleeves that grow to twice their width, and touch the body down to its hem."""
    paper = _body(9.0, 20.0, 22.0, None, 24.0, 58.0, 4.0, 21.0, 3.0)
    paper.pieces.append(
        [(14.0, 3.0), (20.0, 4.0), (26.0, 12.0), (47.0, 64.0), (25.5, 66.0), (24.5, 58.0), (21.0, 25.0)]
    )
    paper.places.update(cuff_outer=(47.0, 64.0), cuff_inner=(25.5, 66.0))
    return paper.drawn()


def strapped(*, strap: float = 20.0, length: float = 42.0, chest: float = 20.0, hem: float = 23.0) -> Drawn:
    """A camisole or slip dress on thin straps."""
    paper = _Paper()
    paper.pieces.append(
        [
            (0.0, strap + 9.0),
            (12.0, strap - 1.0),
            (13.5, strap),
            (chest, strap + 8.0),
            (hem, strap + 8.0 + length),
            (0.0, strap + 8.0 + length),
        ]
    )
    paper.pieces.append([(12.0, strap + 1.0), (11.4, 0.0), (12.6, 0.0), (13.6, strap + 1.0)])
    paper.places.update(armpit=(chest, strap + 8.0), hem=(hem, strap + 8.0 + length), neck=(11.4, 0.0))
    return paper.drawn()


def halter(*, length: float = 60.0) -> Drawn:
    """A top that a band around the neck holds."""
    paper = _Paper()
    paper.pieces.append(
        [(0.0, 0.5), (8.0, 0.0), (8.5, 4.0), (12.0, 16.0), (21.0, 27.0), (23.0, length), (0.0, length)]
    )
    paper.places.update(armpit=(21.0, 27.0), hem=(23.0, length), neck=(8.0, 0.0))
    return paper.drawn()


def off_shoulder(*, length: float = 38.0) -> Drawn:
    """Its upper edge runs level around body and both arms."""
    paper = _Paper()
    paper.pieces.append([(0.0, 0.0), (24.0, 0.0), (23.0, 20.0), (25.0, length), (0.0, length)])
    paper.pieces.append([(22.0, 0.0), (38.0, 0.5), (42.0, 20.0), (26.0, 21.5), (23.5, 14.0)])
    paper.places.update(armpit=(24.0, 16.0), hem=(25.0, length))
    return paper.drawn()


def boat_neck() -> Drawn:
    """Its neckline runs level from shoulder to shoulder, and short caps go on from there."""
    paper = _Paper()
    right = [(24.0, 0.0), (30.0, 1.0), (35.0, 4.0), (25.0, 12.0), (22.5, 18.0), (25.0, 55.0)]
    paper.pieces.append([(0.0, 0.6), *right, (0.0, 55.0)])
    return paper.drawn()


def trousers(
    *,
    waist: float = 19.0,
    hips: float = 25.0,
    rise: float = 30.0,
    length: float = 104.0,
    hem: float = 18.0,
    apart: float = 6.0,
    together: bool = False,
) -> Drawn:
    """Two legs by the half widths of waist and hips, the width of a hem, and how far the hems are apart."""
    inner = 0.4 if together else apart / 2
    paper = _Paper(
        [[(0.0, 0.0), (waist, 0.0), (hips, 0.6 * rise), (inner + hem, length), (inner, length), (0.0, rise)]]
    )
    paper.places.update(
        waist=(waist, 0.0), crotch=(0.0, rise), outer=(inner + hem, length), inner=(inner, length)
    )
    return paper.drawn()


def skirt(
    *, waist: float = 17.0, hips: float = 23.0, hem: float = 24.0, length: float = 60.0, sag: float = 0.0
) -> Drawn:
    """A skirt by its half widths; `sag`: how much lower its hem is in the middle, as of a circle."""
    below = [(hem * share, length - sag * share**2) for share in (0.75, 0.5, 0.25, 0.0)]
    outline = [(0.0, 0.0), (waist, 0.0), (hips, min(20.0, 0.4 * length)), (hem, length - sag), *below]
    paper = _Paper([outline])
    paper.places.update(waist=(waist, 0.0), hem=(hem, length - sag))
    return paper.drawn()


def mirrored(place: np.ndarray) -> np.ndarray:
    """The same place on the left half."""
    return np.array([SIZE - place[0], place[1]])
