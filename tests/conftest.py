import pytest

from tests.no_fsync import nothing_waits_for_the_disk


def pytest_configure() -> None:
    nothing_waits_for_the_disk()


@pytest.fixture
def anyio_backend() -> str:
    """Everything runs on asyncio, as in the app."""
    return "asyncio"
