"""The Try-on form as it was: kept by the browser between visits, and found again in each job's request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from tryon_core import (
    DEFAULT_MODEL,
    Age,
    Body,
    DescribedModel,
    FilePicture,
    GarmentType,
    Gender,
    InvalidRequest,
    Job,
    LibraryModel,
    Model,
    OwnPhotos,
    Picture,
    Style,
    TryOnRequest,
    Version,
    View,
    check_fields,
)
from tryon_ui.files import served
from tryon_ui.kept_files import SAMPLE, kept_place, place_of
from tryon_ui.samples import DEFAULT_SAMPLE, Samples
from tryon_ui.tabs.form_choices import COUNTS, MODES
from tryon_ui.tabs.tryon_form import Form
from tryon_ui.texts import said, say

KEY: Final = "try-on-studio.form"
_BESIDE: Final = "beside"
_ALLOWED: Final[Mapping[str, Sequence[object]]] = {
    "mode": MODES,
    "gender": list(Gender),
    "age": list(Age),
    "body": list(Body),
    "style": list(Style),
    "view": list(View),
    "count": COUNTS,
    "garment_type": list(GarmentType),
    "version": list(Version),
}


@dataclass(frozen=True, slots=True)
class Recalled:
    """A form found again, and the names of its photos that are not here any more."""

    form: Form
    missing: tuple[str, ...] = ()


def kept_of(form: Form, samples: Samples, beside: str = "") -> dict[str, Any]:
    """What the browser keeps of a form, and of which job was shown `beside` it. A typed link may be signed:
    it is kept nowhere."""
    garment, bottom = (kept_place(path, samples) for path in (form.garment, form.bottom))
    kept = replace(form, garment=garment, bottom=bottom, link="")
    return asdict(kept) | {"photos": list(form.photos), _BESIDE: beside}


def opening_form(samples: Samples, *, trial: bool) -> Form:
    """The form of a page that nobody has touched."""
    first = samples.garment(DEFAULT_SAMPLE)
    return Form(garment=str(first.path) if first else None, trial=trial)


def is_untouched(form: Form, samples: Samples, *, vendor: str, trial: bool) -> bool:
    """Whether a form is as the page was opened with it. A link counts too: it is not kept, so it could not be
    brought back."""
    opening = replace(opening_form(samples, trial=trial), vendor=vendor)
    return not form.link and kept_of(form, samples) == kept_of(opening, samples)


def is_kept_beside(kept: object, job_id: str) -> bool:
    """Whether the form that the browser kept was last changed while that job was shown."""
    return isinstance(kept, dict) and bool(job_id) and kept.get(_BESIDE) == job_id


def recalled(kept: object, samples: Samples) -> Recalled | None:
    """The form that the browser kept; None where it kept none. It comes from outside: what is not a value of
    the form's is left at its usual one, and a path is taken only where it is a visitor's own upload."""
    if not isinstance(kept, dict):
        return None
    known = {
        name: kept[name] for name in Form.__dataclass_fields__ if name in kept and _is_known(name, kept[name])
    }
    try:
        form = Form(**{"garment": None, **known})
        form = replace(form, photos=tuple(form.photos), link="")
        check_fields(form)
    except (InvalidRequest, TypeError):
        return None
    return _with_files_here(form, samples)


def of_job(job: Job, samples: Samples) -> Form | None:
    """The form that a job was made from; None for one that was not made here. Its pictures are copies."""
    asked = job.request
    if not isinstance(asked, TryOnRequest):
        return None
    first, *more = asked.suits[0].garments
    names = _garment_names(job.title)
    put = _putter(job.id, samples)
    form = Form(
        garment=put(first.picture, names[0]),
        bottom=put(more[0].picture, names[-1]) if more else None,
        view=asked.view.value,
        count=asked.count,
        garment_type="auto" if more else first.type.value,
        version=asked.version.value,
        quality_gate=asked.quality_gate,
        trial=asked.trial,
        vendor=job.vendor,
    )
    return _with_model(form, asked.model, put)


def _is_known(name: str, value: object) -> bool:
    return name not in _ALLOWED or value in _ALLOWED[name]


def _with_files_here(form: Form, samples: Samples) -> Recalled:
    missing: list[str] = []

    def here(place: str | None) -> str | None:
        found = place_of(place, samples) if place else None
        if place and found is None and not place.startswith(SAMPLE):
            missing.append(Path(place).name[:60])
        return found

    photos = tuple(path for path in map(here, form.photos) if path)
    found = replace(form, garment=here(form.garment), bottom=here(form.bottom), photos=photos)
    return Recalled(found, tuple(missing))


def _putter(job_id: str, samples: Samples) -> Callable[[Picture, str], str | None]:
    """Lays a job's picture where the page may show it, under a name that a reader knows."""

    def put(picture: Picture, name: str) -> str | None:
        if not isinstance(picture, FilePicture) or not picture.path.is_file():
            return None
        sample = samples.same_as(picture.path)
        return served(sample.path) if sample else served(picture.path, job_id, name)

    return put


def _garment_names(title: str) -> tuple[str, ...]:
    """`Hoodie and jeans on James` names two garments; a title of the visitor's own is one name."""
    before, _, _ = said("form.title", garment="{0}", model="{1}").partition("{1}")
    between = before.removeprefix("{0}")
    garments = title.rpartition(between)[0] or title
    return tuple(garments.split(said("form.outfit", top="", bottom="")))


def _with_model(form: Form, model: Model, put: Callable[[Picture, str], str | None]) -> Form:
    match model:
        case LibraryModel():
            return replace(form, mode="library", library=model.name)
        case DescribedModel():
            return replace(
                form,
                mode="describe",
                library=DEFAULT_MODEL,
                gender=model.gender.value,
                style=model.style.value,
                age=model.age.value,
                body=model.body.value,
            )
        case OwnPhotos():
            photos = (put(photo, say("form.model_photo", n=n)) for n, photo in enumerate(model.pictures, 1))
            return replace(form, mode="photos", photos=tuple(path for path in photos if path))
