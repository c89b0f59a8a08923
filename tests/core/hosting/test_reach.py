"""Whether a vendor would reach what is hosted: proofs count, silence does not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.core import fakes
from tests.core.fakes import JumpingClock, ScriptedVendors
from tests.core.submitting import submit
from tests.core.test_studio import ANN, ended
from tryon_core import Job, JobState, NoPublicAddress, Studio
from tryon_core.hosting.fetching import Web
from tryon_core.hosting.reach import PROBE, TRUSTED_S, Reach

pytestmark = pytest.mark.anyio
PICTURE = fakes.picture()
LINK = "https://studio.test/gradio_api/ext/h/token/garment-1-1.png"
SPACE = "https://ann-studio.hf.space/gradio_api/ext/h/token/garment-1-1.png"
Answer = Callable[[httpx.Request], httpx.Response]


def web(answer: Answer, address: str = "93.184.215.14") -> Web:
    async def resolve(_host: str) -> list[str]:
        return [address]

    return Web(resolve, lambda _address: httpx.MockTransport(answer))


def always(status: int, body: bytes = b"", **headers: str) -> Answer:
    return lambda _request: httpx.Response(status, content=body, headers=headers)


def silent(_request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectTimeout("no answer")


async def verdict(answer: Answer, link: str = LINK, address: str = "93.184.215.14") -> str:
    """What is said of the link; "" when the job goes on."""
    try:
        await Reach(web(answer, address), JumpingClock().monotonic).check(link, PICTURE, "TRYON_PUBLIC_URL")
    except NoPublicAddress as error:
        assert error.problem.field == "TRYON_PUBLIC_URL" and "Nothing was sent" in error.problem.todo
        assert all(way in error.problem.todo for way in ("TRYON_PUBLIC_URL", "TRYON_BUCKET_URL", "as links"))
        return error.problem.what
    return ""


@pytest.mark.parametrize(
    ("answer", "link", "said"),
    [
        (always(404), SPACE, "this Space is private"),
        (always(401), SPACE, "this Space is private"),
        (always(401), LINK, "studio.test shows nothing without a login or a permission (status 401)"),
        (always(403), LINK, "(status 403)"),
        (always(404), LINK, "studio.test does not lead to this app (status 404)"),
        (always(200, b"<html>Sign in</html>"), LINK, "may be a login page"),
        (always(200, fakes.picture(seed=9)), LINK, "is not this app"),
        (always(200), LINK, "is not this app"),
        (
            always(200, b"<html>"),
            "https://10.1.2.3/h/t/a.png",
            "10.1.2.3 is an address of this machine's own",
        ),
        (silent, "http://127.0.0.1:7860/h/t/a.png", "127.0.0.1 is an address"),
        (silent, "http://localhost:7860/h/t/a.png", "localhost is an address"),
        (silent, "http://[fd00::1]/h/t/a.png", "fd00::1 is an address"),
    ],
)
async def test_a_proof_that_the_vendor_gets_nothing_refuses_in_its_own_words(
    answer: Answer, link: str, said: str
) -> None:
    assert said in await verdict(answer, link)


@pytest.mark.parametrize(
    "answer",
    [
        always(200, PICTURE),
        always(206, PICTURE[:PROBE]),
        always(500),
        always(502, b"<html>Bad gateway</html>"),
        always(503),
        always(429),
        silent,
    ],
)
async def test_the_picture_itself_and_what_proves_nothing_let_the_job_go_on(answer: Answer) -> None:
    assert await verdict(answer) == ""


async def test_a_name_that_leads_inside_from_here_may_lead_elsewhere_from_outside() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(404)

    assert await verdict(answer, address="192.168.1.4") == "" and asked == []


async def test_a_login_page_behind_a_redirect_is_not_the_picture() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/login":
            return httpx.Response(200, content=b"<html>Who are you?</html>")
        return httpx.Response(302, headers={"location": "/login"})

    assert "may be a login page" in await verdict(answer)


async def test_an_address_that_gives_no_answer_costs_its_wait_once_for_many_jobs() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return silent(request)

    reach = Reach(web(answer), JumpingClock().monotonic)
    await asyncio.gather(*(reach.check(LINK, PICTURE, "") for _ in range(20)))
    assert asked == ["studio.test"]


async def test_an_address_is_trusted_for_some_minutes_and_a_refusal_never() -> None:
    clock, asked = JumpingClock(), []
    answers = [404, 404, 200]

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers.get("range"))
        return httpx.Response(answers.pop(0) if answers else 404, content=PICTURE)

    reach = Reach(web(answer), clock.monotonic)
    for _ in range(2):
        with pytest.raises(NoPublicAddress):
            await reach.check(LINK, PICTURE, "")
    for _ in range(3):
        await reach.check(LINK, PICTURE, "")
    assert asked == [f"bytes=0-{PROBE - 1}"] * 3
    clock.time += TRUSTED_S + 1
    with pytest.raises(NoPublicAddress):
        await reach.check(LINK, PICTURE, "")


async def job_behind(answer: Answer, folder: Path, vendors: ScriptedVendors, **env: str) -> Job:
    chosen = fakes.settings(folder, **{**fakes.LIVE, **env})
    studio = Studio(chosen, vendors, clock=JumpingClock(), reread_s=0.2, web=web(answer))
    await studio.start()
    try:
        return await ended(studio, await submit(studio, fakes.tryon(folder), visitor=ANN))
    finally:
        await studio.stop()


async def test_the_vendor_is_not_asked_in_vain(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    job = await job_behind(
        always(404), tmp_path, vendors, TRYON_PUBLIC_URL="", SPACE_HOST="ann-studio.hf.space"
    )
    assert (job.state, vendors.sent) == (JobState.FAILED, [])
    assert job.problem is not None and "this Space is private" in job.problem.what


async def test_behind_a_router_that_does_not_lead_back_in_the_job_goes_on(tmp_path: Path) -> None:
    vendors = ScriptedVendors()
    job = await job_behind(silent, tmp_path, vendors)
    assert job.state is JobState.SUCCEEDED and len(vendors.sent) == 1
