"""What can be chosen in the forms, in the order of the page. The words are in `tryon_ui/texts`."""

from __future__ import annotations

from typing import Final

from tryon_core import Age, Body, GarmentType, Gender, Style, Version, View

MODES: Final = ("library", "describe", "photos")
GENDERS: Final = (Gender.FEMALE, Gender.MALE)
AGES: Final = (Age.YOUNG_ADULT, Age.CHILDREN)
BODIES: Final = (Body.SLIM, Body.CURVY)
STYLES: Final = tuple(Style)
VIEWS: Final = tuple(View)
COUNTS: Final = (1, 2, 4, 8)
TYPES: Final = tuple(GarmentType)
VERSIONS: Final = tuple(Version)
