import pytest


@pytest.fixture
def anyio_backend() -> str:
    """Everything runs on asyncio, as in the app."""
    return "asyncio"
