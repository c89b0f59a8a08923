"""Advice on a picture when it is put in."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from PIL import Image

from tests.ui.fake_studio import FakeStudio
from tryon_ui.page_context import PageContext
from tryon_ui.samples import load
from tryon_ui.tabs import hints
from tryon_ui.wells import photos_with, taken_in

pytestmark = pytest.mark.anyio
HOUSE = Path(__file__).parent.parent.parent / "assets"


def context(folder: Path, assets: Path = HOUSE) -> PageContext:
    return PageContext(FakeStudio(folder / "jobs"), load(assets))  # type: ignore[arg-type]


def busy(path: Path, size: tuple[int, int] = (900, 1200)) -> Path:
    """A picture with something going on up to its rim."""
    dice = random.Random(7)
    small = Image.new("RGB", (9, 12))
    small.putdata([(dice.randrange(256),) * 3 for _ in range(108)])
    small.resize(size, Image.Resampling.NEAREST).save(path)
    return path


def plain(path: Path, size: tuple[int, int]) -> None:
    """A picture of something on white."""
    image = Image.new("RGB", size, "white")
    image.paste("navy", (300, 300, 600, 900))
    image.save(path)


async def test_a_busy_garment_photo_gets_one_calm_line(tmp_path: Path) -> None:
    look = hints.looker(context(tmp_path), hints.GARMENTS)
    html = await look(str(busy(tmp_path / "a.png", (300, 400))), None)

    assert html.count("<li>") == 1 and "Garment: the backdrop looks busy" in html
    assert 'aria-live="polite"' in html


async def test_a_plain_picture_and_no_picture_get_none(tmp_path: Path) -> None:
    plain(tmp_path / "plain.png", (900, 1200))
    look = hints.looker(context(tmp_path), hints.REFINED)

    assert "<li>" not in await look(None, str(tmp_path / "plain.png"), None, None)


async def test_each_picture_of_the_refiner_is_told_by_its_name(tmp_path: Path) -> None:
    wide = str(busy(tmp_path / "wide.png", (1200, 900)))
    html = await hints.looker(context(tmp_path), hints.REFINED)(wide, wide, wide, wide)

    assert [name in html for name in ("Picture to refine: it is wider", "Person photo: it is wider")] == [
        True
    ] * 2
    assert "Top: the backdrop" in html and "Bottom: the backdrop" in html


async def test_what_ships_with_the_app_is_never_advised_on_under_any_name(tmp_path: Path) -> None:
    samples = load(tmp_path)
    sample = samples.garments[0].path
    sample.parent.mkdir()
    busy(sample.with_suffix(".png")).rename(sample)
    shutil.copy(sample, tmp_path / "garment-1-1.jpg")
    mine = busy(tmp_path / "hoodie.jpg", (901, 1200))  # the same name, and another picture
    look = hints.looker(context(tmp_path, tmp_path), ("garment-1-1",))

    assert "<li>" not in await look(str(sample)) and "<li>" not in await look(
        str(tmp_path / "garment-1-1.jpg")
    )
    assert "backdrop" in await look(str(mine))


@pytest.mark.parametrize(
    ("name", "kind", "least"),
    [("garment-1-1", "garment", 150), ("bottom", "garment", 150), ("bottom", "bottom", 151)],
)
async def test_what_no_vendor_takes_in_a_place_is_put_out_of_it_in_words(
    tmp_path: Path, name: str, kind: str, least: int
) -> None:
    def of(side: int) -> str:
        return str(busy(tmp_path / f"{side}.bmp", (side, 400)))  # of more bytes than are wanted, too

    kept, silent = await taken_in(context(tmp_path), name, of(least), kind)
    gone, said = await taken_in(context(tmp_path), name, of(least - 1), kind)

    assert kept is not None and "<li>" not in silent
    assert gone is None and f"found {least - 1} × 400 pixels. Allowed: sides of at least {least}" in said


async def test_own_photos_that_no_vendor_takes_are_left_out_in_words(tmp_path: Path) -> None:
    good, small = (str(busy(tmp_path / f"{side}.bmp", (side, 400))) for side in (150, 149))
    photos = await photos_with(context(tmp_path), (), (good, small))

    assert photos.kept == (good,) and "149.bmp" in photos.said[0] and "at least 150" in photos.said[0]


async def test_own_model_photos_are_told_by_their_number(tmp_path: Path) -> None:
    plain(tmp_path / "good.png", (900, 1300))
    wide = busy(tmp_path / "wide.png", (1200, 900))
    html = await hints.of_photos(context(tmp_path), (str(tmp_path / "good.png"), str(wide)))

    assert "Model photo 2: it is wider than a standing person" in html and "Model photo:" not in html


async def test_a_file_that_is_no_picture_gets_no_advice(tmp_path: Path) -> None:
    (tmp_path / "x.jpg").write_text("no picture")

    assert "<li>" not in await hints.looker(context(tmp_path), ("garment-1-1",))(str(tmp_path / "x.jpg"))
