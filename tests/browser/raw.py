"""A client that speaks to the server as the page's script does, and says whatever it likes."""

from __future__ import annotations

import json
import secrets
import time
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

from tests.browser.page_events import events_of

API = "/gradio_api"
EXT = f"{API}/ext"
LIMIT_S = 30.0


class Raw:
    """One visitor: `visitor` is the id that a browser keeps, `session` the one that its page made up.

    `heard` is all that the server ever said to it.
    """

    def __init__(self, url: str, *, login: tuple[str, str] | None = None) -> None:
        self.http = httpx.Client(base_url=url, timeout=LIMIT_S, event_hooks={"response": [self._hear]})
        self.session = secrets.token_hex(8)
        self.visitor = secrets.token_urlsafe(32)
        self.heard: list[str] = []
        if login:
            self.login(*login)
        self.config: dict[str, Any] = self.http.get("/config").json()

    def __enter__(self) -> Raw:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def login(self, name: str, password: str) -> int:
        """The status of the answer; cookies are kept."""
        return self.http.post("/login", data={"username": name, "password": password}).status_code

    def event(self, element: str, trigger: str) -> dict[str, Any]:
        """What the page knows of one of its events; the elements are called as in the page."""
        return events_of(self.config, element, trigger)[0]

    def named(self, name: str) -> dict[str, Any]:
        """An endpoint for scripts, or an inner one by its name."""
        return next(event for event in self.config["dependencies"] if event["api_name"] == name)

    def values(self, event: dict[str, Any], **given: object) -> list[Any]:
        """The inputs of an event as the page has them at first, but for those given by their element."""
        parts = {part["id"]: part for part in self.config["components"]}
        return [self._value(parts[number], given) for number in event["inputs"]]

    def _value(self, part: dict[str, Any], given: dict[str, object]) -> object:
        if part["type"] == "browserstate":
            return given.get("visitor", self.visitor)
        if part["type"] == "state":
            return given.get("state")
        return given.get(part["props"].get("elem_id") or "", part["props"].get("value"))

    def send(
        self, event: dict[str, Any], data: list[Any], click: object = None, session: str | None = None
    ) -> str:
        """Calls an event by its number, and gives all that is said until it is over."""
        body = {"fn_index": event["id"], "data": data, "event_data": click}
        session = session or self.session
        joined = self.http.post(f"{API}/queue/join", json={**body, "session_hash": session})
        if joined.status_code != httpx.codes.OK:
            return joined.text
        return self.listen(session)

    def call(self, name: str, **given: object) -> str:
        """Calls an endpoint as a script without a client does; all that is said until it is over."""
        begun = self.http.post(f"{API}/call/v2/{name}", json=given)
        if begun.status_code != httpx.codes.OK:
            return begun.text
        return self.http.get(f"{API}/call/{name}/{begun.json()['event_id']}").text

    def listen(self, session: str) -> str:
        """What the server says to a session, until something is over or it has nothing to say."""
        said: list[str] = []
        end = time.monotonic() + LIMIT_S
        with self.http.stream("GET", f"{API}/queue/data", params={"session_hash": session}) as stream:
            for line in stream.iter_lines():
                said.append(line)
                if '"process_completed"' in line or "close_stream" in line or time.monotonic() > end:
                    break
        self.heard.append("\n".join(said))
        return self.heard[-1]

    def click(self, element: str, trigger: str, **click: object) -> str:
        """Presses a button in one of the page's own pieces of HTML."""
        event = self.event(element, trigger)
        return self.send(event, self.values(event), click)

    def upload(self, file: Path) -> dict[str, object]:
        """A file for an input of the page."""
        with file.open("rb") as data:
            answer = self.http.post(f"{API}/upload", files={"files": (file.name, data)})
        return {"path": answer.json()[0], "meta": {"_type": "gradio.FileData"}, "orig_name": file.name}

    def create(self, garment: Path, count: int = 1, **given: object) -> str:
        """Makes a try-on job as the page does; its id, when it has ended."""
        event = self.event("go", "click")
        data = self.values(event, garment=self.upload(garment), count=count, **given)
        self.send(event, data)
        return self.ended()

    def ended(self) -> str:
        """The id of the newest job, once no job runs."""
        end = time.monotonic() + LIMIT_S
        while time.monotonic() < end:
            rows = self.rows()
            if rows and all(row["ended"] for row in rows):
                return str(rows[0]["id"])
            time.sleep(0.3)
        raise TimeoutError("no job ended")

    def card(self, job: str) -> str:
        """What the card of a job shows."""
        self.click("jobrows", "select", act="open", job=job)
        event = self.named("watch")
        return self.send(event, self.values(event))

    def rows_text(self) -> str:
        """What My jobs shows."""
        event = self.event("jobsfilter", "change")
        return self.send(event, self.values(event))

    def rows(self) -> list[dict[str, Any]]:
        """The jobs in it, newest first."""
        html = "".join(_strings(self.rows_text()))
        found = [piece.split('"')[0] for piece in html.split('data-job="')[1:]]
        ended = 'class="underway"' not in html.replace("\\", "")
        return [{"id": job, "ended": ended} for job in dict.fromkeys(found)]

    def _hear(self, answer: httpx.Response) -> None:
        if "event-stream" not in answer.headers.get("content-type", ""):
            answer.read()
            self.heard.append(f"{answer.headers}{answer.text}")


def _strings(said: str) -> list[str]:
    """Every text in the outputs of what a stream said."""
    lines = [line.removeprefix("data: ") for line in said.splitlines() if line.startswith("data: ")]
    messages = [json.loads(line) for line in lines]
    outputs = [message.get("output", {}).get("data", []) for message in messages if "output" in message]
    return [item for output in outputs for item in output if isinstance(item, str)]
