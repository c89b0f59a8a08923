"""The routes of links to collections: `/s/<token>` and what lies below it. They ask for no login: whoever has
a link sees what is under it, until it ends or its owner closes it."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from ipaddress import IPv4Address, ip_address, ip_network
from pathlib import Path
from typing import Final
from urllib.parse import quote

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from tryon_core import (
    UNSAID,
    InvalidRequest,
    PasswordNeeded,
    SharedPage,
    ShareEnded,
    ShareNotFound,
    ShareRevoked,
    Studio,
    media_type_of,
)
from tryon_ui import links
from tryon_ui.error_boundary import sentence
from tryon_ui.serving.gate.bodies import client_of
from tryon_ui.serving.gate.origins import PublicUrls
from tryon_ui.serving.gate.path_prefix import PREFIX
from tryon_ui.serving.gate.rate_limits import SHARE_ANSWERS, RateLimiter
from tryon_ui.serving.routes.share_forms import fields_of, number_in, verdict_in
from tryon_ui.serving.sent_page.page_tags import address_of
from tryon_ui.share.document import Preview, document, policy
from tryon_ui.share.password_page import closed_page, password_page, password_title
from tryon_ui.share.shared_page import picture_address, shared_page
from tryon_ui.share.visits import is_opened
from tryon_ui.texts import phrases, say

REVIEWER, KEY, WRONG = "share-reviewer", "share-key", "share-wrong"
_KEPT: Final = {"cache-control": "private, max-age=600", "x-content-type-options": "nosniff"}
_A_YEAR_S: Final = 31_536_000
_ONCE: Final = {WRONG: 60}  # seconds: what the next page says, and no page behind it
_PHOTO_SIDE: Final = 480  # pixels
_FULL: Final = "full"
_ONES_OWN: Final = 64  # bits of an IPv6 address that a provider gives out: the rest anybody can choose
_NOTHING: Final = Preview()
Handler = Callable[[Request], Awaitable[Response]]


def share_routes(studio: Studio, assets: Path, public_urls: PublicUrls) -> list[BaseRoute]:
    """Every route of links."""
    pages = SharePages(studio, assets, public_urls)
    base = f"/{links.SHARE}/{{token}}"
    return [
        Route(base, pages.shown(pages.page), methods=["GET"]),
        Route(f"{base}/password", pages.shown(pages.password), methods=["POST"]),
        Route(f"{base}/name", pages.shown(pages.name), methods=["POST"]),
        Route(f"{base}/vote", pages.shown(pages.vote), methods=["POST"]),
        # The address of a page that was an answer, opened again or passed on.
        *(Route(f"{base}/{answer}", pages.home, methods=["GET"]) for answer in ("password", "name", "vote")),
        Route(f"{base}/p/{{number}}/{{size}}", pages.shown(pages.picture), methods=["GET"]),
        Route(f"{base}/g/{{garment}}", pages.shown(pages.photo), methods=["GET"]),
        Route(f"{base}/g/{{garment}}/{{number}}", pages.shown(pages.photo), methods=["GET"]),
        Route(f"{base}/", pages.home, methods=["GET"]),
        Route(f"/{links.SHARE}", pages.cut_short, methods=["GET"]),
        Route(f"/{links.SHARE}/{{below:path}}", pages.nothing, methods=["GET"]),
    ]


class SharePages:
    """Answers calls below a link."""

    def __init__(self, studio: Studio, assets: Path, public_urls: PublicUrls) -> None:
        self._studio, self._assets, self._public_urls = studio, assets, public_urls
        self._answers = RateLimiter(SHARE_ANSWERS)

    def shown(self, handler: Handler) -> Handler:
        """The handler, with a page for each reason for which a link shows nothing."""

        async def handled(request: Request) -> Response:
            try:
                if request.method == "POST" and not self._answers.take(self._client(request)):
                    wait = {"retry-after": str(int(SHARE_ANSWERS.window_s))}
                    return PlainTextResponse(say("share.too_fast"), HTTPStatus.TOO_MANY_REQUESTS, wait)
                return await handler(request)
            except ShareNotFound:
                return await self.nothing(request)
            except HTTPException as refused:
                if refused.status_code != HTTPStatus.NOT_FOUND:
                    raise
                return await self.nothing(request)
            except PasswordNeeded as needed:
                return self._asks(request, needed)
            except ShareRevoked:
                title, more = say("share.revoked"), say("share.revoked_more")
                return self._closed(request, HTTPStatus.NOT_FOUND, title, more)
            except ShareEnded as ended:
                more = say("share.ended_more", day=phrases.day(ended.ends_at))
                return self._closed(request, HTTPStatus.GONE, say("share.ended"), more)

        return handled

    def _asks(self, request: Request, needed: PasswordNeeded) -> Response:
        """Asks for the password, always at the link itself: a page that was an answer stands in the way back,
        and no browser shows it again."""
        if request.method == "POST":
            return self._back(request, {WRONG: "1"} if needed.wrong else {})
        body = password_page(_token(request), needed, wrong=WRONG in request.cookies)
        answer = self._html(request, body, password_title(needed), HTTPStatus.OK)
        if WRONG in request.cookies:
            answer.delete_cookie(WRONG, path=self._at(request))
        return answer

    async def page(self, request: Request) -> Response:
        """The open page."""
        page = await self._looked_at(request, opened=is_opened(request.headers))
        return self._open(request, page)

    async def nothing(self, request: Request) -> Response:
        """Says that there is nothing, to a client who knows of no app: the same of what was deleted, never
        was, or was copied by half."""
        return self._closed(request, HTTPStatus.NOT_FOUND, say("share.nothing"), say("share.nothing_more"))

    async def home(self, request: Request) -> Response:
        """Leads to the link itself."""
        return self._back(request, {})

    async def cut_short(self, request: Request) -> Response:
        """Leads to where links begin, below which everything relative in a page holds."""
        return RedirectResponse(quote(f"{request.scope.get(PREFIX, '')}/{links.SHARE}/"))

    async def password(self, request: Request) -> Response:
        """Takes the password; the right one opens the link in this browser."""
        form = await fields_of(request)
        key = await self._studio.collections.shares.unlock(
            _token(request), form.get("password", ""), guesser=self._guesser(request)
        )
        return self._back(request, {KEY: key})

    async def name(self, request: Request) -> Response:
        """Takes the name under which somebody answers."""
        form = await fields_of(request)
        reviewer = request.cookies.get(REVIEWER) or secrets.token_urlsafe(24)
        try:
            await self._studio.collections.shares.introduce(
                _token(request), form.get("name", ""), key=_key(request), reviewer=reviewer
            )
        except InvalidRequest as wrong:
            return await self._not_taken(request, wrong)
        return self._back(request, {REVIEWER: reviewer}, "#name")

    async def vote(self, request: Request) -> Response:
        """Takes a yes or a no, or a word: what a form does not have stays as it was."""
        form = await fields_of(request)
        number = form.get("picture", "")
        try:
            await self._studio.collections.shares.vote(
                _token(request),
                number_in(number),
                verdict_in(form),
                form.get("word", UNSAID),
                key=_key(request),
                reviewer=request.cookies.get(REVIEWER, ""),
            )
        except InvalidRequest as wrong:
            return await self._not_taken(request, wrong)
        return self._back(request, {}, f"#p{number}")

    async def picture(self, request: Request) -> Response:
        """A picture of the link: a smaller copy, or as it was served."""
        token, size = _token(request), request.path_params["size"]
        found = await self._studio.collections.shares.picture(
            token, number_in(request.path_params["number"]), key=_key(request)
        )
        if found is None or size not in (_FULL, *links.SIDES):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        if size == _FULL:
            return _file(self._studio.picture_path(*found))
        return _file(await self._studio.view(*found, links.SIDES[size]))

    async def photo(self, request: Request) -> Response:
        """A garment's own picture, small; of an outfit that of the part with the number."""
        garment, number = request.path_params["garment"], number_in(request.path_params.get("number", "1"))
        found = await self._studio.collections.shares.photo(
            _token(request), garment, number, key=_key(request)
        )
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        small = await self._studio.browser_view(found.path, found.path.parent, _PHOTO_SIDE)
        return _file(small or found.path)

    async def _looked_at(self, request: Request, *, opened: bool = False) -> SharedPage:
        return await self._studio.collections.shares.page(
            _token(request),
            key=_key(request),
            reviewer=request.cookies.get(REVIEWER, ""),
            opened=opened,
            guesser=self._guesser(request),
        )

    async def _not_taken(self, request: Request, wrong: InvalidRequest) -> Response:
        page = await self._looked_at(request)
        return self._open(request, page, sentence(wrong.problem), HTTPStatus.UNPROCESSABLE_ENTITY)

    def _open(
        self, request: Request, page: SharedPage, wrong: str = "", status: HTTPStatus = HTTPStatus.OK
    ) -> Response:
        token, address = _token(request), address_of(request.scope, self._public_urls())
        cover = next(iter(page.pictures), None)
        where = (
            f"{address}/{links.SHARE}/{picture_address(token, cover.number, links.VIEWS)}" if cover else ""
        )
        about = page.lead or say("share.count", garments=len(page.garments), pictures=len(page.pictures))
        preview = Preview(page.title, about, where if address else "")
        if _key(request):  # behind a password nothing is told to a messenger either
            preview = _NOTHING
        return self._html(request, shared_page(page, token, wrong), page.title, status, preview)

    def _closed(self, request: Request, status: HTTPStatus, title: str, words: str) -> Response:
        return self._html(request, closed_page(title, words), title, status, Preview(title, words))

    def _html(
        self,
        request: Request,
        body: Markup,
        title: str,
        status: HTTPStatus,
        preview: Preview = _NOTHING,
    ) -> Response:
        headers = {
            "cache-control": "private, no-store",
            "content-security-policy": policy(self._assets),
            "x-robots-tag": "noindex, nofollow, noarchive, noimageindex",
            "vary": "Accept-Language, Cookie",
        }
        return HTMLResponse(document(self._assets, title, body, preview, _home(request)), status, headers)

    def _back(self, request: Request, cookies: dict[str, str], to: str = "") -> Response:
        home = self._at(request)
        answer = RedirectResponse(f"{home}{to}", HTTPStatus.SEE_OTHER, {"cache-control": "no-store"})
        https = address_of(request.scope, self._public_urls()).startswith("https:")
        for name, value in cookies.items():
            age = _ONCE.get(name, _A_YEAR_S)
            answer.set_cookie(name, value, age, path=home, secure=https, httponly=True, samesite="lax")
        return answer

    def _at(self, request: Request) -> str:
        return quote(f"{request.scope.get(PREFIX, '')}/{links.SHARE}/{_token(request)}")

    def _client(self, request: Request) -> str:
        return client_of(request.scope, self._public_urls())

    def _guesser(self, request: Request) -> str:
        """Who tries passwords: of an address of IPv6 its network, as everybody has a whole one of those, and
        of one that only wraps an address of IPv4, as some proxies write them, that address."""
        client = self._client(request)
        try:
            address = ip_address(client)
        except ValueError:
            return client
        if isinstance(address, IPv4Address):
            return client
        inner = address.ipv4_mapped
        return str(inner or ip_network(f"{address}/{_ONES_OWN}", strict=False))


def _token(request: Request) -> str:
    return str(request.path_params["token"])


def _home(request: Request) -> str:
    """The way from an address below a link up to where links begin, for a browser."""
    below = request.path_params.get("below")
    if below is None:
        _, _, below = request.scope["path"].rstrip("/").rpartition(f"/{_token(request)}")
    return "../" * below.count("/") or "./"


def _key(request: Request) -> str:
    return request.cookies.get(KEY, "")


def _file(path: Path | None) -> Response:
    if path is None or not path.is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return FileResponse(path, headers=_KEPT, media_type=media_type_of(path))
