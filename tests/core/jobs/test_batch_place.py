"""Whose a picture is, where the suits of several jobs went out together: the answer tells, nobody guesses."""

from __future__ import annotations

import json

import httpx
import pytest

from tryon_core.jobs.batch_place import BatchPlace, known_by, own_part, place_of
from tryon_core.vendors.aidge.responses import read_snapshot
from tryon_core.vendors.task import RemoteImage, Snapshot, SubTask, TaskStatus

GARMENTS = [f"https://shop.test/h%2Fcoat-{at}.png?Signature=s" for at in range(3)]
KNOWN = tuple(frozenset({known_by(link)}) for link in GARMENTS)
BROKEN = SubTask(TaskStatus.FAILED, code="801")


def picture(name: str, *clothes: str) -> RemoteImage:
    return RemoteImage(f"https://results.test/{name}.png", clothes)


def of(name: str, *clothes: str) -> SubTask:
    """A sub-task with one picture."""
    return SubTask(TaskStatus.SUCCEEDED, (picture(name, *clothes),))


def ended(*parts: SubTask, status: TaskStatus = TaskStatus.SUCCEEDED) -> Snapshot:
    return Snapshot(status, parts)


def shared_out(snapshot: Snapshot, pictures: int = 1, known: tuple[frozenset[str], ...] = KNOWN) -> list[str]:
    """What each suit gets: its pictures' names, "!" and the code of a failure, "?" for what is mixed."""
    found = []
    for at in range(len(known)):
        part = own_part(snapshot, BatchPlace(at, known), pictures)
        names = [image.url.rsplit("/", 1)[1].removesuffix(".png") for image in part.images]
        failed = [f"!{one.code}" for one in part.sub_tasks if one.status is TaskStatus.FAILED]
        found.append(" ".join([*names, *failed, *("?" * part.mixed)]))
    return found


ZERO, ONE, TWO = GARMENTS
TOLD = {
    "named and in order": ([of("a", ZERO), of("b", ONE), of("c", TWO)], ["a", "b", "c"]),
    "named and in another order": ([of("c", TWO), of("a", ZERO), of("b", ONE)], ["a", "b", "c"]),
    "in order, not named": ([of("a"), of("b"), of("c")], ["a", "b", "c"]),
    "one failed, in order": ([of("a", ZERO), BROKEN, of("c", TWO)], ["a", "!801", "c"]),
    "one failed, not named": ([of("a"), of("b"), BROKEN], ["a", "b", "!801"]),
    "one failed, in another order": ([BROKEN, of("a", ZERO), of("b", ONE)], ["a", "b", "!801"]),
    "one left out, named": ([of("c", TWO), of("a", ZERO)], ["a", "", "c"]),
    "one left out, not named": ([of("a"), of("b")], ["?", "?", "?"]),
    "garments that the vendor has copied": (
        [of("a", "https://copy.test/1"), of("b", "https://copy.test/2"), of("c", "https://copy.test/3")],
        ["a", "b", "c"],
    ),
    "one copy beside two garments": (
        [of("a", "https://copy.test/1"), of("b", "https://copy.test/1"), of("c", "https://copy.test/3")],
        ["?", "?", "?"],
    ),
    "a name that says otherwise, and one without": ([of("b", ONE), of("x"), of("c", TWO)], ["?", "b", "c"]),
    "without the signature, with other escapes": (
        [of("c", "https://SHOP.test/h/coat-2.png"), of("a", ZERO), of("b", ONE)],
        ["a", "b", "c"],
    ),
    "all in one sub-task": (
        [SubTask(TaskStatus.SUCCEEDED, (picture("b", ONE), picture("c", TWO), picture("a", ZERO)))],
        ["a", "b", "c"],
    ),
    "two failures of other kinds that name no garment": (
        [BROKEN, of("b", ONE), SubTask(TaskStatus.FAILED, code="1000")],
        ["!801", "b", "!1000"],
    ),
}


@pytest.mark.parametrize(("parts", "whose"), TOLD.values(), ids=TOLD.keys())
def test_a_suit_gets_the_pictures_that_the_answer_says_are_its_own(
    parts: list[SubTask], whose: list[str]
) -> None:
    assert shared_out(ended(*parts)) == whose


SEVERAL = {
    "a sub-task a picture": ([of("a"), of("b"), of("c"), of("d"), of("e"), of("f")], ["a b", "c d", "e f"]),
    "a sub-task a suit": (
        [SubTask(TaskStatus.SUCCEEDED, (picture(one), picture(two))) for one, two in ("ab", "cd", "ef")],
        ["a b", "c d", "e f"],
    ),
    "as many as suits, a picture each": ([of("a"), of("b"), of("c")], ["?", "?", "?"]),
    "as many as suits, a picture each, named": (
        [of("a", ZERO), of("b", ONE), of("c", ONE)],
        ["a", "b c", ""],
    ),
    "one of a suit failed": ([of("a"), BROKEN, of("c"), of("d"), of("e"), of("f")], ["a !801", "c d", "e f"]),
}


@pytest.mark.parametrize(("parts", "whose"), SEVERAL.values(), ids=SEVERAL.keys())
def test_so_it_is_with_several_pictures_a_suit(parts: list[SubTask], whose: list[str]) -> None:
    assert shared_out(ended(*parts), pictures=2) == whose


def test_while_the_task_runs_only_a_name_tells() -> None:
    running = TaskStatus.RUNNING
    assert shared_out(ended(of("b", ONE), status=running)) == ["", "b", ""]
    assert shared_out(ended(of("a"), of("b"), of("c"), status=running)) == ["?", "?", "?"]


def test_two_suits_with_one_garment_in_common_are_told_apart_by_their_order() -> None:
    top, jeans, skirt = map(known_by, GARMENTS)
    known = frozenset({top, jeans}), frozenset({top, skirt})
    assert shared_out(ended(of("a", ZERO), of("b", ZERO)), known=known) == ["a", "b"]
    assert shared_out(ended(of("b", ZERO, TWO), of("a", ZERO)), known=known) == ["?", "b"]


def test_a_task_that_failed_as_a_whole_fails_each_suit_with_its_code() -> None:
    whole = Snapshot(TaskStatus.FAILED, code="1000", message="sensitive")
    parts = [own_part(whole, BatchPlace(at, KNOWN), 1) for at in range(3)]
    assert parts == [whole] * 3


def test_a_job_that_went_out_alone_has_all_of_its_task() -> None:
    assert own_part(seen := ended(of("a"), of("b")), place_of(None), 2) is seen


def test_a_place_is_kept_without_links() -> None:
    place = BatchPlace(1, KNOWN)
    kept = json.dumps(place.packed())
    assert place_of(json.loads(kept)) == place and "shop.test" not in kept


def test_the_garments_beside_pictures_are_read_from_every_shape_that_names_them() -> None:
    image = {"imageUrl": "http://results.test/a.png", "clothes": ZERO}
    in_list = {"taskResult": {"result": {"imageList": [image]}}, "taskStatus": "finished"}
    as_text = {"taskResult": json.dumps({"result": {"imageList": [image]}}), "taskStatus": "finished"}
    above = {"clothes": [ZERO, ONE], "imageUrl": "http://results.test/a.png", "taskStatus": "finished"}
    for entry, clothes in ((in_list, (ZERO,)), (as_text, (ZERO,)), (above, (ZERO, ONE))):
        body = {"resCode": "200", "data": {"taskStatus": "finished", "taskResult": [entry]}}
        (read,) = read_snapshot(httpx.Response(200, json=body)).images
        assert read == RemoteImage("http://results.test/a.png", clothes)
        assert "shop.test" not in repr(read)
