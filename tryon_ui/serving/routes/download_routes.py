"""The routes of what is handed over of a collection: a zip, a lookbook, a contact sheet. An address has a
ticket for an hour, as a browser that downloads cannot say whose it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from tryon_core import (
    USUAL_PATTERN,
    CollectionExports,
    CollectionNotFound,
    Copies,
    Cover,
    Download,
    InvalidRequest,
    Studio,
    Which,
    check_pattern,
)
from tryon_ui import links
from tryon_ui.error_boundary import sentence
from tryon_ui.language import spoken

_Makes = Callable[[CollectionExports, str, QueryParams], Awaitable[Download]]


def download_routes(studio: Studio) -> list[BaseRoute]:
    """Every route of downloads. With `check` in the query there is no file, only what is wrong with the
    pattern of names, if anything is: a browser that downloads shows that on a page of its own."""

    async def handed_over(request: Request) -> Response:
        make = _MAKES.get(request.path_params["kind"])
        if make is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        try:
            collection_id, exports = studio.collections.export_by(request.path_params["ticket"])
            if request.query_params.get("check"):
                check_pattern(_pattern(request.query_params))
                return Response(status_code=HTTPStatus.NO_CONTENT)
            made = await make(exports, collection_id, request.query_params)
        except CollectionNotFound:
            raise HTTPException(HTTPStatus.NOT_FOUND) from None
        except InvalidRequest as wrong:
            return PlainTextResponse(sentence(wrong.problem), HTTPStatus.BAD_REQUEST)
        return StreamingResponse(made.chunks, media_type=made.media_type, headers=_headers(made.name))

    return [Route(f"/{links.EXT}/export/{{ticket}}/{{kind}}", handed_over, methods=["GET"])]


def _headers(name: str) -> dict[str, str]:
    return {
        "content-disposition": f"attachment; filename*=utf-8''{quote(name)}",
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
        "x-accel-buffering": "no",
    }


async def _zip(exports: CollectionExports, collection_id: str, asked: QueryParams) -> Download:
    return await exports.zip(
        collection_id,
        visitor="",
        which=_which(asked),
        pattern=_pattern(asked),
        copies=Copies.LABELLED if asked.get("labelled") else Copies.ORIGINAL,
        cover=Cover(language=spoken()),
    )


async def _lookbook(exports: CollectionExports, collection_id: str, asked: QueryParams) -> Download:
    return await exports.lookbook(
        collection_id, visitor="", which=_which(asked), cover=Cover(language=spoken())
    )


async def _page(exports: CollectionExports, collection_id: str, asked: QueryParams) -> Download:
    return await exports.lookbook_page(
        collection_id, visitor="", which=_which(asked), cover=Cover(language=spoken())
    )


async def _sheet(exports: CollectionExports, collection_id: str, asked: QueryParams) -> Download:
    return await exports.contact_sheet(
        collection_id, visitor="", which=_which(asked), cover=Cover(language=spoken())
    )


def _pattern(asked: QueryParams) -> str:
    return asked.get("pattern", "").strip() or USUAL_PATTERN


def _which(asked: QueryParams) -> Which:
    return Which.ALL if asked.get("which") == Which.ALL else Which.CHOSEN


_MAKES: Final[Mapping[str, _Makes]] = MappingProxyType(
    {"zip": _zip, "lookbook.pdf": _lookbook, "lookbook.html": _page, "contact-sheet.jpg": _sheet}
)
