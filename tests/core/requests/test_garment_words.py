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
        *((name, TOPS) for name in ("Tank", "ribbed tank top", "linen singlets", "lace cami", "wool gilet")),
        *(
            (name, TOPS)
            for name in ("bomber jacket", "puffer", "sports bra", "corset", "zip hoody", "henley")
        ),
        *(
            (name, TOPS)
            for name in ("针织开衫", "白色T恤", "羽绒服", "马甲", "雪纺衫", "小西装", "西装外套", "加绒卫衣")
        ),
        *((name, TOPS) for name in ("吊带", "冲锋衣", "抹胸", "皮衣")),
        *(
            (name, BOTTOMS)
            for name in ("wide leg pant", "flare leggings", "track jogger", "kilt", "西装裤", "裙裤")
        ),
        *((name, DRESSES) for name in ("tank dress", "shirtdress", "qipao", "blue coveralls", "boilersuit")),
        *((name, DRESSES) for name in ("吊带连衣裙", "吊带裙", "背带裙", "婚纱", "连身裙")),
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
        *("Tank and skirt", "tank_and_skirt.jpg", "Top and skirt", "skirt with crop top", "cami + shorts"),
        *(
            "sweater over jeans",
            "co-ord",
            "pantsuit",
            "吊带和半裙",
            "卫衣搭牛仔裤",
            "上衣加短裤",
            "上衣两件套",
            "西装",
        ),
    ],
)
def test_a_name_that_tells_nothing_for_sure_is_not_guessed_at(name: str) -> None:
    assert kind_named(name) is AUTO
