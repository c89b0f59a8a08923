"""What stands in My jobs, around the jobs and on their cards."""

from __future__ import annotations

from typing import Final

from tryon_core import Charged

SEARCH: Final = "Garment or model"
ALL: Final = "All"
STARRED: Final = "Starred"
WHEN: Final = "Made"
DAYS: Final = (("Any time", ""), ("Today", "1"), ("7 days", "7"), ("30 days", "30"))
LAYOUT, AS_GRID, AS_LIST = "Layout", "Pictures", "Lines"
SHOWN_OF: Final = "{shown} of {total}. More load as you scroll."
STAR, UNSTAR = "Star: keep it at hand, never cleared away", "Take the star away"
STAR_OF: Final = "Star {title}"
ENLARGE_OF: Final = "Show {title}"
MORE_OF: Final = "More for {title}"
CHARGED_SAYS: Final[dict[Charged, str]] = {
    Charged.NO: "Not charged.",
    Charged.YES: "Charged.",
    Charged.UNKNOWN: "Not known whether charged.",
}
UNDO: Final = "Undo"
ONE_DELETED: Final = "{title} deleted."
SOME_DELETED: Final = "{n} jobs deleted."
NOTHING_FOUND: Final = "Nothing found for “{words}”"
CLEAR_FILTERS: Final = "Show all"
START_TRYON: Final = "Start a try-on"
