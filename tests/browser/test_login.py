"""With TRYON_AUTH: who is in, whose jobs follow whom, and what stays shut without a password."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from gradio_client import Client, handle_file
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import HOUSE, QUICK_APP, Server, app_server
from tests.browser.own_words import framework_words
from tests.browser.raw import API, EXT, Raw
from tryon_ui.serving.gate.rate_limits import WRONG_LOGINS
from tryon_ui.texts import say

HOODIE = HOUSE / "assets" / "garments" / "hoodie.jpg"
ANN, BEN = ("ann", "Anns-password"), ("ben", "Bens-password")


@dataclass(frozen=True)
class Shut:
    """The app behind a login, and a job of Ann's."""

    app: Server
    folder: Path
    ann: Raw
    job: str


@pytest.fixture(scope="module")
def shut(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shut]:
    folder = tmp_path_factory.mktemp("login")
    app = app_server(folder, QUICK_APP, TRYON_AUTH=",".join(":".join(pair) for pair in (ANN, BEN))).start()
    with Raw(app.url, login=ANN) as ann:
        yield Shut(app, folder, ann, ann.create(HOODIE))
    app.stop()


def log_in(page: Page, url: str, name: str, password: str) -> None:
    page.goto(url)
    page.get_by_role("textbox").first.fill(name)
    page.locator("input[type=password]").fill(password)
    page.get_by_role("button", name="Login").click()


def test_the_log_in_has_no_words_of_the_framework_and_no_frame_hides_it(shut: Shut, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(shut.app.url)
    page.locator("input[type=password]").wait_for(timeout=20_000)
    expect(page.locator("#splash")).to_have_count(0, timeout=20_000)
    assert framework_words(page) == [] and page.title() == say("page.title")
    page.context.close()


def test_a_wrong_password_is_told_and_a_right_one_opens_the_page_with_one_s_jobs(
    shut: Shut, browser: Browser
) -> None:
    page = browser.new_page()
    log_in(page, shut.app.url, ANN[0], "wrong")
    expect(page.get_by_text("Incorrect Credentials")).to_be_visible(timeout=20_000)
    assert page.locator("#go").count() == 0
    log_in(page, shut.app.url, *ANN)
    page.locator("#go").wait_for(timeout=20_000)
    page.get_by_role("tab", name="My jobs").click()
    # Made in another browser: jobs follow the user.
    expect(page.locator(f'#jobrows [data-job="{shut.job}"]').first).to_be_visible(timeout=20_000)
    page.context.close()


def test_another_user_sees_nothing_whatever_id_the_browser_brings(shut: Shut) -> None:
    with Raw(shut.app.url, login=BEN) as ben:
        assert ben.rows() == []
        for forged in (shut.ann.visitor, "user:ann", "ann"):
            ben.visitor = forged
            assert ben.rows() == []
        ben.click("jobrows", "delete", act="delete", job=shut.job)
        assert "event: error" in ben.call("job", id=shut.job)
    assert [row["id"] for row in shut.ann.rows()] == [shut.job]


def test_a_script_logs_in_and_has_the_jobs_of_its_user(shut: Shut) -> None:
    script = Client(shut.app.url, auth=ANN, verbose=False)
    assert [job["id"] for job in script.predict(api_name="/jobs")] == [shut.job]
    with pytest.raises(ValueError, match="Could not login"):
        Client(shut.app.url, auth=("ann", "wrong"), verbose=False)
    pictures, job = script.predict(garment=handle_file(HOODIE), count=1, api_name="/tryon")
    assert job["id"] == shut.job and len(pictures) == 1  # what the page made is found again
    script.close()


SHUT = (
    *("/config", f"{API}/info", f"{API}/queue/data?session_hash=abcdefghij", f"{API}/upload_progress"),
    *(f"{API}/file=/etc/hostname", f"{API}/mcp/", f"{API}/mcp/schema", f"{API}/mcp/sse"),
)


def test_without_a_login_nothing_is_told_or_taken(shut: Shut) -> None:
    with httpx.Client(base_url=shut.app.url) as stranger:
        for path in SHUT:
            assert stranger.get(path).status_code in (401, 404), path
        body = {"data": [], "fn_index": 0, "session_hash": "abcdefghij"}
        for path in ("queue/join", "call/jobs", "call/v2/jobs", "run/jobs", "api/jobs"):
            assert stranger.post(f"{API}/{path}", json=body).status_code in (401, 404), path
        assert stranger.post(f"{API}/upload", files={"files": ("a.png", b"x")}).status_code == 401
        page = stranger.get("/").text
    assert "components" not in page or '"auth_required":true' in page.replace(" ", "")
    assert shut.job not in page and not list((shut.folder / "cache").glob("tryon-*/a.png"))


def test_a_picture_s_unguessable_path_and_the_health_are_open_by_design(shut: Shut) -> None:
    pictures = list((shut.folder / "data" / "jobs" / shut.job / "pictures").iterdir())
    with httpx.Client(base_url=shut.app.url) as stranger:
        served = stranger.get(f"{EXT}/files/{shut.job}/{pictures[0].name}")
        other = stranger.get(f"{EXT}/files/{shut.job[::-1]}/{pictures[0].name}")
        assert stranger.get(f"{EXT}/healthz").status_code == 200
    assert served.content == pictures[0].read_bytes() and other.status_code == 404


def test_who_logs_out_is_out(shut: Shut) -> None:
    with Raw(shut.app.url, login=BEN) as ben:
        assert ben.http.get("/config").status_code == 200
        kept = dict(ben.http.cookies)
        ben.http.get("/logout")
        with httpx.Client(base_url=shut.app.url, cookies=kept) as thief:
            assert thief.get("/config").status_code == 401


def test_passwords_cannot_be_tried_for_long(shut: Shut) -> None:
    """The last one: afterwards this address has to wait."""
    with httpx.Client(base_url=shut.app.url) as stranger:
        answers = [
            stranger.post("/login", data={"username": "ann", "password": f"guess-{number}"})
            for number in range(WRONG_LOGINS.each + 1)
        ]
        right = stranger.post("/login", data={"username": ANN[0], "password": ANN[1]})
    assert answers[0].json()["detail"] != say("trouble.login_wait") == answers[-1].json()["detail"]
    assert right.json() == {"detail": say("trouble.login_wait")} and not right.cookies
    assert shut.ann.http.get("/config").status_code == 200  # who is in stays in
