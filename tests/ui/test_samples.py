"""The samples that are in place before a visitor has brought anything."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tryon_core import GarmentType, PersonGender
from tryon_ui.head import head, tiles_css
from tryon_ui.samples import DEFAULT_MODEL, DEFAULT_SAMPLE, load


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


def test_each_tile_has_its_picture(assets: Path) -> None:
    css = tiles_css(load(assets))

    assert '#samples label:nth-of-type(1){--img:url("gradio_api/ext/a/garments/thumbs/hoodie.webp")}' in css
    assert '#library label:nth-of-type(3){--img:url("gradio_api/ext/a/models/Alba.webp")}' in css


def test_the_head_asks_no_other_host_for_anything(assets: Path) -> None:
    html = head(assets, load(assets))

    assert "http://" not in html and "https://" not in html
    assert "gradio_api/ext/a/fonts/instrument-sans.woff2" in html
