"""What a link shows when it shows nothing: what asks for its password, or that it has ended. Never a title or
a picture. Whether a password fits says `studio.collections.shares.unlock`."""

from __future__ import annotations

import math
from typing import Final

from markupsafe import Markup

from tryon_core import PasswordNeeded
from tryon_ui import icons
from tryon_ui.share.document import made_with_ai, mark
from tryon_ui.texts import say

_MINUTE_S: Final = 60


def password_page(token: str, needed: PasswordNeeded, *, wrong: bool) -> Markup:
    """Asks for the password; says how many tries are left after a `wrong` one, or how long to wait."""
    said = _wrong(needed, wrong)
    form = Markup(
        '<form method="post" action="{action}"><label class="field">{label}<input type="password" '
        'name="password" autocomplete="current-password" required autofocus aria-describedby="err" '
        'aria-invalid="{invalid}"></label><p class="err" id="err" role="alert">{wrong}</p>'
        '<button class="btn primary">{open}</button></form>'
    ).format(
        action=f"{token}/password",
        label=say("share.password"),
        invalid="true" if said else "false",
        wrong=said,
        open=say("share.open"),
    )
    return _gate(password_title(needed), say("share.type_password"), form)


def password_title(needed: PasswordNeeded) -> str:
    """Who shares something, where they said so: it was typed for those who have the link."""
    by = needed.shared_by
    return say("share.who_shares", name=by) if by else say("share.somebody_shares")


def closed_page(title: str, words: str) -> Markup:
    """Says that there is nothing to see, and what to do."""
    return _gate(title, words, Markup())


def _wrong(needed: PasswordNeeded, wrong: bool) -> str:
    if needed.wait_s > 0:
        return say("share.too_many_tries", minutes=math.ceil(needed.wait_s / _MINUTE_S))
    return say("share.wrong_password", left=needed.left) if wrong else ""


def _gate(title: str, words: str, form: Markup) -> Markup:
    art = Markup("<span>{}</span>").format(icons.HANGER)
    return Markup(
        '<main class="gate"><div class="txt">{mark}<div class="box"><h1>{title}</h1><p>{words}</p>{form}'
        '</div>{ai}</div><div class="art" aria-hidden="true">{art}{art}</div></main>'
    ).format(mark=mark(), title=title, words=words, form=form, ai=made_with_ai(), art=art)
