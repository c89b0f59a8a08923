"""What is not worn is shown as a print beside, which says why."""

import numpy as np
import pytest

from tests.renderer.sample_garments import garment, opened, pixels, png, snapshot
from tests.renderer.test_own_photo import visitor
from tryon_sandbox.renderer import LIBRARY, Look, Piece, dress
from tryon_sandbox.renderer.drape import inset
from tryon_sandbox.renderer.garments.garment import understand
from tryon_sandbox.renderer.person import own_photo, person
from tryon_sandbox.renderer.person.dressable import NotTrusted
from tryon_sandbox.renderer.raster import Floats, Mask
from tryon_sandbox.renderer.scene.picture import decode

GREY = np.full((1024, 768, 3), 0.6, np.float32)
RED = np.array([0.8, 0.1, 0.1], np.float32)
PHOTO = np.broadcast_to(RED, (200, 150, 3)).copy()
ROOM = snapshot(900, 1200)


def printed(why: str, picture: Floats = GREY) -> Floats:
    return inset.with_prints(picture, [inset.Print(PHOTO, why)])


def unlike(one: Floats, other: Floats) -> Mask:
    return np.asarray(np.abs(one - other).max(-1) > 0.02)


def test_the_reason_stands_below_the_photo_and_within_the_card() -> None:
    short, other = printed("The sleeves do not lie alike."), printed("The outline is not a skirt's.")
    card = np.abs(short - 0.985).max(-1) < 0.01
    rows, columns = np.nonzero(unlike(short, other))
    assert (
        len(rows) > 100 and card[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1].mean() > 0.6
    )
    assert rows.min() > np.nonzero(~unlike(short, np.broadcast_to(RED, short.shape)))[0].max()


def test_a_long_reason_is_set_in_more_lines_and_none_is_cut() -> None:
    short = np.nonzero(unlike(GREY, printed("It looks like a hat.")))[0]
    reason = "Its lower end is much narrower than its chest, as that of swimsuits and bodysuits."
    long = np.nonzero(unlike(GREY, printed(reason)))[0]
    assert np.ptp(long) > np.ptp(short) + 30
    assert " ".join(inset._lines(reason.split(), 20, len)) == reason
    assert all(len(line) <= 20 for line in inset._lines(reason.split(), 20, len))


def test_a_picture_too_small_for_words_has_the_print_all_the_same() -> None:
    small = np.full((64, 64, 3), 0.6, np.float32)
    one, other = printed("It looks like a hat.", small), printed("It looks like a bag.", small)
    assert unlike(small, one).any() and np.array_equal(one, other)


def test_the_reason_is_the_one_that_the_quality_gate_would_give() -> None:
    doubt = understand(ROOM).doubt
    assert doubt
    made = pixels(dress(Look((Piece(ROOM),), LIBRARY["James"])).png)
    plain = pixels(dress(Look((), LIBRARY["James"])).png)
    beside = inset.with_prints(plain, [inset.Print(understand(ROOM).photo, doubt)])
    assert unlike(made, beside).mean() < 0.001 < unlike(made, plain).mean()


@pytest.mark.parametrize(
    ("box", "why"),
    [((0, 0, 900, 420), "made out"), ((0, 0, 900, 560), "above the hips")],
)
def test_a_person_who_is_not_dressed_is_told_why(box: tuple[int, int, int, int], why: str) -> None:
    photo = png(np.asarray(opened(visitor()).crop(box)))
    with pytest.raises(NotTrusted, match=why):
        person.find(own_photo.scaled(decode(photo, longest=own_photo.WIDEST).rgb))


def test_what_cannot_be_worn_by_a_person_says_why() -> None:
    pieces = {name: understand(garment(name)) for name in ("dress", "jeans")}
    photo = own_photo.scaled(decode(visitor(), longest=own_photo.WIDEST).rgb)
    only = "On a person's photo only a top by itself can be worn."
    for one in pieces.values():
        beside = inset.with_prints(photo, [inset.Print(one.photo, only)], inset.quietest_corner(photo))
        assert np.array_equal(own_photo.dressed(visitor(), (one,)), beside)
