"""From a try-on picture to the refiner, with everything filled in that can be known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tryon_core.errors import InvalidRequest, rule
from tryon_core.images.facts import facts_of
from tryon_core.job_state import Job, RefineDraft
from tryon_core.requests.choices import Capability, GarmentType, Gender, PersonGender
from tryon_core.requests.garment_words import kind_named
from tryon_core.requests.request import (
    DescribedModel,
    FilePicture,
    Garment,
    LibraryModel,
    Model,
    OwnPhotos,
    Suit,
    TryOnRequest,
)
from tryon_core.sentences import Sentence, said

_WITH_TOP = GarmentType.TOPS, GarmentType.DRESSES
_GENDERS = {Gender.FEMALE: PersonGender.WOMAN, Gender.MALE: PersonGender.MAN}


def _unknown(_photo: Path) -> GarmentType:
    return GarmentType.AUTO


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a front end knows of what it offers: the genders of library models, by name, and what a garment's
    photo shows, `AUTO` where it does not know. `kind_of` may read the file."""

    genders: Mapping[str, PersonGender] = field(default_factory=dict)
    kind_of: Callable[[Path], GarmentType] = _unknown


NOTHING_KNOWN = Catalogue()


def draft(job: Job, number: int, known: Catalogue) -> RefineDraft:
    """What the refiner needs for picture `number` (from 1) of a try-on job. Reads picture headers: blocks
    shortly. Raises `InvalidRequest` for a job of another kind, and for a picture that is not there."""
    request = job.request
    if job.capability is not Capability.TRY_ON:
        raise InvalidRequest(*rule("refined_already"))
    chosen = next((picture.path for picture in job.pictures if picture.number == number), None)
    if chosen is None:
        raise InvalidRequest(*rule("no_such_picture", number=number, count=len(job.pictures)))
    if not isinstance(request, TryOnRequest):
        notes = said("draft.stand_in"), said("draft.no_top"), said("draft.no_gender")
        return RefineDraft(chosen, None, None, chosen, None, notes, job.title)
    person, person_note = _person(request.model, chosen)
    garments = tuple(_known(garment, known, job.title) for garment in request.suits[0].garments)
    top = _worn(garments, *_WITH_TOP)
    bottom, unknown = _worn(garments, GarmentType.BOTTOMS), _worn(garments, GarmentType.AUTO)
    gender = _gender(request.model, known.genders)
    hold = {
        person_note: person_note != "",
        said("draft.linked"): any(not isinstance(garment.picture, FilePicture) for garment in garments),
        said("draft.no_top"): all(garment.type is GarmentType.BOTTOMS for garment in garments),
        said("draft.no_gender"): gender is None,
    }
    held = tuple(note for note in hold if hold[note])
    return RefineDraft(person, top, bottom, chosen, gender, held, job.title, unknown)


def has_top(suit: Suit, called: str, known: Catalogue = NOTHING_KNOWN) -> bool:
    """Whether a suit that is called so has a top, a dress or what may be one: without, a refiner takes no
    picture of it. May read the photos."""
    garments = tuple(_known(garment, known, called) for garment in suit.garments)
    return _worn(garments, *_WITH_TOP, GarmentType.AUTO) is not None


def _known(garment: Garment, known: Catalogue, title: str) -> Garment:
    """With its type, where nobody said it and the photo is known, or what it is called says it."""
    if garment.type is not GarmentType.AUTO:
        return garment
    kind = known.kind_of(garment.picture.path) if isinstance(garment.picture, FilePicture) else garment.type
    return replace(garment, type=kind_named(_called(title)) if kind is GarmentType.AUTO else kind)


def _called(title: str) -> str:
    """The garment's part of a job's title, which names the model, too; all of one that was typed."""
    return str(title.params.get("garments", title)) if isinstance(title, Sentence) else title


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
        return chosen, said("draft.stand_in")
    wanted = _pixels(chosen)
    photos = (picture.path for picture in model.pictures if isinstance(picture, FilePicture))
    fitting = next((photo for photo in photos if _pixels(photo) == wanted), None)
    return (fitting, "") if fitting else (chosen, said("draft.other_size"))


def _pixels(path: Path) -> tuple[int, int]:
    facts = facts_of(path)
    return facts.width, facts.height


def _worn(garments: tuple[Garment, ...], *types: GarmentType) -> Path | None:
    fitting = (garment.picture for garment in garments if garment.type in types)
    return next((picture.path for picture in fitting if isinstance(picture, FilePicture)), None)
