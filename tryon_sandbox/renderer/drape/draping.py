"""One garment onto one body, layer by layer."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache, reduce

import cv2
import numpy as np

from tryon_sandbox.renderer.curves import Numbers, Points
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.drape import anchors as placing
from tryon_sandbox.renderer.drape import (
    fit_sleeve,
    fit_top,
    folds,
    hood_behind,
    neck_remnants,
    neck_width,
    neckline,
    other_side,
    two_legs,
)
from tryon_sandbox.renderer.drape.covering import over_arm
from tryon_sandbox.renderer.drape.fit_skirt import skirt
from tryon_sandbox.renderer.drape.fit_trousers import trousers
from tryon_sandbox.renderer.drape.layers import arms_in_front, head_in_front, lay, merged
from tryon_sandbox.renderer.drape.warp import Cloth, Patch, warp, warped
from tryon_sandbox.renderer.drape.within import EvenLine, even_line
from tryon_sandbox.renderer.garments.garment import KEPT, Garment
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks import top_hem
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.marks.trouser_marks import SkirtMarks, TrouserMarks
from tryon_sandbox.renderer.garments.necks import hood
from tryon_sandbox.renderer.garments.necks.neck_kinds import is_collar, stands_up
from tryon_sandbox.renderer.raster import Floats, floats, resize
from tryon_sandbox.renderer.scene.body import Body
from tryon_sandbox.renderer.sides import BOTH, Side

SHORTS_ABOVE_HEM_CM = 1.5  # the mannequin's own shorts end so far above the hem of what hides them
LEG_COLUMNS = 9
SEAM_CM = 5.0  # above the armpit: so far up a sleeve grows together with the trunk
FINER = 1.5

Worn = tuple[Side, fit_sleeve.Sleeve, Cloth]  # a sleeve: which arm's, how it lies there, and drawn


def drape(picture: Floats, garment: Garment, body: Body, *, cover_to: float = 0.0) -> Floats:
    """The picture with the garment worn; it must have marks.

    A top or dress is drawn so long that the corners of its hem are in row `cover_to` at least.
    """
    if garment.shape is None or garment.marks is None:
        raise ValueError("This garment was not trusted to be draped.")
    if isinstance(garment.marks, TopMarks):
        return _top(picture, garment, body, cover_to)
    if isinstance(garment.marks, TrouserMarks):
        return _trousers(picture, garment, garment.shape, garment.marks, body)
    return _skirt(picture, garment, garment.shape, garment.marks, body)


def in_order(garments: Iterable[Garment]) -> list[Garment]:
    """Those that can be draped, innermost first."""
    return sorted((one for one in garments if one.marks), key=_order)


def _order(garment: Garment) -> int:
    return ("bottoms", "dresses", "tops").index(garment.vendor_type)


def hem_row(garment: Garment, body: Body) -> float:
    """The row in which a top or dress ends at its sides on this body; it must have marks."""
    return placed(*_top_of(garment), garment.kind, body)[1].hem_y


def lower_edge(garment: Garment, body: Body, across: Numbers) -> Numbers:
    """The rows in which a top or dress ends in these columns of the picture; it must have marks."""
    shape, marks = _top_of(garment)
    marks, anchors = placed(shape, marks, garment.kind, body)
    edge = fit_top.torso(shape, marks, anchors, body, garment.kind).target
    return np.maximum(_lowest(edge, across, body), anchors.hem_y)


def _lowest(edge: Points, across: Numbers, body: Body) -> Numbers:
    """The lowest row of an outline in each of these columns, 4 cm to either side of it."""
    near = 4 * body.unit
    return np.array([edge[np.abs(edge[:, 0] - x) < near, 1].max(initial=0.0) for x in across], np.float64)


def bare_below(garments: Iterable[Garment], body: Body) -> float:
    """The row from which nothing hides the legs; infinite where no garment bares them. The mannequin's own
    shorts end there, or they would show below short ones, mini skirts and short dresses."""
    hems = [_end(garment, body) for garment in garments if garment.bares_legs]
    return max(hems) - SHORTS_ABOVE_HEM_CM * body.unit if hems else np.inf


def _end(garment: Garment, body: Body) -> float:
    """The highest row in which a garment that bares legs ends in front of them."""
    marks, shape = garment.marks, garment.shape
    if shape is not None and isinstance(marks, TrouserMarks):
        return float(min(end[1] for ends in trousers(shape, marks, body).hems.values() for end in ends))
    left, right = (body.edge(body.shortest_hem, side) for side in BOTH)
    legs = np.linspace(left, right, LEG_COLUMNS)
    if shape is not None and isinstance(marks, SkirtMarks):
        return float(_lowest(skirt(shape, marks, body).patch.target, legs, body).min())
    return float(lower_edge(garment, body, legs).min())


def _whole_top(garment: Garment) -> tuple[Silhouette, TopMarks]:
    if garment.shape is None or not isinstance(garment.marks, TopMarks):
        raise ValueError("This garment is no top that was trusted to be draped.")
    return garment.shape, garment.marks


@lru_cache(maxsize=KEPT)
def _top_of(garment: Garment) -> tuple[Silhouette, TopMarks]:
    return hood.lying(*_whole_top(garment))


@lru_cache(maxsize=KEPT)
def _as_seen(garment: Garment) -> tuple[Silhouette, TopMarks, neckline.Front | None]:
    """What of a top or dress is the same on every body: its outline and marks, and its front neckline."""
    whole, marks = _whole_top(garment)
    shape, marks = hood.lying(whole, replace(marks, collared=is_collar(garment.necks)))
    if shape is whole:  # a hood that hangs behind the neck was not cut off
        marks = replace(marks, collared=stands_up(garment.necks))
    elif not marks.hooded:
        return shape, marks, neckline.BELOW_HOOD
    return shape, marks, neckline.find(garment.cutout, marks, garment.necks)


def placed(shape: Silhouette, marks: TopMarks, kind: Kind, body: Body) -> tuple[TopMarks, placing.Anchors]:
    """The marks with the corners of the hem where its outline turns, and what they come to lie at.

    It is drawn as long as with corners that lie lower, or higher.
    """
    anchors = placing.place(shape, marks, body, kind)
    cornered = top_hem.cornered(shape, marks)
    lower = (cornered.hem_y - marks.hem_y) * anchors.stretch
    return cornered, replace(anchors, hem_y=anchors.hem_y + lower)


@lru_cache(maxsize=KEPT)
def _line(garment: Garment) -> EvenLine:
    return even_line(garment.cutout.mask)


def _cloth(patch: Patch, cutout: Cutout, line: EvenLine, body: Body) -> Cloth:
    inner = replace(patch, source=line.within(patch.source))
    return warp(inner, cutout.rgb, cutout.alpha, cutout.scale, body.shape)


def _at_size(cutout: Cutout, size: float) -> Cutout:
    """The cutout shrunk to FINER than `size` picture pixels per mask pixel: with all its pixels fine stripes
    would turn into moiré, with no more than are drawn what is stretched would be blurred.

    Its opacity is grown by a pixel, so that the patch's own clean outline decides where cloth ends.
    """
    share = FINER * size / cutout.scale
    if share > 0.9:
        return replace(cutout, alpha=_grown(cutout.alpha, min(share / FINER, 1.5)))
    height, width = cutout.alpha.shape
    smaller = max(8, round(width * share)), max(8, round(height * share))
    rgb, alpha = resize(cutout.rgb, smaller), resize(cutout.alpha, smaller)
    return replace(cutout, rgb=rgb, alpha=_grown(alpha, 1 / FINER))


def _grown(alpha: Floats, share: float) -> Floats:
    reach = 2 * max(1, round(1.2 / share)) + 1
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    return floats(cv2.dilate(alpha, ball))


def _top(picture: Floats, garment: Garment, body: Body, cover_to: float) -> Floats:
    kind, whole = garment.kind, _whole_top(garment)[0]
    shape, marks, front = _as_seen(garment)
    marks, anchors = placed(shape, marks, kind, body)
    anchors = replace(anchors, hem_y=max(anchors.hem_y, cover_to))
    fitted = _at_size(other_side.completed(garment.cutout, shape, marks), anchors.scale)
    anchors = neck_width.worn(marks, anchors, garment.necks, body)
    above = None
    if front is not None and hood_behind.is_worn(whole, shape, garment.necks):
        anchors = hood_behind.around_neck(marks, anchors, body)
        front = hood_behind.around_throat(front, anchors, body)
        above = hood_behind.outline(whole, marks, anchors, body)
    opened = fitted
    edge = None if front is None else neckline.outline_of(fitted, marks, front)
    if edge is not None:
        opening = neckline.above(fitted, edge)
        if not (anchors.foot or above or marks.collared):
            fitted = neck_remnants.painted_over(fitted, marks, opening)
        opened = replace(fitted, alpha=fitted.alpha * (1 - opening))
    patch = fit_top.torso(shape, marks, anchors, body, kind, above)
    if front is not None and edge is not None and front.is_seen and not (anchors.foot or above):
        patch = neckline.evened(patch, edge, marks, anchors)
    line = _line(garment)
    if (anchors.foot or above) and opened is not fitted:
        trunk = _with_back(patch, opened, fitted.alpha, line, body)
    else:
        trunk = _cloth(patch, opened, line, body)
    sleeves = _sleeves(fitted, line, shape, marks, anchors, kind, body, trunk)
    return _laid(picture, trunk, sleeves, anchors, kind, body)


def _laid(
    picture: Floats, trunk: Cloth, sleeves: Sequence[Worn], anchors: placing.Anchors, kind: Kind, body: Body
) -> Floats:
    """The trunk behind head and arms, and the sleeves over these; they go over into each other."""
    ends = [_grown_together(cloth.alpha, anchors.armpit[side], body) for side, _, cloth in sleeves]
    beside = reduce(np.maximum, ends) if ends else None
    creases = folds.field(body.shape, folds.on_torso(body, anchors, kind))
    worn = lay(picture.copy(), trunk, creases, body, hangs=True, beside=beside)
    collar = float(min(anchors.neck[side][1] for side in BOTH))
    worn = head_in_front(worn, picture, collar, body)
    worn = arms_in_front(worn, picture, trunk.alpha, body)
    for side, sleeve, cloth in sleeves:
        creases = folds.field(body.shape, folds.on_sleeve(body, anchors, sleeve, side))
        joined = _grown_together(trunk.alpha, anchors.armpit[side], body)
        worn = lay(worn, cloth, creases, body, hangs=True, beside=joined)
    return worn


def _grown_together(alpha: Floats, armpit: Points, body: Body) -> Floats:
    """How much of a layer goes over into its neighbour at an armhole: all of it well above the armpit."""
    above = slice(0, max(int(np.ceil(armpit[1])), 0))
    rows = np.arange(body.shape[0], dtype=np.float32)[above, None]
    share = np.clip((np.float32(armpit[1]) - rows) / np.float32(SEAM_CM * body.unit), 0, 1)
    joined = np.zeros_like(alpha)
    np.multiply(alpha[above], share, out=joined[above])
    return joined


def _with_back(patch: Patch, opened: Cutout, whole: Floats, line: EvenLine, body: Body) -> Cloth:
    """The cloth opened at the neck, and beside the neck the inside of the back of a collar that stands up;
    `whole` is its opacity without the opening."""
    inner = replace(patch, source=line.within(patch.source))
    front, back = warped(inner, opened.rgb, (opened.alpha, whole), opened.scale, body.shape)
    behind = back.alpha * (1 - body.alpha)
    return Cloth(back.rgb, np.maximum(front.alpha, behind))


def _sleeves(
    cutout: Cutout,
    line: EvenLine,
    shape: Silhouette,
    marks: TopMarks,
    anchors: placing.Anchors,
    kind: Kind,
    body: Body,
    trunk: Cloth,
) -> list[Worn]:
    found = []
    for side in marks.sleeves:
        target, _ = fit_top.armhole(shape, marks, anchors, body, side)
        _, source = fit_top.armhole(shape, marks, anchors, body, marks.cut_from(side))
        armhole = target, source
        sleeve = fit_sleeve.sleeve(marks, anchors, body, kind, side, armhole)
        cloth = merged([_cloth(sleeve.patch, cutout, line, body)])
        found.append((side, sleeve, over_arm(cloth, sleeve, anchors.armpit[side], trunk.alpha, body, side)))
    return found


def _trousers(
    picture: Floats, garment: Garment, shape: Silhouette, marks: TrouserMarks, body: Body
) -> Floats:
    fit = trousers(shape, marks, body)
    fitted, line = _at_size(garment.cutout, fit.scale), _line(garment)
    below, above = (_cloth(patch, fitted, line, body) for patch in fit.patches)
    cloth = two_legs.joined((below, above), fit, body)
    creases = folds.field(body.shape, folds.on_trousers(body, fit))
    worn = lay(picture.copy(), cloth, creases, body, hangs=False)
    return arms_in_front(worn, picture, cloth.alpha, body)


def _skirt(picture: Floats, garment: Garment, shape: Silhouette, marks: SkirtMarks, body: Body) -> Floats:
    fit = skirt(shape, marks, body)
    cloth = merged([_cloth(fit.patch, _at_size(garment.cutout, fit.scale), _line(garment), body)])
    creases = folds.field(body.shape, folds.on_skirt(body, fit))
    worn = lay(picture.copy(), cloth, creases, body, hangs=True)
    return arms_in_front(worn, picture, cloth.alpha, body)
