"""What the photo most likely shows is read, where the outline alone is doubtful and can be read so, too."""

from collections.abc import Mapping

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.patterns import SIZE
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.garments.garment import Garment, _seen
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks import guessed
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.networks import learned_kind
from tryon_sandbox.renderer.garments.networks.learned_kind import Shares, Sleeves, Thing

Outline = list[tuple[int, int]]
SMALL_JACKET: Outline = [
    (125, 67), (91, -33), (66, -63), (22, -90), (-34, -86), (-48, -68), (-75, -53), (-124, 71), (-91, 86),
    (-80, 81), (-57, 91), (71, 87), (79, 80), (108, 79),
]  # fmt: skip
HUNG_TROUSERS: Outline = [
    (0, -204), (-72, -151), (-77, 192), (-51, 202), (-15, 197), (0, 47), (9, 199), (14, 205), (69, 198),
    (78, -149), (29, -181), (15, -200),
]  # fmt: skip
HALTER: Outline = [
    (-38, -200), (-40, -182), (-59, -143), (-66, -51), (-92, 79), (-103, 187), (-80, 188), (-45, 195),
    (-20, 181), (18, 185), (47, 200), (102, 189), (66, -139), (47, -180), (49, -197), (-9, -192),
]  # fmt: skip
CONE: Outline = [
    (-52, -200), (52, -200), (92, -60), (110, 20), (150, 200), (-150, 200), (-110, 20), (-92, -60)
]  # fmt: skip
HUNG_SKIRT: Outline = [
    (-110, -90), (-99, -144), (-90, -142), (-77, -127), (-74, -118), (-30, -110), (24, -111), (64, -121),
    (73, -130), (89, -143), (115, -121), (109, -85), (142, -1), (199, 98), (112, 131), (32, 140), (-9, 143),
    (-122, 127), (-200, 91),
]  # fmt: skip
FLARED_TROUSERS: Outline = [
    (-48, -200), (-62, -131), (-59, 22), (-65, 125), (-74, 188), (-44, 198), (16, 191), (43, 199), (73, 187),
    (56, -6), (61, -104), (58, -155), (46, -200),
]  # fmt: skip
WIDE_SHORTS: Outline = [(-110, -150), (110, -150), (170, 150), (8, 150), (0, 138), (-8, 150), (-170, 150)]


def _look(monkeypatch: pytest.MonkeyPatch, outline: Outline, things: Mapping[Thing, float]) -> Garment:
    photo = np.full((SIZE, SIZE, 3), 244, np.uint8)
    cv2.fillPoly(photo, [np.array(outline, np.int32) + SIZE // 2], (60, 70, 150))
    monkeypatch.setattr(learned_kind, "installed", lambda: lambda cutout, picture: Shares(things, {}))
    return _seen(png(cv2.GaussianBlur(photo, (3, 3), 0)), "")


@pytest.mark.parametrize(
    ("outline", "thing", "kind", "by_outline"),
    [
        (SMALL_JACKET, Thing.TOP, Kind.TOP, "a hat"),
        (HUNG_TROUSERS, Thing.TROUSERS, Kind.TROUSERS, "a jumpsuit"),
    ],
)
def test_what_is_likely_is_not_called_by_what_its_outline_looks_like(
    outline: Outline, thing: Thing, kind: Kind, by_outline: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert by_outline in _look(monkeypatch, outline, {}).doubt
    found = _look(monkeypatch, outline, {thing: 0.65, Thing.DRESS: 0.2, Thing.SEVERAL: 0.15})
    assert (found.doubt, found.kind) == ("", kind)


def test_likely_shorts_are_no_skirt(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _look(monkeypatch, WIDE_SHORTS, {Thing.SHORTS: 0.65, Thing.SKIRT: 0.25, Thing.TOP: 0.1})
    assert (found.doubt, found.kind) == ("", Kind.TROUSERS)


@pytest.mark.parametrize(
    ("outline", "skirt", "trousers", "scarf", "is_worn"),
    [
        (HUNG_SKIRT, 0.40, 0.25, 0.2, True),
        (HUNG_SKIRT, 0.25, 0.40, 0.2, False),
        (HUNG_SKIRT, 0.57, 0.03, 0.4, False),
        (FLARED_TROUSERS, 0.40, 0.25, 0.2, False),
    ],
)
def test_what_is_rather_a_skirt_is_worn_as_one_unless_its_legs_may_touch_or_it_may_be_a_scarf(
    outline: Outline,
    skirt: float,
    trousers: float,
    scarf: float,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_worn: bool,
) -> None:
    assert _look(monkeypatch, outline, {}).doubt
    shares = {Thing.SKIRT: skirt, Thing.TROUSERS: trousers, Thing.OTHER: scarf, Thing.TOP: 0.1}
    found = _look(monkeypatch, outline, shares)
    assert (found.kind is Kind.SKIRT and not found.doubt) == is_worn


@pytest.mark.parametrize(("sleeve", "length", "kind"), [(28, 118, Kind.DRESS), (60, 128, Kind.TOP)])
def test_what_is_as_long_as_a_dress_is_one_below_short_sleeves_and_a_coat_below_long_ones(
    sleeve: int, length: int, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares = Shares({Thing.TOP: 0.7, Thing.DRESS: 0.15, Thing.WORN: 0.15}, {})
    monkeypatch.setattr(learned_kind, "installed", lambda: lambda cutout, picture: shares)
    found = _seen(png(patterns.top(sleeve=sleeve, angle=60, length=length).photo()), "")
    assert (found.doubt, found.kind) == ("", kind)


def test_what_may_as_well_be_a_hat_stays_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _look(monkeypatch, SMALL_JACKET, {Thing.TOP: 0.55, Thing.HAT: 0.35, Thing.DRESS: 0.1})
    assert found.marks is None and "a hat" in found.doubt


@pytest.mark.parametrize(("likely", "ends"), [(0.7, True), (0.5, False)])
def test_sleeves_that_are_likely_short_end_at_the_elbow(
    likely: float, ends: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares = Shares({Thing.TOP: 0.9}, {Sleeves.SHORT: likely, Sleeves.LONG: 1 - likely})
    monkeypatch.setattr(learned_kind, "installed", lambda: lambda cutout, picture: shares)
    marks = _seen(png(patterns.top(sleeve=30).photo()), "").marks
    assert isinstance(marks, TopMarks) and marks.to_elbows == ends


def test_what_is_most_likely_nothing_to_be_worn_is_not_worn_though_no_name_is_sure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shares = Shares({Thing.BAG: 0.45, Thing.HAT: 0.35, Thing.TOP: 0.2}, {})
    monkeypatch.setattr(learned_kind, "installed", lambda: lambda cutout, picture: shares)
    assert _seen(png(patterns.top(sleeve=20).photo()), "").doubt == "It looks like a bag."


@pytest.mark.parametrize(("outline", "doubt"), [(HALTER, ""), (CONE, guessed.UNTOLD)])
def test_what_narrows_to_its_top_is_no_skirt_where_a_dress_is_likelier(
    outline: Outline, doubt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_outline = _look(monkeypatch, outline, {})
    assert (by_outline.doubt, by_outline.kind) == ("", Kind.SKIRT)
    skirt = _look(monkeypatch, outline, {Thing.DRESS: 0.38, Thing.SKIRT: 0.42, Thing.JUMPSUIT: 0.2})
    assert (skirt.doubt, skirt.kind) == ("", Kind.SKIRT)
    dress = _look(monkeypatch, outline, {Thing.DRESS: 0.42, Thing.SKIRT: 0.38, Thing.JUMPSUIT: 0.2})
    assert dress.doubt == doubt and (doubt or dress.kind is Kind.DRESS)
