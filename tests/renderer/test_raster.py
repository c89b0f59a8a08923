"""Pieces of a mask are found where it has any, and are what OpenCV finds in all of the picture."""

import cv2
import numpy as np
import pytest

from tryon_sandbox.renderer.cutout import gaps, silhouette
from tryon_sandbox.renderer.garments.outline import profile
from tryon_sandbox.renderer.raster import Mask, boxed, components


def _spots(where: tuple[slice, slice]) -> Mask:
    noise = np.random.default_rng(3).random((90, 120)).astype(np.float32)
    mask = np.zeros(noise.shape, np.bool_)
    mask[where] = (cv2.GaussianBlur(noise, (0, 0), 2) > 0.5)[where]
    return mask


@pytest.mark.parametrize(
    "mask",
    [
        _spots(np.s_[:, :]),
        _spots(np.s_[20:70, 30:100]),
        _spots(np.s_[60:, 80:]),
        np.zeros((90, 120), np.bool_),
        np.ones((90, 120), np.bool_),
    ],
    ids=["everywhere", "in the middle", "in a corner", "nowhere", "all of it"],
)
def test_pieces_are_those_of_the_whole_picture(mask: Mask) -> None:
    _, expected, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    labels, areas = components(mask)
    assert np.array_equal(labels, expected)
    assert np.array_equal(areas, stats[:, cv2.CC_STAT_AREA])
    labels, boxes = boxed(mask)
    assert np.array_equal(labels, expected)
    assert np.array_equal(boxes[1:], stats[1:, : cv2.CC_STAT_AREA])


def test_what_was_read_off_an_outline_is_not_read_again() -> None:
    mask = np.zeros((120, 120), np.bool_)
    mask[20:100, 30:90] = True
    shape = silhouette.measure(mask)
    assert gaps.find(shape) is gaps.find(shape)
    assert profile.measure(shape) is profile.measure(shape)
    assert profile.measure(silhouette.measure(mask)) == profile.measure(shape)
