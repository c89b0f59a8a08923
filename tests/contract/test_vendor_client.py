"""The refiner vendor's own client against the sandbox: a client that nobody here wrote."""

import io

import httpx
import pytest
from ailabtools import AILabApiError, AILabClient
from PIL import Image

from tests.contract.conftest import picture

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


async def test_the_vendors_own_client_refines_a_picture(socket_base: str) -> None:
    client = AILabClient("sandbox", base_url=socket_base)
    coarse = picture()
    params = {
        "taskType": "async",
        "personImage": picture(),
        "topGarment": picture(),
        "coarseImage": coarse,
        "gender": "woman",
    }
    submitted = await client.portrait.portraitTryOnClothesRefiner(params)
    result = await client.wait_for_task(submitted["task_id"], interval=0.1, timeout=60)
    await client.aclose()
    async with httpx.AsyncClient() as http:
        answer = await http.get(result["output"]["image_url"])
    assert Image.open(io.BytesIO(answer.content)).size == Image.open(io.BytesIO(coarse)).size


async def test_the_vendors_own_client_is_told_of_a_wrong_key(socket_base: str) -> None:
    client = AILabClient("nobody", base_url=socket_base)
    with pytest.raises(AILabApiError) as refused:
        await client.common.commonQueryCredits({})
    await client.aclose()
    assert refused.value.detail.code == "ERROR_APPLICATIONS_NOT_EXISTS"
