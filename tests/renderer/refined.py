"""Coarse pictures and what they ought to look like, and how near a picture comes to that."""

from __future__ import annotations

import io
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from tests.renderer.sample_garments import garment, pixels, png
from tryon_sandbox.renderer import LIBRARY, refine
from tryon_sandbox.renderer.cutout import backdrop
from tryon_sandbox.renderer.cutout.coarse import softened
from tryon_sandbox.renderer.drape.draping import drape, in_order
from tryon_sandbox.renderer.dressing import WIDE
from tryon_sandbox.renderer.garments.garment import understand
from tryon_sandbox.renderer.scene import body, mannequins
from tryon_sandbox.renderer.scene.library import cast

Pixels = np.ndarray


@dataclass(frozen=True)
class Case:
    """A figure alone, with a garment on, and with the same a little soft; `cloth` is where it differs."""

    person: Pixels
    truth: Pixels
    coarse: Pixels

    @property
    def cloth(self) -> Pixels:
        return np.asarray(np.abs(self.truth - self.person).max(-1) > 0.03)


def worn_by(who: str, index: int, *names: str) -> Case:
    """Library model `who` in sample garments, drawn from the studio's own parts."""
    garments = tuple(understand(garment(name)) for name in names)
    figure = LIBRARY[who]
    casting = cast(figure, index)
    size = WIDE["dresses" if any(one.vendor_type == "dresses" for one in garments) else "tops"]
    mannequin = mannequins.load(
        casting.figure_id, casting.pose, finish=casting.finish, view="fullbody", size=size, style=figure.style
    )
    person = backdrop.compose(mannequin, backdrop.backdrop(figure.style, size, mannequin))
    truth = person
    for one in in_order(garments):
        truth = drape(truth, one, body.measure(mannequin))
    return Case(person, truth, softened(truth, person))


def resized(picture: Pixels, share: float) -> Pixels:
    high, wide = picture.shape[:2]
    how = cv2.INTER_AREA if share < 1 else cv2.INTER_CUBIC
    return np.clip(cv2.resize(picture, (round(wide * share), round(high * share)), interpolation=how), 0, 1)


def through_jpeg(picture: Pixels, quality: int) -> Pixels:
    out = io.BytesIO()
    Image.fromarray(_bytes(picture)).save(out, "JPEG", quality=quality)
    return np.asarray(Image.open(io.BytesIO(out.getvalue())).convert("RGB"), np.float32) / 255


def refined(coarse: Pixels, top: str, bottom: str | None = None, person: Pixels | None = None) -> Pixels:
    """What the refiner makes of it; the coarse picture stands in for the person when there is none."""
    given, other = file(coarse), garment(bottom) if bottom else None
    alone = given if person is None else file(person)
    return pixels(refine(person=alone, top=garment(top), coarse=given, gender="woman", bottom=other))


def file(picture: Pixels) -> bytes:
    return png(_bytes(picture))


def _bytes(picture: Pixels) -> np.ndarray:
    return np.asarray(np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)


def psnr(picture: Pixels, truth: Pixels, where: Pixels) -> float:
    """Peak signal to noise, in dB."""
    return float(-10 * np.log10(((picture - truth) ** 2)[where].mean()))


def ssim(picture: Pixels, truth: Pixels, where: Pixels) -> float:
    """Structural similarity of the brightness, after Wang and others (2004), in windows of sigma 1.5."""
    one, two = picture.mean(-1), truth.mean(-1)
    mean_1, mean_2 = _near(one), _near(two)
    power_1, power_2 = _near(one * one) - mean_1**2, _near(two * two) - mean_2**2
    shared = _near(one * two) - mean_1 * mean_2
    light = (2 * mean_1 * mean_2 + 1e-4) / (mean_1**2 + mean_2**2 + 1e-4)
    return float((light * (2 * shared + 9e-4) / (power_1 + power_2 + 9e-4))[where].mean())


def colour_error(picture: Pixels, truth: Pixels, where: Pixels) -> float:
    """Mean distance in CIELAB."""
    one, two = (cv2.cvtColor(each.astype(np.float32), cv2.COLOR_RGB2LAB) for each in (picture, truth))
    return float(np.sqrt(((one - two) ** 2).sum(-1))[where].mean())


def detail(picture: Pixels, where: Pixels) -> float:
    """Gradient energy of the brightness."""
    grey = picture.mean(-1).astype(np.float32)
    across, down = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    return float((across**2 + down**2)[where].mean())


def _near(grey: Pixels) -> Pixels:
    return cv2.GaussianBlur(grey, (0, 0), 1.5)
