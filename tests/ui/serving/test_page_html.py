"""The page as it goes out: our head, frame and tags, and the framework's files named beforehand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.types import Scope

from tryon_ui.serving.gate.path_prefix import PREFIX
from tryon_ui.serving.launch import FRONTEND
from tryon_ui.serving.sent_page.frontend_files import FrontendFiles, frontend_files
from tryon_ui.serving.sent_page.page_html import Frame, frame, page_html
from tryon_ui.serving.sent_page.page_tags import address_of, manifest
from tryon_ui.texts import say

TEMPLATE = (FRONTEND / "index.html").read_text("utf-8")
KINDS = ("html", "radio", "image", "tabs", "state")
HOST = "studio.test:8080"


@pytest.fixture(scope="module")
def ours() -> Frame:
    return frame("<style>ours</style>", frontend_files(FRONTEND, KINDS), FRONTEND / "assets", framed=False)


def call(host: str, scheme: str = "http", prefix: str = "") -> Scope:
    return {"type": "http", "scheme": scheme, "headers": [(b"host", host.encode())], PREFIX: prefix}


def test_the_files_of_the_parts_on_a_page_are_found_and_those_of_others_are_not() -> None:
    few, more = frontend_files(FRONTEND, ["html"]), frontend_files(FRONTEND, KINDS)

    assert any(name.startswith("HTML-") for name in few.scripts)
    assert any(name.startswith("ImagePreview-") for name in more.scripts)
    assert not any(name.startswith(("ImagePreview-", "Dataframe", "Gallery")) for name in few.scripts)
    assert 5 < len(few.scripts) < len(more.scripts) < 60 and few.base.endswith(".css")
    assert all((FRONTEND / "assets" / name).is_file() for name in (*more.scripts, *more.styles, more.base))


def test_a_framework_that_writes_its_tables_otherwise_is_served_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<html><head></head><body><gradio-app></gradio-app></body></html>")

    assert frontend_files(tmp_path, KINDS) == FrontendFiles()
    (tmp_path / "index.html").write_text('<script src="./assets/a.js"></script>' + TEMPLATE)
    assert frontend_files(tmp_path, KINDS) == FrontendFiles()


def test_the_head_is_there_before_any_script_has_run(ours: Frame) -> None:
    html = page_html(TEMPLATE, ours, f"http://{HOST}")
    head, body = html.split("</head>")

    assert "<style>ours</style>" in head and f"<title>{say('page.title')}</title>" in head
    assert head.index(ours.base) < head.index("<style>ours</style>")  # ours go by it
    assert '<div id="splash">' in body and body.index("splash") < body.index("<gradio-app")


def test_every_style_is_either_there_or_named_as_there(ours: Frame) -> None:
    html = page_html(TEMPLATE, ours, "")

    loaded = re.findall(r'<link rel="stylesheet"(?: crossorigin)? href="([^"]+)">', html)
    named = re.findall(r'<link rel="stylesheet" href="\./assets/([^"]+)" disabled>', html)
    assert loaded == [ours.styles_address] and named == [ours.files.base, *ours.files.styles]


def test_a_style_that_names_files_beside_it_stays_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "alone.css").write_text("a{color:red}")
    (tmp_path / "drawn.css").write_text("a{background:url(dot.png)}")
    made = frame("", FrontendFiles((), ("alone.css", "drawn.css")), tmp_path, framed=False)

    assert made.styles == b"a{color:red}" and made.files.styles == ("alone.css",)


def test_shared_links_show_our_words_and_no_others(ours: Frame) -> None:
    html = page_html(TEMPLATE, ours, f"https://{HOST}/studio")
    tags = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]+)"', html))

    assert tags["og:title"] == tags["twitter:title"] == say("page.title")
    assert (
        tags["og:image"] == tags["twitter:image"] == f"https://{HOST}/studio/gradio_api/ext/a/icons/share.jpg"
    )
    assert tags["og:url"] == f"https://{HOST}/studio/" and tags["twitter:card"] == "summary_large_image"
    assert len(re.findall(r'"og:title"', html)) == 1
    assert not [value for value in tags.values() if "gradio" in value.lower().replace("gradio_api", "")]


@pytest.mark.parametrize(
    ("scope", "public", "address"),
    [
        (call(HOST), (), f"http://{HOST}"),
        (call(HOST, "https", "/studio"), (), f"https://{HOST}/studio"),
        (call("[::1]:7860"), (), "http://[::1]:7860"),
        (call("evil.test"), ("https://me.hf.space/",), "https://me.hf.space"),
        (call('a"><script>'), (), ""),
        (call("a/b"), (), ""),
        (call(""), (), ""),
    ],
)
def test_addresses_are_those_that_the_app_goes_by(
    scope: Scope, public: tuple[str, ...], address: str
) -> None:
    assert address_of(scope, public) == address


def test_the_theme_is_there_and_named_as_there_by_the_address_that_the_scripts_look_for(ours: Frame) -> None:
    themed = Frame(ours.head, ours.files, ours.base, ":root{--a:1}", ours.styles)
    config = f'{{"root":"http://{HOST}","theme_hash":"abc"}}'
    html = page_html(TEMPLATE.replace("{{ config | toorjson }}", config), themed, "")

    assert all(f'href="./assets/{name}" disabled>' in html for name in ours.files.styles)
    assert ":root{--a:1}" in html.partition("</head>")[0]
    assert f'<link rel="stylesheet" href="http://{HOST}/theme.css?v=abc" disabled>' in html


def test_only_a_page_around_ours_makes_it_load_the_script_for_that(ours: Frame) -> None:
    around = Frame(ours.head, ours.files, ours.base, styles=ours.styles, framed=True)

    assert "iframeResizer" in page_html(TEMPLATE, around, "")
    assert "iframeResizer.contentWindow" not in page_html(TEMPLATE, ours, "")


def test_the_manifest_says_our_name() -> None:
    assert manifest()["name"] == say("page.title") and "gradio" not in str(manifest()).lower()


def test_what_the_scripts_read_goes_through_as_it_came(ours: Frame) -> None:
    config = '{"said":"lang=\\"en\\" \\u003c/head>","root":"/"}'
    html = page_html(TEMPLATE.replace("{{ config | toorjson }}", config), ours, f"http://{HOST}")

    assert html.count(f"<script>window.gradio_config = {config};</script>") == 1
    assert "{{ gradio_api_info | toorjson }};</script>" in html and "<!--data-->" not in html
