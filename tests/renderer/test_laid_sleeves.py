"""What the look at its photo says of a top against its outline: above all, long sleeves that lie on it."""

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.patterns import SIZE
from tests.renderer.sample_garments import png
from tests.renderer.test_kind_signs import HOOD_OVER_SLEEVES
from tests.renderer.test_kinds import Half, _drawn
from tests.renderer.test_likely import _look
from tests.renderer.test_odd_outlines import BACKPACK
from tryon_sandbox.renderer.cutout.silhouette import measure
from tryon_sandbox.renderer.garments.checks import armhole_signs
from tryon_sandbox.renderer.garments.kinds import odd_outlines
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.networks.learned_kind import Sleeves, Thing
from tryon_sandbox.renderer.garments.sleeves import laid_sleeves
from tryon_sandbox.renderer.raster import Mask
from tryon_sandbox.renderer.sides import LEFT, RIGHT

JUMPER: Half = [(0, 14), (34, 2), (84, 20), (106, 60), (126, 210), (122, 232), (0, 234)]
HALTER: Half = [(0, 60), (20, 8), (30, 0), (40, 8), (70, 90), (104, 130), (62, 200), (110, 290), (0, 296)]
WITHOUT_SLEEVES: Half = [(0, 8), (30, 0), (36, 12), (46, 92), (104, 136), (106, 285), (0, 288)]
BOXY_VEST: Half = [
    (0, 26), (42, 10), (50, 0), (98, 22), (100, 24), (104, 70), (109, 140), (106, 200), (98, 280), (0, 282),
]  # fmt: skip
TOPS, LONG = {Thing.TOP: 0.95}, {Sleeves.LONG: 0.95}
CLOTH, FOLD = (60, 70, 150), (30, 36, 90)


def _photo(mask: Mask, seam: int = 0) -> bytes:
    """It on white, with a fold on either side so far from the middle if there is one."""
    photo = np.full((SIZE, SIZE, 3), 244, np.uint8)
    photo[mask] = CLOTH
    rows = np.flatnonzero(mask.any(1))
    start = int(rows[0] + 0.42 * len(rows))
    for x in (SIZE // 2 - seam, SIZE // 2 + seam) if seam else ():
        cv2.line(photo, (x, start), (x, int(rows[-1])), FOLD, 2, cv2.LINE_AA)
    return png(cv2.GaussianBlur(photo, (3, 3), 0))


@pytest.mark.parametrize("seam", [105, 150, 0])
def test_long_sleeves_on_the_body_are_parted_along_a_fold_or_where_they_usually_part(
    seam: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = _photo(_drawn(JUMPER), seam)
    assert _look(monkeypatch, photo).marks is None
    found = _look(monkeypatch, photo, TOPS, LONG)
    assert found.doubt == "" and isinstance(found.marks, TopMarks) and laid_sleeves.are_long(found.marks)
    assert found.shape is not None
    usual = laid_sleeves.BODY * found.shape.width / 2
    assert abs(found.marks.chest_width / 2 - (seam or usual)) < 8
    assert abs(found.marks.armpit[LEFT][1] - found.marks.armpit[RIGHT][1]) < 8


def test_what_comes_in_at_its_waist_has_no_sleeves_lying_on_it() -> None:
    whole = measure(_drawn(HALTER))
    with pytest.raises(ValueError, match="sleeves"):
        laid_sleeves.find(whole, np.zeros(whole.mask.shape, np.float32))


@pytest.mark.parametrize(("seam", "is_read"), [(80, True), (0, False)])
def test_sleeves_on_what_is_hollow_as_at_armholes_must_show_a_seam(
    seam: int, is_read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = _look(monkeypatch, _photo(_drawn(WITHOUT_SLEEVES), seam), TOPS, {**LONG, Sleeves.NONE: 0.04})
    assert (found.marks is not None) == is_read


def test_a_top_that_is_seen_for_sure_does_not_look_like_a_backpack(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = _photo(_drawn(BACKPACK))
    assert _look(monkeypatch, photo).doubt == odd_outlines.BACKPACK
    assert _look(monkeypatch, photo, TOPS).doubt == ""


def test_of_what_has_no_sleeves_all_but_their_parting_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _look(monkeypatch, _photo(_drawn(HOOD_OVER_SLEEVES)), TOPS, {Sleeves.NONE: 0.95})
    assert found.marks is None


def test_what_surely_has_no_sleeves_need_not_show_its_armholes(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = _photo(_drawn(BOXY_VEST))
    assert _look(monkeypatch, photo, TOPS).doubt == armhole_signs.NEITHER
    found = _look(monkeypatch, photo, TOPS, {Sleeves.NONE: 0.9})
    assert found.doubt == "" and isinstance(found.marks, TopMarks) and not found.marks.sleeves


def test_sleeves_that_are_long_for_sure_are_known_to_reach_the_wrists(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    photo = png(patterns.top(sleeve=58, cuff=10).photo())
    for sleeves, known in ((LONG, True), (None, False)):
        marks = _look(monkeypatch, photo, TOPS, sleeves).marks
        assert isinstance(marks, TopMarks) and marks.sleeves and marks.to_wrists == known
