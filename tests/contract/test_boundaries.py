"""Both sides at the same limits: what our rules let pass as it is the vendor's copy takes, and nothing else.

The two share no code; the pictures and the verdicts are those of one table, written from the vendors' pages.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import httpx
import pytest

from tests.core.images.boundaries import Row, rows
from tests.sandbox.box import PHOTO, SHIRT, Box, Clock, Shop, TinyRenderer, suit
from tests.sandbox.idle import idle
from tryon_core import Garment, GarmentType, InvalidRequest, LinkPicture, OwnPhotos, Suit, TryOnRequest
from tryon_sandbox import SandboxSettings, create_sandbox

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
OURS_ALONE = {("aidge", "min_bytes"), ("aidge", "max_bytes")}  # the page names no limit of bytes
JUDGED = [row for row in rows() if row.rule != "pixels" and (row.vendor, row.rule) not in OURS_ALONE]
# Aidge's page: 701 cannot be used as a picture, 703 too few pixels, 700 invalid input.
AIDGE_CODES = {"min_side": "703", "max_side": "700", "formats": "701"}
# AILab's table of codes; sizes were seen to be told at the query, kinds are told at once.
AILAB_CODES = {
    "min_side": "FILE_RESOLUTION_EXCEEDS_LIMITS",
    "max_side": "FILE_RESOLUTION_EXCEEDS_LIMITS",
    "min_bytes": "FILE_SIZE_EXCEEDS_LIMIT",
    "max_bytes": "FILE_SIZE_EXCEEDS_LIMIT",
    "formats": "UNSUPPORTED_FILE_TYPES",
}
EMPTY = "UNSUPPORTED_PARAMETER_VALUES"
AT_ONCE = SandboxSettings(queue_s=0.0, per_image_s=0.0, jitter=0.0)
ACCEPTED = ""


@dataclass(frozen=True)
class Both:
    box: Box
    shop: Shop

    async def aidge(self, element: dict[str, object]) -> str:
        """The code that Aidge's copy answers a submit with."""
        answer = (await self.box.submit(element)).json()
        return ACCEPTED if str(answer["resCode"]) == "200" else str(answer["resCode"])

    async def ailab(self, **files: bytes) -> str:
        """The code that AILab's copy answers a submit or the query of its task with."""
        answer = await self.box.refine(**files)
        if answer.status_code == httpx.codes.OK:
            await self.box.rendered()
            answer = await self.box.poll(str(answer.json()["task_id"]))
        return str((answer.json().get("error_detail") or {}).get("code", ACCEPTED))


@pytest.fixture
async def both() -> AsyncIterator[Both]:
    shop = Shop()
    clock = Clock()
    app = create_sandbox(fetch=shop.fetch, settings=AT_ONCE, clock=clock, renderer=TinyRenderer())
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://box.example") as client:
        yield Both(Box(client, app, clock), shop)
        await idle(app.sandbox)


@pytest.mark.parametrize("row", [row for row in JUDGED if row.vendor == "aidge"], ids=str)
async def test_aidge_takes_a_garment_exactly_where_we_leave_it_alone(both: Both, row: Row) -> None:
    both.shop.photos[SHIRT] = row.data
    expected = ACCEPTED if row.verdict == "as it is" else AIDGE_CODES[row.rule]
    assert await both.aidge(suit()) == expected


@pytest.mark.parametrize("row", [row for row in JUDGED if row.vendor == "ailab"], ids=str)
async def test_ailab_takes_a_photo_exactly_where_we_leave_it_alone(both: Both, row: Row) -> None:
    data = row.data
    expected = ACCEPTED if row.verdict == "as it is" else AILAB_CODES[row.rule]
    if not data:
        assert await both.ailab(top_garment=data) == EMPTY
        return
    assert await both.ailab(top_garment=data) == expected
    if len(data) < 10_000:  # the rule is the same in every field: large pictures need not show it four times
        assert await both.ailab(bottom_garment=data) == expected
        assert await both.ailab(person_image=data, coarse_image=data) == expected


@pytest.mark.parametrize(
    ("width", "height", "fits"),
    [(300, 400, True), (299, 400, False), (301, 400, False), (300, 399, False), (300, 401, False)],
)
async def test_ailab_takes_a_coarse_image_of_the_persons_size_only(
    both: Both, width: int, height: int, fits: bool
) -> None:
    coarse = Row("ailab", "", "", "PNG", width, height, 0, "as it is", "", "").data
    code = await both.ailab(person_image=PHOTO, coarse_image=coarse)
    assert code == (ACCEPTED if fits else EMPTY)


PICTURE = LinkPicture(SHIRT)


def _garments(*types: str) -> tuple[dict[str, object], Callable[[], object]]:
    clothes = [{"imageUrl": SHIRT, **({"type": kind} if kind else {})} for kind in types]
    ours = tuple(Garment(PICTURE, GarmentType(kind or "auto")) for kind in types)
    return {"clothesList": clothes, "generateCount": 1}, lambda: Suit(ours)


def _count(count: int) -> tuple[dict[str, object], Callable[[], object]]:
    one = (Suit((Garment(PICTURE),)),)
    return suit(generateCount=count), lambda: TryOnRequest(one, count=count)


def _photos(count: int) -> tuple[dict[str, object], Callable[[], object]]:
    return suit(modelImage=[SHIRT] * count), lambda: OwnPhotos((PICTURE,) * count)


@pytest.mark.parametrize(
    ("pair", "fits"),
    [
        (_count(0), False),
        (_count(1), True),
        (_count(8), True),
        (_count(9), False),
        (_photos(1), True),
        (_photos(8), True),
        (_photos(9), False),
        (_garments(), False),
        (_garments(""), True),
        (_garments("dresses"), True),
        (_garments("tops", "bottoms"), True),
        (_garments("bottoms", "tops"), True),
        (_garments("tops", "tops"), False),
        (_garments("bottoms", "bottoms"), False),
        (_garments("dresses", "tops"), False),
        (_garments("", "bottoms"), False),
        (_garments("tops", "bottoms", "dresses"), False),
    ],
    ids=lambda value: json.dumps(value[0])[:120] if isinstance(value, tuple) else "",
)
async def test_aidge_takes_the_counts_and_combinations_that_a_request_can_hold(
    both: Both, pair: tuple[dict[str, object], Callable[[], object]], fits: bool
) -> None:
    element, make = pair
    assert await both.aidge(element) == (ACCEPTED if fits else "700")
    if fits:
        assert make() is not None
        return
    with pytest.raises(InvalidRequest):
        make()
