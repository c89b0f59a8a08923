"""The sample garments and the tiles of the library models, as they lie in the assets folder."""

from __future__ import annotations

import filecmp
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tryon_core import DEFAULT_MODEL, Catalogue, GarmentType, PersonGender, slug
from tryon_ui import links
from tryon_ui.files import place_of_path
from tryon_ui.texts import said

DEFAULT_SAMPLE: Final = "Hoodie"
_KINDS: Final = {
    "Hoodie": GarmentType.TOPS,
    "Shirt": GarmentType.TOPS,
    "Tee": GarmentType.TOPS,
    "Jeans": GarmentType.BOTTOMS,
    "Skirt": GarmentType.BOTTOMS,
    "Dress": GarmentType.DRESSES,
}
_FIRST_MODELS: Final = (DEFAULT_MODEL, "Ariel", "Zuri", "Mila", "Theo", "Nora", "Kofi", "Sam")
# The names that Aidge's own pages show. The rest are the sandbox's: a live Aidge would not know them.
_DOCUMENTED: Final = ("James", "Ariel")
_MEN: Final = frozenset({"James", "Theo", "Kofi", "Sam", "Hugo", "Ravi", "Otto"})
# Ready sets for the refiner: name, how its two files begin and end, top, bottom, and who wears them.
_READY: Final = (
    ("Hoodie and jeans", "", "png", "hoodie", "jeans", PersonGender.WOMAN),
    ("Printed tee and jeans", "kofi-", "jpg", "printed_tee", "jeans", PersonGender.MAN),
    ("Sweater", "ariel-", "jpg", "sweater", None, PersonGender.WOMAN),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A garment photo that ships with the app."""

    name: str
    kind: GarmentType
    path: Path

    @property
    def title(self) -> str:
        """Its name as it is shown, in each language."""
        return sample_title(self.name)

    @property
    def tile(self) -> str:
        return links.asset(f"garments/thumbs/{self.path.stem}.webp")


@dataclass(frozen=True, slots=True)
class Tile:
    """A library model, its picture, and what it is."""

    name: str
    picture: str

    @property
    def gender(self) -> PersonGender:
        return PersonGender.MAN if self.name in _MEN else PersonGender.WOMAN


@dataclass(frozen=True, slots=True)
class RefineSample:
    """A ready set of pictures for the refiner; `bottom` is None where only the top was tried on."""

    name: str
    coarse: Path
    person: Path
    top: Path
    bottom: Path | None
    gender: PersonGender

    @property
    def title(self) -> str:
        """Its name as it is shown, in each language."""
        return sample_title(self.name)


@dataclass(frozen=True, slots=True)
class Samples:
    """Everything that is in place before a visitor has brought anything."""

    garments: tuple[Sample, ...]
    models: tuple[Tile, ...]
    refines: tuple[RefineSample, ...]
    assets: Path = Path("assets")

    @property
    def refine(self) -> RefineSample:
        """The set that is in place when the page opens."""
        return self.refines[0]

    def refining(self, name: str | None) -> RefineSample | None:
        """The ready set of that name, or None."""
        return next((sample for sample in self.refines if sample.name == name), None)

    def garment(self, name: str | None) -> Sample | None:
        """The sample of that name, or None."""
        return next((sample for sample in self.garments if sample.name == name), None)

    def ships(self, path: Path) -> bool:
        """Whether a file holds, byte for byte, a picture that ships with the app. Blocks."""
        return any(same_bytes(path, one) for one in self._shipped)

    def same_as(self, path: Path) -> Sample | None:
        """The sample garment that a file holds byte for byte, or None. Blocks."""
        return next((sample for sample in self.garments if same_bytes(path, sample.path)), None)

    @property
    def _shipped(self) -> Iterator[Path]:
        yield from (sample.path for sample in self.garments)
        for refine in self.refines:
            yield from (refine.coarse, refine.person, refine.top)

    @property
    def genders(self) -> Mapping[str, PersonGender]:
        """Each library model's gender, by name."""
        return {tile.name: tile.gender for tile in self.models}

    @property
    def known(self) -> Catalogue:
        """What refining is told of the models, and of the samples under whatever name they lie."""
        return Catalogue(self.genders, self._kind_of)

    def _kind_of(self, photo: Path) -> GarmentType:
        sample = self.same_as(photo)
        return sample.kind if sample else GarmentType.AUTO

    @property
    def portraits(self) -> Mapping[str, str]:
        """The address of each library model's picture, by name."""
        return {tile.name: tile.picture for tile in self.models}

    @property
    def model_words(self) -> str:
        """The library's names, in words: which every Aidge knows, and which only the sandbox."""
        names = [tile.name for tile in self.models]
        known = ", ".join(name for name in names if name in _DOCUMENTED)
        others = ", ".join(name for name in names if name not in _DOCUMENTED)
        return f"{known}; in the sandbox also {others}" if others else known

    def by_path(self, path: str | Path | None) -> Sample | None:
        """The sample whose file, or a copy of it under the same name, lies at `path`. A visitor's own photo
        is none, whatever it is called."""
        if not path or place_of_path(Path(path)).is_a_visitors:
            return None
        return next((sample for sample in self.garments if sample.path.name == Path(path).name), None)


def sample_title(name: str) -> str:
    """How a sample of that name is called in each language."""
    return said(f"sample.{slug(name)}")


def offered_models(samples: Samples, *, live: bool) -> list[str]:
    """The models to choose from: a live Aidge gets only those that its pages name.

    They come first in both lists, as the style sheet gives each place in the list its picture.
    """
    names = [tile.name for tile in samples.models]
    return [name for name in names if name in _DOCUMENTED] if live else names


def load(assets: Path) -> Samples:
    """Looks up what the folder has. Reads names only, no pictures."""
    garments = assets / "garments"
    return Samples(
        garments=tuple(Sample(n, kind, garments / f"{n.lower()}.jpg") for n, kind in _KINDS.items()),
        models=tuple(Tile(n, links.asset(f"models/{n}.webp")) for n in _models_in(assets / "models")),
        refines=tuple(_ready(assets, *facts) for facts in _READY),
        assets=assets,
    )


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two files hold the same, whatever they are called. Blocks."""
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


def _ready(
    assets: Path, name: str, stem: str, ending: str, top: str, bottom: str | None, gender: PersonGender
) -> RefineSample:
    pair, garments = assets / "refine", assets / "garments"
    return RefineSample(
        name=name,
        coarse=pair / f"{stem}coarse.{ending}",
        person=pair / f"{stem}person.{ending}",
        top=garments / f"{top}.jpg",
        bottom=garments / f"{bottom}.jpg" if bottom else None,
        gender=gender,
    )


def _models_in(folder: Path) -> list[str]:
    found = {path.stem for path in folder.glob("*.webp")}
    others = sorted(found.difference(_FIRST_MODELS))
    return [*(name for name in _FIRST_MODELS if name in found or not found), *others]
