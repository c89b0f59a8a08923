"""Cutting garments out, and telling what they are."""

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.renderer.sample_garments import VENDOR_TYPES, garment, opened, png
from tryon_sandbox.bake.garments import GARMENTS
from tryon_sandbox.renderer.cutout.backdrop_fit import fit
from tryon_sandbox.renderer.cutout.cutout import cut_out
from tryon_sandbox.renderer.cutout.notches import notches
from tryon_sandbox.renderer.cutout.pixel_colours import compare
from tryon_sandbox.renderer.garments.garment import understand
from tryon_sandbox.renderer.raster import Mask, floats
from tryon_sandbox.renderer.scene.picture import decode

pytestmark = pytest.mark.slow

TRUTH = Path(__file__).parent / "truth"
LEAST = {90: 0.97, 60: 0.95}  # at 600 pixels, where a block of JPEG is 1.3 % of the picture
GROUNDS = {"white": (255, 255, 255), "grey": (236, 236, 236), "blue": (140, 173, 209), "dark": (41, 41, 46)}


def _overlap(one: np.ndarray, other: np.ndarray) -> float:
    return float((one & other).sum() / (one | other).sum())


def _truth(name: str, shape: tuple[int, int]) -> Mask:
    truth = np.asarray(Image.open(TRUTH / f"{name}.png"), np.uint8) * 255
    return cv2.resize(truth, shape[::-1], interpolation=cv2.INTER_AREA) > 127


def test_the_true_masks_are_those_of_the_patterns() -> None:
    full = GARMENTS["skirt"]().mask.astype(np.uint8) * 255
    drawn = cv2.resize(full, (600, 600), interpolation=cv2.INTER_AREA) > 127
    assert np.array_equal(drawn, _truth("skirt", (600, 600)))


def _relaid(name: str, ground: tuple[int, int, int], quality: int) -> tuple[bytes, np.ndarray]:
    """A sample garment on another backdrop with a soft shadow, and its true mask."""
    photo = np.asarray(opened(garment(name)).resize((600, 600)), np.float32)
    mask = _truth(name, (600, 600))
    core = cv2.erode(mask.astype(np.float32), np.ones((3, 3), np.uint8))
    near = (
        cv2.GaussianBlur(photo * core[..., None], (0, 0), 2)
        / np.maximum(cv2.GaussianBlur(core, (0, 0), 2), 1e-3)[..., None]
    )
    cloth = np.where(core[..., None] > 0, photo, near)
    shadow = 0.3 * cv2.GaussianBlur(np.roll(mask, (6, 3), (0, 1)).astype(np.float32), (0, 0), 6)
    share = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 0.6)[..., None]
    scene = cloth * share + floats(ground) * (1 - shadow[..., None]) * (1 - share)
    out = io.BytesIO()
    Image.fromarray(np.clip(scene, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=quality)
    return out.getvalue(), mask


@pytest.mark.parametrize("name", GARMENTS)
def test_a_cut_out_agrees_with_the_pattern_it_was_baked_from(name: str) -> None:
    cutout = cut_out(decode(garment(name), longest=1024))
    truth = _truth(name, cutout.mask.shape)
    assert _overlap(cutout.mask, truth) >= 0.985


@pytest.mark.parametrize("columns", [slice(112, 130), slice(350, 368)])
def test_the_gap_under_an_arm_is_open_up_to_its_tip(columns: slice) -> None:
    mask = cut_out(decode(garment("hoodie"), longest=1024)).mask
    under_arm = np.s_[220:255, columns]
    assert _overlap(~mask[under_arm], ~_truth("hoodie", mask.shape)[under_arm]) > 0.8


def test_a_gap_that_ends_beside_a_cuff_is_followed_to_its_closed_tip() -> None:
    canvas = np.full((300, 300, 3), 250, np.uint8)
    canvas[50:200, 75:225] = (40, 46, 60)
    canvas[150:230, 40:80] = (40, 46, 60)  # a sleeve beside the trunk, and a little longer
    cv2.fillPoly(canvas, [np.array([[74, 201], [81, 201], [78, 172]])], (250, 250, 250))
    picture = floats(canvas / 255)
    cloth = np.asarray(canvas[..., 0] < 200)
    closed = cloth.copy()
    closed[172:190, 70:85] = True
    opened_up = notches(compare(picture, fit(picture)), ~cloth, closed)
    assert np.array_equal(opened_up[176:190], ~cloth[176:190] & closed[176:190])


PALE = (190, 200, 225)


def _drawn_tee(stripes: bool = False) -> bytes:
    """A tee with narrow gaps beneath its arms, on white: 1200 by 1500 pixels. Its stripes go down beside
    them, of a colour between cloth and backdrop."""
    drawn = Image.new("RGB", (2400, 3000), (250, 250, 250))
    half = [(60, 30), (220, 0), (420, 60), (570, 330), (435, 430), (370, 300), (375, 1200)]
    right = [(1200 + 2 * x, 400 + 2 * y) for x, y in half]
    pen = ImageDraw.Draw(drawn)
    pen.polygon([*right, *((2400 - x, y) for x, y in reversed(right))], fill=(58, 88, 160))
    for side in (490, 1868) if stripes else ():
        pen.rectangle((side, 900, side + 42, 1200), fill=PALE)
    return png(np.asarray(drawn.resize((1200, 1500), Image.Resampling.LANCZOS)))


def test_a_gap_too_narrow_to_open_keeps_no_colour_of_the_backdrop() -> None:
    cutout = cut_out(decode(_drawn_tee(), longest=1024))

    assert np.count_nonzero((cutout.alpha > 0.6) & (cutout.rgb.min(2) > 0.5)) == 0


def test_a_stripe_beside_such_a_gap_stays() -> None:
    photo = decode(_drawn_tee(stripes=True), longest=1024)
    before, cutout = np.asarray(PALE) / 255, cut_out(photo)
    pale = np.abs(photo.rgb - before).max(2) < 0.02

    kept = np.abs(cutout.rgb - before).max(2) < 0.02
    assert (kept & pale).sum() > 0.95 * pale.sum()


def test_a_light_stripe_that_runs_out_at_the_hem_is_no_gap() -> None:
    canvas = np.full((600, 600, 3), 244, np.uint8)
    canvas[100:500, 150:450] = (30, 40, 110)
    canvas[380:500, 298:303] = 235
    assert cut_out(decode(png(canvas), longest=600)).mask[306:390, 239:242].mean() > 0.9


@pytest.mark.parametrize("quality", LEAST)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", ["jeans", "tee"])
def test_neither_backdrop_nor_shadow_nor_compression_changes_the_mask(
    name: str, ground: str, quality: int
) -> None:
    photo, truth = _relaid(name, GROUNDS[ground], quality)
    mask = cut_out(decode(photo, longest=1024)).mask
    truth = cv2.resize(truth.astype(np.uint8) * 255, mask.shape[::-1], interpolation=cv2.INTER_AREA) > 127
    assert _overlap(mask, truth) >= LEAST[quality]


def test_the_outline_says_how_far_it_can_be_trusted() -> None:
    clear, faint = (cut_out(decode(garment(name), longest=1024)) for name in ("jeans", "white_shirt"))
    assert clear.contrast > 2 * faint.contrast
    assert clear.unsure < faint.unsure


def _with_loop(colour: tuple[int, int, int]) -> bytes:
    """A red tunic with a loop on top; the colour is what the loop encloses."""
    canvas = np.full((600, 600, 3), 244, np.uint8)
    canvas[200:500, 180:420] = (150, 30, 40)
    cv2.rectangle(canvas, (250, 120), (350, 205), (150, 30, 40), 12)
    canvas[132:190, 262:339] = colour
    return png(canvas)


def test_a_hole_that_shows_the_backdrop_is_a_hole() -> None:
    through, patched = (
        cut_out(decode(_with_loop(colour), longest=600)) for colour in ((244, 244, 244), (40, 60, 150))
    )
    assert not through.mask[110:145, 215:265].any() and through.alpha[140:180, 275:325].max() < 0.05
    assert patched.mask[110:145, 215:265].all()


def test_a_print_in_the_backdrops_colour_is_no_hole() -> None:
    canvas = np.full((600, 600, 3), 244, np.uint8)
    canvas[100:500, 150:450] = (30, 40, 60)
    canvas[220:380, 230:370] = 244
    assert cut_out(decode(png(canvas), longest=600)).mask[200:280, 200:280].all()


@pytest.mark.parametrize("name", VENDOR_TYPES)
def test_every_sample_is_recognised_and_trusted(name: str) -> None:
    found = understand(garment(name))
    assert (found.vendor_type, found.doubt) == (VENDOR_TYPES[name], "")


@pytest.mark.parametrize("name", ["jeans", "hoodie", "shirt", "dress", "trousers"])
def test_no_colour_of_the_backdrop_is_left_in_a_garments_edge(name: str) -> None:
    cutout = cut_out(decode(garment(name), longest=1024))
    solid = (cutout.alpha > 0.5).astype(np.uint8)
    depth = cv2.distanceTransform(solid, cv2.DIST_L2, 5)
    away = np.abs(cutout.rgb - 0.95).mean(-1)
    assert away[(depth > 0) & (depth <= 2)].mean() >= 0.5 * away[(depth > 6) & (depth <= 8)].mean()


def test_a_pictures_own_transparency_is_the_mask() -> None:
    photo = opened(garment("skirt")).convert("RGBA").resize((400, 400))
    alpha = np.zeros((400, 400), np.uint8)
    alpha[80:330, 120:280] = 255
    photo.putalpha(Image.fromarray(alpha))
    out = io.BytesIO()
    photo.save(out, "PNG")
    cutout = cut_out(decode(out.getvalue(), longest=1024))
    assert np.array_equal(cutout.alpha > 0.5, alpha > 127)


@pytest.mark.parametrize("longest", [512, 2048])
def test_the_size_of_the_photo_does_not_matter(longest: int) -> None:
    resized = np.asarray(opened(garment("tee")).resize((longest, longest)))
    found = understand(png(resized))
    assert (found.vendor_type, found.doubt) == ("tops", "")


def test_a_type_that_is_given_wins() -> None:
    assert understand(garment("dress"), "tops").vendor_type == "tops"
    assert understand(garment("skirt"), "bottoms").kind == "skirt"
    assert understand(garment("jeans"), "bottoms").kind == "trousers"


@pytest.mark.parametrize("garbage", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_bytes_that_are_no_picture_raise_a_value_error(garbage: bytes) -> None:
    with pytest.raises(ValueError, match="decoded"):
        understand(garbage)
