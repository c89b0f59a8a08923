"""Who tries passwords has to wait; who logs in with the right one does not notice."""

from __future__ import annotations

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tryon_ui.serving.gate.logins import ROUTE, Logins
from tryon_ui.serving.gate.rate_limits import WRONG_LOGINS, RateLimiter
from tryon_ui.texts import say

pytestmark = pytest.mark.anyio
EACH = WRONG_LOGINS.each


class Container:
    """An app whose password is "right", at a time that is moved by hand."""

    def __init__(self, public: tuple[str, ...] = ()) -> None:
        self.time, self.asked = 1000.0, 0
        inner = Starlette(routes=[Route("/{rest:path}", self._login, methods=["POST"])])
        app = Logins(inner, RateLimiter(WRONG_LOGINS, lambda: self.time), lambda: public)
        self._transport = httpx.ASGITransport(app)

    async def _login(self, request: Request) -> Response:
        self.asked += 1
        return JSONResponse({}, 200 if await request.body() == b"right" else 400)

    async def attempt(self, password: str, route: str = ROUTE, told: str = "") -> httpx.Response:
        async with httpx.AsyncClient(transport=self._transport, base_url="http://page.test") as client:
            return await client.post(route, content=password, headers={"x-forwarded-for": told})


async def test_after_ten_wrong_tries_not_even_the_right_password_is_looked_at() -> None:
    house = Container()
    for _ in range(EACH):
        assert (await house.attempt("wrong")).status_code == 400
    refused = await house.attempt("right", f"{ROUTE}/")
    assert (refused.status_code, refused.json()["detail"]) == (
        400,
        say("trouble.login_wait"),
    ) and house.asked == EACH
    assert int(refused.headers["retry-after"]) == WRONG_LOGINS.window_s
    house.time += WRONG_LOGINS.window_s + 1
    assert (await house.attempt("right")).status_code == 200


async def test_right_log_ins_and_other_calls_are_not_counted() -> None:
    house = Container()
    for _ in range(EACH + 5):
        assert (await house.attempt("right")).status_code == 200
        assert (await house.attempt("wrong", "/gradio_api/queue/join")).status_code == 400
    assert (await house.attempt("wrong")).json() == {}


async def test_on_a_public_host_one_client_s_tries_close_no_other_out_until_there_are_very_many() -> None:
    house = Container(public=("https://studio.example",))
    for _ in range(EACH):
        await house.attempt("wrong", told="198.51.100.7, 10.0.0.1")
    assert (await house.attempt("right", told="198.51.100.7")).json() == {"detail": say("trouble.login_wait")}
    assert (await house.attempt("right", told="203.0.113.9")).status_code == 200
    for number in range(WRONG_LOGINS.in_all - EACH):
        await house.attempt("wrong", told=f"192.0.2.{number}")
    assert (await house.attempt("right", told="203.0.113.9")).json() == {"detail": say("trouble.login_wait")}


async def test_a_made_up_address_helps_nobody_where_there_is_no_proxy() -> None:
    house = Container()
    for number in range(EACH):
        await house.attempt("wrong", told=f"192.0.2.{number}")
    assert (await house.attempt("right", told="203.0.113.9")).json() == {"detail": say("trouble.login_wait")}
