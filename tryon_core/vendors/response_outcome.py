"""What an answer means for a job, the same for every vendor: accepted, ended, busy, refused, or not known.

How a vendor spells its yes and its no is the business of its own `responses`.
"""

from __future__ import annotations

import httpx

from tryon_core.errors import NoAnswer, VendorBusy, VendorError, VendorRefused
from tryon_core.vendors.error_codes import ErrorCodes, Kind
from tryon_core.vendors.response_json import TURNED_AWAY, retry_after
from tryon_core.vendors.task import Receipt, Snapshot, TaskStatus

# Of the statuses that blame the request (RFC 9110, 15.5), those that do not exclude that it was carried out:
# its body came too slowly, it met another state, it came too early, the client had gone.
MAY_HAVE_ARRIVED = frozenset({408, 409, 425, 499})


def refusal(
    codes: ErrorCodes, answer: httpx.Response, code: str, words: str, ids: tuple[str, ...]
) -> VendorError:
    """A vendor's no by its code: one that may pass, or a final one."""
    problem = codes.explain(code, words, ids[0] if ids else "")
    if codes.passes(code, answer.status_code):
        return VendorBusy(problem, words=words, request_ids=ids, retry_after=retry_after(answer))
    return VendorRefused(problem, words=words, request_ids=ids)


def receipt(
    codes: ErrorCodes, answer: httpx.Response, no: VendorError | None, task_id: str, ids: tuple[str, ...]
) -> Receipt:
    """The task id of an accepted submit: where there is one there is a task, whatever else is said.

    Raises the vendor's `no`, `VendorRefused` for a status that says the request was not carried out, and
    `NoAnswer` when the task may exist all the same.
    """
    if task_id:
        return Receipt(task_id, ids)
    if no is not None and _may_exist(codes, answer, no):
        raise NoAnswer(codes.uncertain(no.problem.request_id))
    if no is not None:
        raise no
    if answer.is_client_error and answer.status_code not in MAY_HAVE_ARRIVED:
        raise VendorRefused(codes.not_taken(answer.status_code))
    raise NoAnswer(codes.uncertain())


def _may_exist(codes: ErrorCodes, answer: httpx.Response, no: VendorError) -> bool:
    """Whether a no to a submit leaves open that the task was begun: it came too late, or broke on the way."""
    code = no.problem.code
    if code in codes.table:
        return code in codes.late
    return answer.is_server_error and answer.status_code not in TURNED_AWAY


def snapshot(
    codes: ErrorCodes, answer: httpx.Response, no: VendorError | None, seen: Snapshot | None
) -> Snapshot:
    """What was said of a task, `seen` where the answer was JSON. A task that failed is an answer too.

    Raises `VendorBusy` to poll again later, also for a code that nobody knows: the task is paid for, and one
    answer that is not understood does not end it. Raises `VendorRefused` for account troubles, and for a task
    that the vendor has no more.
    """
    if seen is not None and seen.ended and (seen.images or (no is None and not answer.is_error)):
        return seen
    if no is None:
        if answer.is_error or seen is None:
            raise VendorBusy(codes.explain(str(answer.status_code)), retry_after=retry_after(answer))
        return seen
    code, failed = no.problem.code, seen is not None and seen.status is TaskStatus.FAILED
    if failed or (code in codes.table and codes.kind(code) is Kind.TASK):
        return Snapshot(TaskStatus.FAILED, message=no.words, code=code, request_ids=no.request_ids)
    if code in codes.table or isinstance(no, VendorBusy):
        raise no
    raise VendorBusy(no.problem, request_ids=no.request_ids, retry_after=retry_after(answer))
