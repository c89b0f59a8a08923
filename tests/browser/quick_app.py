"""The app as `app.py` has it, with a sandbox that answers in a fifth of the time and draws nothing twice, the
smaller copies of pictures kept likewise, and scripts that are packed in a hurry.

`UNDO_S` in the environment is how long what was deleted can be had back, if not as long as in the app.
"""

import os
from contextlib import ExitStack
from functools import partial
from unittest.mock import patch

from app import main
from tests.browser.drawn_once import QUICK, DrawnOnce, small_copy
from tests.one_trust_store import certificates_are_read_once
from tryon_core.collections import removing
from tryon_core.images import views
from tryon_core.storage import deletion
from tryon_sandbox import create_sandbox
from tryon_ui import dismissals, undo_bar
from tryon_ui.serving.sent_page import packed_scripts

KNOW_IT = (deletion, removing, dismissals, undo_bar)

if __name__ == "__main__":
    undo_s = float(os.environ.get("UNDO_S", deletion.UNDO_S))
    certificates_are_read_once()
    sandbox = partial(create_sandbox, settings=QUICK, renderer=DrawnOnce())
    with ExitStack() as changed:
        changed.enter_context(patch("app.create_sandbox", sandbox))
        # As small as they get is a second of computing, at each start.
        changed.enter_context(patch.object(packed_scripts, "_LEVEL", 1))
        changed.enter_context(patch.object(views, "_made", small_copy(views._made)))
        for module in KNOW_IT:
            changed.enter_context(patch.object(module, "UNDO_S", undo_s))
        main()
