"""What a photo does not show of one side is worn as the mirror image of the other."""

from dataclasses import replace

import numpy as np

from tests.renderer import patterns
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.drape import other_side
from tryon_sandbox.renderer.drape.draping import drape
from tryon_sandbox.renderer.garments.garment import Garment, understand
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.scene import body, mannequins
from tryon_sandbox.renderer.sides import LEFT, RIGHT


def _torn() -> tuple[Garment, Garment, np.ndarray]:
    """A top whose left sleeve is taken from the right; the same without its left shoulder; what lacks."""
    garment = understand(png(patterns.top(sleeve=30).photo()))
    assert isinstance(garment.marks, TopMarks), garment.doubt
    marks = replace(garment.marks, sleeve_of={LEFT: RIGHT})
    whole = replace(garment, marks=marks)
    cut = garment.cutout
    rows, columns = np.indices(cut.mask.shape)
    tip, pit = marks.shoulder[LEFT], marks.armpit[LEFT]
    lacking = cut.mask & (columns < tip[0] + 0.3 * marks.chest_width) & (rows < pit[1])
    assert cut.scale == 1
    alpha = np.where(lacking, np.float32(0), cut.alpha)
    torn = Cutout(cut.rgb, alpha, np.asarray(cut.mask & ~lacking, np.bool_), 0.0, 0.0)
    return whole, replace(whole, cutout=torn), lacking


def test_lacking_cloth_is_the_mirror_image_of_the_other_side() -> None:
    whole, torn, lacking = _torn()
    assert torn.shape is not None and isinstance(torn.marks, TopMarks)
    completed = other_side.completed(torn.cutout, torn.shape, torn.marks)
    assert torn.cutout.alpha[lacking].max() == 0
    assert completed.alpha[lacking].mean() > 0.95
    mirrored = whole.cutout.rgb[:, ::-1]
    assert np.abs(completed.rgb - mirrored)[lacking].mean() < 0.05


def test_what_shows_both_sides_is_left_as_it_is() -> None:
    _, torn, _ = _torn()
    assert torn.shape is not None and isinstance(torn.marks, TopMarks)
    both = replace(torn.marks, sleeve_of={})
    assert other_side.completed(torn.cutout, torn.shape, both) is torn.cutout


def test_a_shoulder_that_the_photo_does_not_show_is_worn() -> None:
    wearer = body.measure(mannequins.place("female_slim", "straight", view="fullbody", size=(384, 576)))
    bare = np.ones((*wearer.shape, 3), np.float32)
    worn = [np.abs(drape(bare, garment, wearer) - bare).max(-1) > 0.1 for garment in _torn()[:2]]
    assert (worn[0] & ~worn[1]).sum() < 0.01 * worn[0].sum()
