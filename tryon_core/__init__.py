"""The core of Try-On Studio: jobs at vendors, from the request to the saved picture."""

from tryon_core.account import Key
from tryon_core.accounts.allowance import Allowance, AllowanceSpent
from tryon_core.accounts.keys import KeySource
from tryon_core.assembly import open_studio
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
from tryon_core.field_types import check_fields, check_type
from tryon_core.hosting.fetching import NotFetched
from tryon_core.identity import slug
from tryon_core.images.facts import media_type_of
from tryon_core.job_state import Job, JobState, Mode, RefineDraft, SavedPicture, Submission
from tryon_core.logs import adopt as adopt_logs
from tryon_core.logs import if_debug
from tryon_core.logs import set_up as set_up_logs
from tryon_core.logs import tell as write_log
from tryon_core.request import (
    MAX_COUNT,
    MAX_MODEL_PHOTOS,
    Age,
    Body,
    Capability,
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
)
from tryon_core.request_parts import label, pictures_of
from tryon_core.secret import Secret
from tryon_core.sentences import Sentence, in_language
from tryon_core.settings import Settings
from tryon_core.storage.store import JobDeleted
from tryon_core.studio import Studio
from tryon_core.vendors.registry import name_of, vendor, vendors, vendors_for
from tryon_core.vendors.spec import Credential, Delivery, VendorSpec

__all__ = [
    "MAX_COUNT",
    "MAX_MODEL_PHOTOS",
    "Age",
    "Allowance",
    "AllowanceSpent",
    "Body",
    "Capability",
    "Charged",
    "Credential",
    "Delivery",
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
    "Sentence",
    "Settings",
    "Studio",
    "Style",
    "Submission",
    "Suit",
    "TryOnError",
    "TryOnRequest",
    "VendorBusy",
    "VendorError",
    "VendorRefused",
    "VendorSpec",
    "Version",
    "View",
    "WireError",
    "adopt_logs",
    "check_fields",
    "check_type",
    "if_debug",
    "in_language",
    "label",
    "media_type_of",
    "name_of",
    "open_studio",
    "pictures_of",
    "set_up_logs",
    "slug",
    "vendor",
    "vendors",
    "vendors_for",
    "write_log",
]
