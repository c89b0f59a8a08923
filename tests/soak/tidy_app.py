"""The app as `app.py` has it, but it looks every few seconds for what is to be cleared away."""

from unittest.mock import patch

from app import main

if __name__ == "__main__":
    with patch("tryon_ui.serving.launch.DRAFTS_EVERY", 1):
        main()
