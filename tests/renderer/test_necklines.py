"""What is seen inside a neckline, of lining, label and collar, is not left in front of the wearer's neck."""

import cv2
import numpy as np
import pytest

from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.drape import front_edge, neckline
from tryon_sandbox.renderer.drape.front_edge import Edge
from tryon_sandbox.renderer.garments.garment import Garment, understand
from tryon_sandbox.renderer.garments.landmarks import TopMarks

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
    ("edge", "is_believed"),
    [
        (Edge(1.8, 1.0, 1.25, 0.29, in_collar=False), True),
        (Edge(1.8, 1.0, 1.25, 0.22, in_collar=False), False),
        (Edge(2.0, 1.0, 3.2, 0.38, in_collar=False), False),
        (Edge(1.0, 1.0, 3.2, 0.38, in_collar=False), True),
        (Edge(2.0, 1.0, 3.2, 0.38, in_collar=True), True),
    ],
    ids=["faint V", "letters", "upper edge of a print", "crew neck", "within a collar"],
)
def test_how_clear_an_edge_must_be_depends_on_where_prints_begin(
    edge: Edge, is_believed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    garment = understand(png(_drawn(*ROUND)))
    assert isinstance(garment.marks, TopMarks)
    monkeypatch.setattr(front_edge, "search", lambda *_: edge)
    front = neckline.find(garment.cutout, garment.marks)
    assert (front is not neckline.UNSURE) == is_believed
