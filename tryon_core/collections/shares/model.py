"""What a share of a collection is to its owner, and to those who have its link: frozen facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Final

from tryon_core.errors import InvalidRequest, TryOnError, problem, rule
from tryon_core.requests.request import check_fields
from tryon_core.secret import Secret
from tryon_core.sentences import said

DAYS, MOST_DAYS = 14, 365  # how long a link is open: unless said otherwise, and at most
LONGEST_TITLE, LONGEST_LEAD, LONGEST_PERSON, LONGEST_WORD = 120, 400, 60, 500  # characters
SHORTEST_PASSWORD, LONGEST_PASSWORD = 4, 200
MOST_PICTURES = 400
MOST_REVIEWERS = 200  # names under one link
MOST_SHARES = 100  # of one collection


class Verdict(StrEnum):
    """What somebody who has the link says of a picture."""

    YES = "yes"
    NO = "no"


class Unsaid(Enum):
    """Stands for the part of an answer that was not given now: it stays as it was."""

    UNSAID = "unsaid"


UNSAID: Final = Unsaid.UNSAID


@dataclass(frozen=True, slots=True)
class NewShare:
    """What is to be shown under a link: `pictures` by job id and file name, all of the collection where none
    is named, refined ones in place of their firsts; they are shown in the order of its garments and models.
    `shared_by` is told to whoever has the link, before a password too; `shared_with` to its owner alone.
    Without a title it is the collection's name; where that only lists the garments, those that are shown.
    `days` from now the link ends."""

    pictures: tuple[tuple[str, str], ...] = ()
    title: str = ""
    lead: str = ""
    shared_by: str = ""
    shared_with: str = ""
    days: int = DAYS
    votes: bool = True
    password: Secret = field(default_factory=lambda: Secret(""))

    def __post_init__(self) -> None:
        check_fields(self)
        names = dict.fromkeys(("shared_by", "shared_with"), LONGEST_PERSON)
        lengths = {"title": LONGEST_TITLE, "lead": LONGEST_LEAD, **names}
        for name, most in lengths.items():
            check_length(name, getattr(self, name), most)
        if not 1 <= self.days <= MOST_DAYS:
            raise InvalidRequest(*rule("share_days", found=self.days, most=MOST_DAYS))
        length = len(self.password.reveal())
        if length and not SHORTEST_PASSWORD <= length <= LONGEST_PASSWORD:
            least, most = SHORTEST_PASSWORD, LONGEST_PASSWORD
            raise InvalidRequest(*rule("share_password", found=length, least=least, most=most))


def check_length(name: str, text: str, most: int) -> None:
    """Raises `InvalidRequest` for a text of a share that is too long; the text is not repeated."""
    if len(text) > most:
        raise InvalidRequest(*rule("share_long", said(f"share.{name}"), found=len(text), most=most))


@dataclass(frozen=True, slots=True)
class Share:
    """A link as its owner sees it. `token` is what stands in its address; whoever has that has the pictures.
    `opened` counts how often people opened it, previews of messengers apart. Times are Unix seconds."""

    id: str
    token: str
    collection_id: str
    title: str
    pictures: int
    votes: bool
    has_password: bool
    created_at: float
    ends_at: float
    revoked_at: float | None
    opened: int
    last_opened_at: float | None
    shared_by: str = ""
    shared_with: str = ""

    def is_open(self, now: float) -> bool:
        """Whether the link shows anything."""
        return self.revoked_at is None and now < self.ends_at


@dataclass(frozen=True, slots=True)
class Vote:
    """What one person said of one picture under one link: `verdict`, a `word`, or both. `shared_with` is whom
    the link was made for."""

    share_id: str
    reviewer: str
    job_id: str
    picture: str
    verdict: Verdict | None
    word: str
    changed_at: float
    shared_with: str = ""


@dataclass(frozen=True, slots=True)
class SharedPicture:
    """A picture under a link, by its number from 1 on, with what the one who looks has said of it. Sizes are
    in pixels."""

    number: int
    model: str
    width: int
    height: int
    verdict: Verdict | None = None
    word: str = ""


@dataclass(frozen=True, slots=True)
class SharedGarment:
    """A garment under a link; `photos` are the numbers of its own pictures that can be shown, by its `id`: an
    outfit has two."""

    id: str
    name: str
    article: str
    photos: tuple[int, ...]
    pictures: tuple[SharedPicture, ...]


@dataclass(frozen=True, slots=True)
class SharedPage:
    """What somebody who has the link sees. `reviewer` is the name that they typed."""

    title: str
    lead: str
    shared_by: str
    created_at: float
    ends_at: float
    votes: bool
    garments: tuple[SharedGarment, ...]
    reviewer: str = ""

    @property
    def pictures(self) -> tuple[SharedPicture, ...]:
        """All pictures in the order shown."""
        return tuple(picture for garment in self.garments for picture in garment.pictures)

    @property
    def left(self) -> int:
        """How many pictures wait for a yes or a no of the one who looks."""
        return sum(picture.verdict is None for picture in self.pictures)


class ShareNotFound(TryOnError):
    """There is no such link, or no such share of the visitor's."""

    def __init__(self) -> None:
        super().__init__(problem("no_such_share"))


class ShareEnded(TryOnError):
    """The link was open until `ends_at`."""

    def __init__(self, ends_at: float) -> None:
        super().__init__(problem("share_ended"))
        self.ends_at = ends_at


class ShareRevoked(TryOnError):
    """The owner has closed the link."""

    def __init__(self) -> None:
        super().__init__(problem("share_revoked"))


class PasswordNeeded(TryOnError):
    """The link shows nothing without its password, but `shared_by`: who asks has `left` tries left,
    or none for `wait_s`."""

    def __init__(
        self, left: int = 0, wait_s: float = 0.0, *, wrong: bool = False, shared_by: str = ""
    ) -> None:
        super().__init__(problem("share_password"))
        self.left, self.wait_s, self.wrong, self.shared_by = left, wait_s, wrong, shared_by
