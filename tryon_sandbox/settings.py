"""What can be set about the sandbox, and the credentials it accepts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

DAY_S = 24 * 60 * 60

AIDGE_APP_KEY = "sandbox"
"""The Aidge access-key name that the sandbox knows, unless others are set."""

AIDGE_APP_SECRET = "sandbox-secret"
"""The secret that signs Aidge calls to the sandbox. Public on purpose: it opens nothing but the sandbox."""

AILAB_API_KEY = "sandbox"
"""The AILab application key that the sandbox knows, unless others are set."""


class Vendor(StrEnum):
    """Whose service a task belongs to."""

    AIDGE = "aidge"
    AILAB = "ailab"


class Dialect(StrEnum):
    """A way of answering that differs from the vendor's own page but was documented or seen elsewhere.

    Aidge: `result_object` and `result_string` (`data.result` is an object, or a string that holds JSON; with
    neither, a caller who signs as the vendor's samples do gets an object, and one who signs as its SDK does a
    string), `task_id_in_data` (`data.taskId`, no `result`), `numeric_types` (numbers and booleans where the
    page's example has strings), `rescode` (the key's spelling in the query page's table), `image_list` (one
    sub-task for each suit, with all its pictures in one `imageList`), `failed_200` (a failed task has
    `resCode` 200 and only its status says so), `structdata` (query answers in the shape of the Hands & Feet
    service), `pascal` (the Alibaba Cloud edition's envelope), `error_response` (gateway errors wrapped in
    that key), `http_status` (being over the rate limit is HTTP 429).

    AILab: `v2` (no `error_code_str`, no `error_msg`), `v3` (only ids and `error_detail`), `data` (payload
    under `data`), `status3` (a failed task is HTTP 200 with status 3), `status2_failed` (a failed task is
    HTTP 200 with status 2 and `output.task_status` FAILED), `string_status` (`task_status` is a string).
    """

    RESULT_OBJECT = "result_object"
    RESULT_STRING = "result_string"
    TASK_ID_IN_DATA = "task_id_in_data"
    NUMERIC_TYPES = "numeric_types"
    RESCODE = "rescode"
    IMAGE_LIST = "image_list"
    FAILED_200 = "failed_200"
    STRUCTDATA = "structdata"
    PASCAL = "pascal"
    ERROR_RESPONSE = "error_response"
    HTTP_STATUS = "http_status"
    V2 = "v2"
    V3 = "v3"
    DATA = "data"
    STATUS3 = "status3"
    STATUS2_FAILED = "status2_failed"
    STRING_STATUS = "string_status"

    @property
    def vendor(self) -> Vendor:
        """Whose dialect it is."""
        return Vendor.AILAB if self in _AILAB else Vendor.AIDGE


_AILAB = frozenset(
    {
        Dialect.V2,
        Dialect.V3,
        Dialect.DATA,
        Dialect.STATUS3,
        Dialect.STATUS2_FAILED,
        Dialect.STRING_STATUS,
    }
)
Dialects = frozenset[Dialect]


@dataclass(frozen=True, slots=True)
class Timing:
    """How long the vendors pretend to take.

    `queue_s`: seconds before a task starts. `per_image_s`: seconds for each picture, one after the other.
    `jitter`: each picture takes up to this share more or less (0.2 is ±20 %). A picture is ready when this
    schedule says so and its rendering is done, whichever is later.
    """

    queue_s: float = 1.0
    per_image_s: float = 1.2
    jitter: float = 0.2

    def __post_init__(self) -> None:
        if self.queue_s < 0 or self.per_image_s < 0 or not 0 <= self.jitter <= 1:
            raise ValueError("queue_s and per_image_s cannot be negative, and jitter is between 0 and 1")


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """Everything that can be set; what a vendor's page says is the default, the rest is marked.

    `queue_s`, `per_image_s`, `jitter`: see `Timing`; short, so that a demonstration moves.
    `timestamp_window_s`: how far an Aidge timestamp may be off, seconds (not documented for Aidge; 7200 is
    what its sibling gateway documents). `link_ttl_s`, `task_ttl_s`: how long a result link and a task live,
    seconds (AILab's page: 24 hours; Aidge says nothing). `trial_quota`: Aidge calls with the trial header.
    `purchased_calls`: Aidge calls without it. `credits`: AILab balance, of which a refinement takes 25.
    `submits_per_minute`: Aidge submits in any 60 seconds, 0 for no limit (newer pages: 3 for pro).
    `dialects`: see `Dialect`; any number at once. `aidge_keys`: the access keys it knows, each with its
    secret. `ailab_keys`: the application keys it knows. All share one account.
    """

    queue_s: float = 1.0
    per_image_s: float = 1.2
    jitter: float = 0.2
    timestamp_window_s: int = 7200
    link_ttl_s: int = DAY_S
    task_ttl_s: int = DAY_S
    trial_quota: int = 1_000
    purchased_calls: int = 100_000
    credits: int = 100_000
    submits_per_minute: int = 0
    dialects: frozenset[Dialect] = frozenset()
    aidge_keys: Mapping[str, str] = field(
        default_factory=lambda: {AIDGE_APP_KEY: AIDGE_APP_SECRET}, repr=False
    )
    ailab_keys: frozenset[str] = field(default=frozenset({AILAB_API_KEY}), repr=False)

    def __post_init__(self) -> None:
        if unknown := self.dialects - set(Dialect):
            raise ValueError(f"unknown dialects: {', '.join(sorted(unknown))}")
        if min(self.link_ttl_s, self.task_ttl_s, self.timestamp_window_s) <= 0:
            raise ValueError("link_ttl_s, task_ttl_s and timestamp_window_s are more than 0")

    @property
    def timing(self) -> Timing:
        """The schedule a new sandbox starts with."""
        return Timing(self.queue_s, self.per_image_s, self.jitter)
