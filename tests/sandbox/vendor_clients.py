"""Aidge's own clients, each in the way in which it sends and reads; written from its samples and pages.

None of them is tolerant: each breaks where the vendor's own breaks.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import cast

import httpx

from tests.sandbox.box import RESULTS, SHIRT, SUBMIT, SUBMIT_PRO, Json, signed, signed_by_sdk

MOST_POLLS = 60
DESCRIBED = {"base": "General", "gender": "female", "style": "universal_1", "body": "slim"}
TOP = {"clothesList": [{"imageUrl": SHIRT, "type": "tops"}]}
STANDARD = TOP | {"model": DESCRIBED, "viewType": "mixed", "inputQualityDetect": 0, "generateCount": 4}
BY_NAME = STANDARD | {"model": {"base": "General", "name": "James"}}
PYTHON_PRO = TOP | {"viewType": "fullbody", "inputQualityDetect": 0, "generateCount": 3}
OWN_PHOTO = TOP | {"modelImage": ["https://me.example/1.png"]}

Send = Callable[[httpx.AsyncClient, float, str, dict[str, str], dict[str, str]], Awaitable[httpx.Response]]


async def send_json(
    http: httpx.AsyncClient, now: float, api: str, body: dict[str, str], headers: dict[str, str]
) -> httpx.Response:
    """As the samples: a JSON body, signed in version 2."""
    return await http.post(f"/rest{api}", params=signed(now), json=body, headers=headers)


async def send_form(
    http: httpx.AsyncClient, now: float, api: str, body: dict[str, str], headers: dict[str, str]
) -> httpx.Response:
    """As the Java SDK of the pages: a form, signed with all its fields, and the SDK's own name as partner."""
    query = signed_by_sdk(now, api, body)
    return await http.post(f"/rest{api}", params=query, data=body, headers=headers)


def task_id_of_python(answer: Json) -> str:
    """Goes down by `get`, which only objects have."""
    data = cast(dict[str, dict[str, str]], answer.get("data", {}))
    return data.get("result", {})["taskId"]


def task_id_of_java(answer: Json) -> str:
    """Takes nothing for an object that is not one, and then fails on nothing."""
    data = answer["data"]
    result = data.get("result") if isinstance(data, dict) else None
    if not isinstance(result, dict):
        raise TypeError("result is no object")
    return str(result.get("taskId", ""))


def task_id_of_go(answer: Json) -> str:
    """Has an empty id, and no error, where it finds no object: it then asks about no task for ever."""
    data = answer.get("data")
    result = data.get("result") if isinstance(data, dict) else None
    task_id = result.get("taskId") if isinstance(result, dict) else None
    return task_id if isinstance(task_id, str) else ""


def task_id_of_page(answer: Json) -> str:
    """By the submit page's example: a string that holds JSON."""
    data = cast(dict[str, str], answer["data"])
    return str(json.loads(data["result"])["taskId"])


@dataclass(frozen=True)
class VendorClient:
    """One of the vendor's clients: where it submits what, how it sends, and how it reads the task's id.

    `pictures` is how many it is due; `always_says_trial`: it sends the trial header when it is false too.
    """

    name: str
    api: str
    suits: object
    pictures: int
    task_id: Callable[[Json], str]
    send: Send = send_json
    parameter: str = "requestParams"
    always_says_trial: bool = False
    last_statuses: frozenset[str] = field(default=frozenset({"finished"}))

    def headers(self, trial: bool) -> dict[str, str]:
        """The trial header, which goes with every call, queries too."""
        said = self.always_says_trial or trial
        return {"x-iop-trial": str(trial).lower()} if said else {}

    async def links(
        self,
        http: httpx.AsyncClient,
        clock: Callable[[], float],
        pause: Callable[[], Awaitable[None]],
        trial: bool = False,
    ) -> list[str]:
        """Submits, polls until its last status, and gives the links of all pictures."""
        headers, body = self.headers(trial), {self.parameter: json.dumps(self.suits)}
        submitted = await self.send(http, clock(), self.api, body, headers)
        query = {"task_id": self.task_id(submitted.json())}
        for _ in range(MOST_POLLS):
            answer = (await self.send(http, clock(), RESULTS, query, headers)).json()
            if answer.get("data", {}).get("taskStatus") in self.last_statuses:
                return links_in(answer)
            await pause()
        raise TimeoutError(f"{self.name} polls for ever")


def links_in(answer: Json) -> list[str]:
    """The links of a finished task, by the query page."""
    sub_tasks = cast(dict[str, list[Json]], answer["data"])["taskResult"]
    results = [cast(dict[str, dict[str, list[Json]]], one["taskResult"])["result"] for one in sub_tasks]
    return [str(image["imageUrl"]) for result in results for image in result["imageList"]]


BOTH = frozenset({"finished", "failed"})
CLIENTS = [
    VendorClient("Python", SUBMIT, [STANDARD], 4, task_id_of_python, always_says_trial=True),
    VendorClient(
        "Python pro",
        SUBMIT_PRO,
        PYTHON_PRO,  # the only one that sends an object and no list
        3,
        task_id_of_python,
        always_says_trial=True,
        last_statuses=BOTH,
    ),
    VendorClient("Java", SUBMIT, [STANDARD], 4, task_id_of_java),
    VendorClient("Java pro", SUBMIT_PRO, [STANDARD], 4, task_id_of_java),
    VendorClient("Go", SUBMIT, [STANDARD], 4, task_id_of_go),
    VendorClient("Go pro", SUBMIT_PRO, [STANDARD], 4, task_id_of_go),
    VendorClient("newer pro page", SUBMIT_PRO, [OWN_PHOTO], 1, task_id_of_java, parameter="paramJson"),
    VendorClient("SDK, described model", SUBMIT, [STANDARD], 4, task_id_of_page, send_form),
    VendorClient("SDK, model by name", SUBMIT, [BY_NAME], 4, task_id_of_page, send_form),
    VendorClient("SDK, own photo", SUBMIT, [OWN_PHOTO], 1, task_id_of_page, send_form),
    VendorClient("SDK, pro", SUBMIT_PRO, [OWN_PHOTO], 1, task_id_of_page, send_form, "paramJson"),
]
