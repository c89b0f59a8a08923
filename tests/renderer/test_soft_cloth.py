"""Cloth is drawn a little soft, and yet what is sewn and knitted must be seen."""

import numpy as np
import pytest

from tryon_sandbox.renderer.cutout.coarse import softened
from tryon_sandbox.renderer.raster import Floats

HIGH, WIDE = 1024, 768
SEAM, STRIPE = 0.04, 0.5  # darker than the cloth: the seam below a neckband, a print's line


def _worn(darker: float, every: int = 12) -> tuple[Floats, Floats]:
    """A bare figure's place, and cloth on it with lines of a pixel."""
    bare = np.full((HIGH, WIDE, 3), 0.85, np.float32)
    worn = bare.copy()
    worn[300:600, 200:560] = (0.6, 0.55, 0.52)
    worn[300:600:every, 200:560] -= np.float32(darker)
    return worn, bare


def _left(darker: float) -> float:
    """The share that is left of how much darker a line is than the cloth beside it."""
    worn, bare = _worn(darker)
    drawn = softened(worn, bare)
    line, beside = drawn[444, 300:460].mean(), drawn[450, 300:460].mean()
    return float((beside - line) / darker)


def test_a_seam_is_as_clear_as_in_its_photo() -> None:
    assert _left(SEAM) > 0.75


def test_a_loud_print_is_soft() -> None:
    assert _left(STRIPE) < 0.55


@pytest.mark.parametrize("darker", [SEAM, STRIPE])
def test_what_is_bare_stays_as_it_is(darker: float) -> None:
    worn, bare = _worn(darker)
    drawn = softened(worn, bare)
    assert np.array_equal(drawn[:250], bare[:250])
