"""What a row is called by itself: by the names of its files."""

from pathlib import Path

import pytest

from tryon_core.choices import GarmentType
from tryon_core.collections.naming import names_of
from tryon_core.collections.new import NewGarment
from tryon_core.request import FilePicture, Garment, Suit


@pytest.mark.parametrize(
    ("file", "name", "article"),
    [
        ("4711_striped-shirt.jpg", "Striped shirt", "4711"),
        ("striped-shirt-4711.jpg", "Striped shirt", "4711"),
        ("hoodie.jpg", "Hoodie", ""),
        ("4711.jpg", "4711", "4711"),
        # What is left beside the number says nothing by itself.
        ("615374-02.jpg", "615374 02", "615374"),
        ("Reh200-12.jpg", "Reh200 12", "Reh200"),
    ],
)
def test_words_are_the_name_and_a_number_is_the_article(file: str, name: str, article: str) -> None:
    assert names_of(NewGarment(Suit((Garment(FilePicture(Path(file))),)))) == (name, article)


def test_an_outfit_is_named_by_both_its_parts() -> None:
    tops = Garment(FilePicture(Path("4711_hoodie.jpg")), GarmentType.TOPS)
    bottoms = Garment(FilePicture(Path("Jeans-4712.jpg")), GarmentType.BOTTOMS)
    assert names_of(NewGarment(Suit((tops, bottoms)))) == ("Hoodie and jeans", "4711")
    assert names_of(NewGarment(Suit((tops, bottoms)), name="Monday")) == ("Monday", "4711")
