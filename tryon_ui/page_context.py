"""What every tab works with."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tryon_core import Studio
from tryon_ui.card_watchers import CardWatchers
from tryon_ui.concurrency import CALLS, WATCHED, ConcurrencyLimit
from tryon_ui.dismissals import Dismissals
from tryon_ui.presses import Presses
from tryon_ui.private_uploads import Uploads
from tryon_ui.samples import Samples


@dataclass(frozen=True, slots=True)
class PageContext:
    """The studio, the samples, who watches what, and how many may. `now` gives Unix seconds."""

    studio: Studio
    samples: Samples
    watchers: CardWatchers = field(default_factory=CardWatchers)
    uploads: Uploads = field(default_factory=Uploads)
    dismissals: Dismissals = field(default_factory=Dismissals)
    dismissed_collections: Dismissals = field(default_factory=Dismissals)
    presses: Presses = field(default_factory=Presses)
    watched: ConcurrencyLimit = field(default_factory=lambda: ConcurrencyLimit(WATCHED))
    calls: ConcurrencyLimit = field(default_factory=lambda: ConcurrencyLimit(CALLS))
    now: Callable[[], float] = time.time
