"""Trousers that lie folded, and cloth that is no garment's, are not worn as shorts and skirts."""

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.patterns import SIZE
from tests.renderer.sample_garments import png
from tests.renderer.test_likely import _look
from tryon_sandbox.renderer.cutout import silhouette
from tryon_sandbox.renderer.garments.checks import folded_legs, plausible_bottoms
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.networks.learned_kind import Thing

# Half of trousers whose legs are folded up behind the thighs, and lie out beside them.
FOLDED = [(0, -160), (-92, -160), (-118, -60), (-170, -54), (-160, 150), (-40, 150), (0, 60)]
STRAIGHT = [(0, -160), (-92, -160), (-118, -60), (-140, 150), (-40, 150), (0, 60)]


def _photo(half: list[tuple[int, int]]) -> bytes:
    photo = np.full((SIZE, SIZE, 3), 244, np.uint8)
    for mirror in (1, -1):
        outline = np.array(half, np.int32) * (mirror, 1) + SIZE // 2
        cv2.fillPoly(photo, [outline], (60, 70, 150))
    return png(cv2.GaussianBlur(photo, (3, 3), 0))


@pytest.mark.parametrize(("half", "doubt"), [(FOLDED, folded_legs.FOLDED), (STRAIGHT, "")])
def test_legs_that_step_out_half_way_lie_folded(
    half: list[tuple[int, int]], doubt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = _look(monkeypatch, _photo(half), {Thing.SHORTS: 0.83, Thing.TROUSERS: 0.08})
    assert (found.doubt, found.kind) == (doubt, Kind.TROUSERS)


@pytest.mark.parametrize("turned", [0, 3])
def test_a_plain_rectangle_is_a_scarf_or_a_towel_unless_a_skirt_is_seen_for_sure(
    turned: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = np.full((SIZE, SIZE, 3), 244, np.uint8)
    corners = cv2.boxPoints(((SIZE / 2, SIZE / 2), (170.0, 330.0), float(turned)))
    cv2.fillPoly(photo, [corners.astype(np.int32)], (60, 70, 80))
    things = {Thing.SKIRT: 0.57, Thing.OTHER: 0.36}
    assert _look(monkeypatch, png(photo), things).doubt
    assert _look(monkeypatch, png(photo), things, given="bottoms").doubt == plausible_bottoms.PLAIN_CLOTH


def test_a_straight_skirt_is_no_rectangle() -> None:
    skirt = silhouette.measure(patterns.skirt(waist=20.0, hips=23.0, hem=23.0, length=50.0).mask)
    assert not plausible_bottoms._is_rectangle(skirt)
