"""Our own routes beside Gradio's: assets, pictures of jobs, hosted uploads, health.

They lie under Gradio's own prefix, where a front proxy passes them on too. Names and tokens come from
outside, so nothing here touches a path: the studio says which file a name stands for, or that there is none.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Awaitable, Callable
from functools import lru_cache
from os import PathLike, stat_result
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from tryon_core import Studio, media_type_of
from tryon_ui import links
from tryon_ui.serving.gate.headers import KEPT
from tryon_ui.serving.routes.download_routes import download_routes
from tryon_ui.serving.sent_page.page_tags import MANIFEST, manifest

_PRIVATE: Final = "private, max-age=31536000, immutable"
_ASK_AGAIN: Final = "private, no-cache"
_PUBLIC: Final = "public, max-age=3600"
_SHORT_LIVED: Final = "private, no-store"
_NOT_SHOWN: Final = (".heic", ".tiff")  # by browsers: inputs, where results are compared with them
_SHIPPED: Final = ("fonts", "garments", "icons", "models", "refine", "sheets")


class Assets(StaticFiles):
    """Static files with a time to keep them: for ever at an address that names the content."""

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["cache-control"] = KEPT if scope["query_string"].startswith(b"v=") else _PUBLIC
        return response


def routes(studio: Studio, assets: Path) -> list[BaseRoute]:
    """Every route of ours, in the order in which they are to be tried."""
    base = f"/{links.EXT}"
    shipped = (
        Mount(f"{base}/a/{folder}", Assets(directory=assets / folder, check_dir=False)) for folder in _SHIPPED
    )
    return [*_of_jobs(studio, base), *download_routes(studio), *_of_the_app(studio, base), *shipped]


def _of_jobs(studio: Studio, base: str) -> list[BaseRoute]:
    """Pictures: as they were served, as smaller copies, and as vendors fetch them."""

    async def picture(request: Request) -> Response:
        job, name = request.path_params["job"], request.path_params["name"]
        save = "save" in request.query_params
        path = studio.picture_path(job, name)
        keep = await _keep(request, path)
        if path and not save and path.suffix in _NOT_SHOWN:
            path = await studio.view(job, name, links.SIDES[links.LARGE])
        return _file(request, path, keep, save=save)

    def copies(side: int) -> Callable[[Request], Awaitable[Response]]:
        async def smaller(request: Request) -> Response:
            job, name = request.path_params["job"], request.path_params["name"]
            keep = await _keep(request, studio.picture_path(job, name))
            return _file(request, await studio.view(job, name, side), keep)

        return smaller

    async def hosted(request: Request) -> Response:
        token, name = request.path_params["token"], request.path_params["name"]
        response = _file(request, await asyncio.to_thread(studio.hosted, token, name), _SHORT_LIVED)
        response.headers["x-robots-tag"] = "noindex"
        return response

    return [
        Route(f"{base}/files/{{job}}/{{name}}", picture),
        *(Route(f"{base}/{size}/{{job}}/{{name}}", copies(side)) for size, side in links.SIDES.items()),
        Route(f"{base}/h/{{token}}/{{name}}", hosted),
    ]


def _of_the_app(studio: Studio, base: str) -> list[BaseRoute]:
    """How it is, and what it is called."""
    run = secrets.token_hex(8)  # a page that sees another one knows that its server was started anew

    async def healthz(_request: Request) -> Response:
        status = "unwell" if not await studio.is_well() else "full" if await studio.is_full() else "ok"
        health = {"status": status, "run": run}
        return JSONResponse(health, 200 if status == "ok" else 503, headers={"cache-control": "no-store"})

    async def manifested(_request: Request) -> Response:
        return JSONResponse(manifest(), media_type="application/manifest+json")

    return [Route(f"{base}/healthz", healthz), Route(f"/{MANIFEST}", manifested)]


async def _keep(request: Request, path: Path | None) -> str:
    """How long a browser may keep what is at an address: for ever only where the address names the content,
    which is not there under the name of another one."""
    wanted = request.query_params.get("v", "")
    if not wanted or path is None:
        return _ASK_AGAIN
    if wanted != await asyncio.to_thread(_hash_of, path):
        raise HTTPException(404)
    return _PRIVATE


def _hash_of(path: Path) -> str:
    stamp = path.stat()
    return _hashed(path, stamp.st_ino, stamp.st_mtime_ns)


@lru_cache(1000)
def _hashed(path: Path, _inode: int, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[: links.HASH]


def _file(request: Request, path: Path | None, keep: str, *, save: bool = False) -> Response:
    if path is None or not path.is_file():
        raise HTTPException(404)
    headers = {"cache-control": keep, "x-content-type-options": "nosniff"}
    kind = "attachment" if save else "inline"
    response = FileResponse(
        path,
        stat_result=path.stat(),
        headers=headers,
        media_type=media_type_of(path),
        filename=path.name,
        content_disposition_type=kind,
    )
    if request.headers.get("if-none-match") == response.headers["etag"]:
        return NotModifiedResponse(response.headers)
    return response
