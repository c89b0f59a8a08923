"""Files of every kind that decode: none may crash the cut-out, none may take long."""

import io
from time import process_time

import numpy as np
import pytest
from PIL import Image

from tests.renderer.sample_garments import crumbs, garment, landscape, noise, opened, png, snapshot
from tryon_sandbox.renderer.cutout.cutout import cut_out
from tryon_sandbox.renderer.garments.garment import understand
from tryon_sandbox.renderer.scene import picture
from tryon_sandbox.renderer.scene.picture import decode, encode

pytestmark = pytest.mark.slow


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _sample() -> Image.Image:
    return opened(garment("tee")).resize((400, 400))


def _see_through() -> Image.Image:
    image = _sample()
    image.putalpha(Image.fromarray(np.pad(np.full((280, 200), 255, np.uint8), ((60, 60), (100, 100)))))
    return image


ODD = {
    "greyscale": lambda: _saved(_sample().convert("L"), "PNG"),
    "grey with alpha": lambda: _saved(_see_through().convert("LA"), "PNG"),
    "palette": lambda: _saved(_sample().convert("P"), "PNG"),
    "palette with transparency": lambda: _saved(_see_through().convert("RGBA").quantize(64), "PNG"),
    "one bit": lambda: _saved(_sample().convert("1"), "PNG"),
    "cmyk": lambda: _saved(_sample().convert("CMYK"), "JPEG"),
    "16 bit": lambda: _saved(Image.fromarray(np.asarray(_sample().convert("L"), np.uint16) * 257), "PNG"),
    "gif": lambda: _saved(_sample(), "GIF"),
    "webp": lambda: _saved(_see_through(), "WEBP"),
    "wholly transparent": lambda: _saved(Image.new("RGBA", (300, 300)), "PNG"),
    "barely transparent": lambda: _saved(Image.new("RGBA", (300, 300), (200, 0, 0, 250)), "PNG"),
    "1x1": lambda: png(np.zeros((1, 1, 3), np.uint8)),
    "3000x2": lambda: png(np.zeros((2, 3000, 3), np.uint8)),
    "16384x8": lambda: png(np.full((8, 16384, 3), 90, np.uint8)),
    "8x16384": lambda: png(np.full((16384, 8, 3), 90, np.uint8)),
    "black": lambda: png(np.zeros((400, 300, 3), np.uint8)),
    "white": lambda: png(np.full((400, 300, 3), 255, np.uint8)),
    "noise": noise,
    "landscape": landscape,
    "crumbs": crumbs,
    "snapshot": snapshot,
}


@pytest.mark.parametrize("name", ODD)
def test_every_picture_that_decodes_is_cut_out(name: str) -> None:
    decoded = decode(ODD[name](), longest=1024)
    cutout = cut_out(decoded)
    assert cutout.rgb.shape == decoded.rgb.shape and cutout.alpha.shape == decoded.rgb.shape[:2]
    assert max(decoded.rgb.shape) <= 1024 and decoded.rgb.dtype == np.float32
    assert np.isfinite(cutout.rgb).all() and 0 <= cutout.alpha.min() <= cutout.alpha.max() <= 1


@pytest.mark.parametrize("name", ODD)
def test_every_picture_that_decodes_is_understood_or_doubted(name: str) -> None:
    found = understand(ODD[name]())
    assert (found.marks is None) == bool(found.doubt)


def test_sixteen_bits_of_grey_are_not_clipped_to_white() -> None:
    deep = decode(ODD["16 bit"](), longest=400).rgb
    assert np.abs(deep - decode(ODD["greyscale"](), longest=400).rgb).max() < 0.01


@pytest.mark.parametrize("turn", range(2, 9))
def test_a_camera_that_was_turned_shows_upright(turn: int) -> None:
    scene = Image.fromarray(np.add.outer(np.arange(120), np.arange(80)).astype(np.uint8)).convert("RGB")
    scene.paste((255, 0, 0), (0, 0, 40, 20))
    exif = Image.Exif()
    exif[0x0112] = turn
    back = {6: 8, 8: 6}.get(turn, turn)
    stored = scene if turn not in picture.TURNS else scene.transpose(picture.TURNS[back])
    seen = decode(_saved(stored, "PNG", exif=exif), longest=400).rgb
    assert np.allclose(seen, np.asarray(scene, np.float32) / 255, atol=0.01)


def test_too_many_pixels_are_refused_before_they_are_decoded() -> None:
    huge = _saved(Image.new("1", (8000, 8000)), "PNG")
    started = process_time()
    with pytest.raises(ValueError, match="decoded"):
        decode(huge, longest=1024)
    assert process_time() - started < 0.2


def test_a_file_cut_short_is_no_picture() -> None:
    whole = garment("tee")
    with pytest.raises(ValueError, match="decoded"):
        decode(whole[: len(whole) // 3], longest=1024)


def test_a_large_photo_is_decoded_near_the_size_that_is_wanted() -> None:
    large = _saved(opened(garment("tee")).resize((2000, 2000)), "JPEG", quality=92)
    assert 0.9 * 1024 <= max(decode(large, longest=1024).rgb.shape) <= 1024


def test_a_written_picture_says_what_made_it_and_reads_back() -> None:
    pixels = decode(garment("tee"), longest=200).rgb
    written = encode(pixels)
    with Image.open(io.BytesIO(written)) as image:
        assert image.info == {"Software": picture.MARK_SOFTWARE, "Comment": picture.MARK_COMMENT}
        assert np.abs(np.asarray(image, np.float32) / 255 - pixels).max() < 0.003
    assert encode(pixels) == written
