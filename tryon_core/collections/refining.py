"""From starred pictures to the refiner: what its request takes of the job that a picture is of."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

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


@dataclass(frozen=True, slots=True)
class Wearing:
    """What is known of models and of what they wear, what garments are by their rows' ids, where that was
    asked, and the gender that holds where nothing else tells."""

    known: Catalogue
    other: PersonGender | None = None
    kinds: Kinds = field(default_factory=dict)

    def of(self, row: str) -> Catalogue:
        """What is known of a row's garment: what somebody said of it comes first."""
        kind = self.kinds.get(row)
        return replace(self.known, kind_of=lambda _photo: kind) if kind else self.known


@dataclass(frozen=True, slots=True)
class Refinable:
    """What refining pictures asks for, by picture, the titles of those that cannot be refined, and the rows
    of which nothing tells what they are: they stand for tops in the requests until somebody says it."""

    requests: Mapping[Picture, RefineRequest]
    left_out: tuple[str, ...]
    unknown: tuple[str, ...] = ()


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

    async def requests(self, pictures: list[Picture], wearing: Wearing, rows: Mapping[str, str]) -> Refinable:
        """What refining some pictures asks for; `rows` is each job's. Raises `InvalidRequest`, also where
        none can be refined, or `JobNotFound`."""
        found, without_top, unknown = dict[Picture, RefineRequest](), list[Job](), list[str]()
        for job_id, number in pictures:
            job, row = self._store.job(await self._store.record(job_id)), rows.get(job_id, "")
            told = replace(wearing, known=wearing.of(row))
            request, is_known = await asyncio.to_thread(_request, job, number, told)
            if request is None:
                without_top.append(job)
            else:
                found[job_id, number] = request
                unknown += [] if is_known else [row]
        if not found:
            raise _no_top(*without_top) if without_top else InvalidRequest(*rule("nothing_to_refine"))
        return Refinable(found, _titles(without_top), tuple(dict.fromkeys(unknown)))


def request_for(job: Job, number: int, wearing: Wearing) -> RefineRequest:
    """What refining a picture asks for. Blocks shortly. Raises `InvalidRequest` where that is not known."""
    request, _ = _request(job, number, wearing)
    if request is None:
        raise _no_top(job)
    return request


def _request(job: Job, number: int, wearing: Wearing) -> tuple[RefineRequest | None, bool]:
    """The same, and whether it is known what is worn; None where no top is, which a refiner must have."""
    draft = refining.draft(job, number, wearing.known)
    gender, worn = draft.gender or wearing.other, draft.top or draft.unknown
    if draft.person is None or worn is None:
        return None, True
    if gender is None:
        raise InvalidRequest(*rule("no_gender_to_refine", title=job.title))
    bottom = FilePicture(draft.bottom) if draft.bottom else None
    person, top, coarse = (FilePicture(path) for path in (draft.person, worn, draft.coarse))
    return RefineRequest(person, top, coarse, gender, bottom), draft.unknown is None


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
