"""What a row is called by itself: by the names of its files."""

from pathlib import Path

import pytest

from tryon_core.collections.naming import name_after, name_of_shown, names_of, usual_name
from tryon_core.collections.new import NewGarment
from tryon_core.requests.choices import GarmentType
from tryon_core.requests.request import FilePicture, Garment, Suit


@pytest.mark.parametrize(
    ("file", "name", "article"),
    [
        ("4711_striped-shirt.jpg", "Striped shirt", "4711"),
        ("striped-shirt-4711.jpg", "Striped shirt", "4711"),
        ("hoodie.jpg", "Hoodie", ""),
        # A number keeps its letters where the other parts are joined by something else.
        ("SKU-881 navy tee.jpg", "Navy tee", "SKU-881"),
        ("navy_tee_SKU-881b.jpg", "Navy tee", "SKU-881b"),
        ("SKU-881-navy-tee.jpg", "SKU navy tee", "881"),
        ("TEE-4711.jpg", "TEE", "4711"),
        ("4711.jpg", "4711", "4711"),
        # What is left beside the number says nothing by itself.
        ("615374-02.jpg", "615374 02", "615374"),
        ("Reh200-12.jpg", "Reh200 12", "Reh200"),
        # A camera's number is no article's.
        ("IMG_2044.jpg", "IMG 2044", ""),
        ("img_e2044 (1).jpg", "Img e2044 (1)", ""),
        ("IMG-20240501-WA0003.jpg", "IMG 20240501 WA0003", ""),
        ("DSC01234.jpg", "DSC01234", ""),
        ("_DSC1234.jpg", "DSC1234", ""),
        ("DSCN0012.jpg", "DSCN0012", ""),
        ("PXL_20240501_101500123.jpg", "PXL 20240501 101500123", ""),
        ("P1040321.jpg", "P1040321", ""),
        ("P_20240501_101500.jpg", "P 20240501 101500", ""),
        ("20240501_101500.jpg", "20240501 101500", ""),
        ("Screenshot 2024-05-01 at 10.15.00.jpg", "Screenshot 2024 05 01 at 10.15.00", ""),
        (
            "WhatsApp Image 2024-05-01 at 10.15.00 AM (1).jpg",
            "WhatsApp Image 2024 05 01 at 10.15.00 AM (1)",
            "",
        ),
        ("DJI_0001.jpg", "DJI 0001", ""),
        # Nor is the ending that a converted file kept a name.
        ("IMG_2045.HEIC.jpg", "IMG 2045", ""),
        ("rain-coat-4711.png.jpg", "Rain coat", "4711"),
        ("微信图片_20240501101500.jpg", "微信图片 20240501101500", ""),
        ("IMG_2044_rain-coat.jpg", "Rain coat", ""),
        ("IMG_2044_rain-coat-4711.jpg", "Rain coat", "4711"),
        ("IMG_2044_4711.jpg", "IMG 2044 4711", ""),
        # What only begins like one of theirs.
        ("P-100_shirt.jpg", "Shirt", "P-100"),
        ("image-tee-4711.jpg", "Image tee", "4711"),
        ("picnic-dress-12.jpg", "Picnic dress", "12"),
        ("20240501-coat.jpg", "Coat", "20240501"),
    ],
)
def test_words_are_the_name_and_a_number_is_the_article(file: str, name: str, article: str) -> None:
    assert names_of(NewGarment(Suit((Garment(FilePicture(Path(file))),)))) == (name, article)


def test_an_outfit_is_named_by_both_its_parts() -> None:
    tops = Garment(FilePicture(Path("4711_hoodie.jpg")), GarmentType.TOPS)
    bottoms = Garment(FilePicture(Path("Jeans-4712.jpg")), GarmentType.BOTTOMS)
    assert names_of(NewGarment(Suit((tops, bottoms)))) == ("Hoodie and jeans", "4711")
    assert names_of(NewGarment(Suit((tops, bottoms)), name="Monday")) == ("Monday", "4711")


def test_a_name_that_counts_all_garments_is_not_another_count_for_some_of_them() -> None:
    names = ["Coat", "Shirt", "Skirt", "Tee", "Dress", "Hoodie"]
    counted = usual_name(names)
    assert name_of_shown(str(counted), names, names[:5]) == counted == "Collection of 6 garments"
    assert name_of_shown(str(counted), names, names[:2]) == "Coat and Shirt"
    assert name_of_shown("Spring", names, names[:5]) == "Spring"
    assert name_after(str(counted), names, usual_name(names[:5])) == "Collection of 5 garments"
