"""Backdrop that hangs out of a garment on one side alone is taken off before its outline is read."""

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.patterns import Drawn
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.garments import garment
from tryon_sandbox.renderer.garments.flat_lay import lumps
from tryon_sandbox.renderer.raster import Mask, floats

TEE = patterns.top(sleeve=24, angle=40, cuff=16)
BACKDROP, NEARLY, POCKET = (0.93, 0.93, 0.94), (0.92, 0.93, 0.93), (0.45, 0.30, 0.25)
CLOTH = (0.30, 0.42, 0.55)


def _with_lump(
    drawn: Drawn, colour: tuple[float, ...], cloth: tuple[float, ...] = CLOTH
) -> tuple[Cutout, Mask]:
    """It cut out together with a piece beside its right side, of this colour; and that piece."""
    rows = np.flatnonzero(drawn.mask.any(1))
    y = int(rows[0] + 0.7 * len(rows))
    x = int(np.flatnonzero(drawn.mask[y])[-1])
    lump = np.zeros(drawn.mask.shape, np.uint8)
    cv2.rectangle(lump, (x - 8, y - 24), (x + 24, y + 20), 1, -1)
    part = np.asarray((lump > 0) & ~drawn.mask, np.bool_)
    rgb = np.empty((*drawn.mask.shape, 3), np.float32)
    rgb[:], rgb[part], rgb[drawn.mask] = BACKDROP, colour, cloth
    mask = np.asarray(drawn.mask | part, np.bool_)
    return Cutout(rgb, floats(mask), mask, 0.005, 0.0), part


@pytest.mark.parametrize("drawn", [TEE, patterns.skirt(hem=30.0), patterns.sleeves_beside_body(touching=0.6)])
def test_what_sticks_out_on_one_side_and_has_the_colour_of_the_backdrop_is_taken_off(drawn: Drawn) -> None:
    cutout, part = _with_lump(drawn, NEARLY)
    bare = lumps.without(cutout)
    assert bare.mask[part].mean() < 0.15 and bare.alpha[part].mean() < 0.15
    assert (bare.mask & drawn.mask).sum() > 0.99 * drawn.mask.sum()


def test_what_sticks_out_in_another_colour_stays() -> None:
    cutout, _ = _with_lump(TEE, POCKET)
    assert lumps.without(cutout) is cutout


def test_what_is_hardly_paler_than_its_backdrop_loses_nothing() -> None:
    cutout, _ = _with_lump(TEE, NEARLY, cloth=(0.94, 0.94, 0.94))
    assert lumps.without(cutout) is cutout


def test_what_lies_alike_is_left_as_it_is() -> None:
    cutout = Cutout(floats(TEE.colours()), floats(TEE.mask), TEE.mask, 0.005, 0.0)
    assert lumps.without(cutout) is cutout


def test_a_garment_is_read_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    cutout, part = _with_lump(TEE, NEARLY)
    monkeypatch.setattr(garment, "cut_out", lambda picture, prior: cutout)
    assert garment._seen(png(TEE.photo()), "").cutout.mask[part].mean() < 0.15
