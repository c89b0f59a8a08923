"""Whoever reads one language sees no sentence of ours in the other: in no state of a job, under no code,
after no refusal. What vendors and visitors have written is shown as it came; here it is of no language."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Final

import httpx
import pytest

from tests.ui.conftest import MakeJob, Start
from tests.ui.reader import foreign, read_in
from tryon_core import (
    Charged,
    FilePicture,
    InvalidRequest,
    Job,
    JobPage,
    JobState,
    KeySource,
    OwnPhotos,
    PersonGender,
    PickedUp,
    Place,
    Problem,
    RefineRequest,
    TryOnRequest,
    View,
    texts_of,
    vendor,
    vendors,
)
from tryon_core.errors import problem
from tryon_core.sentences import said as of_core
from tryon_ui import parts
from tryon_ui.card.card import card_html, empty_html
from tryon_ui.card.wording import card_view, earlier_view, missing_view, refused_view
from tryon_ui.concurrency import busy
from tryon_ui.error_boundary import bug, sentence
from tryon_ui.gallery import pages
from tryon_ui.gallery.listing import choices_of
from tryon_ui.language import LANGUAGES, TAGS, speaking
from tryon_ui.samples import load
from tryon_ui.serving.sent_page.error_pages import error_page
from tryon_ui.serving.sent_page.page_html import splash
from tryon_ui.serving.sent_page.page_tags import manifest, tags
from tryon_ui.tabs.hints import hints_html
from tryon_ui.tabs.spending import Spending, line_html
from tryon_ui.tabs.tryon_events import photos_html
from tryon_ui.tabs.tryon_form import Form, title_of
from tryon_ui.texts import say
from tryon_ui.texts.script import script_words
from tryon_ui.topbar.panels import Note, Panel, topbar_html

pytestmark = pytest.mark.slow

MARK: Final = "№"  # in place of what others have written: of no language


def value(spec: str) -> object:
    """Something for a parameter of a sentence, of the kind that its text asks for."""
    is_list = re.match(r"[,、].*\|", spec)  # what is between its parts, and before the last one
    if not is_list and ("|" in spec or re.fullmatch(r"[,.\d]*[gdf]?", spec or "?")):
        return 2
    return (MARK, MARK) if spec else MARK


def given(*texts: str) -> dict[str, object]:
    fields = (field for text in texts for field in string.Formatter().parse(text) if field[1])
    return {str(name): value(spec or "") for _, name, spec, _ in fields}


def problems_of_the_core() -> Iterator[Problem]:
    """Every problem and every refusal that its catalogue has."""
    told = texts_of("")
    for key in (key.removesuffix(".what") for key in told if key.endswith(".what")):
        texts = (told[f"{key}.what"], told.get(f"{key}.todo", ""))
        if texts[1]:
            yield problem(key, Charged.UNKNOWN, **given(*texts))  # type: ignore[arg-type]
    for name in (key.split(".")[1] for key in told if re.fullmatch(r"rule\.\w+\.limit", key)):
        found, limit = (
            of_core(f"rule.{name}.{part}", **given(told[f"rule.{name}.{part}"]))
            for part in ("found", "limit")
        )
        yield InvalidRequest(of_core("field.garments"), found, limit).problem


def problems_of_vendors() -> Iterator[Problem]:
    """Every code, every status and every end that a vendor's table knows."""
    for spec in vendors():
        codes = spec.codes
        for code in codes.table:
            yield replace(codes.explain(code, MARK), code="1")
            yield replace(codes.failed(code, MARK), code="1")
        yield from (
            codes.explain("1", MARK),
            codes.explain("1"),
            codes.failed("1", MARK),
            codes.failed("1", ""),
        )
        yield from (codes.not_taken(status) for status in (400, 402, 404, 407, 413))
        yield from (codes.never_sent(), codes.uncertain(), codes.expired(), codes.no_picture())
        yield from (codes.overdue(600), codes.overdue(60, codes.never_sent()))


def problems() -> list[Problem]:
    return [*problems_of_the_core(), *problems_of_vendors(), busy(), bug("1")]


def jobs(make_job: MakeJob, assets: Path) -> Iterator[Job]:
    """Jobs in every state: of each kind, live and not, with and without pictures, held up and not."""
    title = title_of(Form("hoodie.jpg", "jeans.jpg", mode="describe"), load(assets))
    notes = (of_core("job.not_made", made=2, failed=1), of_core("mend.turned"))
    told = vendor("ailab").codes.never_sent()
    files = {name: FilePicture(assets / f"{name}.png") for name in ("person", "top", "coarse", "bottom")}
    refine = RefineRequest(**files, gender=PersonGender.MAN)
    tryon = make_job().request
    assert isinstance(tryon, TryOnRequest)
    photos = replace(tryon, model=OwnPhotos((files["person"],)), view=View.HALF_BODY)
    asked = ((tryon, "aidge"), (photos, "aidge"), (refine, "ailab"), (PickedUp(), "aidge"))
    for (request, name), state, live in product(asked, JobState, (True, False)):
        for made in (0, 1, 3):
            ended = None if state in (JobState.SUCCEEDED, JobState.RUNNING) else told
            common = {"vendor": name, "request": request, "state": state, "live": live, "title": title}
            job = make_job(made, **common, problem=ended, notes=notes, charged=Charged.UNKNOWN)
            job = replace(job, expected=0 if isinstance(request, PickedUp) else 4, usual=(40.0, 70.0))
            yield job
            yield replace(job, waits_for_key=True, failed_pictures=1, charged=Charged.YES)
            yield replace(job, silent_since=1000.0, pinned=True, usual=(70.0, 130.0), charged=Charged.NO)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_in_every_state(language: str, make_job: MakeJob, assets: Path) -> None:
    def cards() -> Iterator[str]:
        for job in jobs(make_job, assets):
            yield card_html(card_view(job, 1041.0))
            yield card_html(card_view(job, 9999.0, watching=False, offered=True))
            yield card_html(earlier_view(job))
        yield empty_html(say("form.empty_head"), say("form.empty"), ("a",), "b")

    with speaking(language):
        assert foreign(language, [text for card in cards() for text in read_in(card)]) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_job_in_my_jobs_in_every_state_and_what_stands_around_it(
    language: str, make_job: MakeJob, assets: Path
) -> None:
    every = tuple(jobs(make_job, assets))
    with speaking(language):
        shown = [
            pages.page_html(JobPage(every, Place(1.0, "a")), 2000.0, 24, 98),
            pages.running_html(every, 2000.0),
            pages.undo_html([(every[0], 1999.0)], 2000.0),
            pages.undo_html([(job, 1999.0) for job in every[:2]], 2000.0),
            *(pages.none_html(words, filtered) for words in ("", MARK) for filtered in (True, False)),
            *(pages.trouble_html(problem) for problem in problems()),
            pages.head_html(98),
            pages.layout_html(),
        ]
        read = [text for html in shown for text in read_in(html)]
        read += [label for label, _ in choices_of({})]
        assert foreign(language, read) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_and_every_refusal(language: str, make_job: MakeJob) -> None:
    found = problems()
    job = make_job(state=JobState.FAILED, title=MARK)

    def shown(problem: Problem) -> Iterator[str]:
        yield card_html(card_view(replace(job, problem=problem), 2000.0))
        yield card_html(refused_view(problem, say("do.change_garment")))
        yield card_html(missing_view(problem))
        yield sentence(problem)

    assert len(found) > 150
    with speaking(language):
        read = [text for problem in found for html in shown(problem) for text in read_in(html)]
        assert foreign(language, read) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_line_its_panels_and_the_lines_under_the_buttons(language: str) -> None:
    every = [
        Spending(spec, source, left, balance)
        for spec, source in product(vendors(), KeySource)
        for left, balance in ((None, None), (0, 1.0), (2, 1250.5), (100, 0.0))
    ]
    with speaking(language):
        shown = [topbar_html([Panel(one, Note(say("key.taken")))]) for one in every]
        shown += [
            line_html(one, count, trial=trial, whom=say("form.for_whom", garment=MARK, model=MARK))
            for one, count, trial in product(every, (1, 4), (True, False))
        ]
        assert foreign(language, [text for html in shown for text in read_in(html)]) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_errors_what_shared_links_show_and_what_scripts_say(language: str) -> None:
    with speaking(language):
        shown = [
            *(error_page(words, "/") for words in (say("trouble.not_here"), sentence(bug("1")))),
            *(splash(), tags("https://a.b"), parts.rules_html(), photos_html(("a", "b"))),
            hints_html((say("form.hint", picture=MARK, hint=of_core("hint.not_upright")),)),
        ]
        read = [text for html in shown for text in read_in(html)]
        read += [*re.findall(r'content="([^"]+)"', tags("")), str(manifest()["description"])]
        read += [re.sub(r"\{\w+\}", "", words) for words in script_words().values()]
        of_browsers = {"website", "summary", *re.findall('content="(#\\w+)"', tags(""))}
        assert foreign(language, read) - of_browsers == set()


PROPS: Final = ("label", "info", "placeholder", "alt_text", "title")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_the_page_as_it_is_opened(language: str, start: Start) -> None:
    headers = {"accept-language": TAGS[language]}
    told = httpx.get(f"{start()}/config", headers=headers).json()
    endpoints = [event for event in told["dependencies"] if event["api_visibility"] == "public"]
    unseen = {part for event in endpoints for part in (*event["inputs"], *event["outputs"])}
    read: list[str] = []
    for part in (part for part in told["components"] if part["id"] not in unseen):
        props = part["props"]
        read += [str(props[name]) for name in PROPS if props.get(name)]
        read += [label for label, _ in props.get("choices") or ()]
        if part["type"] in ("html", "button"):
            read += read_in(str(props.get("value") or ""))

    assert len(read) > 150 and foreign(language, read) == set()
