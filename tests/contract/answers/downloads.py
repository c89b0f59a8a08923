"""What a result host answers, and what the vendor says when it is polled for fresh links."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace

import httpx

from tests.contract.answers.aidge_polls import DONE, GONE, PARTS, data, with_parts
from tests.contract.answers.double import AIDGE, AILAB, PAGE, Row, Said, page, said, trickle
from tests.core.vendor_double import RESULTS, made
from tryon_core import Charged, JobState

PICTURE = made(1)
SUCCEEDED = Row("", "", JobState.SUCCEEDED, Charged.YES, 0)
MARKED = {"etag": '"one"', "content-length": str(len(PICTURE))}
PACKED = {"content-encoding": "gzip"}

# The first tries go wrong, and the next ones bring it.
PASSING: dict[str, tuple[Said, ...]] = {
    "503 twice": (page(503),) * 2,
    "404, and a fresh link": (page(404),),
    "403, and a fresh link": (page(403),),
    "429": (page(429),),
    "half a picture": (httpx.Response(200, content=PICTURE[:50], headers={"content-length": "999"}),),
    "half a picture that says it is whole": (httpx.Response(200, content=PICTURE[:50]),),
    "half a picture with a mark": (httpx.Response(200, content=PICTURE[:50], headers=MARKED),),
    "a page": (page(200),),
    "nothing": (page(200, ""),),
    "JSON": (said({"error": "x"}),),
    "no answer in time": (httpx.ReadTimeout("late"),),
    "a refused connection": (httpx.ConnectError("refused"),),
    "the line broke": (httpx.ReadError("gone"),),
    "a byte now and then": (trickle,),
    "a redirect to nowhere": (page(302, location=f"https://{RESULTS}/gone.png"), page(404)),
}
AT_ONCE: dict[str, tuple[Said, ...]] = {
    "compressed": (httpx.Response(200, content=gzip.compress(PICTURE), headers=PACKED),),
    "called text": (httpx.Response(200, content=PICTURE, headers={"content-type": "text/plain"}),),
    "behind a redirect": (page(302, location=f"https://{RESULTS}/2.png"),),
}
# What stays so: the picture is made, and charged where that is sure.
LASTING: dict[str, tuple[Said, JobState, Charged]] = {
    "404 for ever": (page(404), JobState.EXPIRED, Charged.UNKNOWN),
    "410 for ever": (page(410), JobState.EXPIRED, Charged.UNKNOWN),
    "503 for ever": (page(503), JobState.OVERDUE, Charged.YES),
    "a page for ever": (page(200, PAGE), JobState.OVERDUE, Charged.YES),
    "never an answer in time": (httpx.ReadTimeout("late"), JobState.OVERDUE, Charged.YES),
    "a byte now and then for ever": (trickle, JobState.OVERDUE, Charged.YES),
}
# The host stalls once, and meanwhile the vendor has other things to say than fresh links.
MEANWHILE: dict[str, Said] = {
    "finished without links": data({"taskStatus": "finished", "taskResult": []}),
    "finished with one link of two": with_parts(PARTS[0]),
    "running again": data({"taskStatus": "running"}),
    "not known": said(GONE),
    "a new code": said({"resCode": "9999"}),
    "a page": page(502),
    "no answer": httpx.ReadTimeout("late"),
}


def _rows() -> Iterator[Row]:
    for vendor, pictures in ((AIDGE, 2), (AILAB, 1)):
        base = replace(SUCCEEDED, vendor=vendor, pictures=pictures)
        for name, answers in {**PASSING, **AT_ONCE}.items():
            yield replace(base, name=f"{vendor}, download: {name}", on_result=answers)
        for name, (answer, state, charged) in LASTING.items():
            yield Row(
                f"{vendor}, download: {name}", vendor, state, charged, 0, on_result=(answer,), forever=True
            )
    for name, said_then in MEANWHILE.items():
        base = replace(SUCCEEDED, vendor=AIDGE, pictures=2, name=f"aidge, download: stalls, then {name}")
        yield replace(base, on_result=(page(503),) * 2, on_poll=(data(DONE), said_then))
    both = data({"taskStatus": "running", "taskResult": PARTS})
    name = "aidge, download: all pictures are here, and then the task is gone"
    yield replace(SUCCEEDED, vendor=AIDGE, pictures=2, name=name, on_poll=(both, *(said(GONE),) * 99))


ROWS = tuple(_rows())
