"""A person in a photo as the fitting sees a mannequin: joints, parts, edges, and a rounded shape to light."""

import cv2
import numpy as np

from tryon_sandbox.renderer.curves import Numbers, Points, points, smooth
from tryon_sandbox.renderer.person.cut import Silhouette
from tryon_sandbox.renderer.person.marks import ARMPIT_BELOW, TO_HAND, Marks
from tryon_sandbox.renderer.raster import Floats, Mask, blur, floats, resize
from tryon_sandbox.renderer.scene.body import FOREARM, HAND, HEAD, LEG, TORSO, UPPER_ARM, Body
from tryon_sandbox.renderer.sides import BOTH, LEFT, RIGHT, Side

NOBODY = 255
HIP_BELOW, CROTCH_BELOW, KNEE_BELOW, ANKLE_BELOW = 51.0, 61.0, 94.0, 139.5  # from the pit of the neck
HIP_HALF, KNEE_HALF, ANKLE_HALF = 10.2, 9.7, 8.4
PIT_INWARDS = 1.9
BESIDE = 0.5  # how far an arm's edge may be beyond its skin
UNDER_ARM, NARROW_GAP = 0.6, 3.0  # cloth goes on below an arm that is as near as this
INNER_RIM = 0.25  # softness of the arm's inner edge
ROUND = 0.92  # how far a limb's normals lean at its edge


def build(seen: Silhouette, marks: Marks, size: tuple[int, int]) -> Body:
    """The body at `size` (width, height) of the picture."""
    zoom = size[1] / seen.mask.shape[0]
    across, down = size[0] / seen.mask.shape[1], zoom
    mask = _without_shade(seen.mask, marks)
    edges = {side: _torso_edge(mask, marks, side) for side in BOTH}
    parts = _parts(mask, marks, edges)
    normal = _rounded(mask, parts, edges)
    alpha = np.clip((_enlarged(mask.astype(np.float32), size) - 0.5) * 2.2 + 0.5, 0, 1)
    rows = (np.arange(size[1]) + 0.5) / down - 0.5
    torso = {side: np.interp(rows, np.arange(len(edges[side])), edges[side]) * across for side in BOTH}
    middle = (torso[LEFT] + torso[RIGHT]) / 2
    ones = np.ones((size[1], size[0]), np.float32)
    return Body(
        floats(alpha),
        resize(normal, size),
        ones,
        ones,
        _parts_enlarged(parts, size),
        {name: place * points([across, down]) for name, place in _joints(marks, edges).items()},
        marks.unit * zoom,
        torso,
        {side: (torso[side], middle) for side in BOTH},
    )


def _without_shade(mask: Mask, marks: Marks) -> Mask:
    """The mask, with what lies beyond the arms, which is their shade on the wall, cut off."""
    out = mask.copy()
    columns = np.arange(mask.shape[1])[None, :]
    for side in BOTH:
        rows = marks.arm[side].outer[:, 0].astype(int)
        limit = marks.arm[side].outer[:, 1] + side.sign * BESIDE * marks.unit
        out[rows] &= side.sign * (columns - limit[:, None]) < 0
    return out


def _enlarged(image: Floats, size: tuple[int, int]) -> Floats:
    return floats(cv2.resize(blur(image, 0.8), size, interpolation=cv2.INTER_CUBIC))


def _torso_edge(mask: Mask, marks: Marks, side: Side) -> Numbers:
    """Inner edge of the arm where it hangs, carried on below the hand by the silhouette itself."""
    every = np.arange(mask.shape[0])
    arm = marks.arm[side].inner
    pit = marks.shoulder[side] + points([-side.sign * PIT_INWARDS, ARMPIT_BELOW]) * marks.unit
    middle = float(marks.neck[0])
    own = _own_run(mask, middle, side)
    low = int(arm[-1, 0])
    inner = np.interp(every, arm[:, 0], arm[:, 1])
    under = inner + side.sign * UNDER_ARM * marks.unit
    near = side.sign * (inner - own) < NARROW_GAP * marks.unit
    edge = np.where(every <= low, np.where(near, under, own), own)
    reach = slice(int(pit[1]), int(pit[1]) + round(5 * marks.unit))
    share = np.linspace(0, 1, reach.stop - reach.start)
    edge[reach] = pit[0] * (1 - share) + edge[reach] * share
    edge[: int(pit[1])] = pit[0]
    return smooth(edge, 15)


def _own_run(mask: Mask, middle: float, side: Side) -> Numbers:
    """How far the silhouette reaches without a gap from the middle, row by row."""
    start = int(np.clip(middle, 1, mask.shape[1] - 2))
    part = mask[:, start:] if side is RIGHT else mask[:, start::-1]
    runs = np.where(part.all(1), part.shape[1], (~part).argmax(1))
    return np.asarray(start + side.sign * runs + (side is LEFT), np.float64)


def _parts(mask: Mask, marks: Marks, edges: dict[Side, Numbers]) -> np.typing.NDArray[np.uint8]:
    down, across = np.mgrid[0 : mask.shape[0], 0 : mask.shape[1]]
    parts = np.full(mask.shape, TORSO, np.uint8)
    parts[down < marks.neck[1] - 5.0 * marks.unit] = HEAD
    crotch = float(marks.neck[1]) + CROTCH_BELOW * marks.unit
    middle = (edges[LEFT] + edges[RIGHT])[:, None] / 2
    for side in BOTH:
        outward = side.sign * (across - middle) > 0
        parts[(down > crotch) & outward] = LEG[side.limb]
        inner = _arm_begins(marks, edges[side], side)
        beyond = side.sign * (across - inner[:, None]) >= 0
        beyond &= down > marks.shoulder[side][1] - 2 * marks.unit
        _limb(parts, beyond & (down < marks.arm[side].outer[-1, 0] + 1), marks, side)
    parts[~mask] = NOBODY
    return parts


def _arm_begins(marks: Marks, edge: Numbers, side: Side) -> Numbers:
    """Row by row, the torso's edge above the armpit and the arm's own inner edge below it."""
    arm = marks.arm[side].inner
    rows = np.arange(len(edge))
    own = np.interp(rows, arm[:, 0], smooth(arm[:, 1], 11)) - side.sign * INNER_RIM * marks.unit
    return np.where(rows < arm[0, 0] + 5 * marks.unit, edge, own)


def _limb(parts: np.typing.NDArray[np.uint8], limb: Mask, marks: Marks, side: Side) -> None:
    arm = marks.arm[side]
    rows = np.arange(parts.shape[0])[:, None]
    parts[limb] = UPPER_ARM[side.limb]
    parts[limb & (rows > arm.elbow[1])] = FOREARM[side.limb]
    parts[limb & (rows > arm.wrist[1])] = HAND[side.limb]


def _rounded(mask: Mask, parts: np.typing.NDArray[np.uint8], edges: dict[Side, Numbers]) -> Floats:
    """Normals of a body whose every row is round: the trunk between its edges, each arm by itself."""
    lean = np.zeros(mask.shape, np.float32)
    columns = np.arange(mask.shape[1])[None, :]
    middle = (edges[LEFT] + edges[RIGHT])[:, None] / 2
    half = np.maximum((edges[RIGHT] - edges[LEFT])[:, None] / 2, 1)
    trunk = np.clip((columns - middle) / half, -1, 1)
    lean += np.where(np.isin(parts, (TORSO, HEAD, *LEG.values())), trunk, 0).astype(np.float32)
    for side in BOTH:
        arm = np.isin(parts, (UPPER_ARM[side.limb], FOREARM[side.limb], HAND[side.limb]))
        lean += _across(arm)
    lean = blur(floats(np.sign(lean) * np.abs(lean) ** 1.5 * ROUND), 2.0)
    forward = np.sqrt(np.clip(1 - lean**2, 0.02, 1))
    return floats(np.stack([lean, np.full_like(lean, 0.05), forward], -1))


def _across(part: Mask) -> Floats:
    """-1 at the left end of the part, 1 at its right end, row by row."""
    first = np.argmax(part, 1)[:, None]
    last = part.shape[1] - np.argmax(part[:, ::-1], 1)[:, None]
    share = (2 * np.arange(part.shape[1])[None, :] - first - last) / np.maximum(last - first, 1)
    return floats(np.where(part, np.clip(share, -1, 1), 0))


def _parts_enlarged(parts: np.typing.NDArray[np.uint8], size: tuple[int, int]) -> np.typing.NDArray[np.uint8]:
    """By the strongest of the blurred parts, so that borders are not stairs."""
    codes = np.unique(parts)
    strength = [_enlarged(blur((parts == code).astype(np.float32), 1.2), size) for code in codes]
    return np.asarray(codes[np.argmax(np.stack(strength), 0)], np.uint8)


def _joints(marks: Marks, edges: dict[Side, Numbers]) -> dict[str, Points]:
    unit, neck = marks.unit, marks.neck
    found = {
        "top": points([neck[0], marks.crown]),
        "chin": points([neck[0], marks.chin_y]),
        "neck": neck,
    }
    row = int(np.clip(neck[1] + HIP_BELOW * unit, 0, len(edges[LEFT]) - 1))
    middle = (edges[LEFT][row] + edges[RIGHT][row]) / 2
    for side in BOTH:
        arm = marks.arm[side]
        lower = {
            "hip": (HIP_HALF, HIP_BELOW),
            "knee": (KNEE_HALF, KNEE_BELOW),
            "ankle": (ANKLE_HALF, ANKLE_BELOW),
        }
        for name, (half, below) in lower.items():
            found[name + side.limb] = points([middle + side.sign * half * unit, neck[1] + below * unit])
        found["shoulder" + side.limb] = marks.shoulder[side]
        found["elbow" + side.limb] = arm.elbow
        found["wrist" + side.limb] = arm.wrist
        found["hand" + side.limb] = arm.wrist + points([0, (TO_HAND - 53.9) * unit])
    return found
