"""What is taken along with a garment: shadows beside it, slits of backdrop, bits of a hanger."""

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.cutout.cutout import Cutout, cut_out, cut_out_by
from tryon_sandbox.renderer.cutout.daylight import painted
from tryon_sandbox.renderer.cutout.hanger_crumbs import cleared
from tryon_sandbox.renderer.cutout.hanger_shoulders import without_shoulders
from tryon_sandbox.renderer.garments.networks import not_cloth
from tryon_sandbox.renderer.raster import Floats, Mask, floats, resize, soft
from tryon_sandbox.renderer.scene.picture import Picture, decode

GROUND, DIM, BLUE, WOOD = (246, 243, 248), (190, 187, 191), (150, 185, 230), (150, 105, 60)
ASIDE, DOWN = 18, 6  # pixels of the photo that a shadow is cast to the left and down


def _picture(photo: np.ndarray) -> Picture:
    grain = np.random.default_rng(5).normal(0, 0.6, photo.shape)
    return decode(png(np.clip(photo + grain, 0, 255).astype(np.uint8)), longest=1024)


def _painted(mask: Mask, colour: tuple[int, int, int]) -> np.ndarray:
    photo = np.empty((*mask.shape, 3), np.float32)
    photo[:] = GROUND
    photo[mask] = colour
    return photo


def _moved(mask: Mask) -> Mask:
    where = np.array([[1, 0, -ASIDE], [0, 1, DOWN]], np.float32)
    return np.asarray(cv2.warpAffine(mask.astype(np.uint8), where, mask.shape[::-1]) > 0, np.bool_)


def _overlap(found: Cutout, truth: Mask) -> float:
    true = cv2.resize(truth.astype(np.uint8), found.mask.shape[::-1], interpolation=cv2.INTER_AREA) > 0
    return float((found.mask & true).sum() / (found.mask | true).sum())


def _expecting(part: Mask) -> "_Sight":
    return _Sight(part)


class _Sight:
    """A prior that expects this part of the photo."""

    def __init__(self, part: Mask) -> None:
        self._part = part

    def __call__(self, rgb: Floats) -> Floats:
        return resize(soft(self._part, 3.0), (rgb.shape[1], rgb.shape[0]))


def test_a_shadow_beside_a_sleeve_is_not_worn_though_a_prior_expects_it() -> None:
    tee = patterns.top(sleeve=58).mask
    shadow = _moved(tee) & ~tee
    photo = _painted(tee, BLUE)
    photo[shadow] = DIM
    found = cut_out_by(_picture(photo), _expecting(tee | shadow))
    assert shadow.sum() > 0.06 * tee.sum()
    assert _overlap(found, tee) > 0.96


def test_what_is_grey_as_a_shadow_stays_whole() -> None:
    tee = patterns.top(sleeve=58).mask
    photo = _painted(tee, DIM)
    found = cut_out_by(_picture(photo), _expecting(tee))
    assert _overlap(found, tee) > 0.96


def test_a_slit_of_daylight_as_narrow_as_a_few_pixels_is_open() -> None:
    coat, slit = np.zeros((480, 480), np.uint8), np.zeros((480, 480), np.uint8)
    cv2.rectangle(coat, (110, 90), (370, 400), 1, -1)  # its sleeves hang beside the trunk and touch it
    aside = 110 + round(0.27 * 260)
    cv2.line(slit, (aside, 250), (aside - 6, 288), 1, 3)
    photo = _painted(np.asarray(coat > 0, np.bool_), (60, 60, 66))
    ground = np.array(GROUND, np.float32)
    light = cv2.GaussianBlur(slit.astype(np.float32), (0, 0), 0.6)[..., None]
    found = cut_out(_picture(photo + (ground - photo) * light))
    assert float(found.alpha[254:284][slit[254:284] > 0].mean()) < 0.2
    assert float(found.alpha[250:290, aside + 14].min()) > 0.9


WINE, BLACK, SLATE = (92, 24, 32), (30, 30, 32), (110, 116, 124)


def _coat(colour: tuple[int, int, int]) -> np.ndarray:
    """A photo of a coat whose sleeves hang beside its trunk and touch it."""
    coat = np.zeros((480, 480), np.bool_)
    coat[80:400, 110:370] = True
    return _painted(coat, colour)


def _with_gap(photo: np.ndarray, light: float, rows: slice, *, half: int = 8) -> Mask:
    """The photo with a gap beside a sleeve that shows the ground in so much light; where it is."""
    gap = np.zeros(photo.shape[:2], np.uint8)
    cv2.fillPoly(gap, [np.array([[176, rows.start], [176 - half, rows.stop], [176 + half, rows.stop]])], 1)
    photo[gap > 0] = np.array(GROUND) * light
    return np.asarray(gap > 0, np.bool_)


def _shown(found: Cutout, part: Mask) -> float:
    """How opaque the middle of a part is."""
    middle = cv2.erode(part.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return float(found.alpha[middle].mean())


@pytest.mark.parametrize("light", [0.97, 0.85, 0.7])
def test_a_gap_beside_a_sleeve_is_open_in_any_light_though_a_prior_expects_cloth(light: float) -> None:
    photo = _coat(WINE)
    everything = np.asarray(photo[..., 0] < 200, np.bool_)
    gap = _with_gap(photo, light, slice(230, 340))
    photo[:20, :20] = 40  # a backdrop that is not plain
    found = cut_out_by(_picture(photo), _expecting(everything))
    assert _shown(found, gap) < 0.1
    assert _shown(found, everything & ~gap & (np.arange(480)[:, None] < 220)) > 0.99
    assert found.mask[gap].mean() > 0.9  # where it is closed, what it says of the armpit would be wrong


def test_cloth_beside_a_gap_is_worn_with_none_of_its_colour() -> None:
    photo = _coat(WINE)
    gap = _with_gap(photo, 0.9, slice(230, 340))
    photo = cv2.GaussianBlur(photo, (0, 0), 1.2)
    found = cut_out(_picture(photo))
    assert found.gaps is not None and found.gaps[gap].mean() > 0.8
    beside = cv2.dilate(gap.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    worn = painted(found.rgb, found.mask, found.gaps)[beside & np.asarray(found.alpha > 0.1, np.bool_)]
    assert worn.size and np.percentile(worn, 99) < 0.45


def test_a_gap_right_at_an_armpit_closes_when_it_is_worn() -> None:
    photo = _coat(WINE)
    gap = _with_gap(photo, 0.97, slice(230, 258), half=5)
    found = cut_out(_picture(photo))
    assert found.gaps is not None and _shown(found, gap) > 0.99
    assert float(painted(found.rgb, found.mask, found.gaps)[gap].max()) < 0.45


def test_a_gap_in_dark_shade_is_open_beside_black_cloth() -> None:
    photo = _coat(BLACK)
    gap = _with_gap(photo, 0.32, slice(300, 400))
    found = cut_out(_picture(photo))
    assert _shown(found, gap) < 0.1
    assert _shown(found, np.asarray((photo[..., 0] < 60) & (np.arange(480)[:, None] < 290), np.bool_)) > 0.99


@pytest.mark.parametrize("light", [0.3, 0.4])
def test_a_fold_darker_than_the_cloth_is_no_gap(light: float) -> None:
    photo = _coat(SLATE)
    fold = _with_gap(photo, light, slice(230, 340))
    assert _shown(cut_out(_picture(photo)), fold) > 0.99


def test_letters_in_the_backdrops_colour_are_no_gaps() -> None:
    photo = _coat(WINE)
    letters = np.zeros(photo.shape[:2], np.bool_)
    for left in range(160, 310, 16):
        letters[160:200, left : left + 7] = True
    photo[letters] = GROUND
    assert _shown(cut_out(_picture(photo)), letters) > 0.99


def _hung(cloth: tuple[int, int, int]) -> tuple[Floats, Mask, Mask, Mask]:
    """A vest on a wooden arch: colours, all that is there, the arch, and the daylight below that."""
    size = 320
    vest, arch, below = (np.zeros((size, size), np.uint8) for _ in range(3))
    cv2.rectangle(vest, (70, 110), (250, 300), 1, -1)
    cv2.ellipse(arch, (160, 110), (70, 60), 0, 180, 360, 1, -1)
    cv2.ellipse(below, (160, 110), (40, 22), 0, 180, 360, 1, -1)
    daylight = np.asarray((below > 0) & (vest == 0), np.bool_)
    wood = np.asarray((arch > 0) & (vest == 0) & ~daylight, np.bool_)
    photo = _painted(np.asarray(vest > 0, np.bool_), cloth)
    photo[wood] = WOOD
    photo += np.random.default_rng(7).normal(0, 0.6, photo.shape)
    return floats(photo / 255), np.asarray((vest > 0) | wood | daylight, np.bool_), wood, daylight


def test_backdrop_that_a_hanger_enclosed_goes_with_it() -> None:
    rgb, mask, wood, daylight = _hung(BLUE)
    left = cleared(rgb, mask, mask & ~wood)
    assert left[daylight].mean() < 0.02
    assert left[130:300, 70:250].all()


@pytest.mark.parametrize("cloth", [GROUND, (236, 233, 238)])
def test_nothing_goes_with_it_where_the_cloth_is_as_the_backdrop(cloth: tuple[int, int, int]) -> None:
    rgb, mask, wood, _ = _hung(cloth)
    left = cleared(rgb, mask, mask & ~wood)
    assert left[130:300, 70:250].all()


def test_a_thorn_beside_a_hanger_goes_and_a_strap_stays() -> None:
    rgb, mask, wood, daylight = _hung(BLUE)
    thorn, strap = np.zeros_like(mask), np.zeros_like(mask)
    thorn[102:110, 86:90] = True
    strap[60:110, 236:242] = True
    bare = mask & ~wood & ~daylight | thorn | strap
    left = cleared(rgb, mask | thorn | strap, bare)
    assert left[thorn].mean() < 0.2
    assert left[strap].all()


def test_where_no_hanger_was_nothing_is_looked_for() -> None:
    rgb, mask, _, _ = _hung(BLUE)
    assert cleared(rgb, mask, mask) is mask


def test_wood_is_no_colour_of_cloth_with_a_small_print() -> None:
    """A print of a few colours makes one wide cluster, of which a hanger's wood would be."""
    rgb, mask, wood, daylight = _hung((180, 30, 110))
    rng = np.random.default_rng(11)
    for _ in range(42):
        x, y = (int(rng.integers(*ends)) for ends in ((90, 230), (160, 280)))
        rgb[y : y + 4, x : x + 4] = rng.uniform((0.35, 0.25, 0.0), (1.0, 0.8, 0.5))
    odds = np.where(mask & ~wood, np.float32(-6), np.float32(2.5))
    whole = Cutout(rgb, floats(mask), mask & ~daylight, 0.0, 0.0)
    assert not_cloth.found(whole, floats(odds))[wood].mean() > 0.9


def test_shoulders_of_a_hanger_that_a_label_hides_in_part_are_no_yoke() -> None:
    tee = patterns.top(sleeve=58).mask
    middle, top = tee.shape[1] // 2, int(np.flatnonzero(tee.any(1))[0])
    wedge = [
        (middle - 12, top - 30),
        (middle + 12, top - 30),
        (middle + 70, top + 22),
        (middle - 70, top + 22),
    ]
    arms = np.zeros(tee.shape, np.uint8)
    cv2.fillPoly(arms, [np.array(wedge)], 1)
    arms[: top - 3, middle + 16 : middle + 27] = 0
    wood = np.asarray((arms > 0) & ~tee, np.bool_)
    photo = _painted(tee, (225, 226, 230))
    photo[wood] = WOOD
    left = without_shoulders(floats(photo / 255), tee | wood)
    assert left[wood].mean() < 0.1
