"""Typed, float pictures on top of OpenCV: every picture is float32 in 0..1, rows first."""

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Labels = NDArray[np.int32]


def floats(values: object) -> Floats:
    """Anything array-like as float32."""
    return np.asarray(values, dtype=np.float32)


def blur(image: Floats, sigma: float) -> Floats:
    """Gaussian blur of `sigma` pixels; wide ones by three boxes, which cost the same at any width."""
    if sigma < 0.4:
        return image
    if sigma < 3.0:
        return floats(cv2.GaussianBlur(image, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE))
    width = max(1, round((4 * sigma * sigma + 1) ** 0.5)) | 1
    for _ in range(3):
        image = floats(cv2.blur(image, (width, width), borderType=cv2.BORDER_REPLICATE))
    return image


def soft(mask: Mask, sigma: float) -> Floats:
    """A blurred mask, 0..1."""
    return blur(mask.astype(np.float32), sigma)


def resize(image: Floats, size: tuple[int, int]) -> Floats:
    """To (width, height): by area when shrinking, cubic when growing."""
    shrinking = size[0] < image.shape[1]
    return floats(cv2.resize(image, size, interpolation=cv2.INTER_AREA if shrinking else cv2.INTER_CUBIC))


def shift(image: Floats, right: float, down: float) -> Floats:
    """The picture moved by whole pixels; what comes in at the edge is zero."""
    moved = floats([[1, 0, round(right)], [0, 1, round(down)]])
    return floats(cv2.warpAffine(image, moved, (image.shape[1], image.shape[0])))


def flipped(image: Floats, axis: float, wide: int = 0) -> Floats:
    """The mirror image about a column; so many pixels wide, if not as wide as the picture."""
    flip = floats([[-1, 0, 2 * axis], [0, 1, 0]])
    return floats(cv2.warpAffine(image, flip, (wide or image.shape[1], image.shape[0])))


def over(below: Floats, above: Floats, alpha: Floats) -> Floats:
    """Plain alpha compositing; `alpha` has no channel axis."""
    return below + (above - below) * channels(alpha)


def channels(weight: Floats) -> Floats:
    """The same value three times: NumPy multiplies whole pictures ten times faster than it broadcasts."""
    plain = floats(weight)
    return floats(cv2.merge((plain, plain, plain)))


def largest(image: Floats) -> Floats:
    """The largest channel of every pixel."""
    red, green, blue = cv2.split(image)
    return floats(cv2.max(cv2.max(red, green), blue))


def border(shape: tuple[int, int], width: int) -> Mask:
    """True in a frame of `width` pixels along the picture's edge."""
    frame = np.ones(shape, np.bool_)
    frame[width:-width, width:-width] = False
    return frame


def components(mask: Mask) -> tuple[Labels, NDArray[np.int32]]:
    """Label of every pixel (0 outside the mask) and the area of every label."""
    labels, stats = _labelled(mask)
    return labels, np.asarray(stats[:, cv2.CC_STAT_AREA], np.int32)


def boxed(mask: Mask) -> tuple[Labels, NDArray[np.int32]]:
    """Label of every pixel (0 outside the mask), and left, top, width and height of every label."""
    labels, stats = _labelled(mask)
    return labels, np.asarray(stats[:, : cv2.CC_STAT_AREA], np.int32)


def _labelled(mask: Mask) -> tuple[Labels, NDArray[np.int32]]:
    """Labels, and by label what OpenCV says of it; nothing is looked at beside the mask."""
    plain = mask.astype(np.uint8)
    left, top, wide, high = cv2.boundingRect(plain)
    window = slice(top, top + high), slice(left, left + wide)
    whole = np.zeros(mask.shape, np.int32)
    if not wide:
        return whole, np.array([[0, 0, 0, 0, mask.size]], np.int32)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(plain[window], connectivity=4)
    whole[window] = labels
    figures = np.asarray(stats, np.int32)
    figures[:, cv2.CC_STAT_LEFT] += left
    figures[:, cv2.CC_STAT_TOP] += top
    figures[0, cv2.CC_STAT_AREA] += mask.size - wide * high
    return whole, figures


def grown(mask: Mask, size: int) -> Mask:
    """The mask and what is around it: all of a square of so many pixels with its middle on the mask."""
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((size, size), np.uint8)) > 0, np.bool_)


def reachable(allowed: Mask, start: Mask) -> Mask:
    """The part of `allowed` that can be walked to from `start`."""
    count, labels = cv2.connectedComponents(allowed.astype(np.uint8), connectivity=4)
    touched = np.zeros(count, np.bool_)
    touched[labels.take(np.flatnonzero(start & allowed))] = True
    touched[0] = False
    return np.asarray(np.take(touched, np.asarray(labels)), np.bool_)


def polygon(points: NDArray[np.float64], shape: tuple[int, int]) -> Floats:
    """Anti-aliased filled polygon of (x, y) points."""
    canvas = np.zeros(shape, np.uint8)
    fixed = np.round(points * 16).astype(np.int32)
    cv2.fillPoly(canvas, [fixed], 255, lineType=cv2.LINE_AA, shift=4)
    return floats(canvas) / np.float32(255)


def luma(image: Floats) -> Floats:
    """Plain mean of the channels."""
    if image.ndim != 3:
        return floats(image.mean(-1))
    return floats(cv2.transform(floats(image), np.full((1, 3), 1 / 3, np.float32)))


def slope(image: Floats) -> tuple[Floats, Floats]:
    """Derivative down and derivative right, per pixel."""
    down, right = (_derivative(image, *axis) for axis in ((0, 1), (1, 0)))
    down[[0, -1]] *= 2  # at the edge there is a neighbour on one side only
    right[:, [0, -1]] *= 2
    return down, right


def _derivative(image: Floats, right: int, down: int) -> Floats:
    border_type = cv2.BORDER_REPLICATE
    return floats(cv2.Sobel(image, cv2.CV_32F, right, down, ksize=1, scale=0.5, borderType=border_type))
