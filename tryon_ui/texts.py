"""Every sentence of the page, in one place, so that they can be read, and changed, together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tryon_core import Capability, Charged, JobState, KeySource

TITLE: Final = "Try-On Studio"

TAB_TRYON: Final = "Try-on"
TAB_REFINE: Final = "Refine"
TAB_JOBS: Final = "My jobs"

PILLS: Final[dict[KeySource, str]] = {
    KeySource.OWN: "Live · your key",
    KeySource.OPERATOR: "Live",
    KeySource.SANDBOX: "Sandbox",
    KeySource.CLOSED: "Sandbox",
    KeySource.MISSING: "No key",
}
DOOR_SAYS: Final[dict[KeySource, str]] = {
    KeySource.OWN: "Your own key is in use: {vendor} makes your pictures and charges your account.",
    KeySource.OPERATOR: "{vendor} is live: jobs are sent to the vendor and charged to whoever runs this app.",
    KeySource.SANDBOX: "No {vendor} key: pictures come from the built-in sandbox and nothing is charged.",
    KeySource.CLOSED: "The {vendor} key of this app is not open to visitors here: pictures come from the"
    " built-in sandbox and nothing is charged.",
    KeySource.MISSING: "No {vendor} key, and the built-in sandbox has no copy of {vendor}.",
}
CLOSED_HINT: Final = (
    "Do you run this app? TRYON_AUTH (a login) or TRYON_DAILY_PICTURES (pictures a day) opens your key."
)
KEY_HEAD: Final = "Use a key of your own"
KEY_OFFER: Final[dict[KeySource, str]] = {
    KeySource.OPERATOR: "Your jobs then go out with your key and are charged to your account instead.",
    KeySource.SANDBOX: "With a key, {vendor} itself makes your pictures and charges your account.",
    KeySource.CLOSED: "With a key, {vendor} itself makes your pictures and charges your account.",
    KeySource.MISSING: "With a key, {vendor} makes your pictures and charges your account.",
}
KEY_KEPT: Final = (
    "Kept in memory only, for this visit and its jobs. After a restart of the app, or two idle hours, it has"
    " to be given again."
)
KEY_USE: Final = "Use my key"
KEY_FORGET: Final = "Forget my key"
KEY_TAKEN: Final = "Taken. Your next job goes out with it."
KEY_FORGOTTEN: Final = "Your key is forgotten."
KEY_DOOR: Final = "Use your own key"
KEY_ENTER: Final = "Enter the key"
CLOSE: Final = "Close"
FACT_LEFT: Final = "Left for you today"
FACT_BALANCE: Final = "Balance"
FACT_CREDITS: Final = "{credits} credits"

GARMENT: Final = "Garment"
GARMENT_HINT: Final = "Drop, paste or click to replace"
GARMENT_PROMPT: Final = "Drop a photo of the top or dress"
BOTTOM: Final = "Bottom"
BOTTOM_PROMPT: Final = "Drop a photo of the bottom"
ADD_BOTTOM: Final = "Add a bottom"
WITHOUT_BOTTOM: Final = "Without a bottom"
SAMPLES: Final = "Sample garments"
MODEL: Final = "Model"
MODEL_FROM: Final = "Model from"
MODES: Final = (("Library", "library"), ("Describe", "describe"), ("My photos", "photos"))
GENDERS: Final = (("Woman", "female"), ("Man", "male"))
AGES: Final = (("Young adult", "youngadult"), ("Child", "children"))
BODIES: Final = (("Slim", "slim"), ("Curvy", "curvy"))
STYLES: Final = (("1", "universal_1"), ("2", "universal_2"), ("3", "universal_3"))
ADD_PHOTOS: Final = "Add photos"
PHOTOS_HINT: Final = "Up to 8 photos, one person in each. One picture comes back for each photo."
VIEWS: Final = (("Full body", "fullbody"), ("Half", "halfbody"), ("Mixed", "mixed"))
COUNTS: Final = (1, 2, 4, 8)
MORE: Final = "More options"
TYPES: Final = (("Auto", "auto"), ("Top", "tops"), ("Bottom", "bottoms"), ("Dress", "dresses"))
VERSIONS: Final = (("Standard", "standard"), ("Pro", "pro"))
QUALITY_GATE: Final = "Check the garment photo first"
QUALITY_GATE_HINT: Final = "Aidge refuses photos that are blurred or cluttered"
TRIAL: Final = "Use the trial quota"
BY_LINK: Final = "Garment by link"
BY_LINK_HINT: Final = "Used instead of the photo above when filled in"

VENDOR: Final = "Vendor"
FOR_WHOM: Final = "{garment} on {model}."
COST_SANDBOX: Final = "Sandbox: nothing is charged."
COST_TRIAL: Final = "Live: taken from the trial quota."
COST_NO_KEY: Final = "{vendor} needs a key."
COST: Final = "Live: {vendor} charges {uses}."
COST_OWN: Final = "Your key: {vendor} charges you {uses}."
BALANCE: Final = "Balance: {credits} credits."
LEFT: Final = "{pictures} left today."
TOO_FEW_LEFT: Final = "Only {pictures} left today: ask for fewer, or come back tomorrow (UTC)."
NONE_LEFT: Final = "No pictures are left today; new ones come at midnight (UTC)."

EMPTY_HEAD: Final = "Your pictures appear here"
EMPTY_TRYON: Final = "Choose a garment and a model, then press Create. Pictures come one by one."
EMPTY_REFINE_HEAD: Final = "The refined picture appears here"
EMPTY_REFINE: Final = "Press Refine picture to try it with the sample, or bring your own four pictures."

REFINE_PICTURES: Final = "Pictures"
REFINE_SAMPLE: Final = "A sample is in place"
REFINE_SAMPLES: Final = "Ready sets"
REFINE_FILLED: Final = "Filled in from your try-on"
COARSE: Final = "Picture to refine"
PERSON: Final = "Person"
TOP: Final = "Top"
BOTTOM_IF_ANY: Final = "Bottom, if any"
PERSON_IS: Final = "The person is a"
PERSON_GENDERS: Final = (("Woman", "woman"), ("Man", "man"))
RULES_HEAD: Final = "Photo rules"
RULES: Final = (
    "Whole person, from the front, hands visible",
    "JPG, PNG or BMP, up to 5 MB",
    "Each side from 151 to 4095 px",
    "Picture to refine and person: the same size",
)
REFINE_GO: Final = "Refine picture"

JOBS_HINT: Final = "Jobs of this browser. They go on when the page is closed."
FILTERS: Final = ("All", "Running", "Saved", "Failed")
EVERY_VENDOR: Final = "All"
PICK_UP_HEAD: Final = "Pick up a task by its id"
PICK_UP_HINT: Final = "For a task that another program sent with the same key, or that was lost on its way."
PICK_UP_VENDOR: Final = "Vendor"
PICK_UP_ID: Final = "Task id"
PICK_UP_GO: Final = "Pick up"
NO_JOBS: Final = "No jobs yet"
NO_JOBS_HINT: Final = "What you create is listed here, with its pictures, until you delete it."
NONE_SUCH: Final = "No job like this."

STEPS: Final[dict[Capability, tuple[str, ...]]] = {
    Capability.TRY_ON: ("Sent", "Queued", "Generating", "Saved"),
    Capability.REFINE: ("Sent", "Queued", "Refining", "Saved"),
}
SANDBOX_OF: Final = "{vendor} sandbox"
KINDS: Final[dict[Capability, str]] = {Capability.TRY_ON: "try-on", Capability.REFINE: "refiner"}
N_OF_M: Final = "{n} of {m}"
WAITING: Final = "Waiting"
GENERATING: Final = "Generating"
FIRST_WAIT: Final = "The first picture is on its way"
NOT_MADE: Final = "Not made"

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
CLOCK_WORDS: Final[dict[JobState, str]] = {
    JobState.FAILED: "stopped",
    JobState.UNCERTAIN: "no answer",
    JobState.OVERDUE: "still no result",
    JobState.EXPIRED: "expired",
}
CHARGED: Final[dict[Charged, str]] = {
    Charged.NO: "nothing charged",
    Charged.YES: "charged",
    Charged.UNKNOWN: "not known whether it was charged",
}

FOOT_RUNNING: Final = "You can close this page. The job goes on and My jobs will have it."
FOOT_STOPPED: Final = "Not watching. The job goes on and My jobs will have it."
FOOT_SANDBOX: Final = "Sandbox preview, nothing charged."
FOOT_SAVED: Final = "{pictures} saved"
SOME_FAILED: Final = "{pictures} could not be made."
EARLIER: Final = "Earlier result, kept"
REFUSED: Final = "Not sent"
REFUSED_FACTS: Final = "Nothing left this computer"
AS_SERVED: Final = "{width} × {height}, as served"

STOP: Final = "Stop waiting"
WATCH_AGAIN: Final = "Watch again"
REFINE_THIS: Final = "Refine this"
COMPARE: Final = "Compare"
DOWNLOAD: Final = "Download"
DOWNLOAD_ALL: Final = "Download all"
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
PINNED: Final = "Pinned: never cleared away"

WAITS_FOR_KEY: Final = "Waits for your key"
WAITS_WHAT: Final = "This job waits for your {vendor} key"
WAITS_TODO: Final = (
    "It was begun with a key of yours, which is not here any more. Enter the same key again, and it goes on."
)
FOOT_WAITS: Final = "Nothing is lost and nothing is sent twice: the job goes on where it stands."

BUG_WHAT: Final = "Something went wrong in this app"
BUG_TODO: Final = "Try again. If it happens again, quote the id to whoever runs the app."
BAD_TASK_ID: Final = "a task id as the vendor's console shows it"


def pictures(n: int) -> str:
    """`1 picture`, `4 pictures`."""
    return "1 picture" if n == 1 else f"{n} pictures"


def credits(number: float) -> str:
    """`1 credit`, `25 credits`."""
    return "1 credit" if number == 1 else f"{amount(number)} credits"


# What a vendor's price is counted in, in words that follow "charges".
UNITS: Final[Mapping[str, Callable[[float], str]]] = {
    "picture": lambda number: f"for {pictures(round(number))}",
    "credit": credits,
}


def create(n: int) -> str:
    """The label of the button that creates `n` pictures."""
    return f"Create {pictures(n)}"


def amount(number: float) -> str:
    """A number of credits as `1,250` or `1,250.5`."""
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def clock(seconds: float) -> str:
    """Seconds as `0:41`, `12:05` or `1:02:05`."""
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def usually(span: tuple[float, float] | None) -> str:
    """The usual range of a job in words: `usually 40 to 70 s`, `usually 1 to 2 min`; empty when unknown."""
    if span is None:
        return ""
    low, high = span
    unit, size = ("s", 1.0) if high < 100 else ("min", 60.0)
    low, high = max(1, round(low / size)), max(1, round(high / size))
    return f"usually about {high} {unit}" if low == high else f"usually {low} to {high} {unit}"
