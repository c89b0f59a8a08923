"""`python -m tools.bake_mannequins WHEEL [names...]`: bakes packs, all of them when no name is given."""

import argparse
from pathlib import Path

from tools.bake_mannequins.bake import ALL, bake
from tools.bake_mannequins.source import WHEEL, opened
from tryon_sandbox.renderer.scene.packs import FOLDER


def main() -> None:
    """Bakes into the folder that the studio reads."""
    parser = argparse.ArgumentParser(prog="python -m tools.bake_mannequins", description=__doc__)
    parser.add_argument("wheel", type=Path, help=f"a copy of {WHEEL}")
    parser.add_argument("names", nargs="*", help=f"only these of {', '.join(ALL)}")
    parser.add_argument("--into", type=Path, default=FOLDER)
    chosen = parser.parse_args()
    bake(opened(chosen.wheel), chosen.into, chosen.names or ALL)


if __name__ == "__main__":
    main()
