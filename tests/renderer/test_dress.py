"""Whole pictures: who wears what, how large, how sure."""

import io
from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.renderer.sample_garments import crumbs, garment, landscape, noise, opened, pixels, png, snapshot
from tryon_sandbox.renderer import LIBRARY, Figure, Look, NotFlatLay, Piece, dress
from tryon_sandbox.renderer.drape import neckline
from tryon_sandbox.renderer.dressing import picture_size
from tryon_sandbox.renderer.garments.garment import understand
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks.neck_corners import at_kinks

pytestmark = pytest.mark.slow

ARIEL = LIBRARY["Ariel"]


def _look(*names: str, index: int = 0, view: str = "fullbody", figure: Figure = ARIEL) -> Look:
    return Look(tuple(Piece(garment(name)) for name in names), figure, view, index)


def test_the_same_look_gives_the_same_bytes() -> None:
    look = _look("jeans", "hoodie")
    assert dress(look).png == dress(look).png


def test_pictures_of_one_job_differ() -> None:
    assert len({dress(_look("skirt", index=index)).png for index in range(2)}) == 2


@pytest.mark.parametrize(
    ("type_", "style", "size"),
    [
        ("tops", "universal_1", (768, 1024)),
        ("bottoms", "universal_3", (682, 1024)),
        ("dresses", "universal_2", (576, 768)),
        ("dresses", "universal_3", (512, 768)),
    ],
)
def test_sizes_are_the_vendors_and_follow_the_models_own_picture(
    type_: str, style: str, size: tuple[int, int]
) -> None:
    assert picture_size((type_,), style) == size


def test_a_dress_comes_in_the_size_of_dresses() -> None:
    assert opened(dress(_look("dress", index=1)).png).size == (576, 768)


def test_a_suit_says_the_type_of_each_piece_in_order() -> None:
    assert dress(_look("jeans", "hoodie")).garment_types == ("bottoms", "tops")


def test_the_cloth_on_the_figure_has_the_photos_colour() -> None:
    worn = pixels(dress(_look("skirt")).png)
    red = (worn[..., 0] > 0.35) & (worn[..., 0] > 1.8 * worn[..., 1])
    assert red.mean() > 0.04


def test_a_top_is_worn_over_a_bottom_whatever_the_order() -> None:
    assert dress(_look("jeans", "tee")).png == dress(_look("tee", "jeans")).png


def test_half_a_body_is_closer_than_a_whole_one() -> None:
    def green(view: str) -> float:
        worn = pixels(dress(_look("hoodie", view=view)).png)
        return float(((worn[..., 1] > worn[..., 0] + 0.03) & (worn[..., 1] > worn[..., 2] + 0.03)).mean())

    assert green("halfbody") > 1.5 * green("fullbody")


def test_every_picture_says_in_text_and_pixels_that_a_sandbox_made_it() -> None:
    made = Image.open(io.BytesIO(dress(_look("tee")).png))
    assert (made.info["Software"], made.info["Comment"]) == ("Try-On Studio sandbox", "sandbox preview")
    corner = np.asarray(made.convert("L"), np.float32)[-36:-8, -150:-10]
    assert np.percentile(corner, 98) - corner.min() > 40


@pytest.mark.parametrize("make", [noise, landscape, crumbs])
def test_what_is_no_flat_lay_is_refused_when_asked_to(make: object) -> None:
    look = Look((Piece(make()),), ARIEL, quality_gate=True)  # type: ignore[operator]
    with pytest.raises(NotFlatLay):
        dress(look)


@pytest.mark.parametrize("make", [noise, landscape, crumbs])
def test_what_is_no_flat_lay_is_otherwise_shown_beside_an_undressed_figure(make: object) -> None:
    alone = pixels(dress(Look((), ARIEL)).png)
    given = Piece(make(), "tops")  # type: ignore[operator]  # else its size is that of a guess
    shown = pixels(dress(Look((given,), ARIEL)).png)
    changed = np.abs(alone - shown).max(-1) > 0.02
    assert changed[:, 620:].mean() > 0.04
    assert not changed[:, 240:490].any()


def test_a_garment_on_a_person_is_refused_when_asked_to() -> None:
    worn = np.asarray(opened(garment("sweater"))).copy()
    cv2.ellipse(worn, (600, 240), (110, 150), 0, 0, 360, (196, 140, 112), -1, cv2.LINE_AA)
    with pytest.raises(NotFlatLay, match="person"):
        dress(Look((Piece(png(worn)),), ARIEL, quality_gate=True))


def test_a_garment_between_garbage_is_still_worn() -> None:
    worn = pixels(dress(Look((Piece(noise()), Piece(garment("skirt"))), ARIEL)).png)
    red = (worn[..., 0] > 0.35) & (worn[..., 0] > 1.8 * worn[..., 1])
    assert red[:, 240:520].mean() > 0.04


def test_an_own_photo_keeps_its_aspect_and_its_person() -> None:
    made = dress(Look((Piece(garment("tee")),), ARIEL, person=snapshot()))
    photo = np.asarray(opened(snapshot()).resize((768, 1024), Image.Resampling.BICUBIC), np.float32) / 255
    untouched = np.abs(pixels(made.png) - photo).max(-1) < 0.06
    assert opened(made.png).size == (768, 1024)
    assert untouched[:600].mean() > 0.99
    assert untouched.mean() < 0.97


def test_garbage_for_a_person_raises_a_value_error() -> None:
    with pytest.raises(ValueError, match="decoded"):
        dress(Look((Piece(garment("tee")),), ARIEL, person=b"nobody"))


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(st.integers(8, 90), st.integers(8, 90), st.integers(0, 2**32 - 1), st.integers(0, 6))
def test_any_picture_that_decodes_makes_a_picture(width: int, height: int, seed: int, softness: int) -> None:
    chance = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    data = png(cv2.blur(chance, (softness * 6 + 1, softness * 6 + 1)))
    assert understand(data).vendor_type in {"tops", "bottoms", "dresses"}


def test_landmarks_of_a_tee_are_in_order_from_left_to_right() -> None:
    marks = understand(garment("tee")).marks
    assert isinstance(marks, TopMarks)
    row = [*(marks.armpit.values()), *(marks.neck.values())]
    left_pit, right_pit, left_neck, right_neck = (float(place[0]) for place in row)
    assert all(one < other for one, other in pairwise((left_pit, left_neck, right_neck, right_pit)))
    assert len(marks.sleeves) == 2


def test_no_lining_of_the_back_is_left_inside_a_round_neckline() -> None:
    piece = understand(garment("tee"))
    assert piece.shape is not None and isinstance(piece.marks, TopMarks)
    cut, marks = piece.cutout, at_kinks(piece.shape, piece.marks)
    front = neckline.find(cut, marks)
    assert front is not None
    inside, row, middle = (
        neckline.opening(cut, marks, front),
        int(marks.neck_y * cut.scale),
        int(marks.centre * cut.scale),
    )
    collar = np.s_[row + 8 : row + 100, middle - 110 : middle + 110]
    tone = cut.rgb[collar].mean(-1)
    lining = (np.abs(cut.rgb[collar][..., 0] - cut.rgb[collar][..., 2]) < 0.05) & (tone > 0.5) & (tone < 0.8)
    assert lining.sum() > 5000
    assert float((inside[collar][lining] < 0.5).mean()) < 0.10
