"""What is taken along with a garment: shadows beside it, slits of backdrop, bits of a hanger."""

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.cutout.cutout import Cutout, cut_out, cut_out_by
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
