"""From starred pictures to the refiner: what its request takes of the job that a picture is of."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from tryon_core import refining
from tryon_core.collections.creating import Maker
from tryon_core.collections.parts import Order
from tryon_core.collections.records import CellRecord, Whole
from tryon_core.collections.writing import Additions
from tryon_core.errors import InvalidRequest, rule
from tryon_core.job_state import Job
from tryon_core.refining import Catalogue
from tryon_core.requests.choices import GarmentType, PersonGender
from tryon_core.requests.request import FilePicture, RefineRequest
from tryon_core.sentences import said
from tryon_core.storage.store import Store

Picture = tuple[str, int]  # a job's id and the number of one of its pictures


Kinds = Mapping[str, GarmentType]
Genders = Mapping[str, PersonGender]


class Place(NamedTuple):
    """Where in the matrix a picture is of: the ids of its row and its column, "" for those of none."""

    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Wearing:
    """What is known of models and of what they wear; where that was asked, what garments are by their rows'
    ids and whom models show by their columns'; and the gender that holds where nothing else tells."""

    known: Catalogue
    other: PersonGender | None = None
    kinds: Kinds = field(default_factory=dict)
    genders: Genders = field(default_factory=dict)

    def at(self, place: Place) -> Wearing:
        """What is known at one place of the matrix: what somebody said of its garment comes first."""
        kind = self.kinds.get(place.row)
        known = replace(self.known, kind_of=lambda _photo: kind) if kind else self.known
        return replace(self, known=known, other=self.genders.get(place.column, self.other))


@dataclass(frozen=True, slots=True)
class Refinable:
    """What refining pictures asks for, by picture, and the titles of those that cannot be refined; the rows
    of which nothing tells what they are, and the columns of which nothing tells whom they show: they stand
    for tops and for women in the requests until somebody says it."""

    requests: Mapping[Picture, RefineRequest]
    left_out: tuple[str, ...]
    unknown: frozenset[str] = frozenset()
    unknown_models: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What refining one picture asks for, and which of that nothing tells."""

    request: RefineRequest
    knows_kind: bool = True
    knows_gender: bool = True


class Refining:
    """Reads jobs and their inputs."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def order_of(self, cell: CellRecord) -> Order:
        """What a cell asks for that refines a picture, under the title of that picture's job. Raises
        `InvalidRequest` or `JobNotFound`."""
        job = self._store.job(await self._store.record(cell.source_job_id or ""))
        gender = PersonGender(cell.gender or "")
        # What is no top was left out of what was ordered.
        wearing = Wearing(Catalogue(kind_of=lambda _photo: GarmentType.TOPS), gender)
        request = await asyncio.to_thread(request_for, job, cell.source_number or 0, wearing)
        return Order(request, said("title.refined", picture=job.title))

    async def requests(
        self, pictures: list[Picture], wearing: Wearing, places: Mapping[str, Place]
    ) -> Refinable:
        """What refining some pictures asks for; `places` is each job's. Raises `InvalidRequest`, also where
        none can be refined, or `JobNotFound`."""
        found, without_top = dict[Picture, _Asked](), list[Job]()
        for job_id, number in pictures:
            job, place = self._store.job(await self._store.record(job_id)), places.get(job_id, Place())
            asked = await asyncio.to_thread(_asked, job, number, wearing.at(place))
            if asked is None:
                without_top.append(job)
            else:
                found[job_id, number] = asked
        if not found:
            raise _no_top(*without_top) if without_top else InvalidRequest(*rule("nothing_to_refine"))
        at = {picture: places.get(picture[0], Place()) for picture in found}
        return Refinable(
            {picture: asked.request for picture, asked in found.items()},
            _titles(without_top),
            frozenset(at[one].row for one, asked in found.items() if not asked.knows_kind),
            frozenset(at[one].column for one, asked in found.items() if not asked.knows_gender),
        )


def request_for(job: Job, number: int, wearing: Wearing) -> RefineRequest:
    """What refining a picture asks for. Blocks shortly. Raises `InvalidRequest` where that is not known."""
    asked = _asked(job, number, wearing)
    if asked is None:
        raise _no_top(job)
    return asked.request


def _asked(job: Job, number: int, wearing: Wearing) -> _Asked | None:
    """The same, with what nothing tells; None where no top is worn, which a refiner must have."""
    draft = refining.draft(job, number, wearing.known)
    gender, worn = draft.gender or wearing.other, draft.top or draft.unknown
    if draft.person is None or worn is None:
        return None
    bottom = FilePicture(draft.bottom) if draft.bottom else None
    person, top, coarse = (FilePicture(path) for path in (draft.person, worn, draft.coarse))
    request = RefineRequest(person, top, coarse, gender or PersonGender.WOMAN, bottom)
    return _Asked(request, knows_kind=draft.unknown is None, knows_gender=gender is not None)


def _no_top(*jobs: Job) -> InvalidRequest:
    return InvalidRequest(*rule("no_top_to_refine", titles=_titles(jobs)))


def _titles(jobs: Iterable[Job]) -> tuple[str, ...]:
    """Each once: several pictures may be of one job."""
    return tuple(dict.fromkeys(job.title for job in jobs))


def unrefined(whole: Whole) -> list[Picture]:
    """The starred pictures of the cells' own jobs of which nothing was made yet, in order."""
    made = {(cell.source_job_id, cell.source_number) for cell in whole.refinements}
    own, order = {job_id for cell in whole.grid for job_id in cell.all_jobs}, whole.order_of_jobs
    chosen = [(one.job_id, one.number) for one in whole.choices if one.chosen_at is not None]
    wanted = [picture for picture in chosen if picture not in made and picture[0] in own]
    return sorted(wanted, key=lambda picture: (order[picture[0]], picture[1]))


def additions(requests: Mapping[Picture, RefineRequest], maker: Maker, now: Whole) -> Additions:
    """A cell for each picture; of a double click the second makes none."""
    left = set(unrefined(now))
    cells = [
        replace(
            maker.cell("", "", request.expected_pictures),
            source_job_id=job_id,
            source_number=number,
            gender=request.gender.value,
        )
        for (job_id, number), request in requests.items()
        if (job_id, number) in left
    ]
    return Additions(cells=tuple(cells))
