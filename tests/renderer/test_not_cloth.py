"""What was cut out along with a garment and is no cloth: taken off where a look and its colours say so."""

import json
from dataclasses import replace
from typing import cast

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.garments.garment import _seen, bared
from tryon_sandbox.renderer.garments.kinds.likely import Likely
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks import learned_neck
from tryon_sandbox.renderer.garments.necks.neck_kinds import Neck
from tryon_sandbox.renderer.garments.networks import not_cloth
from tryon_sandbox.renderer.garments.networks.learned_kind import LAYERS
from tryon_sandbox.renderer.garments.networks.object_network import HALF_WAY, SIDE, Network
from tryon_sandbox.renderer.garments.read_as import Reading
from tryon_sandbox.renderer.raster import Floats, Mask, floats

SKIN = (206, 188, 164)
WIDE, HIGH = 70, 44  # a form's belly: half its width, and its height, in pixels of the photo


def _on_form(colour: tuple[int, int, int]) -> bytes:
    """A jumper below which the belly of a dress form of this colour is seen."""
    drawn = patterns.top(sleeve=58).changed(0.75, 0.75)
    photo = drawn.photo()
    low, middle = int(np.flatnonzero(drawn.mask.any(1))[-1]), int(np.median(np.nonzero(drawn.mask)[1]))
    cv2.rectangle(photo, (middle - WIDE, low), (middle + WIDE, low + HIGH), colour, -1)
    grain = np.random.default_rng(3).normal(0, 3, photo.shape)
    return png(np.clip(photo + grain * (photo < 240), 0, 255).astype(np.uint8))


def _low_down(cutout: Cutout) -> Floats:
    """Odds that rise from row to row, and turn a little below where the belly begins."""
    below = np.arange(len(cutout.mask)) - np.flatnonzero(cutout.mask.any(1))[-1] + HIGH / cutout.scale
    odds = np.clip(0.1 * below - 1, -6, 3)
    return floats(np.broadcast_to(odds[:, None], cutout.mask.shape))


def _looked_at(data: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[Cutout, Cutout]:
    plain = _seen(data, "").cutout
    monkeypatch.setattr(not_cloth, "installed", lambda: _low_down)
    return plain, not_cloth.taken_off(plain)[0]


def test_the_belly_of_a_form_is_taken_off_where_a_look_and_its_colour_say_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain, bare = _looked_at(_on_form(SKIN), monkeypatch)
    last, now = (int(np.flatnonzero(cutout.mask.any(1))[-1]) for cutout in (plain, bare))
    assert abs(last - now - HIGH / plain.scale) < 6
    taken = plain.mask & ~bare.mask
    inside = cv2.erode(taken.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    size = plain.alpha.shape[1], plain.alpha.shape[0]
    assert inside.any()
    assert (
        bare.alpha[cv2.resize(inside.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0].max() < 0.1
    )


def test_what_has_the_cloths_own_colour_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = patterns.top(sleeve=20).photo()
    plain, bare = _looked_at(png(photo), monkeypatch)
    assert bare is plain


def test_a_garment_is_worn_without_the_form_that_it_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    before = _seen(_on_form(SKIN), "")
    monkeypatch.setattr(not_cloth, "installed", lambda: _low_down)
    after = _seen(_on_form(SKIN), "")
    assert not after.doubt and isinstance(after.marks, TopMarks)
    assert after.cutout.mask.sum() < before.cutout.mask.sum()


def test_what_cannot_be_read_any_more_is_worn_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    garment = _seen(png(patterns.top(sleeve=20).photo()), "")
    assert garment.shape is not None and garment.marks is not None
    found = Reading(garment.kind, garment.shape, garment.marks, "")
    rows = np.flatnonzero(garment.cutout.mask.any(1))
    half = garment.cutout.mask.copy()
    half[: int(rows.mean())] = False
    monkeypatch.setattr(not_cloth, "taken_off", lambda cutout: (replace(cutout, mask=half), False))
    assert bared(garment.cutout, found, "", Likely()) == (garment.cutout, found)


def _with_patch(first: int, odds: float) -> tuple[Cutout, Floats, Mask]:
    """Green cloth with a patch of cream that begins in this row of it, and the odds that say so."""
    mask, patch = np.zeros((2, 200, 200), np.bool_)
    mask[20:180, 40:160] = True
    patch[20 + first : 50 + first, 80:120] = True
    grain = np.random.default_rng(3).normal(0, 0.01, (200, 200, 3))
    rgb = np.where(patch[..., None], (0.9, 0.85, 0.7), (0.2, 0.5, 0.3)) + grain
    told = cv2.GaussianBlur(np.where(patch, np.float32(odds), np.float32(-5)), (0, 0), 3)
    return Cutout(floats(rgb), floats(mask), mask, 0.0, 0.0), floats(np.where(patch, odds, told)), patch


@pytest.mark.parametrize(
    ("first", "odds", "is_taken"),
    [(0, 3.0, True), (30, 3.0, False), (0, 1.5, False), (130, 1.5, True)],
    ids=["a hanger", "a hood's lining", "a collar's inside", "a hand at the hem"],
)
def test_what_lies_on_the_cloth_or_may_be_a_collar_stays(first: int, odds: float, is_taken: bool) -> None:
    cutout, told, patch = _with_patch(first, odds)
    taken = not_cloth.found(cutout, told)
    assert taken.any() == is_taken
    assert not is_taken or (taken & patch).sum() > 0.9 * patch.sum()


def test_what_is_certainly_no_cloth_is_taken_off_though_it_has_the_cloths_colour() -> None:
    for odds, is_taken in ((3.0, False), (4.5, True)):
        cutout, told, patch = _with_patch(0, odds)
        alike = replace(cutout, rgb=np.where(patch[..., None], floats([0.2, 0.5, 0.3]), cutout.rgb))
        assert bool(not_cloth.found(alike, told)[patch].mean() > 0.9) == is_taken


@pytest.mark.parametrize(
    ("after", "certain", "stays"),
    [(Neck.ROUND, False, True), (Neck.COLLAR, False, False), (Neck.ROUND, True, False)],
)
def test_a_collar_is_not_taken_off_for_a_hanger_that_is_not_certain(
    after: Neck, certain: bool, stays: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    garment = _seen(png(patterns.top(sleeve=20).photo()), "")
    assert garment.shape is not None and garment.marks is not None
    found = Reading(garment.kind, garment.shape, garment.marks, "")
    less = garment.cutout.mask.copy()
    less[: int(np.flatnonzero(less.any(1))[0]) + 2] = False
    monkeypatch.setattr(not_cloth, "taken_off", lambda cutout: (replace(cutout, mask=less), certain))
    monkeypatch.setattr(
        learned_neck, "seen", lambda cutout, *_: {after if cutout.mask is less else Neck.COLLAR: 0.9}
    )
    assert (bared(garment.cutout, found, "", Likely())[0] is garment.cutout) == stays


def test_a_squat_garment_is_looked_at_once_and_a_long_one_at_both_ends() -> None:
    squat, long = (_box(high) for high in (100, 320))
    assert len(not_cloth.views(squat)) == 1
    upper, lower = not_cloth.views(long)
    assert upper.top < 40 < upper.top + upper.side
    assert lower.top < 40 + 320 < lower.top + lower.side
    for view in (upper, lower):
        assert not_cloth.cells(floats(long), view).max() > 0.99


def _box(high: int) -> Mask:
    mask = np.zeros((480, 300), np.bool_)
    mask[40 : 40 + high, 90:210] = True
    return mask


class _Bright:
    """A network that sees in each cell how bright it is."""

    def half_way(self, rgb: Floats) -> Floats:
        step = SIDE // not_cloth.CELLS
        cells = rgb.mean(2).reshape(not_cloth.CELLS, step, not_cloth.CELLS, step).mean((1, 3))
        return floats(np.broadcast_to(cells, (112, *cells.shape)))


def test_the_fitted_layer_takes_what_is_seen_of_a_cutout() -> None:
    cutout = _seen(_on_form(SKIN), "").cutout
    odds = not_cloth.of_network(cast(Network, _Bright()))(cutout)
    assert odds.shape == cutout.mask.shape and np.isfinite(odds).all()
    assert HALF_WAY == 11  # the layer was fitted to what is seen there


def test_how_the_layer_was_fitted_is_on_record() -> None:
    record = json.loads((LAYERS.parent / "record.json").read_text())["other"]
    assert record["photos"] > record["with_others"] > 0
