"""The sample garments, and pictures that are none."""

import io
from pathlib import Path

import numpy as np
from PIL import Image

GARMENTS = Path(__file__).parents[2] / "assets" / "garments"
VENDOR_TYPES = {
    "hoodie": "tops",
    "shirt": "tops",
    "tee": "tops",
    "jeans": "bottoms",
    "skirt": "bottoms",
    "dress": "dresses",
    "sweater": "tops",
    "trousers": "bottoms",
    "white_shirt": "tops",
    "printed_tee": "tops",
}


def garment(name: str) -> bytes:
    """A sample garment's photo."""
    return (GARMENTS / f"{name}.jpg").read_bytes()


def png(pixels: np.ndarray) -> bytes:
    """8-bit pixels as a PNG file."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=1)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """A picture, decoded."""
    return Image.open(io.BytesIO(data)).convert("RGB")


def pixels(data: bytes) -> np.ndarray:
    """A picture's colours in 0..1."""
    return np.asarray(opened(data), np.float32) / 255


def noise() -> bytes:
    """Coloured noise from edge to edge."""
    return png(np.random.default_rng(1).integers(0, 256, (600, 500, 3), np.uint8))


def landscape() -> bytes:
    """Sky, hills and meadow."""
    down, across = np.mgrid[0:480, 0:720].astype(np.float32)
    sky = np.stack([120 + down * 0.2, 160 + down * 0.15, 230 - down * 0.1], -1)
    hills = down > 230 + 40 * np.sin(across / 60) + 18 * np.sin(across / 23)
    meadow = down > 350 + 10 * np.sin(across / 45)
    grain = np.random.default_rng(2).normal(0, 6, (480, 720, 1))
    scene = np.where(hills[..., None], (70.0, 95.0, 70.0), sky)
    scene = np.where(meadow[..., None], (110.0, 150.0, 60.0), scene) + grain
    return png(np.clip(scene, 0, 255).astype(np.uint8))


def crumbs() -> bytes:
    """Many small things on a plain ground, and no garment among them."""
    canvas = np.full((600, 600, 3), 240, np.uint8)
    for x, y in np.random.default_rng(3).integers(20, 570, (60, 2)):
        canvas[y : y + 12, x : x + 9] = (160, 40, 40)
    return png(canvas)


def snapshot(width: int = 600, height: int = 800) -> bytes:
    """A stand-in for a visitor's own photo: busy, with no silhouette to trust."""
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    warm = 120 + 60 * np.sin(across / 40) * np.cos(down / 55)
    return png(np.stack([warm, warm * 0.8, warm * 0.7], -1).astype(np.uint8))
