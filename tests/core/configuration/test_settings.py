"""What is read from the environment, and what never shows."""

from __future__ import annotations

import errno
import stat
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from tryon_core import InvalidRequest, Settings
from tryon_core.account import Account
from tryon_core.configuration.environment import read_environment
from tryon_core.configuration.settings import is_loopback, kept_state_secret
from tryon_core.errors import ReadOnly

LIVE = {"AIDGE_APP_KEY": "512345", "AIDGE_APP_SECRET": "aidge-secret", "AILAB_API_KEY": "ailab-secret"}


def test_without_keys_both_vendors_are_the_sandbox() -> None:
    chosen = Settings.load({})
    assert chosen.vendors["aidge"].sandbox and chosen.vendors["ailab"].sandbox
    assert chosen.base_url(Account("aidge", live=False)) == "http://sandbox.invalid/rest"
    assert chosen.base_url(Account("ailab", live=False)) == "http://sandbox.invalid"


def test_with_keys_both_are_live_at_their_own_addresses() -> None:
    chosen = Settings.load(LIVE)
    assert not chosen.vendors["aidge"].sandbox and not chosen.vendors["ailab"].sandbox
    assert chosen.vendors["aidge"].base_url == "https://api.aidc-ai.com/rest"
    assert chosen.vendors["ailab"].base_url == "https://www.ailabapi.com"


def test_each_vendor_stands_by_itself() -> None:
    chosen = Settings.load({"AILAB_API_KEY": "ailab-secret"})
    assert chosen.vendors["aidge"].sandbox and not chosen.vendors["ailab"].sandbox


def test_a_sandbox_server_on_this_machine_is_the_sandbox() -> None:
    base = "http://127.0.0.1:8400"
    env = {
        "AIDGE_APP_KEY": "sandbox",
        "AIDGE_APP_SECRET": "sandbox-secret",
        "AIDGE_BASE_URL": f"{base}/rest/",
    }
    chosen = Settings.load({**env, "AILAB_API_KEY": "sandbox", "AILAB_BASE_URL": base})
    assert chosen.vendors["aidge"].sandbox and chosen.vendors["ailab"].sandbox
    assert chosen.vendors["aidge"].base_url == f"{base}/rest"


def test_secrets_never_show() -> None:
    env = {**LIVE, "TRYON_STATE_SECRET": "state-secret", "TRYON_AUTH": "ann:her-password"}
    chosen = Settings.load({**env, "TRYON_DATABASE_URL": "postgresql://u:db-password@h/d"})
    shown = f"{chosen!r} {chosen} {chosen.auth}"
    assert "***" in shown and chosen.vendors["aidge"].credentials["app_secret"].reveal() == "aidge-secret"
    for secret in ("aidge-secret", "ailab-secret", "state-secret", "her-password", "db-password"):
        assert secret not in shown


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings.load({}).port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("env", "name"),
    [
        ({"AIDGE_APP_KEY": "512345"}, "AIDGE_APP_SECRET"),
        ({"AIDGE_APP_SECRET": "s"}, "AIDGE_APP_KEY"),
        ({**LIVE, "AIDGE_BASE_URL": "api.aidc-ai.com"}, "AIDGE_BASE_URL"),
        ({"TRYON_PUBLIC_URL": "ftp://x"}, "TRYON_PUBLIC_URL"),
        ({"AIDGE_TRIAL": "perhaps"}, "AIDGE_TRIAL"),
        ({"TRYON_AUTH": "ann"}, "TRYON_AUTH"),
        ({"GRADIO_SERVER_PORT": "many"}, "GRADIO_SERVER_PORT"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(env: dict[str, str], name: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        Settings.load(env)
    assert refused.value.field == name


@pytest.mark.parametrize(
    ("env", "url"),
    [
        ({}, ""),
        ({"TRYON_PUBLIC_URL": "https://a.test/"}, "https://a.test"),
        ({"SPACE_HOST": "me-studio.hf.space,my.domain"}, "https://me-studio.hf.space"),
        ({"SPACE_HOST": "me.hf.space", "TRYON_PUBLIC_URL": "https://a.test"}, "https://a.test"),
    ],
)
def test_the_public_address_is_the_set_one_or_the_spaces_own(env: dict[str, str], url: str) -> None:
    assert Settings.load(env).public_url == url


def test_trial_auth_and_port_are_read() -> None:
    env = {"AIDGE_TRIAL": "True", "TRYON_AUTH": "ann:a:b, ben:c", "GRADIO_SERVER_PORT": "8000"}
    chosen = Settings.load(env)
    assert chosen.vendors["aidge"].trial and chosen.port == 8000
    assert [(user, password.reveal()) for user, password in chosen.auth] == [("ann", "a:b"), ("ben", "c")]


def test_the_database_is_in_the_data_folder_unless_told_otherwise(tmp_path: Path) -> None:
    assert Settings.load({"TRYON_DATA_DIR": str(tmp_path)}).database == f"sqlite:///{tmp_path}/studio.sqlite"
    assert Settings.load({"TRYON_DATABASE_URL": "sqlite:////x"}).database == "sqlite:////x"


def test_the_state_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    chosen = Settings.load({"TRYON_DATA_DIR": str(tmp_path / "data")})
    first, second = kept_state_secret(chosen), kept_state_secret(chosen)
    assert first == second and len(first.reveal()) >= 32
    assert stat.S_IMODE((tmp_path / "data" / ".state-secret").stat().st_mode) == 0o600


@pytest.mark.parametrize("place", ["a file", "a file/below", "/proc/x", "x" * 300])
def test_a_data_folder_that_cannot_be_made_is_said_to_be_none_that_can_be_written_to(
    tmp_path: Path, place: str
) -> None:
    (tmp_path / "a file").touch()
    with pytest.raises(ReadOnly):
        kept_state_secret(Settings.load({"TRYON_DATA_DIR": str(tmp_path / place)}))


def test_the_state_secret_is_made_where_files_cannot_be_linked_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlinkable(_self: Path, _target: str) -> None:
        raise OSError(errno.ENOTSUP, "as a mounted bucket answers")

    monkeypatch.setattr(Path, "hardlink_to", unlinkable)
    chosen = Settings.load({"TRYON_DATA_DIR": str(tmp_path)})
    first, second = kept_state_secret(chosen), kept_state_secret(chosen)
    assert first.reveal() == second.reveal() and len(first.reveal()) > 30
    assert [path.name for path in tmp_path.iterdir()] == [".state-secret"]


def test_a_state_secret_that_was_set_is_not_written(tmp_path: Path) -> None:
    chosen = Settings.load({"TRYON_DATA_DIR": str(tmp_path), "TRYON_STATE_SECRET": "given"})
    assert kept_state_secret(chosen).reveal() == "given" and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://localhost:1", True),
        ("http://[::1]/", True),
        ("http://sandbox.invalid/rest", True),
        ("http://127.0.0.1.evil.test", False),
        ("https://api.aidc-ai.com", False),
    ],
)
def test_this_machine_is_known_by_its_names(url: str, here: bool) -> None:
    assert is_loopback(url) is here


def test_everything_is_kept_unless_a_limit_is_named(tmp_path: Path) -> None:
    def limits(**env: str) -> tuple[float, float]:
        read = Settings.load({"TRYON_DATA_DIR": str(tmp_path), **env})
        return read.keep_days, read.keep_mb

    assert limits() == limits(TRYON_KEEP_DAYS=" ", TRYON_KEEP_MB="0") == (0.0, 0.0)
    assert limits(TRYON_KEEP_DAYS="30", TRYON_KEEP_MB="1.5") == (30.0, 1.5)
    for wrong in ("-1", "ten", "1e9", "nan", "1."):
        with pytest.raises(InvalidRequest, match="TRYON_KEEP_MB"):
            limits(TRYON_KEEP_MB=wrong)


def test_the_database_is_in_the_data_folder_and_has_no_copy(tmp_path: Path) -> None:
    chosen = Settings.load({"TRYON_DATA_DIR": str(tmp_path)})
    assert chosen.database == f"sqlite:///{tmp_path}/studio.sqlite" and chosen.database_copy is None


def test_a_folder_for_the_database_keeps_its_copy_in_the_data_folder(tmp_path: Path) -> None:
    chosen = Settings.load({"TRYON_DATA_DIR": str(tmp_path), "TRYON_DATABASE_DIR": str(tmp_path / "disk")})
    assert chosen.database == f"sqlite:///{tmp_path}/disk/studio.sqlite"
    assert chosen.database_copy == tmp_path / "studio.sqlite"


@pytest.mark.parametrize(
    "setting", [{"TRYON_DATABASE_DIR": "here"}, {"TRYON_DATABASE_URL": "postgresql://x/y"}]
)
def test_a_database_that_needs_no_copy_has_none(setting: dict[str, str], tmp_path: Path) -> None:
    here = {name: value.replace("here", str(tmp_path)) for name, value in setting.items()}
    assert Settings.load({"TRYON_DATA_DIR": str(tmp_path), **here}).database_copy is None


def test_what_is_given_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in LIVE.items():
        monkeypatch.setenv(name, value)
    assert all(one.sandbox for one in Settings.load({}).vendors.values())
    assert not any(one.sandbox for one in Settings.load().vendors.values())


@pytest.mark.parametrize(
    "env",
    [{"TRYON_PUBLIC_URL": "http://["}, {"GRADIO_SERVER_PORT": "²"}, {"AILAB_BASE_URL": "http://[SECRET"}],
)
def test_what_cannot_be_read_at_all_is_named_and_not_repeated(env: dict[str, str]) -> None:
    (name,) = env
    with pytest.raises(InvalidRequest) as refused:
        Settings.load(env)
    assert refused.value.field == name and "SECRET" not in str(refused.value)


@pytest.mark.parametrize("key", ["kéy", "ab\ncd", "two words", "k\u200bey", "x" * 201])
def test_a_key_that_cannot_be_sent_is_refused_before_a_job_is(key: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        Settings.load({"AILAB_API_KEY": key})
    assert refused.value.field == "AILAB_API_KEY" and key not in str(refused.value)


def test_no_address_has_a_login_in_it_as_addresses_are_logged() -> None:
    with pytest.raises(InvalidRequest) as refused:
        Settings.load({"TRYON_PUBLIC_URL": "https://ann:secret@studio.test"})
    assert refused.value.field == "TRYON_PUBLIC_URL" and "secret" not in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_of_settings_may_begin_with_a_mark(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / ".env"
    file.write_text("TRYON_AUTH=jörg:y\n", encoding=encoding)
    assert read_environment(file=file).TRYON_AUTH[0][0] == "jörg"


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_a_file_of_settings_in_another_encoding_is_named(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / ".env"
    file.write_text("TRYON_AUTH=jörg:y\n", encoding=encoding)
    with pytest.raises(InvalidRequest, match="UTF-8") as refused:
        read_environment(file=file)
    assert refused.value.field == str(file)


def test_a_folder_may_be_named_from_the_home_folder_as_a_shell_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    chosen = Settings.load({"TRYON_DATA_DIR": "~/data", "TRYON_DATABASE_DIR": "~/disk"})
    assert (chosen.data_dir, chosen.database_dir) == (Path("/home/ann/data"), Path("/home/ann/disk"))


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "/var/lib/studio.sqlite",
        "postgresql://ann:SENTINEL@db:port/studio",
        "postgresql://ann:SENTI@SENTINEL@db/studio",
        "mysql://ann:SENTINEL@db/studio",
        "sqlite+aiosqlite:////var/lib/studio.sqlite",
        "sqlite://",
        "made+up://ann:SENTINEL@db",
    ],
)
def test_what_is_no_address_of_a_database_is_named_and_not_repeated(url: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        Settings.load({"TRYON_DATABASE_URL": url})
    told = str(refused.value)
    assert refused.value.field == "TRYON_DATABASE_URL" and "postgresql://user:" in told
    assert "SENTINEL" not in told and url not in told


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "PostgreSQL", "postgresql+psycopg"])
def test_a_database_server_is_known_by_any_of_its_names(scheme: str) -> None:
    chosen = Settings.load({"TRYON_DATABASE_URL": f"{scheme}://ann:a/b%40c@db:5432/studio"})
    assert chosen.database == f"{scheme.lower()}://ann:a/b%40c@db:5432/studio"


def test_an_address_of_a_slash_is_none() -> None:
    assert Settings.load({"TRYON_PUBLIC_URL": "/"}).public_url == ""


def test_a_sandbox_on_this_machine_may_have_a_secret_of_its_own() -> None:
    keys = {"AIDGE_APP_KEY": "sandbox", "AIDGE_APP_SECRET": "another"}
    chosen = Settings.load({**keys, "AIDGE_BASE_URL": "http://127.0.0.1:8400/rest"})
    assert chosen.vendors["aidge"].sandbox
