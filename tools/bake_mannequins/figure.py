"""A figure ready to be seen: shaped, posed, dressed and subdivided."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tools.bake_mannequins import base_layer
from tools.bake_mannequins.arrays import Floats, Ints
from tools.bake_mannequins.bodies import ADULT_CM, BODIES, Shape
from tools.bake_mannequins.parts import shares
from tools.bake_mannequins.poses import STANCES, Stance
from tools.bake_mannequins.skeleton import Posed, Rig, posed, rig
from tools.bake_mannequins.source import Source
from tools.bake_mannequins.standing import standing
from tools.bake_mannequins.surface import normals, subdivided

ROUNDS = 2  # of subdivision: 430,000 triangles


@dataclass(frozen=True)
class Figure:
    """In cm, standing on y = 0. `shares` (n, 10) says how much of each Part a vertex is, `hems` (n, 3) how
    far in cm it lies under vest, leggings and shorts."""

    places: Floats
    faces: Ints
    normals: Floats
    shares: Floats
    hems: Floats
    joints: Mapping[str, Floats]
    height: float

    @property
    def scale(self) -> float:
        """Its size against the adult that lengths are written for."""
        return self.height / ADULT_CM


@dataclass(frozen=True)
class _Body:
    """A shaped mesh as it comes, on the floor, with its joints; `used` are the vertices of the skin."""

    shape: Shape
    vertices: Floats
    joints: Mapping[str, Floats]
    bones: Rig
    used: Ints

    def stood(self, stance: Stance) -> Posed:
        """The skin in a stance, in cm on the floor."""
        tall = float(self.vertices[self.used, 1].max())
        pose = standing(self.joints, stance, tall / ADULT_CM)
        found = posed(self.bones, self.joints, self.vertices, pose.turns, pose.shift)
        skin, cm = found.vertices[self.used], self.shape.height_cm / tall
        down = np.array([0, float(skin[:, 1].min()), 0])
        return Posed((skin - down) * cm, {bone: (place - down) * cm for bone, place in found.joints.items()})


def figure(source: Source, body: str, pose: str) -> Figure:
    """Raises KeyError for a body or a pose that is none."""
    shaped = _body(source, BODIES[body])
    stood, upright = shaped.stood(STANCES[pose]), shaped.stood(STANCES["straight"])
    faces = np.searchsorted(shaped.used, source.mesh.triangles)
    parts = shares(shaped.bones, len(shaped.vertices))[shaped.used]
    cloth = base_layer.hems(upright.vertices, parts, upright.joints, shaped.shape)
    dressed = [base_layer.dressed(one.vertices, faces, cloth, shaped.shape) for one in (stood, upright)]
    values = np.concatenate([*dressed, parts], 1)
    for _ in range(ROUNDS):
        values, faces = subdivided(values, faces)
    places, straight, parts = values[:, :3], values[:, 3:6], values[:, 6:]
    hems = base_layer.hems(straight, parts, upright.joints, shaped.shape)
    return Figure(places, faces, normals(places, faces), parts, hems, stood.joints, shaped.shape.height_cm)


def _body(source: Source, shape: Shape) -> _Body:
    vertices, used = source.mesh.vertices.copy(), np.unique(source.mesh.triangles)
    for name, share in shape.targets.items():
        index, offset = source.target(name)
        vertices[index] += share * offset
    vertices[:, 1] -= vertices[used, 1].min()
    bones = rig(source)
    return _Body(shape, vertices, bones.joints(source.mesh, vertices), bones, used)
