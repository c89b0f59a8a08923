"""Links that a visitor types never reach into a private network, in whatever way the target is written."""

from __future__ import annotations

import httpx
import pytest

from tryon_core.hosting.fetching import Fetcher, NotFetched, Web, is_public, resolve_host

pytestmark = pytest.mark.anyio

PUBLIC = "93.184.215.14"

# Literal addresses, as browsers, C libraries and humans write them.
LITERAL = (
    "http://127.0.0.1/",
    "http://127.0.0.1:80/a.png",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0x0.0x0.0x1/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.255.255.254/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://10.0.0.1/",
    "http://10.255.255.255/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.0.1/",
    "http://192.168.255.255/",
    "http://192.0.0.1/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://169.254.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/latest/meta-data/",
    "http://0xa9fea9fe/latest/meta-data/",
    "http://0251.0376.0251.0376/",
    "http://169.254.170.2/v2/credentials",
    "http://100.64.0.1/",
    "http://100.100.100.200/latest/meta-data/",
    "http://168.63.129.16.0/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[2001:db8::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25lo]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[100::1]/",
)
# Other schemes, and addresses that two parsers may read in two ways.
ODD = (
    "file:///etc/passwd",
    "ftp://127.0.0.1/a.png",
    "gopher://127.0.0.1:6379/_INFO",
    "dict://127.0.0.1:11211/stats",
    "ldap://127.0.0.1/",
    "data:image/png;base64,AA==",
    "javascript:alert(1)",
    "unix:///var/run/docker.sock",
    "http+unix://%2Fvar%2Frun%2Fdocker.sock/info",
    "//127.0.0.1/",
    "http:/127.0.0.1/",
    "http:127.0.0.1/",
    "http://",
    "http:///etc/passwd",
    f"http://{PUBLIC}@127.0.0.1/",
    f"http://{PUBLIC}:80@127.0.0.1/",
    f"http://{PUBLIC}%40127.0.0.1/",
    f"http://127.0.0.1#@{PUBLIC}/",
    f"http://127.0.0.1?@{PUBLIC}/",
    f"http://127.0.0.1\\@{PUBLIC}/",
    f"http://127.0.0.1%00.{PUBLIC}/",
    "http://127。0。0。1/",
    "http://①②⑦.⓪.⓪.①/",
    "http://loc%61lhost/",
    " http://127.0.0.1/",
    "http://127.0.0.1%0d%0aHost:%20a.test/",
)
# Names in the public DNS that lead inside, and the address that they give.
NAMES = {
    "inside.test": "10.0.0.5",
    "loopback.test": "127.0.0.1",
    "metadata.test": "169.254.169.254",
    "metadata.google.internal": "169.254.169.254",
    "six.test": "::1",
    "mapped.test": "::ffff:10.0.0.5",
    "nat64.test": "64:ff9b::a00:5",
    "127.0.0.1.nip.test": "127.0.0.1",
}


class Reached(Exception):
    """A connection was about to be made."""


def never(address: str) -> httpx.AsyncBaseTransport:
    raise Reached(address)


def test_there_are_at_least_sixty_targets() -> None:
    assert len({*LITERAL, *ODD, *NAMES}) >= 60


@pytest.mark.parametrize("url", [*LITERAL, *ODD])
async def test_no_spelling_of_a_private_target_is_fetched(url: str) -> None:
    with pytest.raises(NotFetched):
        await Fetcher(lambda _: None, Web(resolve=resolve_host, transport=never)).fetch(url)


@pytest.mark.parametrize("host", NAMES)
async def test_a_name_that_leads_inside_is_not_fetched(host: str) -> None:
    for found in ([NAMES[host]], [PUBLIC, NAMES[host]], [NAMES[host], PUBLIC]):

        async def resolve(_: str, found: list[str] = found) -> list[str]:
            return found

        with pytest.raises(NotFetched):
            await Fetcher(lambda _: None, Web(resolve=resolve, transport=never)).fetch(
                f"https://{host}/a.png"
            )


@pytest.mark.parametrize("target", [*LITERAL, *(f"http://{host}/" for host in NAMES), "file:///etc/passwd"])
async def test_a_public_link_does_not_redirect_inside(target: str) -> None:
    async def resolve(host: str) -> list[str]:
        if host == "public.test":
            return [PUBLIC]
        return [NAMES[host]] if host in NAMES else await resolve_host(host)

    def transport(address: str) -> httpx.AsyncBaseTransport:
        if address != PUBLIC:
            raise Reached(address)
        moved = httpx.Response(302, headers={"location": target})
        return httpx.MockTransport(lambda _: moved)

    with pytest.raises(NotFetched):
        await Fetcher(lambda _: None, Web(resolve=resolve, transport=transport)).fetch(
            "https://public.test/a.png"
        )


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:4700:4700::1111"])
def test_addresses_of_the_open_internet_are_public(address: str) -> None:
    assert is_public(address)


async def test_a_name_is_asked_for_once_and_the_checked_address_is_the_one_connected_to() -> None:
    """A name that answers differently the second time gains nothing."""
    answers, connected = [[PUBLIC], ["127.0.0.1"]], list[str]()

    async def resolve(_: str) -> list[str]:
        return answers.pop(0)

    def transport(address: str) -> httpx.AsyncBaseTransport:
        connected.append(address)
        return httpx.MockTransport(lambda _: httpx.Response(200, content=b"x"))

    fetcher = Fetcher(lambda _: None, Web(resolve=resolve, transport=transport))
    assert await fetcher.fetch("https://rebinding.test/a.png") == b"x"
    assert connected == [PUBLIC] and len(answers) == 1
