"""Two real processes: an upload becomes a URL, the vendor's server fetches it by that, and it is gone."""

from __future__ import annotations

import hashlib
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
from playwright.sync_api import Browser, expect

from tests.browser.conftest import app_server, create, sandbox_server
from tests.browser.test_main_job import photo_of, upload

HOSTED = "/gradio_api/ext/h/"


@dataclass(frozen=True)
class Passed:
    """One request that went by the app's public address, and what came back."""

    method: str
    path: str
    agent: str
    status: int
    sha256: str


@dataclass
class Gate:
    """The app's public address: passes everything on to the app's own port, and remembers it."""

    target: str = ""
    url: str = ""
    passed: list[Passed] = field(default_factory=list)


@contextmanager
def gate() -> Iterator[Gate]:
    opened = Gate()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                with urllib.request.urlopen(opened.target + self.path, timeout=10) as answer:
                    status, kind, body = answer.status, answer.headers["content-type"], answer.read()
            except urllib.error.HTTPError as error:
                status, kind, body = error.code, "text/plain", error.read()
            digest = hashlib.sha256(body).hexdigest()
            agent = self.headers.get("user-agent", "")
            opened.passed.append(Passed(self.command, self.path, agent, status, digest))
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: what passed is remembered."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        opened.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield opened
        finally:
            server.shutdown()
            thread.join(5)


def test_the_sandbox_fetches_an_upload_by_its_hosted_url_and_after_the_job_it_is_gone(
    browser: Browser, tmp_path: Path
) -> None:
    sandbox = sandbox_server(tmp_path, "--queue-s", "0.2", "--per-image-s", "0.2").start()
    with gate() as public:
        app = app_server(
            tmp_path,
            AIDGE_APP_KEY="sandbox",
            AIDGE_APP_SECRET="sandbox-secret",
            AIDGE_BASE_URL=f"{sandbox.url}/rest",
            TRYON_PUBLIC_URL=public.url,
        ).start()
        public.target = app.url
        photo = photo_of("tee", tmp_path, 800)
        page = browser.new_page(reduced_motion="reduce")
        try:
            page.goto(app.url)
            page.locator("#go").wait_for(timeout=20_000)
            upload(page, "#garment", photo)
            create(page)
            expect(page.locator("#jobcard .job")).to_have_class(re.compile("succeeded"), timeout=60_000)
            fetched = [one for one in public.passed if one.path.startswith(HOSTED)]
            after = [
                httpx.get(base + one.path).status_code for base in (app.url, public.url) for one in fetched
            ]
            tasks = httpx.get(f"{sandbox.url}/_sandbox/tasks").json()
        finally:
            page.close()
            app.stop()
            sandbox.stop()
    assert len(tasks) == 1 and fetched
    assert {one.path for one in public.passed} == {fetched[0].path}
    assert {(one.status, one.sha256) for one in fetched} == {
        (200, hashlib.sha256(photo.read_bytes()).hexdigest())
    }
    assert all(one.agent.startswith("python-httpx") for one in fetched)  # the sandbox's, not the browser's
    assert after and set(after) == {404}
