"""Whatever a visitor brings: the right verdict for each file, and never a crash."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.core.images.odd_files import OddFile, Verdict, all_files, scene, with_swapped_colours
from tests.core.images.pictures import mend, put, saved
from tests.core.images.profiles import DISPLAY_P3, grey, of_primaries, srgb
from tryon_core import FilePicture, Garment, InvalidRequest, LibraryModel, Suit, TryOnRequest, vendor
from tryon_core.identity import stem_of, title_of
from tryon_core.images.mending import Mended
from tryon_core.images.rules import ImageRule
from tryon_core.jobs.admission import examine
from tryon_core.vendors.aidge.spec import IMAGE_RULE as AIDGE
from tryon_core.vendors.ailab.spec import IMAGE_RULE as AILAB

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


def test_a_photo_of_several_keeps_its_first_to_the_byte(tmp_path: Path) -> None:
    several = saved(scene(), "MPO", save_all=True, append_images=[scene().rotate(90)])
    mended = mend("person photo", put(tmp_path, several), AILAB)
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


# What is stored, and what a viewer shows in sRGB: worked out by hand from the primaries and the curves.
COLOURS: tuple[tuple[str, bytes, tuple[int, int, int], tuple[int, int, int]], ...] = (
    ("swapped", with_swapped_colours(srgb()), (230, 20, 20), (20, 230, 20)),
    ("Display P3", of_primaries(DISPLAY_P3, "Show"), (200, 100, 50), (215, 93, 31)),
    ("linear grey", grey(1.0, "Linear grey"), (100, 100, 100), (168, 168, 168)),
)


@pytest.mark.parametrize(("name", "profile", "stored", "shown"), COLOURS, ids=[row[0] for row in COLOURS])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_colours_of_a_foreign_profile_look_the_same_in_srgb(
    tmp_path: Path,
    kind: str,
    name: str,
    profile: bytes,
    stored: tuple[int, int, int],
    shown: tuple[int, int, int],
) -> None:
    photo = Image.new("RGB", (400, 400), stored).convert("L" if "grey" in name else "RGB")
    photo.paste(scene(photo.mode, (400, 200)), (0, 200))
    mended = mend("top", put(tmp_path, saved(photo, kind, icc_profile=profile, quality=95)), AIDGE)
    assert mended is not None and "sRGB" in mended.notes[0]
    with Image.open(io.BytesIO(mended.data)) as picture:
        found = picture.convert("RGB").getpixel((40, 40))
        assert "icc_profile" not in picture.info and picture.mode == photo.mode
    assert isinstance(found, tuple)
    assert max(abs(a - b) for a, b in zip(found, shown, strict=True)) <= 3


def test_sixteen_bits_are_scaled_not_cut_off(tmp_path: Path) -> None:
    ramp = Image.linear_gradient("L").resize((400, 400)).convert("I").point(lambda value: value * 257)
    mended = mend("top", put(tmp_path, saved(ramp.convert("I;16"), "PNG")), AIDGE)
    assert mended is not None
    with Image.open(io.BytesIO(mended.data)) as picture:
        histogram = picture.convert("L").histogram()
    assert max(histogram) < 0.02 * 400 * 400


@pytest.mark.parametrize("mode", ["I", "F"])
def test_a_picture_that_does_not_say_what_is_white_is_refused(tmp_path: Path, mode: str) -> None:
    photo = saved(scene("L").convert(mode), "TIFF")
    with pytest.raises(InvalidRequest, match="32 bits a pixel"):
        mend("top", put(tmp_path, photo), AIDGE)


def test_notes_tell_both_sizes_and_both_kinds(tmp_path: Path) -> None:
    mended = mend("top", put(tmp_path, saved(scene("RGB", (4096, 256)), "WEBP")), AILAB)
    assert mended is not None
    assert mended.notes == (
        "Top: shrunk from 4096 × 256 to 4095 × 256 pixels.",
        "Top: converted from WEBP to JPEG, quality 95.",
    )


NAMES = (
    ".hidden.png",
    "-rf.png",
    "--help",
    "two\nlines.png",
    "tab\tand bell\a.png",
    "a photo.png.exe",
    "wrong.jpg",
    "no extension",
    "フーディー.png",
    "\u202egnp.exe",
    "👗👗👗.png",
    "e\u0301te\u0301.png",
    "<img src=x onerror=alert(1)>.png",
    "'; drop table jobs; --.png",
    "%2e%2e%2fpasswd.png",
    "con.png",
    "x" * 251 + ".png",
    "é" * 125 + ".png",
    "👗" * 62 + ".png",
    "𝔥" * 62 + ".png",
    "...",
    "  spaces  .png",
)


@pytest.mark.parametrize("name", NAMES)
def test_an_odd_name_neither_changes_the_verdict_nor_gets_into_the_names_that_are_made_of_it(
    tmp_path: Path, name: str
) -> None:
    source = put(tmp_path, saved(scene(), "PNG"), name)
    request = TryOnRequest((Suit((Garment(FilePicture(source)),)),), LibraryModel("James"))
    assert mend("top", source, AIDGE) is None and examine(request, vendor("aidge"))
    stem, title = stem_of(request), title_of(request)
    assert (
        len(f"{stem}-1.png".encode()) <= 255 and Path(stem).name == stem and not stem.startswith((".", "-"))
    )
    assert all(letter.isalnum() or letter == "-" for letter in stem)
    assert title.isprintable() and not set(title) & set("<>&\"'/\\")


def test_two_long_names_of_wide_letters_still_make_a_file_name(tmp_path: Path) -> None:
    source = put(tmp_path, saved(scene(), "PNG"), "𝔥" * 62 + ".png")
    request = TryOnRequest((Suit((Garment(FilePicture(source)),)),), LibraryModel("𝔤" * 62))
    assert len(f"{stem_of(request)}-1.png".encode()) <= 255


@pytest.mark.parametrize("name", ["nul\0.png", "x" * 300, "", "gone.png", "\ud800.png"])
def test_a_name_that_no_file_can_have_is_refused_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        mend("top", tmp_path / name, AIDGE)
    assert refused.value.found in ("nothing", "a file that cannot be read")
