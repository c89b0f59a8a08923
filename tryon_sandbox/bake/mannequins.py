"""Which mannequins are baked, in the order they are missed most."""

from collections.abc import Sequence
from pathlib import Path

from tryon_sandbox.bake.body import body
from tryon_sandbox.bake.camera import camera
from tryon_sandbox.bake.pack import write
from tryon_sandbox.bake.poses import Pose
from tryon_sandbox.bake.proportions import BODIES
from tryon_sandbox.bake.render import render
from tryon_sandbox.renderer.scene.packs import FRAME

# Traced this much finer than kept: contours are exact anyway, it is for where limbs cross.
OVERSAMPLE = 1.25
ALL = tuple(f"{name}-{pose}" for pose in Pose for name in BODIES)


def bake(folder: Path, names: Sequence[str], frame: tuple[int, int] = FRAME) -> None:
    """Bakes packs, all of them when no name is given, each about half a minute on one core.

    Names are like "female_slim-straight". Raises KeyError or ValueError for a name that is none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or ALL:
        figure_name, _, pose = name.partition("-")
        figure = body(figure_name, Pose(pose))
        view = camera(figure, *frame)
        write(folder, name, figure, view, render(figure, view, OVERSAMPLE))
