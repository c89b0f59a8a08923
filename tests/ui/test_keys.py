"""A visitor's own key: taken once, for that visitor alone, and given back nowhere."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import gradio as gr
import pytest

from tests.ui.fake_studio import FakeStudio
from tryon_core import KeySource, Secret, vendor
from tryon_core.account import Key
from tryon_ui.page_context import PageContext
from tryon_ui.samples import load
from tryon_ui.tabs.spending import Spending
from tryon_ui.tabs.tryon_form import Form
from tryon_ui.topbar import keys, visitor_refresh
from tryon_ui.topbar.panels import Note, Panel, topbar_html

ME, SECRET = "browser:me", "sentinel-5f0c"
MODELS = ["James", "Ariel", "Alba"]
HOODIE_ON_ALBA = Form("/x/hoodie.jpg", library="Alba")


def desk_of(studio: FakeStudio, assets: Path) -> PageContext:
    return PageContext(studio, load(assets))  # type: ignore[arg-type]


def event(**data: object) -> gr.EventData:
    return SimpleNamespace(_data=data)  # type: ignore[return-value]


AIDGE = {"vendor": "aidge", "app_key": f" {SECRET}-name\n", "app_secret": SECRET}
AILAB = {"vendor": "ailab", "api_key": SECRET}


@pytest.mark.anyio
async def test_a_key_reaches_the_studio_without_the_blanks_that_come_with_pasting(
    studio: FakeStudio, assets: Path
) -> None:
    context = desk_of(studio, assets)
    notes = [await keys.use(context, keys.entered(event(**typed)), ME) for typed in (AIDGE, AILAB)]

    assert [note.bad for note in notes] == [False, False] and notes[0].mark != notes[1].mark
    assert studio.keys[ME, "aidge"] == Key(
        "aidge", {"app_key": Secret(f"{SECRET}-name"), "app_secret": Secret(SECRET)}
    )
    assert studio.keys[ME, "ailab"] == Key("ailab", {"api_key": Secret(SECRET)})


@pytest.mark.anyio
async def test_a_key_that_was_taken_is_not_called_right_and_which_models_are_left_is_told(
    studio: FakeStudio, assets: Path
) -> None:
    context = desk_of(studio, assets)
    aidge, ailab = [await keys.use(context, keys.entered(event(**typed)), ME) for typed in (AIDGE, AILAB)]

    assert all("only then does the vendor say whether it is right" in note.words for note in (aidge, ailab))
    assert "James, Ariel can be chosen" in aidge.words and "chosen" not in ailab.words


@pytest.mark.anyio
async def test_with_an_own_key_the_page_is_live_for_that_visitor_alone(
    studio: FakeStudio, assets: Path
) -> None:
    context = desk_of(studio, assets)
    await keys.use(context, keys.entered(event(**AIDGE)), ME)
    mine = await visitor_refresh.everything(context, ME)
    yours = await visitor_refresh.everything(context, "browser:you")

    topbar, other = visitor_refresh.has(mine)[0], visitor_refresh.has(yours)[0]
    assert "Live · your key" in topbar and "Live" not in other.split("keypanel")[0]
    lines = [visitor_refresh.tryon_line(context, HOODIE_ON_ALBA, found[0])[1] for found in (mine, yours)]
    assert "Hoodie on Alba. Your key: Aidge charges you for 4 pictures." in lines[0]
    assert "Hoodie on Alba. Sandbox: nothing is charged." in lines[1]


@pytest.mark.anyio
async def test_a_model_that_a_live_vendor_does_not_have_is_taken_back_and_another_choice_is_left_alone(
    studio: FakeStudio, assets: Path
) -> None:
    context = desk_of(studio, assets)
    await keys.use(context, keys.entered(event(**AIDGE)), ME)
    lost = await visitor_refresh.offer(context, ME, "", "Alba")
    kept = await visitor_refresh.offer(context, ME, "", "Ariel")
    others = await visitor_refresh.offer(context, "browser:you", "", "Alba")

    assert [value for _, value in lost.choices] == MODELS[:2] and lost.value == "James"
    assert [value for _, value in kept.choices] == MODELS[:2] and "value" not in kept.constructor_args
    assert [value for _, value in others.choices] == MODELS and "value" not in others.constructor_args


@pytest.mark.anyio
async def test_nothing_that_goes_back_to_the_page_holds_the_key(studio: FakeStudio, assets: Path) -> None:
    context, given = desk_of(studio, assets), keys.entered(event(**AIDGE))
    notes = {given.vendor: await keys.use(context, given, ME)}
    drawn = visitor_refresh.has(await visitor_refresh.everything(context, ME), notes)

    assert SECRET not in "".join(drawn)
    assert SECRET not in repr(given) and notes[given.vendor].words in drawn[0]


@pytest.mark.anyio
async def test_a_forgotten_key_is_gone_at_once(studio: FakeStudio, assets: Path) -> None:
    context, given = desk_of(studio, assets), keys.entered(event(**AIDGE))
    await keys.use(context, given, ME)
    note = await keys.forget(context, keys.entered(event(vendor="aidge")), ME)

    assert not note.bad and studio.keys == {}


@pytest.mark.anyio
@pytest.mark.parametrize(
    "data",
    [{}, {"vendor": "ailab"}, {"vendor": ["x"], "app_key": 7}, {"app_key": "name", "app_secret": {"a": 1}}],
)
async def test_what_is_no_key_is_refused_in_words(
    data: dict[str, object], studio: FakeStudio, assets: Path
) -> None:
    note = await keys.use(desk_of(studio, assets), keys.entered(event(**data)), ME)

    assert note.bad and "Allowed: " in note.words and studio.keys == {}


def test_an_event_without_data_is_no_key() -> None:
    assert keys.entered(SimpleNamespace(_data=None)).fields == {}  # type: ignore[arg-type]


PANELS = {
    KeySource.OWN: ("Your own key is in use", "Forget my key", False),
    KeySource.OPERATOR: ("Aidge is live", "charged to your account instead", True),
    KeySource.SANDBOX: ("No Aidge key", "Aidge itself makes your pictures", True),
    KeySource.CLOSED: ("not open to visitors here", "TRYON_AUTH (a login) or TRYON_DAILY_PICTURES", True),
    KeySource.MISSING: ("the built-in sandbox has no copy of Aidge", "Aidge makes your pictures", True),
}


@pytest.mark.parametrize("key_source", list(KeySource))
def test_each_panel_tells_what_the_pill_means_and_what_can_be_done(key_source: KeySource) -> None:
    html = topbar_html([Panel(Spending(vendor("aidge"), key_source))])
    says, does, form = PANELS[key_source]

    assert says in html and does in html and ("<form" in html) is form
    assert html.count('type="password"') == html.count('autocomplete="off"') == (2 if form else 0)
    assert ("memory only" in html and 'method="dialog"' in html) or not form


def test_a_panel_tells_what_is_left() -> None:
    html = topbar_html(
        [Panel(Spending(vendor("ailab"), KeySource.OPERATOR, 12, 1250.0), Note("<b>", bad=True))]
    )

    assert "<dd>12 pictures</dd>" in html and "<dd>1,250 credits</dd>" in html
    assert "keynote bad" in html and "&lt;b&gt;" in html and 'name="api_key"' in html
