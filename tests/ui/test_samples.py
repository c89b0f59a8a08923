"""The samples that are in place before a visitor has brought anything."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from tryon_core import DEFAULT_MODEL, GarmentType, PersonGender
from tryon_ui.draw_sheets import ASSETS, drawn, garment_files, model_files
from tryon_ui.files import new_folder
from tryon_ui.head import head, tiles_css
from tryon_ui.samples import DEFAULT_SAMPLE, load
from tryon_ui.serving.sent_page.page_tags import PICTURE, PICTURE_SIZE
from tryon_ui.sheets import GARMENTS, MODELS


def test_the_opening_sample_and_model_are_there(assets: Path) -> None:
    samples = load(assets)
    first = samples.garment(DEFAULT_SAMPLE)

    assert first is not None and first.path.is_file()
    assert samples.models[0].name == DEFAULT_MODEL


def test_bottoms_are_known_as_bottoms(assets: Path) -> None:
    kinds = {sample.name: sample.kind for sample in load(assets).garments}

    assert [name for name, kind in kinds.items() if kind is GarmentType.BOTTOMS] == ["Jeans", "Skirt"]


def test_models_beside_the_known_ones_come_after_them_by_name(assets: Path) -> None:
    assert [tile.name for tile in load(assets).models] == ["James", "Ariel", "Alba"]


HOUSE = Path(__file__).parents[2] / "assets"


def test_ready_sets_for_the_refiner_ship_whole_and_of_one_size() -> None:
    for ready in load(HOUSE).refines:
        assert ready.top.is_file() and (ready.bottom is None or ready.bottom.is_file()), ready.name
        with Image.open(ready.coarse) as coarse, Image.open(ready.person) as person:
            assert coarse.size == person.size, ready.name


def test_a_ready_set_is_found_by_name_and_the_first_is_in_place() -> None:
    samples = load(HOUSE)
    man = samples.refining("Printed tee and jeans")

    assert man is not None and man.gender is PersonGender.MAN
    assert samples.refine.gender is PersonGender.WOMAN and samples.refining("Cape") is None


def test_a_copy_of_a_sample_is_still_that_sample(assets: Path) -> None:
    samples = load(assets)
    found = samples.by_path("/somewhere/else/jeans.jpg")

    assert found is not None and found.name == "Jeans"
    assert samples.by_path("/somewhere/mine.jpg") is None and samples.by_path(None) is None
    assert samples.by_path(new_folder() / "jeans.jpg") is None  # a visitor's own, whatever it shows


def test_refining_is_told_what_a_copy_of_a_sample_shows_by_its_bytes(assets: Path, tmp_path: Path) -> None:
    samples = load(assets)
    (copy := tmp_path / "garment-1-1.jpg").write_bytes((assets / "garments" / "jeans.jpg").read_bytes())
    (own := tmp_path / "jeans.jpg").write_bytes(b"a photo of the visitor's")

    assert samples.known.kind_of(copy) is GarmentType.BOTTOMS
    assert samples.known.kind_of(own) is GarmentType.AUTO
    assert samples.known.genders["James"] is PersonGender.MAN


def test_each_tile_has_its_place_on_its_sheet(assets: Path) -> None:
    css = tiles_css(load(assets), assets)

    assert '#samples{--img:url("gradio_api/ext/a/sheets/garments.webp");--of:600% 100%}' in css
    assert "#samples label:nth-of-type(1){--at:0% 0%}#samples label:nth-of-type(2){--at:20% 0%}" in css
    assert MODELS.place(6, 16) == ("66.67% 33.33%", "400% 400%") and MODELS.place(0, 1) == (
        "0% 0%",
        "400% 100%",
    )


def test_the_sheets_that_ship_show_the_pictures_that_ship_in_the_order_of_the_tiles() -> None:
    samples = load(ASSETS)
    listed = ((GARMENTS, garment_files(samples, ASSETS)), (MODELS, model_files(samples, ASSETS)))
    for sheet, files in listed:
        with Image.open(ASSETS / sheet.file) as shipped:
            there = shipped.convert("RGB")
        wanted = drawn(sheet, files)
        unlike = ImageStat.Stat(ImageChops.difference(there, wanted)).mean
        assert there.size == wanted.size and max(unlike) < 3, "run `make assets`"
    with Image.open(ASSETS / PICTURE) as card:
        assert card.size == PICTURE_SIZE


def test_the_head_asks_no_other_host_for_anything(assets: Path) -> None:
    html = head(assets, load(assets)).replace("http://www.w3.org/2000/svg", "")  # a name, no address

    assert "http://" not in html and "https://" not in html
    assert "gradio_api/ext/a/fonts/instrument-sans.woff2" in html
    assert not re.search(r"^\s*(//|/\*)", html, re.MULTILINE)  # remarks are not sent
