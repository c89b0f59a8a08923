"""The named endpoints for scripts and agents.

`tryon` and `refine` answer twice: with the job when it has begun, and with its pictures when it has ended. A
caller that keeps its `identity` finds its jobs again from any process.

The annotations are read at run time to describe the endpoints, so they are not postponed here.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, Literal

import gradio as gr

from tryon_core import DEFAULT_COUNT, DEFAULT_MODEL, InvalidRequest, Job, Problem, Request
from tryon_ui import visitor
from tryon_ui.concurrency import Busy
from tryon_ui.endpoints.collection_api import CollectionEndpoints
from tryon_ui.endpoints.endpoint_docs import limits_of, publish_described
from tryon_ui.endpoints.typed_calls import typed
from tryon_ui.error_boundary import attempt, attempt_each, error_of
from tryon_ui.files import FileRef, file_ref, picture_text
from tryon_ui.language import spoken
from tryon_ui.page_context import PageContext
from tryon_ui.tabs.refine_events import request_of as refine_request
from tryon_ui.tabs.tryon_form import Form, title_of
from tryon_ui.tabs.tryon_form import request_of as tryon_request

JobFacts = dict[str, Any]
Given = str | FileRef
Answer = tuple[list[FileRef], JobFacts]


def publish(context: PageContext) -> None:
    """Adds the endpoints to the page being built."""
    jobs, collections = JobEndpoints(context), CollectionEndpoints(context)
    of_jobs = jobs.tryon, jobs.refine, jobs.job, jobs.jobs
    for endpoint in (*of_jobs, collections.collection, collections.collections, identity):
        publish_described(typed(endpoint), limits_of(endpoint.__name__, context.samples))


async def identity() -> str:
    """Makes a key by which a caller can name itself: whoever has it, has the jobs that were begun with it.

    Returns:
        identity: The key, to be kept secret: it is given as `identity`, or in the header `x-tryon-identity`.
    """
    return visitor.new_identity()


async def begun_and_ended(
    context: PageContext,
    request: Request,
    *,
    name: str,
    vendor: str = "",
    title: str | None = None,
    again: bool = False,
) -> AsyncIterator[Job]:
    """The job of `request` when it has begun, and when it has ended, however it ended.

    Unless `again`, an equal request of the caller that was finished before is the answer, or one whose end is
    not certain: nothing is spent.
    Raises `Busy` when too many calls wait already.
    """
    with context.calls.one() as has_place:
        if not has_place:
            raise Busy
        submission = await context.studio.submit_or_offer(
            request, visitor=name, vendor=vendor, title=title, offer=not again
        )
        job_id = submission.job_id
        context.uploads.note(job_id, request)
        begun = await context.studio.job(job_id, visitor=name)
        if not begun.state.ended:
            yield begun
        async for _ in context.studio.watch(job_id, visitor=name):
            pass
    yield await context.studio.job(job_id, visitor=name)


async def answers(outcomes: AsyncIterator[Job]) -> AsyncIterator[Answer]:
    """What a caller gets: the pictures as files, and the job. Raises `gr.Error` when nothing was started."""
    async for outcome in attempt_each(outcomes):
        if isinstance(outcome, Problem):
            raise error_of(outcome)
        yield _answer(outcome)


def _answer(outcome: Job) -> Answer:
    pictures = [file_ref(picture.path, picture.media_type, outcome.id) for picture in outcome.pictures]
    return pictures, outcome.as_json(spoken())


def with_model(
    form: Form,
    photos: list[Given] | None,
    *,
    gender: str | None = None,
    style: str | None = None,
    age: str | None = None,
    body: str | None = None,
) -> Form:
    """The form with own photos, else with the described model if any trait was named, else as it is."""
    if photos:
        return replace(form, mode="photos", photos=tuple(picture_text(photo) or "" for photo in photos))
    if not (gender or style or age or body):
        return form
    return replace(
        form,
        mode="describe",
        gender=gender or form.gender,
        style=style or form.style,
        age=age or form.age,
        body=body or form.body,
    )


class JobEndpoints:
    """Those of single jobs, each by the name of its method."""

    def __init__(self, context: PageContext) -> None:
        self._context = context

    async def tryon(
        self,
        request: gr.Request,
        garment: Given,
        bottom: Given | None = None,
        garment_type: Literal["auto", "tops", "bottoms", "dresses"] = "auto",
        model: str = DEFAULT_MODEL,
        model_photos: list[Given] | None = None,
        gender: Literal["female", "male"] | None = None,
        style: Literal["universal_1", "universal_2", "universal_3"] | None = None,
        age: Literal["youngadult", "children"] | None = None,
        body: Literal["slim", "curvy"] | None = None,
        view: Literal["fullbody", "halfbody", "mixed"] = "fullbody",
        count: int = DEFAULT_COUNT,
        quality_gate: bool = False,
        version: Literal["standard", "pro"] = "standard",
        trial: bool = False,
        again: bool = False,
        vendor: str = "",
        identity: str = "",
    ) -> AsyncIterator[Answer]:
        """Shows clothes worn by a model and waits until the pictures are there.

        The same request once more joins the job that runs, and gives the pictures of one that has finished.

        Args:
            garment: Photo of a garment: an uploaded file or an http(s) address. With `bottom` it is the
                outfit's top.
            bottom: Photo of the bottom that is worn with it: an uploaded file or an http(s) address.
            garment_type: What the garment is; auto leaves it to the vendor. Not used with `bottom`.
            model: Name of a model of the library. Not used with photos or a description.
            model_photos: Photos of own models, in place of a library model; one picture is made for each.
            gender: Describes the model, in place of a name. Naming any of gender, style, age, body does.
            style: Style of the described model.
            age: Age of the described model.
            body: Body of the described model.
            view: How much of the person is in the picture.
            count: Number of pictures.
            quality_gate: Let the vendor refuse garment photos that are blurred or cluttered.
            version: The vendor's standard or pro version.
            trial: Use the trial quota.
            again: Make new pictures, at a new charge, even if this caller has had the same request finished
                before. Otherwise the answer is that earlier job, at no charge.
            vendor: Id of the vendor.
            identity: Who calls: calls with the same key are one caller's, from whichever process, and only
                they find its earlier results. Without it, and without the header `x-tryon-identity`, a new
                session is a new caller.

        Returns:
            pictures: The pictures, as files.
            job: What is known of the job: id, title, collection (the id of the one that it is a cell of, if
                any), vendor, live (else it was the sandbox), state, task_id, request_id, message, charged,
                submitted_at, finished_at, pictures, expected, failed_pictures, notes, usual (seconds). Unless
                `state` is succeeded, `message` says what happened and what to do.
        """

        async def work() -> AsyncIterator[Job]:
            name = visitor.of_call(request, identity)
            form = Form(
                garment=picture_text(garment),
                bottom=picture_text(bottom),
                library=model,
                view=view,
                count=count,
                garment_type=garment_type,
                version=version,
                quality_gate=quality_gate,
                trial=trial,
            )
            form = with_model(form, model_photos, gender=gender, style=style, age=age, body=body)
            title = title_of(form, self._context.samples)
            made = tryon_request(form)
            async for job in begun_and_ended(
                self._context, made, name=name, vendor=vendor, title=title, again=again
            ):
                yield job

        async for one in answers(work()):
            yield one

    async def refine(
        self,
        request: gr.Request,
        person: Given,
        top: Given,
        coarse: Given,
        gender: Literal["woman", "man"],
        bottom: Given | None = None,
        again: bool = False,
        vendor: str = "",
        identity: str = "",
    ) -> AsyncIterator[Answer]:
        """Makes a try-on picture better and waits until it is there.

        The same request once more joins the job that runs, and gives the picture of one that has finished.

        Args:
            person: Photo of the whole person, from the front: an uploaded file or an http(s) address.
            top: Photo of the top, or of the dress: an uploaded file or an http(s) address.
            coarse: The try-on picture to refine, of the same size as `person`: an uploaded file or an
                http(s) address.
            gender: What the person is.
            bottom: Photo of the bottom, if one is worn: an uploaded file or an http(s) address.
            again: Refine once more, at a new charge, even if this caller has had the same request finished
                before. Otherwise the answer is that earlier job, at no charge.
            vendor: Id of the vendor.
            identity: Who calls, as for `tryon`.

        Returns:
            pictures: The refined picture, as a file.
            job: What is known of the job, as from `tryon`.
        """

        async def work() -> AsyncIterator[Job]:
            name = visitor.of_call(request, identity)
            given = refine_request(
                picture_text(coarse), picture_text(person), picture_text(top), picture_text(bottom), gender
            )
            async for job in begun_and_ended(self._context, given, name=name, vendor=vendor, again=again):
                yield job

        async for one in answers(work()):
            yield one

    async def job(self, request: gr.Request, id: str, identity: str = "") -> JobFacts:
        """One of the caller's jobs as it is now.

        Args:
            id: The `id` in a job that `tryon`, `refine` or `jobs` gave.
            identity: The key that the job was begun with, if any.

        Returns:
            job: What is known of the job, as from `tryon`.
        """
        found = await attempt(self._context.studio.job(id, visitor=_caller(request, identity)))
        if isinstance(found, Problem):
            raise error_of(found)
        return found.as_json(spoken())

    async def jobs(self, request: gr.Request, identity: str = "") -> list[JobFacts]:
        """The caller's jobs, newest first.

        Args:
            identity: The key that they were begun with, if any: only the jobs of that key are listed.

        Returns:
            jobs: What is known of each, as from `tryon`.
        """
        found = await attempt(self._context.studio.jobs(visitor=_caller(request, identity)))
        if isinstance(found, Problem):
            raise error_of(found)
        return [job.as_json(spoken()) for job in found]


def _caller(request: gr.Request, identity: str) -> str:
    try:
        return visitor.of_call(request, identity)
    except InvalidRequest as error:
        raise error_of(error.problem) from None
