"""The card as HTML: what is on it, and that nothing a stranger wrote becomes markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.conftest import MakeJob
from tryon_core import Charged, JobState, Problem
from tryon_ui.card.card import card_html, empty_html
from tryon_ui.card.elements import copyable, moment
from tryon_ui.card.parts import Badge, CardView, Notice, Origin, Tile
from tryon_ui.card.wording import card_view, earlier_view, refused_view

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "</section><h1>taken over</h1>",
)
NOW = 1041.0


class Tags(HTMLParser):
    """Collects the tags and attribute names of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}


def filled(text: str) -> CardView:
    """A card with `text` in every place that can hold a text from outside."""
    return CardView(
        state="failed",
        title=text,
        facts=(text,),
        job_id=text,
        notice=Notice("bad", text, text, text, text, text),
        tiles=(
            Tile(1, text, thumb=text, view=text, srcset=text, full=text, save=text, title=text, name=text),
            Tile(2, text),
        ),
        badge=Badge("bad", text),
        heading=text,
        under=text,
        origins=(Origin(text, text),),
        table=((text, text),),
        notes=(text,),
        foot=text,
        request_id=text,
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_stays_text_wherever_it_stands(text: str) -> None:
    found, plain = Tags(card_html(filled(text))), Tags(card_html(filled("plain")))

    assert (found.tags, found.names) == (plain.tags, plain.names)


@given(st.text(min_size=1, max_size=60))
def test_no_text_at_all_can_change_the_card(text: str) -> None:
    found, plain = Tags(card_html(filled(text))), Tags(card_html(filled("plain")))

    assert (found.tags, found.names) == (plain.tags, plain.names)


def test_a_text_with_braces_and_dollars_is_kept_as_it_is() -> None:
    assert "${x} {{y}} {0}" in card_html(CardView(state="failed", title="${x} {{y}} {0}"))


def test_a_running_card_counts_on_and_offers_to_stop(make_job: MakeJob) -> None:
    html = card_html(card_view(make_job(2), NOW))

    assert 'data-elapsed="41.0">0:41' in html
    assert html.count('data-act="') == sum(
        html.count(f'data-act="{act}"') for act in ("stop", "compare", "change")
    )
    assert "Generating" in html and "2 of 4" in html


def test_the_first_picture_stays_in_the_large_place_from_the_moment_it_is_here(make_job: MakeJob) -> None:
    running = card_html(card_view(make_job(2), NOW))
    saved = card_html(card_view(make_job(4, state=JobState.SUCCEEDED), NOW))

    assert '<div class="hero"><img src="gradio_api/ext/views/job-1/hoodie-james-1.png?v=' in running
    assert '<div class="hero"><img src="gradio_api/ext/views/job-1/hoodie-james-1.png?v=' in saved
    assert saved.count('aria-pressed="true"') == 1


def test_a_picture_is_shown_in_the_right_size_and_saved_as_it_is(make_job: MakeJob) -> None:
    html = card_html(card_view(make_job(2, state=JobState.SUCCEEDED), NOW))

    shown = re.findall(r'<img src="([^"]+)" srcset="([^"]*)"', html)
    assert [re.sub(r"\?.*", "", source) for source, _ in shown] == [
        "gradio_api/ext/views/job-1/hoodie-james-1.png",
        "gradio_api/ext/thumbs/job-1/hoodie-james-1.png",
        "gradio_api/ext/thumbs/job-1/hoodie-james-2.png",
    ]
    assert re.sub(r"gradio_api/ext/|/hoodie-james-1.png|\?v=\w+", "", shown[0][1]) == (
        "views/job-1 600w, large/job-1 768w"
    )
    originals = re.findall(r'(?:data-full|data-save|href)="([^"]+)"', html)
    assert originals and all(address.startswith("gradio_api/ext/files/job-1/") for address in originals)


def test_a_finished_clock_stands_still(make_job: MakeJob) -> None:
    html = card_html(card_view(make_job(4, state=JobState.SUCCEEDED, finished_at=1084.0), 9e9))

    assert "data-elapsed" not in html and ">1:24<" in html


def test_a_failure_is_announced_and_says_what_what_to_do_charge_code_and_id(make_job: MakeJob) -> None:
    problem = Problem(
        "No garment found", "Use another photo.", Charged.NO, code="NO_GARMENT", request_id="r-9"
    )
    html = card_html(card_view(make_job(state=JobState.FAILED, problem=problem), NOW))

    assert 'role="alert"' in html
    for word in ("No garment found", "Use another photo.", "<dd>No</dd>", "NO_GARMENT", 'data-copy="r-9"'):
        assert word in html


def test_an_uncertain_card_offers_both_honest_ways(make_job: MakeJob) -> None:
    problem = Problem("No answer", "Check the console.", Charged.UNKNOWN)
    html = card_html(card_view(make_job(state=JobState.UNCERTAIN, live=True, problem=problem), NOW))

    assert 'data-act="again"' in html and "charged twice" in html
    assert '<form class="taskid" data-act="adopt">' in html and 'class="notice warn"' in html


def test_a_request_that_was_not_sent_says_so() -> None:
    html = card_html(refused_view(Problem("Garment: found none.", "Allowed: one."), "Change the garment"))

    assert "Not sent" in html and 'data-act="change"' in html


def test_an_earlier_result_is_a_strip_of_its_pictures(make_job: MakeJob) -> None:
    html = card_html(earlier_view(make_job(3, state=JobState.SUCCEEDED, finished_at=1060.0)))

    assert html.startswith('<section class="job strip"') and html.count('class="slot"') == 3


def test_every_picture_has_a_text_or_is_marked_as_decoration(make_job: MakeJob) -> None:
    html = card_html(card_view(make_job(2), NOW)) + empty_html("Head", "hint", ("a", "b"), "c")

    images = re.findall(r"<img [^>]*>", html)
    assert images and all(" alt=" in image for image in images)


def test_a_moment_is_told_in_utc_and_carries_its_unix_time() -> None:
    assert str(moment(0)) == '<time datetime="1970-01-01T00:00:00+00:00" data-at="0">00:00 UTC</time>'


def test_an_id_can_be_copied_whole() -> None:
    assert 'data-copy="a&#34;b"' in copyable('a"b', "request id")
