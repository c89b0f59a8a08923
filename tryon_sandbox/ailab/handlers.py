"""AILab's APIs: submit a refinement, query its result, query the credits."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tryon_sandbox import ids
from tryon_sandbox.ailab.envelopes import AilabResponses, Json
from tryon_sandbox.ailab.errors import AilabError
from tryon_sandbox.ailab.form import RefineForm, read_form
from tryon_sandbox.ailab.photo_rules import PhotoProblem, find_problem, look_at_photos
from tryon_sandbox.fault_injection import respond_with_faults
from tryon_sandbox.faults import ActiveFaults, Point
from tryon_sandbox.links import link
from tryon_sandbox.quotas import REFINER_CREDITS
from tryon_sandbox.settings import Vendor
from tryon_sandbox.state import Sandbox
from tryon_sandbox.tasks import Picture, Progress, RefineOrder, Task, due_times, task_progress

_SUBMIT = ("POST", "portrait/enhance/try-on-clothes-refiner")
_QUERY = ("GET", "common/query-async-task-result")
_CREDITS = ("GET", "common/query-credits")
_POINTS = {_SUBMIT: Point.AILAB_SUBMIT, _QUERY: Point.AILAB_QUERY}
_MOST_BYTES = 32 * 1024 * 1024
"""Four files of 5 MB and room; that there is a limit is in the vendor's table, its value is ours."""


class AilabHandlers:
    """Serves everything below `/api/`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._calls = {_SUBMIT: self._submit, _QUERY: self._query, _CREDITS: self._credits}

    async def serve(self, request: Request) -> Response:
        """The answer to one call."""
        point = _POINTS.get(_api(request))
        active = self._sandbox.faults.take(point) if point else ActiveFaults()
        responses = AilabResponses(self._sandbox.dialects(active))
        return await respond_with_faults(
            request, active, self._handle, lambda code: responses.error(AilabError(code))
        )

    async def _handle(self, request: Request, active: ActiveFaults) -> Response:
        responses = AilabResponses(self._sandbox.dialects(active))
        call = self._calls.get(_api(request))
        try:
            if request.headers.get("ailabapi-api-key") not in self._sandbox.settings.ailab_keys:
                raise AilabError("ERROR_APPLICATIONS_NOT_EXISTS")
            if call is None:
                raise AilabError("ERROR_AI_NOT_EXISTS")
            return await call(request, active, responses)
        except AilabError as error:
            return responses.error(error)

    async def _submit(self, request: Request, active: ActiveFaults, responses: AilabResponses) -> Response:
        form = await _form(request)
        photos = await asyncio.to_thread(look_at_photos, form)
        if not self._sandbox.quotas.has_credits():
            raise AilabError("ERROR_NOT_ENOUGH_CREDITS")
        problem = find_problem(form, photos)
        task = self._task(form, problem)
        if problem is None:
            self._sandbox.quotas.take_credits()
        inputs = {f"{task.id}-{name}": data for name, data in form.photos.items()} if problem is None else {}
        await self._sandbox.accept(task, inputs, active)
        return responses.submit(task.id)

    def _task(self, form: RefineForm, problem: PhotoProblem | None) -> Task:
        now, timing = self._sandbox.clock(), self._sandbox.timing
        task_id = ids.ailab_task_id(now)
        name_of = {name: f"{task_id}-{name}" for name in form.photos}
        order = RefineOrder(
            person=name_of["person_image"],
            top=name_of["top_garment"],
            coarse=name_of["coarse_image"],
            gender=form.gender,
            bottom=name_of.get("bottom_garment", ""),
        )
        starts_at = now + timing.queue_s
        due = due_times(task_id, starts_at, 1, timing)[0]
        return Task(
            id=task_id,
            vendor=Vendor.AILAB,
            submitted_at=now,
            starts_at=starts_at,
            pictures=() if problem else (Picture(ids.picture_name(), order, due),),
            fingerprint=form.fingerprint,
            link_key=ids.link_key(),
            error_code=problem.code if problem else "",
            error_detail=problem.detail if problem else "",
        )

    async def _query(self, request: Request, active: ActiveFaults, responses: AilabResponses) -> Response:
        sandbox = self._sandbox
        task_id = request.query_params.get("task_id", "")
        if not task_id:
            raise AilabError("UNSUPPORTED_PARAMETER_VALUES", "task_id: Cannot be empty.")
        task = sandbox.look_up(task_id, Vendor.AILAB, active)
        if task is None:
            raise AilabError("ERROR_RESOURCE_NOT_FOUND")
        if sandbox.is_gone(task):
            raise AilabError("ERROR_RESOURCE_RECLAIMED")
        now = sandbox.clock()
        progress = task_progress(task, now)
        sandbox.call_log.polled(task, done=progress.is_final, now=now)
        if progress is Progress.FAILED:
            return responses.failed_task(
                AilabError(task.error_code or task.pictures[0].error_code, task.error_detail)
            )
        return responses.query(progress, self._link(request, task, progress))

    def _link(self, request: Request, task: Task, progress: Progress) -> str:
        if progress is not Progress.FINISHED:
            return ""
        return link(str(request.base_url), task, task.pictures[0], self._sandbox.settings.link_ttl_s)

    async def _credits(self, request: Request, active: ActiveFaults, responses: AilabResponses) -> Response:
        quotas = self._sandbox.quotas
        pool: Json = {
            "unique_sign": "common",
            "name": "Universal credits",
            "balance": quotas.credits,
            "total": self._sandbox.settings.credits,
            "last_recharge_balance": self._sandbox.settings.credits,
            "balance_warning": REFINER_CREDITS,
            "first_buy_time": int(quotas.credits_bought_at),
            "last_update_time": int(quotas.credits_changed_at),
        }
        return responses.credits([pool])


def _api(request: Request) -> tuple[str, str]:
    return request.method, request.path_params["api"]


async def _form(request: Request) -> RefineForm:
    if len(await request.body()) > _MOST_BYTES:
        raise AilabError("ERROR_REQUEST_BODY_TOO_LARGE")
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise AilabError("MISSING_PARAMETERS", "The body must be multipart/form-data.")
    try:
        async with request.form() as form:
            return await read_form(form)
    except HTTPException:
        raise AilabError("ERROR_PARAMETERS", "The body is not well-formed multipart/form-data.") from None
