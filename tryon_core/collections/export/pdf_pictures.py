"""Pictures in a PDF as they are: JPEG's own bytes, and PNG's packed rows, which PDF unpacks the same way.

PDF 1.7, sections 7.4.4.4 (predictors: PNG's filters) and 7.4.8 (DCT). Anything else is packed anew, once.
"""

from __future__ import annotations

from fpdf import FPDF
from fpdf.image_datastructures import RasterImageInfo

from tryon_core.collections.export.shown_pictures import FULL_QUALITY, Shown, on_white, packed, profile_of
from tryon_core.images.file_segments import walk

_SPACES = {"L": ("DeviceGray", 1), "RGB": ("DeviceRGB", 3), "CMYK": ("DeviceCMYK", 4)}
_PNG_SPACES = {0: ("DeviceGray", 1), 2: ("DeviceRGB", 3)}  # by the number of the kind of colours
_EIGHT_BITS, _NOT_INTERLACED = 8, 0


def add_picture(pdf: FPDF, name: str, picture: Shown) -> None:
    """Makes a picture known to a PDF under a name, by which it can then be placed any number of times."""
    if name in pdf.image_cache.images:
        return
    info = _jpeg(picture) or _png(picture)
    if info is None:
        again = packed(on_white(picture), FULL_QUALITY)
        info = _info(again, picture.facts.width, picture.facts.height, "DCTDecode", *_SPACES["RGB"])
    cache = pdf.image_cache
    profile = profile_of(picture)
    kept = cache.icc_profiles.setdefault(profile, len(cache.icc_profiles)) if profile else None
    info |= {"i": len(cache.images) + 1, "usages": 0, "iccp_i": kept}
    cache.images[name] = RasterImageInfo(info)


def _jpeg(picture: Shown) -> dict[str, object] | None:
    facts = picture.facts
    if facts.format != "JPEG" or facts.turned or facts.mode not in _SPACES:
        return None
    return _info(picture.data, facts.width, facts.height, "DCTDecode", *_SPACES[facts.mode])


def _png(picture: Shown) -> dict[str, object] | None:
    """Without transparency, of eight bits, its rows in order: else the rows are not PDF's."""
    facts = picture.facts
    if facts.format != "PNG" or not picture.as_it_is or facts.odd:
        return None
    blocks = walk(picture.data).blocks
    bits, colours, _, _, interlaced = picture.data[24:29]
    through = any(block.kind == b"tRNS" for block in blocks)
    if (bits, interlaced, through) != (_EIGHT_BITS, _NOT_INTERLACED, False) or colours not in _PNG_SPACES:
        return None
    rows = b"".join(picture.data[block.body : block.end - 4] for block in blocks if block.kind == b"IDAT")
    return _info(rows, facts.width, facts.height, "FlateDecode", *_PNG_SPACES[colours])


def _info(data: bytes, width: int, height: int, filter_: str, space: str, colours: int) -> dict[str, object]:
    """What fpdf2 writes of a picture."""
    return {
        "data": data,
        "w": width,
        "h": height,
        "cs": space,
        "bpc": 8,
        "dpn": colours,
        "f": filter_,
        "inverted": space == "DeviceCMYK",
        "dp": f"/Predictor 15 /Colors {colours} /Columns {width}",
        "iccp": None,
    }
