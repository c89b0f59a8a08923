"""What a client presses on a share page is seen at once, and counts once: the script on a small page."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import HOUSE

ADDRESS = "http://share.example/s/token"


class Client:
    """Answers as the app would, of one picture; `held` are the calls that are not answered yet."""

    def __init__(self) -> None:
        self.name, self.verdict, self.word = "", "", ""
        self.told: list[str] = []
        self.held: list[Route] | None = None
        self.deleted = False

    def take(self, route: Route) -> None:
        if route.request.method == "POST" and self.held is not None:
            self.held.append(route)
        else:
            self.answer(route)

    def answer(self, route: Route) -> None:
        said = parse_qs(route.request.post_data or "", keep_blank_values=True)
        if "name" in said:
            (self.name,) = said["name"]
        if "picture" in said:
            for field in {"verdict", "word"} & said.keys():
                setattr(self, field, said[field][-1])
            if "verdict" in said:
                self.told.append(self.verdict)
        route.fulfill(body=self.page(), content_type="text/html")

    def page(self) -> str:
        votes = "".join(
            f'<button class="{one}" name="verdict" value="{"" if one == self.verdict else one}"'
            f' aria-pressed="{str(one == self.verdict).lower()}">{one}</button>'
            for one in ("yes", "no")
        )
        name = f'<input name="name" value="{self.name}">'
        number = 2 if self.deleted else 1
        return (
            '<main data-link="0123456789abcdef">'
            f'<div class="askname"><form action="/s/token" method="post">{name}</form></div>'
            f'<figure id="p{number}"><figcaption><form class="vote" action="/s/token" method="post">'
            f'<input type="hidden" name="picture" value="1">{votes}</form><details class="word" open><form '
            f'action="/s/token" method="post"><input type="hidden" name="picture" value="1">'
            f'<textarea name="word">{self.word}</textarea>'
            '<button class="btn">Save</button></form></details><p class="late" hidden>Late</p>'
            '<p class="gone" hidden>Gone</p>'
            "</figcaption></figure>"
            f'<aside class="judge"><form class="ask" action="/s/token" method="post" hidden>{name}'
            '<button class="btn">Save</button></form></aside></main>'
        )


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def page(browser: Browser, client: Client) -> Iterator[Page]:
    page = browser.new_page()
    page.route("http://share.example/**", client.take)
    page.goto(ADDRESS)
    page.add_script_tag(path=HOUSE / "assets" / "js" / "share.js")
    yield page
    page.close()


def pressed(page: Page, *names: str) -> None:
    expect(page.locator("[aria-pressed=true]")).to_have_count(len(names))
    for name in names:
        expect(page.locator(f".vote .{name}")).to_have_attribute("aria-pressed", "true")


def test_a_yes_before_the_name_is_seen_at_once_and_kept_until_the_name_is_there(
    page: Page, client: Client
) -> None:
    yes, name = page.locator(".yes"), page.locator(".ask input")
    yes.click()
    pressed(page, "yes")
    expect(name).to_be_focused()
    expect(page.locator(".vote")).to_have_class("vote waits")  # it does not look as if it were sent
    yes.click()  # once more, as nothing says yet that it counts
    pressed(page, "yes")
    expect(name).to_be_focused()
    client.held = []
    name.fill("Anna")
    page.locator(".ask .btn").click()
    yes.click()
    pressed(page, "yes")
    for route in (held := client.held):
        client.held = None
        client.answer(route)
    expect(page.locator(".askname input")).to_have_value("Anna")
    page.wait_for_function("document.querySelector('.yes').value === ''")
    pressed(page, "yes")
    expect(page.locator(".vote")).to_have_class("vote")
    assert len(held) == 1 and client.told == ["yes"]


def test_a_name_that_is_typed_and_not_saved_is_taken_with_the_first_answer(
    page: Page, client: Client
) -> None:
    page.locator(".askname input").fill("Anna")
    page.locator(".yes").click()
    page.wait_for_function("document.querySelector('.yes').value === ''")
    pressed(page, "yes")
    expect(page.locator(".vote")).to_have_class("vote")
    expect(page.locator(".ask")).to_be_hidden()
    assert (client.name, client.told) == ("Anna", ["yes"])


def test_a_press_while_one_is_on_its_way_takes_nothing_back_and_the_other_one_counts(
    page: Page, client: Client
) -> None:
    client.name = "Anna"
    page.goto(ADDRESS)
    page.add_script_tag(path=HOUSE / "assets" / "js" / "share.js")
    yes, no, word = page.locator(".yes"), page.locator(".no"), page.locator(".word textarea")
    client.held = []
    with page.expect_request(lambda request: request.method == "POST"):
        yes.click()
    yes.click()
    pressed(page, "yes")
    no.click()
    pressed(page, "no")
    word.fill("Shorter")
    page.locator(".word .btn").click()
    (first,) = client.held
    client.held = None
    client.answer(first)
    page.wait_for_function("document.querySelector('.no').value === ''")
    expect(page.locator(".word textarea")).to_have_js_property("defaultValue", "Shorter")
    pressed(page, "no")
    assert (client.told, client.word) == (["yes", "no"], "Shorter")
    no.click()  # nothing is on its way: it is taken back
    pressed(page)
    expect(page.locator(".no")).to_have_attribute("value", "no")
    assert client.told[-1] == ""


def open_with_script(page: Page) -> None:
    page.goto(ADDRESS)
    page.add_script_tag(path=HOUSE / "assets" / "js" / "share.js")


def test_what_is_said_without_a_connection_waits_in_sight_and_is_sent_once_there_is_one(
    page: Page, client: Client
) -> None:
    client.name = "Anna"
    open_with_script(page)
    page.route("http://share.example/**", lambda route: route.abort("internetdisconnected"))
    page.locator(".yes").click()
    page.locator(".word textarea").fill("Shorter")
    page.locator(".word .btn").click()
    expect(page.locator(".late")).to_be_visible()
    expect(page.locator(".vote")).to_have_class("vote waits")
    assert client.told == []
    assert page.evaluate("Object.keys(localStorage)") == ["share-unsent:0123456789abcdef"]  # no link
    page.unroute("http://share.example/**")
    page.route("http://share.example/**", client.take)
    open_with_script(page)  # as after a reload
    pressed(page, "yes")
    page.wait_for_function("document.querySelector('.yes').value === ''")
    expect(page.locator(".word textarea")).to_have_js_property("defaultValue", "Shorter")
    expect(page.locator(".late")).to_be_hidden()
    expect(page.locator(".vote")).to_have_class("vote")
    assert (client.told, client.word) == (["yes"], "Shorter")


def test_a_tab_that_comes_into_view_shows_what_was_said_elsewhere(page: Page, client: Client) -> None:
    client.name = "Anna"
    open_with_script(page)
    pressed(page)
    client.verdict, client.word = "no", "Hem"
    page.locator(".word textarea").fill("Being typed")
    page.evaluate("dispatchEvent(new Event('visibilitychange'))")
    pressed(page, "no")
    expect(page.locator(".word textarea")).to_have_value("Being typed")


def test_a_picture_that_was_deleted_meanwhile_says_so_and_takes_no_answer(page: Page, client: Client) -> None:
    client.name = "Anna"
    open_with_script(page)
    client.deleted = True
    page.locator(".yes").click()
    expect(page.locator(".gone")).to_be_visible()
    expect(page.locator("#p1")).to_have_class("away")
    client.deleted = False  # its owner has it back
    page.evaluate("dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".gone")).to_be_hidden()
    expect(page.locator("#p1")).not_to_have_class("away")
