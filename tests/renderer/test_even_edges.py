"""Cloth whose edge the cut-out left ragged is drawn with an even one."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.renderer.sample_garments import garment
from tryon_sandbox.renderer.drape.draping import drape
from tryon_sandbox.renderer.drape.within import LEVEL, MOST, even_line
from tryon_sandbox.renderer.garments.garment import Garment, understand
from tryon_sandbox.renderer.raster import Floats, floats, soft
from tryon_sandbox.renderer.scene import body, mannequins
from tryon_sandbox.renderer.scene.body import Body

TOOTH = 4  # pixels of the photo: so high, and as deep
FIRM, BITTEN = (
    0.85,
    0.05,
)  # of the cloth's rim that is no longer firm: to 0.043; on the photo's own outline from 0.056


def _form() -> Body:
    return body.measure(
        mannequins.load("female_slim", "straight", finish="grey", view="fullbody", size=(384, 512))
    )


def _toothed(piece: Garment) -> Garment:
    """With every second few rows bitten off at its edges, as checks that are like the backdrop are."""
    alpha = piece.cutout.alpha
    bitten = cv2.erode(alpha, np.ones((1, 2 * TOOTH + 1), np.uint8))
    rows = np.arange(len(alpha))[:, None] // TOOTH % 2 == 0
    return replace(piece, cutout=replace(piece.cutout, alpha=floats(np.where(rows, bitten, alpha))))


def _cover(piece: Garment, form: Body) -> Floats:
    grounds = [np.full((*form.shape, 3), tone, np.float32) for tone in (0.0, 1.0)]
    black, white = (drape(ground, piece, form) for ground in grounds)
    return floats(1 - np.clip((white - black).min(-1), 0, 1))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["sweater", "shirt", "skirt"])
def test_teeth_of_a_cut_out_do_not_show_on_the_figure(name: str) -> None:
    form, piece = _form(), understand(garment(name))
    even, ragged = (_cover(one, form) for one in (piece, _toothed(piece)))
    firm = (even > 0.95).astype(np.uint8)
    rim = (firm > 0) & (cv2.erode(firm, np.ones((5, 5), np.uint8)) == 0)
    assert float((ragged[rim] < FIRM).mean()) < BITTEN


def test_an_outline_is_drawn_a_little_inside_and_a_seam_within_the_cloth_stays() -> None:
    mask = np.zeros((80, 120), np.bool_)
    mask[20:60, 30:90] = True
    outline = np.array([[30.0, 40.0], [89.0, 40.0], [60.0, 20.0], [60.0, 40.0], [5.0, 5.0]])
    moved = even_line(mask).within(outline)
    even = soft(mask, 2.5)
    assert all(even[round(y), round(x)] > LEVEL - 0.15 for x, y in moved[:3])
    assert (np.hypot(*(moved - outline).T)[:3] < MOST + 1e-6).all()
    assert (moved[3:] == outline[3:]).all()


def test_a_strap_is_left_as_it_is() -> None:
    mask = np.zeros((80, 120), np.bool_)
    mask[10:70, 50:56] = True
    outline = np.array([[50.0, 40.0], [55.0, 40.0]])
    assert (even_line(mask).within(outline) == outline).all()
