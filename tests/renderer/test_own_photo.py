"""Own photos: worn where the person is trusted, shown beside where not, and a face is never touched."""

import io
from functools import cache

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.renderer.sample_garments import garment, opened, pixels, png, snapshot
from tryon_sandbox.renderer import LIBRARY, Look, Piece, dress
from tryon_sandbox.renderer.drape import inset
from tryon_sandbox.renderer.garments.garment import Garment, understand
from tryon_sandbox.renderer.person import earlier_top, marks, own_photo, person
from tryon_sandbox.renderer.person import mannequin as person_mannequin
from tryon_sandbox.renderer.person.dressable import NotTrusted
from tryon_sandbox.renderer.raster import Floats, Mask, floats, resize
from tryon_sandbox.renderer.scene import mannequins
from tryon_sandbox.renderer.scene.body import Body
from tryon_sandbox.renderer.scene.picture import decode
from tryon_sandbox.renderer.sides import LEFT

pytestmark = pytest.mark.slow

ARIEL = LIBRARY["Ariel"]
WALL = (0.62, 0.74, 0.80)
SIZES = {
    (800, 1000): (819, 1024),
    (540, 960): (576, 1024),
    (1200, 800): (1536, 1024),
    (40, 900): (64, 1024),
    (2600, 3400): (783, 1024),
}


@cache
def visitor(finish: str = "warm", figure: str = "male_slim", aside: int = 24) -> bytes:
    """Somebody in a vest, with bare arms, before a blue wall that is no studio of ours."""
    who = mannequins.load(figure, "straight", finish=finish, view="fullbody", size=(900, 1200))
    wall = np.broadcast_to(floats(WALL), who.rgb.shape)
    scene = wall + (who.rgb - wall) * who.alpha[..., None]
    moved = cv2.warpAffine(
        scene, floats([[0.97, 0, aside], [0, 0.97, 18]]), (900, 1200), borderValue=(*WALL, 0)
    )
    return png((np.clip(moved, 0, 1) * 255).astype(np.uint8))


def worn(data: bytes, *names: str) -> np.ndarray:
    """The picture of these sample garments on a photo."""
    look = Look(tuple(Piece(garment(name)) for name in names), ARIEL, person=data)
    return pixels(dress(look).png)


def drawn(data: bytes) -> Floats:
    """The photo at the size of its results."""
    return own_photo.scaled(decode(data, longest=own_photo.WIDEST).rgb)


def body_of(photo: Floats) -> Body:
    return person.find(photo).body


def changed(data: bytes, *names: str) -> Mask:
    """Where wearing these changed the photo."""
    made = worn(data, *names)
    return np.asarray(np.abs(made - resize(drawn(data), (made.shape[1], made.shape[0]))).max(-1) > 0.03)


@cache
def result(who: str, *names: str) -> bytes:
    """A picture that a visitor could download here."""
    return dress(Look(tuple(Piece(garment(name)) for name in names), LIBRARY[who])).png


def test_a_person_before_a_plain_wall_is_found_with_joints_in_order() -> None:
    found = person.find(drawn(visitor()))
    joints = found.body.joints
    below = ["top", "chin", "neck", "shoulderR", "elbowR", "wristR"]
    assert [joints[name][1] for name in below] == sorted(joints[name][1] for name in below)
    assert joints["shoulderR"][0] < joints["neck"][0] < joints["shoulderL"][0]


def test_a_sweater_is_worn_by_a_person_before_a_plain_wall() -> None:
    found = body_of(drawn(visitor()))
    different = changed(visitor(), "sweater")
    chest = found.joints["neck"] + np.array([0, 25]) * found.unit
    x, y = (int(value) for value in chest)
    assert different[y - 20 : y + 20, x - 40 : x + 40].mean() > 0.7


@pytest.mark.parametrize("name", ["hoodie", "white_shirt"])
def test_the_head_is_the_photos_own_to_the_pixel(name: str) -> None:
    photo = drawn(visitor())
    found = body_of(photo)
    chin = int(found.joints["chin"][1])
    made = own_photo.dressed(visitor(), (understood(name),))
    assert np.array_equal(
        made[:chin, found.alpha[:chin].max(0) > 0], photo[:chin, found.alpha[:chin].max(0) > 0]
    )


def understood(name: str) -> Garment:
    """A sample garment, understood."""
    return understand(garment(name))


@pytest.mark.parametrize(
    "names", [("dress",), ("jeans",), ("skirt",), ("sweater", "jeans")], ids=lambda names: "+".join(names)
)
def test_what_cannot_hide_the_persons_clothes_is_shown_beside(names: tuple[str, ...]) -> None:
    different = changed(visitor(), *names)
    middle = slice(int(different.shape[1] * 0.4), int(different.shape[1] * 0.6))
    assert not different[:, middle].any()
    assert different.mean() > 0.01


@pytest.mark.parametrize("turn", [90, 180])
def test_somebody_lying_or_upside_down_is_not_dressed(turn: int) -> None:
    image = opened(visitor()).rotate(turn, expand=True)
    with pytest.raises(NotTrusted):
        person.find(drawn(png(np.asarray(image))))


def test_somebody_cut_at_the_chest_is_not_dressed() -> None:
    image = opened(visitor()).crop((0, 0, 900, 420))
    with pytest.raises(NotTrusted):
        person.find(drawn(png(np.asarray(image))))


def test_somebody_in_front_of_a_busy_wall_is_not_dressed() -> None:
    photo = np.asarray(opened(visitor())).copy()
    busy = np.asarray(opened(snapshot(900, 1200)))
    wall = np.abs(photo.astype(int) - np.array(WALL) * 255).max(-1) < 6
    photo[wall] = busy[wall]
    with pytest.raises(NotTrusted):
        person.find(drawn(png(photo)))


@pytest.mark.parametrize("make", [lambda: png(np.full((50, 40, 3), 7, np.uint8)), snapshot])
def test_a_photo_of_nobody_gets_a_print_beside(make: object) -> None:
    data = make()  # type: ignore[operator]
    different = changed(data, "tee")
    assert 0.01 < different.mean() < 0.16
    middle = slice(int(different.shape[1] * 0.36), int(different.shape[1] * 0.64))
    assert not different[:, middle].any()


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_photo_comes_out_at_a_height_of_1024(size: tuple[int, int]) -> None:
    data = png(np.asarray(opened(visitor()).resize(size)))
    assert opened(dress(Look((Piece(garment("tee")),), ARIEL, person=data)).png).size == SIZES[size]


def test_a_photo_turned_by_its_camera_is_dressed_upright() -> None:
    out, notes = io.BytesIO(), Image.Exif()
    notes[0x0112] = 6
    opened(visitor()).rotate(90, expand=True).save(out, "PNG", exif=notes)
    assert np.abs(worn(out.getvalue(), "sweater") - worn(visitor(), "sweater")).max() < 0.01


def test_the_same_photo_and_garment_give_the_same_bytes() -> None:
    look = Look((Piece(garment("hoodie")),), ARIEL, person=visitor())
    assert dress(look).png == dress(look).png


@pytest.mark.parametrize("who", ["Zuri", "Otto"])
def test_a_downloaded_result_is_dressed_again_and_keeps_its_trousers(who: str) -> None:
    data = result(who, "tee", "jeans")
    photo, made = drawn(data), worn(data, "hoodie")
    known = person_mannequin.recognise(photo, (understand(garment("tee")),))
    assert known is not None
    neck, unit = known.body.joints["neck"], known.body.unit
    chest, shin = (int(neck[1] + reach * unit) for reach in (25, 100))
    different = np.abs(made - photo).max(-1) > 0.03
    x = int(neck[0])
    assert different[chest, x - 30 : x + 30].mean() > 0.9
    assert not different[shin, : int(photo.shape[1] * 0.7)].any()
    assert not different[: int(known.body.joints["chin"][1])].any()


def test_a_dress_replaces_all_that_a_downloaded_result_wore() -> None:
    data = result("Zuri", "hoodie", "jeans")
    made, fresh = worn(data, "dress"), pixels(result("Zuri", "dress"))
    assert made.shape == fresh.shape
    assert np.abs(made - fresh)[:728].mean() < 0.02


def test_a_print_hangs_where_the_photo_is_quiet() -> None:
    photo = np.full((1000, 800, 3), 200, np.uint8)
    photo[350:, 400:] = np.random.default_rng(5).integers(0, 255, (650, 400, 3), np.uint8)
    photo[700:, :400] = np.random.default_rng(6).integers(0, 255, (300, 400, 3), np.uint8)
    assert inset.quietest_corner(drawn(png(photo))).on_top


def red(picture: np.ndarray) -> np.ndarray:
    """Where the red skirt is seen."""
    return (picture[..., 0] > 0.35) & (picture[..., 0] > 1.8 * picture[..., 1])


def test_a_longer_earlier_top_does_not_peep_out_under_the_new_one() -> None:
    before, after = drawn(result("Zuri", "tee", "jeans")), worn(result("Zuri", "tee", "jeans"), "hoodie")
    cream = [(one.min(-1) > 0.55)[400:520, 320:460].mean() for one in (before, after)]
    assert cream[0] > 0.2 and cream[1] < 0.002


def test_a_skirt_stays_whole_under_a_new_top() -> None:
    before, after = (
        red(one)
        for one in (
            drawn(result("Ariel", "shirt", "skirt")),
            worn(result("Ariel", "shirt", "skirt"), "hoodie"),
        )
    )
    assert after[530:].sum() > 0.99 * before[530:].sum()


def test_a_skirt_is_gone_under_new_trousers_beside_the_hands_too() -> None:
    assert not red(worn(result("Ariel", "shirt", "skirt"), "trousers")).any()


def test_a_top_with_the_same_hem_is_not_drawn_longer() -> None:
    before, after = drawn(result("Ariel", "shirt", "skirt")), worn(result("Ariel", "shirt", "skirt"), "shirt")
    rows = [np.flatnonzero(red(one).any(1))[0] for one in (before, after)]
    assert abs(int(rows[0]) - int(rows[1])) < 6


def test_no_hem_is_seen_on_one_dress_or_on_bare_leggings() -> None:
    for names in (("dress",), ("jeans",)):
        photo = drawn(result("Nora", *names))
        known = person_mannequin.recognise(photo, (understand(garment("tee")),))
        assert known is not None and earlier_top.hem(photo, known.body) is None


def test_a_head_at_the_lower_edge_of_the_photo_has_no_shoulders() -> None:
    mask = np.zeros((200, 100), bool)
    mask[196:, 30:70] = True

    assert marks._corner(mask, 196, LEFT) is None
