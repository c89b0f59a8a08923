"""Pictures before they are sent: what passes, what is mended, what is refused and in which words."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from tests.core import fakes
from tests.core.images.pictures import claiming, mend, put, saved, turned
from tryon_core import InvalidRequest
from tryon_core.images.facts import facts_of, verified
from tryon_core.images.file_signatures import NotAPicture
from tryon_core.images.preflight import check_same_sizes, examine
from tryon_core.images.rules import ImageRule
from tryon_core.images.views import browser_view, small_view
from tryon_core.vendors.aidge.spec import IMAGE_RULE as AIDGE
from tryon_core.vendors.ailab.spec import IMAGE_RULE as AILAB


@pytest.mark.parametrize("rule", [AIDGE, AILAB])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP"])
def test_a_picture_that_complies_is_left_alone(tmp_path: Path, rule: ImageRule, kind: str) -> None:
    assert mend("top", put(tmp_path, fakes.picture(kind=kind)), rule) is None


@pytest.mark.parametrize(
    ("rule", "width", "height", "fits"),
    [
        (AIDGE, 150, 150, True),
        (AIDGE, 149, 400, False),
        (AIDGE, 400, 149, False),
        (AILAB, 151, 151, True),
        (AILAB, 150, 400, False),
    ],
)
def test_the_smallest_side_is_the_vendors(
    tmp_path: Path, rule: ImageRule, width: int, height: int, fits: bool
) -> None:
    path = put(tmp_path, fakes.picture(width, height))
    if fits:
        assert examine("top", path, rule).facts.width == width
        return
    with pytest.raises(InvalidRequest) as refused:
        examine("top", path, rule)
    assert refused.value.found == f"{width} × {height} pixels" and str(rule.min_side) in refused.value.limit


@pytest.mark.parametrize(("rule", "side"), [(AIDGE, 3000), (AILAB, 4095)])
def test_a_picture_that_is_too_large_is_shrunk_and_that_is_told(
    tmp_path: Path, rule: ImageRule, side: int
) -> None:
    large = saved(Image.new("RGB", (side + 1, side // 2), "white"), "PNG", compress_level=0)
    mended = mend("garment 1", put(tmp_path, large), rule)
    assert mended is not None and facts_of(mended.data).width == side
    assert "shrunk" in mended.notes[0] and mended.notes[0].startswith("Garment 1")


def test_a_strip_that_would_shrink_under_the_smallest_side_is_refused(tmp_path: Path) -> None:
    strip = saved(Image.effect_noise((4000, 160), 50), "JPEG")
    with pytest.raises(InvalidRequest, match="4000 × 160"):
        examine("garment", put(tmp_path, strip), AIDGE)


def test_a_photo_on_its_side_is_turned_and_measured_as_seen(tmp_path: Path) -> None:
    path = put(tmp_path, turned(Image.effect_noise((400, 300), 50).convert("RGB")))
    mended = mend("person photo", path, AILAB)
    assert mended is not None and mended.notes == ("Person photo: turned upright.",)
    after = facts_of(mended.data)
    assert (after.width, after.height, after.turned) == (300, 400, False)
    assert (facts_of(path).width, facts_of(path).height) == (300, 400)


def test_a_kind_that_only_one_vendor_takes_is_converted_for_the_other(tmp_path: Path) -> None:
    path = put(tmp_path, fakes.picture(kind="WEBP"))
    mended = mend("top", path, AILAB)
    assert mend("top", path, AIDGE) is None
    assert mended is not None and mended.extension == ".jpg" and facts_of(mended.data).format == "JPEG"


def test_transparency_survives_a_conversion(tmp_path: Path) -> None:
    ghost = Image.effect_noise((300, 300), 80).convert("RGBA")
    ghost.putalpha(128)
    mended = mend("top", put(tmp_path, saved(ghost, "WEBP", lossless=True)), AILAB)
    assert mended is not None and mended.extension == ".png"
    with Image.open(io.BytesIO(mended.data)) as image:
        assert image.mode == "RGBA"


def test_too_many_bytes_alone_are_refused_with_both_numbers(tmp_path: Path) -> None:
    small = saved(Image.effect_noise((300, 300), 80), "PNG")
    exact = small + b"\0" * (AILAB.max_bytes - len(small))
    assert examine("top", put(tmp_path, exact), AILAB).facts.size == AILAB.max_bytes
    with pytest.raises(InvalidRequest, match=r"5,242,881 bytes.*5 MB"):
        examine("top", put(tmp_path, exact + b"\0"), AILAB)


def test_a_large_photo_is_shrunk_however_many_bytes_it_has(tmp_path: Path) -> None:
    wide = saved(Image.effect_noise((4200, 2000), 80).convert("RGB"), "JPEG", quality=95)
    assert len(wide) > AILAB.max_bytes
    mended = mend("top", put(tmp_path, wide), replace(AILAB, max_side=1000))
    assert mended is not None and facts_of(mended.data).width == 1000


def test_too_few_bytes_are_refused(tmp_path: Path) -> None:
    plain = saved(Image.new("RGB", (200, 200)), "PNG")
    with pytest.raises(InvalidRequest, match="at least 5,120 bytes"):
        examine("top", put(tmp_path, plain), AILAB)


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7"])
def test_what_is_no_picture_is_refused_by_its_field(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InvalidRequest) as refused:
        examine("bottom", put(tmp_path, data), AIDGE)
    assert refused.value.field == "bottom" and "JPEG" in refused.value.limit


def heic(size: tuple[int, int] = (400, 600), **how: object) -> bytes:
    """A photo as an iPhone writes it."""
    buffer = io.BytesIO()
    pillow_heif.from_pillow(Image.effect_noise(size, 40).convert("RGB")).save(buffer, **how)
    return buffer.getvalue()


def test_a_heic_photo_is_converted(tmp_path: Path) -> None:
    mended = mend("top", put(tmp_path, heic()), AILAB)
    assert mended is not None and mended.extension == ".jpg"
    assert mended.notes == ("Top: converted from HEIF to JPEG, quality 95.",)


def test_a_heic_photo_that_was_taken_upright_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn
    mended = mend("top", put(tmp_path, heic(exif=exif.tobytes())), AILAB)
    assert mended is not None
    with Image.open(io.BytesIO(mended.data)) as picture:
        assert picture.size == (600, 400) and picture.getexif().get(0x0112, 1) == 1


def test_a_heic_photo_that_is_cut_short_is_refused_as_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match=r"a broken HEI[CF] file"):
        examine("top", put(tmp_path, heic()[:3000]), AILAB)


def half_transparent(hidden: str | None) -> Image.Image:
    """A grey garment on the left; nothing to be seen on the right, where something may lie."""
    picture = Image.new("RGBA", (300, 400), "grey")
    right = Image.new("RGBA", (150, 400), (255, 255, 255, 0))
    if hidden:
        ImageDraw.Draw(right).text((9, 9), hidden, fill=(200, 10, 10, 0))
    picture.paste(right, (150, 0))
    return picture


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_what_lies_hidden_under_full_transparency_is_blanked_and_nothing_else(
    tmp_path: Path, kind: str
) -> None:
    buffer = io.BytesIO()
    half_transparent("my address").save(
        buffer, kind, **({"lossless": True, "exact": True} if kind == "WEBP" else {})
    )
    mended = mend("garment 1", put(tmp_path, buffer.getvalue()), AIDGE)
    assert mended is not None and any("blanked what lay hidden" in note for note in mended.notes)
    with Image.open(io.BytesIO(mended.data)) as sent:
        seen = Image.alpha_composite(Image.new("RGBA", sent.size, "blue"), sent)
        before = Image.alpha_composite(Image.new("RGBA", sent.size, "blue"), half_transparent("my address"))
        assert sent.crop((150, 0, 300, 400)).getcolors() == [(150 * 400, (0, 0, 0, 0))]
        assert seen.tobytes() == before.tobytes()


def test_transparency_that_hides_nothing_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    half_transparent(None).save(buffer, "PNG")
    assert mend("garment 1", put(tmp_path, buffer.getvalue()), AIDGE) is None


# What people take for a picture, by its first bytes, and what it is called.
OTHERS = (
    (b"%PDF-1.7", "a PDF document"),
    (b"<!-- drawn -->\n<svg", "an SVG drawing"),
    (b"<?xml version='1.0'?>\n<svg", "an SVG drawing"),
    (b"\n <!DOCTYPE html>", "a web page"),
    (b"\0\0\0\x18ftypmp42", "a video"),
    (b"\0\0\0\x18ftypcrx ", "a camera's raw file"),
    (b"\0\0\0\x18ftypavif", "a broken AVIF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"8BPS\0\x01", "a Photoshop document"),
    (b"\xff\x0a", "a JPEG XL picture"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (b"II+\0\x08\0", "a BigTIFF picture"),
    (b"\xff\xd8\xff\xe0", "a broken JPEG file"),
    (b"RIFF\x10\0\0\0WEBPVP8 ", "a broken WebP file"),
    (b"hello", "something that is not a picture"),
    (b"", "an empty file"),
)


@pytest.mark.parametrize(("beginning", "words"), OTHERS, ids=[words for _, words in OTHERS])
def test_what_is_no_picture_is_called_by_its_name(tmp_path: Path, beginning: bytes, words: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        examine("top", put(tmp_path, beginning + bytes(2000) * bool(beginning)), AIDGE)
    assert refused.value.found == words


def test_a_file_that_is_not_there_is_refused_by_its_field(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match=r"^Bottom: the file is not here any more\. Put it in again\."):
        examine("bottom", tmp_path / "gone.png", AIDGE)


def test_a_bomb_of_pixels_is_refused_by_its_header(tmp_path: Path) -> None:
    for side in (9_500, 13_000, 30_000):  # ours, the warning and the error of Pillow
        with pytest.raises(InvalidRequest, match="pixels"):
            examine("top", put(tmp_path, claiming(side, side)), AIDGE)


def test_a_picture_cut_short_is_not_whole() -> None:
    for kind in ("PNG", "JPEG", "WEBP", "BMP"):
        data = fakes.picture(kind=kind)
        assert verified(data).format == kind
        with pytest.raises(NotAPicture):
            verified(data[: len(data) // 2])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_view_is_small_upright_made_once_and_never_of_a_broken_file(tmp_path: Path, kind: str) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    whole.write_bytes(
        turned(Image.effect_noise((800, 600), 50)) if kind == "JPEG" else fakes.picture(600, 800, kind)
    )
    broken.write_bytes(whole.read_bytes()[:6000])
    view = small_view(whole, tmp_path / "views", 120)
    assert view is not None and small_view(whole, tmp_path / "views", 120) == view
    assert (facts_of(view).width, facts_of(view).height, facts_of(view).format) == (90, 120, "WEBP")
    large = small_view(whole, tmp_path / "views", 1600)
    assert large is not None and (facts_of(large).width, facts_of(large).height) == (600, 800)
    assert small_view(broken, tmp_path / "views", 120) is None


def test_pictures_of_two_sizes_are_told_apart(tmp_path: Path) -> None:
    one, two = facts_of(fakes.picture(200, 300)), facts_of(fakes.picture(200, 301))
    check_same_sizes({"coarse": one, "person": one}, ("coarse", "person"))
    with pytest.raises(InvalidRequest, match=r"200 × 300 pixels.*person photo, 200 × 301"):
        check_same_sizes({"coarse": one, "person": two}, ("coarse", "person"))


@settings(max_examples=60)
@given(kind=st.sampled_from(["PNG", "JPEG", "WEBP", "BMP", "GIF"]), data=st.data())
def test_a_damaged_file_is_a_picture_or_not_a_picture_but_never_a_crash(
    kind: str, data: st.DataObject
) -> None:
    whole = bytearray(fakes.picture(64, 64, kind))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert verified(bytes(whole)).width > 0
    except NotAPicture as error:
        assert str(error)


def test_pictures_in_one_folder_have_copies_of_their_own(tmp_path: Path) -> None:
    shown = []
    for name, seed in (("red.png", 1), ("blue.png", 2)):
        (tmp_path / name).write_bytes(fakes.picture(seed=seed))
        shown.append(browser_view(tmp_path / name, tmp_path, 80))
    assert None not in shown and len(set(shown)) == 2
