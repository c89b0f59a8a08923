"""Atelier itself: what answers at its address. `python -m tests.browser.third_vendor.service PORT`

`POST /control` with {"phase": …}, {"oops": …} or {"refuse": …} decides what becomes of all looks;
`GET /control` counts them.
"""

from __future__ import annotations

import io
import sys
from itertools import count
from typing import Any

import uvicorn
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TOKEN = "needle-and-thread"


def service() -> Starlette:
    """The routes of the vendor, with its looks in memory."""
    looks: dict[str, int] = {}
    will: dict[str, Any] = {"phase": "ironed"}
    numbers = count(1)

    async def submitted(request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return JSONResponse({"oops": "E-WHO", "why": "no such token"}, 401)
        if "refuse" in will:
            return JSONResponse({"oops": will["refuse"], "why": "the thread broke"}, 400)
        form = await request.form()
        upload = form["cloth"]
        assert not isinstance(upload, str)
        Image.open(io.BytesIO(await upload.read())).verify()
        look = f"look-{next(numbers)}"
        looks[look] = int(str(form["copies"]))
        return JSONResponse({"look": look})

    async def asked(request: Request) -> Response:
        look = request.path_params["look"]
        if "oops" in will:
            return JSONResponse({"oops": will["oops"], "why": "the thread broke"})
        names = [f"{request.base_url}photographs/{look}/{n}.png" for n in range(looks[look])]
        done = will["phase"] == "ironed"
        return JSONResponse(
            {"phase": will["phase"], "photographs": names if done else [], "slip": f"slip-{look}"}
        )

    async def photograph(request: Request) -> Response:
        buffer = io.BytesIO()
        shade = 40 * request.path_params["n"] % 255
        Image.new("RGB", (96, 128), (shade, 90, 120)).save(buffer, "PNG")
        return Response(buffer.getvalue(), media_type="image/png")

    async def control(request: Request) -> Response:
        if request.method == "POST":
            will.clear()
            will.update(await request.json())
        return JSONResponse({"submits": len(looks)})

    return Starlette(
        routes=[
            Route("/v3/looks", submitted, methods=["POST"]),
            Route("/v3/looks/{look}", asked),
            Route("/photographs/{look}/{n:int}.png", photograph),
            Route("/control", control, methods=["GET", "POST"]),
        ]
    )


if __name__ == "__main__":
    uvicorn.run(service(), host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
