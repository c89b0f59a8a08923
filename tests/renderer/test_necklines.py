"""What is seen inside a neckline, of lining, label and collar, is not left in front of the wearer's neck."""

import cv2
import numpy as np
import pytest

from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.drape import front_edge, neck_bands, neck_curves, neckline
from tryon_sandbox.renderer.drape.edge_signs import Sign
from tryon_sandbox.renderer.drape.front_edge import Edge
from tryon_sandbox.renderer.garments.garment import Garment, understand
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks.neck_kinds import Neck

CLOTH, LINING, LABEL, PRINT = (96, 118, 168), (66, 82, 118), (240, 240, 236), (235, 190, 60)
MIDDLE, SHARES = 450, np.linspace(-1, 1, 61)
# Half the neck, the row of its corners, and where the outline of a collar that stands up meets the shoulder;
# the depth of the front in half necks and its exponent.
COLLAR = (46, 100, (86, 160), 2.3, 2.0)
STAND = (44, 100, (88, 165), 2.6, 1.4)
V = (88, 140, None, 2.3, 1.0)
DEEP_V = (76, 140, None, 2.9, 1.0)
ROUND = (72, 140, None, 1.2, 2.2)


def _drawn(half: int, row: int, foot: tuple[int, int] | None, depth: float, roundness: float) -> np.ndarray:
    """A top with short sleeves, with its lining and a label in what is seen of the back."""
    right = [
        (half, row),
        *([foot] if foot else []),
        (172, 196),
        (290, 380),
        (212, 436),
        (152, 330),
        (146, 800),
    ]
    outline = [(MIDDLE + x, y) for x, y in right] + [(MIDDLE - x, y) for x, y in reversed(right)]
    picture = np.full((960, 900, 3), 250, np.uint8)
    cv2.fillPoly(picture, [np.array(outline)], CLOTH, cv2.LINE_AA)
    inside = np.c_[MIDDLE + SHARES * half, row + depth * half * (1 - np.abs(SHARES) ** roundness)]
    cv2.fillPoly(picture, [inside.astype(int)], LINING, cv2.LINE_AA)
    label = (MIDDLE - half // 3, row + half // 2), (MIDDLE + half // 3, row + half)
    cv2.rectangle(picture, *label, LABEL, -1)
    return picture


def _opened(picture: np.ndarray) -> tuple[Garment, neckline.Front, np.ndarray]:
    """What it is understood as, its front, and what is opened, at the picture's size."""
    garment = understand(png(picture))
    assert isinstance(garment.marks, TopMarks), garment.doubt
    front = neckline.find(garment.cutout, garment.marks)
    assert front is not None
    opening = neckline.opening(garment.cutout, garment.marks, front)
    return garment, front, cv2.resize(opening, picture.shape[1::-1])


def _of_colour(picture: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    return np.asarray(np.abs(picture.astype(int) - colour).max(-1) < 6)


@pytest.mark.parametrize(
    "kind", [COLLAR, STAND, V, DEEP_V, ROUND], ids=["collar", "stand", "V", "deep V", "round"]
)
def test_no_lining_and_no_label_is_left_inside(
    kind: tuple[int, int, tuple[int, int] | None, float, float],
) -> None:
    picture = _drawn(*kind)
    _, _, opening = _opened(picture)
    for colour in (LINING, LABEL):
        assert float((opening[_of_colour(picture, colour)] > 0.5).mean()) > 0.85
    cut_into = opening[_of_colour(picture, CLOTH)] > 0.5
    assert cut_into.sum() < 0.25 * _of_colour(picture, LINING).sum()


@pytest.mark.parametrize("half", [50, 72])
def test_a_print_below_a_round_neckline_is_left_whole(half: int) -> None:
    picture = _drawn(half, 150, None, 0.9, 2.2)
    cv2.circle(picture, (MIDDLE, 150 + 4 * half), int(1.6 * half), PRINT, -1, cv2.LINE_AA)
    _, front, opening = _opened(picture)
    assert front.depth < 2
    assert not (opening[_of_colour(picture, PRINT)] > 0.5).any()


@pytest.mark.parametrize(
    ("edge", "front"),
    [
        (Edge(1.0, 1.0, 2.2, 0.15, in_collar=False), neckline.UNSURE),
        (Edge(1.0, 1.0, 2.2, 0.23, in_collar=False), neckline.Front(1.0, 1.0, 2.2)),
        (Edge(2.0, 1.0, 1.6, 0.23, in_collar=False), neckline.UNSURE),
        (Edge(2.0, 1.0, 1.6, 0.30, in_collar=False), neckline.Front(2.0, 1.0, 1.6)),
        (Edge(0.9, 1.0, 1.6, 0.23, in_collar=False), neckline.Front(0.9, 1.0, 2.2)),
        (Edge(2.0, 1.0, 1.6, 0.23, in_collar=True), neckline.Front(2.0, 1.0, 1.6)),
        (Edge(2.0, 1.0, 1.6, 0.15, in_collar=True), neckline.UNSURE_IN_COLLAR),
    ],
    ids=["one of many", "crew neck", "letters", "faint V", "shallow", "within a collar", "any collar"],
)
def test_only_an_edge_that_is_likelier_than_others_is_believed(
    edge: Edge, front: neckline.Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    garment = understand(png(_drawn(*ROUND)))
    assert isinstance(garment.marks, TopMarks)
    monkeypatch.setattr(front_edge, "search", lambda *_: edge)
    assert neckline.find(garment.cutout, garment.marks) == front


def _woven(picture: np.ndarray, rough: float) -> np.ndarray:
    """The picture with the cloth's own unevenness in brightness."""
    grain = cv2.GaussianBlur(np.random.default_rng(0).normal(0, 3 * rough, picture.shape[:2]), (0, 0), 1.0)
    on_cloth = picture.min(-1, keepdims=True) < 245
    return np.asarray(np.clip(picture + on_cloth * grain[..., None], 0, 255), np.uint8)


def _dyed(picture: np.ndarray, cloth: tuple[int, int, int], lining: tuple[int, int, int]) -> np.ndarray:
    """The drawn picture in other colours, and without its label."""
    of_cloth, of_lining = _of_colour(picture, CLOTH), _of_colour(picture, LINING) | _of_colour(picture, LABEL)
    dyed = picture.copy()
    dyed[of_cloth], dyed[of_lining] = cloth, lining
    return dyed


@pytest.mark.parametrize("kind", [ROUND, V], ids=["round", "V"])
def test_a_lining_that_is_as_bright_as_the_cloth_is_told_by_its_colour(
    kind: tuple[int, int, tuple[int, int] | None, float, float],
) -> None:
    cloth, lining = (150, 100, 100), (100, 125, 125)
    picture = _dyed(_drawn(*kind), cloth, lining)
    _, _, opening = _opened(_woven(picture, 4))
    assert float((opening[_of_colour(picture, lining)] > 0.5).mean()) > 0.9
    cut_into = opening[_of_colour(picture, cloth)] > 0.5
    assert cut_into.sum() < 0.25 * _of_colour(picture, lining).sum()


def test_the_lining_is_cut_out_below_a_back_that_hangs_as_deep_as_many_fronts() -> None:
    half, row = 72, 140
    picture = _drawn(half, row, None, 1.6, 2.0)
    back = np.c_[MIDDLE + SHARES * half, row + 0.8 * half * (1 - np.abs(SHARES) ** 2.2)]
    cv2.fillPoly(picture, [np.concatenate([back, [[MIDDLE, 60]]]).astype(int)], (250, 250, 250), cv2.LINE_AA)
    _, _, opening = _opened(picture)
    assert float((opening[_of_colour(picture, LINING)] > 0.5).mean()) > 0.9


def test_places_on_the_sides_of_a_deep_curve_count_by_their_length() -> None:
    deep = neck_curves.curves().down[neck_curves.KINDS.index((3.2, 1.0)), -1]
    sides = deep < neck_curves.DEPTHS[-1] / 2
    assert 0.4 < sides.mean() < 0.6


@pytest.mark.parametrize(("by_chest", "is_taken"), [(0.2, True), (0.4, False), (0.7, True)])
def test_where_prints_begin_an_edge_must_be_likelier_than_theirs(
    by_chest: float, is_taken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    garment = understand(png(_drawn(*ROUND)))
    assert isinstance(garment.marks, TopMarks)
    half, chest = garment.marks.neck_width / 2, garment.marks.chest_width
    there = int(np.abs(neck_curves.DEPTHS - by_chest * chest / half).argmin())
    logits = np.full((len(neck_curves.KINDS), len(neck_curves.DEPTHS)), -9.0)
    logits[-1, there], logits[-1, 4::8] = 1.0, 0.0
    monkeypatch.setattr(front_edge, "_usual", lambda *_: logits)
    monkeypatch.setattr(front_edge, "signs", lambda *_: np.zeros((*logits.shape, len(Sign)), np.float32))
    edge = front_edge.search(garment.cutout, garment.marks)
    assert (edge.depth == neck_curves.DEPTHS[there]) == is_taken


def test_of_two_edges_that_run_alike_the_upper_one_of_a_neckband_is_kept() -> None:
    half, row, depth = 72, 140, 1.0
    shaded = [
        (round(share * CLOTH[0]), round(share * CLOTH[1]), round(share * CLOTH[2])) for share in (0.9, 0.85)
    ]
    picture = _dyed(_drawn(half, row, None, depth, 2.2), CLOTH, shaded[0])
    fall = (depth + 0.25) * half * (1 - np.abs(SHARES) ** 2.2)
    seam = np.c_[MIDDLE + SHARES * 1.1 * half, row + fall].astype(int)
    cv2.polylines(picture, [seam], isClosed=False, color=shaded[1], thickness=3)
    _, front, _ = _opened(_woven(picture, 1))
    assert abs(front.depth - depth) < 0.1


@pytest.mark.parametrize(
    ("round_share", "by_chest", "less_likely", "less_even", "is_upper"),
    [
        (0.9, 0.2, 2.0, 0.0, True),
        (0.5, 0.2, 2.0, 0.0, False),
        (0.9, 0.1, 2.0, 0.0, False),
        (0.7, 0.12, 3.0, 0.02, True),
        (0.7, 0.2, 3.0, 0.06, False),
        (0.7, 0.2, 3.5, 0.0, False),
        (0.9, 0.2, 2.5, 0.1, True),
        (0.5, 0.1, 1.0, 0.0, False),
        (0.5, 0.12, 1.0, 0.0, True),
    ],
)
def test_of_a_surely_round_neckline_the_upper_edge_is_kept_that_is_less_likely(
    round_share: float, by_chest: float, less_likely: float, less_even: float, is_upper: bool
) -> None:
    below, above = (30, 2), (22, 1)
    logits = np.full((4, 60), -9.0, np.float64)
    logits[below[::-1]], logits[above[::-1]] = 0.0, -less_likely
    even = np.full((4, 60), 0.1, np.float32)
    even[above[::-1]] -= less_even
    deep = np.full(60, by_chest)
    found = neck_bands.upper_edge(logits, even, below, deep, {Neck.ROUND: round_share})
    assert found == (above if is_upper else below)
