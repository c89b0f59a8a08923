"""The samples that are in place before a visitor has brought anything."""

from __future__ import annotations

from pathlib import Path

from tryon_core import GarmentType
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
