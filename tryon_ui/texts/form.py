"""What stands on the tabs, in the head line and in its panels."""

from __future__ import annotations

from typing import Final

from tryon_core import MAX_MODEL_PHOTOS, Capability, KeySource, View, vendors_for
from tryon_ui.texts.words import either, input_label

TITLE: Final = "Try-On Studio"
ABOUT: Final = (
    "A photo of a garment in, pictures of it worn out: on a model, on a described person, or on your photo."
)
ABOUT_PICTURE: Final = "A garment, a model, and the garment worn by the model"
OPENING: Final = "Try-On Studio is opening"
NEEDS_SCRIPTS: Final = (
    "This page works with JavaScript only. Allow it for this address and open the page again."
)

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
VENDORS: Final = "Vendors"
CLOSE: Final = "Close"
FACT_LEFT: Final = "Left for you today"
FACT_BALANCE: Final = "Balance"
FACT_CREDITS: Final = "{credits} credits"

GARMENT: Final = input_label("garment-1-1")
GARMENT_HINT: Final = "Drop, paste or click to replace"
GARMENT_PROMPT: Final = "Drop a photo of the top or dress"
BOTTOM: Final = input_label("bottom")
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
PHOTOS_HINT: Final = (
    f"Up to {MAX_MODEL_PHOTOS} photos, one person in each. One picture comes back for each photo."
)
GENDER, AGE, BODY, STYLE = "Gender", "Age", "Body", "Style"
VIEW, PICTURES, VERSION, GARMENT_IS = "View", "Pictures", "Version", "Garment is a"
MODEL_PHOTO: Final = "Model photo {n}"
REMOVE_PHOTO: Final = "Remove model photo {n}"
DESCRIBED_MODEL: Final = "a described model"
OWN_PHOTOS: Final = "my photos"
OUTFIT: Final = "{top} and {bottom}"
TITLE_OF: Final = "{garment} on {model}"
VIEW_FACTS: Final[dict[View, str]] = {
    View.FULL_BODY: "full body",
    View.HALF_BODY: "half body",
    View.MIXED: "mixed",
}
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

DROP_PICTURE: Final = "Drop a picture"
DROP_PHOTO: Final = "Drop a photo"
REFINE_PICTURES: Final = "Pictures"
REFINE_SAMPLE: Final = "A sample is in place"
REFINE_SAMPLES: Final = "Ready sets"
REFINE_FILLED: Final = "Filled in from your try-on"
COARSE: Final = input_label("coarse")
PERSON: Final = input_label("person")
TOP: Final = input_label("top")
BOTTOM_IF_ANY: Final = "Bottom, if any"
PERSON_IS: Final = "The person is a"
PERSON_GENDERS: Final = (("Woman", "woman"), ("Man", "man"))
RULES_HEAD: Final = "Photo rules"
_RULE: Final = vendors_for(Capability.REFINE)[0].image_rules["person"]
_TAKEN: Final = [
    "JPG" if kind == "JPEG" else kind for kind in ("JPEG", "PNG", "BMP", "WEBP") if kind in _RULE.formats
]
RULES: Final = (
    "Whole person, from the front, hands visible",
    f"{either(_TAKEN)}, up to {_RULE.max_bytes // 2**20} MB",
    f"Each side from {_RULE.min_side} to {_RULE.max_side} px",
    f"{COARSE} and {PERSON.lower()}: the same size",
)
REFINE_GO: Final = "Refine picture"

SHOW: Final = "Show"
RUNNING, SAVED, FAILED = "Running", "Saved", "Failed"
EVERY_VENDOR: Final = "All"
PICK_UP_HEAD: Final = "Pick up a task by its id"
PICK_UP_HINT: Final = "For a task that another program sent with the same key, or that was lost on its way."
PICK_UP_VENDOR: Final = "Vendor"
PICK_UP_ID: Final = "Task id"
PICK_UP_GO: Final = "Pick up"
NO_JOBS: Final = "No jobs yet"
NO_JOBS_HINT: Final = "What you create is listed here, with its pictures, until you delete it."
NONE_SUCH: Final = "No job like this."
