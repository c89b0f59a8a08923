"""Uploads in a bucket: signed as its servers expect, put before anything is spent, and gone with the job."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import anyio
import httpx
import pytest

from tests.core import fakes
from tests.core.fakes import JumpingClock, ScriptedVendors
from tests.core.hosting.s3_double import Bucketful, served
from tests.core.submitting import submit
from tests.core.test_studio import ANN, ended, open_house
from tryon_core import InvalidRequest, Job, JobState, LinkPicture, Settings, pictures_of
from tryon_core.configuration.bucket_address import SETTING, bucket_address
from tryon_core.configuration.presigning import Signer
from tryon_core.hosting import bucket
from tryon_core.hosting.bucket import TRIES, Bucket, BucketFault
from tryon_core.hosting.bucket_uploads import LENT, BucketUploads
from tryon_core.hosting.hosting import HOSTED_FOR_S
from tryon_core.secret import Secret

pytestmark = pytest.mark.anyio
# An Aidge on this machine, as the bucket is: the internet's would not reach it.
NEAR = {**fakes.LIVE, "TRYON_PUBLIC_URL": "", "AIDGE_BASE_URL": "http://127.0.0.1:1/rest"}


@pytest.fixture
def s3() -> Iterator[Bucketful]:
    with served(JumpingClock().now()) as held:
        yield held


def bucket_of(s3: Bucketful, clock: JumpingClock | None = None) -> Bucket:
    address = bucket_address(s3.url)
    assert address is not None
    return Bucket(address, clock or JumpingClock(), httpx.AsyncHTTPTransport)


def test_the_signature_is_that_of_the_example_on_amazons_page() -> None:
    signer = Signer("AKIAIOSFODNN7EXAMPLE", Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), "us-east-1")
    moment = datetime(2013, 5, 24, tzinfo=UTC).timestamp()
    url = signer.presigned("GET", "https://examplebucket.s3.amazonaws.com", "/test.txt", moment, 86400)
    assert url == (
        "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
        "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
        "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
        "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
    )


@pytest.mark.parametrize(
    ("method", "origin", "path", "region", "now", "lasts", "key", "secret", "place", "signature"),
    [
        (
            "DELETE", "https://my-bucket.s3.example.com", "/*bü&X_1@服", "us-east-1", 1808132328, 60,
            "AK0.013114189588902203", "b+/b+bab==+bbaabbbb/", "/%2Ab%C3%BC%26X_1%40%E6%9C%8D",
            "23dee6b06ddc94e229b883c46a6a6769b74dfab8484ed93e3b70c33f6151429d",
        ),
        (
            "PUT", "https://s3.example.com", "/my-bucket/ .~:(b@", "eu-central-1", 1641632959, 60,
            "AK0.33185448722063815", "==a=ZZ/a///+Z/b++Zba", "/my-bucket/%20.~%3A%28b%40",
            "7499d6ac8bf848af99e7456797d294da98b717010932e6e1ddf49ca3dea26f87",
        ),
        (
            "PUT", "http://127.0.0.1:9000", "/my-bucket/*", "eu-central-1", 1696593793, 3600,
            "AK0.5785188290568746", "a+aZb=bab+/=/=/+a=Z/", "/my-bucket/%2A",
            "2c9030e26d7742dea4865cb8376e65fe178c48ce7d6246f2cfeda808cdf3cd25",
        ),
        (
            "PUT", "https://my-bucket.oss.example.com:8443", "/äZ", "us-east-1", 1579561925, 3600,
            "AK0.27567637655286203", "Z=a/Z//baZbZZ/+bZaa=", "/%C3%A4Z",
            "0cfef6aaf5b5944d76a5317a2b86e9a84023d6bb00ab116a46f58787bc24c4a8",
        ),
        (
            "GET", "https://s3.example.com", "/my-bucket/_ö.+.c服", "us-east-1", 1571686702, 60,
            "AK0.31735084182009476", "b+b=a++/+Z=a=bbZ/a/+", "/my-bucket/_%C3%B6.%2B.c%E6%9C%8D",
            "88eeba7e97a468f6bff8df50e91ecc0682fa7bac3974df14d00a56f21d96ff2a",
        ),
        (
            "GET", "https://my-bucket.s3.example.com", "/ö&'c", "us-east-1", 1757857269, 86400,
            "AK0.5603153949513109", "b+ab+/bZ//+=+=Z=Zaab", "/%C3%B6%26%27c",
            "65804cf77c7e95e67f18159db29506ba008b966bcfc9a591dbd3525e35db8c24",
        ),
    ],
)  # fmt: skip
def test_addresses_are_signed_as_the_makers_own_client_signs_them(
    method: str, origin: str, path: str, region: str, now: int, lasts: int,
    key: str, secret: str, place: str, signature: str,
) -> None:  # fmt: skip
    """What botocore 1.44.5 made of the same key, moment and name, both ways of naming the bucket."""
    url = Signer(key, Secret(secret), region).presigned(method, origin, path, now, lasts)
    assert url.split("?")[0] == origin + place and url.endswith(f"&X-Amz-Signature={signature}")


@pytest.mark.parametrize(
    ("text", "origin", "folder", "region"),
    [
        ("s3://K:S@s3.eu-central-1.amazonaws.com/a-bucket", "https://s3.eu-central-1.amazonaws.com",
         "/a-bucket", "eu-central-1"),
        ("s3://K:S@s3.us-gov-west-1.amazonaws.com/bbb?region=x", "https://s3.us-gov-west-1.amazonaws.com",
         "/bbb", "x"),
        ("s3://K:S@r2.example/bbb/some/where/?region=auto", "https://r2.example", "/bbb/some/where", "auto"),
        ("s3://K:S@oss.example/bbb?style=virtual", "https://bbb.oss.example", "", "us-east-1"),
        ("s3://K:S@oss.example:443/bbb/p?style=virtual", "https://bbb.oss.example", "/p", "us-east-1"),
        ("s3+http://K:S@10.0.0.1:9000/bbb", "http://10.0.0.1:9000", "/bbb", "us-east-1"),
    ],
)  # fmt: skip
def test_the_setting_names_a_bucket(text: str, origin: str, folder: str, region: str) -> None:
    address = Settings.load({SETTING: text}).bucket
    assert address is not None
    assert (address.origin, address.folder, address.signer.region) == (origin, folder, region)
    assert (address.signer.key, address.signer.secret.reveal()) == ("K", "S") and "'S'" not in repr(address)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://K:SENTINEL@host/bucket", "another beginning"),
        ("s3://K:SEN/TINEL@host/bucket", "no address that can be read"),
        ("s3://K@host/SENTINEL", "no key, no secret or no host"),
        ("s3://K:SENTINEL@/bucket", "no key, no secret or no host"),
        ("s3://K:SENTINEL@host", "no bucket"),
        ("s3://K:SENTINEL@host/UPPER", "no bucket"),
        ("s3://K:SENTINEL@host/bucket?reigon=SENTINEL", "an option"),
        ("s3://K:SENTINEL@host/bucket?style=SENTINEL", "an option"),
        ("s3://K:SENTINEL@host:99999/bucket", "no address that can be read"),
    ],
)
def test_a_setting_that_names_none_is_told_without_its_secret(text: str, found: str) -> None:
    with pytest.raises(InvalidRequest, match=found) as refused:
        Settings.load({SETTING: text})
    assert refused.value.field == SETTING and "SENTINEL" not in f"{refused.value} {refused.value.__cause__}"


async def test_an_object_is_put_read_by_its_link_until_it_expires_and_deleted(s3: Bucketful) -> None:
    clock = JumpingClock()
    bucket = bucket_of(s3, clock)
    await bucket.put("token/a b.png", b"a picture", "image/png")
    link = bucket.link("token/a b.png", HOSTED_FOR_S)
    async with httpx.AsyncClient() as vendor:
        first = await vendor.get(link)
        bare, other = await vendor.get(link.split("?")[0]), await vendor.get(link.replace("a%20b", "b"))
        s3.now += HOSTED_FOR_S + 1
        late = await vendor.get(link)
    assert (first.content, first.headers["content-type"]) == (b"a picture", "image/png")
    assert [bare.status_code, other.status_code, late.status_code] == [403, 403, 403]
    s3.now = clock.now()
    await bucket.remove("token/a b.png")
    await bucket.remove("token/a b.png")
    assert s3.objects == {}


@pytest.mark.parametrize("passing", [[503], [500, 429], [408, 502, 504]])
async def test_what_may_pass_is_tried_again(s3: Bucketful, passing: list[int]) -> None:
    s3.faults = [(status, "SlowDown") for status in passing]
    clock = JumpingClock()
    await bucket_of(s3, clock).put("a.png", b"x", "image/png")
    assert s3.objects["/pictures/app/a.png"] == (b"x", "image/png")
    assert clock.slept == [0.5 * 2**number for number in range(len(passing))]


@pytest.mark.parametrize(
    ("status", "code", "cure"),
    [
        (403, "AccessDenied", "Allow the key"),
        (403, "InvalidAccessKeyId", "Check the key"),
        (403, "SignatureDoesNotMatch", "a slash in it is written %2F"),
        (404, "NoSuchBucket", "Make the bucket"),
        (301, "PermanentRedirect", "region"),
        (403, "RequestTimeTooSkewed", "clock"),
        (418, "Teapot", "may put, read and delete"),
        (503, "SlowDown", "Try again in a while"),
    ],
)
async def test_a_bucket_that_says_no_is_told_with_the_cure(
    s3: Bucketful, status: int, code: str, cure: str
) -> None:
    s3.faults = [(status, code)] * TRIES
    with pytest.raises(BucketFault) as fault:
        await bucket_of(s3).put("a.png", b"x", "image/png")
    told = fault.value.problem
    assert told.code == code and code in told.what and cure in told.todo and "Nothing was sent" in told.todo
    assert len(s3.asked) == (TRIES if status == 503 else 1)


async def test_a_bucket_that_does_not_answer_is_told_after_some_tries() -> None:
    address = bucket_address("s3+http://K:SENTINEL@127.0.0.1:1/bucket")
    assert address is not None
    clock = JumpingClock()
    with pytest.raises(BucketFault, match="does not answer") as fault:
        await Bucket(address, clock, httpx.AsyncHTTPTransport).put("a.png", b"x", "image/png")
    assert len(clock.slept) == TRIES - 1 and fault.value.problem.todo
    assert "SENTINEL" not in str(fault.value) and "127.0.0.1" not in str(fault.value)


async def ended_job(folder: Path, vendors: ScriptedVendors, s3: Bucketful) -> Job:
    async with open_house(folder, vendors, **{**NEAR, SETTING: s3.url}) as studio:
        job = await ended(studio, await submit(studio, fakes.tryon(folder), visitor=ANN))
        notes = folder / "data" / LENT
        for _ in range(1000):  # the visitor is told of the end before the bucket is cleared
            if not s3.objects and not list(notes.iterdir()):
                break
            await anyio.sleep(0.01)
        assert not s3.objects and not list(notes.iterdir())
        return job


class Drops(httpx.AsyncByteStream):
    """An answer that never ends: quickly, or a byte now and then."""

    def __init__(self, chunk: bytes, pause: float) -> None:
        self.chunk, self.pause = chunk, pause

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            await anyio.sleep(self.pause)
            yield self.chunk


@pytest.mark.parametrize(("chunk", "pause"), [(b" " * 2**18, 0.0), (b" ", 0.01)])
async def test_a_bucket_whose_answer_never_ends_is_one_that_does_not_answer(
    chunk: bytes, pause: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bucket, "CALL_S", 0.05)
    address = bucket_address("s3://key:secret@s3.test/bucket?region=eu-1")
    assert address is not None
    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=Drops(chunk, pause)))
    slow = Bucket(address, JumpingClock(), lambda: transport)
    with pytest.raises(BucketFault, match="does not answer"):
        await slow.put("a.png", b"x", "image/png")


async def test_a_job_is_fetched_from_the_bucket_and_leaves_nothing_there(
    tmp_path: Path, s3: Bucketful
) -> None:
    read: list[bytes] = []

    class Reading(ScriptedVendors):
        async def submit(self, request, *more):  # type: ignore[no-untyped-def]
            ((_, picture),) = pictures_of(request)
            assert isinstance(picture, LinkPicture) and "studio.test" not in picture.url
            async with httpx.AsyncClient() as vendor:
                read.append((await vendor.get(picture.url)).content)
            return await super().submit(request, *more)

    job = await ended_job(tmp_path, Reading(), s3)
    assert job.state is JobState.SUCCEEDED and read == [fakes.picture()]


async def test_a_bucket_that_refuses_ends_the_job_before_anything_is_sent(
    tmp_path: Path, s3: Bucketful
) -> None:
    vendors = ScriptedVendors()
    s3.faults = [(403, "SignatureDoesNotMatch")]
    job = await ended_job(tmp_path, vendors, s3)
    assert job.state is JobState.FAILED and job.problem is not None and vendors.sent == []
    assert job.problem.code == "SignatureDoesNotMatch"


async def test_what_a_killed_process_left_is_deleted_by_the_next_and_what_runs_is_left(
    tmp_path: Path, s3: Bucketful
) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(b"x")
    lending = BucketUploads(bucket_of(s3), tmp_path, lambda: {"runs"})
    for job in ("ended", "runs"):
        await lending.upload(job, {f"{job}/a.png": file})
    await lending.sweep()
    assert list(s3.objects) == ["/pictures/app/runs/a.png"]
    assert [note.name for note in (tmp_path / LENT).iterdir()] == ["runs"]


async def test_what_could_not_be_deleted_is_tried_again(tmp_path: Path, s3: Bucketful) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(b"x")
    lending = BucketUploads(bucket_of(s3), tmp_path, set)
    await lending.upload("job", {"t/a.png": file})
    s3.faults = [(403, "AccessDenied")]
    await lending.remove_job("job")
    assert len(s3.objects) == 1
    await lending.sweep()
    assert s3.objects == {}


async def test_the_name_of_an_object_is_written_down_before_it_is_put(tmp_path: Path, s3: Bucketful) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(b"x")
    s3.faults = [(403, "AccessDenied")]
    with pytest.raises(BucketFault):
        await BucketUploads(bucket_of(s3), tmp_path, set).upload("job", {"t/a.png": file})
    assert (tmp_path / LENT / "job").read_text() == "t/a.png"
