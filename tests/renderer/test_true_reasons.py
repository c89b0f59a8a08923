"""What is not worn is refused for what is wrong with it, not for what its outline happens to look like."""

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.patterns import SIZE
from tests.renderer.sample_garments import png
from tests.renderer.test_cut_out_again import _read
from tests.renderer.test_hanger_ends import BLUE, DRESS
from tests.renderer.test_hanging_trousers import TROUSERS, WAIST
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.cutout.silhouette import measure
from tryon_sandbox.renderer.garments import garment
from tryon_sandbox.renderer.garments.checks import armhole_signs, plausible, plausible_bottoms
from tryon_sandbox.renderer.garments.flat_lay import flat_lay_check
from tryon_sandbox.renderer.garments.garment import _seen, understand
from tryon_sandbox.renderer.garments.kinds import accessories, one_piece
from tryon_sandbox.renderer.garments.kinds.likely import NAMES, Likely
from tryon_sandbox.renderer.garments.kinds.recognise import UNTOLD, Kind
from tryon_sandbox.renderer.garments.marks import guessed
from tryon_sandbox.renderer.garments.networks import learned_kind
from tryon_sandbox.renderer.garments.networks.learned_kind import Shares, Sleeves, Thing
from tryon_sandbox.renderer.garments.read_as import Reading
from tryon_sandbox.renderer.garments.reading import IN_LEGS, NO_GARMENT, OF_BOTTOMS, _told, _untold
from tryon_sandbox.renderer.garments.sleeves import laid_sleeves
from tryon_sandbox.renderer.raster import floats, soft


@pytest.mark.parametrize(
    ("doubt", "things", "said"),
    [
        (one_piece.NARROWS, {Thing.TOP: 0.6, Thing.SWIMWEAR: 0.3}, one_piece.NARROWS),
        (one_piece.NARROWS, {Thing.TOP: 0.6, Thing.SWIMWEAR: 0.01}, guessed.UNTOLD),
        (plausible_bottoms.HAS_WAIST, {Thing.TROUSERS: 0.43, Thing.JUMPSUIT: 0.02}, guessed.UNTOLD),
        (plausible_bottoms.HAS_WAIST, {Thing.DRESS: 0.6, Thing.JUMPSUIT: 0.28}, plausible_bottoms.HAS_WAIST),
        (IN_LEGS, {Thing.OTHER: 0.5, Thing.BAG: 0.3}, guessed.UNTOLD),
        (armhole_signs.NOT_PARTED, {Thing.SKIRT: 0.42, Thing.SHORTS: 0.23}, OF_BOTTOMS),
        (plausible.NEITHER, {Thing.OTHER: 0.4, Thing.BAG: 0.35}, NO_GARMENT),
        (flat_lay_check.CUT_OFF, {Thing.SEVERAL: 0.4, Thing.WORN: 0.35}, NO_GARMENT),
        (accessories.BAG, {Thing.OTHER: 0.4, Thing.BAG: 0.35}, accessories.BAG),
        (flat_lay_check.UNSEEN, {Thing.OTHER: 0.68, Thing.TOP: 0.23}, flat_lay_check.UNSEEN),
        (flat_lay_check.UNSEEN, {Thing.BAG: 0.68, Thing.OTHER: 0.23}, NAMES[Thing.BAG]),
        (armhole_signs.NOT_PARTED, {Thing.TOP: 0.9}, armhole_signs.NOT_PARTED),
        (one_piece.NARROWS, {}, one_piece.NARROWS),
    ],
)
def test_an_outline_is_not_called_what_the_photo_speaks_against(
    doubt: str, things: dict[Thing, float], said: str
) -> None:
    assert _told(doubt, Likely(Shares(things, {}))) == said


def test_of_what_has_no_sleeves_nobody_hears_about_sleeves() -> None:
    strapped = Likely(Shares({Thing.DRESS: 0.86}, {Sleeves.NONE: 0.98}))
    for doubt in (armhole_signs.NOT_PARTED, laid_sleeves.UNREAD):
        assert _told(doubt, strapped) == flat_lay_check.UNPLACED
        assert _told(doubt, Likely(Shares({Thing.DRESS: 0.86}, {Sleeves.LONG: 0.9}))) == doubt


@pytest.mark.parametrize(
    ("things", "said"),
    [
        ({Thing.TOP: 0.7}, "neckline"),
        ({Thing.SKIRT: 0.7}, guessed.UNTOLD),
        ({Thing.TOP: 0.4, Thing.DRESS: 0.3}, guessed.UNTOLD),
    ],
)
def test_what_the_photo_shows_to_be_a_top_is_told_what_is_wrong_with_it(
    things: dict[Thing, float], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = np.full((SIZE, SIZE, 3), 244, np.uint8)
    photo[100:380, 100:380] = (60, 70, 150)
    monkeypatch.setattr(learned_kind, "installed", lambda: lambda cutout, picture: Shares(things, {}))
    assert said in _seen(png(photo), "").doubt


def test_the_type_is_asked_for_where_it_is_all_that_a_photo_leaves_open() -> None:
    found = Reading(Kind.DRESS, measure(np.ones((40, 40), np.bool_)), None, "")
    coat = Likely(Shares({Thing.TOP: 0.43, Thing.DRESS: 0.07, Thing.OTHER: 0.3}, {}))
    assert _untold(found, coat) == UNTOLD
    other = Likely(Shares({Thing.TOP: 0.2, Thing.DRESS: 0.07, Thing.SKIRT: 0.26, Thing.OTHER: 0.2}, {}))
    assert _untold(found, other) == guessed.UNTOLD


@pytest.mark.parametrize(
    ("rows", "doubt"), [((60, SIZE), ""), ((0, SIZE), flat_lay_check.CUT_OFF), ((0, 0), "")]
)
def test_straps_that_run_out_of_the_picture_are_told(rows: tuple[int, int], doubt: str) -> None:
    """Of a slip dress: whole, with its straps cut off, and in a picture that is cut to it above and below."""
    drawn = patterns.strapped()
    photo, down = drawn.photo(), np.flatnonzero(drawn.mask.any(1))
    if rows[0]:
        seen = photo
    elif rows[1]:
        seen = photo[down[0] + 12 :]
    else:
        seen = photo[down[0] : down[-1] + 1]
    assert understand(png(np.ascontiguousarray(seen)), "dresses").doubt == doubt


@pytest.mark.parametrize(("length", "doubt"), [(62.0, ""), (92.0, ""), (130.0, plausible.NOT_A_GARMENT)])
def test_a_slender_dress_on_straps_is_one_however_small_it_is_in_the_photo(length: float, doubt: str) -> None:
    photo = patterns.strapped(length=length, chest=13.5, hem=14.0).photo()
    small = np.pad(photo, ((120, 120), (120, 120), (0, 0)), constant_values=244)
    assert understand(png(small), "dresses").doubt == doubt


def test_what_no_prior_finds_is_not_called_too_small(monkeypatch: pytest.MonkeyPatch) -> None:
    photo, crumb = np.full((SIZE, SIZE, 3), 128, np.uint8), np.zeros((SIZE, SIZE), np.bool_)
    crumb[200:240, 200:212] = True
    found = Cutout(floats(photo.astype(np.float32) / 255), floats(crumb), crumb, 0.0, 0.0, agreed=0.4)
    monkeypatch.setattr(garment, "cut_out", lambda picture, prior: found)
    monkeypatch.setattr(learned_kind, "installed", lambda: None)
    assert _seen(png(photo), "").doubt == "The garment cannot be told from what is around it."


@pytest.mark.parametrize(("long", "worn"), [(0.05, True), (0.3, False)])
def test_scallops_of_a_hem_are_no_cuffs_where_no_long_sleeves_may_lie_on_it(
    long: float, worn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = np.full((SIZE, SIZE, 3), 240, np.uint8)
    cv2.fillPoly(photo, [np.array(DRESS, np.int32)], BLUE)
    for middle in (176, 304):
        photo[400:441, middle - 5 : middle + 5] = 240
    shares = Shares({Thing.DRESS: 0.9}, {Sleeves.NONE: 0.52, Sleeves.LONG: long})
    monkeypatch.setattr(learned_kind, "installed", lambda: lambda cutout, picture: shares)
    found = _seen(png(cv2.GaussianBlur(photo, (3, 3), 0)), "")
    assert found.doubt == ("" if worn else armhole_signs.NOT_PARTED)


def test_what_lies_straight_is_not_called_askew() -> None:
    upright = np.zeros((SIZE, SIZE), np.uint8)
    cv2.fillPoly(upright, [np.array(TROUSERS, np.int32)], 1)
    turn = cv2.getRotationMatrix2D((SIZE / 2, SIZE / 2), 25, 1)
    for mask, said in (
        (upright, flat_lay_check.UNPLACED),
        (cv2.warpAffine(upright, turn, (SIZE, SIZE)), plausible.ASKEW),
    ):
        shape = measure(np.asarray(mask > 0, np.bool_))
        rgb = floats(np.where(mask[..., None] > 0, np.float32(0.3), np.float32(0.95)).repeat(3, 2))
        cutout = Cutout(rgb, floats(mask.astype(np.float32)), shape.mask, 0.0, 0.0)
        assert flat_lay_check.unread(cutout, shape, plausible.ASKEW) == said


def test_the_gap_between_two_legs_stays_open_though_a_prior_fills_it(monkeypatch: pytest.MonkeyPatch) -> None:
    photo, raised = np.full((SIZE, SIZE, 3), 246, np.uint8), [(x, max(y - WAIST, 0)) for x, y in TROUSERS]
    cv2.fillPoly(photo, [np.array(raised, np.int32)], (90, 90, 60))
    photo[:6, 168:312] = (90, 90, 60)
    cloth = np.asarray(photo[..., 2] < 150, np.bool_)
    filled = np.zeros((SIZE, SIZE), np.uint8)
    cv2.fillConvexPoly(filled, cv2.convexHull(np.array(raised, np.int32)), 1)
    filled[:4] = 0
    found = _read(
        monkeypatch, Thing.TROUSERS, shown=(png(photo), soft(np.asarray(filled > 0, np.bool_), 1.0))
    )
    gap = np.asarray(filled > 0, np.bool_) & ~cloth
    assert found.cutout.mask.shape == gap.shape
    assert (found.cutout.mask & gap).sum() < 0.1 * gap.sum()


def test_the_lower_ends_of_clips_are_painted_over_though_they_are_not_upright(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    photo = np.full((SIZE, SIZE, 3), 244, np.uint8)
    cloth = [(168, WAIST), (312, WAIST), (350, 400), (130, 400)]
    cv2.fillPoly(photo, [np.array(cloth, np.int32)], (190, 40, 60))
    for middle in (190, 290):
        cv2.rectangle(photo, (middle - 8, WAIST), (middle + 8, WAIST + 11), (20, 20, 24), -1)
    shares = Shares({Thing.SKIRT: 0.9}, {})
    monkeypatch.setattr(learned_kind, "installed", lambda: lambda cutout, picture: shares)
    found = _seen(png(cv2.GaussianBlur(photo, (3, 3), 0)), "")
    seen = found.cutout.rgb[found.cutout.alpha > 0.9]
    assert found.doubt == "" and float((seen.max(1) < 0.4).mean()) < 0.001
