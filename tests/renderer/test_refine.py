"""Refining a coarse try-on picture."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from tests.renderer.refined import (
    Case,
    Pixels,
    colour_error,
    detail,
    file,
    psnr,
    refined,
    resized,
    ssim,
    through_jpeg,
    worn_by,
)
from tests.renderer.sample_garments import VENDOR_TYPES, garment, opened, pixels, snapshot
from tryon_sandbox.renderer import LIBRARY, Look, Piece, dress, refine
from tryon_sandbox.renderer.garments.garment import understand
from tryon_sandbox.renderer.raster import floats
from tryon_sandbox.renderer.refine.agreement import believed, trust
from tryon_sandbox.renderer.refine.cloth import Layer, on_stand
from tryon_sandbox.renderer.refine.dense import on_picture
from tryon_sandbox.renderer.refine.refining import RECOGNISED
from tryon_sandbox.renderer.scene.library import cast
from tryon_sandbox.renderer.scene.mannequins import FIGURES
from tryon_sandbox.renderer.scene.stand import recognise_stand

pytestmark = pytest.mark.slow

WEARERS = ("Ariel", "James", "Zuri", "Kofi", "Nora")
CHANGES: dict[str, Callable[[Pixels], Pixels]] = {
    "JPEG 70": lambda picture: through_jpeg(picture, 70),
    "0.8 times the size": lambda picture: resized(picture, 0.8),
    "1.25 times the size": lambda picture: resized(picture, 1.25),
}


@cache
def _case(name: str) -> Case:
    number = list(VENDOR_TYPES).index(name)
    return worn_by(WEARERS[number % len(WEARERS)], number % 4, name)


def _is_nearer(picture: Pixels, coarse: Pixels, truth: Pixels, cloth: Pixels) -> None:
    assert psnr(picture, truth, cloth) > psnr(coarse, truth, cloth) + 2
    assert ssim(picture, truth, cloth) > ssim(coarse, truth, cloth)
    assert colour_error(picture, truth, cloth) < 0.8 * colour_error(coarse, truth, cloth)
    wanted = detail(truth, cloth)
    assert abs(detail(picture, cloth) - wanted) < 0.5 * abs(detail(coarse, cloth) - wanted)


@pytest.mark.parametrize("name", VENDOR_TYPES)
def test_a_refined_sample_is_nearer_to_the_crisp_drape_than_the_coarse_one(name: str) -> None:
    case = _case(name)
    _is_nearer(refined(case.coarse, name), case.coarse, case.truth, case.cloth)


@pytest.mark.parametrize(
    ("name", "change"), list(zip(("printed_tee", "shirt", "jeans"), CHANGES, strict=True))
)
def test_a_coarse_picture_that_was_squeezed_is_refined_as_well(name: str, change: str) -> None:
    case = _case(name)
    coarse = CHANGES[change](case.coarse)
    truth = case.truth if change == "JPEG 70" else CHANGES[change](case.truth)
    cloth = cv2.resize(case.cloth.astype(np.uint8), truth.shape[1::-1], interpolation=cv2.INTER_NEAREST) > 0
    _is_nearer(refined(coarse, name), coarse, truth, cloth)


@pytest.mark.parametrize("who", WEARERS)
def test_a_mannequin_is_recognised_however_it_is_staged(who: str) -> None:
    index = WEARERS.index(who)
    view = ("fullbody", "halfbody")[index % 2]
    look = Look((Piece(garment("white_shirt")),), LIBRARY[who], view=view, index=index)
    found = recognise_stand(through_jpeg(pixels(dress(look).png), 70))
    wanted = cast(LIBRARY[who], index)

    assert found is not None and (found.pose, found.view) == (wanted.pose, view)
    assert FIGURES[found.figure_id].body == FIGURES[wanted.figure_id].body


def test_nobody_is_recognised_where_nobody_is() -> None:
    assert recognise_stand(pixels(snapshot())) is None


def test_both_garments_of_a_suit_come_back() -> None:
    case = worn_by("Mila", 0, "hoodie", "jeans")
    _is_nearer(refined(case.coarse, "hoodie", "jeans"), case.coarse, case.truth, case.cloth)


def test_a_photo_of_another_garment_lends_nothing() -> None:
    case = _case("printed_tee")
    mistaken = refined(case.coarse, "shirt")

    assert psnr(mistaken, case.coarse, case.cloth) > 33
    assert colour_error(mistaken, case.coarse, case.cloth) < 1.5


def _elsewhere(picture: Pixels) -> Pixels:
    """Cut out of the frame and squeezed, so that no mannequin of ours stands just so."""
    return cv2.resize(picture[60:980, 90:700], (660, 920), interpolation=cv2.INTER_AREA)


def test_a_print_is_found_again_in_a_picture_that_is_not_the_studio_s() -> None:
    case = worn_by("James", 0, "printed_tee")
    coarse = cv2.GaussianBlur(_elsewhere(case.coarse), (0, 0), 0.8)
    truth, person = _elsewhere(case.truth), _elsewhere(case.person)
    orange = (truth[..., 0] > truth[..., 2] + 0.35) & (np.abs(truth - person).max(-1) > 0.1)
    around = cv2.dilate(orange.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    picture = refined(coarse, "printed_tee", person=person)

    assert recognise_stand(floats(coarse)) is None
    assert psnr(picture, truth, around) > psnr(coarse, truth, around) + 5
    assert ssim(picture, truth, around) > ssim(coarse, truth, around)


def test_a_photo_in_which_nothing_was_found_lends_nothing() -> None:
    shirt = understand(garment("shirt"))
    nothing = replace(shirt, cutout=replace(shirt.cutout, alpha=np.zeros_like(shirt.cutout.alpha)))
    picture = floats(shirt.photo)
    assert on_picture(picture, np.ones(picture.shape[:2], np.bool_), [nothing]) is None


def test_cloth_that_cannot_be_aligned_is_never_doubled() -> None:
    case, name = _case("shirt"), "shirt"
    coarse, person = _elsewhere(case.coarse), _elsewhere(case.person)
    picture = refined(coarse, name, person=person)

    assert psnr(picture, coarse, np.ones(coarse.shape[:2], np.bool_)) > 33


@pytest.mark.parametrize("name", ["hoodie", "printed_tee"])
def test_cloth_drawn_a_few_pixels_away_is_not_laid_over_what_is_there(name: str) -> None:
    coarse = through_jpeg(_case(name).coarse, 70)
    stand = recognise_stand(coarse)
    assert stand is not None
    layer = on_stand(stand, [understand(garment(name))], (coarse.shape[1], coarse.shape[0]))
    assert layer is not None
    away = Layer(np.roll(layer.paint, 4, (0, 1)), np.roll(layer.seen, 4, (0, 1)))

    assert believed(layer, trust(coarse, layer)) > 0.97
    assert believed(away, trust(coarse, away)) < RECOGNISED - 0.1


def test_refining_leaves_what_is_no_garment_as_it_was() -> None:
    case = _case("hoodie")
    head = np.s_[60:150, 300:460]
    assert np.abs(refined(case.coarse, "hoodie")[head] - case.coarse[head]).max() < 0.02


def test_refining_twice_gives_the_same_bytes() -> None:
    given = file(_case("skirt").coarse)
    first, second = (
        refine(person=given, top=garment("skirt"), coarse=given, gender="woman") for _ in range(2)
    )
    assert first == second


def test_the_refined_picture_has_the_coarse_ones_size() -> None:
    size = 301, 407
    coarse = cv2.resize(_case("hoodie").coarse, size)
    made = refine(person=file(coarse), top=garment("hoodie"), coarse=file(coarse), gender="woman")
    assert opened(made).size == size


def test_garbage_raises_a_value_error() -> None:
    given = file(_case("hoodie").coarse)
    with pytest.raises(ValueError, match="decoded"):
        refine(person=given, top=b"nothing", coarse=given, gender="woman")
