"""Backdrop that is not worn as cloth: streaks of light on it, and wide gaps beside a waist."""

import cv2
import numpy as np

from tests.renderer.sample_garments import snapshot
from tryon_sandbox.renderer.cutout.backdrop_fit import is_rough
from tryon_sandbox.renderer.cutout.cutout import Cutout, cut_out
from tryon_sandbox.renderer.cutout.daylight import daylight
from tryon_sandbox.renderer.raster import Floats, Mask, channels, floats
from tryon_sandbox.renderer.scene.picture import Picture, decode

WIDE, HIGH, MIDDLE = 800, 1000, 400
# A boxy tee: half of its outline, from the middle of its neck on.
TEE = [(0, 190), (50, 170), (210, 240), (320, 440), (230, 500), (170, 385), (180, 860), (0, 860)]
RED = (0.70, 0.13, 0.20)


def _tee() -> Floats:
    """How much of each pixel is cloth, (HIGH, WIDE)."""
    drawn = np.zeros((HIGH, WIDE), np.uint8)
    for sign in (-1, 1):
        corners = np.array([(MIDDLE + sign * x, y) for x, y in TEE], np.int32)
        cv2.fillPoly(drawn, [corners << 3], 255, lineType=cv2.LINE_AA, shift=3)
    drawn[190:860, MIDDLE - 2 : MIDDLE + 3] = 255
    return floats(drawn / np.float32(255))


def _on(backdrop: Floats, share: Floats, colour: tuple[float, float, float]) -> Cutout:
    rgb = backdrop + (floats(np.array(colour)) - backdrop) * channels(share)
    return cut_out(Picture(floats(rgb), None))


def test_streaks_of_light_on_an_uneven_backdrop_are_not_worn() -> None:
    slanted = np.arange(WIDE) * 0.016 + np.arange(HIGH)[:, None] * 0.006
    backdrop = channels(floats(0.86 + 0.05 * np.sin(slanted))) * np.ones(3, np.float32)
    share = _tee()
    found = _on(floats(backdrop), share, RED)
    assert not is_rough(found.noise, found.outliers)
    cloth = cv2.resize(share, found.mask.shape[::-1], interpolation=cv2.INTER_AREA) > 0.5
    assert (found.mask & cloth).sum() / (found.mask | cloth).sum() > 0.98


def test_a_room_that_is_no_plain_backdrop_is_not_taken_for_one_with_streaks() -> None:
    """It is refused for that, and its light parts are no backdrop more than its dark ones are."""
    found = cut_out(decode(snapshot(450, 600), longest=600))
    assert is_rough(found.noise, found.outliers) and found.mask.mean() > 0.4


def _slim_dress() -> tuple[Mask, Mask]:
    """What a cut-out took for a slim dress with long sleeves, and the wide gaps beside its waist."""
    mask, gaps = np.zeros((470, 270), np.bool_), np.zeros((470, 270), np.bool_)
    mask[20:450, 20:250] = True
    gaps[130:290, 48:82] = gaps[130:290, 188:222] = True
    return mask, gaps


def test_gaps_wider_than_an_outlines_rim_are_no_print() -> None:
    mask, gaps = _slim_dress()
    backdrop = np.full((*mask.shape, 3), 0.9, np.float32)
    rgb = floats(np.where((mask & ~gaps)[..., None], np.float32(0.1), backdrop))
    found = daylight(rgb, backdrop, mask)
    assert (found & gaps).sum() > 0.9 * gaps.sum() and not (found & ~gaps).any()


def test_broad_bands_in_the_backdrops_colour_are_no_gaps() -> None:
    mask, _ = _slim_dress()
    backdrop = np.full((*mask.shape, 3), 0.9, np.float32)
    rgb = floats(np.where(mask[..., None], np.float32(0.1), backdrop))
    rgb[140:180, 48:222] = rgb[240:280, 48:222] = 0.9
    assert not daylight(rgb, backdrop, mask).any()
