"""Whatever a visitor brings: the right verdict for each file, and never a crash."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms

from tests.core.odd_files import OddFile, Verdict, all_files, camera, gps, scene, with_swapped_colours
from tests.core.pictures import put, saved
from tryon_core import InvalidRequest
from tryon_core.image_rules import AIDGE, AILAB, ImageRule
from tryon_core.images import mend
from tryon_core.mending import Mended

FILES = tuple(all_files())


def judged(source: Path, rule: ImageRule) -> tuple[Verdict, Mended | None]:
    try:
        mended = mend("top", source, rule)
    except InvalidRequest as error:
        assert error.problem.what and "top" in error.problem.what.lower()
        return "refused", None
    return ("as it is", None) if mended is None else ("mended", mended)


def test_there_are_at_least_two_hundred_odd_files() -> None:
    assert len({file.name for file in FILES}) >= 200


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, on notes that are cut short
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_an_odd_file_gets_the_verdict_that_it_deserves(tmp_path: Path, file: OddFile) -> None:
    source = put(tmp_path, file.data)
    for rule, deserved in ((AIDGE, file.aidge), (AILAB, file.ailab)):
        verdict, mended = judged(source, rule)
        assert verdict == deserved
        if mended is not None:
            again, _ = judged(put(tmp_path / "..", mended.data), rule)
            assert again == "as it is" and mended.notes


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("exif", [gps(), camera()], ids=["place", "camera"])
def test_what_tells_of_the_place_is_cut_out_without_touching_a_pixel(
    tmp_path: Path, kind: str, exif: Image.Exif
) -> None:
    photo = saved(scene(), kind, exif=exif)
    mended = mend("garment 1", put(tmp_path, photo), AIDGE)
    assert mended is not None and len(mended.data) < len(photo)
    with Image.open(io.BytesIO(photo)) as before, Image.open(io.BytesIO(mended.data)) as after:
        assert not after.getexif()
        assert ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None
    assert saved(scene(), kind)[-2000:] in mended.data


def test_a_photo_of_several_keeps_its_first_to_the_byte(tmp_path: Path) -> None:
    several = saved(scene(), "MPO", save_all=True, append_images=[scene().rotate(90)])
    mended = mend("person image", put(tmp_path, several), AILAB)
    assert mended is not None and mended.extension == ".jpg"
    assert saved(scene(), "JPEG")[-2000:] in mended.data


def test_cmyk_keeps_its_colours_in_the_eye_of_a_viewer(tmp_path: Path) -> None:
    orange = Image.new("CMYK", (400, 400), (0, 128, 255, 0))
    grain = Image.effect_noise((400, 400), 30).convert("CMYK")
    mended = mend("top", put(tmp_path, saved(Image.blend(orange, grain, 0.1), "JPEG")), AILAB)
    assert mended is not None
    with Image.open(io.BytesIO(mended.data)) as picture:
        shown = picture.resize((1, 1)).getpixel((0, 0))
    assert isinstance(shown, tuple)
    red, green, blue = shown
    assert red > 200 and 80 < green < 160 and blue < 60


def test_colours_of_a_foreign_profile_look_the_same_in_srgb(tmp_path: Path) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red = Image.blend(Image.new("RGB", (400, 400), (230, 20, 20)), scene(size=(400, 400)), 0.05)
    photo = saved(red, "JPEG", icc_profile=with_swapped_colours(srgb))
    mended = mend("top", put(tmp_path, photo), AIDGE)
    assert mended is not None and "sRGB" in mended.notes[0]
    with Image.open(io.BytesIO(mended.data)) as picture:
        shown = picture.resize((1, 1)).getpixel((0, 0))
        assert "icc_profile" not in picture.info
    assert isinstance(shown, tuple) and shown[1] > 200 and shown[0] < 60


def test_sixteen_bits_are_scaled_not_cut_off(tmp_path: Path) -> None:
    ramp = Image.linear_gradient("L").resize((400, 400)).convert("I").point(lambda value: value * 257)
    mended = mend("top", put(tmp_path, saved(ramp.convert("I;16"), "PNG")), AIDGE)
    assert mended is not None
    with Image.open(io.BytesIO(mended.data)) as picture:
        histogram = picture.convert("L").histogram()
    assert max(histogram) < 0.02 * 400 * 400


def test_notes_tell_both_sizes_and_both_kinds(tmp_path: Path) -> None:
    mended = mend("top", put(tmp_path, saved(scene("RGB", (4096, 1024)), "WEBP")), AILAB)
    assert mended is not None
    assert mended.notes == (
        "Top: shrunk from 4096 × 1024 to 4095 × 1024 pixels.",
        "Top: converted from WEBP to JPEG, quality 95.",
    )
