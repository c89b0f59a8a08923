"""`python -m tryon_sandbox`, but it draws nothing twice."""

from unittest.mock import patch

from tests.browser.drawn_once import DrawnOnce
from tryon_sandbox.__main__ import main

if __name__ == "__main__":
    with patch("tryon_sandbox.app.GarmentRenderer", DrawnOnce):
        main()
