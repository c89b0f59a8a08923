"""The settings by their names in the environment and in the .env file, each with its kind and its limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from pydantic import BeforeValidator, ValidationError, ValidationInfo, create_model, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from tryon_core.configuration.bucket_address import BucketAddress, bucket_address
from tryon_core.errors import InvalidRequest, rule
from tryon_core.secret import Secret
from tryon_core.sentences import said
from tryon_core.vendors.registry import vendors
from tryon_core.vendors.spec import VendorSpec

DEFAULT_PORT = 7860  # Gradio's own
_SERVERS, _FILE = ("postgresql", "postgres"), "sqlite"
_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


def _url(text: str, info: ValidationInfo) -> str:
    url = text.rstrip("/")
    if not url:
        return ""
    parts = urlsplit(url)
    if "@" in parts.netloc:  # it is logged and shown, so it is not repeated either
        raise _wrong(info, said("setting.login_in_address"), "url")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _wrong(info, url[:60], "url")
    return url


def _flag(text: str, info: ValidationInfo) -> bool:
    word = text.lower()
    if word not in _YES + _NO:
        raise _wrong(info, word[:20], "flag")
    return word in _YES


def _amount(text: str, info: ValidationInfo) -> float:
    if not re.fullmatch(r"\d{1,9}(\.\d+)?", text):
        raise _wrong(info, text[:20], "amount")
    return float(text)


def _count(text: str, info: ValidationInfo) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise _wrong(info, text[:20], "count")
    return int(text)


def _as_gradio_reads_it(text: str) -> bool:
    return text.lower() == "true"


def _port(text: str, info: ValidationInfo) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise _wrong(info, text[:20], "port")
    return int(text)


def _logins(text: str, info: ValidationInfo) -> tuple[tuple[str, Secret], ...]:
    pairs = [pair.strip().partition(":") for pair in text.split(",") if pair.strip()]
    if any(not user or not password for user, _, password in pairs):
        raise _wrong(info, said("setting.nameless_login"), "logins")
    return tuple((user, Secret(password)) for user, _, password in pairs)


def _database(text: str, info: ValidationInfo) -> Secret:
    scheme, colon, rest = text.partition("://")
    address = f"{scheme.lower()}{colon}{rest}"
    try:
        url = sa.make_url(address)
    except (sa.exc.ArgumentError, ValueError):  # whose texts repeat it
        url = None
    if url is None or "@" in (url.host or ""):  # of a password that is not written for a URL
        raise _wrong(info, said("setting.no_address"), "database")
    if url.get_backend_name() not in _SERVERS and not (url.drivername == _FILE and url.database):
        raise _wrong(info, said("setting.other_database"), "database")
    return Secret(address)


def _wrong(info: ValidationInfo, found: str, limit: str) -> InvalidRequest:
    return InvalidRequest(info.field_name or "", found, said(f"setting.limit.{limit}"))


Url = Annotated[str, BeforeValidator(_url)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Amount = Annotated[float, BeforeValidator(_amount)]
Count = Annotated[int, BeforeValidator(_count)]


class Environment(BaseSettings):
    """The settings that belong to no vendor. What is empty counts as not set.

    What is wrong is an `InvalidRequest` in our words, which pydantic lets through as it is.
    """

    model_config = SettingsConfigDict(
        case_sensitive=True, extra="ignore", arbitrary_types_allowed=True, validate_default=False
    )

    TRYON_PUBLIC_URL: Url = ""
    SPACE_HOST: str = ""  # Hugging Face Spaces' own: its hosts, the first of which is the usual one
    TRYON_DATA_DIR: Path = Path("data")
    TRYON_DATABASE_DIR: Path | None = None
    TRYON_DATABASE_URL: Annotated[Secret, BeforeValidator(_database)] = Secret("")
    TRYON_AUTH: Annotated[tuple[tuple[str, Secret], ...], NoDecode, BeforeValidator(_logins)] = ()
    TRYON_STATE_SECRET: Secret = Secret("")
    TRYON_KEEP_DAYS: Amount = 0.0
    TRYON_KEEP_MB: Amount = 0.0
    TRYON_DAILY_PICTURES: Count = 0
    TRYON_DAILY_PICTURES_PER_VISITOR: Count = 0
    TRYON_COLLECTION_ASK_OVER: Count = 24
    TRYON_DEBUG: Flag = False
    TRYON_BUCKET_URL: Annotated[BucketAddress | None, NoDecode, BeforeValidator(bucket_address)] = None
    GRADIO_SERVER_PORT: Annotated[int, BeforeValidator(_port)] = DEFAULT_PORT
    GRADIO_SHARE: Annotated[bool, BeforeValidator(_as_gradio_reads_it)] = False
    GRADIO_MCP_SERVER: Annotated[bool, BeforeValidator(_as_gradio_reads_it)] = True
    DBOS__VMID: str = "local"

    @model_validator(mode="before")
    @classmethod
    def _without_what_is_empty(cls, given: Any) -> Any:
        stripped = {name: text.strip() if isinstance(text, str) else text for name, text in given.items()}
        return {name: text for name, text in stripped.items() if text != ""}


class _Given(Environment):
    """The same from a mapping alone, whatever this process's environment says."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


@cache  # making a model takes longer than reading the settings by it
def _with(fields: tuple[tuple[str, Any], ...], base: type[Environment]) -> type[Environment]:
    return create_model("VendorsEnvironment", __base__=base, **dict(fields))


def _of(spec: VendorSpec) -> dict[str, Any]:
    parts: dict[str, Any] = {part.setting: (Secret, Secret("")) for part in spec.credentials}
    trial = {name: (Flag, False) for name in (spec.trial_setting,) if name}
    submits = {name: (Count | None, None) for name in (spec.submits_setting,) if name}
    suits = {name: (Count, spec.suits_per_request) for name in (spec.suits_setting,) if name}
    return parts | {spec.base_url_setting: (Url, spec.base_url)} | trial | submits | suits


def read_environment(env: Mapping[str, str] | None = None, file: Path | None = None) -> Environment:
    """The settings of `env`, or of this process's environment with a .env file behind it; those of the
    vendors that there are among them. Raises `InvalidRequest` that names the setting."""
    fields = tuple(field for spec in vendors() for field in _of(spec).items())
    model = _with(fields, Environment if env is None else _Given)
    # Windows' editor begins a file with a mark.
    behind = {"_env_file": file, "_env_file_encoding": "utf-8-sig"}
    given: dict[str, Any] = behind if env is None else dict(env)
    try:
        return model(**given)
    except UnicodeDecodeError:
        raise InvalidRequest(*rule("env_file", str(file))) from None
    except ValidationError as error:  # its text repeats what was found, which may be a secret
        field = str(error.errors()[0]["loc"][0])
        raise InvalidRequest(*rule("setting", field)) from None
