"""What has neither straps nor shoulders is worn below bare ones."""

import pytest

from tests.renderer import patterns
from tests.renderer.patterns import Drawn
from tests.renderer.test_kinds import Half, _drawn, _read
from tests.renderer.test_recognise import DRESSES
from tryon_sandbox.renderer.cutout import silhouette
from tryon_sandbox.renderer.drape.anchors import place
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks import landmarks
from tryon_sandbox.renderer.scene import body, mannequins
from tryon_sandbox.renderer.sides import BOTH

BANDEAU_DRESS: Half = [
    (0, 14), (30, 2), (58, 0), (76, 14), (78, 70), (66, 150), (64, 170), (86, 260), (96, 352), (92, 360),
    (0, 364),
]  # fmt: skip
DEEP_ARMHOLES: Half = [
    (0, 10), (56, 0), (92, 24), (89, 60), (89, 108), (98, 140), (112, 162), (108, 240), (96, 348), (0, 350),
]  # fmt: skip


def test_a_strapless_dress_begins_at_the_chest_and_bares_the_shoulders() -> None:
    mask = _drawn(BANDEAU_DRESS)
    assert _read(mask) == (Kind.DRESS, "")
    shape = silhouette.measure(mask)
    form = body.measure(
        mannequins.load("female_slim", "straight", finish="grey", view="fullbody", size=(576, 768))
    )
    anchors = place(shape, landmarks.find(shape), form, Kind.DRESS)
    for side in BOTH:
        assert anchors.neck[side][1] > form.joint("shoulder", side)[1] + 6 * form.unit
        assert anchors.armpit[side][1] > anchors.shoulder[side][1] + 6 * form.unit


def test_a_vest_with_deep_armholes_is_not_strapless() -> None:
    assert not landmarks.find(silhouette.measure(_drawn(DEEP_ARMHOLES))).off_shoulder


@pytest.mark.parametrize(
    "drawn", [*DRESSES.values(), patterns.top(), patterns.boat_neck(), patterns.halter()]
)
def test_what_has_shoulders_or_straps_is_not_strapless(drawn: Drawn) -> None:
    marks = landmarks.find(silhouette.measure(drawn.mask))
    assert marks.sleeves or not marks.off_shoulder
