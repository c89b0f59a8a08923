"""A whole picture: who stands where, what is worn over what, and the finishing touches."""

from tryon_sandbox.renderer.cutout import backdrop
from tryon_sandbox.renderer.cutout.coarse import softened
from tryon_sandbox.renderer.drape import inset
from tryon_sandbox.renderer.drape.draping import bare_below, drape, hem_row, in_order
from tryon_sandbox.renderer.garments.garment import Garment, understand
from tryon_sandbox.renderer.person import own_photo
from tryon_sandbox.renderer.raster import Floats
from tryon_sandbox.renderer.scene import body, library, mannequins
from tryon_sandbox.renderer.scene.look import Look, NotFlatLay, Piece, Rendered
from tryon_sandbox.renderer.scene.mannequins import View
from tryon_sandbox.renderer.scene.mark import marked
from tryon_sandbox.renderer.scene.picture import encode

Size = tuple[int, int]
# Width, height, as the vendor's results come. Its query page: the height is fixed, and the width follows
# the model image, so all pictures of one model are of one size.
WIDE: dict[str, Size] = {"tops": (768, 1024), "dresses": (576, 768)}
NARROW: dict[str, Size] = {"tops": (682, 1024), "dresses": (512, 768)}
UNDER_HEM_CM = 5.0  # a short top covers so much of the vest that is seen below it
NARROW_STYLES = frozenset({"universal_3"})


def dress(look: Look) -> Rendered:
    """The picture of a look. The same look gives the same bytes.

    Raises ValueError when a picture cannot be decoded, and NotFlatLay when `quality_gate` is set and a
    garment is not a plain flat-lay photo; without it, such a garment is shown flat beside the figure.
    """
    garments = tuple(understand(piece.data, piece.type) for piece in look.pieces)
    if look.quality_gate:
        _refuse_doubtful(garments)
    types = tuple(_type(*pair) for pair in zip(look.pieces, garments, strict=True))
    if look.person is not None:
        picture = own_photo.dressed(look.person, garments, picture_size(types, look.figure.style)[1])
    else:
        picture = _on_mannequin(look, garments, types)
    return Rendered(encode(marked(picture)), types)


def _refuse_doubtful(garments: tuple[Garment, ...]) -> None:
    for garment in garments:
        if garment.doubt:
            raise NotFlatLay(garment.doubt)


def _type(piece: Piece, garment: Garment) -> str:
    return piece.type or garment.vendor_type


def picture_size(types: tuple[str, ...], style: str) -> Size:
    """Width and height of every picture of such a job; a dress decides, and the style's model image."""
    sizes = NARROW if style in NARROW_STYLES else WIDE
    return sizes["dresses" if "dresses" in types else "tops"]


def _on_mannequin(look: Look, garments: tuple[Garment, ...], types: tuple[str, ...]) -> Floats:
    who = library.cast(look.figure, look.index)
    style = look.figure.style
    size = picture_size(types, style)
    view: View = "halfbody" if look.view == "halfbody" else "fullbody"
    bare_legs = any(garment.bares_legs for garment in garments)
    placed = mannequins.place(who.figure_id, who.pose, view=view, size=size)
    figure = body.measure(placed)
    hems = [hem_row(garment, figure) for garment in garments if garment.bares_arms]
    row = max(hems) - UNDER_HEM_CM * figure.unit if hems else 0.0
    bare = row, bare_below(garments, figure)
    mannequin = mannequins.clothe(
        placed, who.figure_id, finish=who.finish, style=style, shorts=bare_legs, bare=bare
    )
    picture = backdrop.compose(mannequin, backdrop.backdrop(style, size, mannequin))
    del mannequin  # 12 MB of colours that are in the picture now
    return worn(picture, garments, figure)


def worn(picture: Floats, garments: tuple[Garment, ...], figure: body.Body) -> Floats:
    """The figure in this picture with all garments on; doubtful ones as prints beside it."""
    bare = picture
    for garment in in_order(garments):
        picture = drape(picture, garment, figure)
    return inset.with_prints(softened(picture, bare), inset.doubtful(garments))
