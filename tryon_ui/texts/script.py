"""What the page's scripts say by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tryon_ui.texts.form import CLOSE, TITLE
from tryon_ui.texts.jobs import COPY, N_OF_M
from tryon_ui.texts.lightbox import LIGHTBOX

SCRIPT: Final[Mapping[str, str]] = {
    "lost": "Connection lost, trying again. Your jobs go on.",
    "back": "Connected again.",
    "keyPanel": "{vendor}: key and account",
    "copy": COPY,
    "copied": "Copied",
    "copyByHand": "This browser does not let the page copy. The id is selected: copy it with Ctrl+C.",
    "close": CLOSE,
    "cancel": "Cancel",
    "save": "Save",
    "nameOfJob": "Name of this job",
    "today": "Today",
    "yesterday": "Yesterday",
    "keepsNothing": "This browser lets the page keep nothing, as in some frames and private windows. After a"
    " reload My jobs will be empty: download what you want to keep, or open the app in a tab of its own.",
    "tooLarge": "More than {mb} MB, left out: {names}.",
    "tooMany": "At most {most} photos. Left out: {names}.",
    "oneOnly": "One picture fits here: {kept}. Left out: {names}.",
    "fromAPage": "A picture cannot be taken out of another page. Save it and drop the file, or give its"
    " address under More options.",
    "beside": "Drop the file on one of the places for pictures.",
    "noPlace": "There is no place for a picture on this tab.",
    "notUploaded": "The upload did not arrive.",
    "tryAgain": "Try again, or choose another file.",
    "app": TITLE,
    "nOfM": N_OF_M,
    "done": "Done: {title}",
    "stopped": "No result yet: {title}",
    "willTell": "This browser will tell you when a job is done and you look elsewhere.",
    "mayNotTell": "The browser does not let this page tell you. Its settings for this site decide.",
    "offline": "No connection just now. Nothing was sent yet; it goes on by itself when it is back.",
    "notDone": "No connection just now: that was not done. Try again when it is back.",
    "notSent": "Create was pressed while the connection was away, and nothing was sent. Press it again.",
    "uploadLater": "No connection just now. The upload goes on by itself when it is back.",
    **LIGHTBOX,
    "takesIn": "Waiting for what you have just chosen. Then it goes on by itself.",
    "waits": "Waiting for your pictures to be uploaded. Then it goes on by itself.",
}
