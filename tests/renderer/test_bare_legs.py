"""Short skirts are as short as they are cut, and nothing of the mannequin's own shows below them."""

from functools import cache

import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.drape import draping
from tryon_sandbox.renderer.garments.garment import Garment, understand
from tryon_sandbox.renderer.scene import body, mannequins
from tryon_sandbox.renderer.sides import LEFT

SIZE = (384, 512)


@cache
def _mini() -> Garment:
    drawn = patterns.skirt(length=34.0).colours()
    return understand(png((drawn * 255).astype(np.uint8)))


@pytest.mark.parametrize("figure", ["female_slim", "girl"])
def test_a_mini_skirt_bares_the_thighs(figure: str) -> None:
    placed = mannequins.place(figure, "straight", view="fullbody", size=SIZE)
    form = body.measure(placed)
    row = round(draping.bare_below((_mini(),), form))
    own = mannequins.clothe(placed, figure, finish="grey", shorts=True)
    under = mannequins.clothe(placed, figure, finish="grey", shorts=True, bare=(0.0, row))
    none = mannequins.clothe(placed, figure, finish="grey", bare=(0.0, 0.0))
    thighs = slice(row + 2, round(form.joint("knee", LEFT)[1]))
    assert own.base[row:].any() and not np.array_equal(own.rgb[thighs], none.rgb[thighs])
    assert np.array_equal(under.rgb[thighs], none.rgb[thighs])
    hips = slice(round(form.joint("hip", LEFT)[1]), row - 2)
    assert np.array_equal(under.rgb[hips], own.rgb[hips])
