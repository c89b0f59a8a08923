"""The app as `app.py` has it, with a sandbox that answers in a fifth of the time and draws nothing twice."""

from functools import partial
from unittest.mock import patch

from app import main
from tests.browser.drawn_once import QUICK, DrawnOnce
from tryon_sandbox import create_sandbox

if __name__ == "__main__":
    with patch("app.create_sandbox", partial(create_sandbox, settings=QUICK, renderer=DrawnOnce())):
        main()
