"""Which photos a refinement may have: what is refused at once, and what fails at the poll."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tryon_sandbox.ailab.errors import AilabError
from tryon_sandbox.ailab.form import RefineForm
from tryon_sandbox.decoding import Photo, look_at

_FORMATS = frozenset({"JPEG", "PNG", "BMP"})
_LEAST_BYTES = 5 * 1024
_MOST_BYTES = 5 * 1024 * 1024
_SHORTEST = 151
_LONGEST = 4095


@dataclass(frozen=True, slots=True)
class PhotoProblem:
    """What is wrong with a photo, answered at the poll: a code of the vendor's table, and its detail."""

    code: str
    detail: str


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
