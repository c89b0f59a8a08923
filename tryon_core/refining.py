"""From a try-on picture to the refiner, with everything filled in that can be known."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tryon_core.choices import Capability, GarmentType, Gender, PersonGender
from tryon_core.errors import InvalidRequest
from tryon_core.images.facts import facts_of
from tryon_core.job_state import Job, RefineDraft
from tryon_core.request import (
    DescribedModel,
    FilePicture,
    Garment,
    LibraryModel,
    Model,
    OwnPhotos,
    TryOnRequest,
)

_GENDERS = {Gender.FEMALE: PersonGender.WOMAN, Gender.MALE: PersonGender.MAN}
STAND_IN = "The try-on picture stands in for the person: a library model has no photo."
OTHER_SIZE = "The try-on picture stands in for the person: no model photo has its size."
NO_TOP = "No top is known: add the top that the person wears."
NO_GENDER = "Choose the gender of the person."
LINKED = "A garment was given as a link: add its file."


def draft(job: Job, number: int, genders: Mapping[str, PersonGender]) -> RefineDraft:
    """What the refiner needs for picture `number` of a try-on job. Reads picture headers: blocks shortly.

    `genders`: what is known of library models, by name.
    """
    request = job.request
    if job.capability is not Capability.TRY_ON:
        raise InvalidRequest("job", "a refine job", "a try-on job")
    chosen = next((picture.path for picture in job.pictures if picture.number == number), None)
    if chosen is None:
        raise InvalidRequest("picture", f"number {number}", f"one of the {len(job.pictures)} of this job")
    if not isinstance(request, TryOnRequest):
        return RefineDraft(chosen, None, None, chosen, None, (STAND_IN, NO_TOP, NO_GENDER))
    person, person_note = _person(request.model, chosen)
    garments = request.suits[0].garments
    top = _worn(garments, GarmentType.TOPS, GarmentType.DRESSES, GarmentType.AUTO)
    bottom = _worn(garments, GarmentType.BOTTOMS)
    gender = _gender(request.model, genders)
    notes = {
        person_note: person_note != "",
        LINKED: any(not isinstance(garment.picture, FilePicture) for garment in garments),
        NO_TOP: all(garment.type is GarmentType.BOTTOMS for garment in garments),
        NO_GENDER: gender is None,
    }
    said = tuple(note for note, holds in notes.items() if holds)
    return RefineDraft(person, top, bottom, chosen, gender, said)


def _gender(model: Model, genders: Mapping[str, PersonGender]) -> PersonGender | None:
    match model:
        case DescribedModel():
            return _GENDERS[model.gender]
        case LibraryModel():
            return genders.get(model.name)
        case OwnPhotos():
            return None


def _person(model: Model, chosen: Path) -> tuple[Path, str]:
    if not isinstance(model, OwnPhotos):
        return chosen, STAND_IN
    wanted = _pixels(chosen)
    photos = (picture.path for picture in model.pictures if isinstance(picture, FilePicture))
    fitting = next((photo for photo in photos if _pixels(photo) == wanted), None)
    return (fitting, "") if fitting else (chosen, OTHER_SIZE)


def _pixels(path: Path) -> tuple[int, int]:
    facts = facts_of(path)
    return facts.width, facts.height


def _worn(garments: tuple[Garment, ...], *types: GarmentType) -> Path | None:
    fitting = (garment.picture for garment in garments if garment.type in types)
    return next((picture.path for picture in fitting if isinstance(picture, FilePicture)), None)
