"""What can be chosen in a request, in the words that the ledger keeps."""

from __future__ import annotations

from enum import StrEnum


class Capability(StrEnum):
    """What a vendor can be asked to do."""

    TRY_ON = "try-on"
    REFINE = "refine"


class GarmentType(StrEnum):
    """What a garment is; `AUTO` leaves it to the vendor."""

    AUTO = "auto"
    TOPS = "tops"
    BOTTOMS = "bottoms"
    DRESSES = "dresses"


class Gender(StrEnum):
    """Of a described model."""

    FEMALE = "female"
    MALE = "male"


class Style(StrEnum):
    """The style of a described model, by the vendor's numbers."""

    ONE = "universal_1"
    TWO = "universal_2"
    THREE = "universal_3"


class Age(StrEnum):
    """Of a described model."""

    CHILDREN = "children"
    YOUNG_ADULT = "youngadult"


class Body(StrEnum):
    """The build of a described model."""

    SLIM = "slim"
    CURVY = "curvy"


class View(StrEnum):
    """How much of the person is in a picture."""

    FULL_BODY = "fullbody"
    HALF_BODY = "halfbody"
    MIXED = "mixed"


class Version(StrEnum):
    """Which version of the vendor's makes the pictures."""

    STANDARD = "standard"
    PRO = "pro"


class PersonGender(StrEnum):
    """The gender of the person in the picture that is refined."""

    WOMAN = "woman"
    MAN = "man"
