"""Reads and checks the form of a refinement: what is refused at once, and what fails at the poll."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.datastructures import FormData, UploadFile

from tryon_sandbox.ailab.errors import AilabError
from tryon_sandbox.decoding import Photo, look_at

_REQUIRED_FILES = ("person_image", "top_garment", "coarse_image")
_FILES = (*_REQUIRED_FILES, "bottom_garment")
_WORDS = {"task_type": ("async",), "gender": ("woman", "man")}
_ORDER = ("task_type", *_REQUIRED_FILES, "gender")

_FORMATS = frozenset({"JPEG", "PNG", "BMP"})
_LEAST_BYTES = 5 * 1024
_MOST_BYTES = 5 * 1024 * 1024
_SHORTEST = 151
_LONGEST = 4095

_EMPTY = "Cannot be empty."


@dataclass(frozen=True, slots=True)
class RefineForm:
    """A complete form: photos by field name (`bottom_garment` may be missing), and `woman` or `man`."""

    photos: Mapping[str, bytes] = field(repr=False)
    gender: str

    @property
    def fingerprint(self) -> str:
        """The same for the same photos and words, however the form was packed."""
        parts = [f"{name}={hashlib.sha256(data).hexdigest()}" for name, data in sorted(self.photos.items())]
        return hashlib.sha256("\n".join([self.gender, *parts]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PhotoProblem:
    """What is wrong with a photo, answered at the poll: a code of the vendor's table, and its detail."""

    code: str
    detail: str


async def read_form(form: FormData) -> RefineForm:
    """The form's content. Raises `AilabError` 400 naming the first field that is missing or not allowed.

    A file field that came as text is empty, as at the vendor; so is a file of no bytes.
    """
    photos = {name: data for name in _FILES if (data := await _file(form, name))}
    for name in _ORDER:
        if name in _WORDS:
            _check_word(form, name)
        elif name not in photos:
            raise AilabError("UNSUPPORTED_PARAMETER_VALUES", f"{name}: {_EMPTY}")
    return RefineForm(photos, str(form["gender"]))


async def _file(form: FormData, name: str) -> bytes:
    value = form.get(name)
    return await value.read() if isinstance(value, UploadFile) else b""


def _check_word(form: FormData, name: str) -> None:
    value = form.get(name)
    if not isinstance(value, str) or not value:
        raise AilabError("UNSUPPORTED_PARAMETER_VALUES", f"{name}: {_EMPTY}")
    if value not in _WORDS[name]:
        allowed = ", ".join(_WORDS[name])
        raise AilabError("UNSUPPORTED_PARAMETER_VALUES", f"{name}: Must be one of {allowed}.")


def look_at_photos(form: RefineForm) -> dict[str, Photo]:
    """What the photos are. Raises `AilabError`: 422 for what cannot be read, 415 for another format."""
    found = {}
    for name, data in form.photos.items():
        photo = look_at(data)
        if photo is None:
            raise AilabError("FILE_DECODING_FAILURE", f"{name}: Not a readable image.")
        if photo.format not in _FORMATS:
            raise AilabError("UNSUPPORTED_FILE_TYPES", f"{name}: Must be JPG, JPEG, PNG or BMP.")
        found[name] = photo
    return found


def find_problem(form: RefineForm, photos: Mapping[str, Photo]) -> PhotoProblem | None:
    """What the poll will answer instead of a picture: a photo too light, heavy, small or large, or sizes
    that differ.

    5 MB and the sides are the page's (it says larger than 150 and smaller than 4096); 5 KB, the equal sizes
    and that all of it comes at the poll were seen at the vendor or stand in the documents of the service
    behind it.
    """
    for name, data in form.photos.items():
        if not _LEAST_BYTES <= len(data) <= _MOST_BYTES:
            return PhotoProblem("FILE_SIZE_EXCEEDS_LIMIT", f"InvalidInputLength - {name}: 5 KB to 5 MB.")
    for name, photo in photos.items():
        if photo.shortest < _SHORTEST or photo.longest > _LONGEST:
            return PhotoProblem(
                "FILE_RESOLUTION_EXCEEDS_LIMITS", f"InvalidInputLength - {name}: 151 to 4095 pixels a side."
            )
    return _unequal(photos["person_image"], photos["coarse_image"])


def _unequal(person: Photo, coarse: Photo) -> PhotoProblem | None:
    if (person.width, person.height) == (coarse.width, coarse.height):
        return None
    detail = "InvalidParameter - coarse_image: Its size is not the same as that of person_image."
    return PhotoProblem("UNSUPPORTED_PARAMETER_VALUES", detail)
