"""Rows and columns that ask for the same: planned, made and counted once, and shown in each place."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from tests.core import fakes
from tests.core.collections.making import ONE_EACH, done, garment, rail
from tests.core.fakes import ScriptedVendors, finished
from tests.core.test_studio import ANN, open_house
from tryon_core import (
    CellState,
    FilePicture,
    Garment,
    GarmentType,
    LinkPicture,
    NewCollection,
    NewGarment,
    Problem,
    Suit,
    Which,
)
from tryon_core.collections.sending import CELLS_AT_ONCE
from tryon_core.errors import VendorRefused

pytestmark = pytest.mark.anyio
LIVE = {**fakes.LIVE, "TRYON_AUTH": ""}
NO = VendorRefused(Problem("No.", "Other pictures."))


def one_picture(**changes: object) -> ScriptedVendors:
    return ScriptedVendors(**{"queries": [finished("a.png")], **changes})  # type: ignore[arg-type]


def shirts(folder: Path, rows: int) -> NewCollection:
    """So many rows of one shirt, each by an article of its own and half of them by a copy of the photo, and
    another shirt, on two models."""
    new = rail(folder, 2, 2)
    shirt, other = new.garments
    copy = folder / "copy.png"
    shutil.copyfile(folder / "471_shirt.png", copy)
    copied = Suit((replace(shirt.suit.garments[0], picture=FilePicture(copy)),))
    equal = (NewGarment(copied if at % 2 else shirt.suit, f"Shirt {at}", f"A{at}") for at in range(rows))
    return replace(new, garments=(*equal, other))


@pytest.mark.parametrize("rows", [2, CELLS_AT_ONCE + 3])
async def test_equal_rows_are_planned_made_and_charged_once(tmp_path: Path, rows: int) -> None:
    new = shirts(tmp_path, rows)
    async with open_house(tmp_path, vendors := one_picture(), **LIVE, TRYON_DAILY_PICTURES="4") as studio:
        plan = await studio.collections.plan(new, visitor=ANN)
        made = await studio.collections.create(new, visitor=ANN, at_most=plan.pictures)
        ended = await done(studio, made)
        left = (await studio.allowance(visitor=ANN)).left
    assert (plan.jobs, plan.pictures, plan.equal) == (4, 4, 2 * (rows - 1))
    assert len(vendors.sent) == 4 and left == 0
    assert ended.totals.succeeded == 2 * (rows + 1) and ended.totals.pictures == ended.totals.expected == 4
    jobs = {(cell.garment_id, cell.model_id): cell.job.id for cell in ended.cells if cell.job}
    for model in ended.models:
        assert len({jobs[row.id, model.id] for row in ended.garments[:-1]}) == 1
    assert len(set(jobs.values())) == 4


async def test_each_of_the_rows_is_handed_over_under_its_own_number(tmp_path: Path) -> None:
    async with open_house(tmp_path, one_picture()) as studio:
        made = await done(studio, await studio.collections.create(shirts(tmp_path, 2), visitor=ANN))
        download = await studio.collections.export.zip(made.id, visitor=ANN, which=Which.ALL)
        whole = b"".join(list(download.chunks))
    assert all(number.encode() in whole for number in ("A0_", "A1_", "472_"))


async def test_a_retry_of_equal_rows_is_one_job_more(tmp_path: Path) -> None:
    vendors = one_picture(submits=[NO, fakes.TASK])
    new = replace(shirts(tmp_path, 2), models=rail(tmp_path, 1, 1).models)
    new = replace(new, garments=new.garments[:-1])
    async with open_house(tmp_path, vendors) as studio:
        made = await done(studio, await studio.collections.create(new, visitor=ANN))
        assert made.totals.failed == 2 and len(vendors.sent) == 1
        again = await done(studio, await studio.collections.retry(made.id, visitor=ANN, at_most=1))
        assert [cell.state for cell in again.cells] == [CellState.SUCCEEDED] * 2 and len(vendors.sent) == 2
        twin = next(cell.id for cell in again.cells if cell.same_as)
        await done(studio, await studio.collections.again(made.id, [twin], visitor=ANN, at_most=1))
    assert len(vendors.sent) == 3


async def test_what_is_added_and_is_there_already_is_made_no_second_time(tmp_path: Path) -> None:
    new = rail(tmp_path, 2, 1)
    renamed = NewGarment(new.garments[0].suit, "Blouse", "B 7")
    fresh = garment(tmp_path, "480_coat", seed=9)
    async with open_house(tmp_path, vendors := one_picture()) as studio:
        made = await done(studio, await studio.collections.create(new, visitor=ANN))
        more = {"garments": [renamed, fresh], "models": rail(tmp_path, 1, 2).models[1:]}
        plan = await studio.collections.plan_more(made.id, **more, visitor=ANN)  # type: ignore[arg-type]
        grown = await studio.collections.add(made.id, **more, visitor=ANN, at_most=plan.pictures)  # type: ignore[arg-type]
        grown = await done(studio, grown)
    assert (plan.jobs, plan.equal) == (4, 2) and len(vendors.sent) == 2 + 4
    assert grown.totals.succeeded == 8 and grown.totals.pictures == 6


async def test_a_link_that_two_rows_name_is_fetched_once_and_made_once(tmp_path: Path) -> None:
    shown = [fakes.picture(seed=seed) for seed in (1, 2)]  # a shop that shows another picture each time
    vendors = one_picture(
        serve=lambda _: httpx.Response(200, content=shown.pop(0) if shown else fakes.picture())
    )
    suit = Suit((Garment(LinkPicture("https://shop.example/1.png"), GarmentType.TOPS),))
    rows = (NewGarment(suit, "Shirt", "1"), NewGarment(suit, "Shirt, again", "2"))
    new = NewCollection(rows, rail(tmp_path, 1, 1).models, ONE_EACH)
    async with open_house(tmp_path, vendors) as studio:
        plan = await studio.collections.plan(new, visitor=ANN)
        made = await done(studio, await studio.collections.create(new, visitor=ANN))
    assert plan.jobs == 1 and len(vendors.sent) == 1 and made.totals.succeeded == 2
