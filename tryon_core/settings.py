"""Everything that is read from the environment or the .env file, once, into one frozen object."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from tryon_core.account import Account, AidgeKey, AilabKey, Key
from tryon_core.bucket_address import SETTING as BUCKET
from tryon_core.bucket_address import BucketAddress, bucket_address
from tryon_core.errors import InvalidRequest
from tryon_core.secret import Secret
from tryon_core.task import Vendor

AIDGE_BASE_URL = "https://api.aidc-ai.com/rest"  # vendor's sample code: keys of the global site
AILAB_BASE_URL = "https://www.ailabapi.com"  # AILab's API pages
SANDBOX_HOST = "sandbox.invalid"  # never resolves (RFC 6761): reached through the in-process transport only
SANDBOX_ORIGIN = f"http://{SANDBOX_HOST}"
SANDBOX_KEY, SANDBOX_SECRET = "sandbox", "sandbox-secret"
DEFAULT_PORT = 7860  # Gradio's own
LOOPBACK = ("127.0.0.1", "localhost", "::1", SANDBOX_HOST)
_DATABASE_FILE = "studio.sqlite"
_STATE_SECRET_FILE = ".state-secret"  # with a dot: file servers, the interface's too, refuse those
_YES, _NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


@dataclass(frozen=True, slots=True)
class AidgeSettings:
    """How Aidge is reached. Without a key this is the sandbox.

    `submits_per_minute` is what Aidge granted: 0 is any number, None what its page says (3 for pro).
    `vendor_url` is where a key that a visitor brings is good for.
    """

    base_url: str
    app_key: str
    app_secret: Secret
    trial: bool = False
    submits_per_minute: int | None = None
    vendor_url: str = AIDGE_BASE_URL

    @property
    def sandbox(self) -> bool:
        return self.app_key == SANDBOX_KEY and is_loopback(self.base_url)

    @property
    def key(self) -> AidgeKey:
        return AidgeKey(Secret(self.app_key), self.app_secret)


@dataclass(frozen=True, slots=True)
class AilabSettings:
    """How AILab is reached. Without a key this is the sandbox. `vendor_url` is for visitors' keys."""

    base_url: str
    api_key: Secret
    vendor_url: str = AILAB_BASE_URL

    @property
    def sandbox(self) -> bool:
        return self.api_key.reveal() == SANDBOX_KEY and is_loopback(self.base_url)

    @property
    def key(self) -> AilabKey:
        return AilabKey(self.api_key)


SANDBOX_AIDGE = AidgeSettings(f"{SANDBOX_ORIGIN}/rest", SANDBOX_KEY, Secret(SANDBOX_SECRET))
SANDBOX_AILAB = AilabSettings(SANDBOX_ORIGIN, Secret(SANDBOX_KEY))


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run. Secrets print as `***`.

    `state_secret` signs visitors' ids and hosted links; empty means that the studio makes one and keeps
    it in `data_dir`. `executor_id` tells replicas apart that share one database. `keep_days` and `keep_mb`
    limit how long and how much is kept; `daily_pictures` and `daily_pictures_per_visitor` how far the
    operator's keys are used; 0 is no limit. `bucket` is where uploads are put for Aidge to fetch, None for
    this app itself; `share` says that Gradio is to make a share link, whose address is known once it serves.
    `database_dir` is a disk for SQLite where the data folder is a mounted bucket: see `safekeeping`.
    """

    aidge: AidgeSettings
    ailab: AilabSettings
    public_url: str = ""
    data_dir: Path = Path("data")
    database_url: Secret = field(default_factory=lambda: Secret(""))
    auth: tuple[tuple[str, Secret], ...] = ()
    state_secret: Secret = field(default_factory=lambda: Secret(""))
    port: int = DEFAULT_PORT
    executor_id: str = "local"
    keep_days: float = 0.0
    keep_mb: float = 0.0
    daily_pictures: int = 0
    daily_pictures_per_visitor: int = 0
    bucket: BucketAddress | None = None
    share: bool = False
    database_dir: Path | None = None

    @classmethod
    def load(cls, env: Mapping[str, str]) -> Settings:
        """Reads the names listed in `.env.example`. Raises `InvalidRequest` that names the setting."""
        each = "TRYON_DAILY_PICTURES_PER_VISITOR"
        data_dir = Path(env.get("TRYON_DATA_DIR", "").strip() or "data").resolve()
        disk = env.get("TRYON_DATABASE_DIR", "").strip()
        return cls(
            aidge=_aidge(env),
            ailab=_ailab(env),
            public_url=_public_url(env),
            data_dir=data_dir,
            database_url=Secret(env.get("TRYON_DATABASE_URL", "").strip()),
            auth=_auth(env.get("TRYON_AUTH", "")),
            state_secret=Secret(env.get("TRYON_STATE_SECRET", "").strip()),
            port=_port(env.get("GRADIO_SERVER_PORT", "")),
            executor_id=env.get("DBOS__VMID", "").strip() or "local",
            keep_days=_amount("TRYON_KEEP_DAYS", env.get("TRYON_KEEP_DAYS", "")),
            keep_mb=_amount("TRYON_KEEP_MB", env.get("TRYON_KEEP_MB", "")),
            daily_pictures=_count("TRYON_DAILY_PICTURES", env.get("TRYON_DAILY_PICTURES", "")) or 0,
            daily_pictures_per_visitor=_count(each, env.get(each, "")) or 0,
            bucket=bucket_address(env.get(BUCKET, "")),
            share=env.get("GRADIO_SHARE", "").strip().lower() == "true",  # as Gradio reads it
            database_dir=Path(disk).resolve() if disk else None,
        )

    @property
    def is_public(self) -> bool:
        """Whether strangers can be expected: on a Space, behind a public address, by a share link."""
        return self.share or bool(self.public_url and not is_loopback(self.public_url))

    @property
    def open_to_visitors(self) -> bool:
        """Whether visitors may use the operator's keys. On a public host only as far as was said: with a
        login, or so many pictures a day in all. A number for each visitor bounds nothing: anyone can be many.
        """
        return not self.is_public or bool(self.auth) or self.daily_pictures > 0

    def has_sandbox(self, vendor: Vendor) -> bool:
        """Whether the operator has no key for a vendor."""
        return (self.aidge if vendor is Vendor.AIDGE else self.ailab).sandbox

    def base_url(self, account: Account) -> str:
        """Where an account's calls go."""
        operator = self.aidge if account.vendor is Vendor.AIDGE else self.ailab
        return operator.vendor_url if account.mark else self._way(account).base_url

    def key(self, account: Account) -> Key:
        """The operator's key, or the sandbox's. Visitors' keys are not settings."""
        return self._way(account).key

    def _way(self, account: Account) -> AidgeSettings | AilabSettings:
        """What was set, but for jobs of the sandbox beside a live key: these go to the one in process."""
        operator, in_process = (
            (self.aidge, SANDBOX_AIDGE) if account.vendor is Vendor.AIDGE else (self.ailab, SANDBOX_AILAB)
        )
        return operator if account.live or operator.sandbox else in_process

    @property
    def database(self) -> str:
        """The database's URL, password included: SQLite unless one was given."""
        return self.database_url.reveal() or f"sqlite:///{self.database_file}"

    @property
    def database_file(self) -> Path:
        """Where SQLite works: in the data folder, or beside it on a disk of its own."""
        return (self.database_dir or self.data_dir) / _DATABASE_FILE

    @property
    def database_copy(self) -> Path | None:
        """Where a copy of it is kept; None where SQLite works in the data folder, or is not used."""
        copy = self.data_dir / _DATABASE_FILE
        return None if self.database_url.reveal() or copy == self.database_file else copy


def is_loopback(url: str) -> bool:
    """Whether an address leads to this very machine, or to the sandbox in this very process."""
    return urlsplit(url).hostname in LOOPBACK


def kept_state_secret(settings: Settings) -> Secret:
    """The state secret: the one that was set, or one made once and kept in the data folder (mode 0600)."""
    if settings.state_secret.reveal():
        return settings.state_secret
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    path = settings.data_dir / _STATE_SECRET_FILE
    if not path.exists():
        _make_secret(path)
    return Secret(path.read_text().strip())


def _make_secret(path: Path) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")  # readable by its owner only
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(32))
    try:
        # A link never replaces: of two processes that start together, both take the first one's secret.
        path.hardlink_to(temporary)
    except FileExistsError:
        return
    except OSError:
        # A mounted bucket has no links to files that are not uploaded yet. There, one process has the folder.
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _aidge(env: Mapping[str, str]) -> AidgeSettings:
    trial = _flag("AIDGE_TRIAL", env.get("AIDGE_TRIAL", ""))
    granted = _count("AIDGE_SUBMITS_PER_MINUTE", env.get("AIDGE_SUBMITS_PER_MINUTE", ""))
    key = env.get("AIDGE_APP_KEY", "").strip()
    secret = env.get("AIDGE_APP_SECRET", "").strip()
    base_url = _url(env, "AIDGE_BASE_URL", AIDGE_BASE_URL)
    if not key and not secret:
        return replace(SANDBOX_AIDGE, trial=trial, submits_per_minute=granted, vendor_url=base_url)
    if not key or not secret:
        missing = "AIDGE_APP_SECRET" if key else "AIDGE_APP_KEY"
        raise InvalidRequest(missing, "nothing", "both AIDGE_APP_KEY and AIDGE_APP_SECRET, or neither")
    return AidgeSettings(base_url, key, Secret(secret), trial, granted, base_url)


def _ailab(env: Mapping[str, str]) -> AilabSettings:
    key = env.get("AILAB_API_KEY", "").strip()
    base_url = _url(env, "AILAB_BASE_URL", AILAB_BASE_URL)
    if not key:
        return replace(SANDBOX_AILAB, vendor_url=base_url)
    return AilabSettings(base_url, Secret(key), base_url)


def _url(env: Mapping[str, str], name: str, default: str = "") -> str:
    url = env.get(name, "").strip().rstrip("/") or default
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise InvalidRequest(name, url[:60], "an address that begins with http:// or https://")
    return url


def _public_url(env: Mapping[str, str]) -> str:
    """The set one, or on Hugging Face Spaces its host: the first of SPACE_HOST's list."""
    space = env.get("SPACE_HOST", "").split(",")[0].strip()
    return _url(env, "TRYON_PUBLIC_URL", f"https://{space}" if space else "")


def _auth(text: str) -> tuple[tuple[str, Secret], ...]:
    pairs = [pair.strip().partition(":") for pair in text.split(",") if pair.strip()]
    if any(not user or not password for user, _, password in pairs):
        raise InvalidRequest(
            "TRYON_AUTH", "a part without a name or a password", "user:password,user:password"
        )
    return tuple((user, Secret(password)) for user, _, password in pairs)


def _flag(name: str, text: str) -> bool:
    word = text.strip().lower()
    if word not in _YES + _NO:
        raise InvalidRequest(name, word[:20], "true or false")
    return word in _YES


def _amount(name: str, text: str) -> float:
    if not re.fullmatch(r"(\d{1,9}(\.\d+)?)?", text.strip()):
        raise InvalidRequest(name, text[:20], "a number, or nothing to keep everything")
    return float(text.strip() or 0)


def _count(name: str, text: str) -> int | None:
    if not re.fullmatch(r"[0-9]{0,6}", text.strip()):
        raise InvalidRequest(name, text[:20], "a whole number, 0 for any number, or nothing")
    return int(text) if text.strip() else None


def _port(text: str) -> int:
    if not text.strip():
        return DEFAULT_PORT
    if not text.strip().isdigit() or not 0 < int(text) < 65536:
        raise InvalidRequest("GRADIO_SERVER_PORT", text[:20], "a number from 1 to 65535")
    return int(text)
