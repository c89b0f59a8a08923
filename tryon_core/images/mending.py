"""The mends that are safe: each is wanted for a reason, made once, and told in words."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType

from PIL import Image, ImageCms

from tryon_core.errors import InvalidRequest
from tryon_core.images.facts import Facts, bytes_of, opened, upright
from tryon_core.images.file_signatures import BROKEN, NotAPicture
from tryon_core.images.preflight import CMYK, MENDS, in_bytes, named, wanted
from tryon_core.images.private_data import without_private_data
from tryon_core.images.rules import ImageRule
from tryon_core.sentences import said

JPEG_QUALITY = 95
# PNG's level 6 makes a photo 2 % smaller than level 2 and takes four times as long (measured).
_OPTIONS: Mapping[str, Mapping[str, int | bytes]] = MappingProxyType(
    {"JPEG": {"subsampling": 0, "comment": b""}, "PNG": {"compress_level": 2}}
)
_LOSSLESS = ("PNG", "BMP", "GIF", "TIFF")
_SEE_THROUGH = ("RGBA", "LA", "PA", "P", "La", "RGBa")  # modes that may be transparent
_WITHOUT_SHADES = ("1", "P", "PA")  # modes in which there is nothing between two colours


@dataclass(frozen=True, slots=True)
class Mended:
    """A picture made fit for a vendor: the new bytes, what is in them, and what was done in words."""

    data: bytes
    facts: Facts
    notes: tuple[str, ...]

    @property
    def extension(self) -> str:
        return self.facts.extension


def mend(field: str, source: Path, rule: ImageRule, facts: Facts) -> Mended | None:
    """A version that complies, or None when the file complies as it is: that is never touched. `facts` are
    those of `examine`. Blocks.

    The picture is written anew, as JPEG at quality 95 or PNG; where only the file tells of place or camera,
    that is cut out and the picture's own bytes stay. Too many bytes alone are refused.
    Raises `InvalidRequest`.
    """
    with named(field):
        data = bytes_of(source)
        cut = without_private_data(data)
        anew = wanted(facts, rule)
        mended = _rewritten(data, facts, rule) if anew else _without_hidden_pixels(data, facts, rule)
    private = () if cut is data else (said("mend.left_out" if mended else "mend.cut_out"),)
    if mended is None and not private:
        return None
    mended = mended or Mended(cut, replace(facts, size=len(cut)), ())
    if anew and not rule.min_bytes <= len(mended.data) <= rule.max_bytes:
        limit = said("limit.bytes", least=in_bytes(rule.min_bytes), most=in_bytes(rule.max_bytes))
        raise InvalidRequest(field, said("size.bytes_mended", size=len(mended.data)), limit)
    notes = tuple(said("mend.note", field=field, done=done) for done in (*mended.notes, *private))
    return replace(mended, notes=notes)


def _rewritten(data: bytes, facts: Facts, rule: ImageRule) -> Mended:
    """The picture mended and written anew. Raises `NotAPicture` for a file that breaks on the way."""
    with opened(data) as image:
        # A far too large JPEG is decoded at half its size.
        image.draft(image.mode, (rule.max_side, rule.max_side))
        try:
            image.load()
            plain = upright(_in_srgb(_shallow(_within(image, rule.max_side))), facts)
            bare = _blanked(plain)
        except BROKEN as error:
            raise NotAPicture(said("file.broken", kind=facts.format)) from error
    written, kind = _written(bare or plain, facts, rule)
    found = Facts(kind, plain.width, plain.height, len(written), mode=plain.mode)
    hidden = (said("mend.hidden"),) if bare else ()
    return Mended(written, found, (*_notes_of(facts, rule, plain, kind), *hidden))


def _without_hidden_pixels(data: bytes, facts: Facts, rule: ImageRule) -> Mended | None:
    """The picture with nothing left where it is fully transparent; None when nothing lay there.

    What is seen stays as it is, to the last bit, unless the file would be larger than the vendor takes.
    """
    if facts.mode not in _SEE_THROUGH:
        return None
    with opened(data) as image:
        bare = _blanked(image)
    if bare is None:
        return None
    written, kind = _written(bare, facts, rule)
    found = Facts(kind, bare.width, bare.height, len(written), mode=bare.mode)
    return Mended(written, found, (said("mend.hidden"),))


def _blanked(image: Image.Image) -> Image.Image | None:
    if not image.has_transparency_data:
        return None
    layer = image.convert("RGBA")
    unseen = layer.getchannel("A").point([255, *([0] * 255)])
    # One colour all over, as editors leave it there, hides nothing.
    if all(sum(map(bool, band.histogram(unseen))) <= 1 for band in layer.split()[:3]):
        return None
    layer.paste((0, 0, 0, 0), mask=unseen)
    return layer


def _within(image: Image.Image, side: int) -> Image.Image:
    """Shrunk first, before anything else makes copies: the largest picture takes 200 MB decoded."""
    if max(image.size) <= side:
        return image
    smooth = image.convert(_shaded_mode(image)) if image.mode in _WITHOUT_SHADES else image
    smooth.thumbnail((side, side), Image.Resampling.LANCZOS)
    return smooth


def _notes_of(facts: Facts, rule: ImageRule, image: Image.Image, kind: str) -> tuple[str, ...]:
    new = kind if kind == "PNG" else said("mend.quality", kind=kind, quality=JPEG_QUALITY)
    values = asdict(facts) | {"new_width": image.width, "new_height": image.height, "new_format": new}
    return tuple(said(f"mend.{mend.name}", **values) for mend in MENDS if mend.wanted(facts, rule))


def _shallow(image: Image.Image) -> Image.Image:
    """8 bits a colour: Pillow itself would cut the highest 16-bit values off."""
    if not image.mode.startswith("I;16"):
        return image
    return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")


def on_white(image: Image.Image) -> Image.Image:
    """The image without transparency, on white; itself where it has none."""
    if not image.has_transparency_data:
        return image
    layer = image.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")


def _in_srgb(image: Image.Image) -> Image.Image:
    """RGB, RGBA or grey, by the picture's own profile where it can be read."""
    profile = image.info.get("icc_profile")
    plain = image if image.mode in ("L", "RGB", "RGBA", *CMYK) else image.convert(_plain_mode(image))
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            wanted_mode = "RGBA" if plain.mode == "RGBA" else "RGB"
            turned = ImageCms.profileToProfile(plain, own, _srgb(), outputMode=wanted_mode)
        except (ImageCms.PyCMSError, *BROKEN):
            turned = None
        if turned is not None:
            turned.info.pop("icc_profile", None)
            return turned.convert("L") if plain.mode == "L" else turned
    return plain.convert("RGB") if plain.mode in CMYK else plain


def _shaded_mode(image: Image.Image) -> str:
    return "L" if image.mode == "1" and not image.has_transparency_data else _plain_mode(image)


def _plain_mode(image: Image.Image) -> str:
    return "RGBA" if image.has_transparency_data else "RGB"


def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _written(image: Image.Image, facts: Facts, rule: ImageRule) -> tuple[bytes, str]:
    """PNG where nothing was lost so far or there is transparency, and it fits; else JPEG."""
    if facts.format in _LOSSLESS or image.mode == "RGBA":
        data = encoded(image, "PNG")
        if len(data) <= rule.max_bytes:
            return data, "PNG"
    return encoded(on_white(image), "JPEG"), "JPEG"


def encoded(image: Image.Image, kind: str, quality: int = JPEG_QUALITY) -> bytes:
    """The picture as a file of a kind, with its colour profile; without EXIF and comments."""
    buffer = io.BytesIO()
    profile = image.info.get("icc_profile")
    image.save(buffer, kind, quality=quality, icc_profile=profile, **_OPTIONS.get(kind, {}))
    return buffer.getvalue()
