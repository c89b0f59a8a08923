"""The joints that the fitting goes by, as points of the room."""

import numpy as np

from tools.bake_mannequins.arrays import Floats, unit
from tools.bake_mannequins.figure import Figure
from tryon_sandbox.renderer.scene.packs import Part

# Our joint by the bone that begins there.
_JOINTS = {
    "shoulder": "upperarm", "elbow": "lowerarm", "wrist": "hand",
    "hip": "thigh", "knee": "calf", "ankle": "foot",
}  # fmt: skip
_CHIN_CM = (2.0, 4.5)  # how far to the sides and back of the foremost point of the head a chin can be
_PIT_CM = 3.0  # of the adult: the pit of the neck lies above the joints of the collarbones


def keypoints(figure: Figure) -> dict[str, Floats]:
    """Named points. R is the viewer's left, L the viewer's right."""
    head = _of(figure, Part.HEAD)
    found = {
        "top": head[head[:, 1].argmax()],
        "chin": _chin(head, figure.joints["head"], figure.scale),
        "neck": _pit(figure),
    }
    for side in "RL":
        found |= {f"{name}{side}": figure.joints[f"{bone}_{side.lower()}"] for name, bone in _JOINTS.items()}
        hand, leg = _of(figure, Part[f"HAND_{side}"]), _of(figure, Part[f"LEG_{side}"])
        wrist = figure.joints[f"hand_{side.lower()}"]
        found[f"hand{side}"] = hand[np.linalg.norm(hand - wrist, axis=1).argmax()]
        found[f"toe{side}"] = leg[leg[:, 2].argmax()]
    return found


def _pit(figure: Figure) -> Floats:
    """Towards the neck's own joint from the middle between the collarbones."""
    bones = (figure.joints["clavicle_r"] + figure.joints["clavicle_l"]) / 2
    upwards = figure.joints["neck_01"] - bones
    upwards[2] = 0
    return np.asarray(bones + unit(upwards) * _PIT_CM * figure.scale, np.float64)


def _of(figure: Figure, part: Part) -> Floats:
    return figure.places[figure.shares[:, part] > 0.6]


def _chin(head: Floats, joint: Floats, scale: float) -> Floats:
    aside, back = _CHIN_CM
    near = (np.abs(head[:, 0] - joint[0]) < aside * scale) & (head[:, 2] > head[:, 2].max() - back * scale)
    front = head[near]
    return np.asarray(front[front[:, 1].argmin()], np.float64)
