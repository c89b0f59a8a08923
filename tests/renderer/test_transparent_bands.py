"""Transparent bands that make a photo square are no border of it, and a garment cut out keeps its own."""

import numpy as np

from tests.renderer import patterns
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.garments.garment import understand
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.scene.picture import decode

BAND = 60


def _banded() -> bytes:
    """A photo of a tee with a transparent band above and below it."""
    photo = patterns.top(sleeve=20).photo()
    opaque = np.full((*photo.shape[:2], 1), 255, np.uint8)
    return png(np.pad(np.concatenate([photo, opaque], 2), ((BAND, BAND), (0, 0), (0, 0))))


def test_a_photo_between_transparent_bands_is_that_photo() -> None:
    picture = decode(_banded(), longest=1024)
    assert picture.alpha is None and picture.rgb.shape[:2] == (patterns.SIZE, patterns.SIZE)


def test_a_garment_between_transparent_bands_is_not_cut_off() -> None:
    found = understand(_banded())
    assert (found.doubt, found.kind) == ("", Kind.TOP)


def test_what_is_cut_out_keeps_its_own_transparency() -> None:
    tee = patterns.top(sleeve=20)
    own = np.where(tee.mask, 255, 0).astype(np.uint8)[..., None]
    picture = decode(png(np.concatenate([tee.photo(), own], 2)), longest=1024)
    assert picture.alpha is not None and picture.rgb.shape[:2] == tee.mask.shape
