"""What is said when something is wrong: with a form, an upload, a call, or this app itself."""

from __future__ import annotations

from typing import Final

from tryon_core import MAX_MODEL_PHOTOS

BUG_WHAT: Final = "Something went wrong in this app."
BUG_TODO: Final = (
    "Try again, or open the page anew. If it happens again, quote the id to whoever runs the app."
)
ID: Final = "Id: {id}."
PHOTO_GONE: Final = "{name} is not here any more: uploads are kept for two hours. Put it in again."
LEFT_OUT: Final = "{name} was left out. {why}"
TOO_MANY_PHOTOS: Final = "At most {most} photos. Left out: {names}."
BUSY_WHAT: Final = "This app is busy just now. Nothing was sent, and nothing was spent."
BUSY_TODO: Final = "Try again in a moment."
STARTING: Final = "This app is starting. Nothing was sent. Try again in a moment."
NOT_OPENED: Final = (
    "The jobs cannot be opened ({kind}). Check TRYON_DATA_DIR, TRYON_DATABASE_URL and the disk."
)
TOO_LARGE: Final = "This is more than the app takes at once."
TOO_SLOW: Final = "The upload came to a standstill. Try again."
TOO_MUCH: Final = "Many pictures were uploaded in the last two hours. Try again later; nothing was sent."
NO_DISK: Final = "The disk of this app is full. Nothing was sent; tell whoever runs it."
NOT_HERE: Final = "There is nothing at this address."
LOG_IN_FIRST: Final = "Log in first."
OPEN_APP: Final = "Open Try-On Studio"
OTHER_SITE: Final = "This app answers its own pages only."
OTHER_NAME: Final = (
    "This app does not go by that name. Open it by its address, or, where a proxy stands before it, set"
    " TRYON_PUBLIC_URL to the address that visitors use."
)
LOGIN_NOTE: Final = "After ten wrong tries in ten minutes, log-ins have to wait."
LOGIN_WAIT: Final = "Too many wrong tries. Wait ten minutes."

# What is wrong with a form: the field, what was found in it, and what is allowed.
NOTHING: Final = "nothing"
NEITHER: Final = "neither"
FILE_OR_LINK: Final = "an uploaded file, or an http(s) address"
NO_GARMENT: Final = (
    "garment",
    "no photo",
    "one photo of a garment: drop, paste or choose one, or take a sample",
)
NO_PHOTO: Final = ("no photo", "one photo: drop, paste or choose one")
NO_PHOTOS: Final = (
    "model photos",
    "no photos",
    f"1 to {MAX_MODEL_PHOTOS} photos, or choose a model of the library",
)
FIELD_PICTURE, FIELD_VIEW, FIELD_VERSION, FIELD_TYPE = "picture", "view", "version", "garment type"
FIELD_GENDER, FIELD_STYLE, FIELD_AGE, FIELD_BODY = "gender", "style", "age", "body"
