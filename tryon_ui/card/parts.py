"""What a job card is made of, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What a button on a card or a row asks for. The last four never leave the browser."""

    STOP = "stop"
    WATCH = "watch"
    REFINE = "refine"
    ZIP = "zip"
    AGAIN = "again"
    ASK = "ask"
    ADOPT = "adopt"
    JOBS = "jobs"
    DELETE = "delete"
    OPEN = "open"
    RENAME = "rename"
    PIN = "pin"
    UNPIN = "unpin"
    COMPARE = "compare"
    SAVE = "save"
    CHANGE = "change"
    KEY = "key"
    SAME_GARMENT = "same-garment"
    SAME_MODEL = "same-model"


@dataclass(frozen=True, slots=True)
class Button:
    """One button. `href` makes it a link that saves a file; `identity` is its id on the page; `door` is the
    vendor whose panel it opens."""

    act: Act
    label: str
    primary: bool = False
    href: str = ""
    identity: str = ""
    door: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    mark: str  # done, now, bad or todo
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One place in the row of pictures. Without `full` it is still waited for. `thumb` is for the row, `view`
    and its `srcset` for the large place, `full` is the picture itself."""

    number: int
    alt: str
    live: bool = False
    thumb: str = ""
    view: str = ""
    srcset: str = ""
    full: str = ""
    save: str = ""
    title: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the pictures that can be laid side by side."""

    label: str
    full: str
    view: str


@dataclass(frozen=True, slots=True)
class Notice:
    tone: str  # bad or warn
    what: str
    todo: str
    charged: str  # empty where nobody asked for anything
    code: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """The pill in the head: the state in a word. `elapsed` seconds stand beside it, as they were when it was
    rendered; the browser counts on while `counting`."""

    tone: str  # run, ok, warn or bad
    word: str
    elapsed: float | None = None
    counting: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """A picture that went in, and what it is."""

    label: str
    picture: str
    person: bool = False


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """The pictures themselves, and what is shown of them."""

    before: str
    after: str
    before_view: str
    after_view: str


@dataclass(frozen=True, slots=True)
class Silence:
    """The vendor does not answer: its name, and when it last did (Unix seconds)."""

    vendor: str
    since: float


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual time in words, what stands there once the job has taken `until` seconds."""

    words: str = ""
    then: str = ""
    until: float = 0.0


@dataclass(frozen=True, slots=True)
class Offer:
    """What stands above an earlier job that is shown in place of making the same once more; without a button
    where the card has one for that."""

    what: str
    button: str = ""


@dataclass(frozen=True, slots=True)
class CardView:
    """A whole card. An empty field is a part that is not shown. `heading` and `under` stand over the buttons
    while no picture is shown that has a title and a name of its own. While it `waits`, the facts that are to
    come have their rows already."""

    state: str
    title: str
    facts: tuple[str, ...] = ()
    job_id: str = ""
    address: str = ""
    badge: Badge | None = None
    steps: tuple[Step, ...] = ()
    say: str = ""
    notice: Notice | None = None
    tiles: tuple[Tile, ...] = ()
    wait: str = ""
    compare: tuple[Option, ...] = ()
    slider: BeforeAfter | None = None
    heading: str = ""
    under: str = ""
    usual: Usual = Usual()
    notes: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    next_ones: tuple[Button, ...] = ()
    asks_task_id: bool = False
    foot: str = ""
    silence: Silence | None = None
    origins: tuple[Origin, ...] = ()
    table: tuple[tuple[str, str], ...] = ()
    sent_at: float | None = None
    request_id: str = ""
    waits: bool = False
    offer: Offer | None = None
    lightbox: str = ""  # JSON, see `tryon_ui/card/lightbox.py`
