"""A fine surface from the coarse mesh: Loop subdivision, smoothing and normals."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_matrix, diags, identity
from scipy.sparse.linalg import splu

from tools.bake_mannequins.arrays import Floats, Ints, unit

_LEAST_COTANGENT = 0.02  # or flat triangles would push where they should pull


@dataclass(frozen=True)
class Edges:
    """Unique edges (e, 2), the edge of each side of each triangle (m, 3), and which edges are borders."""

    ends: Ints
    of_face: Ints
    border: Ints


def edges(faces: Ints) -> Edges:
    """The edges of triangles; side i of a triangle is opposite to its corner i."""
    sides = np.stack([faces[:, [1, 2]], faces[:, [2, 0]], faces[:, [0, 1]]], 1).reshape(-1, 2)
    ends, of_face, count = np.unique(np.sort(sides, 1), axis=0, return_inverse=True, return_counts=True)
    return Edges(ends, of_face.reshape(-1, 3), np.flatnonzero(count == 1))


def subdivided(values: Floats, faces: Ints) -> tuple[Floats, Ints]:
    """One round of Loop subdivision of all columns of `values`: places and whatever else vertices carry."""
    found = edges(faces)
    count = len(values)
    middle = _edge_points(values, faces, found)
    old = _vertex_points(values, found)
    a, b, c = faces.T
    ab, bc, ca = found.of_face[:, 2] + count, found.of_face[:, 0] + count, found.of_face[:, 1] + count
    new = [(a, ab, ca), (b, bc, ab), (c, ca, bc), (ab, bc, ca)]
    return np.concatenate([old, middle]), np.concatenate([np.stack(one, 1) for one in new])


def _edge_points(values: Floats, faces: Ints, found: Edges) -> Floats:
    """Three eighths of both ends and an eighth of both opposite corners; the middle on a border."""
    opposite = np.zeros((len(found.ends), values.shape[1]))
    np.add.at(opposite, found.of_face.ravel(), values[faces.ravel()])
    both = values[found.ends[:, 0]] + values[found.ends[:, 1]]
    points = both * 3 / 8 + opposite / 8
    points[found.border] = both[found.border] / 2
    return points


def _vertex_points(values: Floats, found: Edges) -> Floats:
    total, valence = _around(values, found.ends)
    share = np.where(valence > 3, 3 / (8 * np.maximum(valence, 1)), 3 / 16)[:, None]
    points = values * (1 - valence[:, None] * share) + total * share
    rim = found.ends[found.border]
    beside, borders = _around(values, rim)
    on_rim = borders == 2
    points[on_rim] = values[on_rim] * 3 / 4 + beside[on_rim] / 8
    return points


def _around(values: Floats, ends: Ints) -> tuple[Floats, Floats]:
    """The sum of each vertex's neighbours along these edges, and how many they are."""
    total, valence = np.zeros_like(values), np.zeros(len(values))
    for one, other in ((0, 1), (1, 0)):
        np.add.at(total, ends[:, one], values[ends[:, other]])
        np.add.at(valence, ends[:, one], 1)
    return total, valence


def smoothed(places: Floats, faces: Ints, reach: Floats) -> Floats:
    """The surface without what is smaller than `reach` (n,), in the units of the places; 0 leaves it alone.

    By diffusion over the surface, so that it does not matter how densely vertices lie, and a second time
    with what the first one took of the whole given back, or limbs would get thinner.
    """
    stiff, area = _cotangents(places, faces)
    solve = splu(csc_matrix(identity(len(places)) + diags(reach**2 / area) @ stiff)).solve
    return np.asarray(solve(2 * places - solve(places)), np.float64)


def _cotangents(places: Floats, faces: Ints) -> tuple[csc_matrix, Floats]:
    """The Laplacian of a surface of triangles, and the area that each vertex stands for."""
    count = len(places)
    stiff = csc_matrix((count, count))
    area = np.zeros(count)
    for corner in range(3):
        i, j, k = (faces[:, (corner + step) % 3] for step in range(3))
        one, other = places[j] - places[i], places[k] - places[i]
        across = np.maximum(np.linalg.norm(np.cross(one, other), axis=1), 1e-9)
        weight = np.clip((one * other).sum(1) / across, _LEAST_COTANGENT, None) / 2
        half = csc_matrix((weight, (j, k)), (count, count))
        stiff = stiff + half + half.T
        np.add.at(area, i, across / 6)
    total = np.asarray(stiff.sum(1)).ravel()
    return csc_matrix(diags(total) - stiff), np.maximum(area, 1e-6)


def normals(places: Floats, faces: Ints) -> Floats:
    """Of vertices, weighted by the area of the triangles around them."""
    a, b, c = (places[faces[:, i]] for i in range(3))
    across = np.cross(b - a, c - a)
    total = np.zeros_like(places)
    for i in range(3):
        np.add.at(total, faces[:, i], across)
    return unit(total)
