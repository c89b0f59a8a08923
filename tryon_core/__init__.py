"""The core of Try-On Studio: jobs for two vendors, from the request to the saved picture."""

from tryon_core.account import AidgeKey, AilabKey, Key
from tryon_core.accounts.allowance import Allowance, AllowanceSpent
from tryon_core.accounts.key_policy import KeySource
from tryon_core.errors import (
    Charged,
    InvalidRequest,
    JobNotFound,
    NeverSent,
    NoAnswer,
    NoPublicAddress,
    Problem,
    TryOnError,
    VendorBusy,
    VendorError,
    VendorRefused,
    WireError,
)
from tryon_core.hosting.fetching import NotFetched
from tryon_core.images.media_types import media_type_of
from tryon_core.job_state import Job, JobState, Mode, RefineDraft, SavedPicture
from tryon_core.logs import adopt as adopt_logs
from tryon_core.logs import set_up as set_up_logs
from tryon_core.logs import tell as write_log
from tryon_core.request import (
    Age,
    Body,
    DescribedModel,
    FilePicture,
    Garment,
    GarmentType,
    Gender,
    KeptLink,
    LibraryModel,
    LinkPicture,
    Model,
    OwnPhotos,
    PersonGender,
    PickedUp,
    Picture,
    RefineRequest,
    Request,
    Style,
    Suit,
    TryOnRequest,
    Version,
    View,
    pictures_of,
)
from tryon_core.secret import Secret
from tryon_core.settings import Settings
from tryon_core.storage.store import JobDeleted
from tryon_core.studio import Studio, open_studio
from tryon_core.task import Vendor

__all__ = [
    "Age",
    "AidgeKey",
    "AilabKey",
    "Allowance",
    "AllowanceSpent",
    "Body",
    "Charged",
    "DescribedModel",
    "FilePicture",
    "Garment",
    "GarmentType",
    "Gender",
    "InvalidRequest",
    "Job",
    "JobDeleted",
    "JobNotFound",
    "JobState",
    "KeptLink",
    "Key",
    "KeySource",
    "LibraryModel",
    "LinkPicture",
    "Mode",
    "Model",
    "NeverSent",
    "NoAnswer",
    "NoPublicAddress",
    "NotFetched",
    "OwnPhotos",
    "PersonGender",
    "PickedUp",
    "Picture",
    "Problem",
    "RefineDraft",
    "RefineRequest",
    "Request",
    "SavedPicture",
    "Secret",
    "Settings",
    "Studio",
    "Style",
    "Suit",
    "TryOnError",
    "TryOnRequest",
    "Vendor",
    "VendorBusy",
    "VendorError",
    "VendorRefused",
    "Version",
    "View",
    "WireError",
    "adopt_logs",
    "media_type_of",
    "open_studio",
    "pictures_of",
    "set_up_logs",
    "write_log",
]
