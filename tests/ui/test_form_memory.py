"""The Try-on form as the browser keeps it, and as a job's request tells it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.conftest import MakeJob
from tryon_core import (
    DescribedModel,
    FilePicture,
    Garment,
    GarmentType,
    Gender,
    LibraryModel,
    OwnPhotos,
    PickedUp,
    Suit,
    TryOnRequest,
    View,
)
from tryon_ui.files import new_folder
from tryon_ui.samples import load
from tryon_ui.tabs.form_memory import is_untouched, kept_of, of_job, opening_form, recalled
from tryon_ui.tabs.tryon_form import Form, request_of

SAMPLES = load(Path(__file__).parents[2] / "assets")
SIGNED = "https://shop.example/coat.jpg?signature=secret"

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
fields = st.sampled_from(sorted(Form.__dataclass_fields__))


@pytest.fixture
def upload(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An upload where Gradio takes them in, at a path of its own."""
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    path = new_folder() / "my coat.jpg"
    path.write_bytes(b"a photo")
    return path


def test_what_the_browser_keeps_comes_back_as_it_was(upload: Path) -> None:
    form = Form(
        str(upload), str(upload), "describe", "Nora", "male", "children", "curvy", "universal_2",
        (str(upload),), "halfbody", 2, "dresses", "pro", True, True, "", "aidge",
    )  # fmt: skip
    found = recalled(json.loads(json.dumps(kept_of(form, SAMPLES))), SAMPLES)
    assert found is not None and (found.form, found.missing) == (form, ())


def test_a_sample_is_kept_by_its_name_and_a_typed_link_not_at_all(upload: Path) -> None:
    form = Form("/elsewhere/hoodie.jpg", link=SIGNED)
    kept = kept_of(form, SAMPLES)
    found = recalled(kept, SAMPLES)
    assert "secret" not in json.dumps(kept) and "elsewhere" not in json.dumps(kept)
    assert found is not None and Path(found.form.garment or "").name == "hoodie.jpg"


def test_a_form_with_a_link_typed_while_the_page_opens_is_not_filled_in_again() -> None:
    opened = replace(opening_form(SAMPLES, trial=False), vendor="aidge")
    assert is_untouched(opened, SAMPLES, vendor="aidge", trial=False)
    for typed in (replace(opened, link=SIGNED), replace(opened, count=1), replace(opened, garment=None)):
        assert not is_untouched(typed, SAMPLES, vendor="aidge", trial=False)


def test_a_photo_that_has_gone_meanwhile_is_named(upload: Path) -> None:
    kept = kept_of(Form(str(upload)), SAMPLES)
    upload.unlink()
    found = recalled(kept, SAMPLES)
    assert found is not None and (found.form.garment, found.missing) == (None, ("my coat.jpg",))


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret", "", "sample:", "sample:../x", "a\0b"])
def test_a_path_that_is_no_upload_is_not_taken(upload: Path, path: str) -> None:
    found = recalled({"garment": path, "bottom": path, "photos": [path]}, SAMPLES)
    assert found is not None and (found.form.garment, found.form.bottom, found.form.photos) == (
        None,
        None,
        (),
    )


@given(st.dictionaries(fields, anything) | anything)
def test_whatever_a_browser_kept_is_a_form_that_can_be_read_or_none(kept: object) -> None:
    found = recalled(kept, SAMPLES)
    if found is not None:
        sendable = replace(found.form, garment="/x/hoodie.jpg", photos=("/x/model.jpg",), library="James")
        assert isinstance(request_of(replace(sendable, garment_type="auto")), TryOnRequest)


MODELS = [
    LibraryModel("Nora"),
    DescribedModel(Gender.MALE),
    OwnPhotos((FilePicture(SAMPLES.garments[0].path),)),
]


@pytest.mark.parametrize("model", MODELS)
def test_a_jobs_request_fills_the_form_it_was_made_with(
    model: LibraryModel | DescribedModel | OwnPhotos, make_job: MakeJob, upload: Path
) -> None:
    hoodie, jeans = SAMPLES.garment("Hoodie"), SAMPLES.garment("Jeans")
    assert hoodie and jeans
    pair = Suit(
        (
            Garment(FilePicture(hoodie.path), GarmentType.TOPS),
            Garment(FilePicture(jeans.path), GarmentType.BOTTOMS),
        )
    )
    asked = TryOnRequest((pair,), model, View.HALF_BODY, 2, quality_gate=True)
    form = of_job(replace(make_job(1), request=asked), SAMPLES)
    assert form is not None
    again = request_of(form)
    assert (again.view, again.count, again.quality_gate) == (View.HALF_BODY, 2, True)
    assert [garment.type for garment in again.suits[0].garments] == [GarmentType.TOPS, GarmentType.BOTTOMS]
    assert isinstance(again.model, type(model)) and (isinstance(model, OwnPhotos) or again.model == model)


def test_an_own_garment_is_called_as_in_the_jobs_title(make_job: MakeJob, upload: Path) -> None:
    asked = TryOnRequest((Suit((Garment(FilePicture(upload)),)),), LibraryModel("James"))
    form = of_job(replace(make_job(1), request=asked, title="Red coat on James"), SAMPLES)
    assert form is not None and Path(form.garment or "").name == "red-coat.jpg"


def test_a_task_of_another_program_has_no_form(make_job: MakeJob) -> None:
    assert of_job(replace(make_job(1), request=PickedUp()), SAMPLES) is None


def test_what_a_job_filled_in_comes_back_as_well(make_job: MakeJob, upload: Path) -> None:
    asked = TryOnRequest((Suit((Garment(FilePicture(upload)),)),), LibraryModel("James"))
    form = of_job(replace(make_job(1), request=asked, title="Red coat on James"), SAMPLES)
    assert form is not None
    found = recalled(kept_of(form, SAMPLES), SAMPLES)
    assert found is not None and found.missing == () and found.form.garment == form.garment
