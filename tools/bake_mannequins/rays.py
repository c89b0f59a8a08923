"""Rays against a figure's surface, by Embree."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from embreex.mesh_construction import TriangleMesh
from embreex.rtcore_scene import EmbreeScene

from tools.bake_mannequins.arrays import Floats, Ints, Mask, unit, vector
from tools.bake_mannequins.figure import Figure

_OFF_CM = 0.12  # that rays begin off the surface, or they would meet where they start


@dataclass(frozen=True)
class Sight:
    """What rays met: which of them, in which triangles, and with which shares of the three corners (n, 3)."""

    ray: Ints
    face: Ints
    shares: Floats

    def at(self, figure: Figure, values: Floats) -> Floats:
        """Values of vertices where the rays met the surface."""
        return np.asarray((values[figure.faces[self.face]] * self.shares[..., None]).sum(1), np.float64)


@dataclass(frozen=True)
class Scene:
    """A figure that rays can be sent to."""

    embree: Any

    def seen(self, origins: Floats, direction: Floats) -> Sight:
        """What parallel rays meet first."""
        found = self.embree.run(
            _singles(origins), _singles(np.broadcast_to(direction, origins.shape)), output=True
        )
        ray = np.flatnonzero(found["primID"] >= 0)
        u, v = (found[name][ray].astype(np.float64) for name in ("u", "v"))
        return Sight(ray, found["primID"][ray].astype(np.int64), np.stack([1 - u - v, u, v], 1))

    def blocked(self, origins: Floats, directions: Floats, within: float) -> Mask:
        """Whether rays meet anything within so many cm."""
        far = np.full(len(origins), within, np.float32)
        found = self.embree.run(_singles(origins), _singles(directions), dists=far, query="OCCLUDED")
        return np.asarray(found == 0, np.bool_)

    def openness(
        self, places: Floats, normals: Floats, within: float, count: int, chance: np.random.Generator
    ) -> Floats:
        """1 where nothing is near, 0 where all of the surroundings are: cosine rays over the half sphere."""
        start, (one, other) = places + normals * _OFF_CM * 2, _across(normals)
        met = np.zeros(len(places))
        for number in range(count):
            high, angle = (
                (number + chance.random(len(places))) / count,
                2 * np.pi * chance.random(len(places)),
            )
            wide = np.sqrt(high)
            directions = (
                one * (wide * np.cos(angle))[:, None]
                + other * (wide * np.sin(angle))[:, None]
                + normals * np.sqrt(1 - high)[:, None]
            )
            met += self.blocked(start, directions, within)
        return np.asarray(1 - met / count, np.float64)

    def lit(
        self,
        places: Floats,
        normals: Floats,
        lamp: Floats,
        size: float,
        within: float,
        count: int,
        chance: np.random.Generator,
    ) -> Floats:
        """How much of a round lamp is seen: `size` is its radius against its distance."""
        start = places + normals * _OFF_CM
        one, other = _across(np.broadcast_to(lamp, places.shape))
        seen = np.zeros(len(places))
        for number in range(count):
            far = size * np.sqrt((number + chance.random(len(places))) / count)
            angle = 2 * np.pi * chance.random(len(places))
            to = lamp + one * (far * np.cos(angle))[:, None] + other * (far * np.sin(angle))[:, None]
            seen += ~self.blocked(start, unit(to), within)
        return np.asarray(seen / count, np.float64)


def scene(figure: Figure) -> Scene:
    """The figure's surface, ready for rays."""
    made = EmbreeScene()
    TriangleMesh(made, _singles(figure.places), figure.faces.astype(np.int32))
    return Scene(made)


def _singles(values: Floats) -> np.typing.NDArray[np.float32]:
    return np.ascontiguousarray(values, np.float32)


def _across(directions: Floats) -> tuple[Floats, Floats]:
    """Two directions at right angles to each and to one another."""
    steep = np.abs(directions[:, :1]) < 0.9
    one = unit(np.cross(directions, np.where(steep, vector(1, 0, 0), vector(0, 1, 0))))
    return one, np.cross(directions, one)
