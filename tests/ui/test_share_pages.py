"""The pages of links to collections, over HTTP, with the real studio behind them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urljoin

import httpx
import pytest
from starlette.applications import Starlette

from tests.core.collections.making import done, rail
from tests.core.fakes import ScriptedVendors, finished
from tests.core.test_studio import ANN, open_house
from tryon_core import (
    GarmentType,
    NewCollection,
    NewGarment,
    NewShare,
    Secret,
    Share,
    Studio,
    Suit,
    Verdict,
)
from tryon_ui.serving.gate.guard import guarded
from tryon_ui.serving.gate.uploads import UploadRoom
from tryon_ui.serving.routes.share_routes import share_routes
from tryon_ui.share.visits import is_opened

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
ASSETS = Path(__file__).parent.parent.parent / "assets"
PERSON = {"user-agent": "Mozilla/5.0 (iPhone)", "accept": "text/html", "host": "127.0.0.1"}
ODD = "<b>\"&'</b>"
PUBLIC = "https://studio.example"


@asynccontextmanager
async def linked(
    folder: Path, new: NewShare | None = None, public: str = "", prefix: str = ""
) -> AsyncIterator[tuple[httpx.AsyncClient, Share, Studio]]:
    """A browser, and a link to Ann's collection of two garments on two models, one picture each."""
    async with open_house(folder, ScriptedVendors(queries=[finished("a.png")])) as studio:
        wanted = rail(folder)
        wanted = NewCollection(wanted.garments, wanted.models, wanted.options, name=f"Autumn {ODD}")
        made = await done(studio, await studio.collections.create(wanted, visitor=ANN))
        share = await studio.collections.shares.create(made.id, new or NewShare(), visitor=ANN)

        def public_urls() -> tuple[str, ...]:
            return (public,) if public else ()

        inner = Starlette(routes=share_routes(studio, ASSETS, public_urls))
        app = guarded(inner, UploadRoom(folder / "room"), public_urls=public_urls)
        base = public or "http://127.0.0.1"
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app, root_path=prefix), base_url=base, headers=PERSON
        ) as browser:
            if public:
                browser.headers["host"] = "studio.example"
            yield browser, share, studio


BASE_AND_FORM = ("base href", 'form method="post" action')


def pictures_in(html: str) -> list[str]:
    return re.findall(r'<img src="([^"]+)"', html)


async def test_the_page_shows_garments_and_pictures_and_nothing_that_was_typed_is_html(
    tmp_path: Path,
) -> None:
    new = NewShare(lead=f"Look {ODD}", shared_by=f"Lea {ODD}")
    async with linked(tmp_path, new) as (browser, share, _):
        answer = await browser.get(f"/s/{share.token}")
        assert answer.status_code == 200 and "<b>" + '"' not in answer.text
        assert answer.text.count("&lt;b&gt;") >= 3
        assert answer.text.count("<figure") == 4 and "Made with AI" in answer.text
        for address in pictures_in(answer.text):
            picture = await browser.get(f"/s/{address}")
            assert picture.status_code == 200 and picture.headers["content-type"].startswith("image/")
            assert "public" not in picture.headers["cache-control"]
        assert (await browser.get(f"/s/{share.token}/p/1/full")).headers["content-type"] == "image/png"
        for nowhere in ("p/5/views", "p/0/views", "p/1/huge", "p/1/..", "g/3", "g/0", "x"):
            assert (await browser.get(f"/s/{share.token}/{nowhere}")).status_code == 404


async def test_search_engines_and_other_scripts_have_no_part_in_it(tmp_path: Path) -> None:
    async with linked(tmp_path) as (browser, share, _):
        answer = await browser.get(f"/s/{share.token}")
        assert "noindex" in answer.headers["x-robots-tag"] and 'content="noindex' in answer.text
        policy = answer.headers["content-security-policy"]
        assert (
            "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        )
        assert answer.headers["cache-control"] == "private, no-store"
        shown = re.sub(r"<(script|style).*?</\1>|<(?!meta)[^>]+>", " ", answer.text, flags=re.DOTALL)
        assert "Try-On Studio" in shown and not re.search("gradio|svelte", shown, re.IGNORECASE)


async def test_whoever_reads_chinese_reads_chinese(tmp_path: Path) -> None:
    async with linked(tmp_path) as (browser, share, _):
        answer = await browser.get(f"/s/{share.token}", headers={"accept-language": "zh-CN"})
        words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", answer.text, flags=re.DOTALL)
        for own in ("Try-On Studio", "Autumn", "Shirt", "Model 1", "Model 2", "&lt;b&gt;", "&lt;/b&gt;"):
            words = words.replace(own, "")
        assert 'lang="zh-CN"' in answer.text and "AI" in words
        assert (
            re.findall(r"[A-Za-z]{2,}", words.replace("AI", "").replace("amp", "").replace("quot", "")) == []
        )


async def test_a_name_once_then_a_yes_a_no_and_a_word_without_any_script(tmp_path: Path) -> None:
    async with linked(tmp_path) as (browser, share, studio):
        home = f"/s/{share.token}"
        early = await browser.post(f"{home}/vote", data={"picture": "1", "verdict": "yes"})
        assert early.status_code == 422 and "your name" in early.text.lower()
        named = await browser.post(f"{home}/name", data={"name": f"Tom {ODD}"})
        assert named.status_code == 303 and named.headers["location"] == f"{home}#name"
        cookie = named.headers["set-cookie"]
        assert "HttpOnly" in cookie and f"Path={home}" in cookie and "samesite=lax" in cookie.lower()
        for form in (
            {"picture": "1", "verdict": "yes", "word": ""},
            {"picture": "2", "verdict": "no", "word": f"Hem {ODD}"},
            {"picture": "1", "verdict": "yes", "word": "Good"},
        ):
            assert (await browser.post(f"{home}/vote", data=form)).headers["location"].startswith(home)
        page = (await browser.get(home)).text
        assert page.count('aria-pressed="true"') == 2 and "2 left" in page and "<q>Good</q>" in page
        votes = await studio.collections.shares.votes(share.collection_id, visitor=ANN)
        assert {(vote.verdict, vote.word) for vote in votes} == {
            (Verdict.YES, "Good"),
            (Verdict.NO, f"Hem {ODD}"),
        }
        browser.cookies.clear()
        other = (await browser.get(home)).text
        assert 'aria-pressed="true"' not in other and "Good" not in other


async def test_each_form_of_a_page_says_one_thing_and_undoes_nothing_said_elsewhere(tmp_path: Path) -> None:
    async with linked(tmp_path) as (browser, share, _):
        home = f"/s/{share.token}"
        await browser.post(f"{home}/name", data={"name": "Tom"})
        older = (await browser.get(home)).text  # what another tab goes on showing
        vote, word = re.findall(r'<form[^>]*action="[^"]*/vote">.*?</form>', older, re.DOTALL)[:2]
        for answer in ({"verdict": "no"}, {"word": "Hem"}):
            await browser.post(f"{home}/vote", data={"picture": "1", **answer})
        for form, answer in ((vote, {"verdict": "yes"}), (word, {"word": "Hem, please"})):
            hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
            before = (await browser.get(home)).text
            await browser.post(f"{home}/vote", data={**hidden, **answer})
            after = (await browser.get(home)).text
            assert ("<q>Hem" in before) and ("<q>Hem" in after)
            assert before.count('aria-pressed="true"') == after.count('aria-pressed="true"') == 1


def formed(answer: httpx.Response) -> str:
    """Where a browser sends the first form of a page."""
    base, form = (str(re.findall(rf'<{part}="([^"]+)"', answer.text)[0]) for part in BASE_AND_FORM)
    return urljoin(urljoin(str(answer.url), base), form)


async def test_a_page_that_is_an_answer_leads_on_as_the_links_own_does(tmp_path: Path) -> None:
    async with linked(tmp_path, NewShare(password=Secret("open sesame"))) as (browser, share, studio):
        home = f"/s/{share.token}"
        answer = await browser.get(home)
        for left in (4, 3):
            answer = await browser.post(formed(answer), data={"password": "sesame"}, follow_redirects=True)
            assert f"{left} tries left" in answer.text and answer.status_code == 200
        let_in = await browser.post(formed(answer), data={"password": "open sesame"})
        assert (let_in.status_code, let_in.headers["location"]) == (303, home)
        page = await browser.get(home, headers={"sec-fetch-site": "same-origin"})
        assert page.text.count("<figure") == 4
        refused = await browser.post(formed(page), data={"name": ""})
        assert refused.status_code == 422
        named = await browser.post(formed(refused), data={"name": "Tom"})
        assert named.headers["location"] == f"{home}#name"
        (seen,) = await studio.collections.shares.list(share.collection_id, visitor=ANN)
        assert seen.opened == 1


async def test_odd_answers_are_told_in_words(tmp_path: Path) -> None:
    async with linked(tmp_path) as (browser, share, _):
        home = f"/s/{share.token}"
        await browser.post(f"{home}/name", data={"name": "Tom"})
        for form in (
            {"picture": "99", "verdict": "yes"},
            {"picture": "1e9", "verdict": "yes"},
            {"picture": "²", "verdict": "yes"},
            {"picture": "1", "verdict": "yes", "word": "w" * 501},
        ):
            answer = await browser.post(f"{home}/vote", data=form)
            assert answer.status_code == 422 and 'role="alert"' in answer.text
        huge = await browser.post(f"{home}/vote", content=b"word=" + b"w" * 2_000_000)
        assert huge.status_code == 413
        from_elsewhere = {"origin": "https://other.example", "sec-fetch-site": "cross-site"}
        forged = await browser.post(f"{home}/vote", data={"picture": "1"}, headers=from_elsewhere)
        assert forged.status_code == 403


@pytest.mark.parametrize("number", ["9" * 5_000, "0", "²", "-1", "one"])
async def test_a_picture_that_there_is_not_is_not_found_whatever_its_number_looks_like(
    tmp_path: Path, number: str
) -> None:
    async with linked(tmp_path) as (browser, share, _):
        for there in (f"p/{number}/full", f"g/{number}"):
            assert (await browser.get(f"/s/{share.token}/{there}")).status_code == 404


async def test_a_password_keeps_all_of_it_from_those_who_do_not_have_it(tmp_path: Path) -> None:
    async with linked(tmp_path, NewShare(password=Secret("sesame")), PUBLIC) as (browser, share, _):
        home = f"/s/{share.token}"
        gate = await browser.get(home)
        assert gate.status_code == 200 and 'type="password"' in gate.text
        assert "Autumn" not in gate.text and "<img" not in gate.text and "og:image" not in gate.text
        assert 'type="password"' in (await browser.get(f"{home}/p/1/views")).text
        guess = {"password": "guess"}
        wrong = await browser.post(f"{home}/password", data=guess, follow_redirects=True)
        assert "4 tries left" in wrong.text
        right = await browser.post(f"{home}/password", data={"password": "sesame"})
        assert right.status_code == 303 and "Secure" in right.headers["set-cookie"]
        page = await browser.get(home)
        assert "Autumn" in page.text and "og:image" not in page.text
        browser.cookies.clear()
        for _ in range(5):
            wrong = await browser.post(f"{home}/password", data=guess, follow_redirects=True)
        assert "Too many tries. Try again in 15 minutes." in wrong.text


async def test_a_wrong_password_leads_back_to_the_link_which_says_so_once(tmp_path: Path) -> None:
    async with linked(tmp_path, NewShare(password=Secret("sesame"))) as (browser, share, _):
        home = f"/s/{share.token}"
        for path in ("password", "name", "vote"):  # no page is an answer to a form: it has no way back
            answer = await browser.post(f"{home}/{path}", data={"password": "guess"})
            assert (answer.status_code, answer.headers["location"]) == (303, home)
        said = await browser.get(home)
        assert "4 tries left" in said.text and 'aria-invalid="true"' in said.text
        again = await browser.get(home)
        assert "tries left" not in again.text and 'aria-invalid="false"' in again.text


async def test_who_guesses_from_elsewhere_keeps_nobody_out(tmp_path: Path) -> None:
    async with linked(tmp_path, NewShare(password=Secret("sesame")), PUBLIC) as (browser, share, _):
        home = f"/s/{share.token}"

        async def typed(password: str, address: str) -> httpx.Response:
            headers = {"x-forwarded-for": address}
            form = {"password": password}
            answer = await browser.post(f"{home}/password", data=form, headers=headers)
            if "share-key" in answer.headers.get("set-cookie", ""):
                return answer
            return await browser.get(home, headers=headers)

        for at in range(6):  # of a network of IPv6 everybody can choose an address
            guess = await typed("guess", f"2001:db8:0:1::{at}")
        assert "Too many tries. Try again in 15 minutes." in guess.text
        there = await browser.get(home, headers={"x-forwarded-for": "192.0.2.7"})
        assert "Too many tries" not in there.text and 'type="password"' in there.text
        for _ in range(6):  # as some proxies write an address of IPv4
            guess = await typed("guess", "::ffff:192.0.2.8")
        assert "Too many tries. Try again in 15 minutes." in guess.text
        assert (await typed("sesame", "::ffff:192.0.2.7")).status_code == 303
        assert (await typed("sesame", "192.0.2.7")).status_code == 303


async def test_the_password_is_asked_for_in_the_name_of_whoever_shares_and_tells_nothing_else(
    tmp_path: Path,
) -> None:
    new = NewShare(password=Secret("sesame"), shared_by=f"Lea {ODD}", shared_with="Anna", lead="Look")
    async with linked(tmp_path, new, PUBLIC) as (browser, share, _):
        home = f"/s/{share.token}"
        browser.follow_redirects = True
        gates = [await browser.get(home), await browser.post(f"{home}/password", data={"password": "no"})]
        for gate in gates:
            assert "<h1>Lea &lt;b&gt;&#34;&amp;&#39;&lt;/b&gt; shares a collection with you</h1>" in gate.text
            assert ODD not in gate.text and not re.search("Autumn|Anna|Look", gate.text)
        for _ in range(4):
            gates.append(await browser.post(f"{home}/password", data={"password": "no"}))
        assert "Too many tries" in gates[-1].text and "<h1>Lea " in gates[-1].text
        assert "Too many tries" in (again := await browser.get(home)).text and "<h1>Lea " in again.text
        await browser.post(f"{home}/password", data={"password": "sesame"})
        assert "Anna" not in (await browser.get(home)).text


async def test_messengers_show_the_cover_and_count_as_no_visit(tmp_path: Path) -> None:
    async with linked(tmp_path, public=PUBLIC) as (browser, share, studio):
        whatsapp = {"user-agent": "WhatsApp/2.23.20.0"}
        preview = (await browser.get(f"/s/{share.token}", headers=whatsapp)).text
        cover = re.search(r'property="og:image" content="([^"]+)"', preview)
        assert cover and cover[1] == f"{PUBLIC}/s/{share.token}/p/1/views"
        assert (await browser.get(cover[1], headers=whatsapp)).status_code == 200
        await browser.get(f"/s/{share.token}")
        (seen,) = await studio.collections.shares.list(share.collection_id, visitor=ANN)
        assert seen.opened == 1


@pytest.mark.parametrize("answer", ["password", "name", "vote"])
async def test_the_address_of_an_answer_leads_to_the_link(tmp_path: Path, answer: str) -> None:
    async with linked(tmp_path, NewShare(password=Secret("sesame"))) as (browser, share, _):
        gone = await browser.get(f"/s/{share.token}/{answer}")
        assert (gone.status_code, gone.headers["location"]) == (303, f"/s/{share.token}")


async def test_a_closed_link_is_not_there_and_says_so(tmp_path: Path) -> None:
    async with linked(tmp_path) as (browser, share, studio):
        home = f"/s/{share.token}"
        await studio.collections.shares.revoke(share.id, visitor=ANN)
        closed = await browser.get(home)
        assert closed.status_code == 404 and "This link is closed" in closed.text
        assert (await browser.get(f"{home}/p/1/views")).status_code == 404
        assert (await browser.get(f"/s/{share.token[:-1]}A")).status_code == 404


async def test_a_client_is_told_the_same_of_a_deleted_collection_and_of_a_link_that_never_was(
    tmp_path: Path,
) -> None:
    async with linked(tmp_path) as (browser, share, studio):
        home = f"/s/{share.token}"
        await studio.collections.delete(share.collection_id, with_jobs=False, visitor=ANN)
        said = set()
        for address in (home, f"{home[:-1]}A", f"{home})", "/s/abc", "/s/abc/def"):
            answer = await browser.get(address)
            assert answer.status_code == 404
            said.add(answer.text.replace("../", "").replace("./", ""))
        below = [await browser.get(f"{home}/{there}") for there in ("p/1/full", "g/x", "nowhere/at/all")]
        chinese = await browser.get(home, headers={"accept-language": "zh"})
    (words,) = said
    assert "This link shows nothing" in words and "ask whoever sent it to you" in words
    assert "open the app" not in words.lower() and 'href="/"' not in words
    assert [answer.status_code for answer in below] == [404] * 3
    assert all("ask whoever sent it to you" in answer.text for answer in below)
    assert "此链接没有可显示的内容" in chinese.text


async def test_a_link_cut_short_before_its_token_shows_nothing_to_a_client_either(tmp_path: Path) -> None:
    async with linked(tmp_path, prefix="/über uns") as (browser, _, _):
        to = await browser.get("/s")
        answer = await browser.get("/s/")
    assert (to.status_code, to.headers["location"]) == (307, quote("/über uns/s/"))
    assert answer.status_code == 404 and "This link shows nothing" in answer.text
    shown = re.findall(r'property="og:title" content="([^"]+)"', answer.text)
    assert shown == ["This link shows nothing"]  # not that somebody shares something


async def test_a_page_names_its_link_to_the_browser_by_a_hash_alone(tmp_path: Path) -> None:
    async with linked(tmp_path) as (browser, share, _):
        page = (await browser.get(f"/s/{share.token}")).text
    (link,) = re.findall(r'data-link="([^"]+)"', page)
    assert len(link) == 16 and link not in share.token


async def test_a_stroke_behind_a_link_leads_to_it(tmp_path: Path) -> None:
    async with linked(tmp_path) as (browser, share, _):
        answer = await browser.get(f"/s/{share.token}/")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/s/{share.token}")


@pytest.mark.parametrize(
    ("headers", "opened"),
    [
        ({"user-agent": "Mozilla/5.0 Firefox/140.0", "sec-fetch-mode": "navigate"}, True),
        ({"user-agent": "Mozilla/5.0 (iPhone) Safari/604.1"}, True),
        ({"user-agent": "Mozilla/5.0 Chrome/150", "sec-fetch-mode": "cors"}, False),
        ({"user-agent": "Mozilla/5.0 Chrome/150", "sec-fetch-site": "same-origin"}, False),
        ({"user-agent": "Mozilla/5.0 Chrome/150", "sec-purpose": "prefetch;prerender"}, False),
        ({"user-agent": "facebookexternalhit/1.1"}, False),
        ({"user-agent": "Slackbot-LinkExpanding 1.0"}, False),
        ({"user-agent": "Mozilla/5.0 (compatible; Discordbot/2.0)"}, False),
        ({"user-agent": "TelegramBot (like TwitterBot)"}, False),
        ({"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, False),
        ({}, False),
    ],
)
def test_only_people_who_open_it_are_counted(headers: dict[str, str], opened: bool) -> None:
    assert is_opened(headers) is opened


async def test_what_no_browser_of_ours_sends_opens_nothing_and_breaks_nothing(tmp_path: Path) -> None:
    async with linked(tmp_path, NewShare(password=Secret("open sesame"))) as (browser, share, _):
        home = f"/s/{share.token}"
        odd = await browser.get(home, headers={b"cookie": b"share-key=\xe9"})
        file = await browser.post(f"{home}/password", files={"password": ("a.txt", b"open sesame")})

    assert (odd.status_code, file.status_code) == (200, 400) and 'type="password"' in odd.text


@pytest.mark.parametrize("prefix", ["/shop", "/a shop", "/\u5e97"])
async def test_behind_a_path_prefix_of_any_letters_a_link_is_opened_and_remembered(
    tmp_path: Path, prefix: str
) -> None:
    new = NewShare(password=Secret("open sesame"))
    async with linked(tmp_path, new, prefix=prefix) as (browser, share, _):
        home = f"{quote(prefix)}/s/{share.token}"
        right = await browser.post(f"{home}/password", data={"password": "open sesame"})
        opened = await browser.get(home)

    assert right.status_code == 303 and right.headers["location"] == home
    assert f"Path={home};" in right.headers["set-cookie"] and opened.text.count("<figure") == 4


@pytest.mark.parametrize("name", ["\u200b\u200d", "\u202e \u2066", "\u3164"])
async def test_nobody_answers_under_a_name_that_cannot_be_seen(tmp_path: Path, name: str) -> None:
    async with linked(tmp_path) as (browser, share, _):
        answer = await browser.post(f"/s/{share.token}/name", data={"name": name})

    assert answer.status_code == 422 and "your name" in answer.text.lower()


async def test_an_outfit_is_shown_by_both_of_its_parts(tmp_path: Path) -> None:
    async with open_house(tmp_path, ScriptedVendors(queries=[finished("a.png")])) as studio:
        plain, other = rail(tmp_path).garments
        (top,), (bottom,) = plain.suit.garments, other.suit.garments
        suit = Suit((top, replace(bottom, type=GarmentType.BOTTOMS)))
        wanted = replace(rail(tmp_path), garments=(NewGarment(suit), plain))
        made = await done(studio, await studio.collections.create(wanted, visitor=ANN))
        share = await studio.collections.shares.create(made.id, NewShare(), visitor=ANN)
        app = Starlette(routes=share_routes(studio, ASSETS, tuple))
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://127.0.0.1", headers=PERSON
        ) as browser:
            own = re.findall(r'<img src="([^"]+/g/[^"]+)"', (await browser.get(f"/s/{share.token}")).text)
            answers = [await browser.get(f"/s/{address}") for address in own]
            nowhere = [await browser.get(f"/s/{own[2]}/{number}") for number in ("0", "2", "x", "-1")]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert answers[0].content != answers[1].content and answers[0].content == answers[2].content
    assert [answer.status_code for answer in nowhere] == [404] * 4
