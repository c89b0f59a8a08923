"""What comes from a browser, and who it is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tryon_core import Secret
from tryon_ui import visitor
from tryon_ui.actions import click_of
from tryon_ui.card.parts import Act


def event(data: object) -> Any:
    return SimpleNamespace(_data=data)


def request(username: str | None = None, session: str | None = None) -> Any:
    return SimpleNamespace(username=username, session_hash=session)


def test_a_click_carries_act_job_picture_and_what_was_typed() -> None:
    click = click_of(event({"act": "adopt", "job": "j", "n": 2, "task": " t-1 "}))

    assert (click.act, click.job_id, click.number, click.task) == (Act.ADOPT, "j", 2, "t-1")


@pytest.mark.parametrize("data", [None, [], "x", {"act": ["x"], "n": "2", "job": None}, {"act": "rm -rf"}])
def test_a_click_that_makes_no_sense_opens_at_most(data: object) -> None:
    click = click_of(event(data))

    assert click.act is Act.OPEN and click.number == 1


def test_where_a_page_of_jobs_begins_and_when_the_last_was_deleted_are_two_things() -> None:
    page, bar = click_of(event({"after": "5.0 ab"})), click_of(event({"until": "1011.5"}))

    assert (page.after, page.until) == ("5.0 ab", 0.0) and (bar.after, bar.until) == ("", 1011.5)


@pytest.mark.parametrize("told", [None, "", "no moment", "nan", "inf", [1.0], True])
def test_what_is_no_moment_dismisses_nothing(told: object) -> None:
    assert click_of(event({"until": told})).until == 0.0


def test_an_id_made_here_is_kept_and_anything_else_is_replaced() -> None:
    made = visitor.known_or_new("")

    assert visitor.known_or_new(made) == made
    for forged in ("short", "../../etc", made + "!", None, 5):
        assert visitor.known_or_new(forged) not in ("", forged)


def test_two_new_visitors_are_different() -> None:
    assert visitor.known_or_new("") != visitor.known_or_new("")


def test_a_signed_in_user_is_the_same_visitor_in_page_and_script() -> None:
    assert visitor.of_page("x", request("ann")) == visitor.of_call(request("ann", "s")) == "user:ann"


def test_a_script_is_known_by_its_session_and_without_one_to_nobody() -> None:
    assert visitor.of_call(request(session="dkq01ujgx8")) == "session:dkq01ujgx8"
    assert visitor.of_call(request()) != visitor.of_call(request())


def test_two_scripts_that_name_their_session_carelessly_are_not_one_visitor() -> None:
    assert visitor.of_call(request(session="test")) != visitor.of_call(request(session="test"))


def test_the_page_is_not_told_the_secret_that_signs_links_and_job_ids() -> None:
    told = visitor.browser_state(Secret("the-studio-s-own"))

    assert told.secret and "the-studio-s-own" not in told.secret
    assert told.secret == visitor.browser_state(Secret("the-studio-s-own")).secret


def test_a_browser_cannot_name_itself_a_user_or_a_session() -> None:
    made = visitor.known_or_new("")

    assert visitor.of_page(made, request()) == f"browser:{made}"
