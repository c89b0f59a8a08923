"""A question before money is spent takes no press that was meant for what it asks about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import HOUSE

SCRIPTS = ("unzip", "questions", "drafts", "board_panels")
KINDS = {"draft": ("manyask", "data-draft"), "boardAsk": ("boardask", "data-answer")}
ASK = """([kind, look, act]) => {
  document.body.innerHTML = "<button id=go class=spot>Create</button><div id=question></div>"
    + "<style>.spot { position: absolute; top: 8px; left: 8px; width: 200px; height: 60px }</style>";
  const question = document.getElementById("question"), go = document.getElementById("go");
  window.told = [];
  window.TryOn[kind](question, (name, what) => told.push([name, what.agreed]));
  go.addEventListener("click", () => {
    go.hidden = true;
    question.innerHTML = `<div class=${look} role=alertdialog data-agreed=26><p>Create them all?</p>`
      + `<button class=spot ${act}=yes data-agreed=26>Yes</button></div>`;
    question.querySelector("button").focus();
  });
}"""
SPOT = (60, 30)


@pytest.fixture(params=KINDS)
def asked(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page with a button whose question comes under the pointer."""
    page = browser.new_page()
    page.evaluate("window.TryOn = { workedFor: (ms, then) => setTimeout(then, ms) }")
    for name in SCRIPTS:
        page.add_script_tag(path=HOUSE / "assets" / "js" / f"{name}.js")
    page.evaluate(ASK, [request.param, *KINDS[request.param]])
    yield page
    page.close()


def test_a_second_press_at_once_is_no_yes_and_a_later_one_is_seen_to_be_taken(asked: Page) -> None:
    yes = asked.get_by_role("button", name="Yes")
    asked.mouse.dblclick(*SPOT)
    asked.mouse.click(*SPOT)
    assert asked.evaluate("told") == []
    expect(yes).to_be_enabled()
    asked.mouse.dblclick(*SPOT)
    assert asked.evaluate("told") == [["submit", 26]]
    expect(yes).to_have_attribute("aria-busy", "true")
    asked.evaluate("dispatchEvent(new Event('tryon:notdone'))")
    asked.mouse.click(*SPOT)
    assert asked.evaluate("told.length") == 2


def test_a_key_that_is_held_down_is_no_yes(asked: Page) -> None:
    asked.locator("#go").focus()
    for _ in range(3):
        asked.keyboard.down("Enter")
    expect(asked.get_by_role("button", name="Yes")).to_be_enabled()
    for _ in range(3):
        asked.keyboard.down("Enter")
    assert asked.evaluate("told") == []
    asked.keyboard.up("Enter")
    asked.keyboard.press("Enter")
    assert asked.evaluate("told") == [["submit", 26]]
