"""The open page of a link: the cover, the garments with their pictures, and what somebody says of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from tryon_core import SharedGarment, SharedPage, SharedPicture, Verdict
from tryon_ui import icons
from tryon_ui.share.document import made_with_ai, mark
from tryon_ui.texts import phrases, say

COVERS: Final = 2
_LETTERS: Final = 16  # of the hash by which a browser tells links apart
_VERDICTS: Final = {Verdict.YES: icons.CHECK, Verdict.NO: icons.CROSS}
_EAGER: Final = 1  # garments whose pictures are loaded before they are scrolled to


def shared_page(page: SharedPage, token: str, wrong: str = "") -> Markup:
    """The body of the page. `wrong` says what of the last answer could not be taken."""
    garments = Markup().join(_garment(garment, page, token, at) for at, garment in enumerate(page.garments))
    review = _your_name(page, token, wrong) if page.votes else Markup()
    return Markup(
        '<main data-link="{link}">{cover}<div class="review">{review}{garments}{judge}</div>'
        '<footer class="end"><span>{ai}</span><span>{who}</span></footer></main>{viewer}'
    ).format(
        link=hashlib.sha256(token.encode()).hexdigest()[:_LETTERS],
        cover=_cover(page, token),
        review=review,
        garments=garments or Markup('<p class="none">{}</p>').format(say("share.no_pictures")),
        judge=_judge(page, token) if page.votes and page.pictures else "",
        ai=say("share.ai"),
        who=say("share.who_sees"),
        viewer=_viewer() if page.pictures else "",
    )


def picture_address(token: str, number: int, size: str) -> str:
    """Where a picture of the link is, from its page; `size` as in `links.SIDES`, or "full"."""
    return f"{token}/p/{number}/{size}"


def photo_address(token: str, garment_id: str, number: int) -> str:
    """Where a garment's own picture is, from the link's page; the first has no number in it."""
    return f"{token}/g/{garment_id}" if number == 1 else f"{token}/g/{garment_id}/{number}"


def _cover(page: SharedPage, token: str) -> Markup:
    facts = [
        (say("share.by"), page.shared_by),
        (say("share.date"), phrases.day(page.created_at)),
        (say("share.until"), phrases.day(page.ends_at)),
    ]
    rows = (Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(*fact) for fact in facts if fact[1])
    count = say("share.count", garments=len(page.garments), pictures=len(page.pictures))
    return Markup(
        '<header class="cover"><div class="txt">{mark}<h1>{title}</h1><p class="lead">{lead}</p>'
        '<dl>{facts}</dl>{ai}</div><div class="pics">{pictures}</div></header>'
    ).format(
        mark=mark(),
        title=page.title,
        lead=page.lead or count,
        facts=Markup().join(rows),
        ai=made_with_ai(),
        pictures=Markup().join(_cover_picture(*one, token) for one in _covers(page)),
    )


def _covers(page: SharedPage) -> Sequence[tuple[SharedGarment, SharedPicture]]:
    """The first picture of each of the first garments; of one garment its first ones."""
    firsts = [(garment, garment.pictures[0]) for garment in page.garments]
    every = [(garment, picture) for garment in page.garments for picture in garment.pictures]
    return (firsts if len(firsts) >= COVERS else every)[:COVERS]


def _cover_picture(garment: SharedGarment, picture: SharedPicture, token: str) -> Markup:
    return Markup('<img src="{}" alt="{}" width="{}" height="{}" fetchpriority="high">').format(
        picture_address(token, picture.number, "views"), _alt(garment, picture), picture.width, picture.height
    )


def _your_name(page: SharedPage, token: str, wrong: str) -> Markup:
    return Markup(
        '<section class="askname" id="name"><div><h2>{title}</h2><p>{how}</p>'
        '<p class="err" role="alert">{wrong}</p></div><form method="post" action="{action}">'
        '<label class="field"><span class="vh">{label}</span><input name="name" value="{name}" '
        'autocomplete="name" placeholder="{label}" maxlength="60" required></label>'
        '<button class="btn">{save}</button></form></section>'
    ).format(
        title=say("share.your_say"),
        how=say("share.type_your_name"),
        wrong=wrong,
        action=f"{token}/name",
        label=say("share.your_name"),
        name=page.reviewer,
        save=say("share.save"),
    )


def _garment(garment: SharedGarment, page: SharedPage, token: str, at: int) -> Markup:
    article = say("share.article", article=garment.article) if garment.article else ""
    count = say("share.pictures", pictures=len(garment.pictures))
    return Markup(
        '<section class="gar"><header>{photos}<h2>{name}</h2><p>{article}{br}{count}</p></header>'
        '<div class="rows">{blocks}</div></section>'
    ).format(
        photos=_photos(garment, token),
        name=garment.name,
        article=article,
        br=Markup("<br>") if article else "",
        count=count,
        blocks=Markup().join(_block(block, garment, page, token, at) for block in _blocks(garment.pictures)),
    )


def _photos(garment: SharedGarment, token: str) -> Markup:
    """The garment's own picture; of an outfit that of each part, the second without a name of its own."""
    alts = {garment.photos[0]: say("share.garment_alt", garment=garment.name)} if garment.photos else {}
    images = (
        Markup('<img src="{}" alt="{}" width="480" height="480" loading="lazy">').format(
            photo_address(token, garment.id, number), alts.get(number, "")
        )
        for number in garment.photos
    )
    return Markup('<div class="own">{}</div>').format(Markup().join(images)) if garment.photos else Markup()


def _blocks(pictures: Sequence[SharedPicture]) -> list[Sequence[SharedPicture]]:
    """One, two or four as they are; three as one large and two small; of more the first three like that."""
    if len(pictures) in (1, 2, 3, 4):
        return [pictures]
    return [pictures[:3], pictures[3:]]


def _block(
    pictures: Sequence[SharedPicture], garment: SharedGarment, page: SharedPage, token: str, at: int
) -> Markup:
    kind = {1: "b1", 3: "b3"}.get(len(pictures), "b2")
    lazy = Markup(' loading="lazy"') if at >= _EAGER else Markup()
    figures = (_figure(picture, garment, page, token, lazy) for picture in pictures)
    return Markup('<div class="worn {}">{}</div>').format(kind, Markup().join(figures))


def _figure(
    picture: SharedPicture, garment: SharedGarment, page: SharedPage, token: str, lazy: Markup
) -> Markup:
    return Markup(
        '<figure id="p{number}"><a class="ph" href="{full}"><img src="{view}" srcset="{view} 800w, '
        '{large} 1600w" sizes="(max-width: 760px) 100vw, 45vw" alt="{alt}" width="{width}" '
        'height="{height}"{lazy}></a><figcaption><div class="cap"><b>{on}</b>{vote}</div>{said}'
        "</figcaption></figure>"
    ).format(
        number=picture.number,
        full=picture_address(token, picture.number, "full"),
        view=picture_address(token, picture.number, "views"),
        large=picture_address(token, picture.number, "large"),
        alt=_alt(garment, picture),
        width=picture.width,
        height=picture.height,
        lazy=lazy,
        on=say("share.on", model=picture.model),
        vote=_vote(picture, token) if page.votes else "",
        said=_word(picture, token) if page.votes else "",
    )


def _viewer() -> Markup:
    """Where a picture that is pressed stands large, within the page. Without a script it is opened itself."""
    return Markup(
        '<dialog class="viewer" aria-labelledby="viewed"><div class="bar"><p id="viewed" role="status"></p>'
        '<button type="button" data-view="close" aria-label="{}">{}</button></div>'
        '<div class="large"><img alt=""></div>'
        '<button type="button" class="turn back" data-view="back" aria-label="{}">{}</button>'
        '<button type="button" class="turn on" data-view="on" aria-label="{}">{}</button></dialog>'
    ).format(
        say("page.close"),
        icons.CROSS,
        say("share.previous_picture"),
        icons.PREVIOUS,
        say("share.next_picture"),
        icons.NEXT,
    )


def _vote(picture: SharedPicture, token: str) -> Markup:
    """Yes and no; a second press takes it back, so the pressed one sends nothing. The icon is seen
    of the pressed one only."""
    buttons = (
        Markup(
            '<button class="{name}" name="verdict" value="{value}" aria-pressed="{on}">{icon}{text}</button>'
        ).format(
            name=verdict.value,
            value="" if picture.verdict is verdict else verdict.value,
            on="true" if picture.verdict is verdict else "false",
            icon=icon,
            text=say(f"share.{verdict.value}"),
        )
        for verdict, icon in _VERDICTS.items()
    )
    return Markup('<form class="vote" method="post" action="{}">{}{}</form>').format(
        f"{token}/vote", _number(picture), Markup().join(buttons)
    )


def _word(picture: SharedPicture, token: str) -> Markup:
    """A word on the picture: a form that opens, and works without a script."""
    said = Markup("<q>{}</q> {}").format(picture.word, say("share.you")) if picture.word else ""
    return Markup(
        '<details class="word{has}"><summary>{icon}<span class="vh">{say}</span></summary>'
        '<form method="post" action="{action}">{number}'
        '<label class="field"><span class="vh">{say}</span><textarea name="word" maxlength="500" rows="3">'
        '{word}</textarea></label><button class="btn">{save}</button></form></details>'
        '<p class="said">{said}</p><p class="late" role="status" hidden>{late}</p>'
        '<p class="gone" role="status" hidden>{gone}</p>'
    ).format(
        late=say("share.not_sent"),
        gone=say("share.picture_deleted"),
        has=" has" if picture.word else "",
        icon=icons.WORD,
        say=say("share.say_a_word"),
        action=f"{token}/vote",
        number=_number(picture),
        word=picture.word,
        save=say("share.save"),
        said=said,
    )


def _number(picture: SharedPicture) -> Markup:
    return Markup('<input type="hidden" name="picture" value="{}">').format(picture.number)


def _judge(page: SharedPage, token: str) -> Markup:
    """How many are left; a script has it ask for the name before the first answer."""
    total, left = len(page.pictures), page.left
    first = next((picture.number for picture in page.pictures if picture.verdict is None), 0)
    to_next = Markup('<a class="btn" href="{}#p{}">{}</a>').format(token, first, say("share.next"))
    who = (
        say("share.of_as", total=total, name=page.reviewer) if page.reviewer else say("share.of", total=total)
    )
    done = say("share.all_judged", total=total)
    text = Markup('<b>{}</b> <span class="who">{}</span>').format(say("share.left", left=left), who)
    return Markup(
        '<aside class="judge" aria-label="{label}"><progress value="{judged}" max="{total}" '
        'aria-hidden="true"></progress><div role="status">{text}</div>{link}<form class="ask" method="post" '
        'action="{action}" hidden><p id="whyname">{why}</p><label class="field">'
        '<span class="vh">{name}</span><input name="name" autocomplete="name" placeholder="{name}" '
        'maxlength="60" required aria-describedby="whyname"></label>'
        '<button class="btn">{save}</button></form></aside>'
    ).format(
        label=say("share.left_to_judge"),
        judged=total - left,
        total=total,
        action=f"{token}/name",
        why=say("share.why_your_name"),
        name=say("share.your_name"),
        save=say("share.save"),
        text=text if left else Markup("<b>{}</b>").format(done),
        link=to_next if first else "",
    )


def _alt(garment: SharedGarment, picture: SharedPicture) -> str:
    return say("share.alt", garment=garment.name, model=picture.model)
