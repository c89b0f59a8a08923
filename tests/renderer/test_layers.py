"""How cloth is lit: bright cloth keeps its colour, and has neither stains nor lines that are not its own."""

import cv2
import numpy as np
import pytest

from tests.renderer import patterns
from tests.renderer.sample_garments import png
from tryon_sandbox.renderer.cutout.shade import light
from tryon_sandbox.renderer.drape import draping
from tryon_sandbox.renderer.drape.layers import lay
from tryon_sandbox.renderer.drape.warp import Cloth
from tryon_sandbox.renderer.garments.garment import understand
from tryon_sandbox.renderer.scene import body, mannequins

CREAM = (0.96, 0.92, 0.84)


def test_cream_cloth_is_cream_in_full_light_as_in_its_folds() -> None:
    figure = body.measure(
        mannequins.load("female_slim", "contrapposto", finish="grey", view="fullbody", size=(96, 128))
    )
    alpha = np.zeros(figure.shape, np.float32)
    alpha[30:80, 30:66] = 1
    cloth = Cloth(np.full((*figure.shape, 3), CREAM, np.float32), alpha)
    still = np.zeros(figure.shape, np.float32)
    worn = lay(np.zeros((*figure.shape, 3), np.float32), cloth, still, figure, hangs=False)[32:78, 32:64]
    yellow = worn[..., 0] / worn[..., 2]
    assert worn[..., 0].max() > 0.9
    assert float(np.ptp(yellow)) < 0.03


def test_trousers_span_the_hollow_at_the_crotch() -> None:
    figure = body.measure(mannequins.place("female_slim", "straight", view="fullbody", size=(384, 576)))
    lit = light(figure, figure.alpha, np.zeros_like(figure.alpha), hangs=False)
    hips = (figure.joints["hipL"] + figure.joints["hipR"]) / 2
    belly, hollow = (
        float(lit[int(hips[1] + below * figure.unit), int(hips[0]) - 1 : int(hips[0]) + 2].mean())
        for below in (-4, 6)
    )
    assert hollow > 0.85 * belly


def test_a_body_is_seen_under_plain_cloth_but_does_not_stain_it() -> None:
    figure = body.measure(mannequins.place("female_slim", "straight", view="fullbody", size=(384, 512)))
    unit, (_, neck) = figure.unit, figure.joints["neck"]
    middle = figure.centre(neck + 20 * unit)
    alpha = np.zeros(figure.shape, np.float32)
    alpha[int(neck + 6 * unit) : int(neck + 46 * unit), int(middle - 19 * unit) : int(middle + 19 * unit)] = 1
    lit = light(figure, alpha, np.zeros_like(alpha), hangs=True)
    front = lit[
        int(neck + 11 * unit) : int(neck + 41 * unit), int(middle - 11 * unit) : int(middle + 11 * unit)
    ]
    assert 0.05 < np.median(front) - front.min() < 0.25 * np.median(front)


def test_a_sleeve_grows_out_of_the_trunk_without_a_dark_line() -> None:
    figure = body.measure(mannequins.place("female_slim", "straight", view="fullbody", size=(768, 1024)))
    tee = understand(png(patterns.top(sleeve=30).photo((200, 190, 180))), "")
    worn = draping.drape(np.full((*figure.shape, 3), 0.8, np.float32), tee, figure).mean(-1)
    anchors = draping.placed(*draping._top_of(tee), tee.kind, figure)[1]
    beside, reach = round(2 * figure.unit), round(5 * figure.unit)
    for x, y in anchors.armpit.values():
        for above in (6, 8, 10):
            row = worn[int(y - above * figure.unit), int(x) - reach : int(x) + reach]
            brighter = np.minimum(row[: -2 * beside], row[2 * beside :])
            assert float((brighter - row[beside:-beside]).max()) < 0.04


@pytest.mark.parametrize(("wide", "least", "most"), [(12, 0.31, 1.0), (3, 0.0, 0.07)])
def test_a_print_is_as_sharp_as_the_picture_takes_it_and_what_is_finer_fades(
    wide: int, least: float, most: float
) -> None:
    figure = body.measure(mannequins.place("female_slim", "straight", view="fullbody", size=(768, 1024)))
    large = (1440, 1440)  # pixels of the photo: 2.4 of them are one of the picture
    tee = (
        cv2.resize(patterns.top(sleeve=30).mask.astype(np.uint8), large, interpolation=cv2.INTER_NEAREST) > 0
    )
    stripes = np.broadcast_to((80 + 90 * (2 * np.arange(1440) // wide % 2))[None, :, None], (1440, 1440, 3))
    photo = np.where(tee[..., None], stripes, 244).astype(np.uint8)
    worn = draping.drape(np.ones((*figure.shape, 3), np.float32), understand(png(photo), ""), figure)
    row = int(figure.joints["neck"][1] + 25 * figure.unit)
    middle = int(figure.centre(row))
    seen = worn[row, middle - 40 : middle + 40].mean(-1)
    assert least <= np.percentile(seen, 90) - np.percentile(seen, 10) <= most
