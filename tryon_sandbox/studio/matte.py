"""The garment's edge at full size: opacity from colour, and no backdrop left in the edge's colours."""

import numpy as np

from tryon_sandbox.studio.backdrop_fit import Backdrop
from tryon_sandbox.studio.raster import Floats, Mask, blur, floats, resize


def refine(rgb: Floats, mask: Mask, backdrop: Backdrop) -> tuple[Floats, Floats]:
    """Colours pushed outwards from inside the garment, and its opacity, both at the size of `rgb`."""
    height, width = rgb.shape[:2]
    step = max(width / mask.shape[1], 1.0)
    large = np.clip(resize(mask.astype(np.float32), (width, height)), 0, 1)
    inside, known = _pushed_outwards(rgb, large, step)
    share, contrast = _share_of_cloth(rgb, backdrop.paint((height, width)), inside)
    band = np.clip((0.93 - blur(large, 1.1 * step)) * 12, 0, 1)
    trust = np.clip((contrast - 0.01) / 0.03, 0, 1) * (known > 0.01) * band
    rim = (blur(large, max(0.8, 0.55 * step)) - 0.5) * 2.2
    by_shape = np.clip(rim + 0.32, 0, 1)
    by_colour = np.clip(rim + 0.9, 0, 1) * np.clip((share - 0.25) / 0.5, 0, 1)
    alpha = by_shape * (1 - trust) + by_colour * trust
    firm = np.clip((blur(large, 1.2 * step) - 0.75) * 6, 0, 1) * np.clip((share - 0.7) * 4, 0, 1)
    own = np.maximum(blur(large, 2.0 * step) > 0.97, firm)[..., None]
    clean = np.where(known[..., None] > 0.01, rgb * own + inside * (1 - own), rgb)
    return floats(clean), floats(alpha)


def _pushed_outwards(rgb: Floats, large: Floats, step: float) -> tuple[Floats, Floats]:
    core = (blur(large, 2.0 * step) > 0.97).astype(np.float32)
    known = blur(core, 3.5 * step)
    colours = blur(rgb * core[..., None], 3.5 * step) / np.maximum(known, 1e-3)[..., None]
    return floats(colours), known


def _share_of_cloth(rgb: Floats, paint: Floats, inside: Floats) -> tuple[Floats, Floats]:
    """How far each pixel is on the way from backdrop to cloth, and how far apart these two are."""
    span = inside - paint
    squared = (span**2).sum(-1)
    share = ((rgb - paint) * span).sum(-1) / np.maximum(squared, 1e-4)
    faint = np.clip((0.30 - np.abs(rgb - paint).max(-1)) * 8, 0, 1)
    return floats(share), floats(squared * faint)
