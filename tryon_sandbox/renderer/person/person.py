"""The person in a visitor's photo, found and measured, or where there is any doubt what is in doubt."""

from dataclasses import dataclass

from tryon_sandbox.renderer.person import body as person_body
from tryon_sandbox.renderer.person import cut as person_cut
from tryon_sandbox.renderer.person import dressable as person_trust
from tryon_sandbox.renderer.person import marks as person_marks
from tryon_sandbox.renderer.person import skin as person_skin
from tryon_sandbox.renderer.raster import Floats
from tryon_sandbox.renderer.scene.body import Body

UNSEEN = "Nobody with bare arms that hang down can be made out in the person's photo."


@dataclass(frozen=True, slots=True)
class Person:
    """A person measured, and the photo with skin where a new neckline may show it."""

    body: Body
    picture: Floats


def find(photo: Floats) -> Person:
    """The person in a photo (height, width, 3). Raises `NotTrusted`.

    Trusted is somebody with bare arms that hang down, upright and facing the camera before a plain wall, seen
    from the crown to below the hips.
    """
    seen = person_cut.silhouette(photo)
    marks = person_marks.find(seen)
    if marks is None:
        raise person_trust.NotTrusted(UNSEEN)
    if why := person_trust.why_not(seen, marks):
        raise person_trust.NotTrusted(why)
    body = person_body.build(seen, marks, (photo.shape[1], photo.shape[0]))
    return Person(body, person_skin.bare_neck(photo, marks, body))
