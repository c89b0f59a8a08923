"""What a garment is by what it is called."""

import pytest

from tryon_core.requests.choices import GarmentType
from tryon_core.requests.garment_words import kind_named

TOPS, BOTTOMS, DRESSES, AUTO = GarmentType.TOPS, GarmentType.BOTTOMS, GarmentType.DRESSES, GarmentType.AUTO


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Jeans", BOTTOMS),
        ("4711_blue-jeans_front.jpg", BOTTOMS),
        ("wide leg trousers", BOTTOMS),
        ("Black_Pants", BOTTOMS),
        ("SKIRTS", BOTTOMS),
        ("suit pants", BOTTOMS),
        ("jeans with belt", BOTTOMS),
        ("jeans_top_view", BOTTOMS),
        ("pyjama bottoms", BOTTOMS),
        ("牛仔裤", BOTTOMS),
        ("百褶半身裙", BOTTOMS),
        ("T-Shirt", TOPS),
        ("t_shirt white", TOPS),
        ("denim jacket", TOPS),
        ("jean jacket", TOPS),
        ("dress shirt", TOPS),
        ("blouses", TOPS),
        ("crop top", TOPS),
        ("条纹衬衫", TOPS),
        ("shirt dress", DRESSES),
        ("Summer dresses", DRESSES),
        ("dress bottom", DRESSES),
        ("tube-top-dress", DRESSES),
        ("连衣裙", DRESSES),
        ("牛仔连体裤", DRESSES),
    ],
)
def test_a_name_says_what_a_garment_is(name: str, kind: GarmentType) -> None:
    assert kind_named(name) is kind


@pytest.mark.parametrize(
    "name",
    [
        *("", "IMG_2045", "garment-1-1", "Model on James", "striped", "short sleeves", "address label"),
        *("shirt and jeans", "dress with jacket", "tracksuit", "two piece set", "top and bottom"),
        *("hoodie + jeans", "tee/skirt", "Jean Paul 4711", "连衣裙 白衬衫", "衬衫和牛仔裤"),
        *("衬衫裙", "长裙", "运动套装"),
    ],
)
def test_a_name_that_tells_nothing_for_sure_is_not_guessed_at(name: str) -> None:
    assert kind_named(name) is AUTO
