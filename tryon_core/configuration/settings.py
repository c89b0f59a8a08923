"""Everything that is read from the environment or the .env file, once, into one frozen object."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tryon_core.account import Account, Login
from tryon_core.configuration.bucket_address import BucketAddress
from tryon_core.configuration.environment import DEFAULT_PORT, Environment, read_environment
from tryon_core.disk import make_folder, told_by_kind
from tryon_core.errors import InvalidRequest, rule
from tryon_core.secret import Secret
from tryon_core.vendors.registry import UnknownVendor, vendors
from tryon_core.vendors.spec import SANDBOX_HOST, VendorSpec

LOOPBACK = ("127.0.0.1", "localhost", "::1", SANDBOX_HOST)
_DATABASE_FILE = "studio.sqlite"
SPENDING_FILE = ".spending.json"
_STATE_SECRET_FILE = ".state-secret"  # with a dot: file servers, the interface's too, refuse those


@dataclass(frozen=True, slots=True)
class VendorSettings:
    """How one vendor is reached. Without `credentials` it is the sandbox, in this process.

    `submits_per_minute` is what the vendor granted: 0 is any number, None what its page says.
    `suits_per_request` is how many garments on one model go out together where submits are few.
    """

    spec: VendorSpec
    base_url: str
    credentials: Mapping[str, Secret] = field(default_factory=dict)
    trial: bool = False
    submits_per_minute: int | None = None
    suits_per_request: int = 1

    @property
    def sandbox(self) -> bool:
        """Whether this is no key of the vendor's: none, or that of a sandbox on this machine."""
        first = self.spec.credentials[0]
        if not self.credentials:
            return True
        return self.credentials[first.field].reveal() == first.sandbox and is_loopback(self.base_url)

    @property
    def sandbox_url(self) -> str:
        """Where the sandbox in this process answers as this vendor; "" where it does not know it."""
        return "" if self.spec.sandbox_path is None else f"http://{SANDBOX_HOST}{self.spec.sandbox_path}"

    def with_own(self, account: Account) -> bool:
        """Whether an account's calls go out with these credentials. Jobs of the sandbox beside a live key go
        to the one in this process."""
        return bool(self.credentials) and (account.live or self.sandbox)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run. Secrets print as `**********`.

    `state_secret` signs visitors' ids and hosted links; empty means that the studio makes one and keeps
    it in `data_dir`. `port` is where the app listens, 0 where it serves nothing. `executor_id` tells
    replicas apart that share one database. `keep_days` and `keep_mb`
    limit how long and how much is kept; `daily_pictures` and `daily_pictures_per_visitor` how far the
    operator's keys are used; 0 is no limit. More jobs in one collection than `collection_ask_over` have to be
    confirmed; 0 is any number. `bucket` is where uploads are put to be fetched, None for
    this app itself; `share` says that Gradio is to make a share link, whose address is known once it serves;
    `tools` that agents are served too, where what that needs is installed.
    `database_dir` is a disk for SQLite where the data folder is a mounted bucket: see `sqlite_backup`.
    `debug` logs all that we do, exceptions with their messages.
    """

    vendors: Mapping[str, VendorSettings]
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
    collection_ask_over: int = 0
    bucket: BucketAddress | None = None
    share: bool = False
    tools: bool = True
    database_dir: Path | None = None
    debug: bool = False

    @classmethod
    def load(cls, env: Mapping[str, str] | None = None, file: Path | None = None) -> Settings:
        """Reads the names listed in `.env.example` from `env`, or else from this process's environment and
        behind it from a .env file. Raises `InvalidRequest` that names the setting."""
        read = read_environment(env, file)
        space = read.SPACE_HOST.split(",")[0].strip()
        disk = read.TRYON_DATABASE_DIR
        return cls(
            vendors={spec.id: _vendor(spec, read) for spec in vendors()},
            public_url=read.TRYON_PUBLIC_URL or (f"https://{space}" if space else ""),
            data_dir=read.TRYON_DATA_DIR.expanduser().resolve(),
            database_url=read.TRYON_DATABASE_URL,
            auth=read.TRYON_AUTH,
            state_secret=read.TRYON_STATE_SECRET,
            port=read.GRADIO_SERVER_PORT,
            executor_id=read.DBOS__VMID,
            keep_days=read.TRYON_KEEP_DAYS,
            keep_mb=read.TRYON_KEEP_MB,
            daily_pictures=read.TRYON_DAILY_PICTURES,
            daily_pictures_per_visitor=read.TRYON_DAILY_PICTURES_PER_VISITOR,
            collection_ask_over=read.TRYON_COLLECTION_ASK_OVER,
            bucket=read.TRYON_BUCKET_URL,
            share=read.GRADIO_SHARE,
            tools=read.GRADIO_MCP_SERVER,
            database_dir=disk.expanduser().resolve() if disk else None,
            debug=read.TRYON_DEBUG,
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

    def of(self, vendor_id: str) -> VendorSettings:
        """Those of one vendor. Raises `UnknownVendor`."""
        if vendor_id not in self.vendors:
            raise UnknownVendor(vendor_id)
        return self.vendors[vendor_id]

    def login(self, account: Account) -> Login | None:
        """What an account's calls go out with: the operator's key, or the sandbox's. Visitors' keys are not
        settings. None where there is neither."""
        mine = self.of(account.vendor)
        if mine.with_own(account):
            return Login(mine.base_url, mine.credentials)
        key = {part.field: Secret(part.sandbox) for part in mine.spec.credentials}
        return Login(mine.sandbox_url, key) if mine.sandbox_url else None

    def base_url(self, account: Account) -> str:
        """Where an account's calls go."""
        mine = self.of(account.vendor)
        own = bool(account.mark) or mine.with_own(account)
        return mine.base_url if own else mine.sandbox_url or mine.base_url

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

    @property
    def spending_file(self) -> Path:
        """Where the last days' spending outlives the database: who puts an older one in its place, a file's
        copy or a server's dump, puts back nothing that was spent."""
        return self.data_dir / SPENDING_FILE


def is_loopback(url: str) -> bool:
    """Whether an address leads to this very machine, or to the sandbox in this very process."""
    return urlsplit(url).hostname in LOOPBACK


def kept_state_secret(settings: Settings) -> Secret:
    """The state secret: the one that was set, or one made once and kept in the data folder (mode 0600).

    Raises a `StorageFault` where that cannot be.
    """
    if settings.state_secret.reveal():
        return settings.state_secret
    path = settings.data_dir / _STATE_SECRET_FILE
    make_folder(path.parent)
    with told_by_kind():
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


def _vendor(spec: VendorSpec, read: Environment) -> VendorSettings:
    given: dict[str, Secret] = {part.setting: getattr(read, part.setting) for part in spec.credentials}
    missing = [setting for setting, secret in given.items() if not secret]
    if missing and any(given.values()):
        raise InvalidRequest(*rule("half_a_key", missing[0], names=tuple(given)))
    for part in spec.credentials:
        if not part.takes(secret := given[part.setting].reveal()):
            raise InvalidRequest(*rule("odd_key", part.setting, length=len(secret)))
    return VendorSettings(
        spec,
        base_url=getattr(read, spec.base_url_setting),
        credentials={} if missing else {part.field: given[part.setting] for part in spec.credentials},
        trial=bool(spec.trial_setting) and getattr(read, spec.trial_setting),
        submits_per_minute=getattr(read, spec.submits_setting) if spec.submits_setting else None,
        suits_per_request=max(getattr(read, spec.suits_setting, spec.suits_per_request), 1),
    )
