"""Every sentence of the page, in one place, so that they can be read, and changed, together."""

# ruff: noqa: F403
from tryon_ui.texts.form import *
from tryon_ui.texts.gallery import *
from tryon_ui.texts.jobs import *
from tryon_ui.texts.lightbox import *
from tryon_ui.texts.script import *
from tryon_ui.texts.trouble import *
from tryon_ui.texts.words import *
