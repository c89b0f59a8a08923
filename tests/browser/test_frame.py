"""The page in a frame of another site, in a browser that keeps nothing for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import FLAGS, QUICK_APP, app_server, chromium, one_picture
from tests.browser.test_plain_browsers import both_jobs_end

AROUND, SPACE = "https://huggingface.co/spaces/somebody/studio", "somebody-studio.hf.space"
# A visitor's own setting for one site. With third-party cookies blocked alone, a frame keeps what is its own.
BLOCKED = {
    "profile": {"content_settings": {"exceptions": {"cookies": {"[*.]hf.space,*": {"setting": 2}}}}},
}
# The frame has no certificate here, and is on this machine.
AS_ON_THE_WEB = (
    "--allow-running-insecure-content",
    "--disable-features=LocalNetworkAccessChecks,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
    f"--host-resolver-rules=MAP {SPACE} 127.0.0.1",
)
KEEPS = """() => {
  try { localStorage.setItem("a", "1"); return "kept"; } catch (error) { return error.name; }
}"""


def profile(folder: Path) -> Path:
    """A browser's folder with that setting."""
    (folder / "Default").mkdir(parents=True)
    (folder / "Default" / "Preferences").write_text(json.dumps(BLOCKED))
    return folder


def test_in_a_spaces_frame_that_may_keep_nothing_both_jobs_end_and_that_is_said(
    browser: Browser, tmp_path: Path
) -> None:
    server = app_server(tmp_path, QUICK_APP)
    address = server.url.replace("127.0.0.1", SPACE)
    server.env["TRYON_PUBLIC_URL"] = address
    server.start()
    around = browser.browser_type.launch_persistent_context(
        profile(tmp_path / "profile"), executable_path=chromium(), args=[*FLAGS, *AS_ON_THE_WEB]
    )
    around.route(
        f"{AROUND}*",
        lambda route: route.fulfill(
            content_type="text/html", body=f'<iframe src="{address}" width="1300" height="900"></iframe>'
        ),
    )
    around.add_init_script(f"window.keptAtFirst = ({KEEPS})();")
    try:
        page = around.new_page()
        page.goto(AROUND)
        frame = next(one for one in page.frames if one.url.startswith(address))
        frame.locator("#go").wait_for(timeout=20_000)
        assert (page.evaluate("keptAtFirst"), frame.evaluate("keptAtFirst")) == ("kept", "SecurityError")
        expect(frame.locator("#saying")).to_contain_text("lets the page keep nothing")
        expect(frame.locator("#saying")).to_contain_text("open the app in a tab of its own")
        one_picture(cast("Page", frame))
        both_jobs_end(cast("Page", frame))
    finally:
        around.close()
        server.stop()
