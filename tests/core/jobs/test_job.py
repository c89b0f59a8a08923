"""The four steps of a job by themselves: no engine, a real ledger and real files, a clock that jumps."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import httpx
import pytest

from tests.core import fakes
from tests.core.fakes import JumpingClock, ScriptedVendors, finished, link, running
from tests.core.wires import PACES
from tryon_core import (
    Charged,
    FilePicture,
    Job,
    JobState,
    LinkPicture,
    Mode,
    RefineRequest,
    Request,
    TryOnRequest,
)
from tryon_core.account import Account
from tryon_core.accounts.keys import KeyPolicy, Keyring
from tryon_core.errors import NeverSent, NoAnswer, Problem, VendorBusy, VendorRefused
from tryon_core.events import Events
from tryon_core.hosting.fetching import Fetcher
from tryon_core.hosting.hosting import Hosting
from tryon_core.images.facts import facts_of
from tryon_core.jobs.admission import Admission
from tryon_core.jobs.context import JobContext
from tryon_core.jobs.polling import poll
from tryon_core.jobs.preparing import prepare
from tryon_core.jobs.saving import save
from tryon_core.jobs.submitting import submit
from tryon_core.jobs.workflow import end_broken, end_unheard
from tryon_core.requests.choices import PersonGender
from tryon_core.requests.request_parts import pictures_of
from tryon_core.secret import Secret
from tryon_core.storage.job_inputs import INPUT, HostableInputs
from tryon_core.storage.ledger import Ledger
from tryon_core.storage.store import Store
from tryon_core.vendors.registry import vendors_for
from tryon_core.vendors.task import Receipt, Snapshot, SubTask, TaskStatus

pytestmark = pytest.mark.anyio
OOPS = Problem("oops", "", Charged.YES, code="801", request_id="refusal-id")


@dataclass
class Bench:
    """The context of one job and the job on them."""

    context: JobContext
    clock: JumpingClock
    job_id: str = ""

    async def job(self) -> Job:
        return self.context.store.job(await self.context.store.record(self.job_id))

    async def live(self) -> Job:
        """All four steps, as the engine runs them."""
        for step in (prepare, submit, poll, save):
            await step(self.context, self.job_id)
        return await self.job()


@asynccontextmanager
async def bench(
    folder: Path, vendors: ScriptedVendors, request: Request, mode: Mode = Mode.LIVE, /, **env: str
) -> AsyncIterator[Bench]:
    clock, secret = JumpingClock(), Secret("a-secret")
    chosen = fakes.settings(folder, **{**(fakes.LIVE if mode is Mode.LIVE else {}), **env})
    store = Store(chosen.data_dir, Ledger(chosen.database), Events())
    web = fakes.web(vendors.serve)
    hosting = Hosting(chosen, secret, HostableInputs(store.ledger, store.inputs), clock, web)
    fetcher = Fetcher(hosting.own, web)
    payers = KeyPolicy(chosen, Keyring(secret, clock))
    context = JobContext(store, hosting, fetcher, vendors, clock, payers, Random(1))
    await store.open()
    vendors.open()
    admission = Admission(chosen, context, secret)
    vendor_id = vendors_for(request.capability)[0].id
    record = await admission.admit(await admission.candidate(request, "ann", vendor_id), None, None)
    yield Bench(context, clock, record.id)
    await vendors.close()
    await store.close()


def accounts(at: Bench, **env: str) -> KeyPolicy:
    """Whose key is used after a start with other settings."""
    return replace(at.context.accounts, settings=fakes.settings(Path(), **env))


async def test_aidge_gets_links_and_ailab_gets_files(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    for request in (fakes.tryon(tmp_path), fakes.refine(tmp_path)):
        async with bench(tmp_path, vendors, request) as at:
            await at.live()
    to_aidge, to_ailab = ([picture for _, picture in pictures_of(sent)] for sent in vendors.sent)
    assert isinstance(vendors.sent[0], TryOnRequest) and isinstance(vendors.sent[1], RefineRequest)
    assert all(isinstance(p, LinkPicture) and p.url.startswith("https://studio.test/") for p in to_aidge)
    assert all(isinstance(p, FilePicture) and p.path.is_file() for p in to_ailab)


async def test_a_picture_that_complies_is_sent_to_the_byte_and_another_is_mended(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    webp = fakes.file(tmp_path, "top.webp", fakes.picture(kind="WEBP"))
    plain = fakes.file(tmp_path, "person.png")
    request = RefineRequest(plain, webp, fakes.file(tmp_path, "coarse.png"), PersonGender.WOMAN)
    async with bench(tmp_path, vendors, request) as at:
        job = await at.live()
    sent = vendors.sent[0]
    assert isinstance(sent, RefineRequest)
    assert isinstance(sent.person, FilePicture) and sent.person.path.read_bytes() == plain.path.read_bytes()
    assert isinstance(sent.top, FilePicture) and facts_of(sent.top.path).format == "JPEG"
    assert job.notes == ("Top: converted from WEBP to JPEG, quality 95.",)


async def test_a_link_for_ailab_is_downloaded_first(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    request = RefineRequest(
        fakes.file(tmp_path, "person.png"),
        LinkPicture("https://shop.test/top.png?Signature=x"),
        fakes.file(tmp_path, "coarse.png"),
        PersonGender.WOMAN,
    )
    async with bench(tmp_path, vendors, request) as at:
        await at.live()
        ready = at.context.store.folder(at.job_id, INPUT) / "top.png"
    sent = vendors.sent[0]
    assert isinstance(sent, RefineRequest) and sent.top == FilePicture(ready)


async def test_a_link_that_leads_nowhere_ends_the_job_before_it_is_sent(tmp_path: Path) -> None:
    vendors = ScriptedVendors(serve=lambda _: httpx.Response(404))
    person = fakes.file(tmp_path, "person.png")
    request = RefineRequest(person, LinkPicture("https://shop.test/x"), person, PersonGender.WOMAN)
    async with bench(tmp_path, vendors, request) as at:
        job = await at.live()
    assert (job.state, job.charged, vendors.sent) == (JobState.FAILED, Charged.NO, [])


async def test_a_submit_that_never_left_is_sent_again(tmp_path: Path) -> None:
    never = NeverSent(Problem("refused", ""))
    vendors = ScriptedVendors(submits=[never, never, fakes.TASK])
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        job = await at.live()
    assert job.state is JobState.SUCCEEDED and len(vendors.sent) == 3
    first, second = at.clock.slept[:2]
    assert 1.0 <= first <= 1.25 and 2.0 <= second <= 2.5


async def test_a_submit_that_never_leaves_fails_uncharged(tmp_path: Path) -> None:
    vendors = ScriptedVendors(submits=[NeverSent(Problem("refused", ""))])
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        job = await at.live()
    assert (job.state, job.charged, len(vendors.sent)) == (JobState.FAILED, Charged.NO, 4)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (NoAnswer(OOPS), JobState.UNCERTAIN),
        (VendorRefused(OOPS), JobState.FAILED),
        (VendorBusy(OOPS, retry_after=3), JobState.FAILED),
    ],
)
async def test_a_submit_that_was_answered_or_may_have_arrived_is_never_sent_again(
    tmp_path: Path, answer: Exception, state: JobState
) -> None:
    vendors = ScriptedVendors(submits=[answer, fakes.TASK])
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        job = await at.live()
        again = await at.live()
    assert (job.state, again.state, len(vendors.sent)) == (state, state, 1)
    assert job.problem is not None and job.finished_at is not None


async def test_a_mark_of_an_earlier_sending_means_uncertain(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        await prepare(at.context, at.job_id)
        await at.context.store.claim_sending(at.job_id, at.clock.now())
        job = await at.live()
    assert job.state is JobState.UNCERTAIN and vendors.sent == []


async def test_the_mark_is_written_before_the_request_leaves(tmp_path: Path) -> None:
    marks: list[float | None] = []

    class Looking(ScriptedVendors):
        async def submit(self, request: Request, account: Account) -> Receipt:
            marks.append((await at.context.store.record(at.job_id)).sending_since)
            return await super().submit(request, account)

    async with bench(tmp_path, Looking(), fakes.tryon(tmp_path)) as at:
        await at.live()
    assert marks == [1_700_000_000.0]


async def test_the_task_id_is_kept_before_the_first_question(tmp_path: Path) -> None:
    vendors = ScriptedVendors(hold=asyncio.Event())
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        await prepare(at.context, at.job_id)
        await submit(at.context, at.job_id)
        job = await at.job()
    assert (job.task_id, job.state, vendors.asked) == ("task-1", JobState.QUEUED, [])


async def test_pictures_are_saved_as_they_come_and_each_once(tmp_path: Path) -> None:
    seen: list[int] = []

    class Looking(ScriptedVendors):
        async def query(self, account: Account, task_id: str, trial: bool = False) -> Snapshot:
            seen.append(len((await at.job()).pictures))
            return await super().query(account, task_id)

    fresh = SubTask(TaskStatus.SUCCEEDED, (link("a.png", "another-signature"),))
    last = SubTask(TaskStatus.SUCCEEDED, (link("bb.png"),))
    answers: list[Snapshot | Exception] = [
        running(),
        running("a.png"),
        Snapshot(TaskStatus.SUCCEEDED, (fresh, last)),
    ]
    async with bench(tmp_path, Looking(queries=answers), fakes.tryon(tmp_path)) as at:
        job = await at.live()
    assert seen == [0, 0, 1] and [picture.number for picture in job.pictures] == [1, 2]


async def test_a_picture_is_saved_to_the_byte_with_its_true_type(tmp_path: Path) -> None:
    served = fakes.picture(kind="JPEG")
    vendors = ScriptedVendors(
        queries=[finished("claims-to-be.png")], serve=lambda _: httpx.Response(200, content=served)
    )
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path, count=1)) as at:
        job = await at.live()
    saved = job.pictures[0]
    assert saved.name == "hoodie-james-1.jpg" and saved.path.read_bytes() == served
    assert (saved.width, saved.height, saved.size, saved.media_type) == (160, 200, len(served), "image/jpeg")


@pytest.mark.parametrize("fault", [NoAnswer(OOPS), NeverSent(OOPS), VendorBusy(OOPS)])
async def test_a_question_that_fails_is_asked_again(tmp_path: Path, fault: Exception) -> None:
    vendors = ScriptedVendors(queries=[fault, fault, running(), finished("a.png", "bb.png")])
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        job = await at.live()
    assert job.state is JobState.SUCCEEDED and len(vendors.asked) == 4


async def test_the_vendors_wish_to_wait_is_honoured(tmp_path: Path) -> None:
    vendors = ScriptedVendors(queries=[VendorBusy(OOPS, retry_after=37.0), finished("a.png", "bb.png")])
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        await at.live()
    assert 37.0 in at.clock.slept


async def test_past_the_deadline_a_job_is_overdue_and_keeps_its_task_id(tmp_path: Path) -> None:
    vendors = ScriptedVendors(queries=[running()])
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        job = await at.live()
    assert (job.state, job.task_id) == (JobState.OVERDUE, "task-1")
    assert at.clock.now() - job.submitted_at >= PACES["aidge"].deadline


async def test_a_task_that_the_vendor_has_no_more_is_expired(tmp_path: Path) -> None:
    gone = VendorRefused(Problem("gone", "", Charged.YES, code="ERROR_RESOURCE_RECLAIMED"))
    async with bench(tmp_path, ScriptedVendors(queries=[gone]), fakes.refine(tmp_path)) as at:
        job = await at.live()
    assert job.state is JobState.EXPIRED


async def test_trouble_with_the_account_does_not_lose_a_running_task(tmp_path: Path) -> None:
    locked = VendorRefused(Problem("locked", "", code="ERROR_USER_LOCKED"))
    async with bench(tmp_path, ScriptedVendors(queries=[locked]), fakes.refine(tmp_path)) as at:
        job = await at.live()
    assert (job.state, job.task_id) == (JobState.OVERDUE, "task-1")


async def test_a_task_gone_after_its_first_pictures_is_a_success_that_says_so(tmp_path: Path) -> None:
    gone = VendorRefused(Problem("gone", "", code="700 task_id"))
    vendors = ScriptedVendors(queries=[running("a.png"), gone])
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        job = await at.live()
    assert (job.state, job.failed_pictures) == (JobState.SUCCEEDED, 1)


@pytest.mark.parametrize(
    ("snapshot", "words"),
    [
        (Snapshot(TaskStatus.FAILED, message="worded by the vendor", code="700"), "worded by the vendor"),
        (Snapshot(TaskStatus.FAILED, (SubTask(TaskStatus.FAILED, message="no legs"),)), "no legs"),
        (Snapshot(TaskStatus.FAILED), "could not make"),
        (Snapshot(TaskStatus.SUCCEEDED), "without a picture"),
    ],
)
async def test_a_failed_task_is_told_in_the_vendors_words(
    tmp_path: Path, snapshot: Snapshot, words: str
) -> None:
    async with bench(tmp_path, ScriptedVendors(queries=[snapshot]), fakes.tryon(tmp_path)) as at:
        job = await at.live()
    assert job.state is JobState.FAILED and job.problem is not None and words in job.problem.what


async def test_watchers_are_not_woken_by_questions_that_bring_nothing_new(tmp_path: Path) -> None:
    answers: list[Snapshot | Exception] = [*[running()] * 9, finished("a.png", "bb.png")]
    vendors = ScriptedVendors(queries=answers)
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        await at.live()
        revision = (await at.context.store.record(at.job_id)).revision
    assert revision <= 7


async def test_a_refused_question_is_a_failure_with_the_vendors_id(tmp_path: Path) -> None:
    async with bench(tmp_path, ScriptedVendors(queries=[VendorRefused(OOPS)]), fakes.tryon(tmp_path)) as at:
        job = await at.live()
    assert job.state is JobState.FAILED and job.problem == OOPS and job.request_ids[-1] == "refusal-id"


async def test_finished_without_a_picture_is_a_failure(tmp_path: Path) -> None:
    async with bench(tmp_path, ScriptedVendors(queries=[finished()]), fakes.tryon(tmp_path)) as at:
        job = await at.live()
    assert job.state is JobState.FAILED and job.problem is not None


async def test_some_failed_among_some_finished_is_a_success_that_says_so(tmp_path: Path) -> None:
    vendors = ScriptedVendors(queries=[finished("a.png", failed=1)])
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        job = await at.live()
    assert (job.state, len(job.pictures), job.failed_pictures) == (JobState.SUCCEEDED, 1, 1)
    assert job.charged is Charged.YES and "1 could not be made" in job.notes[-1]


class Faulty:
    """Serves the first tries of every link wrongly."""

    def __init__(self, times: int, wrong: httpx.Response | Exception) -> None:
        self.left, self.wrong = times, wrong

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.left == 0:
            return fakes.serve_any(request)
        self.left -= 1
        if isinstance(self.wrong, Exception):
            raise self.wrong
        return self.wrong


HALF = fakes.picture()[:5000]


@pytest.mark.parametrize(
    "wrong",
    [
        httpx.Response(503),
        httpx.Response(403),
        httpx.Response(200, content=HALF),
        httpx.Response(200, content=b"<html>"),
        httpx.Response(200, content=fakes.picture(), headers={"content-length": "99"}),
        httpx.ReadTimeout("late"),
    ],
)
async def test_a_download_that_fails_is_tried_again(
    tmp_path: Path, wrong: httpx.Response | Exception
) -> None:
    vendors = ScriptedVendors(queries=[finished("a.png")], serve=Faulty(2, wrong))
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path, count=1)) as at:
        job = await at.live()
    assert job.state is JobState.SUCCEEDED and len(job.pictures) == 1
    assert not [path for path in job.pictures[0].path.parent.iterdir() if path.name.startswith(".")]


async def test_a_picture_that_cannot_be_had_now_leaves_the_job_open_to_ask_again(tmp_path: Path) -> None:
    vendors = ScriptedVendors(queries=[finished("a.png")], serve=lambda _: httpx.Response(503))
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path, count=1)) as at:
        job = await at.live()
    assert job.state is JobState.OVERDUE and job.problem is not None


async def test_links_past_their_time_for_good_mean_expired(tmp_path: Path) -> None:
    vendors = ScriptedVendors(queries=[finished("a.png")], serve=lambda _: httpx.Response(403))
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path, count=1)) as at:
        job = await at.live()
    assert job.state is JobState.EXPIRED and len(vendors.asked) > 2


async def test_keep_asks_anew_when_the_process_was_changed_in_between(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        for step in (prepare, submit, poll):
            await step(at.context, at.job_id)
        at.context.last.clear()
        await save(at.context, at.job_id)
        job = await at.job()
    assert job.state is JobState.SUCCEEDED and len(vendors.asked) == 2


async def test_a_job_of_the_sandbox_goes_on_there_when_a_key_has_come(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path), Mode.SANDBOX) as at:
        context = replace(at.context, accounts=accounts(at, **fakes.LIVE))
        for step in (prepare, submit, poll, save):
            await step(context, at.job_id)
        job = await at.job()
    assert job.state is JobState.SUCCEEDED
    assert vendors.accounts == [Account("aidge", live=False)]


async def test_a_live_job_is_not_sent_when_the_key_has_gone(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        await submit(replace(at.context, accounts=accounts(at)), at.job_id)
        job = await at.job()
    assert job.state is JobState.FAILED and vendors.sent == []


async def test_a_live_task_can_be_asked_about_again_when_the_key_has_gone(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    async with bench(tmp_path, vendors, fakes.tryon(tmp_path)) as at:
        for step in (prepare, submit):
            await step(at.context, at.job_id)
        await poll(replace(at.context, accounts=accounts(at)), at.job_id)
        job = await at.job()
    assert (job.state, job.task_id, vendors.asked) == (JobState.OVERDUE, "task-1", [])


async def test_nothing_that_ends_a_job_calls_it_free_once_its_task_was_accepted(tmp_path: Path) -> None:
    no = Problem("the key is away", "", Charged.NO)
    async with bench(tmp_path, ScriptedVendors(), fakes.tryon(tmp_path)) as at:
        for step in (prepare, submit):
            await step(at.context, at.job_id)
        await end_unheard(at.context, at.job_id, no, no)
        job = await at.job()
    assert (job.state, job.charged) == (JobState.OVERDUE, Charged.UNKNOWN)
    assert job.problem is not None and job.problem.charged is Charged.UNKNOWN


async def test_a_trial_is_not_charged(tmp_path: Path) -> None:
    request = TryOnRequest(fakes.tryon(tmp_path).suits, count=2, trial=True)
    async with bench(tmp_path, ScriptedVendors(), request) as at:
        job = await at.live()
    assert (job.state, job.charged) == (JobState.SUCCEEDED, Charged.NO)


async def test_a_broken_job_ends_by_what_the_ledger_knows(tmp_path: Path) -> None:
    async with bench(tmp_path, ScriptedVendors(), fakes.tryon(tmp_path)) as at:
        await at.context.store.claim_sending(at.job_id, 1.0)
        await end_broken(at.context, at.job_id)
        first = await at.job()
        await end_broken(at.context, at.job_id)
        again = await at.job()
    assert first.state is JobState.UNCERTAIN and first == again
