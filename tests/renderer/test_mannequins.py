"""Mannequins: the packs that ship, what they were baked from, and how they are loaded."""

import hashlib
import json

import numpy as np
import pytest

from tools.bake_mannequins.bodies import BODIES
from tools.bake_mannequins.poses import STANCES
from tools.bake_mannequins.source import SHA256
from tryon_sandbox.renderer.cutout.backdrop import backdrop, compose
from tryon_sandbox.renderer.scene import packs
from tryon_sandbox.renderer.scene.library import LIBRARY, Figure, cast
from tryon_sandbox.renderer.scene.mannequins import (
    FIGURES,
    FINISHES,
    MOODS,
    NO_PART,
    STAGINGS,
    Mannequin,
    load,
)
from tryon_sandbox.renderer.scene.packs import Part

SIZE = (384, 512)
ALL = tuple(f"{body}-{pose}" for body in BODIES for pose in STANCES)
RECORD = json.loads((packs.FOLDER / "record.json").read_text())


def shown(
    figure: str = "female_slim", pose: str = "contrapposto", *, view: str = "fullbody", finish: str = "warm"
) -> Mannequin:
    return load(figure, pose, finish=finish, view="halfbody" if view == "halfbody" else "fullbody", size=SIZE)


def part_at(mannequin: Mannequin, joint: str) -> int:
    x, y = mannequin.keypoints[joint]
    return int(mannequin.parts[int(y), int(x)])


@pytest.mark.parametrize("name", ALL)
def test_every_body_ships_in_every_pose(name: str) -> None:
    pack = packs.read(name)
    high, wide = pack.layers["alpha"].shape
    left, top, right, bottom = pack.box
    assert (wide, high) == (right - left, bottom - top)
    assert 0 <= left < right <= packs.FRAME[0] and 0 <= top < bottom <= packs.FRAME[1]


def test_all_packs_together_stay_under_eight_megabytes_and_all_assets_under_fourteen() -> None:
    assert sum(file.stat().st_size for file in packs.FOLDER.iterdir()) < 8_000_000
    assert sum(file.stat().st_size for file in packs.FOLDER.parent.rglob("*.*")) < 14_000_000


@pytest.mark.parametrize("name", ALL)
def test_no_mannequin_is_bare(name: str) -> None:
    pack = packs.read(name)
    torso_or_leg = np.isin(pack.layers["part"] // packs.PART_STEP, (Part.TORSO, Part.LEG_R, Part.LEG_L))
    cloth = (pack.layers["top"] > 127) | ((pack.layers["leggings"] > 127) & (pack.layers["shorts"] > 127))
    rows = np.arange(pack.box[1], pack.box[3])[:, None]
    hip, knee = (max(pack.keypoints[f"{joint}{side}"][1] for side in "RL") for joint in ("hip", "knee"))
    mid_thigh = hip + 0.45 * (knee - hip)
    shoulders = max(pack.keypoints["shoulderR"][1], pack.keypoints["shoulderL"][1])
    trunk = (
        torso_or_leg
        & (pack.layers["alpha"] > 250)
        & (rows > shoulders + 14 * pack.px_per_cm)
        & (rows < mid_thigh)
    )
    assert cloth[trunk].mean() > 0.985


@pytest.mark.parametrize("figure", FIGURES)
def test_joints_lie_on_the_parts_they_name(figure: str) -> None:
    mannequin = shown(figure, "straight")
    assert part_at(mannequin, "elbowR") in (Part.UPPER_ARM_R, Part.FOREARM_R)
    assert part_at(mannequin, "elbowL") in (Part.UPPER_ARM_L, Part.FOREARM_L)
    assert part_at(mannequin, "kneeR") == Part.LEG_R
    assert part_at(mannequin, "kneeL") == Part.LEG_L
    assert (
        mannequin.keypoints["shoulderR"][0]
        < mannequin.keypoints["neck"][0]
        < mannequin.keypoints["shoulderL"][0]
    )


@pytest.mark.parametrize("pose", STAGINGS)
def test_r_is_the_viewers_left_even_when_the_picture_is_mirrored(pose: str) -> None:
    mannequin = shown(pose=pose)
    for joint in ("shoulder", "hip", "knee", "ankle"):
        assert mannequin.keypoints[f"{joint}R"][0] < mannequin.keypoints[f"{joint}L"][0]
    assert part_at(mannequin, "kneeR") == Part.LEG_R
    assert part_at(mannequin, "kneeL") == Part.LEG_L


@pytest.mark.parametrize("finish", FINISHES)
def test_layers_have_the_size_asked_and_stay_in_range(finish: str) -> None:
    mannequin = shown(finish=finish)
    for layer in (
        mannequin.rgb,
        mannequin.alpha,
        mannequin.ao,
        mannequin.shadow,
        mannequin.base,
        mannequin.floor,
    ):
        assert layer.shape[:2] == (512, 384) and layer.dtype == np.float32
        assert float(layer.min()) >= -1e-3 and float(layer.max()) <= 1.05
    assert set(np.unique(mannequin.parts)) <= {*Part, NO_PART}


def test_normals_are_of_unit_length_within_the_figure() -> None:
    mannequin = shown()
    solid = mannequin.alpha > 0.99
    length = np.linalg.norm(mannequin.normal[solid], axis=1)
    assert np.percentile(length, 5) > 0.9 and length.max() < 1.1


def test_a_half_body_shows_the_crown_and_ends_just_below_the_hips() -> None:
    mannequin = shown(view="halfbody")
    joints = mannequin.keypoints
    assert 0 < joints["top"][1] < 0.12 * SIZE[1]
    assert 0.75 * SIZE[1] < joints["hipR"][1] < SIZE[1] < joints["kneeR"][1]
    assert mannequin.px_per_cm > 1.5 * shown().px_per_cm


def test_a_full_body_leaves_room_above_and_below() -> None:
    rows = np.flatnonzero((shown().alpha > 0.5).any(axis=1))
    assert rows[0] > 5 and rows[-1] < SIZE[1] - 5


def test_shorts_bare_the_shins_and_nothing_above() -> None:
    long = shown()
    short = load("female_slim", "contrapposto", finish="warm", view="fullbody", size=SIZE, shorts=True)
    knee, hip = int(long.keypoints["kneeR"][1]), int(long.keypoints["hipR"][1])
    column = int(long.keypoints["kneeR"][0])
    assert long.base[knee + 15, column] > 0.9 and short.base[knee + 15, column] < 0.1
    assert np.array_equal(long.base[: hip + 5], short.base[: hip + 5])


def test_no_backdrop_shows_through_the_figure() -> None:
    mannequin = shown()
    green = np.broadcast_to(np.array([0, 1, 0], np.float32), (512, 384, 3))
    inside = compose(mannequin, green)[mannequin.alpha > 0.999]
    assert float((inside[:, 1] - inside[:, [0, 2]].max(axis=1)).max()) < 0.1


def test_the_three_studios_differ_and_carry_the_figures_shadow() -> None:
    mannequin = shown()
    means = [backdrop(style, SIZE, mannequin).mean(axis=(0, 1)) for style in MOODS]
    assert min(np.abs(a - b).max() for i, a in enumerate(means) for b in means[:i]) > 0.02
    toes = int(mannequin.keypoints["toeR"][1]), int(mannequin.keypoints["toeR"][0])
    assert mannequin.floor[toes] < 0.8 < mannequin.floor[5, 5]


def test_the_key_light_comes_from_the_left_even_when_the_picture_is_mirrored() -> None:
    for pose in ("contrapposto", "contrapposto_turned"):
        mannequin = shown(pose=pose, finish="porcelain")
        face = (mannequin.parts == Part.HEAD) & (mannequin.alpha > 0.99)
        middle = mannequin.keypoints["chin"][0]
        columns = np.arange(SIZE[0])[None, :] * np.ones((SIZE[1], 1))
        left, right = face & (columns < middle - 4), face & (columns > middle + 4)
        assert mannequin.rgb[left].mean() > mannequin.rgb[right].mean() + 0.03


def test_the_same_picture_comes_out_twice() -> None:
    first, second = shown(), shown()
    assert np.array_equal(first.rgb, second.rgb) and np.array_equal(first.parts, second.parts)


@pytest.mark.parametrize("figure", [*LIBRARY.values(), Figure(), Figure(gender="male", age="children")])
def test_eight_pictures_of_a_job_are_eight_different_ones(figure: Figure) -> None:
    cast_ones = [cast(figure, index) for index in range(8)]
    assert len(set(cast_ones)) == 8 and cast_ones == [cast(figure, index) for index in range(8)]
    assert len({one.figure_id for one in cast_ones}) == 1
    assert all(
        one.pose in STAGINGS and one.finish in FINISHES and one.figure_id in FIGURES for one in cast_ones
    )


def test_a_named_figure_is_the_same_person_in_every_picture() -> None:
    assert {cast(LIBRARY["James"], index).finish for index in range(8)} == {"warm"}
    assert len({cast(Figure(), index).finish for index in range(8)}) > 4


def test_what_is_described_is_who_comes() -> None:
    assert cast(Figure(gender="male", body="curvy"), 0).figure_id == "male_curvy"
    assert cast(Figure(gender="female", age="children"), 0).figure_id == "girl"


def test_every_named_figure_has_a_tile() -> None:
    tiles = packs.FOLDER.parent / "models"
    assert {file.stem for file in tiles.glob("*.webp")} == set(LIBRARY)
    assert all(file.stat().st_size < 12_000 for file in tiles.glob("*.webp"))


def test_the_packs_that_ship_are_those_of_the_record() -> None:
    files = [file for file in sorted(packs.FOLDER.iterdir()) if file.name != "record.json"]
    hashes = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    assert hashes == RECORD["packs"]
    assert {f"{name}.{suffix}" for name in ALL for suffix in ("json", "webp")} == set(hashes)


def test_the_packs_that_ship_are_of_the_bodies_in_the_tables() -> None:
    assert RECORD["mesh"]["license"] == "CC0-1.0" and RECORD["mesh"]["sha256"] == SHA256
    shapes = {
        name: {
            "height_cm": shape.height_cm,
            "targets": {target: round(share, 6) for target, share in shape.targets.items()},
        }
        for name, shape in BODIES.items()
    }
    assert shapes == RECORD["bodies"]
    used = {target for shape in BODIES.values() for target in shape.targets}
    assert {f"targets/{target}.target.gz" for target in used} < set(RECORD["files"])


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        packs.read("nobody-straight")


@pytest.mark.parametrize("name", ALL)
def test_a_body_is_proportioned_and_stands_on_both_feet(name: str) -> None:
    pack = packs.read(name)
    at = {joint: place[1] for joint, place in pack.keypoints.items()}
    tall = pack.height_cm * pack.px_per_cm
    child = name.startswith("child")
    leg = (max(at["ankleR"], at["ankleL"]) - (at["hipR"] + at["hipL"]) / 2) / tall
    heads = tall / (at["chin"] - at["top"])
    assert 0.44 < leg < 0.52 and (6.0 < heads < 6.8 if child else 7.2 < heads < 8.2)
    # Nobody stands on tiptoe: an ankle is this high above the floor, whichever leg carries the weight.
    assert all(0.02 < (pack.box[3] - at[ankle]) / tall < 0.07 for ankle in ("ankleR", "ankleL"))
