"""What a job's card and its row in My jobs say."""

from __future__ import annotations

from typing import Final

from tryon_core import Capability, JobState

STEPS: Final[dict[Capability, tuple[str, ...]]] = {
    Capability.TRY_ON: ("Sent", "Queued", "Generating", "Saved"),
    Capability.REFINE: ("Sent", "Queued", "Refining", "Saved"),
}
SANDBOX_OF: Final = "{vendor} sandbox"
KINDS: Final[dict[Capability, str]] = {Capability.TRY_ON: "try-on", Capability.REFINE: "refiner"}
N_OF_M: Final = "{n} of {m}"
FIRST_WAIT: Final = "The first picture is on its way"
NOT_MADE: Final = "Not made"
MADE_OF: Final = "{made} pictures"

STATE_WORDS: Final[dict[JobState, str]] = {
    JobState.SUBMITTING: "Sending",
    JobState.QUEUED: "Queued",
    JobState.RUNNING: "Generating",
    JobState.SUCCEEDED: "Saved",
    JobState.FAILED: "Failed",
    JobState.UNCERTAIN: "Not certain",
    JobState.OVERDUE: "Overdue",
    JobState.EXPIRED: "Expired",
}
ENDED: Final[dict[JobState, str]] = {
    JobState.SUCCEEDED: "Saved in",
    JobState.FAILED: "Failed after",
    JobState.UNCERTAIN: "Not certain",
    JobState.OVERDUE: "No result after",
    JobState.EXPIRED: "Expired",
}
ENDED_AFTER: Final = frozenset({JobState.SUCCEEDED, JobState.FAILED, JobState.OVERDUE})  # the time follows

FOOT_RUNNING: Final = "You can close this page. The job goes on and My jobs will have it."
FOOT_STOPPED: Final = "Not watching. The job goes on and My jobs will have it."
EARLIER: Final = "Earlier result, kept"
MISSING: Final = "Nothing to show at this address"
MISSING_FACTS: Final = "A job is shown to the browser, or the signed-in user, that made it"
MISSING_TODO: Final = (
    "It was deleted, or made in another browser. Ask who sent you the address for the pictures themselves."
)
REFUSED: Final = "Not sent"
REFUSED_FACTS: Final = "Nothing left this computer"
PICTURE_N: Final = "Picture {n}"
PICTURE_N_OF_M: Final = "Picture {n} of {m}"
REFINED_PICTURE: Final = "Refined picture"
PICTURE_OF: Final = "{title}, picture {n}"
JOB_LABEL: Final = "Job: {title}"
COPY: Final = "Copy"
REQUEST_ID: Final = "Request id"
THE_REQUEST_ID: Final = "request id"
FACT_PERSON, FACT_SIZE, FACT_SENT = "Person", "Size", "Sent"
FACT_CHARGED, FACT_CODE = "Charged", "Code"
NO_ANSWER: Final = "No answer"
SILENT: Final = "{vendor} has not answered since {since}. It is asked again and again; the job goes on there."
LATE: Final = "longer than usual; it goes on"
NOT_YET: Final = "–"
MADE_FROM: Final = "Made from"
FULL_SCREEN: Final = "Show picture full screen"
COMPARE_SIDES: Final[dict[str, str]] = {"left": "Picture on the left", "right": "Picture on the right"}
BEFORE, AFTER = "Before", "After"
BEFORE_ALT: Final = "Before: the picture to refine"
AFTER_ALT: Final = "After: the refined picture"
BEFORE_AFTER: Final = "Before and after: how much shows before"
SIZE: Final = "{width} × {height}"

STOP: Final = "Stop waiting"
WATCH_ANEW: Final = "Watch anew"
WATCH_AGAIN: Final = "Watch again"
REFINE_THIS: Final = "Refine this"
COMPARE: Final = "Compare"
DOWNLOAD: Final = "Download"
DOWNLOAD_ALL: Final = "Download all"
DOWNLOAD_ALL_N: Final = "Download all {n}"
CHANGE: Final = "Change"
BACK_TO_PICTURES: Final = "Back"
TRY_AGAIN: Final = "Try again"
CHANGE_GARMENT: Final = "Change the garment"
CHANGE_PICTURES: Final = "Change the pictures"
SEND_AGAIN: Final = "Send again, may be charged twice"
MAKE_AGAIN: Final = "Make it again, a new charge"
ASK_AGAIN: Final = "Ask again"
TASK_ID: Final = "The task id, from the vendor's console"
TASK_ID_GO: Final = "Follow this task"
OFFER: Final = "You have made this before, with the same photos and settings. Nothing was sent or spent now."
NEW_LIVE: Final = "Make new pictures, a new charge"
NEW_SANDBOX: Final = "Make new pictures"
PICKED_UP: Final = "picked up by its task id"
PICKED_UP_GONE: Final = "Check the id, and whose task it is: the vendor that you chose does not have it."
SAME_GARMENT: Final = "Same garment, another model"
SAME_MODEL: Final = "Same model, another garment"
TELL_ME: Final = "Tell me when it is done"
REFINE_AGAIN: Final = "Refine again"
SHOW_IN_JOBS: Final = "Show in My jobs"
OPEN: Final = "Open"
WATCH: Final = "Watch"
REFINE: Final = "Refine"
WHY: Final = "Why"
WHAT_NOW: Final = "What now"
DELETE: Final = "Delete"
RENAME: Final = "Rename"
PIN: Final = "Pin"
UNPIN: Final = "Unpin"

WAITS_FOR_KEY: Final = "Waits for your key"
WAITS_WHAT: Final = "This job waits for your {vendor} key"
WAITS_TODO: Final = (
    "It was begun with a key of yours, which is not here any more. Enter the same key again, and it goes on."
)
FOOT_WAITS: Final = "Nothing is lost and nothing is sent twice: the job goes on where it stands."
