"""A garment photo understood: cut out, recognised, and with its landmarks; kept for the next picture."""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from threading import Lock

from tryon_sandbox.renderer.cutout import learned_prior, silhouette
from tryon_sandbox.renderer.cutout.cutout import Cutout, cut_out, cut_out_by, made_transparent
from tryon_sandbox.renderer.cutout.daylight import painted
from tryon_sandbox.renderer.cutout.pieces import main_pieces
from tryon_sandbox.renderer.cutout.silhouette import Silhouette
from tryon_sandbox.renderer.cutout.upright import upright
from tryon_sandbox.renderer.garments.checks.plausible import Marks
from tryon_sandbox.renderer.garments.flat_lay import flat_lay_check, lumps
from tryon_sandbox.renderer.garments.kinds.likely import BOTTOMS, Likely
from tryon_sandbox.renderer.garments.kinds.odd_outlines import SEVERAL
from tryon_sandbox.renderer.garments.kinds.recognise import VENDOR_TYPE, Kind
from tryon_sandbox.renderer.garments.marks import guessed
from tryon_sandbox.renderer.garments.marks.landmarks import TopMarks
from tryon_sandbox.renderer.garments.necks import learned_neck
from tryon_sandbox.renderer.garments.necks.neck_kinds import Necks, is_collar, lies_flat
from tryon_sandbox.renderer.garments.networks import learned_kind, not_cloth
from tryon_sandbox.renderer.garments.outline import hung_by_clips
from tryon_sandbox.renderer.garments.read_as import Reading
from tryon_sandbox.renderer.garments.reading import read_likely
from tryon_sandbox.renderer.garments.sleeves import laid_sleeves
from tryon_sandbox.renderer.raster import Floats, resize
from tryon_sandbox.renderer.scene.picture import Picture, decode, on_white
from tryon_sandbox.renderer.spare_memory import give_back

LONGEST = 1024
PRINT = 400  # pixels; a print beside the figure is never drawn larger
KEPT = 3  # garments, of up to 17 MB each
# What is taken off may be why it was doubted: other doubts would be no smaller, and not looked into again.
MENDED = frozenset({"", flat_lay_check.WORN, flat_lay_check.NO_CLOTH, flat_lay_check.HOOK_ON})
# Nothing to be cut out once more for: a prior would take one of several for all there is.
SEEN = frozenset({"", SEVERAL})
_TURNS = tuple(Lock() for _ in range(8))


@dataclass(frozen=True, slots=True, eq=False)
class Garment:
    """`doubt` says why it cannot be draped; then there are no marks. `kind` is a guess even so.

    `necks` says how likely which kind of neckline is; nothing where there is no network to ask.
    `photo` is the picture as given, at most `PRINT` pixels on its longer side.
    """

    photo: Floats
    cutout: Cutout
    kind: Kind
    shape: Silhouette | None
    marks: Marks | None
    doubt: str
    necks: Necks = field(default_factory=dict)

    @property
    def vendor_type(self) -> str:
        """tops, bottoms or dresses."""
        return VENDOR_TYPE[self.kind]

    @property
    def bares_arms(self) -> bool:
        """Whether it is a worn top or dress, with a neckline or armholes that a vest would show through."""
        return isinstance(self.marks, TopMarks)

    @property
    def bares_legs(self) -> bool:
        """Whether legs show below it, so that leggings under it would look odd."""
        return self.marks is not None and self.kind is not Kind.TOP


def understand(data: bytes, given: str = "") -> Garment:
    """The garment in a photo. Raises ValueError when the bytes are no picture.

    Worked out once even when two threads ask at the same time: the second waits for the first.
    """
    with _TURNS[hash((data, given)) % len(_TURNS)]:
        return _understood(data, given)


@lru_cache(maxsize=KEPT)
def _understood(data: bytes, given: str) -> Garment:
    garment = _seen(data, given)
    give_back()
    return garment


def _seen(data: bytes, given: str) -> Garment:
    picture = decode(data, longest=LONGEST)
    photo = _print(picture)
    cutout = lumps.without(upright(cut_out(picture, learned_prior.installed())))
    try:
        whole = _outline(cutout)
    except ValueError as why:
        doubt = flat_lay_check.UNSEEN if flat_lay_check.is_unseen(cutout) else str(why)
        return Garment(photo, cutout, recognise_given(given), None, None, doubt)
    sight = learned_kind.installed()
    likely = Likely() if sight is None else Likely(sight(cutout, picture))
    cutout, found = bared(cutout, read_likely(cutout, whole, given, likely), given, likely)
    if found.doubt not in SEEN and likely.is_clear and _is_plain(cutout, picture):
        cutout, found = _by_prior(cutout, found, picture, given, likely)
    marks = None if found.doubt else found.marks
    necks = learned_neck.seen(cutout, found.shape, marks) if isinstance(marks, TopMarks) else {}
    if cutout.gaps is not None:
        cutout = replace(cutout, rgb=painted(cutout.rgb, cutout.mask, cutout.gaps))
    return Garment(photo, cutout, found.kind, found.shape, marks, found.doubt, necks)


def _outline(cutout: Cutout) -> Silhouette:
    """Raises ValueError as `silhouette.measure` does."""
    return replace(silhouette.measure(cutout.mask), daylight=cutout.gaps)


def _is_plain(cutout: Cutout, picture: Picture) -> bool:
    """Whether its backdrop told where it ends, and no prior was asked."""
    return picture.alpha is None and cutout.agreed == 1.0


def _by_prior(
    cutout: Cutout, found: Reading, picture: Picture, given: str, likely: Likely
) -> tuple[Cutout, Reading]:
    """Cut out once more where a prior expects it; both as given where there is none, or it is doubted again.

    What is of the backdrop's colour in part, or throws a shadow on it, ends elsewhere than a plain one says.
    """
    prior = learned_prior.installed()
    if prior is None:
        return cutout, found
    other = lumps.without(upright(cut_out_by(picture, prior)))
    if found.doubt == flat_lay_check.CUT_OFF:
        other = _kept_to(cutout, other)
    try:
        read = read_likely(other, _outline(other), given, likely)
    except ValueError:
        return cutout, found
    return (cutout, found) if read.doubt else bared(other, read, given, likely)


def _kept_to(plain: Cutout, other: Cutout) -> Cutout:
    """Without what the plain backdrop said to be none, where the garment differs much from it.

    Nothing is wrong with an outline that only reaches the picture's edge, and a prior fills the gap between
    two legs, which was worn as cloth.
    """
    if plain.contrast < flat_lay_check.CLEAR or plain.mask.shape != other.mask.shape:
        return other
    beyond = other.mask & ~plain.mask
    alpha = made_transparent(other.alpha, beyond)
    return replace(other, alpha=alpha, mask=main_pieces(other.mask & ~beyond))


def bared(cutout: Cutout, found: Reading, given: str, likely: Likely) -> tuple[Cutout, Reading]:
    """Without what is no cloth, and read again; both as given where that is no gain."""
    bare, certain = _without_others(cutout, found, likely)
    if bare is cutout:
        return cutout, found
    try:
        other = read_likely(bare, _outline(bare), given, likely)
    except ValueError:
        return cutout, found
    is_gain = not other.doubt and (bool(found.doubt) or _like(other) == _like(found))
    if is_gain and not found.doubt and _is_mistaken((cutout, found), (bare, other), certain=certain):
        return cutout, found
    return (bare, other) if is_gain else (cutout, found)


def _is_mistaken(before: tuple[Cutout, Reading], after: tuple[Cutout, Reading], *, certain: bool) -> bool:
    """Whether a collar was taken off; or, with what certainly was no cloth, the shoulders."""
    if not certain:
        return _loses_collar(before, after)
    held = [isinstance(found.marks, TopMarks) and found.marks.off_shoulder for _, found in (before, after)]
    return held[1] and not held[0]


def _loses_collar(before: tuple[Cutout, Reading], after: tuple[Cutout, Reading]) -> bool:
    """Whether a look finds a collar before, and none after."""
    necks = [
        learned_neck.seen(cutout, found.shape, found.marks) if isinstance(found.marks, TopMarks) else {}
        for cutout, found in (before, after)
    ]
    return is_collar(necks[0]) and lies_flat(necks[1])


def _without_others(cutout: Cutout, found: Reading, likely: Likely) -> tuple[Cutout, bool]:
    """Without what is no cloth, and what trousers and skirts hang by; and whether some certainly was none."""
    is_hung = found.doubt == guessed.UNTOLD and likely.kind in BOTTOMS  # a bar as wide as the waist it holds
    bare, certain = not_cloth.taken_off(cutout) if is_hung or found.doubt in MENDED else (cutout, False)
    if VENDOR_TYPE[found.kind] != "bottoms" and not (found.doubt and likely.is_bottom):
        return bare, certain
    return hung_by_clips.without(bare, hung=bare is not cutout and not found.doubt), certain


def _like(found: Reading) -> tuple[Kind, bool, bool]:
    """Its kind, whether it has sleeves, and whether they are long."""
    if not isinstance(found.marks, TopMarks):
        return found.kind, False, False
    return found.kind, bool(found.marks.sleeves), laid_sleeves.are_long(found.marks)


def recognise_given(given: str) -> Kind:
    """The kind where nothing can be seen: what the caller said, or else a top."""
    return {"bottoms": Kind.TROUSERS, "dresses": Kind.DRESS}.get(given, Kind.TOP)


def _print(picture: Picture) -> Floats:
    whole = on_white(picture)
    share = min(1.0, PRINT / max(whole.shape[:2]))
    return resize(whole, (max(1, round(whole.shape[1] * share)), max(1, round(whole.shape[0] * share))))
