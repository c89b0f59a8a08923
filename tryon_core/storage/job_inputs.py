"""The pictures that a job was given: what was asked for, as it lies in the job's folder and as it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tryon_core.disk import visible_files
from tryon_core.errors import InvalidRequest, rule
from tryon_core.job_state import FETCHABLE, MAYBE_FETCHED, RUNNING
from tryon_core.requests.request import Asked, FilePicture, KeptLink, LinkPicture, PickedUp, Picture, Request
from tryon_core.requests.request_parts import asked_from_json, pictures_of, with_pictures
from tryon_core.storage.job_records import JobRecord
from tryon_core.storage.ledger import Ledger

INPUT, READY = "input", "ready"


class JobInputs:
    """Reads rows and folders; `folder` gives the part of a job's folder by that name."""

    def __init__(self, folder: Callable[[str, str], Path]) -> None:
        self._folder = folder

    def request(self, record: JobRecord) -> Request:
        """The request with its pictures in the job's own folder.

        Raises `InvalidRequest` where it is not known: of a picked up task, or a row that cannot be read.
        """
        asked = self.asked(record)
        if isinstance(asked, PickedUp):
            raise InvalidRequest(*rule("unknown_request"))
        return asked

    def asked(self, record: JobRecord) -> Asked:
        """What was asked for, with its pictures in the job's own folder."""
        asked = asked_from_json(record.request)
        return asked if isinstance(asked, PickedUp) else _placed(asked, self._folder(record.id, INPUT))

    def wire_pictures(self, record: JobRecord) -> dict[str, Path]:
        """The files to send, by their names in the request: the mended one where there is one."""
        inputs = {
            name: picture.path
            for name, picture in pictures_of(self.asked(record))
            if isinstance(picture, FilePicture)
        }
        return inputs | {path.stem: path for path in visible_files(self._folder(record.id, READY))}

    def keeps_links(self, record: JobRecord) -> bool:
        """Whether a picture was given as a link, whose address is not kept."""
        asked = asked_from_json(record.request)
        return any(isinstance(picture, KeptLink) for _, picture in pictures_of(asked))

    def unmended(self, job_id: str, links: Mapping[str, LinkPicture]) -> dict[str, LinkPicture]:
        """Those links whose pictures comply as they are."""
        mended = {path.stem for path in visible_files(self._folder(job_id, READY))}
        return {name: link for name, link in links.items() if name not in mended}


class HostableInputs:
    """What hosting sees of the jobs. Both methods block for a millisecond or a few."""

    def __init__(self, ledger: Ledger, inputs: JobInputs) -> None:
        self._ledger, self._inputs = ledger, inputs

    def open_jobs(self, since: float) -> list[str]:
        """The ids of jobs whose pictures a vendor may want to fetch; of those that only may go on there, the
        ones submitted since a time."""
        ids = self._ledger.ids_in_states
        return ids(RUNNING) + ids(MAYBE_FETCHED, since)

    def hosted_files(self, job_id: str, since: float) -> list[Path]:
        """The pictures of a job as they are sent; none when it is not one of `open_jobs`."""
        record = self._ledger.record(job_id)
        if record is None or record.state not in FETCHABLE:
            return []
        if record.state in MAYBE_FETCHED and record.submitted_at < since:
            return []
        return list(self._inputs.wire_pictures(record).values())


def _placed(request: Request, folder: Path) -> Request:
    """The request with the job's own files; where a link's picture has been fetched, with that."""
    here: dict[str, Picture] = {}
    for name, picture in pictures_of(request):
        if isinstance(picture, FilePicture):
            here[name] = FilePicture(folder / picture.path.name)
        elif fetched := next((path for path in visible_files(folder) if path.stem == name), None):
            here[name] = FilePicture(fetched)
    return with_pictures(request, here)
