"""One step below, at and above every limit: the verdict, and its words."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from PIL import Image

from tests.core.images.boundaries import Row, rows
from tests.core.images.pictures import flat, mend, padded, put, turned
from tryon_core import (
    FilePicture,
    Garment,
    GarmentType,
    InvalidRequest,
    LibraryModel,
    LinkPicture,
    OwnPhotos,
    PersonGender,
    Picture,
    RefineRequest,
    Request,
    Sentence,
    Suit,
    TryOnRequest,
    VendorSpec,
    pictures_of,
    vendor,
    vendors_for,
)
from tryon_core.images.preflight import Examined
from tryon_core.images.rules import ImageRule
from tryon_core.jobs import admission
from tryon_core.requests import request as request_module
from tryon_core.requests.request_parts import with_pictures

ROWS = tuple(rows())


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_beside_a_limit_the_verdict_is_the_vendors_and_says_what_was_found_and_what_is_allowed(
    tmp_path: Path, row: Row
) -> None:
    data = row.data
    source = put(tmp_path, data)
    if row.verdict == "refused":
        with pytest.raises(InvalidRequest) as refused:
            mend("model photo 2", source, IMAGE_RULES[row.vendor])
        error = refused.value
        assert (error.field, error.found, error.limit) == ("model photo 2", row.found, row.limit)
        assert error.problem.what == f"Model photo 2: found {row.found}."
        assert error.problem.todo == f"Allowed: {row.limit}."
        return
    mended = mend("model photo 2", source, IMAGE_RULES[row.vendor])
    said = f"Model photo 2: {row.found}."
    assert (mended and mended.notes) == ((said,) if row.verdict == "mended" else None)
    assert source.read_bytes() == data


def test_every_rule_of_both_vendors_has_its_rows() -> None:
    rules = {(name, field.name) for name in IMAGE_RULES for field in fields(ImageRule)}
    assert rules == {(row.vendor, row.rule) for row in ROWS if row.rule != "pixels"}
    assert all(row.source for row in ROWS)


def test_every_limit_has_rows_on_both_of_its_sides() -> None:
    for name in IMAGE_RULES:
        for rule in ("min_side", "max_side", "max_bytes", "formats"):
            verdicts = {row.verdict for row in ROWS if (row.vendor, row.rule) == (name, rule)}
            assert "as it is" in verdicts and len(verdicts) > 1


def full_requests(folder: Path) -> tuple[Request, ...]:
    """A request of each kind in which every field for a picture is filled."""
    fine = FilePicture(put(folder, padded(flat(300, 400, "PNG"), "PNG", 6_000), "fine.png"))
    suit = Suit((Garment(fine, GarmentType.TOPS), Garment(fine, GarmentType.BOTTOMS)))
    photos = OwnPhotos((fine,) * 8)
    return (
        TryOnRequest((suit, suit), photos),
        RefineRequest(fine, fine, fine, PersonGender.MAN, bottom=fine),
    )


LABELS = {
    "garment-1-1": "garment",
    "garment-1-2": "bottom",
    "garment-2-1": "garment",
    "garment-2-2": "bottom",
    **{f"model-{number}": f"model photo {number}" for number in range(1, 9)},
    "person": "person photo",
    "top": "top",
    "coarse": "picture to refine",
    "bottom": "bottom",
}
# By vendor: sides that are refused, that fit, the bytes that are refused
IMAGE_RULES = {"aidge": vendor("aidge").image_rules["model"], "ailab": vendor("ailab").image_rules["top"]}


def usual(request: Request) -> VendorSpec:
    return vendors_for(request.capability)[0]


def examine(request: Request) -> dict[str, Examined]:
    return admission.examine(request, usual(request))


FIELD_CASES = {
    "aidge": ((149, 400), (150, 400), 15_728_641),
    "ailab": ((150, 400), (151, 400), 5_242_881),
}


def test_every_field_for_a_picture_is_held_to_its_vendors_rules_under_its_own_name(tmp_path: Path) -> None:
    seen = set()
    for request in full_requests(tmp_path):
        short, fits, heavy = FIELD_CASES[usual(request).id]
        files = {
            name: FilePicture(put(tmp_path, padded(flat(*sides, "PNG"), "PNG", size), name))
            for name, sides, size in (
                ("short", short, 6_000),
                ("fits", fits, 6_000),
                ("heavy", (300, 400), heavy),
            )
        }
        for name, _ in pictures_of(request):
            seen.add(name)
            others: dict[str, Picture] = {"person": files["fits"], "coarse": files["fits"]}
            assert examine(with_pictures(request, {**others, name: files["fits"]}))
            for wrong in ("short", "heavy"):
                with pytest.raises(InvalidRequest) as refused:
                    examine(with_pictures(request, {name: files[wrong]}))
                assert refused.value.field == LABELS[name]
    assert seen == LABELS.keys()


@pytest.mark.parametrize(
    ("width", "height", "fits"),
    [
        (300, 400, True),
        (299, 400, False),
        (301, 400, False),
        (300, 399, False),
        (300, 401, False),
        (400, 300, False),
    ],
)
def test_the_coarse_image_has_the_persons_size_to_the_pixel(
    tmp_path: Path, width: int, height: int, fits: bool
) -> None:
    (_, request) = full_requests(tmp_path)
    coarse = FilePicture(put(tmp_path, padded(flat(width, height, "PNG"), "PNG", 6_000), "coarse.png"))
    changed = with_pictures(request, {"coarse": coarse})
    if fits:
        assert examine(changed)["coarse"].facts.width == width
        return
    with pytest.raises(InvalidRequest) as refused:
        examine(changed)
    error = refused.value
    assert error.field == "picture to refine" and error.found == f"{width} × {height} pixels"
    assert error.limit == "the size of the person photo, 300 × 400 pixels"


def test_sizes_are_compared_as_a_viewer_sees_them(tmp_path: Path) -> None:
    (_, request) = full_requests(tmp_path)
    lying = turned(Image.effect_noise((400, 300), 60))
    changed = with_pictures(request, {"coarse": FilePicture(put(tmp_path, lying, "coarse.jpg"))})
    assert examine(changed)["coarse"].facts.turned


PICTURE = LinkPicture("https://shop.example/a.jpg")


def suit(*types: GarmentType) -> Suit:
    return Suit(tuple(Garment(PICTURE, kind) for kind in types))


def of_count(count: int) -> TryOnRequest:
    return TryOnRequest((suit(GarmentType.AUTO),), LibraryModel("James"), count=count)


TOPS, BOTTOMS, DRESSES, AUTO = GarmentType.TOPS, GarmentType.BOTTOMS, GarmentType.DRESSES, GarmentType.AUTO
ONE_OR_PAIR = "one garment, or one top and one bottom"
ONE_EACH = "in a suit one is a top and one is a bottom"
WEB = "an address that begins with http:// or https://, and names a host"
# Aidge, Virtual Try-on Submit API: generateCount 1 to 8; modelImage at most 8; clothesList at most 2, tops
# and bottoms. What is made, the field, what is found, the limit; nothing found: it fits.
REQUEST_ROWS: tuple[tuple[Callable[[], object], str, str, str], ...] = (
    (lambda: of_count(0), "number of pictures", "0", "1 to 8"),
    (lambda: of_count(1), "number of pictures", "", ""),
    (lambda: of_count(8), "number of pictures", "", ""),
    (lambda: of_count(9), "number of pictures", "9", "1 to 8"),
    (lambda: of_count(-1), "number of pictures", "-1", "1 to 8"),
    (lambda: OwnPhotos(()), "model photos", "0 photos", "1 to 8 photos"),
    (lambda: OwnPhotos((PICTURE,)), "model photos", "", ""),
    (lambda: OwnPhotos((PICTURE,) * 8), "model photos", "", ""),
    (lambda: OwnPhotos((PICTURE,) * 9), "model photos", "9 photos", "1 to 8 photos"),
    (lambda: suit(), "garments", "0 garments", ONE_OR_PAIR),
    (lambda: suit(AUTO), "garments", "", ""),
    (lambda: suit(DRESSES), "garments", "", ""),
    (lambda: suit(TOPS, BOTTOMS), "garments", "", ""),
    (lambda: suit(TOPS, BOTTOMS, DRESSES), "garments", "3 garments", ONE_OR_PAIR),
    (lambda: suit(BOTTOMS, TOPS), "garment type", "", ""),
    (lambda: suit(TOPS, TOPS), "garment type", "tops and tops", ONE_EACH),
    (lambda: suit(BOTTOMS, BOTTOMS), "garment type", "bottoms and bottoms", ONE_EACH),
    (lambda: suit(DRESSES, TOPS), "garment type", "dresses and tops", ONE_EACH),
    (lambda: suit(AUTO, BOTTOMS), "garment type", "auto and bottoms", ONE_EACH),
    (lambda: TryOnRequest(()), "garments", "none", "at least one garment"),
    (lambda: LibraryModel("J"), "model", "", ""),
    (lambda: LibraryModel(""), "model", "no name", "the name of a library model"),
    (lambda: LibraryModel(" "), "model", "no name", "the name of a library model"),
    (lambda: LibraryModel("J" * 500), "model", "no such name", "the name of a library model"),
    (
        lambda: LibraryModel("https://a.example/b.jpg?Signature=c"),
        "model",
        "a link",
        "the name of a library model; a photo of one is given as a photo",
    ),
    (lambda: LibraryModel("J\n"), "model", "no such name", "the name of a library model"),
    (lambda: LinkPicture("http://a.example"), "picture link", "", ""),
    (lambda: LinkPicture("ftp://a.example"), "picture link", "no link", WEB),
    (lambda: LinkPicture(""), "picture link", "no link", WEB),
)


@pytest.mark.parametrize(("make", "field", "found", "limit"), REQUEST_ROWS)
def test_counts_and_combinations_are_held_to_the_vendors_page(
    make: Callable[[], object], field: str, found: str, limit: str
) -> None:
    if not limit:
        assert make() is not None
        return
    with pytest.raises(InvalidRequest) as refused:
        make()
    assert (refused.value.field, refused.value.found, refused.value.limit) == (field, found, limit)


def test_every_rule_of_a_request_has_rows_that_break_it() -> None:
    source = Path(str(request_module.__file__)).read_text("utf-8")
    raised = [
        f"rule.{call.args[0].value!s}.limit"
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "rule"
        if isinstance(call.args[0], ast.Constant)
    ]
    assert sorted(raised) == sorted({limit_broken_by(make).key for make, *_, limit in REQUEST_ROWS if limit})


def limit_broken_by(make: Callable[[], object]) -> Sentence:
    with pytest.raises(InvalidRequest) as refused:
        make()
    assert isinstance(refused.value.limit, Sentence)
    return refused.value.limit


def test_a_suit_keeps_to_its_rule_also_when_its_pictures_are_exchanged(tmp_path: Path) -> None:
    (request, _) = full_requests(tmp_path)
    assert isinstance(request, TryOnRequest)
    with pytest.raises(InvalidRequest):
        replace(request, count=9)
