"""How cloth is lit: bright cloth keeps its colour."""

import numpy as np

from tryon_sandbox.renderer.cutout.shade import light
from tryon_sandbox.renderer.drape.layers import lay
from tryon_sandbox.renderer.drape.warp import Cloth
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
