"""What is done with all garments stands in the form, however narrow that is: the head on a small page."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.test_cell_places import CSS, FONT

HEAD = """<div class="gradio-container"><div id="manygarments" style="width: 256px"><div class="sec">
  <h2>Garments <span>12</span></h2><span class="gacts"><button class="linkish">Take all out</button>
  <button class="linkish">Just one garment</button></span></div></div></div>"""
BEYOND = """() => {
  const right = (one) => one.getBoundingClientRect().right, all = [...document.querySelectorAll(".linkish")];
  return Math.max(...all.map(right)) - right(document.querySelector("#manygarments"));
}"""


def test_what_is_done_with_all_garments_runs_out_of_no_narrow_form(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.set_content(HEAD)
    for name in ("tokens.css", "page.css", "drafts.css"):
        page.add_style_tag(path=CSS / name)
    page.add_style_tag(content=FONT)
    assert page.evaluate(BEYOND) <= 0
    page.close()
