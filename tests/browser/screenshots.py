"""Pictures of the running app, state by state: `make screenshots` writes them to assets/screenshots.

The app runs against a sandbox server of its own, so that failures can be had on demand.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.conftest import FLAGS, HOUSE, Server, app_server, chromium, sandbox_server

FOLDER = HOUSE / "assets" / "screenshots"
DESKTOP = (1440, 1068)
PHONE = (390, 844)
LIMIT_MS = 30_000


def fault(sandbox: Server, name: str, on: str, after: int = 0) -> None:
    """Lets the next call of that kind fail."""
    faults = [{"on": on, "fault": name, "times": 1, "after": after}]
    httpx.post(f"{sandbox.url}/_sandbox/faults", json=faults).raise_for_status()


def pace(sandbox: Server, per_image_s: float) -> None:
    timing = {"queue_s": 0.3, "per_image_s": per_image_s, "jitter": 0.0}
    httpx.post(f"{sandbox.url}/_sandbox/timing", json=timing).raise_for_status()


def create(page: Page) -> None:
    page.locator("#go").click()


def done(page: Page, _: Server) -> None:
    create(page)
    expect(page.locator("#jobcard button.slot img")).to_have_count(4, timeout=LIMIT_MS)
    expect(page.get_by_role("button", name="Refine this")).to_be_visible(timeout=LIMIT_MS)


def running(page: Page, sandbox: Server) -> None:
    pace(sandbox, 4.0)
    create(page)
    expect(page.locator("#jobcard button.slot img")).to_have_count(2, timeout=LIMIT_MS)


def failed(page: Page, sandbox: Server) -> None:
    done(page, sandbox)
    fault(sandbox, "code:707", "aidge.submit")
    page.locator("#count label").first.click()
    create(page)
    expect(page.locator("#jobcard .notice")).to_be_visible(timeout=LIMIT_MS)


def uncertain(page: Page, sandbox: Server) -> None:
    fault(sandbox, "drop_after", "aidge.submit")
    create(page)
    expect(page.locator("#jobcard .notice")).to_be_visible(timeout=LIMIT_MS)


def opened(page: Page, _: Server) -> None:
    page.locator("#samples label").nth(3).click()
    page.locator("#mode label").nth(1).click()
    page.locator("#more button").first.click()
    page.wait_for_timeout(800)


def refined(page: Page, sandbox: Server) -> None:
    done(page, sandbox)
    page.get_by_role("button", name="Refine this").click()
    expect(page.locator("#refine-go")).to_be_visible(timeout=LIMIT_MS)
    page.locator("#refine-go").click()
    expect(page.locator(".ba img")).to_have_count(2, timeout=LIMIT_MS)


def jobs(page: Page, sandbox: Server) -> None:
    refined(page, sandbox)
    fault(sandbox, "code:703", "aidge.submit")
    page.get_by_role("tab", name="Try-on").click()
    page.locator("#samples label").nth(2).click()
    create(page)
    expect(page.locator("#jobcard .notice")).to_be_visible(timeout=LIMIT_MS)
    page.get_by_role("tab", name="My jobs").click()
    expect(page.locator("#jobrows .jobrow").nth(2)).to_be_visible(timeout=LIMIT_MS)


@dataclass(frozen=True)
class Shot:
    name: str
    state: Callable[[Page, Server], None]
    size: tuple[int, int] = DESKTOP
    dark: bool = False


SHOTS = (
    Shot("tryon_desktop_light", done),
    Shot("tryon_desktop_dark", done, dark=True),
    Shot("tryon_open", opened, (1280, 1405)),
    Shot("tryon_running", running),
    Shot("tryon_error", failed),
    Shot("tryon_uncertain", uncertain),
    Shot("tryon_mobile", done, PHONE),
    Shot("tryon_mobile_dark", done, PHONE, dark=True),
    Shot("refine", refined, (1440, 1000)),
    Shot("refine_mobile", refined, PHONE),
    Shot("jobs", jobs, (1440, 1000)),
)


def take(shot: Shot, browser: Browser, app: Server, sandbox: Server) -> None:
    """One picture of one state, in a browser that has not been here before."""
    context = browser.new_context(
        viewport={"width": shot.size[0], "height": shot.size[1]},
        color_scheme="dark" if shot.dark else "light",
        reduced_motion="reduce",
        device_scale_factor=2 if shot.size == PHONE else 1,
    )
    page = context.new_page()
    page.goto(app.url)
    page.locator("#go").wait_for(timeout=LIMIT_MS)
    pace(sandbox, 0.3)
    shot.state(page, sandbox)
    page.wait_for_timeout(700)  # fonts and pictures settle
    Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB").save(
        FOLDER / f"{shot.name}.jpg", quality=88, optimize=True
    )
    context.close()


def main() -> None:
    """Takes every picture of `SHOTS`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        sandbox = sandbox_server(Path(folder)).start()
        app = app_server(
            Path(folder),
            AIDGE_APP_KEY="sandbox",
            AIDGE_APP_SECRET="sandbox-secret",
            AIDGE_BASE_URL=f"{sandbox.url}/rest",
            AILAB_API_KEY="sandbox",
            AILAB_BASE_URL=sandbox.url,
        ).start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            for shot in SHOTS:
                take(shot, browser, app, sandbox)
        finally:
            browser.close()
            app.stop()
            sandbox.stop()


if __name__ == "__main__":
    main()
