"""What an answer means for a job, the same for every vendor: accepted, ended, busy, refused, or not known.

How a vendor spells its yes and its no is the business of its own `responses`.
"""

from __future__ import annotations

from collections.abc import Callable

import httpx

from tryon_core.errors import NoAnswer, VendorBusy, VendorError, VendorRefused
from tryon_core.task import Receipt, Snapshot, TaskStatus
from tryon_core.vendors.error_codes import ErrorCodes, Kind
from tryon_core.vendors.response_json import TURNED_AWAY, Object, retry_after

# Of the statuses that blame the request (RFC 9110, 15.5), those that do not exclude that it was carried out:
# its body came too slowly, it met another state, it came too early, the client had gone.
MAY_HAVE_ARRIVED = frozenset({408, 409, 425, 499})


def refusal(
    codes: ErrorCodes, answer: httpx.Response, code: str, words: str, ids: tuple[str, ...]
) -> VendorError:
    """A vendor's no by its code: one that may pass, or a final one."""
    problem = codes.explain(code, words, ids[0] if ids else "")
    if codes.passes(code, answer.status_code):
        return VendorBusy(problem, request_ids=ids, retry_after=retry_after(answer))
    return VendorRefused(problem, request_ids=ids)


def receipt(
    codes: ErrorCodes, answer: httpx.Response, no: VendorError | None, task_id: str, ids: tuple[str, ...]
) -> Receipt:
    """The task id of an accepted submit.

    Raises the vendor's `no`, `VendorRefused` for a status that says the request was not carried out, and
    `NoAnswer` when the task may exist all the same.
    """
    if no is not None and _may_exist(codes, answer, no):
        raise NoAnswer(codes.uncertain(no.problem.request_id))
    if no is not None:
        raise no
    if answer.is_client_error and answer.status_code not in MAY_HAVE_ARRIVED:
        raise VendorRefused(codes.not_taken(answer.status_code))
    if answer.is_error or not task_id:
        raise NoAnswer(codes.uncertain())
    return Receipt(task_id, ids)


def _may_exist(codes: ErrorCodes, answer: httpx.Response, no: VendorError) -> bool:
    """Whether a no to a submit leaves open that the task was begun: it came too late, or broke on the way."""
    code = no.problem.code
    if code in codes.table:
        return code in codes.late
    return answer.is_server_error and answer.status_code not in TURNED_AWAY


def snapshot(
    codes: ErrorCodes,
    answer: httpx.Response,
    body: Object,
    no: VendorError | None,
    read: Callable[[Object], Snapshot],
) -> Snapshot:
    """What was said of a task. A task that failed is an answer too.

    Raises `VendorBusy` to ask again later, `VendorRefused` for account troubles.
    """
    if no is not None:
        return _failed(codes, no)
    if answer.is_error or not body:
        raise VendorBusy(codes.explain(str(answer.status_code)), retry_after=retry_after(answer))
    return read(body)


def _failed(codes: ErrorCodes, no: VendorError) -> Snapshot:
    code = no.problem.code
    if isinstance(no, VendorBusy) or codes.kind(code) is not Kind.TASK:
        raise no
    return Snapshot(TaskStatus.FAILED, message=no.problem.what, code=code, request_ids=no.request_ids)
