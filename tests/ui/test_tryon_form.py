"""From the form to a request, and to words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tryon_core import (
    DescribedModel,
    FilePicture,
    GarmentType,
    Gender,
    InvalidRequest,
    LibraryModel,
    LinkPicture,
    OwnPhotos,
    Version,
    View,
    picture_at,
)
from tryon_ui.collection.draft import Row, suit_of
from tryon_ui.files import check_picture
from tryon_ui.samples import load
from tryon_ui.tabs.refine_events import request_of as refine_request
from tryon_ui.tabs.tryon_form import Form, picture_count, request_of, title_of


def test_the_opening_form_is_one_garment_on_a_library_model() -> None:
    request = request_of(Form("/x/hoodie.jpg"))

    assert request.model == LibraryModel("James") and request.count == 4
    assert [garment.type for garment in request.suits[0].garments] == [GarmentType.AUTO]


def test_with_a_bottom_the_two_are_a_top_and_a_bottom() -> None:
    request = request_of(Form("/x/hoodie.jpg", "/x/jeans.jpg", garment_type="dresses"))

    assert [garment.type for garment in request.suits[0].garments] == [GarmentType.TOPS, GarmentType.BOTTOMS]


def test_a_link_is_used_in_place_of_the_photo() -> None:
    request = request_of(Form("/x/hoodie.jpg", link=" https://shop.example/a.jpg "))

    assert request.suits[0].garments[0].picture == LinkPicture("https://shop.example/a.jpg")


@pytest.mark.parametrize("scheme", ["http", "https", "HTTPS", "Http"])
def test_an_address_is_a_link_whatever_case_its_scheme_is_in(scheme: str) -> None:
    address = f"{scheme}://shop.example/a.jpg?key=1"

    assert picture_at(address) == LinkPicture(address)
    check_picture(address, "the garment")
    assert request_of(Form(address)).suits[0].garments[0].picture == LinkPicture(address)
    assert suit_of(Row(address)).garments[0].picture == LinkPicture(address)


@pytest.mark.parametrize(
    "path", ["https", "httpsx://a.jpg", "folder/https://a.jpg", "ftp://shop.example/a.jpg"]
)
def test_what_only_looks_like_an_address_is_the_path_of_a_file(path: str) -> None:
    assert picture_at(path) == FilePicture(Path(path))


@pytest.mark.parametrize(
    "typed", ["/etc/hostname", "data/.state-secret", "file:///etc/hostname", "C:\\x.jpg"]
)
def test_what_is_typed_as_a_link_never_names_a_file_of_this_machine(typed: str) -> None:
    with pytest.raises(InvalidRequest, match="http"):
        request_of(Form("/x/hoodie.jpg", link=typed))


def test_only_the_chosen_way_to_name_a_model_counts() -> None:
    form = Form("/x/a.jpg", mode="describe", library="Zuri", gender="male", photos=("/x/p.jpg",))

    assert request_of(form).model == DescribedModel(gender=Gender.MALE)


def test_own_photos_decide_how_many_pictures_come() -> None:
    form = Form("/x/a.jpg", mode="photos", photos=("/x/p.jpg", "/x/q.jpg"), count=8)

    assert isinstance(request_of(form).model, OwnPhotos) and picture_count(form) == 2


def test_the_rare_options_reach_the_request() -> None:
    request = request_of(
        Form("/x/a.jpg", view="mixed", version="pro", quality_gate=True, trial=True, count=2)
    )

    assert (request.view, request.version) == (View.MIXED, Version.PRO)
    assert (request.quality_gate, request.trial, request.count) == (True, True, 2)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (Form(None), "garment photo"),
        (Form("/x/a.jpg", mode="photos"), "model photos"),
        (Form("/x/a.jpg", view="sideways"), "view"),
        (Form("/x/a.jpg", garment_type="hats"), "garment type"),
        (Form("/x/a.jpg", count=9), "number of pictures"),
        (Form("/x/a.jpg", library=None), "model"),
    ],
)
def test_a_form_that_cannot_be_sent_names_the_field(form: Form, field: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        request_of(form)

    assert caught.value.field == field


@pytest.mark.parametrize(
    ("form", "title"),
    [
        (Form("/tmp/1/hoodie.jpg"), "Hoodie on James"),
        (Form("/tmp/1/hoodie.jpg", "/tmp/2/jeans.jpg"), "Hoodie and jeans on James"),
        (Form("/tmp/1/my_red-coat.png", library="Zuri"), "My red coat on Zuri"),
        (Form(None, link="https://x.example/?signed=1"), "Garment by link on James"),
        (Form("/tmp/1/tee.jpg", mode="describe"), "Tee on a described model"),
        (Form("/tmp/1/tee.jpg", mode="photos"), "Tee on my photos"),
        (Form("/tmp/1/___.jpg"), "Garment on James"),
    ],
)
def test_a_job_is_named_after_what_is_worn_and_by_whom(form: Form, title: str, assets: Path) -> None:
    assert title_of(form, load(assets)) == title


def test_a_refine_form_without_a_person_says_so() -> None:
    with pytest.raises(InvalidRequest) as caught:
        refine_request("/x/coarse.png", None, "/x/top.jpg", None, "woman")

    assert caught.value.field == "Person photo"


def test_a_refine_form_without_a_gender_says_what_can_be_chosen() -> None:
    with pytest.raises(InvalidRequest) as caught:
        refine_request("/x/coarse.png", "/x/person.png", "/x/top.jpg", None, None)

    assert (caught.value.field, caught.value.limit) == ("gender", "woman, man")
