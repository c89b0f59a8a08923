"""The app as `app.py` has it, with a sandbox that answers in a fifth of the time and draws nothing twice.

`UNDO_S` in the environment is how long a deleted job can be had back, if not as long as in the app.
"""

import os
from functools import partial
from unittest.mock import patch

from app import main
from tests.browser.drawn_once import QUICK, DrawnOnce
from tryon_core.storage import deletion
from tryon_sandbox import create_sandbox

if __name__ == "__main__":
    undo_s = float(os.environ.get("UNDO_S", deletion.UNDO_S))
    sandbox = partial(create_sandbox, settings=QUICK, renderer=DrawnOnce())
    with patch("app.create_sandbox", sandbox), patch.object(deletion, "UNDO_S", undo_s):
        main()
