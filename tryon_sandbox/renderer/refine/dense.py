"""A garment photo laid over the same garment in any picture: first as a whole, then place by place."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from tryon_sandbox.renderer.garments.garment import Garment
from tryon_sandbox.renderer.raster import Floats, Mask, blur, floats, luma, resize
from tryon_sandbox.renderer.refine.agreement import believed, trust, within
from tryon_sandbox.renderer.refine.cloth import Layer

FEW = 0.005  # of the picture; less is no garment
THIN = 0.012  # of the height
MARGIN = 0.02  # of the height
FEWEST_MATCHES = 10
RATIO = 0.82  # a match must be this much closer than the next best
NEAR = 6.0  # pixels that a match may be off
STEADY = (30.0, 18.0)  # the bend is smoothed by so much, in two rounds
STRAYS = 1.5  # pixels: there and back again must end as close as this
LEAST_SHARE = 0.5  # of the garment's pattern that must be believed, or nothing is

Matrix = np.typing.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Flat:
    """The garment as its photo shows it, about as large as in the picture."""

    rgb: Floats
    alpha: Floats


def on_picture(picture: Floats, worn: Mask, garments: list[Garment]) -> Layer | None:
    """All garments found in the picture, unlit; None when none is. `worn` is where they are looked for."""
    worn = _cleared(worn)
    if worn.mean() <= FEW:
        return None
    window = _window(worn)
    part, where = picture[window], worn[window]
    found = [layer for layer in (_best(part, where, garment) for garment in garments) if layer]
    if not found:
        return None
    paint, seen = np.zeros_like(picture), np.ones(worn.shape, np.float32)
    for layer in reversed(found):  # the top comes first, and lies over the rest
        paint[window] = layer.paint + paint[window] * layer.seen[..., None]
        seen[window] *= layer.seen
    return Layer(paint, seen, pulled=True)


def _cleared(worn: Mask) -> Mask:
    """Without the thin lines that two pictures of different sharpness differ by."""
    size = max(3, round(THIN * worn.shape[0])) | 1
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return np.asarray(cv2.morphologyEx(worn.astype(np.uint8), cv2.MORPH_OPEN, ball), np.bool_)


def _window(mask: Mask) -> tuple[slice, slice]:
    margin = round(MARGIN * mask.shape[0])
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return (
        slice(max(int(rows[0]) - margin, 0), int(rows[-1]) + margin),
        slice(max(int(columns[0]) - margin, 0), int(columns[-1]) + margin),
    )


def _best(picture: Floats, worn: Mask, garment: Garment) -> Layer | None:
    """The first placing of the garment that enough of the picture agrees with; None for a photo in which
    nothing was found."""
    flat = _flat(garment, picture.shape[0])
    if not (flat.alpha > 0.5).any():
        return None
    for matrix in _placings(picture, worn, flat):
        layer = _bent(picture, worn, _placed(flat, matrix, picture))
        if believed(layer, trust(picture, layer)) > LEAST_SHARE:
            return layer
    return None


def _flat(garment: Garment, height: int) -> _Flat:
    cutout = garment.cutout
    share = min(1.0, height / max(cutout.alpha.shape))
    size = round(cutout.alpha.shape[1] * share), round(cutout.alpha.shape[0] * share)
    return _Flat(resize(cutout.rgb, size), np.clip(resize(cutout.alpha, size), 0, 1))


def _placings(picture: Floats, worn: Mask, flat: _Flat) -> Iterator[Matrix]:
    by_features = _by_features(picture, worn, flat)
    if by_features is not None:
        yield by_features
    yield _by_region(worn, flat)


def _by_features(picture: Floats, worn: Mask, flat: _Flat) -> Matrix | None:
    """Print, seams and pockets found again, however turned and large."""
    detector = cv2.SIFT.create(nfeatures=1500, contrastThreshold=0.02)
    ours = detector.detectAndCompute(_bytes(luma(flat.rgb)), _bytes(floats(flat.alpha > 0.5)))
    theirs = detector.detectAndCompute(_bytes(luma(picture)), _bytes(floats(worn)))
    if ours[1] is None or theirs[1] is None or min(len(ours[1]), len(theirs[1])) < FEWEST_MATCHES:
        return None
    close = _close(ours[1], theirs[1])
    if len(close) < FEWEST_MATCHES:
        return None
    start = np.array([ours[0][match.queryIdx].pt for match in close])
    end = np.array([theirs[0][match.trainIdx].pt for match in close])
    cv2.setRNGSeed(1)
    matrix, inliers = cv2.estimateAffine2D(start, end, method=cv2.RANSAC, ransacReprojThreshold=NEAR)
    if matrix is None or int(inliers.sum()) < FEWEST_MATCHES:
        return None
    found = np.asarray(matrix, np.float64)
    return found if _is_plain(found) else None


def _close(ours: cv2.typing.MatLike, theirs: cv2.typing.MatLike) -> list[cv2.DMatch]:
    """Matches that are closer than the next best; of all that match one of theirs the closest alone, or what
    draws all of ours together in one place would have the most."""
    pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(ours, theirs, k=2)
    close = [pair[0] for pair in pairs if len(pair) == 2 and pair[0].distance < RATIO * pair[1].distance]
    closest = {match.trainIdx: match for match in sorted(close, key=lambda match: -match.distance)}
    return list(closest.values())


def _is_plain(matrix: Matrix) -> bool:
    """Upright, not mirrored, and not squeezed beyond what a body does to cloth."""
    wide, high = np.linalg.svd(matrix[:, :2])[1]
    turned = np.degrees(np.arctan2(matrix[1, 0], matrix[0, 0]))
    return bool(np.linalg.det(matrix[:, :2]) > 0 and high > 0.1 and wide < 2.0 * high and abs(turned) < 40)


def _by_region(worn: Mask, flat: _Flat) -> Matrix:
    """The garment's trunk stretched over the region that is new in the picture."""
    ours, theirs = _trunk(flat.alpha > 0.5), _trunk(worn)
    across, down = (theirs[i] / max(ours[i], 1.0) for i in (2, 3))
    return np.array([[across, 0, theirs[0] - ours[0] * across], [0, down, theirs[1] - ours[1] * down]])


def _trunk(mask: Mask) -> tuple[float, float, float, float]:
    """Middle, first row, width and height: the width is that of the lower middle, where no sleeves are."""
    rows = np.flatnonzero(mask.any(1))
    top, bottom = np.percentile(np.nonzero(mask)[0], [0.5, 99.5])
    middle = mask[int(top + 0.55 * (bottom - top)) : int(top + 0.75 * (bottom - top)) + 1]
    columns = np.nonzero(middle if middle.any() else mask[rows])[1]
    left, right = np.percentile(columns, [2, 98])
    return float(left + right) / 2, float(top), float(right - left), float(bottom - top)


def _placed(flat: _Flat, matrix: Matrix, picture: Floats) -> Layer:
    size = picture.shape[1], picture.shape[0]
    shrink = float(np.sqrt(max(np.linalg.det(matrix[:, :2]), 1e-6)))
    sigma = 0.36 * max(1 / shrink**2 - 1, 0) ** 0.5  # or fine stripes would turn into moiré
    rgb, alpha = (blur(one, sigma) for one in (flat.rgb, flat.alpha))
    paint = cv2.warpAffine(floats(rgb * alpha[..., None]), matrix, size, flags=cv2.INTER_CUBIC)
    cover = np.clip(cv2.warpAffine(alpha, matrix, size, flags=cv2.INTER_LINEAR), 0, 1)
    return Layer(floats(np.clip(paint, 0, 1)), floats(1 - cover))


def _bent(picture: Floats, worn: Mask, layer: Layer) -> Layer:
    """The layer pulled to where the picture shows the same, without what strays or lies beside the cloth."""
    unit = picture.shape[0] / 1024
    place = _grid(picture.shape)
    bent, strays = layer, np.zeros(worn.shape, np.float32)
    for steady in STEADY:
        found, strays = _flow(picture, bent, steady * unit)
        place = floats(_moved(place, found))
        bent = Layer(_moved(layer.paint, place - _grid(picture.shape)), _moved_cover(layer, place))
    inside = blur(floats(worn), 1.0) * np.clip(2 - strays / (STRAYS * unit), 0, 1)
    cover = (1 - bent.seen) * inside
    return Layer(floats(bent.paint * inside[..., None]), floats(1 - cover), pulled=True)


def _moved_cover(layer: Layer, place: Floats) -> Floats:
    return floats(1 - np.clip(_moved(floats(1 - layer.seen), place - _grid(layer.seen.shape)), 0, 1))


def _flow(picture: Floats, layer: Layer, steady: float) -> tuple[Floats, Floats]:
    """For every pixel of the picture how far away the layer has it, and by how much there and back differ."""
    cover = layer.cover
    theirs, ours = _relief(luma(picture), cover), _relief(luma(layer.paint), cover)
    seeker = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    empty = np.zeros((*cover.shape, 2), np.float32)
    there, back = floats(seeker.calc(theirs, ours, empty)), floats(seeker.calc(ours, theirs, empty.copy()))
    astray = floats(np.hypot(*np.moveaxis(there + _moved(back, there), -1, 0)))
    weight = floats(cover * np.exp(-((astray / 2) ** 2)) + 1e-4)
    return within(there, weight, steady), blur(astray, 6.0)


def _relief(grey: Floats, cover: Floats) -> np.typing.NDArray[np.uint8]:
    """Pattern without light, its contrast evened out."""
    wide = within(grey, cover, 10.0)
    away = (blur(grey, 1.0) - wide) * (cover > 0.5)
    spread = np.sqrt(np.maximum(within(floats(away**2), cover, 16.0), 0.008**2))
    return np.asarray(np.clip(away / spread * 40 + 128, 0, 255), np.uint8)


def _grid(shape: tuple[int, ...]) -> Floats:
    right, down = np.meshgrid(np.arange(shape[1], dtype=np.float32), np.arange(shape[0], dtype=np.float32))
    return floats(np.dstack([right, down]))


def _moved(image: Floats, by: Floats) -> Floats:
    place = _grid(image.shape) + by
    return floats(
        cv2.remap(image, place[..., 0], place[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    )


def _bytes(grey: Floats) -> np.typing.NDArray[np.uint8]:
    return np.asarray(np.clip(grey * 255, 0, 255), np.uint8)
