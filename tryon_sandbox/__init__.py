"""Both vendors, emulated from their own documents: Aidge virtual try-on and AILab's try-on clothes refiner.

`create_sandbox` gives an ASGI app for use in process or under a server; `python -m tryon_sandbox` is that
server.
"""

from tryon_sandbox.app import SandboxApp, create_sandbox
from tryon_sandbox.broken_responses import ConnectionDropped
from tryon_sandbox.fetching import Fetch, FetchError, plain_fetch
from tryon_sandbox.rendering import Garment, ModelDescription, NotWearable, RefineInput, Renderer, TryOnInput
from tryon_sandbox.settings import (
    AIDGE_APP_KEY,
    AIDGE_APP_SECRET,
    AILAB_API_KEY,
    Dialect,
    SandboxSettings,
    Timing,
)

__all__ = [
    "AIDGE_APP_KEY",
    "AIDGE_APP_SECRET",
    "AILAB_API_KEY",
    "ConnectionDropped",
    "Dialect",
    "Fetch",
    "FetchError",
    "Garment",
    "ModelDescription",
    "NotWearable",
    "RefineInput",
    "Renderer",
    "SandboxApp",
    "SandboxSettings",
    "Timing",
    "TryOnInput",
    "create_sandbox",
    "plain_fetch",
]
