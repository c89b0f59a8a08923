"""Refining a coarse try-on picture."""

from functools import cache

import cv2
import numpy as np
import pytest

from tests.studio.wardrobe import garment, opened, pixels, png
from tryon_sandbox.studio import LIBRARY, Look, Piece, dress, refine

MIDDLE = np.s_[330:470, 330:440]  # on the chest of the whole figure


@cache
def _pictures() -> tuple[bytes, bytes]:
    figure = LIBRARY["Ariel"]
    person = dress(Look((), figure)).png
    coarse = dress(Look((Piece(garment("jeans")), Piece(garment("hoodie"))), figure)).png
    return person, coarse


def _refined(coarse: bytes) -> bytes:
    person, _ = _pictures()
    return refine(
        person=person, top=garment("hoodie"), coarse=coarse, gender="female", bottom=garment("jeans")
    )


def _sharpness(picture: np.ndarray) -> float:
    grey = cv2.cvtColor((picture * 255).astype(np.uint8), cv2.COLOR_RGB2GRAY)
    return float(cv2.Laplacian(grey[MIDDLE], cv2.CV_64F).var())


def test_refining_makes_the_garment_sharper() -> None:
    _, coarse = _pictures()
    assert _sharpness(pixels(_refined(coarse))) > 1.5 * _sharpness(pixels(coarse))


def test_refining_leaves_what_is_no_garment_as_it_was() -> None:
    _, coarse = _pictures()
    head = np.s_[60:150, 300:460]
    assert np.abs(pixels(_refined(coarse))[head] - pixels(coarse)[head]).max() < 0.02


def test_refining_twice_gives_the_same_bytes() -> None:
    _, coarse = _pictures()
    assert _refined(coarse) == _refined(coarse)


@pytest.mark.parametrize("size", [(301, 407), (1200, 1600)])
def test_the_refined_picture_has_the_coarse_ones_size(size: tuple[int, int]) -> None:
    _, coarse = _pictures()
    resized = png(np.asarray(opened(coarse).resize(size)))
    assert opened(_refined(resized)).size == size


def test_garbage_raises_a_value_error() -> None:
    person, coarse = _pictures()
    with pytest.raises(ValueError, match="decoded"):
        refine(person=person, top=b"nothing", coarse=coarse, gender="female")
