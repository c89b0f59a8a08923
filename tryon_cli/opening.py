"""From the options that every command has to whose jobs it works with."""

from __future__ import annotations

import getpass
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tryon_cli.backends.backend import Away, Backend, Refused, refused
from tryon_cli.backends.endpoints import TIMEOUT, Endpoints
from tryon_cli.backends.identities import folder_of, kept_identity
from tryon_cli.backends.own_studio import OwnStudio
from tryon_cli.backends.running_app import RunningApp
from tryon_cli.commands.collection_notes import CollectionNotes
from tryon_cli.commands.delivery_notes import DeliveryNotes
from tryon_cli.joining import Joining
from tryon_cli.words import Words
from tryon_core import Settings, TryOnError, is_link

DELIVERIES, COLLECTIONS = "deliveries", "noted-collections"


@dataclass(frozen=True, slots=True)
class Common:
    """The options that every command has."""

    server: str = ""
    login: str = ""
    data_dir: Path | None = None
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """Whose jobs a command works with, and where it is kept what their pictures are for."""

    backend: Backend
    deliveries: DeliveryNotes
    notes: CollectionNotes


def opened(
    common: Common, joining: Joining, settings: Settings, words: Words
) -> AbstractAsyncContextManager[Opened]:
    """A running app where one is named, else a studio of the command's own. Raises `Away` and `Refused`."""
    options = ("--data-dir", str(common.data_dir)) if common.data_dir else ()
    if not common.server:
        return _own(joining, settings, words, options)
    url = common.server.rstrip("/")
    login = ("--login", common.login) if common.login else ()
    return _app(url, common.login, settings.data_dir, words, ("--server", url, *login, *options))


@asynccontextmanager
async def _own(
    joining: Joining, settings: Settings, words: Words, options: tuple[str, ...]
) -> AsyncIterator[Opened]:
    """A studio while it works. What it has begun and not ended goes on at its next start."""
    try:
        studio = joining.make_studio(settings)
        await studio.start()
    except TryOnError as error:
        raise Away(str(refused(error.problem.in_language(words.language)))) from error
    try:
        yield Opened(OwnStudio(studio, words, options), *kept_in(settings.data_dir))
    finally:
        await studio.stop()


@asynccontextmanager
async def _app(
    url: str, login: str, data_dir: Path, words: Words, options: tuple[str, ...]
) -> AsyncIterator[Opened]:
    if not is_link(url):
        raise Refused(words("server_address"))
    headers = {"accept-language": words.language}
    async with httpx.AsyncClient(timeout=TIMEOUT, headers=headers) as client:
        endpoints = Endpoints(client, url, words)
        if login:
            await endpoints.log_in(login, _password(words, login))
        folder = folder_of(data_dir, url)
        identity = await kept_identity(folder, lambda: _made(endpoints))
        backend = RunningApp(endpoints, words, identity, options)
        yield Opened(backend, *kept_in(folder))


def kept_in(folder: Path) -> tuple[DeliveryNotes, CollectionNotes]:
    """What is remembered of jobs and collections that were begun."""
    return DeliveryNotes(folder / DELIVERIES), CollectionNotes(folder / COLLECTIONS)


async def _made(endpoints: Endpoints) -> str:
    [key] = await endpoints.first("identity")
    return str(key)


def _password(words: Words, name: str) -> str:
    """Typed, and not shown; from a pipe its first line."""
    if sys.stdin.isatty():
        return getpass.getpass(words("password", name=name))
    return sys.stdin.readline().rstrip("\n")
