"""A picture of the studio's own put in as a person's photo: the mannequin in it is known down to its skin."""

from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from tryon_sandbox.renderer.curves import Points, unit
from tryon_sandbox.renderer.cutout import backdrop
from tryon_sandbox.renderer.drape.draping import bare_below
from tryon_sandbox.renderer.drape.underneath import without_vest
from tryon_sandbox.renderer.garments.garment import Garment
from tryon_sandbox.renderer.raster import Floats, Mask, floats, over, soft
from tryon_sandbox.renderer.scene import mannequins
from tryon_sandbox.renderer.scene.body import FOREARM, HEAD, LEG, TORSO, UPPER_ARM, Body, measure
from tryon_sandbox.renderer.scene.finish import FINISHES
from tryon_sandbox.renderer.scene.framing import window
from tryon_sandbox.renderer.scene.lamps import turned
from tryon_sandbox.renderer.scene.lighting import colour
from tryon_sandbox.renderer.scene.mood import MOODS
from tryon_sandbox.renderer.scene.packs import PART_STEP, Part, read
from tryon_sandbox.renderer.scene.staging import STAGINGS
from tryon_sandbox.renderer.scene.stand import Stand, recognise_stand
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

ALIKE = 0.035  # mean difference of the head's pixels; another person's differ by several times as much
WAIST_CM, TUCK_CM = 38.0, 1.2  # below the pit of the neck, as trousers sit
TUCK_FROM_CM, TUCK_SLOPE = 18.0, 0.55  # above the waist, where a top begins to be drawn in, and how steeply
THIGH_CM = 74.0  # where a skirt or trousers are, and no top reaches
SLEEVE_CM, INNER_SLEEVE_CM = 4.5, 1.6  # how far a wide sleeve stands off the arm, outwards and to the body
CUFF_CM = 2.5  # how far beyond the wrist a cuff may reach
CURVED_CM = 5.0  # a shirt's hem is so much higher at its sides
CORNER = (0.05, 0.20)  # where the studio's mark is, by the height of the picture
CHANGED = 0.06
COARSE = 6  # every which pixel of a head is enough to tell its colour


@dataclass(frozen=True, slots=True)
class Known:
    """The mannequin of a picture measured, and the same picture with nothing but the base layer on it."""

    body: Body
    bare: Floats


def recognise(photo: Floats, garments: tuple[Garment, ...]) -> Known | None:
    """The studio's mannequin in a photo of any size, in the base layer that goes under these garments; None
    when it is somebody else."""
    stand = recognise_stand(photo)
    if stand is None:
        return None
    finish, style = _appearance(photo, stand)
    size = photo.shape[1], photo.shape[0]
    placed = mannequins.place(stand.figure_id, stand.pose, view=stand.view, size=size)
    body = measure(placed)
    figure = mannequins.clothe(
        placed,
        stand.figure_id,
        finish=finish,
        style=style,
        shorts=any(garment.bares_legs for garment in garments),
        bare=(0.0, bare_below(garments, body)),
    )
    bare = backdrop.compose(figure, backdrop.backdrop(style, size, figure))
    head = (figure.parts == HEAD) & (figure.alpha > 0.99)
    if not head.any() or float(np.abs(photo - bare)[head].mean()) > ALIKE:
        return None
    bare_arms = any(garment.bares_arms for garment in garments)
    return Known(body, without_vest(bare, figure.base, body) if bare_arms else bare)


def undressed(photo: Floats, known: Known, *, above: bool, below: bool, hem: Points | None = None) -> Floats:
    """The photo with what is worn above or below the waist taken off; the rest is kept as it is.

    Of a top that hangs over what stays, down to its `hem`, also what stands off the body there is taken off.
    """
    if above and (below or not _wears_more(photo, known)):
        return known.bare
    upper = _upper(photo, known, tucked=below)
    if hem is not None:
        upper |= _beside(known.body) & (
            np.arange(known.body.shape[0])[:, None] < hem[:, 1].min() - CURVED_CM * known.body.unit
        )
    taken = upper if above else ~upper
    return over(_unmarked(photo, known.bare), known.bare, soft(taken, 0.8))


def _upper(photo: Floats, known: Known, *, tucked: bool) -> Mask:
    """What belongs to the top: all above the waist, and sleeves; `tucked` draws its hem in at the waist."""
    body = known.body
    waist = float(body.joints["neck"][1]) + WAIST_CM * body.unit
    rows, columns = np.mgrid[0 : body.shape[0], 0 : body.shape[1]]
    upper = rows < waist + TUCK_CM * body.unit
    if tucked:
        room = np.maximum((waist - rows) * TUCK_SLOPE, 0) + 0.3 * body.unit
        upper &= (columns > body.torso[LEFT][:, None] - room) & (columns < body.torso[RIGHT][:, None] + room)
        upper |= rows < waist - TUCK_FROM_CM * body.unit
    return np.asarray(upper | _sleeves(photo, known), np.bool_)


def _beside(body: Body) -> Mask:
    """Left and right of torso and legs."""
    columns = np.arange(body.shape[1])[None]
    return np.asarray(
        (columns < body.torso[LEFT][:, None]) | (columns >= body.torso[RIGHT][:, None]), np.bool_
    )


def _wears_more(photo: Floats, known: Known) -> bool:
    """Whether there is a garment at the thighs, where the base layer alone would be seen otherwise."""
    body = known.body
    row = int(body.joints["neck"][1] + THIGH_CM * body.unit)
    if row >= body.shape[0] - 4:
        row = body.shape[0] - 5
    strip = slice(row - 3, row + 4)
    inside = body.alpha[strip] > 0.9
    away = np.abs(photo[strip] - known.bare[strip]).max(-1)
    return bool(inside.any() and float((away[inside] > CHANGED).mean()) > 0.25)


def _sleeves(photo: Floats, known: Known) -> Mask:
    """Around each arm that is clothed down to the wrist, and no farther: there may be a skirt."""
    clothed = np.zeros(known.body.shape, np.bool_)
    away = np.abs(photo - known.bare).max(-1)
    for side in BOTH:
        forearm = known.body.where(FOREARM[side.limb])
        if forearm.any() and float((away[forearm] > CHANGED).mean()) > 0.5:
            arm = known.body.where(UPPER_ARM[side.limb], FOREARM[side.limb]).astype(np.uint8)
            grown = _grown(arm, INNER_SLEEVE_CM * known.body.unit)
            grown |= _grown(arm, SLEEVE_CM * known.body.unit) & ~_within(known.body)
            clothed |= grown & _before_hand(known.body, side)
    return clothed & ~known.body.where(TORSO, *LEG.values())


def _before_hand(body: Body, side: Side) -> Mask:
    """The half plane on the elbow's side of where a cuff ends."""
    elbow, wrist = body.joint("elbow", side), body.joint("wrist", side)
    along = unit(wrist - elbow)
    down, right = np.ogrid[0 : body.shape[0], 0 : body.shape[1]]
    beyond = (right - wrist[0]) * along[0] + (down - wrist[1]) * along[1]
    return np.asarray(beyond < CUFF_CM * body.unit, np.bool_)


def _grown(mask: NDArray[np.uint8], reach: float) -> Mask:
    size = 2 * round(reach) + 1
    return cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))) > 0


def _within(body: Body) -> Mask:
    """Between the outermost pixels of the figure in every row."""
    solid = body.alpha > 0.5
    return np.asarray(
        np.logical_or.accumulate(solid, 1) & np.logical_or.accumulate(solid[:, ::-1], 1)[:, ::-1]
    )


def _unmarked(photo: Floats, bare: Floats) -> Floats:
    """Without the mark of the earlier picture, which the new one would cross."""
    high, wide = (round(share * photo.shape[0]) for share in CORNER)
    corner = (slice(photo.shape[0] - high, None), slice(max(photo.shape[1] - wide, 0), None))
    away = np.abs(photo[corner] - bare[corner]).max(-1)
    if float((away > CHANGED).mean()) > 0.3:
        return photo
    out = photo.copy()
    out[corner] = bare[corner]
    return out


def _appearance(photo: Floats, stand: Stand) -> tuple[str, str]:
    """Finish and style whose head, drawn in a few pixels, is closest to the photo's."""
    staging, pack = STAGINGS[stand.pose], read(_pack_name(stand))
    head = np.rint(pack.layers["part"][::COARSE, ::COARSE] / PART_STEP) == Part.HEAD
    head &= pack.layers["alpha"][::COARSE, ::COARSE] == 255
    plain = {name: floats(layer[::COARSE, ::COARSE] / 255) for name, layer in pack.layers.items()}
    layers = turned(plain) if staging.mirrored else plain
    frame = window(pack, stand.view, (photo.shape[1], photo.shape[0]), staging)
    down, across = np.nonzero(head)
    places = [
        frame.point((float(x) + 0.5, float(y) + 0.5))
        for x, y in zip(across * COARSE + pack.box[0], down * COARSE + pack.box[1], strict=True)
    ]
    columns, rows = np.asarray(places).astype(int).T
    seen = photo[np.clip(rows, 0, photo.shape[0] - 1), np.clip(columns, 0, photo.shape[1] - 1)]

    def unlike(pair: tuple[str, str]) -> float:
        finish, mood = FINISHES[pair[0]], MOODS[pair[1]]
        drawn = colour(layers, finish, mood, shorts=False, px_per_cm=pack.px_per_cm / COARSE)
        return float(np.abs(seen - drawn.rgb[head]).mean())

    return min(product(FINISHES, MOODS), key=unlike)


def _pack_name(stand: Stand) -> str:
    return f"{mannequins.FIGURES[stand.figure_id].body}-{STAGINGS[stand.pose].pose}"
