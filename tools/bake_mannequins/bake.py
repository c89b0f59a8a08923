"""Which mannequins are baked, and how one is."""

from collections.abc import Sequence
from pathlib import Path

from tools.bake_mannequins import pack, record
from tools.bake_mannequins.bodies import BODIES
from tools.bake_mannequins.camera import camera
from tools.bake_mannequins.figure import figure
from tools.bake_mannequins.poses import STANCES
from tools.bake_mannequins.render import render
from tools.bake_mannequins.source import Source
from tryon_sandbox.renderer.scene.packs import FRAME

ALL = tuple(f"{body}-{pose}" for pose in STANCES for body in BODIES)


def bake(source: Source, folder: Path, names: Sequence[str]) -> None:
    """Bakes these packs, each in 20 s on one core, and writes the record of all that are there.

    Names are like "female_slim-straight". Raises KeyError for a name that is none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        body, _, pose = name.partition("-")
        made = figure(source, body, pose)
        middle = float(made.joints["spine_01"][0]) * 0.6
        view = camera(made.height, middle, FRAME)
        pack.write(folder, name, made, view, render(made, view))
    record.write(source, folder)
