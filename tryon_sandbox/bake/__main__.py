"""`python -m tryon_sandbox.bake mannequins|models|garments [names...]`"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from tryon_sandbox.bake import garments, mannequins, models

ASSETS = Path(__file__).parents[2] / "assets"


def _mannequins(folder: Path, names: Sequence[str]) -> None:
    """Packs; and when all are baked, the tiles that show them."""
    mannequins.bake(folder, names)
    if not names:
        models.bake(ASSETS / "models", ())


BAKERS: dict[str, Callable[[Path, Sequence[str]], None]] = {
    "mannequins": _mannequins,
    "models": models.bake,
    "garments": garments.bake,
}


def main() -> None:
    """Bakes one kind of asset into its folder."""
    parser = argparse.ArgumentParser(
        prog="python -m tryon_sandbox.bake", description="Draws the assets again."
    )
    parser.add_argument("kind", choices=BAKERS)
    parser.add_argument("names", nargs="*", help="only these; all when none is given")
    chosen = parser.parse_args()
    BAKERS[chosen.kind](ASSETS / chosen.kind, chosen.names)


if __name__ == "__main__":
    main()
