"""Light on cloth: the body's own shape seen through it, its rounded edges, and its creases."""

import cv2
import numpy as np

from tryon_sandbox.renderer.raster import Floats, blur, channels, floats, slope
from tryon_sandbox.renderer.scene.body import Body

# The same lamps that light the mannequins: a key from the upper left, a fill from the right.
KEY = (-0.50, 0.55, 0.95)
FILL = (0.90, 0.15, 0.60)
# Cloth that faces the viewer gets 0.84 of the key and 0.77 of the fill: as bright as in its photo.
_KEY, _FILL, _AROUND = 0.93, 0.22, 0.03
# Cloth is stiffer than skin: of the body under it only what is broad is seen, and less of it, or bust and
# knees look like stains. What is cast on it, and its hollows, are the fainter for it.
FELT_CM, FELT, CAST, HOLLOW = 3.5, 0.8, 0.25, 0.3
RIM = 0.06  # the darkest that the outermost two millimetres get; more is a line drawn around the garment
# Cloth spans the hollow at the crotch: so much less of the body is seen, so far below the hips' joints and
# as far around.
SPANNED, FORK_CM, SPANS_CM = 0.7, 6.0, 5.0
DARKEST, BRIGHTEST = 0.25, 1.25


def light(body: Body, alpha: Floats, creases: Floats, *, hangs: bool) -> Floats:
    """Brightness factor of every pixel of a layer; `hangs` when the cloth spans both legs as one."""
    felt, near = _body_normals(body, alpha)
    sideways = np.zeros_like(alpha)
    if hangs:
        below = _below_hip(body)
        near = near * (1 - below)
        sideways = _tent(alpha, body) * below
    else:
        near = near * (1 - SPANNED * _fork(body))
    normals = felt * channels(near * np.float32(FELT)) + _edges(body, alpha)
    normals[..., 0] += sideways
    normals[..., 2] += 0.55 + 0.45 * (1 - near)
    size = np.sqrt(cv2.transform(normals * normals, np.ones((1, 3), np.float32)))
    lit = _lamps(body, floats(normals / channels(floats(size + np.float32(1e-6)))), near)
    rim = np.clip((alpha - blur(alpha, 0.45 * body.unit)) * 0.5, 0, RIM)
    return floats(np.clip(lit * (1 - rim) * (1 + creases), DARKEST, BRIGHTEST))


def _body_normals(body: Body, alpha: Floats) -> tuple[Floats, Floats]:
    """The body's normals as a cloth of some thickness shows them, and where there is a body underneath."""
    solid = (body.alpha > 0.5) * alpha
    reach = FELT_CM * body.unit
    weight = blur(floats(solid), reach)
    felt = blur(body.normal * channels(floats(solid)), reach) / channels(np.maximum(weight, 0.02))
    return floats(felt), floats(np.clip(weight * 1.4 - 0.2, 0, 1))


def _below_hip(body: Body) -> Floats:
    rows = np.arange(body.shape[0], dtype=np.float32)[:, None]
    start = float(body.joints["hipR"][1]) - 9 * body.unit
    return floats(np.clip((rows - start) / (11 * body.unit), 0, 1))


def _fork(body: Body) -> Floats:
    """1 at the crotch, fading out around it."""
    hips = [body.joints[name] for name in ("hipL", "hipR")]
    x, y = (float(hips[0][axis] + hips[1][axis]) / 2 for axis in (0, 1))
    down = np.arange(body.shape[0], dtype=np.float32) - np.float32(y + FORK_CM * body.unit)
    across = np.arange(body.shape[1], dtype=np.float32) - np.float32(x)
    reach = np.float32(2 * (SPANS_CM * body.unit) ** 2)
    return floats(np.exp(-down * down / reach)[:, None] * np.exp(-across * across / reach)[None])


def _tent(alpha: Floats, body: Body) -> Floats:
    """Sideways lean of a wide cylinder spanned by the layer's own edges."""
    inside = alpha > 0.5
    width = alpha.shape[1]
    filled = inside.any(1)
    left = np.where(filled, inside.argmax(1), 0)
    right = np.where(filled, width - inside[:, ::-1].argmax(1), width)
    left, right = (blur(floats(edge)[:, None], 2 * body.unit)[:, 0] for edge in (left, right))
    across = np.arange(width)[None] - ((left + right) / 2)[:, None]
    share = np.clip(across / np.maximum((right - left) / 2, 1)[:, None], -1, 1)
    return floats(share * np.abs(share) * 0.75)


def _edges(body: Body, alpha: Floats) -> Floats:
    """Cloth turns away at its sides; hardly at its hem, which would look like a bubble."""
    down, right = slope(blur(alpha, 2.6 * body.unit))
    strength = np.float32(2.6 * body.unit * 1.15)
    return floats(cv2.merge((-right * strength, down * (0.25 * strength), np.zeros_like(down))))


def _lamps(body: Body, normals: Floats, near: Floats) -> Floats:
    key, fill = (floats(lamp) / np.float32(np.linalg.norm(lamp)) for lamp in (KEY, FILL))
    wrapped = cv2.pow(np.clip(cv2.transform(normals, key[None]) * 0.66 + 0.34, 0, 1), 1.25)
    filled = np.clip(cv2.transform(normals, fill[None]) * 0.5 + 0.5, 0, 1)
    cast = blur(body.shadow, 1.2 * body.unit) * CAST + (1 - CAST)
    hollow = blur(body.ao, 0.8 * body.unit) * HOLLOW + (1 - HOLLOW)
    lit = _KEY * wrapped * (1 + (cast - 1) * near) + _FILL * filled + _AROUND
    return floats(lit * (1 + (hollow - 1) * near))
