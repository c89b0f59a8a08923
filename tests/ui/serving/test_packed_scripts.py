"""Scripts of the framework: packed once, served to those who can unpack them, and left alone otherwise."""

from __future__ import annotations

from pathlib import Path

import brotli
import httpx
import pytest
from starlette.responses import PlainTextResponse

from tryon_ui.serving.sent_page.packed_scripts import PackedScripts

SCRIPT = "export const words = 'the same words again and again';\n" * 50
LEFT_ALONE = "as the framework has it"


def served(tmp_path: Path) -> PackedScripts:
    (tmp_path / "index.js").write_text(SCRIPT)
    (tmp_path / "secret.js").write_text("not one of the page's")
    return PackedScripts(PlainTextResponse(LEFT_ALONE), tmp_path, lambda: ("index.js",))


async def answer(scripts: PackedScripts, path: str, method: str = "GET", takes: str = "br") -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(scripts), base_url="http://here") as client:
        return await client.request(method, path, headers={"accept-encoding": takes})


@pytest.mark.anyio
async def test_whoever_comes_first_waits_for_nothing_and_the_next_ones_get_it_packed(tmp_path: Path) -> None:
    scripts = served(tmp_path)

    first = await answer(scripts, "/assets/index.js")
    await scripts.done()
    second = await answer(scripts, "/assets/index.js")

    assert first.text == LEFT_ALONE
    assert (second.text, second.headers["content-encoding"]) == (SCRIPT, "br")
    assert second.headers["content-type"].startswith("text/javascript")
    assert int(second.headers["content-length"]) == len(brotli.compress(SCRIPT.encode(), quality=11))


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("path", "method", "takes"),
    [
        ("/assets/index.js", "GET", "gzip"),
        ("/assets/index.js", "HEAD", "br"),
        ("/assets/index.css", "GET", "br"),
        ("/assets/secret.js", "GET", "br"),
        ("/assets/../secret.js", "GET", "br"),
        ("/elsewhere/index.js", "GET", "br"),
    ],
)
async def test_every_other_call_is_left_to_the_framework(
    tmp_path: Path, path: str, method: str, takes: str
) -> None:
    scripts = served(tmp_path)
    await answer(scripts, "/assets/index.js")
    await scripts.done()

    assert "content-encoding" not in (await answer(scripts, path, method, takes)).headers
