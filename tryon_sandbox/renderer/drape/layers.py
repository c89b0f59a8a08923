"""Laying lit cloth on a picture, and bringing hands and head back to the front; all draw into it."""

import cv2
import numpy as np

from tryon_sandbox.renderer.cutout.shade import light
from tryon_sandbox.renderer.drape.warp import Cloth
from tryon_sandbox.renderer.raster import Floats, blur, channels, floats, over, shift, soft
from tryon_sandbox.renderer.scene.body import FOREARM, HAND, HEAD, TORSO, UPPER_ARM, Body, Window

SHEEN = np.float32(0.022)  # share of the light that the surface of any cloth throws back, whatever its dye
CONTACT = 0.42  # darkness of the shadow a garment throws on what is right below it
ARM_BEHIND_CM = 11.0  # below the shoulder joint: from here down an arm hangs before the trunk's cloth
SHOULDER_TONE = 0.86  # brighter than this is rolled off instead of clipped


def lay(
    picture: Floats, cloth: Cloth, creases: Floats, body: Body, *, hangs: bool, beside: Floats | None = None
) -> Floats:
    """Draws one more layer of cloth, lit, and its contact shadow; `hangs` is for `shade.light`. Where it goes
    over into what is `beside` it, as a sleeve does at its armhole, it has no edge."""
    window = around(cloth.alpha, round(10 * body.unit))
    part = body.cropped(window)
    piece = Cloth(cloth.rgb[window], cloth.alpha[window])
    joined = np.zeros_like(piece.alpha) if beside is None else beside[window]
    lit = light(part, np.maximum(piece.alpha, joined), creases[window], hangs=hangs)
    picture[window] = _laid(picture[window], piece, lit, part, joined)
    return picture


def around(alpha: Floats, margin: int) -> Window:
    """The rows and columns that a layer takes, and so many pixels more."""
    left, top, wide, high = cv2.boundingRect((alpha > 0.004).astype(np.uint8))
    return slice(max(top - margin, 0), top + high + margin), slice(
        max(left - margin, 0), left + wide + margin
    )


def _laid(picture: Floats, cloth: Cloth, light: Floats, body: Body, joined: Floats) -> Floats:
    unit, alpha = body.unit, cloth.alpha
    close = shift(blur(alpha, unit), 0.5 * unit, unit)
    wide = shift(blur(alpha, 2.6 * unit), 0, 1.8 * unit)
    shadow = CONTACT * (0.6 * close + 0.4 * wide) * (1 - np.maximum(alpha, joined)) * body.alpha
    return over(picture * channels(floats(1 - shadow)), _toned(_lit(cloth.rgb, light)), alpha)


def _lit(colours: Floats, light: Floats) -> Floats:
    """Cloth reflects a little of the lamps themselves, or folds in black would be lost."""
    return colours * channels(light) + channels(SHEEN * light * light) * (1 - colours)


def merged(pieces: list[Cloth]) -> Cloth:
    """Pieces of one layer as one: later ones on top, colours kept where the cover is thin."""
    if len(pieces) == 1:
        return pieces[0]
    rgb, alpha = np.zeros_like(pieces[0].rgb), np.zeros_like(pieces[0].alpha)
    for piece in pieces:
        rgb = over(rgb, piece.rgb, piece.alpha)
        alpha = np.maximum(alpha, piece.alpha)
    return Cloth(rgb / channels(np.maximum(alpha, 0.02)), alpha)


def arms_in_front(picture: Floats, before: Floats, garment: Floats, body: Body) -> Floats:
    """Draws forearms and hands into the picture as they were before the garment, with their shadow on it."""
    window = around(garment, round(3 * body.unit))
    picture[window] = _with_arms(picture[window], before[window], garment[window], body.cropped(window))
    return picture


def arms_come_forward(body: Body) -> float:
    """The row above which the trunk's cloth lies over the arms."""
    return float(body.joints["shoulderR"][1]) + ARM_BEHIND_CM * body.unit


def _with_arms(picture: Floats, before: Floats, garment: Floats, body: Body) -> Floats:
    codes = (*FOREARM.values(), *HAND.values())
    rows = np.arange(body.shape[0])[:, None]
    lower = body.where(*UPPER_ARM.values()) & (rows > arms_come_forward(body))
    arms = floats(np.clip(soft(body.where(*codes) | lower, 0.7) * 1.15 - 0.05, 0, 1) * body.alpha)
    cast = shift(blur(arms, 1.4 * body.unit), 0.8 * body.unit, 0.8 * body.unit) * garment
    return over(picture * channels(1 - 0.38 * (cast * (1 - arms))), before, arms)


def head_in_front(picture: Floats, before: Floats, neck_y: float, body: Body) -> Floats:
    """Draws head, and neck above the collar, into the picture as they were before the garment."""
    neck, reach = body.joints["neck"], round(16 * body.unit)
    window = (
        slice(0, max(int(neck_y + 12 * body.unit), 8)),
        slice(max(int(neck[0]) - reach, 0), int(neck[0]) + reach),
    )
    picture[window] = _with_head(picture[window], before[window], neck_y, body.cropped(window))
    return picture


def _with_head(picture: Floats, before: Floats, neck_y: float, body: Body) -> Floats:
    rows, columns = np.ogrid[0 : body.shape[0], 0 : body.shape[1]]
    near = np.abs(columns - body.joints["neck"][0]) < 7 * body.unit
    bare = body.where(TORSO) & (rows < neck_y - body.unit) & near
    head = np.clip((soft(body.where(HEAD) | bare, 1.6) - 0.5) * 2.4 + 0.5, 0, 1)
    return over(picture, before, floats(head))


def _toned(colours: Floats) -> Floats:
    """Bright cloth rolled off by its brightest channel, all three alike.

    One by one, lit cream would turn to grey, and what is less lit of it would look like a brown stain.
    """
    brightest = np.maximum(
        cv2.max(cv2.max(colours[..., 0], colours[..., 1]), colours[..., 2]), np.float32(1e-3)
    )
    room = np.float32(1 - SHOULDER_TONE)
    above = np.maximum(brightest - np.float32(SHOULDER_TONE), 0)
    rolled = brightest - above + room * (1 - cv2.exp(-above / room))
    return floats(colours * channels(floats(rolled / brightest)))
